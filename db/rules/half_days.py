"""The twenty-one half days of a week in which somebody can come, as lists and rosters name them."""

import re

HALVES = ("am", "pm", "eve")
"""上午、下午、晚上."""
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
SLOTS = tuple(f"{weekday}-{half}" for weekday in WEEKDAYS for half in HALVES)
"""The half days of `Volunteer.free_slots` and `Member.free_slots`."""

_DAYS = {
    **{word: (WEEKDAYS[at],) for at, word in enumerate("一二三四五六")},
    **dict.fromkeys(("日", "天"), ("sun",)),
}
_GROUPS = {"每天": WEEKDAYS, "天天": WEEKDAYS, "工作日": WEEKDAYS[:5], "平时": WEEKDAYS[:5], "周末": WEEKDAYS[5:]}
_PARTS = {"上午": ("am",), "早上": ("am",), "下午": ("pm",), "晚上": ("eve",), "晚间": ("eve",), "白天": ("am", "pm")}
_SAID = re.compile(
    r"(每天|天天|工作日|平时|双休日|周末|(?:(?:周|星期|礼拜)[一二三四五六日天](?:[至到\-~](?:周|星期|礼拜)?[一二三四五六日天])?))?"
    r"(上午|早上|下午|晚上|晚间|白天|全天)?"
)


def read_slots(text: str) -> list[str] | None:
    """Half days as people write them (周六上午、周日，工作日晚上), in the order of the week; None for what is none."""
    found: set[str] = set()
    days: tuple[str, ...] = ()
    for part in re.split(r"[、，,；;。\s]+", text.strip()):
        if not part:
            continue
        said = _SAID.fullmatch(part)
        if said is None:
            return None
        days = _days_of(said[1]) if said[1] else days or WEEKDAYS
        found.update(f"{day}-{half}" for day in days for half in _PARTS.get(said[2] or "", HALVES))
    return [slot for slot in SLOTS if slot in found]


def _days_of(word: str) -> tuple[str, ...]:
    if word == "双休日":
        return WEEKDAYS[5:]
    if word in _GROUPS:
        return _GROUPS[word]
    named = [letter for letter in word if letter in _DAYS]
    if len(named) == 2:
        first, last = (WEEKDAYS.index(_DAYS[letter][0]) for letter in named)
        return WEEKDAYS[first : last + 1]
    return _DAYS[named[0]] if named else WEEKDAYS
