"""投诉时限: the subdistrict sets them, what is logged afterwards goes by them, what is logged already does not move."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from db.actions.complaints.complaints import reopen_complaint
from db.actions.complaints.times import set_complaint_times
from db.engine import as_system, carry_out, reading, reading_as_system
from db.errors import BadInput, NotPermitted, Problem
from db.models import Complaint, ComplaintTime, Subdistrict
from db.queries.complaints.times import complaint_times
from db.rules.complaints.due import TIMES, Times
from db.terms import ComplaintHaste, NeedSource, Role, Urgency
from tests.builders.complaints import a_complaint, closed, then
from tests.builders.world import NOW, TODAY, World, actor_for, an_account, row

NORM: dict[str, tuple[int | None, int | None]] = {
    haste.value: (one.contact_hours, one.answer_days) for haste, one in TIMES.items()
}


def set_times(world: World, **changed: Any) -> int:
    return carry_out(world[Role.SUBDISTRICT_ADMIN], "", set_complaint_times, times={**NORM, **changed})


def stored() -> int:
    with reading_as_system("test") as session:
        return len(session.scalars(select(ComplaintTime.id)).all())


def test_what_is_logged_afterwards_goes_by_it_and_what_was_logged_keeps_its_day(world: World) -> None:
    old = a_complaint(world)
    before = row(world, Complaint, old)

    changed = set_times(world, own=(12, 3))

    new = row(world, Complaint, a_complaint(world))
    assert changed == 1
    assert (row(world, Complaint, old).due_on, row(world, Complaint, old).contact_due_at) == (
        before.due_on,
        before.contact_due_at,
    )
    assert new.contact_due_at == NOW + timedelta(hours=12)
    assert new.due_on == TODAY + timedelta(days=5)  # A Thursday and three working days: the Tuesday after.
    assert before.due_on == TODAY + timedelta(days=11)


@pytest.mark.parametrize(
    ("haste", "source", "urgency"),
    [
        ("hotline", NeedSource.HOTLINE, Urgency.NORMAL),
        ("urgent", NeedSource.CALL, Urgency.URGENT),
        ("safety", NeedSource.HOTLINE, Urgency.SAFETY),
    ],
)
def test_each_haste_has_times_of_its_own(world: World, haste: str, source: NeedSource, urgency: Urgency) -> None:
    wanted = {"hotline": (20, 1), "urgent": (3, 1), "safety": (1, 1)}

    set_times(world, **{"urgent": (3, 1), haste: wanted[haste]})

    one = row(world, Complaint, a_complaint(world, source=source, urgency=urgency))
    assert one.contact_due_at == NOW + timedelta(hours=wanted[haste][0])
    assert one.due_on == TODAY + timedelta(days=1)


def test_a_relapse_begins_anew_by_what_is_set_then(world: World) -> None:
    one = closed(world, a_complaint(world))
    set_times(world, own=(24, 4))

    then(world, reopen_complaint, one, reason="油烟又大了")

    assert row(world, Complaint, one).due_on == TODAY + timedelta(days=6)


def test_the_neighbouring_subdistrict_keeps_its_own(world: World) -> None:
    with as_system("test") as session:
        street = Subdistrict(name="远山街道", district="虚拟区")
        session.add(street)
        session.flush()
        admin = actor_for(an_account(session, street.id, Role.SUBDISTRICT_ADMIN, None, "yuanshan"))

    set_times(world, own=(12, 3))

    with reading(admin) as session:
        there = complaint_times(session)
    with reading(world.worker) as session:
        here = complaint_times(session)
    assert there == dict(TIMES)
    assert here[ComplaintHaste.OWN] == Times(12, 3)


def test_saving_the_norms_stores_nothing_and_twice_the_same_changes_nothing(world: World) -> None:
    assert set_times(world) == 0
    assert stored() == 0
    assert set_times(world, own=(20, 6), hotline=(20, 5)) == 2
    assert set_times(world, own=(20, 6), hotline=(20, 5)) == 0
    assert set_times(world) == 2


@pytest.mark.parametrize(
    ("changed", "field", "problem"),
    [
        ({"own": (0, 7)}, "own_hours", Problem.OUT_OF_RANGE),
        ({"own": (24, 61)}, "own_days", Problem.OUT_OF_RANGE),
        ({"hotline": (None, 5)}, "hotline_hours", Problem.EMPTY),
        ({"urgent": (25, 2)}, "urgent_hours", Problem.OUT_OF_RANGE),
        ({"urgent": (4, 6)}, "urgent_days", Problem.OUT_OF_RANGE),
        ({"safety": (5, 0)}, "safety_hours", Problem.OUT_OF_RANGE),
        ({"safety": (1, 3)}, "safety_days", Problem.OUT_OF_RANGE),
    ],
)
def test_danger_never_waits_longer_than_what_is_ordinary(
    small_world: World, changed: dict[str, Any], field: str, problem: Problem
) -> None:
    with pytest.raises(BadInput) as caught:
        set_times(small_world, **changed)

    assert (caught.value.field, caught.value.problem) == (field, problem)
    assert stored() == 0


def test_only_the_subdistrict_sets_them(small_world: World) -> None:
    for role in set(Role) - {Role.SUBDISTRICT_ADMIN}:
        with pytest.raises(NotPermitted):
            carry_out(small_world[role], "", set_complaint_times, times=NORM)
