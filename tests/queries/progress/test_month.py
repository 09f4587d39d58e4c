"""The month's figures, counted by the day on which it happened."""

from datetime import date, timedelta

from db.engine import as_system, reading
from db.models import NeedFlow, ServiceDay
from db.queries.progress.month import month_figures
from db.terms import NeedStage
from tests.builders.meetings import in_session
from tests.builders.voting import vote_by_hands
from tests.builders.world import NOW, TODAY, World, do
from tests.support.statements import Statements

MARCH = TODAY.replace(day=1)


def flow(world: World, day: date, stage: NeedStage, entered: int, logged: int = 0) -> None:
    with as_system("test") as session:
        session.add(NeedFlow(community_id=world.here, day=day, stage=stage, entered=entered, logged=logged))


def test_what_happened_counts_in_its_own_month(world: World) -> None:
    last_of_february = MARCH - timedelta(days=1)
    flow(world, MARCH, NeedStage.LOGGED, 5, logged=5)
    flow(world, MARCH, NeedStage.CLOSED, 2)
    flow(world, last_of_february, NeedStage.CLOSED, 7)
    with as_system("test") as session:
        session.add(ServiceDay(community_id=world.here, day=MARCH, minutes=90, records=1))

    with reading(world.secretary) as session:
        *_earlier, february, march = month_figures(session, MARCH)
        elsewhere = month_figures(session, MARCH, community_id=world.there)[-1]

    assert (march.logged, march.closed, march.minutes, february.closed) == (5, 2, 90, 7)
    assert (elsewhere.logged, elsewhere.minutes) == (0, 0)


def test_closed_meetings_count_with_what_passed(small_world: World) -> None:
    from db.actions.meetings.meetings import close_meeting
    from db.actions.voting.voting import answer_rejected
    from db.models import Meeting
    from tests.builders.world import row

    meeting, items = in_session(small_world, needs=2)
    vote_by_hands(small_world, items[0], 8, 4, 2)
    vote_by_hands(small_world, items[1], 7, 5, 2)
    do(small_world.secretary, answer_rejected, item_id=items[1], reason="未过半数")
    version = row(small_world, Meeting, meeting).version
    do(small_world.secretary, close_meeting, meeting_id=meeting, version=version)
    when = row(small_world, Meeting, meeting).at.date().replace(day=1)

    with reading(small_world.secretary) as session, Statements() as counted:
        found = month_figures(session, when)[-1]

    assert (found.meetings, found.passed) == (1, 1)
    assert counted.n <= 3
    assert NOW.year == when.year
