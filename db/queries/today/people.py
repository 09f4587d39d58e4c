"""What members, volunteers, squads, units and activities ask of somebody today: parts of the start page.

What a line counts is what the page behind it lists: both take the condition from the query of that list.
"""

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from db.models import (
    Activity,
    Branch,
    Commitment,
    Keeping,
    Member,
    ResourceRequest,
    Slot,
    Squad,
    Turn,
    VolunteerApplication,
)
from db.queries.activities.activities import left_to_close
from db.queries.commitments.commitments import FOLLOWED, TO_REVIEW, unconfirmed
from db.queries.today.moments import DAY, HOME, NOW, WHO
from db.queries.today.parts import Part, ToDo, part
from db.queries.units.resources import to_act_on
from db.queries.volunteers.squads import unanswered
from db.rules.permissions import GRANTS, Actor, Permission
from db.scope import UNSCOPED
from db.terms import ApplicationState, Role, TurnState


def of_people(role: Role) -> list[Part]:
    """For the secretary and the area workers."""
    followed = exists().where(Commitment.id == Keeping.commitment_id, Commitment.state.in_(FOLLOWED))
    return [
        part(ToDo.AWAY, Activity.id, *left_to_close("away", DAY)),
        part(ToDo.REGISTRATIONS, VolunteerApplication.id, VolunteerApplication.state == ApplicationState.WAITING),
        *squad_requests(role),
        part(ToDo.PROMISES, Commitment.id, Commitment.state.in_(TO_REVIEW)),
        part(ToDo.LATE_ENTRIES, Keeping.commitment_id, *unconfirmed(), followed),
        part(ToDo.RESOURCES, ResourceRequest.id, ResourceRequest.home_id == HOME, to_act_on(DAY)),
        part(ToDo.UNRECORDED, Activity.id, *left_to_close("unrecorded", DAY)),
        part(ToDo.MARKETS, Activity.id, *left_to_close("market", DAY)),
    ]


def transfers_to(session: Session, actor: Actor) -> list[int]:
    """Members of other communities whom one of our branches is to take in."""
    ours = select(Branch.id).where(Branch.community_id == actor.community_id, Branch.closed_on.is_(None))
    query = select(Member.id).where(Member.offered_branch_id.in_(ours), Member.ended_on.is_(None)).limit(100)
    # Their rows are not ours yet: the branches that stand in the statement are.
    return list(session.execute(query, execution_options=UNSCOPED).scalars())


def squad_requests(role: Role) -> list[Part]:
    """Squads in which somebody waits for the actor's word."""
    manages = role in GRANTS[Permission.MANAGE_SQUADS].roles
    return [part(ToDo.SQUADS_ASKED, Squad.id, unanswered(WHO, manages=manages))]


def turns_today() -> Part:
    """The own slots of today that are not over, with the moment at which the first begins."""
    mine = (Turn.account_id == WHO, Turn.state == TurnState.TAKEN, Turn.slot_id == Slot.id)
    return part(ToDo.SLOTS_TODAY, Turn.id, *mine, Slot.on == DAY, Slot.ends_at > NOW, on=func.min(Slot.starts_at))
