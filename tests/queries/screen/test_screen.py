from datetime import timedelta
from typing import Any

from sqlalchemy import select

from db.engine import as_system, reading
from db.models import (
    AgendaItem,
    Ballot,
    HandCount,
    Recusal,
    SpeakerTurn,
)
from db.queries.screen.screen import Pulse, pulse, scene, screens_in_reach
from db.rules.voting.decision import decide
from db.rules.voting.result import result_to_json
from db.terms import (
    BallotState,
    ItemState,
    Light,
    MeetingState,
    NeedStage,
    Outcome,
    Role,
    ScreenMode,
    SpeakerSide,
    VoteMethod,
)
from tests.builders.meetings import RULE, a_meeting, an_item
from tests.builders.needs import a_need
from tests.builders.projects import a_project
from tests.builders.screen import steer
from tests.builders.voting import a_ballot
from tests.builders.world import NOW, World
from tests.support.screen_scenes import FILE_HASH, Scenes
from tests.support.statements import Statements


def what_shows(world: World, role: Role = Role.DISPLAY) -> Any:
    with reading(world[role]) as session:
        return scene(session, world.here, now=NOW)


def test_a_screen_that_nobody_steers_rotates_the_progress_of_its_community(world: World) -> None:
    a_need(world, stage=NeedStage.REGISTERED, stage_since=NOW)
    a_need(world, stage=NeedStage.CLOSED, stage_since=NOW)
    a_need(world, community_id=world.there)
    a_project(world)

    shown = what_shows(world)

    assert shown.meeting is None
    assert dict(shown.rotation.stages)[NeedStage.REGISTERED] == 1
    assert (shown.rotation.closed, shown.rotation.month.logged, shown.rotation.month.answered) == (1, 2, 1)
    assert shown.rotation.lights == {Light.RED: 0, Light.AMBER: 0, Light.GREEN: 1}


def test_a_meeting_shows_the_item_with_its_quorum_light(world: World) -> None:
    meeting = a_meeting(world, present=14)
    item = an_item(world, meeting)
    steer(world, mode=ScreenMode.MEETING, meeting_id=meeting, item_id=item)

    shown = what_shows(world).meeting

    assert (shown.item.title, shown.item.motion) == ("楼道照明改造", "在 1 至 6 幢更换感应灯")
    assert (shown.quorum.due, shown.quorum.present, shown.quorum.needed, shown.quorum.met) == (16, 14, 11, True)


def test_a_member_who_steps_back_on_the_item_is_taken_out_of_its_quorum(world: World) -> None:
    meeting = a_meeting(world, present=10)
    item = an_item(world, meeting)
    with as_system("test") as session:
        session.add(
            Recusal(
                community_id=world.here, item_id=item, member_id=world.members[0], reason="本人承包", declared_at=NOW
            )
        )
    steer(world, mode=ScreenMode.MEETING, meeting_id=meeting, item_id=item)

    check = what_shows(world).meeting.quorum

    assert (check.due, check.present, check.met) == (15, 9, False)


def test_an_open_ballot_shows_its_method_and_turnout_and_never_a_tally(world: World) -> None:
    meeting = a_meeting(world)
    item = an_item(world, meeting, state=ItemState.VOTING)
    a_ballot(world, meeting, item, votes=9)
    steer(world, mode=ScreenMode.MEETING, meeting_id=meeting, item_id=item)

    shown = what_shows(world).meeting.item

    assert (shown.ballot.method, shown.ballot.turnout, shown.ballot.voting) == (VoteMethod.NAMED, 9, 14)
    assert shown.result is None


def decided(world: World, *, revealed: bool) -> Any:
    meeting = a_meeting(world)
    decision = decide(RULE, due=16, present=14, votes_for=8, votes_against=4, votes_abstain=2)
    item = an_item(world, meeting, state=ItemState.PASSED, outcome=Outcome.PASSED, decision=result_to_json(decision))
    steer(world, mode=ScreenMode.MEETING, meeting_id=meeting, item_id=item, revealed=revealed)
    return what_shows(world).meeting


def test_a_result_stays_off_the_screen_until_the_chair_reveals_it(world: World) -> None:
    shown = decided(world, revealed=False)

    assert (shown.item.decided, shown.item.result) == (True, None)
    assert [state for _position, _title, state in shown.agenda] == [ItemState.VOTING]


def test_a_revealed_result_comes_with_its_numbers(world: World) -> None:
    shown = decided(world, revealed=True)

    assert shown.item.result.result.outcome is Outcome.PASSED
    assert shown.item.result.result.votes_for == 8


def test_after_the_meeting_the_screen_rotates_again(world: World) -> None:
    meeting = a_meeting(world, state=MeetingState.CLOSED, closed_at=NOW + timedelta(minutes=1))
    steer(world, mode=ScreenMode.MEETING, meeting_id=meeting)

    assert what_shows(world).meeting is None


def test_a_meeting_that_nobody_closed_leaves_the_screen_after_half_a_day(world: World) -> None:
    meeting = a_meeting(world)
    steer(world, mode=ScreenMode.MEETING, meeting_id=meeting)

    with reading(world[Role.DISPLAY]) as session:
        evening = scene(session, world.here, now=NOW + timedelta(hours=11))
        morning = scene(session, world.here, now=NOW + timedelta(hours=12))

    assert evening.meeting is not None
    assert morning.rotation is not None


def test_no_name_is_anywhere_in_what_a_screen_receives(world: World) -> None:
    meeting = a_meeting(world)
    item = an_item(world, meeting, state=ItemState.VOTING, proposer="王建国")
    a_ballot(world, meeting, item, votes=3)
    steer(world, mode=ScreenMode.MEETING, meeting_id=meeting, item_id=item)

    everything = repr(what_shows(world))

    assert "议事员" not in everything
    assert "王建国" not in everything


def test_the_pulse_changes_with_every_turn_and_every_vote_and_costs_one_statement(world: World) -> None:
    meeting = a_meeting(world)
    item = an_item(world, meeting, state=ItemState.VOTING)
    steer(world, mode=ScreenMode.MEETING, meeting_id=meeting, item_id=item, turn=7)
    with reading(world[Role.DISPLAY]) as session:
        before = pulse(session, world.here)
    ballot = a_ballot(world, meeting, item, votes=2)

    with reading(world[Role.DISPLAY]) as session, Statements() as counted:
        after = pulse(session, world.here)

    assert (before, after) == (Pulse(7), Pulse(7, ballot, BallotState.OPEN, 2))
    assert len([statement for statement in counted.texts if statement != "BEGIN"]) == 1


def test_with_hands_the_tellers_are_what_comes_in(world: World) -> None:
    meeting = a_meeting(world)
    item = an_item(world, meeting, state=ItemState.VOTING)
    ballot = a_ballot(world, meeting, item, VoteMethod.HANDS)
    with as_system("test") as session:
        session.add(
            HandCount(
                community_id=world.here,
                ballot_id=ballot,
                teller=1,
                teller_name="计票人",
                votes_for=8,
                votes_against=4,
                votes_abstain=2,
                entered_by=world.worker.id,
                counted_at=NOW,
            )
        )
    steer(world, mode=ScreenMode.MEETING, meeting_id=meeting, item_id=item)

    shown = what_shows(world).meeting.item.ballot
    assert (shown.method, shown.tellers_in) == (VoteMethod.HANDS, (1,))
    with reading(world[Role.DISPLAY]) as session:
        assert pulse(session, world.here).counted == 1


def test_a_screen_reaches_its_own_community_only(world: World) -> None:
    with reading(world[Role.DISPLAY]) as session:
        assert screens_in_reach(session) == ((world.here, "柳林社区"),)
        theirs = scene(session, world.there, now=NOW)
    assert theirs.rotation is not None
    assert all(needs == 0 for _stage, needs in theirs.rotation.stages)


def scenes(world: World) -> Scenes:
    return Scenes(world)


def beat(world: World) -> Pulse:
    with reading(world[Role.DISPLAY]) as session:
        return pulse(session, world.here)


def test_the_speaker_comes_with_seat_side_and_the_moment_at_which_the_time_is_up(world: World) -> None:
    stage = scenes(world)
    item = stage.fresh_item()
    stage.speak(item, 3, waiting=(5, 9), ends_in=90, now=NOW)
    stage.steer(item)

    shown = what_shows(world).meeting.item

    assert (shown.speaker.seat, shown.speaker.side) == (3, SpeakerSide.AGAINST)
    assert shown.speaker.ends_at == NOW + timedelta(seconds=90)
    assert shown.waiting == (5, 9)


def test_every_change_of_the_speakers_changes_the_pulse(world: World) -> None:
    stage = scenes(world)
    item = stage.fresh_item()
    stage.steer(item)
    before = beat(world)

    stage.speak(item, 3)
    asked = beat(world)
    stage.change(SpeakerTurn, speaking(world), extra_seconds=30, version=SpeakerTurn.version + 1)
    more_time = beat(world)

    assert len({before.floor, asked.floor, more_time.floor}) == 3


def speaking(world: World) -> int:
    with reading(world.secretary) as session:
        return session.scalars(select(SpeakerTurn.id)).one()


def test_votes_by_slip_and_the_stop_of_a_ballot_change_the_pulse(world: World) -> None:
    stage = scenes(world)
    item = stage.fresh_item(state=ItemState.VOTING)
    ballot = stage.ballot(item, {VoteMethod.SLIP: 9, VoteMethod.NAMED: 5}, named=2, slips=3)
    stage.steer(item)
    running = beat(world)

    stage.change(Ballot, ballot, state=BallotState.STOPPED)
    stopped = beat(world)

    assert (running.cast, running.ballot_state) == (5, BallotState.OPEN)
    assert (stopped.cast, stopped.ballot_state) == (5, BallotState.STOPPED)


def test_ways_that_are_mixed_add_up_to_one_turnout(world: World) -> None:
    stage = scenes(world)
    item = stage.fresh_item(state=ItemState.VOTING)
    stage.ballot(item, {VoteMethod.SLIP: 9, VoteMethod.NAMED: 3, VoteMethod.PAPER: 2}, named=1, slips=7)
    stage.steer(item)

    shown = what_shows(world).meeting.item.ballot

    assert (shown.turnout, [way.way for way in shown.ways]) == (
        8,
        [VoteMethod.SLIP, VoteMethod.NAMED, VoteMethod.PAPER],
    )


def test_a_revealed_choice_comes_with_its_verdict_and_the_hash_of_its_file(world: World) -> None:
    stage = scenes(world)
    stage.result_choose()

    result = what_shows(world).meeting.item.result

    assert result.result.tally.winners == (2, 3)
    assert result.file_hash == FILE_HASH


def test_an_item_shows_its_short_title_where_it_has_one(world: World) -> None:
    stage = scenes(world)
    item = stage.fresh_item(short_title="花园")
    stage.steer(item)

    shown = what_shows(world).meeting

    assert shown.item.title == "花园"
    assert shown.agenda[1][1] == "花园"


def test_a_tie_that_is_discussed_again_is_no_result_that_waits(world: World) -> None:
    stage = scenes(world)
    stage.result_tie()
    item = stage.items[1]
    stage.change(AgendaItem, item, state=ItemState.DISCUSSING)
    stage.steer(item)

    shown = what_shows(world).meeting

    assert (shown.item.decided, shown.item.result) == (False, None)
    assert shown.agenda[1][2] is ItemState.DISCUSSING


def test_a_meeting_on_the_screen_costs_seven_statements_at_most(world: World) -> None:
    stage = scenes(world)
    stage.speaker()

    with reading(world[Role.DISPLAY]) as session, Statements() as counted:
        scene(session, world.here, now=NOW)

    assert len([text for text in counted.texts if text != "BEGIN"]) <= 7
