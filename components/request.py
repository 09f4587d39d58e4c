"""What somebody wants a meeting page to do: a component returns it, the page carries it out."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from components.forms import Pressed


@dataclass(frozen=True, slots=True)
class Wish:
    """The name of an action with its values, where to show what is wrong, and what to say when it is done."""

    at: Pressed
    act: str
    said: str | Callable[[Any], str]
    values: dict[str, Any] = field(default_factory=dict)

    def words(self, result: Any) -> str:
        """What to say, given what the action returned."""
        return self.said if isinstance(self.said, str) else self.said(result)
