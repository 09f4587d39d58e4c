"""Words and looks of `db.terms.meetings`, and of the area's tables and permissions."""

from enum import StrEnum

from components.wording import N_
from db import terms as t

LABELS: dict[type[StrEnum], dict[StrEnum, str]] = {
    t.MeetingState: {
        t.MeetingState.DRAFT: N_("筹备"),
        t.MeetingState.CONVENED: N_("已通知"),
        t.MeetingState.OPEN: N_("进行中"),
        t.MeetingState.CLOSED: N_("已闭会"),
        t.MeetingState.CANCELLED: N_("取消"),
    },
    t.MeetingChangeKind: {
        t.MeetingChangeKind.MOVED: N_("改期"),
        t.MeetingChangeKind.JOINED: N_("增加应到"),
        t.MeetingChangeKind.LEFT: N_("不再应到"),
        t.MeetingChangeKind.RENAMED: N_("更正姓名或身份"),
    },
    t.MemberPresence: {
        t.MemberPresence.DUE: N_("应到"),
        t.MemberPresence.PRESENT: N_("实到"),
        t.MemberPresence.LEAVE: N_("请假"),
        t.MemberPresence.ABSENT: N_("缺席"),
        t.MemberPresence.LEFT_EARLY: N_("中途离席"),
    },
    t.ItemState: {
        t.ItemState.PENDING: N_("待议"),
        t.ItemState.DISCUSSING: N_("讨论中"),
        t.ItemState.VOTING: N_("表决中"),
        t.ItemState.PASSED: N_("通过"),
        t.ItemState.NOT_PASSED: N_("未通过"),
        t.ItemState.TIED: N_("同票"),
        t.ItemState.POSTPONED: N_("未表决（顺延）"),
    },
    t.SpeakerSide: {
        t.SpeakerSide.FOR: N_("支持"),
        t.SpeakerSide.AGAINST: N_("反对"),
        t.SpeakerSide.NEUTRAL: N_("询问/说明"),
    },
    t.SpeakerState: {
        t.SpeakerState.WAITING: N_("排队"),
        t.SpeakerState.SPEAKING: N_("发言中"),
        t.SpeakerState.DONE: N_("已发言"),
        t.SpeakerState.WITHDRAWN: N_("放弃"),
    },
}

LOOKS: dict[type[StrEnum], dict[StrEnum, tuple[str, str]]] = {
    t.MeetingState: {
        t.MeetingState.DRAFT: ("edit_note", "gray"),
        t.MeetingState.CONVENED: ("mail", "blue"),
        t.MeetingState.OPEN: ("play_circle", "orange"),
        t.MeetingState.CLOSED: ("check_circle", "green"),
        t.MeetingState.CANCELLED: ("cancel", "gray"),
    },
    t.ItemState: {
        t.ItemState.PENDING: ("schedule", "gray"),
        t.ItemState.DISCUSSING: ("forum", "blue"),
        t.ItemState.VOTING: ("how_to_vote", "orange"),
        t.ItemState.PASSED: ("check_circle", "green"),
        t.ItemState.NOT_PASSED: ("cancel", "red"),
        t.ItemState.TIED: ("balance", "orange"),
        t.ItemState.POSTPONED: ("update", "gray"),
    },
    t.SpeakerState: {
        t.SpeakerState.WAITING: ("schedule", "gray"),
        t.SpeakerState.SPEAKING: ("mic", "orange"),
        t.SpeakerState.DONE: ("check_circle", "green"),
        t.SpeakerState.WITHDRAWN: ("cancel", "gray"),
    },
}

TABLES: dict[str, str] = {
    "meeting": N_("会议"),
    "agenda_item": N_("议题"),
    "attendance": N_("签到"),
    "meeting_change": N_("会议变更"),
    "recusal": N_("回避"),
    "discussion_point": N_("发言要点"),
    "speaker_turn": N_("发言"),
}

PERMISSIONS: dict[str, str] = {
    "prepare_meeting": N_("筹备会议"),
    "run_meeting": N_("主持会议"),
    "take_attendance": N_("点名签到"),
    "record_discussion": N_("记录发言"),
    "run_floor": N_("安排发言"),
    "ask_to_speak": N_("申请发言"),
}
