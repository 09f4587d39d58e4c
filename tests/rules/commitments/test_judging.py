"""评诺: three sides apart, no answer is no word, a bad word is followed up."""

from datetime import date

from db.rules.commitments.judging import SideCount, by_side, follow_until, silent
from db.terms import JudgeSide, Verdict


def test_each_side_stands_by_itself_with_how_many_answered() -> None:
    residents, members, organisation = by_side(
        [
            (JudgeSide.RESIDENTS, Verdict.POOR, 1),
            (JudgeSide.RESIDENTS, Verdict.GOOD, 5),
            (JudgeSide.RESIDENTS, None, 2),
            (JudgeSide.MEMBERS, Verdict.GOOD, 9),
            (JudgeSide.RESIDENTS, Verdict.GOOD, 1),
        ]
    )

    assert residents == SideCount(JudgeSide.RESIDENTS, 9, 7, ((Verdict.GOOD, 6), (Verdict.POOR, 1)))
    assert members == SideCount(JudgeSide.MEMBERS, 9, 9, ((Verdict.GOOD, 9),))
    assert organisation == SideCount(JudgeSide.ORGANISATION, 0, 0, ())


def test_who_was_asked_and_did_not_answer_gave_no_word() -> None:
    assert silent(by_side([(JudgeSide.RESIDENTS, None, 4)])) == (JudgeSide.RESIDENTS, JudgeSide.MEMBERS)
    assert silent(by_side([(one, Verdict.FAIR, 1) for one in JudgeSide])) == ()


def test_only_a_bad_word_is_followed_up() -> None:
    assert follow_until(Verdict.POOR, date(2026, 2, 24)) == date(2026, 3, 6)
    assert [follow_until(one, date(2026, 2, 24)) for one in (Verdict.GOOD, Verdict.FAIR, None)] == [None] * 3
