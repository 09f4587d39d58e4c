"""票: print slips before the meeting, declare the left-over ones void; the codes are on the paper and nowhere else."""

import streamlit as st

from components.acting import Request
from components.asking import says
from components.file_button import Codes, file_button, forget, held
from components.forms import form
from components.meetings.desk import Desk, left_house
from components.meetings.papers import WORD, file_name
from components.meetings.papers_ballot import slip_sheet
from components.public_address import printed_address
from components.wording import _, plainly
from db.actions.voting.slips import print_slips, reprint_slips, void_slips
from db.engine import utc_now
from db.queries.voting.ballots import SlipStanding
from db.rules.meetings.sitting import Sitting
from db.rules.permissions import Actor, Permission
from db.rules.voting.slip_code import new_code
from db.terms import VoteMethod

PRINTED = "_slips.printed"
"""`Codes` of (serial, code) for a meeting: in the memory of this session until it is printed."""
MOST = 300


def slips_part(sitting: Sitting, standing: SlipStanding, desk: Desk) -> Request | None:
    """How many can be used, print, void."""
    if not sitting.phones_allowed:
        st.info(_("本机构的议事规则不允许用手机投票，不用印票码。"), icon=":material/gavel:")
        return None
    st.text(_("可用 {ready} · 作废 {void}", ready=len(standing.ready), void=len(standing.void)))
    if _download(sitting, desk):
        return None
    ways = {"print": _("印票"), "void": _("作废余票"), "again": _("全部作废重印")}
    if not standing.ready:
        ways = {"print": ways["print"]}
    way = "print"
    if len(ways) > 1:
        chosen = st.segmented_control(
            _("要做什么"),
            list(ways),
            format_func=plainly(ways.__getitem__),
            default="print",
            required=True,
            key="slips_way",
        )
        way = chosen or way
    if sitting.ballot is not None and any(one.way is VoteMethod.SLIP for one in sitting.ballot.ways):
        st.info(_("票码表决正在进行，现在不能印票或作废。"), icon=":material/lock:")
        return None
    if way == "void":
        return _void(sitting, standing.ready)
    return _print(sitting, desk, len(standing.ready), again=way == "again")


def _print(sitting: Sitting, desk: Desk, ready: int, *, again: bool) -> Request | None:
    there = sitting.presence.present or sitting.presence.due
    with form("slips_again" if again else "print_slips") as filling:
        wanted = there if again else max(1, there - ready)
        count = filling.whole("codes", _("印几张"), least=1, most=MOST, start=wanted or None,
                              help=_("每位到会、可表决的成员一张。余票当场作废。"))  # fmt: skip
        reason = filling.line("reason", _("重印的原因"), most=200) if again else ""
        if again:
            says(_("已经印出的票全部作废，手里拿着旧票的成员要换新票。"))
        pressed = filling.submit(_("生成票码"), icon=":material/qr_code_2:")
    if not pressed:
        return None
    # A repeated submit must not print other codes than were stored.
    drawn: list[str] = st.session_state.setdefault(f"_slips.{filling.request_key}", [])
    while len(drawn) < (count or 0):
        drawn.append(new_code())
    codes = drawn[: count or 0]

    def said(made: dict[str, int]) -> str:
        st.session_state.pop(f"_slips.{filling.request_key}", None)
        kept = held(PRINTED, (desk.user.id, sitting.id)) if not again else None
        # Slips that are on paper already are not printed a second time with the new ones.
        before = kept.left(utc_now()) if kept and not kept.fetched else []
        st.session_state[PRINTED] = Codes(
            (desk.user.id, sitting.id), before + list(enumerate(codes, made["first"])), utc_now()
        )
        return _("已登记 {count} 张票，请下载打印", count=made["count"])

    values = {"meeting_id": sitting.id, "codes": codes}
    if again:
        return Request(filling, reprint_slips, said, values | {"reason": reason})
    return Request(filling, print_slips, said, values)


def _download(sitting: Sitting, desk: Desk) -> bool:
    """The slips just printed, until they are cleared; whether there are any."""
    kept: Codes[tuple[int, str]] | None = held(PRINTED, (desk.user.id, sitting.id))
    if kept is None:
        return False

    def made(actor: Actor) -> bytes:
        slips = kept.fetch(utc_now())
        paper = slip_sheet(sitting, slips, address)()
        left_house(sitting, actor, "slips", len(slips))
        return paper

    with st.container(border=True):
        st.header(_("请现在下载并打印这 {count} 张票", count=len(kept.left(utc_now()))))
        st.text(_("票码只在这里出现这一次，清除后不能再看；下载 10 分钟后自动清除。"))
        st.caption(_("打印后剪开、洗匀，签到时随手发，不登记谁拿哪一张。"))
        address = printed_address(st.context.url)
        with st.container(horizontal=True):
            if address:
                name = file_name(sitting, "slips")
                file_button(desk.user, Permission.PRINT_SLIPS, _("下载票码单（Word）"), name, WORD, made,
                            key="paper.slips", primary=True)  # fmt: skip
            if st.button(_("已打印，清除票码"), key="slips_clear", icon=":material/delete_sweep:"):
                forget(PRINTED)
                st.rerun()
    return True


def _void(sitting: Sitting, ready: tuple[int, ...]) -> Request | None:
    with form("void_slips") as filling:
        serials = filling.several("serials", _("作废哪些票号"), list(ready), show=lambda serial: f"{serial:03d}")
        reason = filling.line("reason", _("作废的原因"), most=200, start=_("余票"))
        says(_("这些票马上不能投，不能恢复；作废的票号和原因写进记录。"))
        pressed = filling.submit(_("作废"), icon=":material/block:")
    if not pressed:
        return None
    values = {"meeting_id": sitting.id, "serials": serials, "reason": reason}
    return Request(filling, void_slips, lambda count: _("已作废 {count} 张", count=count), values)
