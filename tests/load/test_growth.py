"""A page whose cost is bounded reads no more of three times the community: counted in SQLite's steps, not in time."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from components.menu import entries
from db import engine as db_engine
from db.settings import secret_key
from tests.load.ground import point_at
from tests.load.measure_pages import usual_role
from tests.support.demo import find_demo, lay_demo, run_folder
from tests.support.servers import ROOT
from tests.support.signed_in import open_app
from tests.support.steps import Steps

BOUNDED = ("people", "my-service", "needs", "need", "new-order", "projects", "doubles", "circle")
"""Pages that list the newest, or one person's own, or keep what the first look found. What counts or adds up a whole
community grows a little with it (docs/benchmarks.md)."""
MOST, SLACK = 1.5, 2_000


def test_a_bounded_page_walks_no_further_in_a_larger_community(tmp_path: Path) -> None:
    lay_demo(run_folder(tmp_path), tmp_path / "one")
    with _database(tmp_path / "one") as patch:
        small = _steps(patch)
    with _database(tmp_path / "three") as patch:
        for command in (["migrate"], ["demo", "--quiet", "--scale", "3"]):
            subprocess.run([sys.executable, "-m", "db", *command], check=True, cwd=ROOT, capture_output=True)
        large = _steps(patch)

    grown = {page: (small[page], large[page]) for page in BOUNDED if large[page] > MOST * small[page] + SLACK}
    assert grown == {}
    assert all(small.values()), "nothing was counted"


@contextmanager
def _database(folder: Path) -> Iterator[pytest.MonkeyPatch]:
    with pytest.MonkeyPatch.context() as patch:
        for name in ("YIQILAI_DATA_DIR", "YIQILAI_SECRET_KEY", "YIQILAI_METRICS_TOKEN", "YIQILAI_DATABASE_URL"):
            patch.setenv(name, "")
        point_at(folder)
        yield patch
    db_engine.forget_engines()
    secret_key.cache_clear()


def _steps(patch: pytest.MonkeyPatch) -> dict[str, int]:
    """Steps of the second look at each page, by whoever opens it most."""
    demo = find_demo("")
    found = {}
    for entry in entries():
        if entry.url_path in BOUNDED:
            query = {"id": str(demo.object_of[entry.url_path])} if entry.url_path in demo.object_of else {}
            app = open_app(patch, demo.accounts[usual_role(entry)], entry.path, **query)
            assert not app.exception
            with Steps() as walked:
                app.run()
            found[entry.url_path] = walked.n
    return found
