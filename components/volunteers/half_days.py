"""The twenty-one half days of a week in words."""

from collections.abc import Sequence

from components.wording import N_, _, side_by_side
from db.rules.orders.dispatch import SLOTS

WEEKDAY_WORDS: dict[str, str] = {
    "mon": N_("周一"),
    "tue": N_("周二"),
    "wed": N_("周三"),
    "thu": N_("周四"),
    "fri": N_("周五"),
    "sat": N_("周六"),
    "sun": N_("周日"),
}
HALF_WORDS: dict[str, str] = {"am": N_("上午"), "pm": N_("下午"), "eve": N_("晚上")}


def slot_words(slot: str) -> str:
    """周一上午."""
    weekday, half = slot.split("-")
    return f"{_(WEEKDAY_WORDS[weekday])}{_(HALF_WORDS[half])}"


def slots_words(slots: Sequence[str]) -> str:
    """Half days in a line: whole days by their name alone, then the others."""
    kept = set(slots)
    if kept.issuperset(SLOTS):
        return _("每天都可以")
    parts = []
    for weekday, words in WEEKDAY_WORDS.items():
        halves = [half for half in HALF_WORDS if f"{weekday}-{half}" in kept]
        if len(halves) == len(HALF_WORDS):
            parts.append(_("{weekday}全天", weekday=_(words)))
        elif halves:
            parts.append(f"{_(words)}{'/'.join(_(HALF_WORDS[half]) for half in halves)}")
    return side_by_side(parts)
