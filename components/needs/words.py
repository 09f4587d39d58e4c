"""Words around a need that several pages share: options of dictionaries, what is missing, what comes next."""

from collections.abc import Iterable
from typing import Protocol

from components.wording import N_, _, language, side_by_side
from db.rules.lifecycle import StepCode
from db.rules.needs.register import Missing
from db.rules.permissions import Permission
from db.terms import Language


class Named(Protocol):
    """A dictionary entry: `name`, and its English name or ""."""

    @property
    def name(self) -> str: ...
    @property
    def name_en(self) -> str: ...


class Entry(Named, Protocol):
    """A dictionary entry that can be chosen."""

    @property
    def id(self) -> int: ...


def entry_name(entry: Named) -> str:
    """The name in the reader's language."""
    return entry.name_en if language() is Language.ENGLISH and entry.name_en else entry.name


class WithCategory(Protocol):
    """A row with the name of its category, and the English name or ""."""

    @property
    def category(self) -> str: ...
    @property
    def category_en(self) -> str: ...


def category_of(row: WithCategory) -> str:
    """The category in the reader's language."""
    return row.category_en if language() is Language.ENGLISH and row.category_en else row.category


class WithPlace(Protocol):
    """A row with the name of its place and its building, each "" for none."""

    @property
    def place(self) -> str: ...
    @property
    def building(self) -> str: ...


def place_of(row: WithPlace) -> str:
    """Place and building."""
    return f"{row.place}{row.building}"


MISSING: dict[Missing, str] = {
    Missing.WORDS: N_("描述过短"),
    Missing.ASKER: N_("没有提出人"),
    Missing.BUILDING: N_("没有楼栋"),
    Missing.PEOPLE: N_("人数与影响面不符"),
}


def lacks(missing: Iterable[Missing]) -> str:
    """What a need of the register lacks."""
    return side_by_side(_(MISSING[one]) for one in missing)


STEPS: dict[StepCode, tuple[str, str, str]] = {
    StepCode.SIGN_WEEK: (N_("等书记在“一周一登”签字"), N_("去签字"), "needs/register.py"),
    StepCode.HANDLE_NOW: (N_("涉安全：马上处理，今天写明处理结果"), "", ""),
    StepCode.START_SCREENING: (N_("等书记开始评分"), N_("去评分"), "needs/screening.py"),
    StepCode.SCORE: (N_("等两位评分人各自评分"), N_("去评分"), "needs/screening.py"),
    StepCode.CHOOSE_ROUTE: (N_("评分完成，等书记分流"), N_("去分流"), "needs/screening.py"),
    StepCode.SCORE_AGAIN: (N_("在储备库，每月复评一次"), N_("去复评"), "needs/screening.py"),
    StepCode.PUT_ON_AGENDA: (N_("等书记列入议事会议程"), N_("去列入议程"), "meetings/meetings.py"),
    StepCode.VOTE: (N_("等议事会表决"), N_("去看会议"), "meetings/meetings.py"),
    StepCode.FINISH_NOTICE: (N_("公示期满、异议办结后立项"), N_("去公示"), "council/notices.py"),
    StepCode.SET_UP_PROJECT: (N_("等书记立项"), N_("去立项"), "projects/set_up.py"),
    StepCode.FINISH_PROJECT: (N_("项目实施，完成后验收"), N_("去看项目"), "projects/portfolio.py"),
    StepCode.SERVE: (N_("等志愿者上门服务，完成后写明结果"), "", ""),
    StepCode.ANSWER: (N_("把结果告诉提出人，记下是否满意"), N_("去回音"), "needs/answers.py"),
    StepCode.NOTHING: ("", "", ""),
}
"""What comes next: the sentence, the words of the link, and the page where it is done."""
TAKES: dict[StepCode, Permission] = {
    StepCode.SIGN_WEEK: Permission.SIGN_WEEK,
    StepCode.HANDLE_NOW: Permission.FINISH_HANDLING,
    StepCode.START_SCREENING: Permission.OPEN_SCREENING,
    StepCode.SCORE: Permission.SCORE_NEED,
    StepCode.CHOOSE_ROUTE: Permission.ROUTE_NEED,
    StepCode.SCORE_AGAIN: Permission.OPEN_SCREENING,
    StepCode.PUT_ON_AGENDA: Permission.PREPARE_MEETING,
    StepCode.VOTE: Permission.SEE_COUNCIL,
    StepCode.FINISH_NOTICE: Permission.POST_NOTICE,
    StepCode.SET_UP_PROJECT: Permission.SET_UP_PROJECT,
    StepCode.FINISH_PROJECT: Permission.SEE_PROJECTS,
    StepCode.SERVE: Permission.FINISH_ORDER,
    StepCode.ANSWER: Permission.GIVE_ANSWER,
}
"""What a role must be allowed to do for the way to a step to be offered to it."""
OF_THE_NEED: dict[StepCode, str] = {
    StepCode.START_SCREENING: "id",
    StepCode.SCORE: "id",
    StepCode.CHOOSE_ROUTE: "id",
    StepCode.SCORE_AGAIN: "id",
    StepCode.SET_UP_PROJECT: "need",
}
"""Pages that open at this need, by the name that it has in their address."""
