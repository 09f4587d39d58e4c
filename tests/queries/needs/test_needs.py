from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, text

from db.engine import as_system, engine, reading
from db.queries.needs.needs import NeedFilters, frame, ledger, ledger_sheet, stage_counts
from db.queries.paging import ROWS
from db.terms import NeedStage, Role, Urgency
from tests.builders.doors import a_household
from tests.builders.needs import a_need, many_needs
from tests.builders.world import NOW, TODAY, World
from tests.support.statements import Statements

MONDAY = TODAY - timedelta(days=3)


def found(world: World, **filters: Any) -> list[int]:
    with reading(world.secretary) as session:
        return [row.id for row in ledger(session, world.here, NeedFilters(**filters)).rows]


# --- finding ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words", ["楼道灯", "半个月", "loudaodeng", "lou dao deng", "LDD", "ldd", "LL-2026-0001", "ll-2026-0001", "0001"]
)
def test_a_need_is_found_by_words_pinyin_initials_and_number(world: World, words: str) -> None:
    wanted = a_need(world, "楼道灯坏了半个月")
    a_need(world, "电梯经常停运")

    assert found(world, words=words) == [wanted]


@pytest.mark.parametrize("words", ["%", "_", "\\", "'", "%灯%", "=1+1", "😀", "𠮷", "<b>", "长" * 500])
def test_signs_in_a_search_are_only_signs(world: World, words: str) -> None:
    a_need(world, "楼道灯坏了半个月")

    assert found(world, words=words) == []


def test_rare_characters_and_formulas_are_found_as_typed(world: World) -> None:
    wanted = [a_need(world, told) for told in ("𠮷喆家漏水", "=1+1 的灯", "100%都坏了")]

    assert [found(world, words=words) for words in ("𠮷喆", "=1+1", "100%")] == [[need] for need in wanted]


def test_each_filter_narrows_the_ledger(world: World) -> None:
    wanted = a_need(
        world, category_id=world.categories[0], stage=NeedStage.RESERVE, urgency=Urgency.URGENT,
        worker_id=world.secretary.id, logged_at=NOW - timedelta(weeks=1),
    )  # fmt: skip
    a_need(world)

    for narrow in (
        {"category_id": world.categories[0]},
        {"stage": NeedStage.RESERVE},
        {"urgency": Urgency.URGENT},
        {"worker_id": world.secretary.id},
        {"week": MONDAY - timedelta(weeks=1)},
    ):
        assert found(world, **narrow) == [wanted]
    assert len(found(world, place_id=world.place)) == 2


def test_a_restricted_need_is_only_in_the_ledger_of_named_staff(world: World) -> None:
    a_need(world, restricted=True)

    assert found(world) == []


def test_the_ledger_of_another_community_is_empty_for_a_secretary(world: World) -> None:
    a_need(world, community_id=world.there)

    with reading(world.secretary) as session:
        assert ledger(session, world.there, NeedFilters()).rows == ()


# --- paging -----------------------------------------------------------------------------------------


def test_pages_follow_each_other_both_ways_without_gap_or_double(world: World) -> None:
    many_needs(world, ROWS * 2 + 20)

    with reading(world.secretary) as session:
        first = ledger(session, world.here, NeedFilters())
        second = ledger(session, world.here, NeedFilters(), before=first.rows[-1].id)
        third = ledger(session, world.here, NeedFilters(), before=second.rows[-1].id)
        back = ledger(session, world.here, NeedFilters(), after=second.rows[0].id)

    ids = [row.id for page in (first, second, third) for row in page.rows]
    assert len(ids) == len(set(ids)) == ROWS * 2 + 20
    assert ids == sorted(ids, reverse=True)
    assert (first.more, second.more, third.more) == (True, True, False)
    assert (back.rows, back.more) == (first.rows, False)


def test_a_page_is_one_statement(world: World) -> None:
    many_needs(world, 200)

    with reading(world.secretary) as session:
        session.connection()
        with Statements() as counted:
            ledger(session, world.here, NeedFilters(words="灯"))

    assert counted.n == 1


SINGLE_FILTERS: list[dict[str, Any]] = [
    {},
    {"stage": NeedStage.RESERVE},
    {"urgency": Urgency.SAFETY},
    {"week": MONDAY - timedelta(weeks=2)},
    {"category_id": 3},
    {"place_id": 1},
    {"worker_id": 2},
]


@pytest.mark.parametrize("filters", SINGLE_FILTERS, ids=lambda filters: "_".join(filters) or "all")
def test_every_single_filter_walks_an_index_and_sorts_nothing(world: World, filters: dict[str, Any]) -> None:
    many_needs(world, 1500)

    with reading(world.secretary) as session:
        session.connection()
        plans = [
            plan_of(lambda turned=turned: ledger(session, world.here, NeedFilters(**filters), **turned))
            for turned in ({}, {"before": 1000}, {"after": 500})
        ]

    for plan in plans:
        assert "TEMP B-TREE" not in plan
        assert "Sort" not in plan
        assert "Seq Scan on need" not in plan
        assert "SCAN need" not in plan.replace("SCAN need USING INDEX", "")


def plan_of(ask: Any) -> str:
    """The engine's own plan of the one statement that `ask` sends."""
    sent: list[tuple[str, Any]] = []
    event.listen(engine(), "before_cursor_execute", listener := lambda *a: sent.append((a[2], a[3])))
    ask()
    event.remove(engine(), "before_cursor_execute", listener)
    (statement, values), sqlite = sent[0], engine().dialect.name == "sqlite"
    with engine().connect() as connection:
        if not sqlite:
            # A table of a few thousand rows is read whole sooner than at a hundred thousand: ask for the index plan.
            connection.execute(text("SET LOCAL enable_seqscan = off"))
        rows = connection.exec_driver_sql(f"EXPLAIN {'QUERY PLAN ' if sqlite else ''}{statement}", values).all()
    return "\n".join(str(row[-1]) for row in rows)


# --- counting and taking away -----------------------------------------------------------------------


def test_counts_come_from_the_counters(world: World) -> None:
    for stage in (NeedStage.RESERVE, NeedStage.RESERVE, NeedStage.CLOSED):
        a_need(world, stage=stage)
    a_need(world, category_id=world.categories[0])

    with reading(world.secretary) as session:
        everything = stage_counts(session, world.here)
        one = stage_counts(session, world.here, NeedFilters(category_id=world.categories[0]))

    assert {stage: n for stage, n in everything.items() if n} == {
        NeedStage.RESERVE: 2, NeedStage.CLOSED: 1, NeedStage.LOGGED: 1,
    }  # fmt: skip
    assert {stage: n for stage, n in one.items() if n} == {NeedStage.LOGGED: 1}


def test_counts_follow_what_the_list_is_narrowed_to(world: World) -> None:
    a_need(world, stage=NeedStage.RESERVE, description="三单元路灯不亮")
    a_need(world, description="四单元路灯不亮")
    a_need(world, description="楼道堆物")

    with reading(world.secretary) as session:
        found = stage_counts(session, world.here, NeedFilters(words="路灯"))
        urgent = stage_counts(session, world.here, NeedFilters(urgency=Urgency.URGENT))
        reserve = stage_counts(session, world.here, NeedFilters(stage=NeedStage.RESERVE))

    assert found == {NeedStage.RESERVE: 1, NeedStage.LOGGED: 1}
    assert urgent == {}
    assert reserve == {NeedStage.RESERVE: 1}


def test_a_sheet_shows_nobody(world: World) -> None:
    household = a_household(world, "101")
    a_need(
        world, "请打13812345678，我住1幢1单元101室", household_id=household, asker_name="欧阳锋",
        asker_phone="13912345678",
    )  # fmt: skip

    with reading(world.secretary) as session:
        (row,) = ledger_sheet(session, world.here, NeedFilters())

    assert row.asker == "柳林小区1幢 *** 欧阳* 139****5678"
    assert "13812345678" not in row.description
    assert "101" not in row.asker


def test_a_restricted_household_is_its_alias_on_every_sheet(world: World) -> None:
    household = a_household(world, "101", restricted=True, alias="甲户")
    a_need(world, household_id=household, asker_name="张三", restricted=True)
    with as_system("test") as session:
        from tests.builders.world import actor_for, an_account

        named = actor_for(
            an_account(session, world.subdistrict, Role.SECRETARY, world.here, "named", sees_restricted=True)
        )

    with reading(named) as session:
        (row,) = ledger_sheet(session, world.here, NeedFilters())

    assert row.asker == "甲户"


def test_a_frame_holds_the_dictionaries_of_one_community(world: World) -> None:
    with reading(world[Role.SUBDISTRICT_ADMIN]) as session:
        there = frame(session, world.there)
        first = frame(session, None, workers=True)
    with reading(world.secretary) as session:
        mine = frame(session, world.there)

    assert there is not None
    assert first is not None
    assert mine is not None
    assert [place.name for place in there.places] == ["荷塘新村"]
    assert (first.community_id, len(first.communities), len(first.workers)) == (world.here, 2, 2)
    assert mine.community_id == world.here
