"""What a file holds beside its values, said before it is taken: rows that its filter hides, cells that are pictures."""

from collections.abc import Sequence

import streamlit as st

from components.imports.desk import Work
from components.wording import _, side_by_side
from db.rules.imports.runs import runs_of

NAMED_MOST = 12


def hidden_rows(work: Work) -> bool:
    """Name the rows that nobody sees who looks at the table; True to leave them out."""
    sheet = work.sheet
    places = [at for at in sheet.hidden if at >= work.heading.data_at and any(text.strip() for text in sheet.rows[at])]
    if not places:
        return False
    runs = runs_of(sheet.first_row + at for at in places)
    named = _some([str(first) if first == last else f"{first}–{last}" for first, last in runs])
    st.warning(
        _("表格里有 {n} 行被筛选或隐藏：第 {rows} 行。不勾选下面这一项，就会一起导入。", n=len(places), rows=named),
        icon=":material/visibility_off:",
    )
    return st.checkbox(_("不导入隐藏的 {n} 行", n=len(places)), key=f"import.hidden.{work.sha256[:8]}.{sheet.name}")


def pictures_line(work: Work) -> None:
    """Say which cells are pictures: they come in empty."""
    cells = work.sheet.pictures
    if cells:
        said = _("{n} 个单元格是图片（{cells}），按空白导入。", n=len(cells), cells=_some(cells))
        st.info(said, icon=":material/image:")


def _some(names: Sequence[str]) -> str:
    return side_by_side(names[:NAMED_MOST]) + ("…" if len(names) > NAMED_MOST else "")
