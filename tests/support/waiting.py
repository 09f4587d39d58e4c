"""Waiting for a condition, never for a time: a machine that is busy takes longer, and the test waits longer."""

import time
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from typing import Any, TypeVar

T = TypeVar("T")

DEADLINE = 120.0
"""Seconds after which something is broken and not slow."""


class NeverCame(AssertionError):
    """What was waited for did not come before the deadline."""


def wait_until(
    condition: Callable[[], T], what: str, *, seconds: float = DEADLINE, working: Iterable[Future[Any]] = (),
    pause: Callable[[], object] = lambda: time.sleep(0.01),
) -> T:  # fmt: skip
    """What the condition says once it is true; `what` completes the sentence "… did not come".

    A failure of those who are `working` is raised at once. In a browser `pause` must let the page go on
    (`lambda: page.wait_for_timeout(50)`).
    """
    until = time.monotonic() + seconds
    while not (said := condition()):
        for one in working:
            if one.done():
                one.result()
        if time.monotonic() > until:
            raise NeverCame(f"{what} did not come within {seconds:.0f} seconds")
        pause()
    return said
