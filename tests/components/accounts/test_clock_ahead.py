"""A clock that ran ahead: once it is right again, nobody is locked out by it and no sign-in lives on."""

from datetime import datetime, timedelta

import pytest

from db.actions.accounts.accounts import choose_language
from db.actions.accounts.sign_in import enter, grant, open_attempt, touch
from db.engine import carry_out, utc_now
from db.errors import NotSignedIn
from db.queries.accounts.accounts import signed_in_by
from db.terms import Language
from tests.builders.world import NOW, World

AHEAD = NOW + timedelta(days=400)
"""What a clock said that ran ahead."""


HOME = "10.0.0.7"


def entered(world: World, now: datetime) -> str:
    """A sign-in at that moment; its token."""
    ticket = grant(open_attempt("area_worker", HOME, now=now), now=now)
    assert ticket is not None
    token = enter(ticket, device="", now=now)
    assert token is not None
    return token


def test_a_sign_in_of_a_clock_ahead_ends_when_the_clock_is_right_again(world: World) -> None:
    token = entered(world, AHEAD)
    assert signed_in_by(token, now=AHEAD) is not None

    assert signed_in_by(token, now=NOW) is None


def test_a_sign_in_that_was_used_under_a_clock_ahead_does_not_stay_open(world: World) -> None:
    token = entered(world, NOW)
    found = signed_in_by(token, now=NOW)
    assert found is not None
    assert found.actor.sign_in_id is not None
    touch(found.actor.sign_in_id, now=NOW + timedelta(days=20))

    assert signed_in_by(token, now=NOW + timedelta(hours=1)) is None


def test_a_ticket_of_a_clock_ahead_opens_nothing(world: World) -> None:
    ticket = grant(open_attempt("area_worker", HOME, now=AHEAD), now=AHEAD)
    assert ticket is not None

    assert enter(ticket, device="", now=NOW) is None


def test_nothing_is_written_under_a_sign_in_of_a_clock_ahead(world: World) -> None:
    later = utc_now() + timedelta(days=400)
    found = signed_in_by(entered(world, later), now=later)
    assert found is not None

    with pytest.raises(NotSignedIn):
        carry_out(found.actor, "", choose_language, language=Language.ENGLISH)
