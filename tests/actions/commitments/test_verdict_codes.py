"""评诺码: one visit, one code, one word; taken back with the visit, and nobody reads who said what."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from db.actions.commitments.judging import close_follow_up, settle_promise
from db.actions.commitments.keeping import confirm_keeping, mark_kept, strike_keeping
from db.actions.commitments.verdict_codes import PageWord, give_word, hand_out_code, new_verdict_code
from db.engine import reading, reading_as_system
from db.errors import BadInput, NotPermitted, Refused
from db.models import AuditEntry, CommitmentVerdict, VerdictCode
from db.queries.commitments.judging import judged, open_follow_ups
from db.queries.commitments.verdict_page import code_hash
from db.terms import JudgeSide, JudgeWay, Role, Verdict, WitnessKind
from tests.builders.commitments import a_promise, on_the_roll, to_judge, version_of
from tests.builders.world import NOW, TODAY, World, do, row

GOOD = PageWord("good")


def a_visit(world: World, commitment_id: int, days_ago: int = 1) -> int:
    number: int = do(world.worker, mark_kept, commitment_id=commitment_id, on=TODAY - timedelta(days=days_ago),
                     witness=WitnessKind.RESIDENT, witness_name="刘奶奶", words="", people=1)  # fmt: skip
    return number


def handed(world: World, keeping_id: int) -> str:
    code = new_verdict_code()
    do(world.worker, hand_out_code, keeping_id=keeping_id, code=code)
    return code


def test_a_word_counts_with_the_residents_and_a_code_takes_one(world: World) -> None:
    number = a_promise(world)
    code = handed(world, a_visit(world, number))

    give_word(code, PageWord("rather_good", "讲得清楚", True), now=NOW)

    with pytest.raises(Refused, match="word_given"):
        give_word(code, GOOD, now=NOW)
    with reading(world.secretary) as session:
        (entry,) = judged(session, number, staff=True).entries
    assert (entry.side, entry.way, entry.verdict, entry.number) == (
        JudgeSide.RESIDENTS, JudgeWay.PAGE, Verdict.RATHER_GOOD, 1,
    )  # fmt: skip
    assert (entry.words, entry.quotable, entry.by) == ("讲得清楚", True, "")


def test_a_bad_word_is_followed_up_as_one_by_telephone(world: World) -> None:
    number = a_promise(world)
    give_word(handed(world, a_visit(world, number)), PageWord("poor", "没有讲完就走了"), now=NOW)

    with reading(world.secretary) as session:
        (waits,) = open_follow_ups(session, today=TODAY)
        (entry,) = judged(session, number, staff=True).entries
    assert (waits.id, waits.until) == (number, TODAY + timedelta(days=10))
    do(world.secretary, close_follow_up, verdict_id=entry.id, version=entry.version, word="上门补讲了")
    with reading(world.secretary) as session:
        assert open_follow_ups(session, today=TODAY) == ()


def test_a_struck_visit_takes_its_code_back(world: World) -> None:
    visit = a_visit(world, a_promise(world))
    code = handed(world, visit)

    do(world.worker, strike_keeping, keeping_id=visit, version=1, reason="记错了人")

    with pytest.raises(Refused, match="word_over"):
        give_word(code, GOOD, now=NOW)
    with pytest.raises(Refused, match="keeping_not_counted"):
        handed(world, visit)


def test_a_new_code_takes_the_place_of_the_one_that_was_lost_and_a_used_one_has_no_second(world: World) -> None:
    visit = a_visit(world, a_promise(world))
    lost, found = handed(world, visit), handed(world, visit)

    with pytest.raises(Refused, match="word_over"):
        give_word(lost, GOOD, now=NOW)
    give_word(found, GOOD, now=NOW)
    with pytest.raises(Refused, match="word_given"):
        handed(world, visit)


def test_a_late_visit_gets_its_code_once_a_second_person_has_confirmed_it(world: World) -> None:
    visit = a_visit(world, a_promise(world), days_ago=30)
    with pytest.raises(Refused, match="keeping_not_counted"):
        handed(world, visit)

    do(world.secretary, confirm_keeping, keeping_id=visit, version=1)

    give_word(handed(world, visit), GOOD, now=NOW)


def test_a_code_runs_out_and_takes_no_word_once_the_result_is_there(world: World) -> None:
    number = a_promise(world)
    code = handed(world, a_visit(world, number))
    with pytest.raises(Refused, match="word_over"):
        give_word(code, GOOD, now=NOW + timedelta(days=31))

    over = to_judge(world, on_the_roll(world, "LL-M0002"))
    last = handed(world, a_visit(world, over))
    do(world.secretary, settle_promise, commitment_id=over, version=version_of(over), verdict=Verdict.GOOD,
       without="没有问到")  # fmt: skip
    with pytest.raises(Refused, match="word_over"):
        give_word(last, GOOD, now=NOW)


@pytest.mark.parametrize(
    ("given", "field"),
    [(PageWord(""), "verdict"), (PageWord("best"), "verdict"), (PageWord("good", "打 13912345678"), "words"),
     (PageWord("good", "好" * 201), "words")],
)  # fmt: skip
def test_a_word_that_is_none_uses_no_code_up(world: World, given: PageWord, field: str) -> None:
    code = handed(world, a_visit(world, a_promise(world)))

    with pytest.raises(BadInput) as refused:
        give_word(code, given, now=NOW)

    assert refused.value.field == field
    give_word(code, GOOD, now=NOW)


def test_only_a_hash_of_the_code_is_kept_and_the_log_does_not_tell_it(world: World) -> None:
    code = handed(world, a_visit(world, a_promise(world)))

    with reading_as_system("test") as session:
        (kept,) = session.scalars(select(VerdictCode)).all()
        log = str(session.execute(select(AuditEntry.changes)).all())
    assert kept.code_hash == code_hash(code)
    assert code not in log
    assert code_hash(code) not in log


def test_nobody_without_the_promise_hands_out_a_code(world: World) -> None:
    visit = a_visit(world, a_promise(world))

    for actor in (world.other_secretary, world[Role.VOLUNTEER]):
        with pytest.raises(Exception) as refused:  # noqa: PT011 - outside the scope it is not found, else not permitted
            do(actor, hand_out_code, keeping_id=visit, code=new_verdict_code())
        assert isinstance(refused.value, NotPermitted) or type(refused.value).__name__ == "NotFound"
    with reading_as_system("test") as session:
        assert session.scalar(select(func.count()).select_from(VerdictCode)) == 0


def test_no_column_leads_from_a_code_to_the_word(world: World) -> None:
    code = handed(world, a_visit(world, a_promise(world)))
    give_word(code, GOOD, now=NOW)

    with reading_as_system("test") as session:
        used = session.scalars(select(VerdictCode)).one()
        word = session.scalars(select(CommitmentVerdict)).one()
    assert used.used_on == TODAY
    assert not {"verdict_id", "commitment_verdict_id", "used_at"} & set(VerdictCode.__table__.columns.keys())
    assert word.by is None
    assert row(world, CommitmentVerdict, word.id).struck_at is None
