"""The database is away for a moment in the middle of a form: a sentence, a button, and nothing typed is lost."""

import psycopg
import pytest
from sqlalchemy.exc import OperationalError
from streamlit.testing.v1 import AppTest

from components import access
from components.refusals.shown import sentence
from db.errors import Busy
from db.trouble import told
from tests.builders.world import World
from tests.support.signed_in import open_app

VISIT, FORM, SAID = "doors/visit.py", "log_need.other", "楼道灯坏了半个月"


def _away(*_: object, **__: object) -> None:
    raise OperationalError("SELECT", {}, psycopg.OperationalError("connection failed: Connection refused"))


def test_what_was_typed_waits_until_the_database_is_back(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    app = open_app(monkeypatch, small_world.worker.id, VISIT)
    app.segmented_control(key="visit.way").set_value("来访、来电等")
    app.run()
    app.text_area(key=f"{FORM}.description").set_value(SAID)
    app.number_input(key=f"{FORM}.people").set_value(37)

    with monkeypatch.context() as patch:
        patch.setattr(access, "signed_in_by", _away)
        app.button(key=f"{FORM}.submit").click().run()
        for _turn in range(2):
            assert [type(shown.value) for shown in app.exception], "nothing else is drawn"
            assert not app.text_area
            app.run()
    app.run()

    assert not app.exception
    assert app.text_area(key=f"{FORM}.description").value == SAID
    assert app.number_input(key=f"{FORM}.people").value == 37


def test_the_sentence_stands_with_a_button_and_without_a_number() -> None:
    def script() -> None:
        import psycopg
        from sqlalchemy.exc import OperationalError

        from pages.public.mishap import on_script_error

        for _fragment in range(2):
            on_script_error(OperationalError("SELECT", {}, psycopg.OperationalError("connection failed")))

    app = AppTest.from_function(script, default_timeout=30).run()

    assert [shown.value for shown in app.error] == [sentence(Busy())] * 2
    assert [button.label for button in app.button] == ["再试一次"] * 2
    app.button[0].click().run()
    assert not app.exception


def test_what_the_driver_says_of_an_absent_server_may_pass() -> None:
    with pytest.raises(OperationalError) as failed:
        _away()

    assert type(told(failed.value)) is Busy
