"""What a form says of a member of a body, unchecked; the names are those of the form's fields."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class MemberInput:
    """A member, with the account that votes; `floor_area` in m², of owners only."""

    name: str
    capacity: str
    account_id: int | None = None
    floor_area: Decimal | None = None
