"""The console of a meeting: ways of asking, ways of voting, and what is shown before and after a result."""

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from components.voting.ballot_paper import Unreadable, read_sheet
from components.voting.question_form import Unreadable as BadOptions
from components.voting.question_form import read_options
from db.actions.meetings.agenda import asked
from db.actions.meetings.discussion import move_amendment, start_item
from db.actions.meetings.meetings import add_item, cancel_meeting, reword_item
from db.actions.voting.voting import cast_for_member, close_ballot, open_ballot
from db.engine import as_system, reading, utc_now
from db.errors import BadInput
from db.models import AgendaItem, Ballot, DiscussionPoint, HandCount, Meeting, NamedVote, Slip
from db.rules.voting.question import Question
from db.terms import BallotState, QuestionKind, RankRule, Role, VoteMethod
from tests.builders.meetings import a_draft, in_session
from tests.builders.voting import vote_by_hands
from tests.builders.world import World, do, row
from tests.support.signed_in import open_app, press, words

MEETING, VOTE = "meetings/meeting.py", "voting/vote.py"
PLACES: dict[str, Any] = {
    "kind": "choose",
    "options": [["东门", 0], ["南门", 0], ["广场", 0]],
    "seats": 2,
    "most": 2,
    "threshold": None,
    "budget": 0,
    "budget_rule": "by_votes",
}
CHOOSE = Question.from_json({**PLACES, "version": 1})
RANK = Question.from_json({**PLACES, "version": 1, "kind": "rank"})
SCORE = Question.from_json({**PLACES, "version": 1, "kind": "score"})


def keys(app: AppTest) -> set[str]:
    return {str(button.key) for button in app.button}


def stored(world: World, model: Any) -> list[Any]:
    with reading(world.secretary) as session:
        return list(session.query(model).all())


def asking(world: World, question: dict[str, Any]) -> tuple[int, int]:
    """A meeting in session whose one item asks a question."""
    meeting, items = in_session(world)
    with as_system("test") as session:
        found = session.get(AgendaItem, items[0])
        assert found is not None
        found.question = {**question, "version": 1}
    return meeting, items[0]


# --- the agenda ---------------------------------------------------------------------------------------


def test_an_item_with_options_is_typed_one_a_line(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    meeting = a_draft(small_world)
    app = open_app(monkeypatch, small_world.secretary.id, MEETING, id=str(meeting))
    app.segmented_control(key="draft_way").set_value("item").run()
    app.segmented_control(key="add_item_kind").set_value(QuestionKind.BUDGET).run()

    app.text_input(key="add_item.title").input("微项目")
    app.text_area(key="add_item.motion").input("选出要做的")
    app.text_input(key="add_item.proposer").input("街道")
    app.number_input(key="add_item.budget").set_value(50000)
    app.selectbox(key="add_item.budget_rule").select_index(4)
    app.text_area(key="add_item.options").input("扶手 | 22,000元\n沙坑 15000")
    press(app, "add_item.submit")
    assert "第 2 行" in words(app)
    assert app.text_input(key="add_item.title").value == "微项目"
    app.text_area(key="add_item.options").input("扶手 | 22,000元\n沙坑 | 15000")
    press(app, "add_item.submit")

    (item,) = stored(small_world, AgendaItem)
    assert item.question["options"] == [["扶手", 22000], ["沙坑", 15000]]
    assert (item.question["budget_rule"], item.question["completion"]) == ("equal_shares", "raised_by_votes")


@pytest.mark.parametrize(
    ("question", "field"),
    [
        ({**PLACES, "options": [["东门", 0]]}, "options"),
        ({**PLACES, "options": [["东门", 0], ["东门", 0]]}, "options"),
        ({**PLACES, "options": [["东门", 0], ["", 0]]}, "options"),
        ({**PLACES, "most": 4}, "most"),
        ({**PLACES, "seats": None}, "seats"),
        ({**PLACES, "threshold": {"numerator": 3, "denominator": 2, "strict": True}}, "threshold"),
        ({**PLACES, "kind": "budget", "budget": 10}, "options"),
        ({**PLACES, "kind": "lottery"}, "question"),
        ({**PLACES, "kind": "rank", "rank_rule": "coin"}, "rank_rule"),
        (
            {**PLACES, "kind": "budget", "options": [["椅", 9], ["灯", 9]], "budget": 9, "completion": "raised"},
            "completion",
        ),
        ("choose", "question"),
    ],
)
def test_a_question_that_cannot_be_is_told_at_its_field(question: Any, field: str) -> None:
    with pytest.raises(BadInput) as told:
        asked(question)

    assert told.value.field == field


def test_a_ranking_is_kept_with_its_rule_and_a_choice_without_one() -> None:
    scottish = asked({**PLACES, "kind": "rank", "rank_rule": "scottish"})
    ranked, chosen = asked({**PLACES, "kind": "rank"}), asked(PLACES)

    assert scottish is not None
    assert ranked is not None
    assert Question.from_json(scottish).rank_rule is RankRule.SCOTTISH
    assert Question.from_json(ranked).named
    assert chosen == CHOOSE.to_json()


def test_an_item_is_reworded_while_the_notice_is_not_out(small_world: World) -> None:
    meeting = a_draft(small_world)
    made = {"title": "座椅", "motion": "放哪里", "proposer": "街道"}
    item = do(small_world.secretary, add_item, meeting_id=meeting, **made)

    version = row(small_world, AgendaItem, item).version
    more = {"motion": "先放两处", "question": PLACES, "short_title": "座椅点位"}
    do(small_world.secretary, reword_item, item_id=item, version=version, **more)

    kept = row(small_world, AgendaItem, item)
    assert (kept.motion, kept.short_title) == ("先放两处", "座椅点位")
    assert Question.from_json(kept.question) == CHOOSE


def test_a_cancelled_meeting_says_why(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    meeting = a_draft(small_world)
    version = row(small_world, Meeting, meeting).version
    do(small_world.secretary, cancel_meeting, meeting_id=meeting, version=version, reason="台风")

    app = open_app(monkeypatch, small_world.secretary.id, MEETING, id=str(meeting))

    assert "取消的原因：台风" in words(app)


# --- running ------------------------------------------------------------------------------------------


def test_a_vote_is_stopped_taken_up_again_and_announced(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    meeting, items = in_session(small_world)
    ballot = do(small_world.secretary, open_ballot, item_id=items[0], method=VoteMethod.NAMED)
    app = open_app(monkeypatch, small_world.secretary.id, MEETING, id=str(meeting))

    press(app, f"stop.{ballot}")
    assert row(small_world, Ballot, ballot).state is BallotState.STOPPED
    assert "赞成 0 票" not in words(app)
    resume, close = (app.button(key=f"{step}.{ballot}") for step in ("resume", "close"))
    shown = [button.key for button in app.button]
    assert shown.index(resume.key) < shown.index(close.key)  # a second press of the same finger announces nothing
    assert not close.proto.shortcut
    press(app, f"resume.{ballot}")
    assert row(small_world, Ballot, ballot).state is BallotState.OPEN
    press(app, f"stop.{ballot}")
    press(app, f"close.{ballot}")

    assert row(small_world, Ballot, ballot).state is BallotState.CLOSED


def test_there_is_nothing_to_announce_before_two_have_counted(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    meeting, items = in_session(small_world)
    ballot = do(small_world.secretary, open_ballot, item_id=items[0], method=VoteMethod.HANDS)

    app = open_app(monkeypatch, small_world.secretary.id, MEETING, id=str(meeting))

    assert f"close.{ballot}" not in keys(app)


def test_the_recorder_is_offered_no_step_of_the_chair(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    meeting, items = in_session(small_world)
    chair = open_app(monkeypatch, small_world.secretary.id, MEETING, id=str(meeting))
    press(chair, f"start.{items[0]}")

    recorder = open_app(monkeypatch, small_world.worker.id, MEETING, id=str(meeting))

    assert f"hands.{items[0]}" not in keys(recorder)
    assert f"point.{items[0]}.submit" in keys(recorder)


def test_a_question_with_options_is_not_voted_on_by_hands(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    meeting, item = asking(small_world, PLACES)
    app = open_app(monkeypatch, small_world.secretary.id, MEETING, id=str(meeting))

    press(app, f"start.{item}")

    assert f"hands.{item}" not in keys(app)
    assert f"named.{item}" in keys(app)


def test_slips_are_printed_once_and_their_codes_are_not_in_the_database(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    meeting, _items = in_session(small_world)
    app = open_app(monkeypatch, small_world.secretary.id, MEETING, id=str(meeting))
    next(c for c in app.segmented_control if str(c.key).startswith("part.")).set_value("slips").run()

    press(app, "print_slips.submit")

    assert not app.exception
    printed = app.session_state["_slips.printed"].left(utc_now())
    slips = stored(small_world, Slip)
    assert len(slips) == len(printed) == 14
    assert not {code for _serial, code in printed} & {slip.code_hash for slip in slips}
    press(app, "slips_clear")
    assert "_slips.printed" not in app.session_state


def test_after_the_announcement_the_books_and_the_hash_are_shown(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    meeting, item = asking(small_world, PLACES)
    ballot = do(small_world.secretary, open_ballot, item_id=item, method=VoteMethod.ASSISTED)
    for member, choice in zip(small_world.members[:3], ("1,3", "3", "abstain"), strict=True):
        said = {"ballot_id": ballot, "member_id": member, "choice": choice, "witness": "见证甲"}
        do(small_world.secretary, cast_for_member, **said)
    do(small_world.secretary, close_ballot, ballot_id=ballot)
    app = open_app(monkeypatch, small_world.secretary.id, MEETING, id=str(meeting))
    next(c for c in app.segmented_control if str(c.key).startswith("part.")).set_value("results").run()

    app.selectbox(key=f"proof.{meeting}").select_index(0).run()

    assert not app.exception
    shown = words(app)
    assert row(small_world, Ballot, ballot).file_hash in shown
    assert "发出 14 = 收回 3 + 未投 11" in shown.replace("\\", "")
    assert "见证甲" in shown
    press(app, f"take.ballot_table.ballots-{ballot}-table.csv")
    assert not app.exception


# --- one's own phone ----------------------------------------------------------------------------------


def test_a_member_chooses_on_a_phone_and_too_many_are_told(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    _, item = asking(small_world, PLACES)
    ballot = do(small_world.secretary, open_ballot, item_id=item, method=VoteMethod.NAMED)
    app = open_app(monkeypatch, small_world[Role.COUNCIL_MEMBER].id, VOTE)
    name = next(str(key).removesuffix(".submit") for key in keys(app) if key.startswith(f"vote.{ballot}."))

    app.pills(key=f"{name}.choice").set_value([1, 2, 3])
    press(app, f"{name}.submit")
    assert "最多选 2 项，现在选了 3 项。" in words(app)
    app.pills(key=f"{name}.choice").set_value([3, 1])
    press(app, f"{name}.submit")

    assert "您已表决：1、3" in words(app)
    assert [vote.choice for vote in stored(small_world, NamedVote)] == ["1,3"]


# --- what is typed ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "text", "sheet"),
    [
        (CHOOSE, "1 3 × 4\n2x3\n3、1 *1\n\n弃权 × 2\n3", {"1,3": 5, "2": 3, "abstain": 2, "3": 1}),
        (RANK, "3 > 1 > 2 × 4\n3>1>2", {"3>1>2": 5}),
        (SCORE, "8 0 10 × 3\n- 5,5", {"8,0,10": 3, "-,5,5": 1}),
    ],
)
def test_a_counted_sheet_is_read_line_by_line(question: Question, text: str, sheet: dict[str, int]) -> None:
    assert read_sheet(question, text) == sheet


@pytest.mark.parametrize("line", ["1 2 3 × 4", "9", "1 1", "一", "1 × 0"])
def test_a_line_that_cannot_be_is_told_with_its_number(line: str) -> None:
    with pytest.raises(Unreadable, match="第 2 行"):
        read_sheet(CHOOSE, f"1 × 2\n{line}")


@pytest.mark.parametrize("text", ["扶手", "扶手 | 九千", "扶手 | 0", "| 9000", "扶手 | 9000\n扶手 | 8000"])
def test_a_budget_line_says_what_it_lacks(text: str) -> None:
    with pytest.raises(BadOptions):
        read_options(f"{text}\n沙坑 | 15000", with_cost=True)


def test_the_hands_of_an_amendment_are_kept_with_it(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    meeting, items = in_session(small_world)
    do(small_world.secretary, start_item, item_id=items[0])
    point = do(small_world.secretary, move_amendment, item_id=items[0], new_motion="先装 6 盏")
    app = open_app(monkeypatch, small_world.secretary.id, "meetings/meeting.py", id=str(meeting))

    app.number_input(key=f"votes_for.{point}").set_value(9)
    app.number_input(key=f"votes_against.{point}").set_value(5)
    app.button(key=f"carry.{point}").click().run()

    kept = row(small_world, DiscussionPoint, point)
    assert kept.carried
    assert "9" in kept.words
    assert "5" in kept.words
    assert row(small_world, AgendaItem, items[0]).motion == "先装 6 盏"


def test_the_roll_stays_open_when_the_quorum_is_reached(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The next step changes under the recorder's finger; the names must not jump away."""
    meeting, _items = in_session(small_world, present=10)
    app = open_app(monkeypatch, small_world.worker.id, MEETING, id=str(meeting))
    next(one for one in app.segmented_control if str(one.key).startswith("part.")).set_value("sheet").run()

    def roll() -> Any:
        return next((group for group in app.button_group if str(group.key).startswith("roll.")), None)

    roll().set_value(small_world.members[:11]).run()

    assert not app.exception
    assert "实到 11" in words(app)
    assert roll() is not None


def test_everybody_is_there_by_one_press_and_two_are_taken_out(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """14 of 16 in three presses: all, and a tap for each who is missing."""
    meeting, _items = in_session(small_world, present=0)
    app = open_app(monkeypatch, small_world.secretary.id, MEETING, id=str(meeting))

    press(app, "step_all_present")
    for gone in small_world.members[14:]:
        roll = next(group for group in app.button_group if str(group.key).startswith("roll."))
        ticked: Any = roll.value
        roll.set_value([one for one in ticked if one != gone]).run()

    assert not app.exception
    assert "实到 14" in words(app)


def test_two_who_count_again_need_not_be_named_again(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    meeting, items = in_session(small_world, needs=2)
    vote_by_hands(small_world, items[0], 8, 4, 2)
    do(small_world.secretary, start_item, item_id=items[1])
    ballot = do(small_world.secretary, open_ballot, item_id=items[1], method=VoteMethod.HANDS)
    app = open_app(monkeypatch, small_world.secretary.id, MEETING, id=str(meeting))

    for _teller in (1, 2):
        for field, count in (("for", 9), ("against", 3), ("abstain", 2)):
            app.number_input(key=f"count.{ballot}.0.votes_{field}").set_value(count)
        press(app, f"count.{ballot}.0.submit")
    press(app, f"close.{ballot}")

    assert row(small_world, Ballot, ballot).state is BallotState.CLOSED
    assert len({count.teller_name for count in stored(small_world, HandCount)}) == 2
