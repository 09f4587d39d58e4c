"""计数: the totals as they come in, the addresses for the helpers' phones, the close of the day and its corrections."""

import streamlit as st

from components.acting import Request
from components.activities.market import stall_name
from components.asking import ask
from components.forms import form, press
from components.lists import Column, rows
from components.public_address import letters
from components.qr import show_qr
from components.wording import _, in_a_row
from components.wording.dates import clock
from components.wording.terms import term
from db.actions.activities.market import open_tallies, renew_tally, revoke_tally
from db.actions.activities.market_tally import MOST_SERVED, close_market, correct_tally
from db.queries.activities.market import MarketFacts, StallLine


def tally_table(facts: MarketFacts) -> None:
    """How many were served where, how long the queues are, and what helpers noted."""
    rows(
        [
            {
                "name": stall_name(stall),
                "served": stall.served,
                "planned": stall.planned or "",
                "queue": _queue(stall),
                "late": stall.late or "",
                "words": in_a_row(stall.words),
                "corrections": in_a_row(stall.corrections),
            }
            for stall in facts.live
        ],
        [
            Column("name", _("摊位")),
            Column("served", _("服务人次"), "number"),
            Column("planned", _("预计人次"), "number"),
            Column("queue", _("排队"), "nowrap"),
            Column("late", _("关账后上传"), "number"),
            Column("words", _("收摊小记")),
            Column("corrections", _("更正")),
        ],
        key="market.tally",
        empty=_("还没有摊位。"),
        caption=_("摊位计数"),
    )


def _queue(stall: StallLine) -> str:
    if stall.queue is None or stall.queue_at is None:
        return ""
    return f"{term(stall.queue)} {clock(stall.queue_at)}"


def link_forms(facts: MarketFacts, address: str) -> Request | None:
    """The addresses with which helpers count: make them, show one as a QR, replace or revoke it."""
    missing = [stall for stall in facts.live if not stall.code]
    if missing:
        made = press("market.links", _("生成各摊的计数地址"), primary=True, icon=":material/qr_code_2:")
        if made:
            said = _("已生成，可以扫码，或印在志愿者的小条上")
            return Request(made, open_tallies, said, {"activity_id": facts.id})
    held = {stall.id: stall for stall in facts.live if stall.code}
    if not held:
        return None
    st.header(_("摊位的计数地址"), anchor=False)
    st.caption(_("扫码就能计数，不用账号，没有网络也能按。只给这个摊位的志愿者，不给居民扫。"))
    chosen = st.selectbox(
        _("哪个摊位"), list(held), format_func=lambda one: stall_name(held[one]), key="market.link.which"
    )
    stall = held[chosen]
    link = f"{address}/m/{stall.code}"
    code, words = st.columns([1, 2], vertical_alignment="center")
    with code:
        show_qr(link, label=_("{stall} 的计数二维码", stall=stall_name(stall)), key="market.link.qr")
    with words:
        st.code(letters(link), language=None)
        renew = ask(
            f"market.renew.{stall.id}", _("换一个地址"),
            _("旧地址和印好的码马上失效，正在计数的手机要重新扫。已经按过的人次都保留。"), _("换地址"),
            icon=":material/autorenew:",
        )  # fmt: skip
        revoke = ask(
            f"market.revoke.{stall.id}", _("停用"),
            _("这个地址和印好的码马上失效，再计数要另生成。已经按过的人次都保留。"), _("停用地址"),
            icon=":material/link_off:",
        )  # fmt: skip
    if renew:
        said = _("已换，旧地址马上失效；按过的人次都在")
        return Request(renew, renew_tally, said, {"stall_id": stall.id})
    return Request(revoke, revoke_tally, _("已停用"), {"stall_id": stall.id}) if revoke else None


def close_form(facts: MarketFacts) -> Request | None:
    """The end of the day: what was counted stands."""
    with st.expander(_("关账"), icon=":material/lock:"), form("market.close", border=False) as filling:
        st.markdown(_("合计以按下时为准，写进活动记录。关账后不再计数，还没联网的手机上传的另记。"))
        pressed = filling.submit(_("关账"), icon=":material/lock:")
    said = lambda n: _("已关账，共 {n} 人次", n=n)  # noqa: E731
    return Request(filling, close_market, said, {"activity_id": facts.id}) if pressed else None


def correct_form(facts: MarketFacts) -> Request | None:
    """A number that is wrong is put right with its reason; what was counted stays beside it."""
    names = {stall.id: f"{stall_name(stall)} · {stall.served}" for stall in facts.live}
    if not names:
        return None
    with st.expander(_("更正人次"), icon=":material/edit_note:"), form("market.correct", border=False) as filling:
        stall_id = filling.choice("stall_id", _("哪个摊位"), list(names), show=names.__getitem__)
        served = filling.whole("served", _("实际服务人次"), least=0, most=MOST_SERVED)
        reason = filling.line("reason", _("为什么更正"), most=200)
        pressed = filling.submit(_("更正"))
    values = {"stall_id": stall_id, "served": served, "reason": reason}
    return Request(filling, correct_tally, _("已更正"), values) if pressed and stall_id else None
