"""The meeting-room screen: what it says, that it polls cheaply, and that no name can get on it."""

import re
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from components.screen.words import slides
from components.wording import speaking
from db.actions.screen.displays import display_hash, make_display, new_display_code
from db.actions.screen.parts import choose_parts
from db.engine import reading
from db.models import DisplayLink
from db.queries.screen.screen import scene
from db.rules.screen.parts import USUAL
from db.rules.voting.decision import decide
from db.rules.voting.result import result_to_json
from db.terms import Choice, ItemState, Language, Outcome, Role, ScreenMode, ScreenPart, VoteMethod
from tests.builders.commitments import a_promise
from tests.builders.meetings import RULE, a_meeting, an_item
from tests.builders.needs import a_need
from tests.builders.projects import a_project
from tests.builders.rota import a_plain_rota, a_plain_turn, a_post, a_slot
from tests.builders.screen import steer
from tests.builders.volunteers import a_volunteer
from tests.builders.voting import a_ballot
from tests.builders.world import NOW, TODAY, World, do
from tests.support.screen_scenes import NAMES, Scenes
from tests.support.signed_in import open_app, words
from tests.support.statements import Statements

PAGE = "screen/screen.py"
ADDRESS = "http://liulin.example"


def said(world: World) -> list[dict[str, Any]]:
    with reading(world[Role.DISPLAY]) as session:
        return slides(scene(session, world.here, now=NOW), ADDRESS)


@pytest.mark.parametrize("role", [Role.DISPLAY, Role.SECRETARY])
def test_the_screen_opens_for_the_display_and_as_a_preview(
    small_world: World, monkeypatch: pytest.MonkeyPatch, role: Role
) -> None:
    a_need(small_world)

    app = open_app(monkeypatch, small_world[role].id, PAGE)

    assert not app.exception
    assert len(app.main.children) <= 60


def test_the_administrator_first_chooses_a_community(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    admin = small_world[Role.SUBDISTRICT_ADMIN].id

    asked = open_app(monkeypatch, admin, PAGE)
    shown = open_app(monkeypatch, admin, PAGE, community=str(small_world.there))

    assert "选一个社区" in words(asked)
    assert "选一个社区" not in words(shown)


def test_a_second_screen_of_the_community_costs_its_sign_in_only(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = open_app(monkeypatch, small_world[Role.DISPLAY].id, PAGE)

    with Statements() as counted:
        app.run()

    read = [text for text in counted.texts if text != "BEGIN"]
    assert len(read) <= 3
    assert not app.exception


def test_the_rotation_shows_every_part_in_words_and_four_rows_to_a_slide(small_world: World) -> None:
    a_need(small_world)
    a_project(small_world)

    titles = [slide["title"] for slide in said(small_world)]

    assert titles == ["需求办到哪一步", "项目进度", "本月数字", *["成效数字"] * 2, "本月活动"]
    assert all(slide["large"] and len(slide["rows"]) <= 6 for slide in said(small_world))


def test_a_rotation_with_every_part_costs_few_statements_and_half_of_them_when_the_figures_are_kept(
    small_world: World,
) -> None:
    kept: dict[int, Any] = {}

    def cost() -> int:
        with reading(small_world[Role.DISPLAY]) as session, Statements() as counted:
            scene(
                session, small_world.here, now=NOW, keep=lambda one, make: kept.get(one) or kept.setdefault(one, make())
            )
        return len([text for text in counted.texts if text != "BEGIN"])

    assert (cost() <= 15, cost() <= 9) == (True, True)


def test_the_desk_chooses_what_rotates_and_sees_the_choice_again(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_promise(small_world)
    app = open_app(monkeypatch, small_world.secretary.id, PAGE)
    at = f"screen_parts.{small_world.here}"
    assert app.pills(key=f"{at}.parts").value == list(USUAL)

    app.pills(key=f"{at}.parts").set_value([ScreenPart.WALL, ScreenPart.FIGURES])
    app.button(key=f"{at}.submit").click().run()

    assert not app.exception
    assert [slide["title"] for slide in said(small_world)] == ["党员承诺墙", "成效数字", "成效数字"]
    again = open_app(monkeypatch, small_world.secretary.id, PAGE)
    assert again.pills(key=f"{at}.parts").value == [ScreenPart.WALL, ScreenPart.FIGURES]


def test_the_desk_chooses_which_rota_the_station_shows(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    tomorrow = TODAY + timedelta(days=1)
    large, small = a_plain_rota(small_world, "春运"), a_plain_rota(small_world, "护学岗")
    for rota, places in ((large, 9), (small, 1)):
        a_slot(small_world, rota, a_post(small_world, rota), tomorrow, 8, places=places)
    app = open_app(monkeypatch, small_world.secretary.id, PAGE)
    at = f"screen_parts.{small_world.here}"

    app.pills(key=f"{at}.parts").set_value([ScreenPart.STATIONS])
    app.multiselect(key=f"{at}.rotas").set_value([small])
    app.button(key=f"{at}.submit").click().run()

    assert not app.exception
    assert [slide["title"].partition(" · ")[0] for slide in said(small_world)] == ["护学岗"]
    again = open_app(monkeypatch, small_world.secretary.id, PAGE)
    assert again.multiselect(key=f"{at}.rotas").value == [small]


def test_who_saves_second_is_told_what_rotates_now(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    app = open_app(monkeypatch, small_world.secretary.id, PAGE)
    do(small_world[Role.SUBDISTRICT_ADMIN], choose_parts, community_id=small_world.here, version=0,
       parts=[ScreenPart.MONTH])  # fmt: skip

    app.pills(key=f"screen_parts.{small_world.here}.parts").set_value([ScreenPart.STAGES])
    app.button(key=f"screen_parts.{small_world.here}.submit").click().run()

    assert not app.exception
    assert [slide["title"] for slide in said(small_world)] == ["本月数字"]


def test_a_station_says_today_which_posts_lack_people_and_names_nobody(small_world: World) -> None:
    rota, tomorrow = a_plain_rota(small_world), TODAY + timedelta(days=1)
    slots = [a_slot(small_world, rota, a_post(small_world, rota, name), tomorrow, 8) for name in ("进站口", "出站口")]
    a_plain_turn(small_world, slots[0], a_volunteer(small_world, "V-1"))

    slide = next(slide for slide in said(small_world) if slide["kind"] == "list" and "班次" in slide["note"])

    assert slide["note"] == "2 个班次，还缺 1 人次；到服务台或手机上认领"
    assert slide["rows"][1]["reason"] == "宁波站 · 已有 0 人，共要 1 人"
    assert [(row["state"], row["colour"], row["name"]) for row in slide["rows"]] == [
        ("已满", "green", "08:00—11:00  进站口"), ("缺 1 人", "red", "08:00—11:00  出站口"),
    ]  # fmt: skip
    assert "志愿者" not in str(slide)
    assert "V-1" not in str(slide)


def test_during_a_ballot_only_method_and_turnout_are_said(small_world: World) -> None:
    meeting = a_meeting(small_world)
    item = an_item(small_world, meeting, state=ItemState.VOTING)
    a_ballot(small_world, meeting, item, VoteMethod.NAMED, votes=9)
    steer(small_world, mode=ScreenMode.MEETING, meeting_id=meeting, item_id=item)

    (slide,) = said(small_world)

    assert slide["turnout"] == "已投 9 / 14"
    assert slide["light"] == {"colour": "green", "mark": "yes", "words": "应到 16 · 实到 14 · 需 11，到会有效"}
    assert "votes" not in slide
    assert Choice.FOR.value not in str(slide)


def test_a_revealed_result_is_one_large_word_with_three_counts_and_its_sentence(small_world: World) -> None:
    meeting = a_meeting(small_world)
    decision = decide(RULE, due=16, present=14, votes_for=7, votes_against=5, votes_abstain=2)
    item = an_item(
        small_world,
        meeting,
        state=ItemState.NOT_PASSED,
        outcome=Outcome.NOT_PASSED,
        decision=result_to_json(decision),
    )
    steer(small_world, mode=ScreenMode.MEETING, meeting_id=meeting, item_id=item, revealed=True)

    (slide,) = said(small_world)

    assert slide["verdict"] == {"word": "未通过", "colour": "red", "mark": "no"}
    assert [(vote["name"], vote["value"]) for vote in slide["votes"]] == [("赞成", 7), ("反对", 5), ("弃权", 2)]
    assert "7 票未超过实到 14 人的半数" in slide["sentence"]


def test_a_result_that_is_not_announced_yet_says_only_that_it_is_coming(small_world: World) -> None:
    meeting = a_meeting(small_world)
    decision = decide(RULE, due=16, present=14, votes_for=8, votes_against=4, votes_abstain=2)
    item = an_item(
        small_world, meeting, state=ItemState.PASSED, outcome=Outcome.PASSED, decision=result_to_json(decision)
    )
    steer(small_world, mode=ScreenMode.MEETING, meeting_id=meeting, item_id=item)

    (slide,) = said(small_world)

    assert slide["hint"] == "表决已结束，等待主持人宣布结果"
    assert "通过" not in str(slide)


# --- the desk -----------------------------------------------------------------------------------------------


def test_a_link_is_made_and_its_address_shown_until_it_is_put_away(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = open_app(monkeypatch, small_world.secretary.id, PAGE)
    app.text_input(key="display_new.name").set_value("一楼议事厅")

    app.button(key="display_new.submit").click().run()

    with reading(small_world.secretary) as session:
        (link,) = session.scalars(select(DisplayLink)).all()
    address = app.code[0].value
    assert display_hash(address.rsplit("/", 1)[1]) == link.token_hash
    assert "一楼议事厅" in words(app)

    app.button(key="screen.made.done").click().run()

    assert not app.code
    assert app.text_input(key="display_new.name").value == ""


def test_a_link_without_a_name_is_asked_for_it_and_nothing_is_stored(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = open_app(monkeypatch, small_world.secretary.id, PAGE)

    app.button(key="display_new.submit").click().run()

    assert [error.value for error in app.error] == ["请填写这一项。"]
    assert not app.code


def test_a_revoked_link_leaves_the_list(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    link = do(small_world.secretary, make_display, name="旧电视", code=new_display_code())
    app = open_app(monkeypatch, small_world.secretary.id, PAGE)
    app.selectbox(key="display_revoke.link_id").set_value(link)

    app.button(key="display_revoke.submit").click().run()

    assert not app.exception
    assert "旧电视" not in words(app)


def test_a_display_account_sees_no_desk(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    app = open_app(monkeypatch, small_world[Role.DISPLAY].id, PAGE)

    assert "显示链接" not in words(app)
    assert not app.button


@pytest.mark.parametrize("scene_name", NAMES)
def test_every_scene_has_words_in_english_too(small_world: World, scene_name: str) -> None:
    getattr(Scenes(small_world), scene_name)()

    with reading(small_world[Role.DISPLAY]) as session:
        found = scene(session, small_world.here, now=NOW)
    with speaking(Language.ENGLISH):
        (slide, *_more) = slides(found, ADDRESS)

    said = " ".join(str(slide.get(part, "")) for part in ("method", "turnout", "hint", "counting", "stopped", "note"))
    assert not re.search("[一-鿿]", re.sub("社区议事厅", "", said))
