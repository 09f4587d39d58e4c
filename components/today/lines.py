"""The lines of the start page: what to do, in words, and the page where it is done."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

import streamlit as st

from components.wording import N_, _
from components.wording.dates import moment
from db.queries.today.parts import ToDo
from db.queries.today.today import Line
from db.rules.zone import CHINA


@dataclass(frozen=True, slots=True)
class Way:
    """Words with {n} (and {on}), a page, an icon; `opens_one` goes straight to the only one of its kind."""

    words: str
    page: str
    icon: str
    query: dict[str, str] = field(default_factory=dict)
    opens_one: str = ""
    urgent: bool = False


WAYS: dict[ToDo, Way] = {
    ToDo.BALLOT_OPEN: Way(N_("有表决正在进行，请投票"), "voting/vote.py", "how_to_vote", urgent=True),
    ToDo.HANDLING: Way(
        N_("{n} 件涉安全需求，即接即办"), "needs/ledger.py", "bolt", {"stage": "handling"}, urgent=True
    ),
    ToDo.OBJECTIONS: Way(N_("{n} 条异议待处理"), "council/notices.py", "gavel", urgent=True),
    ToDo.DOORS_OVERDUE: Way(N_("{n} 户高风险户超期未走访"), "doors/rounds.py", "door_front", urgent=True),
    ToDo.COMPLAINTS_LATE: Way(
        N_("{n} 件投诉已超期"), "complaints/complaints.py", "report", opens_one="complaints/complaint.py", urgent=True
    ),
    ToDo.ORDERS_LATE: Way(
        N_("{n} 单服务已超时"), "orders/orders.py", "timer_off", opens_one="orders/order.py", urgent=True
    ),
    ToDo.OFFERS: Way(N_("{n} 单等您接单"), "orders/mine.py", "volunteer_activism"),
    ToDo.SWAPS: Way(N_("{n} 位同伴请您代班"), "orders/mine.py", "swap_horiz"),
    ToDo.MY_TURNS: Way(N_("{n} 次上门服务在近期"), "orders/mine.py", "event"),
    ToDo.SLOT_SWAPS: Way(N_("{n} 位同伴想和您换班"), "rota/slots.py", "swap_horiz", {"view": "mine"}),
    ToDo.MY_SLOTS: Way(N_("{n} 个班在七天之内"), "rota/slots.py", "event", {"view": "mine"}),
    ToDo.SLOTS_SHORT: Way(N_("{n} 个班次七天之内缺人"), "rota/rotas.py", "group_add"),
    ToDo.TURNS_TO_TELL: Way(N_("{n} 人的班有变动，待通知"), "rota/rotas.py", "call"),
    ToDo.SLOTS_TO_MARK: Way(N_("{n} 个班次待登记到岗"), "rota/rotas.py", "how_to_reg"),
    ToDo.AWAY: Way(N_("{n} 场外出还有人没回来"), "activities/activities.py", "hail",
                   {"view": "away", "projects": "1"}, "activities/outing.py", urgent=True),
    ToDo.SLOTS_TODAY: Way(N_("今天您有 {n} 个班，最早 {on}"), "rota/slots.py", "today", {"view": "mine"}, urgent=True),
    ToDo.SQUADS_ASKED: Way(N_("{n} 支队伍有人申请入队，等您答复"), "volunteers/squads.py", "group_add",
                           {"view": "asked"}, "volunteers/squads.py"),
    ToDo.REGISTRATIONS: Way(N_("{n} 位志愿者登记待确认"), "volunteers/joining.py", "person_add",
                            opens_one="volunteers/joining.py"),
    ToDo.TRANSFERS: Way(N_("{n} 位党员等支部接收"), "members/members.py", "move_up", {"view": "offers"}),
    ToDo.PROMISES: Way(N_("{n} 项承诺待审核或公示"), "commitments/commitments.py", "rate_review", {"view": "review"},
                       "commitments/commitment.py"),
    ToDo.LATE_ENTRIES: Way(N_("{n} 项承诺有补记待第二人核对"), "commitments/commitments.py", "rule",
                           {"view": "late", "waiting": "1"}, "commitments/commitment.py"),
    ToDo.RESOURCES: Way(N_("{n} 件资源申请要办"), "units/units.py", "front_hand",
                        {"tab": "resources", "waiting": "1"}, "units/request.py"),
    ToDo.UNRECORDED: Way(N_("{n} 场活动待补记录"), "activities/activities.py", "edit_note",
                         {"view": "unrecorded", "projects": "1"}, "activities/activity.py"),
    ToDo.MARKETS: Way(N_("{n} 场集市待收摊"), "activities/activities.py", "storefront",
                      {"view": "market", "projects": "1"}, "activities/market.py"),
    ToDo.FINDINGS: Way(N_("本月时长有 {n} 处疑点待答复"), "volunteers/hours.py", "plagiarism"),
    ToDo.INTAKE: Way(N_("{n} 件扫码来件待确认"), "intake/intake.py", "qr_code_scanner"),
    ToDo.ORDERS_TO_DISPATCH: Way(N_("{n} 单待派单"), "orders/orders.py", "assignment", opens_one="orders/order.py"),
    ToDo.COMPLAINTS_TO_HAND_OVER: Way(
        N_("{n} 件投诉待交办"), "complaints/complaints.py", "report", opens_one="complaints/complaint.py"
    ),
    ToDo.CONFLICTS: Way(N_("{n} 处离线登记有冲突，等人核对"), "offline/phones.py", "call_split"),
    ToDo.ORDER_CASES: Way(N_("{n} 单差评或争议待处理"), "orders/orders.py", "reviews", opens_one="orders/order.py"),
    ToDo.APPLICATIONS: Way(N_("{n} 人自己登记了志愿者，待电话确认"), "volunteers/joining.py", "how_to_reg"),
    ToDo.HOURS_TO_CHECK: Way(N_("{n} 条志愿时长等您核对"), "volunteers/registry.py", "rule"),
    ToDo.ORDERS_TO_CONFIRM: Way(
        N_("{n} 单待确认或回访"), "orders/orders.py", "handshake", opens_one="orders/order.py"
    ),
    ToDo.COMPLAINTS_TO_REVISIT: Way(
        N_("{n} 件投诉待回访"), "complaints/complaints.py", "call", opens_one="complaints/complaint.py"
    ),
    ToDo.DOORS_DUE: Way(N_("{n} 户到了走访日"), "doors/rounds.py", "route"),
    ToDo.RETENTION: Way(N_("{n} 人的资料到了保存期限"), "people/people.py", "auto_delete"),
    ToDo.ANSWERS_OVERDUE: Way(N_("{n} 户的回音已超期"), "needs/answers.py", "call", urgent=True),
    ToDo.MEETING_TODAY: Way(N_("今天有会：{on}"), "meetings/meetings.py", "event", opens_one="meetings/meeting.py"),
    ToDo.ESCALATED: Way(
        N_("{n} 件上报的纠纷待答复"), "complaints/mediation.py", "upload", opens_one="complaints/mediation.py"
    ),
    ToDo.ESCALATED_BACK: Way(
        N_("{n} 件纠纷上级已答复，请再约各方"), "complaints/mediation.py", "reply", opens_one="complaints/mediation.py"
    ),
    ToDo.PATCHES_LEFT: Way(N_("{n} 片楼栋没有人走"), "doors/rounds.py", "map", urgent=True),
    ToDo.PROJECTS_LEFT: Way(
        N_("{n} 个项目的牵头人已离开"), "projects/portfolio.py", "person_off",
        opens_one="projects/project.py", urgent=True,
    ),
    ToDo.DUTIES_LEFT: Way(
        N_("{n} 个项目有责任人已离开，待交接"), "projects/portfolio.py", "assignment_ind", opens_one="projects/stage.py"
    ),
    ToDo.PROGRAMMES_LEFT: Way(
        N_("{n} 个专项帮扶没有专人"), "people/programmes.py", "person_off",
        opens_one="people/programmes.py", urgent=True,
    ),
    ToDo.RED_PROJECTS: Way(
        N_("{n} 个项目滞后"), "projects/progress.py", "warning", opens_one="projects/project.py", urgent=True
    ),
    ToDo.SIGN_WEEKS: Way(N_("{n} 周的登记待签"), "needs/register.py", "event_available"),
    ToDo.ANSWERS_DUE: Way(N_("{n} 户等着回音"), "needs/answers.py", "call"),
    ToDo.TWINS: Way(N_("{n} 对需求可能是同一件事"), "needs/twins.py", "merge"),
    ToDo.SCORES: Way(N_("{n} 件需求等您评分"), "needs/screening.py", "balance"),
    ToDo.REVIEW_TOPICS: Way(N_("{n} 件议题待审核"), "council/topics.py", "edit_document"),
    ToDo.TASKS_LATE: Way(N_("{n} 项决议事项已逾期"), "council/tasks.py", "assignment_late"),
    ToDo.CORRECTIONS: Way(N_("{n} 处更正等您核对"), "meetings/meetings.py", "edit", opens_one="council/corrections.py"),
    ToDo.CHECKS_DUE: Way(N_("{n} 件纠纷的整改到期，待复查"), "complaints/mediation.py", "fact_check",
                      opens_one="complaints/mediation.py"),
    ToDo.OPEN_SCREENING: Way(N_("{n} 件需求待开始评分"), "needs/screening.py", "inbox"),
    ToDo.ROUTE: Way(N_("{n} 件需求待分流"), "needs/screening.py", "alt_route"),
    ToDo.FOR_AGENDA: Way(N_("{n} 件议题等待上会"), "meetings/meetings.py", "groups"),
    ToDo.NOTICES_ENDED: Way(N_("{n} 份公示已期满"), "council/notices.py", "campaign"),
    ToDo.SET_UP: Way(N_("{n} 件待立项"), "projects/set_up.py", "add_task"),
    ToDo.DECIDE_ACCEPTANCE: Way(N_("{n} 个项目评审已齐，待定等次"), "projects/acceptance.py", "verified"),
    ToDo.JUDGE: Way(N_("{n} 个项目等您评审"), "projects/acceptance.py", "fact_check"),
    ToDo.PLACEMENTS: Way(N_("{n} 人报名，等您确认"), "volunteers/openings.py", "person_add"),
    ToDo.REPORT_ACTIVITIES: Way(N_("{n} 个项目有活动待填报"), "projects/portfolio.py", "edit_note",
                             opens_one="projects/project.py"),
    ToDo.MILESTONES: Way(N_("{n} 个项目有节点到期（7 天内或已过期）"), "projects/portfolio.py", "flag",
                      opens_one="projects/project.py"),
    ToDo.INCOMPLETE: Way(N_("{n} 件您登记的需求还不完整"), "needs/register.py", "edit_note",
                      opens_one="needs/need.py"),
    ToDo.ORDERED: Way(N_("{n} 件个人服务进行中"), "needs/ledger.py", "handyman", {"stage": "ordered"}),
    ToDo.NEXT_MEETING: Way(N_("下次会议：{on}"), "meetings/meetings.py", "event", opens_one="meetings/meeting.py"),
    ToDo.NEXT_ACTIVITIES: Way(N_("{n} 个项目近期有活动"), "projects/portfolio.py", "event",
                           opens_one="projects/project.py"),
    ToDo.OWN_TEAMS: Way(N_("您在 {n} 个岗位上"), "volunteers/openings.py", "diversity_3"),
    ToDo.OPEN_SLOTS: Way(N_("七天内 {n} 个班缺人，可认领"), "rota/slots.py", "event_available"),
    ToDo.OPENINGS: Way(N_("{n} 个招募岗位适合您"), "volunteers/openings.py", "person_search"),
    ToDo.AUDIT_LOG: Way(N_("审计日志共 {n} 条，可核验链条"), "admin/audit.py", "history"),
}  # fmt: skip
"""A test holds that every kind has its way."""


def today_lines(lines: Sequence[Line], *, more_follows: bool = False) -> None:
    """Draw the lines, the pressing ones first, each a link.

    An empty day says so, unless a list of other work follows below.
    """
    pressing = [line for line in lines if WAYS[line.kind].urgent]
    calm = [line for line in lines if not WAYS[line.kind].urgent]
    for title, group in ((_("先办"), pressing), (_("今天"), calm)):
        if not group:
            continue
        st.subheader(title)
        with st.container(gap="xsmall"):
            for line in group:
                _link(line)
    if not lines and not more_follows:
        st.info(_("今天没有待办。"), icon=":material/task_alt:")


def _link(line: Line) -> None:
    way = WAYS[line.kind]
    words = _(way.words, n=line.count, on=moment(line.on))
    page, query = way.page, way.query
    if line.only is not None and way.opens_one:
        page, query = way.opens_one, {"id": str(line.only)}
    st.page_link(page, label=words, icon=f":material/{way.icon}:", query_params=query)


def greeting(name: str, now: datetime) -> str:
    """Good morning, with the name; afternoon from noon, evening from six, by Chinese clocks."""
    hour = now.astimezone(CHINA).hour
    words = N_("{name}，早上好") if hour < 12 else N_("{name}，下午好") if hour < 18 else N_("{name}，晚上好")
    return _(words, name=name)
