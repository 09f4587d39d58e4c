"""粘贴接龙: the text, what was understood of it line by line, and what it shall become."""

import hashlib
from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st
from streamlit.elements.lib.column_config_utils import ColumnConfigMappingInput

from components.acting import Request
from components.forms import form, press
from components.imports.paste_table import TEXT, is_table, put_away
from components.imports.words import brought_words
from components.lists import Column, rows
from components.wording import N_, _, listed, safe
from db.actions.activities.sign_ups import sign_up_list
from db.actions.imports.imports import import_rows
from db.actions.imports.sign_ups import import_sign_ups
from db.queries.activities.activities import Named
from db.queries.imports.imports import Choice
from db.rules.imports.cells import Book
from db.rules.imports.sheet import shown
from db.rules.imports.sign_up_list import MOST_CHARACTERS, MOST_LINES, SignUp, SignUpList, read_sign_up_list
from db.terms import ImportKind

TARGETS = {
    "volunteers": N_("登记为志愿者"),
    "opening": N_("报名到岗位"),
    "activity": N_("报名参加活动"),
    "needs": N_("登记为需求"),
}
Line = Mapping[str, object]
"""One line of the table as it was put right: column → value."""


def paste_form() -> None:
    """Take the text; what was read stays until it is stored or another text is read."""
    with form("paste_list") as filling:
        text = filling.words(
            "text",
            _("把群里的接龙整段复制，粘贴到这里"),
            height=240,
            placeholder=_("#接龙 周六清理楼道报名 1. 张测试 2幢301 13800000000 2. 李测试 +1"),
            help=_("没有编号、夹着表情、一行几个人、写在下一行的都认得。电话不会显示给没有权限的人。"),
        )
        pressed = filling.submit(_("看一看"), icon=":material/visibility:")
    if not pressed:
        return
    if not text.strip():
        filling.problem("text", _("请填写这一项。"))
    elif (len(text) > MOST_CHARACTERS or text.count("\n") > MOST_LINES) and is_table(text):
        filling.problem("text", _("表格太长，粘贴不下。请存成文件，在“导入”里上传。"))
    elif len(text) > MOST_CHARACTERS or text.count("\n") > MOST_LINES:
        filling.problem("text", _("太长了：最多 {lines} 行。请分几次粘贴。", lines=MOST_LINES))
    else:
        st.session_state[TEXT] = text


def pasted(places: Sequence[str]) -> tuple[str, SignUpList] | None:
    """What lies on the desk, read."""
    text = st.session_state.get(TEXT)
    return (text, read_sign_up_list(text, places)) if text else None


def digest(text: str, target: str) -> str:
    """Under which the same text is known again."""
    return hashlib.sha256(f"{target}\n{text}".encode()).hexdigest()


def title_line(found: SignUpList) -> None:
    """What the list is called, and how much was understood."""
    if found.title:
        st.header(safe(shown(found.title, 60)))
    people = sum(entry.people for entry in found.entries)
    st.markdown(
        safe(
            _(
                "{n} 条，共 {people} 人；{skipped} 行没有算进来。",
                n=len(found.entries),
                people=people,
                skipped=len(found.skipped),
            )
        )
    )


def entries_editor(found: SignUpList, text: str) -> list[Line]:
    """The entries, to be corrected in place; a person who is unticked, or stands there twice, is left out."""
    frame = pd.DataFrame([_line(entry, place not in found.repeated) for place, entry in enumerate(found.entries)])
    config: ColumnConfigMappingInput = {
        "take": st.column_config.CheckboxColumn(_("要"), width="small"),
        "name": st.column_config.TextColumn(_("姓名"), max_chars=30),
        "phone": st.column_config.TextColumn(_("联系电话"), max_chars=30),
        "place": st.column_config.TextColumn(_("小区")),
        "building": st.column_config.TextColumn(_("楼栋"), width="small"),
        "stairwell": st.column_config.TextColumn(_("单元"), width="small"),
        "room": st.column_config.TextColumn(_("室号"), width="small"),
        "people": st.column_config.NumberColumn(_("人数"), min_value=1, max_value=99, step=1, width="small"),
        "note": st.column_config.TextColumn(_("说了什么"), width="medium"),
    }
    edited = st.data_editor(
        frame, key=f"paste.edit.{digest(text, '')[:10]}", hide_index=True, column_config=config, width="stretch",
        num_rows="fixed",
    )  # fmt: skip
    if found.repeated:
        st.caption(_("有 {n} 条重复的人，已去掉勾选。", n=len(found.repeated)))
    return [{str(key): value for key, value in row.items()} for row in edited.to_dict("records")]


def _line(entry: SignUp, first: bool) -> Line:
    return {
        "take": first,
        "name": entry.name,
        "phone": entry.phone,
        "place": entry.place,
        "building": entry.building,
        "stairwell": entry.stairwell,
        "room": entry.room,
        "people": entry.people,
        "note": entry.note,
    }


def skipped_lines(found: SignUpList) -> None:
    """What was not understood: nothing gets lost."""
    if found.skipped:
        with st.expander(_("没有算进来的 {n} 行", n=len(found.skipped)), icon=":material/help:"):
            rows(
                [{"id": str(one.line), "text": shown(one.text, 120)} for one in found.skipped],
                [Column("id", _("行"), "nowrap"), Column("text", _("内容"))],
                key="paste.skipped",
                empty="",
                caption=_("没有算进来的"),
            )


def as_volunteers(lines: Sequence[Line]) -> list[dict[str, str]]:
    """Rows of volunteers out of the ticked lines that hold a name."""
    kept = [line for line in lines if line["take"] and _text(line["name"])]
    return [
        {key: _text(line[key]) for key in ("name", "phone", "place", "building") if _text(line[key])} for line in kept
    ]


def as_needs(lines: Sequence[Line], title: str, category: str, place: str) -> list[dict[str, str]]:
    """Rows of needs: what each person said, or what the list is about for those who only signed."""
    found = []
    for line in lines:
        said = _text(line["note"]) or title
        if not line["take"] or not said:
            continue
        row = {key: _text(line[key]) for key in ("name", "phone", "building", "stairwell", "room")}
        row |= {"description": said, "category": category, "place": _text(line["place"]) or place, "source": "chat"}
        found.append({key: value for key, value in row.items() if value} | {"people": str(_count(line["people"]))})
    return found


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""


def _count(value: object) -> int:
    """How many people a line stands for; a cell that was emptied (None, or NaN of the table) is one."""
    return int(value) if isinstance(value, int | float) and value >= 1 else 1


def store_form(
    lines: Sequence[Line],
    read: SignUpList,
    text: str,
    book: Book,
    openings: Sequence[Choice],
    activities: Sequence[Named],
) -> Request | None:
    """Say what the people of the list become, and store them."""
    target = st.segmented_control(
        _("变成什么"), list(TARGETS), default="volunteers", format_func=lambda one: _(TARGETS[one]), required=True,
        key="paste.target",
    )  # fmt: skip
    if target == "activity":
        return _for_activity(as_volunteers(lines), activities)
    title = read.title or _("接龙")
    opening_id = None
    values: dict[str, object]
    if target == "needs":
        left, right = st.columns(2)
        category = left.selectbox(_("需求类别"), list(book.categories), key="paste.category")
        place = right.selectbox(_("没写小区的，算作"), list(book.places), key="paste.place")
        people = as_needs(lines, read.title, category or "", place or "")
        values = {"kind": ImportKind.NEEDS, "file_name": title}
    else:
        people = as_volunteers(lines)
        if target == "opening":
            opening_id = _choose_opening(openings)
        values = {"title": title, "opening_id": opening_id}
    go = press("paste_store", _("登记 {n} 条", n=len(people)), primary=True, icon=":material/check:",
               disabled=not people or (target == "opening" and not openings))  # fmt: skip
    if not go:
        return None
    values |= {"sha256": digest(text, f"{target}.{opening_id}"), "rows": people}
    act = import_rows if target == "needs" else import_sign_ups
    return Request(go, act, brought_words, values, after=lambda _result: put_away())


def _for_activity(people: list[dict[str, str]], activities: Sequence[Named]) -> Request | None:
    """The people of the list take part in an activity; nobody becomes a volunteer by that."""
    if not activities:
        st.info(_("没有要办的活动。请先在“活动”里登记。"))
        return None
    names = {one.id: one.name for one in activities}
    chosen: int | None = st.selectbox(
        _("哪场活动"), list(names), format_func=listed(list(names), names.__getitem__), key="paste.activity"
    )
    st.caption(_("满了的自动排候补；带来的人不另占名额。"))
    go = press(
        "paste_activity", _("登记 {n} 条", n=len(people)), primary=True, icon=":material/check:", disabled=not people
    )
    if not go:
        return None
    values = {"activity_id": chosen, "rows": people}
    return Request(go, sign_up_list, _signed_up, values, after=lambda _result: put_away())


def _signed_up(counts: dict[str, int]) -> str:
    return _("已报上 {made} 人，候补 {waiting} 人；{known} 人原来就在名单里", **counts)


def _choose_opening(openings: Sequence[Choice]) -> int | None:
    names = {one.id: one.name for one in openings}
    chosen: int | None = st.selectbox(
        _("哪个岗位"), list(names), format_func=listed(list(names), names.__getitem__), key="paste.opening"
    )
    st.caption(_("不在册的先登记为志愿者；报名后由队长确认。"))
    return chosen
