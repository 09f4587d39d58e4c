"""表样 on the page: upload, what the system made of it, put it right column by column, look at it, keep it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from components.file_tickets import XLSX
from components.forms import Filling, Pressed, form, press
from components.lists import Column, rows
from components.reports.reading import ReadSheet, best_layout, columns_of, letter, preview, told_once
from components.reports.trial import sheets_of, try_form
from components.reports.words import FACTS, heading
from components.wording import _, safe
from components.wording.dates import moment
from components.wording.terms import term
from db.rules.reports.excel_file import MOST_BYTES
from db.rules.reports.fields import LEDGERS, Fact
from db.rules.reports.form import FormLayout
from db.terms import LedgerKind

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MOST_FACTS = 4
ACROSS = 7
"""Columns of the specimen on the page; all of them are in the file."""


@dataclass(frozen=True, slots=True)
class Handed:
    """A file that was handed in, and the ledger that it is to be filled from."""

    name: str
    file_name: str
    file: bytes
    ledger: LedgerKind

    @property
    def kind(self) -> str:
        return self.file_name.rpartition(".")[2].lower()


def forms_table(forms: Sequence[Any]) -> None:
    """The forms in use, and those that were."""
    rows(
        [
            {
                "id": one.id, "name": one.name, "ledger": term(one.ledger), "file": one.file_name,
                "size": f"{-(-one.size // 1024)} KB", "by": one.uploaded_by, "at": moment(one.uploaded_at),
                "state": _("已停用") if one.retired else _("在用"),
            }
            for one in forms
        ],
        [
            Column("name", _("表样")), Column("ledger", _("从哪本台账取数"), "nowrap"), Column("file", _("文件")),
            Column("size", _("大小"), "nowrap"), Column("by", _("上传人"), "nowrap"),
            Column("at", _("启用时间"), "nowrap"), Column("state", _("状态"), "nowrap"),
        ],
        key="report_forms.rows",
        empty=_("还没有表样。把街道的空白表（.xlsx 或 .docx）传上来，对一次列，以后各社区一键交表。"),
        caption=_("表样"),
    )  # fmt: skip


def hand_in() -> tuple[Filling, Handed] | None:
    """The file, its name and its ledger: read as soon as they are there, kept by the second step."""
    with form("report_form") as filling:
        name = filling.line("name", _("表样名称"), placeholder=_("例如：每周走访台账"), autocomplete="off")
        ledger = filling.choice("ledger", _("从哪本台账取数"), list(LedgerKind), start=LedgerKind.VISITS, few=True)
        handed = st.file_uploader(
            _("街道的空白表样（.xlsx 或 .docx，最大 2 MB）"),
            type=["xlsx", "docx"],
            key=filling.key("file"),
            max_upload_size=-(-MOST_BYTES // (1024 * 1024)),
        )
        filling.slots["file"] = st.empty()
        pressed = filling.submit(_("识别表头"), icon=":material/table_view:")
    given = Handed(name, handed.name[-100:] if handed else "", handed.getvalue() if handed else b"",
                   ledger or LedgerKind.VISITS)  # fmt: skip
    return (filling, given) if pressed else None


def propose(handed: Handed) -> FormLayout:
    """What the file says by itself. Raises Refused for one that cannot be read."""
    if handed.kind == "docx":
        return FormLayout("docx")
    return best_layout(sheets_of(handed.file), handed.ledger)


def put_right(handed: Handed, proposed: FormLayout) -> tuple[Filling, FormLayout] | None:
    """Every column with the field that it takes, the rows and the single cells; the layout when it was confirmed."""
    st.subheader(_("核对：{name}", name=safe(handed.name)), anchor=False)
    if handed.kind == "docx":
        return _word_form(handed)
    sheets = {sheet.name: sheet for sheet in sheets_of(handed.file)}
    sheet = sheets.get(proposed.sheet) or next(iter(sheets.values()))
    with form("report_form_keep") as filling:
        with st.container(horizontal=True):
            head = filling.whole("head", _("表头最后一行"), least=1, most=400, start=proposed.head or None)
            first = filling.whole("first", _("第一行数据"), least=1, most=400, start=max(proposed.first, 0) or None)
            last = filling.whole("last", _("最后一行空白行"), least=0, most=800, start=max(proposed.last, 0) or None)
        st.caption(_("工作表“{sheet}”。空白行不够时自动加行，下面的合计和落款顺延。", sheet=safe(sheet.name)))
        columns = _columns(filling, sheet, proposed, handed.ledger)
        cells = _cells(filling)
        pressed = filling.submit(_("试填并启用"), icon=":material/check:")
    if not pressed:
        return None
    bounds = (head or 0, first or 0, last if last is not None else -1)
    return filling, FormLayout("xlsx", sheet.name, *bounds, columns=columns, cells=cells)


def _columns(filling: Filling, sheet: ReadSheet, proposed: FormLayout, ledger: LedgerKind) -> dict[int, str]:
    """One choice per column that has a heading, the proposal chosen already."""
    chosen: dict[int, str] = {}
    wide = len(sheet.grid[0]) if sheet.grid else 0
    named = columns_of(sheet, proposed.head) or dict.fromkeys(range(1, wide + 1), "")
    places = st.columns(3)
    for number, (column, text) in enumerate(list(named.items())[:24]):
        with places[number % 3]:
            key = filling.choice(
                f"column.{column}", f"{letter(column)} · {safe(text)}", LEDGERS[ledger],
                start=proposed.columns.get(column), show=heading, placeholder=_("不填"),
            )  # fmt: skip
        if key:
            chosen[column] = key
    return chosen


def _cells(filling: Filling) -> dict[str, str]:
    """Single cells by address; `{{period}}` written in the sheet needs none."""
    st.caption(_("单个格子（可不填）：写单元格地址。表样文字里写 {{period}} 这样的字段也行，见下方字段表。"))
    cells: dict[str, str] = {}
    places = st.columns(MOST_FACTS)
    for place, fact in zip(places, (Fact.PERIOD, Fact.COMMUNITY, Fact.TOTAL, Fact.DATE), strict=True):
        with place:
            address = filling.line(f"cell.{fact.value}", _(FACTS[fact]), placeholder="B2", autocomplete="off")
        if address.strip():
            cells[address.strip().upper()] = fact.value
    return cells


def _word_form(handed: Handed) -> tuple[Filling, FormLayout] | None:
    st.text(_("Word 表样用花括号里的字段取数，表格里循环一行。点“试填并启用”后按字段表检查。"))
    with form("report_form_keep") as filling:
        pressed = filling.submit(_("试填并启用"), icon=":material/check:")
    return (filling, FormLayout("docx")) if pressed else None


def specimen(handed: Handed, layout: FormLayout) -> bytes:
    """The form filled with samples; raises Refused when it cannot be."""
    return try_form(handed.file, layout, handed.ledger)


def show_specimen(form_file: Any, made: bytes) -> None:
    """How the form looks with masked rows in it; the file to take away holds samples alone."""
    kind, layout = form_file.layout.kind, form_file.layout
    if kind == "xlsx":
        titles, lines = told_once(preview(made, layout), layout.head)
        for title in titles:
            st.text(title, text_alignment="center")
        width = min(max((len(line) for line in lines), default=0), ACROSS)
        rows(
            [{str(column): line[column] for column in range(width)} for line in lines],
            [Column(str(column), letter(column + 1), "text") for column in range(width)],
            key="report_forms.specimen",
            empty="",
            caption=_("样张"),
        )
    st.download_button(
        _("下载样张（示例数据）"),
        try_form(form_file.file, layout, form_file.ledger),
        file_name=f"{form_file.name}-{_('样张')}.{kind}",
        mime=XLSX if kind == "xlsx" else WORD,
        key="report_forms.download",
        icon=":material/description:",
        on_click="ignore",
    )


def retire(form_row: Any) -> Pressed | None:
    """The button that takes a form out of use."""
    return press(f"retire.{form_row.id}", _("停用“{name}”", name=safe(form_row.name)), icon=":material/undo:")


def fields_table(ledger: LedgerKind) -> None:
    """What can be written in braces: facts anywhere, fields in a Word table's repeating row."""
    said = [
        {"id": fact.value, "written": f"{{{{ {fact.value} }}}}", "words": _(words)} for fact, words in FACTS.items()
    ]
    looped = [
        {
            "id": f"row.{key}",
            "written": f"{{{{ row.{key} }}}}",
            "words": _("{field}（Word 表格的循环行里）", field=heading(key)),
        }
        for key in LEDGERS[ledger]
    ]
    loop = {"id": "for", "written": "{%tr for row in rows %} … {%tr endfor %}", "words": _("循环标记，各占表格一行")}
    rows(
        [*said, loop, *looped],
        [Column("written", _("写法")), Column("words", _("含义"))],
        key="report_forms.fields", empty="", caption=_("可用的字段"),
    )  # fmt: skip
