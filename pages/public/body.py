"""The body of a request without an account behind it: read in bounded time, size and memory.

Whoever sends a byte a minute, or stops in the middle, holds nobody up: no turn is taken while a body is read.
"""

import asyncio
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from starlette.requests import Request

SECONDS, SECONDS_PHOTO = 20.0, 90.0
"""How long a form may take to arrive, and one with a photo: eight megabytes over a slow line."""


class TooLarge(Exception):
    """More was sent than may be."""


class TooSlow(Exception):
    """It did not arrive in its time."""


class NoRoom(Exception):
    """What is arriving already, from this address or from all, fills the memory that there is for it."""


class Room:
    """Memory for what is being read: so much for each address, so much for all. What is small is not counted."""

    def __init__(self, each: int, together: int, small: int = 64_000) -> None:
        self.each, self.together, self.small = each, together, small
        self.taken: Counter[str] = Counter()

    @contextmanager
    def place(self, address: str) -> Iterator["Place"]:
        """A place for one body; what it took is free again at the end."""
        place = Place(self, address)
        try:
            yield place
        finally:
            self.taken[address] -= place.taken
            self.taken += Counter()  # forgets the addresses that hold nothing


class Place:
    """What one body takes of the room."""

    def __init__(self, room: Room, address: str) -> None:
        self.room, self.address, self.taken = room, address, 0

    def grow(self, size: int) -> None:
        """It has this size now; raises NoRoom."""
        more = size - self.taken
        if size <= self.room.small or more <= 0:
            return
        if self.room.taken[self.address] + more > self.room.each or self.room.taken.total() + more > self.room.together:
            raise NoRoom
        self.room.taken[self.address] += more
        self.taken = size


async def body_of(request: Request, most: int, *, seconds: float = SECONDS, place: Place | None = None) -> bytes:
    """The whole body; raises TooLarge, TooSlow, NoRoom."""
    length = request.headers.get("content-length", "")
    if length.isdecimal() and int(length[:12]) > most:
        raise TooLarge
    body = bytearray()
    try:
        async with asyncio.timeout(seconds):
            async for piece in request.stream():
                body += piece
                if len(body) > most:
                    raise TooLarge
                if place is not None:
                    place.grow(len(body))
    except TimeoutError:
        raise TooSlow from None
    return bytes(body)
