"""Whose name stands in the properties of a file as its author."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_author: ContextVar[str] = ContextVar("author", default="")


@contextmanager
def written_by(place: str) -> Iterator[None]:
    """Name the community or the subdistrict as the author of every paper that is filled meanwhile."""
    before = _author.set(place)
    try:
        yield
    finally:
        _author.reset(before)


def author() -> str:
    """The community or subdistrict whose paper is made now; empty outside of `written_by`."""
    return _author.get()
