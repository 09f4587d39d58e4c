"""Names of units as people type them: the same unit under five spellings is one unit."""

import unicodedata

_TAILS = ("有限责任公司", "股份有限公司", "有限公司")


def unit_key(name: str) -> str:
    """What a name is known by: letters and numbers alone, any width, without the legal form of a company."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    key = "".join(character for character in plain if character.isalnum())
    for tail in _TAILS:
        if key.endswith(tail) and len(key) > len(tail):
            return key.removesuffix(tail)
    return key
