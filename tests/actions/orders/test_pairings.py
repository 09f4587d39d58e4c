"""结对: once per helper and household, five at most, ended and begun anew; on both engines."""

import pytest
from sqlalchemy import select

from db.actions.orders.pairings import add_pairing, end_pairing, record_paper, set_desk_phone
from db.actions.reports.forms import check_form_file
from db.engine import carry_out, reading
from db.errors import BadInput, NotFound, NotPermitted, Refused
from db.models import Export, Pairing
from db.queries.orders.pairings import card_home, card_lines, pairings_of, volunteers_to_pair
from db.terms import Role
from tests.builders.doors import a_household
from tests.builders.reports import consents, paired
from tests.builders.volunteers import a_volunteer
from tests.builders.world import TODAY, World, another_actor


def test_a_helper_is_paired_once_and_again_after_the_end(world: World) -> None:
    home, helper = a_household(world), a_volunteer(world)
    first = paired(world, home, helper)

    with pytest.raises(Refused, match="already_paired"):
        paired(world, home, helper)
    carry_out(world.worker, "", end_pairing, pairing_id=first)
    with pytest.raises(Refused, match="pairing_ended"):
        carry_out(world.worker, "", end_pairing, pairing_id=first)
    second = paired(world, home, helper)

    with reading(world.worker) as session:
        assert [row.id for row in pairings_of(session, home)] == [second]


def test_a_household_has_five_helpers_at_most(world: World) -> None:
    home = a_household(world)
    for number in range(5):
        paired(world, home, a_volunteer(world, f"V{number}"))

    with pytest.raises(Refused, match="too_many_pairings"):
        paired(world, home, a_volunteer(world, "V9"))


def test_the_card_reads_the_consent_that_holds_now(world: World) -> None:
    home, helper = a_household(world), a_volunteer(world, phone="13911112222")
    paired(world, home, helper)

    with reading(world.worker) as session:
        assert [(line.name, line.phone) for line in card_lines(session, home)] == [("", "")]
        assert pairings_of(session, home)[0].name == "志**"
    consents(world, helper)
    with reading(world.worker) as session:
        assert [(line.name, line.phone) for line in card_lines(session, home)] == [("志愿者V001", "13911112222")]
        assert pairings_of(session, home)[0].name == "志**"


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("volunteer_id", {"volunteer_id": None}),
        ("volunteer_id", {"volunteer_id": 999}),
        ("volunteer_id", {"volunteer_id": "x"}),
        ("helps_with", {"helps_with": " "}),
        ("helps_with", {"helps_with": "长" * 61}),
        ("rhythm", {"rhythm": "长" * 61}),
    ],
)
def test_bad_input_is_told_at_its_field(small_world: World, field: str, values: dict[str, object]) -> None:
    home, helper = a_household(small_world), a_volunteer(small_world)

    with pytest.raises(BadInput) as wrong:
        carry_out(small_world.worker, "", add_pairing,
                  **({"household_id": home, "volunteer_id": helper, "helps_with": "换灯"} | values))  # fmt: skip

    assert wrong.value.field == field


def test_nobody_pairs_or_prints_for_another_community(small_world: World) -> None:
    home, helper = a_household(small_world), a_volunteer(small_world)
    pairing = paired(small_world, home, helper)
    other = small_world.other_secretary
    assert other is not None

    with pytest.raises(Refused, match="household_restricted"):
        carry_out(other, "", add_pairing, household_id=home, volunteer_id=helper, helps_with="x")
    with pytest.raises(NotFound):
        carry_out(other, "", end_pairing, pairing_id=pairing)
    with pytest.raises(Refused):
        carry_out(other, "", record_paper, what="contact_card", household_id=home, rows=1, filters={})
    with pytest.raises((NotFound, NotPermitted)):
        carry_out(other, "", set_desk_phone, community_id=small_world.here, phone="0571-5555 0100")
    with reading(other) as session:
        assert card_home(session, home, today=TODAY) is None
        assert card_lines(session, home) == ()
        assert volunteers_to_pair(session, home) == ()


def test_a_restricted_household_is_for_its_named_staff(small_world: World) -> None:
    home, helper = a_household(small_world, restricted=True, alias="晨星01号"), a_volunteer(small_world)
    named = another_actor(small_world, Role.AREA_WORKER, "named_staff", sees_restricted=True)

    with pytest.raises(Refused, match="household_restricted"):
        paired(small_world, home, helper)
    carry_out(named, "", add_pairing, household_id=home, volunteer_id=helper, helps_with="陪聊")

    with reading(named) as session:
        shown = card_home(session, home, today=TODAY)
        assert shown is not None
        assert shown.label == "晨星01号"
        assert len(card_lines(session, home)) == 1
    with reading(small_world.worker) as session:
        assert card_lines(session, home) == ()
        assert pairings_of(session, home) == ()


@pytest.mark.parametrize("role", [Role.SUBDISTRICT_ADMIN, Role.AUDITOR, Role.VOLUNTEER, Role.COUNCIL_MEMBER])
def test_only_staff_pair_and_print(small_world: World, role: Role) -> None:
    home, helper = a_household(small_world), a_volunteer(small_world)

    with pytest.raises(NotPermitted):
        carry_out(small_world[role], "", add_pairing, household_id=home, volunteer_id=helper, helps_with="x")
    with pytest.raises(NotPermitted):
        carry_out(small_world[role], "", record_paper, what="answer_slip", household_id=home, rows=1, filters={})


def test_every_paper_is_written_down(world: World) -> None:
    home = a_household(world)
    for what in ("contact_card", "answer_slip"):
        carry_out(world.worker, "", record_paper, what=what, household_id=home, rows=2, filters={"large": True})
    with pytest.raises(BadInput):
        carry_out(world.worker, "", record_paper, what="anything", household_id=home, rows=2, filters={})

    with reading(world.secretary) as session:
        found = session.execute(select(Export.what, Export.masked, Export.filters).order_by(Export.id)).all()
        assert session.scalars(select(Pairing.id)).all() == []
    assert [(row.what, row.masked, row.filters["household"]) for row in found] == [
        ("contact_card", False, home),
        ("answer_slip", True, home),
    ]


def test_only_two_kinds_of_file_are_forms() -> None:
    with pytest.raises(Refused, match="form_kind"):
        check_form_file(b"x", "xls")
    with pytest.raises(BadInput):
        check_form_file(b"", "xlsx")
