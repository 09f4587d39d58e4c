"""What the public reads: small numbers are hidden, none at all behind the same sign."""

from db.rules.results.progress import Kept, kept_of, shown


def test_fewer_than_five_are_not_shown() -> None:
    assert [shown(number) for number in (0, 1, 4, 5, 40)] == [None, None, None, 5, 40]


def test_times_due_and_kept_are_hidden_each_by_itself() -> None:
    assert [kept_of(12, 11), kept_of(6, 3), kept_of(4, 4)] == [Kept(12, 11), Kept(6, None), Kept(None, None)]
