import pytest

from db.rules.half_days import SLOTS, WEEKDAYS, read_slots


@pytest.mark.parametrize(
    ("said", "slots"),
    [
        ("周六上午", ["sat-am"]),
        ("星期日晚上、周六下午", ["sat-pm", "sun-eve"]),
        ("周末", [slot for slot in SLOTS if slot[:3] in ("sat", "sun")]),
        ("工作日晚上", [f"{day}-eve" for day in WEEKDAYS[:5]]),
        ("周一至周三上午", ["mon-am", "tue-am", "wed-am"]),
        ("周二上午，下午", ["tue-am", "tue-pm"]),
        ("每天", list(SLOTS)),
        ("晚上", [f"{day}-eve" for day in WEEKDAYS]),
    ],
)
def test_half_days_are_read_as_people_write_them(said: str, slots: list[str]) -> None:
    assert read_slots(said) == slots


@pytest.mark.parametrize("said", ["有空就来", "周八上午", "十五号", "周"])
def test_what_is_no_half_day_is_told(said: str) -> None:
    assert read_slots(said) is None
