"""Codes on posters and personal cards, and the receipts of what was sent by them: read from paper, typed on a phone.

Crockford's base 32, as on a member's card (`db.rules.voting.card_code`). Thirteen characters are 65 bits and twelve are
60: nobody finds a code or a receipt by trying, however long.
"""

import secrets
import unicodedata

from db.rules.voting.card_code import ALPHABET

CODE, RECEIPT = 13, 12
_MEANT = str.maketrans("OIL", "011")


def new_code(length: int = CODE) -> str:
    """A fresh code, drawn from the system's source of chance."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def printed(code: str) -> str:
    """In groups of four or five, as it is read aloud: 7K3M-9QXA-2T4VB."""
    last = len(code) - (len(code) % 4 or 4) - (4 if len(code) % 4 == 1 else 0)
    return "-".join([*(code[at : at + 4] for at in range(0, last, 4)), code[last:]])


def understood(typed: str, length: int = CODE) -> str | None:
    """What was meant by what was typed (any case, full width, spaces, hyphens, O for 0, I and L for 1), or None."""
    plain = unicodedata.normalize("NFKC", typed[:60]).upper().translate(_MEANT)
    code = "".join(character for character in plain if character.isalnum())
    return code if len(code) == length and all(character in ALPHABET for character in code) else None
