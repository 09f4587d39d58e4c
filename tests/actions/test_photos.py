"""照片 of a need: added, moved, removed; a file for every row, no row without a file, nothing in clear on the disk."""

import threading
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from db import photos
from db.actions.photos import add_photo, move_photos, remove_photo
from db.engine import as_system, reading, reading_as_system
from db.errors import BadInput, NotFound, NotPermitted, Refused
from db.models import AuditEntry, Need, Photo
from db.photos import kept, path_of, put, read, remove_file_if_unused, sealed, sweep
from db.queries.photos import photo_file, photos_of
from db.rules.permissions import GRANTS, Permission
from db.rules.photo import MOST_PHOTOS
from db.settings import settings
from db.terms import Role
from tests.builders.intake import HOSTILE, a_picture
from tests.builders.needs import a_need
from tests.builders.world import World, another_actor, do, row


def added(world: World, need: int, *, seed: int = 1) -> int:
    photo: int = do(world.worker, add_photo, need_id=need, jpeg=a_picture(seed=seed))
    return photo


def names() -> list[str]:
    return [name for name, _path in kept()]


def test_a_photo_of_a_need_is_kept_and_listed(world: World) -> None:
    need = a_need(world)

    photo = added(world, need)

    with reading(world.secretary) as session:
        listed = photos_of(session, need_id=need)
        name = photo_file(session, photo)
    assert [one.id for one in listed] == [photo]
    assert listed[0].by == world.worker.name
    assert name is not None
    assert read(name) is not None
    assert names() == [name]


def test_nothing_of_a_picture_can_be_read_on_the_disk(world: World) -> None:
    photo = row(world, Photo, added(world, a_need(world)))

    raw = path_of(photo.sha256).read_bytes()

    assert b"\xff\xd8\xff" not in raw[:64]
    assert b"JFIF" not in raw
    assert path_of(photo.sha256).stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("damage", ["cut", "changed", "other name", "gone"])
def test_a_file_that_is_not_what_its_name_says_is_not_given_out(
    world: World, damage: str, capsys: pytest.CaptureFixture[str]
) -> None:
    photo = row(world, Photo, added(world, a_need(world)))
    path = path_of(photo.sha256)
    raw = path.read_bytes()
    if damage == "cut":
        path.write_bytes(raw[:-5])
    elif damage == "changed":
        path.write_bytes(raw[:100] + bytes([raw[100] ^ 1]) + raw[101:])
    elif damage == "other name":
        other = photos.stripped(a_picture(seed=9))
        path.write_bytes(sealed(other.jpeg, other.sha256))
    else:
        path.unlink()

    assert read(photo.sha256) is None
    assert ("photo.missing" if damage == "gone" else "photo.damaged") in capsys.readouterr().out


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "A" * 64, "a" * 63, "a" * 64 + "/..", "a" * 64 + "\n"])
def test_only_names_of_photos_are_looked_for(world: World, name: str) -> None:
    with pytest.raises(ValueError, match="name"):
        path_of(name)


def test_the_same_picture_lies_there_once_and_goes_with_its_last_row(world: World) -> None:
    need, other = a_need(world), a_need(world, "井盖松动")
    first, second = added(world, need), added(world, other)
    assert len(names()) == 1

    do(world.worker, remove_photo, photo_id=first, reason="拍到了人")
    there = names()
    do(world.worker, remove_photo, photo_id=second, reason="拍到了人")

    assert len(there) == 1
    assert names() == []


def test_a_removal_leaves_its_reason_and_can_be_made_once(world: World) -> None:
    photo = added(world, a_need(world))

    do(world.secretary, remove_photo, photo_id=photo, reason="照片里有车牌")

    with reading_as_system("test") as session:
        reasons = session.scalars(select(AuditEntry.reason).where(AuditEntry.operation == "remove")).all()
    assert reasons == ["照片里有车牌"]
    with pytest.raises(Refused, match="photo_removed"):
        do(world.secretary, remove_photo, photo_id=photo, reason="再删一次")
    with pytest.raises(BadInput):
        do(world.secretary, remove_photo, photo_id=photo, reason=" ")


def test_a_transaction_that_breaks_off_keeps_the_picture_of_another_row(world: World) -> None:
    need = a_need(world)
    first = added(world, need)

    def breaks_off(session: Session, now: datetime) -> None:
        remove_photo(session, photo_id=first, reason="误传", now=now)
        raise RuntimeError("broken off")

    with pytest.raises(RuntimeError):
        do(world.worker, breaks_off)

    assert len(names()) == 1
    assert row(world, Photo, first).removed_at is None


def test_a_file_without_a_row_is_swept_only_when_it_is_old(world: World) -> None:
    added(world, a_need(world))
    lost = photos.stripped(a_picture(seed=5))
    photos.store(lost)

    young, old = sweep(), sweep(older=0)

    assert (young, old) == (0, 1)
    assert len(names()) == 1
    assert lost.sha256 not in names()
    assert remove_file_if_unused(names()[0]) is False


def test_adding_while_the_last_row_goes_never_leaves_a_row_without_its_file(world: World) -> None:
    need = a_need(world)
    for turn in range(6):
        last = added(world, need, seed=turn)
        name = row(world, Photo, last).sha256
        start = threading.Barrier(2)
        faults: list[BaseException] = []

        def act(work: Any, start: threading.Barrier = start, faults: list[BaseException] = faults) -> None:
            start.wait()
            try:
                work()
            except BaseException as fault:  # noqa: BLE001 - shown by the assertion
                faults.append(fault)

        threads = [
            threading.Thread(
                target=act, args=(lambda last=last: do(world.worker, remove_photo, photo_id=last, reason="换"),)
            ),
            threading.Thread(target=act, args=(lambda turn=turn: added(world, need, seed=turn),)),
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert faults == []
        assert read(name) is not None
        with reading(world.worker) as session:
            rest = [one.id for one in photos_of(session, need_id=need)]
        for photo in rest:
            do(world.worker, remove_photo, photo_id=photo, reason="清空")


def test_a_thing_takes_so_many_photos_and_no_more(world: World) -> None:
    need = a_need(world)
    for seed in range(MOST_PHOTOS):
        added(world, need, seed=seed)

    with pytest.raises(Refused, match="photos_full"):
        added(world, need, seed=99)

    assert len(names()) == MOST_PHOTOS


@pytest.mark.parametrize("name", ["svg", "cut jpeg", "png of 20,000 × 20,000", "nothing"])
def test_a_bad_picture_leaves_nothing_behind(world: World, name: str) -> None:
    with pytest.raises(Refused):
        do(world.worker, add_photo, need_id=a_need(world), jpeg=HOSTILE[name])

    assert names() == []


@pytest.mark.parametrize("given", [{}, {"need_id": 1, "order_id": 1}, {"need_id": 1, "intake_id": 1}])
def test_a_photo_belongs_to_exactly_one_thing(world: World, given: dict[str, int]) -> None:
    with pytest.raises(BadInput):
        do(world.worker, add_photo, jpeg=a_picture(), **given)


@pytest.mark.parametrize("role", list(Role))
def test_only_those_who_work_at_the_door_add_photos(world: World, role: Role) -> None:
    need = a_need(world)
    if role in GRANTS[Permission.ADD_PHOTO].roles:
        assert do(world[role], add_photo, need_id=need, jpeg=a_picture())
        return
    with pytest.raises(NotPermitted):
        do(world[role], add_photo, need_id=need, jpeg=a_picture())
    assert names() == []


def test_a_photo_of_another_community_or_of_a_restricted_case_is_out_of_reach(world: World) -> None:
    need = a_need(world)
    photo = added(world, need)
    named = another_actor(world, Role.AREA_WORKER, "named", sees_restricted=True)

    with reading(world.other_secretary) as session:
        assert photo_file(session, photo) is None
    with pytest.raises(NotFound):
        do(world.other_secretary, add_photo, need_id=need, jpeg=a_picture())
    with as_system("test") as session:
        session.get_one(Need, need).restricted = True  # after the photo was added
    with reading(world.worker) as session:
        assert photo_file(session, photo) is None
    with reading(named) as session:
        assert photo_file(session, photo) is not None


def test_a_photo_that_came_with_a_message_goes_over_to_what_came_of_it(world: World) -> None:
    need, restricted = a_need(world), a_need(world, restricted=True)
    photo = added(world, need)
    with as_system("test") as session:
        move_photos(session, 12345, "need_id", session.get_one(Need, restricted))

    assert row(world, Photo, photo).need_id == need


def test_a_lock_is_asked_for_before_the_file_is_written(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    order: list[str] = []
    monkeypatch.setattr("db.actions.photos.hold", lambda *_: order.append("lock"))
    monkeypatch.setattr("db.actions.photos.store", lambda _picture: order.append("file"))

    added(world, a_need(world))

    assert order == ["lock", "file"]


def test_put_writes_whole_files_only(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_number: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("db.photos.os.fsync", broken)
    with pytest.raises(OSError, match="space"):
        put("a" * 64, b"x" * 100)

    assert [path for path in (settings().data_dir / "photos").rglob("*") if path.is_file()] == []
