"""排班建议 at the desk: what to fill within which limits, the proposal by slot and by person, changes by hand."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import streamlit as st

from components.acting import Request, Warned
from components.asking import ask
from components.forms import Filling, form
from components.lists import Column, rows
from components.rota.proposal_words import (
    AGAINST,
    LEFT,
    here_words,
    open_words,
    person_words,
    quality_words,
    share_words,
    slot_words,
)
from components.wording import _, in_a_row, labelled, side_by_side
from components.wording.dates import near
from db.actions.rota.proposals import (
    drop_draft,
    keep_roster,
    move_in_draft,
    put_in_draft,
    serve_together,
    take_from_draft,
)
from db.queries.paging import ROWS
from db.queries.rota.proposal import Draft, PersonName, Question, RotaFacts
from db.rules.rota.greedy import breaks, speaks_against
from db.rules.rota.proposal import Proposal
from db.rules.rota.proposal_input import Pair, RosterInput
from db.rules.rota.proposal_reasons import filled, shares, why_here, why_open

OPEN_SHOWN = 20
"""Slots with open places that are explained at once."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A roster is asked for: the form and what it says."""

    at: Filling
    given: RosterInput


def ask_form(facts: RotaFacts, draft: Draft | None, today: date) -> Wanted | None:
    """Which days to fill and what nobody is asked beyond."""
    least = max(today, facts.starts_on)
    old = draft.limits if draft else RosterInput()
    with (
        st.expander(_("排哪些班、有什么限制"), icon=":material/tune:", expanded=draft is None),
        form(f"roster.ask.{facts.id}", border=False) as filling,
    ):
        with st.container(horizontal=True):
            first = filling.day("first_on", _("从哪天"), start=max(least, draft.first_on) if draft else least)
            last_start = draft.last_on if draft else min(max(least, facts.ends_on), least + timedelta(days=27))
            last = filling.day("last_on", _("到哪天"), start=max(last_start, least))
        with st.container(horizontal=True):
            per_week = filling.whole("per_week", _("每人每周最多几班"), least=1, most=14, start=old.per_week)
            per_day = filling.whole("per_day", _("每人每天最多几班"), least=1, most=3, start=old.per_day)
            between = filling.whole(
                "hours_between", _("两班至少隔几小时"), least=0, most=48, start=old.hours_between
            )  # fmt: skip
        unknown = filling.yes("unknown_free", _("没有登记空闲时间的人也可以排"), start=old.unknown_free)
        st.caption(
            _("只排还有空名额、尚未开始的班次；先排满，再均衡，再照顾意愿。最多算 10 秒，只是建议，不会通知任何人。")
        )
        pressed = filling.submit(_("生成建议"), icon=":material/auto_awesome:")
    given = RosterInput(first, last, per_week, per_day, between, unknown)
    return Wanted(filling, given) if pressed else None


def result_of(found: Proposal) -> dict[str, int | bool]:
    """What is stored of a proposal beside the filling."""
    return {
        "proven": found.proven,
        "full": found.full,
        "gap": min(10_000, int(min(found.gap, 1.0) * 10_000) + (not found.proven)),
        "greedy_open": found.greedy_score.open,
        "hundredths": int(found.seconds * 100),
    }


def said(found: Proposal) -> str:
    """What is announced of a proposal."""
    if found.score.open:
        return Warned(_("建议已生成，还有 {n} 个名额排不上，原因见“排不满的”。", n=found.score.open))
    return _("建议已生成，名额全部排上。")


# --- what is proposed ------------------------------------------------------------------------------------------


def still_there(draft: Draft, question: Question) -> tuple[frozenset[Pair], list[Pair]]:
    """The pairs that can still be kept, and those whose person or slot is not to be had any more."""
    there = [pair for pair in draft.filling if pair[0] in question.people and pair[1] in question.slots]
    return frozenset(there), [pair for pair in draft.filling if pair not in set(there)]


def summary(draft: Draft, question: Question, filling: frozenset[Pair]) -> None:
    """Places filled and open, turns a person, how good it is."""
    loads = filled(question.asked, filling)
    left = sum(max(0, free) for free in loads.open.values())
    turns = [len(spans) for spans in loads.spans.values()]
    st.markdown(
        _(
            "**排上 {filled} 个名额，空 {open} 个**；每人 {least} 到 {most} 班（含已有的班）。",
            filled=len(filling),
            open=left,
            least=min(turns, default=0),
            most=max(turns, default=0),
        )
    )
    st.caption(_("{made} 生成。", made=near(draft.made_at)) + quality_words(draft))


def by_slot(question: Question, filling: frozenset[Pair], day: date | None) -> None:
    """One line a slot: who, and why; the first cell opens it for changes."""
    slots = [one for one in question.slots.values() if day in (None, one.on)][:ROWS]
    reasons = why_here(question.asked, filling, {one.id for one in slots})
    people = defaultdict(list)
    for person, slot in sorted(filling):
        people[slot].append(person)
    lines = []
    for one in slots:
        here = people[one.id]
        why = [f"{question.people[person].name} {here_words(reasons[person, one.id])}" for person in here]
        lines.append(
            {
                "id": one.id,
                "slot": slot_words(one),
                "who": side_by_side(person_words(question.people[person]) for person in here) or _("没有人"),
                "open": str(one.places - len(here)) if one.places > len(here) else "",
                "why": in_a_row(why),
            }
        )
    columns = [
        Column("slot", _("班次")), Column("who", _("谁")), Column("open", _("空名额"), "nowrap"),
        Column("why", _("为什么是他们"), "wide"),
    ]  # fmt: skip
    rows(lines, columns, key="roster.slots", page="roster", name="slot", empty=_("这一天没有要排的班次。"),
         caption=_("按班次看"))  # fmt: skip
    if len(slots) == ROWS:
        st.caption(_("只列前 {n} 个班次，选一天看那天的。", n=ROWS))


def by_person(question: Question, filling: frozenset[Pair]) -> None:
    """One line a person who serves in it, then those who do not: the turns, and why not more."""
    turns = defaultdict(list)
    for person, slot in filling:
        turns[person].append(question.slots[slot])
    order = sorted(question.people.values(), key=lambda one: (-len(turns[one.id]), one.id))[:ROWS]
    share = {one.person: one for one in shares(question.asked, filling, {one.id for one in order})}
    lines = [
        {
            "who": person_words(one),
            "count": f"{share[one.id].proposed}+{share[one.id].held}",
            "turns": in_a_row(slot_words(slot) for slot in sorted(turns[one.id], key=lambda slot: slot.starts_at)),
            "why": share_words(share[one.id]),
        }
        for one in order
    ]
    columns = [
        Column("who", _("谁")), Column("count", _("新排+已有"), "nowrap"), Column("turns", _("班次"), "wide"),
        Column("why", _("没有再多的原因（班次数）"), "wide"),
    ]  # fmt: skip
    rows(lines, columns, key="roster.people", empty=_("没有可以安排的人。"), caption=_("按人看"))


def open_places(question: Question, filling: frozenset[Pair]) -> None:
    """Slots that are not full, each with how many people are kept out by what."""
    found = why_open(question.asked, filling)
    lines = [
        {"id": one.slot, "slot": slot_words(question.slots[one.slot]), "open": str(one.open), "why": open_words(one)}
        for one in found[:OPEN_SHOWN]
    ]
    columns = [
        Column("slot", _("班次")),
        Column("open", _("空名额"), "nowrap"),
        Column("why", _("原因（人数）"), "wide"),
    ]
    rows(
        lines, columns, key="roster.open", page="roster", name="slot", empty=_("名额都排上了。"), caption=_("排不满的")
    )
    if len(found) > OPEN_SHOWN:
        st.caption(_("还有 {n} 个班次没有排满。", n=len(found) - OPEN_SHOWN))


def conflicts(question: Question, filling: frozenset[Pair], gone: Sequence[Pair], names: dict[int, PersonName]) -> None:
    """What in the draft breaks a limit or cannot be kept any more."""
    skipped = _("采用时会略过")
    lines = [
        labelled(f"{slot_words(question.slots.get(slot))} {person_words(names.get(person))}", skipped)
        for person, slot in gone
    ]
    lines += [
        labelled(f"{slot_words(question.slots[slot])} {person_words(question.people[person])}", _(AGAINST[why]))
        for (person, slot), why in breaks(question.asked, filling)
    ]
    if lines:
        with st.container(border=True):
            st.markdown(":orange[:material/warning:] " + _("**请看一下**"))
            st.text("\n".join(lines[:12]))


# --- by hand ---------------------------------------------------------------------------------------------------


def slot_part(draft: Draft, question: Question, filling: frozenset[Pair], slot_id: int) -> Request | None:
    """Change one slot: take somebody out, move somebody, put somebody in with what speaks against it."""
    slot = question.slots.get(slot_id)
    if slot is None:
        st.info(_("这个班次已经排满、取消或开始了。"), icon=":material/info:")
        return None
    base = {"draft_id": draft.id, "version": draft.version, "slot_id": slot_id}
    here = sorted(person for person, one in filling if one == slot_id)
    request = None
    with st.container(border=True):
        st.header(slot_words(slot), anchor=False)
        if here:
            request = _out_form(base, question, filling, here) or request
        if slot.places > len(here):
            request = _in_form(base, question, filling, here) or request
    return request


def _out_form(
    base: dict[str, int], question: Question, filling: frozenset[Pair], here: Sequence[int]
) -> Request | None:
    slot_id = base["slot_id"]
    loads = filled(question.asked, filling)
    free = [one.id for one in question.slots.values() if loads.open[one.id] > 0 and one.id != slot_id]
    with form(f"roster.out.{slot_id}", border=False) as filling_in:
        person = filling_in.choice(
            "volunteer_id", _("移走谁"), here, start=here[0], show=lambda one: person_words(question.people.get(one))
        )
        to = filling_in.choice(
            "to_slot_id", _("移到哪个班次（不选就只移走）"), free, show=lambda one: slot_words(question.slots.get(one))
        )
        pressed = filling_in.submit(_("移走"), icon=":material/person_remove:")
    if not pressed:
        return None
    if to is None:
        return Request(filling_in, take_from_draft, _("已移走"), base | {"volunteer_id": person})
    return Request(filling_in, move_in_draft, _("已移过去"), base | {"volunteer_id": person, "to_slot_id": to})


def _in_form(base: dict[str, int], question: Question, filling: frozenset[Pair], here: Sequence[int]) -> Request | None:
    slot_id = base["slot_id"]
    loads = filled(question.asked, filling)
    need = loads.needs[slot_id]
    against = {
        one.id: speaks_against(one, need, question.asked.limits) or loads.against(one.id, slot_id)
        for one in question.asked.helpers
        if one.id not in here
    }
    order = sorted(against, key=lambda one: (against[one] is not None, len(loads.spans[one]), one))

    def words(one: int) -> str:
        why = against.get(one)
        told = _(AGAINST[why]) if why else _("可以，已有 {n} 班", n=len(loads.spans.get(one, ())))
        return f"{person_words(question.people.get(one))} · {told}"

    with form(f"roster.in.{slot_id}", border=False) as filling_in:
        person = filling_in.choice("volunteer_id", _("加谁（可以的在前，有冲突的写明）"), order, show=words)
        pressed = filling_in.submit(_("加进来"), icon=":material/person_add:")
    return Request(filling_in, put_in_draft, _("已加进来"), base | {"volunteer_id": person}) if pressed else None


def together_form(draft: Draft, question: Question) -> Request | None:
    """结伴: who would like to serve beside whom; counts from the next proposal on."""
    names = question.people
    with st.expander(_("愿意一起服务的人"), icon=":material/group:"), form("roster.together", border=False) as filling:
        pairs = [f"{person_words(names.get(a))} — {person_words(names.get(b))}" for a, b in draft.together]
        st.text("\n".join(pairs) or _("还没有。"))
        options = list(names)
        with st.container(horizontal=True):
            one = filling.choice("one_id", _("谁"), options, show=lambda key: person_words(names.get(key)))
            other = filling.choice("other_id", _("和谁"), options, show=lambda key: person_words(names.get(key)))
        apart = filling.yes("apart", _("不再一起"))
        pressed = filling.submit(_("记下，下次生成时照顾"), icon=":material/save:")
    values = {"draft_id": draft.id, "version": draft.version, "one_id": one, "other_id": other, "apart": apart}
    return Request(filling, serve_together, _("已记下"), values) if pressed else None


# --- kept ------------------------------------------------------------------------------------------------------


def keep_part(draft: Draft, many: int) -> Request | None:
    """Adopt the draft, or put it away."""
    values = {"draft_id": draft.id, "version": draft.version}
    with st.container(horizontal=True):
        does = _("{n} 班写成各人的班次，志愿者马上能看到；要改只能一班一班换。这份建议就此了结。", n=many)
        keep = ask(
            f"roster.keep.{draft.id}", _("采用这份安排（{n} 班）", n=many), does, _("采用"), primary=True,
            icon=":material/check:", disabled=not many,
        )  # fmt: skip
        does = _("这份建议和您改过的地方都丢掉，要再排请重新生成。")
        drop = ask(f"roster.drop.{draft.id}", _("放弃这份建议"), does, _("放弃"), icon=":material/delete:")
    st.caption(_("采用后写成各人的班次，志愿者在“我的服务”里能看到；采用前谁也看不到。"))
    if keep:
        return Request(keep, keep_roster, _kept_words, values)
    return Request(drop, drop_draft, _("已放弃"), values) if drop else None


def _kept_words(result: dict[str, int]) -> str:
    if result["left"]:
        return Warned(_("已采用 {kept} 班，{left} 班因情况变化略过", kept=result["kept"], left=result["left"]))
    return _("已采用 {kept} 班", kept=result["kept"])


def kept_part(rota_id: int, draft: Draft, question: Question, names: dict[int, PersonName]) -> None:
    """What became of the draft that was adopted, what comes next, who was left out and why."""
    st.success(_("{kept} 班已采用，写进了各人的班次。", kept=draft.kept), icon=":material/event_available:")
    ways = (("tell", _("逐一通知本人"), "call"), (None, _("看排班表、打印"), "print"))
    for view, label, icon in ways:
        query = {"id": str(rota_id)} | ({"view": view} if view else {})
        st.page_link("rota/rota.py", label=label, icon=f":material/{icon}:", query_params=query)
    if draft.left_out:
        st.markdown(_("**有 {n} 班没有采用：**", n=len(draft.left_out)))
        lines = [
            labelled(f"{slot_words(question.slots.get(slot))} {person_words(names.get(person))}", _(LEFT[why]))
            for person, slot, why in draft.left_out[:ROWS]
        ]
        st.text("\n".join(lines))
