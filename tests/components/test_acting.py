"""What is stored is said, and said truly, also when a further press ends the run that stored it.

A press that comes while the first one is being stored begins a run of its own and stops the one before at its next
look into the state. Here the storing asks for that stop itself.
"""

from collections.abc import Callable
from typing import Any

import pytest
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.testing.v1 import AppTest

from components import acting


class Storing:
    """In place of `carry_out`: the answer of a key is that of its first press; `ends` the run that asks, if told to."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, int]] = []
        self.ends = True

    def __call__(self, _user: object, key: str, _act: Callable[..., Any], **values: Any) -> int:
        first = next((offer for used, offer in self.asked if used == key), int(values["offer_id"]))
        self.asked.append((key, int(values["offer_id"])))
        context = get_script_run_ctx()
        if self.ends and context is not None and context.script_requests is not None:
            context.script_requests.request_stop()
        return first


@pytest.fixture
def storing(monkeypatch: pytest.MonkeyPatch) -> Storing:
    stored = Storing()
    monkeypatch.setattr(acting, "carry_out", stored)
    return stored


def orders() -> None:
    import streamlit as st

    from components import acting
    from components.acting import show_announcements
    from components.forms import press

    def accept(_session: object, *, offer_id: int) -> int:
        return offer_id

    sent = acting.presses_sent()
    show_announcements(pressed=bool(sent))
    offer = st.session_state.get("offer", 1)
    answered = [one for _key, one in vars(acting)["carry_out"].asked]
    hit = press("order.accept", "接单") if offer not in answered else None
    if hit:
        said = lambda which: f"已接单 {which}"  # noqa: E731
        acting.run(vars(acting)["carry_out"], acting.Request(hit, accept, said, {"offer_id": offer}))
    acting.say_too_late(sent)


def test_a_second_press_that_ended_the_first_is_told_that_the_first_did_it(storing: Storing) -> None:
    app = AppTest.from_function(orders).run()
    app.button[0].click().run()  # stored, and ended before a word of it

    app.button[0].click().run()

    said = [toast.value for toast in app.toast]
    assert len(storing.asked) == 1
    assert any("已接单 1" in one for one in said)
    assert any("第一下已经办好" in one for one in said)
    assert not any("没有办" in one for one in said)


def orders_seen_early() -> None:
    """Another run has stored it, so that this one does not draw the button, and is still to return from there."""
    from time import monotonic

    import streamlit as st

    from components.acting import MADE, UNDER_WAY, Made, Request, say_too_late
    from components.forms import Pressed

    class Returning:
        def wait(self, _seconds: float) -> None:
            at = Pressed("order.accept")
            at_last = Made(Request(at, print, "已接单"), 1, at.request_key, monotonic())
            st.session_state[MADE] = {"order.accept": at_last}

    st.session_state[UNDER_WAY] = {"order.accept": Returning()}
    sent = {"order.accept": ""} if st.session_state.get("pressed") else {}
    say_too_late(sent)


def test_a_run_that_sees_what_another_is_just_storing_waits_for_its_word() -> None:
    app = AppTest.from_function(orders_seen_early).run()
    assert len(app.toast) == 0
    app.session_state["pressed"] = True

    said = [toast.value for toast in app.run().toast]

    assert said[0] == "已接单"
    assert "第一下已经办好" in said[1]


def test_what_was_stored_is_said_when_something_else_ended_its_run(storing: Storing) -> None:
    app = AppTest.from_function(orders).run()
    app.button[0].click().run()

    app.run()

    assert [toast.value for toast in app.toast] == ["已接单 1"]


@pytest.mark.parametrize("pressed", [True, False])
def test_the_same_button_on_the_next_page_is_a_press_of_its_own(storing: Storing, pressed: bool) -> None:
    app = AppTest.from_function(orders).run()
    app.button[0].click().run()
    (app.button[0].click() if pressed else app).run()
    storing.ends = False
    app.session_state["offer"] = 2
    app.run()

    app.button[0].click().run()

    (first, _one), (second, two) = storing.asked
    assert (two, first == second) == (2, False)
    assert any("已接单 2" in toast.value for toast in app.toast)


def noting() -> None:
    from components.acting import Request, presses_sent, run, say_too_late
    from components.forms import form

    def store(_session: object, *, offer_id: int, words: str) -> int:
        return offer_id + len(words)

    sent = presses_sent()
    with form("note") as filling:
        words = filling.line("words", "记什么")
        pressed = filling.submit("记下")
    if pressed:
        run(None, Request(filling, store, values={"offer_id": 1, "words": words}))  # type: ignore[arg-type]
    say_too_late(sent)


def test_what_was_typed_is_not_kept_once_it_is_stored(storing: Storing) -> None:
    storing.ends = False
    app = AppTest.from_function(noting).run()

    app.text_input[0].set_value("三楼的水管漏水")
    app.button[0].click().run()

    assert len(storing.asked) == 1
    assert app.session_state["_under_way"] == {}
    for name in ("_pressed", "_made", "_done"):
        assert "三楼的水管漏水" not in repr(app.session_state[name])


def passing() -> None:
    import streamlit as st
    from streamlit.runtime.scriptrunner import get_script_run_ctx

    from components.acting import announce, presses_sent, say_too_late, show_announcements
    from components.forms import press

    sent = presses_sent()
    word = st.session_state.pop("word", "")
    if word:
        announce(word)
    show_announcements(pressed=bool(sent))
    context = get_script_run_ctx()
    if word == "已派单" and context is not None and context.script_requests is not None:
        context.script_requests.request_stop()
    press("another", "另一步")
    say_too_late(sent)


@pytest.mark.parametrize("word", ["已派单", "已受理"])
def test_a_message_that_a_further_press_took_off_the_screen_is_said_once_more(word: str) -> None:
    app = AppTest.from_function(passing).run()
    app.session_state["word"] = word
    app.run()  # the one run is ended after it said so, the other comes to its end

    app.run()
    again = [toast.value for toast in app.toast]
    app.button[0].click().run()

    assert (again, len(app.toast)) == ([word], 0)


def test_a_message_is_not_said_again_when_its_time_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(acting, "PASSING", 0)
    app = AppTest.from_function(passing).run()
    app.session_state["word"] = "已受理"
    app.run()

    app.run()

    assert len(app.toast) == 0
