"""Whatever somebody types is shown as they typed it: it never becomes a link, an image, a formula or HTML of ours."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import JSON, String, select, update
from streamlit.testing.v1 import AppTest

from components.menu import PageEntry, entries
from db import engine as db_engine
from db.engine import as_system
from db.models import BuildingDoors, Model, ThreadEntry, Volunteer
from db.models.types import Encrypted, TextMark
from db.rules.permissions import GRANTS
from db.settings import secret_key, settings
from db.terms import Role
from tests.support.demo import Demo, find_demo
from tests.support.every_model import BENEATH_THE_LOG
from tests.support.signed_in import nodes, open_app

TYPED = "![x](http://evil.example/a.png) <img src=x onerror=alert(1)> $x^2$ :red[y] [link](http://evil.example) <b>"
TAKES_EFFECT = ("](http://evil", "$x^2$", ":red[y]")
"""What Markdown would act on; escaped text does not hold it in one piece."""
NOT_TYPED = {
    "need.pinyin", "need.initials", "draft.typed", "poster.code", "patch.building", "programme_member.alias",
    "member.birth_year", "building_spot.building",
}  # fmt: skip
"""Made by us out of what was typed, unique, or a number; nobody types into a column that is `coded` either."""
NOT_TOUCHED = (
    "audit_entry",
    "audit_head",
    "installation",
    "request_key",
    "auth_session",
    "sign_in_ticket",
    "sign_in_failure",
    "export",
)
PLAIN = ("text", "bidi_component", "component_instance", "selectbox", "multiselect", "text_input", "text_area", "code",
         "arrow_data_frame", "arrow_vega_lite_chart", "vega_lite_chart", "deck_gl_json_chart", "logo")  # fmt: skip
"""Elements whose content the browser shows as it is; only label and help of them are Markdown."""


@pytest.fixture(scope="module")
def typed_template(demo_template: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Demo]:
    """The invented subdistrict after somebody typed it into every field there is, and who and what is in it."""
    path = tmp_path_factory.mktemp("typed") / "typed.db"
    shutil.copy(demo_template, path)
    with pytest.MonkeyPatch.context() as patch:
        _point_at(patch, path)
        with as_system("test") as session:
            for mapper in Model.registry.mappers:
                _type_everywhere(session, mapper.class_)
            for entry in session.scalars(select(ThreadEntry)):
                entry.values = {
                    key: TYPED if isinstance(value, str) and not value.isascii() else value
                    for key, value in entry.values.items()
                }
        with db_engine.engine().connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        found = find_demo(f"sqlite:///{path}")
        db_engine.forget_engines()
    settings.cache_clear()
    return path, found


def _type_everywhere(session: Any, model: type[Model]) -> None:
    table = model.__tablename__
    if table in NOT_TOUCHED:
        return
    values: dict[str, Any] = {}
    for column in model.__table__.columns:
        is_text = column.info.get("text") in (TextMark.SAID, TextMark.PUBLIC) and not isinstance(column.type, JSON)
        if (is_text or isinstance(column.type, Encrypted)) and f"{table}.{column.key}" not in NOT_TYPED:
            one_of_many = (
                column.key == "name" or model is BuildingDoors
            )  # some names, and buildings counted, are unique
            values[column.key] = TYPED + model.__table__.c.id.cast(String) if one_of_many and is_text else TYPED
    if model is Volunteer:
        values["skills"] = [TYPED]
    if values:
        session.execute(update(model).values(**values), execution_options=BENEATH_THE_LOG)


def _point_at(patch: pytest.MonkeyPatch, path: Path) -> None:
    patch.setenv("YIQILAI_DATABASE_URL", f"sqlite:///{path}")
    patch.setenv("YIQILAI_DATA_DIR", str(path.parent))
    db_engine.forget_engines()
    settings.cache_clear()
    secret_key.cache_clear()


@pytest.fixture
def typed(typed_template: tuple[Path, Demo], laid: Callable[[Path, Demo], Demo]) -> Demo:
    return laid(*typed_template)


def strings(message: Any, name: str = "") -> Iterator[tuple[str, str]]:
    """Every text in a message to the browser, with the name of its field."""
    for field, value in message.ListFields():
        for one in value if field.is_repeated and not hasattr(value, "items") else [value]:
            if isinstance(one, str):
                yield field.name, one
            elif hasattr(one, "ListFields"):
                yield from strings(one, field.name)


def texts_of(node: Any) -> list[tuple[str, str]]:
    return list(strings(node.proto)) if hasattr(node.proto, "ListFields") else []


def what_takes_effect(app: AppTest) -> Iterator[str]:
    for node in nodes(app._tree):
        proto = getattr(node, "proto", None)
        if proto is None or not hasattr(proto, "ListFields"):
            continue
        kind = str(getattr(node, "type", ""))
        for name, text in strings(proto):
            if kind == "html":
                if "<img" in text or "onerror" in text.replace("&lt;", ""):
                    yield f"{kind}: {text[:200]}"
            elif kind not in PLAIN or name in ("label", "help"):
                yield from (f"{kind}.{name}: {text[:200]}" for mark in TAKES_EFFECT if mark in text)


@pytest.mark.parametrize("entry", entries(), ids=[entry.url_path or "home" for entry in entries()])
def test_what_was_typed_takes_no_effect(entry: PageEntry, typed: Demo, monkeypatch: pytest.MonkeyPatch) -> None:
    query = {"id": str(typed.object_of[entry.url_path])} if entry.url_path in typed.object_of else {}
    found: list[str] = []
    shown = ""
    for role in sorted(GRANTS[entry.permission].roles & typed.accounts.keys()):
        app = open_app(monkeypatch, typed.accounts[Role(role)], entry.path, **query)
        assert [problem.message for problem in app.exception] == [], role
        found += [f"{role}: {one}" for one in what_takes_effect(app)]
        shown += "".join(text for node in nodes(app.main) if hasattr(node, "proto") for _, text in texts_of(node))

    assert not found, "\n".join(dict.fromkeys(found))
    assert "evil.example" in shown or entry.url_path not in typed.object_of


def test_an_element_that_lets_it_through_is_found() -> None:
    def page() -> None:
        import streamlit as st

        from tests.pages.test_user_text import TYPED

        st.markdown(TYPED)
        st.html(TYPED)
        st.text(TYPED)
        st.button(TYPED)
        with st.expander(TYPED):
            st.caption("x", help=TYPED)

    kinds = {one.split(":")[0] for one in what_takes_effect(AppTest.from_function(page).run())}

    assert kinds == {"markdown.body", "html", "button.label", "expander.label", "caption.help"}


def test_a_form_s_buttons_its_problem_and_what_is_announced_take_no_effect() -> None:
    def page() -> None:
        from components.acting import announce, show_announcements
        from components.forms import form
        from tests.pages.test_user_text import TYPED

        announce(TYPED)
        show_announcements()
        with form("typed") as filling:
            filling.choice("few", "x", [TYPED, "y"], show=str, few=True)
            filling.ticks("ticks", "x", [TYPED], show=str)
            filling.submit("x")
        filling.problem("few", TYPED)
        filling.problem("", TYPED)

    app = AppTest.from_function(page).run()

    assert not app.exception
    assert sum("evil" in text for text in texts_everywhere(app)) >= 5
    assert list(what_takes_effect(app)) == []


def texts_everywhere(app: AppTest) -> list[str]:
    return [text for node in nodes(app._tree) if hasattr(node, "proto") for _, text in texts_of(node)]
