"""The month's report is taken away from the funnel's page by whoever may export, and that is written down."""

import pytest

from db.engine import reading
from db.models import Export
from db.terms import Role
from tests.builders.needs import a_need
from tests.builders.world import World
from tests.support.handed import Handed, word_text
from tests.support.signed_in import keys, open_app


def test_the_report_of_the_last_full_month_is_offered_first(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_need(small_world)
    handed = Handed(monkeypatch)
    app = open_app(monkeypatch, small_world.secretary.id, "progress/funnel.py")

    app.button(key="month_report.take").click().run()

    assert not app.exception
    assert "办事月报" in word_text(handed.file(small_world.secretary.id))
    with reading(small_world.secretary) as session:
        assert [one.what for one in session.query(Export)] == ["month"]


def test_who_may_not_export_gets_no_report(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    app = open_app(monkeypatch, small_world[Role.COUNCIL_MEMBER].id, "progress/funnel.py")

    assert "month_report.take" not in keys(app)
