"""What the chair of a meeting does next."""

from enum import StrEnum

from db.rules.meetings.sitting import DONE, Item, Sitting
from db.terms import BallotState, ItemState, MeetingState, NeedStage


class ChairStep(StrEnum):
    """The next step, shown on top of the console."""

    ADD_ITEMS = "add_items"  # 列入议题
    SET_RULES = "set_rules"  # 设定议事规则
    SEND_NOTICE = "send_notice"  # 发会议通知
    OPEN_MEETING = "open_meeting"  # 宣布开会
    TAKE_ATTENDANCE = "take_attendance"  # 签到
    WAIT_FOR_QUORUM = "wait_for_quorum"  # 到会不足
    START_ITEM = "start_item"  # 开始讨论
    OPEN_BALLOT = "open_ballot"  # 讨论后表决
    VOTE_AGAIN = "vote_again"  # 同票，再表决一次
    COLLECT = "collect"  # 等待表决或计票
    CLOSE_BALLOT = "close_ballot"  # 收齐，可以截止并宣布
    ANNOUNCE = "announce"  # 已截止，宣布结果
    SAY_WORDS = "say_words"  # 未通过：给提出人一个说法
    CLOSE_MEETING = "close_meeting"  # 宣布闭会
    POST_NOTICE = "post_notice"  # 公示通过的事项
    FILE = "file"  # 打印归档
    NOTHING = "nothing"  # 已取消


def next_step(sitting: Sitting) -> tuple[ChairStep, Item | None]:
    """What the chair does next, and on which item."""
    if sitting.state is MeetingState.DRAFT:
        if sitting.rule is None:
            return ChairStep.SET_RULES, None
        return (ChairStep.SEND_NOTICE if sitting.items else ChairStep.ADD_ITEMS), None
    if sitting.state is MeetingState.CONVENED:
        return ChairStep.OPEN_MEETING, None
    if sitting.state is MeetingState.OPEN:
        return _in_session(sitting)
    if sitting.state is MeetingState.CLOSED:
        waiting = [i for i in sitting.items if i.state is ItemState.PASSED and i.need_stage is NeedStage.ON_AGENDA]
        return (ChairStep.POST_NOTICE, waiting[0]) if waiting else (ChairStep.FILE, None)
    return ChairStep.NOTHING, None


def _in_session(sitting: Sitting) -> tuple[ChairStep, Item | None]:
    item = sitting.current
    if sitting.ballot is not None and sitting.ballot.state is BallotState.STOPPED:
        return ChairStep.ANNOUNCE, sitting.item(sitting.ballot.item_id)
    if sitting.ballot is not None:
        step = ChairStep.CLOSE_BALLOT if sitting.ballot.complete else ChairStep.COLLECT
        return step, sitting.item(sitting.ballot.item_id)
    if item is not None and item.owes_words:
        return ChairStep.SAY_WORDS, item
    if item is None or item.state in DONE:
        return ChairStep.CLOSE_MEETING, None
    if not sitting.presence.present:
        return ChairStep.TAKE_ATTENDANCE, item
    check = sitting.quorum_for(item.id)
    if check is not None and not check.met:
        return ChairStep.WAIT_FOR_QUORUM, item
    if item.state is ItemState.TIED:
        return ChairStep.VOTE_AGAIN, item
    return (ChairStep.START_ITEM if item.state is ItemState.PENDING else ChairStep.OPEN_BALLOT), item
