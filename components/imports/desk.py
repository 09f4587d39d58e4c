"""导入 at the desk: take a file, see how its columns were understood, put wrong cells right, look before it is in."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import pandas as pd
import streamlit as st
from streamlit.elements.lib.column_config_utils import ColumnConfigMappingInput

from components.acting import Request
from components.address import text_in_address, to_address
from components.forms import Pressed, press
from components.imports.names import edits_of, name_answers, strangers
from components.imports.read_sheet import read_sheet
from components.imports.read_sheet_marks import address
from components.imports.same_doors import same_doors
from components.imports.template import options_of
from components.imports.words import brought_words, heading
from components.lists import Column, rows
from components.refusals.imports import cell_words, sheet_words
from components.wording import _, in_a_row, labelled, noted, safe
from components.wording.terms import term
from db.actions.imports.imports import import_rows
from db.queries.imports.imports import Choice, Remembered
from db.rules.imports.cells import Book
from db.rules.imports.column_match import better_kind, guess, headings_hash, knows
from db.rules.imports.fields import FIELDS, ImportField
from db.rules.imports.rows import CellFault, Checked, check_rows, take_rows
from db.rules.imports.sheet import MOST_BYTES, BadSheet, Heading, Sheet, cell, find_heading, shown
from db.terms import ImportKind

WORK = "_import.work"
SWITCH = "_import.switch"
"""The kind that the next run starts with: a widget takes another value only before it is drawn."""
EDITED_MOST = 200
LOOKED_AT = 5
WHOLE = ("number", "phone", "on", "due", "name")
"""Fields whose text is not broken into two lines."""
Key = tuple[tuple[tuple[str, int], ...], tuple[tuple[str, str], ...], bool]
"""How the columns were understood, and whether hidden rows stay out, as a value that can be compared."""
FALLBACKS = ("place", "category", "branch")
"""Fields for which one answer may stand for every row that has none that we know."""


@dataclass
class Work:
    """One file on the desk; kept in the session of its user while the file lies in the uploader, and nowhere else."""

    kind: ImportKind
    file_name: str
    sha256: str
    sheet: Sheet
    heading: Heading
    edits: dict[int, dict[str, str]] = field(default_factory=dict)
    skipped: bool = False
    round: int = 0
    taken: tuple[Key, list[dict[str, str]], list[int]] | None = None
    checked: tuple[tuple[Key, int, date], Checked] | None = None

    @property
    def headings_hash(self) -> str:
        """Under which these headings are known again."""
        return headings_hash(self.heading.names)


def choose_kind(kinds: Sequence[ImportKind]) -> ImportKind:
    """What the file is about, held in the address."""
    wanted = st.session_state.pop(SWITCH, None)
    if wanted in kinds:
        st.session_state["import.kind"] = wanted
    held = text_in_address("kind")
    start = next((kind for kind in kinds if kind.value == held), kinds[0])
    if "import.kind" not in st.session_state:
        st.session_state["import.kind"] = start
    pressed = st.segmented_control(_("导入什么"), list(kinds), format_func=term, required=True, key="import.kind")
    kind = pressed or start
    to_address("kind", kind.value)
    return kind


def choose_body(bodies: Sequence[Choice]) -> int | None:
    """Whose seats the list fills."""
    if not bodies:
        return None
    names = {one.id: one.name for one in bodies}
    chosen: int | None = st.selectbox(_("哪个议事机构"), list(names), format_func=names.__getitem__, key="import.body")
    return chosen


def put_away() -> None:
    """Forget the file."""
    st.session_state.pop(WORK, None)


def take_file(kind: ImportKind, number: int) -> Work | None:
    """The file that lies on the desk, read once; None without one, or after saying why it was not read."""
    handed = st.file_uploader(
        _("上传表格（.xlsx、.xls、.ods、.csv，最大 {size} MB）", size=MOST_BYTES // 1024**2),
        type=["xlsx", "xlsm", "xls", "xlsb", "ods", "csv", "txt"],
        key=f"import.file.{number}",
        max_upload_size=MOST_BYTES // 1024**2,
        help=_("您自己的表格可以直接上传，不必先改成我们的格式。"),
    )
    if handed is None:
        put_away()
        return None
    content = handed.getvalue()
    digest = hashlib.sha256(content).hexdigest()
    work: Work | None = st.session_state.get(WORK)
    wanted = st.session_state.get("import.sheet", "")
    same = work is not None and work.sha256 == digest
    if work is not None and same and wanted in ("", work.sheet.name):
        if work.kind is not kind:
            # Taken for another kind of list: the file stays where it is and is not read again.
            work = laid(kind, handed.name, digest, work.sheet)
        return work
    try:
        with st.spinner(_("正在读取文件…")):
            sheet = read_sheet(content, wanted if same else "")
    except BadSheet as bad:
        put_away()
        st.error(sheet_words(bad), icon=":material/error:")
        return None
    if not same:
        st.session_state.pop("import.sheet", None)
    return laid(kind, handed.name, digest, sheet)


def laid(kind: ImportKind, name: str, digest: str, sheet: Sheet) -> Work:
    """Lay a table on the desk as this kind of list."""
    work = Work(kind, name, digest, sheet, find_heading(sheet.rows, knows(kind)))
    st.session_state[WORK] = work
    return work


def offer_kind(work: Work, kinds: Sequence[ImportKind]) -> None:
    """Say when the headings are those of another kind of list, and switch with one press; the file stays."""
    found = better_kind(work.kind, work.sheet.rows)
    if found is None or found not in kinds:
        return
    st.info(_("这张表的表头像是“{kind}”。", kind=term(found)), icon=":material/lightbulb:")
    if st.button(_("改为导入“{kind}”", kind=term(found)), icon=":material/swap_horiz:", key="import.switch"):
        st.session_state[SWITCH] = found
        st.rerun()


def choose_sheet(work: Work) -> None:
    """Another sheet of the same file."""
    if len(work.sheet.sheets) > 1:
        at = work.sheet.sheets.index(work.sheet.name)
        st.selectbox(_("工作表"), list(work.sheet.sheets), index=at, key="import.sheet")


# --- columns ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Understood:
    """Field → column, field → what stands in every row without one, and instead of what is not in our book."""

    columns: dict[str, int]
    fixed: dict[str, str]


def match_columns(work: Work, before: Remembered | None, book: Book) -> Understood:
    """How the columns were understood, to be corrected; `before` is what was kept for the same headings."""
    names = work.heading.names
    known = before or Remembered()
    start = guess(work.kind, names) | {key: at for key, at in known.columns.items() if at < len(names)}
    fields = FIELDS[work.kind]
    missing = [one for one in fields if one.needed and one.key not in start]
    said = _("栏目对应：认出 {found} 个，共 {all} 个", found=len(start), all=len(fields))
    columns: dict[str, int] = {}
    fixed: dict[str, str] = {}
    with st.expander(said, icon=":material/view_column:", expanded=bool(missing) or not start):
        if before:
            st.caption(_("按上次同样表头的对应方式。"))
        parts = st.columns(3)
        for at, one in enumerate(fields):
            with parts[at % 3]:
                chosen = _one_column(work, one, start.get(one.key))
                if chosen is not None:
                    columns[one.key] = chosen
        for one in fields:
            if one.key in FALLBACKS and one.from_book:
                text = _one_for_all(work, one, options_of(one, book), known.fixed.get(one.key))
                if text:
                    fixed[one.key] = text
    return Understood(columns, fixed)


def _one_column(work: Work, one: ImportField, start: int | None) -> int | None:
    names, first = work.heading.names, work.sheet.rows[work.heading.data_at : work.heading.data_at + 1]

    def show(column: int) -> str:
        sample = shown(cell(first[0], column), 12) if first else ""
        called = names[column] or _("第 {n} 列", n=column + 1)
        return noted(called, sample) if sample else called

    label = heading(one) + (" *" if one.needed else "")
    options = list(range(len(names)))
    return st.selectbox(
        label,
        options,
        index=start if start in options else None,
        format_func=show,
        placeholder=_("没有这一栏"),
        key=f"import.column.{work.kind.value}.{one.key}.{work.sha256[:8]}",
    )


def _one_for_all(work: Work, one: ImportField, offered: Sequence[str], start: str | None) -> str | None:
    return st.selectbox(
        _("{field}没有填或认不出时，一律算作", field=heading(one)),
        list(offered),
        index=list(offered).index(start) if start is not None and start in offered else None,
        placeholder=_("不，逐行提示我改"),
        key=f"import.fixed.{work.kind.value}.{one.key}.{work.sha256[:8]}",
    )


# --- rows ---------------------------------------------------------------------------------------------


def look_through(
    work: Work, how: Understood, book: Book, *, leave_hidden: bool = False
) -> tuple[list[dict[str, str]], list[int], Checked]:
    """The rows as texts with what was put right, their numbers in the file, and what is wrong with them.

    Taken and checked anew only when something changed: a press elsewhere on the page costs nothing.
    """
    key = (tuple(sorted(how.columns.items())), tuple(sorted(how.fixed.items())), leave_hidden)
    if work.taken is None or work.taken[0] != key:
        taken = take_rows(work.sheet, work.heading.data_at, how.columns, how.fixed, leave_hidden=leave_hidden)
        work.taken = (key, *taken)
        work.edits.clear()
        work.checked = None
    texts, numbers = work.taken[1], work.taken[2]
    edited = (key, work.round, book.today)
    if work.checked is None or work.checked[0] != edited:
        for at, cells in work.edits.items():
            texts[at] = texts[at] | cells
        work.checked = (edited, check_rows(work.kind, texts, book, unknown=how.fixed))
    return texts, numbers, work.checked[1]


def preview(work: Work, texts: Sequence[Mapping[str, str]], numbers: Sequence[int]) -> None:
    """The first rows as they were understood; telephone numbers and rooms in running text masked."""
    used = [one for one in FIELDS[work.kind] if any(one.key in row for row in texts[:LOOKED_AT])]
    items = [
        {"n": str(number), **{one.key: shown(row.get(one.key, ""), 24) for one in used}}
        for row, number in zip(texts[:LOOKED_AT], numbers, strict=False)
    ]
    rows(
        items,
        [
            Column("n", _("行"), "nowrap"),
            *(Column(one.key, heading(one), "nowrap" if one.key in WHOLE else "text") for one in used),
        ],
        key="import.preview",
        empty=_("表头下面没有内容。"),
        caption=_("前几行"),
    )


def put_right(
    work: Work,
    how: Understood,
    texts: Sequence[Mapping[str, str]],
    numbers: Sequence[int],
    checked: Checked,
    book: Book,
) -> bool:
    """The rows with something wrong, to be edited in place; True when the user wants them checked again."""
    faults: dict[int, list[CellFault]] = {}
    for fault in checked.faults:
        faults.setdefault(fault.row, []).append(fault)
    listed = list(faults)[:EDITED_MOST]
    st.warning(
        _("{count} 行有问题。双击格子改正，改完点“重新检查”。", count=len(faults))
        + (_("先列出前 {most} 行。", most=EDITED_MOST) if len(faults) > EDITED_MOST else ""),
        icon=":material/edit:",
    )
    answers = name_answers(
        work.kind, strangers(work.kind, checked), book, key=f"import.name.{work.sha256[:8]}.{work.round}"
    )
    keys = {fault.field for at in listed for fault in faults[at]}
    fields = [one for one in FIELDS[work.kind] if one.key in keys]
    frame = pd.DataFrame(
        [
            {
                "n": numbers[at],
                "why": in_a_row(labelled(_where(work, how, numbers[at], one), cell_words(one)) for one in faults[at]),
                **{one.key: texts[at].get(one.key, "") for one in fields},
            }
            for at in listed
        ]
    )
    config: ColumnConfigMappingInput = {
        "n": st.column_config.NumberColumn(_("行"), width="small", format="%d"),
        "why": st.column_config.TextColumn(_("问题"), width="large"),
        **{one.key: st.column_config.TextColumn(heading(one)) for one in fields},
    }
    edited = st.data_editor(
        frame, key=f"import.edit.{work.sha256[:8]}.{work.round}", hide_index=True, disabled=["n", "why"],
        column_config=config, width="stretch", num_rows="fixed",
    )  # fmt: skip
    if not st.button(_("重新检查"), icon=":material/refresh:", key="import.recheck"):
        return False
    for at, cells in edits_of(answers, checked, texts).items():
        work.edits[at] = work.edits.get(at, {}) | cells
    note_edits(work, listed, frame, edited, [one.key for one in fields])
    return True


def _where(work: Work, how: Understood, number: int, fault: CellFault) -> str:
    """The field of a fault and the cell that it stands in, as the user's own program calls it."""
    named = next(heading(one) for one in FIELDS[work.kind] if one.key == fault.field)
    column = how.columns.get(fault.field)
    return named if column is None else noted(named, address((number - 1, work.sheet.first_column + column)))


def note_edits(
    work: Work, listed: Sequence[int], before: pd.DataFrame, after: pd.DataFrame, keys: Sequence[str]
) -> None:
    """Keep what was typed into the table of wrong rows."""
    for place, at in enumerate(listed):
        for key in keys:
            was, now = str(before.iloc[place][key] or ""), str(after.iloc[place][key] or "")
            if was != now:
                work.edits.setdefault(at, {})[key] = now
    work.round += 1


def count_line(all_rows: int, faulty: int) -> None:
    """How many rows, and how many of them are right."""
    said = _("共 {all} 行，{good} 行可以导入，{bad} 行有问题。", all=all_rows, good=all_rows - faulty, bad=faulty)
    st.markdown(safe(said))


def rows_to_bring(
    work: Work, how: Understood, texts: Sequence[Mapping[str, str]], checked: Checked, *, name: str, button: str
) -> tuple[Pressed, dict[str, object], int] | None:
    """All the rows, or those that are right: the press, the values of the import and how many rows it brings.

    `name` begins the keys of the ticks, `button` is the key of the button.
    """
    faulty = checked.faulty_rows
    same_doors(checked.same_doors, work.taken[2] if work.taken else range(1, len(texts) + 1))
    skip = bool(faulty) and st.checkbox(_("跳过有问题的 {n} 行，只导入其余的", n=len(faulty)), key=f"{name}.skip")
    hotline = work.kind is ImportKind.HOTLINE
    as_needs = hotline and st.checkbox(_("登记为需求（不登记为投诉）"), key=f"{name}.as_needs")
    bad = set(faulty)
    ready = [row for at, row in enumerate(texts) if at not in bad] if skip else list(texts)
    go = press(button, _("导入 {n} 行", n=len(ready)), primary=True, icon=":material/upload:",
               disabled=not ready or (bool(faulty) and not skip))  # fmt: skip
    if not go:
        return None
    values: dict[str, object] = {
        "kind": work.kind,
        "file_name": work.file_name,
        "sha256": work.sha256,
        "rows": ready,
        "unknown": how.fixed,
        "as_needs": as_needs,
    }
    return go, values, len(ready)


def bring_in(
    work: Work, how: Understood, texts: Sequence[Mapping[str, str]], checked: Checked, *, body_id: int | None
) -> Request | None:
    """Bring in all the rows, or those that are right: all of them, or nothing and the reason."""
    chosen = rows_to_bring(work, how, texts, checked, name="import", button="import_rows")
    if chosen is None:
        return None
    go, values, count = chosen
    values |= {"body_id": body_id, "progress": _progress_of(2 * count)}
    return Request(go, import_rows, brought_words, values)


def _progress_of(total: int) -> Callable[[int], None]:
    """A bar that an action moves."""
    bar = st.progress(0.0, text=_("正在写入…"))

    def tell(written: int) -> None:
        bar.progress(min(written / max(total, 1), 1.0), text=_("已写入 {n} 条", n=written))

    return tell
