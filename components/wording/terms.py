"""The trade's word for every enumeration value, and how a state looks: word, icon and colour together."""

from enum import StrEnum
from typing import Any

from components.wording import N_, _
from components.wording.terms_council import LABELS as COUNCIL
from components.wording.terms_council import LOOKS as COUNCIL_LOOKS
from components.wording.terms_service import LABELS as SERVICE
from components.wording.terms_service import LOOKS as SERVICE_LOOKS
from db import terms as t

# Two enumerations may share a stored value ("council"), and such members are equal: so one table per enumeration.
LABELS: dict[type[StrEnum], dict[Any, str]] = {
    **COUNCIL,
    **SERVICE,
    t.Role: {
        t.Role.SUBDISTRICT_ADMIN: N_("街道管理员"),
        t.Role.SECRETARY: N_("社区书记"),
        t.Role.AREA_WORKER: N_("包片社工"),
        t.Role.COUNCIL_MEMBER: N_("议事会成员"),
        t.Role.TEAM_LEADER: N_("志愿队长"),
        t.Role.VOLUNTEER: N_("志愿者"),
        t.Role.AUDITOR: N_("审计员"),
        t.Role.DISTRICT_VIEWER: N_("区级查看"),
        t.Role.DISPLAY: N_("会议室屏幕"),
    },
    t.VisitOutcome: {
        t.VisitOutcome.MET: N_("见到"),
        t.VisitOutcome.NOT_IN: N_("未遇"),
        t.VisitOutcome.PHONE: N_("电话"),
    },
    t.HouseholdKind: {
        t.HouseholdKind.ORDINARY: N_("普通户"),
        t.HouseholdKind.KEY: N_("重点户"),
        t.HouseholdKind.HIGH_RISK: N_("高风险户"),
    },
    t.PlaceKind: {
        t.PlaceKind.ESTATE: N_("小区"),
        t.PlaceKind.STREET: N_("街巷"),
        t.PlaceKind.PUBLIC: N_("公共场所"),
    },
    t.NeedSource: {
        t.NeedSource.VISIT: N_("入户走访"),
        t.NeedSource.WALK_IN: N_("来访"),
        t.NeedSource.CALL: N_("来电"),
        t.NeedSource.HOTLINE: N_("12345 转办"),
        t.NeedSource.CHAT: N_("微信群/公众号"),
        t.NeedSource.COUNCIL: N_("议事代表"),
        t.NeedSource.GRID: N_("网格/微网格上报"),
        t.NeedSource.RIDER: N_("红骑士随手报"),
        t.NeedSource.OTHER: N_("其他"),
    },
    t.Urgency: {
        t.Urgency.NORMAL: N_("一般"),
        t.Urgency.URGENT: N_("紧急"),
        t.Urgency.SAFETY: N_("涉安全"),
    },
    t.Reach: {
        t.Reach.COMMUNITY: N_("全社区"),
        t.Reach.ESTATE: N_("小区"),
        t.Reach.BUILDING: N_("楼栋"),
        t.Reach.STAIRWELL: N_("单元"),
        t.Reach.HOUSEHOLD: N_("单户"),
    },
    t.NeedStage: {
        t.NeedStage.LOGGED: N_("待登记"),
        t.NeedStage.HANDLING: N_("直办中"),
        t.NeedStage.REGISTERED: N_("待筛选"),
        t.NeedStage.SCREENING: N_("评分中"),
        t.NeedStage.SCREENED: N_("待分流"),
        t.NeedStage.RESERVE: N_("储备库"),
        t.NeedStage.FOR_COUNCIL: N_("待上会"),
        t.NeedStage.ON_AGENDA: N_("已列议程"),
        t.NeedStage.NOTICE: N_("公示中"),
        t.NeedStage.TO_PROJECT: N_("待立项"),
        t.NeedStage.IN_PROJECT: N_("实施中"),
        t.NeedStage.ORDERED: N_("个人服务中"),
        t.NeedStage.ANSWERING: N_("待回音"),
        t.NeedStage.CLOSED: N_("已回音"),
        t.NeedStage.MERGED: N_("已归并"),
        t.NeedStage.VOID: N_("作废"),
    },
    t.Route: {
        t.Route.COUNCIL: N_("提交议事会"),
        t.Route.RESERVE: N_("入储备库"),
        t.Route.ORDER: N_("转个人服务"),
        t.Route.REFER: N_("转办"),
        t.Route.ANSWER: N_("答复（不办）"),
    },
    t.AnswerChannel: {
        t.AnswerChannel.DOOR: N_("上门"),
        t.AnswerChannel.PHONE: N_("电话"),
        t.AnswerChannel.CHAT: N_("微信"),
        t.AnswerChannel.POSTED: N_("张贴公告"),
    },
    t.AnswerState: {
        t.AnswerState.DUE: N_("待回音"),
        t.AnswerState.GIVEN: N_("已回音"),
    },
    t.AnswerKind: {
        t.AnswerKind.DONE: N_("已办成"),
        t.AnswerKind.NOT_PASSED: N_("议事会未通过"),
        t.AnswerKind.REFERRED: N_("已转办"),
        t.AnswerKind.DECLINED: N_("不办"),
        t.AnswerKind.SERVED: N_("个人服务已完成"),
        t.AnswerKind.HANDLED: N_("已直办"),
    },
    t.Satisfaction: {
        t.Satisfaction.VERY_SATISFIED: N_("很满意"),
        t.Satisfaction.SATISFIED: N_("满意"),
        t.Satisfaction.FAIR: N_("基本满意"),
        t.Satisfaction.DISSATISFIED: N_("不满意"),
        t.Satisfaction.NO_REPLY: N_("未评价"),
    },
    t.ScreeningState: {
        t.ScreeningState.OPEN: N_("等待评分"),
        t.ScreeningState.THIRD_NEEDED: N_("差距超过 20 分，需第三人"),
        t.ScreeningState.SCORED: N_("评分完成"),
        t.ScreeningState.ROUTED: N_("已分流"),
    },
    t.BodyKind: {
        t.BodyKind.COUNCIL: N_("居民议事会"),
        t.BodyKind.RESIDENTS_REPRESENTATIVES: N_("居民代表会议"),
        t.BodyKind.RESIDENTS: N_("居民会议"),
        t.BodyKind.VILLAGERS: N_("村民会议"),
        t.BodyKind.VILLAGERS_REPRESENTATIVES: N_("村民代表会议"),
        t.BodyKind.OWNERS_ADVISORY: N_("业主事项"),
    },
    t.MajorityBase: {
        t.MajorityBase.PRESENT: N_("实到"),
        t.MajorityBase.MEMBERS: N_("全体成员"),
        t.MajorityBase.VALID: N_("有效票"),
        t.MajorityBase.PARTICIPATING: N_("参与表决"),
    },
    t.TieRule: {
        t.TieRule.NOT_PASSED: N_("视为未通过"),
        t.TieRule.BACK_TO_DISCUSSION: N_("退回再议"),
        t.TieRule.VOTE_AGAIN: N_("再表决一次"),
    },
    t.MeetingState: {
        t.MeetingState.DRAFT: N_("筹备"),
        t.MeetingState.CONVENED: N_("已通知"),
        t.MeetingState.OPEN: N_("进行中"),
        t.MeetingState.CLOSED: N_("已闭会"),
        t.MeetingState.CANCELLED: N_("取消"),
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
    t.VoteMethod: {
        t.VoteMethod.HANDS: N_("举手表决"),
        t.VoteMethod.NAMED: N_("线上记名表决"),
        t.VoteMethod.SLIP: N_("票码表决（无记名）"),
        t.VoteMethod.PAPER: N_("纸质票（无记名）"),
        t.VoteMethod.ASSISTED: N_("协助填写（有见证人）"),
    },
    t.Choice: {
        t.Choice.FOR: N_("赞成"),
        t.Choice.AGAINST: N_("反对"),
        t.Choice.ABSTAIN: N_("弃权"),
    },
    t.BallotState: {
        t.BallotState.OPEN: N_("表决中"),
        t.BallotState.STOPPED: N_("已截止，待宣布"),
        t.BallotState.CLOSED: N_("已计票"),
        t.BallotState.CANCELLED: N_("作废"),
    },
    t.Outcome: {
        t.Outcome.PASSED: N_("通过"),
        t.Outcome.NOT_PASSED: N_("未通过"),
        t.Outcome.TIE: N_("同票，未通过"),
        t.Outcome.NO_QUORUM: N_("到会不足，不得表决"),
    },
    t.NoticeState: {
        t.NoticeState.RUNNING: N_("公示中"),
        t.NoticeState.FINISHED: N_("公示期满"),
        t.NoticeState.WITHDRAWN: N_("撤回"),
    },
    t.ObjectionState: {
        t.ObjectionState.OPEN: N_("待处理"),
        t.ObjectionState.UPHELD: N_("维持结果"),
        t.ObjectionState.CHANGED: N_("修改方案"),
        t.ObjectionState.REVOTE: N_("重新表决"),
    },
    t.ProjectKind: {
        t.ProjectKind.COUNCIL: N_("议事会项目"),
        t.ProjectKind.SECRETARY_LED: N_("书记领办"),
        t.ProjectKind.LIVELIHOOD: N_("民生实事"),
    },
    t.ProjectState: {
        t.ProjectState.SET_UP: N_("已立项"),
        t.ProjectState.RUNNING: N_("实施中"),
        t.ProjectState.HANDED_IN: N_("待验收"),
        t.ProjectState.REWORK: N_("整改中"),
        t.ProjectState.ACCEPTED: N_("已验收"),
        t.ProjectState.STOPPED: N_("终止"),
    },
    t.IndicatorKind: {
        t.IndicatorKind.QUANTITY: N_("数量"),
        t.IndicatorKind.QUALITY: N_("质量"),
        t.IndicatorKind.TIME: N_("时效"),
        t.IndicatorKind.REACH: N_("受益"),
    },
    t.Light: {
        t.Light.GREEN: N_("正常"),
        t.Light.AMBER: N_("关注"),
        t.Light.RED: N_("滞后"),
    },
    t.RiskLevel: {
        t.RiskLevel.LOW: N_("低"),
        t.RiskLevel.MEDIUM: N_("中"),
        t.RiskLevel.HIGH: N_("高"),
    },
    t.JoinMethod: {
        t.JoinMethod.CLAIM: N_("认领"),
        t.JoinMethod.SIGN_UP: N_("报名"),
        t.JoinMethod.RECOMMENDATION: N_("推荐"),
    },
    t.PlacementState: {
        t.PlacementState.WAITING: N_("待队长确认"),
        t.PlacementState.ACCEPTED: N_("在队"),
        t.PlacementState.DECLINED: N_("未接受"),
        t.PlacementState.LEFT: N_("已离队"),
        t.PlacementState.REPLACED: N_("已替换"),
    },
    t.TeamTheme: {
        t.TeamTheme.CULTURE: N_("文化教育"),
        t.TeamTheme.HEALTH: N_("医疗卫生"),
        t.TeamTheme.LAW: N_("法律结对"),
        t.TeamTheme.ENVIRONMENT: N_("环保宣传"),
        t.TeamTheme.WATER: N_("五水共治"),
    },
    t.VolunteerKind: {
        t.VolunteerKind.PARTY_MEMBER: N_("党员志愿者"),
        t.VolunteerKind.RESIDENT: N_("居民志愿者"),
    },
    t.ActivityState: {
        t.ActivityState.PLANNED: N_("计划中"),
        t.ActivityState.DONE: N_("已完成"),
        t.ActivityState.CANCELLED: N_("取消"),
    },
    t.AcceptanceState: {
        t.AcceptanceState.JUDGING: N_("评审中"),
        t.AcceptanceState.DECIDED: N_("已定等次"),
    },
    t.Grade: {
        t.Grade.EXCELLENT: N_("优秀"),
        t.Grade.GOOD: N_("良好"),
        t.Grade.PASS: N_("合格"),
        t.Grade.FAIL: N_("不合格"),
    },
    t.ScreenMode: {
        t.ScreenMode.ROTATION: N_("进度轮播"),
        t.ScreenMode.MEETING: N_("跟随会议"),
    },
}

_LOOKS: dict[type[StrEnum], dict[Any, tuple[str, str]]] = {
    **COUNCIL_LOOKS,
    **SERVICE_LOOKS,
    t.NeedStage: {
        t.NeedStage.LOGGED: ("edit_note", "gray"),
        t.NeedStage.HANDLING: ("bolt", "red"),
        t.NeedStage.REGISTERED: ("inbox", "blue"),
        t.NeedStage.SCREENING: ("balance", "blue"),
        t.NeedStage.SCREENED: ("alt_route", "blue"),
        t.NeedStage.RESERVE: ("inventory_2", "gray"),
        t.NeedStage.FOR_COUNCIL: ("groups", "blue"),
        t.NeedStage.ON_AGENDA: ("event", "blue"),
        t.NeedStage.NOTICE: ("campaign", "orange"),
        t.NeedStage.TO_PROJECT: ("flag", "orange"),
        t.NeedStage.IN_PROJECT: ("construction", "blue"),
        t.NeedStage.ORDERED: ("handyman", "blue"),
        t.NeedStage.ANSWERING: ("call", "orange"),
        t.NeedStage.CLOSED: ("check_circle", "green"),
        t.NeedStage.MERGED: ("merge", "gray"),
        t.NeedStage.VOID: ("block", "gray"),
    },
    t.Urgency: {
        t.Urgency.NORMAL: ("remove", "gray"),
        t.Urgency.URGENT: ("priority_high", "orange"),
        t.Urgency.SAFETY: ("emergency", "red"),
    },
    t.ProjectState: {
        t.ProjectState.SET_UP: ("group_add", "blue"),
        t.ProjectState.RUNNING: ("construction", "blue"),
        t.ProjectState.HANDED_IN: ("fact_check", "orange"),
        t.ProjectState.REWORK: ("build", "red"),
        t.ProjectState.ACCEPTED: ("verified", "green"),
        t.ProjectState.STOPPED: ("cancel", "gray"),
    },
    t.Light: {
        t.Light.GREEN: ("check_circle", "green"),
        t.Light.AMBER: ("error", "orange"),
        t.Light.RED: ("warning", "red"),
    },
    t.Outcome: {
        t.Outcome.PASSED: ("check_circle", "green"),
        t.Outcome.NOT_PASSED: ("cancel", "red"),
        t.Outcome.TIE: ("balance", "orange"),
        t.Outcome.NO_QUORUM: ("group_off", "red"),
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
    t.MeetingState: {
        t.MeetingState.DRAFT: ("edit_note", "gray"),
        t.MeetingState.CONVENED: ("mail", "blue"),
        t.MeetingState.OPEN: ("play_circle", "orange"),
        t.MeetingState.CLOSED: ("check_circle", "green"),
        t.MeetingState.CANCELLED: ("cancel", "gray"),
    },
    t.NoticeState: {
        t.NoticeState.RUNNING: ("campaign", "orange"),
        t.NoticeState.FINISHED: ("check_circle", "green"),
        t.NoticeState.WITHDRAWN: ("cancel", "gray"),
    },
    t.ObjectionState: {
        t.ObjectionState.OPEN: ("pending", "red"),
        t.ObjectionState.UPHELD: ("check_circle", "green"),
        t.ObjectionState.CHANGED: ("edit", "blue"),
        t.ObjectionState.REVOTE: ("how_to_vote", "orange"),
    },
    t.PlacementState: {
        t.PlacementState.WAITING: ("hourglass_top", "orange"),
        t.PlacementState.ACCEPTED: ("check_circle", "green"),
        t.PlacementState.DECLINED: ("cancel", "gray"),
        t.PlacementState.LEFT: ("logout", "gray"),
        t.PlacementState.REPLACED: ("swap_horiz", "gray"),
    },
    t.ActivityState: {
        t.ActivityState.PLANNED: ("event", "blue"),
        t.ActivityState.DONE: ("check_circle", "green"),
        t.ActivityState.CANCELLED: ("cancel", "gray"),
    },
    t.AnswerState: {
        t.AnswerState.DUE: ("call", "orange"),
        t.AnswerState.GIVEN: ("check_circle", "green"),
    },
    t.VisitOutcome: {
        t.VisitOutcome.MET: ("how_to_reg", "green"),
        t.VisitOutcome.NOT_IN: ("door_front", "gray"),
        t.VisitOutcome.PHONE: ("call", "blue"),
    },
}


def term(value: Any) -> str:
    """The word for an enumeration value in the reader's language; anything else as it is."""
    labels = LABELS.get(type(value))
    return _(labels[value]) if labels else str(value)


def look(value: StrEnum) -> tuple[str, str]:
    """Material icon and colour name of a state; never drawn without its word."""
    return _LOOKS.get(type(value), {}).get(value, ("circle", "gray"))


def badge(value: StrEnum) -> str:
    """A state as a Streamlit Markdown badge: icon, word, colour."""
    icon, colour = look(value)
    return f":{colour}-badge[:material/{icon}: {term(value)}]"
