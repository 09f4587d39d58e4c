"""活动: set up with its first session, amended, moved to another day, called off, recorded."""

from collections.abc import Sequence
from datetime import date, datetime, time

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from db.actions import fields
from db.actions.activities.market import call_off_stalls
from db.actions.activities.moving import must_suit_crew
from db.actions.activities.places import move_up, people_of
from db.actions.activities.telling import tell_all
from db.actions.loading import actor_of, load
from db.counters import day_of
from db.engine import action
from db.errors import BadInput, NotPermitted, Problem, Refused, WrongStage
from db.models import (
    Account,
    Activity,
    ActivityHost,
    ActivitySession,
    EscortPair,
    Project,
    Unit,
)
from db.rules.activities.input import ActivityInput, RecordInput, SessionInput
from db.rules.activities.places import MOST_PLACES
from db.rules.activities.sessions import (
    FAR,
    FARTHEST,
    MOST_MODULES,
    MOST_SESSIONS,
    Span,
    in_the_way,
    modules_of,
    span_of,
)
from db.rules.lifecycle import may_become
from db.rules.limits import PEOPLE_MOST
from db.rules.permissions import Permission
from db.scope import UNSCOPED
from db.terms import ActivityKind, ActivityState, HostPart, Role
from db.together import amiss

HELPERS_MOST, COST_MOST = 500, 10_000_000
LEADS = (Role.SECRETARY, Role.AREA_WORKER, Role.TEAM_LEADER)
"""Who can answer for an activity."""


def own_activity(
    session: Session, activity_id: int, *, version: int | None = None, lock: bool = False, open_only: bool = True
) -> Activity:
    """The activity, for the community's staff and for the team leader whose it is; NotPermitted for another leader.

    `open_only`: WrongStage when it was held or called off.
    """
    activity = load(session, Activity, activity_id, version=version, lock=lock)
    actor = actor_of(session)
    if not actor.may(Permission.RUN_EVERY_ACTIVITY) and activity.lead_id != actor.id:
        leads = select(Project.id).where(Project.id == activity.project_id, Project.leader_id == actor.id)
        if activity.project_id is None or session.scalar(leads) is None:
            raise NotPermitted(permission=session.info.get("permission"), role=actor.role)
    if open_only and activity.state is not ActivityState.PLANNED:
        raise WrongStage(what="activity", stage=activity.state, permission=session.info.get("permission"))
    return activity


def sessions_of(session: Session, activity_id: int) -> Sequence[ActivitySession]:
    """Its sessions in the order of time."""
    query = select(ActivitySession).where(ActivitySession.activity_id == activity_id)
    return session.scalars(query.order_by(ActivitySession.starts_at)).all()


@action(Permission.RUN_ACTIVITY)
def set_up_activity(
    session: Session,
    *,
    given: ActivityInput,
    on: date | None,
    begins: time | None,
    ends: time | None,
    now: datetime,
    sure: bool = False,
) -> int:
    """Plan an activity with its first session; its id. A day that is far away is asked about until `sure`."""
    return plan_activity(session, given, SessionInput(on=on, begins=begins, ends=ends, sure=sure), now=now).id


def plan_activity(session: Session, given: ActivityInput, when: SessionInput, *, now: datetime) -> Activity:
    """A new activity with its first session, in the actor's community."""
    home = actor_of(session).community_id
    if home is None:
        raise BadInput("community_id", Problem.EMPTY)
    activity = Activity(community_id=home, state=ActivityState.PLANNED, on=day_of(now), filled=0, served=0)
    _say(session, activity, given, now)
    for field, clock in (("begins", when.begins), ("ends", when.ends)):
        _clock(field, clock)
    fields.day("on", when.on)
    session.add(activity)
    session.flush()
    _name_hosts(session, activity, given, now)
    open_session(session, activity, when, now=now)
    return activity


@action(Permission.RUN_ACTIVITY)
def amend_activity(session: Session, *, activity_id: int, version: int, given: ActivityInput, now: datetime) -> None:
    """Change what an activity is; more places move up who waits. Raises Refused("activity_places_taken", filled=)."""
    activity = own_activity(session, activity_id, version=version, lock=True)
    if activity.sensitive != bool(given.sensitive) and people_of(session, activity.id):
        raise Refused("activity_has_people")
    with session.no_autoflush:
        _say(session, activity, given, now)
        if activity.places is not None and activity.places < activity.filled:
            raise Refused("activity_places_taken", filled=activity.filled)
    _name_hosts(session, activity, given, now)
    session.flush()
    move_up(session, activity, now=now)


def _say(session: Session, activity: Activity, given: ActivityInput, now: datetime) -> None:
    activity.title = fields.line("title", given.title, most=60)
    activity.kind = fields.chosen("kind", given.kind, list(ActivityKind))
    activity.place = fields.line("place", given.place, most=60)
    activity.target = fields.line("target", given.target, most=60, needed=False)
    activity.needed = fields.whole("needed", given.needed, least=1, most=HELPERS_MOST)
    places = given.places
    activity.places = None if places is None else fields.whole("places", places, least=1, most=MOST_PLACES)
    activity.cost_fen = 100 * fields.whole("cost_yuan", given.cost_yuan, least=0, most=COST_MOST)
    activity.weather_plan = fields.line("weather_plan", given.weather_plan, most=200, needed=False)
    activity.safety_person = fields.line("safety_person", given.safety_person, most=30, needed=False)
    activity.minors = fields.chosen("minors", given.minors, [False, True])
    activity.sensitive = fields.chosen("sensitive", given.sensitive, [False, True])
    activity.lead_id = _lead(session, given.lead_id)


def _lead(session: Session, account_id: int | None) -> int:
    actor = actor_of(session)
    if account_id is None or account_id == actor.id:
        return actor.id
    account = session.get(Account, fields.row_id("lead_id", account_id))
    fits = account is not None and account.community_id == actor.community_id and account.role in LEADS
    if account is None or not fits or account.disabled_at is not None or not actor.may(Permission.RUN_EVERY_ACTIVITY):
        raise BadInput("lead_id", Problem.UNKNOWN_CHOICE)
    return account.id


def _name_hosts(session: Session, activity: Activity, given: ActivityInput, now: datetime) -> None:
    """The units as they are named now; who stays keeps the row."""
    wanted: dict[int, HostPart] = {}
    there = {
        host.unit_id: host
        for host in session.scalars(select(ActivityHost).where(ActivityHost.activity_id == activity.id))
    }
    for field, ids, part in (("leading", given.leading, HostPart.LEAD), ("assisting", given.assisting, HostPart.CO)):
        for unit_id in ids:
            if fields.row_id(field, unit_id) in wanted:
                raise BadInput(field, Problem.TAKEN)
            # A partner that ended stays where it stood; it is named for nothing new.
            living = or_(Unit.ended_on.is_(None), Unit.ended_on >= day_of(now), Unit.id.in_(there))
            if session.scalar(select(Unit.id).where(Unit.id == unit_id, living)) is None:
                raise BadInput(field, Problem.UNKNOWN_CHOICE)
            wanted[unit_id] = part
    for unit_id, host in there.items():
        if unit_id not in wanted:
            session.delete(host)
    for unit_id, part in wanted.items():
        if unit_id in there:
            there[unit_id].part = part
        else:
            session.add(
                ActivityHost(community_id=activity.community_id, activity_id=activity.id, unit_id=unit_id, part=part)
            )


def open_session(session: Session, activity: Activity, given: SessionInput, *, now: datetime) -> ActivitySession:
    """One more session of an activity, which begins on its first day; the caller holds the activity."""
    today = day_of(now)
    on = fields.day("on", given.on, least=today - FARTHEST, most=today + FARTHEST)
    if on > today + FAR and not given.sure:
        raise BadInput("on", Problem.FAR_DAY)
    span = span_of(on, _clock("begins", given.begins), _clock("ends", given.ends))
    if span is None:
        raise BadInput("ends", Problem.WRONG)
    there = sessions_of(session, activity.id)
    if len(there) >= MOST_SESSIONS:
        raise Refused("too_many_sessions", most=MOST_SESSIONS)
    if in_the_way(span, [Span(one.starts_at, one.ends_at) for one in there]) is not None:
        raise BadInput("begins", Problem.TAKEN)
    modules = [
        fields.line("modules", one, most=60)
        for one in modules_of(fields.words("modules", given.modules, most=800, needed=False))
    ]
    if len(modules) > MOST_MODULES:
        raise BadInput("modules", Problem.OUT_OF_RANGE, least=0, most=MOST_MODULES)
    row = ActivitySession(
        community_id=activity.community_id,
        activity_id=activity.id,
        on=on,
        starts_at=span.starts_at,
        ends_at=span.ends_at,
        title=fields.line("title", given.title, most=60, needed=False),
        speaker=fields.line("speaker", given.speaker, most=30, needed=False),
        modules=modules,
    )
    session.add(row)
    activity.on = min([on, *(one.on for one in there)])
    session.flush()
    return row


def _clock(field: str, value: time | None) -> time:
    if value is None:
        return amiss(BadInput(field, Problem.EMPTY), time())
    if not isinstance(value, time) or value.tzinfo is not None:
        return amiss(BadInput(field, Problem.WRONG), time())
    return value


# --- its life --------------------------------------------------------------------------------------------------


@action(Permission.RUN_ACTIVITY)
def move_activity(
    session: Session,
    *,
    activity_id: int,
    version: int,
    on: date | None,
    reason: str,
    now: datetime,
    sure: bool = False,
) -> int:
    """改期: the first day and every session with it; how many people must be told.

    Raises Refused("activity_begun") when it was written down who came, ("crew_away"), ("crew_busy") for helpers who
    cannot be there, until `sure`; BadInput at `on` for the same day and for one that is far away or gone.
    """
    activity, today = own_activity(session, activity_id, version=version, lock=True), day_of(now)
    to = fields.day("on", on, least=today, most=today + FARTHEST)
    why = fields.line("reason", reason, most=200)
    if to == activity.on:
        raise BadInput("on", Problem.UNCHANGED)
    if to > today + FAR and not sure:
        raise BadInput("on", Problem.FAR_DAY)
    there = list(sessions_of(session, activity.id))
    if any(one.taken_at is not None for one in there):
        raise Refused("activity_begun")
    days = (to - activity.on).days
    if not sure:
        must_suit_crew(session, activity, [Span(one.starts_at, one.ends_at).shifted(days) for one in there], to)
    # One after the other from the far end: two sessions of an activity never begin at the same moment.
    for one in reversed(there) if days > 0 else there:
        moved = Span(one.starts_at, one.ends_at).shifted(days)
        one.on, one.starts_at, one.ends_at = day_of(moved.starts_at), moved.starts_at, moved.ends_at
        session.flush()
    activity.moved_from, activity.moved_reason, activity.on = activity.on, why, to
    return tell_all(session, activity.id)


@action(Permission.RUN_ACTIVITY)
def call_off_activity(session: Session, *, activity_id: int, version: int, reason: str, now: datetime) -> int:
    """取消: it does not take place; the reason stays, who signed up and who helps is to be told: how many.

    A market day takes its stalls along. Raises Refused("market_has_tally") when somebody was counted at one.
    """
    activity = own_activity(session, activity_id, version=version, lock=True, open_only=False)
    activity.report = fields.words("reason", reason, most=500)
    activity.reported_at, activity.reported_by = now, actor_of(session).id
    _turn(session, activity, ActivityState.CANCELLED)
    told = tell_all(session, activity.id)
    call_off_stalls(session, activity.id, " ".join(activity.report.split())[:200], now=now)
    _forget_contacts(session, activity)
    return told


def _forget_contacts(session: Session, activity: Activity) -> None:
    """Whom to call for an elder of an outing goes with the outing, as when it is closed: nobody closes it any more."""
    pairs = select(EscortPair).where(EscortPair.activity_id == activity.id).order_by(EscortPair.id).with_for_update()
    for pair in session.scalars(pairs, execution_options=UNSCOPED):
        pair.contact_name = pair.contact_phone = None


@action(Permission.RUN_ACTIVITY)
def record_activity(session: Session, *, activity_id: int, version: int, given: RecordInput, now: datetime) -> None:
    """活动记录: what was done and whom it reached; later again to put it right.

    Raises Refused: activity_ahead before its first day, activity_of_project (it is reported there); BadInput at
    `people_served` (fewer than were counted in), `satisfied` (more than were asked).
    """
    activity = own_activity(session, activity_id, version=version, lock=True, open_only=False)
    if activity.project_id is not None:
        raise Refused("activity_of_project")
    if activity.on > day_of(now):
        raise Refused("activity_ahead")
    if activity.state is not ActivityState.DONE:
        _turn(session, activity, ActivityState.DONE)
    activity.report = fields.words("report", given.report, most=500)
    activity.served = fields.whole("people_served", given.people_served, least=0, most=PEOPLE_MOST)
    activity.asked = fields.whole("asked", given.asked, least=0, most=PEOPLE_MOST)
    activity.satisfied = fields.whole("satisfied", given.satisfied, least=0, most=PEOPLE_MOST)
    if activity.satisfied > activity.asked:
        raise BadInput("satisfied", Problem.OUT_OF_RANGE, least=0, most=activity.asked)
    activity.cost_fen = 100 * fields.whole("cost_yuan", given.cost_yuan, least=0, most=COST_MOST)
    activity.media = fields.line("media", given.media, most=200, needed=False)
    activity.reported_at, activity.reported_by = now, actor_of(session).id
    if activity.code is not None:
        activity.code, activity.code_index = None, None


@action(Permission.RUN_ACTIVITY)
def note_notice(session: Session, *, activity_id: int, now: datetime) -> None:
    """活动通知 left the house; when it did so first stays."""
    activity = own_activity(session, activity_id, open_only=False)
    if activity.noticed_at is None:
        activity.noticed_at = now


def _turn(session: Session, activity: Activity, to: ActivityState) -> None:
    if not may_become(activity.state, to):
        raise WrongStage(what="activity", stage=activity.state, permission=session.info.get("permission"))
    activity.state = to
