"""Whole numbers as people write them: 12, 1,200, 十二, 一百零五, 二〇二六, 壹拾贰."""

import re
import unicodedata

_FORMAL = str.maketrans("零○壹贰叁肆伍陆柒捌玖拾佰仟两廿", "〇〇一二三四五六七八九十百千二" + "\ue000")
_DIGITS = "〇一二三四五六七八九"
NUMERALS = "〇零○一二两三四五六七八九十百千万廿壹贰叁肆伍陆柒捌玖拾佰仟"
"""Every character that a number in Chinese is made of, for patterns."""
_COUNTED = re.compile(
    r"(?:([一二三四五六七八九])千)?(?:(?<=千)〇)?(?:([一二三四五六七八九])百)?(?:(?<=[千百])〇)?"
    r"(?:([一二三四五六七八九])?十)?([一二三四五六七八九])?"
)
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+")
_PLACES = (1000, 100, 10, 1)


def number_of(text: str) -> int | None:
    """The number that a text is, None for anything else. Signs, fractions and "some" are no whole number."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if _GROUPED.fullmatch(plain):
        plain = plain.replace(",", "")
    if plain.isascii():
        return int(plain) if plain.isdigit() and len(plain) <= 18 else None
    if plain == "两":
        return 2
    if "两" in plain and not re.search(r"两[百千万佰仟]", plain):
        return None
    said = plain.translate(_FORMAL).replace("\ue000", "二十")
    if all(letter in _DIGITS for letter in said):
        return int("".join(str(_DIGITS.index(letter)) for letter in said)) if said and len(said) <= 18 else None
    thousands, mark, rest = said.rpartition("万")
    if not mark:
        return _below_ten_thousand(said)
    many, few = _below_ten_thousand(thousands), _below_ten_thousand(rest.removeprefix("〇")) if rest else 0
    return None if many is None or few is None else many * 10_000 + few


def _below_ten_thousand(said: str) -> int | None:
    found = _COUNTED.fullmatch(said)
    if not said or found is None or re.search(r"[千百][一二三四五六七八九]$", said):
        return None  # 一百二 is 120 to some and 102 to others
    parts = [_DIGITS.index(part) if part else 0 for part in found.groups()]
    if "十" in said and not found[3]:
        parts[2] = 1
    return sum(part * place for part, place in zip(parts, _PLACES, strict=True))


def in_chinese(number: int) -> str:
    """A number as it is written in words: 四, 十二, 三十; from a hundred on in digits."""
    if not 0 < number < 100:
        return str(number)
    tens, ones = divmod(number, 10)
    digits = "零一二三四五六七八九"
    front = "" if tens == 0 else "十" if tens == 1 else f"{digits[tens]}十"
    return front + (digits[ones] if ones else "")
