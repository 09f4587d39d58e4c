"""服务日志 on the screen: the list, drafting from a record, one entry with its checks, its acts and where it went."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from components.acting import Request
from components.address import to_address
from components.detail import Step, happened
from components.file_button import to_copy
from components.forms import Filling, form, press
from components.lists import Column, rows
from components.results.diary_words import outlets_line, paste_text, pointer_words
from components.wording import _, in_a_row, safe
from components.wording.dates import near
from components.wording.terms import term
from db.actions.results.diary import (
    amend_entry,
    approve_entry,
    draft_entry,
    return_entry,
    submit_entry,
    take_down,
    take_entry,
    withdraw_entry,
)
from db.queries.results.diary import Entry, EntryRow, Quote
from db.queries.results.diary_sources import Told
from db.rules.results.diary import MOST_TITLE, DiaryEvent, DiaryInput, Pointer, after
from db.terms import DiarySource, DiaryState

E = DiaryEvent
PAGE_OF = {
    DiarySource.ACTIVITY: "activity",
    DiarySource.ORDER: "order",
    DiarySource.KEEPING: "commitment",
    DiarySource.PROJECT: "project",
}
"""Where the record of an entry has its page."""


def diary_list(found: Sequence[EntryRow], *, key: str = "diary.list") -> None:
    """Entries, the newest first; what cannot stand any longer says why."""
    rows(
        [
            {
                "id": one.id,
                "title": one.title,
                "on": near(one.on),
                "source": one.source,
                "state": one.state,
                "by": one.written_by,
                "note": _note(one),
            }
            for one in found
        ],
        [
            Column("title", _("标题"), "wide"),
            Column("on", _("日期"), "nowrap"),
            Column("source", _("来自")),
            Column("state", _("状态")),
            Column("by", _("执笔")),
            Column("note", _("说明")),
        ],
        key=key,
        page="diary",
        empty=_("还没有服务日志。按“从记录起草”，选一条已办完的记录。"),
        caption=_("服务日志"),
    )


def _note(one: EntryRow) -> str:
    parts = [term(one.trouble)] if one.trouble is not None and one.state is not DiaryState.WITHDRAWN else []
    if one.standing:
        parts.append(_("刊登 {n} 处", n=one.standing))
    return in_a_row(parts)


def removal_first(found: Sequence[EntryRow]) -> None:
    """Before anything else: what must be taken down somewhere."""
    if not found:
        return
    st.error(_("有 {n} 篇已经刊登的日志须撤下，请逐篇打开，到刊登处撤下后登记。", n=len(found)),
             icon=":material/priority_high:")  # fmt: skip
    diary_list(found, key="diary.removal")


def words_fields(filling: Filling, start: DiaryInput, quotes: Sequence[Quote]) -> DiaryInput:
    """Title, day, words, and which quotes stand below them."""
    title = filling.line("title", _("标题"), most=MOST_TITLE, start=start.title)
    on = filling.day("on", _("哪天的事"), start=start.on)
    body = filling.words("body", _("正文（不写姓名、电话、门牌）"), start=start.body, height=220)
    chosen: list[int] = []
    if quotes:
        said = {one.id: f"“{one.words}” {one.called}" for one in quotes}
        held = [one for one in start.quote_ids if one in said]
        label = _("引用原话（都有本人同意）")
        chosen = filling.several("quote_ids", label, list(said), start=held, show=lambda one: said.get(one, ""))
    return DiaryInput(title, on, body, tuple(chosen))


def draft_form(told: Told, start: DiaryInput, quotes: Sequence[Quote]) -> Request | None:
    """A draft from a record: filled in already, stored at one press."""
    with form(f"draft_entry.{told.source.value}.{told.id}") as filling:
        given = words_fields(filling, start, quotes)
        pressed = filling.submit(_("存为草稿"), icon=":material/edit_note:")
    values = {"source": told.source, "record_id": told.id, "given": given}
    return Request(filling, draft_entry, _("草稿已存，可以再改，再送审"), values, after=_open) if pressed else None


def _open(number: object) -> None:
    to_address("id", number)


def entry_head(entry: Entry) -> None:
    """What must be known first: why it cannot stand, where it stands; then the facts."""
    row = entry.row
    live = row.state is not DiaryState.WITHDRAWN
    if live and row.trouble is not None:
        st.error(safe(_("{why}：这一篇不能再用。", why=term(row.trouble))), icon=":material/block:")
    if entry.standing and (row.trouble is not None or not live):
        st.error(safe(_("还刊登在：{where}。请到这些地方撤下，并在下面登记。", where=outlets_line(entry))),
                 icon=":material/priority_high:")  # fmt: skip
    if entry.reason and row.state in (DiaryState.DRAFT, DiaryState.WITHDRAWN):
        said = _("退回：{reason}", reason=entry.reason) if live else _("撤下原因：{reason}", reason=entry.reason)
        st.warning(safe(said), icon=":material/reply:")
    rows(
        [
            {"of": entry.commitment_id or entry.record_id, "what": _("依据的记录"), "said": term(row.source)},
            {"what": _("执笔"), "said": row.written_by},
            {"what": _("审核"), "said": entry.reviewed_by or "—"},
        ],
        [Column("what", _("项目")), Column("said", _("内容"), "wide")],
        key="diary.facts", empty="", caption=_("这一篇"), page=PAGE_OF[row.source], value="of", facts=True,
    )  # fmt: skip


def entry_text(entry: Entry) -> None:
    """The words, ready to be copied when they may be."""
    if entry.row.state in (DiaryState.APPROVED, DiaryState.TAKEN) and entry.row.trouble is None:
        st.caption(_("下面的文字可以直接复制粘贴；电话、门牌已遮盖，同意已撤回的原话不在里面。"))
        to_copy(paste_text(entry), key="diary.paste")
    else:
        st.text(paste_text(entry))


def entry_checks(found: Sequence[Pointer]) -> None:
    """Where the words point at a person."""
    if not found:
        st.success(_("没有发现电话、证件号、门牌，也没有名册上的姓名。"), icon=":material/verified_user:")
        return
    lines = "\n".join(f"- {safe(pointer_words(one))}" for one in found[:20])
    st.warning(f"{_('请逐处核对：')}\n{lines}", icon=":material/person_search:")


def entry_acts(entry: Entry, start: DiaryInput, quotes: Sequence[Quote]) -> Request | None:
    """Send a draft for review, or give it other words."""
    seen: dict[str, object] = {"entry_id": entry.row.id, "version": entry.version}
    request = None
    if after(E.SUBMIT, entry.row.state):
        if pressed := press(f"diary.submit.{entry.row.id}", _("送审"), primary=True, icon=":material/send:"):
            request = Request(pressed, submit_entry, _("已送审"), seen)
        with st.expander(_("修改"), icon=":material/edit:"), form(f"amend_entry.{entry.row.id}", border=False) as one:
            given = words_fields(one, start, quotes)
            if one.submit(_("保存"), icon=":material/save:"):
                request = Request(one, amend_entry, _("已保存"), seen | {"given": given})
    return request


def review_acts(entry: Entry, found: Sequence[Pointer], *, own: bool, today: date) -> Request | None:
    """Approve, give back, say where it went, take it back."""
    seen: dict[str, object] = {"entry_id": entry.row.id, "version": entry.version}
    state, number, request = entry.row.state, entry.row.id, None
    if after(E.APPROVE, state):
        if own:
            st.caption(_("自己写过的日志由另一个人审核。"))
        elif entry.row.trouble is None:
            with form(f"approve_entry.{number}") as filling:
                checked = bool(found) and filling.yes("checked", _("已逐处核对，不是个人信息"))
                if filling.submit(_("审核通过"), icon=":material/verified:"):
                    request = Request(filling, approve_entry, _("已通过，可以取用"), seen | {"checked": checked})
    if after(E.TAKE, state) and entry.row.trouble is None:
        with form(f"take_entry.{number}") as filling:
            outlet = filling.line(
                "outlet", _("刊登在哪里"), most=100, placeholder=_("例如：街道微信公众号“服务日志”栏目")
            )
            went_on = filling.day("went_on", _("哪天刊登"), start=today)
            if filling.submit(_("登记去向"), icon=":material/campaign:"):
                values = seen | {"outlet": outlet, "went_on": went_on}
                request = Request(filling, take_entry, _("已登记去向"), values)
    if after(E.RETURN, state):
        with form(f"return_entry.{number}") as filling:
            reason = filling.line("reason", _("退回原因"), most=200)
            if filling.submit(_("退回修改"), icon=":material/undo:"):
                request = Request(filling, return_entry, _("已退回"), seen | {"reason": reason})
    if after(E.WITHDRAW, state):
        request = _withdraw(seen, number) or request
    return _down(entry, today) or request


def _withdraw(seen: dict[str, object], number: int) -> Request | None:
    with (
        st.expander(_("撤下这一篇"), icon=":material/block:"),
        form(f"withdraw_entry.{number}", border=False) as filling,
    ):
        reason = filling.line("reason", _("撤下原因"), most=200)
        pressed = filling.submit(_("撤下"), icon=":material/block:")
    return Request(filling, withdraw_entry, _withdrawn, seen | {"reason": reason}) if pressed else None


def _withdrawn(places: object) -> str:
    return _("已撤下，还有 {n} 处要去撤", n=places) if places else _("已撤下")


def _down(entry: Entry, today: date) -> Request | None:
    standing = {one.id: one for one in entry.standing}
    if not standing:
        return None
    with form(f"take_down.{entry.row.id}") as filling:
        number = filling.choice("outlet_id", _("从哪里撤下了"), list(standing), show=lambda one: standing[one].outlet)
        down_on = filling.day("down_on", _("哪天撤下"), start=today)
        pressed = filling.submit(_("登记已撤下"), icon=":material/remove_done:")
    version = standing[number].version if number in standing else 1
    values = {"outlet_id": number or 0, "version": version, "down_on": down_on}
    return Request(filling, take_down, _("已登记撤下"), values) if pressed else None


def entry_life(entry: Entry) -> None:
    """Where it went, and what happened to it."""
    if entry.outlets:
        rows(
            [
                {
                    "outlet": one.outlet,
                    "on": near(one.went_on),
                    "down": near(one.down_on) if one.down_on else _("还刊登着"),
                }
                for one in entry.outlets
            ],
            [Column("outlet", _("刊登处"), "wide"), Column("on", _("刊登日期"), "nowrap"), Column("down", _("撤下"))],
            key="diary.outlets", empty="", caption=_("去向"),
        )  # fmt: skip
    happened(
        [Step(one.at, term(one.kind), one.by, one.word) for one in reversed(entry.steps)],
        key="diary.steps",
        caption=_("经过"),
    )
