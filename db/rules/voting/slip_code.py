"""票码: the code printed on a voting slip, read from paper and typed on a phone.

Crockford's base 32, as on a member's card (`db.rules.voting.card_code`). Ten characters are 50 bits: of a million
guesses at the slips of a hall one hits with a chance of one to two million.
"""

import secrets
import unicodedata

from db.rules.voting.card_code import ALPHABET

LENGTH = 10
_MEANT = str.maketrans("OIL", "011")


def new_code() -> str:
    """A fresh code, drawn from the system's source of chance; the caller prints it, the database never holds it."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def printed(code: str) -> str:
    """The code as it stands on the slip, in two groups: 7K3M9-QXA2T."""
    return f"{code[:5]}-{code[5:]}"


def understood(typed: str) -> str | None:
    """What was meant by what was typed (any case, full width, spaces, hyphens, O for 0, I and L for 1).

    None when it can be no slip's code.
    """
    plain = unicodedata.normalize("NFKC", typed[:60]).upper().translate(_MEANT)
    code = "".join(character for character in plain if character.isalnum())
    return code if len(code) == LENGTH and all(character in ALPHABET for character in code) else None
