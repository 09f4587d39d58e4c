"""What many phones send in one moment, done in one go: one thread, one session and a few statements for all of them.

outcome = await crowd.join(vote)

Who comes while nothing is being done is done at once, alone. Who comes meanwhile waits, holding no thread, and all who
wait go along next. Each is answered when the work on all of them has ended.
"""

import asyncio
from collections import deque
from collections.abc import Callable
from contextvars import Context
from dataclasses import dataclass, field
from typing import Generic, TypeVar
from weakref import WeakKeyDictionary

T = TypeVar("T")
R = TypeVar("R")

MOST = 200
"""How many go along at once: a hall."""


@dataclass(eq=False)
class _Line(Generic[T, R]):
    """Who waits in one event loop, each with the place for the answer."""

    waiting: deque[tuple[T, asyncio.Future[R | Exception]]] = field(default_factory=deque)
    served: asyncio.Task[None] | None = None


class Crowd(Generic[T, R]):
    """The line of those who send the same kind of thing; `work` tells what became of each, in the order it got them."""

    def __init__(self, work: Callable[[list[T]], list[R | Exception]], most: int = MOST) -> None:
        self._work, self._most = work, most
        # A server has one loop; each test has its own.
        self._lines: WeakKeyDictionary[asyncio.AbstractEventLoop, _Line[T, R]] = WeakKeyDictionary()

    async def join(self, one: T) -> R | Exception:
        """What became of this one; an error that broke the work on all is told to all."""
        loop = asyncio.get_running_loop()
        line = self._lines.setdefault(loop, _Line())
        told: asyncio.Future[R | Exception] = loop.create_future()
        line.waiting.append((one, told))
        if line.served is None:
            # In nobody's surroundings: the language of the first phone is not that of the others.
            line.served = loop.create_task(self._serve(line), context=Context())
        return await told

    async def _serve(self, line: _Line[T, R]) -> None:
        try:
            while line.waiting:
                group = [line.waiting.popleft() for _ in range(min(self._most, len(line.waiting)))]
                outcomes = await asyncio.to_thread(self._done, [one for one, _told in group])
                for (_one, told), outcome in zip(group, outcomes, strict=True):
                    if not told.done():  # else nobody waits for it any more
                        told.set_result(outcome)
        finally:
            line.served = None

    def _done(self, group: list[T]) -> list[R | Exception]:
        try:
            return self._work(group)
        except Exception as trouble:  # noqa: BLE001 - it is told where each of them waits
            return [trouble] * len(group)
