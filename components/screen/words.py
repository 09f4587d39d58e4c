"""What the meeting-room screen says: from public numbers to slides in words. No name ever comes in here."""

from components.projects.light_words import light_reason, light_word
from components.screen.meeting_words import Slide, meeting_slide
from components.wording import _
from components.wording.dates import clock, day, short_day
from components.wording.terms import look, term
from db.queries.screen.screen import Rotation, Scene
from db.queries.screen.station import StationDay, StationSlot
from db.terms import Light


def slides(scene: Scene, address: str) -> list[Slide]:
    """The slides of a scene: those of the rotation, or the one that the meeting is at.

    `address` is where people reach us (`components.screen.links.own_address`), for the QR.
    """
    if scene.meeting is not None:
        return [meeting_slide(scene.meeting, address)]
    return _rotation(scene.rotation) if scene.rotation is not None else [_nothing()]


def _nothing() -> Slide:
    return {"kind": "tiles", "what": "", "title": _("这块屏幕还没有指定社区"), "rows": []}


def _rotation(rotation: Rotation) -> list[Slide]:
    month = rotation.month
    this_month = _("{day}至今", day=day(month.first))
    stages = [{"name": term(stage), "value": needs} for stage, needs in rotation.stages]
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
    lights = " · ".join(f"{light_word(light)} {rotation.lights[light]}" for light in order)
    tiles = [
        {"value": str(month.logged), "name": _("新登记需求（件）")},
        {"value": str(month.answered), "name": _("已回音（件）")},
        {"value": str(month.accepted), "name": _("通过验收的项目（个）")},
        {"value": str(month.activities), "name": _("完成的活动（场）")},
        {"value": str(month.served), "name": _("受益（人次）")},
        {"value": _hours(month.minutes), "name": _("志愿服务（小时）")},
    ]
    return [
        {
            "kind": "bars",
            "what": _("件件有回音"),
            "title": _("需求办到哪一步"),
            "rows": stages,
            "note": _("数字是在办件数；累计已回音 {n} 件", n=rotation.closed),
        },
        {
            "kind": "list",
            "what": _("件件有回音"),
            "title": _("项目进度"),
            "summary": lights,
            "rows": projects,
            "empty": _("现在没有在办的项目"),
            "note": _("按计划时间和指标完成比例判断"),
        },
        {"kind": "tiles", "what": _("件件有回音"), "title": _("本月数字"), "rows": tiles, "note": this_month},
        *(_station(one) for one in rotation.stations),
    ]


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
