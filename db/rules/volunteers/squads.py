"""What is said about the people of a squad without saying it about anybody, and which post suits a skill."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from db.rules.percent import percent

TOLD_FROM = 5
"""Fewer people than this are nobody's average."""


@dataclass(frozen=True, slots=True)
class Makeup:
    """A squad in figures: None where too few people stand behind one."""

    people: int
    mean_age: int | None
    """Whole years, from the year of birth alone."""
    of_known_age: int
    party_percent: int | None


def makeup(people: Sequence[tuple[int | None, bool]], year: int) -> Makeup:
    """Figures over (year of birth or None, whether a party member) of everybody in a squad, in a year."""
    ages = [year - born for born, _ in people if born is not None]
    enough = len(people) >= TOLD_FROM
    return Makeup(
        people=len(people),
        mean_age=int(Fraction(sum(ages), len(ages)) + Fraction(1, 2)) if len(ages) >= TOLD_FROM else None,
        of_known_age=len(ages) if len(ages) >= TOLD_FROM else 0,
        party_percent=percent(Fraction(sum(party for _, party in people), len(people))) if enough else None,
    )


def fitting(skill: str, task: str, own: Iterable[str]) -> str:
    """The own skill for which a post is one, empty for none: named as it is asked for, or found in what is done."""
    mine = [one for one in own if one]
    for one in mine:
        if skill and (one in skill or skill in one):
            return one
    return next((one for one in mine if len(one) > 1 and one in task), "")
