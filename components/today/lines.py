"""What a line of the start page says and where it leads: a page with its filter, or the list of today itself."""

from dataclasses import dataclass
from enum import IntEnum

from components.wording import N_
from db.queries.today.parts import ToDo


class Rank(IntEnum):
    """How much a kind of work presses."""

    LATE = 0
    """A time that was promised is over."""
    FIRST = 1
    """To be done before the rest."""
    MINE = 2
    """Waits for a word of the one who reads this."""
    REST = 3


@dataclass(frozen=True, slots=True)
class Way:
    """Words with {n}, an icon, the next step as a verb, and where they lead.

    `page` is the address of the list that the line opens; without one it is the list of today, which names every
    thing. `thing` is where one thing leads: a page that takes its `id`, `page:name` for another name,
    `page:name=value` or `page:` for a page that has no address for one, `page:&name=value` for a part of its page.
    """

    words: str
    icon: str
    act: str
    page: str = ""
    thing: str = ""


WAYS: dict[ToDo, Way] = {
    ToDo.BALLOT_OPEN: Way(N_("有表决正在进行，请投票"), "how_to_vote", N_("投票"), "vote"),
    ToDo.HANDLING: Way(N_("{n} 件涉安全需求，即接即办"), "bolt", N_("办理"), "needs?stage=handling", "need"),
    ToDo.DOORS_OVERDUE: Way(N_("{n} 户高风险户超期未走访"), "door_front", N_("走访"), thing="rounds"),
    ToDo.COMPLAINTS_LATE: Way(N_("{n} 件投诉已超期"), "report", N_("催办"), "complaints?view=late", "complaint"),
    ToDo.ORDERS_LATE: Way(N_("{n} 单服务已超时"), "timer_off", N_("派单"), "orders?view=late", "order"),
    ToDo.OBJECTIONS: Way(N_("{n} 份公示有异议待处理"), "gavel", N_("答复"), thing="notices"),
    ToDo.ANSWERS_OVERDUE: Way(N_("{n} 户的回音已超期"), "call", N_("回音"), thing="answers"),
    ToDo.AWAY: Way(N_("{n} 场外出还有人没回来"), "hail", N_("看去向"), "activities?view=away&projects=1", "outing"),
    ToDo.SLOTS_TODAY: Way(N_("今天您有 {n} 个班"), "today", N_("看班次"), thing="slots:turn"),
    ToDo.MEETING_LEFT: Way(N_("{n} 次会议还没有闭会"), "event_busy", N_("去闭会"), thing="meeting"),
    ToDo.MEETING_TODAY: Way(N_("今天有 {n} 次会"), "event", N_("开会"), thing="meeting"),
    ToDo.RED_PROJECTS: Way(N_("{n} 个项目滞后"), "warning", N_("看原因"), "projects?light=red", "project"),
    ToDo.ESCALATED: Way(N_("{n} 件上报的纠纷待答复"), "upload", N_("答复"), thing="mediation"),
    ToDo.ESCALATED_BACK: Way(N_("{n} 件纠纷上级已答复，请再约各方"), "reply", N_("约各方"), thing="mediation"),
    ToDo.PATCHES_LEFT: Way(N_("{n} 片楼栋没有人走"), "map", N_("划片区"), thing="rounds:"),
    ToDo.PROJECTS_LEFT: Way(N_("{n} 个项目的牵头人已离开"), "person_off", N_("换牵头人"), thing="project"),
    ToDo.DUTIES_LEFT: Way(N_("{n} 个项目有责任人已离开，待交接"), "assignment_ind", N_("交接"), thing="project-stage"),
    ToDo.PROGRAMMES_LEFT: Way(N_("{n} 个专项帮扶没有专人"), "person_off", N_("定专人"), thing="programmes"),
    ToDo.OFFERS: Way(N_("{n} 单等您接单"), "volunteer_activism", N_("接单"), thing="my-orders:"),
    ToDo.SWAPS: Way(N_("{n} 位同伴请您代班"), "swap_horiz", N_("答复"), "my-orders"),
    ToDo.MY_TURNS: Way(N_("{n} 次上门服务在近期"), "event", N_("看单"), thing="my-orders:"),
    ToDo.SLOT_SWAPS: Way(N_("{n} 位同伴想和您换班"), "swap_horiz", N_("答复"), thing="slots:view=mine"),
    ToDo.MY_SLOTS: Way(N_("{n} 个班在七天之内"), "event", N_("看班次"), thing="slots:turn"),
    ToDo.SLOTS_SHORT: Way(N_("{n} 个班次七天之内缺人"), "group_add", N_("补人"), thing="rota"),
    ToDo.TURNS_TO_TELL: Way(N_("{n} 人的班有变动，待通知"), "call", N_("通知"), thing="rota"),
    ToDo.SLOTS_TO_MARK: Way(N_("{n} 个班次待登记到岗"), "how_to_reg", N_("登记到岗"), thing="rota"),
    ToDo.SQUADS_ASKED: Way(N_("{n} 支队伍有人申请入队，等您答复"), "group_add", N_("答复"), "squads?view=asked"),
    ToDo.REGISTRATIONS: Way(N_("{n} 位志愿者登记待确认"), "person_add", N_("确认"), "joining"),
    ToDo.TRANSFERS: Way(N_("{n} 位党员等支部接收"), "move_up", N_("接收"), "members?view=offers"),
    ToDo.PROMISES: Way(N_("{n} 项承诺待审核或公示"), "rate_review", N_("审核"), "commitments?view=review"),
    ToDo.LATE_ENTRIES: Way(N_("{n} 项承诺有补记待第二人核对"), "rule", N_("核对"), "commitments?view=late&waiting=1"),
    ToDo.RESOURCES: Way(N_("{n} 件资源申请要办"), "front_hand", N_("办理"), "units?tab=resources&waiting=1"),
    ToDo.UNRECORDED: Way(
        N_("{n} 场活动待补记录"), "edit_note", N_("补记录"), "activities?view=unrecorded&projects=1", "activity"
    ),
    ToDo.MARKETS: Way(N_("{n} 场集市待收摊"), "storefront", N_("收摊"), "activities?view=market&projects=1", "market"),
    ToDo.FINDINGS: Way(N_("本月时长有 {n} 处疑点待答复"), "plagiarism", N_("核对"), "hours"),
    ToDo.INTAKE: Way(N_("{n} 件扫码来件待确认"), "qr_code_scanner", N_("确认"), "intake"),
    ToDo.ORDERS_TO_DISPATCH: Way(N_("{n} 单待派单"), "assignment", N_("派单"), thing="order"),
    ToDo.COMPLAINTS_TO_HAND_OVER: Way(N_("{n} 件投诉待交办"), "report", N_("交办"), thing="complaint"),
    ToDo.CONFLICTS: Way(N_("{n} 处离线登记有冲突，等人核对"), "call_split", N_("核对"), "phones"),
    ToDo.SIGN_WEEKS: Way(N_("{n} 周的登记待签"), "event_available", N_("签字"), thing="register:week"),
    ToDo.ANSWERS_DUE: Way(N_("{n} 户等着回音"), "call", N_("回音"), thing="answers"),
    ToDo.TWINS: Way(N_("{n} 对需求可能是同一件事"), "merge", N_("判断"), "twins"),
    ToDo.SCORES: Way(N_("{n} 件需求等您评分"), "balance", N_("评分"), thing="screening"),
    ToDo.REVIEW_TOPICS: Way(N_("{n} 件议题待审核"), "edit_document", N_("审核"), "topics?state=submitted", "topics"),
    ToDo.TASKS_LATE: Way(N_("{n} 项决议事项已逾期"), "assignment_late", N_("办结"), thing="tasks:state=open"),
    ToDo.CORRECTIONS: Way(N_("{n} 处更正等您核对"), "edit", N_("核对"), thing="corrections"),
    ToDo.CHECKS_DUE: Way(N_("{n} 件纠纷的整改到期，待复查"), "fact_check", N_("复查"), thing="mediation"),
    ToDo.ORDER_CASES: Way(N_("{n} 单差评或争议待处理"), "reviews", N_("处理"), "orders?view=cases", "order"),
    ToDo.HOURS_TO_CHECK: Way(N_("{n} 条志愿时长等您核对"), "rule", N_("核对"), "hours?view=waiting"),
    ToDo.ORDERS_TO_CONFIRM: Way(N_("{n} 单待确认或回访"), "handshake", N_("回访"), thing="order"),
    ToDo.COMPLAINTS_TO_REVISIT: Way(
        N_("{n} 件投诉待回访"), "call", N_("回访"), "complaints?view=to_revisit", "complaint"
    ),
    ToDo.DOORS_DUE: Way(N_("{n} 户到了走访日"), "route", N_("走访"), thing="rounds"),
    ToDo.RETENTION: Way(N_("{n} 人的资料到了保存期限"), "auto_delete", N_("复核"), "people?due=1"),
    ToDo.OPEN_SCREENING: Way(
        N_("{n} 件需求待开始评分"), "inbox", N_("开始评分"), "screening?stage=registered", "screening"
    ),
    ToDo.ROUTE: Way(N_("{n} 件需求待分流"), "alt_route", N_("分流"), "screening?stage=screened", "screening"),
    ToDo.FOR_AGENDA: Way(N_("{n} 件议题等待上会"), "groups", N_("列议程"), "needs?stage=for_council", "need"),
    ToDo.NOTICES_ENDED: Way(N_("{n} 份公示已期满"), "campaign", N_("办结公示"), thing="notices"),
    ToDo.SET_UP: Way(N_("{n} 件待立项"), "add_task", N_("立项"), "needs?stage=to_project", "set-up:"),
    ToDo.DECIDE_ACCEPTANCE: Way(N_("{n} 个项目评审已齐，待定等次"), "verified", N_("定等次"), thing="acceptance"),
    ToDo.JUDGE: Way(N_("{n} 个项目等您评审"), "fact_check", N_("评审"), thing="acceptance"),
    ToDo.PLACEMENTS: Way(N_("{n} 人报名，等您确认"), "person_add", N_("答复"), thing="project:&part=team"),
    ToDo.REPORT_ACTIVITIES: Way(N_("{n} 个项目有活动待填报"), "edit_note", N_("填报"), thing="project:&part=plan"),
    ToDo.MILESTONES: Way(
        N_("{n} 个项目有节点到期（7 天内或已过期）"), "flag", N_("看节点"), thing="project:&part=steps"
    ),
    ToDo.INCOMPLETE: Way(N_("{n} 件您登记的需求还不完整"), "edit_note", N_("补全"), thing="need"),
    ToDo.ORDERED: Way(N_("{n} 件个人服务进行中"), "handyman", N_("看进展"), "needs?stage=ordered", "need"),
    ToDo.NEXT_MEETING: Way(N_("{n} 次会议在后面"), "event", N_("看议程"), thing="meeting"),
    ToDo.NEXT_ACTIVITIES: Way(N_("{n} 个项目近期有活动"), "event", N_("看计划"), thing="project:&part=plan"),
    ToDo.OWN_TEAMS: Way(N_("您在 {n} 个岗位上"), "diversity_3", N_("看岗位"), thing="openings"),
    ToDo.OPEN_SLOTS: Way(N_("七天内 {n} 个班缺人，可认领"), "event_available", N_("认领"), thing="slots:slot"),
    ToDo.OPENINGS: Way(N_("{n} 个招募岗位适合您"), "person_search", N_("看岗位"), thing="openings"),
}
"""A test holds that every kind has its way, and that its list shows as many rows as the line says."""


_RANKS = {
    Rank.LATE: (
        ToDo.DOORS_OVERDUE,
        ToDo.COMPLAINTS_LATE,
        ToDo.ORDERS_LATE,
        ToDo.ANSWERS_OVERDUE,
        ToDo.MEETING_LEFT,
        ToDo.TASKS_LATE,
    ),
    Rank.FIRST: (
        ToDo.BALLOT_OPEN,
        ToDo.HANDLING,
        ToDo.OBJECTIONS,
        ToDo.AWAY,
        ToDo.SLOTS_TODAY,
        ToDo.MEETING_TODAY,
        ToDo.RED_PROJECTS,
        ToDo.ESCALATED,
        ToDo.PATCHES_LEFT,
        ToDo.PROJECTS_LEFT,
        ToDo.PROGRAMMES_LEFT,
        ToDo.OFFERS,
        ToDo.SWAPS,
        ToDo.CHECKS_DUE,
        ToDo.REPORT_ACTIVITIES,
    ),
    Rank.MINE: (
        ToDo.ESCALATED_BACK,
        ToDo.DUTIES_LEFT,
        ToDo.SQUADS_ASKED,
        ToDo.REGISTRATIONS,
        ToDo.TRANSFERS,
        ToDo.PROMISES,
        ToDo.RESOURCES,
        ToDo.SIGN_WEEKS,
        ToDo.TWINS,
        ToDo.SCORES,
        ToDo.REVIEW_TOPICS,
        ToDo.CORRECTIONS,
        ToDo.ORDER_CASES,
        ToDo.HOURS_TO_CHECK,
        ToDo.OPEN_SCREENING,
        ToDo.ROUTE,
        ToDo.FOR_AGENDA,
        ToDo.NOTICES_ENDED,
        ToDo.SET_UP,
        ToDo.DECIDE_ACCEPTANCE,
        ToDo.JUDGE,
        ToDo.PLACEMENTS,
    ),
}


_RANK = {kind: rank for rank, kinds in _RANKS.items() for kind in kinds}


def rank_of(kind: ToDo) -> Rank:
    """How much this kind presses."""
    return _RANK.get(kind, Rank.REST)
