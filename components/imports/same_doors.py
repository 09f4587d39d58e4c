"""Rows of a file that end in one door though their texts differ, side by side, before they are taken."""

from collections.abc import Sequence

import streamlit as st

from components.lists import Column, rows
from components.wording import _
from db.rules.imports.standing import SAME_MOST, SameDoor


def same_doors(found: Sequence[SameDoor], numbers: Sequence[int] | None = None) -> None:
    """The pairs, in the words of the file, and the door that both become; nothing without any.

    `numbers` are the rows' numbers in the user's own program; a pasted list counts its lines itself.

    Rooms are in clear: whoever brings the file has it open, and decides by them.
    """
    if not found:
        return
    said = _("写法不同、归到同一户的有 {n} 对，请核对", n=len(found)) if len(found) < SAME_MOST else _(
        "写法不同、归到同一户的很多，先列出 {n} 对，请核对", n=SAME_MOST
    )  # fmt: skip
    with st.expander(said, icon=":material/compare_arrows:", expanded=True):
        rows(
            [
                {
                    "first": _row(one.first, one.first_text, numbers),
                    "second": _row(one.second, one.second_text, numbers),
                    "door": f"{one.door.building}{one.door.stairwell}{one.door.room}",
                }
                for one in found
            ],
            [Column("first", _("一行")), Column("second", _("另一行")), Column("door", _("归到"), "nowrap")],
            key="import.same_doors",
            empty="",
            caption=_("归到同一户的行"),
        )
        st.caption(_("不是同一户的，请先改好门牌再导入。"))


def _row(at: int, text: str, numbers: Sequence[int] | None) -> str:
    return _("第 {row} 行：{text}", row=numbers[at] if numbers else at, text=text)
