"""联系卡与回音单 on the page: find the door, see its helpers and their consent, change them, print."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

import streamlit as st

from components.acting import Request
from components.address import to_address
from components.forms import Pressed, form, press
from components.lists import Column, rows
from components.reports.words import SPANS
from components.wording import N_, _, safe, side_by_side
from components.wording.dates import near, today
from components.wording.terms import term
from db.actions.orders.pairings import add_pairing, end_pairing, set_desk_phone
from db.actions.people.consents import record_consent, withdraw_consent
from db.queries.doors.households import Room, Stairwell
from db.queries.needs.needs import Option
from db.queries.orders.handed import HandedCard
from db.queries.orders.pairings import CardHome, Choosable, PairedHome, PairingRow
from db.rules.people.consent_input import ConsentInput
from db.rules.reports.fields import Period, Span, period_of
from db.terms import ConsentScope, ConsentWay

T = TypeVar("T")
HELPS = (N_("量血压"), N_("水电维修"), N_("代买代办"), N_("陪聊探访"), N_("陪诊"))
RHYTHMS = (N_("每周一次"), N_("每两周一次"), N_("每月一次"), N_("有事打电话"))
STATED = N_("电话和姓名印在便民联系卡上，交给结对的住户；不同意不影响参加志愿服务，可随时撤回，下次打印即不再出现。")


@dataclass(frozen=True, slots=True)
class Print:
    """The wanted paper: `contact_card` or `answer_slip`, in large print or not; `period` is that of a slip."""

    at: Pressed
    what: str
    large: bool
    period: Period

    @property
    def title(self) -> str:
        """How the paper is called, in the name of its file."""
        return _("便民联系卡") if self.what == "contact_card" else _("回音单")


def _pick(label: str, options: Sequence[T], key: str, show: Callable[[T], str] = str) -> T | None:
    return st.selectbox(
        label, list(options), index=0 if len(options) == 1 else None, key=f"cards.{key}", format_func=show,
        placeholder=_("请选择"),
    )  # fmt: skip


def choose_place(places: Sequence[Option]) -> int | None:
    """The estate or street of the door."""
    names = {place.id: place.name for place in places}
    return _pick(_("小区或地点"), list(names), "place", lambda one: names.get(one, ""))


def choose_stairwell(known: Sequence[Stairwell]) -> tuple[str | None, str | None]:
    """The building and the stairwell, chosen from those on file."""
    with st.container(horizontal=True):
        building = _pick(_("楼栋"), list(dict.fromkeys(one.building for one in known)), "building")
        inside = list(dict.fromkeys(one.stairwell for one in known if one.building == building))
        stairwell = _pick(_("单元"), inside, f"stairwell.{building}") if building else None
    return building, stairwell


def choose_room(behind: Sequence[Room]) -> int | None:
    """The household behind a door."""
    names = {one.id: one.room for one in behind}
    return _pick(_("室"), list(names), f"room.{'.'.join(map(str, names))[:80]}", lambda one: names.get(one, ""))


def homes_table(homes: Sequence[PairedHome]) -> None:
    """List the households that have helpers."""
    rows(
        [
            {
                "id": home.id,
                "home": home.label,
                "helpers": home.helpers,
                "agreed": home.agreed,
                "since": near(home.since),
            }
            for home in homes
        ],
        [
            Column("home", _("哪一户")),
            Column("helpers", _("联系人"), "number"),
            Column("agreed", _("同意印姓名电话"), "number"),
            Column("since", _("最近结对"), "nowrap"),
        ],
        key="cards.homes",
        empty=_("还没有结对的住户。选到门牌，为这一户添加第一位联系人。"),
        caption=_("有联系人的住户"),
        page="contact-cards",
        name="household",
    )


def leave_home() -> None:
    """The button that goes back to the door and the list."""
    if not st.button(_("换一户"), icon=":material/door_front:", key="cards.other"):
        return
    for name in ("household", "id"):
        to_address(name, None)
    for key in [key for key in st.session_state if str(key).startswith(("cards.room", "cards.stairwell"))]:
        del st.session_state[key]
    st.rerun()


# --- helpers ------------------------------------------------------------------------------------------------


def helpers_table(helpers: Sequence[PairingRow]) -> None:
    """List the helpers, masked, and what the card prints for each."""
    rows(
        [
            {
                "name": f"{one.name} · {one.number}",
                "kind": term(one.kind),
                "helps": " · ".join(part for part in (one.helps_with, one.rhythm) if part),
                "since": near(one.since),
                "card": _("姓名和电话") if one.consent_id else _("未同意：印身份和服务台电话"),
            }
            for one in helpers
        ],
        [
            Column("name", _("联系人")),
            Column("kind", _("身份"), "nowrap"),
            Column("helps", _("帮什么、多久一次")),
            Column("since", _("结对起"), "nowrap"),
            Column("card", _("卡上印什么")),
        ],
        key="cards.helpers",
        empty=_("这一户还没有联系人。先在下面添加一位，再打印联系卡。"),
        caption=_("联系人"),
    )


def cards_out(cards: Sequence[HandedCard]) -> None:
    """Cards at a door that name somebody who took the consent back: to be fetched, a new one printed."""
    if not cards:
        return
    st.warning(
        _("撤回同意的人还印在发出去的联系卡上。请收回旧卡，重新打印；打印了新卡，这里就不再列出。"),
        icon=":material/undo:",
    )
    rows(
        [
            {
                "id": card.id,
                "home": card.label,
                "name": f"{card.name} · {card.number}",
                "printed": near(today(card.printed_at)),
            }
            for card in cards
        ],
        [
            Column("name", _("联系人")),
            Column("home", _("卡在哪一户")),
            Column("printed", _("哪天打印的"), "nowrap"),
        ],
        key="cards.out",
        empty="",
        caption=_("要收回的联系卡"),
        page="contact-cards",
        name="household",
    )


def add_helper(home: CardHome, volunteers: Sequence[Choosable]) -> Request | None:
    """The form that gives this household a helper: choices before typing."""
    names = {one.id: one.words for one in volunteers}
    with form(f"add_pairing.{home.id}") as filling:
        chosen = filling.choice("volunteer_id", _("志愿者（可输编号、姓氏、特长查找）"), list(names),
                                show=lambda one: names.get(one, ""))  # fmt: skip
        helps = filling.choice("helps", _("帮什么"), [_(one) for one in HELPS], few=True, show=str)
        other = filling.line("helps_with", _("或写明"), most=60, autocomplete="off")
        rhythm = filling.choice("rhythm", _("多久一次"), [_(one) for one in RHYTHMS], few=True, show=str)
        pressed = filling.submit(_("添加联系人"), icon=":material/person_add:")
    values = {"household_id": home.id, "volunteer_id": chosen, "helps_with": other.strip() or helps or "",
              "rhythm": rhythm or ""}  # fmt: skip
    return Request(filling, add_pairing, _("已添加联系人。"), values) if pressed else None


def change_helper(helpers: Sequence[PairingRow], on: date) -> Request | None:
    """End a pairing, or record that a helper consents or has withdrawn the consent."""
    names = {one.id: f"{one.name} · {one.number}" for one in helpers}
    chosen = st.selectbox(_("哪一位"), list(names), format_func=lambda one: names.get(one, ""), key="cards.helper")
    helper = next(one for one in helpers if one.id == chosen)
    request = _withdraw(helper) if helper.consent_id else _consent(helper, on)
    end = press(
        f"end_pairing.{helper.id}", _("结束与{name}的结对", name=safe(helper.name)), icon=":material/person_remove:"
    )
    return Request(end, end_pairing, _("结对已结束。"), {"pairing_id": helper.id}) if end else request


def _consent(helper: PairingRow, on: date) -> Request | None:
    st.caption(_("{name}还没有同意把姓名和电话印在卡上。征得同意后在这里登记：", name=safe(helper.name)))
    with form(f"card_consent.{helper.volunteer_id}") as filling:
        st.text(_(STATED))
        way = filling.choice(
            "way", _("怎样同意的"), [ConsentWay.PAPER, ConsentWay.SPOKEN], start=ConsentWay.PAPER, few=True
        )
        witness = filling.line("witness", _("见证人（口头同意必填）"), most=60, autocomplete="off")
        given = filling.day("given_on", _("哪天同意的"), start=on, most=on)
        pressed = filling.submit(_("登记同意"), icon=":material/verified_user:")
    stated = ConsentInput(
        ConsentScope.CONTACT_CARD, given, way, _(STATED), witness=witness, volunteer_id=helper.volunteer_id
    )
    return Request(filling, record_consent, _("同意已登记，打印时用上。"), {"given": stated}) if pressed else None


def _withdraw(helper: PairingRow) -> Request | None:
    with form(f"card_withdraw.{helper.volunteer_id}") as filling:
        reason = filling.line("reason", _("撤回同意的原因"), most=200, autocomplete="off")
        pressed = filling.submit(_("撤回同意"), icon=":material/undo:")
    values = {"consent_id": helper.consent_id, "reason": reason}
    return Request(filling, withdraw_consent, _("同意已撤回，下次打印不再出现。"), values) if pressed else None


def desk_phone(home: CardHome) -> Request | None:
    """The form of the telephone number of the community's desk."""
    with form(f"desk_phone.{home.community_id}") as filling:
        phone = filling.line("desk_phone", _("社区服务台电话（印在卡上）"), start=home.desk_phone, most=30,
                             placeholder="0571-5555 0100", autocomplete="off")  # fmt: skip
        pressed = filling.submit(_("保存服务台电话"))
    values = {"community_id": home.community_id, "phone": phone}
    return Request(filling, set_desk_phone, _("服务台电话已保存。"), values) if pressed else None


# --- printing -----------------------------------------------------------------------------------------------


def print_card(home: CardHome, helpers: Sequence[PairingRow]) -> Print | None:
    """The buttons of the card: eight to a sheet, or one in large print."""
    without = [one.name for one in helpers if not one.consent_id]
    if without:
        st.info(
            _("{names}还没有同意印姓名电话，卡上只印身份和服务台电话。", names=safe(side_by_side(without))),
            icon=":material/info:",
        )
    with st.container(horizontal=True):
        small = press(
            f"card.small.{home.id}", _("打印联系卡（一页 8 张）"), icon=":material/contact_phone:", primary=True
        )
        large = press(f"card.large.{home.id}", _("打印大字卡"), icon=":material/format_size:")
    nothing = Period(date.min, date.min)
    if small:
        return Print(small, "contact_card", False, nothing)
    return Print(large, "contact_card", True, nothing) if large else None


def print_slip(home: CardHome, on: date) -> Print | None:
    """The form that prints the slip of a period."""
    with form(f"slip.{home.id}") as filling:
        spans = [Span.MONTH, Span.LAST_MONTH, Span.QUARTER]
        span = filling.choice(
            "span", _("哪段时间的事"), spans, start=Span.QUARTER, few=True, show=lambda one: _(SPANS[one])
        )
        large = filling.yes("large", _("大字版"))
        pressed = filling.submit(_("打印回音单"), icon=":material/mark_email_read:")
    return Print(filling, "answer_slip", large, period_of(span or Span.QUARTER, on)) if pressed else None
