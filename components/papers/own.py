"""The template that the subdistrict put in the place of ours, found when a paper is made.

Papers are made on the press, by the ticket of who pressed (`pages/public/file.py`). There one statement reads the
template of this kind of paper; the page that drew the button asked nothing.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_FIND: ContextVar[Callable[[str], bytes | None] | None] = ContextVar("own_templates", default=None)


@contextmanager
def own_templates(find: Callable[[str], bytes | None]) -> Iterator[None]:
    """Inside, papers are made in the templates that `find` gives for their kinds."""
    token = _FIND.set(find)
    try:
        yield
    finally:
        _FIND.reset(token)


def own_template(kind: str) -> bytes | None:
    """The subdistrict's template for this kind of paper; None where it uses ours, or where nobody knows it."""
    find = _FIND.get()
    return find(kind) if find is not None and kind else None
