"""The standard layout of a ledger: an Excel file to print or to reckon with (`components.sheets`), and plain CSV.

The print view has the usual nine columns unless others were chosen; below it is a line to sign and stamp.
"""

import csv
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from io import StringIO

from components.reports.fill import RISKY
from components.reports.words import heading, worded_row
from components.sheets import About, Field, Kind, View, sheet, tidy_cell
from components.wording import _
from components.wording.dates import day
from components.wording.terms import term
from db.rules.reports.fields import DAYS, FIELDS, LEDGERS, NUMBERS, PRINTED, Fact
from db.terms import LedgerKind


def ledger_title(kind: LedgerKind) -> str:
    """What the sheet is called."""
    return term(kind)


def printed_fields(kind: LedgerKind, keys: Sequence[str]) -> tuple[str, ...]:
    """What the print view has: the fields that were chosen, or the usual ones where all of them are."""
    return PRINTED[kind] if tuple(keys) == LEDGERS[kind] else tuple(keys)


def standard_sheet(
    kind: LedgerKind,
    keys: Sequence[str],
    rows: Iterable[Mapping[str, object]],
    said: Mapping[str, str | int],
    view: View = View.PRINT,
) -> tuple[bytes, int]:
    """The Excel file with these fields, and how many rows it holds; `said` is `reports.words.facts`."""
    printed = printed_fields(kind, keys)
    fields = [Field(heading(key), FIELDS[key].width, _kind(key), key in printed) for key in keys]
    about = About(
        ledger_title(kind),
        str(said[Fact.COMMUNITY]),
        _(
            "时段：{period}    填报日期：{day}",
            period=said[Fact.PERIOD],
            day=day(date.fromisoformat(str(said[Fact.DATE]))),
        ),
        _("填表人：{who}    审核人：____________    社区（盖章）：____________", who=said[Fact.FILLED_BY]),
    )
    return sheet(view, about, fields, (list(worded_row(row, keys).values()) for row in rows))


def _kind(key: str) -> Kind:
    return Kind.COUNT if key in NUMBERS else Kind.DAY if key in DAYS else Kind.TEXT


def plain_sheet(keys: Sequence[str], rows: Iterable[Mapping[str, object]]) -> tuple[bytes, int]:
    """The same as CSV that Excel and WPS read as UTF-8; what could run gets an apostrophe before it."""
    kept = StringIO()
    writer = csv.writer(kept)
    writer.writerow([heading(key) for key in keys])
    total = 0
    for row in rows:
        writer.writerow([_harmless(value) for value in worded_row(row, keys).values()])
        total += 1
    return b"\xef\xbb\xbf" + kept.getvalue().encode(), total


def _harmless(value: str | int) -> str | int:
    if isinstance(value, int):
        return value
    text = tidy_cell(value)
    return f"'{text}" if text.lstrip(" \u3000").startswith(RISKY) else text
