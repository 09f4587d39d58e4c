"""The rows behind a chart as a table on the screen: the same rows that leave as a workbook."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from components.charts.export import Table
from components.lists import Column, rows
from components.sheets import Kind
from components.wording.dates import near, number


def table_block(table: Table, *, key: str, totals: Sequence[int] = ()) -> None:
    """Draw the rows of a table; numbers stand on the right, a share in percent; `totals` are columns that add up."""
    columns = [
        Column(
            str(at),
            field.heading,
            "number" if at and field.kind in (Kind.COUNT, Kind.SHARE) else "text",
            total=at in totals,
        )
        for at, field in enumerate(table.fields)
    ]
    lines = [
        {str(at): _shown(value, field.kind) for at, (field, value) in enumerate(zip(table.fields, line, strict=True))}
        for line in table.rows
    ]
    rows(lines, columns, key=key, empty="—", caption=table.name)


def _shown(value: object, kind: Kind) -> object:
    if isinstance(value, date):
        return near(value)
    if not isinstance(value, int | float | Decimal) and not hasattr(value, "numerator"):
        return "—" if value is None else value
    plain = Decimal(str(float(value)))  # type: ignore[arg-type]
    return f"{number(plain * 100)}%" if kind is Kind.SHARE else number(plain)
