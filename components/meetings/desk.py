"""What the parts of a meeting's page share: who works at it, how far off it is, what leaves the house."""

from dataclasses import dataclass
from datetime import date, datetime

from components.acting import note
from components.wording import _
from components.wording.dates import today
from db.actions.exports import record_export
from db.rules.meetings.opening import days_until
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


def day_words(sitting: Sitting, desk: Desk) -> str:
    """还有 5 天, 明天, 就是今天, 已过 2 天."""
    days = days_until(sitting.at, desk.today)
    if days in (0, 1):
        return _("就是今天") if not days else _("明天")
    return _("还有 {n} 天", n=days) if days > 0 else _("已过 {n} 天", n=-days)


def told_words(sitting: Sitting) -> str:
    """通知送达 14 / 16 人."""
    return _("通知送达 {told} / {due} 人", told=sitting.told, due=len(sitting.seats))


def left_house(sitting: Sitting, actor: Actor, what: str, rows: int) -> None:
    """Write down that a file of this meeting leaves the house."""
    note(actor, record_export, what=what, rows={sitting.community_id: max(1, rows)}, filters={"meeting": sitting.id})
