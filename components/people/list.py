"""Find a person behind a door, in a list that names nobody in full; register a person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import streamlit as st

from components.acting import Request
from components.address import filters, folded_filters, out_of_address
from components.forms import form
from components.inputs import picked
from components.lists import Column, rows
from components.wording import _
from components.wording.dates import near
from components.wording.terms import term
from db.actions.people.people import add_person
from db.queries.needs.needs import Option
from db.queries.people.people import PersonRow
from db.rules.doors.door import DoorInput
from db.rules.people.person_input import PersonInput
from db.terms import SensitiveKind

KEPT = timedelta(days=2 * 365)
"""How long a new record is kept when nothing else is said."""
_SEARCH = "_people.asked"


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for; held in the session and never in the address, because it is personal."""

    place_id: int | None = None
    building: str = ""
    room: str = ""
    phone: str = ""
    name: str = ""

    @property
    def anything(self) -> bool:
        """Whether anything narrows the list."""
        return bool(self.place_id or self.phone or self.name)


def find_form(places: Sequence[Option]) -> Search:
    """Name, telephone or door; on a phone the name, the rest behind a switch. The last search stays until the next."""
    with filters(), form("find_people") as filling:
        name = filling.line("name", _("姓名（全名）"), autocomplete="off")
        with folded_filters():
            phone = filling.line("phone", _("电话（完整号码）"), autocomplete="off")
            place = filling.choice("place_id", _("小区或地点"), places, show=lambda one: one.name)
            building = filling.line("building", _("楼栋"), help=_("例：3幢"))
            room = filling.line("room", _("室号"))
        with st.container(horizontal=True):
            pressed = filling.submit(_("查找"), icon=":material/search:")
    if pressed:
        out_of_address("before")  # Another search begins at its first page.
        st.session_state[_SEARCH] = Search(place.id if place else None, building, room, phone, name)
    kept: Search = st.session_state.get(_SEARCH, Search())
    return kept


def people_table(found: Sequence[PersonRow], *, empty: str, key: str = "people") -> None:
    """Masked persons."""
    rows(
        [
            {
                "id": one.id,
                "name": one.name,
                "door": one.door,
                "relation": one.relation,
                "phone": one.phone,
                "kind": term(one.kind),
                "until": near(one.keep_until) if one.keep_until else "",
            }
            for one in found
        ],
        [
            Column("name", _("姓名"), "nowrap"),
            Column("door", _("住处"), "nowrap"),
            Column("relation", _("与户的关系")),
            Column("phone", _("电话"), "nowrap"),
            Column("kind", _("户类"), "nowrap"),
            Column("until", _("保存到"), "nowrap"),
        ],
        key=key,
        empty=empty,
        caption=_("住户与人员"),
        page="person",
    )


def add_form(places: Sequence[Option], today: date, household_id: int | None = None) -> Request | None:
    """Register a person, behind a door that is typed or (with `household_id`) known."""
    with form(f"add_person.{household_id or 0}") as filling:
        values: dict[str, object] = {"household_id": household_id}
        if household_id is None:
            with st.container(horizontal=True):
                place = filling.choice("place_id", _("小区或地点"), places, show=lambda one: one.name)
                values["building"] = filling.line("building", _("楼栋"))
                values["stairwell"] = filling.line("stairwell", _("单元"))
                values["room"] = filling.line("room", _("室号"))
            values["place_id"] = place.id if place else None
        with st.container(horizontal=True):
            values["name"] = filling.line("name", _("姓名"))
            values["phone"] = filling.line("phone", _("电话（可不填）"))
            values["relation"] = filling.line(
                "relation", _("与户的关系（可不填）"), help=_("例：户主、女儿。不写病情。")
            )
        values["keep_until"] = filling.day(
            "keep_until",
            _("资料保存到"),
            start=today + KEPT,
            help=_("到这一天会提醒书记复核：还需要就延长，不需要就删除。"),
        )
        pressed = filling.submit(_("登记人员"), icon=":material/person_add:")
    stated = {"given": picked(PersonInput, values), "door": picked(DoorInput, values)}
    return Request(filling, add_person, _("人员已登记"), stated) if pressed else None


def class_counts(counts: Sequence[tuple[SensitiveKind, str]]) -> None:
    """How many persons of each sensitive class are on file; under five only that it is under five."""
    rows(
        [{"kind": term(kind), "count": count} for kind, count in counts],
        [Column("kind", _("类别")), Column("count", _("人数"), "number")],
        key="sensitive_counts",
        empty="",
        caption=_("敏感信息分类人数"),
    )
    st.caption(_("口径：本社区现存敏感信息所涉人数，按类别去重。少于 5 人（含 0 人）一律显示“<5”，避免指向个人。"))
