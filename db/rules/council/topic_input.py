"""What a form says of a topic for the council, unchecked; the names are those of the form's fields."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TopicInput:
    """A topic handed in in writing; `member_id` signed it on paper, `community_id` gets it from the subdistrict."""

    title: str
    background: str
    proposal: str
    signed: bool
    scope: str = ""
    budget_yuan: int | None = None
    stakeholders: str = ""
    category_id: int | None = None
    member_id: int | None = None
    community_id: int | None = None
