"""What the meeting-room screen says: from public numbers to slides in words. No name comes in but those of the wall."""

from collections.abc import Callable

from components.projects.light_words import light_reason, light_word
from components.screen.figures import figures_slide
from components.screen.meeting_words import Slide, meeting_slide
from components.screen.wall import wall_slides
from components.wording import _
from components.wording.dates import clock, day, short_day
from components.wording.terms import look, term
from db.queries.screen.screen import Rotation, Scene
from db.queries.screen.station import StationDay, StationSlot
from db.terms import Light, ScreenPart


def slides(scene: Scene, address: str) -> list[Slide]:
    """The slides of a scene: those of the rotation, or the one that the meeting is at.

    `address` is where people reach us (`components.public_address.own_address`), for the QR.
    """
    if scene.meeting is not None:
        return [meeting_slide(scene.meeting, address)]
    return _rotation(scene.rotation) if scene.rotation is not None else [_nothing()]


def _nothing() -> Slide:
    return {"kind": "tiles", "what": "", "title": _("这块屏幕还没有指定社区"), "rows": []}


def _rotation(rotation: Rotation) -> list[Slide]:
    """The chosen parts in their order; one slide that says so when none of them has anything."""
    shown = [slide for part in rotation.parts for slide in _PARTS[part](rotation)]
    nothing: Slide = {"kind": "tiles", "what": "", "title": _("现在没有可以轮播的内容"), "rows": []}
    return shown or [nothing]


def _stages(rotation: Rotation) -> list[Slide]:
    return [
        {
            "kind": "bars",
            "what": _("件件有回音"),
            "title": _("需求办到哪一步"),
            "rows": [{"name": term(stage), "value": needs} for stage, needs in rotation.stages],
            "note": _("数字是在办件数；累计已回音 {n} 件", n=rotation.closed),
        }
    ]


def _projects(rotation: Rotation) -> list[Slide]:
    projects = [
        {
            "state": light_word(one.result.light),
            "colour": look(one.result.light)[1],
            "name": one.title,
            "reason": light_reason(one.result),
        }
        for one in rotation.projects
    ]
    order = (Light.RED, Light.AMBER, Light.GREEN)
    return [
        {
            "kind": "list",
            "what": _("件件有回音"),
            "title": _("项目进度"),
            "summary": " · ".join(f"{light_word(light)} {rotation.lights[light]}" for light in order),
            "rows": projects,
            "empty": _("现在没有在办的项目"),
            "note": _("按计划时间和指标完成比例判断"),
        }
    ]


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
    this_month = _("{day}至今", day=day(month.first))
    return [
        {"kind": "tiles", "what": _("件件有回音"), "title": _("本月数字"), "rows": tiles, "note": this_month},
    ]


def _stations(rotation: Rotation) -> list[Slide]:
    return [_station(one) for one in rotation.stations]


def _figures(rotation: Rotation) -> list[Slide]:
    if rotation.figures is None or rotation.period is None:
        return []
    return [figures_slide(rotation.figures, rotation.period)]


def _hours(minutes: int) -> str:
    half_hours = minutes // 30
    return f"{half_hours // 2}.5" if half_hours % 2 else str(half_hours // 2)


def _station(one: StationDay) -> Slide:
    """A day of a rota: what lacks people is red and says so."""
    more = one.count - len(one.slots)
    lacks = _("还缺 {n} 人次", n=one.lacks) if one.lacks else _("都有人了")
    return {
        "kind": "list",
        "what": one.place,
        "title": f"{one.rota} · {short_day(one.on)}",
        "summary": _("{count} 个班次，{lacks}", count=one.count, lacks=lacks),
        "rows": [_slot(slot) for slot in one.slots],
        "empty": "",
        "note": _("另有 {n} 个班次没有列出", n=more) if more else _("想来帮忙，请到服务台或在手机上认领"),
    }


def _slot(slot: StationSlot) -> dict[str, str]:
    return {
        "state": _("缺 {n} 人", n=slot.lacks) if slot.lacks else _("已满"),
        "colour": "red" if slot.lacks else "green",
        "name": f"{clock(slot.starts_at)}—{clock(slot.ends_at)}  {slot.post}",
        "reason": _("已有 {filled} 人，共要 {places} 人", filled=slot.filled, places=slot.places),
    }


_PARTS: dict[ScreenPart, Callable[[Rotation], list[Slide]]] = {
    ScreenPart.STAGES: _stages,
    ScreenPart.PROJECTS: _projects,
    ScreenPart.MONTH: _month,
    ScreenPart.STATIONS: _stations,
    ScreenPart.WALL: wall_slides,
    ScreenPart.FIGURES: _figures,
}
