"""Ids of one table as runs without a gap: 50,000 rows that came in together are one pair of numbers."""

from collections.abc import Iterable


def runs_of(ids: Iterable[int]) -> list[tuple[int, int]]:
    """The first and the last id of every run, in order; each id counts once."""
    return joined((number, number) for number in ids)


def joined(runs: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Runs in order, those that touch or overlap made one."""
    found: list[tuple[int, int]] = []
    for first, last in sorted(runs):
        if found and first <= found[-1][1] + 1:
            found[-1] = found[-1][0], max(found[-1][1], last)
        else:
            found.append((first, last))
    return found
