"""Councils of the invented subdistrict: seats, rules, a year of meetings, votes, notices and objections."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from db.counters import day_of
from db.demo import days
from db.demo.council.posting import Passed, post
from db.demo.frame import Area, Demo
from db.demo.meetings import agendas
from db.demo.meetings.agendas import Item, Sitting
from db.demo.needs.lives import Life
from db.demo.needs.needs import Year
from db.demo.needs.words import topic
from db.demo.voting import choices
from db.demo.voting.ballots import Voter, vote
from db.models import (
    AgendaItem,
    Attendance,
    Body,
    BodyMember,
    DiscussionPoint,
    HouseRules,
    Meeting,
    MeetingChange,
    Recusal,
)
from db.rules.voting.decision import PRESETS, Preset
from db.terms import (
    AnswerKind,
    BodyKind,
    Happening,
    ItemState,
    MeetingChangeKind,
    MeetingState,
    MemberPresence,
    NeedStage,
    Outcome,
    Route,
)

RULE = PRESETS[Preset.COUNCIL]
TERM = 3
CAPACITIES = ("居民代表", "居民小组长", "党员代表", "业委会委员", "物业代表", "驻区单位代表", "社会组织代表", "楼组长")
CHOOSES_AGO = 102
"""The meeting that also asked for more than yes or no."""
MOVED = 2
"""The meeting that was to be held a day earlier."""
OWN_MATTER = "业委会换届筹备建议"
"""Title of the matter that no need stands behind."""


@dataclass
class Chamber:
    """One council with its seats and the needs that came before it."""

    area: Area
    year: Year
    sittings: tuple[Sitting, ...]
    body: int = 0
    seats: list[int] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    lives: dict[str, Life] = field(default_factory=dict)
    passed: Passed = field(default_factory=list)


def convene(demo: Demo, years: list[Year]) -> list[Chamber]:
    """Seats and rules of every council, and the needs that will come before it, before the year is told."""
    found = []
    for year in years:
        area, rng = year.area, demo.rng("council", year.area.code)
        size = 16 if area.rich else rng.choice((9, 13, 15, 16, 19, 21))
        sittings = agendas.RICH if area.rich else agendas.ordinary(rng, size)
        chamber = Chamber(area, year, sittings)
        _seats(demo, chamber, size)
        known: set[str] = set()
        for sitting in sittings:
            for item in sitting.items:
                if item.topic and item.topic not in known:
                    known.add(item.topic)
                    _bring(demo, year, rng, item, _day(demo, sitting) - timedelta(days=rng.randrange(52, 62)))
        if area.rich:
            for title in agendas.WAITING:
                _bring(demo, year, rng, Item(title, ""), demo.today - timedelta(days=rng.randrange(40, 70)))
        found.append(chamber)
    return found


def _day(demo: Demo, sitting: Sitting) -> date:
    """The evening of a meeting: a working day at or before the planned one, or after it when it is to come."""
    day = demo.today - timedelta(days=sitting.ago)
    if sitting.ago < 0:
        return days.next_workday(day)
    while not days.works(day):
        day -= timedelta(days=1)
    return day


def _bring(demo: Demo, year: Year, rng: Random, item: Item, day: date) -> None:
    first = max(days.next_workday(day), days.next_workday(demo.first + timedelta(days=1)))
    place = agendas.WHERE.get(item.topic) if year.area.rich else None
    year.plan(days.in_office(rng, first), topic(item.topic), council=True, twins=item.twins, place=place)


def _seats(demo: Demo, chamber: Chamber, size: int) -> None:
    area, bulk = chamber.area, demo.bulk
    since = demo.first - timedelta(days=260)
    chamber.body = bulk.add(Body, community_id=area.id, name=f"{area.name}居民议事会", kind=BodyKind.COUNCIL, term=TERM)
    bulk.add(
        HouseRules,
        community_id=area.id,
        body_id=chamber.body,
        valid_from=since,
        preset=RULE.preset,
        rule=RULE.to_json(),
        basis=f"《{area.name}居民议事会议事规则》，居民代表会议通过",
        set_by=area.secretary,
        set_at=days.at(since, 9),
    )
    for seat in range(1, size + 1):
        account = area.members[seat - 1] if seat <= len(area.members) else None
        name = demo.account_names[account] if account else next(demo.names)
        chamber.names.append(name)
        chamber.seats.append(
            bulk.add(
                BodyMember,
                community_id=area.id,
                body_id=chamber.body,
                seat=seat,
                name=name,
                capacity=CAPACITIES[(seat * 5) % len(CAPACITIES)],
                account_id=account,
                since=since,
            )
        )


# --- what happened -------------------------------------------------------------------------------------------


def hold(demo: Demo, chamber: Chamber) -> list[Life]:
    """Tell every meeting of a council; the lives that are not over, to be released by whoever ends them."""
    for life in chamber.year.taken_up:
        ready, own = chamber.year.merge(life)
        for other in own:
            chamber.year.go_on(other)
        signed = life.sign()
        if signed is not None:
            life.screen(max(signed, ready), Route.COUNCIL, pace=0.3)
        chamber.lives[life.topic.title] = life
    for number, sitting in enumerate(chamber.sittings, 1):
        _meet(demo, chamber, number, sitting)
    return list(chamber.lives.values())


def _meet(demo: Demo, chamber: Chamber, number: int, sitting: Sitting) -> None:
    area, rng = chamber.area, demo.rng("meeting", chamber.area.code, number)
    at = days.at(_day(demo, sitting), 19)
    held, called = sitting.state == "closed", sitting.state != "draft"
    closed = at + timedelta(minutes=40 + 35 * len(sitting.items))
    sent = days.at(days.next_workday(day_of(at) - timedelta(days=7)), 9, 30) if called else None
    if sent is not None and not held:
        sent = min(sent, demo.now - timedelta(hours=8))
    meeting: dict[str, Any] = {
        "id": demo.bulk.new_id(Meeting),
        "community_id": area.id,
        "body_id": chamber.body,
        "term": TERM,
        "number": number,
        "title": f"{area.name}居民议事会第 {number} 次会议",
        "at": at,
        "place": "社区党群服务中心二楼议事厅",
        "state": MeetingState(sitting.state),
        "notice_sent_at": sent,
        "rule": RULE.to_json() if called else None,
        "chair_id": area.secretary if held else None,
        "opened_at": at + timedelta(minutes=6) if held else None,
        "closed_at": closed if held else None,
        "observers": rng.randrange(0, 5) if held else 0,
    }
    demo.bulk.add(Meeting, **meeting)
    if held and area.rich and number == MOVED:
        demo.bulk.add(
            MeetingChange,
            community_id=area.id,
            meeting_id=meeting["id"],
            kind=MeetingChangeKind.MOVED,
            before=meeting["place"],
            after=meeting["place"],
            at_before=at - timedelta(days=1),
            at_after=at,
            reason="当晚二楼议事厅检修电路",
            noted_at=sent,
            noted_by=area.secretary,
        )
    there = _attend(demo, chamber, rng, meeting, sitting) if called else []
    for position, item in enumerate(sitting.items, 1):
        _discuss(demo, chamber, rng, meeting, sitting, position, item, there)
    if area.rich and sitting.ago == CHOOSES_AGO:
        voters = _voters(chamber, there)
        choices.vote(demo, area, rng, meeting, len(sitting.items) + 1, len(chamber.seats), voters)


def _attend(demo: Demo, chamber: Chamber, rng: Random, meeting: dict[str, Any], sitting: Sitting) -> list[int]:
    """Positions of the members who are there; people with accounts come more often."""
    size = len(chamber.seats)
    held = sitting.state == "closed"
    away = sorted(range(size), key=lambda seat: rng.random() - 0.35 * (seat >= 8))[: size - sitting.present]
    for seat, member in enumerate(chamber.seats):
        presence, came = MemberPresence.DUE, None
        if held and seat in away:
            presence = MemberPresence.LEAVE if away.index(seat) < sitting.leave else MemberPresence.ABSENT
        elif held:
            presence, came = MemberPresence.PRESENT, meeting["at"] - timedelta(minutes=rng.randrange(1, 20))
        demo.bulk.add(
            Attendance,
            community_id=chamber.area.id,
            meeting_id=meeting["id"],
            member_id=member,
            presence=presence,
            came_at=came,
            # Two members of a meeting to come have not answered yet.
            told_at=meeting["notice_sent_at"] if held or seat < size - 2 else None,
        )
    return [seat for seat in range(size) if held and seat not in away]


def _discuss(
    demo: Demo,
    chamber: Chamber,
    rng: Random,
    meeting: dict[str, Any],
    sitting: Sitting,
    position: int,
    item: Item,
    there: list[int],
) -> None:
    area = chamber.area
    life = chamber.lives.get(item.topic)
    if item.topic and (life is None or life.stage is not NeedStage.FOR_COUNCIL):
        return  # Its scoring took longer than planned: it waits for another agenda.
    row: dict[str, Any] = {
        "id": demo.bulk.new_id(AgendaItem),
        "community_id": area.id,
        "meeting_id": meeting["id"],
        "position": position,
        "title": item.topic or OWN_MATTER,
        "motion": item.motion,
        "need_id": life.id if life else None,
        "proposer": item.proposer,
        "owners_matter": item.owners,
        "state": ItemState.PENDING,
    }
    if life is not None:
        listed = max(meeting["at"] - timedelta(days=9, hours=3), life.stages[-1][1] + timedelta(hours=1))
        if listed >= demo.now:
            return
        life.enter(NeedStage.ON_AGENDA, listed)
        life.say(Happening.ON_AGENDA, listed, area.secretary, meeting=meeting["title"], item_id=row["id"])
    if sitting.state == "closed":
        begun = meeting["opened_at"] + timedelta(minutes=30 * (position - 1) + 5)
        quorate = RULE.quorum.met(len(there), len(chamber.seats))
        if quorate:
            _speak(demo, chamber, rng, row["id"], item, there, begun)
        if quorate and item.votes is not None:
            row |= _decide(demo, chamber, rng, meeting, row["id"], item, there, begun, life)
        else:
            row["state"] = ItemState.POSTPONED
            if life is not None:
                _back(life, meeting["closed_at"], area.secretary, "到会人数不足，顺延下次会议")
    demo.bulk.add(AgendaItem, **row)
    if row["state"] is ItemState.PASSED:
        post(demo, chamber.passed, area, rng, row, item, meeting["closed_at"], life)


def _back(life: Life, moment: datetime, actor: int, why: str) -> None:
    life.enter(NeedStage.FOR_COUNCIL, moment)
    life.say(Happening.OFF_AGENDA, moment, actor, why)


def _speak(
    demo: Demo, chamber: Chamber, rng: Random, item_id: int, item: Item, there: list[int], begun: datetime
) -> None:
    said = rng.sample(agendas.POINTS, rng.choice((2, 3, 3, 4)))
    for number, words in enumerate(said):
        speaker = chamber.seats[rng.choice(there)] if rng.random() < 0.8 else None
        demo.bulk.add(
            DiscussionPoint,
            community_id=chamber.area.id,
            item_id=item_id,
            member_id=speaker,
            words=words,
            at=begun + timedelta(minutes=2 + 3 * number),
        )
    if item.before:
        demo.bulk.add(
            DiscussionPoint,
            community_id=chamber.area.id,
            item_id=item_id,
            member_id=chamber.seats[there[1]],
            words="一刀切不准进花园，养狗的人家不服，分个时段大家都好过。",
            amendment=True,
            new_motion=item.motion,
            motion_before=item.before,
            carried=True,
            at=begun + timedelta(minutes=16),
        )
    for number in range(item.recused):
        demo.bulk.add(
            Recusal,
            community_id=chamber.area.id,
            item_id=item_id,
            member_id=chamber.seats[there[-1 - number]],
            reason="本人亲属经营涉事餐饮店",
            declared_at=begun + timedelta(minutes=1),
        )


def _voters(chamber: Chamber, there: list[int]) -> list[Voter]:
    """The members at these places, each with the account by which a vote would come in."""
    accounts = [*chamber.area.members, *[chamber.area.secretary] * len(chamber.seats)]
    return [Voter(chamber.seats[seat], seat + 1, chamber.names[seat], accounts[seat]) for seat in there]


def _decide(
    demo: Demo,
    chamber: Chamber,
    rng: Random,
    meeting: dict[str, Any],
    item_id: int,
    item: Item,
    there: list[int],
    begun: datetime,
    life: Life | None,
) -> dict[str, Any]:
    """The vote, its result by the frozen rule, and what follows for the need; columns of the item."""
    moment, secretary = begun + timedelta(minutes=24), chamber.area.secretary
    voters = _voters(chamber, there)
    title = item.topic or OWN_MATTER
    decided = vote(demo, chamber.area, rng, meeting["id"], item_id, title, item, len(chamber.seats), voters, moment)
    outcome: Outcome = decided["outcome"]
    if life is not None:
        numbers = {
            key: decided["decision"][key] for key in ("votes_for", "votes_against", "votes_abstain", "base_count")
        }
        life.say(Happening.VOTED, moment, secretary, outcome=outcome.value, **numbers)
    if outcome is Outcome.PASSED:
        return {**decided, "state": ItemState.PASSED}
    if outcome is Outcome.TIE:
        if life is not None:
            _back(life, meeting["closed_at"], secretary, "同票，退回再议")
        return {**decided, "state": ItemState.POSTPONED}
    if life is not None and item.words:
        life.owe(AnswerKind.NOT_PASSED, item.words, moment + timedelta(minutes=4), secretary)
    elif life is not None:
        later = moment + timedelta(minutes=4)
        life.enter(NeedStage.RESERVE, later)
        life.say(Happening.OFF_AGENDA, later, secretary, "换一种办法，下季度再议")
    return {**decided, "state": ItemState.NOT_PASSED}
