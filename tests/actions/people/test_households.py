"""One flat that stands in the books twice is made one household, and exactly taken apart again."""

from typing import Any

import pytest
from sqlalchemy import func, select

from db.actions.doors.visits import log_visit
from db.actions.needs.merging import merge_needs
from db.actions.orders.pairings import add_pairing
from db.actions.people.differing import decide_different
from db.actions.people.households import merge_households, referring, undo_household_merge
from db.engine import reading, reading_as_system
from db.errors import NotFound, NotPermitted, Refused
from db.models import AuditEntry, Household, HouseholdMerge, Model, Need, Order, Pairing, Person, Visit
from db.queries.doors.households import rooms, stairwells
from db.queries.people.households import household_doubles, household_merges, household_sides
from db.queries.people.people import find_people, person_sheet
from db.terms import DoubleKind, HouseholdKind, Likeness, Role, VisitOutcome
from tests.builders.doors import a_door, knock
from tests.builders.needs import a_need
from tests.builders.offline import a_phone, a_wish, send
from tests.builders.orders import a_helper, an_order
from tests.builders.people import a_person
from tests.builders.world import NOW, TODAY, World, do, row


def the(model: Any, row_id: int) -> Any:
    with reading_as_system("test") as session:
        return session.get(model, row_id)


def two_doors(world: World, **more: Any) -> tuple[int, int]:
    """The flat as it was typed with its stairwell, and as a list brought it without."""
    return a_door(world, "7幢", "1单元", "401"), a_door(world, "7幢", "", "401", **more)


def test_every_column_that_refers_to_a_household_is_known() -> None:
    """A new table is found by its foreign key; what tells of merges themselves is no part of a household."""
    there = {
        f"{mapper.class_.__tablename__}.{column.name}"
        for mapper in Model.registry.mappers
        for column in mapper.columns
        if any(key.column.table.name == "household" for key in column.foreign_keys)
    }

    own = {"household_merge.kept_id", "household_merge.other_id"}
    assert {one.name for one in referring()} == there - own
    assert {"visit.household_id", "need.household_id", "person.household_id", "household.merged_into_id"} <= there


def test_everything_follows_and_the_same_flat_counts_once(world: World) -> None:
    kept, other = two_doors(world, kind=HouseholdKind.KEY, door_note="晚七点后在家")
    visit = knock(world, other)
    person = a_person(world, "王桂英", household_id=other)
    order = an_order(world, household_id=other, place_id=None, building="", stairwell="", room="")
    lead, voice = a_need(world, household_id=kept), a_need(world, household_id=other)
    do(world.secretary, merge_needs, lead_id=lead, member_id=voice)
    assert the(Need, lead).voices == 2

    merge = do(world.secretary, merge_households, kept_id=kept, other_id=other)

    moved = [(Visit, visit), (Person, person), (Order, order), (Need, voice)]
    assert {the(model, one).household_id for model, one in moved} == {kept}
    assert the(Need, lead).voices == 1
    home = the(Household, kept)
    assert (home.kind, home.door_note, home.met_on) == (HouseholdKind.KEY, "晚七点后在家", TODAY)
    with reading(world.secretary) as session:
        assert [one.stairwell for one in stairwells(session, world.place)] == ["1单元"]
        assert rooms(session, world.place, "7", "") == ()
        assert [one.id for one in household_merges(session)] == [merge]
        sheet = person_sheet(session, person)
        found = find_people(session, place_id=world.place, building="7", stairwell="", room="401").rows
        assert sheet is not None
        assert (sheet.needs, sheet.orders) == (2, 1)
        assert [one.id for one in found] == [person]

    do(world.secretary, undo_household_merge, merge_id=merge)

    assert {the(model, one).household_id for model, one in moved} == {other}
    assert the(Need, lead).voices == 2
    home, again = the(Household, kept), the(Household, other)
    assert (home.kind, home.door_note, home.met_on) == (HouseholdKind.ORDINARY, "", None)
    assert (again.merged_into_id, again.met_on) == (None, TODAY)
    with pytest.raises(Refused, match="merge_undone"):
        do(world.secretary, undo_household_merge, merge_id=merge)


def test_what_comes_to_the_old_door_later_comes_to_the_kept_one(world: World) -> None:
    """Typed, by a phone that was offline meanwhile, by a form that was open: nothing is filed under the gone record."""
    kept, other = two_doors(world)
    merge = do(world.secretary, merge_households, kept_id=kept, other_id=other)
    later = {"outcome": VisitOutcome.MET, "now": NOW}

    typed = do(world.worker, log_visit, place_id=world.place, building="7", stairwell="", room="401", **later)
    opened = do(world.worker, log_visit, place_id=None, household_id=other, **later)
    phone = a_phone(world.worker)
    sent = send(phone, "visit", {"household_id": other, "outcome": "met"})
    need = send(phone, "need", {"household_id": other, **a_wish(world)})

    assert typed["household_id"] == opened["household_id"] == sent["household_id"] == kept
    assert the(Need, need["need_id"]).household_id == kept

    do(world.secretary, undo_household_merge, merge_id=merge)

    with reading_as_system("test") as session:
        assert session.scalar(select(func.count()).where(Visit.household_id == kept)) == 3


def test_a_helper_who_is_paired_with_both_stays_paired_once(world: World) -> None:
    kept, other = two_doors(world)
    helper = a_helper(world)[1]
    first, second = (
        do(world.secretary, add_pairing, household_id=one, volunteer_id=helper, helps_with="测血压", rhythm="每周")
        for one in (kept, other)
    )  # fmt: skip

    merge = do(world.secretary, merge_households, kept_id=kept, other_id=other)

    assert (the(Pairing, first).household_id, the(Pairing, second).household_id) == (kept, other)
    do(world.secretary, undo_household_merge, merge_id=merge)
    assert (the(Pairing, first).household_id, the(Pairing, second).household_id) == (kept, other)


def test_a_chain_of_merges_leads_to_the_one_that_is_left(world: World) -> None:
    first, second = two_doors(world)
    third = a_door(world, "一号7幢", "1单元", "401")
    visit = knock(world, second)
    inner = do(world.secretary, merge_households, kept_id=first, other_id=second)
    outer = do(world.secretary, merge_households, kept_id=third, other_id=first)

    assert (the(Visit, visit).household_id, the(Household, second).merged_into_id) == (third, third)
    with pytest.raises(Refused, match="merge_merged"):
        do(world.secretary, undo_household_merge, merge_id=inner)

    do(world.secretary, undo_household_merge, merge_id=outer)
    assert (the(Visit, visit).household_id, the(Household, second).merged_into_id) == (first, first)
    do(world.secretary, undo_household_merge, merge_id=inner)
    assert the(Visit, visit).household_id == second


def test_what_cannot_be_made_one_says_why(world: World) -> None:
    kept, other = two_doors(world)
    hidden = a_door(world, "7幢", "2单元", "401", restricted=True)
    there = a_door(world, "7幢", "1单元", "401", community_id=world.there, place_id=world.place_there)
    for one, two, why in ((kept, kept, "merge_same"),):
        with pytest.raises(Refused, match=why):
            do(world.secretary, merge_households, kept_id=one, other_id=two)
    for foreign in (hidden, there, 10**9):
        with pytest.raises(NotFound):
            do(world.secretary, merge_households, kept_id=kept, other_id=foreign)
    with pytest.raises(NotPermitted):
        do(world[Role.VOLUNTEER], merge_households, kept_id=kept, other_id=other)

    do(world.secretary, merge_households, kept_id=kept, other_id=other)
    with pytest.raises(Refused, match="merge_merged"):
        do(world.secretary, merge_households, kept_id=kept, other_id=other)


def test_a_kind_changed_since_is_not_overwritten_by_the_undoing(world: World) -> None:
    kept, other = two_doors(world, kind=HouseholdKind.KEY)
    merge = do(world.secretary, merge_households, kept_id=kept, other_id=other)
    from tests.builders.offline import changed_meanwhile

    changed_meanwhile(kept, kind=HouseholdKind.HIGH_RISK)

    with pytest.raises(Refused, match="merge_changed"):
        do(world.secretary, undo_household_merge, merge_id=merge)


def test_the_log_tells_what_moved(world: World) -> None:
    kept, other = two_doors(world)
    knock(world, other)

    merge = do(world.secretary, merge_households, kept_id=kept, other_id=other)

    with reading_as_system("test") as session:
        entries = session.scalars(select(AuditEntry).where(AuditEntry.table_name == "household_merge")).all()
    assert {entry.row_id for entry in entries} == {merge}
    assert any(entry.changes.get("moved_visit") == [None, 1] for entry in entries)


# --- which pairs are shown ------------------------------------------------------------------------------------


def test_likely_pairs_are_offered_until_somebody_decides(world: World) -> None:
    kept, other = two_doors(world)
    wide = a_door(world, "柳林路88弄12号", "", "502")
    narrow = a_door(world, "88弄12号", "", "502")
    a_door(world, "1期3幢", "", "502"), a_door(world, "2期3幢", "", "502"), a_door(world, "7幢", "2单元", "402")

    def pairs() -> set[tuple[int, int, Likeness]]:
        with reading(world.secretary) as session:
            return {(one.first.id, one.second.id, one.why) for one in household_doubles(session).rows}

    assert pairs() == {(kept, other, Likeness.NO_STAIRWELL), (wide, narrow, Likeness.PART_OF_NAME)}

    do(world.secretary, decide_different, kind=DoubleKind.HOUSEHOLD, pairs=[(narrow, wide)])
    assert pairs() == {(kept, other, Likeness.NO_STAIRWELL)}

    merge = do(world.secretary, merge_households, kept_id=kept, other_id=other)
    assert pairs() == set()
    do(world.secretary, undo_household_merge, merge_id=merge)
    assert pairs() == set()  # Whoever takes a pair apart has said that it is none.
    assert row(world, HouseholdMerge, merge).undone_at is not None


def test_pairs_come_in_pages_and_name_who_lives_there_masked(world: World) -> None:
    for number in range(51):
        a_door(world, "7幢", "1单元", f"{number + 101}"), a_door(world, "7幢", "", f"{number + 101}")
    kept, other = a_door(world, "8幢", "1单元", "401"), a_door(world, "8幢", "", "401")
    a_person(world, "王桂英", household_id=other)

    with reading(world.secretary) as session:
        first, second = household_doubles(session), household_doubles(session, 2)
        sides = household_sides(session, {kept, other})

    assert (first.total, first.pages, len(first.rows), len(second.rows)) == (52, 2, 50, 2)
    best = first.rows[0]
    assert (best.first.id, best.second.id, best.second.words) == (kept, other, ("柳林小区8幢 ***", "王**"))
    assert len({(one.first.id, one.second.id) for one in (*first.rows, *second.rows)}) == 52
    assert sides == {kept: "柳林小区8幢1单元 ***", other: "柳林小区8幢 *** 王**"}
