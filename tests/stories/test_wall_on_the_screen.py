"""A2-02: the desk puts the wall of promises on the room's screen; what is withdrawn or over is gone at once."""

import json
from typing import Any

import pytest

from components.screen.shared import Shared
from db.actions.commitments.commitments import end_commitment
from db.actions.people.consents import record_consent, withdraw_consent
from db.actions.screen.displays import make_display, new_display_code
from db.actions.screen.parts import choose_parts
from db.models import Member
from db.rules.people.consent_input import ConsentInput
from db.terms import ConsentScope, ConsentWay, ScreenPart
from pages.public import display
from tests.builders.commitments import a_promise, on_the_roll, version_of
from tests.builders.world import NOW, TODAY, World, do, row
from tests.support.phone import Phone


@pytest.fixture(autouse=True)
def _pulse_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every poll reads the pulse; what is shown is kept as long as in the house, so a change must show by itself."""
    monkeypatch.setattr(display, "PULSES", Shared(0))
    monkeypatch.setattr(display, "SLIDES", Shared(20))
    monkeypatch.setattr(display, "utc_now", lambda: NOW)


def test_the_wall_turns_on_the_screen_and_forgets_at_once(world: World) -> None:
    phone, code = Phone(display.routes), new_display_code()
    do(world.secretary, make_display, name="一楼大厅", code=code)
    member = on_the_roll(world, phone="13911112222")
    promise = a_promise(world, member, what="每周上门量血压")
    for number in range(2, 7):
        a_promise(world, on_the_roll(world, f"LL-M000{number}"), what=f"照看第{number}幢的老人")

    def slides() -> list[dict[str, Any]]:
        answer = phone.get(f"/d/{code}/now")
        assert "13911112222" not in answer.html
        found: list[dict[str, Any]] = json.loads(answer.html)["slides"]
        return found

    # Nobody chose: what names nobody is shown.
    usual = ["需求办到哪一步", "项目进度", "本月数字", "成效数字", "本月活动"]
    assert list(dict.fromkeys(slide["title"] for slide in slides())) == usual

    # The desk adds the wall: six promises on two pages that turn, by number, with the surname alone.
    do(world.secretary, choose_parts, community_id=world.here, version=0, parts=[ScreenPart.MONTH, ScreenPart.WALL])
    month, *wall = slides()
    assert (month["title"], [len(slide["rows"]) for slide in wall]) == ("本月数字", [4, 2])
    assert wall[0]["rows"][0] == {"name": "每周上门量血压（3 名老年党员）", "reason": "党同志 · 每月 1 次"}

    # The whole name by consent, and not a turn longer; nor a promise that ended.
    stated = ConsentInput(ConsentScope.WALL, TODAY, ConsentWay.PAPER, "全名写在承诺墙上", member_id=member)
    agreed = do(world.worker, record_consent, given=stated)
    name = row(world, Member, member).name
    assert slides()[1]["rows"][0]["reason"] == f"{name} · 每月 1 次"
    do(world.worker, withdraw_consent, consent_id=agreed, reason="本人要求")
    assert name not in str(slides())
    do(world.secretary, end_commitment, commitment_id=promise, version=version_of(promise), reason="迁出")
    assert "每周上门量血压" not in str(slides())

    # All parts: the figures hide small numbers of people.
    do(world.secretary, choose_parts, community_id=world.here, version=1, parts=list(ScreenPart))
    tiles = [tile for slide in slides() if slide["title"] == "成效数字" for tile in slide["rows"]]
    assert [tile["name"] for tile in tiles] == [
        "党员参与率", "解决问题（件）", "服务时长同比", "群众满意率", "服务场次（场）", "受益居民（户）",
        "党员领办民生项目（个）",
    ]  # fmt: skip
    assert tiles[0] == {"name": "党员参与率", "value": "<5", "base": "n=6"}
    assert tiles[5]["value"] == "<5"
