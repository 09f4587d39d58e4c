"""排班表: a week as days × shifts × posts with gaps in red, its pager, and what must be looked at."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta

import streamlit as st

from components.address import from_address, to_address
from components.detail import head
from components.kpi import Kpi, numbers
from components.lists import Column, Marked, rows
from components.rota.words import gap_words, hours_of, when
from components.wording import _, safe, side_by_side
from components.wording.dates import dated, short_day, week
from components.wording.terms import badge
from db.queries.rota.rotas import DayOffSlots, GridSlot, RotaFacts
from db.queries.rota.slots import DropOut
from db.rules.workdays import week_of


def rota_head(facts: RotaFacts) -> None:
    """Title, state, where and when, and the numbers of the gaps."""
    span = f"{dated(facts.starts_on)}—{dated(facts.ends_on)}"
    about = (facts.place, span, facts.community, facts.squad, facts.project)
    head(facts.title, marks=[badge(facts.state)], about=" · ".join(part for part in about if part))
    if facts.project_over:
        st.warning(_("所属项目已结束：不再接受认领。后面的班次请取消，或改到别的项目。"), icon=":material/flag:")
    gaps = facts.gaps
    numbers(
        [
            Kpi(_("缺口"), gap_words(gaps), definition=_("还没有开始、没有取消的班次里，没有人认领的名额。"),
                word=True),
            Kpi(_("后面的班次"), str(gaps.slots)),
        ],
        key="rota.numbers",
    )  # fmt: skip


def choose_week(facts: RotaFacts, today: date) -> date:
    """The Monday of the week that is shown, held in the address; it starts with this week, or the rota's first."""
    first, last = week_of(facts.starts_on), week_of(facts.ends_on)
    start = min(max(week_of(today), first), last)
    shown = week_of(from_address("week", date.fromisoformat) or start)
    shown = min(max(shown, first), last)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{week(shown)}**", width="content")
        before = st.button(_("上一周"), icon=":material/chevron_left:", key="rota.before", disabled=shown <= first)
        after = st.button(_("下一周"), icon=":material/chevron_right:", key="rota.after", disabled=shown >= last)
    if before or after:
        to_address("week", shown + timedelta(weeks=-1 if before else 1))
        st.rerun()
    return shown


def week_grid(facts: RotaFacts, found: Sequence[GridSlot], now: datetime) -> None:
    """A line for each day and shift, a column for each post; the first cell leads to a post that lacks people."""
    lines: dict[tuple[date, str], list[GridSlot]] = defaultdict(list)
    for slot in found:
        lines[slot.on, hours_of(slot.starts_at, slot.ends_at)].append(slot)
    rows(
        [
            {"slot": _first(slots).id, "when": f"{short_day(on)} {hours}"}
            | {str(slot.post_id): _cell(slot, now) for slot in slots}
            for (on, hours), slots in lines.items()
        ],
        [
            Column("when", _("班次"), "nowrap"),
            *(Column(str(post.id), post.name, "nowrap") for post in facts.posts),
        ],
        key="rota.grid",
        page="rota",
        name="slot",
        value="slot",
        empty=_("这一周没有班次。"),
        caption=_("一周排班"),
    )


def _first(slots: Sequence[GridSlot]) -> GridSlot:
    lacking = (one for one in slots if not one.called_off and one.filled < one.places)
    return next(lacking, slots[0])


def _cell(slot: GridSlot, now: datetime) -> object:
    numbers_ = f"{slot.filled}/{slot.places}"
    if slot.called_off:
        return Marked(_("取消"), "gray")
    if slot.filled >= slot.places:
        return Marked(numbers_, "green")
    if slot.starts_at <= now:
        return numbers_
    return Marked(_("{filled}，缺 {n}", filled=numbers_, n=slot.places - slot.filled), "red")


def days_off_note(found: Sequence[DayOffSlots]) -> None:
    """Name the slots on days that became days off; nothing is moved by itself."""
    if not found:
        return
    named = side_by_side(
        _("{day}（{slots} 个班次、{people} 人）", day=short_day(one.on), slots=one.slots, people=one.people)
        for one in found[:8]
    )
    st.warning(
        _("这些天后来定为休息日，班次还在：{days}。照常的不用动；不排的请“取消一天”。", days=safe(named)),
        icon=":material/event_busy:",
    )


def drop_out_list(found: Sequence[DropOut]) -> None:
    """退班待补: who gave a turn back and what is open because of it; a row leads to who could step in."""
    if not found:
        return
    st.header(_("退班待补"), anchor=False)
    rows(
        [
            {
                "slot": one.slot_id,
                "when": when(one.starts_at, one.ends_at),
                "post": one.post,
                "who": f"{one.number} {one.name}",
                "late": Marked(_("临近退班"), "red") if one.late else "",
                "reason": one.reason,
            }
            for one in found
        ],
        [
            Column("when", _("班次"), "nowrap"),
            Column("late", "", "nowrap"),
            Column("post", _("点位")),
            Column("who", _("谁退的"), "nowrap"),
            Column("reason", _("原因")),
        ],
        key="rota.drop_outs",
        page="rota",
        name="slot",
        value="slot",
        empty="",
        caption=_("退班待补"),
        short=True,
    )
