"""同意: who may give it and how it is witnessed; what falls with it when it is taken back."""

from datetime import timedelta
from typing import Any

import pytest

from db.actions.people.consents import record_consent, withdraw_consent
from db.engine import reading
from db.errors import BadInput, NotFound, NotPermitted, Refused
from db.models import Consent
from db.terms import ConsentScope, ConsentWay, Role
from tests.builders.people import a_consent, a_person, the
from tests.builders.volunteers import a_volunteer
from tests.builders.world import TODAY, World, do


def test_a_consent_is_kept_with_who_wrote_it_and_what_was_told(world: World) -> None:
    person = a_person(world)

    consent = a_consent(world.worker, person, way=ConsentWay.SPOKEN, witness="社工小许")

    row = the(Consent, consent)
    assert (row.person_id, row.volunteer_id, row.way) == (person, None, ConsentWay.SPOKEN)
    assert (row.recorded_by, row.withdrawn_on) == (world.worker.id, None)


def test_a_volunteer_consents_to_a_contact_card(world: World) -> None:
    volunteer = a_volunteer(world)

    consent = a_consent(world.worker, None, volunteer_id=volunteer, scope=ConsentScope.CONTACT_CARD)

    assert the(Consent, consent).volunteer_id == volunteer


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("person_id", {"person_id": None}),
        ("scope", {"scope": None}),
        ("way", {"way": None}),
        ("witness", {"way": ConsentWay.SPOKEN}),
        ("told", {"told": " "}),
        ("given_on", {"given_on": TODAY + timedelta(days=1)}),
        ("volunteer_id", {"person_id": None, "volunteer_id": 999}),
    ],
)
def test_what_a_consent_lacks_is_told_at_its_field(world: World, field: str, wrong: dict[str, Any]) -> None:
    person = a_person(world)

    with pytest.raises(BadInput) as told:
        a_consent(world.worker, **({"person_id": person} | wrong))

    assert told.value.field == field


def test_under_fourteen_only_a_guardian_consents(world: World) -> None:
    person = a_person(world)

    with pytest.raises(Refused, match="guardian_needed"):
        a_consent(world.worker, person, under_14=True)

    assert a_consent(world.worker, person, under_14=True, way=ConsentWay.GUARDIAN)


def test_a_consent_is_taken_back_once_and_stays_in_the_ledger(world: World) -> None:
    consent = a_consent(world.worker, a_person(world))

    do(world.worker, withdraw_consent, consent_id=consent, reason="本人电话要求")
    with pytest.raises(Refused, match="already_withdrawn"):
        do(world.worker, withdraw_consent, consent_id=consent, reason="再来一次")

    row = the(Consent, consent)
    assert (row.withdrawn_on, row.withdrawn_reason) == (TODAY, "本人电话要求")


def test_nobody_consents_for_somebody_elsewhere(world: World) -> None:
    theirs = a_person(world, community_id=world.there)

    with pytest.raises(NotFound):
        a_consent(world.worker, theirs)


@pytest.mark.parametrize("role", [r for r in Role if r not in (Role.SECRETARY, Role.AREA_WORKER)])
def test_only_secretary_and_worker_write_consents(small_world: World, role: Role) -> None:
    person = a_person(small_world)

    with pytest.raises(NotPermitted):
        a_consent(small_world[role], person)


def test_a_restricted_person_s_consent_is_restricted_too(world: World) -> None:
    with reading(world.secretary) as session:
        assert session.get(Consent, 1) is None
    hidden = a_person(world, restricted=True)
    with pytest.raises(NotFound):
        a_consent(world.worker, hidden)
    assert record_consent.__name__ == "record_consent"
