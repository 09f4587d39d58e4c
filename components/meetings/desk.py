"""What the parts of a meeting's page share: who works at it, what can still be asked, and the record of what leaves."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from db.rules.permissions import Actor, Permission
from db.terms import ScreenMode


@dataclass(frozen=True, slots=True)
class OnScreen:
    """What the meeting-room screen shows now."""

    mode: ScreenMode
    item_id: int | None
    revealed: bool


@dataclass(frozen=True, slots=True)
class Desk:
    """One user's place at a meeting. `ask("query", **values)` reads; `record(actor, what, n)` notes what left."""

    user: Actor
    ask_as: Callable[[Actor], Callable[..., Any]]
    """The same reading by whoever fetches a file later."""
    record: Callable[[Actor, str, int], object]
    now: datetime

    @property
    def ask(self) -> Callable[..., Any]:
        return self.ask_as(self.user)

    def may(self, permission: Permission) -> bool:
        return self.user.may(permission)

    @property
    def chair(self) -> bool:
        """Whether the steps of the chair are offered."""
        return self.user.may(Permission.RUN_MEETING)
