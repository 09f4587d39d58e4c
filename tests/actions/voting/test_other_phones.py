"""While a ballot is open, a choice is told to the phone that made it and to no other; what is replaced is counted."""

from itertools import pairwise

import pytest
from sqlalchemy import func, select

from db.actions.voting.slips import cast_by_slip
from db.actions.voting.voting import cancel_ballot, close_ballot, open_ballot
from db.engine import reading, reading_as_system
from db.models import Sealed, SecretVote, SlipChange
from db.queries.meetings.meetings import open_ballot as standing
from db.queries.meetings.papers import paper_record
from db.queries.voting.ballots import ballot_proof
from db.queries.voting.slips import SlipBallot, slip_view
from db.terms import VoteMethod
from tests.builders.meetings import in_session
from tests.builders.voting import printed_slips
from tests.builders.world import World, do

OWN, OTHER = "own-phone-key", "other-phone-key"


@pytest.fixture
def hall(world: World) -> tuple[World, int, int, list[str]]:
    """A ballot by slip of eleven; the world, meeting, ballot and codes."""
    meeting, items = in_session(world, present=11)
    codes = printed_slips(world, meeting, 11)
    ballot: int = do(world.secretary, open_ballot, item_id=items[0], method=VoteMethod.SLIP)
    return world, meeting, ballot, codes


def seen(code: str, phone: str) -> SlipBallot:
    view = slip_view(code, phone)
    assert view is not None
    assert view.ballot is not None
    return view.ballot


def changes(world: World, meeting: int) -> tuple[int, int]:
    with reading(world.secretary) as session:
        ballot = standing(session, meeting)
    assert ballot is not None
    return ballot.changed, ballot.elsewhere


def test_only_the_phone_that_cast_a_vote_is_told_what_it_says(hall: tuple[World, int, int, list[str]]) -> None:
    _, _, ballot, codes = hall
    cast_by_slip(codes[0], ballot_id=ballot, pattern="against", phone=OWN)

    told = {phone: (seen(codes[0], phone).cast, seen(codes[0], phone).pattern) for phone in (OWN, OTHER, "")}

    assert told == {OWN: (True, "against"), OTHER: (True, ""), "": (True, "")}
    assert (seen(codes[1], OWN).cast, seen(codes[1], OWN).pattern) == (False, "")


def test_a_phone_that_keeps_no_key_is_told_nothing_either(hall: tuple[World, int, int, list[str]]) -> None:
    _, _, ballot, codes = hall
    cast_by_slip(codes[0], ballot_id=ballot, pattern="against")

    assert [(seen(codes[0], phone).cast, seen(codes[0], phone).pattern) for phone in ("", OWN)] == [(True, "")] * 2


def test_a_vote_replaced_from_elsewhere_is_told_to_its_voter_and_counted(
    hall: tuple[World, int, int, list[str]],
) -> None:
    world, meeting, ballot, codes = hall
    cast_by_slip(codes[0], ballot_id=ballot, pattern="for", phone=OWN)

    cast_by_slip(codes[0], ballot_id=ballot, pattern="against", phone=OTHER)

    assert (seen(codes[0], OWN).cast, seen(codes[0], OWN).pattern) == (True, "")
    assert seen(codes[0], OTHER).pattern == "against"
    assert changes(world, meeting) == (1, 1)


def test_a_change_of_mind_counts_and_sending_the_same_twice_does_not(
    hall: tuple[World, int, int, list[str]],
) -> None:
    world, meeting, ballot, codes = hall
    for pattern in ("for", "for", "against", "against", "for"):
        cast_by_slip(codes[0], ballot_id=ballot, pattern=pattern, phone=OWN)
    for pattern in ("for", "for"):
        cast_by_slip(codes[1], ballot_id=ballot, pattern=pattern)

    assert changes(world, meeting) == (2, 0)


def test_the_tellers_count_stays_after_the_announcement_and_its_order_does_not(
    hall: tuple[World, int, int, list[str]],
) -> None:
    world, meeting, ballot, codes = hall
    for code in codes:
        cast_by_slip(code, ballot_id=ballot, pattern="for", phone=OWN)
    for code, phone in zip(codes[:5], (OTHER, OWN, OTHER, OWN, OWN), strict=True):
        cast_by_slip(code, ballot_id=ballot, pattern="against", phone=phone)
    with reading_as_system("test") as session:
        before = set(session.scalars(select(SlipChange.id)))

    do(world.secretary, close_ballot, ballot_id=ballot)

    with reading(world.secretary) as session:
        proof, record = ballot_proof(session, ballot), paper_record(session, meeting)
        after = session.scalars(select(SlipChange.id)).all()
    assert (proof.accounts.changed, proof.accounts.elsewhere) == (5, 2)
    assert list(record.changes.values()) == [(5, 2)]
    assert not before & set(after)


def test_a_void_ballot_leaves_no_trace_of_changes(hall: tuple[World, int, int, list[str]]) -> None:
    world, _, ballot, codes = hall
    for pattern in ("for", "against"):
        cast_by_slip(codes[0], ballot_id=ballot, pattern=pattern, phone=OWN)

    do(world.secretary, cancel_ballot, ballot_id=ballot, reason="发错了票")

    with reading_as_system("test") as session:
        assert session.scalar(select(func.count()).select_from(SlipChange)) == 0


def test_every_sealed_vote_is_as_long_whatever_phone_cast_it(hall: tuple[World, int, int, list[str]]) -> None:
    _, _, ballot, codes = hall
    for code, phone, witness in zip(codes, ("", OWN, OTHER), ("", "", "𠮷" * 60), strict=False):
        cast_by_slip(code, ballot_id=ballot, pattern="abstain", phone=phone, witness=witness)

    with reading_as_system("test") as session:
        lengths = [len(text.encode()) for text in session.scalars(select(SecretVote.sealed)) if text]
    assert len(lengths) == 3
    assert all(one == other for one, other in pairwise(lengths))


def test_a_vote_sealed_before_phones_were_known_is_still_read() -> None:
    assert Sealed.read("for|ABCDEFGH|      ") == Sealed("for", "ABCDEFGH", "", "")
    assert Sealed.read("for|ABCDEFGH|王见证   ") == Sealed("for", "ABCDEFGH", "", "王见证")
    assert Sealed.read(Sealed("1,3", "ABCDEFGH", "P" * 16, "王|见证").packed()) == Sealed(
        "1,3", "ABCDEFGH", "P" * 16, "王|见证"
    )
