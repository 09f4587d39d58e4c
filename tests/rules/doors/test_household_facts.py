"""A fact that two people changed: neither is lost, whoever came first."""

from hypothesis import given
from hypothesis import strategies as some

from db.rules.doors.household_facts import merged

FACT = some.sampled_from(["", "甲", "乙", "丙"])


@given(base=FACT, theirs=FACT, mine=FACT)
def test_a_merge_never_drops_what_somebody_wrote(base: str, theirs: str, mine: str) -> None:
    held = merged(base, theirs, mine)

    written = {value for value in (theirs, mine) if value != base}
    assert (held is None) == (len(written) == 2)
    if len(written) == 1:
        assert {held} == written


@given(base=FACT, theirs=FACT, mine=FACT)
def test_a_merge_does_not_depend_on_who_came_first(base: str, theirs: str, mine: str) -> None:
    assert merged(base, theirs, mine) == merged(base, mine, theirs)
