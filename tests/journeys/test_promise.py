"""One promise from the member's phone over the wall to a resident's word, the quarter's sheet and the figures."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.journeys.person import Person
from tests.journeys.stage import Stage, chapter, stage_in
from tests.support.browser import PHONE
from tests.support.servers import ROOT

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::ResourceWarning")]

WHAT = "每月上门教两位老人用手机挂号"
CODE_OF = (
    "import sys;from sqlalchemy import select;from db.engine import reading_as_system;from db.models import WallCode\n"
    "with reading_as_system('test') as session:\n"
    "    print(session.scalars(select(WallCode.code).where(WallCode.member_id == int(sys.argv[1]))).first())"
)
"""What the code on the printed wall holds: it is stored encrypted."""


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with stage_in(Path(tmp_path_factory.mktemp("promise"))) as ready:
        yield ready


@pytest.fixture(scope="module")
def stopped() -> list[str]:
    return []


@pytest.fixture(autouse=True)
def one_chapter(request: pytest.FixtureRequest, stopped: list[str]) -> Iterator[None]:
    with chapter(request, stopped):
        yield


@pytest.fixture(scope="module")
def street(stage: Stage) -> Iterator[BrowserContext]:
    """A resident's phone without an account."""
    width, height = PHONE
    context = stage.browser.new_context(
        viewport={"width": width, "height": height},
        is_mobile=True,
        has_touch=True,
        java_script_enabled=False,
        locale="zh-CN",
    )
    yield context
    context.close()


def promise(stage: Stage) -> tuple[int, int]:
    """The promise of this story: its id and its member's."""
    number, member = stage.ask("SELECT id, member_id FROM commitment WHERE what = ?", WHAT)[0]
    return int(number), int(member)


def member(stage: Stage) -> Person:
    return stage.person("zhiyuan1")


def shares(stage: Stage) -> str:
    """The first figure as the page shows it."""
    secretary = stage.person("shuji").go(f"results?figure=participation&period={stage.today():%Y-%m}")
    found = secretary.page.get_by_test_id("stCode").first
    expect(found).to_contain_text("参与志愿服务")
    return found.inner_text()


def test_a_member_promises_on_the_phone(stage: Stage) -> None:
    at_home = member(stage).go("my-commitments")
    at_home.click("写一项承诺")
    at_home.fill("服务对象", "两位独居老人").fill("做什么", WHAT)
    at_home.pick("每月").submit("存为草稿", "已存为草稿")
    at_home.go(f"commitment?id={promise(stage)[0]}").submit("提交审核", "已提交支部审核")

    assert stage.ask("SELECT state FROM commitment WHERE what = ?", WHAT) == [("submitted",)]


def test_the_branch_reviews_and_puts_it_on_the_wall(stage: Stage) -> None:
    secretary = stage.person("shuji").go("commitments?view=review")
    secretary.open_row(WHAT)
    secretary.submit("审核通过", "已通过")
    secretary.go("commitments?view=review").submit("公示", "已公示")

    assert stage.ask("SELECT state FROM commitment WHERE what = ?", WHAT) == [("keeping",)]


def test_a_resident_scans_the_wall_before_and_after_it_was_kept(stage: Stage, street: BrowserContext) -> None:
    number, of = promise(stage)
    asked = subprocess.run(
        [sys.executable, "-c", CODE_OF, str(of)], cwd=ROOT, env=stage.server.env, check=True, capture_output=True
    )
    wall = f"{stage.server.base_url}/w/{asked.stdout.decode().strip()}"
    page = street.new_page()
    page.goto(wall)
    expect(page.get_by_text(WHAT)).to_be_visible()
    before = page.locator("body").inner_text().split(WHAT, 1)[1]
    today = f"{stage.today():%Y}年{stage.today().month}月{stage.today().day}日"

    at_home = member(stage).go(f"commitment?id={number}")
    at_home.fill("怎么称呼", "刘奶奶").submit("记一次践诺", "已记一次")
    page.reload()

    assert "还没有记录" in before
    assert today in page.locator("body").inner_text().split(WHAT, 1)[1]
    assert "刘奶奶" not in page.content()
    page.close()


def test_who_was_served_judges_on_the_own_phone_once(stage: Stage, street: BrowserContext) -> None:
    at_home = member(stage).go(f"commitment?id={promise(stage)[0]}")
    at_home.unfold("请居民自己评一次")
    at_home.submit("生成评诺码", "已生成")
    code = at_home.page.get_by_test_id("stCode").first.inner_text().strip()
    page = street.new_page()

    page.goto(f"{stage.server.base_url}/k/{code}")
    page.get_by_label("好", exact=True).check()
    page.get_by_label(re.compile("说一句|想说")).or_(page.locator("textarea")).first.fill("教得很耐心")
    page.get_by_role("button").click()
    expect(page.get_by_text("已经收到")).to_be_visible()
    page.goto(f"{stage.server.base_url}/k/{code}")
    expect(page.get_by_text("用过了")).to_be_visible()
    page.close()

    at_home.go(f"commitment?id={promise(stage)[0]}").sees("居民已评").sees_no("教得很耐心")


def test_the_quarters_sheet_tells_it_and_the_figures_count_it_nowhere_twice(stage: Stage) -> None:
    before, (_number, of) = shares(stage), promise(stage)
    secretary = stage.person("shuji").go("quarter-sheets")
    secretary.submit("起草亮绩单", "已起草")

    at_home = member(stage).go("my-commitments")
    at_home.sees("亮绩，请确认")
    at_home.submit("属实，确认", "已确认")
    secretary.go("quarter-sheets").submit("审核通过", "已审核")

    (figures,) = stage.ask("SELECT figures FROM quarter_sheet WHERE member_id = ? ORDER BY first DESC LIMIT 1", of)[0]
    assert re.search(r'"answers": [1-9]', figures)
    assert re.search(r'"kept": [1-9]', figures)
    assert shares(stage) == before  # a promise is no service record: only a slot, an order or an activity is
