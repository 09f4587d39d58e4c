"""A1-03, A1-14: the station with party and resident volunteers, standing teams by theme, posts matched to skills."""

from sqlalchemy import select

from db.actions.accounts.accounts import FIRST_THEMES
from db.actions.volunteers.activities import Served
from db.actions.volunteers.hours import correct_service
from db.actions.volunteers.placements import claim_place, leave_team, sign_up
from db.actions.volunteers.squads import found_squad, join_squad
from db.actions.volunteers.volunteers import link_account, register_volunteer
from db.engine import carry_out, reading
from db.models import ServiceRecord
from db.queries.volunteers.card import volunteer_card
from db.queries.volunteers.openings import myself, open_posts, own_places, posts_to_recommend
from db.queries.volunteers.squads import squads
from db.queries.volunteers.volunteers import registry, registry_sums
from db.terms import PlacementState, Role, VolunteerKind
from tests.builders.projects import a_project
from tests.builders.volunteers import a_theme, an_activity, an_opening, report
from tests.builders.world import NOW, TODAY, World, another_actor


def test_a_volunteer_finds_a_second_post_that_fits_and_the_hours_are_true(world: World) -> None:
    worker = world.worker
    electrician, barber = (
        carry_out(worker, name, register_volunteer, name=name, kind=kind, skills=[skill], now=NOW)
        for name, kind, skill in (
            ("周建国", VolunteerKind.PARTY_MEMBER, "电工"),
            ("钱美玲", VolunteerKind.RESIDENT, "理发"),
        )
    )
    for theme, _english in FIRST_THEMES:
        squad_id = carry_out(worker, theme, found_squad, name=f"{theme}队", theme_id=a_theme(world, theme))
        carry_out(worker, f"{theme}-in", join_squad, squad_id=squad_id, volunteer_id=electrician)
    zhou, qian = world[Role.VOLUNTEER], another_actor(world, Role.VOLUNTEER, "qian")
    carry_out(worker, "link", link_account, volunteer_id=electrician, account_id=zhou.id)
    carry_out(worker, "link2", link_account, volunteer_id=barber, account_id=qian.id)

    # A post for each skill; the electrician finds and claims the one that fits.
    project_id = a_project(world, starts_on=TODAY)
    wiring = an_opening(world, project_id, places=1, skill="电工")
    with reading(zhou) as session:
        entry = myself(session, zhou.id)
        fitting = open_posts(session, account_id=zhou.id, skill="电工").rows
    assert entry
    assert [post.id for post in fitting if post.skill in entry.skills] == [wiring]
    place = carry_out(zhou, "claim", claim_place, opening_id=wiring)

    # It is full now: the next one waits, and nobody is promoted silently when the first leaves.
    carry_out(qian, "ask", sign_up, opening_id=wiring)
    activity_id = an_activity(world, project_id)
    report(world, activity_id, Served(electrician, 300))
    carry_out(zhou, "leave", leave_team, placement_id=place, reason="去外地带孙子")
    with reading(qian) as session:
        assert [one.state for one in own_places(session, qian.id)] == [PlacementState.WAITING]
    with reading(world.secretary) as session:
        assert posts_to_recommend(session)[0].free == 1

    # One record was wrong; it is put right in the open.
    with reading(worker) as session:
        record_id = session.scalars(select(ServiceRecord.id)).one()
    carry_out(worker, "fix", correct_service, record_id=record_id, minutes=240, reason="签退时间记错", now=NOW)

    with reading(worker) as session:
        sums, teams = registry_sums(session), squads(session)
        row = registry(session, words="电工").rows[0]
        card = volunteer_card(session, electrician)
    assert (sums.party_members, sums.residents, sums.squads, sums.minutes) == (1, 1, len(FIRST_THEMES), 240)
    assert {team.members for team in teams.rows} == {1}
    assert (row.name, row.minutes, row.linked) == ("周**", 240, True)
    assert card
    assert (card.services[0].minutes, card.services[0].first_minutes) == (240, 300)
