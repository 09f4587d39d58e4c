"""Where a form wants which field, which Excel files are plain, and what days a period holds."""

from collections.abc import Mapping
from datetime import date, timedelta
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.demo.reports.form_files import need_form, visit_form
from db.rules.reports.excel_file import MOST_BYTES, BadExcelFile, check_excel_file
from db.rules.reports.fields import LEDGERS, Period, Span, period_of
from db.rules.reports.form import BadLayout, FormLayout, blank_rows, check_layout, header_row, propose_columns
from db.terms import LedgerKind

DAYS = st.dates(date(2000, 1, 1), date(2090, 12, 31))


def with_part(
    name: str, content: bytes = b"x", *, packed: bool = False, replaced: Mapping[str, bytes] | None = None
) -> bytes:
    """The form of the demo with one more part, or with parts whose content is another."""
    kept = BytesIO()
    with ZipFile(BytesIO(visit_form())) as old, ZipFile(kept, "w", ZIP_DEFLATED if packed else ZIP_STORED) as new:
        for entry in old.namelist():
            new.writestr(entry, (replaced or {}).get(entry, old.read(entry)))
        if name:
            new.writestr(name, content)
    return kept.getvalue()


def with_cell(formula: str) -> bytes:
    with ZipFile(BytesIO(visit_form())) as old:
        sheet = old.read("xl/worksheets/sheet1.xml").decode()
    changed = sheet.replace("<f>SUM(I5:I12)</f>", f"<f>{formula}</f>")
    assert changed != sheet
    return with_part("", replaced={"xl/worksheets/sheet1.xml": changed.encode()})


def test_plain_forms_pass() -> None:
    check_excel_file(visit_form())
    check_excel_file(need_form())


@pytest.mark.parametrize(
    ("file", "reason"),
    [
        (b"", "not_excel"),
        (b"PK\x03\x04 nothing", "not_excel"),
        (b"x" * (MOST_BYTES + 1), "too_big"),
        (with_part("xl/vbaProject.bin"), "macros"),
        (with_part("xl/activeX/activeX1.xml", b"<a/>"), "macros"),
        (with_part("xl/embeddings/oleObject1.bin"), "macros"),
        (with_part("xl/externalLinks/externalLink1.xml", b"<a/>"), "external"),
        (with_part("xl/connections.xml", b"<a/>"), "external"),
        (with_part("xl/charts/chart1.xml", b"<a/>"), "chart"),
        (with_part("xl/pivotTables/pivotTable1.xml", b"<a/>"), "chart"),
        (with_part("xl/big.xml", b"<a>" + b"x" * (9 * 1024 * 1024) + b"</a>", packed=True), "bomb"),
        (with_part("xl/entity.xml", b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'), "bomb"),
        (with_part("../evil.xml", b"<a/>"), "not_excel"),
        (
            with_part(
                "xl/worksheets/_rels/sheet1.xml.rels",
                b'<Relationships><Relationship Type="x/hyperlink" Target="http://e.example" TargetMode="External"/>'
                b"</Relationships>",
            ),
            "external",
        ),
        (with_cell("WEBSERVICE(&quot;x&quot;)"), "external"),
        (with_cell("HYPERLINK(&quot;x&quot;)"), "external"),
        (with_cell("[1]Sheet!A1"), "external"),
        (with_cell("cmd|'/C calc'!A0"), "external"),
    ],
)
def test_what_runs_fetches_hides_or_would_be_lost_is_refused(file: bytes, reason: str) -> None:
    with pytest.raises(BadExcelFile) as refused:
        check_excel_file(file)

    assert refused.value.reason == reason


@given(st.binary(max_size=400))
def test_no_bytes_break_the_check(noise: bytes) -> None:
    with pytest.raises(BadExcelFile):
        check_excel_file(noise)


def test_headings_of_two_merged_rows_are_found_in_the_lower_one() -> None:
    grid = (
        ("街道走访台账",) * 5,
        ("填报社区：", "", "", "", ""),
        ("序号", "走访", "走访", "住户", "住户"),
        ("序号", "走访日期", "走访人员", "门牌号", "家庭类型"),
        ("", "", "", "", ""),
        ("", "", "", "", ""),
        ("合计", "", "", "", ""),
    )

    assert header_row(grid, LedgerKind.VISITS) == 4
    assert blank_rows(grid, 4) == (5, 6)
    assert propose_columns(dict(enumerate(grid[3], start=1)), LedgerKind.VISITS) == {
        1: "serial", 2: "day", 3: "worker", 4: "door", 5: "household_kind",
    }  # fmt: skip


def test_a_sheet_without_known_headings_proposes_nothing() -> None:
    assert header_row((("甲", "乙"), ("1", "2")), LedgerKind.NEEDS) == 0
    assert propose_columns({1: "领导批示", 2: ""}, LedgerKind.NEEDS) == {}


def test_numbered_blank_rows_are_blank_and_a_foot_right_below_the_header_leaves_none() -> None:
    assert blank_rows((("序号", "内容"), ("1", ""), ("2", ""), ("填表人：", "")), 1) == (2, 3)
    assert blank_rows((("序号", "内容"), ("填表人：", "")), 1) == (2, 1)


@given(st.dictionaries(st.integers(1, 30), st.text(max_size=12), max_size=12), st.sampled_from(list(LedgerKind)))
def test_a_proposal_is_always_a_layout_that_passes(headings: dict[int, str], ledger: LedgerKind) -> None:
    columns = propose_columns(headings, ledger)

    assert set(columns.values()) <= set(LEDGERS[ledger])
    if columns:
        check_layout(FormLayout("xlsx", "s", 1, 2, 5, columns), ledger)


@pytest.mark.parametrize(
    ("layout", "reason"),
    [
        (FormLayout("xlsx", "s", 1, 2, 5, {}), "columns"),
        (FormLayout("xlsx", "s", 1, 0, 5, {1: "day"}), "rows"),
        (FormLayout("xlsx", "s", 1, 5, 3, {1: "day"}), "rows"),
        (FormLayout("xlsx", "s", 1, 2, 5, {1: "phone"}), "field"),
        (FormLayout("xlsx", "s", 1, 2, 5, {1: "day", 2: "day"}), "twice"),
        (FormLayout("xlsx", "s", 1, 2, 5, {0: "day"}), "field"),
        (FormLayout("xlsx", "s", 1, 2, 5, {1: "day"}, {"B3": "period"}), "cell"),
        (FormLayout("xlsx", "s", 1, 2, 5, {1: "day"}, {"B1": "phone"}), "cell"),
    ],
)
def test_layouts_that_cannot_be_filled_are_refused(layout: FormLayout, reason: str) -> None:
    with pytest.raises(BadLayout) as refused:
        check_layout(layout, LedgerKind.VISITS)

    assert refused.value.reason == reason


def test_a_layout_survives_being_kept() -> None:
    layout = FormLayout("xlsx", "走访", 4, 5, 12, {1: "serial", 11: "day"}, {"C2": "community"})

    assert FormLayout.from_json(layout.to_json()) == layout


@given(DAYS, st.sampled_from(list(Span)))
def test_a_period_is_whole_and_holds_or_precedes_its_day(today: date, span: Span) -> None:
    period = period_of(span, today)

    assert period.start <= period.end
    if span in (Span.LAST_WEEK, Span.LAST_MONTH):
        assert period.end < today
    else:
        assert period.start <= today <= period.end
    if span in (Span.WEEK, Span.LAST_WEEK):
        assert (period.start.weekday(), period.end.weekday()) == (0, 6)
    else:
        assert period.start.day == 1
        assert (period.end + timedelta(days=1)).day == 1


def test_a_quarter_has_its_three_months() -> None:
    assert period_of(Span.QUARTER, date(2026, 11, 22)) == Period(date(2026, 10, 1), date(2026, 12, 31))
