"""A list, one of its rows, and back: the same list at the same place, and no address that nobody asked for."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.journeys.stage import Stage, stage_in

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::ResourceWarning")]

LISTS = [
    "needs?category=2", "needs?q=楼道", "needs?q=楼道&category=2", "needs?before={needs}",
    "orders?view=done", "orders?view=done&before={orders}", "projects?state=running", "complaints?view=all",
    "volunteers?kind=party_member", "members?kind=retired", "commitments?state=keeping", "notices",
    "people", "meetings",
]  # fmt: skip
"""Lists with what they are narrowed to, the word that is looked for, and where they go on."""
LATER = {
    "needs": "select id from need where community_id = 1 order by id desc limit 1 offset 70",
    "orders": "select id from service_order where community_id = 1 order by id desc limit 1 offset 60",
}


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with stage_in(tmp_path_factory.mktemp("back")) as ready:
        yield ready


@pytest.mark.parametrize("address", LISTS)
def test_going_back_shows_the_list_as_it_was_left(stage: Stage, address: str) -> None:
    secretary = stage.person("shuji")
    page = secretary.page
    secretary.go(address.format_map({name: stage.ask(query)[0][0] for name, query in LATER.items()}))
    rows = page.locator(".rows td.first a")
    expect(rows.first).to_be_visible()
    listed, before = rows.all_inner_texts(), page.url

    rows.last.click()
    expect(page).not_to_have_url(before)
    secretary.settle()
    opened = page.url
    page.go_back()

    expect(page).to_have_url(before)
    secretary.settle()
    expect(rows).to_have_text(listed)
    expect(rows.last).to_be_focused()
    page.go_forward()
    expect(page).to_have_url(opened)


def test_a_filter_is_taken_back_by_going_back(stage: Stage) -> None:
    secretary = stage.person("shuji").go("projects")
    page = secretary.page
    secretary.choose("状态", "实施中")
    expect(page).to_have_url(f"{secretary.base_url}/projects?state=running")

    page.go_back()

    expect(page).to_have_url(f"{secretary.base_url}/projects")
    secretary.settle()
    expect(page.get_by_role("combobox", name="状态").first).to_have_value("")


def test_an_object_leads_back_to_the_row_it_was_opened_from(stage: Stage) -> None:
    secretary = stage.person("shuji").go("register")
    page = secretary.page
    rows = page.locator(".rows td.first a")
    rows.last.click()
    expect(page).not_to_have_url(re.compile("/register"))
    secretary.settle()

    secretary.click("回到一周一登")

    expect(page.get_by_role("heading", name="一周一登").first).to_be_visible()
    expect(page).to_have_url(re.compile("/register"))
    expect(rows.last).to_be_focused()


def test_an_object_opened_by_a_link_leads_back_to_the_list_of_its_kind(stage: Stage) -> None:
    need = stage.ask("select id from need where community_id = 1 limit 1")[0][0]
    stranger = stage.person("shegong1").go(f"need?id={need}")

    stranger.click("回到需求台账")

    expect(stranger.page).to_have_url(f"{stranger.base_url}/needs")


def test_the_way_back_to_a_list_takes_along_nothing_of_the_row(stage: Stage) -> None:
    secretary = stage.person("shuji").go("volunteers?kind=party_member")
    page = secretary.page
    before = page.url
    page.locator(".rows td.first a").first.click()
    secretary.settle()
    expect(page.get_by_text("姓名与电话")).to_be_visible()
    page.get_by_text("姓名与电话").click()
    secretary.settle()

    secretary.click("回到名册")

    expect(page).to_have_url(before)
    expect(page.locator(".rows td.first a").first).to_be_focused()


def test_a_bar_of_the_funnel_is_one_step_away_and_one_step_back(stage: Stage) -> None:
    secretary = stage.person("shuji").go("project-progress")
    page = secretary.page
    page.locator(".rows td.first a").first.click()
    expect(page).to_have_url(re.compile(r"/project\?"))
    secretary.settle()

    page.go_back()

    expect(page.get_by_role("heading", name="项目进度").first).to_be_visible()
    expect(page).not_to_have_url(re.compile("id="))
