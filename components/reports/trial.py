"""Try a form of the subdistrict out before it is used, and fill it whichever kind it is: Excel or Word."""

from collections.abc import Iterable, Mapping, Sequence

import streamlit as st
import structlog

from components.papers.language import NotAllowed, TemplateSyntaxError, TooMuch, Trial, place_in
from components.papers.word import fill
from components.reports.book import open_form
from components.reports.fill import fill_form, tidy_cell
from components.reports.grow import Growth, single_rows
from components.reports.reading import ReadSheet, preview, read_sheets
from components.reports.words import sample_rows, worded_row
from components.wording import side_by_side
from db.actions.reports.forms import check_form_file
from db.errors import Refused
from db.queries.reports.forms import FormFile
from db.rules.reports.fields import LEDGERS, Fact
from db.rules.reports.form import BadLayout, FormLayout, check_layout, facts_in
from db.terms import LedgerKind

MOST_WORD_ROWS = 1000
"""A Word table of more rows is no form any more, and Word opens it for minutes."""
log = structlog.get_logger()


def check(file: bytes, kind: str) -> None:
    """Whether a form is plain and nothing of it is lost; what it says of itself comes back fit to be shown.

    Raises BadInput for an empty one, Refused("form_…"/"template_…").
    """
    try:
        check_form_file(file, kind)
    except Refused as wrong:
        if "where" not in wrong.values:
            raise
        raise Refused(wrong.rule, what=wrong.values["what"], where=wrong.values["where"]) from None


def sheets_of(file: bytes) -> tuple[ReadSheet, ...]:
    """The sheets of a form that was checked. Raises Refused("form_broken")."""
    try:
        sheets = read_sheets(file)
    except Exception as wrong:  # noqa: BLE001 - a foreign file may break openpyxl in any way
        log.warning("form.unreadable", kind=type(wrong).__name__)
        raise Refused("form_broken") from None
    if not sheets:
        raise Refused("form_broken")
    return sheets


def try_form(file: bytes, layout: FormLayout, ledger: LedgerKind) -> bytes:
    """Fill a form with samples, more than its blank rows: the specimen. Raises Refused("form_…"/"template_…")."""
    try:
        check_layout(layout, ledger)
    except BadLayout as wrong:
        raise Refused(f"form_{wrong.reason}", what=wrong.what) from None
    said: dict[str, str | int] = {fact.value: fact.value for fact in Fact}
    said[Fact.TOTAL] = 2
    if layout.kind == "docx":
        return _try_word(file, ledger, said)
    unknown = facts_in([text for sheet in sheets_of(file) for line in sheet.grid for text in line])
    if unknown:
        raise Refused("form_unknown", fields=side_by_side(unknown[:8]))
    count = max(2, layout.last - layout.first + 3)
    try:
        return fill_form(file, layout, sample_rows(ledger, count), said)
    except Exception as wrong:  # noqa: BLE001 - a foreign file may break openpyxl in any way
        log.warning("form.trial_failed", kind=type(wrong).__name__)
        raise Refused("form_broken") from None


def check_formulas(file: bytes, layout: FormLayout) -> None:
    """Whether every formula of an Excel form takes in the rows that come in. Raises Refused("form_single_rows").

    `=E2+E3` below the blank rows would leave out the third row that is filled in, and nobody would see it.
    """
    if layout.kind == "docx":
        return
    growth = Growth(layout.sheet, layout.first, layout.last, 0)
    for sheet in open_form(file).worksheets:
        own = sheet.title == layout.sheet
        for line in sheet.iter_rows():
            for cell in line:
                if cell.data_type != "f" or (own and layout.first <= cell.row <= layout.last):
                    continue
                formula = str(getattr(cell.value, "text", cell.value))
                if named := single_rows(formula, growth, own=own):
                    raise Refused(
                        "form_single_rows",
                        where=f"{sheet.title}!{cell.coordinate}",
                        formula=formula[:100],
                        fix=_whole(named[0], layout),
                    )


def _whole(reference: str, layout: FormLayout) -> str:
    """E3 → E2:E6, all the blank rows of its first column."""
    sheet, mark, area = reference.rpartition("!")
    column = area.replace("$", "").partition(":")[0].rstrip("0123456789")
    return f"=SUM({sheet}{mark}{column}{layout.first}:{column}{layout.last})"


def _try_word(file: bytes, ledger: LedgerKind, said: Mapping[str, str | int]) -> bytes:
    trial = Trial({**said, "rows": sample_rows(ledger)})
    try:
        made = fill(file, trial.values, trial)
    except NotAllowed as wrong:
        raise Refused("template_forbidden", what=wrong.what, place=wrong.place) from None
    except TemplateSyntaxError as wrong:
        raise Refused("template_syntax", place=place_in(wrong.source or "", wrong.lineno or 0)) from None
    except TooMuch:
        raise Refused("template_too_much") from None
    except Exception as wrong:  # noqa: BLE001 - a foreign file may break python-docx in any way
        log.warning("form.trial_failed", kind=type(wrong).__name__)
        raise Refused("template_failed") from None
    if trial.unknown:
        raise Refused("form_unknown", fields=side_by_side(dict.fromkeys(name for name, _place in trial.unknown)))
    if "rows" not in trial.used:
        raise Refused("form_no_rows")
    return made


def filled(form: FormFile, rows: Iterable[Mapping[str, object]], said: Mapping[str, str | int]) -> bytes:
    """A form with the rows of its ledger in words."""
    keys = LEDGERS[form.ledger]
    if form.layout.kind == "xlsx":
        keys = tuple(form.layout.columns.values())
        return fill_form(form.file, form.layout, (worded_row(row, keys) for row in rows), said)
    lines = [{key: _text(value) for key, value in worded_row(row, keys).items()} for row in rows]
    if len(lines) > MOST_WORD_ROWS:
        raise Refused("ledger_too_long", count=len(lines), most=MOST_WORD_ROWS)
    return fill(form.file, {**said, "rows": lines})


@st.cache_data(max_entries=20, ttl=600, show_spinner=False)
def _specimen(
    file: bytes, same: str, _form: FormFile, _rows: Sequence[Mapping[str, object]], _said: Mapping[str, str | int]
) -> tuple[list[list[str]], bytes]:
    made, kind = filled(_form, _rows, _said), _form.layout.kind
    return preview(made, _form.layout) if kind == "xlsx" else [], try_form(file, _form.layout, _form.ledger)


def specimen(
    form: FormFile, rows: Sequence[Mapping[str, object]], said: Mapping[str, str | int]
) -> tuple[list[list[str]], bytes]:
    """How a form begins with these rows in it, and the file with samples. Raises Refused("form_…"/"template_…").

    Kept while form, rows and facts are the same: filling a workbook twice costs six times the page around it. They are
    compared as one text; to compare them value by value takes Streamlit a third of the page.
    """
    return _specimen(form.file, repr((form.layout, form.ledger, rows, said)), form, rows, said)


def _text(value: str | int) -> str | int:
    return value if isinstance(value, int) else tidy_cell(value)
