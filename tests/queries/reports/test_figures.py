"""成效数字 as a ledger: a form of the subdistrict gets what the page of results counts, with its parts."""

from datetime import date
from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook
from sqlalchemy import update

from components.reports.fill import fill_form
from components.reports.words import worded_row
from db.audit import UNAUDITED
from db.engine import as_system, reading
from db.models import Member
from db.queries.reports.rows import LedgerRow, ledger_count, ledger_rows
from db.rules.reports.fields import LEDGERS, Period
from db.rules.reports.form import propose_layout
from db.rules.results.period import of_days, year_before
from db.terms import FigureUnit, LedgerKind, ResultFigure, Role
from tests.builders.members import a_branch, a_party_member
from tests.builders.reports import MARCH
from tests.builders.results import counted_for
from tests.builders.volunteers import a_volunteer, served_hours
from tests.builders.world import TODAY, World

K = LedgerKind.FIGURES


def rows_of(world: World, period: Period = MARCH, role: Role = Role.AREA_WORKER) -> list[LedgerRow]:
    with reading(world[role]) as session:
        assert ledger_count(session, K, world.here, period) == 7
        return list(ledger_rows(session, K, world.here, period))


def two_members_one_served(world: World) -> None:
    branch, busy = a_branch(world), a_volunteer(world)
    member = a_party_member(world, branch, "郑一")
    a_party_member(world, branch, "郑二")
    with as_system("test") as session:
        session.execute(
            update(Member).where(Member.id == member).values(volunteer_id=busy), execution_options=UNAUDITED
        )
    served_hours(world, busy, on=TODAY)


def test_each_figure_is_a_row_with_its_parts_as_the_page_of_results_counts_them(world: World) -> None:
    two_members_one_served(world)

    found = {row["figure"]: row for row in rows_of(world)}

    shown = counted_for(world)
    assert list(found) == list(ResultFigure)
    assert {what: (row["numerator"], row["denominator"]) for what, row in found.items()} == {
        what: shown.base(what) for what in ResultFigure
    }
    first = found[ResultFigure.PARTICIPATION]
    assert (first["numerator"], first["denominator"], first["sample"], first["unit"]) == (1, 2, 2, FigureUnit.MEMBERS)
    assert found[ResultFigure.HOURS]["sample"] is None
    assert worded_row(first, LEDGERS[K]) == {
        "serial": 1, "figure": "党员参与率", "numerator": 1, "denominator": 2, "sample": 2, "unit": "名党员",
        "span": "2026年3月1日至2026年3月31日",
    }  # fmt: skip


def test_another_communitys_figures_are_out_of_reach(world: World) -> None:
    two_members_one_served(world)

    with reading(world.other_secretary) as session:
        found = list(ledger_rows(session, K, world.here, MARCH))

    assert {(row["numerator"], row["denominator"] or 0) for row in found} == {(0, 0)}


def test_a_form_with_these_headings_is_recognised_and_filled(small_world: World) -> None:
    two_members_one_served(small_world)
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "成效"
    for line in (["街道成效统计表"], ["序号", "指标名称", "分子", "分母", "样本数（n）", "统计时期"], *([""] * 6,) * 7):
        sheet.append(line)
    held = BytesIO()
    book.save(held)
    grid = [[str(value or "") for value in line] for line in sheet.iter_rows(values_only=True)]

    layout = propose_layout(tuple(map(tuple, grid)), K, "成效")
    rows = [worded_row(row, LEDGERS[K]) for row in rows_of(small_world)]
    filled = load_workbook(BytesIO(fill_form(held.getvalue(), layout, rows, {}))).active

    assert layout.columns == {1: "serial", 2: "figure", 3: "numerator", 4: "denominator", 5: "sample", 6: "span"}
    assert filled is not None
    assert [cell.value for cell in filled[3]][:5] == [1, "党员参与率", 1, 2, 2]


@pytest.mark.parametrize("since", [date(2024, 2, 29), date(2026, 3, 5)])
def test_any_days_are_compared_with_the_same_days_of_the_year_before(since: date) -> None:
    was = year_before(of_days(since, date(since.year, 12, 30)))

    assert (was.since.year, was.until) == (since.year - 1, date(since.year - 1, 12, 30))
    assert was.since.day == (28 if since.day == 29 else since.day)
