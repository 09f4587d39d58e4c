"""Every part of `make bench` still runs: at its smallest size, all on one server. Its figures say nothing here."""

from collections.abc import Iterator
from datetime import date

import pytest

from tests.load.bench import PARTS, measure
from tests.load.ground import Ground, ground_for_tests
from tests.load.report import Report
from tests.support.browser import in_own_loop

DAY = date(2026, 3, 2)


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    with ground_for_tests(tmp_path_factory.mktemp("bench")) as running:
        yield running


@pytest.mark.parametrize("part", PARTS)
def test_a_part_of_the_bench_runs_and_stores_what_it_sends(part: str, here: Ground) -> None:
    report = Report(DAY)

    # Pages are compared with those of a smaller database; a second look at the same one runs through all of it.
    for scale in (1, 2) if part == "pages" else (1,):
        in_own_loop(measure(part, here, scale, report, smallest=True))

    report.targets()
    assert report.lines[-1] in report.text()
    assert [target for target in report.found if target.counted and not target.met] == []
