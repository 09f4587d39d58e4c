"""Words of the roll: half days of the week, the standing of a member, what happened to an entry."""

import re
from collections.abc import Iterable

from components.wording import N_, _, side_by_side
from components.wording.terms import term
from db.queries.members.card import MemberEventRow
from db.terms import MemberChange, MemberKind, MemberLeave, MemberLink

WEEK = {
    "mon": N_("周一"), "tue": N_("周二"), "wed": N_("周三"), "thu": N_("周四"), "fri": N_("周五"), "sat": N_("周六"),
    "sun": N_("周日"),
}  # fmt: skip
PARTS = {"am": N_("上午"), "pm": N_("下午"), "eve": N_("晚上")}
CODED: dict[MemberChange, type[MemberKind] | type[MemberLeave] | type[MemberLink]] = {
    MemberChange.KIND_CHANGED: MemberKind,
    MemberChange.LEFT: MemberLeave,
    MemberChange.LINKED: MemberLink,
    MemberChange.UNLINKED: MemberLink,
}
"""Changes whose values are words of the trade."""


def half_day(slot: str) -> str:
    """周六上午 for sat-am."""
    day, part = slot.split("-")
    return _("{day}{part}", day=_(WEEK[day]), part=_(PARTS[part]))


def half_days(slots: Iterable[str]) -> str:
    """Half days in a row; a dash for none."""
    return side_by_side(half_day(slot) for slot in slots) or "—"


def standing_word(probationary: bool) -> str:
    """预备党员 or 正式党员."""
    return _("预备党员") if probationary else _("正式党员")


def told(event: MemberEventRow) -> str:
    """From what to what a change went."""
    kind = CODED.get(event.kind)
    parts = [part for part in (event.before, event.after) if part]
    return " → ".join(term(kind(part)) if kind and part in tuple(kind) else part for part in parts)


def apart(text: str) -> list[str]:
    """Skills as they were typed, apart at commas and spaces of either script."""
    return [part for part in re.split(r"[、，,；;\s]+", text) if part]
