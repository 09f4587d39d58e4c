"""Ledgers as data: every field of the dictionary, masked, within scope, in order, in chunks."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from components.reports.words import FACTS, HEADINGS, SPANS, worded_row
from db.actions.exports import record_export
from db.actions.reports.exports import record_unmasked_export
from db.engine import as_system, carry_out, reading
from db.errors import BadInput, NotFound, NotPermitted
from db.models import AuditEntry, Export, Visit
from db.queries.reports.rows import Narrowing, ledger_count, ledger_rows
from db.rules.reports.fields import FIELDS, LEDGERS, Fact, Period, Span
from db.terms import LedgerKind, NeedStage, Role, VisitOutcome
from tests.builders.needs import a_need
from tests.builders.reports import MARCH, NAME, PHONE, ROOM, in_every_ledger
from tests.builders.world import NOW, TODAY, World, another_actor
from tests.support.statements import Statements

OF_RECORDS = [kind for kind in LedgerKind if kind is not LedgerKind.FIGURES]


def rows_of(world: World, kind: LedgerKind, role: Role = Role.AREA_WORKER, **more):
    with reading(world[role]) as session:
        return list(ledger_rows(session, kind, world.here, MARCH, **more))


@pytest.mark.parametrize("kind", OF_RECORDS)
def test_every_ledger_gives_its_fields_and_no_personal_value(world: World, kind: LedgerKind) -> None:
    in_every_ledger(world, f"灯坏了，找{PHONE}，住1幢1单元{ROOM}室")

    (row,) = rows_of(world, kind)

    assert set(LEDGERS[kind]) <= set(row)
    said = str(worded_row(row, LEDGERS[kind]))
    for secret in (PHONE, NAME, ROOM, '测试"', "单元707"):
        assert secret not in said
    assert row["serial"] == 1


@pytest.mark.parametrize("kind", [kind for kind in LedgerKind if "door" in LEDGERS[kind]])
def test_plain_values_come_only_when_asked_for(world: World, kind: LedgerKind) -> None:
    in_every_ledger(world, f"灯坏了，找{PHONE}")

    (row,) = rows_of(world, kind, masked=False)

    said = str(worded_row(row, LEDGERS[kind]))
    assert f"柳林小区1幢1单元{ROOM}" in said
    assert ("asker" not in LEDGERS[kind]) or NAME in said


@pytest.mark.parametrize("masked", [True, False])
@pytest.mark.parametrize("kind", [kind for kind in LedgerKind if "door" in LEDGERS[kind]])
def test_a_restricted_household_is_its_alias_also_for_named_staff_and_unmasked(
    small_world: World, kind: LedgerKind, masked: bool
) -> None:
    in_every_ledger(small_world, f"找{PHONE}，住{ROOM}室", restricted=True, alias="晨星07号")
    named = another_actor(small_world, Role.AREA_WORKER, "named_staff", sees_restricted=True)

    with reading(named) as session:
        (row,) = ledger_rows(session, kind, small_world.here, MARCH, masked=masked)

    said = str(worded_row(row, LEDGERS[kind]))
    assert "晨星07号" in said
    for secret in (PHONE, NAME, ROOM, "1幢"):
        assert secret not in said
    assert rows_of(small_world, kind, masked=masked) == []


@pytest.mark.parametrize("kind", OF_RECORDS)
def test_nobody_reaches_another_communitys_ledger(small_world: World, kind: LedgerKind) -> None:
    in_every_ledger(small_world)

    with reading(small_world.other_secretary) as session:
        assert list(ledger_rows(session, kind, small_world.here, MARCH)) == []
        assert ledger_count(session, kind, small_world.here, MARCH) == 0


def test_the_last_day_counts_whole_and_the_day_after_not(world: World) -> None:
    for number, moment in enumerate((NOW, NOW + timedelta(hours=13), NOW + timedelta(days=1))):
        a_need(world, f"第{number}件：楼道灯坏", logged_at=moment)
    period = Period(TODAY, TODAY)

    with reading(world.worker) as session:
        found = [row["words"] for row in ledger_rows(session, LedgerKind.NEEDS, world.here, period)]
        count = ledger_count(session, LedgerKind.NEEDS, world.here, period)

    assert (len(found), count) == (2, 2)


def test_filters_narrow_count_and_rows_alike(world: World) -> None:
    a_need(world, "楼道灯坏了", category_id=world.categories[0])
    a_need(world, "井盖松了", stage=NeedStage.CLOSED)

    for narrowing, words in (
        (Narrowing(category_id=world.categories[0]), "楼道灯坏了"),
        (Narrowing(state=NeedStage.CLOSED.value), "井盖松了"),
    ):
        (row,) = rows_of(world, LedgerKind.NEEDS, narrowing=narrowing)
        with reading(world.worker) as session:
            assert ledger_count(session, LedgerKind.NEEDS, world.here, MARCH, narrowing) == 1
        assert row["words"] == words
    assert rows_of(world, LedgerKind.NEEDS, narrowing=Narrowing(place_id=world.place_there)) == []


def test_the_register_of_a_week_leaves_voided_needs_out_and_says_what_is_missing(world: World) -> None:
    a_need(world, "灯坏", building="")
    a_need(world, "作废的一条", stage=NeedStage.VOID)

    (row,) = rows_of(world, LedgerKind.REGISTER)

    assert row["words"] == "灯坏"
    assert row["lacks"]


def test_many_rows_come_in_order_with_one_statement_per_five_hundred(small_world: World) -> None:
    with as_system("test") as session:
        session.add_all(
            Visit(community_id=small_world.here, place_id=small_world.place, at=NOW + timedelta(minutes=n * 37 % 1201),
                  worker_id=small_world.worker.id, outcome=VisitOutcome.NOT_IN, where_text="岗亭")
            for n in range(1201)
        )  # fmt: skip

    with reading(small_world.worker) as session, Statements() as counted:
        found = list(ledger_rows(session, LedgerKind.VISITS, small_world.here, MARCH))

    assert [row["serial"] for row in found] == list(range(1, 1202))
    assert counted.n <= 5


def test_every_field_has_a_heading_and_the_dictionary_one_key_each() -> None:
    assert {key: field.heading for key, field in FIELDS.items()} == HEADINGS
    assert all(key in FIELDS for keys in LEDGERS.values() for key in keys)
    assert set(FACTS) == set(Fact)
    assert set(SPANS) == set(Span)


# --- written down ------------------------------------------------------------------------------------------------


def test_plain_values_leave_only_with_a_reason_and_a_trace(world: World) -> None:
    given = {"what": "ledger.needs", "community_id": world.here, "rows": 3, "filters": {"period": "2026-03"}}

    with pytest.raises(BadInput):
        carry_out(world.worker, "", record_unmasked_export, **given, reason=" ")
    number = carry_out(world.worker, "", record_unmasked_export, **given, reason="街道核对困难户名单")

    with reading(world.secretary) as session:
        row = session.get_one(Export, number)
        assert (row.masked, row.rows) == (False, 3)
    with as_system("test") as session:
        reasons = session.scalars(select(AuditEntry.reason).where(AuditEntry.operation == "read")).all()
    assert "街道核对困难户名单" in reasons


@pytest.mark.parametrize("role", [Role.SUBDISTRICT_ADMIN, Role.AUDITOR, Role.VOLUNTEER, Role.DISTRICT_VIEWER])
def test_who_may_not_unmask_may_not_export_plain_values(small_world: World, role: Role) -> None:
    with pytest.raises(NotPermitted):
        carry_out(small_world[role], "", record_unmasked_export, what="x", community_id=small_world.here, rows=1,
                  filters={}, reason="看看")  # fmt: skip


def test_plain_values_of_another_community_are_out_of_reach(small_world: World) -> None:
    with pytest.raises((NotFound, NotPermitted)):
        carry_out(small_world.worker, "", record_unmasked_export, what="x", community_id=small_world.there, rows=1,
                  filters={}, reason="看看")  # fmt: skip


def test_a_nil_return_is_written_down_too(small_world: World) -> None:
    assert carry_out(small_world.worker, "", record_export, what="ledger.needs", rows={small_world.here: 0},
                     filters={}) == 0  # fmt: skip
