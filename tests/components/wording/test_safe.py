"""What `safe` gives is read as it was typed: nothing in it takes effect in a real browser, also no bare address."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from components.wording import apart, listed, plainly, safe
from tests.support.browser import PATIENCE, chromium
from tests.support.servers import ROOT, AppServer

TYPED = (
    "看 http://a.example/x?y=1_2 和 HTTPS://b.example、www.c.example（WWW.d.example）或 e.f@g.example，"
    "**粗** _斜_ `码` [链](http://h.example) ![图](http://i.example/j.png) $x^2$ :red[红] :material/home: "
    "<b>k</b> ~~l~~ # m"
)
APP = """
from starlette.responses import PlainTextResponse
from starlette.routing import Route
import streamlit as st

app = st.App("page.py", routes=[Route("/healthz", lambda _request: PlainTextResponse("ok"))])
"""
PAGE = """
import sys

sys.path.insert(0, {root!r})
import streamlit as st

from components.wording import listed, plainly, safe

TYPED = {typed!r}
with st.container(key="drawn"):
    st.markdown(safe(TYPED))
    st.info(safe(TYPED))
    st.caption(f"**{{safe(TYPED)}}**")
    st.button(safe(TYPED), key="button")
    st.pills("x", [TYPED], format_func=plainly(str), key="pills")
    st.checkbox(safe(TYPED), key="checkbox")
    st.expander(safe(TYPED))
    st.text(TYPED)
with st.container(key="unsafe"):
    st.markdown(TYPED)
"""


@pytest.mark.browser
def test_nothing_in_a_text_takes_effect_in_the_browser(tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text(APP, encoding="utf-8")
    (tmp_path / "page.py").write_text(PAGE.format(root=str(ROOT), typed=TYPED), encoding="utf-8")
    with AppServer(tmp_path, root=tmp_path) as server, chromium() as browser:
        page = browser.new_page()
        page.goto(server.base_url)
        page.locator(".st-key-unsafe a").first.wait_for(timeout=PATIENCE)
        drawn = page.locator(".st-key-drawn")
        effects = drawn.locator("[data-testid=stMarkdownContainer] :is(a, img, em, code, del, h1, .katex, b)").count()
        read = [
            text.replace("\u2060", "") for text in drawn.locator("[data-testid=stMarkdownContainer]").all_inner_texts()
        ]

    assert effects == 0
    assert sum("看 http://a.example/x?y=1_2" in text and "**粗** _斜_ `码` [链]" in text for text in read) >= 6


@pytest.mark.parametrize("text", ["", "王芳", "三幢二单元", "2026-11-29", "a@b", "www", "http"])
def test_a_text_without_an_address_has_nothing_unseen_in_it(text: str) -> None:
    assert ("\u2060" in safe(text)) is ("@" in text)
    assert plainly(str)(text) == safe(text)


def test_a_list_gives_back_no_words_that_are_none_of_its_options() -> None:
    shown = listed(["3|2幢"], lambda key: f"2幢 {key} 5 户")
    assert shown("3|2幢") == "2幢 3|2幢 5 户"
    with pytest.raises(LookupError):
        shown("2幢 5 户")
    assert listed([7], str)(7) == "7"


SAME_NAME = """
import streamlit as st
from components.wording import listed

PEOPLE = {11: "王芳", 12: "王芳", 13: "李强"}
st.text(str(st.selectbox("谁", list(PEOPLE), index=None, format_func=listed(list(PEOPLE), PEOPLE.__getitem__))))
"""


@pytest.mark.parametrize(("place", "key"), [(0, "11"), (1, "12"), (2, "13")])
def test_of_two_with_the_same_name_the_one_chosen_is_meant(place: int, key: str) -> None:
    page = AppTest.from_string(SAME_NAME).run()
    assert page.selectbox[0].options == ["王芳（1）", "王芳（2）", "李强"]
    page.selectbox[0].select_index(place).run()
    assert not page.exception
    assert page.text[0].value == key


def test_only_words_that_several_options_bear_get_a_number() -> None:
    people = {11: "王芳", 12: "李强", 13: "王芳", 14: "王芳"}
    assert [apart(list(people), people.__getitem__)(one) for one in people] == [
        "王芳（1）",
        "李强",
        "王芳（2）",
        "王芳（3）",
    ]
    assert apart([12, 13], people.__getitem__)(13) == "王芳"
