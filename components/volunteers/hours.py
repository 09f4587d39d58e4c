"""待核时长: hours in doubt, and the form by which a second person decides."""

import streamlit as st

from components.acting import Request
from components.forms import form
from components.lists import Column, rows
from components.wording import _, noted
from components.wording.dates import hours, near, with_days
from components.wording.terms import term
from db.actions.volunteers.settling import settle_hours
from db.queries.volunteers.hours import ClaimRow, Claims


def waiting_hours(claims: Claims, *, decides: bool) -> Request | None:
    """What waits with its doubt; whoever claimed or served it sees it and does not decide."""
    if not claims.rows:
        return None
    with st.expander(_("待核时长（{n} 条）", n=claims.total), icon=":material/rule:"):
        _table(claims)
        return _settle_form([one for one in claims.rows if not one.mine]) if decides else None


def _table(claims: Claims) -> None:
    rows(
        [
            {
                "who": f"{one.number} {one.name}",
                "what": f"{one.what} · {near(one.on)}",
                "time": hours(one.minutes),
                "doubt": noted(term(one.doubt), with_days(one.named)) if one.named else term(one.doubt),
                "reason": one.reason,
                "by": one.by,
            }
            for one in claims.rows
        ],
        [
            Column("who", _("志愿者"), "nowrap"),
            Column("what", _("活动或订单")),
            Column("time", _("时长"), "number"),
            Column("doubt", _("疑点")),
            Column("reason", _("申报时的说明")),
            Column("by", _("申报人"), "nowrap"),
        ],
        key="volunteers.claims",
        empty="",
        caption=_("待核时长"),
    )


def _settle_form(claims: list[ClaimRow]) -> Request | None:
    if not claims:
        st.caption(_("这些时长是您申报的，或记在您名下：请另一位工作人员核对。"))
        return None
    named = {one.id: f"{one.number} {one.name} · {one.what} · {hours(one.minutes)}" for one in claims}
    answers = {True: _("属实，计入"), False: _("不计入")}
    with form("settle_hours") as filling:
        chosen = filling.several("claim_ids", _("哪几条"), list(named), show=lambda one: named.get(one, str(one)))
        counted = filling.choice("counted", _("核对结果"), list(answers), show=answers.__getitem__, few=True)
        word = filling.line("word", _("怎么核对的"), help=_("例如：电话问过家属，看过签到表"), most=200)
        pressed = filling.submit(_("核对完了"), icon=":material/rule:")
    values = {"claim_ids": chosen, "counted": counted, "word": word}
    return Request(filling, settle_hours, _("已核对"), values) if pressed else None
