"""党员名册: the list with its filters, who is to come from other communities, how somebody is put on the roll."""

from collections.abc import Mapping, Sequence
from datetime import date

import streamlit as st

from components.acting import Request
from components.address import filter_by, filter_id, filter_switch, filter_words, filters
from components.forms import form
from components.lists import Column, rows
from components.members.words import apart, half_day, standing_word
from components.wording import _, side_by_side
from components.wording.dates import near
from components.wording.terms import term
from db.actions.members.roll import add_member
from db.actions.members.transfers import decline_member, take_member
from db.queries.members.branches import BranchRow
from db.queries.members.roll import MemberRow, OfferRow, RollFilters, RollSums
from db.rules.half_days import SLOTS
from db.rules.members.input import MemberInput
from db.terms import AgeBand, MemberKind


def sums_line(sums: RollSums) -> None:
    """How many stand on the roll now."""
    st.caption(
        _(
            "在册党员 {members} 人（预备 {probationary} 人），党支部 {branches} 个，关联志愿者 {linked} 人。",
            members=sums.members,
            probationary=sums.probationary,
            branches=sums.branches,
            linked=sums.linked,
        )
    )


def roll_filters(
    branches: Sequence[BranchRow], units: Mapping[int, str], *, left: bool, many: bool, today: date
) -> RollFilters:
    """What narrows the list, held in the address; `many`: branches of more than one community."""
    named = {one.id: f"{one.community} · {one.name}" if many else one.name for one in branches}
    with filters():
        first, second, third = st.columns(3)
    with first:
        words = filter_words(_("查找"), _("全名、全拼、首字母、电话、编号或特长"))
        band = filter_by("band", _("年龄段"), list(AgeBand))
    with second:
        branch = filter_id("branch", _("党支部"), named)
        unit = filter_id("unit", _("共建单位"), units)
    with third:
        kind = filter_by("kind", _("类型"), list(MemberKind))
        if left:
            due = filter_switch("due", _("只看到了复核日子的"))
            return RollFilters(words, branch, kind, unit, band, left=True, due_by=today if due else None)
        probationary = filter_switch("probationary", _("只看预备党员"))
    return RollFilters(words, branch, kind, unit, band, probationary=probationary)


def roll_table(found: Sequence[MemberRow], *, left: bool, many: bool) -> None:
    """The roll as one block, masked."""
    rows(
        [
            {
                "id": one.id,
                "number": one.number,
                "name": one.name,
                "branch": f"{one.community} · {one.branch}" if many else one.branch,
                "kind": term(one.kind),
                "standing": standing_word(one.probationary),
                "band": term(one.band) if one.band else "",
                "unit": _("{unit}（已结束共建）", unit=one.unit) if one.unit_ended else one.unit,
                "skills": side_by_side(one.skills),
                "volunteer": one.volunteer,
                "left": _left(one),
            }
            for one in found
        ],
        [
            Column("number", _("编号"), "nowrap"),
            Column("name", _("姓名"), "nowrap"),
            Column("branch", _("党支部")),
            Column("kind", _("类型"), "nowrap"),
            *([Column("left", _("离册"))] if left else [Column("standing", _("身份"), "nowrap")]),
            Column("band", _("年龄段"), "nowrap"),
            *([Column("unit", _("共建单位"))] if any(one.unit for one in found) else []),
            Column("skills", _("特长")),
            Column("volunteer", _("志愿者"), "nowrap"),
        ],
        key="members.list",
        page="member",
        empty=_("没有找到党员。姓名要写全；换个支部或类型试试。") if not left else _("没有已离册的党员。"),
        caption=_("党员名册"),
    )


def _left(one: MemberRow) -> str:
    return f"{near(one.ended_on)} {term(one.ended_as)}" if one.ended_on and one.ended_as else ""


def add_form(branches: Sequence[BranchRow], units: Mapping[int, str], today: date) -> Request | None:
    """Put somebody on the roll."""
    names = {one.id: one.name for one in branches}
    with form("add_member", border=False) as filling:
        first, second, third = st.columns(3)
        with first:
            name = filling.line("name", _("姓名"), most=30)
            branch = filling.choice("branch_id", _("党支部"), list(names), show=lambda one: names.get(one, str(one)))
            joined = filling.day("joined_on", _("入党日期"), least=date(1921, 7, 1), most=today)
        with second:
            phone = filling.line("phone", _("电话（可不填）"), most=20)
            kind = filling.choice("kind", _("类型"), list(MemberKind))
            full = filling.day("full_on", _("转正日期（预备党员不填）"), least=date(1921, 7, 1), most=today)
        with third:
            year = filling.line("birth_year", _("出生年份（可不填）"), help=_("四位数，只用来算年龄段，不显示。"))
            unit = filling.choice(
                "unit_id", _("共建单位（可不填）"), list(units), show=lambda one: units.get(one, str(one))
            )
            since = filling.day("since", _("哪天起在册"), start=today, most=today)
        skills = filling.line("skills", _("特长（用顿号隔开）"), help=_("例如：电工、理发、急救"), most=200)
        slots = filling.several("free_slots", _("哪些半天有空"), SLOTS, show=half_day)
        another = filling.yes("another", _("不是同一个人（名册里有同名、同音或同电话的人时勾选）"))
        pressed = filling.submit(_("登记党员"), icon=":material/person_add:")
    given = MemberInput(
        name, branch, kind, joined, phone=phone, full_on=full, since=since, birth_year=year, unit_id=unit,
        skills=apart(skills), free_slots=slots,
    )  # fmt: skip
    values = {"given": given, "another": another}
    return Request(filling, add_member, _("已登记到党员名册"), values) if pressed else None


def offers_table(offers: Sequence[OfferRow]) -> None:
    """Who is to come to us from other communities."""
    rows(
        [
            {
                "number": one.number,
                "name": one.name,
                "kind": term(one.kind),
                "from": one.community,
                "to": one.branch,
            }
            for one in offers
        ],
        [
            Column("number", _("编号"), "nowrap"),
            Column("name", _("姓名"), "nowrap"),
            Column("kind", _("类型"), "nowrap"),
            Column("from", _("从哪个社区来")),
            Column("to", _("到哪个党支部")),
        ],
        key="members.offers",
        empty=_("没有等待接收的党员。外社区办了“转往外社区”，会出现在这里。"),
        caption=_("等待接收的党员"),
    )


def take_form(offers: Sequence[OfferRow], today: date) -> Request | None:
    """Take one in, or send one back."""
    if not offers:
        return None
    names = {one.id: f"{one.number} {one.name} → {one.branch}" for one in offers}

    def show(one: int) -> str:
        return names.get(one, str(one))

    first = next(iter(names))
    left, right = st.columns(2)
    request: Request | None = None
    with left, form("take_member") as filling:
        who = filling.choice("member_id", _("接收哪一位"), list(names), start=first, show=show)
        on = filling.day("on", _("哪天起在本社区"), start=today, most=today)
        st.caption(_("人员档案、志愿者登记和账号的关联不跟过来，接收后可在本社区重新关联。"))
        if filling.submit(_("接收"), icon=":material/login:"):
            request = Request(filling, take_member, _("已接收"), {"member_id": who or 0, "on": on})
    with right, form("decline_member") as filling:
        who = filling.choice("member_id", _("退回哪一位"), list(names), start=first, show=show)
        reason = filling.line("reason", _("退回的原因"), most=200)
        if filling.submit(_("退回"), icon=":material/undo:"):
            request = Request(filling, decline_member, _("已退回原社区"), {"member_id": who or 0, "reason": reason})
    return request
