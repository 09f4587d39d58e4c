"""Five jobs that come every week, as the people who do them feel them: clicks, typed fields, seconds.

The browser itself counts: every press of mouse or thumb, and every field that was left with other words than it had.
Clicks and fields are held; seconds are printed (`pytest -s`), since they belong to the machine.
"""

import re
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

import pytest
from playwright.sync_api import expect

from tests.journeys.person import Person
from tests.journeys.stage import Stage, chapter, stage_in
from tests.support.browser import DESKTOP
from tests.support.waiting import wait_until

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::ResourceWarning")]

WATCH = """() => {
  if (window.effort) return
  window.effort = {clicks: 0, fields: 0}
  const field = event => { const one = event.composedPath()[0]; return one.matches?.("input, textarea") ? one : null }
  addEventListener("pointerdown", event => { if (event.isTrusted) effort.clicks += 1 }, true)
  addEventListener("focusin", event => { const one = field(event); if (one) one.found = one.value }, true)
  const left = one => one && one.value !== one.found
  addEventListener("focusout", event => { if (left(field(event))) effort.fields += 1 }, true)
}"""
FOCUSED = """() => {
  let one = document.activeElement
  while (one.shadowRoot?.activeElement) one = one.shadowRoot.activeElement
  const drawn = [one, one.parentElement, one.parentElement?.parentElement].filter(Boolean).map(getComputedStyle)
  const seen = drawn.some(style => parseFloat(style.outlineWidth) && style.outlineStyle !== "none"
    || style.boxShadow !== "none" || parseFloat(style.borderTopWidth) > 0)
  return [(one.getAttribute("aria-label") || one.innerText || one.value || ""), seen]
}"""
INSIDE = "lists => lists.map(one => one.scrollWidth <= one.clientWidth + 1)"
LONG_ANSWER = """() => addEventListener("keyup", () => {
  const real = Date.now
  Date.now = () => real() + 60_000
}, { once: true })"""
"""The answer to what is pressed takes a minute, by the page's clock."""
LATECOMER = """() => addEventListener("focusin", event => {
  const late = document.createElement("button")
  late.textContent = "后来的一步"
  event.target.closest("[data-testid=stElementContainer]").before(late)
}, { once: true })"""
"""What stands where the focus goes is drawn after it went there, as links and lists of our own may be."""
STOPS = 14
"""So many times Tab after 跳到正文, at most, until the act of the job is in hand."""
_stopped: list[str] = []


@dataclass
class Effort:
    """What a job took of all who did it."""

    clicks: int = 0
    fields: int = 0
    seconds: float = 0


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    _stopped.clear()
    with stage_in(tmp_path_factory.mktemp("jobs")) as stage:
        yield stage


@pytest.fixture(autouse=True)
def _story(request: pytest.FixtureRequest) -> Iterator[None]:
    with chapter(request, _stopped):
        yield


@contextmanager
def job(effort: Effort, person: Person) -> Iterator[Person]:
    """What `person` does inside is added to the effort of the job."""
    person.page.evaluate(WATCH)
    before, began = person.page.evaluate("effort"), time.monotonic()
    yield person
    after = person.page.evaluate("effort")
    effort.clicks += after["clicks"] - before["clicks"]
    effort.fields += after["fields"] - before["fields"]
    effort.seconds += time.monotonic() - began


def told(name: str, effort: Effort) -> Effort:
    sys.stdout.write(f"\n{name}: {effort.clicks} clicks, {effort.fields} fields, {effort.seconds:.1f} s\n")
    return effort


def by_keyboard(person: Person, path: str, act: str) -> list[str]:
    """What Tab passes on its way from 跳到正文 to what does the job; every stop can be seen."""
    person.go(path).page.keyboard.press("Tab")
    person.page.keyboard.press("Enter")
    passed: list[str] = []
    while len(passed) <= STOPS and not (passed and re.search(act, passed[-1])):
        person.page.keyboard.press("Tab")
        words, seen = person.page.evaluate(FOCUSED)
        assert seen, f"{path}: nobody sees that {words!r} has the focus"
        passed.append(words)
    return passed


def test_each_job_is_begun_by_keyboard_within_few_stops_and_at_twice_the_size(stage: Stage) -> None:
    last_week = stage.today() - timedelta(days=stage.today().weekday() + 7)
    ((meeting,),) = stage.ask(
        "select id from meeting where community_id = 1 and state = 'convened' order by at limit 1"
    )
    secretary = Person(stage.browser, stage.server.base_url, DESKTOP).sign_in("shuji")
    for path, act in {
        "rounds": "见到", f"register?week={last_week}": "签字", "screening?stage=registered": r"LL-\d{4}-",
        f"meeting?id={meeting}": "宣布开会", "funnel": "项目进度",
    }.items():  # fmt: skip
        assert re.search(act, by_keyboard(secretary, path, act)[-1]), path
        # Twice the size is half the width: nothing is cut at the side.
        secretary.page.set_viewport_size({"width": DESKTOP[0] // 2, "height": DESKTOP[1] // 2})
        secretary.settle()
        assert secretary.page.evaluate("document.documentElement.scrollWidth") <= DESKTOP[0] // 2, path
        assert all(secretary.page.locator(".rows").evaluate_all(INSIDE)), f"{path}: a list is pushed sideways"
        secretary.page.set_viewport_size({"width": DESKTOP[0], "height": DESKTOP[1]})


def test_tab_leads_into_what_a_button_opened_and_escape_back_to_it(stage: Stage) -> None:
    ((meeting,),) = stage.ask(
        "select id from meeting where community_id = 1 and state = 'convened' order by at limit 1"
    )
    keys = Person(stage.browser, stage.server.base_url, DESKTOP).sign_in("shuji")
    by_keyboard(keys, f"meeting?id={meeting}", "宣布开会")

    for back in ("Escape", "Shift+Tab"):
        keys.page.keyboard.press("Enter")
        keys.settle().sees("现在就开会").page.keyboard.press("Tab")
        assert "现在就开会" in keys.page.evaluate(FOCUSED)[0]
        keys.page.keyboard.press(back)
        there = partial(_focus_on, keys, "宣布开会")
        wait_until(there, f"the focus by {back}", pause=lambda: keys.page.wait_for_timeout(50))


def test_the_focus_goes_on_where_the_press_stood(stage: Stage) -> None:
    keys = Person(stage.browser, stage.server.base_url, DESKTOP).sign_in("shuji")
    for path, act, follows in (
        ("rounds", "见到", "没有需求，下一户"), ("screening?stage=registered", r"LL-\d{4}-", "回到评分名单"),
    ):  # fmt: skip
        by_keyboard(keys, path, act)
        keys.page.evaluate(LONG_ANSWER)
        keys.page.keyboard.press("Enter")
        found = f"{follows} with a focus that can be seen"
        there = partial(_focus_on, keys, follows)
        wait_until(there, found, pause=lambda: keys.page.wait_for_timeout(50))


def test_the_focus_waits_for_what_is_drawn_after_the_answer(stage: Stage) -> None:
    keys = Person(stage.browser, stage.server.base_url, DESKTOP).sign_in("shuji")
    by_keyboard(keys, "screening?stage=registered", r"LL-\d{4}-")
    keys.page.evaluate(LATECOMER)

    keys.page.keyboard.press("Enter")

    there = partial(_focus_on, keys, "后来的一步")
    wait_until(there, "the focus on what came later", pause=lambda: keys.page.wait_for_timeout(50))


def _focus_on(person: Person, words: str) -> bool:
    focused, seen = person.page.evaluate(FOCUSED)
    return bool(seen) and words in focused


def test_a_need_at_a_door_takes_five_taps(stage: Stage) -> None:
    effort = Effort()
    with job(effort, stage.person("shegong1").go("")) as worker:
        worker.page.get_by_role("link", name="今日走访").click()
        expect(worker.page.locator("main h1")).to_have_text("今日走访")
        worker.settle().pick("见到").fill("居民原话", "楼道灯坏了，晚上下楼看不见台阶")
        worker.pick("设施维修·安全").pick("单元").number("大约影响多少人", 40)
        worker.submit("登记需求", "已记下")

    told("need at a door", effort)
    assert effort.clicks <= 5
    assert effort.fields == 2


def test_a_vote_by_hands_with_sixteen_takes_eight_presses(stage: Stage) -> None:
    ((meeting, on),) = stage.ask(
        "select id, date(at, '+8 hours') from meeting where community_id = 1 and state = 'convened' order by at limit 1"
    )
    stage.wait_until(date.fromisoformat(on))
    effort = Effort()
    with job(effort, stage.person("shuji").go(f"meeting?id={meeting}")) as chair:
        chair.submit("全部到会", "实到 16").submit("宣布开会", "会议开始")
        chair.submit("开始讨论", "开始讨论").submit("举手表决", "开始举手表决")
        chair.fill("姓名", "孟舒").number("赞成", 11).number("反对", 3).number("弃权", 2).submit("报数", "请另一位")
    with job(effort, stage.person("yishi1").go(f"meeting?id={meeting}")) as member:
        member.fill("姓名", "卢平").number("赞成", 11).number("反对", 3).number("弃权", 2).submit("报数", "一致")
    # Wherever the page is pushed to, what comes next is in sight: below the bar, whole, and nothing stands over it.
    announce = stage.person("shuji").settle().page.get_by_role("button", name="宣布结果")
    announce.page.locator("[data-testid=stMain]").evaluate("main => main.scrollTo(0, main.scrollHeight)")
    expect(announce).to_be_in_viewport(ratio=1)
    with job(effort, stage.person("shuji")) as chair:
        chair.submit("宣布结果", "表决结果：通过").submit("在大屏上公布这个结果", "大屏已公布结果")

    toast = chair.page.get_by_test_id("stToast").first.bounding_box()
    assert toast
    assert toast["y"] > DESKTOP[1] / 2  # a passing message covers neither 退出 nor the next step

    told("vote by hands with sixteen", effort)
    assert effort.clicks <= 8
    assert effort.fields == 8


def test_the_week_is_signed_with_two_presses(stage: Stage) -> None:
    stage.wait_until(stage.today() + timedelta(days=7))
    effort = Effort()
    with job(effort, stage.person("shuji").go("register")) as secretary:
        secretary.click("签字，转入筛选").submit("确认签字", "本周登记已签")

    told("sign the week", effort)
    assert effort.clicks <= 2
    assert effort.fields == 0


def test_two_people_screen_a_need_and_send_it_on_its_way_with_eight_presses(stage: Stage) -> None:
    # The one that most households asked for: what is declined or passed on would need words for the asker.
    ((number,),) = stage.ask(
        "select number from need where community_id = 1 and stage = 'registered' and urgency = 'normal' and reach in"
        " ('estate', 'community') order by reach, voices desc limit 1"
    )
    effort = Effort()
    with job(effort, stage.person("shuji").go("screening?stage=registered")) as secretary:
        secretary.open_row(number).submit("开始一轮评分").sees("两年内同类办结")
        secretary.submit("提交评分", "您的评分已保存")
    with job(effort, stage.person("shegong1").go("screening")) as worker:
        worker.open_row(number).submit("提交评分", "您的评分已保存")
    with job(effort, stage.person("shuji").go("screening?stage=screened")) as secretary:
        secretary.open_row(number).submit("确定分流", "已分流")

    told("screen one need by two people", effort)
    assert effort.clicks <= 8
    assert effort.fields == 0


def test_progress_is_seen_after_two_presses(stage: Stage) -> None:
    effort = Effort()
    with job(effort, stage.person("shuji").go("")) as secretary:
        secretary.page.get_by_role("link", name="进展").first.click()
        secretary.settle().page.get_by_role("link", name="项目进度").first.click()
        expect(secretary.page.locator("main h1").first).to_have_text(re.compile("项目进度"))

    told("see progress", effort)
    assert effort.clicks <= 2
    assert effort.fields == 0
