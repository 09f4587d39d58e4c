"""The last step of handing in: what the file will hold, masked or not and why, and the press that fetches it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import streamlit as st

from components.file_tickets import CSV, XLSX
from components.forms import Filling, form
from components.lists import Column, rows
from components.reports.choice import LedgerChoice
from components.reports.words import heading, worded_row
from components.reports.workbook import ledger_title
from components.sheets import View, view_words
from components.wording import N_, _
from db.errors import BadInput, Problem
from db.rules.reports.fields import FIELDS, LEDGERS

PREVIEW = 5
MOST_COLUMNS = 8
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
KINDS = [View.PRINT.value, View.DATA.value, "csv"]
MASKED, PLAIN = N_("脱敏（姓名留姓、电话留尾号、不含室号）"), N_("原值（须写明用途，记入审计日志）")


@dataclass(frozen=True, slots=True)
class Take:
    """What is fetched: `masked`, the reason for plain values, and as what kind of file."""

    masked: bool
    reason: str
    kind: str
    """xlsx | csv | docx"""
    view: View = View.PRINT
    """Of our own layout as xlsx."""

    @property
    def log_view(self) -> str:
        """The view for the log; "" where there is no choice."""
        return self.view.value if self.kind == "xlsx" else ""

    @property
    def mime(self) -> str:
        return {"xlsx": XLSX, "csv": CSV, "docx": WORD}[self.kind]


class Counted:
    """Rows that are counted as they pass into a file."""

    def __init__(self, rows: Iterable[Mapping[str, object]]) -> None:
        self._rows = rows
        self.count = 0

    def __iter__(self) -> Iterator[Mapping[str, object]]:
        for row in self._rows:
            self.count += 1
            yield row


def show_preview(count: int, sample: Sequence[Mapping[str, object]], keys: Sequence[str]) -> None:
    """How many rows, and the first few of them, mchoice."""
    st.header(_("共 {n} 条", n=count), anchor=False)
    named = [key for key in keys if key != "serial"][:MOST_COLUMNS]
    rows(
        [worded_row(row, named) for row in sample],
        [
            Column(key, heading(key), "nowrap" if FIELDS[key].width <= 13 or key == "number" else "text")
            for key in named
        ],
        key="forms.preview",
        empty=_("这段时间没有记录。可以照样下载空表，作零报告。"),
        caption=_("预览"),
    )
    if count > len(sample):
        st.caption(_("只预览前 {n} 条，一律脱敏；下载的文件里是全部。", n=len(sample)))


def take_form(choice: LedgerChoice, *, may_unmask: bool) -> tuple[Filling, Take] | None:
    """The press that fetches the file; plain values only for those who may and say why."""
    personal = any(FIELDS[key].personal for key in choice.fields or LEDGERS[choice.ledger])
    masked, reason, kind = True, "", View.PRINT.value
    with form(f"take.{choice.ledger.value}.{choice.form_id or 0}") as filling:
        if may_unmask and personal:
            chosen = filling.choice("masked", _("个人信息"), [True, False], start=True, few=True, show=_masked_words)
            masked = chosen is not False
            reason = filling.line("reason", _("用途（下载原值时必填）"), most=200, autocomplete="off")
        if choice.form_id is None:
            kind = filling.choice("kind", _("文件版式"), KINDS, start=KINDS[0], few=True, show=_kind_words) or KINDS[0]
        pressed = filling.submit(_("下载"), icon=":material/download:")
    if not pressed:
        return None
    view = View.DATA if kind == View.DATA else View.PRINT
    return filling, Take(masked, "" if masked else reason, "csv" if kind == "csv" else "xlsx", view)


def _masked_words(masked: bool) -> str:
    return _(MASKED) if masked else _(PLAIN)


def _kind_words(kind: str) -> str:
    return "CSV" if kind == "csv" else view_words(View(kind))


def must_say_why(take: Take) -> None:
    """Raises BadInput when plain values are asked for without a reason."""
    if not take.masked and not take.reason.strip():
        raise BadInput("reason", Problem.EMPTY)


def file_name(choice: LedgerChoice, name: str, community: str, on: date, kind: str) -> str:
    """柳林社区-走访台账-20260301-20260331.xlsx; what a file system minds is left out."""
    title = name or ledger_title(choice.ledger)
    plain = "".join(letter for letter in f"{community}-{title}" if letter.isalnum() or letter in "-_()（）《》")
    return f"{plain}-{choice.period.start:%Y%m%d}-{choice.period.end:%Y%m%d}.{kind}"
