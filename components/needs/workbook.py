"""The ledger of needs as an Excel file, to print or to reckon with: what a resident typed stays text."""

from collections.abc import Sequence
from datetime import date

from components.sheets import About, Field, Kind, View, sheet
from components.wording import _, language
from components.wording.dates import day as day_words
from components.wording.terms import term
from db.queries.needs.needs import SheetRow
from db.rules.zone import CHINA
from db.terms import Language


def ledger_title() -> str:
    """What the file is called."""
    return _("需求台账")


def ledger_file(rows: Sequence[SheetRow], view: View, community: str, on: date) -> bytes:
    """The needs of a `ledger_sheet` as an Excel file."""
    about = About(ledger_title(), community, _("截至 {day}", day=day_words(on)))
    return sheet(view, about, _fields(), (_cells(row) for row in rows))[0]


def _fields() -> list[Field]:
    return [
        Field(_("编号"), 14), Field(_("标题"), 22), Field(_("居民原话"), 46), Field(_("类别"), 11),
        Field(_("地点"), 12), Field(_("楼栋"), 8, printed=False), Field(_("阶段"), 10),
        Field(_("紧急程度"), 10, printed=False), Field(_("来源"), 12, printed=False),
        Field(_("户数"), 6, Kind.COUNT), Field(_("影响人数"), 10, Kind.COUNT, printed=False),
        Field(_("提出人"), 12, printed=False), Field(_("登记人"), 9), Field(_("登记日期"), 12, Kind.DAY),
        Field(_("登记周"), 12, Kind.DAY, printed=False),
    ]  # fmt: skip


def _cells(row: SheetRow) -> list[object]:
    need = row.row
    category = need.category_en if language() is Language.ENGLISH and need.category_en else need.category
    return [
        need.number, need.title, row.description, category, need.place, need.building, term(need.stage),
        term(need.urgency), term(row.source), need.voices, row.people, row.asker, need.worker,
        need.logged_at.astimezone(CHINA).date(), row.week,
    ]  # fmt: skip
