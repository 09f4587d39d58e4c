"""Folds: closed ones draw nothing, and what was typed in one that was closed again stays."""

import pytest
from streamlit.testing.v1 import AppTest


def page() -> None:
    import streamlit as st

    from components.asking import folds_of_a_run, unfolding
    from components.forms import RESTORED

    folds_of_a_run()
    if st.button("comes back"):
        st.session_state[RESTORED] = {"note.words": "楼道灯坏了"}
    with unfolding("Note", "edit", "fold") as fold:
        if fold.open:
            st.text_input("Words", key="note.words")


@pytest.fixture
def app() -> AppTest:
    return AppTest.from_function(page).run()


def test_a_closed_fold_draws_nothing(app: AppTest) -> None:
    assert app.expander[0].label == "Note"
    assert not app.text_input

    app.session_state["fold"] = True
    assert app.run().text_input(key="note.words").value == ""


def test_what_was_typed_stays_when_the_fold_is_closed(app: AppTest) -> None:
    app.session_state["fold"] = True
    app.run().text_input(key="note.words").input("三楼").run()

    app.session_state["fold"] = False
    app.run().run()

    assert app.text_input(key="note.words").value == "三楼"


def test_words_that_came_back_are_drawn_in_a_closed_fold(app: AppTest) -> None:
    app.button[0].click().run().run()

    assert app.text_input(key="note.words")


def parts() -> None:
    import streamlit as st

    from components.asking import folds_of_a_run, kept_part

    folds_of_a_run()
    way = st.selectbox("Way", ["first", "second", "third"], key="way")
    for name in ("first", "second"):
        with kept_part(name, shown=way == name) as drawn:
            if drawn:
                st.text_input("Words", key=f"{name}.words")


def test_a_part_that_was_shown_stays_drawn_and_another_is_not_drawn_before() -> None:
    app = AppTest.from_function(parts).run()
    assert [field.key for field in app.text_input] == ["first.words"]

    app.text_input(key="first.words").input("三楼")
    app.selectbox(key="way").set_value("second").run()
    app.selectbox(key="way").set_value("third").run()

    assert [field.key for field in app.text_input] == ["first.words", "second.words"]
    assert app.text_input(key="first.words").value == "三楼"
