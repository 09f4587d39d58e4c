"""Numbers on doors, as digits or in Chinese: 07, 七, 十二, 四〇一, 三百零二."""

import re

from db.rules import numerals

NUMERALS = "零一壹幺二贰两三叁四肆五伍六陆七柒八捌九玖十拾百佰千仟"
"""Every character of a Chinese number; `〇` and `○` are written `零` before."""
NUMBER = rf"(?:(?<!\d)\d{{1,4}}(?!\d)|(?<![{NUMERALS}])[{NUMERALS}]{{1,8}}(?![{NUMERALS}]))"
_ONE = f"[{NUMERALS[1:-6]}]"
_FLOOR_AND_ROOM = re.compile(rf"({_ONE}?[十拾]{_ONE}?)零({_ONE})")
"""十二零一 on a door is 1201."""
_SPOKEN = str.maketrans("幺两", "一二")
"""两零一 and 四零幺, as doors are said."""
MOST = 9_999


def number_of(text: str) -> str:
    """The number without leading zeros, "" for what is none: `07` → `7`, `十二` → `12`, `四零一` → `401`."""
    plain = text.translate(_SPOKEN)
    floor = _FLOOR_AND_ROOM.fullmatch(plain)
    if floor is not None:
        return f"{number_of(floor[1])}0{number_of(floor[2])}"
    number = numerals.number_of(plain)
    return "" if number is None or (number > MOST and not plain.isdigit()) else str(number)
