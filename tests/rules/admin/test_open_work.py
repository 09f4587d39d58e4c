"""What somebody can not go on with in another role, elsewhere, or gone."""

import pytest

from db.rules.admin.open_work import left_behind
from db.terms import OpenWork, Role

EVERYTHING = tuple(OpenWork)


@pytest.mark.parametrize("role", Role)
def test_who_moves_away_leaves_everything(role: Role) -> None:
    assert left_behind(role, stays=False, sees_restricted=True) == EVERYTHING


@pytest.mark.parametrize(
    ("role", "left"),
    [
        (Role.AREA_WORKER, {OpenWork.PLACES, OpenWork.TURNS}),
        (Role.SECRETARY, {OpenWork.PATCHES, OpenWork.PLACES, OpenWork.TURNS}),
        (Role.TEAM_LEADER, {OpenWork.PATCHES, OpenWork.PROGRAMMES}),
        (Role.VOLUNTEER, {OpenWork.PATCHES, OpenWork.PROJECTS, OpenWork.PROGRAMMES}),
        (Role.COUNCIL_MEMBER, set(OpenWork) - {OpenWork.BRANCHES}),
    ],
)
def test_another_role_keeps_what_it_may_do(role: Role, left: set[OpenWork]) -> None:
    assert set(left_behind(role, stays=True, sees_restricted=True)) == left


def test_who_may_no_longer_see_restricted_cases_leaves_their_programmes() -> None:
    assert OpenWork.PROGRAMMES in left_behind(Role.SECRETARY, stays=True, sees_restricted=False)
