"""What the form of a pair says."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PairInput:
    """An elder (on record, or by name) with escort and emergency contact, as typed."""

    person_id: int | None = None
    elder_name: str = ""
    alias: str = ""
    volunteer_id: int | None = None
    contact_name: str = ""
    contact_phone: str = ""
    another: bool = False
    """It is somebody else of the same name."""
