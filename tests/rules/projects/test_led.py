"""A round of secretary-led projects is counted by direction; a duty whose holder left waits for somebody."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.projects.duties import DutyState, Span, open_duties
from db.rules.projects.led import missing, tally, together
from db.terms import ProjectDirection, ProjectState

ROWS = st.lists(st.tuples(st.none() | st.sampled_from(ProjectDirection), st.sampled_from(ProjectState)))
DAY = date(2026, 3, 3)


@given(ROWS)
def test_every_project_is_counted_once(projects: list[tuple[ProjectDirection | None, ProjectState]]) -> None:
    parts = tally(projects)

    assert set(ProjectDirection) <= set(parts)
    assert together(parts.values()).standing == sum(state is not ProjectState.STOPPED for _, state in projects)
    assert sum(part.stopped for part in parts.values()) == sum(state is ProjectState.STOPPED for _, state in projects)


@pytest.mark.parametrize(("planned", "standing", "lack"), [(12, 12, 0), (12, 9, 3), (None, 4, 0), (3, 5, 0)])
def test_what_a_plan_lacks(planned: int | None, standing: int, lack: int) -> None:
    assert missing(planned, standing) == lack


@pytest.mark.parametrize(
    ("span", "state"),
    [
        (Span(DAY, None, there=True), DutyState.STANDING),
        (Span(date(2026, 3, 4), None, there=True), DutyState.AHEAD),
        (Span(DAY, None, there=False), DutyState.LEFT),
        (Span(date(2026, 1, 1), DAY, there=False), DutyState.STANDING),
        (Span(date(2026, 1, 1), date(2026, 3, 2), there=False), DutyState.OVER),
        (Span(date(2026, 1, 1), date(2026, 3, 2), there=True, handed_on=True), DutyState.HANDED_ON),
    ],
)
def test_the_state_of_a_duty(span: Span, state: DutyState) -> None:
    assert span.state(DAY) is state
    assert open_duties([span], DAY) == (state is DutyState.LEFT)
