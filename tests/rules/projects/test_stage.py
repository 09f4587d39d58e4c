"""Who stands on the stage of a step on a day."""

from datetime import date

from db.rules.projects.stage import Standing, beside, of_step
from db.terms import StageBody as B
from db.terms import StagePart as P

MARCH, APRIL, MAY = date(2026, 3, 1), date(2026, 4, 1), date(2026, 5, 1)
ROLES = (
    Standing(None, B.COMMUNITY, P.LEAD, MARCH, APRIL),
    Standing(None, B.OWNERS_COMMITTEE, P.LEAD, date(2026, 4, 2)),
    Standing(1, B.PROPERTY_COMPANY, P.ASSIST, MARCH),
    Standing(2, B.DEPARTMENT, P.LEAD, MARCH),
)


def test_a_step_without_a_lead_of_its_own_has_that_of_the_project() -> None:
    assert [(role.body, role.part) for role in of_step(ROLES, 1, MARCH)] == [
        (B.COMMUNITY, P.LEAD), (B.PROPERTY_COMPANY, P.ASSIST),
    ]  # fmt: skip
    assert [role.body for role in of_step(ROLES, 2, MARCH)] == [B.DEPARTMENT]


def test_a_change_holds_from_its_day_on() -> None:
    assert [role.body for role in of_step(ROLES, None, APRIL)] == [B.COMMUNITY]
    assert [role.body for role in of_step(ROLES, None, MAY)] == [B.OWNERS_COMMITTEE]


def test_the_community_is_beside_the_stage_when_another_leads() -> None:
    assert not beside(of_step(ROLES, None, APRIL))
    assert beside(of_step(ROLES, None, MAY))
    assert not beside(())
