"""Whether two records may be one: by telephone, and by names as people type them."""

import re
import unicodedata

from db.rules.phone import read_phone
from db.rules.search import sounds_of_name
from db.terms import Likeness

ALIKE_MOST = 60
_REMARK = re.compile(r"[(\[【<].*?[)\]】>]")
_ADDRESS = re.compile(r"(?<=..)(先生|女士|阿姨|大爷|大妈|奶奶|爷爷|师傅|老师|医生|同志|书记)$")


def tidy_name(name: str) -> str:
    """A name in one form: half width, without spaces, dots, remarks in brackets and words of address behind it."""
    plain = _REMARK.sub("", unicodedata.normalize("NFKC", name[: 4 * ALIKE_MOST]))
    letters = "".join(letter for letter in plain if letter.isalnum())
    return _ADDRESS.sub("", letters)[:ALIKE_MOST].casefold()


def digits_of(phone: str) -> str:
    """The first telephone number in one form: digits only, without the country's own prefix."""
    found = read_phone(phone)
    digits = "".join(character for character in (found.number if found else phone) if character.isdigit())
    if len(digits) in (13, 15) and digits.removeprefix("00").startswith("86"):
        return digits.removeprefix("00")[2:]
    return digits


def same_sound(first: str, second: str) -> bool:
    """Two tidy names of as many characters that may be read alike: 王秀兰 and 王秀蘭, 仇 and 裘."""
    return len(first) == len(second) and bool(sounds_of_name(first) & sounds_of_name(second))


def alike(first: str, second: str) -> bool:
    """同名、同音, or of three characters and more one that differs: 王桂英 and 王贵英 and 王桂瑛."""
    one, other = tidy_name(first), tidy_name(second)
    if not one or not other:
        return False
    if one == other or same_sound(one, other):
        return True
    if len(one) != len(other) or len(one) < 3 or one[0] != other[0]:
        return False
    return sum(a != b for a, b in zip(one, other, strict=True)) == 1


def likeness(
    first: tuple[str, str | None], second: tuple[str, str | None], *, together: bool = False
) -> Likeness | None:
    """Why two records of (name, telephone) may be one, or None; `together` are people of one door.

    Behind one door a character that differs is a slip of the pen; in a whole community it is another person.
    """
    one, other = tidy_name(first[0]), tidy_name(second[0])
    numbers = digits_of(first[1] or ""), digits_of(second[1] or "")
    phone, apart = bool(numbers[0]) and numbers[0] == numbers[1], all(numbers) and numbers[0] != numbers[1]
    if one and one == other:
        return Likeness.SAME if phone else Likeness.NAMESAKE if apart and not together else Likeness.NAME
    near = bool(one and other) and (alike(one, other) if together or phone else same_sound(one, other))
    if phone:
        return Likeness.PHONE_AND_SOUND if near else Likeness.PHONE
    return Likeness.SOUND if near and (together or not apart) else None
