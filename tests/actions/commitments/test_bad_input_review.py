"""The forms of the yearly review, tried with everything that a person, a paste or a forged request can send."""

import pytest

from db.actions.commitments.review import (
    check_tally,
    confirm_closing,
    enter_tally,
    excuse_member,
    follow_roll,
    grade_member,
    open_review,
    propose_closing,
    return_review,
    write_peers,
    write_self,
)
from db.actions.commitments.review_after import ask_review_correction, mark_told, settle_review_correction
from db.terms import ReviewGrade
from tests.builders.commitments import (
    COUNTS,
    at_review,
    closed_review,
    counted,
    graded,
    line_at,
    opened_review,
    seen,
    spoken,
)
from tests.builders.members import a_branch, a_party_member
from tests.builders.world import World, do
from tests.support.bad_input import Form, Forms, complaints, complaints_about_a_repeat

G = ReviewGrade
FORMS = Forms()
MANY = (G.EXCELLENT, G.EXCELLENT, G.QUALIFIED)
MANY_IDS: tuple[dict[str, object], ...] = ({"reviewed_ids": []}, {"reviewed_ids": [10**9]}, {"reviewed_ids": [True]})


@FORMS.add
def review_opened(world: World) -> Form:
    branch = a_branch(world)
    a_party_member(world, branch)
    return Form(open_review, world.secretary, {"branch_id": branch, "year": 2026}, ids=("branch_id",),
                also=({"year": 2024}, {"year": 2027}, {"year": None}, {"year": "2026"}))  # fmt: skip


@FORMS.add
def roll_followed(world: World) -> Form:
    return Form(follow_roll, world.worker, {"review_id": opened_review(world)}, ids=("review_id",))


@FORMS.add
def self_written(world: World) -> Form:
    right = seen(line_at(world, opened_review(world))) | {"words": "按月参加学习"}
    return Form(write_self, world.worker, right, {"words": 1000}, ids=("reviewed_id",))


@FORMS.add
def peers_written(world: World) -> Form:
    right = seen(line_at(world, opened_review(world))) | {"words": "肯帮忙"}
    return Form(write_peers, world.worker, right, {"words": 1000}, optional=frozenset({"words"}), ids=("reviewed_id",))


@FORMS.add
def tally_entered(world: World) -> Form:
    right = {"reviewed_id": spoken(world, opened_review(world)).id, **COUNTS, "basic": 0, "unqualified": 0}
    return Form(enter_tally, world.worker, right, ids=("reviewed_id",),
                also=({"handed_out": 0}, {"handed_out": True}, {"handed_out": None}, {"returned": "3"},
                      {"valid": 2}, {"excellent": -1}, {"excellent": 2}, {"basic": 10**30}))  # fmt: skip


@FORMS.add
def tally_checked(world: World) -> Form:
    tally = counted(world, opened_review(world), checked=False).tally
    assert tally is not None
    return Form(check_tally, world.secretary, {"tally_id": tally.id, "version": 1}, ids=("tally_id",))


@FORMS.add
def member_graded(world: World) -> Form:
    right = seen(counted(world, opened_review(world))) | {"grade": G.BASIC, "reason": "两次缺席"}
    return Form(
        grade_member, world.secretary, right, {"reason": 200}, choices=("grade",), ids=("reviewed_id",),
        depends=frozenset({"reason"}),
    )  # fmt: skip


@FORMS.add
def member_excused(world: World) -> Form:
    right = seen(line_at(world, opened_review(world))) | {"reason": "长期住院"}
    return Form(excuse_member, world.worker, right, {"reason": 200}, ids=("reviewed_id",))


def _graded(world: World) -> int:
    opened = opened_review(world)
    graded(world, opened, *MANY)
    return opened


@FORMS.add
def closing_proposed(world: World) -> Form:
    right = at_review(world, _graded(world)) | {"many_reason": "全年抢险"}
    return Form(propose_closing, world.worker, right, {"many_reason": 200}, ids=("review_id",))


def _proposed(world: World) -> dict[str, int]:
    opened = _graded(world)
    do(world.worker, propose_closing, **at_review(world, opened), many_reason="全年抢险")
    return at_review(world, opened)


@FORMS.add
def review_returned(world: World) -> Form:
    return Form(return_review, world.secretary, _proposed(world) | {"reason": "再看"}, {"reason": 200},
                ids=("review_id",))  # fmt: skip


@FORMS.add
def closing_confirmed(world: World) -> Form:
    return Form(confirm_closing, world.secretary, dict(_proposed(world)), ids=("review_id",))


@FORMS.add
def told(world: World) -> Form:
    right = {"reviewed_ids": [line_at(world, closed_review(world)).id]}
    return Form(mark_told, world.worker, right, also=MANY_IDS)


@FORMS.add
def correction_asked(world: World) -> Form:
    right = seen(line_at(world, closed_review(world))) | {"grade": G.QUALIFIED, "reason": "记错了"}
    return Form(ask_review_correction, world.worker, right, {"reason": 200}, choices=("grade",), ids=("reviewed_id",))


@FORMS.add
def correction_settled(world: World) -> Form:
    line = line_at(world, closed_review(world))
    asked = do(world.worker, ask_review_correction, **seen(line), grade=G.QUALIFIED, reason="记错了")
    right = {"correction_id": asked, "version": 1, "accept": True}
    return Form(settle_review_correction, world.secretary, right, ids=("correction_id",))


@pytest.mark.parametrize("name", list(FORMS))
def test_nothing_bad_is_stored_and_nothing_good_is_refused(world: World, name: str) -> None:
    assert complaints(FORMS[name](world)) == []


@pytest.mark.parametrize("name", list(FORMS))
def test_the_same_form_sent_twice_is_stored_once(world: World, name: str) -> None:
    assert complaints_about_a_repeat(FORMS[name](world)) == []
