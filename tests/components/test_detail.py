"""What happened to a thing: the newest first, many steps by month."""

from datetime import date

from components.detail import FEW, Step, folded


def test_the_newest_step_comes_first_and_of_one_day_the_later() -> None:
    steps = [Step(date(2026, 3, 5), "接单"), Step(date(2026, 3, 2), "点单"), Step(date(2026, 3, 5), "完成")]

    assert [(label, [one.what for one in its]) for label, its in folded(steps)] == [("", ["完成", "接单", "点单"])]


def test_many_steps_are_folded_by_month() -> None:
    steps = [Step(date(2026, 2 + n % 2, 1), str(n)) for n in range(FEW + 1)]

    assert [(label, len(its)) for label, its in folded(steps)] == [("2026年3月", FEW // 2), ("2026年2月", FEW // 2 + 1)]
