"""Which of the work in hand somebody keeps in another role or another community; everything else is handed over."""

from db.rules.permissions import GRANTS, Permission
from db.terms import OpenWork, Role

NEEDS: dict[OpenWork, Permission] = {
    OpenWork.PATCHES: Permission.WALK_OWN_PATCH,
    OpenWork.PROJECTS: Permission.RUN_PROJECT,
    OpenWork.PROGRAMMES: Permission.RUN_PROGRAMME,
    OpenWork.PLACES: Permission.JOIN_TEAM,
    OpenWork.ORDERS: Permission.ANSWER_OFFER,
    OpenWork.SERIES: Permission.ANSWER_OFFER,
    OpenWork.BRANCHES: Permission.SEE_TODAY,
    OpenWork.TURNS: Permission.TAKE_SLOT,
}
"""What somebody must be allowed to do to go on with it."""


def may_do(kind: OpenWork, role: Role) -> bool:
    """Whether a role can have such work in hand."""
    return role in GRANTS[NEEDS[kind]].roles


def left_behind(role: Role, *, stays: bool, sees_restricted: bool) -> tuple[OpenWork, ...]:
    """What an account in this role can not go on with; `stays`: in the same community, and not disabled."""
    return tuple(
        kind
        for kind in OpenWork
        if not stays or not may_do(kind, role) or (kind is OpenWork.PROGRAMMES and not sees_restricted)
    )
