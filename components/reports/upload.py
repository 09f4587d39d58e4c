"""表样 on the page: upload, what the system made of it, put it right column by column, look at it, keep it."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from components.acting import Request
from components.asking import ask
from components.file_tickets import XLSX
from components.forms import Filling, form
from components.lists import Column, rows
from components.refusals.shown import refusals_shown
from components.reports.reading import ReadSheet, best_layout, columns_of, letter, titles_and_lines
from components.reports.trial import check, check_formulas, sheets_of, try_form
from components.reports.words import FACTS, heading
from components.wording import _, bare, safe
from components.wording.dates import near
from components.wording.terms import term
from db.actions.reports.forms import retire_report_form, set_report_form
from db.errors import BadInput, Problem
from db.queries.reports.forms import FormFile, FormRow
from db.rules.reports.excel_file import MOST_BYTES
from db.rules.reports.fields import LEDGERS, Fact
from db.rules.reports.form import FormLayout
from db.terms import LedgerKind

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MOST_FACTS = 4
ACROSS = 7
"""Columns of the specimen on the page; all of them are in the file."""
_HELD = "_report_form"


@dataclass(frozen=True, slots=True)
class Handed:
    """A file that was handed in, and the ledger that it is to be filled from."""

    name: str
    file_name: str
    file: bytes
    ledger: LedgerKind

    @property
    def kind(self) -> str:
        """xlsx | docx"""
        return self.file_name.rpartition(".")[2].lower()


def forms_table(forms: Sequence[FormRow]) -> None:
    """The forms in use, and those that were."""
    rows(
        [
            {
                "id": one.id, "name": one.name, "ledger": term(one.ledger), "file": one.file_name,
                "size": f"{-(-one.size // 1024)} KB", "by": one.uploaded_by, "at": near(one.uploaded_at),
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


def hand_in() -> None:
    """The file, its name and its ledger; what was read of it is `in_hand` until the second step keeps it."""
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
    if not pressed:
        return
    st.session_state.pop(_HELD, None)
    given = Handed(name, handed.name[-100:] if handed else "", handed.getvalue() if handed else b"",
                   ledger or LedgerKind.VISITS)  # fmt: skip
    with refusals_shown(filling):
        if not given.name.strip():
            raise BadInput("name", Problem.EMPTY)
        check(given.file, given.kind)
        st.session_state[_HELD] = (given, propose(given))
        for key in [key for key in st.session_state if str(key).startswith("report_form_keep.")]:
            del st.session_state[key]


def in_hand() -> tuple[Handed, FormLayout] | None:
    """The file that was handed in, with the layout that the system proposes for it."""
    held: tuple[Handed, FormLayout] | None = st.session_state.get(_HELD)
    return held


def propose(handed: Handed) -> FormLayout:
    """What the file says by itself. Raises Refused for one that cannot be read."""
    if handed.kind == "docx":
        return FormLayout("docx")
    return best_layout(sheets_of(handed.file), handed.ledger)


def put_right(handed: Handed, proposed: FormLayout) -> Request | None:
    """Correct the proposed layout, column by column, and put the form in use; it is tried out before."""
    st.header(_("核对：{name}", name=safe(handed.name)), anchor=False)
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
    return _keep(filling, handed, FormLayout("xlsx", sheet.name, *bounds, columns=columns, cells=cells))


def _keep(filling: Filling, handed: Handed, layout: FormLayout) -> Request:
    values = {"name": handed.name, "ledger": handed.ledger, "file_name": handed.file_name, "file": handed.file}

    def tried() -> None:
        try_form(handed.file, layout, handed.ledger)
        check_formulas(handed.file, layout)

    def look(form_id: int) -> None:
        st.session_state["report_forms.look"] = form_id
        st.session_state.pop(_HELD)

    return Request(
        filling,
        set_report_form,
        _("表样已启用，各社区的“交表”里已能选到。"),
        values | {"layout": layout.to_json()},
        before=tried,
        after=look,
    )


def _columns(filling: Filling, sheet: ReadSheet, proposed: FormLayout, ledger: LedgerKind) -> dict[int, str]:
    """One choice per column that has a heading, the proposal chosen already."""
    chosen: dict[int, str] = {}
    wide = len(sheet.grid[0]) if sheet.grid else 0
    named = columns_of(sheet, proposed.head) or dict.fromkeys(range(1, wide + 1), "")
    places = st.columns(3)
    for number, (column, text) in enumerate(list(named.items())[:24]):
        with places[number % 3]:
            key = filling.choice(
                f"column.{column}", f"{letter(column)} · {bare(text)}", LEDGERS[ledger],
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


def _word_form(handed: Handed) -> Request | None:
    st.text(_("Word 表样用花括号里的字段取数，表格里循环一行。点“试填并启用”后按字段表检查。"))
    with form("report_form_keep") as filling:
        pressed = filling.submit(_("试填并启用"), icon=":material/check:")
    return _keep(filling, handed, FormLayout("docx")) if pressed else None


def show_specimen(form_file: FormFile, shown: list[list[str]], samples: bytes) -> None:
    """How the form looks with masked rows in it; the file to take away holds samples alone."""
    kind, layout = form_file.layout.kind, form_file.layout
    if kind == "xlsx":
        titles, lines = titles_and_lines(shown, layout.head)
        for title in titles:
            st.text(title, text_alignment="center")
        width = min(max((len(line) for line in lines), default=0), ACROSS)
        rows(
            [{str(column): line[column] for column in range(width)} for line in lines],
            [Column(str(column), letter(column + 1), "text") for column in range(width)],
            key="report_forms.specimen",
            empty="",
            caption=_("样张"),
            short=True,
        )
    st.download_button(
        _("下载样张（示例数据）"),
        samples,
        file_name=f"{form_file.name}-{_('样张')}.{kind}",
        mime=XLSX if kind == "xlsx" else WORD,
        key="report_forms.download",
        icon=":material/description:",
        on_click="ignore",
    )


def retire(form_row: FormRow) -> Request | None:
    """The button that takes a form out of use."""
    does = _("以后不能再按这张表样出表，已经出过的表不变。要再用，请重新上传。")
    label = _("停用“{name}”", name=safe(form_row.name))
    pressed = ask(f"retire.{form_row.id}", label, does, _("停用表样"), icon=":material/undo:")
    return Request(pressed, retire_report_form, _("表样已停用。"), {"form_id": form_row.id}) if pressed else None


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
