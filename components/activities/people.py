"""Who signed up and who came: the list, the forms of staff, the open page, presence with one press."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from components.acting import Request
from components.activities.papers import when_words
from components.forms import form, press
from components.lists import Column, rows
from components.public_address import printed_address
from components.qr import show_qr
from components.wording import _, noted
from components.wording.terms import term
from db.actions.activities.sessions import take_presence
from db.actions.activities.sign_ups import (
    cancel_sign_up,
    close_sign_up,
    drop_guardian_consent,
    mark_told,
    open_sign_up,
    sign_up_participant,
)
from db.queries.activities.page import ActivityFacts, ParticipantRow, SessionRow, SignUps
from db.queries.activities.stall_crew import ToTell
from db.rules.activities.input import SignUpInput
from db.rules.activities.places import MOST_CHILDREN, told
from db.rules.printed_code import printed
from db.terms import SeatState

SHOWN = 50


def counts_line(facts: ActivityFacts, found: SignUps, *, inside: bool) -> None:
    """How many have a place and how many wait."""

    def count(state: SeatState) -> str:
        shown = told(found.counts.get(state, 0), sensitive=facts.sensitive, inside=inside)
        return _("不足 5") if shown is None else str(shown)

    words = [
        _("已报上 {n} 条", n=count(SeatState.IN)),
        _("候补 {n} 条", n=count(SeatState.WAITING)),
        _("名额 {filled}/{places}", filled=facts.filled, places=facts.places) if facts.places and inside else "",
    ]
    st.caption(" · ".join(word for word in words if word))
    if facts.sensitive and not inside:
        st.info(_("参加者属于敏感人群，姓名只有专人可见。您可以登记报名和人数。"), icon=":material/visibility_off:")


def _name(number: int, one: ParticipantRow) -> str:
    name = one.name or _("不具名")
    if one.under_14:
        name = noted(name, _("儿童"))
    return f"{number} {name}"


def people_table(found: SignUps) -> None:
    """The sign-ups that the reader may see, in the order in which they came."""
    waiting = [one.id for one in found.rows if one.state is SeatState.WAITING]

    def remark(one: ParticipantRow) -> str:
        words = [
            _("候补第 {n} 位", n=waiting.index(one.id) + 1) if one.state is SeatState.WAITING else "",
            _("带 {n} 个孩子", n=one.children) if one.children else "",
            _("监护人已同意") if one.guardian else "",
            _("在册") if one.linked else "",
            _("同名，可能重复") if one.twin else "",
            _("待通知") if one.to_tell else "",
        ]
        return _("，").join(word for word in words if word)

    rows(
        [
            {
                "name": _name(number, one),
                "phone": one.phone,
                "state": one.state,
                "way": term(one.way),
                "came": len(one.came) or "",
                "remark": remark(one),
            }
            for number, one in enumerate(found.rows[:SHOWN], 1)
        ],
        [
            Column("name", _("姓名")),
            Column("phone", _("联系电话"), "nowrap"),
            Column("state", _("状态"), "nowrap"),
            Column("way", _("怎么报的"), "nowrap"),
            Column("came", _("到会场次"), "number"),
            Column("remark", _("备注")),
        ],
        key="activity.people",
        empty=_("还没有人报名。可以在这里登记、开放扫码报名，或在“粘贴接龙”里整批报名。"),
        caption=_("报名"),
    )
    if len(found.rows) > SHOWN:
        st.caption(_("只列出前 {n} 位，全部在签到表里。", n=SHOWN))


def sign_up_form(facts: ActivityFacts, today: date) -> Request | None:
    """Sign somebody up."""
    with form(f"sign_up.{facts.id}") as filling:
        left, right = st.columns(2)
        with left:
            name = filling.line("name", _("姓名"), most=30)
        with right:
            phone = filling.line("phone", _("联系电话"), most=60)
        number = filling.line("volunteer_number", _("志愿者编号（在册的，可代替姓名）"))
        children, child, guardian, guardian_on = 0, False, "", None
        if facts.minors:
            children = (
                filling.whole("children", _("一同来的 14 岁以下儿童（只计人数）"), most=MOST_CHILDREN, start=0) or 0
            )
            child = filling.yes("under_14", _("报名的本人不满 14 岁，监护人同意登记姓名"))
            left, right = st.columns(2)
            with left:
                guardian = filling.line("guardian", _("监护人"), most=30)
            with right:
                guardian_on = filling.day("guardian_on", _("哪天同意的"), most=today)
        pressed = filling.submit(_("登记报名"))
    given = SignUpInput(
        name=name, phone=phone, children=children, under_14=child, guardian=guardian, guardian_on=guardian_on,
        volunteer_number=number,
    )  # fmt: skip
    return Request(filling, sign_up_participant, _said, {"activity_id": facts.id, "given": given}) if pressed else None


def _said(made: dict[str, str]) -> str:
    if made["state"] == SeatState.WAITING.value:
        return _("名额已满，排进候补；有人取消会自动递补")
    return _("已报上")


def open_page(facts: ActivityFacts) -> Request | None:
    """开放报名: the address and its code, to be shown and printed; or the button that opens it."""
    if facts.code is None:
        pressed = press("open_sign_up", _("开放扫码报名"), icon=":material/qr_code_2:")
        return Request(pressed, open_sign_up, _("已开放"), {"activity_id": facts.id}) if pressed else None
    address = printed_address(st.context.url)
    left, right = st.columns([1, 2])
    with left:
        if address:
            show_qr(f"{address}/a/{facts.code}", label=_("报名二维码"), key="activity.qr")
    with right:
        st.text(_("居民用手机扫码报名，不用账号；满了自动候补，可凭回执自己取消。"))
        if address:
            st.text(f"{address}/a/{printed(facts.code)}")
        pressed = press("close_sign_up", _("停止扫码报名"), icon=":material/block:")
    return (
        Request(pressed, close_sign_up, _("已停止，已报的人不受影响"), {"activity_id": facts.id}) if pressed else None
    )


def change_form(found: SignUps) -> Request | None:
    """Cancel a sign-up, or take back a guardian's consent."""
    alive = {one.id: (number, one) for number, one in enumerate(found.rows, 1) if one.state is not SeatState.CANCELLED}
    if not alive:
        return None
    with form("change_sign_up") as filling:
        chosen = filling.choice("participant_id", _("谁"), list(alive), show=lambda key: _name(*alive[key]))
        guarded = any(one.guardian for _n, one in alive.values())
        steps = {"cancel": _("取消报名")} | ({"guardian": _("监护人撤回同意")} if guarded else {})
        what = filling.choice("what", _("做什么"), list(steps), start="cancel", few=True, show=steps.__getitem__)
        pressed = filling.submit(_("办理"))
    if not pressed:
        return None
    if chosen is None:
        filling.problem("participant_id", _("请填写这一项。"))
        return None
    values = {"participant_id": chosen, "version": alive[chosen][1].version}
    if what == "guardian":
        return Request(filling, drop_guardian_consent, _("已改为只计人数"), values)
    return Request(filling, cancel_sign_up, _moved, values)


def _moved(count: int) -> str:
    return _("已取消，{n} 位候补递补上来，请通知他们", n=count) if count else _("报名已取消")


def sign_up_forms(facts: ActivityFacts, found: SignUps, *, today: date) -> Request | None:
    """Sign up, cancel, and the page on which people do it alone."""
    with st.expander(_("登记报名"), icon=":material/person_add:"):
        request = sign_up_form(facts, today)
    with st.expander(_("取消报名、撤回同意"), icon=":material/person_remove:"):
        request = change_form(found) or request
    return open_page(facts) or request


def tell_form(activity_id: int, found: SignUps, helpers: Sequence[ToTell] = ()) -> Request | None:
    """Who must be told of a change, helpers as well; ticked off when it was done."""
    waiting = {one.id: (number, one) for number, one in enumerate(found.rows, 1) if one.to_tell}
    helping = {one.id: f"{one.number} {one.name} {one.phone}".strip() for one in helpers}
    if not waiting and not helping:
        return None
    told_ids: list[int] = []
    told_helpers: list[int] = []
    st.header(_("要通知的人"), anchor=False)
    with form("mark_told") as filling:
        if waiting:
            told_ids = filling.ticks("participant_ids", _("已经打过电话的"), list(waiting),
                                     show=lambda key: f"{_name(*waiting[key])} {waiting[key][1].phone}")  # fmt: skip
        if helping:
            told_helpers = filling.ticks(
                "volunteer_ids", _("已经通知的志愿者"), list(helping), show=helping.__getitem__
            )
        pressed = filling.submit(_("记为已通知"))
    values = {"activity_id": activity_id, "participant_ids": told_ids, "volunteer_ids": told_helpers}
    return Request(filling, mark_told, _("已记下"), values) if pressed else None


def presence_form(
    facts: ActivityFacts, sessions: Sequence[SessionRow], found: SignUps, *, today: date
) -> Request | None:
    """Who came to a session: everybody is ticked, those who did not come are taken out; the others as a head count."""
    due = {one.id: one for one in sessions if one.on <= today}
    if not due:
        return None
    st.header(_("登记到会"), anchor=False)
    start = next((key for key, one in due.items() if not one.taken), next(iter(due)))
    chosen = st.selectbox(
        _("哪一场"), list(due), index=list(due).index(start), format_func=lambda key: when_words(due[key]),
        key="presence.session",
    )  # fmt: skip
    one = due[chosen]
    inside = {row.id: (number, row) for number, row in enumerate(found.rows, 1) if row.state is SeatState.IN}
    came = [key for key, (_n, row) in inside.items() if one.id in row.came] if one.taken else list(inside)
    with form(f"presence.{one.id}") as filling:
        present: list[int] = []
        if inside:
            present = filling.ticks("present", _("默认全部到会，没来的点掉"), list(inside), start=came,
                                    show=lambda key: _name(*inside[key]))  # fmt: skip
        left, right = st.columns(2)
        with left:
            heads = filling.whole("heads", _("另有不具名的人数"), most=100_000, start=one.heads)
        with right:
            children = filling.whole("children", _("其中 14 岁以下"), most=100_000, start=one.children)
        pressed = filling.submit(_("记下到会"))
    values = {"session_id": one.id, "version": one.version, "present": present, "heads": heads, "children": children}
    return Request(filling, take_presence, _counted, values) if pressed else None


def _counted(count: int) -> str:
    return _("已记下，共 {n} 人到会", n=count)
