"""The standard layout: ready to print, and nothing that was typed runs, in Excel or in CSV."""

import csv
from datetime import date, datetime
from io import BytesIO, StringIO
from typing import Any

import pytest
from openpyxl import load_workbook

from components.orders.answer_paper import answer_slip
from components.orders.card_papers import contact_card
from components.reports.words import facts, heading
from components.reports.workbook import plain_sheet, standard_sheet
from components.sheets import View
from db.queries.needs.answer_slip import Matter, SlipLine
from db.queries.orders.pairings import CardHome, CardLine
from db.rules.reports.fields import LEDGERS, PRINTED, Period
from db.terms import LedgerKind, NeedStage, VolunteerKind
from tests.builders.reports import INJECTED

MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))
SAID = facts(MARCH, community="柳林社区", subdistrict="澄湖街道", total=2, on=date(2026, 4, 1), filled_by="测试社工")


def sheet_of(kind: LedgerKind, *typed: str, view: View = View.PRINT) -> Any:
    keys = LEDGERS[kind]
    rows = [dict.fromkeys(keys, one) | {"serial": 1, "day": date(2026, 3, 5)} for one in typed]
    made, count = standard_sheet(kind, keys, rows, SAID, view)
    assert count == len(typed)
    return load_workbook(BytesIO(made)).active


@pytest.mark.parametrize("kind", LedgerKind)
@pytest.mark.parametrize("view", View)
def test_what_residents_typed_is_text_in_the_standard_layout(kind: LedgerKind, view: View) -> None:
    for line in sheet_of(kind, *INJECTED, view=view).iter_rows():
        for cell in line:
            assert cell.data_type in ("s", "n", "d"), cell.value
            assert cell.hyperlink is None


@pytest.mark.parametrize("typed", INJECTED)
def test_what_could_run_from_a_csv_is_disarmed(typed: str) -> None:
    made, count = plain_sheet(("number", "words"), [{"number": "LL-1", "words": typed}])

    assert count == 1
    assert made.startswith(b"\xef\xbb\xbf")
    (_head, line) = csv.reader(StringIO(made.decode("utf-8-sig"), newline=""))
    assert not line[1].lstrip().startswith(("=", "+", "-", "@", "\t", "\r", "|"))


def test_it_prints_on_a4_across_with_its_headings_on_every_page() -> None:
    sheet = sheet_of(LedgerKind.VISITS, "x", "x")

    assert sheet["A1"].value == "柳林社区走访台账"
    assert "2026年3月1日至2026年3月31日" in sheet["A2"].value
    assert "共 2 条" in sheet["A2"].value
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.print_title_rows == "$3:$3"
    assert "盖章" in sheet["A7"].value
    assert "&P" in sheet.oddFooter.right.text
    assert "柳林社区走访台账" in sheet.oddFooter.left.text


def test_an_empty_ledger_is_a_nil_return() -> None:
    made, count = standard_sheet(LedgerKind.NEEDS, LEDGERS[LedgerKind.NEEDS], [], SAID)

    assert count == 0
    assert "共 0 条" in load_workbook(BytesIO(made)).active["A2"].value


@pytest.mark.parametrize("kind", LedgerKind)
def test_about_nine_columns_are_printed_and_all_of_them_are_data(kind: LedgerKind) -> None:
    printed, data = sheet_of(kind, "x"), sheet_of(kind, "x", view=View.DATA)

    assert printed.max_column <= 9
    assert [cell.value for cell in data[1]] == [heading(key) for key in LEDGERS[kind]]
    assert set(PRINTED[kind]) <= set(LEDGERS[kind])
    assert data.auto_filter.ref is not None
    assert data.freeze_panes == "B2"


def test_columns_that_somebody_chose_are_printed_as_chosen() -> None:
    made, _count = standard_sheet(LedgerKind.NEEDS, ("number", "phone", "week"), [], SAID)

    assert [cell.value for cell in load_workbook(BytesIO(made)).active[3]] == ["编号", "联系电话", "登记周"]


def test_hours_counts_and_days_are_no_text_for_who_reckons_with_them() -> None:
    row = {"serial": 1, "day": date(2026, 3, 5), "hours": "12.5", "number": "007", "title": "12"}
    keys = ("serial", "day", "number", "title", "hours")

    made, _count = standard_sheet(LedgerKind.SERVICE, keys, [row], SAID, View.DATA)

    values = [cell.value for cell in load_workbook(BytesIO(made)).active[2]]
    assert values == [1, datetime(2026, 3, 5), "007", "12", 12.5]  # noqa: DTZ001


@pytest.mark.parametrize("typed", INJECTED)
@pytest.mark.parametrize("large", [True, False])
def test_cards_and_slips_hold_whatever_was_typed_as_text(typed: str, large: bool) -> None:
    home = CardHome(1, 1, "柳林社区", "0571-5555 0100", "柳林小区1幢 ***", False)
    helper = CardLine(typed, "13911112222", VolunteerKind.RESIDENT, typed, typed)
    matter = SlipLine(Matter.NEED, "LL-1", date(2026, 3, 5), typed, NeedStage.LOGGED, typed, None)

    assert contact_card(home, [helper] * 2, large=large).startswith(b"PK")
    assert answer_slip(home, [matter], MARCH, date(2026, 4, 1), large=large).startswith(b"PK")
