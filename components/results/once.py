"""What is reckoned from a circle of thousands of buildings is reckoned once, while the circle itself is kept."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar
from weakref import WeakKeyDictionary

from components.wording import language
from db.queries.results.circle import Circle
from db.terms import Language

T = TypeVar("T")


def once_a_circle(find: Callable[[Circle], T]) -> Callable[[Circle], T]:
    """The function, which finds the same for the same circle and language; what it returns must not hold the circle."""
    known: WeakKeyDictionary[Circle, dict[Language, T]] = WeakKeyDictionary()

    @wraps(find)
    def found(circle: Circle) -> T:
        of, reader = known.setdefault(circle, {}), language()
        if reader not in of:
            of[reader] = find(circle)
        return of[reader]

    return found
