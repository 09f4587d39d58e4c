"""Accounts: who may have one, what takes effect at once, and that one administrator always remains."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from db.actions.accounts.accounts import (
    FIRST_CATEGORIES,
    change_own_password,
    choose_language,
    create_account,
    enable_account,
    found_subdistrict,
    issue_password,
)
from db.actions.admin.leaving import change_account, disable_account
from db.engine import as_system, carry_out, reading, reading_as_system, utc_now, writing
from db.errors import BadInput, Conflict, NotFound, NotPermitted, NotSignedIn, Problem, Refused
from db.models import Account, AuditEntry, AuthSession, Category, Community, Place, Subdistrict
from db.passwords import PasswordHash, digest
from db.queries.accounts.accounts import accounts, anybody_there, count_accounts, signed_in_by
from db.rules.permissions import Actor
from db.terms import Language, Role
from tests.builders.world import World, an_account
from tests.support.signed_in import new_sign_in

HASH = PasswordHash("$2b$04$" + "x" * 53)


@pytest.fixture
def admin(world: World) -> Actor:
    return world[Role.SUBDISTRICT_ADMIN]


def new(admin: Actor, username: str = "wang.fang", **more: object) -> int:
    values: dict[str, object] = {"name": "王芳", "role": Role.AREA_WORKER, "community_id": None, "password_hash": HASH}
    return carry_out(admin, "", create_account, username=username, **(values | more))


def stored(account_id: int) -> Account:
    with reading_as_system("test") as session:
        account = session.get(Account, account_id)
        assert account is not None
        return account


def elsewhere() -> Community:
    """A community of another subdistrict."""
    with as_system("test") as session:
        street = Subdistrict(name="别处街道", district="虚拟区")
        session.add(street)
        session.flush()
        home = Community(subdistrict_id=street.id, name="别处社区", code="BC", households=1, residents=1)
        session.add(home)
        session.flush()
        return home


def test_a_new_account_must_change_its_one_time_password(world: World, admin: Actor) -> None:
    account = stored(new(admin, " Wang.Fang ", community_id=world.here))

    assert (account.username, account.must_change_password) == ("wang.fang", True)


def test_a_screen_keeps_the_password_it_was_given(world: World, admin: Actor) -> None:
    account = stored(new(admin, role=Role.DISPLAY, community_id=world.here))

    assert not account.must_change_password


def test_a_user_name_is_unique_in_the_whole_database(world: World, admin: Actor) -> None:
    new(admin, community_id=world.here)

    with pytest.raises(BadInput) as refused:
        new(admin, "WANG.FANG", community_id=world.there)

    assert (refused.value.field, refused.value.problem) == ("username", Problem.TAKEN)


@pytest.mark.parametrize("username", ["a b", "王<b>", "=1+1", "a..b", ".a", "@", "\U0001f600\U0001f600"])
def test_a_user_name_has_letters_digits_and_chinese_characters(world: World, admin: Actor, username: str) -> None:
    with pytest.raises(BadInput) as refused:
        new(admin, username, community_id=world.here)

    assert refused.value.field == "username"


def test_a_community_role_needs_a_community_and_one_of_the_own_subdistrict(world: World, admin: Actor) -> None:
    foreign = elsewhere().id

    with pytest.raises(BadInput) as missing:
        new(admin)
    with pytest.raises(NotFound):
        new(admin, community_id=foreign)

    assert missing.value.field == "community_id"


def test_roles_above_the_communities_belong_to_none(world: World, admin: Actor) -> None:
    account = stored(new(admin, role=Role.AUDITOR, community_id=world.here))

    assert account.community_id is None


def test_nobody_gives_a_role_that_reaches_further_than_the_own(world: World, admin: Actor) -> None:
    new(admin, "one.subdistrict", role=Role.DISTRICT_VIEWER)
    elsewhere()

    with pytest.raises(Refused) as refused:
        new(admin, "two.subdistricts", role=Role.DISTRICT_VIEWER)

    assert refused.value.rule == "wider_than_own"


def test_only_the_administrator_creates_accounts(world: World) -> None:
    for role in Role:
        if role is not Role.SUBDISTRICT_ADMIN:
            with pytest.raises(NotPermitted):
                new(world[role], community_id=world.here)


def test_another_subdistricts_account_is_not_found(world: World, admin: Actor) -> None:
    home = elsewhere()
    with as_system("test") as session:
        account = an_account(session, home.subdistrict_id, Role.SECRETARY, home.id, "stranger")
        stranger = account.id

    with pytest.raises(NotFound):
        carry_out(admin, "", disable_account, account_id=stranger)
    with reading(admin) as session:
        assert "stranger" not in {row.username for row in accounts(session)}


def test_an_administrator_cannot_disable_or_demote_or_reset_the_own_account(world: World, admin: Actor) -> None:
    own = {"account_id": admin.id}
    changed = {"version": stored(admin.id).version, "name": "李", "community_id": world.here, "sees_restricted": False}

    for attempt in (
        lambda: carry_out(admin, "", disable_account, **own),
        lambda: carry_out(admin, "", issue_password, password_hash=HASH, **own),
        lambda: carry_out(admin, "", change_account, role=Role.SECRETARY, **own, **changed),
    ):
        with pytest.raises(Refused) as refused:
            attempt()
        assert refused.value.rule == "own_account"


def test_disabling_ends_every_sign_in_at_once_and_enabling_does_not_bring_it_back(world: World, admin: Actor) -> None:
    tokens = [new_sign_in(world.worker.id) for _ in range(2)]

    carry_out(admin, "", disable_account, account_id=world.worker.id)
    assert all(signed_in_by(token, now=utc_now()) is None for token in tokens)

    carry_out(admin, "", enable_account, account_id=world.worker.id)
    assert all(signed_in_by(token, now=utc_now()) is None for token in tokens)
    assert signed_in_by(new_sign_in(world.worker.id), now=utc_now()) is not None


def test_a_disabled_person_cannot_write_even_in_the_middle_of_a_run(world: World, admin: Actor) -> None:
    carry_out(admin, "", disable_account, account_id=world.worker.id)

    with pytest.raises(NotSignedIn), writing(world.worker):
        pass


def test_a_changed_role_holds_from_the_next_look_at_the_cookie(world: World, admin: Actor) -> None:
    token = new_sign_in(world.worker.id)
    version = stored(world.worker.id).version

    carry_out(
        admin, "", change_account, account_id=world.worker.id, version=version, name="王芳",
        role=Role.COUNCIL_MEMBER, community_id=world.there, sees_restricted=False,
    )  # fmt: skip

    found = signed_in_by(token, now=utc_now())
    assert found is not None
    assert (found.actor.role, found.actor.community_id) == (Role.COUNCIL_MEMBER, world.there)
    with pytest.raises(NotSignedIn), writing(world.worker):
        pass


def test_two_administrators_do_not_overwrite_each_other(world: World, admin: Actor) -> None:
    version = stored(world.worker.id).version
    same = {"account_id": world.worker.id, "version": version, "role": Role.AREA_WORKER, "community_id": world.here}

    carry_out(admin, "", change_account, name="王芳", sees_restricted=False, **same)

    with pytest.raises(Conflict):
        carry_out(admin, "", change_account, name="王方", sees_restricted=True, **same)


def test_a_one_time_password_ends_every_sign_in(world: World, admin: Actor) -> None:
    token = new_sign_in(world.worker.id)

    carry_out(admin, "", issue_password, account_id=world.worker.id, password_hash=HASH)

    assert signed_in_by(token, now=utc_now()) is None
    assert stored(world.worker.id).must_change_password


def test_changing_the_own_password_ends_every_other_sign_in_but_not_this_one(world: World) -> None:
    other, this = new_sign_in(world.worker.id), new_sign_in(world.worker.id)
    found = signed_in_by(this, now=utc_now())
    assert found is not None

    carry_out(found.actor, "", change_own_password, password_hash=HASH, version=stored(world.worker.id).version)

    assert signed_in_by(other, now=utc_now()) is None
    assert signed_in_by(this, now=utc_now()) is not None


def test_a_password_that_was_replaced_meanwhile_is_not_overwritten(world: World, admin: Actor) -> None:
    version = stored(world.worker.id).version
    carry_out(admin, "", issue_password, account_id=world.worker.id, password_hash=HASH)

    with pytest.raises(Conflict):
        carry_out(world.worker, "", change_own_password, password_hash=HASH, version=version)


def test_the_language_is_kept_with_the_account(world: World) -> None:
    token = new_sign_in(world.worker.id)

    carry_out(world.worker, "", choose_language, language=Language.ENGLISH)

    found = signed_in_by(token, now=utc_now())
    assert found is not None
    assert found.actor.language is Language.ENGLISH


def test_no_password_and_no_hash_is_in_the_audit_log(world: World, admin: Actor) -> None:
    new(admin, community_id=world.here)
    carry_out(admin, "", issue_password, account_id=world.worker.id, password_hash=HASH)

    with reading_as_system("test") as session:
        assert all(HASH not in str(changes) for changes in session.scalars(select(AuditEntry.changes)))


def test_the_list_shows_the_own_subdistrict_and_finds_by_name_or_user_name(world: World, admin: Actor) -> None:
    with reading(admin) as session:
        everybody = count_accounts(session)
        found = accounts(session, words="SECRETARY")
        odd = accounts(session, words="100%_")

    assert everybody == len(Role) + 1
    assert {row.role for row in found} == {Role.SECRETARY}
    assert odd == []


# --- the first run ----------------------------------------------------------------------------------


FIRST: dict[str, Any] = {
    "subdistrict": "青河街道",
    "district": "南湾区",
    "community": "翠林社区",
    "code": "cl",
    "place": "翠林一村",
    "username": "lixiulan",
    "name": "李秀兰",
    "password_hash": HASH,
}


def test_the_first_run_creates_what_the_first_need_takes(database: str) -> None:
    assert not anybody_there()

    account_id = found_subdistrict(**FIRST, now=utc_now())

    assert anybody_there()
    assert stored(account_id).role is Role.SUBDISTRICT_ADMIN
    with reading_as_system("test") as session:
        assert session.scalar(select(Community.code)) == "CL"
        assert session.scalar(select(func.count(Category.id))) == len(FIRST_CATEGORIES) == 6
        assert session.scalar(select(func.count(Place.id))) == 1


def test_of_several_first_runs_at_once_one_founds(database: str) -> None:
    def found(number: int) -> bool:
        try:
            found_subdistrict(**(FIRST | {"username": f"admin{number}"}), now=utc_now())
        except Refused:
            return False
        return True

    with ThreadPoolExecutor(6) as pool:
        outcomes = list(pool.map(found, range(6)))

    assert outcomes.count(True) == 1
    with reading_as_system("test") as session:
        assert session.scalar(select(func.count(Subdistrict.id))) == 1


def test_a_wrong_field_of_the_first_run_stores_nothing(database: str) -> None:
    for field, value in (("code", "翠林"), ("name", " "), ("username", "a b"), ("subdistrict", "青" * 201)):
        with pytest.raises(BadInput) as refused:
            found_subdistrict(**(FIRST | {field: value}), now=utc_now())
        assert refused.value.field == field

    assert not anybody_there()


def test_the_last_use_of_an_account_is_shown(world: World, admin: Actor) -> None:
    token = new_sign_in(world.worker.id)
    earlier = utc_now() - timedelta(hours=3)
    with as_system("test") as session:
        row = session.scalars(select(AuthSession).where(AuthSession.token_hash == digest(token))).one()
        row.last_seen_at = earlier

    with reading(admin) as session:
        seen = {row.id: row.last_seen_at for row in accounts(session)}

    assert seen[world.worker.id] == earlier
