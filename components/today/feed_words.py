"""What a calendar on a phone says of somebody's own service: work and place, never whom it is for."""

from collections.abc import Iterable

from components.orders.words import time_words
from components.wording import _, language
from db.queries.today.my_service import DateKind, ServiceDate
from db.rules.orders.life import half_of
from db.rules.rota.feed import Entry
from db.terms import Language


def date_title(one: ServiceDate) -> str:
    """点位、服务、活动 or 摊位 in the reader's language; a service that must stay unnamed is 志愿服务."""
    if one.kind is DateKind.STALL:
        return _("{number} 号摊 {item}", number=one.stall, item=one.title)
    title = one.title_en if language() is Language.ENGLISH and one.title_en else one.title
    return title or _("志愿服务")


def entries(dates: Iterable[ServiceDate]) -> list[Entry]:
    """Dates in words. Of an order's time only the half of the day: what somebody typed may name anybody."""
    return [
        Entry(
            uid=f"{one.kind}-{one.id}@yiqilai",
            title=" ".join(part for part in (_title(one), _half(one)) if part),
            place=one.place,
            on=one.on,
            starts_at=one.starts_at,
            ends_at=one.ends_at,
            note=one.about,
            cancelled=one.cancelled,
            sequence=one.sequence,
            changed_at=one.changed_at,
        )
        for one in dates
        if one.on is not None
    ]


def _title(one: ServiceDate) -> str:
    title = date_title(one)
    kinds = {
        DateKind.TURN: _("值班"),
        DateKind.ORDER: _("上门服务"),
        DateKind.ACTIVITY: _("活动"),
        DateKind.STALL: _("集市"),
    }
    words = _("{kind}：{title}", kind=kinds[one.kind], title=title)
    return _("已取消：{title}", title=words) if one.cancelled else words


def _half(one: ServiceDate) -> str:
    return _("（{time}）", time=time_words(half)) if (half := half_of(one.wanted_time)) else ""


def calendar_name() -> str:
    """What the calendar is called on the phone; no name of a person, since phones lie open."""
    return _("我的志愿服务")
