"""登记表: what it asks for beside name, telephone, skills and times."""

from collections.abc import Sequence
from dataclasses import dataclass

from db.terms import Interest

CLEARED = ("birth_year", "platform_number", "contact_name", "contact_phone")
"""What can be taken out again; what a form cannot show is not emptied by leaving it empty."""


@dataclass(frozen=True, slots=True)
class ParticularsInput:
    """What the form held; empty means unchanged, except for `fit` and `interests`, which are shown and replaced."""

    birth_year: int | None = None
    platform_number: str = ""
    contact_name: str = ""
    contact_phone: str = ""
    fit: bool | None = None
    interests: Sequence[Interest] = ()
    cleared: Sequence[str] = ()
