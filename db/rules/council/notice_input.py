"""What a form says of the words of a notice, unchecked; the names are those of the form's fields."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NoticeInput:
    """The words of a notice; `personal_checked` says that a person looked for personal data in them."""

    title: str
    body: str
    where_posted: str
    objection_contact: str
    personal_checked: bool = False


@dataclass(frozen=True, slots=True)
class PostedAnew:
    """What hangs in the place of a notice whose plan an objection changed, and why; a new period begins with it."""

    body: str
    reason: str
    personal_checked: bool = False
