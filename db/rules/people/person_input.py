"""What a form says of a person of a household, unchecked; the names are those of the form's fields."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class PersonInput:
    """A person; without a day the record is kept as long as the house keeps one."""

    name: str
    phone: str = ""
    relation: str = ""
    keep_until: date | None = None
