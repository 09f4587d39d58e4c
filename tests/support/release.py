"""Keep a small filled database of a release, from which later versions must be able to go on.

    python -m tests.support.release

writes `tests/core/releases/<revision>.zip` for the newest revision, once, when it is released. It has the form of a
backup and holds sign-ins, too: people and rows of every table, under the key of the suite.
"""

import os
import tempfile
import zipfile
from pathlib import Path

from tests.support.demo import KEY

RELEASES = Path(__file__).parents[1] / "core" / "releases"


def write_release(target: Path) -> None:
    """Fill the empty database of the settings and write it down, whole."""
    from db.engine import engine
    from db.upkeep import archive
    from db.upkeep.backup import backup
    from db.upkeep.schema import migrate
    from tests.builders.world import build_world
    from tests.support.every_table import fill_every_column
    from tests.support.lived_in import live_in

    migrate()
    live_in(build_world())
    with engine().execution_options(writer=True).begin() as connection:
        fill_every_column(connection)
    archive.LEFT_OUT.clear()
    backup(target)
    with zipfile.ZipFile(target) as loose:
        parts = {name: loose.read(name) for name in sorted(loose.namelist())}
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        for name, data in parts.items():
            packed.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED, 9)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"YIQILAI_SECRET_KEY": KEY, "YIQILAI_DATA_DIR": folder, "YIQILAI_DATABASE_URL": ""}
        from db.upkeep.schema import head

        write_release(RELEASES / f"{head()}.zip")
