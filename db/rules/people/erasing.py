"""Take one person's name and telephone out of words: what stays is readable and no longer about anybody."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from db.rules.people.doubles import digits_of

NOBODY, NO_NUMBER = "某某", "*****"
"""Never longer than what they replace: a name has two characters and more, a number five digits and more."""


@dataclass(frozen=True)
class Known:
    """Names and telephone numbers of one person, as they were on record."""

    names: frozenset[str]
    phones: frozenset[str]
    """Digits only."""

    @classmethod
    def of(cls, names: Iterable[str | None], phones: Iterable[str | None]) -> "Known":
        """From what a record holds; a single character is no name to look for."""
        said = frozenset("".join((name or "").split()) for name in names)
        return cls(
            frozenset(name for name in said if len(name) >= 2),
            frozenset(digits for phone in phones if len(digits := digits_of(phone or "")) >= 5),
        )

    def is_name(self, name: str) -> bool:
        return "".join(name.split()) in self.names

    def is_phone(self, phone: str) -> bool:
        return digits_of(phone) in self.phones

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Longer names first; blanks and dashes between the digits are seen, a longer number is not touched."""
        names = "|".join(r"\s*".join(map(re.escape, name)) for name in sorted(self.names, key=len, reverse=True))
        phones = "|".join(r"[ \-]?".join(digits) for digits in sorted(self.phones, key=len, reverse=True))
        parts = [f"(?P<name>{names})"] if names else []
        parts += [rf"(?P<phone>(?<!\d)(?:{phones})(?!\d))"] if phones else []
        return re.compile("|".join(parts) or r"(?!)")


def scrubbed(value: Any, known: Known) -> Any:
    """The value (text, or whatever JSON can hold) without the name and the number; the same when neither is in it."""
    if isinstance(value, str):
        return known.pattern.sub(lambda found: NOBODY if found.lastgroup == "name" else NO_NUMBER, value)
    if isinstance(value, list):
        return [scrubbed(one, known) for one in value]
    if isinstance(value, dict):
        return {key: scrubbed(one, known) for key, one in value.items()}
    return value
