"""What the council's screens read: scoped, masked, paged, in few statements, never a tally too early."""

from datetime import timedelta
from typing import Any

import pytest

from db.actions.council.notices import post_notice, receive_objection
from db.actions.voting.voting import cast_vote, close_ballot, open_ballot
from db.engine import reading
from db.errors import NotFound
from db.models import Meeting
from db.queries.council.council import accounts_that_may_vote, bodies, communities, council_body
from db.queries.council.notices import items_to_post, last_contact, notice, notices
from db.queries.meetings.meetings import meetings, next_numbers, screen_now, sitting, waiting_needs
from db.queries.meetings.meetings import open_ballot as ballot_of
from db.queries.voting.voting import last_result, my_ballot, voters_without_account
from db.rules.council.council import NoticeStep, in_force, notice_step
from db.rules.voting.decision import Decision
from db.terms import Choice, MeetingState, Role, ScreenMode, VoteMethod
from tests.builders.meetings import a_convened, a_draft, in_session
from tests.builders.needs import a_need_for_council
from tests.builders.voting import vote_by_hands
from tests.builders.world import NOW, TODAY, World, do, row
from tests.support.statements import Statements

POSTED: dict[str, Any] = {
    "title": "公示",
    "body": "现予公示。",
    "working_days": 5,
    "where_posted": "公告栏",
    "objection_contact": "居委会 0574-87654321",
}


def test_a_meeting_costs_the_same_statements_whatever_its_size(world: World) -> None:
    small, _ = in_session(world, needs=1)
    large, items = in_session(world, needs=6, number=2)
    for item in items[:3]:
        vote_by_hands(world, item, 8, 4, 2)
    used = []

    for meeting in (small, large):
        with Statements() as counted, reading(world.secretary) as session:
            sitting(session, meeting, now=NOW)
        used.append(counted.n)

    assert used[0] == used[1] <= 9


def test_a_draft_shows_the_rule_that_would_be_frozen(world: World) -> None:
    meeting = a_draft(world)

    with reading(world.secretary) as session:
        facts = sitting(session, meeting, now=NOW)

    assert facts.state is MeetingState.DRAFT
    assert facts.rule is not None
    assert facts.rule.preset == "council"


def test_meetings_of_another_community_are_not_there(world: World) -> None:
    meeting, _ = a_convened(world)

    with reading(world.other_secretary) as session:
        listed = meetings(session).rows
        with pytest.raises(NotFound):
            sitting(session, meeting, now=NOW)

    assert listed == ()


def test_meetings_come_in_pages_newest_first_with_their_counts(world: World) -> None:
    first, items = in_session(world, needs=2)
    vote_by_hands(world, items[0], 8, 4, 2)
    second = a_draft(world, number=2)

    with reading(world.secretary) as session:
        page, older = meetings(session), meetings(session, before=second)
        numbers = next_numbers(session)

    assert [r.id for r in page.rows] == [second, first]
    assert [(r.id, r.items, r.passed) for r in older.rows] == [(first, 2, 1)]
    assert numbers == {world.body: 3}


def test_the_needs_with_most_voices_are_offered_first_and_restricted_ones_never(world: World) -> None:
    few, many = a_need_for_council(world, voices=2), a_need_for_council(world, voices=9)
    a_need_for_council(world, restricted=True)

    with reading(world.secretary) as session:
        offered = [need.id for need in waiting_needs(session, world.here)]

    assert offered == [many, few]


def test_a_member_sees_the_own_vote_and_the_turnout(world: World) -> None:
    _, items = in_session(world)
    member = world[Role.COUNCIL_MEMBER]
    ballot = do(world.secretary, open_ballot, item_id=items[0], method=VoteMethod.NAMED)
    do(member, cast_vote, ballot_id=ballot, choice=Choice.FOR)

    with reading(member) as session:
        mine, nobodys = my_ballot(session, member.id), my_ballot(session, world.worker.id)

    assert mine is not None
    assert (mine.choice, mine.turnout, mine.voting) == (Choice.FOR, 1, 14)
    assert nobodys is None


def test_who_has_not_voted_is_asked_for_until_the_close(world: World) -> None:
    meeting, items = in_session(world)
    member = world[Role.COUNCIL_MEMBER]
    ballot = do(world.secretary, open_ballot, item_id=items[0], method=VoteMethod.NAMED)
    do(member, cast_vote, ballot_id=ballot, choice=Choice.FOR)

    with reading(world.secretary) as session:
        missing = voters_without_account(session, ballot)
    do(world.secretary, close_ballot, ballot_id=ballot)
    with reading(world.secretary) as session:
        gone = ballot_of(session, meeting)

    assert len(missing) == 13
    assert gone is None


def test_a_member_reads_the_last_result_of_the_open_meeting(world: World) -> None:
    _, items = in_session(world)
    vote_by_hands(world, items[0], 8, 4, 2)
    member = world[Role.COUNCIL_MEMBER]

    with reading(member) as session:
        result = last_result(session, member.id)

    assert result is not None
    assert isinstance(result.result, Decision)
    assert result.result.votes_for == 8


def test_the_body_knows_its_members_its_rule_and_its_free_seat(world: World) -> None:
    with reading(world[Role.COUNCIL_MEMBER]) as session:
        body = council_body(session, world.body)
        listed = bodies(session, today=TODAY)

    assert len(body.in_office(TODAY)) == listed[0].members == 16
    assert body.free_seat == 17
    rule = in_force(body.rules, TODAY)
    assert rule is not None
    assert in_force(body.rules, rule.valid_from - timedelta(days=1)) is None


def test_only_accounts_of_the_community_that_may_vote_are_offered(world: World) -> None:
    with reading(world[Role.SUBDISTRICT_ADMIN]) as session:
        offered = {named.id for named in accounts_that_may_vote(session, world.here)}
        homes = {home.id for home in communities(session)}

    assert offered == {world.secretary.id, world.worker.id, world[Role.COUNCIL_MEMBER].id}
    assert homes == {world.here, world.there}


def test_a_passed_item_waits_for_its_notice_until_it_is_posted(world: World) -> None:
    _, items = in_session(world)
    vote_by_hands(world, items[0], 8, 4, 2)
    with reading(world.secretary) as session:
        before = items_to_post(session)

    do(world.secretary, post_notice, item_id=items[0], **POSTED)

    with reading(world.secretary) as session:
        assert items_to_post(session) == ()
        assert last_contact(session) == "居委会 0574-87654321"
    assert [item.item_id for item in before] == items


def test_an_objector_is_masked_and_the_notice_says_what_it_waits_for(world: World) -> None:
    _, items = in_session(world)
    vote_by_hands(world, items[0], 8, 4, 2)
    posted = int(do(world.secretary, post_notice, item_id=items[0], **POSTED)["notice_id"])
    with reading(world.secretary) as session:
        running = notice(session, posted, today=TODAY)
        over = notice_step(running, running.ends_on + timedelta(days=1))
    do(
        world.worker,
        receive_objection,
        notice_id=posted,
        objector="沈小芳",
        contact="13812345678",
        matter="灯光直射卧室",
    )

    with reading(world[Role.AUDITOR]) as session:
        facts = notice(session, posted, today=TODAY)
        listed = notices(session).rows

    assert (facts.objections[0].objector, facts.objections[0].contact) == ("沈**", "138****5678")
    assert (notice_step(running, TODAY), over) == (NoticeStep.WAIT, NoticeStep.FINISH)
    assert notice_step(facts, facts.ends_on + timedelta(days=30)) is NoticeStep.ANSWER_OBJECTIONS
    assert (listed[0].objections, listed[0].open_objections) == (1, 1)


def test_a_screen_that_nobody_steered_is_in_rotation(world: World) -> None:
    with reading(world.secretary) as session:
        untouched = screen_now(session, world.here)
    meeting, _ = in_session(world)
    with reading(world.secretary) as session:
        following = screen_now(session, world.here)

    assert untouched.mode is ScreenMode.ROTATION
    assert (following.mode, following.meeting_id) == (ScreenMode.MEETING, meeting)
    assert row(world, Meeting, meeting).chair_id == world.secretary.id
