"""No page of the demonstration is longer than one likes to scroll: 3,000 pixels on a phone, before "再看"."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from components.menu import entries
from db.terms import Role
from tests.journeys.objects import OBJECTS
from tests.journeys.person import Person
from tests.journeys.stage import Stage, stage_in
from tests.support.browser import DESKTOP, PHONE

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::ResourceWarning")]

MOST = 3000
UNDER_CHECK = "select id from mediation where community_id = 1 and state = 'agreed' order by id limit 1"
"""A mediation is shown on the page of its list."""
LONG = {"": ("?view=all", "?todo=first"), "orders": ("orders?view=late",)}
"""Views of a page that are longer than the one it opens with."""
LARGEST_TEAM = (
    "select project_id from opening join placement on opening_id = opening.id group by 1 order by count(*) desc"
)
HEIGHT = "document.querySelector('[data-testid=stMain]').scrollHeight"


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with stage_in(tmp_path_factory.mktemp("height")) as stage:
        yield stage


@pytest.mark.parametrize(
    ("username", "role"),
    [("shuji", Role.SECRETARY), ("shegong1", Role.AREA_WORKER), ("zhiyuan1", Role.VOLUNTEER)],
)
def test_no_page_is_longer_on_a_phone_than_three_and_a_half_screens(stage: Stage, username: str, role: Role) -> None:
    person = Person(stage.browser, stage.server.base_url, PHONE).sign_in(username)
    opened, addresses = {**OBJECTS, "mediation": UNDER_CHECK}, []
    for entry in entries():
        if not entry.may_see(role):
            continue
        if entry.visible:
            addresses += [entry.url_path, *LONG.get(entry.url_path, ())]
        if entry.url_path in opened:
            addresses += [f"{entry.url_path}?id={row[0]}" for row in stage.ask(opened[entry.url_path])[:1]]

    long = {}
    for address in addresses:
        person.go(address)
        expect(person.page.locator("main h1").first).to_be_visible()
        if (height := person.settle().page.evaluate(HEIGHT)) > MOST:
            long[address] = height

    assert long == {}
    person.context.close()


def test_what_is_longer_in_english_is_not_longer_on_a_phone_either(stage: Stage) -> None:
    person = Person(stage.browser, stage.server.base_url, PHONE).sign_in("shuji")
    person.click("English")
    expect(person.page.get_by_role("button", name="Sign out")).to_be_visible()

    long = {}
    for address in ("results", f"project?id={stage.ask(OBJECTS['project'])[0][0]}"):
        person.go(address)
        expect(person.page.locator("main h1").first).to_be_visible()
        if (height := person.settle().page.evaluate(HEIGHT)) > MOST:
            long[address] = height
    person.go("").click("中文")  # the language is kept with the account, which others use after this
    person.context.close()

    assert long == {}


def test_the_team_of_a_large_project_is_folded_at_a_desk_and_whole_once_it_is_sorted(stage: Stage) -> None:
    person = Person(stage.browser, stage.server.base_url, DESKTOP).sign_in("shuji")
    person.go(f"project?id={stage.ask(LARGEST_TEAM)[0][0]}&part=team")
    more = person.page.get_by_role("button", name=re.compile(r"^再看 \d+ 条$"))
    team = person.page.get_by_role("table", name="团队成员")
    expect(more).to_be_visible()
    folded, shown = person.page.evaluate(HEIGHT), team.get_by_role("row").count()

    team.get_by_role("button", name="志愿者").click()

    expect(more).to_have_count(0)
    assert folded <= MOST
    assert team.get_by_role("row").count() > shown
    person.context.close()
