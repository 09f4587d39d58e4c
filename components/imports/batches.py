"""Past batches, and the form that takes one back."""

from collections.abc import Sequence

import streamlit as st

from components.acting import Request
from components.forms import form
from components.lists import Column, rows
from components.wording import _
from components.wording.dates import near
from components.wording.terms import term
from db.actions.imports.imports import undo_import
from db.queries.imports.imports import BatchRow


def batches_table(found: Sequence[BatchRow]) -> None:
    """The batches, newest first."""
    rows(
        [
            {
                "number": str(one.id),
                "kind": term(one.kind),
                "name": one.file_name,
                "rows": one.rows,
                "by": one.made_by,
                "at": near(one.made_at),
                "undone": _("{at} 撤销：{reason}", at=near(one.undone_at), reason=one.reason) if one.undone_at else "",
            }
            for one in found
        ],
        [
            Column("number", _("批次"), "nowrap"),
            Column("kind", _("内容"), "nowrap"),
            Column("name", _("文件"), "wide"),
            Column("rows", _("行数"), "number"),
            Column("by", _("导入人"), "nowrap"),
            Column("at", _("时间"), "nowrap"),
            Column("undone", _("撤销")),
        ],
        key="import.batches",
        empty=_("还没有导入过。"),
        caption=_("导入批次"),
    )


def undo_form(found: Sequence[BatchRow]) -> Request | None:
    """Take a batch back, with the reason."""
    standing = {one.id: one for one in found if one.undone_at is None}
    if not standing:
        return None

    def show(number: int) -> str:
        one = standing[number]
        return _(
            "第 {n} 批 · {kind} · {rows} 行 · {file}", n=number, kind=term(one.kind), rows=one.rows, file=one.file_name
        )

    with st.expander(_("撤销一批"), icon=":material/undo:"), form("undo_import", border=False) as filling:
        chosen = filling.choice("batch_id", _("哪一批"), list(standing), show=show)
        reason = filling.line("reason", _("撤销原因"), most=200)
        st.caption(_("整批撤销，不能只撤几行。已经有后续记录的不能撤销，会告诉您是哪些。"))
        pressed = filling.submit(_("撤销这一批"), icon=":material/undo:")
    if not pressed:
        return None
    version = standing[chosen].version if chosen in standing else 1
    values = {"batch_id": chosen, "version": version, "reason": reason}
    return Request(filling, undo_import, lambda gone: _("已撤销，{n} 条记录已收回", n=gone), values)
