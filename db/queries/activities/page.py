"""One activity: what it is, its sessions, who signed up and came, who helps, what was said."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.models import (
    Account,
    Activity,
    ActivityHelper,
    ActivityHost,
    ActivityParticipant,
    ActivityPresence,
    ActivityQuote,
    ActivitySession,
    Community,
    Consent,
    HoursClaim,
    MarketDay,
    Person,
    Project,
    ServiceRecord,
    Unit,
    Volunteer,
)
from db.queries.paging import ROWS
from db.rules.masking import masked_name, masked_phone, redact
from db.scope import UNSCOPED
from db.terms import ActivityKind, ActivityState, ConsentScope, HostPart, SeatState, SignUpWay

PEOPLE_MOST = 300


@dataclass(frozen=True, slots=True)
class Host:
    """A unit and what it is to the activity."""

    unit_id: int
    name: str
    part: HostPart


@dataclass(frozen=True, slots=True)
class ActivityFacts:
    """Everything about an activity that names nobody who takes part. `code` lets people sign up without an account."""

    id: int
    version: int
    community_id: int
    title: str
    kind: ActivityKind
    state: ActivityState
    on: date
    place: str
    target: str
    needed: int
    places: int | None
    filled: int
    cost_fen: int
    weather_plan: str
    safety_person: str
    minors: bool
    sensitive: bool
    lead_id: int | None
    noticed_at: datetime | None
    moved_from: date | None
    moved_reason: str
    served: int
    asked: int
    satisfied: int
    report: str
    media: str
    reported_at: datetime | None
    project_id: int | None
    code: str | None
    community: str
    desk_phone: str
    lead: str
    project: str
    project_leader_id: int | None
    counted: int
    """What the stalls of a market day counted when it was closed."""
    hosts: tuple[Host, ...] = ()

    def hosts_of(self, part: HostPart) -> list[str]:
        """Names of the units of one part."""
        return [host.name for host in self.hosts if host.part is part]


_OWN = (
    "id", "version", "community_id", "title", "kind", "state", "on", "place", "target", "needed", "places", "filled",
    "cost_fen", "weather_plan", "safety_person", "minors", "sensitive", "lead_id", "noticed_at", "moved_from",
    "moved_reason", "served", "asked", "satisfied", "report", "media", "reported_at", "project_id", "code",
)  # fmt: skip


def activity_facts(session: Session, activity_id: int) -> ActivityFacts | None:
    """The activity, or None outside the scope."""
    query = (
        select(
            *(getattr(Activity, name) for name in _OWN),
            Community.name.label("community"),
            func.coalesce(Community.desk_phone, "").label("desk_phone"),
            func.coalesce(Account.name, "").label("lead"),
            func.coalesce(Project.title, "").label("project"),
            Project.leader_id.label("project_leader_id"),
            func.coalesce(MarketDay.served, 0).label("counted"),
        )
        .join(Community, Community.id == Activity.community_id)
        .outerjoin(MarketDay, MarketDay.activity_id == Activity.id)
        .outerjoin(Account, Account.id == Activity.lead_id)
        .outerjoin(Project, Project.id == Activity.project_id)
        .where(Activity.id == activity_id)
    )
    row = session.execute(query).one_or_none()
    if row is None:
        return None
    hosts = (
        select(ActivityHost.unit_id, Unit.name, ActivityHost.part)
        .join(Unit, Unit.id == ActivityHost.unit_id)
        .where(ActivityHost.activity_id == activity_id)
        .order_by(ActivityHost.part.desc(), ActivityHost.id)
    )
    return ActivityFacts(**row._mapping, hosts=tuple(Host(*one) for one in session.execute(hosts)))


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A session; `named` came by name, `heads` without one, `children` of them under fourteen."""

    id: int
    version: int
    on: date
    starts_at: datetime
    ends_at: datetime
    title: str
    speaker: str
    modules: tuple[str, ...]
    heads: int
    children: int
    taken: bool
    named: int

    @property
    def came(self) -> int:
        return self.named + self.heads


def sessions_of(session: Session, activity_id: int) -> list[SessionRow]:
    """The sessions in the order of time, with how many came."""
    named = select(func.count()).where(ActivityPresence.session_id == ActivitySession.id).scalar_subquery()
    query = (
        select(
            ActivitySession.id, ActivitySession.version, ActivitySession.on, ActivitySession.starts_at,
            ActivitySession.ends_at, ActivitySession.title, ActivitySession.speaker, ActivitySession.modules,
            ActivitySession.heads, ActivitySession.children, ActivitySession.taken_at.is_not(None), named,
        )
        .where(ActivitySession.activity_id == activity_id)
        .order_by(ActivitySession.starts_at)
    )  # fmt: skip
    found: list[list[Any]] = [list(row) for row in session.execute(query)]
    for row in found:
        row[7] = tuple(row[7])
    return [SessionRow(*row) for row in found]


@dataclass(frozen=True, slots=True)
class ParticipantRow:
    """Who signed up; name and telephone masked. `twin`: another sign-up has the same name."""

    id: int
    version: int
    name: str
    phone: str
    state: SeatState
    way: SignUpWay
    children: int
    under_14: bool
    guardian: bool
    linked: bool
    to_tell: bool
    twin: bool
    came: frozenset[int]
    """Sessions to which they came."""


@dataclass(frozen=True, slots=True)
class SignUps:
    """The people that the reader may see, and how many there are in all, by state."""

    rows: tuple[ParticipantRow, ...]
    counts: dict[SeatState, int]


def sign_ups(session: Session, activity_id: int) -> SignUps:
    """Who signed up, in order; of a sensitive group the rows are for named staff, the counts for everybody here."""
    query = (
        select(ActivityParticipant)
        .where(ActivityParticipant.activity_id == activity_id)
        .order_by(ActivityParticipant.id)
        .limit(PEOPLE_MOST)
    )
    people = session.scalars(query).all()
    present = (
        select(ActivityPresence.participant_id, ActivityPresence.session_id)
        .join(ActivitySession, ActivitySession.id == ActivityPresence.session_id)
        .where(ActivitySession.activity_id == activity_id)
    )
    came: dict[int, set[int]] = {}
    for row in session.execute(present):
        came.setdefault(row.participant_id, set()).add(row.session_id)
    names: dict[str, int] = {}
    for one in people:
        if one.name_index and one.state is not SeatState.CANCELLED:
            names[one.name_index] = names.get(one.name_index, 0) + 1
    ours = session.scalar(select(Activity.id).where(Activity.id == activity_id))
    counted = select(ActivityParticipant.state, func.count()).where(ActivityParticipant.activity_id == (ours or 0))
    counted = counted.group_by(ActivityParticipant.state)
    return SignUps(
        tuple(
            ParticipantRow(
                one.id, one.version, masked_name(one.name) if one.name else "", masked_phone(one.phone or ""),
                one.state, one.way, one.children, one.under_14, one.guardian is not None,
                one.person_id is not None or one.volunteer_id is not None, one.to_tell,
                names.get(one.name_index or "", 0) > 1 and one.state is not SeatState.CANCELLED,
                frozenset(came.get(one.id, ())),
            )
            for one in people
        ),
        {row[0]: row[1] for row in session.execute(counted, execution_options=UNSCOPED)},
    )  # fmt: skip


def distinct_came(session: Session, activity_id: int) -> int:
    """How many named people came to at least one session."""
    query = (
        select(func.count(func.distinct(ActivityPresence.participant_id)))
        .join(ActivitySession, ActivitySession.id == ActivityPresence.session_id)
        .where(ActivitySession.activity_id == activity_id)
    )
    return session.scalar(query) or 0


@dataclass(frozen=True, slots=True)
class HelperRow:
    """A volunteer on the list of helpers; `minutes` count, `waiting` wait for a second person. The name is masked."""

    id: int
    volunteer_id: int
    number: str
    name: str
    task: str
    left: bool
    ended: bool
    minutes: int | None
    waiting: int


def helpers_of(session: Session, activity_id: int) -> list[HelperRow]:
    """Who helps to run the activity, in the order of the list."""
    minutes = select(func.sum(ServiceRecord.minutes)).where(
        ServiceRecord.activity_id == activity_id, ServiceRecord.volunteer_id == ActivityHelper.volunteer_id
    )
    waiting = select(func.coalesce(func.sum(HoursClaim.minutes), 0)).where(
        HoursClaim.activity_id == activity_id,
        HoursClaim.volunteer_id == ActivityHelper.volunteer_id,
        HoursClaim.settled_at.is_(None),
    )
    query = (
        select(
            ActivityHelper.id, ActivityHelper.volunteer_id, Volunteer.number, Volunteer.name, ActivityHelper.task,
            ActivityHelper.left_at.is_not(None), Volunteer.ended_on.is_not(None),
            minutes.correlate(ActivityHelper).scalar_subquery(), waiting.correlate(ActivityHelper).scalar_subquery(),
        )
        .join(Volunteer, Volunteer.id == ActivityHelper.volunteer_id)
        .where(ActivityHelper.activity_id == activity_id)
        .order_by(ActivityHelper.id)
        .limit(200)
    )  # fmt: skip
    found: list[list[Any]] = [list(row) for row in session.execute(query)]
    for row in found:
        row[3] = masked_name(row[3])
    return [HelperRow(*row) for row in found]


@dataclass(frozen=True, slots=True)
class QuoteRow:
    """What was said, while the consent holds."""

    id: int
    words: str
    called: str


def quotes_of(session: Session, activity_id: int) -> list[QuoteRow]:
    """The quotes whose consent was not taken back, and is not hidden from the reader."""
    query = (
        select(ActivityQuote.id, ActivityQuote.words, ActivityQuote.called)
        .join(Activity, Activity.id == ActivityQuote.activity_id)
        .join(Consent, Consent.id == ActivityQuote.consent_id)
        .where(ActivityQuote.activity_id == activity_id, ActivityQuote.words != "")
        .where(Consent.scope == ConsentScope.STORY, Consent.withdrawn_on.is_(None))
        .order_by(ActivityQuote.id)
        .limit(ROWS)
    )
    return [QuoteRow(row.id, redact(row.words), redact(row.called)) for row in session.execute(query)]


@dataclass(frozen=True, slots=True)
class StoryConsent:
    """A consent to be quoted, by whom (masked) and since when."""

    id: int
    name: str
    given_on: date


def story_consents(session: Session) -> list[StoryConsent]:
    """Consents to be quoted that hold, the latest first."""
    query = (
        select(Consent.id, Person.name.label("person"), Volunteer.name.label("volunteer"), Consent.given_on)
        .outerjoin(Person, Person.id == Consent.person_id)
        .outerjoin(Volunteer, Volunteer.id == Consent.volunteer_id)
        .where(Consent.scope == ConsentScope.STORY, Consent.withdrawn_on.is_(None))
        .order_by(Consent.id.desc())
        .limit(ROWS)
    )
    return [
        StoryConsent(row.id, masked_name(row.person or row.volunteer or ""), row.given_on)
        for row in session.execute(query)
    ]


# --- names for paper -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OnPaper:
    """A name as a paper prints it, and the sessions to which they came; leaves only by a file that is written down."""

    name: str
    came: frozenset[int]


def names_for_paper(session: Session, activity_id: int, *, came_only: bool) -> list[OnPaper]:
    """Who has a place (or who came), by name, for the sign-in sheet and the certificates. No child is among them: a
    child is never named on what leaves the house. Of a sensitive group only named staff get any.
    """
    query = (
        select(ActivityParticipant.id, ActivityParticipant.name)
        .where(
            ActivityParticipant.activity_id == activity_id,
            ActivityParticipant.state == SeatState.IN,
            ActivityParticipant.under_14.is_(False),
            ActivityParticipant.name.is_not(None),
        )
        .order_by(ActivityParticipant.id)
        .limit(5000)
    )
    present = (
        select(ActivityPresence.participant_id, ActivityPresence.session_id)
        .join(ActivitySession, ActivitySession.id == ActivityPresence.session_id)
        .where(ActivitySession.activity_id == activity_id)
    )
    came: dict[int, set[int]] = {}
    for one in session.execute(present):
        came.setdefault(one.participant_id, set()).add(one.session_id)
    rows = [OnPaper(row.name, frozenset(came.get(row.id, ()))) for row in session.execute(query) if row.name]
    return [one for one in rows if one.came or not came_only]
