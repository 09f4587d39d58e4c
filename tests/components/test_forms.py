"""What a form does with a day that cannot be: it says so at the field, keeps it, and sends nothing."""

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest


def draw() -> None:
    from datetime import date

    import streamlit as st

    from components.forms import form

    with form("meeting") as filling:
        on = filling.day("on", "日期", start=date(2019, 5, 6), least=date(2019, 5, 6), most=date(2019, 6, 1))
        if filling.submit("保存"):
            st.text(f"sent {on}")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (date(1900, 1, 1), "请选 2019年5月6日或以后的日期。"),
        (date(2019, 5, 5), "请选 2019年5月6日或以后的日期。"),
        (date(2019, 6, 2), "请选 2019年6月1日或以前的日期。"),
    ],
)
def test_a_day_outside_its_limits_is_told_at_the_field_and_nothing_is_sent(typed: date, said: str) -> None:
    app = AppTest.from_function(draw).run()
    app.date_input[0].set_value(typed)

    app.button[0].click().run()

    assert [one.value for one in app.error] == [said]
    assert (app.date_input[0].value, [one.value for one in app.text]) == (typed, [])
    app.date_input[0].set_value(date(2019, 5, 7))
    app.button[0].click().run()
    assert ([one.value for one in app.error], [one.value for one in app.text]) == ([], ["sent 2019-05-07"])
