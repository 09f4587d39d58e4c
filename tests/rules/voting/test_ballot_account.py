"""Books that balance: issued = cast + not cast, cast = valid + invalid, valid = sum of choices (docs/domain.md 5.4)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.voting.ballot_account import BallotAccount
from db.terms import VoteMethod

COUNTS = st.integers(0, 1000)


@given(votes=st.dictionaries(st.text(min_size=1, max_size=4), COUNTS), blank=COUNTS, spoilt=COUNTS, not_cast=COUNTS)
def test_books_made_of_ballots_balance(votes: dict[str, int], blank: int, spoilt: int, not_cast: int) -> None:
    valid = sum(votes.values())
    returned = valid + blank + spoilt

    accounts = BallotAccount(VoteMethod.PAPER, returned + not_cast, returned, valid, blank, spoilt, votes)

    assert accounts.faults() == ()
    assert (accounts.not_cast, accounts.invalid) == (not_cast, blank + spoilt)


@pytest.mark.parametrize(
    ("account", "faults"),
    [
        (BallotAccount(VoteMethod.SLIP, 13, 14, 14, choices={"for": 14}), ("issued",)),
        (BallotAccount(VoteMethod.SLIP, 14, 14, 13, choices={"for": 13}), ("returned",)),
        (BallotAccount(VoteMethod.SLIP, 14, 14, 12, 1, 1, {"for": 13}), ("valid",)),
        (BallotAccount(VoteMethod.SLIP, 14, 13, 14, -1, 0, {"for": 14}), ("negative",)),
        (BallotAccount(VoteMethod.SLIP, 13, 14, 12, 1, 0, {"for": 11}), ("issued", "returned", "valid")),
    ],
)
def test_every_equation_that_fails_is_named(account: BallotAccount, faults: tuple[str, ...]) -> None:
    assert account.faults() == faults


@given(
    votes=st.lists(COUNTS, min_size=3, max_size=3),
    field=st.sampled_from(["valid", "blank", "spoilt", "returned"]),
    off=st.integers(-5, 5).filter(bool),
)
def test_one_number_that_is_off_is_always_found(votes: list[int], field: str, off: int) -> None:
    valid = sum(votes)
    numbers = {"returned": valid + 7, "valid": valid, "blank": 5, "spoilt": 2} | {}
    numbers[field] += off

    accounts = BallotAccount(VoteMethod.PAPER, valid + 20, choices=dict(zip("abc", votes, strict=True)), **numbers)

    assert accounts.faults()
