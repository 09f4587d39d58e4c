"""队伍: founded, led and dissolved; joined and left with a day, by the staff, by oneself, by the leader's answer."""

from datetime import date, datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from db.actions import fields
from db.actions.loading import actor_of, chosen_row, load
from db.actions.volunteers.placements import vacate_posts
from db.actions.volunteers.volunteers import must_serve, note_event, serving_volunteer
from db.counters import day_of
from db.engine import action
from db.errors import BadInput, NotFound, Problem, Refused
from db.models import Squad, SquadMember, SquadRequest, SquadTheme, Volunteer
from db.rules.permissions import Permission
from db.scope import UNSCOPED
from db.terms import VolunteerChange

# --- the squad itself ------------------------------------------------------------------------------------------


@action(Permission.MANAGE_SQUADS)
def found_squad(
    session: Session, *, name: str, theme_id: int | None, slogan: str = "", founded_on: date | None = None,
    now: datetime,
) -> int:  # fmt: skip
    """A standing team with its theme, founded today or on an earlier day; returns its id."""
    home = actor_of(session).community_id
    if home is None:
        raise BadInput("community_id", Problem.EMPTY)
    today = day_of(now)
    squad = Squad(
        community_id=home,
        name=_free_name(session, home, name),
        theme_id=chosen_row(session, SquadTheme, "theme_id", theme_id).id,
        slogan=fields.line("slogan", slogan, most=60, needed=False),
        founded_on=fields.day("founded_on", founded_on or today, least=fields.FIRST_DAY, most=today),
    )
    session.add(squad)
    session.flush()
    return squad.id


def _free_name(session: Session, home: int, name: str, own: int = 0) -> str:
    called = fields.line("name", name, most=30)
    taken = select(Squad.id).where(Squad.community_id == home, Squad.name == called, Squad.id != own)
    if session.scalar(taken) is not None:
        raise BadInput("name", Problem.TAKEN)
    return called


@action(Permission.LEAD_SQUAD)
def change_squad(
    session: Session, *, squad_id: int, version: int, name: str, theme_id: int | None, slogan: str, charter: str
) -> None:
    """What the squad is called and stands for. A theme that is given to no new squad may stay."""
    squad = own_squad(session, squad_id, version=version)
    squad.name = _free_name(session, squad.community_id, name, squad.id)
    if fields.row_id("theme_id", theme_id) != squad.theme_id:
        squad.theme_id = chosen_row(session, SquadTheme, "theme_id", theme_id).id
    squad.slogan = fields.line("slogan", slogan, most=60, needed=False)
    squad.charter = fields.words("charter", charter, most=2000, needed=False)


@action(Permission.MANAGE_SQUADS)
def name_leaders(
    session: Session, *, squad_id: int, version: int, leader_id: int | None, deputy_id: int | None
) -> None:
    """队长与副队长: members of the squad, two people, either may be empty."""
    squad = _living(session, squad_id, version=version)
    for field, chosen in (("leader_id", leader_id), ("deputy_id", deputy_id)):
        if chosen is not None and member_of(session, squad.id, fields.row_id(field, chosen)) is None:
            raise BadInput(field, Problem.UNKNOWN_CHOICE)
    if leader_id is not None and leader_id == deputy_id:
        raise BadInput("deputy_id", Problem.TAKEN)
    squad.leader_id, squad.deputy_id = leader_id, deputy_id


@action(Permission.MANAGE_SQUADS)
def dissolve_squad(session: Session, *, squad_id: int, version: int, reason: str, now: datetime) -> int:
    """解散: everybody leaves, posts and requests are closed, what was done stays; how many were in it."""
    why = fields.line("reason", reason, most=200)
    squad = _living(session, squad_id, version=version)
    inside = select(SquadMember).where(SquadMember.squad_id == squad.id, SquadMember.left_on.is_(None))
    members = session.scalars(inside.order_by(SquadMember.id).with_for_update()).all()
    for member in members:
        end_membership(session, member, on=day_of(now), reason=why)
    waiting = select(SquadRequest).where(SquadRequest.squad_id == squad.id, SquadRequest.answered_at.is_(None))
    for request in session.scalars(waiting.with_for_update()):
        request.answered_at, request.answered_by, request.accepted = now, actor_of(session).id, False
        request.answer = why
    vacate_posts(session, squad.id, why, now=now)
    squad.dissolved_on, squad.dissolved_reason = day_of(now), why
    return len(members)


def own_squad(session: Session, squad_id: int, *, version: int | None = None) -> Squad:
    """A living squad that the actor leads, or any when they manage squads; Refused("not_your_squad")."""
    squad = _living(session, squad_id, version=version)
    me = actor_of(session)
    if not me.may(Permission.MANAGE_SQUADS):
        mine = session.scalar(select(Volunteer.id).where(Volunteer.account_id == me.id, Volunteer.ended_on.is_(None)))
        if mine is None or mine not in (squad.leader_id, squad.deputy_id):
            raise Refused("not_your_squad")
    return squad


def _living(session: Session, squad_id: int, *, version: int | None = None) -> Squad:
    squad = load(session, Squad, squad_id, version=version, lock=True)
    must_stand(squad)
    return squad


def must_stand(squad: Squad) -> None:
    """Refused("squad_dissolved", day=) for a squad that is no more."""
    if squad.dissolved_on is not None:
        raise Refused("squad_dissolved", day=squad.dissolved_on.isoformat())


# --- in and out ------------------------------------------------------------------------------------------------


@action(Permission.MANAGE_VOLUNTEERS)
def join_squad(session: Session, *, squad_id: int | None, volunteer_id: int, now: datetime) -> None:
    """Put a volunteer into a standing team. Raises Refused: already_in_squad, squad_dissolved."""
    volunteer = serving_volunteer(session, volunteer_id, lock=True)
    _enter(session, _living(session, fields.chosen("squad_id", squad_id)), volunteer, now=now)


@action(Permission.MANAGE_VOLUNTEERS)
def leave_squad(session: Session, *, squad_id: int | None, volunteer_id: int, reason: str, now: datetime) -> None:
    """Take a volunteer out of a standing team; the history keeps which. Raises Refused("not_in_squad")."""
    why = fields.line("reason", reason, most=200)
    volunteer = load(session, Volunteer, volunteer_id, lock=True)
    squad = load(session, Squad, fields.chosen("squad_id", squad_id))
    end_membership(session, _member(session, squad.id, volunteer.id), on=day_of(now), reason=why)
    note_event(session, volunteer, VolunteerChange.LEFT_SQUAD, now=now, reason=why, before=squad.name)


@action(Permission.JOIN_SQUAD)
def ask_to_join(session: Session, *, squad_id: int, word: str = "", now: datetime) -> int:
    """申请入队: the leader answers. Raises Refused: already_in_squad, already_asked, no_volunteer_record."""
    said = fields.line("word", word, most=200, needed=False)
    me, squad = _myself(session), _living(session, squad_id)
    if member_of(session, squad.id, me.id) is not None:
        raise Refused("already_in_squad")
    if session.scalar(_open_requests(squad.id, me.id)) is not None:
        raise Refused("already_asked")
    request = SquadRequest(
        community_id=squad.community_id, squad_id=squad.id, volunteer_id=me.id, word=said, asked_at=now
    )
    session.add(request)
    session.flush()
    return request.id


@action(Permission.JOIN_SQUAD)
def take_back_request(session: Session, *, squad_id: int, now: datetime) -> None:
    """The own request is not asked any more. Raises Refused("request_answered")."""
    me = _myself(session)
    request = session.scalar(_open_requests(load(session, Squad, squad_id).id, me.id).with_for_update())
    if request is None:
        raise Refused("request_answered")
    request.answered_at, request.answered_by = now, actor_of(session).id


@action(Permission.JOIN_SQUAD)
def leave_own_squad(session: Session, *, squad_id: int, reason: str, now: datetime) -> None:
    """Leave a squad oneself; who led it leads it no more. Raises Refused("not_in_squad")."""
    why = fields.line("reason", reason, most=200)
    me, squad = _myself(session), load(session, Squad, squad_id)
    end_membership(session, _member(session, squad.id, me.id), on=day_of(now), reason=why)
    note_event(session, me, VolunteerChange.LEFT_SQUAD, now=now, reason=why, before=squad.name)


@action(Permission.LEAD_SQUAD)
def answer_request(
    session: Session, *, request_id: int, accepted: bool | None, answer: str = "", now: datetime
) -> None:
    """The leader's word to somebody who asks; a no has its reason. Raises Refused("request_answered")."""
    yes = fields.chosen("accepted", accepted, [True, False])
    said = fields.line("answer", answer, most=200, needed=not yes)
    request = load(session, SquadRequest, request_id, lock=True)
    squad = own_squad(session, request.squad_id)
    if request.answered_at is not None:
        raise Refused("request_answered")
    request.answered_at, request.answered_by, request.accepted, request.answer = now, actor_of(session).id, yes, said
    if yes:
        # The leader may be a volunteer who sees no other entry: this one asked for it.
        asks = select(Volunteer).where(Volunteer.id == request.volunteer_id).with_for_update()
        volunteer = session.scalars(asks, execution_options=UNSCOPED).one()
        must_serve(volunteer)
        _enter(session, squad, volunteer, now=now)


@action(Permission.LEAD_SQUAD)
def take_out_member(session: Session, *, member_id: int, reason: str, now: datetime) -> None:
    """The leader takes somebody out, with the reason. Raises Refused: not_your_squad, not_in_squad."""
    why = fields.line("reason", reason, most=200)
    member = load(session, SquadMember, member_id, lock=True)
    own_squad(session, member.squad_id)
    if member.left_on is not None:
        raise Refused("not_in_squad")
    end_membership(session, member, on=day_of(now), reason=why)


def _enter(session: Session, squad: Squad, volunteer: Volunteer, *, now: datetime) -> None:
    """One more in the squad; the caller holds squad and volunteer. A request that waits is answered by it."""
    if member_of(session, squad.id, volunteer.id) is not None:
        raise Refused("already_in_squad")
    session.add(
        SquadMember(
            community_id=squad.community_id, squad_id=squad.id, volunteer_id=volunteer.id, joined_on=day_of(now)
        )
    )
    for request in session.scalars(_open_requests(squad.id, volunteer.id).with_for_update()):
        request.answered_at, request.answered_by, request.accepted = now, actor_of(session).id, True


def member_of(session: Session, squad_id: int, volunteer_id: int) -> SquadMember | None:
    """The row of somebody who is in a squad now."""
    query = select(SquadMember).where(
        SquadMember.squad_id == squad_id, SquadMember.volunteer_id == volunteer_id, SquadMember.left_on.is_(None)
    )
    return session.scalars(query).first()


def _member(session: Session, squad_id: int, volunteer_id: int) -> SquadMember:
    member = member_of(session, squad_id, volunteer_id)
    if member is None:
        raise Refused("not_in_squad")
    return member


def _open_requests(squad_id: int, volunteer_id: int) -> Select[SquadRequest]:
    return select(SquadRequest).where(
        SquadRequest.squad_id == squad_id, SquadRequest.volunteer_id == volunteer_id, SquadRequest.answered_at.is_(None)
    )


def _myself(session: Session) -> Volunteer:
    """The actor's own entry, held so that two taps cannot enter twice."""
    query = select(Volunteer).where(Volunteer.account_id == actor_of(session).id).with_for_update()
    volunteer = session.scalars(query).first()
    if volunteer is None:
        raise Refused("no_volunteer_record")
    must_serve(volunteer)
    return volunteer


def end_membership(session: Session, member: SquadMember, *, on: date, reason: str) -> None:
    """Somebody is in a squad no more, and leads it no more: who leads next is open."""
    member.left_on, member.left_reason = max(on, member.joined_on), reason
    squad = session.get_one(Squad, member.squad_id)
    if squad.leader_id == member.volunteer_id:
        squad.leader_id = None
    if squad.deputy_id == member.volunteer_id:
        squad.deputy_id = None


def leave_squads(session: Session, volunteer: Volunteer, *, on: date, reason: str, now: datetime) -> int:
    """Somebody who ends leaves every squad and asks for none; in how many they were."""
    inside = select(SquadMember).where(SquadMember.volunteer_id == volunteer.id, SquadMember.left_on.is_(None))
    members = session.scalars(inside.with_for_update()).all()
    for member in members:
        end_membership(session, member, on=on, reason=reason)
    session.flush()
    led = select(Squad).where((Squad.leader_id == volunteer.id) | (Squad.deputy_id == volunteer.id)).with_for_update()
    for squad in session.scalars(led):  # Nobody leads who serves no more, also where they were never written in.
        squad.leader_id = None if squad.leader_id == volunteer.id else squad.leader_id
        squad.deputy_id = None if squad.deputy_id == volunteer.id else squad.deputy_id
    waiting = select(SquadRequest).where(SquadRequest.volunteer_id == volunteer.id, SquadRequest.answered_at.is_(None))
    for request in session.scalars(waiting.with_for_update()):
        request.answered_at, request.answered_by = now, actor_of(session).id
    return len(members)


# --- the subdistrict's themes ----------------------------------------------------------------------------------


@action(Permission.MANAGE_SETTINGS)
def add_theme(session: Session, *, name: str, name_en: str = "") -> int:
    """One more theme, at the end of the list; its id."""
    street = actor_of(session).subdistrict_id
    themes = session.scalars(select(SquadTheme).where(SquadTheme.subdistrict_id == street)).all()
    called = fields.line("name", name, most=20)
    if called in {theme.name for theme in themes}:
        raise BadInput("name", Problem.TAKEN)
    theme = SquadTheme(
        subdistrict_id=street,
        name=called,
        name_en=fields.line("name_en", name_en, most=40, needed=False),
        position=max((one.position for one in themes), default=0) + 1,
    )
    session.add(theme)
    session.flush()
    return theme.id


@action(Permission.MANAGE_SETTINGS)
def change_theme(
    session: Session, *, theme_id: int, version: int, name: str, name_en: str = "", active: bool = True
) -> None:
    """What a theme is called, and whether new squads may take it; every squad that has it follows."""
    try:
        theme = load(session, SquadTheme, theme_id, version=version)
    except NotFound as missing:
        raise BadInput("theme_id", Problem.UNKNOWN_CHOICE) from missing
    called = fields.line("name", name, most=20)
    taken = select(SquadTheme.id).where(
        SquadTheme.subdistrict_id == theme.subdistrict_id, SquadTheme.name == called, SquadTheme.id != theme.id
    )
    if session.scalar(taken) is not None:
        raise BadInput("name", Problem.TAKEN)
    theme.name, theme.active = called, active
    theme.name_en = fields.line("name_en", name_en, most=40, needed=False)
