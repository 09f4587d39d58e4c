"""Numbers on doors, as digits or in Chinese: 07, 七, 十二, 四〇一, 三百零二."""

import re

_SIGNS = ("零", "一壹幺", "二贰两", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖")
_DIGITS = {sign: value for value, signs in enumerate(_SIGNS) for sign in signs}
_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_ONE = f"[{''.join(sign for sign in _DIGITS if sign != '零')}]"
NUMERALS = "".join(_DIGITS) + "".join(_UNITS)
"""Every character of a Chinese number; `〇` and `○` are written `零` before."""
NUMBER = rf"(?:(?<!\d)\d{{1,4}}(?!\d)|(?<![{NUMERALS}])[{NUMERALS}]{{1,8}}(?![{NUMERALS}]))"
_SAID = re.compile(rf"(?:({_ONE})[千仟])?零?(?:({_ONE})[百佰])?零?(?:({_ONE})?[十拾])?({_ONE})?")

_FLOOR_AND_ROOM = re.compile(rf"({_ONE}?[十拾]{_ONE}?)零({_ONE})")
"""十二零一 on a door is 1201."""


def number_of(text: str) -> str:
    """The number without leading zeros, "" for what is none: `07` → `7`, `十二` → `12`, `四零一` → `401`."""
    if text.isascii() and text.isdigit():
        return str(int(text))
    if all(sign in _DIGITS for sign in text):
        return str(int("".join(str(_DIGITS[sign]) for sign in text))) if text and len(text) <= 4 else ""
    floor = _FLOOR_AND_ROOM.fullmatch(text)
    if floor is not None:
        return f"{number_of(floor[1])}0{_DIGITS[floor[2]]}"
    said = _SAID.fullmatch(text)
    if said is None or not text:
        return ""
    thousands, hundreds, tens, ones = said.groups()
    value = 1000 * _DIGITS.get(thousands or "零", 0) + 100 * _DIGITS.get(hundreds or "零", 0)
    if any(sign in "十拾" for sign in text):
        value += 10 * (_DIGITS[tens] if tens else 1)
    elif ones and (thousands or hundreds) and "零" not in text:
        return ""  # 一百二 is 120 to some and 102 to others.
    return str(value + (_DIGITS[ones] if ones else 0))
