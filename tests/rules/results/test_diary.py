"""The life of an entry of the service diary, and what of its words points at a person."""

import pytest

from db.rules.results.diary import DiaryEvent, after, nameless, pointers
from db.terms import DiaryState

E, S = DiaryEvent, DiaryState


@pytest.mark.parametrize(
    ("event", "state", "following"),
    [
        (E.SUBMIT, S.DRAFT, S.SUBMITTED), (E.RETURN, S.SUBMITTED, S.DRAFT), (E.APPROVE, S.SUBMITTED, S.APPROVED),
        (E.RETURN, S.APPROVED, S.DRAFT), (E.TAKE, S.APPROVED, S.TAKEN), (E.TAKE, S.TAKEN, S.TAKEN),
        (E.WITHDRAW, S.TAKEN, S.WITHDRAWN), (E.APPROVE, S.DRAFT, None), (E.TAKE, S.SUBMITTED, None),
        (E.AMEND, S.SUBMITTED, None), (E.RETURN, S.TAKEN, None),
    ],
)  # fmt: skip
def test_an_entry_is_taken_only_after_it_was_approved(
    event: DiaryEvent, state: DiaryState, following: DiaryState | None
) -> None:
    assert after(event, state) is following


@pytest.mark.parametrize("event", list(E))
def test_nothing_follows_a_withdrawal(event: DiaryEvent) -> None:
    assert after(event, S.WITHDRAWN) is None


def test_names_numbers_and_doors_are_pointed_at_with_line_and_place() -> None:
    found = pointers("插花活动\n王秀兰来了，电话 13900000001\n住3幢501室", {"王秀兰", "李"})

    assert [(one.line, one.place, one.kind, one.masked) for one in found] == [
        (2, 1, "name", "王**"), (2, 10, "mobile", "139****0001"), (3, 2, "room", "3幢***"),
    ]  # fmt: skip


def test_known_names_keep_their_surname_and_the_longer_one_wins() -> None:
    assert nameless("欧阳明月和明月来了", {"欧阳明月", "明月"}) == "欧阳**和明*来了"


def test_one_character_is_no_name() -> None:
    assert pointers("高高兴兴", {"高", " "}) == ()
