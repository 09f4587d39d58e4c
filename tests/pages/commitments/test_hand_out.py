"""On a promise's page: 评诺码 on a slip, shown once and for nobody by name, and what residents said on paper."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from components.wording.dates import today
from db.actions.commitments.keeping import mark_kept
from db.engine import reading_as_system, utc_now
from db.models import CommitmentVerdict
from db.rules.printed_code import printed
from db.terms import Verdict, WitnessKind
from tests.builders.commitments import a_promise, to_judge
from tests.builders.world import World, do
from tests.support.handed import Handed, word_text
from tests.support.signed_in import open_app, words

PAGE = "commitments/commitment.py"


def test_the_code_of_a_visit_is_printed_on_a_slip_until_it_was_handed_over(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    handed, day = Handed(monkeypatch), today(utc_now())
    promise = a_promise(small_world, starts_on=day - timedelta(days=40), until=day + timedelta(days=200))
    do(small_world.worker, mark_kept, commitment_id=promise, on=day - timedelta(days=1), now=utc_now(),
       witness=WitnessKind.RESIDENT, witness_name="刘奶奶", words="", people=1)  # fmt: skip
    app = open_app(monkeypatch, small_world.worker.id, PAGE, id=str(promise))
    app.button(key=f"hand_out_code.{promise}.submit").click().run()
    assert not app.exception
    code = printed(app.session_state["_commitments.handed"][1])

    app.button(key="verdict_code.slip").click().run()

    text = word_text(handed.file(small_world.worker.id))
    assert code in text
    assert "送学习材料上门并讲解" in text
    assert "只能用一次，到" in text
    assert "刘奶奶" not in text
    app.button(key="verdict_code.done").click().run()
    assert code not in words(app)
    assert "verdict_code.slip" not in {button.key for button in app.button}


@pytest.mark.parametrize("said", [Verdict.GOOD, Verdict.RATHER_GOOD])
def test_the_same_word_of_three_residents_typed_one_after_the_other_counts_three_times(
    small_world: World, monkeypatch: pytest.MonkeyPatch, said: Verdict
) -> None:
    promise = to_judge(small_world)
    app = open_app(monkeypatch, small_world.secretary.id, PAGE, id=str(promise))

    for _resident in range(3):
        app.button_group(key=f"record_verdict.{promise}.verdict").set_value(said)
        app.button(key=f"record_verdict.{promise}.submit").click().run()
        assert not app.exception

    with reading_as_system("test") as session:
        assert session.scalar(select(func.count()).select_from(CommitmentVerdict)) == 3
