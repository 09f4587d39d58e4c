"""From any page to any object without the mouse: `/`, a number, Enter, an arrow, Enter; and back to what was found."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, expect

from tests.journeys.stage import Stage, stage_in
from tests.support.waiting import wait_until

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::ResourceWarning")]


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with stage_in(tmp_path_factory.mktemp("find")) as ready:
        yield ready


def reached(box: Locator) -> bool:
    """Whether the key leads into the box: its script may arrive after the box is seen, and a person presses again."""
    box.page.keyboard.press("/")
    return bool(box.evaluate("element => element.getRootNode().activeElement === element"))


def test_a_number_is_found_and_opened_by_the_keyboard_alone(stage: Stage) -> None:
    number, need = stage.ask("select number, id from need where community_id = 1 order by id desc limit 1 offset 9")[0]
    secretary = stage.person("shuji").go("projects")
    page = secretary.page
    box = page.get_by_role("search").get_by_role("searchbox")
    expect(box).to_be_visible()

    wait_until(lambda: reached(box), "the box takes the key", pause=lambda: page.wait_for_timeout(50))
    page.keyboard.type(number.lower())
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{secretary.base_url}/search?q={number.lower()}")
    hit = page.locator(".found a").first
    expect(hit).to_contain_text(number)
    secretary.settle()
    page.keyboard.press("ArrowDown")
    expect(hit).to_be_focused()
    page.get_by_role("button", name="退出").or_(page.get_by_role("link", name="查找")).first.focus()
    page.keyboard.press("ArrowDown")  # from wherever else the keys stand
    expect(hit).to_be_focused()
    page.keyboard.press("Enter")

    expect(page).to_have_url(f"{secretary.base_url}/need?id={need}")
    secretary.settle()
    page.go_back()
    expect(hit).to_be_focused()
