"""What a line of the start page can be, and how one is counted: a part of one UNION ALL.

A part holds the condition itself, so that what a line counts and what the list behind it shows are one condition.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, Select, cast, distinct, func, literal, null, select

from db.models.types import UtcDateTime


class ToDo(StrEnum):
    """One kind of line; `components.today.lines` has its words and where it leads."""

    # in the order of urgency in which a day shows them
    BALLOT_OPEN = "ballot_open"  # 有表决等您投票
    HANDLING = "handling"  # 涉安全，即接即办
    DOORS_OVERDUE = "doors_overdue"  # 高风险户超期未走访
    COMPLAINTS_LATE = "complaints_late"  # 投诉超期
    ORDERS_LATE = "orders_late"  # 订单超时
    OBJECTIONS = "objections"  # 公示有异议待处理
    ANSWERS_OVERDUE = "answers_overdue"  # 回音超期
    AWAY = "away"  # 外出未归
    SLOTS_TODAY = "slots_today"  # 今天您有班
    MEETING_LEFT = "meeting_left"  # 会议开了没有闭会
    MEETING_TODAY = "meeting_today"  # 今天有会
    RED_PROJECTS = "red_projects"  # 滞后的项目
    ESCALATED = "escalated"  # 上报的纠纷待答复
    ESCALATED_BACK = "escalated_back"  # 上级已答复，待再协商
    PATCHES_LEFT = "patches_left"  # 没有人走的片区
    PROJECTS_LEFT = "projects_left"  # 牵头人已离开的项目
    DUTIES_LEFT = "duties_left"  # 责任人已离开的项目
    PROGRAMMES_LEFT = "programmes_left"  # 没有专人的专项帮扶
    OFFERS = "offers"  # 等您接单
    SWAPS = "swaps"  # 同伴请您代班
    MY_TURNS = "my_turns"  # 您近期的上门服务
    SLOT_SWAPS = "slot_swaps"  # 同伴想和您换班
    MY_SLOTS = "my_slots"  # 您近期的班次
    SLOTS_SHORT = "slots_short"  # 近期缺人的班次
    TURNS_TO_TELL = "turns_to_tell"  # 换班改班待通知
    SLOTS_TO_MARK = "slots_to_mark"  # 班次待登记到岗
    SQUADS_ASKED = "squads_asked"  # 有人申请入队
    REGISTRATIONS = "registrations"  # 志愿者登记待确认
    TRANSFERS = "transfers"  # 党员转入待接收
    PROMISES = "promises"  # 承诺待审核或公示
    LATE_ENTRIES = "late_entries"  # 践诺补记待核
    RESOURCES = "resources"  # 资源申请要办
    UNRECORDED = "unrecorded"  # 活动待补记录
    MARKETS = "markets"  # 集市待收摊
    INTAKE = "intake"  # 扫码来件待确认
    ORDERS_TO_DISPATCH = "orders_to_dispatch"  # 待派单
    COMPLAINTS_TO_HAND_OVER = "complaints_to_hand_over"  # 投诉待交办
    CONFLICTS = "conflicts"  # 离线登记有冲突
    SIGN_WEEKS = "sign_weeks"  # 待签的周
    ANSWERS_DUE = "answers_due"  # 待回音
    TWINS = "twins"  # 待核对是否同一件事
    SCORES = "scores"  # 待评分
    REVIEW_TOPICS = "review_topics"  # 议题待审核
    TASKS_LATE = "tasks_late"  # 决议事项逾期
    CORRECTIONS = "corrections"  # 更正待第二人核对
    CHECKS_DUE = "checks_due"  # 协调会整改到期待复查
    ORDER_CASES = "order_cases"  # 差评与争议待处理
    HOURS_TO_CHECK = "hours_to_check"  # 待核时长
    ORDERS_TO_CONFIRM = "orders_to_confirm"  # 待确认或回访的订单
    COMPLAINTS_TO_REVISIT = "complaints_to_revisit"  # 投诉待回访
    FINDINGS = "findings"  # 时长疑点待答复
    DOORS_DUE = "doors_due"  # 到期走访
    RETENTION = "retention"  # 个人信息到期复核
    OPEN_SCREENING = "open_screening"  # 待筛选
    ROUTE = "route"  # 待分流
    FOR_AGENDA = "for_agenda"  # 待上会
    NOTICES_ENDED = "notices_ended"  # 公示期满
    SET_UP = "set_up"  # 待立项
    DECIDE_ACCEPTANCE = "decide_acceptance"  # 待定等次
    JUDGE = "judge"  # 待评审的项目
    PLACEMENTS = "placements"  # 待确认的报名
    REPORT_ACTIVITIES = "report_activities"  # 待填报的活动
    MILESTONES = "milestones"  # 7 天内到期或已超期的节点
    INCOMPLETE = "incomplete"  # 自己登记的需求不完整
    ORDERED = "ordered"  # 个人服务中
    NEXT_MEETING = "next_meeting"  # 下次会议
    NEXT_ACTIVITIES = "next_activities"  # 近期活动
    OWN_TEAMS = "own_teams"  # 所在队伍
    OPEN_SLOTS = "open_slots"  # 近期缺人的班
    OPENINGS = "openings"  # 适合的岗位


Counted = Select[str, int, int, datetime]
"""Kind, count, smallest id, first moment."""
NO_MOMENT: Any = cast(null(), UtcDateTime)
NO_ID: Any = cast(null(), BigInteger)
"""Every part needs a moment and an id of the same type, also the ones that have none."""


@dataclass(frozen=True, slots=True)
class Part:
    """The rows of one kind: `row_id` of those that fulfil `where`; `counter` is a count that costs less."""

    kind: ToDo
    row_id: Any
    where: tuple[Any, ...]
    on: Any = NO_MOMENT
    counter: Counted | None = None

    def counted(self) -> Counted:
        """How many rows fulfil the conditions."""
        if self.counter is not None:
            return self.counter
        rows = select(self.row_id).where(*self.where)
        # The rows of one table differ by their key: whoever sorts them out all the same sorts every door that is due.
        alone = self.row_id.property.columns[0].primary_key and len(rows.get_final_froms()) == 1
        number = func.count(self.row_id) if alone else func.count(distinct(self.row_id))
        return select(literal(self.kind.value), number, func.min(self.row_id), self.on).where(*self.where)

    def ids(self) -> Any:
        """The rows themselves."""
        return select(self.row_id).where(*self.where)


def part(kind: ToDo, row_id: Any, *where: Any, on: Any = NO_MOMENT) -> Part:
    """The rows that fulfil the conditions."""
    return Part(kind, row_id, where, on)
