"""践诺: two taps and a witness; an order counts once; late entries need a second person; a miss is explained."""

from datetime import date, timedelta
from typing import Any

import pytest

from db.actions.commitments.commitments import (
    approve_commitment,
    change_commitment,
    end_commitment,
    publish_commitments,
)
from db.actions.commitments.keeping import confirm_keeping, explain_miss, mark_kept, strike_keeping
from db.engine import reading
from db.errors import BadInput, NotPermitted, Problem, Refused
from db.models import Keeping
from db.queries.commitments.commitments import commitment, late
from db.queries.commitments.standing import standing_of
from db.rules.commitments.dates import Window
from db.terms import CommitmentState, Role, WitnessKind
from tests.builders.commitments import LESSON, a_promise, on_the_roll, the_promise, version_of
from tests.builders.world import NOW, TODAY, World, do, row

RESIDENT: dict[str, Any] = {"on": TODAY, "witness": WitnessKind.RESIDENT, "witness_name": "刘奶奶", "people": 1}


def standing(world: World, commitment_id: int) -> tuple[int, int]:
    with reading(world.secretary) as session:
        card = commitment(session, commitment_id, account_id=world.secretary.id, today=TODAY, own=False)
    assert card is not None
    assert card.row.standing is not None
    return card.row.standing.due, card.row.standing.kept


def test_a_member_marks_today_with_a_witness(world: World) -> None:
    number = a_promise(world, on_the_roll(world, account_id=world[Role.VOLUNTEER].id))

    do(world[Role.VOLUNTEER], mark_kept, commitment_id=number, **RESIDENT)

    assert standing(world, number) == (3, 1)  # January and February went by, March is kept


def test_what_comes_in_late_counts_with_a_second_person_s_word(world: World) -> None:
    number = a_promise(world)
    entry = do(world.worker, mark_kept, commitment_id=number, **RESIDENT | {"on": date(2026, 1, 20)})
    assert standing(world, number) == (2, 0)

    with pytest.raises(Refused, match="keeping_own"):
        do(world.worker, confirm_keeping, keeping_id=entry, version=1)
    do(world.secretary, confirm_keeping, keeping_id=entry, version=1)

    assert standing(world, number) == (2, 1)
    with pytest.raises(Refused, match="keeping_settled"):
        do(world.secretary, confirm_keeping, keeping_id=entry, version=2)


def test_ten_days_are_in_time_and_eleven_are_late(world: World) -> None:
    number = a_promise(world)
    found = [
        row(world, Keeping, do(world.worker, mark_kept, commitment_id=number,
                               **RESIDENT | {"on": TODAY - timedelta(days=days)})).late
        for days in (10, 11)
    ]  # fmt: skip

    assert found == [False, True]


@pytest.mark.parametrize("on", [TODAY + timedelta(days=1), date(2025, 12, 31)])
def test_a_day_ahead_or_outside_the_promise_is_refused(world: World, on: date) -> None:
    number = a_promise(world)

    with pytest.raises((BadInput, Refused)):
        do(world.worker, mark_kept, commitment_id=number, **RESIDENT | {"on": on})


def test_a_draft_is_not_kept(world: World) -> None:
    number = a_promise(world, state=CommitmentState.DRAFT)

    with pytest.raises(Refused, match="promise_not_kept_now"):
        do(world.worker, mark_kept, commitment_id=number, **RESIDENT)


def test_a_witness_has_a_name_unless_there_was_none(world: World) -> None:
    number = a_promise(world)

    with pytest.raises(BadInput) as refused:
        do(world.worker, mark_kept, commitment_id=number, **RESIDENT | {"witness_name": " "})
    assert (refused.value.field, refused.value.problem) == ("witness_name", Problem.EMPTY)
    alone = RESIDENT | {"witness": WitnessKind.NONE, "witness_name": ""}
    do(world.worker, mark_kept, commitment_id=number, **alone)


def test_a_wrong_entry_is_struck_out_and_stays_readable(world: World) -> None:
    number = a_promise(world)
    entry = do(world.worker, mark_kept, commitment_id=number, **RESIDENT)

    do(world.worker, strike_keeping, keeping_id=entry, version=1, reason="记到别人头上了")

    assert standing(world, number) == (2, 0)
    assert row(world, Keeping, entry).struck_reason == "记到别人头上了"
    with pytest.raises(Refused, match="keeping_settled"):
        do(world.worker, strike_keeping, keeping_id=entry, version=2, reason="再来")


def test_a_council_member_marks_nobody_else_s_promise(world: World) -> None:
    number = a_promise(world)

    with pytest.raises(NotPermitted):
        do(world[Role.COUNCIL_MEMBER], mark_kept, commitment_id=number, **RESIDENT)


def test_a_missed_month_is_behind_until_it_is_explained(world: World) -> None:
    number = a_promise(world)

    def missed() -> list[Window]:
        with reading(world.secretary) as session:
            found = late(session, account_id=world.secretary.id, today=TODAY)
        return [window for one in found for window in one.missed]

    assert [one.first for one in missed()] == [date(2026, 1, 1), date(2026, 2, 1)]
    do(world.worker, explain_miss, commitment_id=number, first=date(2026, 1, 1), reason="春运支援")
    assert [one.first for one in missed()] == [date(2026, 2, 1)]
    with pytest.raises(Refused, match="miss_explained"):
        do(world.worker, explain_miss, commitment_id=number, first=date(2026, 1, 1), reason="再说一次")
    with pytest.raises(Refused, match="period_not_missed"):
        do(world.worker, explain_miss, commitment_id=number, first=date(2026, 3, 1), reason="还没过完")


def test_nothing_was_due_before_the_promise_first_stood_on_the_wall(world: World) -> None:
    number = a_promise(world, state=CommitmentState.APPROVED)  # since January, by the month
    never = a_promise(world, the_promise(number).member_id, state=CommitmentState.DRAFT)
    do(world.worker, end_commitment, commitment_id=never, version=version_of(never), reason="调走了")
    for shown in (NOW - timedelta(days=20), NOW):  # changed in between: February stays due
        do(world.secretary, publish_commitments, commitment_ids=[number], now=shown)
        if shown != NOW:
            words = LESSON | {"times": 2, "reason": "多去一次"}
            do(world.worker, change_commitment, commitment_id=number, version=version_of(number), **words)
            do(world.secretary, approve_commitment, commitment_id=number, version=version_of(number), word="")

    with reading(world.secretary) as session:
        stands = standing_of(session, [the_promise(number), the_promise(never)], TODAY)
    assert [one.first for one in stands[number].missed] == [date(2026, 2, 1)]
    assert never not in stands


def test_the_promise_itself_is_not_touched_by_being_kept(world: World) -> None:
    number = a_promise(world)
    before = the_promise(number).version

    do(world.worker, mark_kept, commitment_id=number, **RESIDENT)

    assert the_promise(number).version == before
