"""The pages of meetings: plans, an agenda, a whole item run by clicks, a result for its members; within the budgets."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from db.actions.voting.voting import cast_vote, open_ballot
from db.counters import day_of
from db.engine import as_system, utc_now
from db.models import AgendaItem, Meeting
from db.terms import Choice, MeetingState, Role, VoteMethod
from tests.builders.meetings import a_convened, a_draft, in_session
from tests.builders.needs import a_need_for_council
from tests.builders.voting import vote_by_hands
from tests.builders.world import World, do, row
from tests.support.signed_in import elements, keys, open_app, press, words
from tests.support.statements import Statements

MEETINGS, MEETING, VOTE = "meetings/meetings.py", "meetings/meeting.py", "voting/vote.py"


def test_only_the_secretary_plans_a_meeting(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    member = open_app(monkeypatch, small_world[Role.COUNCIL_MEMBER].id, MEETINGS)
    secretary = open_app(monkeypatch, small_world.secretary.id, MEETINGS)

    assert "prepare_meeting.title" not in keys(member)
    assert "prepare_meeting.title" in keys(secretary)


def test_a_meeting_that_does_not_exist_is_told_and_not_a_crash(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    for wrong in ("999999", "abc", "", "1;drop"):
        app = open_app(monkeypatch, small_world.secretary.id, MEETING, id=wrong)
        assert not app.exception


def test_the_meeting_of_another_community_is_not_found(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    meeting, _ = a_convened(small_world)

    app = open_app(monkeypatch, small_world.other_secretary.id, MEETING, id=str(meeting))

    assert not app.exception
    assert "楼道灯" not in words(app)


def test_a_meeting_is_planned_and_opens_with_its_agenda(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    app = open_app(monkeypatch, small_world.secretary.id, MEETINGS)

    app.text_input(key="prepare_meeting.title").input("三月议事会")
    press(app, "prepare_meeting.submit")

    with as_system("test") as session:
        meeting = session.query(Meeting).one()
        assert (meeting.title, meeting.term, meeting.number) == ("三月议事会", 3, 1)


def test_a_need_comes_on_the_agenda_by_the_page(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    meeting = a_draft(small_world)
    a_need_for_council(small_world)
    app = open_app(monkeypatch, small_world.secretary.id, MEETING, id=str(meeting))

    app.selectbox(key="add_need.need_id").select_index(0)
    app.text_area(key="add_need.motion").input("加装感应灯")
    press(app, "add_need.submit")

    with as_system("test") as session:
        assert session.query(AgendaItem).one().motion == "加装感应灯"


def test_below_the_quorum_the_console_says_so_and_offers_no_vote(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    meeting, items = in_session(small_world, present=10)

    app = open_app(monkeypatch, small_world.secretary.id, MEETING, id=str(meeting))

    assert "应到 16 · 实到 10 · 需 11" in words(app)
    assert "不得表决" in words(app)
    assert f"hands.{items[0]}" not in keys(app)


def test_a_whole_item_is_run_by_clicks_from_discussion_to_its_result(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    meeting, items = in_session(small_world)
    app = open_app(monkeypatch, small_world.secretary.id, MEETING, id=str(meeting))

    press(app, f"start.{items[0]}")
    press(app, f"hands.{items[0]}")
    for teller in ("计票甲", "监票乙"):
        ballot = next(key.split(".")[1] for key in keys(app) if key.startswith("count."))
        name = f"count.{ballot}.0"
        app.text_input(key=f"{name}.name").input(teller)
        for field, votes in (("votes_for", 8), ("votes_against", 4), ("votes_abstain", 2)):
            app.number_input(key=f"{name}.{field}").set_value(votes)
        press(app, f"{name}.submit")
    press(app, f"close.{ballot}")

    assert not app.exception
    assert row(small_world, AgendaItem, items[0]).outcome.value == "passed"


def test_the_first_tellers_numbers_are_nowhere_on_the_page(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    from db.actions.voting.voting import enter_count

    meeting, items = in_session(small_world)
    ballot = do(small_world.secretary, open_ballot, item_id=items[0], method=VoteMethod.HANDS)
    do(
        small_world.secretary,
        enter_count,
        ballot_id=ballot,
        teller=1,
        name="计票甲",
        votes_for=9,
        votes_against=3,
        votes_abstain=2,
    )

    app = open_app(monkeypatch, small_world.secretary.id, MEETING, id=str(meeting))

    assert all(number.value is None for number in app.number_input)
    assert "9" not in "".join(element.value for element in app.text)


def test_while_a_named_ballot_is_open_only_its_turnout_is_shown(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    meeting, items = in_session(small_world)
    ballot = do(small_world.secretary, open_ballot, item_id=items[0], method=VoteMethod.NAMED)
    do(small_world[Role.COUNCIL_MEMBER], cast_vote, ballot_id=ballot, choice=Choice.AGAINST)

    app = open_app(monkeypatch, small_world.secretary.id, MEETING, id=str(meeting))

    assert "已投票 1 / 14 人" in words(app)
    assert "反对1" not in words(app)


def test_a_rejected_item_asks_for_words_before_anything_else(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    meeting, items = in_session(small_world, needs=2)
    vote_by_hands(small_world, items[0], 7, 5, 2)

    app = open_app(monkeypatch, small_world.secretary.id, MEETING, id=str(meeting))

    proposed = app.text_area(key=f"words.{items[0]}.reason").value
    assert proposed == (
        "应到16人，实到14人，达到法定人数11人；赞成7票、反对5票、弃权2票；7票未超过实到14人的半数（需8票）：未通过。"
    )


def test_an_owners_matter_is_labelled_wherever_it_is_shown(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    meeting, items = in_session(small_world)
    with as_system("test") as session:
        session.get(AgendaItem, items[0]).owners_matter = True  # type: ignore[union-attr]
    ballot = do(small_world.secretary, open_ballot, item_id=items[0], method=VoteMethod.NAMED)
    assert ballot

    console = open_app(monkeypatch, small_world.secretary.id, MEETING, id=str(meeting))
    phone = open_app(monkeypatch, small_world[Role.COUNCIL_MEMBER].id, VOTE)

    assert "仅供业主大会参考" in words(console)
    assert "仅供业主大会参考" in words(phone)


SETTINGS: dict[str, Callable[[World], int]] = {
    "draft": lambda world: a_draft(world),
    "convened": lambda world: a_convened(world, needs=3)[0],
    "open": lambda world: in_session(world, needs=3)[0],
}


@pytest.mark.parametrize("part", ["sheet", "items", "results"])
@pytest.mark.parametrize("setting", list(SETTINGS))
def test_the_console_keeps_its_budgets(
    small_world: World, monkeypatch: pytest.MonkeyPatch, setting: str, part: str
) -> None:
    a_need_for_council(small_world)
    meeting = SETTINGS[setting](small_world)
    app = open_app(monkeypatch, small_world.secretary.id, MEETING, id=str(meeting))
    switches = [control for control in app.segmented_control if str(control.key).startswith("part.")]

    for switch in switches:
        switch.set_value(part)
    with Statements() as counted:
        app.run()

    assert not app.exception
    assert elements(app.main) <= 60
    assert counted.n <= 15, counted.texts


def test_a_closed_meeting_shows_its_results_to_members(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    from db.actions.meetings.meetings import close_meeting

    meeting, items = in_session(small_world)
    vote_by_hands(small_world, items[0], 8, 4, 2)
    version = row(small_world, Meeting, meeting).version
    do(small_world.secretary, close_meeting, meeting_id=meeting, version=version)
    assert row(small_world, Meeting, meeting).state is MeetingState.CLOSED

    app = open_app(monkeypatch, small_world[Role.COUNCIL_MEMBER].id, MEETING, id=str(meeting))

    assert not app.exception
    assert "下一步" in words(app)


def test_a_called_meeting_is_moved_on_the_page(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    meeting, _ = a_convened(small_world)
    form = f"move_meeting.{row(small_world, Meeting, meeting).version}"
    app = open_app(monkeypatch, small_world.secretary.id, MEETING, id=str(meeting))
    app.segmented_control(key="part.open_meeting").set_value("preparation").run()

    app.date_input(key=f"{form}.at").set_value(day_of(utc_now()) + timedelta(days=20))
    app.text_input(key=f"{form}.place").input("文化礼堂")
    app = press(app, f"{form}.submit")
    assert "请填写这一项。" in words(app)
    app.text_input(key=f"{form}.reason").input("台风")
    app = press(app, f"{form}.submit")

    assert not app.exception
    assert row(small_world, Meeting, meeting).place == "文化礼堂"
    assert "会议改期：原定" in words(app)
    assert "原因：台风" in words(app)


def test_before_its_day_a_meeting_shows_its_preparation_and_asks_before_it_opens(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    meeting, _ = a_convened(small_world)
    with as_system("test") as session:
        session.get_one(Meeting, meeting).at = utc_now() + timedelta(days=5)
    with Statements() as counted:
        app = open_app(monkeypatch, small_world.secretary.id, MEETING, id=str(meeting))
    assert "还有 5 天" in words(app)
    assert "通知送达 0 / 16 人" in words(app)
    assert (elements(app.main) <= 60, counted.n <= 15) == (True, True)

    app = press(app, "all_told")
    assert "通知送达 16 / 16 人" in words(app)
    assert "all_told" not in keys(app)

    assert "不是今天" in words(app)
    app = press(app, "open_meeting")
    assert row(small_world, Meeting, meeting).state is MeetingState.OPEN
    app = press(app, "take_back_opening")

    assert not app.exception
    assert row(small_world, Meeting, meeting).state is MeetingState.CONVENED
