"""The roll as an Excel file, masked: a band of age in the place of a year of birth."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from components.needs.workbook import workbook
from components.wording import _
from components.wording.terms import term
from db.queries.members.roll import MemberRow
from db.terms import AgeBand, MemberKind, MemberLeave


@dataclass(frozen=True, slots=True)
class RollWords:
    """Every word of the file in the reader's language, read in the page's run: the file is made outside of it."""

    title: str
    head: list[str]
    terms: Mapping[tuple[type[StrEnum], str], str]
    standing: tuple[str, str]


def roll_words() -> RollWords:
    """The words of a file of the roll."""
    head = [
        _("编号"), _("姓名"), _("电话"), _("社区"), _("党支部"), _("类型"), _("身份"), _("年龄段"), _("共建单位"),
        _("特长"), _("离册"), _("为什么离册"),
    ]  # fmt: skip
    kinds: tuple[type[StrEnum], ...] = (MemberKind, AgeBand, MemberLeave)
    terms = {(kind, one.value): term(one) for kind in kinds for one in kind}
    return RollWords(_("党员名册"), head, terms, (_("正式党员"), _("预备党员")))


def roll_file(rows: Sequence[MemberRow], words: RollWords) -> bytes:
    """The rows of a `roll_sheet` as an Excel file."""

    def word(value: StrEnum | None) -> str:
        return words.terms[type(value), value.value] if value is not None else ""

    lines = [
        [
            one.number, one.name, one.phone, one.community, one.branch, word(one.kind),
            words.standing[one.probationary],
            word(one.band), one.unit, "、".join(one.skills), one.ended_on.isoformat() if one.ended_on else "",
            word(one.ended_as),
        ]
        for one in rows
    ]  # fmt: skip
    return workbook(words.title, words.head, lines)
