"""Every page of the app: the noun it belongs to, its address, who may see it. One table for shell, links and tests.

The menu shows nouns; the pages of a noun are its parts and stand side by side above each of them
(docs/decisions/0040-the-menu-names-nouns.md).
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from components.wording import N_
from db.queries.accounts.in_use import Use
from db.rules.permissions import GRANTS
from db.rules.permissions import Permission as P
from db.terms import Role

PAGES = Path(__file__).resolve().parent.parent / "pages"
START = "start"
"""Names the start page where an address cannot be empty."""
WORKER = frozenset({Role.AREA_WORKER})
OWN = frozenset({Role.COUNCIL_MEMBER, Role.TEAM_LEADER, Role.VOLUNTEER})
"""Roles that meet a promise as their own only."""


@dataclass(frozen=True, slots=True, eq=False)
class Noun:
    """What the menu names: title (a message id), icon."""

    title: str
    icon: str
    not_for: frozenset[Role] = frozenset()
    """Roles whose menu is shorter: they find it inside `within`."""
    within: "Noun | None" = None
    joined: str = ""
    """Title where another noun lies in it."""


TODAY = Noun(N_("今日"), "today")
WALKS = Noun(N_("走访"), "route")
NEEDS = Noun(N_("需求"), "list_alt")
REGISTER = Noun(N_("一周一登"), "event_available", WORKER, NEEDS)
COUNCIL = Noun(N_("议事会"), "groups")
PROJECTS = Noun(N_("项目"), "folder_open", joined=N_("项目与进展"))
ORDERS = Noun(N_("服务订单"), "receipt_long")
COMPLAINTS = Noun(N_("投诉"), "report")
PEOPLE = Noun(N_("居民与资料"), "home")
VOLUNTEERS = Noun(N_("志愿者"), "diversity_3", joined=N_("志愿与活动"))
PARTY = Noun(N_("党员"), "badge", OWN, TODAY)
ACTIVITIES = Noun(N_("活动"), "celebration", WORKER | {Role.VOLUNTEER}, VOLUNTEERS)
UNITS = Noun(N_("共建单位"), "handshake", WORKER, VOLUNTEERS)
PROGRESS = Noun(N_("进展"), "insights", WORKER, PROJECTS)
ADMIN = Noun(N_("管理"), "tune", WORKER | OWN)
NOUNS = (
    *(TODAY, WALKS, NEEDS, REGISTER, COUNCIL, PROJECTS, ORDERS, COMPLAINTS),
    *(PEOPLE, VOLUNTEERS, PARTY, ACTIVITIES, UNITS, PROGRESS, ADMIN),
)
"""The order of the menu."""


@dataclass(frozen=True, slots=True, eq=False)
class PageEntry:
    """A page: file below `pages/`, address, title (a message id), icon, who may see it, the noun it is a part of."""

    path: str
    url_path: str
    """Empty for the start page."""
    title: str
    icon: str
    permission: P
    under: Noun
    otherwise: Noun | None = None
    """The noun for roles whose menu does not have `under`, where that is not what `under` lies in."""
    visible: bool = True
    """False: no part of its own, reached by a link from another page; the menu still marks its noun."""
    when: Use | None = None
    """Shown where this is used or something waits; in the set-up always, or nobody could begin."""

    def noun(self, role: Role) -> Noun:
        """Where this role finds the page."""
        return (self.otherwise or self.under.within or self.under) if role in self.under.not_for else self.under

    def may_see(self, role: Role) -> bool:
        return role in GRANTS[self.permission].roles


ENTRIES: tuple[PageEntry, ...] = (
    # today: what waits, and what is one's own
    PageEntry("today/home.py", "", N_("今日"), "today", P.SEE_TODAY, TODAY),
    PageEntry("today/my_service.py", "my-service", N_("我的服务"), "event_note", P.SEE_MY_SERVICE, TODAY),
    PageEntry("find/search.py", "search", N_("查找"), "search", P.SEE_SEARCH, TODAY, visible=False),
    PageEntry("accounts/password.py", "password", N_("我的账号"), "key", P.CHANGE_OWN_PASSWORD, TODAY, visible=False),
    PageEntry("about.py", "about", N_("关于"), "info", P.SEE_TODAY, TODAY, visible=False),
    # the door
    PageEntry("doors/rounds.py", "rounds", N_("今日走访"), "route", P.PLAN_VISITS, WALKS),
    PageEntry("doors/visit.py", "visit", N_("走访登记"), "door_front", P.LOG_VISIT, WALKS),
    # what residents said
    PageEntry("needs/ledger.py", "needs", N_("需求台账"), "list_alt", P.SEE_NEEDS, NEEDS),
    PageEntry("needs/need.py", "need", N_("需求详情"), "description", P.SEE_NEEDS, NEEDS, visible=False),
    PageEntry("needs/register.py", "register", N_("一周一登"), "event_available", P.SEE_REGISTER, REGISTER),
    PageEntry("needs/twins.py", "twins", N_("归并"), "merge", P.MERGE_NEEDS, REGISTER),
    PageEntry("needs/screening.py", "screening", N_("筛选评分"), "rule", P.SEE_SCREENING, REGISTER),
    PageEntry("needs/answers.py", "answers", N_("回音"), "reply", P.SEE_ANSWERS, NEEDS),
    PageEntry("intake/intake.py", "intake", N_("扫码来件"), "qr_code_scanner", P.DECIDE_INTAKE, NEEDS),
    # the council
    PageEntry("meetings/meetings.py", "meetings", N_("会议"), "event", P.SEE_COUNCIL, COUNCIL),
    PageEntry("meetings/meeting.py", "meeting", N_("会议详情"), "forum", P.SEE_COUNCIL, COUNCIL, visible=False),
    PageEntry("voting/vote.py", "vote", N_("我的表决"), "how_to_vote", P.CAST_BALLOT, COUNCIL, when=Use.MY_VOTE),
    PageEntry("council/topics.py", "topics", N_("议题"), "edit_document", P.SEE_TOPICS, COUNCIL),
    PageEntry("council/notices.py", "notices", N_("公示与异议"), "campaign", P.SEE_NOTICES, COUNCIL),
    PageEntry("council/tasks.py", "tasks", N_("决议事项"), "assignment", P.SEE_COUNCIL, COUNCIL),
    PageEntry(
        "council/corrections.py", "corrections", N_("更正记录"), "edit_note", P.SEE_COUNCIL, COUNCIL, visible=False
    ),
    PageEntry(
        "council/village.py", "village", N_("四议两公开"), "holiday_village", P.SEE_VILLAGE, COUNCIL, when=Use.VILLAGE
    ),
    # projects
    PageEntry("projects/portfolio.py", "projects", N_("项目"), "folder_open", P.SEE_PROJECTS, PROJECTS),
    PageEntry("projects/project.py", "project", N_("项目详情"), "flag", P.SEE_PROJECTS, PROJECTS, visible=False),
    PageEntry(
        "projects/stage.py", "project-stage", N_("谁在台上"), "theater_comedy", P.SEE_PROJECTS, PROJECTS, visible=False
    ),
    PageEntry("projects/set_up.py", "set-up", N_("立项"), "add_task", P.SET_UP_PROJECT, PROJECTS),
    PageEntry("projects/acceptance.py", "acceptance", N_("验收"), "verified", P.SEE_ACCEPTANCE, PROJECTS),
    PageEntry("projects/defence.py", "defence", N_("书记项目答辩"), "podium", P.SEE_DEFENCE, PROJECTS),
    # services at home
    PageEntry("orders/orders.py", "orders", N_("订单"), "receipt_long", P.SEE_ORDERS, ORDERS),
    PageEntry("orders/order.py", "order", N_("订单详情"), "receipt", P.SEE_ORDERS, ORDERS, visible=False),
    PageEntry("orders/new.py", "new-order", N_("点单"), "add_shopping_cart", P.TAKE_ORDER, ORDERS),
    PageEntry("orders/series.py", "series", N_("定期服务"), "event_repeat", P.SEE_ORDERS, ORDERS),
    PageEntry("orders/mine.py", "my-orders", N_("我的接单"), "volunteer_activism", P.SEE_MY_ORDERS, ORDERS),
    PageEntry("orders/cards.py", "contact-cards", N_("联系卡与回音单"), "contact_phone", P.PRINT_CARDS, ORDERS),
    # complaints
    PageEntry("complaints/complaints.py", "complaints", N_("投诉台账"), "report", P.SEE_COMPLAINTS, COMPLAINTS),
    PageEntry(
        "complaints/complaint.py", "complaint", N_("投诉详情"), "report", P.SEE_COMPLAINTS, COMPLAINTS, visible=False
    ),
    PageEntry("complaints/log.py", "new-complaint", N_("登记投诉"), "add_alert", P.LOG_COMPLAINT, COMPLAINTS),
    PageEntry("complaints/trend.py", "complaint-trend", N_("投诉趋势"), "show_chart", P.SEE_COMPLAINTS, COMPLAINTS),
    PageEntry("complaints/mediation.py", "mediation", N_("协调会（沟通会）"), "handshake", P.SEE_MEDIATION, COMPLAINTS),
    # whose data
    PageEntry("people/people.py", "people", N_("住户与人员"), "home", P.SEE_PEOPLE, PEOPLE),
    PageEntry("people/person.py", "person", N_("人员档案"), "badge", P.SEE_PEOPLE, PEOPLE, visible=False),
    PageEntry(
        "people/doubles.py", "doubles", N_("重复登记"), "group_remove", P.MERGE_PERSONS, PEOPLE, when=Use.DOUBLES
    ),
    PageEntry("people/programmes.py", "programmes", N_("专项帮扶"), "shield_person", P.SEE_PROGRAMMES, PEOPLE),
    PageEntry("imports/imports.py", "imports", N_("导入"), "upload_file", P.IMPORT, PEOPLE),
    PageEntry("imports/paste.py", "paste", N_("粘贴接龙"), "content_paste", P.IMPORT, PEOPLE),
    PageEntry("reports/forms.py", "forms", N_("交表"), "table_view", P.SEE_FORMS, PEOPLE),
    # those who help
    PageEntry("volunteers/registry.py", "volunteers", N_("志愿者"), "diversity_3", P.SEE_VOLUNTEERS, VOLUNTEERS),
    PageEntry("volunteers/hours.py", "hours", N_("时长核对"), "rule", P.SEE_HOURS, VOLUNTEERS, visible=False),
    PageEntry(
        "volunteers/joining.py",
        "joining",
        N_("登记申请与情况说明"),
        "how_to_reg",
        P.MANAGE_VOLUNTEERS,
        VOLUNTEERS,
        visible=False,
    ),
    PageEntry("rota/slots.py", "slots", N_("找班次"), "event_available", P.TAKE_SLOT, VOLUNTEERS),
    PageEntry("rota/rotas.py", "rotas", N_("排班"), "calendar_view_week", P.SEE_ROTAS, VOLUNTEERS),
    PageEntry("rota/rota.py", "rota", N_("排班详情"), "calendar_view_week", P.SEE_ROTAS, VOLUNTEERS, visible=False),
    PageEntry("rota/roster.py", "roster", N_("排班建议"), "auto_awesome", P.PLAN_ROSTER, VOLUNTEERS, visible=False),
    PageEntry("volunteers/squads.py", "squads", N_("队伍"), "groups_3", P.SEE_SQUADS, VOLUNTEERS),
    PageEntry("volunteers/openings.py", "openings", N_("招募"), "person_add", P.SEE_OPENINGS, VOLUNTEERS),
    # members of the Party
    PageEntry("members/members.py", "members", N_("党员名册"), "contacts", P.SEE_MEMBERS, PARTY),
    PageEntry("members/member.py", "member", N_("党员"), "badge", P.SEE_MEMBERS, PARTY, visible=False),
    PageEntry("commitments/commitments.py", "commitments", N_("党员承诺"), "handshake", P.SEE_COMMITMENTS, PARTY),
    PageEntry(
        "commitments/commitment.py", "commitment", N_("承诺详情"), "handshake", P.READ_COMMITMENT, PARTY, visible=False
    ),
    PageEntry("commitments/sheets.py", "quarter-sheets", N_("亮绩与生日"), "cake", P.SEE_COMMITMENTS, PARTY),
    PageEntry("commitments/review.py", "review", N_("民主评议"), "rate_review", P.RUN_REVIEW, PARTY, visible=False),
    PageEntry("commitments/mine.py", "my-commitments", N_("我的承诺"), "volunteer_activism", P.MAKE_COMMITMENT, PARTY),
    # what is done together
    PageEntry("activities/activities.py", "activities", N_("活动"), "celebration", P.SEE_ACTIVITIES, ACTIVITIES),
    PageEntry(
        "activities/activity.py", "activity", N_("活动详情"), "celebration", P.SEE_ACTIVITIES, ACTIVITIES, visible=False
    ),
    PageEntry("activities/market.py", "market", N_("便民集市"), "storefront", P.SEE_MARKET, ACTIVITIES, visible=False),
    PageEntry("activities/outing.py", "outing", N_("陪访"), "hail", P.SEE_OUTING, ACTIVITIES, visible=False),
    PageEntry("units/units.py", "units", N_("共建单位"), "handshake", P.SEE_UNITS, UNITS),
    PageEntry("units/unit.py", "unit", N_("单位档案"), "handshake", P.SEE_UNITS, UNITS, visible=False),
    PageEntry("units/resource.py", "resource", N_("资源详情"), "inventory_2", P.SEE_UNITS, UNITS, visible=False),
    PageEntry("units/request.py", "resource-request", N_("使用申请"), "front_hand", P.SEE_UNITS, UNITS, visible=False),
    # how far it is
    PageEntry("progress/funnel.py", "funnel", N_("需求漏斗"), "filter_alt", P.SEE_PROGRESS, PROGRESS),
    PageEntry("projects/progress.py", "project-progress", N_("项目进度"), "trending_up", P.SEE_PROGRESS, PROGRESS),
    PageEntry("progress/demand.py", "demand", N_("需求分布"), "grid_on", P.SEE_PROGRESS, PROGRESS),
    PageEntry("progress/communities.py", "communities", N_("社区对比"), "compare", P.COMPARE_COMMUNITIES, PROGRESS),
    PageEntry("results/results.py", "results", N_("成效"), "insights", P.SEE_RESULTS, PROGRESS),
    PageEntry(
        "results/circle.py", "circle", N_("15 分钟党群服务圈"), "share_location", P.SEE_RESULTS, PROGRESS, visible=False
    ),
    PageEntry("results/venue.py", "venue", N_("阵地"), "location_on", P.SEE_RESULTS, PROGRESS, visible=False),
    PageEntry("results/diary.py", "diary", N_("服务日志"), "auto_stories", P.SEE_DIARY, PROGRESS),
    PageEntry("screen/screen.py", "screen", N_("大屏"), "tv", P.SHOW_SCREEN, PROGRESS),
    # what is set up once
    PageEntry("accounts/accounts.py", "accounts", N_("账号"), "manage_accounts", P.MANAGE_ACCOUNTS, ADMIN),
    PageEntry("admin/settings.py", "settings", N_("字典与日历"), "tune", P.MANAGE_SETTINGS, ADMIN),
    PageEntry("council/bodies.py", "bodies", N_("议事会与规则"), "gavel", P.SEE_COUNCIL, ADMIN, COUNCIL),
    PageEntry("admin/templates.py", "templates", N_("文书模板"), "draft", P.MANAGE_TEMPLATES, ADMIN),
    PageEntry("doors/rhythms.py", "rhythms", N_("走访频次"), "update", P.SET_RHYTHMS, ADMIN),
    PageEntry("complaints/times.py", "complaint-times", N_("投诉时限"), "timer", P.SET_COMPLAINT_TIMES, ADMIN),
    PageEntry("reports/form_files.py", "report-forms", N_("表样"), "table_chart", P.MANAGE_FORMS, ADMIN),
    PageEntry("orders/catalogue.py", "catalogue", N_("服务目录"), "menu_book", P.MANAGE_CATALOGUE, ADMIN),
    PageEntry(
        "intake/posters.py",
        "posters",
        N_("海报与专属码"),
        "qr_code_2",
        P.MANAGE_POSTERS,
        ADMIN,
        NEEDS,
        when=Use.POSTERS,
    ),
    PageEntry(
        "offline/phones.py",
        "phones",
        N_("离线走访手机"),
        "phonelink_setup",
        P.PAIR_PHONE,
        ADMIN,
        WALKS,
        when=Use.PHONES,
    ),
    PageEntry("admin/audit.py", "audit", N_("审计日志"), "history", P.READ_AUDIT, ADMIN),
)


@cache
def entries() -> tuple[PageEntry, ...]:
    """The pages whose file exists."""
    return tuple(entry for entry in ENTRIES if (PAGES / entry.path).is_file())


def entry_of(url_path: str) -> PageEntry:
    """The page at an address."""
    return _by_address()[url_path]


@cache
def _by_address() -> dict[str, PageEntry]:
    return {entry.url_path: entry for entry in entries()}


@cache
def parts(role: Role, used: frozenset[Use] = frozenset()) -> dict[Noun, tuple[PageEntry, ...]]:
    """The nouns of a role's menu in their order, each with the parts that it shows; the first is where it leads."""
    found: dict[Noun, tuple[PageEntry, ...]] = dict.fromkeys(NOUNS, ())
    for entry in entries():
        noun = entry.noun(role)
        if entry.visible and entry.may_see(role) and (noun is ADMIN or entry.when is None or entry.when in used):
            found[noun] += (entry,)
    return {noun: shown for noun, shown in found.items() if shown}


def name_of(noun: Noun, shown: tuple[PageEntry, ...]) -> str:
    """What the menu calls a noun (a message id): by its only part, or so that what else lies in it is seen."""
    if len(shown) == 1:
        return shown[0].title
    return noun.joined if noun.joined and any(entry.under is not noun for entry in shown) else noun.title


@cache
def leading() -> frozenset[str]:
    """Addresses of the pages to which some role's menu leads, whatever is in use."""
    menus = [parts(role, used) for role in Role for used in (frozenset[Use](), frozenset(Use))]
    return frozenset(shown[0].url_path for menu in menus for shown in menu.values())


def beside(entry: PageEntry, role: Role, used: frozenset[Use] = frozenset()) -> tuple[PageEntry, ...]:
    """The parts that stand above this page, itself among them; none above what is no part, or stands alone."""
    shown = parts(role, used).get(entry.noun(role), ())
    if not (entry.visible and entry.may_see(role)):
        return ()
    if entry not in shown:  # somebody came by a link to what is not used yet
        shown = (*shown, entry)
    return shown if len(shown) > 1 else ()


def at_noun(entry: PageEntry, role: Role, used: frozenset[Use] = frozenset()) -> str:
    """Address of the page to which the menu's present noun leads, for the key that marks it."""
    found = first_part(entry, role, used)
    return (found.url_path if found else "") or START


def first_part(entry: PageEntry, role: Role, used: frozenset[Use] = frozenset()) -> PageEntry | None:
    """The page to which the menu's present noun leads; None when the role's menu has no such noun."""
    shown = parts(role, used).get(entry.noun(role), ())
    return shown[0] if shown else None
