"""One record on the screen: who (masked), the door, what rests on it, and the look in clear for a reason."""

from collections.abc import Sequence
from datetime import date, timedelta

import streamlit as st

from components.acting import Look, Request
from components.asking import in_clear, look
from components.detail import head
from components.forms import form
from components.kpi import Kpi, numbers
from components.lists import Column, rows
from components.people.list import people_table
from components.wording import _
from components.wording.dates import dated, near
from components.wording.terms import badge, term
from db.actions.doors.household_facts import amend_household
from db.actions.people.erasure import erase_person
from db.actions.people.people import amend_person, keep_person, see_person
from db.queries.people.consents import ConsentRow
from db.queries.people.people import Clear, PersonRow, PersonSheet
from db.terms import HouseholdKind

LONGER = timedelta(days=365)


def person_head(sheet: PersonSheet, today: date) -> None:
    """Who and where, masked, and whether the record is due for a look."""
    about = " · ".join(part for part in (sheet.door, sheet.relation, sheet.phone) if part)
    head(sheet.name or _("（已删除）"), marks=[badge(sheet.kind)], about=about)
    if sheet.erased_at is not None:
        st.info(_("这个人的资料已按要求删除；记录的数量和经过仍然真实。"), icon=":material/delete_forever:")
        return
    if sheet.keep_until is None:
        st.caption(_("没有写明保存到哪一天。"))
    elif sheet.keep_until <= today:
        st.warning(
            _("{on} 到期：还需要这份资料就写明新的日期，不再需要就删除。", on=near(sheet.keep_until)),
            icon=":material/event:",
        )
    else:
        st.caption(_("资料保存到 {on}", on=dated(sheet.keep_until)))


def look_form(person_id: int) -> Look:
    """查看原值: the action leaves the trace for which the values are then shown once."""
    return look(f"see_person.{person_id}", see_person, {"person_id": person_id})


def show_clear(clear: Clear) -> None:
    """Name, telephone and door in clear, once."""
    in_clear(clear.name, clear.phone, clear.door)


def around(sheet: PersonSheet) -> None:
    """What this household asked for, as counts; who else is on file here."""
    counts = (
        (_("需求"), sheet.needs), (_("服务订单"), sheet.orders), (_("投诉"), sheet.complaints),
        (_("结对"), sheet.pairings),
    )  # fmt: skip
    numbers([Kpi(label, str(count)) for label, count in counts], key="sheet.numbers")
    st.caption(_("口径：这一户登记以来的件数；结对只计现有的。"))


def household_form(sheet: PersonSheet) -> Request | None:
    """Kind of household and the hint for the next visitor; two people's changes are merged field by field."""
    with form(f"facts.{sheet.household_id}") as filling:
        base = filling.seen("base", {"kind": sheet.kind.value, "door_note": sheet.door_note})
        kind = filling.choice("kind", _("户类"), list(HouseholdKind), start=sheet.kind, few=True)
        note = filling.line(
            "door_note",
            _("敲门提示"),
            most=200,
            start=sheet.door_note,
            help=_("例：晚七点后在家，敲门要重。不写姓名和病情。"),
        )
        pressed = filling.submit(_("保存户情"), icon=":material/save:")
    if not pressed:
        return None
    # Only what was touched: a note that is shown redacted must not come back redacted.
    entered = {"kind": kind.value if kind else None, "door_note": note}
    wanted = {field: value for field, value in entered.items() if value != base[field]}
    values = {"household_id": sheet.household_id, "base": base, "wanted": wanted}
    said = lambda done: _("有冲突，已留待核对") if done["conflicts"] else _("户情已保存")  # noqa: E731
    return Request(filling, amend_household, said, values)


def amend_form(sheet: PersonSheet) -> Request | None:
    """Correct the record; what is left empty stays."""
    with form(f"amend_person.{sheet.id}") as filling:
        version = filling.seen("version", sheet.version)
        with st.container(horizontal=True):
            name = filling.line("name", _("新的姓名（不改就空着）"))
            phone = filling.line("phone", _("新的电话（不改就空着）"))
            relation = filling.line("relation", _("与户的关系（可不填）"), start=sheet.relation)
        gone = filling.yes("no_phone", _("去掉电话"))
        pressed = filling.submit(_("保存更正"), icon=":material/save:")
    values = {"name": name, "phone": phone, "relation": relation, "no_phone": gone}
    who = {"person_id": sheet.id, "version": version}
    return Request(filling, amend_person, _("已更正"), {**who, **values}) if pressed else None


def keep_form(sheet: PersonSheet, today: date) -> Request | None:
    """The retention look: keep it until another day."""
    with form(f"keep_person.{sheet.id}") as filling:
        until = filling.day("keep_until", _("继续保存到"), start=today + LONGER)
        pressed = filling.submit(_("已复核，继续保存"), icon=":material/event_repeat:")
    values = {"person_id": sheet.id, "keep_until": until}
    return Request(filling, keep_person, _("已延长保存"), values) if pressed else None


def erase_form(sheet: PersonSheet) -> Request | None:
    """删除: asked twice, because it cannot be taken back."""
    with form(f"erase_person.{sheet.id}") as filling:
        st.markdown(
            _(
                "会清除：姓名、电话、敏感信息、专项帮扶里的心愿、这个人名下需求订单投诉的姓名电话，以及这一户文字里出现的姓名和电话。"
            )
        )
        st.markdown(_("会保留：件数、编号、经过和金额。**删除后不能恢复，也不能再查看原值。**"))
        reason = filling.line("reason", _("删除的理由"), most=200, help=_("例：本人要求；已搬离。不写姓名。"))
        sure = filling.yes("sure", _("我已核对，确认删除"))
        pressed = filling.submit(_("删除这个人的资料"), icon=":material/delete_forever:")
    if not pressed:
        return None
    if not sure:
        filling.problem("sure", _("请先勾选确认。"))
        return None
    return Request(filling, erase_person, _("资料已删除"), {"person_id": sheet.id, "reason": reason})


def neighbours(others: Sequence[PersonRow]) -> None:
    """Who else is on file at this door."""
    people_table(others, key="others", empty=_("这一户没有登记其他人。"))


def consents_table(consents: Sequence[ConsentRow]) -> None:
    """The ledger: what for, since when, how, and whether it was taken back."""
    rows(
        [
            {
                "scope": term(one.scope),
                "state": _("已撤回 {on}", on=near(one.withdrawn_on)) if one.withdrawn_on else _("有效"),
                "given": near(one.given_on),
                "way": term(one.way),
                "witness": one.witness,
                "told": one.told,
                "by": one.by,
            }
            for one in consents
        ],
        [
            Column("scope", _("同意什么")),
            Column("state", _("状态"), "nowrap"),
            Column("given", _("同意日期"), "nowrap"),
            Column("way", _("方式")),
            Column("witness", _("见证人"), "nowrap"),
            Column("told", _("告知内容"), "wide"),
            Column("by", _("登记人"), "nowrap"),
        ],
        key="consents",
        empty=_("还没有同意记录。登记敏感信息、印联系卡、用照片之前，先征得同意。"),
        caption=_("同意记录"),
    )
