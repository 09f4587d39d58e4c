"""What stands in a printed code: an address that phones can open, asked for where the page has none."""

import pytest
from streamlit.testing.v1 import AppTest

from components.public_address import reaches_phones, typed_address
from db.settings import settings


@pytest.mark.parametrize(
    ("address", "reaches"),
    [
        ("https://yiqilai.example", True),
        ("http://yiqilai.intranet:8501", True),
        ("http://localhost:8501", False),
        ("http://app.localhost", False),
        ("http://127.0.0.1:8501", False),
        ("http://[::1]:8501", False),
        ("http://0.0.0.0:8501", False),
        ("http://192.168.1.20:8501", False),
        ("http://10.0.0.7", False),
        ("http://169.254.3.4", False),
        ("http://office-pc:8501", False),
        ("http://office-pc.local:8501", False),
        ("", False),
        ("http://[broken", False),
    ],
)
def test_only_an_address_that_phones_can_open_is_printed_unasked(address: str, reaches: bool) -> None:
    assert reaches_phones(address) == reaches


@pytest.mark.parametrize(
    ("typed", "taken"),
    [
        (" https://yiqilai.example/ ", "https://yiqilai.example"),
        ("yiqilai.example", "https://yiqilai.example"),
        ("http://192.168.1.20:8501", "http://192.168.1.20:8501"),
        ("https://yiqilai.example/app", "https://yiqilai.example/app"),
        ("localhost:8501", ""),
        ("http://127.0.0.1:8501", ""),
        ("ftp://yiqilai.example", ""),
        ("我们的网址", "https://我们的网址"),
        ("https://yiqilai.example/?id=1", ""),
        ("https://", ""),
        ("  ", ""),
    ],
)
def test_an_address_is_taken_as_people_type_it_and_never_one_of_this_machine(typed: str, taken: str) -> None:
    assert typed_address(typed) == taken


def a_page() -> None:
    import streamlit as st

    from components.public_address import printed_address

    if address := printed_address(st.session_state["opened_under"]):
        st.code(address)


def opened_under(url: str) -> AppTest:
    app = AppTest.from_function(a_page)
    app.session_state["opened_under"] = url
    return app.run()


@pytest.mark.parametrize("url", ["http://localhost:8501/posters", "http://192.168.1.20:8501/posters", ""])
def test_a_page_without_a_public_address_asks_before_it_prints_and_keeps_the_answer(url: str) -> None:
    app = opened_under(url)
    assert not app.code
    assert "手机扫不开" in app.warning[0].value

    app.text_input(key="printed_address").set_value("http://localhost:8501").run()
    assert not app.code
    assert app.error

    app.text_input(key="printed_address").set_value("yiqilai.example").run()
    assert app.code[0].value == "https://yiqilai.example"
    assert not app.run().warning


def test_a_page_under_a_public_address_prints_without_a_question() -> None:
    app = opened_under("https://yiqilai.example/posters?id=3")
    assert (app.code[0].value, len(app.text_input), len(app.warning)) == ("https://yiqilai.example", 0, 0)


def test_what_the_installation_has_set_is_printed_without_a_question(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YIQILAI_PUBLIC_ADDRESS", "https://yiqilai.intranet/")
    settings.cache_clear()
    try:
        assert opened_under("http://localhost:8501/posters").code[0].value == "https://yiqilai.intranet"
    finally:
        monkeypatch.undo()
        settings.cache_clear()
