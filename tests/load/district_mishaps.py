"""What goes wrong in a district while people are at it: processes die under a page, a full disk, a wrong clock."""

import json
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, expect
from sqlalchemy import select

from db.engine import reading_as_system
from db.models import WallCode
from pages.public import wall
from tests.journeys.person import Person
from tests.load.district import District, told
from tests.load.district_votes import a_meeting, latin
from tests.load.measure_slips import cast_votes
from tests.support.browser import DESKTOP
from tests.support.proxy import visitor
from tests.support.servers import AppServer
from tests.support.waiting import wait_until

FULL = "存储空间已满"
NO_ROOM = (
    "CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION"
    " 'could not extend file: No space left on device' USING ERRCODE = '53100'; END $$",
    "CREATE TRIGGER no_room BEFORE INSERT ON secret_vote EXECUTE FUNCTION no_room()",
)
DAY = 86_400


def health(app: AppServer) -> tuple[int, dict[str, str]]:
    """What a process says of itself."""
    status, said = visitor(app.base_url)("/healthz")
    return status, json.loads(said)


def wrong_codes_count_once(here: District, _browser: Browser) -> str:
    """A program that tries codes of the wall goes from process to process."""
    processes, tries, most = [visitor(app.base_url) for app in here.apps], 0, wall.UNKNOWN.most
    while tries <= 2 * most and processes[tries % len(processes)](f"/w/{tries:013d}")[0] == 404:
        tries += 1
    assert most <= tries <= most + len(processes), tries
    with reading_as_system("walk") as session:
        right = session.scalars(select(WallCode.code).where(WallCode.revoked_at.is_(None)).limit(1)).one()
    assert processes[0](f"/w/{right}")[0] == 200
    return f"wrong codes are counted once: after {tries} on all processes together, wait; a right one is answered"


def staff_read_chinese_while_all_processes_are_gone(here: District, browser: Browser) -> str:
    """The page that is open, a page asked for meanwhile, and the way back without a hand of theirs."""
    person = Person(browser, here.proxy.base_url, DESKTOP).sign_in("shuji").go("needs")
    page, before = person.page, latin(person.page)
    for app in here.apps:
        app.kill()
    expect(page.get_by_test_id("stApp")).not_to_have_attribute("data-test-connection-state", "CONNECTED")
    page.wait_for_timeout(3_000)  # its own words come late: a dialog, a sign at the edge
    assert latin(page) <= before, latin(page) - before
    other = person.context.new_page()
    answer = other.goto(f"{here.proxy.base_url}/register")
    assert answer is not None
    assert answer.status == 502
    assert latin(other) == set(), latin(other)
    expect(other.get_by_text("请稍候").first).to_be_visible()
    for app in here.apps:
        app.start()
    for one in (other, page):
        expect(one.get_by_test_id("stApp")).to_have_attribute("data-test-connection-state", "CONNECTED", timeout=60_000)
    expect(other.get_by_label("用户名")).to_have_count(0)
    person.settle()
    assert latin(page) <= before, latin(page) - before
    person.context.close()
    return "all processes are killed under a browser of staff: only Chinese, and both pages come back by themselves"


@contextmanager
def no_room(here: District) -> Iterator[None]:
    """The primary finds no room for a vote."""
    for statement in NO_ROOM:
        told(here.primary, statement, "district")
    yield
    told(here.primary, "DROP FUNCTION no_room CASCADE", "district")


def a_full_disk_is_told(here: District, _browser: Browser) -> str:
    """Somebody votes while there is no room, and again when there is."""
    hall, _screen = a_meeting(1)
    voter, path, form = here.proxy.visitor(), f"/v/{hall.codes[0]}", f"ballot={hall.ballot}&choice=for".encode()
    with no_room(here):
        status, page = voter(path, form)
        assert FULL in page, (status, page[-600:])
        assert voter(path)[0] == 200, "reading goes on"
        found = [health(app) for app in here.apps]
        assert any(code == 503 and said["writing"] == "full" for code, said in found), found
    assert "已收到" in voter(path, form)[1]
    assert cast_votes(hall.ballot) == 1
    hall.end()
    wait_until(lambda: all(health(app)[0] == 200 for app in here.apps), "health forgets it", seconds=90)
    return "a full disk: a sentence, reading goes on, health says so and is well by itself when there is room"


def a_wrong_clock_is_told(here: District, browser: Browser) -> str:
    """One more process, a day ahead: it says so, its votes count once, sign-ins of the others do not hold there."""
    hall, _screen = a_meeting(1)
    form = f"ballot={hall.ballot}&choice=for".encode()
    person = Person(browser, here.apps[0].base_url, DESKTOP).sign_in("shuji")
    with AppServer(here.folder / "ahead", here.env | {"YIQILAI_CLOCK_SHIFT_DAYS": "1"}, timeout=180) as ahead:
        code, said = health(ahead)
        assert code == 200
        assert f"{DAY // 1000}" in said["clock"], said
        assert "ahead of the database's" in said["clock"], said
        assert [health(app)[1]["clock"] for app in here.apps] == ["ok"] * len(here.apps)
        for app in (ahead, here.apps[0], ahead):
            assert "已收到" in visitor(app.base_url)(f"/v/{hall.codes[0]}", form)[1]
        assert cast_votes(hall.ballot) == 1
        person.page.goto(ahead.base_url)
        expect(person.page.get_by_label("用户名")).to_be_visible()
        person.page.goto(here.apps[0].base_url)
        person.settle()
        expect(person.page.get_by_label("用户名")).to_have_count(0)
    person.context.close()
    hall.end()
    return "a process a day ahead says so; its votes count once, its sign-in page is a sentence, the others go on"
