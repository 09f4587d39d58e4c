"""The forms of ballots, tried with everything that a person, a paste or a forged request can send."""

import pytest

from db.actions.voting.voting import cancel_ballot, enter_count, open_ballot
from db.terms import (
    VoteMethod,
)
from tests.builders.meetings import in_session
from tests.builders.world import World, do
from tests.support.bad_input import Form, Forms, complaints, complaints_about_a_repeat

FORMS = Forms()


@FORMS.add
def hand_count(world: World) -> Form:
    ballot = do(world.secretary, open_ballot, item_id=in_session(world)[1][0], method=VoteMethod.HANDS)
    right = {"ballot_id": ballot, "teller": 1, "name": "计票甲", "votes_for": 8, "votes_against": 4, "votes_abstain": 2}
    each = (0, 14)
    return Form(
        enter_count, world.worker, right, {"name": 60},
        numbers={"votes_for": each, "votes_against": each, "votes_abstain": each, "teller": (1, 2)}, ids=("ballot_id",),
        also=({"votes_for": 9},),
    )  # fmt: skip


@FORMS.add
def ballot_void(world: World) -> Form:
    ballot = do(world.secretary, open_ballot, item_id=in_session(world)[1][0], method=VoteMethod.HANDS)
    return Form(cancel_ballot, world.secretary, {"ballot_id": ballot, "reason": "数错"}, {"reason": 200},
                ids=("ballot_id",))  # fmt: skip


@pytest.mark.parametrize("name", FORMS)
def test_a_form_stores_what_was_meant_or_says_why_not(name: str, world: World) -> None:
    assert complaints(FORMS[name](world)) == []


@pytest.mark.parametrize("name", FORMS)
def test_a_form_sent_twice_is_stored_once(name: str, world: World) -> None:
    assert complaints_about_a_repeat(FORMS[name](world)) == []
