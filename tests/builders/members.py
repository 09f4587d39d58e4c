"""Branches and party members for tests, through the real actions."""

from datetime import date
from typing import Any

from db.actions.members.branches import found_branch
from db.actions.members.roll import add_member
from db.engine import as_system
from db.models import Member, Unit
from db.rules.permissions import Actor
from db.terms import BranchKind, MemberKind, UnitKind
from tests.builders.world import World, do

JOINED = date(1998, 7, 1)
FULL = date(1999, 7, 1)


def a_branch(world: World, name: str = "柳林第一党支部", *, by: Actor | None = None, **more: Any) -> int:
    found: int = do(by or world.worker, found_branch, **{"name": name, "kind": BranchKind.COMMUNITY} | more)
    return found


def a_party_member(world: World, branch_id: int, name: str = "郑守信", *, by: Actor | None = None, **more: Any) -> int:
    """Somebody on the roll since the beginning of the year, a full member for long."""
    right = {"kind": MemberKind.LOCAL, "joined_on": JOINED, "full_on": FULL, "since": date(2026, 1, 1), "phone": ""}
    made: int = do(by or world.worker, add_member, **{"name": name, "branch_id": branch_id} | right | more)
    return made


def a_partner(world: World, name: str = "柳林物业", kind: UnitKind = UnitKind.PROPERTY, **more: Any) -> int:
    """A partner unit of the subdistrict."""
    with as_system("test") as session:
        unit = Unit(subdistrict_id=world.subdistrict, name=name, kind=kind, home_id=world.here, **more)
        session.add(unit)
        session.flush()
        return unit.id


def version_of(member_id: int) -> int:
    """As it stands now."""
    with as_system("test") as session:
        return session.get_one(Member, member_id).version


def at_version(member_id: int) -> dict[str, int]:
    """What a form names first."""
    return {"member_id": member_id, "version": version_of(member_id)}
