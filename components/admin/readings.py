"""The readings of names on the settings page: those of the subdistrict, those that hold everywhere, and a new one."""

from collections.abc import Sequence

import streamlit as st

from components.acting import Request
from components.forms import form, press
from components.lists import Column, rows
from components.wording import _, side_by_side
from components.wording.terms import term
from db.actions.admin.readings import add_reading, drop_reading
from db.queries.admin.readings import ReadingRow
from db.rules.readings import AFTER_SURNAME, BUILT_IN, MOST_CHARACTERS, MOST_SOUNDS
from db.terms import ReadingKind


def readings_part(own: Sequence[ReadingRow]) -> Request | None:
    """How names are read here, one to take away, and a new one."""
    lines = [
        {"id": one.id, "written": one.written, "sounds": one.sounds, "kind": term(one.kind), "by": _("本街道")}
        for one in own
    ] + [
        {"id": f"built.{number}", "written": one.written, "sounds": " ".join(one.syllables), "kind": term(one.kind),
         "by": _("内置")}
        for number, one in enumerate(BUILT_IN)
    ]  # fmt: skip
    columns = [
        Column("written", _("文字")), Column("sounds", _("读作")), Column("kind", _("类型"), "nowrap"),
        Column("by", _("来源"), "nowrap"),
    ]  # fmt: skip
    st.caption(_("用拼音或首字母查需求时，下列名称也按这里的读音找得到；原来的读音照样有效。"))
    with form("reading_new") as filling:
        kind = filling.choice("kind", _("类型"), list(ReadingKind), few=True)
        written = filling.line("written", _("文字"), most=MOST_CHARACTERS, help=_("地名至少两个字；姓氏一到两个字。"))
        sounds = filling.line(
            "sounds", _("读作"), most=MOST_SOUNDS, help=_("每个字一个拼音，中间空一格，如 zhao yang；ü 写 v。")
        )
        st.caption(_("姓氏的读音用在这些字前面：{after}", after=side_by_side(AFTER_SURNAME)))
        added = filling.submit(_("新增"))
    request = _to_drop(own)
    rows(lines, columns, key="settings.readings", empty="", caption=_("读音"))
    if added:
        values = {"kind": kind, "written": written, "sounds": sounds}
        return Request(filling, add_reading, _("已保存，相关需求现在就能按这个读音查到。"), values)
    return request


def _to_drop(own: Sequence[ReadingRow]) -> Request | None:
    by_id = {one.id: one for one in own}
    if not by_id:
        return None
    chosen = st.selectbox(
        _("删除哪个读音"),
        list(by_id),
        index=None,
        key="settings.reading",
        placeholder=_("请选择"),
        format_func=lambda key: f"{by_id[key].written} {by_id[key].sounds}",
    )
    if chosen not in by_id:
        return None
    pressed = press(f"reading.{chosen}.drop", _("删除这个读音"), icon=":material/delete:")
    return Request(pressed, drop_reading, _("已删除，并记入审计日志。"), {"reading_id": chosen}) if pressed else None
