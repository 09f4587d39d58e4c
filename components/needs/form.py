"""The fields of a need: choices before typing, five to see at first, the rest one tap away."""

from collections.abc import Callable, Mapping, Sequence
from typing import TypedDict

import streamlit as st

from components.forms import Filling
from components.inputs import as_typed, picked
from components.needs.typed_words import LikelyTwins, forget_heard, resident_words
from components.needs.words import Entry, entry_name
from components.wording import _
from db.queries.needs.life import Stated
from db.rules.doors.door import DoorInput
from db.rules.limits import PEOPLE_MOST
from db.rules.needs.input import CallerInput, NeedInput, OriginInput
from db.terms import NeedSource, Reach, Urgency

LAST_CATEGORY = "_need.category"


class NewNeed(TypedDict):
    """The values of `log_need`."""

    given: NeedInput
    door: DoorInput
    caller: CallerInput
    origin: OriginInput


def _options(entries: Sequence[Entry]) -> tuple[list[int], Callable[[int], str]]:
    names = {entry.id: entry_name(entry) for entry in entries}
    return list(names), lambda entry_id: names.get(entry_id, str(entry_id))


def _matter(filling: Filling, categories: Sequence[Entry], start: Stated | None) -> dict[str, object]:
    """What kind, how far, how urgent; a new need begins with the kind that was chosen last."""
    ids, show = _options(categories)
    last: int | None = start.category_id if start else st.session_state.get(LAST_CATEGORY)
    category_id = filling.choice("category_id", _("类别"), ids, show=show, few=True, start=last)
    return {
        "category_id": category_id,
        "urgency": filling.choice(
            "urgency",
            _("紧急程度"),
            list(Urgency),
            few=True,
            start=start.urgency if start else Urgency.NORMAL,
            help=_("涉安全：不等评分，即接即办，今天处理。"),
        ),
        "reach": filling.choice("reach", _("影响面"), list(Reach), few=True, start=start.reach if start else None),
        "people": filling.whole(
            "people", _("大约影响多少人（必填）"), least=1, most=PEOPLE_MOST, start=start.people if start else None
        ),
    }


def _where(filling: Filling, places: Sequence[Entry], place_id: int | None, building: str) -> dict[str, object]:
    ids, show = _options(places)
    chosen = filling.choice("place_id", _("地点"), ids, show=show, start=place_id)
    return {
        "place_id": chosen,
        "building": filling.line("building", _("楼栋"), start=building),
    }


def need_entry(
    name: str, likely: LikelyTwins, *, places: Sequence[Entry], categories: Sequence[Entry], place_id: int | None,
    building: str, visited: bool,
) -> tuple[Filling, NewNeed, bool]:  # fmt: skip
    """The form of a new need below the resident's words; its values, and whether it was submitted."""
    filling = Filling(name)
    words = resident_words(filling, likely)
    with st.form(name, clear_on_submit=False, enter_to_submit=False, border=False):
        fields = need_fields(
            filling, places=places, categories=categories, place_id=place_id, building=building, visited=visited
        )
        pressed = filling.submit(_("登记需求"), icon=":material/check:", wide=True)
    return filling, _new_need({**fields, "description": words}, likely.visit_id), pressed


def _new_need(fields: Mapping[str, object], visit_id: int | None) -> NewNeed:
    given, door = _stated(fields)
    caller, origin = picked(CallerInput, fields), picked(OriginInput, {**fields, "visit_id": visit_id})
    return {"given": given, "door": door, "caller": caller, "origin": origin}


def need_as_sent(filling: Filling, visit_id: int | None) -> NewNeed:
    """The values of the form as it was sent, before it is drawn again: what `need_entry` gives afterwards."""
    start = f"{filling.name}."
    drawn = [str(key) for key in st.session_state if str(key).startswith(start)]
    fields = {key.removeprefix(start): st.session_state[key] for key in drawn}
    if "people" in fields:
        fields["people"] = as_typed(fields["people"])
    return _new_need(fields, visit_id)


def _stated(fields: Mapping[str, object]) -> tuple[NeedInput, DoorInput]:
    return picked(NeedInput, fields), picked(DoorInput, fields)


def stored(filling: Filling, category_id: int | None) -> None:
    """The need is stored: the form empties itself, its category begins the next one."""
    st.session_state[LAST_CATEGORY] = category_id
    forget_heard(filling.name)
    filling.done()


def need_fields(
    filling: Filling, *, places: Sequence[Entry], categories: Sequence[Entry], place_id: int | None, building: str,
    visited: bool,
) -> dict[str, object]:  # fmt: skip
    """The fields of a new need beside its words; `visited` when it comes out of a visit: its household is the asker."""
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


def amend_fields(
    filling: Filling, start: Stated, *, places: Sequence[Entry], categories: Sequence[Entry]
) -> tuple[NeedInput, DoorInput]:
    """The fields of a need as they were stated, to be corrected."""
    given: dict[str, object] = {
        "title": filling.line("title", _("标题"), start=start.title),
        "description": filling.words("description", _("居民原话"), start=start.description),
    }
    given |= _matter(filling, categories, start)
    given |= _where(filling, places, start.place_id, start.building)
    given["special_group"] = filling.yes(
        "special_group", _("涉及特殊群体（老人、残疾人、儿童等）"), start=start.special_group
    )
    return _stated(given)
