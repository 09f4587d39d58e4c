"""What counts into a figure, as conditions on rows: the figures and the lists behind them ask the same question."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, cast

from sqlalchemy import BigInteger, Date, and_, bindparam, case, func, or_, select

from db.models import Activity, Answer, Complaint, Order, OrderOffer, Project, ServiceRecord, SquadMember
from db.models.types import UtcDateTime
from db.queries.orders.figures import DONE
from db.rules.orders.life import WITH_MINUTES
from db.rules.results.period import Period
from db.rules.zone import CHINA
from db.terms import (
    ActivityState,
    AnswerKind,
    AnswerState,
    AssignmentState,
    ComplaintState,
    MatterEnd,
    OrderState,
    ProjectKind,
    ProjectState,
    Satisfaction,
)

AGREED = (Satisfaction.VERY_SATISFIED, Satisfaction.SATISFIED, Satisfaction.FAIR)
"""The asker spoke and did not say that it is not solved."""
COMPLAINTS_ENDED = (ComplaintState.REPLIED, ComplaintState.CLOSED)
DID = (AnswerKind.DONE, AnswerKind.SERVED, AnswerKind.HANDLED)
ACCEPTED = and_(OrderOffer.order_id == Order.id, OrderOffer.state == AssignmentState.ACCEPTED)


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a page of figures is about: a period, and a community or everything within the actor's reach."""

    period: Period
    community_id: int | None = None
    squad_id: int | None = None
    """Narrows the sessions alone: nothing else belongs to a squad."""

    def of(self, model: Any) -> Any:
        """Rows of the community that is shown."""
        return True if self.community_id is None else model.community_id == self.community_id

    @property
    def begin(self) -> datetime:
        return datetime.combine(self.period.since, time(), CHINA)

    @property
    def end(self) -> datetime:
        """The first moment that is over: midnight in China after the last day."""
        return datetime.combine(self.period.until + timedelta(days=1), time(), CHINA)

    def at(self, column: Any) -> Any:
        """Moments within the Chinese days of the period."""
        return and_(column >= self.begin, column < self.end)

    def on(self, column: Any) -> Any:
        """Days within the period."""
        return column.between(self.period.since, self.period.until)


@dataclass(frozen=True, slots=True)
class Asked(Chosen):
    """The same with parameters in the place of days and community, for statements that are built once; `values_of` has
    the values.
    """

    name: str = ""

    @property
    def begin(self) -> Any:
        return bindparam(f"{self.name}_begin", type_=UtcDateTime())

    @property
    def end(self) -> Any:
        return bindparam(f"{self.name}_end", type_=UtcDateTime())


def asked(name: str, *, of_one: bool) -> Asked:
    """The parameters of one period, of a community or of everything within reach."""
    since, until = (bindparam(f"{name}_{what}", type_=Date()) for what in ("since", "until"))
    here: Any = bindparam("figures_in", type_=BigInteger()) if of_one else None
    return Asked(Period("", cast(Any, since), cast(Any, until)), here, None, name)


def values_of(**named: Chosen) -> dict[str, Any]:
    """What the parameters of each period stand for; all are of one community."""
    values: dict[str, Any] = {}
    for name, one in named.items():
        days = {f"{name}_since": one.period.since, f"{name}_until": one.period.until}
        values |= days | {f"{name}_begin": one.begin, f"{name}_end": one.end, "figures_in": one.community_id}
    return values


def records(chosen: Chosen) -> Any:
    """志愿服务记录 of activities and slots that count; one that was struck out has no minutes."""
    return and_(chosen.of(ServiceRecord), chosen.on(ServiceRecord.on), ServiceRecord.minutes > 0)


def hours_of_orders(chosen: Chosen) -> Any:
    """Orders whose minutes count: the resident's word is there."""
    return and_(chosen.of(Order), chosen.at(Order.ended_at), Order.state.in_(WITH_MINUTES))


def orders_done(chosen: Chosen) -> Any:
    """场次 of orders, as the page of orders counts them."""
    return and_(chosen.of(Order), chosen.at(Order.ended_at), Order.state.in_(DONE))


def activities_done(chosen: Chosen) -> Any:
    """场次 of activities."""
    return and_(chosen.of(Activity), chosen.on(Activity.on), Activity.state == ActivityState.DONE)


def in_squad(volunteer: Any, day: date | Any, squad_id: int) -> Any:
    """Somebody who stood in the squad on that day."""
    return (
        select(SquadMember.id)
        .where(
            SquadMember.squad_id == squad_id,
            SquadMember.volunteer_id == volunteer,
            SquadMember.joined_on <= day,
            or_(SquadMember.left_on.is_(None), SquadMember.left_on >= day),
        )
        .exists()
    )


def answers_given(chosen: Chosen) -> Any:
    """回音 that were given."""
    return and_(chosen.of(Answer), chosen.at(Answer.given_at), Answer.state == AnswerState.GIVEN)


def answer_confirmed() -> Any:
    """Something was done, and the asker spoke to it and did not deny it."""
    return and_(Answer.kind.in_(DID), Answer.satisfaction.in_(AGREED))


def order_outcome() -> Any:
    """解决 or only done: the resident confirmed it and was not dissatisfied."""
    denied = func.coalesce(Order.rating == Satisfaction.DISSATISFIED, False)
    confirmed = and_(Order.state != OrderState.DONE, ~denied)
    return case((confirmed, MatterEnd.SOLVED.value), else_=MatterEnd.ANSWERED.value)


def order_matters(chosen: Chosen) -> Any:
    """Orders that are no double of a need: what came from one is told with its answer."""
    return and_(orders_done(chosen), Order.need_id.is_(None))


def complaint_outcome() -> Any:
    solved = and_(Complaint.state == ComplaintState.CLOSED, Complaint.solved.is_(True))
    return case((solved, MatterEnd.SOLVED.value), else_=MatterEnd.ANSWERED.value)


def complaint_matters(chosen: Chosen) -> Any:
    """Complaints answered or closed; a repeated one and one that became a need are doubles, a relapse is open again."""
    ended = or_(
        and_(Complaint.state == ComplaintState.CLOSED, chosen.at(Complaint.closed_at)),
        and_(Complaint.state == ComplaintState.REPLIED, chosen.at(Complaint.replied_at)),
    )
    return and_(chosen.of(Complaint), ended, Complaint.repeat_of_id.is_(None), Complaint.need_id.is_(None))


def complaints_asked(chosen: Chosen) -> Any:
    """Complaints that were answered: their askers are asked whether they are satisfied."""
    return and_(chosen.of(Complaint), chosen.at(Complaint.replied_at), Complaint.state.in_(COMPLAINTS_ENDED))


def livelihood(chosen: Chosen) -> Any:
    """民生实事 in hand in the period, accepted ones until the day of their acceptance."""
    return and_(
        chosen.of(Project),
        Project.kind == ProjectKind.LIVELIHOOD,
        Project.state != ProjectState.STOPPED,
        Project.set_up_at < chosen.end,
        or_(Project.accepted_at.is_(None), Project.accepted_at >= chosen.begin),
    )
