"""Values that all screens of this process share for a moment: public numbers only, never personal data.

`st.cache_data` would do the same but hashes its arguments and unpickles its value in every tick: measured, that is a
third of what a tick costs beyond drawing.
"""

import threading
import time
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

Value = TypeVar("Value")
MOST = 4000
"""Entries before the old ones are dropped; a city has fewer screens."""


class Shared:
    """Keep what `make` returns for some seconds; while one screen makes it anew, the others wait for that one.

    One key stands for one kind of value, whatever page uses it.
    """

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._kept: dict[Hashable, tuple[float, Any]] = {}
        self._locks: dict[Hashable, threading.Lock] = {}
        self._guard = threading.Lock()

    def fresh(self, key: Hashable) -> Any:
        """The value while it is young, without waiting for anybody; None when it must be made."""
        kept = self._kept.get(key)
        return kept[1] if kept is not None and kept[0] > time.monotonic() else None

    def get(self, key: Hashable, make: Callable[[], Value]) -> Value:
        """The value of this key; the first caller after it grew old makes it."""
        young: Value | None = self.fresh(key)
        if young is not None:
            return young
        with self._guard:
            lock = self._locks.setdefault(key, threading.Lock())
        with lock:
            young = self.fresh(key)
            if young is not None:
                return young
            value = make()
            self._keep(key, value)
        return value

    def _keep(self, key: Hashable, value: Value) -> None:
        with self._guard:
            if len(self._kept) >= MOST:
                now = time.monotonic()
                self._kept = {one: kept for one, kept in self._kept.items() if kept[0] > now}
                self._locks = {one: lock for one, lock in self._locks.items() if one in self._kept or lock.locked()}
            self._kept[key] = (time.monotonic() + self.seconds, value)


PULSES = Shared(0.25)
"""Whether anything changed: so short that a screen is at most a quarter of a second behind its own interval."""
SLIDES = Shared(20)
"""What is shown; its key holds the pulse, so a change is new at once and only the rotation grows old."""
FIGURES = Shared(600)
"""The figures of the year, which hardly move within ten minutes and cost half of all statements of a rotation."""
