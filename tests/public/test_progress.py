"""The public page of progress: numbers alone, small ones hidden, gone at the next scan."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import select

from db.actions.results.progress_code import issue_progress_code, revoke_progress_code
from db.engine import as_system, reading, reading_as_system
from db.errors import NotFound, NotPermitted, Refused
from db.models import Community, Need, ProgressCode
from db.queries.results.public import progress_codes
from db.terms import ProjectState, Role
from pages.public import progress, wall
from tests.builders.commitments import a_promise
from tests.builders.needs import a_need
from tests.builders.projects import a_project
from tests.builders.world import NOW, World, do
from tests.support.phone import Phone

MOST_BYTES = 15_000


@pytest.fixture(autouse=True)
def _a_day_of_its_own(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(progress, "utc_now", lambda: NOW)
    monkeypatch.setattr(progress, "PAGES", wall.Kept())
    for limit in (progress.UNKNOWN, progress.BY_ADDRESS):
        limit.forget()
    yield
    for limit in (progress.UNKNOWN, progress.BY_ADDRESS):
        limit.forget()


@pytest.fixture
def phone() -> Phone:
    return Phone(progress.routes)


def a_code(world: World) -> str:
    do(world.secretary, issue_progress_code)
    with reading_as_system("test") as session:
        return session.scalars(select(ProgressCode.code).order_by(ProgressCode.id.desc())).first() or ""


def test_a_scan_shows_the_numbers_of_the_quarter_and_hides_small_ones(world: World, phone: Phone) -> None:
    for _n in range(6):
        a_need(world, category_id=world.categories[5], asker_name="甄有事", asker_phone="13900000001")
    a_need(world, category_id=world.categories[0])
    for n in range(5):
        a_project(world, f"项目{n}", state=ProjectState.ACCEPTED, accepted_at=NOW)
    a_promise(world)

    answer = phone.get(f"/p/{a_code(world)}")

    assert answer.status == 200
    assert len(answer.packed) < MOST_BYTES
    assert len(answer.html.encode()) < MOST_BYTES
    assert "<script" not in answer.html
    assert "设施维修·安全</dt><dd>6" in answer.html
    assert "助老扶幼</dt><dd>少于 5" in answer.html
    assert "环境整治</dt><dd>少于 5" in answer.html, "none at all hides behind the same sign"
    assert "5 个" in answer.html
    assert not any(one in answer.html for one in ("甄有事", "13900000001", "项目0", "党员01"))
    assert "2026年1月1日至2026年3月5日" in answer.text


def test_a_matter_that_few_may_see_is_not_counted_and_a_change_shows_at_once(world: World, phone: Phone) -> None:
    needs = [a_need(world, category_id=world.categories[5]) for _n in range(6)]
    code = a_code(world)
    assert "<dd>6" in phone.get(f"/p/{code}").html
    with as_system("test") as session:
        session.get_one(Need, needs[0]).restricted = True

    assert "<dd>6" not in phone.get(f"/p/{code}").html


def test_a_code_revoked_while_the_page_is_kept_shows_nothing_at_the_next_scan(world: World, phone: Phone) -> None:
    code = a_code(world)
    assert [phone.get(f"/p/{code}").status for _n in range(2)] == [200, 200]
    with reading(world.secretary) as session:
        (held,) = progress_codes(session)

    do(world.secretary, revoke_progress_code, code_id=held.id, version=held.version)

    assert phone.get(f"/p/{code}").status == 410
    assert phone.get(f"/p/{a_code(world)}").status == 200


def test_a_community_renamed_stands_on_the_kept_page_at_once(world: World, phone: Phone) -> None:
    code = a_code(world)
    phone.get(f"/p/{code}")
    with as_system("test") as session:
        session.get_one(Community, world.here).name = "新柳社区"

    assert "新柳社区" in phone.get(f"/p/{code}").text


def test_the_next_quarter_begins_anew(world: World, phone: Phone, monkeypatch: pytest.MonkeyPatch) -> None:
    for _n in range(6):
        a_need(world, category_id=world.categories[5])
    code = a_code(world)
    assert "<dd>6" in phone.get(f"/p/{code}").html

    monkeypatch.setattr(progress, "utc_now", lambda: NOW + timedelta(days=40))

    assert "<dd>6" not in phone.get(f"/p/{code}").html


def test_one_code_at_a_time_by_the_own_staff(world: World) -> None:
    a_code(world)
    with reading(world.secretary) as session:
        (held,) = progress_codes(session)

    with pytest.raises(Refused, match="progress_code_there"):
        do(world.worker, issue_progress_code)
    with pytest.raises(NotFound):
        do(world.other_secretary, revoke_progress_code, code_id=held.id, version=held.version)
    with pytest.raises(NotPermitted):
        do(world[Role.AUDITOR], issue_progress_code)
    do(world.worker, revoke_progress_code, code_id=held.id, version=held.version)
    with pytest.raises(Refused, match="progress_code_revoked"):
        do(world.worker, revoke_progress_code, code_id=held.id, version=held.version + 1)


def test_those_who_try_codes_are_slowed_down(small_world: World, phone: Phone) -> None:
    answers = [phone.get(f"/p/{number:013d}").status for number in range(62)]

    assert answers == [404] * 60 + [429] * 2
