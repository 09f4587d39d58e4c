"""What a form does with a day or a number that cannot be: it says so at the field, keeps it, and sends nothing."""

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


def draw_numbers() -> None:
    import streamlit as st

    from components.forms import form

    with form("need") as filling:
        people = filling.whole("people", "人数", least=1, most=99)
        area = filling.amount("area", "面积", least=0, most=500)
        if filling.submit("保存"):
            st.text(f"sent {people!r} {area!r}")


@pytest.mark.parametrize(
    ("at", "typed", "said"),
    [
        (0, 0, "请填写 1 到 99 之间的数。"),
        (0, -1, "请填写 1 到 99 之间的数。"),
        (0, 10**9, "请填写 1 到 99 之间的数。"),
        (0, 1.5, "请填写整数，不带小数。"),
        (1, -0.5, "请填写 0 到 500 之间的数。"),
        (1, 500.01, "请填写 0 到 500 之间的数。"),
        (1, 1.005, "最多两位小数。"),
    ],
)
def test_a_number_that_cannot_be_is_told_at_the_field_and_nothing_is_sent(at: int, typed: float, said: str) -> None:
    app = AppTest.from_function(draw_numbers).run()
    app.number_input[at].set_value(typed)

    app.button[0].click().run()

    assert [one.value for one in app.error] == [said]
    assert (app.number_input[at].value, [one.value for one in app.text]) == (typed, [])
    app.number_input[0].set_value(12)
    app.number_input[1].set_value(2.5)
    app.button[0].click().run()
    assert ([one.value for one in app.error], [one.value for one in app.text]) == ([], ["sent 12 Decimal('2.50')"])


def test_no_browser_holds_a_number_back_or_cuts_it() -> None:
    app = AppTest.from_function(draw_numbers).run()

    for field in app.number_input:
        assert (field.proto.has_min, field.proto.has_max, field.step) == (False, False, 1.0)


def late() -> None:
    from time import monotonic

    import streamlit as st

    from components.acting import DONE, say_too_late

    st.session_state[DONE] = ("mine", monotonic())
    say_too_late({"mine": "", "theirs": "菜很新鲜"})


def test_a_second_press_is_told_from_one_that_came_after_somebody_else() -> None:
    said = {toast.value for toast in AppTest.from_function(late).run().toast}

    assert len(said) == 2
    assert any("第一下已经办好" in one and "菜" not in one for one in said)
    assert any("这一步没有办" in one and "菜很新鲜" in one for one in said)
