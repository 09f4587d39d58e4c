"""Who can find what: a kind is found by those who may open its page."""

from db.rules.find.asked import Kind
from db.rules.permissions import Actor, Permission

OPENED_WITH: dict[Kind, Permission] = {
    Kind.NEED: Permission.SEE_NEEDS,
    Kind.ORDER: Permission.SEE_ORDERS,
    Kind.COMPLAINT: Permission.SEE_COMPLAINTS,
    Kind.PERSON: Permission.SEE_PEOPLE,
    Kind.PROJECT: Permission.SEE_PROJECTS,
    Kind.MEETING: Permission.SEE_COUNCIL,
    Kind.MEMBER: Permission.SEE_MEMBERS,
    Kind.VOLUNTEER: Permission.SEE_VOLUNTEERS,
    Kind.SQUAD: Permission.SEE_SQUADS,
    Kind.UNIT: Permission.SEE_UNITS,
}


def kinds_for(actor: Actor) -> tuple[Kind, ...]:
    """The kinds that this person can find, in their order."""
    return tuple(kind for kind in Kind if actor.may(OPENED_WITH[kind]))
