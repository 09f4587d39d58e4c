"""核对会议纪要: the head of the log that a paper prints, compared with the log as it is now."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from components.forms import form
from components.lists import Column, rows
from components.wording import _
from components.wording.dates import near
from db.queries.admin.audit_log import PrintedHead

_CODE = re.compile(r"[0-9a-f]{64}")


def heads_table(heads: Sequence[PrintedHead]) -> None:
    """What the minutes of the last meetings print, each with what the log says to it."""
    rows(
        [
            {
                "meeting": head.meeting,
                "community": head.community,
                "closed": near(head.closed_at) if head.closed_at else "",
                "entries": head.entries,
                "code": f"{head.hash[:16]}…",
                "holds": _("相符") if head.holds else _("不符"),
            }
            for head in heads
        ],
        [
            Column("meeting", _("会议")),
            Column("community", _("社区"), "nowrap"),
            Column("closed", _("闭会时间"), "nowrap"),
            Column("entries", _("闭会时末条"), "number"),
            Column("code", _("校验码"), "nowrap"),
            Column("holds", _("与日志"), "nowrap"),
        ],
        key="audit.heads",
        empty=_("闭会以后，会议纪要末页印有当时日志末条的校验码，会列在这里逐场核对。"),
        caption=_("会议纪要的校验码"),
    )


@dataclass(frozen=True, slots=True)
class PrintedCode:
    """What printed minutes say of the log: how many entries it had, and the code of the last one."""

    entries: int
    code: str


def paper_form() -> PrintedCode | None:
    """Type in what printed minutes say, to compare it with the log as it is now."""
    with form("audit.paper", border=False) as filling, st.container(horizontal=True, vertical_alignment="bottom"):
        entries = filling.whole("entries", _("纪要上的条数"), least=1, most=10**12)
        typed = filling.line("code", _("纪要上的校验码（64 位）"), most=200)
        pressed = filling.submit(_("核对纪要"), icon=":material/fact_check:")
    if not pressed:
        return None
    code = re.sub(r"\s", "", typed).lower()
    if entries is None:
        filling.problem("entries", _("请填写条数。"))
        return None
    if not _CODE.fullmatch(code):
        filling.problem("code", _("校验码是 64 位，由 0–9 和 a–f 组成：请对照纪要末页重新输入。"))
        return None
    return PrintedCode(entries, code)


def paper_verdict(printed: PrintedCode, held: bool | None) -> None:
    """Whether the log has what the minutes print; None means that it has no entry of this number."""
    n = printed.entries
    if held is None:
        st.error(_("日志里没有第 {n} 条：日志可能被截短，请保留现场。", n=n), icon=":material/error:")
    elif held:
        st.success(_("相符：第 {n} 条与纪要一致。再核验整条链，就能证明闭会以前的记录都没有改过。", n=n),
                   icon=":material/verified:")  # fmt: skip
    else:
        st.error(_("不符：第 {n} 条的校验码与纪要不同。先查是否输错，再核验整条链。", n=n), icon=":material/error:")
