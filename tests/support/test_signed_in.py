"""What `words` sees: were it blind to a kind of element, every "… not in words(app)" about it would hold."""

from streamlit.testing.v1 import AppTest

from tests.support.signed_in import words


def test_words_are_read_wherever_a_page_shows_them() -> None:
    def page() -> None:
        import pandas
        import streamlit as st

        from components.kpi import Kpi, numbers
        from components.lists import Column, rows

        st.markdown("seen in a paragraph", help="unseen help")
        st.metric("seen in a measure", "seen as its value")
        st.expander("seen on an expander").text("seen inside it")
        st.tabs(["seen on a tab"])
        st.radio("choice", ["seen as an option"])
        st.page_link("https://example.org", label="seen on a link")
        st.dataframe(pandas.DataFrame({"seen over a column": ["seen in a table"]}))
        columns = [Column("what", "seen over a list"), Column("n", "count", "number")]
        rows(
            [{"id": 4711, "what": "seen in a list", "n": 815}],
            columns,
            key="list",
            empty="unseen emptiness",
            page="need",
        )
        numbers([Kpi("seen on a card", "12%", ("seen below it",))], key="cards")

    app = AppTest.from_function(page).run()

    assert not app.exception
    places = (
        "in a paragraph", "in a measure", "as its value", "on an expander", "inside it", "on a tab", "as an option",
        "on a link", "over a column", "in a table", "over a list", "in a list", "on a card", "below it",
    )  # fmt: skip
    assert [place for place in places if f"seen {place}" not in words(app)] == []
    assert "815" in words(app)
    assert [unread for unread in ("unseen help", "unseen emptiness", "4711") if unread in words(app)] == []
