"""Whether two names of one household may be one person: the same characters, the same sound, one character off."""

from db.rules.phone import read_phone
from db.rules.search import sounds_of_name

ALIKE_MOST = 60


def _plain(name: str) -> str:
    return "".join(name.split())[:ALIKE_MOST]


def digits_of(phone: str) -> str:
    """The first telephone number in one form: digits only, without the country's own prefix."""
    found = read_phone(phone)
    digits = "".join(character for character in (found.number if found else phone) if character.isdigit())
    if len(digits) in (13, 15) and digits.removeprefix("00").startswith("86"):
        return digits.removeprefix("00")[2:]
    return digits


def alike(first: str, second: str) -> bool:
    """同名、同音, or of three characters and more one that differs: 王桂英 and 王贵英 and 王桂瑛."""
    one, other = _plain(first), _plain(second)
    if not one or not other:
        return False
    if one == other or sounds_of_name(one) & sounds_of_name(other):
        return True
    if len(one) != len(other) or len(one) < 3 or one[0] != other[0]:
        return False
    return sum(a != b for a, b in zip(one, other, strict=True)) == 1
