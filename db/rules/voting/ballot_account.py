"""Books that balance: what was issued, what came back, what it said, in every way of voting (docs/domain.md 5.4)."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from db.terms import VoteMethod


@dataclass(frozen=True, slots=True)
class BallotAccount:
    """One way of voting in one ballot. `choices` counts the valid ballots by pattern (`db.rules.voting.question`)."""

    way: VoteMethod
    issued: int
    returned: int
    valid: int
    blank: int = 0
    spoilt: int = 0
    choices: Mapping[str, int] = field(default_factory=dict)

    @property
    def not_cast(self) -> int:
        """Issued and never handed in."""
        return self.issued - self.returned

    @property
    def invalid(self) -> int:
        """Handed in and not counted: blank or spoilt."""
        return self.blank + self.spoilt

    def faults(self) -> tuple[str, ...]:
        """Which of the equations do not hold: issued | returned | valid; empty when the accounts balance."""
        wrong = []
        if min(self.issued, self.returned, self.valid, self.blank, self.spoilt, *self.choices.values(), 0) < 0:
            wrong.append("negative")
        if self.returned > self.issued:
            wrong.append("issued")  # issued = cast + not cast, and nobody casts what was not issued
        if self.returned != self.valid + self.invalid:
            wrong.append("returned")  # cast = valid + invalid
        if self.valid != sum(self.choices.values()):
            wrong.append("valid")  # valid = sum of choices
        return tuple(wrong)
