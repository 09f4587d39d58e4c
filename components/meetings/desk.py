"""What the parts of a meeting's page share: the user who works at it, and the record of what leaves the house."""

from dataclasses import dataclass
from datetime import date, datetime

from components.acting import note
from components.wording.dates import today
from db.actions.exports import record_export
from db.rules.meetings.sitting import Sitting
from db.rules.permissions import Actor, Permission


@dataclass(frozen=True, slots=True)
class Desk:
    """One user's place at a meeting, at the moment of this run."""

    user: Actor
    now: datetime

    def may(self, permission: Permission) -> bool:
        return self.user.may(permission)

    @property
    def today(self) -> date:
        """The Chinese day of this run."""
        return today(self.now)

    @property
    def chair(self) -> bool:
        """Whether the steps of the chair are offered."""
        return self.user.may(Permission.RUN_MEETING)


def left_house(sitting: Sitting, actor: Actor, what: str, rows: int) -> None:
    """Write down that a file of this meeting leaves the house."""
    note(actor, record_export, what=what, rows={sitting.community_id: max(1, rows)}, filters={"meeting": sitting.id})
