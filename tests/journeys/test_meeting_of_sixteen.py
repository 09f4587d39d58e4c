"""A meeting of sixteen with fourteen there: from the invitation to the public notice, five phones voting, one screen.

The secretary sits at a laptop, a worker keeps the minutes beside her, five members hold phones without an account or a
script, the other nine borrow one. Everything is done by clicks and by the papers that the app prints.
"""

import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from playwright.sync_api import Page, expect

from db.terms import BallotState, ItemState
from tests.journeys.person import Person
from tests.journeys.stage import Stage, chapter, stage_in
from tests.support.browser import PHONE, ROOM
from tests.support.servers import ROOT

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::ResourceWarning")]

TITLE = "休闲长椅与灭蚊灯专题议事会"
MOTION = "在柳荫广场和河边安装灭蚊灯 20 盏，费用不超过 9000 元。"
PLACES = "东门口\n南门口\n中心广场\n老年活动室前"
CODE = re.compile(r"[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}")
CHOICES = ("for",) * 9 + ("against",) * 4 + ("abstain",)
"""What the fourteen say on the motion."""

_stopped: list[str] = []


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    _stopped.clear()
    with stage_in(tmp_path_factory.mktemp("sixteen")) as stage:
        yield stage


@pytest.fixture(autouse=True)
def _story(request: pytest.FixtureRequest) -> Iterator[None]:
    with chapter(request, _stopped):
        yield


def console(stage: Stage, username: str = "shuji") -> Person:
    return stage.person(username).go(f"meeting?id={stage.noted['meeting']}")


def word_text(page: Page, button: str) -> str:
    """What stands in a Word file that a button gives."""
    with page.expect_download() as waiting:
        page.get_by_role("button", name=button).or_(page.get_by_role("link", name=button)).first.click()
    document = Document(BytesIO(Path(waiting.value.path()).read_bytes()))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


class Hall:
    """Fourteen slips, and the phones of five of their holders, which run no script."""

    def __init__(self) -> None:
        self.codes: list[str] = []
        self.phones: list[Page] = []
        self.screen: Page | None = None


@pytest.fixture(scope="module")
def hall(stage: Stage) -> Hall:
    return Hall()


def a_phone(stage: Stage, code: str) -> Page:
    """A phone in somebody's hand, opened by the QR on a slip."""
    context = stage.browser.new_context(
        viewport={"width": PHONE[0], "height": PHONE[1]}, is_mobile=True, has_touch=True, java_script_enabled=False,
        locale="zh-CN",
    )  # fmt: skip
    page = context.new_page()
    page.goto(f"{stage.server.base_url}/v/{code}")
    return page


def say(page: Page, *labels: str) -> None:
    page.get_by_label(labels[0], exact=True).wait_for()
    for label in labels:
        page.get_by_label(label, exact=True).check(force=True)
    page.get_by_role("button").first.click()


# --- before -----------------------------------------------------------------------------------------------------------


def test_the_agenda_asks_in_two_ways_and_the_invitation_goes_out_in_time(stage: Stage) -> None:
    ((need,),) = stage.ask("select number from need where stage = 'for_council' and title = '蚊子太多'")
    secretary = stage.person("shuji").go("meetings").click("新建会议")
    secretary.fill("会议名称", TITLE).submit("新建会议", "会议已建好").open_row(TITLE)
    secretary.choose("待上会的需求", need).fill("动议", MOTION).submit("列入议程", "已列入议程").sees(MOTION)
    secretary.pick("列入其他事项").pick("多项选择").fill("议题名称", "四张长椅放在哪里")
    secretary.fill("题目", "从四处里选两处先放。").fill("选项，一行一个", PLACES)
    secretary.number("每人最多选几项", 2).number("选出几项", 2).fill("提议人", "街道")
    secretary.submit("列入议程", "已列入议程").sees("多项选择：4 项中每人最多选 2 项，入选 2 项")

    secretary.submit("通知已发出", "应到 16 人")
    stage.noted["meeting"] = secretary.page.url.rsplit("id=", 1)[1].split("&")[0]
    stage.noted["need"] = need


def test_a_screen_without_an_account_shows_the_hall_what_happens(stage: Stage, hall: Hall) -> None:
    stage.wait_until(stage.today() + timedelta(days=5))
    secretary = stage.person("shuji").go("screen").unfold("新建显示链接")
    secretary.fill("哪块屏幕", "二楼议事厅").submit("生成链接").sees("屏幕地址，只显示这一次")
    address = re.compile("/d/[0-9A-Za-z-]+")
    expect(secretary.page.locator("body")).to_contain_text(address)  # it is drawn after its heading
    found = address.search(secretary.page.locator("body").inner_text())
    assert found

    context = stage.browser.new_context(viewport={"width": ROOM[0], "height": ROOM[1]}, locale="zh-CN")
    hall.screen = context.new_page()
    hall.screen.goto(stage.server.base_url + found[0])
    console(stage).click("宣布开会").submit("现在就开会", "会议开始")
    expect(hall.screen.get_by_text(TITLE).first).to_be_visible()


def test_fourteen_slips_are_printed_and_handed_out(stage: Stage, hall: Hall) -> None:
    members = [name for (name,) in stage.ask("select name from body_member where body_id = 1 order by id")]
    secretary = console(stage).pick("签到").tick(members[:14]).submit("保存签到", "应到 16，实到 14").sees("到会有效")

    secretary.pick("票").number("印几张", 14).submit("生成票码", "已登记 14 张票")
    text = word_text(secretary.page, "下载票码单（Word）")
    hall.codes = list(dict.fromkeys(CODE.findall(text)))
    secretary.submit("已打印，清除票码").sees("可用 14")

    stored = {code for (code,) in stage.ask("select code_hash from slip")}
    assert len(hall.codes) == 14
    assert not stored & {code.replace("-", "") for code in hall.codes}


def test_the_recorder_keeps_the_floor_while_the_chair_leads(stage: Stage) -> None:
    console(stage).submit("开始讨论", "开始讨论")
    recorder = console(stage, "shegong1").pick("议题")
    recorder.fill("要点", "先装人多的路口").submit("记录", "已记录")

    stage.person("shuji").sees("先装人多的路口")


# --- the vote ---------------------------------------------------------------------------------------------------------


def test_five_phones_vote_by_slip_without_script_and_one_changes_its_mind(stage: Stage, hall: Hall) -> None:
    hall.phones = [a_phone(stage, code) for code in hall.codes[:5]]
    expect(hall.phones[0].get_by_text(TITLE).first).to_be_visible()
    secretary = console(stage).pick("议题").unfold("其他表决方式").pick("票码表决（无记名）")
    secretary.submit("开始表决", "开始票码表决")
    assert hall.screen
    expect(hall.screen.get_by_text("/v").first).to_be_visible()

    for phone, label in zip(hall.phones, ("反对", "赞成", "赞成", "赞成", "赞成"), strict=True):
        say(phone, label)  # the page that waits looks again by itself
        expect(phone.get_by_text("核对码").first).to_be_visible()
    first = hall.phones[0]
    first.get_by_role("link", name=re.compile("改")).first.click()
    say(first, "赞成")
    expect(first.get_by_text("赞成").first).to_be_visible()
    expect(hall.screen.get_by_text("5 / 14").first).to_be_visible()
    keep(stage, hall.phones[1], "slip-phone")
    keep(stage, hall.screen, "screen-vote")

    for code, choice in zip(hall.codes[5:], CHOICES[5:], strict=True):
        phone = a_phone(stage, code)
        say(phone, {"for": "赞成", "against": "反对", "abstain": "弃权"}[choice])
        expect(phone.get_by_text("核对码").first).to_be_visible()
        phone.context.close()
    secretary.sees("已投票 14 / 14 人").picture("console-vote", at=TITLE, height=1000)


def keep(stage: Stage, page: Page, name: str) -> None:
    if stage.pictures:
        page.screenshot(path=stage.pictures / f"{name}.png")


def test_nobody_sees_a_result_before_the_chair_announces_and_the_room_sees_it_when_it_is_revealed(
    stage: Stage, hall: Hall
) -> None:
    assert hall.screen
    secretary = console(stage).submit("截止表决", "表决已截止，还没有显示结果")
    expect(hall.screen.get_by_text("截止").first).to_be_visible()
    secretary.sees_no("赞成 9 票")
    secretary.submit("宣布结果", "表决结果：通过").sees("赞成 9 票、反对 4 票、弃权 1 票")
    expect(hall.screen.get_by_text("赞成 9 票")).to_have_count(0)

    secretary.submit("在大屏上公布这个结果", "大屏已公布结果")
    expect(hall.screen.get_by_text("赞成 9 票、反对 4 票、弃权 1 票").first).to_be_visible()


def test_a_voter_finds_the_own_vote_in_the_list_and_anybody_counts_the_file_again(
    stage: Stage, hall: Hall, tmp_path: Path
) -> None:
    phone = a_phone(stage, hall.codes[0])
    expect(phone.get_by_text("赞成").first).to_be_visible()
    check = phone.locator(".k").inner_text().strip()

    secretary = console(stage).pick("结果").choose("核对账目和选票").sees("发出 14", "账目")
    secretary.unfold("票码核对清单")
    secretary.sees(check)
    with secretary.page.expect_download() as waiting:
        secretary.page.get_by_role("button", name="下载选票文件（CSV）").click()
    file = tmp_path / "ballots.csv"
    file.write_bytes(Path(waiting.value.path()).read_bytes())
    done = subprocess.run(
        [sys.executable, "-m", "db", "recount", str(file)], cwd=ROOT, capture_output=True, text=True, check=True,
        env={"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"},
    )  # fmt: skip

    assert "赞成9票、反对4票、弃权1票" in done.stdout
    ((digest,),) = stage.ask("select file_hash from ballot where state = 'closed' order by id desc limit 1")
    assert digest in done.stdout
    secretary.sees(digest)


def test_two_of_four_places_are_chosen_and_the_room_sees_bars(stage: Stage, hall: Hall) -> None:
    secretary = console(stage).pick("议题").submit("开始讨论", "开始讨论").submit("票码表决（无记名）", "开始票码表决")
    for n, code in enumerate(hall.codes):
        phone = a_phone(stage, code)
        say(phone, "中心广场", "南门口" if n % 3 else "东门口")
        phone.context.close()
    secretary.sees("已投票 14 / 14 人").submit("截止表决", "表决已截止").submit("宣布结果", "表决结果：通过")
    secretary.submit("在大屏上公布这个结果", "大屏已公布结果")

    assert hall.screen
    expect(hall.screen.get_by_text("中心广场").first).to_be_visible()
    ((won,),) = stage.ask("select tally from ballot order by id desc limit 1")
    assert '"winners": [3, 2]' in won


# --- after ------------------------------------------------------------------------------------------------------------


def test_the_meeting_closes_with_minutes_that_hold_the_hash_of_every_ballot(stage: Stage) -> None:
    secretary = console(stage).pick("结果").click("宣布闭会").submit("现在闭会", "已闭会").pick("会议纪要")
    text = word_text(secretary.page, "下载会议纪要（Word）")

    hashes = [digest for (digest,) in stage.ask("select file_hash from ballot where meeting_id = ?", meeting_of(stage))]
    assert len(hashes) == 2
    assert all(digest in text for digest in hashes)
    assert "先装人多的路口" in text
    assert "赞成9票、反对4票、弃权1票" in text
    assert "{{" not in text


def meeting_of(stage: Stage) -> int:
    return int(stage.noted["meeting"])


def test_the_resolution_hangs_for_five_working_days_and_gets_an_owner(stage: Stage) -> None:
    secretary = stage.person("shuji").go("notices").choose("待公示的议题", TITLE)
    secretary.check("已核对，没有个人信息或可以公开").submit("开始公示", "已开始公示")
    ((notice, ends_on),) = stage.ask("select id, ends_on from notice order by id desc limit 1")
    secretary.go("tasks").unfold("给决议定责任人和时限")
    secretary.choose("决议", "四张长椅").fill("要做的事", "购买并安放长椅").fill("责任人", "物业周师傅")
    secretary.submit("定下责任人和时限", "决议事项已登记")
    stage.wait_until(date.fromisoformat(ends_on) + timedelta(days=1))

    secretary.go(f"notices?id={notice}").click("结束公示，转入立项").submit("确认结束公示", "公示已结束")


def test_nothing_in_the_house_joins_a_slip_and_a_choice(stage: Stage, hall: Hall) -> None:
    states = stage.ask("select state from agenda_item where meeting_id = ?", meeting_of(stage))
    ballots = stage.ask("select state from ballot where meeting_id = ?", meeting_of(stage))
    logged = stage.ask("select changes from audit_entry where table_name in ('slip', 'ballot', 'secret_vote')")
    said = stage.run("verify")

    assert [state for (state,) in states] == [ItemState.PASSED] * 2
    assert [state for (state,) in ballots] == [BallotState.CLOSED] * 2
    bare = [code.replace("-", "") for code in hall.codes]
    assert not [row for row in logged if any(code in str(row) for code in bare)]
    assert not [table for (table,) in stage.ask("select table_name from audit_entry") if table == "secret_vote"]
    assert "✗" not in said
    assert not [url for person in stage.people.values() for url in person.foreign]
