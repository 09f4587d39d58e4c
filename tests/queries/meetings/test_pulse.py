"""The pulse of a meeting: another one after every change that a console shows, the same when nothing changed."""

from collections.abc import Callable, Iterator
from typing import Any

from db.actions.meetings.attendance import leave_early, mark_present, recuse, undo_recusal
from db.actions.meetings.discussion import (
    amend_point,
    move_amendment,
    record_point,
    settle_amendment,
    start_item,
    strike_point,
)
from db.actions.meetings.floor import ask_to_speak, begin_speech, end_speech, grant_time
from db.actions.screen.screen import show_rotation
from db.engine import reading
from db.queries.meetings.pulse import meeting_pulse
from db.terms import SpeakerSide
from tests.builders.meetings import a_draft, in_session
from tests.builders.world import World, do
from tests.support.statements import Statements


def pulse(world: World, meeting: int) -> str:
    with reading(world.secretary) as session:
        return meeting_pulse(session, meeting)


def steps(world: World, meeting: int, item: int) -> Iterator[Callable[[], Any]]:
    """An evening, step by step."""
    members, secretary = world.members, world.secretary
    known: dict[str, int] = {}

    def keep(name: str, act: Any, **values: Any) -> None:
        known[name] = do(secretary, act, **values)

    yield lambda: do(secretary, start_item, item_id=item)
    yield lambda: do(secretary, mark_present, meeting_id=meeting, member_id=members[14])
    yield lambda: do(secretary, leave_early, meeting_id=meeting, member_id=members[14])
    yield lambda: do(secretary, recuse, item_id=item, member_id=members[13], reason="承包方亲属")
    yield lambda: do(secretary, undo_recusal, item_id=item, member_id=members[13])
    yield lambda: keep("turn", ask_to_speak, item_id=item, member_id=members[0], side=SpeakerSide.FOR)
    yield lambda: do(secretary, begin_speech, turn_id=known["turn"])
    yield lambda: do(secretary, grant_time, turn_id=known["turn"], seconds=60)
    yield lambda: do(secretary, end_speech, turn_id=known["turn"])
    yield lambda: keep("point", record_point, item_id=item, said="灯要防水")
    yield lambda: do(secretary, amend_point, point_id=known["point"], said="灯要防雷")
    yield lambda: do(secretary, strike_point, point_id=known["point"], reason="记错")
    yield lambda: keep("amendment", move_amendment, item_id=item, new_motion="先试装")
    yield lambda: do(secretary, settle_amendment, point_id=known["amendment"], carried=False)
    yield lambda: do(secretary, show_rotation)


def test_every_step_of_an_evening_changes_the_pulse(world: World) -> None:
    meeting, items = in_session(world)
    seen = [pulse(world, meeting)]

    for step in steps(world, meeting, items[0]):
        step()
        seen.append(pulse(world, meeting))

    assert [n for n in range(15) if seen[n] == seen[n + 1]] == []


def test_one_member_who_steps_back_in_place_of_another_is_noticed(world: World) -> None:
    meeting, items = in_session(world)
    do(world.secretary, recuse, item_id=items[0], member_id=world.members[1], reason="承包方亲属")
    first = pulse(world, meeting)

    do(world.secretary, undo_recusal, item_id=items[0], member_id=world.members[1])
    do(world.secretary, recuse, item_id=items[0], member_id=world.members[2], reason="承包方亲属")

    assert pulse(world, meeting) != first


def test_nothing_changed_means_the_same_pulse(world: World) -> None:
    meeting, _ = in_session(world)
    first = pulse(world, meeting)

    a_draft(world, number=9)

    assert pulse(world, meeting) == first


def test_the_pulse_is_one_statement_and_finds_its_rows_by_index(small_world: World) -> None:
    meeting, _ = in_session(small_world)

    with Statements() as counted, reading(small_world.secretary) as session:
        meeting_pulse(session, meeting)
        plan = session.connection().exec_driver_sql(
            "EXPLAIN QUERY PLAN " + counted.texts[-1], tuple([1] * counted.texts[-1].count("?"))
        )
        scans = [line[3] for line in plan if line[3].startswith("SCAN") and "CONSTANT" not in line[3]]

    assert sum(text.lstrip().upper().startswith("SELECT") for text in counted.texts) == 1
    assert scans == []
