"""The roll as an Excel file, masked, to print or to reckon with: a band of age in the place of a year of birth."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from components.sheets import About, Field, Kind, View, sheet
from components.wording import _
from components.wording.dates import day as day_words
from components.wording.terms import term
from db.queries.members.roll import MemberRow


def roll_title() -> str:
    """What the file is called."""
    return _("党员名册")


def roll_file(rows: Sequence[MemberRow], view: View, on: date, *, left: bool) -> bytes:
    """The rows of a `roll_sheet` as an Excel file; of those who left, the paper says when and why."""
    fields = [
        Field(_("编号"), 14), Field(_("姓名"), 12), Field(_("电话"), 14), Field(_("社区"), 14), Field(_("党支部"), 22),
        Field(_("类型"), 14), Field(_("身份"), 11), Field(_("年龄段"), 12, printed=not left),
        Field(_("共建单位"), 20, printed=False), Field(_("特长"), 20, printed=not left),
        Field(_("离册"), 12, Kind.DAY, printed=left), Field(_("为什么离册"), 18, printed=left),
    ]  # fmt: skip
    names = {one.community for one in rows}
    community = _("{n} 个社区", n=len(names)) if len(names) > 1 else "".join(names)
    about = About(roll_title(), community, _("截至 {day}", day=day_words(on)) + (_("，已离册") if left else ""))
    return sheet(view, about, fields, (_cells(one) for one in rows))[0]


def _cells(one: MemberRow) -> list[object]:
    standing = _("预备党员") if one.probationary else _("正式党员")
    return [
        one.number, one.name, one.phone, one.community, one.branch, _word(one.kind), standing, _word(one.band),
        one.unit, "、".join(one.skills), one.ended_on, _word(one.ended_as),
    ]  # fmt: skip


def _word(value: StrEnum | None) -> str:
    return term(value) if value is not None else ""
