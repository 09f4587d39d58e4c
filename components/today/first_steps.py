"""From nothing to the first meeting: the steps in the order that works, ticked by what exists, gone when done."""

from components.acting import Request
from components.forms import press
from components.today.block import block, href
from components.wording import N_, _
from db.actions.admin.usual import take_over_usual
from db.queries.today.today import FirstStep, Here
from db.rules.permissions import Actor
from db.rules.permissions import Permission as P

_STEPS: dict[FirstStep, tuple[str, str, tuple[tuple[P, str, str], ...]]] = {
    FirstStep.PEOPLE: (
        N_("建立人员账号"), N_("至少一位社区书记和一位社工；议事会成员要用手机投票的，也各建一个"),
        ((P.MANAGE_ACCOUNTS, "accounts", N_("去建账号")),),
    ),
    FirstStep.USUAL: (
        N_("沿用六类需求、十五项服务、五个队伍主题"), N_("一键采用，以后随时能改"),
        ((P.MANAGE_CATALOGUE, "catalogue", N_("看目录")),),
    ),
    FirstStep.COUNCIL: (
        N_("登记议事会、成员和规则"), N_("先登记机构，再登记成员，最后采用一套规则"),
        ((P.MANAGE_COUNCIL, "bodies", N_("去登记")),),
    ),
    FirstStep.HOUSEHOLDS: (
        N_("登记小区和住户"), N_("小区的户数由管理员填；住户由书记导入名册，没有名册的走访时敲一户登一户"),
        ((P.IMPORT, "imports", N_("去导入")), (P.MANAGE_SETTINGS, "settings?part=places", N_("看小区"))),
    ),
    FirstStep.VISIT: (
        N_("第一次走访，登记第一件需求"), N_("社工或书记在手机上登记"), ((P.LOG_VISIT, "visit", N_("去走访")),)
    ),
    FirstStep.SCREENING: (
        N_("把第一件需求送上议事会"), N_("周五起在“一周一登”签字；两人在“筛选评分”里评分，书记分流"),
        ((P.SIGN_WEEK, "register", N_("去签字")), (P.SCORE_NEED, "screening", N_("去评分"))),
    ),
    FirstStep.MEETING: (
        N_("开第一次会"), N_("书记新建会议、列入议题、发通知，到时开会表决"),
        ((P.PREPARE_MEETING, "meetings", N_("去会议")),),
    ),
}  # fmt: skip
"""What it is, how it goes, and where the role that may do it finds it."""


def concerns(here: Here, user: Actor) -> bool:
    """Whether the steps stand on this actor's page: not all are done, and one of them is theirs."""
    return bool(here.missing) and any(user.may(held) for _w, _h, ways in _STEPS.values() for held, _p, _a in ways)


def first_steps(here: Here, user: Actor) -> Request | None:
    """The steps with their ticks; the next one that this role can do is marked."""
    mine = [step for step in here.missing if _way(step, user, here)]
    items = []
    for step, (words, how, _ways) in _STEPS.items():
        done, way = step not in here.missing, _way(step, user, here)
        items.append(
            {
                "kind": "check_circle" if done else "circle",
                "colour": "green" if done else "orange" if mine and step is mine[0] else "gray",
                "title": _(words), "badge": _("已完成") if done else "", "act": _(way[1]) if way and not done else "",
                "sub": "" if done else _(how) if way else _("由别的角色来做：{how}", how=_(how)),
                "href": href(way[0]) if way else "",
            }
        )  # fmt: skip
    block("things", {"items": items, "more": None}, key="today.first_steps")
    if FirstStep.USUAL not in here.missing or not user.may(P.MANAGE_SETTINGS):
        return None
    pressed = press("today.usual", _("一键沿用：六类需求、十五项服务、五个主题"), icon=":material/playlist_add_check:")
    return Request(pressed, take_over_usual, _("已沿用，可以开始用了")) if pressed else None


def _way(step: FirstStep, user: Actor, here: Here) -> tuple[str, str] | None:
    """The page and the act of a step for this actor; what has been signed is not to be signed again."""
    ways = (way for way in _STEPS[step][2] if not (here.signed and way[0] is P.SIGN_WEEK))
    return next(((page, act) for held, page, act in ways if user.may(held)), None)
