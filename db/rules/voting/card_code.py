"""卡号: the code on a member's card, read from paper and typed on a phone.

Crockford's base 32: no letter that is mistaken for another one, and what is mistaken all the same (O for 0, I and L
for 1) is understood. Eight characters are 40 bits: with sixty wrong guesses in ten minutes nobody finds a card.
"""

import unicodedata

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 8
BITS = 5 * LENGTH
_MEANT = str.maketrans("OIL", "011")


def card_code(number: int) -> str:
    """The code of a number of 40 bits; raises ValueError outside."""
    if not 0 <= number < 1 << BITS:
        raise ValueError("a card code is a number of 40 bits")
    return "".join(ALPHABET[number >> 5 * place & 31] for place in reversed(range(LENGTH)))


def printed(code: str) -> str:
    """The code as it stands on the card, in two groups: 7K3M-9QXA."""
    return f"{code[:4]}-{code[4:]}"


def understood(typed: str) -> str | None:
    """What was meant by what was typed (any case, full width, spaces, hyphens); None when it can be no card code."""
    plain = unicodedata.normalize("NFKC", typed[:60]).upper().translate(_MEANT)
    code = "".join(character for character in plain if character.isalnum())
    return code if len(code) == LENGTH and all(character in ALPHABET for character in code) else None
