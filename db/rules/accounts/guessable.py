"""Whether a password is soon guessed: the commonest ones, keyboard rows, dates, and words of this very installation."""

import re
from collections.abc import Iterable
from itertools import chain

from zxcvbn import zxcvbn

PRODUCT = ("yiqilai", "议起来")
YEARS = tuple(str(year) for year in range(1940, 2050))
"""zxcvbn itself takes no year after 2019 for one."""
LEAST_GUESSES = 10**8
"""What zxcvbn calls safe against somebody who tries online, however many places are tried from."""
LONGEST = 72
LEAST_LETTERS = 4
"""So many letters beside the own words, digits and marks make a password of its own."""
_KINDS = re.compile(r"(?:街道办事处|街道|社区居民委员会|社区|居委会|小区|新村|苑|区|县|市|镇|乡|村)$")
_PARTS = re.compile(r"[^\W_]+")


def is_guessable(password: str, words: Iterable[str] = ()) -> bool:
    """Whether it falls to the first hundred million guesses of somebody who knows whose it is.

    `words` are names that are known here: of the person, the subdistrict, its communities and places.
    """
    own = spellings(chain(PRODUCT, words))
    plain = password.casefold()[:LONGEST]
    if int(zxcvbn(plain, user_inputs=[*sorted(own), *YEARS], max_length=LONGEST)["guesses"]) < LEAST_GUESSES:
        return True
    left = plain
    for word in sorted(own, key=len, reverse=True):
        left = left.replace(word, "")
    return left != plain and sum(letter.isalpha() for letter in left) < LEAST_LETTERS


def spellings(words: Iterable[str]) -> set[str]:
    """Each word as it may stand in a password: whole, without its kind (柳林街道 → 柳林), in pinyin, by initials."""
    from pypinyin import Style, lazy_pinyin  # its dictionaries are not for a start to bring in

    found: set[str] = set()
    for text in words:
        whole = text.strip().casefold()
        for word in {whole, _KINDS.sub("", whole), *_PARTS.findall(whole)}:
            found |= {word, "".join(lazy_pinyin(word))}
            if len(word) >= 3:
                found.add("".join(lazy_pinyin(word, style=Style.FIRST_LETTER)))
    return {word for word in found if len(word) >= 2 and not word.isdecimal()}
