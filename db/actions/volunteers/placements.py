"""认领、报名、推荐: how a volunteer comes into a team, what the leader says, and how one leaves."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.actions import fields
from db.actions.life import add_to_life
from db.actions.loading import actor_of, load
from db.actions.projects.projects import must_live, own_project
from db.actions.volunteers.openings import free_place, take_place, tell_team
from db.actions.volunteers.volunteers import must_serve, serving_volunteer
from db.engine import action
from db.errors import Refused, WrongStage
from db.models import Opening, Placement, Project, Volunteer
from db.rules.lifecycle import may_become
from db.rules.permissions import Permission
from db.terms import Happening, JoinMethod, PlacementState

ACTIVE = (PlacementState.WAITING, PlacementState.ACCEPTED)
LEFT_WITH_ACCOUNT = "账号停用或换岗"
"""The reason that stands where nobody gave one."""


# --- three ways in ----------------------------------------------------------------------------------------------------


@action(Permission.JOIN_TEAM)
def claim_place(session: Session, *, opening_id: int, now: datetime) -> int:
    """认领: take a free place at once; returns the placement's id.

    Raises Refused: opening_full, opening_closed, already_in_opening, no_volunteer_record.
    """
    opening = _open(session, opening_id)
    placement = _enter(session, opening, _myself(session), JoinMethod.CLAIM, now=now)
    tell_team(session, opening, Happening.JOINED, now=now, method=JoinMethod.CLAIM)
    return placement.id


@action(Permission.JOIN_TEAM)
def sign_up(session: Session, *, opening_id: int, now: datetime) -> int:
    """报名: ask for a place, also when all are taken; the leader decides. Returns the placement's id."""
    opening = _open(session, opening_id, of_project=True)
    placement = _enter(session, opening, _myself(session), JoinMethod.SIGN_UP, now=now)
    tell_team(session, opening, Happening.ASKED_TO_JOIN, now=now, method=JoinMethod.SIGN_UP)
    return placement.id


@action(Permission.RECOMMEND_VOLUNTEER)
def recommend_volunteer(
    session: Session, *, opening_id: int | None, volunteer_id: int | None, recommended_by: str = "", now: datetime
) -> int:
    """推荐: put somebody forward who knows of it; the leader decides. Returns the placement's id."""
    opening = _open(session, fields.chosen("opening_id", opening_id), of_project=True)
    volunteer = serving_volunteer(session, fields.chosen("volunteer_id", volunteer_id), lock=True)
    named = fields.line("recommended_by", recommended_by, most=60, needed=False) or actor_of(session).name
    placement = _enter(session, opening, volunteer, JoinMethod.RECOMMENDATION, by=named, now=now)
    tell_team(
        session, opening, Happening.ASKED_TO_JOIN, now=now, method=JoinMethod.RECOMMENDATION,
        by=placement.recommended_by,
    )  # fmt: skip
    return placement.id


def _open(session: Session, opening_id: int, *, of_project: bool = False) -> Opening:
    """A post that takes people; one of a squad is only claimed, so nobody waits for its leader's word."""
    opening = load(session, Opening, opening_id)
    if opening.project_id is not None:
        must_live(session, load(session, Project, opening.project_id))
    if opening.closed:
        raise Refused("opening_closed")
    if of_project and opening.project_id is None:
        raise Refused("squad_post_is_claimed")
    return opening


def _myself(session: Session) -> Volunteer:
    """The actor's own entry in the registry, held so that two taps cannot enter twice."""
    query = select(Volunteer).where(Volunteer.account_id == actor_of(session).id).with_for_update()
    volunteer = session.scalars(query).first()
    if volunteer is None:
        raise Refused("no_volunteer_record")
    must_serve(volunteer)
    return volunteer


def _enter(
    session: Session, opening: Opening, volunteer: Volunteer, method: JoinMethod, *, by: str = "", now: datetime
) -> Placement:
    """A new placement, or Refused("already_in_opening"); the caller holds the volunteer's row.

    A claim takes its place here; every other way in waits for the leader.
    """
    if _active(session, opening.id, volunteer.id) is not None:
        raise Refused("already_in_opening")
    claimed = method is JoinMethod.CLAIM
    if claimed:
        take_place(session, opening)
    placement = Placement(
        community_id=opening.community_id,
        account_id=volunteer.account_id,
        opening_id=opening.id,
        volunteer_id=volunteer.id,
        method=method,
        recommended_by=by,
        state=PlacementState.ACCEPTED if claimed else PlacementState.WAITING,
        asked_at=now,
        answered_at=now if claimed else None,
    )
    session.add(placement)
    session.flush()
    return placement


def _active(session: Session, opening_id: int, volunteer_id: int) -> Placement | None:
    query = select(Placement).where(
        Placement.opening_id == opening_id,
        Placement.volunteer_id == volunteer_id,
        Placement.state.in_(ACTIVE),
    )
    return session.scalars(query).first()


# --- the leader's word ------------------------------------------------------------------------------------------------


@action(Permission.ANSWER_PLACEMENT)
def accept_placement(session: Session, *, placement_id: int, version: int, word: str = "", now: datetime) -> None:
    """Take somebody who waits; Refused("opening_full") when no place is left."""
    placement, opening, project = _to_answer(session, placement_id, version)
    placement.word = fields.line("word", word, most=200, needed=False)
    placement.answered_at = now
    _turn(session, placement, PlacementState.ACCEPTED)
    take_place(session, opening)
    add_to_life(session, project, Happening.JOINED, now=now, opening=opening.title, method=placement.method)


@action(Permission.ANSWER_PLACEMENT)
def decline_placement(session: Session, *, placement_id: int, version: int, word: str, now: datetime) -> None:
    """Say no, with a word to the volunteer."""
    placement, opening, project = _to_answer(session, placement_id, version)
    placement.word = fields.line("word", word, most=200)
    placement.answered_at = now
    _turn(session, placement, PlacementState.DECLINED)
    add_to_life(session, project, Happening.PLACEMENT_DECLINED, now=now, note=placement.word, opening=opening.title)


@action(Permission.ANSWER_PLACEMENT)
def replace_member(
    session: Session, *, placement_id: int, version: int, volunteer_id: int | None, reason: str, now: datetime
) -> int:
    """Put another volunteer on somebody's place, with the reason; the old one stays in the history as 已替换.

    Somebody who waits for the same opening comes in by the own request. Returns the new placement's id.
    """
    old, opening, project = _to_answer(session, placement_id, version)
    volunteer = serving_volunteer(session, fields.chosen("volunteer_id", volunteer_id), lock=True)
    why = fields.line("reason", reason, most=200)
    new = _active(session, opening.id, volunteer.id)
    if new is None:
        by = actor_of(session).name
        new = _enter(session, opening, volunteer, JoinMethod.RECOMMENDATION, by=by, now=now)
    elif new.state is PlacementState.ACCEPTED:
        raise Refused("already_in_opening")
    _turn(session, old, PlacementState.REPLACED)
    _turn(session, new, PlacementState.ACCEPTED)
    old.left_at, old.left_reason, old.replaced_by_id = now, why, new.id
    new.answered_at = now
    add_to_life(session, project, Happening.REPLACED, now=now, note=why, opening=opening.title)
    return new.id


def _to_answer(session: Session, placement_id: int, version: int) -> tuple[Placement, Opening, Project]:
    placement = load(session, Placement, placement_id, version=version, lock=True)
    opening = load(session, Opening, placement.opening_id)
    project = own_project(session, opening.project_id or 0)
    must_live(session, project)
    return placement, opening, project


def _turn(session: Session, placement: Placement, to: PlacementState) -> None:
    if not may_become(placement.state, to):
        raise WrongStage(what="placement", stage=placement.state, permission=session.info.get("permission"))
    placement.state = to


# --- leaving ----------------------------------------------------------------------------------------------------------


@action(Permission.LEAVE_TEAM)
def leave_team(session: Session, *, placement_id: int, reason: str, now: datetime) -> None:
    """Leave, or take a request back; a place becomes free and nobody is promoted silently.

    The volunteer does it for the own placement, leader and secretary for anybody in the team.
    """
    placement = load(session, Placement, placement_id, lock=True)
    opening = load(session, Opening, placement.opening_id)
    if placement.account_id is None or placement.account_id != actor_of(session).id:
        own_project(session, opening.project_id or 0)
    was_in = placement.state is PlacementState.ACCEPTED
    placement.left_reason = fields.line("reason", reason, most=200)
    placement.left_at = now
    _turn(session, placement, PlacementState.LEFT)
    if was_in:
        free_place(session, opening)
        tell_team(session, opening, Happening.LEFT_TEAM, now=now, note=placement.left_reason)


def leave_teams(session: Session, account_id: int, *, now: datetime) -> int:
    """Somebody leaves every team and takes back every request; the places become free. How many there were."""
    held = select(Placement).where(Placement.account_id == account_id, Placement.state.in_(ACTIVE)).with_for_update()
    rows = session.scalars(held).all()
    for placement in rows:
        opening = load(session, Opening, placement.opening_id)
        was_in = placement.state is PlacementState.ACCEPTED
        placement.left_at, placement.left_reason = now, LEFT_WITH_ACCOUNT
        _turn(session, placement, PlacementState.LEFT)
        if was_in:
            free_place(session, opening)
            tell_team(session, opening, Happening.LEFT_TEAM, now=now, note=LEFT_WITH_ACCOUNT)
    return len(rows)


def vacate_posts(session: Session, squad_id: int, reason: str, *, now: datetime) -> None:
    """Every post of a squad is closed, and who holds one is free."""
    posts = select(Opening).where(Opening.squad_id == squad_id).with_for_update()
    for opening in session.scalars(posts).all():
        opening.closed, opening.filled = True, 0
        held = select(Placement).where(Placement.opening_id == opening.id, Placement.state.in_(ACTIVE))
        for placement in session.scalars(held.with_for_update()):
            placement.left_at, placement.left_reason = now, reason
            _turn(session, placement, PlacementState.LEFT)
