"""谁在台上 of a project as plain values: who leads and who assists a step, and who stands beside the stage."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from db.terms import StageBody, StagePart


@dataclass(frozen=True, slots=True)
class Standing:
    """A body's part from a day to a day; `step` None is the project as a whole."""

    step: int | None
    body: StageBody
    part: StagePart
    since: date
    until: date | None = None

    def on(self, day: date) -> bool:
        """Whether it holds on a day."""
        return self.since <= day and (self.until is None or day <= self.until)


def of_step(roles: Iterable[Standing], step: int | None, day: date) -> tuple[Standing, ...]:
    """Who stands on the stage of a step, the lead first; a step without a lead of its own has that of the project."""
    present = [role for role in roles if role.on(day)]
    own = [role for role in present if role.step == step]
    if step is not None and not any(role.part is StagePart.LEAD for role in own):
        own += [role for role in present if role.step is None and role.part is StagePart.LEAD]
    return tuple(sorted(own, key=lambda role: (role.part is not StagePart.LEAD, list(StageBody).index(role.body))))


def beside(roles: Iterable[Standing]) -> bool:
    """Whether the community has stepped beside the stage (退到舞台旁边): others lead, it is not among them."""
    leads = [role.body for role in roles if role.part is StagePart.LEAD]
    return bool(leads) and StageBody.COMMUNITY not in leads
