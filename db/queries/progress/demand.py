"""Demand by category and place, from counters, with small cells suppressed before they leave this module."""

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.models import Category, Community, Place, PlaceDemand
from db.rules.projects.progress import suppress, total_may_be_shown

MOST_PLACES = 60
"""More rows than one chart can carry; the places with the fewest people are then left out and counted."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One place and category; both numbers None where fewer than five people are touched (or none)."""

    row_id: int
    category_id: int
    needs: int | None
    people: int | None


@dataclass(frozen=True, slots=True)
class CategoryTotal:
    """All of a category; None where the total would give a hidden cell away."""

    category_id: int
    name: str
    name_en: str
    needs: int | None
    people: int | None


@dataclass(frozen=True, slots=True)
class Demand:
    """Rows are the places of one community, or the communities of a wider scope (`of_places` False)."""

    of_places: bool
    rows: tuple[tuple[int, str], ...]
    categories: tuple[CategoryTotal, ...]
    cells: tuple[Cell, ...]
    left_out: int


def demand(session: Session, *, community_id: int | None) -> Demand:
    """Needs (without withdrawn ones) and people touched; three statements.

    Suppressed per category over the rows: a count under five is hidden, and a second one where the total would
    give it away (docs/domain.md 12.4). The people of a cell decide for both of its numbers.
    """
    of_places = community_id is not None
    rows = _rows(session, community_id)
    categories = session.execute(
        select(Category.id, Category.name, Category.name_en).order_by(Category.position, Category.id)
    ).all()
    key = PlaceDemand.place_id if of_places else PlaceDemand.community_id
    query = (
        select(key, PlaceDemand.category_id, func.sum(PlaceDemand.needs), func.sum(PlaceDemand.people))
        .where(PlaceDemand.needs > 0)
        .group_by(key, PlaceDemand.category_id)
    )
    if of_places:
        query = query.where(PlaceDemand.community_id == community_id)
    needs: dict[tuple[int, int], int] = {}
    people: dict[tuple[int, int], int] = {}
    by_row: dict[int, int] = defaultdict(int)
    for row_id, category_id, asked, touched in session.execute(query):
        needs[row_id, category_id], people[row_id, category_id] = int(asked), int(touched)
        by_row[row_id] += int(touched)
    kept = sorted(rows, key=lambda row: -by_row[row[0]])[:MOST_PLACES]
    shown_rows = tuple(row for row in rows if row in kept)
    cells: list[Cell] = []
    totals: list[CategoryTotal] = []
    for category in categories:
        column = {row_id: people.get((row_id, category.id), 0) for row_id, _name in rows}
        if not column:
            continue
        shown = suppress(column)
        cells += [
            Cell(row_id, category.id, needs.get((row_id, category.id), 0) if shown[row_id] is not None else None,
                 shown[row_id])
            for row_id, _name in shown_rows
        ]  # fmt: skip
        open_total = total_may_be_shown(column)
        totals.append(
            CategoryTotal(
                category.id,
                category.name,
                category.name_en,
                sum(needs.get((row_id, category.id), 0) for row_id in column) if open_total else None,
                sum(column.values()) if open_total else None,
            )
        )
    return Demand(of_places, shown_rows, tuple(totals), tuple(cells), len(rows) - len(shown_rows))


def _rows(session: Session, community_id: int | None) -> list[tuple[int, str]]:
    """Places of a community, or communities, in the order of entry: never a ranking."""
    query = (
        select(Community.id, Community.name).order_by(Community.subdistrict_id, Community.id)
        if community_id is None
        else select(Place.id, Place.name).where(Place.community_id == community_id).order_by(Place.id)
    )
    return [(row_id, name) for row_id, name in session.execute(query)]
