"""One slot for those who run the rota: who is in it, who could step in and why, and one form at a time."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

import streamlit as st

from components.acting import Request
from components.address import filter_view
from components.detail import head
from components.forms import Filling, form
from components.lists import Column, Marked, rows
from components.rota.words import asked_words, hours_of, when, why_words
from components.wording import N_, _, noted, side_by_side
from components.wording.dates import hours
from db.actions.rota.attendance import came_after_all, mark_slot
from db.actions.rota.slots import call_off_slot, change_slot_places, move_slot
from db.actions.rota.turns import put_in, replace_turn, take_out
from db.queries.rota.rotas import GridSlot, Post
from db.queries.rota.slots import SlotFacts, StandIn, TurnRow
from db.queries.volunteers.openings import Candidate
from db.terms import TurnState

DO: dict[str, str] = {"in": N_("排人"), "out": N_("换人、退出"), "change": N_("改班次"), "mark": N_("登记到岗")}


def slot_head(slot: SlotFacts, same: Sequence[GridSlot], posts: Sequence[Post]) -> None:
    """When, which post, how many; the other posts of the same shift lead to themselves."""
    lacks = slot.places - slot.filled
    words = [_("{filled}/{places} 人", filled=slot.filled, places=slot.places)]
    words += [_("缺 {n} 人", n=lacks)] if lacks and not slot.called_off else []
    words += [_("已取消：{why}", why=slot.called_off_reason)] if slot.called_off else []
    words += [part for part in (slot.task, slot.skill and _("要求：{skill}", skill=slot.skill)) if part]
    head(f"{when(slot.starts_at, slot.ends_at)} · {slot.post}", about=" · ".join(words))
    names = {post.id: post.name for post in posts}
    others = [one for one in same if one.id != slot.id]
    if others:
        rows(
            [
                {
                    "slot": one.id,
                    "post": names.get(one.post_id, ""),
                    "filled": Marked(f"{one.filled}/{one.places}", "red" if one.filled < one.places else "green"),
                    "hours": hours_of(one.starts_at, one.ends_at),
                }
                for one in others
            ],
            [Column("post", _("同一班的其他点位")), Column("filled", _("人数"), "nowrap"),
             Column("hours", _("时间"), "nowrap")],
            key="rota.same", page="rota", name="slot", value="slot", empty="", caption=_("同一班的其他点位"),
        )  # fmt: skip


def people(found: Sequence[TurnRow]) -> None:
    """Who is in the slot, and who was."""
    rows(
        [
            {
                "who": f"{one.number} {one.name}",
                "state": one.state,
                "phone": one.phone,
                "news": _("待通知") if one.news else "",
                "reason": one.reason,
            }
            for one in found
        ],
        [
            Column("who", _("志愿者"), "nowrap"),
            Column("state", _("状态"), "nowrap"),
            Column("phone", _("电话"), "nowrap"),
            Column("news", _("通知"), "nowrap"),
            Column("reason", _("原因")),
        ],
        key="slot.people",
        empty=_("还没有人。"),
        caption=_("这一班的人"),
    )


def choose_do(slot: SlotFacts, now: datetime) -> str:
    """Which form is drawn, held in the address: marking once the slot is over, else putting in."""
    if slot.called_off:
        return ""
    full = ["out", "change"] if slot.filled >= slot.places else ["in", "out", "change"]
    options = ["mark"] if slot.starts_at <= now else full
    if st.session_state.get("_slot.do") != slot.id:
        # Another slot begins with its own first form: the widget would keep the one of the slot before.
        st.session_state["_slot.do"] = slot.id
        st.session_state.pop("filter.do", None)
    return filter_view("do", _("做什么"), options, lambda one: _(DO[one]), start=options[0], read=str)


def put_in_form(slot: SlotFacts, found: Sequence[StandIn], others: Sequence[Candidate]) -> Request | None:
    """Choose somebody: those who suit first, with the reasons; then those who were searched for."""
    rows(
        [
            {"who": f"{one.number} {one.name}", "why": why_words(one.why), "asked": asked_words(one.stands)}
            for one in found
        ],
        [Column("who", _("可以请谁"), "nowrap"), Column("why", _("为什么")), Column("asked", _("先问一句"))],
        key="slot.stand_ins",
        empty=_("没有时间和特长都合适的志愿者：可以按编号或特长另找。"),
        caption=_("可以请谁"),
    )
    with form(f"put_in.{slot.id}") as filling:
        volunteer = _choose(filling, found, others, start=found[0].id if found and not others else None)
        sure = filling.yes("sure", _("已问过本人"), help=_("时间紧、当天第二班或不在登记的空闲时间，问过本人才排。"))
        pressed = filling.submit(_("排上"), icon=":material/person_add:")
    values = {"slot_id": slot.id, "volunteer_id": volunteer, "sure": sure}
    return Request(filling, put_in, _("已排上，请通知本人"), values) if pressed else None


def _choose(
    filling: Filling, found: Sequence[StandIn], others: Sequence[Candidate], *, start: int | None = None
) -> int | None:
    names = {one.id: _named(f"{one.number} {one.name}", why_words(one.why)) for one in found}
    names |= {
        one.id: _named(f"{one.number} {one.name}", side_by_side(one.skills)) for one in others if one.id not in names
    }
    return filling.choice(
        "volunteer_id", _("请谁来"), list(names), start=start, show=lambda one: names.get(one, str(one))
    )


def _named(who: str, why: str) -> str:
    return noted(who, why) if why else who


def out_form(
    slot: SlotFacts, turns: Sequence[TurnRow], found: Sequence[StandIn], others: Sequence[Candidate]
) -> Request | None:
    """Take somebody out, or put another in the same place."""
    held = {one.id: f"{one.number} {one.name}" for one in turns if one.state is TurnState.TAKEN}
    if not held:
        st.info(_("这一班还没有人。"), icon=":material/info:")
        return None
    with form(f"take_out.{slot.id}") as filling:
        turn = filling.choice("turn_id", _("谁不来了"), list(held), start=next(iter(held)) if len(held) == 1 else None,
                              show=lambda one: held.get(one, str(one)))  # fmt: skip
        reason = filling.line("reason", _("原因"), placeholder=_("例：临时出差"))
        volunteer = _choose(filling, found, others)
        sure = filling.yes("sure", _("已问过本人"))
        pressed = filling.submit(_("换上；没选人就只是退出"), icon=":material/swap_horiz:")
    if not pressed:
        return None
    if volunteer is None:
        values: dict[str, object] = {"turn_id": turn or 0, "reason": reason}
        return Request(filling, take_out, _("已退出，名额空出来了"), values)
    values = {"turn_id": turn or 0, "volunteer_id": volunteer, "reason": reason, "sure": sure}
    return Request(filling, replace_turn, _("已换人，请通知两位"), values)


def change_forms(slot: SlotFacts, least: date, most: date) -> Request | None:
    """Another time, other places, or called off: three small forms."""
    request: Request | None = None
    with form(f"move_slot.{slot.id}") as moving:
        with st.container(horizontal=True, vertical_alignment="bottom"):
            on = moving.day("on", _("哪天"), start=slot.on, least=least, most=most)
            shift = moving.line("shift", _("时间"), start=hours_of(slot.starts_at, slot.ends_at).replace("–", "-"))
        sure = moving.yes("sure", _("已核对（有人来不了、仍要改时勾选）"))
        if moving.submit(_("改时间"), icon=":material/update:"):
            values = {"slot_id": slot.id, "version": slot.version, "on": on, "shift": shift, "sure": sure}
            request = Request(moving, move_slot, _told, values)
    with form(f"slot_places.{slot.id}") as counting:
        places = counting.whole("places", _("要几个人"), least=1, most=100, start=slot.places)
        if counting.submit(_("改人数")):
            values = {"slot_id": slot.id, "places": places}
            request = Request(counting, change_slot_places, _("人数已改"), values)
    with form(f"call_off.{slot.id}") as calling:
        reason = calling.line("reason", _("为什么取消"))
        if calling.submit(_("取消这一班"), icon=":material/event_busy:"):
            request = Request(calling, call_off_slot, _told, {"slot_id": slot.id, "reason": reason})
    return request


def _told(result: Mapping[str, int]) -> str:
    if result["to_tell"]:
        return _("已改。{n} 位要通知，名单在“待通知”里。", n=result["to_tell"])
    return _("已改，没有人要通知。")


def mark_form(slot: SlotFacts, turns: Sequence[TurnRow]) -> Request | None:
    """All came; tick who did not. Somebody who was marked as missing can be set right."""
    waiting = {one.id: f"{one.number} {one.name}" for one in turns if one.state is TurnState.TAKEN}
    missed = {one.id: f"{one.number} {one.name}" for one in turns if one.state is TurnState.MISSED}
    request: Request | None = None
    if waiting:
        with form(f"mark_slot.{slot.id}") as filling:
            away = filling.ticks("missed", _("谁没来？（都来了就直接登记）"), list(waiting),
                                 show=lambda one: waiting.get(one, str(one)))  # fmt: skip
            reason = filling.line("reason", _("没来的原因"), placeholder=_("例：发烧，当天早上来电话"))
            note = filling.line("note", _("说明（超过 8 小时、补登或时间可疑时要填）"), most=200)
            pressed = filling.submit(_("登记到岗，计入时长"), icon=":material/how_to_reg:")
        if pressed:
            values = {"slot_id": slot.id, "missed": away, "reason": reason, "note": note}
            request = Request(filling, mark_slot, _marked, values)
    if missed:
        with form(f"came.{slot.id}") as setting:
            turn = setting.choice("turn_id", _("其实来了的"), list(missed), show=lambda one: missed.get(one, str(one)))
            reason = setting.line("reason", _("怎么知道的"))
            if setting.submit(_("改为已到岗")):
                values = {"turn_id": turn or 0, "reason": reason}
                request = Request(setting, came_after_all, _("已改为到岗"), values)
    if not waiting and not missed:
        st.info(_("这一班都登记好了。"), icon=":material/check:")
    return request


def _marked(result: Mapping[str, int]) -> str:
    return _(
        "到岗 {came} 人，未到 {missed} 人，计入 {time}。", came=result["came"], missed=result["missed"],
        time=hours(result["minutes"]),
    )  # fmt: skip
