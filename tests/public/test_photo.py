"""`/photo/<id>`: only with a living sign-in, the permission, and in reach; never stored, never more than a picture."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from components.access import cookie_name
from db.actions.photos import add_photo, remove_photo
from db.engine import as_system, utc_now
from db.models import Account, AuthSession, Need, Photo
from db.photos import path_of
from db.rules.permissions import GRANTS, Permission
from db.terms import Role
from pages.public import photo as photo_page
from tests.builders.intake import noise
from tests.builders.needs import a_need
from tests.builders.world import World, another_actor, do, row
from tests.support.phone import Answer, Phone
from tests.support.signed_in import new_sign_in


def body(answer: Answer) -> bytes:
    import gzip

    return gzip.decompress(answer.packed) if answer.headers.get("content-encoding") == "gzip" else answer.packed


def ask(account_id: int | None, path: str, token: str = "") -> Answer:
    phone = Phone(photo_page.routes)
    if account_id is not None:
        token = new_sign_in(account_id)
    if token:
        phone.jar[cookie_name()] = token
    return phone.ask("GET", path)


@pytest.fixture
def shown(small_world: World) -> tuple[World, int, int]:
    need = a_need(small_world)
    photo: int = do(small_world.worker, add_photo, need_id=need, jpeg=noise(900, 600))
    return small_world, need, photo


@pytest.mark.parametrize("role", list(Role))
def test_only_roles_that_may_see_photos_get_one(shown: tuple[World, int, int], role: Role) -> None:
    world, _need, photo = shown

    answer = ask(world[role].id, f"/photo/{photo}")

    may = role in GRANTS[Permission.SEE_PHOTO].roles
    assert answer.status == (200 if may else 403)
    assert (body(answer)[:3] == b"\xff\xd8\xff") == may


def test_the_answer_is_kept_by_nobody(shown: tuple[World, int, int]) -> None:
    world, _need, photo = shown

    answer = ask(world.worker.id, f"/photo/{photo}")

    assert answer.headers["content-type"] == "image/jpeg"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-disposition"] == "inline"
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"
    assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_a_small_one_is_small(shown: tuple[World, int, int]) -> None:
    world, _need, photo = shown

    small, whole = (ask(world.worker.id, f"/photo/{photo}{more}") for more in ("?w=320", "?w=99999"))

    with Image.open(BytesIO(body(small))) as picture:
        assert picture.size == (320, 213)
    with Image.open(BytesIO(body(whole))) as picture:
        assert picture.size == (900, 600)


@pytest.mark.parametrize("token", ["", "x", "x" * 500, "' OR 1=1 --"])
def test_without_a_living_sign_in_there_is_nothing(shown: tuple[World, int, int], token: str) -> None:
    answer = ask(None, f"/photo/{shown[2]}", token)

    assert (answer.status, answer.packed) == (401, b"")


@pytest.mark.parametrize("change", ["expired", "revoked", "disabled", "new password due"])
def test_a_sign_in_that_ended_opens_nothing(shown: tuple[World, int, int], change: str) -> None:
    world, _need, photo = shown
    token = new_sign_in(world.worker.id)
    with as_system("test") as session:
        sign_in = session.query(AuthSession).filter_by(account_id=world.worker.id).one()
        account = session.get_one(Account, world.worker.id)
        if change == "expired":
            sign_in.expires_at = utc_now() - timedelta(seconds=1)
        elif change == "revoked":
            sign_in.revoked_at = utc_now()
        elif change == "disabled":
            account.disabled_at = utc_now()
        else:
            account.must_change_password = True

    assert ask(None, f"/photo/{photo}", token).status == 401


def test_out_of_reach_and_not_there_look_the_same(shown: tuple[World, int, int]) -> None:
    world, need, photo = shown
    named = another_actor(world, Role.AREA_WORKER, "named", sees_restricted=True)

    abroad = ask(world.other_secretary.id, f"/photo/{photo}")
    nowhere = [ask(world.worker.id, f"/photo/{number}") for number in (0, 999, 10**30)]
    with as_system("test") as session:
        session.get_one(Need, need).restricted = True
    restricted, seen = ask(world.worker.id, f"/photo/{photo}"), ask(named.id, f"/photo/{photo}")

    alike: list[Any] = [(one.status, one.packed) for one in (abroad, *nowhere, restricted)]
    assert alike == [(404, b"")] * 5
    assert seen.status == 200


def test_what_was_removed_or_damaged_is_not_shown(shown: tuple[World, int, int]) -> None:
    world, need, photo = shown
    other = do(world.worker, add_photo, need_id=need, jpeg=noise(300, 200))
    path = path_of(row(world, Photo, other).sha256)
    path.write_bytes(path.read_bytes()[:-1])
    do(world.worker, remove_photo, photo_id=photo, reason="误传")

    assert [ask(world.worker.id, f"/photo/{one}").status for one in (photo, other)] == [404, 404]


@pytest.mark.parametrize("path", ["/photo/x", "/photo/../secret.key", "/photo/1.5", "/photo/-1", "/photo/"])
def test_only_numbers_are_addresses(small_world: World, path: str) -> None:
    assert ask(small_world.worker.id, path).status == 404


def test_other_methods_do_nothing(shown: tuple[World, int, int]) -> None:
    assert Phone(photo_page.routes).ask("POST", f"/photo/{shown[2]}").status == 405
