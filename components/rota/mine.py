"""找班次 on a volunteer's phone: what suits first, one slot with its one button, the own turns, swaps."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta

import streamlit as st

from components.acting import Request
from components.address import back_to_list, filter_view, filters, out_of_address, pick, to_address
from components.forms import form, press
from components.lists import Column, Marked, rows
from components.rota.words import HARD, asked_words, when, why_words
from components.wording import N_, _, labelled, noted, safe
from components.wording.dates import near, week
from components.wording.terms import term
from db.actions.rota.swaps import answer_turn_swap, ask_turn_swap, take_offered_turn, withdraw_turn_swap
from db.actions.rota.turns import claim_slot, give_back_turn
from db.queries.rota.mine import Found, MyTurn, OpenSlot, Partner, SwapAsked
from db.rules.rota.fit import able
from db.rules.workdays import week_of
from db.terms import TurnNews, TurnState

VIEWS: dict[str, str] = {"find": N_("能来的班"), "mine": N_("我的班次")}


def choose_view(mine: int, asked: int) -> str:
    """What is shown: slots to take, or the own ones with how many there are, and how many requests wait there."""

    def label(view: str) -> str:
        if view != "mine" or not mine + asked:
            return _(VIEWS[view])
        return _("我的班次 {n}，待答复 {asked}", n=mine, asked=asked) if asked else f"{_(VIEWS[view])} {mine}"

    return filter_view("view", _("看什么"), list(VIEWS), label, start="find", read=str)


def choose_slots(found: Callable[..., Found], today: date) -> Found:
    """Week, rota and post, held in the address; what is found with them."""
    with filters(), st.container(horizontal=True):
        mondays = [week_of(today) + timedelta(weeks=ahead) for ahead in range(9)]
        monday = pick("week", _("哪一周"), mondays, week, read=date.fromisoformat, everything=_("都行"))
        all_of = found()
        rota = pick("rota", _("哪一项"), list(all_of.rotas), lambda one: all_of.rotas.get(one, ""), read=int,
                    everything=_("都行"))  # fmt: skip
        post = pick("post", _("哪个点位"), list(all_of.posts), str, read=str, everything=_("都行"))
    return all_of if (monday, rota, post) == (None, None, None) else found(monday=monday, rota_id=rota, post=post or "")


def slot_list(found: Found, skip: int) -> None:
    """Twenty at once, what suits first, with the reasons; a tap opens one."""
    rows(
        [
            {
                "slot": one.id,
                "when": when(one.starts_at, one.ends_at),
                "post": f"{one.rota} · {one.post}",
                "why": why_words(one.why),
                "asked": Marked(asked_words(one.stands), "orange") if one.stands.soft else "",
                "lacks": _("缺 {n} 人", n=one.places - one.filled),
            }
            for one in found.rows
        ],
        [
            Column("when", _("班次"), "nowrap"),
            Column("post", _("做什么")),
            Column("why", _("为什么先看到")),
            Column("asked", "", "text"),
            Column("lacks", "", "nowrap"),
        ],
        key="slots.list",
        page="slots",
        name="slot",
        value="slot",
        empty=_("现在没有您能来的班次。换一周看看，或等社区开新的班。"),
        caption=_("能来的班"),
    )
    left = found.count - skip - len(found.rows)
    with st.container(horizontal=True):
        if skip and st.button(_("回到最合适的"), icon=":material/first_page:", key="slots.first"):
            out_of_address("skip")
            st.rerun()
        if left > 0 and st.button(_("再看 {n} 个", n=min(left, 20)), icon=":material/expand_more:", key="slots.more"):
            to_address("skip", skip + len(found.rows))
            st.rerun()


def one_slot(slot: OpenSlot, skills: Sequence[str]) -> Request | None:
    """One slot: when, where, what to do, and the one button; what is asked stands above it."""
    back_to_list(_("看别的班"), "slot")
    with st.container(border=True):
        st.markdown(f"**{safe(when(slot.starts_at, slot.ends_at))}**  \n{safe(slot.rota)} · {safe(slot.post)}")
        lines = [slot.place, slot.task, _("已有 {filled} 人，共要 {places} 人", filled=slot.filled, places=slot.places)]
        st.text("\n".join(part for part in lines if part))
        if slot.why:
            st.caption(safe(why_words(slot.why)))
        if slot.stands.hard is not None:
            why = _(HARD[slot.stands.hard])
            st.info(safe(labelled(why, slot.stands.named) if slot.stands.named else why), icon=":material/block:")
            return None
        if not able(slot.skill, skills):
            st.info(
                _("这个点位要求“{skill}”。会的话请告诉社区登记特长。", skill=safe(slot.skill)), icon=":material/school:"
            )
            return None
        if slot.filled >= slot.places:
            st.info(_("这一班满了。"), icon=":material/group:")
            return None
        sure = bool(slot.stands.soft)
        if sure:
            st.warning(safe(_("想一想：{what}。", what=asked_words(slot.stands))), icon=":material/help:")
        label = _("知道了，我来") if sure else _("我来")
        yes = press(f"slots.claim.{slot.id}", label, primary=True, icon=":material/thumb_up:", wide=True)
        st.caption(_("开班前 {hours} 小时之前都可以自己退回。", hours=slot.give_back_hours))
    if not yes:
        return None
    values = {"slot_id": slot.id, "sure": sure}
    return Request(yes, claim_slot, _("认领好了，到时见"), values, after=lambda _turn: out_of_address("slot"))


def turn_list(turns: Sequence[MyTurn], now: datetime) -> None:
    """The own turns by day; what was changed without me is named."""
    rows(
        [
            {
                "turn": one.id if one.state is TurnState.TAKEN and one.starts_at > now else None,
                "when": when(one.starts_at, one.ends_at),
                "post": f"{one.rota} · {one.post}",
                "news": _news(one),
                "place": one.place,
            }
            for one in turns
        ],
        [
            Column("when", _("班次"), "nowrap"),
            Column("post", _("做什么")),
            Column("news", ""),
            Column("place", _("地点")),
        ],
        key="slots.mine",
        page="slots",
        name="turn",
        value="turn",
        empty=_("您还没有认领班次。"),
        caption=_("我的班次"),
    )


def _news(one: MyTurn) -> object:
    if one.news is not None:
        gone = one.news in (TurnNews.CALLED_OFF, TurnNews.TAKEN_OUT)
        return Marked(term(one.news), "red" if gone else "orange")
    return _("等人换") if one.swap_id else ""


def one_turn(turn: MyTurn, found: Sequence[Partner], now: datetime) -> Request | None:
    """An own turn: give it back in time, or swap it."""
    back_to_list(_("回到我的班次"), "turn")
    st.markdown(f"**{safe(when(turn.starts_at, turn.ends_at))}**  \n{safe(turn.rota)} · {safe(turn.post)}")
    st.text("\n".join(part for part in (turn.place, turn.task) if part))
    request: Request | None = None
    if now <= turn.until:
        with form(f"give_back.{turn.id}") as filling:
            reason = filling.line(
                "reason", _("为什么来不了"), help=_("{time} 之前可以自己退回。", time=near(turn.until))
            )
            if filling.submit(_("退回这一班"), icon=":material/undo:", wide=True):
                values: dict[str, object] = {"turn_id": turn.id, "reason": reason}
                request = Request(filling, give_back_turn, _("已退回"), values, after=_leave)
    else:
        st.info(_("离开班太近，不能自己退了：请打电话告诉社区，或者换给别人。"), icon=":material/call:")
    if turn.swap_id is not None:
        st.caption(_("已请人换，对方答应前这一班还是您的。"))
        back = press(f"swap.withdraw.{turn.swap_id}", _("不换了"), icon=":material/undo:", wide=True)
        if back:
            request = Request(back, withdraw_turn_swap, _("已撤回"), {"swap_id": turn.swap_id})
        return request
    names = {one.turn_id: noted(f"{when(one.starts_at, one.ends_at)} {one.post}", one.number) for one in found}
    with form(f"ask_swap.{turn.id}") as asking:
        wanted = asking.choice("wanted_id", _("想换哪一班（不选就让给愿意来的人）"), list(names),
                               show=lambda one: names.get(one, str(one)))  # fmt: skip
        if asking.submit(_("请人换班"), icon=":material/swap_horiz:", wide=True):
            values = {"turn_id": turn.id, "wanted_id": wanted}
            request = Request(asking, ask_turn_swap, _("已发出，对方答应后才换"), values, after=_leave)
    return request


def _leave(_result: object) -> None:
    out_of_address("turn")


def swap_cards(asked: Sequence[SwapAsked]) -> Request | None:
    """What colleagues ask: their turn for mine, or theirs for whoever comes."""
    request: Request | None = None
    for one in asked[:5]:
        with st.container(border=True):
            theirs = f"{when(one.starts_at, one.ends_at)} {one.rota} · {one.post}"
            if one.mine_starts_at is None:
                st.markdown(_("有人让出：**{slot}**", slot=safe(theirs)))
                sure = bool(one.stands.soft)
                if sure:
                    st.caption(safe(asked_words(one.stands)))
                yes = press(f"swap.take.{one.id}", _("知道了，我来") if sure else _("我来"), primary=True, wide=True)
                if yes:
                    request = Request(yes, take_offered_turn, _("这一班归您了"), {"swap_id": one.id, "sure": sure})
                continue
            mine = f"{near(one.mine_starts_at)} {one.mine_post}"
            st.markdown(_("同伴想用 **{theirs}** 换您的 **{mine}**", theirs=safe(theirs), mine=safe(mine)))
            yes = press(f"swap.yes.{one.id}", _("换"), primary=True, wide=True)
            no = press(f"swap.no.{one.id}", _("不换"), wide=True)
            if yes or no:
                pressed = yes or no
                assert pressed is not None  # noqa: S101 - one of the two
                values = {"swap_id": one.id, "agreed": bool(yes)}
                request = Request(pressed, answer_turn_swap, _("已换好") if yes else _("已回复"), values)
    return request
