"""What is wrong with a form is said at once, not one field after the other.

    with Together():
        act(session, **values)

Inside, a check of `db.actions.fields` that fails notes its problem and hands back a value of the right kind in the
place of what cannot be kept, so that the fields after it are checked, too. Nothing is written with such a value: the
first write, or the end, raises `BadInputs`. Whatever else goes wrong after a noted problem is a consequence of it.
"""

from contextvars import ContextVar, Token
from types import TracebackType
from typing import Self, TypeVar

from db.errors import BadInput, BadInputs, Problem

T = TypeVar("T")
_NOTED: ContextVar[list[BadInput] | None] = ContextVar("noted", default=None)


class Together:
    """Gather the problems of one form; with `apart` each one is raised where it is found, as for rows of a file."""

    def __init__(self, *, apart: bool = False) -> None:
        self._noted: list[BadInput] | None = None if apart else []
        self._before: Token[list[BadInput] | None] | None = None

    def __enter__(self) -> Self:
        self._before = _NOTED.set(self._noted)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._before is not None:
            _NOTED.reset(self._before)
        if not self._noted or isinstance(error, BadInputs) or not isinstance(error, Exception | None):
            return
        # An empty field is empty whatever stands in the others; anything else may follow from a value that stands in.
        if isinstance(error, BadInput) and error.problem is Problem.EMPTY:
            _add(self._noted, error)
        raise _told(self._noted) from error


def amiss(error: BadInput, instead: T) -> T:
    """Note a problem and go on with `instead`; where nothing is gathered, raise it."""
    noted = _NOTED.get()
    if noted is None:
        raise error
    _add(noted, error)
    return instead


def before_writing() -> None:
    """Raise what was noted: no value that only stands in is written, not even to be taken back."""
    if noted := _NOTED.get():
        raise _told(noted)


def _add(noted: list[BadInput], error: BadInput) -> None:
    if all(one.field != error.field for one in noted):
        noted.append(error)


def _told(noted: list[BadInput]) -> BadInput:
    return noted[0] if len(noted) == 1 else BadInputs(noted)
