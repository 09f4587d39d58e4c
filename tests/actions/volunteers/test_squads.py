"""Squads are joined, left, led and dissolved; what they show is shown only while its speaker agrees."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from db.actions.admin.leaving import disable_account
from db.actions.orders.leaving import end_volunteer
from db.actions.people.consents import record_consent, withdraw_consent
from db.actions.volunteers.merges import merge_volunteers, undo_volunteer_merge
from db.actions.volunteers.placements import claim_place, leave_team, sign_up
from db.actions.volunteers.showcase import add_story, close_squad_opening, post_squad_opening, take_down_story
from db.actions.volunteers.squads import (
    add_theme,
    answer_request,
    ask_to_join,
    change_squad,
    change_theme,
    dissolve_squad,
    found_squad,
    join_squad,
    leave_own_squad,
    leave_squad,
    name_leaders,
    take_back_request,
    take_out_member,
)
from db.engine import reading
from db.errors import BadInput, Conflict, NotPermitted, Problem, Refused
from db.models import Opening, Placement, Squad, SquadMember, SquadRequest, Volunteer
from db.queries.volunteers.squads import squad_page, stories_of, themes
from db.rules.permissions import Actor
from db.terms import ConsentScope, ConsentWay, PlacementState, Role
from tests.builders.volunteers import a_squad, a_theme, a_volunteer, a_volunteer_actor
from tests.builders.world import NOW, TODAY, World, do, row


def inside(world: World, squad_id: int) -> list[int]:
    with reading(world.secretary) as session:
        query = select(SquadMember.volunteer_id).where(SquadMember.squad_id == squad_id, SquadMember.left_on.is_(None))
        return list(session.scalars(query.order_by(SquadMember.id)))


def of(world: World, person: Actor) -> int:
    with reading(world.secretary) as session:
        return session.scalars(select(Volunteer.id).where(Volunteer.account_id == person.id)).one()


def led_by(world: World, person: Actor) -> int:
    """A squad that a volunteer with a phone leads."""
    squad_id, who = a_squad(world), of(world, person)
    do(world.worker, join_squad, squad_id=squad_id, volunteer_id=who)
    do(world.worker, name_leaders, squad_id=squad_id, version=1, leader_id=who, deputy_id=None)
    return squad_id


# --- in and out ------------------------------------------------------------------------------------------------


def test_a_volunteer_asks_and_the_leader_takes_them_with_a_phone_each(world: World) -> None:
    leader, asks = a_volunteer_actor(world, "leader"), a_volunteer_actor(world, "asks")
    squad_id = led_by(world, leader)

    request = do(asks, ask_to_join, squad_id=squad_id, word="周末有空")
    with pytest.raises(Refused, match="already_asked"):
        do(asks, ask_to_join, squad_id=squad_id)
    do(leader, answer_request, request_id=request, accepted=True)

    assert inside(world, squad_id) == [of(world, leader), of(world, asks)]
    with pytest.raises(Refused, match="request_answered"):
        do(leader, answer_request, request_id=request, accepted=False, answer="晚了")
    with pytest.raises(Refused, match="already_in_squad"):
        do(asks, ask_to_join, squad_id=squad_id)


def test_a_no_has_its_reason_and_a_request_can_be_taken_back(world: World) -> None:
    asks, squad_id = a_volunteer_actor(world, "asks"), a_squad(world)
    request = do(asks, ask_to_join, squad_id=squad_id)

    with pytest.raises(BadInput, match="answer"):
        do(world.worker, answer_request, request_id=request, accepted=False)
    do(asks, take_back_request, squad_id=squad_id)

    with pytest.raises(Refused, match="request_answered"):
        do(world.worker, answer_request, request_id=request, accepted=True)
    assert (row(world, SquadRequest, request).accepted, inside(world, squad_id)) == (None, [])


def test_only_those_who_lead_a_squad_or_manage_squads_answer_for_it(world: World) -> None:
    stranger, asks = a_volunteer_actor(world, "stranger"), a_volunteer_actor(world, "asks")
    squad_id = led_by(world, a_volunteer_actor(world, "leader"))
    do(world.worker, join_squad, squad_id=squad_id, volunteer_id=of(world, stranger))
    request = do(asks, ask_to_join, squad_id=squad_id)
    first = row(world, SquadMember, 1)

    for act, values in (
        (answer_request, {"request_id": request, "accepted": True}),
        (take_out_member, {"member_id": first.id, "reason": "不熟"}),
        (post_squad_opening, {"squad_id": squad_id, "title": "值班", "places": 1}),
    ):
        with pytest.raises(Refused, match="not_your_squad"):
            do(stranger, act, **values)
    with pytest.raises(NotPermitted):
        do(stranger, dissolve_squad, squad_id=squad_id, version=2, reason="不要了")


def test_who_leaves_and_comes_back_has_both_times_and_leads_no_more(world: World) -> None:
    leader = a_volunteer_actor(world, "leader")
    squad_id, who = led_by(world, leader), of(world, leader)

    do(leader, leave_own_squad, squad_id=squad_id, reason="带孙子", now=NOW + timedelta(days=3))
    do(world.worker, join_squad, squad_id=squad_id, volunteer_id=who, now=NOW + timedelta(days=9))

    with reading(world.secretary) as session:
        times = session.execute(select(SquadMember.joined_on, SquadMember.left_on, SquadMember.left_reason)).all()
        page = squad_page(session, squad_id, account_id=leader.id, year=TODAY.year)
    assert times == [(TODAY, TODAY + timedelta(days=3), "带孙子"), (TODAY + timedelta(days=9), None, "")]
    assert page
    assert (page.leader_id, page.i_am_in, page.i_lead) == (None, True, False)


def test_a_leader_who_ends_leaves_the_lead_open_and_the_request_unanswered(world: World) -> None:
    leader = a_volunteer_actor(world, "leader")
    squad_id, who = led_by(world, leader), of(world, leader)
    other = a_squad(world, "另一队")
    request = do(leader, ask_to_join, squad_id=other)

    do(world.worker, end_volunteer, volunteer_id=who, version=1, on=TODAY, reason="搬家")

    assert (row(world, Squad, squad_id).leader_id, inside(world, squad_id)) == (None, [])
    assert row(world, SquadRequest, request).answered_at is not None


def test_a_leader_whose_account_is_disabled_is_told_as_one_who_cannot_answer(world: World) -> None:
    leader = a_volunteer_actor(world, "leader")
    squad_id = led_by(world, leader)

    do(world[Role.SUBDISTRICT_ADMIN], disable_account, account_id=leader.id)

    with reading(world.secretary) as session:
        page = squad_page(session, squad_id, account_id=0, year=TODAY.year)
    assert page
    assert (page.leader_id, page.leader_answers) == (of(world, leader), False)


def test_merged_entries_are_in_a_squad_once_and_lead_it_until_it_is_undone(world: World) -> None:
    squad_id, kept, other = a_squad(world), a_volunteer(world, "V1"), a_volunteer(world, "V2")
    for who in (kept, other):
        do(world.worker, join_squad, squad_id=squad_id, volunteer_id=who)
    do(world.worker, name_leaders, squad_id=squad_id, version=1, leader_id=other, deputy_id=kept)

    merge = do(world.secretary, merge_volunteers, kept_id=kept, other_id=other)
    merged = row(world, Squad, squad_id)
    do(world.secretary, undo_volunteer_merge, merge_id=merge)

    assert (merged.leader_id, merged.deputy_id) == (kept, None)
    assert row(world, Squad, squad_id).leader_id == other


# --- the squad itself ------------------------------------------------------------------------------------------


def test_leaders_are_two_members_of_the_squad(world: World) -> None:
    squad_id, member, stranger = a_squad(world), a_volunteer(world, "V1"), a_volunteer(world, "V2")
    do(world.worker, join_squad, squad_id=squad_id, volunteer_id=member)

    for leader, deputy, field in (
        (stranger, None, "leader_id"),
        (member, stranger, "deputy_id"),
        (member, member, "deputy_id"),
    ):
        with pytest.raises(BadInput, match=field):
            do(world.worker, name_leaders, squad_id=squad_id, version=1, leader_id=leader, deputy_id=deputy)
    do(world.worker, name_leaders, squad_id=squad_id, version=1, leader_id=member, deputy_id=None)

    with pytest.raises(Conflict):
        do(world.worker, name_leaders, squad_id=squad_id, version=1, leader_id=None, deputy_id=None)


def test_the_leader_writes_slogan_and_charter(world: World) -> None:
    leader = a_volunteer_actor(world, "leader")
    squad_id = led_by(world, leader)
    theme = row(world, Squad, squad_id).theme_id

    do(
        leader,
        change_squad,
        squad_id=squad_id,
        version=2,
        name="巡河二队",
        theme_id=theme,
        slogan="河清岸绿",
        charter="每周一次",
    )

    squad = row(world, Squad, squad_id)
    assert (squad.name, squad.slogan, squad.charter) == ("巡河二队", "河清岸绿", "每周一次")


def test_a_dissolved_squad_has_nobody_takes_nobody_and_keeps_its_history(world: World) -> None:
    asks, holder = a_volunteer_actor(world, "asks"), a_volunteer_actor(world, "holder")
    squad_id = a_squad(world)
    do(world.worker, join_squad, squad_id=squad_id, volunteer_id=of(world, holder))
    post = do(world.worker, post_squad_opening, squad_id=squad_id, title="值班", places=1)
    do(holder, claim_place, opening_id=post)
    request = do(asks, ask_to_join, squad_id=squad_id)

    do(world.worker, dissolve_squad, squad_id=squad_id, version=1, reason="并入二队")

    with pytest.raises(Refused, match="squad_dissolved"):
        do(world.worker, join_squad, squad_id=squad_id, volunteer_id=of(world, asks))
    opening = row(world, Opening, post)
    assert (opening.closed, opening.filled, row(world, Placement, 1).state) == (True, 0, PlacementState.LEFT)
    assert (row(world, SquadRequest, request).accepted, row(world, SquadMember, 1).left_reason) == (False, "并入二队")


def test_the_subdistrict_changes_its_themes_and_a_squad_keeps_one_that_is_given_no_more(world: World) -> None:
    squad_id, admin = a_squad(world), world[Role.SUBDISTRICT_ADMIN]
    old = row(world, Squad, squad_id)

    new = do(admin, add_theme, name="应急救援", name_en="Rescue")
    with pytest.raises(BadInput) as told:
        do(admin, add_theme, name="应急救援")
    do(admin, change_theme, theme_id=old.theme_id, version=1, name="护水", active=False)

    assert told.value.problem is Problem.TAKEN
    with pytest.raises(BadInput, match="theme_id"):
        do(world.worker, found_squad, name="新队", theme_id=old.theme_id)
    do(
        world.worker,
        change_squad,
        squad_id=squad_id,
        version=1,
        name=old.name,
        theme_id=old.theme_id,
        slogan="",
        charter="",
    )
    do(world.worker, found_squad, name="救援队", theme_id=new)
    with reading(world.secretary) as session:
        assert [(one.name, one.active, one.squads) for one in themes(session)] == [
            ("护水", False, 1),
            ("应急救援", True, 1),
        ]


# --- posts and what is shown -----------------------------------------------------------------------------------


def test_a_post_of_a_squad_is_claimed_and_given_back_and_never_asked_for(world: World) -> None:
    one, other = a_volunteer_actor(world, "one"), a_volunteer_actor(world, "other")
    post = do(world.worker, post_squad_opening, squad_id=a_squad(world), title="换灯", skill="电工", places=1)

    placement = do(one, claim_place, opening_id=post)
    with pytest.raises(Refused, match="opening_full"):
        do(other, claim_place, opening_id=post)
    with pytest.raises(Refused, match="squad_post_is_claimed"):
        do(other, sign_up, opening_id=post)
    do(one, leave_team, placement_id=placement, reason="出差")
    do(other, claim_place, opening_id=post)
    do(world.worker, close_squad_opening, opening_id=post)

    with pytest.raises(Refused, match="opening_closed"):
        do(one, claim_place, opening_id=post)
    assert row(world, Opening, post).filled == 1


def test_words_need_a_consent_and_go_with_it_at_once(world: World) -> None:
    squad_id, who = a_squad(world), a_volunteer(world)
    do(world.worker, join_squad, squad_id=squad_id, volunteer_id=who)
    words = {"squad_id": squad_id, "volunteer_id": who, "words": "修好一盏灯，楼道都亮堂"}

    with pytest.raises(Refused, match="no_story_consent"):
        do(world.worker, add_story, **words)
    consent = do(world.worker, record_consent, volunteer_id=who, scope=ConsentScope.STORY, given_on=TODAY,
                 way=ConsentWay.PAPER, told="登在风采里")  # fmt: skip
    story = do(world.worker, add_story, **words)
    with reading(world[Role.VOLUNTEER]) as session:
        shown = stories_of(session, squad_id, today=TODAY)
    do(world.worker, withdraw_consent, consent_id=consent, reason="不想登了")

    assert [(one.who, one.words) for one in shown] == [("志**", "修好一盏灯，楼道都亮堂")]
    with reading(world.secretary) as session:
        assert stories_of(session, squad_id, today=TODAY) == []
    do(world.worker, take_down_story, story_id=story)
    with pytest.raises(Refused, match="already_done"):
        do(world.worker, take_down_story, story_id=story)


def test_staff_take_somebody_out_and_find_them_out(world: World) -> None:
    squad_id, who = a_squad(world), a_volunteer(world)
    do(world.worker, join_squad, squad_id=squad_id, volunteer_id=who)

    do(world.worker, take_out_member, member_id=1, reason="长期联系不上")

    with pytest.raises(Refused, match="not_in_squad"):
        do(world.worker, take_out_member, member_id=1, reason="又一次")
    with pytest.raises(Refused, match="not_in_squad"):
        do(world.worker, leave_squad, squad_id=squad_id, volunteer_id=who, reason="又一次")
    assert a_theme(world) == row(world, Squad, squad_id).theme_id
