"""Where a row of a form stands after the form has grown, and what a formula then says."""

import re
from dataclasses import dataclass

from openpyxl.formula import Tokenizer

_CELL = re.compile(r"(\$?)([A-Z]{1,3})(\$?)(\d+)")
_AREA = re.compile(r"\$?[A-Z]{1,3}\$?\d+(?::\$?[A-Z]{1,3}\$?\d+)?")


@dataclass(frozen=True, slots=True)
class Growth:
    """`extra` rows come in below row `last` of a sheet; the blank rows began with `first`."""

    sheet: str
    first: int
    last: int
    extra: int

    @property
    def _edge(self) -> int:
        """The last row that stays where it is."""
        return max(self.last, self.first - 1)

    def row(self, row: int) -> int:
        """Where a row stands now."""
        return row + self.extra if row > self._edge else row

    def rows(self, start: int, end: int, *, grow: bool = True) -> tuple[int, int]:
        """Where a span of rows stands now: one that ends among the filled rows, having begun no later, takes in all."""
        if end > self._edge:
            return self.row(start), end + self.extra
        if grow and start <= self.first <= end:
            return start, self._edge + self.extra
        return start, end

    def address(self, address: str) -> str:
        """Where a cell stands now."""
        column, row = address.rstrip("0123456789"), int(address.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
        return f"{column}{self.row(row)}"

    def formula(self, formula: str, *, own: bool, grow: bool = True) -> str:
        """A formula with its references put right; `own` when it stands on the sheet that grew.

        In the filled rows (`grow` False) a range means other cells in each row; only one that is fixed with `$` and is
        all the blank rows means the whole, as in a share of the sum.
        """
        said = formula if formula.startswith("=") else f"={formula}"
        words = Tokenizer(said)
        for token in words.items:
            if token.type == "OPERAND" and token.subtype == "RANGE":
                token.value = self._reference(token.value, own=own, grow=grow)
        made = words.render()
        return str(made if formula.startswith("=") else made[1:])

    def _reference(self, reference: str, *, own: bool, grow: bool) -> str:
        sheet, mark, area = reference.rpartition("!")
        if mark:
            if sheet.strip("'").replace("''", "'") != self.sheet:
                return reference
        elif not own:
            return reference
        return f"{sheet}{mark}" + ",".join(self._area(part, grow) for part in area.split(","))

    def _area(self, area: str, grow: bool) -> str:
        if not _AREA.fullmatch(area):
            return area  # a name, a whole column
        start, colon, end = area.partition(":")
        if not colon:
            return self._moved(start, self.row(_row_of(start)))
        whole = (_row_of(start), _row_of(end)) == (self.first, self.last) and _is_fixed(start) and _is_fixed(end)
        first, last = self.rows(_row_of(start), _row_of(end), grow=grow or whole)
        return f"{self._moved(start, first)}:{self._moved(end, last)}"

    @staticmethod
    def _moved(cell: str, row: int) -> str:
        return _CELL.sub(lambda found: f"{found[1]}{found[2]}{found[3]}{row}", cell)


def _row_of(cell: str) -> int:
    found = _CELL.fullmatch(cell)
    return int(found[4]) if found else 0


def _is_fixed(cell: str) -> bool:
    found = _CELL.fullmatch(cell)
    return bool(found and found[3])


def single_rows(formula: str, growth: Growth, *, own: bool) -> tuple[str, ...]:
    """What a formula outside the blank rows names of them row by row, so that it would miss the rows that come in."""
    found = []
    for token in Tokenizer(formula).items:
        if token.type != "OPERAND" or token.subtype != "RANGE":
            continue
        sheet, mark, area = token.value.rpartition("!")
        here = sheet.strip("'").replace("''", "'") == growth.sheet if mark else own
        for part in area.split(",") if here else ():
            start, colon, end = part.partition(":")
            begins = _row_of(start) - 1 if colon else _row_of(start)  # a range from the first row on grows by itself
            if _AREA.fullmatch(part) and growth.first <= begins and _row_of(end or start) <= growth.last:
                found.append(token.value)
    return tuple(dict.fromkeys(found))
