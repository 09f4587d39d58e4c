"""The ledger as an Excel file: what a resident typed stays text, never a formula or a link."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO

import xlsxwriter

from components.wording import _, language
from components.wording.terms import term
from db.queries.needs.needs import SheetRow
from db.rules.zone import CHINA
from db.terms import Language, NeedSource, NeedStage, Urgency

SAFE = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


@dataclass(frozen=True, slots=True)
class SheetWords:
    """Every word of the file in the reader's language, read in the page's run: the file is made outside of it."""

    title: str
    head: list[str]
    terms: Mapping[tuple[type[StrEnum], str], str]
    english: bool


def sheet_words() -> SheetWords:
    """The words of a ledger file."""
    head = [
        _("编号"), _("标题"), _("居民原话"), _("类别"), _("地点"), _("楼栋"), _("阶段"), _("紧急程度"), _("来源"),
        _("户数"), _("影响人数"), _("提出人"), _("登记人"), _("登记日期"), _("登记周"),
    ]  # fmt: skip
    kinds: tuple[type[StrEnum], ...] = (NeedStage, Urgency, NeedSource)
    terms = {(kind, one.value): term(one) for kind in kinds for one in kind}
    return SheetWords(_("需求台账"), head, terms, language() is Language.ENGLISH)


def ledger_file(rows: Sequence[SheetRow], words: SheetWords) -> bytes:
    """The needs of a `ledger_sheet` as an Excel file."""
    return workbook(words.title, words.head, [_cells(row, words) for row in rows])


def _cells(row: SheetRow, words: SheetWords) -> list[object]:
    need = row.row
    category = need.category_en if words.english and need.category_en else need.category
    stage, urgency, source = (words.terms[type(one), one.value] for one in (need.stage, need.urgency, row.source))
    logged_on = need.logged_at.astimezone(CHINA).date()
    return [
        need.number, need.title, row.description, category, need.place, need.building, stage, urgency, source,
        need.voices, row.people, row.asker, need.worker, logged_on.isoformat(), row.week.isoformat(),
    ]  # fmt: skip


def workbook(title: str, head: Sequence[str], rows: Sequence[Sequence[object]]) -> bytes:
    """An xlsx file of one sheet with a fixed head, a filter and readable widths."""
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, SAFE) as book:
        sheet = book.add_worksheet(title[:31])
        bold = book.add_format({"bold": True, "bottom": 1})
        wrap = book.add_format({"text_wrap": True, "valign": "top"})
        sheet.write_row(0, 0, head, bold)
        for index, row in enumerate(rows, start=1):
            sheet.write_row(index, 0, row, wrap)
        for column, name in enumerate(head):
            longest = max([len(name), *(len(str(row[column])) for row in rows[:200])])
            sheet.set_column(column, column, min(48, 4 + 2 * longest))
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, max(len(rows), 1), len(head) - 1)
    return buffer.getvalue()
