"""How often somebody without an account may send: counted per code and per address, in this process.

The address is never kept: what is counted is a keyed hash of it, in memory, for ten minutes.
"""

import time
from collections import OrderedDict, deque
from threading import Lock

from starlette.requests import Request

from db.actions.intake.receiving import address_key
from db.settings import settings


class Limit:
    """So many in so many seconds, for each of the last thousands of names."""

    def __init__(self, most: int, seconds: float = 600, names: int = 5000) -> None:
        self.most, self.seconds, self.names = most, seconds, names
        self._seen: OrderedDict[str, deque[float]] = OrderedDict()
        self._turn = Lock()

    def take(self, name: str) -> bool:
        """Count one more; False when there were too many already, and then it does not count."""
        now = time.monotonic()
        with self._turn:
            seen = self._seen.setdefault(name, deque())
            self._seen.move_to_end(name)
            while len(self._seen) > self.names:
                self._seen.popitem(last=False)
            while seen and seen[0] < now - self.seconds:
                seen.popleft()
            if len(seen) >= self.most:
                return False
            seen.append(now)
            return True

    def forget(self) -> None:
        """Begin anew."""
        with self._turn:
            self._seen.clear()


def address_of(request: Request) -> str:
    """A keyed hash of where the phone is: the peer, or what a trusted proxy says of it."""
    peer = request.client.host if request.client else ""
    trusted = {address.strip() for address in settings().trusted_proxies.split(",") if address.strip()}
    if peer in trusted:
        # Each proxy appends to the list, so only what stands right of the last stranger is true.
        hops = [hop.strip() for hop in request.headers.get("x-forwarded-for", "").split(",") if hop.strip()]
        peer = next((hop[:64] for hop in reversed(hops) if hop not in trusted), peer)
    return address_key(peer)
