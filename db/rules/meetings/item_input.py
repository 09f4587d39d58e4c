"""What a form says of an item of the agenda, unchecked; the names are those of the form's fields."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class MotionInput:
    """The words that will be voted on; `question` as `Question.to_json()` gives it, None for a plain motion."""

    motion: str
    owners_matter: bool = False
    question: Mapping[str, Any] | None = None
    short_title: str = ""
