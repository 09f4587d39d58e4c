"""A2-24: residents keep the helpers' numbers by consent; who takes it back stands on no new card, old ones are listed.

Three members help an old lady of the new village: blood pressure each week, water pipes, the children of the school.
"""

from io import BytesIO

import pytest
from docx import Document

from components.orders.card_papers import contact_card
from db.actions.orders.pairings import add_pairing, end_pairing, record_paper
from db.actions.people.consents import record_consent, withdraw_consent
from db.engine import as_system, reading
from db.models import Export, Household
from db.queries.orders.handed import HandedCard, cards_to_fetch
from db.queries.orders.pairings import PairingRow, card_home, card_lines, pairings_of
from db.rules.people.consent_input import ConsentInput
from db.terms import ConsentScope, ConsentWay, Role, VolunteerKind
from tests.builders.doors import a_household
from tests.builders.volunteers import a_volunteer
from tests.builders.world import NOW, TODAY, World, do

PHONES = {"党刘芳": "13911110001", "党李强": "13911110002", "校长明": "13911110003"}


def consents(world: World, volunteer: int) -> int:
    given = ConsentInput(
        ConsentScope.CONTACT_CARD, TODAY, ConsentWay.PAPER, "电话印在便民联系卡上", volunteer_id=volunteer
    )
    consent: int = do(world.worker, record_consent, given=given)
    return consent


def printed(world: World, home: int) -> str:
    """The words of the card as the page prints it now, numbers in one piece; the log keeps whom it names."""
    with reading(world.worker) as session:
        held, lines = card_home(session, home, today=TODAY), card_lines(session, home)
    assert held is not None
    named = [one.volunteer_id for one in lines if one.name]
    do(world.worker, record_paper, what="contact_card", household_id=home, rows=len(lines), filters={"named": named})
    document = Document(BytesIO(contact_card(held, lines, large=True)))
    return "\n".join(one.text for one in document.paragraphs).replace(" ", "")


def out(world: World, *named: int) -> tuple[HandedCard, ...]:
    with reading(world.worker) as session:
        return cards_to_fetch(session, named=named or None)


def helped(world: World, *rooms: str) -> tuple[list[int], list[int]]:
    """Households by room, each with the same three members to call; the households and the helpers."""
    homes = [a_household(world, room=room) for room in rooms]
    helpers = [
        a_volunteer(world, f"LL-V{at}", name=name, phone=phone, kind=VolunteerKind.PARTY_MEMBER)
        for at, (name, phone) in enumerate(PHONES.items(), 1)
    ]
    for home in homes:
        for helper, does in zip(helpers, ("量血压", "修水管", "孩子们探望"), strict=True):
            do(world.worker, add_pairing, household_id=home, volunteer_id=helper, helps_with=does, rhythm="每周")
    return homes, helpers


def test_a_number_stands_on_the_card_by_consent_and_on_no_card_after_it(world: World) -> None:
    (home, other), (nurse, plumber, _head) = helped(world, "301", "302")
    assert not any(phone in printed(world, home) for phone in PHONES.values())

    # Two agree, the third does not: the card names two, and for the third the desk is called.
    agreed = consents(world, nurse)
    consents(world, plumber)
    for one in (home, other):
        words = printed(world, one)
        assert (PHONES["党刘芳"] in words, PHONES["党李强"] in words, PHONES["校长明"] in words) == (True, True, False)
        assert "校长明" not in words
    assert out(world) == ()

    # The nurse takes it back: both cards that name her are listed, masked, until a new one was printed.
    do(world.worker, withdraw_consent, consent_id=agreed, reason="换了号码")
    listed = out(world)
    assert {(one.id, one.volunteer_id, one.name) for one in listed} == {(home, nurse, "党**"), (other, nurse, "党**")}
    assert all(phone not in str(listed) for phone in PHONES.values())
    words = printed(world, home)
    assert PHONES["党刘芳"] not in words
    assert "党刘芳" not in words
    assert PHONES["党李强"] in words
    assert [one.id for one in out(world)] == [other]
    assert out(world, plumber) == ()

    # Whoever serves here no more is still named by the card at the door.
    (pairing,) = [one for one in held(world, other) if one.volunteer_id == nurse]
    do(world.worker, end_pairing, pairing_id=pairing.id)
    assert [one.id for one in out(world)] == [other]

    # A consent that is given again makes the old card right again.
    consents(world, nurse)
    assert out(world) == ()


def held(world: World, home: int) -> tuple[PairingRow, ...]:
    with reading(world.worker) as session:
        return pairings_of(session, home)


@pytest.mark.parametrize("role", [Role.SECRETARY, Role.AREA_WORKER])
def test_a_card_of_before_is_told_by_the_days_of_pairing_and_consent(world: World, role: Role) -> None:
    (home,), (nurse, plumber, _head) = helped(world, "301")
    agreed = consents(world, nurse)
    consents(world, plumber)
    with as_system("test") as session:
        session.add(
            Export(community_id=world.here, account_id=world.worker.id, what="contact_card", rows=3, masked=False,
                   filters={"household": home, "large": False}, at=NOW)
        )  # fmt: skip

    do(world.worker, withdraw_consent, consent_id=agreed, reason="本人要求")

    with reading(world[role]) as session:
        assert [(one.id, one.volunteer_id) for one in cards_to_fetch(session)] == [(home, nurse)]
    with reading(world.other_secretary) as session:
        assert cards_to_fetch(session) == ()


def test_a_card_of_a_restricted_household_is_listed_for_named_staff_alone(world: World) -> None:
    (home,), (nurse, _plumber, _head) = helped(world, "301")
    agreed = consents(world, nurse)
    printed(world, home)
    do(world.worker, withdraw_consent, consent_id=agreed, reason="本人要求")
    assert len(out(world)) == 1

    with as_system("test") as session:
        household = session.get_one(Household, home)
        household.restricted, household.alias = True, "晨星07号"

    assert out(world) == ()
