"""The last part of a screen's address: short enough for a remote control, too long to be guessed.

Ten characters of Crockford's base 32 are 50 bits; small letters, because that is what a remote types first.
"""

from db.rules.voting.card_code import ALPHABET

LENGTH = 10
BITS = 5 * LENGTH
_MEANT = str.maketrans("oil", "011")
_LETTERS = ALPHABET.lower()


def display_code(number: int) -> str:
    """The code of a number of 50 bits; raises ValueError outside."""
    if not 0 <= number < 1 << BITS:
        raise ValueError("a display code is a number of 50 bits")
    return "".join(_LETTERS[number >> 5 * place & 31] for place in reversed(range(LENGTH)))


def understood_display(typed: str) -> str | None:
    """What was meant by what was typed (any case, hyphens, O for 0, I and L for 1); None when it can be no code."""
    code = typed[:40].lower().replace("-", "").translate(_MEANT)
    return code if len(code) == LENGTH and all(character in _LETTERS for character in code) else None
