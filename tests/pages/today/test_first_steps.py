"""A new installation is led to its first meeting: steps ticked by what exists, gone once a meeting was held."""

import pytest
from streamlit.testing.v1 import AppTest

from components.today import first_steps
from db.terms import MeetingState, NeedStage, Role
from pages.public.icons import listed
from tests.builders.meetings import a_meeting
from tests.builders.needs import a_need
from tests.builders.world import World
from tests.support.signed_in import open_app, press, words

TITLE = "从这里开始：七步到第一次会议"


def test_the_administrator_is_led_and_takes_over_the_usual_lists_at_one_press(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = open_app(monkeypatch, small_world[Role.SUBDISTRICT_ADMIN].id)

    assert TITLE in words(app)
    assert "今天没有待办" not in words(app)
    app = press(app, "today.usual")
    assert "today.usual" not in {button.key for button in app.button}


def test_who_only_serves_is_not_led(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    assert TITLE not in words(open_app(monkeypatch, small_world[Role.VOLUNTEER].id))


def test_after_the_first_meeting_the_steps_are_gone(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    a_meeting(small_world, state=MeetingState.CLOSED)

    assert TITLE not in words(open_app(monkeypatch, small_world.secretary.id))


def test_without_a_household_no_round_is_said_to_be_done(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    app = open_app(monkeypatch, small_world.worker.id, "doors/rounds.py")

    assert "还没有登记过住户" in words(app)
    assert "都走到了" not in words(app)


@pytest.mark.parametrize(("who", "way"), [("secretary", ("去签字", "/register")), ("worker", ("去评分", "/screening"))])
def test_a_need_is_led_to_the_council_before_the_meeting(
    small_world: World, monkeypatch: pytest.MonkeyPatch, who: str, way: tuple[str, str]
) -> None:
    drawn: list[dict[str, str]] = []
    monkeypatch.setattr(first_steps, "block", lambda _name, data, **_more: drawn.extend(data["items"]))
    a_need(small_world)

    open_app(monkeypatch, getattr(small_world, who).id)

    step = next(item for item in drawn if item["title"] == "把第一件需求送上议事会")
    assert (step["act"], step["href"]) == way
    # Without its glyph an icon is drawn as the letters of its name, cut off.
    assert {item["kind"] for item in drawn} <= listed()[1]


def test_what_was_signed_is_not_to_be_signed_again(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[dict[str, str]] = []
    monkeypatch.setattr(first_steps, "block", lambda _name, data, **_more: drawn.extend(data["items"]))
    a_need(small_world, stage=NeedStage.REGISTERED)

    open_app(monkeypatch, small_world.secretary.id)

    step = next(item for item in drawn if item["title"] == "把第一件需求送上议事会")
    assert (step["act"], step["href"]) == ("去评分", "/screening")


def test_communities_are_compared_once_there_is_something_to_compare(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    first_day = open_app(monkeypatch, small_world[Role.SUBDISTRICT_ADMIN].id)
    a_meeting(small_world, state=MeetingState.CLOSED)
    later = open_app(monkeypatch, small_world[Role.SUBDISTRICT_ADMIN].id)

    def acts(app: AppTest) -> list[str]:
        return [str(button.key) for button in app.button if str(button.key).startswith("today.act.")]

    assert acts(first_day)[0] == "today.act.accounts"
    assert "today.act.communities" not in acts(first_day)
    assert acts(later)[0] == "today.act.communities"
