"""Pages of the menu keep the mark that Streamlit reckons for them."""

from streamlit.testing.v1 import AppTest


def test_a_page_is_asked_for_its_mark_once_and_has_the_one_that_streamlit_reckons() -> None:
    """Fails when Streamlit names the mark otherwise: the class that keeps it saves nothing any more and can go."""

    def script() -> None:
        from streamlit.navigation.page import StreamlitPage

        from components.menu import entries
        from components.menu_pages import choose, menu
        from db.terms import Language

        menu.cache_clear()
        pages = menu((), Language.CHINESE)
        choose(pages, on_top=False)
        kept = [page.__dict__["_script_hash"] for page in pages]
        assert len(set(kept)) == len(entries())
        assert kept == [StreamlitPage._script_hash.fget(page) for page in pages]  # type: ignore[attr-defined]

    assert not AppTest.from_function(script).run().exception
