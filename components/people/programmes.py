"""专项帮扶 on the screen: outside only alias and a suppressed count, inside what named staff need."""

from collections.abc import Sequence
from datetime import date, timedelta

import streamlit as st

from components.acting import Request
from components.detail import head
from components.forms import form, press
from components.lists import Column, rows
from components.wording import _, safe
from components.wording.dates import dated, near
from db.actions.people.programmes import (
    add_member,
    amend_wish,
    end_programme,
    let_go,
    name_staff,
    remove_staff,
    start_programme,
    wish_to_need,
)
from db.queries.needs.needs import Option
from db.queries.people.programmes import Candidate, Inside, Joiner, MemberRow, ProgrammeRow, StaffRow

USUAL = timedelta(days=365)


def programmes_table(found: Sequence[ProgrammeRow]) -> None:
    """Alias, count and staff."""
    rows(
        [
            {
                "id": one.id,
                "alias": one.alias,
                "members": one.members,
                "staff": one.staff,
                "mine": _("我是专人") if one.mine else "",
                "ended": _("已结束") if one.ended_at else _("进行中"),
            }
            for one in found
        ],
        [
            Column("alias", _("对外代称")),
            Column("members", _("成员人数"), "number"),
            Column("staff", _("专人")),
            Column("ended", _("状态"), "nowrap"),
            Column("mine", _("我"), "nowrap"),
        ],
        key="programmes",
        empty=_("还没有专项帮扶。成员身份敏感、只能由少数专人知道的互助小组，由书记在下面建立。"),
        caption=_("专项帮扶"),
        page="programmes",
    )


def start_form(today: date) -> Request | None:
    """The secretary starts a programme: an alias for everybody else, the name for its staff."""
    with form("start_programme") as filling:
        alias = filling.line(
            "alias", _("对外代称"), most=30, help=_("别人只看到它，不要让人猜出是什么小组。例：晨光。")
        )
        name = filling.line("name", _("真实名称（只有专人看得到）"), most=60)
        purpose = filling.words("purpose", _("目的（只有专人看得到）"), height=80)
        until = filling.day("keep_until", _("资料保存到"), start=today + USUAL)
        pressed = filling.submit(_("建立"), icon=":material/add:")
    values = {"alias": alias, "name": name, "purpose": purpose, "keep_until": until}
    return Request(filling, start_programme, _("已建立，您是第一名专人"), values) if pressed else None


def outside(one: ProgrammeRow) -> None:
    """What a user sees who is not on its staff."""
    head(one.alias)
    st.info(
        _("这是专项帮扶，名称、目的和名单只有专人看得到。需要联系，请找专人：{staff}。", staff=safe(one.staff or "—")),
        icon=":material/lock:",
    )
    st.metric(_("成员人数"), one.members)
    st.caption(_("口径：现有成员；少于 5 人（含 0 人）一律显示“<5”。"))


def inside_head(facts: Inside) -> None:
    """Name and purpose, for named staff."""
    head(facts.name, about=_("对外代称：{alias} · 资料保存到 {on}", alias=facts.alias, on=dated(facts.keep_until)))
    st.text(facts.purpose)


def members_table(members: Sequence[MemberRow]) -> None:
    """Members under their aliases, with what they wish for."""
    rows(
        [
            {
                "alias": one.alias,
                "wish": one.wish,
                "joined": near(one.joined_on),
                "left": _("{on} 退出", on=near(one.left_on)) if one.left_on else _("在册"),
            }
            for one in members
        ],
        [
            Column("alias", _("代称"), "nowrap"),
            Column("wish", _("心愿"), "wide"),
            Column("joined", _("加入"), "nowrap"),
            Column("left", _("状态"), "nowrap"),
        ],
        key="members",
        empty=_("还没有成员。先在本人档案里登记“加入专项帮扶”的同意，再点“加入一名成员”。"),
        caption=_("成员"),
    )


def join_form(facts: Inside, candidates: Sequence[Joiner]) -> Request | None:
    """A person who consented joins."""
    if not candidates:
        st.caption(_("没有可加入的人：先在本人档案里登记“加入专项帮扶”的同意。"))
        return None
    with form(f"add_member.{facts.id}") as filling:
        who = filling.choice("consent_id", _("谁加入（已同意的人）"), candidates, show=lambda one: one.name)
        wish = filling.words("wish", _("心愿（可不填，不写姓名）"), height=80)
        pressed = filling.submit(_("加入"), icon=":material/person_add:")
    if not pressed:
        return None
    consent, person = (who.consent_id, who.person_id) if who else (None, None)
    values = {"programme_id": facts.id, "person_id": person, "consent_id": consent, "wish": wish}
    return Request(filling, add_member, lambda done: _("已加入，代称 {alias}", alias=done["alias"]), values)


def wish_forms(members: Sequence[MemberRow], categories: Sequence[Option]) -> Request | None:
    """Correct a wish, send it the way of every need under the alias, or record that the member leaves."""
    live = [one for one in members if one.left_on is None]
    if not live:
        return None
    chosen = st.selectbox(
        _("成员"), live, key="programme.member", format_func=lambda one: one.alias, placeholder=_("请选择")
    )
    who: dict[str, object] = {"member_id": chosen.id, "version": chosen.version}
    with form(f"amend_wish.{chosen.id}") as filling:
        wish = filling.words("wish", _("心愿（可不填，不写姓名）"), start=chosen.wish, height=80)
        saved = filling.submit(_("保存心愿"), icon=":material/save:")
    with form(f"wish_to_need.{chosen.id}") as sending:
        said = sending.words("description", _("转成需求，怎么写"), height=80, help=_("只写要什么，不写是谁、为什么。"))
        category = sending.choice("category_id", _("类别"), categories, show=lambda one: one.name)
        sent = sending.submit(_("转成需求（以代称）"), icon=":material/forward:")
    gone = press(f"let_go.{chosen.id}", _("这位成员退出"), icon=":material/logout:")
    if saved:
        return Request(filling, amend_wish, _("心愿已保存"), {**who, "wish": wish})
    if sent:
        values = {"description": said, "category_id": category.id if category else None}
        return Request(
            sending, wish_to_need, lambda done: _("已转成需求 {number}", number=done["number"]), who | values
        )
    return Request(gone, let_go, _("已退出，心愿已清除"), who) if gone else None


def staff_forms(programme_id: int, staff: Sequence[StaffRow], colleagues: Sequence[Candidate]) -> Request | None:
    """Name and take off staff: five at most."""
    st.header(_("专人"), anchor=False)
    request = None
    for one in staff:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.text(_("{name}，{on}起", name=one.name, on=near(one.named_at.date())))
            off = press(f"remove_staff.{one.id}", _("撤下"), icon=":material/person_remove:")
        if off:
            request = Request(off, remove_staff, _("已撤下"), {"staff_id": one.id})
    named = {one.account_id for one in staff}
    free = [one for one in colleagues if one.id not in named]
    with form(f"name_staff.{programme_id}") as filling:
        who = filling.choice(
            "account_id",
            _("指定一名专人"),
            free,
            show=lambda one: one.name,
            help=_("只列街道已开通“可看受限个案”的同事。"),
        )
        pressed = filling.submit(_("指定"), icon=":material/shield_person:")
    if pressed:
        values = {"programme_id": programme_id, "account_id": who.id if who else None}
        request = Request(filling, name_staff, _("已指定为专人"), values)
    return request


def end_form(facts: Inside) -> Request | None:
    """It is over; asked twice."""
    with form(f"end_programme.{facts.id}") as filling:
        st.markdown(_("结束后：心愿全部清除，成员全部退出，专人全部撤下。不能恢复。"))
        sure = filling.yes("sure", _("我已核对，确认结束"))
        pressed = filling.submit(_("结束这个专项帮扶"), icon=":material/stop_circle:")
    if not pressed:
        return None
    if not sure:
        filling.problem("sure", _("请先勾选确认。"))
        return None
    values = {"programme_id": facts.id, "version": facts.version}
    return Request(filling, end_programme, _("已结束，资料已清除"), values)
