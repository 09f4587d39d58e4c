"""The fields of a need: choices before typing, five to see at first, the rest one tap away."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from components.forms import Filling
from components.inputs import picked
from components.needs.typed_words import Hearing, forget_heard, resident_words
from components.needs.words import entry_name
from components.wording import _
from db.rules.doors.door import DoorInput
from db.rules.limits import PEOPLE_MOST
from db.rules.needs.input import CallerInput, NeedInput, OriginInput
from db.terms import NeedSource, Reach, Urgency

LAST_CATEGORY = "_need.category"


def _options(entries: Sequence[Any]) -> tuple[list[int], Any]:
    names = {entry.id: entry_name(entry) for entry in entries}
    return list(names), lambda entry_id: names.get(entry_id, str(entry_id))


def _matter(filling: Filling, categories: Sequence[Any], start: Any) -> dict[str, Any]:
    """What kind, how far, how urgent; a new need begins with the kind that was chosen last."""
    ids, show = _options(categories)
    last = st.session_state.get(LAST_CATEGORY)
    return {
        "category_id": filling.choice(
            "category_id", _("类别"), ids, show=show, few=True, start=getattr(start, "category_id", last)
        ),
        "urgency": filling.choice(
            "urgency",
            _("紧急程度"),
            list(Urgency),
            few=True,
            start=getattr(start, "urgency", Urgency.NORMAL),
            help=_("涉安全：不等评分，即接即办，今天处理。"),
        ),
        "reach": filling.choice("reach", _("影响面"), list(Reach), few=True, start=getattr(start, "reach", None)),
        "people": filling.whole(
            "people", _("大约影响多少人"), least=1, most=PEOPLE_MOST, start=getattr(start, "people", None)
        ),
    }


def _where(filling: Filling, places: Sequence[Any], place_id: int | None, building: str) -> dict[str, Any]:
    ids, show = _options(places)
    return {
        "place_id": filling.choice("place_id", _("地点"), ids, show=show, start=place_id),
        "building": filling.line("building", _("楼栋"), start=building),
    }


def need_entry(
    name: str, hearing: Hearing, *, places: Sequence[Any], categories: Sequence[Any], place_id: int | None,
    building: str, visited: bool,
) -> tuple[Filling, dict[str, Any], bool]:  # fmt: skip
    """The form of a new need below the resident's words; its values, and whether it was submitted."""
    filling = Filling(name)
    words = resident_words(filling, hearing)
    with st.form(name, clear_on_submit=False, enter_to_submit=False, border=False):
        given = need_fields(
            filling, places=places, categories=categories, place_id=place_id, building=building, visited=visited
        )
        pressed = filling.submit(_("登记需求"), icon=":material/check:", wide=True)
    given["description"] = words
    values = {
        **need_values(given),
        "caller": CallerInput(given["asker_name"], given["asker_phone"]),
        "origin": OriginInput(given["source"], hearing.visit_id),
    }
    return filling, values, pressed


def need_values(given: Mapping[str, Any]) -> dict[str, Any]:
    """What the fields of a need say, in the objects that its actions take."""
    return {"given": picked(NeedInput, given), "door": picked(DoorInput, given)}


def stored(filling: Filling, category_id: int | None) -> None:
    """The need is stored: the form empties itself, its category begins the next one."""
    st.session_state[LAST_CATEGORY] = category_id
    forget_heard(filling.name)
    filling.done()


def need_fields(
    filling: Filling, *, places: Sequence[Any], categories: Sequence[Any], place_id: int | None, building: str,
    visited: bool,
) -> dict[str, Any]:  # fmt: skip
    """The fields of a new need beside its words; `visited` when it comes out of a visit, whose household then asks."""
    given = _matter(filling, categories, None)
    source = NeedSource.VISIT if visited else None
    if not visited:
        given["source"] = filling.choice(
            "source", _("来源"), [one for one in NeedSource if one is not NeedSource.VISIT], start=NeedSource.WALK_IN
        )
        given |= _where(filling, places, place_id, building)
        given["stairwell"] = filling.line("stairwell", _("单元"))
        given["room"] = filling.line("room", _("室（提出人住处，可不填）"))
    with st.expander(_("更多：提出人、标题、特殊群体"), icon=":material/more_horiz:"):
        given["asker_name"] = filling.line(
            "asker_name", _("提出人姓名（可不填）"), help=_("加密保存，屏幕上只显示姓。"), autocomplete="off"
        )
        given["asker_phone"] = filling.line("asker_phone", _("联系电话（可不填）"), autocomplete="off")
        given["special_group"] = filling.yes("special_group", _("涉及特殊群体（老人、残疾人、儿童等）"))
        given["title"] = filling.line("title", _("标题（不填则取原话的开头）"))
        if visited:
            given["source"] = filling.choice("source", _("来源"), list(NeedSource), start=source)
            given |= _where(filling, places, place_id, building)
    return given


def amend_fields(filling: Filling, start: Any, *, places: Sequence[Any], categories: Sequence[Any]) -> dict[str, Any]:
    """The fields of a need as they were stated, to be corrected."""
    given: dict[str, Any] = {
        "title": filling.line("title", _("标题"), start=start.title),
        "description": filling.words("description", _("居民原话"), start=start.description, max_chars=None),
    }
    given |= _matter(filling, categories, start)
    given |= _where(filling, places, start.place_id, start.building)
    given["special_group"] = filling.yes(
        "special_group", _("涉及特殊群体（老人、残疾人、儿童等）"), start=start.special_group
    )
    return given
