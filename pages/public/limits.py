"""How often somebody without an account may send or be wrong, per address and what is asked.

What is sent is counted in this process; wrong codes are counted for all processes together. The address is never kept:
what is counted is a keyed hash of it, for ten minutes.
"""

import time
from collections import OrderedDict, deque
from datetime import timedelta
from threading import Lock

import structlog
from starlette.requests import Request

from db.actions.accounts.wrong_codes import note_wrong_code, wrong_codes
from db.actions.intake.receiving import address_key
from db.engine import utc_now
from db.rules.accounts.origin import origin
from db.settings import settings
from db.trouble import told

log = structlog.get_logger()


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


KEPT = Limit(600, pause=1)
"""Wrong codes that this process writes down: beyond, one a second. A storm from thousands of addresses fills no table
and holds up nobody who writes; what is not written is counted here alone."""
SWEPT = Limit(1, seconds=60, pause=60)


class WrongCodes(Limit):
    """A limit against trying codes, counted once however many processes there are.

    A right code costs no write, and whoever this process slows down already costs the database nothing. While it takes
    nothing in (a full disk, a promotion), each process counts alone.
    """

    def __init__(self, what: str, most: int, pause: float = 10) -> None:
        super().__init__(most, pause=pause)
        self.what = what

    def reached(self, name: str) -> bool:
        """Whether there were so many, through whichever process, that the next one must wait."""
        return super().reached(name) or self._reached_together(name)

    def count(self, name: str) -> None:
        """One more, for all processes."""
        super().count(name)
        self._write(name)

    def take(self, name: str) -> bool:
        """Count one more; False when it must wait, and then it does not count."""
        if self.reached(name) or not super().take(name):
            return False
        self._write(name)
        return True

    def _reached_together(self, name: str) -> bool:
        now = utc_now()
        try:
            tries, last = wrong_codes(self.what, name, within=timedelta(seconds=self.seconds), now=now)
        except Exception as error:  # noqa: BLE001 - a fault of ours is raised by `_pass_over`
            _pass_over(error)
            return False
        return tries >= self.most and last is not None and last > now - timedelta(seconds=self.pause)

    def _write(self, name: str) -> None:
        if not KEPT.take(""):
            return
        try:
            note_wrong_code(self.what, name, sweep=SWEPT.take(""), now=utc_now())
        except Exception as error:  # noqa: BLE001 - a fault of ours is raised by `_pass_over`
            _pass_over(error)


def _pass_over(error: Exception) -> None:
    """A database that is away or full keeps nobody from an answer; a fault of ours is raised."""
    if told(error) is None:
        raise error
    log.warning("limit.counted_alone", kind=type(error).__name__)


def address_of(request: Request) -> str:
    """A keyed hash of where the phone is."""
    return address_key(where(request))


def where(request: Request) -> str:
    """The address itself, to look at and to forget: the peer, or what a trusted proxy says of it."""
    peer = request.client.host if request.client else ""
    return origin(peer, request.headers.get("x-forwarded-for", ""), settings().trusted_proxies.split(","))
