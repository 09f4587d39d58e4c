"""成效数字 on the screen: the seven figures with what they stand on; counts of people under five are hidden.

Four to a slide: each is read across the room.
"""

from components.results.words import rate
from components.screen.meeting_words import Slide
from components.wording import _
from components.wording.dates import change_of, hours
from db.queries.results.figures import Results
from db.rules.people.consents import LEAST_SHOWN, at_least_five
from db.rules.results.figures import Growth, Share
from db.rules.results.period import Period
from db.rules.screen.wall_pages import ROWS

Tile = dict[str, str]


def figures_slides(found: Results, period: Period) -> list[Slide]:
    """Seven tiles, each with its n, and the period below."""
    wishes = _("心愿 {n} 个", n=at_least_five(found.wishes))
    sessions = _("活动 {n}，订单 {orders}", n=found.activities, orders=found.orders)
    rows = [
        _people(_("党员参与率"), found.participation),
        _counted(_("解决问题（件）"), found.matters.solved, found.matters.whole),
        _growth(_("服务时长同比"), found.minutes),
        _people(_("群众满意率"), found.opinions.satisfied),
        {"name": _("服务场次（场）"), "value": str(found.activities + found.orders), "base": sessions},
        {"name": _("受益居民（户）"), "value": at_least_five(found.people), "base": wishes},
        _counted(_("党员领办民生项目（个）"), found.livelihood.part, found.livelihood.whole),
    ]
    # The rotation shows the year that runs, so its number says from when.
    note = _("{year} 年至今；人数不足 5 的写作“<5”", year=period.code)
    return [
        {"kind": "tiles", "title": _("成效数字"), "rows": rows[at : at + ROWS], "note": note}
        for at in range(0, len(rows), ROWS)
    ]


def _people(name: str, share: Share) -> Tile:
    """A share of people: neither those in it nor those who are not can be told when they are fewer than five."""
    if not share.whole:
        return {"name": name, "value": _("暂无数据"), "base": ""}
    base = _("n={n}", n=share.whole) if share.whole >= LEAST_SHOWN else f"n{at_least_five(share.whole)}"
    if share.part < LEAST_SHOWN:
        return {"name": name, "value": at_least_five(share.part), "base": base}
    if share.whole - share.part < LEAST_SHOWN:
        most_hidden = Share(max(share.whole - LEAST_SHOWN + 1, 0), share.whole)
        return {"name": name, "value": f"≥{rate(most_hidden)}", "base": base}
    return {"name": name, "value": rate(share), "base": base}


def _counted(name: str, part: int, whole: int) -> Tile:
    """A number of things among all of them: nobody is counted."""
    if not whole:
        return {"name": name, "value": _("暂无数据"), "base": ""}
    return {"name": name, "value": str(part), "base": _("n={n}", n=whole)}


def _growth(name: str, minutes: Growth) -> Tile:
    base = _("去年同期 {before}", before=hours(minutes.before))
    if not minutes.now and not minutes.before:
        return {"name": name, "value": _("暂无数据"), "base": ""}
    if minutes.change is None:
        return {"name": name, "value": hours(minutes.now), "base": _("去年同期没有记录")}
    return {"name": name, "value": change_of(minutes.before, minutes.now), "base": base}
