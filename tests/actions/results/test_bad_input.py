"""The form that keeps a reported figure, tried with everything that a person or a forged request can send."""

import pytest

from db.actions.results.reports import report_figure
from db.terms import ResultFigure
from tests.builders.world import World
from tests.support.bad_input import Form, Forms, complaints, complaints_about_a_repeat

FORMS = Forms()


@FORMS.add
def reported(world: World) -> Form:
    right = {
        "what": ResultFigure.SESSIONS, "period": "2026-03", "community_id": None, "squad_id": None,
        "text": "各支队伍开展服务 42 场次。",
    }  # fmt: skip
    odd: tuple[dict[str, object], ...] = ({"period": "2026-13"}, {"period": "2099"}, {"period": None})
    return Form(report_figure, world.secretary, right, {"text": 500}, choices=("what",), ids=("squad_id",), also=odd)


@pytest.mark.parametrize("name", list(FORMS))
def test_nothing_bad_is_stored_and_nothing_good_is_refused(small_world: World, name: str) -> None:
    assert complaints(FORMS[name](small_world)) == []


@pytest.mark.parametrize("name", list(FORMS))
def test_the_same_form_sent_twice_is_stored_once(small_world: World, name: str) -> None:
    assert complaints_about_a_repeat(FORMS[name](small_world)) == []
