"""成效: the seven figures of docs/domain.md 4, each as the parts that it is made of."""

from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Integer, Select, and_, case, cast, func, or_, select
from sqlalchemy.orm import Session

from db.counters import day_of
from db.models import (
    Activity,
    Answer,
    Complaint,
    Member,
    MemberStay,
    Order,
    OrderOffer,
    Project,
    ServiceDay,
    ServiceRecord,
    SquadMember,
)
from db.queries.members.active import ActiveMember, active_members, active_on, stood_on
from db.queries.orders.figures import HAPPY
from db.queries.results import counted
from db.queries.results.counted import ACCEPTED, Chosen, asked, values_of
from db.rules.results.figures import Growth, Share
from db.rules.results.period import year_before
from db.scope import bare, built_once
from db.terms import AnswerKind, MatterEnd, ResultFigure, Satisfaction

F = ResultFigure
NONE = Share(0, 0)
NOBODY = (NONE, NONE, 0)


@dataclass(frozen=True, slots=True)
class Matters:
    """Matters that ended in the period, each once: needs (merged ones as one), orders, complaints."""

    solved: int
    answered: int
    referred: int

    @property
    def whole(self) -> int:
        return self.solved + self.answered + self.referred


@dataclass(frozen=True, slots=True)
class Opinions:
    """很满意和满意 of those who rated, and how many were asked."""

    satisfied: Share
    asked: int

    @property
    def replied(self) -> Share:
        return Share(min(self.satisfied.whole, self.asked), self.asked)


@dataclass(frozen=True, slots=True)
class Results:
    """The figures of one period; `before` and `left` belong to the rate of participation."""

    participation: Share
    before: Share
    left: int
    """Members who served in the period and do not stand on the roll on its last day: in neither part."""
    matters: Matters
    minutes: Growth
    opinions: Opinions
    of_orders: Opinions
    """Among them those of orders, as the page of orders has them."""
    activities: int
    orders: int
    people: int
    wishes: int
    livelihood: Share

    def base(self, what: ResultFigure) -> tuple[int, int | None]:
        """Numerator and denominator as they are kept when the figure is reported."""
        pairs: dict[ResultFigure, tuple[int, int | None]] = {
            F.PARTICIPATION: (self.participation.part, self.participation.whole),
            F.SOLVED: (self.matters.solved, self.matters.whole),
            F.HOURS: (self.minutes.now, self.minutes.before),
            F.SATISFACTION: (self.opinions.satisfied.part, self.opinions.satisfied.whole),
            F.SESSIONS: (self.activities + self.orders, None),
            F.BENEFICIARIES: (self.people, self.wishes),
            F.LIVELIHOOD: (self.livelihood.part, self.livelihood.whole),
        }
        return pairs[what]


def results(session: Session, chosen: Chosen, against: Chosen, only: ResultFigure | None = None) -> Results:
    """The figures of a period, the rate of participation beside that of `against`; eight statements.

    With `only` one figure is counted, the others read as if there were nothing.
    """

    def wanted(*figures: ResultFigure) -> bool:
        return only is None or only in figures

    of_roll = wanted(F.PARTICIPATION, F.LIVELIHOOD)
    dates = [one.period.until for one in (chosen, against)]
    now, before = active_on(session, dates, community_id=chosen.community_id) if of_roll else ((), ())
    participation, then, left = NOBODY
    if wanted(F.PARTICIPATION):
        participation, then, left = _participation(now, before, *who_served(session, chosen, against))
    told = _told(session, chosen) if wanted(F.SOLVED, F.SATISFACTION) else None
    orders = told[1] if told else _orders(session, chosen) if wanted(F.SESSIONS, F.BENEFICIARIES) else None
    of_squad = chosen.squad_id is not None and wanted(F.SESSIONS)
    minutes, activities = _days(session, chosen) if wanted(F.HOURS, F.SESSIONS) else (Growth(0, 0), 0)
    return Results(
        participation=participation,
        before=then,
        left=left,
        matters=_matters(told) if told else Matters(0, 0, 0),
        minutes=minutes if wanted(F.HOURS) else Growth(0, 0),
        opinions=_opinions(*told) if told else Opinions(NONE, 0),
        of_orders=_opinions(told[1]) if told else Opinions(NONE, 0),
        activities=activities if wanted(F.SESSIONS) else 0,
        orders=len(orders_of_squad(session, chosen)) if of_squad else orders.sessions if orders else 0,
        people=orders.households + orders.no_household if orders else 0,
        wishes=orders.sessions if orders else 0,
        livelihood=_livelihood(session, chosen, now) if wanted(F.LIVELIHOOD) else NONE,
    )


def _participation(
    now: tuple[ActiveMember, ...],
    then: tuple[ActiveMember, ...],
    served: frozenset[int],
    served_then: frozenset[int],
) -> tuple[Share, Share, int]:
    """Both shares, and how many served who are not on the roll any more on the last day."""
    on_roll = {one.id for one in now}
    gone = {one.id for one in then if one.id not in on_roll and one.volunteer_id in served}
    return _took_part(now, served), _took_part(then, served_then), len(gone)


def base(session: Session, what: ResultFigure, chosen: Chosen) -> tuple[int, int | None]:
    """The parts of one figure as `Results.base` has them, in three statements at most."""
    if what in (F.PARTICIPATION, F.LIVELIHOOD):
        members = active_members(session, chosen.period.until, community_id=chosen.community_id)
        if what is F.LIVELIHOOD:
            share = _livelihood(session, chosen, members)
        else:
            share = _took_part(members, *who_served(session, chosen))
    elif what is F.SATISFACTION:
        share = _opinions(*_told(session, chosen)).satisfied
    elif what is F.SOLVED:
        matters = _matters(_told(session, chosen))
        share = Share(matters.solved, matters.whole)
    elif what is F.HOURS:
        minutes = _days(session, chosen)[0]
        return minutes.now, minutes.before
    elif what is F.BENEFICIARIES:
        orders = _orders(session, chosen)
        return orders.households + orders.no_household, orders.sessions
    else:
        squad = chosen.squad_id is not None
        served = len(orders_of_squad(session, chosen)) if squad else _orders(session, chosen).sessions
        return _days(session, chosen)[1] + served, None
    return share.part, share.whole


def _told(session: Session, chosen: Chosen) -> tuple[Any, Any, Any]:
    return _answers(session, chosen), _orders(session, chosen), _complaints(session, chosen)


def _matters(told: tuple[Any, Any, Any]) -> Matters:
    answers, orders, complaints = told
    solved = sum(int(one.solved) for one in told)
    referred = int(answers.referred)
    ended = answers.ended + orders.ended + complaints.ended
    return Matters(solved, int(ended) - solved - referred, referred)


def _took_part(members: tuple[ActiveMember, ...], served: frozenset[int]) -> Share:
    return Share(sum(one.volunteer_id in served for one in members), len(members))


def who_served(session: Session, *periods: Chosen) -> tuple[frozenset[int], ...]:
    """Volunteers of the roll with at least one confirmed service in each of one or two periods; one statement.

    Asked of those who stood on the roll on the last day of a period, because a month has many times their records.
    """
    values = values_of(**dict(zip(_PERIODS, periods, strict=False)))
    found = session.execute(_served(len(periods), periods[0].community_id is not None), values).all()
    return tuple(frozenset(row.who for row in found if row[1 + n]) for n in range(len(periods)))


_PERIODS = ("shown", "against")


@built_once
def _served(number: int, of_one: bool) -> Select[Any]:
    """Who, and for each period whether then."""
    periods = [asked(name, of_one=of_one) for name in _PERIODS[:number]]
    # Past the scope of members, as `active_on` reads them: the stay says where somebody stood on the day.
    member = bare(Member)
    roll = (
        select(member.volunteer_id.label("who"))
        .select_from(MemberStay)
        .where(member.id == MemberStay.member_id, member.volunteer_id.is_not(None), periods[0].of(MemberStay))
        .where(or_(*(stood_on(one.period.until) for one in periods)))
        .distinct()
        .subquery()
    )

    def served(within: Chosen) -> Any:
        noted = select(ServiceRecord.id).where(ServiceRecord.volunteer_id == roll.c.who, counted.records(within))
        ordered = select(OrderOffer.id).join(Order, ACCEPTED)
        ordered = ordered.where(OrderOffer.volunteer_id == roll.c.who, _with_minutes(within))
        return noted.correlate(roll).exists() | ordered.correlate(roll).exists()

    return select(roll.c.who, *(served(one).label(f"p{n}") for n, one in enumerate(periods)))


def _with_minutes(chosen: Chosen) -> Any:
    return and_(counted.hours_of_orders(chosen), Order.minutes > 0)


def _n(condition: Any) -> Any:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


def _answers(session: Session, chosen: Chosen) -> Any:
    return session.execute(_of_answers(chosen.community_id is not None), values_of(shown=chosen)).one()


def _orders(session: Session, chosen: Chosen) -> Any:
    return session.execute(_of_orders(chosen.community_id is not None), values_of(shown=chosen)).one()


def _complaints(session: Session, chosen: Chosen) -> Any:
    return session.execute(_of_complaints(chosen.community_id is not None), values_of(shown=chosen)).one()


@built_once
def _of_answers(of_one: bool) -> Select[Any]:
    """By matter: askers of needs that were merged asked for one thing, and one who confirms it is enough."""
    spoke = and_(Answer.satisfaction.is_not(None), Answer.satisfaction != Satisfaction.NO_REPLY)
    matter = (
        select(
            func.max(case((counted.answer_confirmed(), 1), else_=0)).label("solved"),
            func.max(case((Answer.kind == AnswerKind.REFERRED, 1), else_=0)).label("referred"),
            _n(Answer.satisfaction.is_not(None)).label("asked"),
            _n(spoke).label("spoke"),
            _n(Answer.satisfaction.in_(HAPPY)).label("happy"),
        )
        .where(counted.answers_given(asked("shown", of_one=of_one)))
        .group_by(Answer.lead_need_id)
        .subquery()
    )
    one = matter.c
    return select(
        func.count().label("ended"),
        _n(one.solved == 1).label("solved"),
        _n(and_(one.solved == 0, one.referred == 1)).label("referred"),
        *(cast(func.coalesce(func.sum(one[name]), 0), Integer).label(name) for name in ("asked", "spoke", "happy")),
    ).select_from(matter)


@built_once
def _of_orders(of_one: bool) -> Select[Any]:
    """What is satisfied and asked as `order_figures` has it: contested ratings are left out while they are open."""
    own = Order.need_id.is_(None)
    spoke = and_(Order.rating.is_not(None), Order.rating != Satisfaction.NO_REPLY, Order.contested.is_(False))
    return (
        select(
            func.count().label("sessions"),
            _n(own).label("ended"),
            _n(and_(own, counted.order_outcome() == MatterEnd.SOLVED.value)).label("solved"),
            func.count().label("asked"),
            _n(spoke).label("spoke"),
            _n(and_(spoke, Order.rating.in_(HAPPY))).label("happy"),
            func.count(Order.household_id.distinct()).label("households"),
            _n(Order.household_id.is_(None)).label("no_household"),
        )
        .select_from(Order)
        .where(counted.orders_done(asked("shown", of_one=of_one)))
    )


@built_once
def _of_complaints(of_one: bool) -> Select[Any]:
    shown = asked("shown", of_one=of_one)
    matters, answered = counted.complaint_matters(shown), counted.complaints_asked(shown)
    spoke = and_(answered, Complaint.satisfaction.is_not(None), Complaint.satisfaction != Satisfaction.NO_REPLY)
    return (
        select(
            _n(matters).label("ended"),
            _n(and_(matters, counted.complaint_outcome() == MatterEnd.SOLVED.value)).label("solved"),
            _n(answered).label("asked"),
            _n(spoke).label("spoke"),
            _n(and_(spoke, Complaint.satisfaction.in_(HAPPY))).label("happy"),
        )
        .select_from(Complaint)
        # Said once more for both: else SQLite goes through all that repeat nothing, of every community.
        .where(shown.of(Complaint), Complaint.state.in_(counted.COMPLAINTS_ENDED))
        .where(or_(shown.at(Complaint.replied_at), shown.at(Complaint.closed_at)), matters | answered)
    )


def _opinions(*told: Any) -> Opinions:
    satisfied = Share(sum(int(one.happy) for one in told), sum(int(one.spoke) for one in told))
    return Opinions(satisfied, sum(int(one.asked) for one in told))


def _days(session: Session, chosen: Chosen) -> tuple[Growth, int]:
    """Minutes beside those of the year before, from the days that every sum of hours is made of, and the activities
    that were held; one statement.
    """
    was = replace(chosen, period=year_before(chosen.period))
    now, then = chosen.on(ServiceDay.day), was.on(ServiceDay.day)
    held = select(func.count()).select_from(Activity).where(activities_of(chosen)).scalar_subquery()
    row = session.execute(
        select(
            *(func.coalesce(func.sum(case((one, ServiceDay.minutes), else_=0)), 0) for one in (then, now)), held
        ).where(chosen.of(ServiceDay), now | then)
    ).one()
    return Growth(int(row[0]), int(row[1])), int(row[2])


def activities_of(chosen: Chosen) -> Any:
    """Activities that were held; of a squad those in which somebody of it served, who stood in it on that day."""
    held = counted.activities_done(chosen)
    if chosen.squad_id is None:
        return held
    there = select(ServiceRecord.id).where(
        ServiceRecord.activity_id == Activity.id,
        ServiceRecord.minutes > 0,
        counted.in_squad(ServiceRecord.volunteer_id, Activity.on, chosen.squad_id),
    )
    return and_(held, there.correlate(Activity).exists())


def orders_of_squad(session: Session, chosen: Chosen) -> frozenset[int]:
    """Orders that somebody of the squad did; their day is Chinese, so not for SQL."""
    query = (
        select(Order.id, Order.ended_at, SquadMember.joined_on, SquadMember.left_on)
        .join(OrderOffer, ACCEPTED)
        .join(SquadMember, SquadMember.volunteer_id == OrderOffer.volunteer_id)
        .where(counted.orders_done(chosen), SquadMember.squad_id == chosen.squad_id)
    )
    return frozenset(
        order_id
        for order_id, ended, joined, left in session.execute(query)
        if ended is not None and joined <= day_of(ended) and (left is None or day_of(ended) <= left)
    )


def _livelihood(session: Session, chosen: Chosen, members: tuple[ActiveMember, ...]) -> Share:
    led = {one.account_id for one in members if one.account_id is not None}
    leaders = session.scalars(select(Project.leader_id).where(counted.livelihood(chosen))).all()
    return Share(sum(leader in led for leader in leaders), len(leaders))
