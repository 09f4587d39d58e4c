"""The plain pages in a real browser of a phone's size: without script, readable in both schemes, easy to hit."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, expect

from db import engine as db_engine
from db.actions.meetings.cards import make_cards, new_codes
from db.actions.voting.voting import cancel_ballot, close_ballot, open_ballot, stop_ballot
from db.models import Meeting
from db.queries.voting.ballots import slip_list
from db.rules.voting.question import MOTION, Option, Question
from db.settings import settings
from db.terms import QuestionKind, VoteMethod
from db.upkeep.schema import migrate
from tests.builders.meetings import in_session
from tests.builders.voting import ask, printed_slips
from tests.builders.world import World, build_world, do, row
from tests.support.browser import PHONE, check, chromium
from tests.support.servers import AppServer

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::ResourceWarning")]

OPTIONS = tuple(
    Option(number, title, 8000 * number)
    for number, title in enumerate(
        ("南门休闲座椅更换", "3幢北侧非机动车充电雨棚", "中心花园夜间照明", "健身步道防滑"), 1
    )
)


@dataclass
class Hall:
    """The real app, a meeting in session, and a browser."""

    server: AppServer
    world: World
    browser: Browser
    meeting: int
    items: list[int]
    codes: list[str]

    def phone(self, *, script: bool = False, dark: bool = False, width: int = PHONE[0]) -> Page:
        context = self.browser.new_context(
            viewport={"width": width, "height": PHONE[1]}, is_mobile=True, has_touch=True, locale="zh-CN",
            java_script_enabled=script, color_scheme="dark" if dark else "light", reduced_motion="reduce",
        )  # fmt: skip
        page = context.new_page()
        page.set_default_timeout(30_000)
        return page

    def begin(self, item: int, question: Question = MOTION) -> int:
        if question is not MOTION:
            ask(self.items[item], question)
        ballot: int = do(self.world.secretary, open_ballot, item_id=self.items[item], method=VoteMethod.SLIP)
        return ballot

    @contextmanager
    def asked(self, item: int, question: Question) -> Iterator[None]:
        """A ballot that is called off in the end, also after a failure: else every later test finds one running."""
        ballot = self.begin(item, question)
        try:
            yield
        finally:
            do(self.world.secretary, cancel_ballot, ballot_id=ballot, reason="换一个问题")

    def end(self, ballot: int) -> None:
        do(self.world.secretary, stop_ballot, ballot_id=ballot)
        do(self.world.secretary, close_ballot, ballot_id=ballot)


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    folder = tmp_path_factory.mktemp("hall")
    url = f"sqlite:///{folder}/hall.db"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("YIQILAI_DATABASE_URL", url)
        patch.setenv("YIQILAI_DATA_DIR", str(folder))
        db_engine.forget_engines()
        migrate()
        world = build_world()
        meeting, items = in_session(world, present=12, needs=6)
        codes = printed_slips(world, meeting, 12)
        with (
            AppServer(folder, {"YIQILAI_DATABASE_URL": url, "YIQILAI_SECRET_KEY": "11" * 32}, warm=True) as server,
            chromium() as browser,
        ):
            yield Hall(server, world, browser, meeting, items, codes)
        db_engine.forget_engines()
    settings.cache_clear()


def test_without_script_a_slip_votes_in_a_few_taps_and_changes_its_vote(hall: Hall) -> None:
    ballot = hall.begin(0)
    page = hall.phone()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    page.goto(f"{hall.server.base_url}/v")
    page.get_by_label("票码").fill(hall.codes[0].lower())
    page.get_by_role("button", name="打开").tap()
    page.get_by_text("赞成").tap()
    page.get_by_role("button", name="投票").tap()
    expect(page.get_by_role("status")).to_have_text("✓ 已收到")
    page.get_by_role("link", name="更改我的票").tap()
    expect(page.get_by_role("radio", name="赞成")).to_be_checked()
    page.get_by_text("反对", exact=True).tap()
    page.get_by_role("button", name="更改我的票").tap()
    expect(page.get_by_role("status")).to_have_text("✓ 已收到")
    check = page.locator(".k").inner_text()
    page.reload()
    hall.end(ballot)
    page.goto(f"{hall.server.base_url}/v/{hall.codes[0]}")

    expect(page.locator("main")).to_contain_text("本票计为")
    expect(page.locator("main li")).to_have_text(["反对"])
    with db_engine.reading(hall.world.secretary) as session:
        assert slip_list(session, ballot) == ((check, "against"),)
    assert all(address.startswith((hall.server.base_url, "data:")) for address in asked)
    assert not any("favicon" in address for address in asked)
    kept = [(one["name"], one["path"], one["httpOnly"], one["sameSite"]) for one in page.context.cookies()]
    assert kept == [("yiqilai_v", "/v", True, "Lax")]
    assert hall.codes[0] not in hall.server.output()
    page.context.close()


def test_whoever_waits_gets_the_ballot_without_a_touch(hall: Hall) -> None:
    page = hall.phone()
    page.goto(f"{hall.server.base_url}/v/{hall.codes[1]}")
    expect(page.get_by_role("radio")).to_have_count(0)

    ballot = hall.begin(1)

    expect(page.get_by_role("radio")).to_have_count(3, timeout=15_000)
    hall.end(ballot)
    page.context.close()


QUESTIONS = [
    Question(QuestionKind.SCORE, OPTIONS),
    Question(QuestionKind.RANK, OPTIONS, seats=2),
    Question(QuestionKind.BUDGET, OPTIONS, budget=30_000),
]


@pytest.mark.parametrize(("width", "dark"), [(PHONE[0], False), (PHONE[0], True), (320, False)])
def test_every_state_is_accessible_and_fits_the_phone(hall: Hall, width: int, dark: bool) -> None:
    page = hall.phone(script=True, dark=dark, width=width)
    key = row(hall.world, Meeting, hall.meeting).sign_in_key
    cards = new_codes(hall.world.members)
    do(hall.world.secretary, make_cards, body_id=hall.world.body, codes=cards)
    here = f"/v/{hall.codes[2]}"

    for path in ("/v", "/v/ZZZZZZZZZZ", here, f"/s/{key}", "/s/none"):
        page.goto(f"{hall.server.base_url}{path}")
        check(page, path.replace(key, "key"))
    page.goto(f"{hall.server.base_url}/s/{key}")
    page.get_by_label("成员卡号").fill(cards[hall.world.members[0]])
    page.get_by_role("button", name="签到").click()
    expect(page.get_by_role("status")).to_have_text("✓ 签到成功")
    check(page, "signed in")
    for question in QUESTIONS:
        with hall.asked(2, question):
            page.goto(f"{hall.server.base_url}{here}")
            page.locator("summary").click()
            check(page, f"form {question.kind}")
            page.get_by_role("button", name=re.compile("投票|更改")).click()
            expect(page.get_by_role("alert")).to_be_visible()
            check(page, f"mistake {question.kind}")
            page.get_by_text("弃权", exact=True).click()
            page.get_by_role("button", name=re.compile("投票|更改")).click()
            expect(page.get_by_role("status")).to_have_text("✓ 已收到")
            check(page, f"receipt {question.kind}")
    page.context.close()
