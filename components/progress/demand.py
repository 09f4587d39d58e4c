"""Demand by place and category: from suppressed cells to a heat map in words, and to the rows of a workbook."""

from collections.abc import Sequence

from components.charts import apart, beyond, chart
from components.charts.export import Picture, Table
from components.sheets import Field, Kind
from components.wording import _, language
from components.wording.dates import number
from db.queries.progress.demand import CategoryTotal, Demand
from db.terms import Language

HIDDEN = "<5"


def category_name(category: CategoryTotal) -> str:
    """The category in the reader's language."""
    return category.name if language() is Language.CHINESE else category.name_en


def demand_chart(demand: Demand, *, click: bool) -> tuple[int, int] | None:
    """The heat map; (row, category) that was clicked, if any. A hidden cell cannot be told from an empty one."""
    labels = apart([name for _id, name in demand.rows])
    names = {row_id: label for (row_id, _name), label in zip(demand.rows, labels, strict=True)}
    columns = {one.category_id: (place, category_name(one)) for place, one in enumerate(demand.categories)}
    places = {row_id: place for place, (row_id, _name) in enumerate(demand.rows)}
    rows = []
    for cell in demand.cells:
        place, column = columns[cell.category_id]
        where = {"row": names[cell.row_id], "column": column}
        shown = cell.people is not None
        rows.append(
            {
                "place": places[cell.row_id],
                "label": names[cell.row_id],
                "column": column,
                "column_place": place,
                "value": cell.people,
                "note": number(cell.people or 0) if shown else HIDDEN,
                "key": f"{cell.row_id}-{cell.category_id}" if shown else "",
                "say": _(
                    "{row} · {column}：{needs} 件，涉及 {people} 人", needs=cell.needs, people=cell.people, **where
                )
                if shown
                else _("{row} · {column}：不足 5 人（含 0）", **where),
            }
        )
    top = beyond([cell.people for cell in demand.cells if cell.people is not None], room=1)
    alt = _("按地点和类别的需求分布，每格是涉及人数")
    whole, broken = _heading_lines([category_name(one) for one in demand.categories])
    picked = chart(
        "demand", rows, key="demand.cells", alt=alt, lines=len(demand.rows), click=click, top=top, whole=whole,
        broken=broken, turned=int(language() is Language.ENGLISH),
    )  # fmt: skip
    if not picked:
        return None
    row_id, category_id = picked.split("-")
    return int(row_id), int(category_id)


def _heading_lines(names: Sequence[str]) -> tuple[int, int]:
    """How many lines the longest heading takes on a wide screen and on a narrow one, as the chart breaks them."""
    if language() is Language.ENGLISH:
        return 1, 1
    whole = max((len(name.split("·")) for name in names), default=1)
    return whole, max(whole, *((len(name.split("·")[0]) + 1) // 2 for name in names), 1)


def demand_finding(demand: Demand) -> str:
    """Where most people wait for what, in a line; communities are never put in an order."""
    if not demand.of_places:
        widest = max((one for one in demand.categories if one.people), key=lambda one: one.people or 0, default=None)
        if widest is None:
            return _("各处涉及的人数都不足 5 人")
        return _(
            "涉及人数最多的类别：{column}，{needs} 件，{people} 人", column=category_name(widest), needs=widest.needs,
            people=number(widest.people or 0),
        )  # fmt: skip
    shown = [cell for cell in demand.cells if cell.people]
    most = max(shown, key=lambda cell: cell.people or 0, default=None)
    if most is None:
        return _("各处涉及的人数都不足 5 人")
    names = {one.category_id: category_name(one) for one in demand.categories}
    return _(
        "涉及人数最多：{row} · {column}，{needs} 件，{people} 人", row=dict(demand.rows)[most.row_id],
        column=names[most.category_id], needs=most.needs, people=number(most.people or 0),
    )  # fmt: skip


def total_lines(demand: Demand) -> list[dict[str, object]]:
    """The totals of the categories, most people first."""
    return [
        {
            "id": one.category_id,
            "category": category_name(one),
            "needs": HIDDEN if one.needs is None else number(one.needs),
            "people": HIDDEN if one.people is None else number(one.people),
        }
        for one in sorted(demand.categories, key=lambda one: -(one.people or 0))
    ]


def demand_tables(demand: Demand) -> list[Table]:
    """People by place and category in shades, hidden cells as <5; and the totals of the categories."""
    cells = {(cell.row_id, cell.category_id): cell.people for cell in demand.cells}
    head = [Field(_("地点") if demand.of_places else _("社区"), 18)]
    head += [Field(category_name(one), 11, Kind.COUNT) for one in demand.categories]
    lines: list[list[object]] = []
    for row_id, name in demand.rows:
        people: Sequence[int | None] = [cells.get((row_id, one.category_id)) for one in demand.categories]
        lines.append([name, *(HIDDEN if n is None else n for n in people)])
    totals = [
        Field(_("类别"), 18), Field(_("需求件数"), 11, Kind.COUNT), Field(_("涉及人数"), 11, Kind.COUNT),
    ]  # fmt: skip
    sums = [
        [category_name(one), HIDDEN if one.needs is None else one.needs, HIDDEN if one.people is None else one.people]
        for one in demand.categories
    ]
    return [
        Table(_("需求分布"), head, lines, Picture.SHADES),
        Table(_("各类别合计"), totals, sums, Picture.BARS, (2,), printed=False),
    ]
