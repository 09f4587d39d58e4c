"""Photos go with a backup, come back with it, and `verify` finds one that is missing, damaged or nobody's."""

import os
import shutil
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest

from db import photos
from db.__main__ import main
from db.actions.intake.intake import refuse_intake
from db.actions.photos import add_photo, remove_photo
from db.engine import as_system, forget_engines, utc_now
from db.models import Intake
from db.photos import folder, kept, path_of, read
from db.settings import secret_key, settings
from db.upkeep import CannotDo
from db.upkeep.backup import backup
from db.upkeep.restore import restore
from db.upkeep.verify import verify
from tests.builders.intake import a_picture, a_rider, sent
from tests.builders.needs import a_need
from tests.builders.world import World, do, row
from tests.support.installed import empty_database, stamp

CHECK = "every photo is there and opens"


@pytest.fixture(autouse=True)
def _stamped(database: str, request: pytest.FixtureRequest) -> None:
    if "world" in request.fixturenames:
        request.getfixturevalue("world")  # first: it comes as a whole database
    stamp()


@pytest.fixture
def three(world: World) -> list[str]:
    """Names of three photos, and one that was removed."""
    need = a_need(world)
    ids = [do(world.worker, add_photo, need_id=need, jpeg=a_picture(seed=n)) for n in range(4)]
    do(world.worker, remove_photo, photo_id=ids[3], reason="误传")
    return sorted(name for name, _path in kept())


def found() -> str:
    return next(finding.wrong for finding in verify() if finding.check == CHECK)


def test_photos_come_back_with_a_backup(three: list[str], tmp_path: Path) -> None:
    before = {name: read(name) for name in three}
    manifest = backup(tmp_path / "b.zip")
    shutil.rmtree(folder())
    empty_database()

    restore(tmp_path / "b.zip")

    assert manifest["photos"] == three
    assert len(three) == 3
    assert {name: read(name) for name, _path in kept()} == before
    assert found() == ""


def test_a_backup_holds_no_picture_in_clear(three: list[str], tmp_path: Path) -> None:
    backup(tmp_path / "b.zip")

    with zipfile.ZipFile(tmp_path / "b.zip") as archive:
        members = [name for name in archive.namelist() if name.startswith("photos/")]
        assert members == [f"photos/{name}" for name in three]
        assert not any(b"JFIF" in archive.read(name) or b"\xff\xd8\xff\xe0" in archive.read(name) for name in members)


def test_a_backup_with_a_damaged_photo_changes_nothing(three: list[str], tmp_path: Path) -> None:
    backup(tmp_path / "b.zip")
    with zipfile.ZipFile(tmp_path / "b.zip") as good, zipfile.ZipFile(tmp_path / "bad.zip", "w") as bad:
        for name in good.namelist():
            data = good.read(name)
            bad.writestr(name, data[:-1] + b"x" if name == f"photos/{three[0]}" else data)

    with pytest.raises(CannotDo, match="damaged"):
        restore(tmp_path / "bad.zip", replace=True)

    assert sorted(name for name, _path in kept()) == three
    assert found() == ""


@pytest.mark.parametrize("damage", ["gone", "cut", "nobody's", "young"])
def test_verify_finds_what_is_wrong_with_photos(three: list[str], damage: str) -> None:
    path = path_of(three[0])
    if damage == "gone":
        path.unlink()
    elif damage == "cut":
        path.write_bytes(path.read_bytes()[:-1])
    else:
        lost = photos.stripped(a_picture(seed=77))
        photos.store(lost)
        if damage == "nobody's":
            os.utime(path_of(lost.sha256), (1, 1))

    wrong = found()

    expected = {"gone": "missing", "cut": "missing", "nobody's": "belongs to nothing", "young": ""}[damage]
    assert expected in wrong
    assert bool(wrong) == bool(expected)


def test_photos_of_another_key_are_told(three: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YIQILAI_SECRET_KEY", "33" * 32)
    settings.cache_clear()
    secret_key.cache_clear()

    assert read(three[0]) is None

    monkeypatch.setenv("YIQILAI_SECRET_KEY", "11" * 32)
    secret_key.cache_clear()
    forget_engines()
    assert read(three[0]) is not None


def test_the_backup_command_lets_old_words_and_lost_files_go_first(
    world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    intake = sent(world, a_rider(world), photo=a_picture())
    do(world.worker, refuse_intake, intake_id=intake, version=1, reason="重复")
    with as_system("test") as session:
        session.get_one(Intake, intake).decided_at = utc_now() - timedelta(days=31)
    lost = photos.stripped(a_picture(seed=5))
    photos.store(lost)
    os.utime(path_of(lost.sha256), (1, 1))

    assert main(["backup", str(tmp_path / "b.zip")]) == 0

    assert row(world, Intake, intake).wiped_at is not None
    assert list(kept()) == []
    assert "rows" in capsys.readouterr().out
