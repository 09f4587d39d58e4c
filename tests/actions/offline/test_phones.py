"""A paired phone belongs to one person in one post: with the post it ends, on both engines, and does not come back."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from db.actions.accounts.accounts import enable_account
from db.actions.admin.leaving import change_account, disable_account
from db.actions.offline.phones import new_ticket, open_door_ticket, pair_phone, seen
from db.engine import reading_as_system
from db.errors import NotSignedIn
from db.models import Account, AuditEntry, DoorPhone, DoorTicket, Visit
from db.queries.offline.phones import phone_by
from db.rules.permissions import Actor
from db.terms import Role
from tests.builders.doors import a_household
from tests.builders.offline import a_phone, send
from tests.builders.world import NOW, World, do


def the_account(actor: Actor) -> Account:
    with reading_as_system("test") as session:
        account = session.get(Account, actor.id)
        assert account is not None
        return account


def change(world: World, actor: Actor, **values: Any) -> None:
    """The subdistrict changes an account, everything else as it was."""
    account = the_account(actor)
    same = {name: getattr(account, name) for name in ("name", "role", "community_id", "sees_restricted")}
    do(
        world[Role.SUBDISTRICT_ADMIN], change_account, account_id=account.id, version=account.version,
        **(same | values),
    )  # fmt: skip


POSTS: dict[str, dict[str, Any]] = {
    "another role that may have phones too": {"role": Role.SECRETARY},
    "a role without phones": {"role": Role.VOLUNTEER},
    "a role above communities": {"role": Role.AUDITOR, "community_id": None},
}


@pytest.mark.parametrize("post", POSTS)
def test_another_role_ends_the_phone_for_good(world: World, post: str) -> None:
    token = a_phone(world.worker)

    change(world, world.worker, **POSTS[post])
    change(world, world.worker, role=Role.AREA_WORKER, community_id=world.here)

    assert phone_by(token, now=NOW) is None
    with reading_as_system("test") as session:
        assert session.scalars(select(DoorPhone.revoked_at)).one() == NOW


def test_another_community_ends_the_phone_and_coming_back_does_not_revive_it(world: World) -> None:
    token = a_phone(world.worker)

    change(world, world.worker, community_id=world.there)
    gone = phone_by(token, now=NOW)
    change(world, world.worker, community_id=world.here)

    assert (gone, phone_by(token, now=NOW)) == (None, None)


def test_leaving_ends_every_phone_and_the_code_on_the_screen_and_coming_back_revives_none(world: World) -> None:
    tokens = [a_phone(world.worker, name) for name in ("旧手机", "新手机")]
    ticket = new_ticket()
    do(world.worker, open_door_ticket, ticket=ticket)

    do(world[Role.SUBDISTRICT_ADMIN], disable_account, account_id=world.worker.id)
    do(world[Role.SUBDISTRICT_ADMIN], enable_account, account_id=world.worker.id)

    assert [phone_by(token, now=NOW) for token in tokens] == [None, None]
    assert pair_phone(ticket, name="又一部", now=NOW) is None


def test_a_code_made_in_the_old_post_pairs_nothing_in_the_new_one(world: World) -> None:
    ticket = new_ticket()
    do(world.worker, open_door_ticket, ticket=ticket)

    change(world, world.worker, role=Role.SECRETARY)

    assert pair_phone(ticket, name="手机", now=NOW) is None
    with reading_as_system("test") as session:
        assert session.scalar(select(func.count(DoorTicket.id))) == 0


def test_the_log_says_that_the_phone_was_stopped_and_by_whom(world: World) -> None:
    a_phone(world.worker)

    change(world, world.worker, role=Role.SECRETARY)

    with reading_as_system("test") as session:
        entry = session.scalars(
            select(AuditEntry).where(
                AuditEntry.table_name == "door_phone", AuditEntry.actor_id == world[Role.SUBDISTRICT_ADMIN].id
            )
        ).one()
    assert list(entry.changes) == ["revoked_at"]


@pytest.mark.parametrize("values", [{"name": "王 芳芳"}, {"sees_restricted": True}], ids=["name", "restricted"])
def test_a_change_that_leaves_the_post_as_it_was_keeps_the_phone(world: World, values: dict[str, Any]) -> None:
    token = a_phone(world.worker)

    change(world, world.worker, **values)

    assert phone_by(token, now=NOW) is not None


def test_the_phones_of_colleagues_stay(world: World) -> None:
    token = a_phone(world.secretary)
    a_phone(world.worker)

    change(world, world.worker, role=Role.VOLUNTEER)

    assert phone_by(token, now=NOW) is not None


def test_an_entry_and_a_pairing_in_the_very_moment_of_the_change_leave_no_phone_that_holds(world: World) -> None:
    door = a_household(world)
    token = a_phone(world.worker)
    ticket = new_ticket()
    do(world.worker, open_door_ticket, ticket=ticket)

    def visit() -> bool:
        try:
            return bool(send(token, "visit", {"household_id": door, "outcome": "met"})["state"] == "stored")
        except (NotSignedIn, AssertionError):  # the phone was stopped already
            return False

    with ThreadPoolExecutor(3) as people:
        came = people.submit(visit)
        paired = people.submit(pair_phone, ticket, name="手机", now=NOW)
        people.submit(change, world, world.worker, community_id=world.there).result()

    with reading_as_system("test") as session:
        held = session.scalar(select(func.count(DoorPhone.id)).where(DoorPhone.revoked_at.is_(None)))
        visits = session.scalar(select(func.count(Visit.id)))
    assert held == 0
    assert visits == int(came.result())
    assert paired.result() is None or phone_by(str(paired.result()), now=NOW) is None


def test_a_phone_and_a_code_of_a_clock_ahead_hold_nothing_and_the_last_use_is_put_right(world: World) -> None:
    ahead = NOW + timedelta(days=400)
    kept, lost = a_phone(world.worker), a_phone(world.worker, now=ahead)
    phone = phone_by(kept, now=NOW)
    assert phone is not None
    seen(phone.id, now=ahead)

    assert phone_by(lost, now=NOW) is None
    seen(phone.id, now=NOW + timedelta(minutes=1))
    with reading_as_system("test") as session:
        assert session.get_one(DoorPhone, phone.id).last_seen_at == NOW + timedelta(minutes=1)
