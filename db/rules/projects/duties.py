"""责任分工 as plain values: who may hold a duty, and which duty nobody holds any more."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from db.terms import Role

HOLDERS = (Role.SECRETARY, Role.AREA_WORKER, Role.TEAM_LEADER, Role.COUNCIL_MEMBER)
"""Roles of a community that take part in a project by name."""


class DutyState(StrEnum):
    """Where a duty stands on a day."""

    AHEAD = "ahead"  # 未到
    STANDING = "standing"  # 在任
    LEFT = "left"  # 人已离开，待交接
    HANDED_ON = "handed_on"  # 已交接
    OVER = "over"  # 已结束


@dataclass(frozen=True, slots=True)
class Span:
    """A duty's days, whether its holder is still there, whether it was handed on."""

    since: date
    until: date | None
    there: bool
    handed_on: bool = False

    def state(self, today: date) -> DutyState:
        """Somebody who left holds nothing from that day on, until a last day is written down."""
        if self.until is not None and self.until < today:
            return DutyState.HANDED_ON if self.handed_on else DutyState.OVER
        if self.until is None and not self.there:
            return DutyState.LEFT
        return DutyState.AHEAD if self.since > today else DutyState.STANDING


def open_duties(spans: Iterable[Span], today: date) -> int:
    """Duties that wait for somebody to take them over."""
    return sum(span.state(today) is DutyState.LEFT for span in spans)
