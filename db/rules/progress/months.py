"""The months that a report looks back on."""

from datetime import date, timedelta

MONTHS = 6


def months_until(first: date, count: int = MONTHS) -> tuple[date, ...]:
    """The first days of so many months, the given one last."""
    found = [first]
    while len(found) < count:
        found.append((found[-1] - timedelta(days=1)).replace(day=1))
    return tuple(reversed(found))
