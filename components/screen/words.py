"""What the meeting-room screen says: from public numbers to slides in words. No name comes in but those of the wall."""

from collections.abc import Callable

from components.projects.light_words import light_reason, light_word
from components.screen.figures import figures_slides
from components.screen.meeting_words import Slide, meeting_slide
from components.screen.wall import wall_slides
from components.wording import N_, _
from components.wording.dates import clock, month_day, short_day
from components.wording.terms import look
from db.queries.screen.screen import Rotation, Scene
from db.queries.screen.station import StationDay, StationSlot
from db.rules.screen.wall_pages import ROWS, WIDTH, shortened
from db.terms import Light, NeedStage, ScreenPart

S = NeedStage
STATE = 7
"""Characters that the state before a line takes."""


def slides(scene: Scene, address: str) -> list[Slide]:
    """The slides of a scene: those of the rotation, or the one that the meeting is at.

    `address` is where people reach us (`components.public_address.own_address`), for the QR.
    """
    if scene.meeting is not None:
        return [meeting_slide(scene.meeting, address)]
    shown = _rotation(scene.rotation) if scene.rotation is not None else [_nothing()]
    return [{"what": ""} | slide | {"large": True} for slide in shown]


def _nothing() -> Slide:
    return {"kind": "tiles", "what": "", "title": _("这块屏幕还没有指定社区"), "rows": []}


def _rotation(rotation: Rotation) -> list[Slide]:
    """The chosen parts in their order; one slide that says so when none of them has anything."""
    shown = [slide for part in rotation.parts for slide in _PARTS[part](rotation)]
    nothing: Slide = {"kind": "tiles", "what": "", "title": _("现在没有可以轮播的内容"), "rows": []}
    return shown or [nothing]


CHAIN: dict[str, tuple[NeedStage, ...]] = {
    N_("登记筛选"): (S.LOGGED, S.REGISTERED, S.SCREENING, S.SCREENED),
    N_("议事公示"): (S.FOR_COUNCIL, S.ON_AGENDA, S.NOTICE),
    N_("办理实施"): (S.TO_PROJECT, S.IN_PROJECT, S.HANDLING, S.ORDERED),
    N_("等候回音"): (S.ANSWERING,),
}
"""The way of a need in four steps; the reserve waits beside it."""


def _stages(rotation: Rotation) -> list[Slide]:
    counts = dict(rotation.stages)
    steps = [(_(name), sum(counts.get(stage, 0) for stage in stages)) for name, stages in CHAIN.items()]
    note = _("数字是在办件数；已回音 {n} 件，储备 {reserve} 件", n=rotation.closed, reserve=counts.get(S.RESERVE, 0))
    return [
        {
            "kind": "bars",
            "title": _("需求办到哪一步"),
            "rows": [{"name": name, "value": needs} for name, needs in steps],
            "note": note,
        }
    ]


def _paged(slide: Slide, rows: list[dict[str, str]]) -> list[Slide]:
    """The rows four to a slide; one slide that says so when there are none."""
    pages = [rows[at : at + ROWS] for at in range(0, len(rows), ROWS)]
    return [slide | {"rows": page} for page in pages] or [slide | {"rows": []}]


def _projects(rotation: Rotation) -> list[Slide]:
    projects = [
        {
            "state": light_word(one.result.light),
            "colour": look(one.result.light)[1],
            "name": one_line(one.title, STATE),
            "reason": one_line(light_reason(one.result)),
        }
        for one in rotation.projects
    ]
    order = (Light.RED, Light.AMBER, Light.GREEN)
    slide: Slide = {
        "kind": "list",
        "title": _("项目进度"),
        "empty": _("现在没有在办的项目"),
        "note": " · ".join(f"{light_word(light)} {rotation.lights[light]}" for light in order),
    }
    return _paged(slide, projects)


def _activities(rotation: Rotation) -> list[Slide]:
    """What is on this month: when, what, and where it is below."""
    rows = [
        {
            "state": _("今天") if one.on == rotation.today else month_day(one.on),
            "colour": "gray" if one.done else "green",
            "name": one_line(one.title, STATE),
            "reason": one_line(f"{one.place} · {_('已办')}" if one.done else one.place),
        }
        for one in rotation.activities
    ]
    slide: Slide = {
        "kind": "list", "title": _("本月活动"), "empty": _("这个月还没有安排活动"),
        "note": _("想参加，请到服务台报名"),
    }  # fmt: skip
    return _paged(slide, rows)


def _month(rotation: Rotation) -> list[Slide]:
    month = rotation.month
    tiles = [
        {"value": str(month.logged), "name": _("新登记需求（件）")},
        {"value": str(month.answered), "name": _("已回音（件）")},
        {"value": str(month.accepted), "name": _("通过验收的项目（个）")},
        {"value": str(month.activities), "name": _("完成的活动（场）")},
        {"value": str(month.served), "name": _("受益（人次）")},
        {"value": _hours(month.minutes), "name": _("志愿服务（小时）")},
    ]
    this_month = _("{day}至今", day=month_day(month.first))
    return [
        {"kind": "tiles", "title": _("本月数字"), "rows": tiles, "note": this_month},
    ]


def _stations(rotation: Rotation) -> list[Slide]:
    return [slide for one in rotation.stations for slide in _station(one)]


def _figures(rotation: Rotation) -> list[Slide]:
    if rotation.figures is None or rotation.period is None:
        return []
    return figures_slides(rotation.figures, rotation.period)


def _hours(minutes: int) -> str:
    half_hours = minutes // 30
    return f"{half_hours // 2}.5" if half_hours % 2 else str(half_hours // 2)


def _station(one: StationDay) -> list[Slide]:
    """A day of a rota: what lacks people is red and says so."""
    lacks = _("还缺 {n} 人次", n=one.lacks) if one.lacks else _("都有人了")
    slide: Slide = {
        "kind": "list",
        "title": f"{one.rota} · {short_day(one.on)}",
        "empty": "",
        "note": _("{count} 个班次，{lacks}；到服务台或手机上认领", count=one.count, lacks=lacks),
    }
    return _paged(slide, [_slot(slot, one.place) for slot in one.slots])


def _slot(slot: StationSlot, place: str) -> dict[str, str]:
    people = _("已有 {filled} 人，共要 {places} 人", filled=slot.filled, places=slot.places)
    return {
        "state": _("缺 {n} 人", n=slot.lacks) if slot.lacks else _("已满"),
        "colour": "red" if slot.lacks else "green",
        "name": one_line(f"{clock(slot.starts_at)}—{clock(slot.ends_at)}  {slot.post}", STATE),
        "reason": one_line(f"{place} · {people}"),
    }


def one_line(words: str, taken: int = 0) -> str:
    """The words as far as they fit on a line of the screen of which `taken` characters are used."""
    return shortened(words, 1, WIDTH - taken)


_PARTS: dict[ScreenPart, Callable[[Rotation], list[Slide]]] = {
    ScreenPart.STAGES: _stages,
    ScreenPart.PROJECTS: _projects,
    ScreenPart.MONTH: _month,
    ScreenPart.STATIONS: _stations,
    ScreenPart.WALL: wall_slides,
    ScreenPart.FIGURES: _figures,
    ScreenPart.ACTIVITIES: _activities,
}
