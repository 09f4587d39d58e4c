"""The queue of speakers, what the recorder corrects, and two people who press at the same moment."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from db.actions.meetings.attendance import leave_early, recuse, take_attendance
from db.actions.meetings.discussion import (
    amend_point,
    move_amendment,
    record_point,
    settle_amendment,
    start_item,
    strike_point,
    undo_settle,
    undo_start,
)
from db.actions.meetings.floor import (
    ask_to_speak,
    ask_to_speak_myself,
    begin_speech,
    end_speech,
    grant_time,
    undo_begin,
    withdraw_my_turn,
    withdraw_turn,
)
from db.actions.voting.voting import open_ballot
from db.engine import as_system, reading
from db.errors import BadInput, Conflict, NotFound, NotPermitted, Refused, WrongStage
from db.models import AgendaItem, Attendance, AuditEntry, Ballot, DiscussionPoint, ScreenState, SpeakerTurn
from db.queries.meetings.meetings import sitting
from db.rules.meetings.floor import Floor, floor
from db.terms import ItemState, MemberPresence, Outcome, Role, SpeakerSide, SpeakerState, VoteMethod
from tests.builders.meetings import MOTION, a_convened, in_session
from tests.builders.world import NOW, World, do, row

FOR, AGAINST, NEUTRAL = SpeakerSide.FOR, SpeakerSide.AGAINST, SpeakerSide.NEUTRAL


def seated(world: World, needs: int = 1) -> list[int]:
    """A meeting of 14 present; its items, the first under discussion."""
    _, items = in_session(world, needs=needs)
    do(world.secretary, start_item, item_id=items[0])
    return items


def asked(world: World, item: int, seat: int, side: SpeakerSide = FOR, *, after: int = 0) -> int:
    """The turn of a member by seat, from 1, who asks so many seconds after NOW."""
    turn: int = do(
        world.worker,
        ask_to_speak,
        item_id=item,
        member_id=world.members[seat - 1],
        side=side,
        now=NOW + timedelta(seconds=after),
    )
    return turn


def turns(world: World) -> dict[int, SpeakerState]:
    with reading(world.secretary) as session:
        return {turn.id: turn.state for turn in session.scalars(select(SpeakerTurn))}


def shown(world: World, item: int) -> Floor:
    with reading(world.secretary) as session:
        meeting = session.scalars(select(AgendaItem.meeting_id).where(AgendaItem.id == item)).one()
        facts = sitting(session, meeting, now=NOW)
    assert facts.rule is not None
    return floor(facts.speakers, facts.seats, item, facts.rule, NOW)


def screen_turn(world: World) -> int:
    with reading(world.secretary) as session:
        return session.scalars(select(ScreenState.turn)).one()


# --- asking -------------------------------------------------------------------------------------------


def test_for_and_against_are_called_in_turns(world: World) -> None:
    item = seated(world)[0]
    first, second = asked(world, item, 1), asked(world, item, 2, after=1)
    third = asked(world, item, 3, AGAINST, after=2)

    do(world.secretary, begin_speech, turn_id=first)

    assert [turn.id for turn in shown(world, item).queue] == [third, second]


def test_who_is_not_there_does_not_speak(world: World) -> None:
    item = seated(world)[0]

    with pytest.raises(Refused, match="not_present"):
        asked(world, item, 15)


def test_nobody_waits_twice_for_one_item(world: World) -> None:
    items = seated(world, needs=2)
    asked(world, items[0], 1)

    with pytest.raises(Refused, match="already_waiting"):
        asked(world, items[0], 1, AGAINST)
    asked(world, items[1], 1)

    assert len(turns(world)) == 2


def test_after_so_many_speeches_it_is_enough(world: World) -> None:
    item = seated(world)[0]
    for _ in range(2):
        do(world.secretary, end_speech, turn_id=do(world.secretary, begin_speech, turn_id=asked(world, item, 1)))

    with pytest.raises(Refused) as refused:
        asked(world, item, 1)

    assert refused.value.values["most"] == 2


def test_whoever_steps_back_explains_and_argues_neither_way(world: World) -> None:
    item = seated(world)[0]
    do(world.secretary, recuse, item_id=item, member_id=world.members[0], reason="承包方亲属")

    with pytest.raises(Refused, match="recused_explains_only"):
        asked(world, item, 1, FOR)

    assert asked(world, item, 1, NEUTRAL) in turns(world)


def test_a_member_with_an_account_asks_alone(world: World) -> None:
    item, member = seated(world)[0], world[Role.COUNCIL_MEMBER]

    turn = do(member, ask_to_speak_myself, item_id=item, side=AGAINST)

    assert row(world, SpeakerTurn, turn).member_id == world.members[0]
    with pytest.raises(NotPermitted):
        do(member, ask_to_speak, item_id=item, member_id=world.members[1], side=FOR)
    with pytest.raises(Refused, match="no_seat_here"):
        do(world.worker, ask_to_speak_myself, item_id=item, side=FOR)


def test_a_member_gives_up_the_own_turn_only(world: World) -> None:
    item, member = seated(world)[0], world[Role.COUNCIL_MEMBER]
    mine, other = asked(world, item, 1), asked(world, item, 2)

    do(member, withdraw_my_turn, turn_id=mine)

    with pytest.raises(NotPermitted):
        do(member, withdraw_my_turn, turn_id=other)
    assert turns(world) == {mine: SpeakerState.WITHDRAWN, other: SpeakerState.WAITING}


def test_while_people_vote_nobody_asks_and_nobody_begins(world: World) -> None:
    item = seated(world)[0]
    waiting = asked(world, item, 1)
    with as_system("test") as session:
        session.get(AgendaItem, item).state = ItemState.VOTING  # type: ignore[union-attr]

    with pytest.raises(Refused, match="ballot_open"):
        asked(world, item, 2)
    with pytest.raises(Refused, match="ballot_open"):
        do(world.secretary, begin_speech, turn_id=waiting)


def test_what_a_form_may_send_is_told_at_its_field(world: World) -> None:
    item = seated(world)[0]
    good: dict[str, Any] = {"item_id": item, "member_id": world.members[0], "side": FOR}

    for field, value in (("member_id", None), ("member_id", 10**9), ("side", None), ("side", "loud")):
        with pytest.raises(BadInput) as told:
            do(world.worker, ask_to_speak, **good | {field: value})
        assert told.value.field == field
    with pytest.raises(NotFound):
        do(world.worker, ask_to_speak, **good | {"item_id": 10**9})


def test_before_the_meeting_is_open_nobody_has_the_floor(world: World) -> None:
    _, items = a_convened(world)

    with pytest.raises(WrongStage):
        asked(world, items[0], 1)


# --- speaking -----------------------------------------------------------------------------------------


def test_beginning_the_next_speech_ends_the_one_that_runs_on_any_item(world: World) -> None:
    items = seated(world, needs=2)
    first, second = asked(world, items[0], 1), asked(world, items[1], 2)
    do(world.secretary, begin_speech, turn_id=first)

    do(world.secretary, begin_speech, turn_id=second, now=NOW + timedelta(seconds=50))

    ended = row(world, SpeakerTurn, first)
    assert turns(world) == {first: SpeakerState.DONE, second: SpeakerState.SPEAKING}
    assert ended.ended_at - ended.began_at == timedelta(seconds=50)
    assert row(world, AgendaItem, items[1]).state is ItemState.DISCUSSING


def test_a_second_press_does_not_start_the_clock_again(world: World) -> None:
    turn = asked(world, seated(world)[0], 1)
    do(world.secretary, begin_speech, turn_id=turn)

    do(world.worker, begin_speech, turn_id=turn, now=NOW + timedelta(seconds=30))

    assert row(world, SpeakerTurn, turn).began_at == NOW


def test_a_wrong_call_puts_the_member_back_at_the_old_place(world: World) -> None:
    item = seated(world)[0]
    first, second = asked(world, item, 1), asked(world, item, 2, after=1)
    do(world.secretary, begin_speech, turn_id=first)
    do(world.secretary, grant_time, turn_id=first, seconds=60)

    do(world.secretary, undo_begin, turn_id=first)

    back = row(world, SpeakerTurn, first)
    assert (back.state, back.began_at, back.extra_seconds) == (SpeakerState.WAITING, None, 0)
    assert [turn.id for turn in shown(world, item).queue] == [first, second]


def test_a_speech_that_was_ended_by_mistake_can_be_undone_too(world: World) -> None:
    item = seated(world)[0]
    turn = asked(world, item, 1)
    do(world.secretary, end_speech, turn_id=do(world.secretary, begin_speech, turn_id=turn))

    do(world.secretary, undo_begin, turn_id=turn)

    assert shown(world, item).spoken == {}


def test_one_who_waits_again_is_not_put_back_twice(world: World) -> None:
    item = seated(world)[0]
    spoke = asked(world, item, 1)
    do(world.secretary, end_speech, turn_id=do(world.secretary, begin_speech, turn_id=spoke))
    asked(world, item, 1)

    with pytest.raises(Refused, match="already_waiting"):
        do(world.secretary, undo_begin, turn_id=spoke)


def test_the_chair_grants_a_minute_and_two_people_grant_it_once(world: World) -> None:
    turn = asked(world, seated(world)[0], 1)
    do(world.secretary, begin_speech, turn_id=turn)
    version = row(world, SpeakerTurn, turn).version

    granted = do(world.secretary, grant_time, turn_id=turn, seconds=60, version=version)
    with pytest.raises(Conflict):
        do(world.worker, grant_time, turn_id=turn, seconds=60, version=version)

    assert granted == 60
    assert row(world, SpeakerTurn, turn).extra_seconds == 60


def test_time_is_granted_in_reason_and_only_to_who_speaks(world: World) -> None:
    turn = asked(world, seated(world)[0], 1)
    with pytest.raises(Refused, match="not_speaking"):
        do(world.secretary, grant_time, turn_id=turn, seconds=60)
    do(world.secretary, begin_speech, turn_id=turn)

    for seconds in (0, -60, 601, True, "60", None, 10**30):
        with pytest.raises(BadInput) as told:
            do(world.secretary, grant_time, turn_id=turn, seconds=seconds)
        assert told.value.field == "seconds"
    for _ in range(3):
        do(world.secretary, grant_time, turn_id=turn, seconds=600)
    with pytest.raises(BadInput):
        do(world.secretary, grant_time, turn_id=turn, seconds=1)


def test_a_turn_that_is_over_is_not_begun_and_one_that_began_is_not_given_up(world: World) -> None:
    item = seated(world)[0]
    spoken, given_up = asked(world, item, 1), asked(world, item, 2)
    do(world.secretary, begin_speech, turn_id=spoken)
    do(world.secretary, withdraw_turn, turn_id=given_up)

    with pytest.raises(Refused, match="turn_begun"):
        do(world.secretary, withdraw_turn, turn_id=spoken)
    with pytest.raises(Refused, match="turn_over"):
        do(world.secretary, begin_speech, turn_id=given_up)
    with pytest.raises(Refused, match="not_speaking"):
        do(world.secretary, end_speech, turn_id=given_up)


def test_calling_up_another_item_ends_the_speech(world: World) -> None:
    items = seated(world, needs=2)
    turn = asked(world, items[0], 1)
    do(world.secretary, begin_speech, turn_id=turn)

    do(world.secretary, start_item, item_id=items[1])

    assert turns(world) == {turn: SpeakerState.DONE}


def test_putting_the_item_to_the_vote_ends_the_speech(world: World) -> None:
    item = seated(world)[0]
    turn = asked(world, item, 1)
    do(world.secretary, begin_speech, turn_id=turn)

    do(world.secretary, open_ballot, item_id=item, method=VoteMethod.HANDS, now=NOW + timedelta(seconds=70))

    over = row(world, SpeakerTurn, turn)
    assert (over.state, over.ended_at) == (SpeakerState.DONE, NOW + timedelta(seconds=70))


def test_whoever_leaves_the_room_leaves_the_floor(world: World) -> None:
    item = seated(world)[0]
    meeting = row(world, AgendaItem, item).meeting_id
    speaking, waiting, other = asked(world, item, 1), asked(world, item, 2), asked(world, item, 3)
    do(world.secretary, begin_speech, turn_id=speaking)

    do(world.secretary, leave_early, meeting_id=meeting, member_id=world.members[1])
    do(world.secretary, take_attendance, meeting_id=meeting, present=world.members[2:14])

    assert turns(world) == {
        speaking: SpeakerState.DONE,
        waiting: SpeakerState.WITHDRAWN,
        other: SpeakerState.WAITING,
    }


def test_who_left_after_asking_is_not_called(world: World) -> None:
    item = seated(world)[0]
    turn = asked(world, item, 1)
    with as_system("test") as session:
        left = session.scalars(select(Attendance).where(Attendance.member_id == world.members[0])).one()
        left.presence = MemberPresence.LEFT_EARLY

    with pytest.raises(Refused, match="not_present"):
        do(world.secretary, begin_speech, turn_id=turn)


def test_the_screen_that_follows_turns_with_every_step(world: World) -> None:
    item = seated(world)[0]
    seen = [screen_turn(world)]

    turn = asked(world, item, 1)
    seen.append(screen_turn(world))
    for act, values in (
        (begin_speech, {}),
        (grant_time, {"seconds": 60}),
        (undo_begin, {}),
        (begin_speech, {}),
        (end_speech, {}),
    ):
        do(world.secretary, act, turn_id=turn, **values)
        seen.append(screen_turn(world))

    assert seen == sorted(set(seen))


def test_a_turn_of_another_community_is_not_found(world: World) -> None:
    turn = asked(world, seated(world)[0], 1)

    for act in (begin_speech, end_speech, withdraw_turn, undo_begin):
        with pytest.raises(NotFound):
            do(world.other_secretary, act, turn_id=turn)


# --- two people at once -------------------------------------------------------------------------------


def at_once(*acts: Any) -> list[Any]:
    """Run callables from one starting line; results or the refusals they met."""
    line = threading.Barrier(len(acts))

    def run(act: Any) -> Any:
        line.wait()
        try:
            return act()
        except (Refused, WrongStage) as refused:
            return refused

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_two_people_who_call_different_members_leave_one_speaking(world: World) -> None:
    item = seated(world)[0]
    waiting = [asked(world, item, seat) for seat in (1, 2, 3, 4)]

    at_once(
        *(
            lambda t=turn, who=who: do(who, begin_speech, turn_id=t)
            for turn, who in zip(waiting, (world.secretary, world.worker) * 2, strict=True)
        )
    )

    states = list(turns(world).values())
    assert states.count(SpeakerState.SPEAKING) == 1
    assert states.count(SpeakerState.DONE) == 3


def test_two_people_who_put_one_member_into_the_queue_do_it_once(world: World) -> None:
    item = seated(world)[0]

    told = at_once(
        *(
            lambda who=who: do(who, ask_to_speak, item_id=item, member_id=world.members[0], side=FOR)
            for who in (world.secretary, world.worker, world.secretary)
        )
    )

    assert len(turns(world)) == 1
    assert sum(isinstance(one, Refused) for one in told) == 2


def test_two_people_who_start_one_item_start_it_once(world: World) -> None:
    _, items = in_session(world)

    at_once(*(lambda who=who: do(who, start_item, item_id=items[0]) for who in (world.secretary, world.worker)))

    assert row(world, AgendaItem, items[0]).state is ItemState.DISCUSSING


# --- taking back --------------------------------------------------------------------------------------


def test_an_item_called_up_by_mistake_waits_again(world: World) -> None:
    item = seated(world)[0]
    asked(world, item, 1)

    do(world.worker, undo_start, item_id=item)

    assert row(world, AgendaItem, item).state is ItemState.PENDING


@pytest.mark.parametrize("said", ["point", "speech", "ballot"])
def test_an_item_on_which_something_happened_stays_called_up(world: World, said: str) -> None:
    item = seated(world)[0]
    if said == "point":
        do(world.worker, record_point, item_id=item, said="建议分两期")
    elif said == "speech":
        do(world.secretary, begin_speech, turn_id=asked(world, item, 1))
    else:
        with as_system("test") as session:
            meeting = session.get(AgendaItem, item)
            assert meeting is not None
            session.add(
                Ballot(
                    community_id=world.here, meeting_id=meeting.meeting_id, item_id=item, method=VoteMethod.HANDS,
                    due=16, present=14, recused_due=0, recused_present=0, state="cancelled", opened_at=NOW,
                )
            )  # fmt: skip

    with pytest.raises(Refused, match="already_said"):
        do(world.secretary, undo_start, item_id=item)


def test_a_point_written_by_mistake_is_struck_and_the_log_keeps_it(world: World) -> None:
    item = seated(world)[0]
    point = do(world.worker, record_point, item_id=item, said="记错的话")

    do(world.worker, strike_point, point_id=point, reason="记到别的议题里了")

    with reading(world.secretary) as session:
        assert session.scalar(select(func.count()).select_from(DiscussionPoint)) == 0
        entries = session.scalars(
            select(AuditEntry).where(AuditEntry.table_name == "discussion_point", AuditEntry.operation == "delete")
        ).all()
    assert "记到别的议题里了" in {entry.reason for entry in entries}
    assert all(entry.changes["words"] == ["记错的话", None] for entry in entries)


def test_the_words_of_a_point_are_corrected_in_what_was_seen(world: World) -> None:
    point = do(world.worker, record_point, item_id=seated(world)[0], said="灯要防水")

    do(world.worker, amend_point, point_id=point, said="灯要防水防雷", seen="灯要防水")
    with pytest.raises(Conflict):
        do(world.secretary, amend_point, point_id=point, said="别的", seen="灯要防水")
    with pytest.raises(BadInput):
        do(world.secretary, amend_point, point_id=point, said=" ")

    assert row(world, DiscussionPoint, point).words == "灯要防水防雷"


def announced(world: World, item: int, state: ItemState, after: int) -> None:
    with as_system("test") as session:
        found = session.get(AgendaItem, item)
        assert found is not None
        found.state, found.outcome, found.decided_at = state, Outcome.TIE, NOW + timedelta(minutes=after)


def test_once_the_result_is_announced_the_record_stands(world: World) -> None:
    item = seated(world)[0]
    point = do(world.worker, record_point, item_id=item, said="灯要防水")
    announced(world, item, ItemState.NOT_PASSED, 5)

    for act, values in ((strike_point, {"reason": "记错"}), (amend_point, {"said": "别的"})):
        with pytest.raises(Refused, match="result_announced"):
            do(world.worker, act, point_id=point, **values)


def test_what_is_said_after_a_tie_can_still_be_corrected(world: World) -> None:
    item = seated(world)[0]
    before = do(world.worker, record_point, item_id=item, said="表决前说的")
    announced(world, item, ItemState.TIED, 5)
    after = do(world.worker, record_point, item_id=item, said="同票后说的", now=NOW + timedelta(minutes=9))

    do(world.worker, strike_point, point_id=after, reason="记错")

    with pytest.raises(Refused, match="result_announced"):
        do(world.worker, strike_point, point_id=before, reason="记错")


# --- amendments ---------------------------------------------------------------------------------------


def an_amendment(world: World, said: str = "稳妥些") -> tuple[int, int]:
    """Item and open amendment."""
    item = seated(world)[0]
    return item, do(world.worker, move_amendment, item_id=item, new_motion="先在1幢试装三个月", said=said)


def test_an_amendment_counted_by_hands_keeps_its_numbers_for_the_minutes(world: World) -> None:
    item, point = an_amendment(world)

    do(world.secretary, settle_amendment, point_id=point, carried=True, votes_for=9, votes_against=3)

    assert row(world, DiscussionPoint, point).words == "稳妥些〔举手：赞成9，反对3〕"
    assert row(world, AgendaItem, item).motion == "先在1幢试装三个月"


@pytest.mark.parametrize(
    ("carried", "votes_for", "votes_against"), [(True, 6, 6), (True, 5, 8), (False, 8, 5), (True, 0, 0)]
)
def test_the_numbers_of_an_amendment_agree_with_its_fate(
    world: World, carried: bool, votes_for: int, votes_against: int
) -> None:
    item, point = an_amendment(world)

    with pytest.raises(Refused, match="count_says_otherwise"):
        do(world.secretary, settle_amendment, point_id=point, carried=carried, votes_for=votes_for,
           votes_against=votes_against)  # fmt: skip

    assert row(world, AgendaItem, item).motion == MOTION


def test_no_more_hands_than_people_and_both_numbers_or_none(world: World) -> None:
    _, point = an_amendment(world)

    with pytest.raises(Refused, match="more_votes_than_present"):
        do(world.secretary, settle_amendment, point_id=point, carried=True, votes_for=9, votes_against=6)
    for values in ({"votes_for": 9}, {"votes_for": 15, "votes_against": 0}, {"votes_for": 9, "votes_against": -1}):
        with pytest.raises(BadInput):
            do(world.secretary, settle_amendment, point_id=point, carried=True, **values)


def test_a_long_reason_leaves_no_room_for_the_count_and_is_never_cut(world: World) -> None:
    _, point = an_amendment(world, said="长" * 500)

    with pytest.raises(Refused, match="no_room_for_count"):
        do(world.secretary, settle_amendment, point_id=point, carried=True, votes_for=9, votes_against=3)

    assert row(world, DiscussionPoint, point).words == "长" * 500


def test_a_settled_amendment_is_opened_again_with_the_former_motion(world: World) -> None:
    item, point = an_amendment(world)
    do(world.secretary, settle_amendment, point_id=point, carried=True, votes_for=9, votes_against=3)

    do(world.secretary, undo_settle, point_id=point)

    opened = row(world, DiscussionPoint, point)
    assert (opened.carried, opened.words) == (None, "稳妥些")
    assert row(world, AgendaItem, item).motion == MOTION


def test_a_dropped_amendment_is_opened_again_too(world: World) -> None:
    item, point = an_amendment(world)
    do(world.secretary, settle_amendment, point_id=point, carried=False)

    do(world.secretary, undo_settle, point_id=point)
    do(world.secretary, settle_amendment, point_id=point, carried=True)

    assert row(world, AgendaItem, item).motion == "先在1幢试装三个月"


def test_an_amendment_that_others_followed_stays_settled(world: World) -> None:
    item, point = an_amendment(world)
    do(world.secretary, settle_amendment, point_id=point, carried=True)
    later = do(world.worker, move_amendment, item_id=item, new_motion="试装半年")
    with pytest.raises(Refused, match="amendment_open"):
        do(world.secretary, undo_settle, point_id=point)
    do(world.secretary, settle_amendment, point_id=later, carried=True)

    with pytest.raises(Refused, match="amendment_followed"):
        do(world.secretary, undo_settle, point_id=point)


def test_what_was_voted_on_is_not_opened_again(world: World) -> None:
    item, point = an_amendment(world)
    do(world.secretary, settle_amendment, point_id=point, carried=True)
    with as_system("test") as session:
        session.get(AgendaItem, item).state = ItemState.VOTING  # type: ignore[union-attr]
    with pytest.raises(Refused, match="ballot_open"):
        do(world.secretary, undo_settle, point_id=point)
    announced(world, item, ItemState.DISCUSSING, 5)

    with pytest.raises(Refused, match="result_announced"):
        do(world.secretary, undo_settle, point_id=point)


def test_a_settled_amendment_is_not_struck_and_a_point_is_no_amendment(world: World) -> None:
    item, point = an_amendment(world)
    said = do(world.worker, record_point, item_id=item, said="灯要防水")
    do(world.secretary, settle_amendment, point_id=point, carried=False)

    with pytest.raises(Refused, match="amendment_settled"):
        do(world.worker, strike_point, point_id=point, reason="记错")
    with pytest.raises(Refused, match="no_amendment"):
        do(world.secretary, undo_settle, point_id=said)
