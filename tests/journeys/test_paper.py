"""Pages on paper, in Streamlit's own themes and on a phone: nothing cut, nothing to press, everything to be read."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pypdfium2 import PdfDocument

from components.charts import INK
from tests.journeys.objects import OBJECTS
from tests.journeys.person import Person
from tests.journeys.stage import Stage, stage_in
from tests.support.browser import DESKTOP, PHONE

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::ResourceWarning")]

PAPER = (703, 1000)
"""An upright A4 page within the margins of the print styles, in CSS pixels."""
CUT = """() => {
  const found = []
  const walk = root => {
    for (const one of root.querySelectorAll("*")) {
      if (one.shadowRoot) walk(one.shadowRoot)
      // A drawing has its own edge.
      if (one.closest("svg") && one.tagName !== "svg") continue
      if (one.getBoundingClientRect().width && one.getBoundingClientRect().right > innerWidth + 1)
        found.push(one.outerHTML.slice(0, 120))
    }
  }
  walk(document.querySelector("[data-testid=stMain]"))
  return found.slice(0, 5)
}"""
TO_PRESS = """() => {
  const found = []
  const walk = root => {
    for (const one of root.querySelectorAll("*")) {
      if (one.shadowRoot) walk(one.shadowRoot)
      // The heading of a column sorts, the heading of a month folds: on paper both are headings.
      if (!one.matches("button, input, textarea, select, nav, [role=search]") || one.closest("th, [role=columnheader]"))
        continue
      if (one.getClientRects().length) found.push(one.outerHTML.slice(0, 120))
    }
  }
  walk(document.body)
  return found.slice(0, 5)
}"""
BARE = """() => {
  const main = document.querySelector("[data-testid=stMain]")
  const seen = [...main.querySelectorAll("h2, [data-testid=stElementContainer]:not(:has(h2))")]
    .filter(one => one.getBoundingClientRect().height > 4)
  return seen.filter((one, at) => one.matches("h2") && (!seen[at + 1] || seen[at + 1].matches("h2")))
    .map(one => one.textContent)
}"""
"""Headings with nothing below them."""
SMALLEST_ON_MAP = """map => {
  const drawn = map.querySelector("svg")
  const scale = drawn.getBoundingClientRect().width / drawn.viewBox.baseVal.width
  return Math.min(...[...drawn.querySelectorAll("text")].filter(one => one.getClientRects().length)
    .map(one => parseFloat(getComputedStyle(one).fontSize) * scale))
}"""


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """With Streamlit's menu, in which a user may choose a theme; ours hides it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("STREAMLIT_CLIENT_TOOLBAR_MODE", "viewer")
        with stage_in(tmp_path_factory.mktemp("paper")) as stage:
            yield stage


@contextmanager
def on_paper(page: Page) -> Iterator[None]:
    """As it is printed; a screen again in the end, also after a failure, since the next test sits at the same one."""
    page.set_viewport_size({"width": PAPER[0], "height": PAPER[1]})
    page.emulate_media(media="print")
    try:
        yield
    finally:
        page.emulate_media(media="null")
        page.set_viewport_size({"width": DESKTOP[0], "height": DESKTOP[1]})


HUNG_UP = (
    *("results", "project", "meeting", "need", "order", "complaint", "register", "rota", "circle", "commitments"),
    *("funnel", "project-progress", "demand", "members", "commitment"),
)


@pytest.mark.parametrize("path", HUNG_UP)
def test_what_is_hung_up_or_carried_has_nothing_cut_and_nothing_to_press(stage: Stage, path: str) -> None:
    query = f"?id={stage.ask(OBJECTS[path])[0][0]}" if path in OBJECTS else ""
    page = stage.person("shuji").go(path + query).page
    expect(page.locator("main h1").first).to_be_visible()

    with on_paper(page):
        expect(page.locator("[class*=st-key-at-]")).not_to_be_visible()
        expect(page.locator(".st-key-next-step")).not_to_be_visible()
        cut, to_press, bare = page.evaluate(CUT), page.evaluate(TO_PRESS), page.evaluate(BARE)

    assert cut == []
    assert to_press == []
    assert bare == []


@pytest.mark.parametrize(("path", "wide"), [("funnel", True), ("demand", True), ("results", False), ("project", False)])
def test_a_page_of_wide_charts_lies_across_the_paper(stage: Stage, path: str, wide: bool, tmp_path: Path) -> None:
    query = f"?id={stage.ask(OBJECTS[path])[0][0]}" if path in OBJECTS else ""
    page = stage.person("shuji").go(path + query).page
    expect(page.locator("main h1").first).to_be_visible()

    page.pdf(path=tmp_path / "page.pdf", prefer_css_page_size=True)

    with PdfDocument(tmp_path / "page.pdf") as paper:
        sizes = [one.get_size() for one in paper]
    assert {across > high for across, high in sizes} == {wide}


def test_an_open_chart_follows_the_theme_that_was_chosen_in_the_menu(stage: Stage) -> None:
    page = Person(stage.browser, stage.server.base_url, DESKTOP).sign_in("shuji").go("funnel").page
    written = {theme: page.locator(f".vega-embed svg text[fill='{ink}']").first for theme, ink in INK.items()}
    expect(written["light"]).to_be_visible()

    page.get_by_test_id("stMainMenu").get_by_role("button").first.click()
    page.get_by_test_id("stMainMenuItem-theme-Dark").click()

    expect(written["dark"]).to_be_visible()
    expect(written["light"]).not_to_be_visible()


@pytest.mark.parametrize("path", ["funnel", "project"])
def test_a_chart_of_the_night_is_printed_in_dark_ink(stage: Stage, path: str) -> None:
    person = Person(stage.browser, stage.server.base_url, DESKTOP)
    person.page.emulate_media(color_scheme="dark")
    query = f"?id={stage.ask(OBJECTS[path])[0][0]}" if path in OBJECTS else ""
    drawn = person.sign_in("shuji").go(path + query).page.locator("[data-testid=stVegaLiteChart] svg").first
    expect(drawn).to_have_css("filter", "none")

    person.page.emulate_media(media="print")

    expect(drawn).to_have_css("filter", "invert(1) hue-rotate(180deg)")


def test_the_places_of_the_circle_can_be_read_on_a_phone(stage: Stage) -> None:
    person = Person(stage.browser, stage.server.base_url, PHONE).sign_in("shuji").go("circle")
    numbers = person.page.locator(".map text.number")
    expect(numbers.first).to_be_visible()

    expect(person.page.locator(".key ol li")).to_have_count(numbers.count())
    assert person.page.locator(".map").evaluate(SMALLEST_ON_MAP) >= 11
