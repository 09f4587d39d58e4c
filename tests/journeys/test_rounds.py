"""The round as it is walked: a phone of 390×844 in one hand, every tap counted."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.journeys.person import Person
from tests.journeys.stage import Stage, stage_in
from tests.support.waiting import wait_until

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::ResourceWarning")]

THUMB = 44


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with stage_in(Path(tmp_path_factory.mktemp("rounds"))) as ready:
        yield ready


# What can be tapped and is seen; a text field counts with its box, a small mark with the room around it (::after).
TARGETS = """() => [...document.querySelectorAll("button, summary, [role=radio], [role=tab]," +
    "[data-testid=stPageLink-NavLink], [data-testid=stCheckbox] label, [data-testid=stTextInputRootElement]," +
    "[data-testid=stSelectbox] [role=group]")]
  .filter((one) => one.getBoundingClientRect().width > 1 && !one.closest("[aria-hidden=true], [role=group] button"))
  .map((one) => {
    const room = -2 * Math.min(0, parseFloat(getComputedStyle(one, "::after").top) || 0)
    return [one.innerText || one.ariaLabel || one.tagName, one.getBoundingClientRect().height + room]
  })
  .filter(([, height]) => height < 43.9)"""


@contextmanager
def met(stage: Stage) -> Iterator["Thumb"]:
    """A worker whom somebody has let in; the door is left in the end, also after a failure: else the next test finds
    the round in the middle of it.
    """
    person = stage.person("shegong1").go("rounds")
    thumb = Thumb(person)
    thumb.tap("见到")
    try:
        yield thumb
    finally:
        person.go("rounds")
        leave = person.page.get_by_role("button", name="没有需求").first
        expect(leave.or_(person.page.get_by_role("button", name="未遇")).first).to_be_visible()
        if leave.is_visible():
            thumb.tap("没有需求")


class Thumb:
    """Counts what a thumb really does on the page; words are typed, not tapped."""

    def __init__(self, person: Person) -> None:
        self.person, self.page, self.taps = person, person.page, 0

    def tap(self, name: str) -> None:
        self.person.settle()
        target = self.page.get_by_role("button", name=name).or_(self.page.get_by_role("radio", name=name)).first
        target.scroll_into_view_if_needed()
        box = target.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) > THUMB - 0.1, (name, box)
        target.tap()
        self.taps += 1
        self.person.settle()

    def into(self, label: str, words: str) -> None:
        field = self.page.get_by_label(label).and_(self.page.locator("input, textarea")).first
        field.tap()
        self.taps += 1
        field.press_sequentially(words, delay=15)

    def door(self) -> str:
        """Which door is in hand, by its own key: two stairwells have a room 401 each."""
        named = self.page.locator("[class*='st-key-rounds-not_in-']").first.get_attribute("class") or ""
        return next(word for word in named.split() if word.startswith("st-key-rounds-not_in-"))


def test_a_shut_door_is_at_most_two_taps_and_a_need_at_most_eight(stage: Stage, tmp_path: Path) -> None:
    person = stage.person("shegong1")
    person.go("rounds")
    thumb = Thumb(person)

    first = thumb.door()
    thumb.tap("未遇")
    assert thumb.taps <= 2
    wait_until(lambda: thumb.door() != first, "the next door")
    outcome, household = stage.ask("SELECT outcome, household_id FROM visit ORDER BY id DESC LIMIT 1")[0]
    assert outcome == "not_in"
    assert household is not None

    thumb.taps = 0
    thumb.tap("撤回")
    assert thumb.taps == 1
    wait_until(lambda: thumb.door() == first, "the door that was taken back")
    assert stage.ask("SELECT count(*) FROM visit WHERE id > (SELECT max(id) FROM visit)") == [(0,)]

    thumb.taps = 0
    thumb.tap("见到")
    thumb.into("居民原话", "信箱的锁都生锈了，报纸拿不出来")
    thumb.tap("设施维修·安全")
    thumb.tap("单元")
    thumb.into("大约影响多少人", "12")
    thumb.tap("登记需求")
    assert thumb.taps <= 8
    person.is_told("已记下")
    words, people = stage.ask("SELECT description, people FROM need ORDER BY id DESC LIMIT 1")[0]
    assert (words, people) == ("信箱的锁都生锈了，报纸拿不出来", 12)
    picture = tmp_path / "IMG_0003.jpg"
    Image.effect_noise((2000, 1500), 40).convert("RGB").save(picture)
    person.page.locator("label.add input[type=file]").set_input_files(picture)
    person.is_told("照片已保存")
    assert stage.ask("SELECT count(*) FROM photo WHERE need_id = (SELECT max(id) FROM need)") == [(1,)]
    thumb.tap("没有需求")
    wait_until(lambda: thumb.door() != first, "the next door")


def test_a_known_need_comes_up_while_the_words_are_typed_and_takes_one_tap(stage: Stage) -> None:
    person = stage.person("shegong1")
    person.go("rounds")
    thumb = Thumb(person)
    thumb.tap("见到")
    person.page.get_by_label("居民原话").first.wait_for()  # the visit is stored
    at = stage.ask("SELECT place_id, building FROM visit ORDER BY id DESC LIMIT 1")[0]
    known = stage.ask(
        "SELECT id, description, voices FROM need WHERE place_id = ? AND stage IN ('logged', 'registered', 'screening')"
        " AND restricted = 0 AND length(description) > 12 AND building IN ('', ?) ORDER BY id DESC LIMIT 1",
        *at,
    )[0]
    words = known[1][:30]  # past the words with which people begin
    thumb.taps = 0

    thumb.into("居民原话", words)
    same = person.page.get_by_role("button", name="就是这件事").first
    same.wait_for()
    expect(person.page.get_by_label("居民原话").first).to_have_value(words)
    thumb.tap("就是这件事")
    person.page.get_by_role("button", name="未遇").first.wait_for()

    assert thumb.taps == 2
    voice = stage.ask("SELECT merged_into_id, description, stage FROM need ORDER BY id DESC LIMIT 1")[0]
    assert voice[1:] == (words, "merged")
    lead = stage.ask("SELECT voices FROM need WHERE id = ?", voice[0])[0][0]
    assert lead >= 2


def test_a_number_out_of_its_range_is_told_at_the_field_and_beside_the_button(stage: Stage) -> None:
    with met(stage) as thumb:
        thumb.into("居民原话", "楼道窗户关不上")
        thumb.into("大约影响多少人", "0")

        thumb.tap("登记需求")

        alerts = thumb.page.get_by_role("alert")
        expect(alerts.filter(has_text="请填写 1 到 100000 之间的数。").first).to_be_visible()
        expect(alerts.get_by_role("button", name="大约影响多少人")).to_be_visible()
        expect(thumb.page.get_by_label("居民原话").first).to_have_value("楼道窗户关不上")


def test_words_being_typed_are_there_again_after_the_phone_loaded_the_page_anew(stage: Stage) -> None:
    with met(stage) as thumb:
        with thumb.person.answered():  # the app hears the words some moments after the last key
            thumb.into("居民原话", "水管半夜一直响")

        with thumb.person.answered():
            thumb.page.reload()

        expect(thumb.page.get_by_label("居民原话").first).to_have_value("水管半夜一直响")


@pytest.mark.parametrize("path", ["", "rounds", "visit", "phones", "needs", "people", "orders"])
def test_nothing_to_tap_on_a_phone_is_lower_than_a_thumb(stage: Stage, path: str) -> None:
    person = stage.person("shegong1")

    person.go(path)

    assert person.page.evaluate(TARGETS) == []
