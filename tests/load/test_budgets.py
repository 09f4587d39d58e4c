"""What a page may cost at most, on the real server: elements, widgets, statements, bytes (docs/parts.md 1.2)."""

from collections.abc import Iterator

import pytest

from components.menu import PageEntry, entries
from db.rules.permissions import GRANTS
from db.terms import Role
from tests.load.ground import Ground, ground_for_tests
from tests.load.tab import Tab
from tests.support.browser import in_own_loop

ELEMENTS, STATEMENTS, KIB = 60, 15, 100
PAIRS = [(entry, role) for entry in entries() for role in Role if role in GRANTS[entry.permission].roles]


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    with ground_for_tests(tmp_path_factory.mktemp("budget")) as running:
        yield running


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
