"""离线走访手机 on the screen: the QR that pairs a phone, the paired phones, and the open conflicts."""

from collections.abc import Sequence

import streamlit as st

from components.acting import Request
from components.asking import says
from components.forms import form, press
from components.lists import Column, rows
from components.qr import show_qr
from components.wording import _, safe
from components.wording.dates import near
from components.wording.terms import term
from db.actions.doors.household_facts import settle_conflict
from db.actions.offline.phones import open_door_ticket, stop_phone
from db.queries.offline.phones import ConflictRow, PhoneRow
from db.terms import HouseholdKind

TICKET, FRESH = "_door.ticket", "_door.fresh"


def ticket() -> str:
    """The ticket of the QR that this screen shows, or ""."""
    held: str = st.session_state.get(TICKET, "")
    return held


def forget_ticket() -> None:
    """Put the QR away: it was used, or it has expired."""
    st.session_state.pop(TICKET, None)


def pair_button(new: str) -> Request | None:
    """The button that begins to pair a phone.

    `new` becomes the ticket of the QR and stays the same until it is stored: a second press on a slow network must not
    show another QR than the one that was stored.
    """
    fresh: str = st.session_state.setdefault(FRESH, new)
    pressed = press("pair_phone", _("配对手机"), primary=True, icon=":material/qr_code_2:")
    if not pressed:
        return None

    def said(_until: str) -> str:
        st.session_state[TICKET] = fresh
        st.session_state.pop(FRESH, None)
        return _("请用手机扫二维码")

    return Request(pressed, open_door_ticket, said, {"ticket": fresh})


def code_to_scan(address: str) -> None:
    """Show the QR and what to do with it."""
    with st.container(border=True):
        st.header(_("用手机扫这个二维码"))
        show_qr(address, label=_("配对二维码，五分钟内有效"), key="door_code")
        st.text(_("五分钟内有效，只能用一次。在手机上按“配对这部手机”，再把网页添加到桌面。"))
        if not address.startswith(("https://", "http://127.0.0.1", "http://localhost")):
            st.warning(
                _("现在的地址不是 https：手机能登记走访，但断网时打不开网页。请管理员配置 https。"),
                icon=":material/warning:",
            )


def phones_table(found: Sequence[PhoneRow], *, all_of_them: bool) -> None:
    """List the paired phones."""
    columns = [
        Column("name", _("手机")),
        Column("owner", _("使用人"), "nowrap"),
        Column("paired", _("配对时间"), "nowrap"),
        Column("seen", _("上次连接"), "nowrap"),
        Column("until", _("有效至"), "nowrap"),
    ]
    rows(
        [
            {
                "name": one.name,
                "owner": one.owner,
                "paired": near(one.paired_at),
                "seen": near(one.last_seen_at),
                "until": near(one.expires_at),
            }
            for one in found
        ],
        [column for column in columns if all_of_them or column.field != "owner"],
        key="door_phones",
        empty=_("还没有配对的手机。按“配对手机”，用手机扫码，没有网络也能登记走访。"),
        caption=_("已配对手机"),
    )


def stop_form(found: Sequence[PhoneRow]) -> Request | None:
    """The form that stops one of the phones."""
    if not found:
        return None
    with form("stop_phone") as filling:
        one = filling.choice(
            "phone_id", _("停用哪一部手机"), list(found), show=lambda phone: f"{phone.name} · {phone.owner}"
        )
        says(_("手机上的钥匙马上失效，还没送到的记录也送不上来了；要再用，请重新配对。"))
        pressed = filling.submit(_("停用"), icon=":material/phonelink_erase:")
    if not pressed:
        return None
    if one is None:
        filling.problem("phone_id", _("请选择一部手机。"))
        return None
    return Request(filling, stop_phone, _("已停用。手机下次联网时删除名单。"), {"phone_id": one.id})


def _value(field: str, text: str) -> str:
    if field == "kind" and text in list(HouseholdKind):
        return term(HouseholdKind(text))
    return text or _("（空）")


def conflicts_board(found: Sequence[ConflictRow]) -> Request | None:
    """List the facts that two people changed differently; for the first of them, a button for each value."""
    if not found:
        return None
    st.header(_("冲突待核对"))
    st.text(_("手机离线时，同事也改了同一项。两边都留着，请选一个；选之前，档案里是同事写的。"))
    rows(
        [
            {
                "door": one.door,
                "field": _("家庭类型") if one.field == "kind" else _("敲门提示"),
                "before": _value(one.field, one.before),
                "mine": _value(one.field, one.mine),
                "stands": _value(one.field, one.shown),
                "who": one.who,
                "at": near(one.at),
            }
            for one in found
        ],
        [
            Column("door", _("哪一户")),
            Column("field", _("哪一项"), "nowrap"),
            Column("before", _("原来")),
            Column("mine", _("手机写的")),
            Column("stands", _("档案现在")),
            Column("who", _("谁的手机"), "nowrap"),
            Column("at", _("时间"), "nowrap"),
        ],
        key="door_conflicts",
        empty="",
        caption=_("冲突待核对"),
    )
    first = found[0]
    with st.container(key="narrow-conflict", border=True):
        what = _("家庭类型") if first.field == "kind" else _("敲门提示")
        st.markdown(f"**{safe(first.door)} · {what}**")
        mine = press(
            f"take_mine.{first.id}",
            _("用手机写的：{value}", value=safe(_value(first.field, first.mine))),
            primary=True,
            icon=":material/smartphone:",
            wide=True,
        )
        theirs = press(
            f"take_theirs.{first.id}",
            _("保留档案现在的：{value}", value=safe(_value(first.field, first.shown))),
            icon=":material/folder:",
            wide=True,
        )
    pressed = mine or theirs
    if not pressed:
        return None
    values = {"conflict_id": first.id, "take": "mine" if mine else "theirs", "seen": first.stands}
    return Request(pressed, settle_conflict, _("已核对"), values)
