"""In a real browser: a sign-in is revoked or the page loaded anew in the middle of a form; nothing is lost unsaid."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Dialog, expect

from tests.journeys.person import Person
from tests.journeys.stage import Stage, stage_in
from tests.support.browser import PHONE

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::ResourceWarning")]

SAID = "𠮷喆家👵🏻楼道灯坏了半个月"


def revoke_everybody(stage: Stage) -> None:
    with closing(sqlite3.connect(f"{stage.server.env['YIQILAI_DATA_DIR']}/yiqilai.db", timeout=30)) as raw:
        raw.execute("UPDATE auth_session SET revoked_at = created_at")
        raw.commit()


def test_after_signing_in_again_the_form_is_as_it_was_and_is_stored_once(tmp_path: Path) -> None:
    with stage_in(tmp_path) as stage:
        worker = Person(stage.browser, stage.server.base_url, PHONE).sign_in("shegong1")
        worker.go("visit").pick("来访、来电等")
        worker.fill("楼栋", "3幢").choose("地点")
        worker.fill("居民原话", SAID).pick("设施维修·安全").pick("小区").number("大约影响多少人", 37)

        revoke_everybody(stage)
        worker.submit("登记需求")
        expect(worker.page.get_by_label("用户名")).to_be_visible()
        worker._enter()

        worker.is_told("已恢复您刚才填写的内容")
        expect(worker.page.get_by_label("居民原话")).to_have_value(SAID)
        expect(worker.page.get_by_role("spinbutton", name="大约影响多少人")).to_have_value("37")
        assert stage.ask("SELECT count(*) FROM need WHERE description = ?", SAID) == [(0,)]
        worker.submit("登记需求", "已记下")
        worker.go("visit")
        stored = stage.ask("SELECT people, building FROM need WHERE description = ?", SAID)
        assert stored == [(37, "3幢")]
        assert stage.ask("SELECT count(*) FROM draft") == [(0,)]
        assert worker.foreign == []


def test_the_browser_asks_before_it_loads_a_page_anew_with_words_that_were_not_sent(tmp_path: Path) -> None:
    with stage_in(tmp_path) as stage:
        secretary = stage.person("shuji").go("new-complaint")
        page, asked = secretary.page, list[str]()

        def stay(dialog: Dialog) -> None:
            asked.append(dialog.type)
            dialog.dismiss() if len(asked) == 1 else dialog.accept()

        page.on("dialog", stay)
        with secretary.answered():
            page.evaluate("location.reload()")
        assert asked == []

        # A browser asks only where somebody has pressed or typed by hand.
        words = page.get_by_label("诉求人原话")
        words.click()
        words.fill(SAID)
        page.evaluate("location.reload()")
        expect(words).to_have_value(SAID)
        assert asked == ["beforeunload"]

        # What is still wrong with the form was not stored: the words count.
        secretary.submit("登记投诉")
        expect(page.get_by_test_id("stAlert").first).to_be_visible()
        with secretary.answered():
            page.evaluate("location.reload()")
        expect(words).to_have_value("")
        assert asked == ["beforeunload"] * 2

        # What was stored counts no more.
        words.fill(SAID)
        secretary.pick("设施维修·安全").choose("地点", "柳林小区").submit("登记投诉")
        expect(page.get_by_text("LL-T").first).to_be_visible()
        secretary.go("new-complaint")
        assert asked == ["beforeunload"] * 2
