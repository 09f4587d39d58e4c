"""What screens share: made once for all who ask, anew when it grew old, and a failure is nobody's value."""

import threading

import pytest

from components.screen.shared import Shared


def test_many_screens_that_ask_at_once_make_it_once() -> None:
    made: list[int] = []
    shared = Shared(60)
    begin = threading.Barrier(8)

    def make() -> int:
        made.append(1)
        return 7

    def ask() -> None:
        begin.wait()
        shared.get("柳林", make)

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert made == [1]


def test_each_key_has_its_own_value_and_an_old_one_is_made_anew() -> None:
    lasting, fleeting = Shared(60), Shared(0)

    kept = [lasting.get("柳林", lambda: 1), lasting.get("荷塘", lambda: 2), lasting.get("柳林", lambda: 3)]
    renewed = [fleeting.get("柳林", lambda: 1), fleeting.get("柳林", lambda: 2)]

    assert (kept, renewed) == ([1, 2, 1], [1, 2])


def test_a_failure_is_told_to_who_asked_and_the_next_one_tries_again() -> None:
    shared = Shared(60)

    with pytest.raises(ZeroDivisionError):
        shared.get("柳林", lambda: 1 // 0)

    assert shared.get("柳林", lambda: 5) == 5


def test_old_entries_are_dropped_before_they_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("components.screen.shared.MOST", 10)
    shared = Shared(0)

    for number in range(50):
        shared.get(number, lambda: 1)

    assert len(shared._kept) <= 10
    assert len(shared._locks) <= 11
