"""What a page may cost at most, on the real server: elements, widgets, statements, bytes (docs/parts.md 1.2)."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from components.menu import PageEntry, entries
from db import engine as db_engine
from db.rules.permissions import GRANTS
from db.settings import secret_key, settings
from db.terms import Role
from tests.load.ground import Ground, ground
from tests.load.tab import Tab
from tests.support.browser import in_own_loop
from tests.support.demo import lay_demo, run_folder

ELEMENTS, STATEMENTS, KIB = 60, 15, 100
PAIRS = [(entry, role) for entry in entries() for role in Role if role in GRANTS[entry.permission].roles]


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    with pytest.MonkeyPatch.context() as patch:
        for name in ("YIQILAI_DATA_DIR", "YIQILAI_SECRET_KEY", "YIQILAI_METRICS_TOKEN"):
            patch.setenv(name, "")  # `ground` sets them for the server; the other tests get theirs back
        folder = Path(tmp_path_factory.mktemp("budget"))
        lay_demo(run_folder(folder), folder)
        with ground(folder, 1) as running:
            yield running
    db_engine.forget_engines()
    settings.cache_clear()
    secret_key.cache_clear()


@pytest.mark.parametrize(
    ("entry", "role"), PAIRS, ids=[f"{entry.url_path or 'home'}-{role.value}" for entry, role in PAIRS]
)
def test_a_page_keeps_its_budget(entry: PageEntry, role: Role, here: Ground) -> None:
    query = f"id={here.object_of[entry.url_path]}" if entry.url_path in here.object_of else ""

    async def first_look() -> tuple[int, float, float]:
        before = here.statements()
        async with Tab.open(here.server.base_url, f"/{entry.url_path}", query, cookie=here.token(role)) as tab:
            assert tab.first.problems == []
            return tab.first.elements, here.statements() - before, tab.first.bytes / 1024

    elements, statements, kib = in_own_loop(first_look())

    assert elements <= ELEMENTS
    assert statements <= STATEMENTS
    assert kib <= KIB
