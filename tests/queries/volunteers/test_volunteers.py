from sqlalchemy import select

from db.actions.orders.offers import accept_offer
from db.actions.orders.service import confirm_by_call, finish_service, start_service
from db.actions.volunteers.activities import Served
from db.actions.volunteers.hours import correct_service
from db.actions.volunteers.squads import found_squad, join_squad
from db.actions.volunteers.volunteers import link_account
from db.engine import carry_out, reading
from db.models import Order, ServiceRecord
from db.queries.orders.mine import done_by, promised_by
from db.queries.volunteers.activities import activities_of, team_to_credit
from db.queries.volunteers.card import volunteer_card
from db.queries.volunteers.squads import squads
from db.queries.volunteers.volunteers import accounts_to_link, registry, registry_sums
from db.terms import Role, VolunteerKind
from tests.builders.orders import an_order, offered
from tests.builders.projects import a_project
from tests.builders.volunteers import a_member, a_theme, a_volunteer, an_activity, report
from tests.builders.world import NOW, TODAY, World, another_actor, do, row
from tests.support.statements import Statements


def test_the_registry_shows_numbers_and_masked_names(world: World) -> None:
    volunteer_id = a_volunteer(world, "V9", phone="13812341234")
    squad_id = carry_out(world.worker, "a", found_squad, name="银发巡河队", theme_id=a_theme(world))
    carry_out(world.worker, "b", join_squad, squad_id=squad_id, volunteer_id=volunteer_id)

    with reading(world.worker) as session, Statements() as counted:
        row = registry(session).rows[0]
        sums = registry_sums(session)
    with reading(world.worker) as session:
        card = volunteer_card(session, volunteer_id)
        team = squads(session)

    assert counted.n <= 4
    assert (row.number, row.name, row.squads, row.linked) == ("V9", "志**", "银发巡河队", False)
    assert (sums.party_members, sums.residents, sums.squads) == (0, 1, 1)
    assert card
    assert (card.phone, card.services) == ("138****1234", ())
    assert [(squad.theme, squad.members) for squad in team.rows] == [("五水共治", 1)]


def test_the_registry_is_paged_and_filtered(world: World) -> None:
    ids = [a_volunteer(world, f"V{n:03d}") for n in range(52)]

    with reading(world.worker) as session:
        first = registry(session)
        second = registry(session, before=first.rows[-1].id)
        found = registry(session, words="v007")
        party = registry(session, kind=VolunteerKind.PARTY_MEMBER)

    assert first.more
    assert not second.more
    assert [row.id for row in second.rows] == [ids[1], ids[0]]
    assert [row.number for row in found.rows] == ["V007"]
    assert party.rows == ()


def test_a_corrected_service_shows_what_was_recorded_first(world: World) -> None:
    project_id = a_project(world, starts_on=TODAY)
    one, activity_id = a_member(world, project_id), an_activity(world, project_id)
    report(world, activity_id, Served(one, 300))
    with reading(world.worker) as session:
        record_id = session.scalars(select(ServiceRecord.id)).one()
    carry_out(world.worker, "a", correct_service, record_id=record_id, minutes=60, reason="签退记错", now=NOW)

    with reading(world.worker) as session:
        card = volunteer_card(session, one)
        activity = activities_of(session, project_id)[0]
        team = team_to_credit(session, project_id)

    assert card
    assert card.minutes == 60
    service = card.services[0]
    assert (service.minutes, service.first_minutes, service.correction) == (60, 300, "签退记错")
    assert (activity.people, activity.minutes, activity.served) == (1, 60, 30)
    assert [servant.volunteer_id for servant in team] == [one]


def test_only_free_accounts_are_offered(world: World) -> None:
    volunteer_id = a_volunteer(world, account_id=world[Role.VOLUNTEER].id)
    another_actor(world, Role.VOLUNTEER, "elsewhere", community_id=world.there)

    with reading(world.worker) as session:
        assert [account_id for account_id, _ in accounts_to_link(session, volunteer_id)] == [world[Role.TEAM_LEADER].id]


def test_the_card_of_another_community_is_not_there(world: World) -> None:
    volunteer_id = a_volunteer(world)

    with reading(world.other_secretary) as session:
        assert volunteer_card(session, volunteer_id) is None


def test_a_card_tells_of_confirmed_orders_and_an_account_that_is_linked_later_sees_them(world: World) -> None:
    helper = a_volunteer(world, "V-LATER")
    confirmed, waiting = an_order(world), an_order(world, row(world, Order, 1).service_id)
    for order in (confirmed, waiting):
        offer = offered(world, order, helper)
        do(world.worker, accept_offer, offer_id=offer)
        do(world.worker, start_service, order_id=order)
        do(world.worker, finish_service, order_id=order, done="买了菜", minutes=60)
    do(world.worker, confirm_by_call, order_id=confirmed)
    do(world.secretary, link_account, volunteer_id=helper, account_id=world[Role.VOLUNTEER].id)

    with reading(world.secretary) as session:
        card = volunteer_card(session, helper)
    assert card is not None
    assert [(one.minutes, one.service) for one in card.orders] == [(60, "代买菜")]
    assert card.minutes == 60
    with reading(world[Role.VOLUNTEER]) as session:
        assert [one.order_id for one in done_by(session, world[Role.VOLUNTEER].id)] == [confirmed]
        assert [one.order_id for one in promised_by(session, world[Role.VOLUNTEER].id)] == [waiting]
