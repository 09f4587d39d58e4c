"""队伍: the list, one squad with what it did, who is in it, who asks, and what it shows."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from db.models import Activity, Consent, Opening, Placement, Squad, SquadMember, SquadRequest, SquadStory, SquadTheme
from db.models import Volunteer as Person
from db.queries.accounts.accounts import answers_for
from db.queries.paging import ROWS, Page
from db.rules.masking import masked_name, redact
from db.rules.search import LIKE_ESCAPE, like_pattern
from db.rules.volunteers.squads import Makeup, makeup
from db.scope import UNSCOPED
from db.terms import ConsentScope, PlacementState, VolunteerKind

IN = SquadMember.left_on.is_(None)


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme of the subdistrict, and how many living squads have it."""

    id: int
    version: int
    name: str
    name_en: str
    active: bool
    squads: int


def themes(session: Session) -> list[Theme]:
    """The themes in their order, also those that no new squad takes."""
    having = select(func.count()).where(Squad.theme_id == SquadTheme.id, Squad.dissolved_on.is_(None))
    query = (
        select(
            *(SquadTheme.id, SquadTheme.version, SquadTheme.name, SquadTheme.name_en, SquadTheme.active),
            having.correlate(SquadTheme).scalar_subquery(),
        )
        .order_by(SquadTheme.position, SquadTheme.id)
        .limit(60)
    )
    return [Theme(*row) for row in session.execute(query)]


@dataclass(frozen=True, slots=True)
class SquadRow:
    """A standing team with its theme and how many are in it."""

    id: int
    name: str
    slogan: str
    theme: str
    theme_en: str
    members: int
    founded_on: date
    dissolved_on: date | None
    led: bool
    """Somebody leads it."""
    mine: bool
    """The actor is in it."""


def unanswered(account_id: int, *, manages: bool) -> ColumnElement[bool]:
    """Squads in which somebody asks to come in and it is the actor who answers: the leader or the deputy, and for one
    whom nobody leads whoever manages squads."""
    me = select(Person.id).where(Person.account_id == account_id, Person.ended_on.is_(None))
    asked = select(SquadRequest.id).where(SquadRequest.squad_id == Squad.id, SquadRequest.answered_at.is_(None))
    mine = or_(Squad.leader_id.in_(me), Squad.deputy_id.in_(me))
    if manages:
        mine = or_(mine, and_(Squad.leader_id.is_(None), Squad.deputy_id.is_(None)))
    return and_(Squad.dissolved_on.is_(None), asked.correlate(Squad).exists(), mine)


def squads(
    session: Session,
    *,
    words: str = "",
    theme_id: int | None = None,
    dissolved: bool = False,
    leaderless: bool = False,
    mine: bool = False,
    asked: bool = False,
    manages: bool = False,
    account_id: int = 0,
    before: int | None = None,
    most: int = ROWS,
) -> Page[SquadRow]:
    """A page of squads in one statement, the last founded first; `words` are looked for in name and slogan."""
    members = select(func.count()).select_from(SquadMember).where(SquadMember.squad_id == Squad.id, IN)
    me = select(Person.id).where(Person.account_id == account_id)
    own = select(SquadMember.id).where(SquadMember.squad_id == Squad.id, IN, SquadMember.volunteer_id.in_(me))
    inside = own.correlate(Squad).exists()
    query = (
        select(
            *(Squad.id, Squad.name, Squad.slogan, SquadTheme.name, SquadTheme.name_en),
            members.correlate(Squad).scalar_subquery(),
            *(Squad.founded_on, Squad.dissolved_on, Squad.leader_id.is_not(None), inside),
        )
        .join(SquadTheme, SquadTheme.id == Squad.theme_id)
        .where(Squad.dissolved_on.is_not(None) if dissolved else Squad.dissolved_on.is_(None))
    )
    if words.strip():
        pattern = like_pattern(words)
        query = query.where(or_(*(one.like(pattern, escape=LIKE_ESCAPE) for one in (Squad.name, Squad.slogan))))
    if theme_id is not None:
        query = query.where(Squad.theme_id == theme_id)
    if leaderless:
        query = query.where(Squad.leader_id.is_(None))
    if asked:
        query = query.where(unanswered(account_id, manages=manages))
    if mine:
        query = query.where(inside)
    if before is not None:
        query = query.where(Squad.id < before)
    found = session.execute(query.order_by(Squad.id.desc()).limit(most + 1)).all()
    return Page(tuple(SquadRow(*row) for row in found[:most]), len(found) > most)


@dataclass(frozen=True, slots=True)
class SquadChoice:
    """A living squad to choose."""

    id: int
    name: str


def squad_choices(session: Session) -> list[SquadChoice]:
    """Living squads to choose from, by name."""
    query = select(Squad.id, Squad.name).where(Squad.dissolved_on.is_(None)).order_by(Squad.name).limit(200)
    return [SquadChoice(*row) for row in session.execute(query)]


def led_squads(account_id: int) -> Select[int]:
    """Ids of living squads that this account leads or deputizes."""
    mine = select(Person.id).where(Person.account_id == account_id, Person.ended_on.is_(None))
    return select(Squad.id).where(
        or_(Squad.leader_id.in_(mine), Squad.deputy_id.in_(mine)), Squad.dissolved_on.is_(None)
    )


# --- one squad -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SquadPage:
    """A squad as everybody sees it: leader and deputy masked, its people only in figures."""

    id: int
    version: int
    name: str
    slogan: str
    charter: str
    theme_id: int
    theme: str
    theme_en: str
    founded_on: date
    dissolved_on: date | None
    dissolved_reason: str
    leader_id: int | None
    leader: str
    leader_answers: bool
    """The leader has no account, or one that can answer here."""
    deputy_id: int | None
    deputy: str
    people: Makeup
    waiting: int
    i_am_in: bool
    i_asked: bool
    i_lead: bool


def squad_page(session: Session, squad_id: int, *, account_id: int, year: int) -> SquadPage | None:
    """The squad, or None outside the scope, in two statements."""
    me = select(Person.id).where(Person.account_id == account_id, Person.ended_on.is_(None))
    member = select(SquadMember.id).where(SquadMember.squad_id == Squad.id, IN, SquadMember.volunteer_id.in_(me))
    open_ones = (SquadRequest.squad_id == Squad.id, SquadRequest.answered_at.is_(None))
    asked = select(SquadRequest.id).where(*open_ones, SquadRequest.volunteer_id.in_(me))
    waiting = select(func.count()).select_from(SquadRequest).where(*open_ones)
    row = session.execute(
        select(
            Squad,
            SquadTheme.name.label("theme"),
            SquadTheme.name_en.label("theme_en"),
            waiting.correlate(Squad).scalar_subquery().label("waiting"),
            member.correlate(Squad).exists().label("i_am_in"),
            asked.correlate(Squad).exists().label("i_asked"),
            or_(Squad.leader_id.in_(me), Squad.deputy_id.in_(me)).label("i_lead"),
        )
        .join(SquadTheme, SquadTheme.id == Squad.theme_id)
        .where(Squad.id == squad_id)
    ).first()
    if row is None:
        return None
    squad: Squad = row.Squad
    # A volunteer sees no other entry: of these people only masked names of who leads, and figures, leave here.
    able = or_(Person.account_id.is_(None), answers_for(Person.account_id, Person.community_id))
    columns = (Person.id, Person.name, Person.number, Person.birth_year, Person.kind, able.label("able"))
    inside = select(*columns).where(
        Person.id.in_(select(SquadMember.volunteer_id).where(SquadMember.squad_id == squad.id, IN))
    )
    people = {one.id: one for one in session.execute(inside, execution_options=UNSCOPED)}
    named = {key: f"{one.number} {masked_name(one.name)}" for key, one in people.items()}
    return SquadPage(
        id=squad.id,
        version=squad.version,
        name=squad.name,
        slogan=squad.slogan,
        charter=squad.charter,
        theme_id=squad.theme_id,
        theme=row.theme,
        theme_en=row.theme_en,
        founded_on=squad.founded_on,
        dissolved_on=squad.dissolved_on,
        dissolved_reason=squad.dissolved_reason,
        leader_id=squad.leader_id,
        leader=named.get(squad.leader_id or 0, ""),
        leader_answers=squad.leader_id not in people or bool(people[squad.leader_id].able),
        deputy_id=squad.deputy_id,
        deputy=named.get(squad.deputy_id or 0, ""),
        people=makeup([(one.birth_year, one.kind is VolunteerKind.PARTY_MEMBER) for one in people.values()], year),
        waiting=row.waiting,
        i_am_in=row.i_am_in,
        i_asked=row.i_asked,
        i_lead=bool(row.i_lead),
    )


@dataclass(frozen=True, slots=True)
class MemberRow:
    """Somebody who is or was in a squad; the name is masked."""

    id: int
    volunteer_id: int
    number: str
    name: str
    kind: VolunteerKind
    skills: tuple[str, ...]
    joined_on: date
    left_on: date | None
    left_reason: str


def members_of_squad(
    session: Session, squad_id: int, *, past: bool = False, before: int | None = None, most: int = ROWS
) -> Page[MemberRow]:
    """Who is in a squad, or was; for the staff and for whoever leads it, which the page sees to."""
    query = (
        select(SquadMember, Person)
        .join(Person, Person.id == SquadMember.volunteer_id)
        .where(SquadMember.squad_id == squad_id, SquadMember.left_on.is_not(None) if past else IN)
    )
    if before is not None:
        query = query.where(SquadMember.id < before)
    query = query.order_by(SquadMember.id.desc()).limit(most + 1)
    found = session.execute(query, execution_options=UNSCOPED).all()
    rows = (
        MemberRow(
            id=member.id,
            volunteer_id=one.id,
            number=one.number,
            name=masked_name(one.name),
            kind=one.kind,
            skills=tuple(one.skills),
            joined_on=member.joined_on,
            left_on=member.left_on,
            left_reason=redact(member.left_reason),
        )
        for member, one in found[:most]
    )
    return Page(tuple(rows), len(found) > most)


@dataclass(frozen=True, slots=True)
class RequestRow:
    """Somebody who asks to come in; the name is masked."""

    id: int
    number: str
    name: str
    skills: tuple[str, ...]
    word: str
    asked_at: datetime


def requests_of(session: Session, squad_id: int) -> list[RequestRow]:
    """Who waits for the leader's answer, the first first."""
    query = (
        select(SquadRequest, Person)
        .join(Person, Person.id == SquadRequest.volunteer_id)
        .where(SquadRequest.squad_id == squad_id, SquadRequest.answered_at.is_(None))
        .order_by(SquadRequest.id)
        .limit(ROWS)
    )
    return [
        RequestRow(ask.id, one.number, masked_name(one.name), tuple(one.skills), redact(ask.word), ask.asked_at)
        for ask, one in session.execute(query, execution_options=UNSCOPED)
    ]


# --- posts and what is shown -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SquadPost:
    """A post of the squad; `held` names who holds it, masked, for whoever leads."""

    id: int
    title: str
    skill: str
    task: str
    places: int
    filled: int
    closed: bool
    held: tuple[str, ...]


def posts_of_squad(session: Session, squad_id: int, *, people: bool) -> list[SquadPost]:
    """The posts, open ones first; with `people` who holds them."""
    posts = session.scalars(
        select(Opening).where(Opening.squad_id == squad_id).order_by(Opening.closed, Opening.id.desc()).limit(20)
    ).all()
    held: dict[int, list[str]] = {}
    if people and posts:
        query = (
            select(Placement.opening_id, Person.number, Person.name)
            .join(Person, Person.id == Placement.volunteer_id)
            .where(Placement.opening_id.in_([post.id for post in posts]), Placement.state == PlacementState.ACCEPTED)
            .order_by(Placement.id)
            .limit(200)
        )
        for opening_id, number, name in session.execute(query, execution_options=UNSCOPED):
            held.setdefault(opening_id, []).append(f"{number} {masked_name(name)}")
    return [
        SquadPost(
            one.id, one.title, one.skill, one.task, one.places, one.filled, one.closed, tuple(held.get(one.id, ()))
        )
        for one in posts
    ]


@dataclass(frozen=True, slots=True)
class Story:
    """Words that a member agreed to show; without the consent there is no row."""

    id: int
    who: str
    words: str
    activity: str
    on: date | None


def stories_of(session: Session, squad_id: int, *, today: date) -> list[Story]:
    """What the squad shows now, the latest first: each word whose speaker's consent holds today."""
    agreed = select(Consent.id).where(
        Consent.volunteer_id == SquadStory.volunteer_id,
        Consent.scope == ConsentScope.STORY,
        Consent.withdrawn_on.is_(None),
        Consent.given_on <= today,
    )
    query = (
        select(SquadStory.id, Person.name, SquadStory.words, Activity.title, Activity.on)
        .join(Person, Person.id == SquadStory.volunteer_id)
        .outerjoin(Activity, Activity.id == SquadStory.activity_id)
        .where(SquadStory.squad_id == squad_id, SquadStory.taken_down_at.is_(None))
        .where(agreed.correlate(SquadStory).exists())
        .order_by(SquadStory.id.desc())
        .limit(10)
    )
    return [
        Story(key, masked_name(name), redact(words), title or "", on)
        for key, name, words, title, on in session.execute(query, execution_options=UNSCOPED)
    ]


def story_choices(session: Session, squad_id: int, *, today: date) -> dict[int, str]:
    """Members whose consent to show their words holds: number and masked name."""
    consent = aliased(Consent)
    query = (
        select(Person.id, Person.number, Person.name)
        .join(SquadMember, and_(SquadMember.volunteer_id == Person.id, SquadMember.squad_id == squad_id, IN))
        .join(consent, consent.volunteer_id == Person.id)
        .where(consent.scope == ConsentScope.STORY, consent.withdrawn_on.is_(None), consent.given_on <= today)
        .distinct()
        .order_by(Person.number)
        .limit(ROWS)
    )
    return {
        one.id: f"{one.number} {masked_name(one.name)}" for one in session.execute(query, execution_options=UNSCOPED)
    }
