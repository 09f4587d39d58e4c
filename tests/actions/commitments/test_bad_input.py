"""The forms of promises, tried with everything that a person, a paste or a forged request can send."""

from datetime import date

import pytest

from db.actions.commitments.commitments import (
    amend_commitment,
    approve_commitment,
    change_commitment,
    end_commitment,
    pause_commitment,
    publish_commitments,
    resume_commitment,
    return_commitment,
    submit_commitment,
    take_back_commitment,
    write_commitment,
)
from db.actions.commitments.judging import (
    close_follow_up,
    record_verdict,
    settle_promise,
    strike_verdict,
    withdraw_quote,
)
from db.actions.commitments.keeping import confirm_keeping, explain_miss, mark_kept, strike_keeping
from db.actions.commitments.sheets import (
    choose_birthday,
    confirm_sheet,
    draft_sheets,
    post_sheets,
    return_sheet,
    review_sheets,
)
from db.actions.commitments.verdict_codes import hand_out_code
from db.terms import CommitmentState, JudgeSide, JudgeWay, PoliticalDay, Role, Verdict, WitnessKind
from tests.builders.commitments import LESSON, a_promise, a_sheet, on_the_roll, to_judge, version_of
from tests.builders.world import TODAY, World, do
from tests.support.bad_input import Form, Forms, complaints, complaints_about_a_repeat

S = CommitmentState
FORMS = Forms()
WORDS = {"whom": 200, "what": 200, "measure": 20}
NUMBERS = {"times": (1, 31)}


def _seen(commitment_id: int) -> dict[str, object]:
    return {"commitment_id": commitment_id, "version": version_of(commitment_id)}


@FORMS.add
def written(world: World) -> Form:
    right = {"member_id": on_the_roll(world), **LESSON}
    odd: tuple[dict[str, object], ...] = (
        {"until": date(2025, 1, 1)}, {"until": date(2090, 1, 1)}, {"rhythm": "now and then"},
    )  # fmt: skip
    return Form(write_commitment, world.worker, right, WORDS, optional=frozenset(WORDS), numbers=NUMBERS,
                ids=("member_id", "need_id", "series_id"), also=odd)  # fmt: skip


@FORMS.add
def amended(world: World) -> Form:
    right = _seen(a_promise(world, state=S.DRAFT)) | LESSON
    return Form(amend_commitment, world.worker, right, WORDS, optional=frozenset(WORDS), numbers=NUMBERS,
                ids=("commitment_id",))  # fmt: skip


@FORMS.add
def submitted(world: World) -> Form:
    return Form(submit_commitment, world.worker, _seen(a_promise(world, state=S.DRAFT)), ids=("commitment_id",))


@FORMS.add
def taken_back(world: World) -> Form:
    return Form(take_back_commitment, world.worker, _seen(a_promise(world, state=S.SUBMITTED)), ids=("commitment_id",))


@FORMS.add
def returned(world: World) -> Form:
    right = _seen(a_promise(world, state=S.SUBMITTED)) | {"reason": "几次？"}
    return Form(return_commitment, world.secretary, right, {"reason": 200}, ids=("commitment_id",))


@FORMS.add
def approved(world: World) -> Form:
    right = _seen(a_promise(world, state=S.SUBMITTED)) | {"word": "同意"}
    return Form(approve_commitment, world.secretary, right, {"word": 200}, optional=frozenset({"word"}),
                ids=("commitment_id",))  # fmt: skip


@FORMS.add
def published(world: World) -> Form:
    right = {"commitment_ids": [a_promise(world, state=S.APPROVED)]}
    return Form(publish_commitments, world.secretary, right,
                also=({"commitment_ids": []}, {"commitment_ids": [10**9]}, {"commitment_ids": [True]},
                      {"commitment_ids": list(range(1, 62))}))  # fmt: skip


@FORMS.add
def paused(world: World) -> Form:
    right = _seen(a_promise(world)) | {"since": TODAY, "until": date(2026, 4, 1), "reason": "住院"}
    return Form(pause_commitment, world.worker, right, {"reason": 200}, days=("since", "until"),
                ids=("commitment_id",), also=({"until": date(2026, 3, 1)},))  # fmt: skip


@FORMS.add
def resumed(world: World) -> Form:
    number = a_promise(world)
    values = {"since": TODAY, "until": date(2026, 4, 1), "reason": "住院"}
    do(world.worker, pause_commitment, **_seen(number), **values)
    return Form(resume_commitment, world.worker, _seen(number), ids=("commitment_id",))


@FORMS.add
def changed(world: World) -> Form:
    right = _seen(a_promise(world)) | LESSON | {"times": 2, "reason": "多了两位"}
    return Form(change_commitment, world.worker, right, {"whom": 200, "reason": 200, "measure": 20},
                ids=("commitment_id",), also=({"what": "努力服务"}, {"rhythm": None}))  # fmt: skip


@FORMS.add
def ended(world: World) -> Form:
    right = _seen(a_promise(world)) | {"reason": "调离"}
    return Form(end_commitment, world.worker, right, {"reason": 200}, ids=("commitment_id",))


def _kept(number: int) -> dict[str, object]:
    return {"commitment_id": number, "on": TODAY, "witness": WitnessKind.RESIDENT, "witness_name": "刘奶奶",
            "words": "讲了报告", "people": 3}  # fmt: skip


@FORMS.add
def kept(world: World) -> Form:
    odd: tuple[dict[str, object], ...] = (
        {"witness": WitnessKind.ORDER}, {"witness": WitnessKind.ACTIVITY, "activity_id": 10**9},
    )  # fmt: skip
    return Form(mark_kept, world.worker, _kept(a_promise(world)), {"witness_name": 60, "words": 200},
                optional=frozenset({"words"}), numbers={"people": (0, 500)}, days=("on",), choices=("witness",),
                ids=("commitment_id",), also=odd)  # fmt: skip


@FORMS.add
def confirmed(world: World) -> Form:
    entry = do(world.worker, mark_kept, **_kept(a_promise(world)) | {"on": date(2026, 1, 5)})
    return Form(confirm_keeping, world.secretary, {"keeping_id": entry, "version": 1}, ids=("keeping_id",))


@FORMS.add
def struck(world: World) -> Form:
    right = {"keeping_id": do(world.worker, mark_kept, **_kept(a_promise(world))), "version": 1, "reason": "记错"}
    return Form(strike_keeping, world.worker, right, {"reason": 200}, ids=("keeping_id",))


@FORMS.add
def missed(world: World) -> Form:
    right = {"commitment_id": a_promise(world), "first": date(2026, 1, 1), "reason": "春运支援"}
    return Form(explain_miss, world.worker, right, {"reason": 200}, days=("first",), ids=("commitment_id",))


def _word(commitment_id: int) -> dict[str, object]:
    return {"commitment_id": commitment_id, "side": JudgeSide.RESIDENTS, "way": JudgeWay.PHONE,
            "verdict": Verdict.POOR, "number": 2, "words": "来得少", "quotable": True}  # fmt: skip


@FORMS.add
def worded(world: World) -> Form:
    odd: tuple[dict[str, object], ...] = (
        {"side": JudgeSide.ORGANISATION}, {"verdict": None}, {"verdict": "best"}, {"words": "电话 13912345678"},
    )  # fmt: skip
    return Form(record_verdict, world.worker, _word(to_judge(world)), {"words": 200}, optional=frozenset({"words"}),
                numbers={"number": (1, 500)}, choices=("side", "way"), ids=("commitment_id",), also=odd)  # fmt: skip


@FORMS.add
def word_struck(world: World) -> Form:
    right = {"verdict_id": do(world.worker, record_verdict, **_word(to_judge(world))), "version": 1, "reason": "记错"}
    return Form(strike_verdict, world.worker, right, {"reason": 200}, ids=("verdict_id",))


@FORMS.add
def followed(world: World) -> Form:
    right = {"verdict_id": do(world.worker, record_verdict, **_word(to_judge(world))), "version": 1, "word": "谈了"}
    return Form(close_follow_up, world.worker, right, {"word": 200}, ids=("verdict_id",))


@FORMS.add
def settled(world: World) -> Form:
    right = _seen(to_judge(world)) | {
        "verdict": Verdict.FAIR,
        "word": "三月没有去",
        "cause": "住院",
        "without": "刚搬来",
    }
    return Form(settle_promise, world.secretary, right, {"word": 200, "cause": 200, "without": 100},
                optional=frozenset({"word", "cause"}), choices=("verdict",), ids=("commitment_id",),
                also=({"word": "", "cause": ""},))  # fmt: skip


@FORMS.add
def drafted(world: World) -> Form:
    a_promise(world)
    return Form(draft_sheets, world.worker, {"first": date(2026, 1, 1)}, days=("first",),
                also=({"first": date(2026, 4, 1)}, {"first": date(2026, 1, 2)}))  # fmt: skip


@FORMS.add
def sheet_confirmed(world: World) -> Form:
    right = {"sheet_id": a_sheet(world), "version": 1, "example": "陪一位老人办了社保卡"}
    return Form(confirm_sheet, world.worker, right, {"example": 200}, optional=frozenset({"example"}),
                ids=("sheet_id",), also=({"example": "电话 13912345678"},))  # fmt: skip


def _confirmed(world: World) -> int:
    number = a_sheet(world)
    do(world.worker, confirm_sheet, sheet_id=number, version=1, example="")
    return number


@FORMS.add
def sheets_reviewed(world: World) -> Form:
    return Form(review_sheets, world.secretary, {"sheet_ids": [_confirmed(world)]},
                also=({"sheet_ids": []}, {"sheet_ids": [10**9]}, {"sheet_ids": [True]}))  # fmt: skip


@FORMS.add
def sheet_returned(world: World) -> Form:
    right = {"sheet_id": _confirmed(world), "version": 2, "reason": "事例太笼统"}
    return Form(return_sheet, world.secretary, right, {"reason": 200}, ids=("sheet_id",))


@FORMS.add
def sheets_posted(world: World) -> Form:
    do(world.secretary, review_sheets, sheet_ids=[_confirmed(world)])
    return Form(post_sheets, world.worker, {"first": date(2026, 1, 1)}, days=("first",))


@FORMS.add
def birthday_chosen(world: World) -> Form:
    return Form(choose_birthday, world[Role.SUBDISTRICT_ADMIN], {"day": PoliticalDay.FULL}, choices=("day",))


@pytest.mark.parametrize("name", list(FORMS))
def test_nothing_bad_is_stored_and_nothing_good_is_refused(world: World, name: str) -> None:
    assert complaints(FORMS[name](world)) == []


@pytest.mark.parametrize("name", list(FORMS))
def test_the_same_form_sent_twice_is_stored_once(world: World, name: str) -> None:
    assert complaints_about_a_repeat(FORMS[name](world)) == []


@FORMS.add
def handed_out(world: World) -> Form:
    right = {"keeping_id": do(world.worker, mark_kept, **_kept(a_promise(world))), "code": "7K3M9QXA2T"}
    return Form(hand_out_code, world.worker, right, ids=("keeping_id",), also=({"code": "7K3M"}, {"code": None}))


@FORMS.add
def unquoted(world: World) -> Form:
    right = {"verdict_id": do(world.worker, record_verdict, **_word(to_judge(world))), "version": 1}
    return Form(withdraw_quote, world.worker, right, ids=("verdict_id",))
