"""志愿服务情况说明（内部）: its steps, and its stars. Certificates of law come from the national platform alone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from db.terms import CertificateState

LEAST_NOTICE, MOST_NOTICE = 7, 30
"""Working days of the public notice: 公示 is not shorter than seven days (docs/domain.md 9.2)."""
NOTICE_DAYS = (7, 10, 15)
STARS = (100, 300, 600, 1000, 1500)
"""Hours of one to five stars; shown on the own card only, never compared."""
MOST_LINES = 400


class CertificateStep(StrEnum):
    """What is done to it next."""

    ACCEPT = "accept"  # 受理
    ISSUE = "issue"  # 开具
    POST = "post"  # 公示
    HAND_OUT = "hand_out"  # 发出
    VOID = "void"  # 作废


STEPS: dict[CertificateState, dict[CertificateStep, CertificateState]] = {
    CertificateState.ASKED: {CertificateStep.ACCEPT: CertificateState.ACCEPTED},
    CertificateState.ACCEPTED: {CertificateStep.ISSUE: CertificateState.ISSUED},
    CertificateState.ISSUED: {CertificateStep.POST: CertificateState.POSTED},
    CertificateState.POSTED: {CertificateStep.HAND_OUT: CertificateState.HANDED_OUT},
    CertificateState.HANDED_OUT: {},
    CertificateState.VOID: {},
}


@dataclass(frozen=True, slots=True)
class ServedLine:
    """One confirmed service: its day, what it was, its minutes."""

    on: date
    what: str
    minutes: int


def after(state: CertificateState, step: CertificateStep) -> CertificateState | None:
    """The state after a step, or None when it is not its turn; whatever is not void can become so."""
    if step is CertificateStep.VOID:
        return None if state is CertificateState.VOID else CertificateState.VOID
    return STEPS[state].get(step)


def minutes_of(lines: Iterable[ServedLine]) -> int:
    """The sum of the lines."""
    return sum(line.minutes for line in lines)


def stars(minutes: int) -> int:
    """Stars of confirmed minutes, 0 to 5."""
    return sum(minutes >= hours * 60 for hours in STARS)
