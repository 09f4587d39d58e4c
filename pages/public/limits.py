"""How often somebody without an account may send or be wrong: counted in this process, per address and what is asked.

The address is never kept: what is counted is a keyed hash of it, in memory, for ten minutes.
"""

import time
from collections import OrderedDict, deque
from threading import Lock

from starlette.requests import Request

from db.actions.intake.receiving import address_key
from db.rules.accounts.origin import origin
from db.settings import settings


class Limit:
    """So many in so many seconds, for each of the last thousands of names; beyond, one in every `pause` seconds.

    Nobody is locked out: whoever shares an address with a program that tries codes is slowed down with it.
    """

    def __init__(self, most: int, seconds: float = 600, names: int = 5000, pause: float = 10) -> None:
        self.most, self.seconds, self.names, self.pause = most, seconds, names, pause
        self._seen: OrderedDict[str, deque[float]] = OrderedDict()
        self._turn = Lock()

    def reached(self, name: str) -> bool:
        """Whether there were so many that the next one must wait."""
        with self._turn:
            return self._full(self._recent(name))

    def count(self, name: str) -> None:
        """One more."""
        with self._turn:
            self._recent(name).append(time.monotonic())

    def take(self, name: str) -> bool:
        """Count one more; False when it must wait, and then it does not count."""
        with self._turn:
            seen = self._recent(name)
            if self._full(seen):
                return False
            seen.append(time.monotonic())
            return True

    def forget(self) -> None:
        """Begin anew."""
        with self._turn:
            self._seen.clear()

    def _full(self, seen: deque[float]) -> bool:
        return len(seen) >= self.most and seen[-1] > time.monotonic() - self.pause

    def _recent(self, name: str) -> deque[float]:
        seen = self._seen.setdefault(name, deque(maxlen=self.most))
        self._seen.move_to_end(name)
        while len(self._seen) > self.names:
            self._seen.popitem(last=False)
        while seen and seen[0] < time.monotonic() - self.seconds:
            seen.popleft()
        return seen


def address_of(request: Request) -> str:
    """A keyed hash of where the phone is."""
    return address_key(where(request))


def where(request: Request) -> str:
    """The address itself, to look at and to forget: the peer, or what a trusted proxy says of it."""
    peer = request.client.host if request.client else ""
    return origin(peer, request.headers.get("x-forwarded-for", ""), settings().trusted_proxies.split(","))
