"""Rows of a file, cell by cell: clean values, or where and why not."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from db.rules.imports.cells import BadCell, Book, Fault, Parser, must_be_whole, remark_of
from db.rules.imports.fields import FIELDS
from db.rules.imports.sheet import Sheet, cell
from db.rules.imports.standing import SameDoor, Standing
from db.terms import ImportKind

MEMO_MOST = 5_000
"""Texts of one column that are remembered: names and numbers differ in every row and would only fill it."""
Texts = Mapping[str, str]
"""One row: field → text of the cell; what is empty may be left out."""


@dataclass(frozen=True, slots=True)
class CellFault:
    """`row` is the place in the list that was checked."""

    row: int
    field: str
    fault: Fault
    text: str
    most: int = 0


@dataclass(frozen=True, slots=True)
class Checked:
    """`values` are the clean rows (field → value), one for every row without a fault, in order.

    `same_doors` are rows that end in one door though their texts differ, for a person to look at.
    """

    values: list[dict[str, Any]]
    faults: list[CellFault]
    same_doors: tuple[SameDoor, ...] = ()

    @property
    def faulty_rows(self) -> list[int]:
        return list(dict.fromkeys(fault.row for fault in self.faults))


def take_rows(
    sheet: Sheet, data_at: int, columns: Mapping[str, int], fixed: Mapping[str, str], *, leave_hidden: bool = False
) -> tuple[list[dict[str, str]], list[int]]:
    """The rows below the headings as field → text, and the number each has in the user's own program.

    Blank rows are left out, and with `leave_hidden` those that the file hides; `fixed` fills cells that are empty.
    """
    picked, numbers = [], []
    left = set(sheet.hidden) if leave_hidden else set()
    for at, row in enumerate(sheet.rows[data_at:], data_at):
        texts = {key: text for key, column in columns.items() if (text := cell(row, column).strip())}
        if texts and at not in left:
            picked.append({**{key: text for key, text in fixed.items() if text}, **texts})
            numbers.append(sheet.first_row + at)
    return picked, numbers


class _Memo:
    """A parser that remembers what it made of a text: places, kinds and days come again and again."""

    def __init__(self, parse: Parser, book: Book) -> None:
        self.parse, self.book = parse, book
        self.known: dict[str, Any] = {}

    def __call__(self, text: str) -> Any:
        value = self.known.get(text, self)
        if value is not self:
            return value
        try:
            must_be_whole(text)
            value = self.parse(text, self.book)
        except BadCell as bad:
            value = bad
        if len(self.known) < MEMO_MOST:
            self.known[text] = value
        return value


def check_rows(
    kind: ImportKind, rows: Sequence[Texts] | Iterable[Texts], book: Book, *, unknown: Texts | None = None
) -> Checked:
    """Every row of a file, its door in the one form.

    `unknown` says what stands for a choice that is not in our book (field → name).
    """
    fields = FIELDS[kind]
    parsers = {field.key: _Memo(field.parse, book) for field in fields}
    instead = {key: parsers[key](name) for key, name in (unknown or {}).items() if key in parsers and name}
    standing = Standing(kind, book)
    values: list[dict[str, Any]] = []
    faults: list[CellFault] = []
    orders: dict[str, dict[str, Any]] = {}
    start = {field.key: BadCell(Fault.EMPTY) if field.needed else field.start for field in fields}
    for number, row in enumerate(rows):
        clean = start.copy()
        for key, text in row.items():
            if key in parsers and text and not text.isspace():
                clean[key] = parsers[key](text)
        if "phone" in parsers:
            clean["phone_remark"] = remark_of(row.get("phone") or "")
        standing.find_place(row, clean)
        bad = [key for key, value in clean.items() if value.__class__ is BadCell]
        found = [one for key in bad if (one := _settled(number, key, row.get(key, ""), clean, instead)) is not None]
        found += [
            CellFault(number, key, fault, row.get(key, "") or row.get("address", ""))
            for key, fault in standing.faults(number, row, clean, {one.field for one in found})
        ]
        if kind is ImportKind.HOTLINE and not found:
            _one_order_a_number(number, row, clean, found, orders)
        if kind is ImportKind.PARTY_MEMBERS and not found:
            found += _days_in_order(number, row, clean)
        if kind is ImportKind.UNITS and not found:
            found += _agreement_that_ends_before_it_begins(number, row, clean)
        if kind is ImportKind.VENUES and not found:
            found += _half_a_point(number, clean)
        if found:
            faults += found
        else:
            values.append(clean)
    return Checked(values, faults, tuple(standing.same_doors))


def _one_order_a_number(
    number: int, row: Texts, clean: dict[str, Any], found: list[CellFault], orders: dict[str, dict[str, Any]]
) -> None:
    """The same order twice is one; another order under the same number would vanish as if it were known."""
    if orders.setdefault(clean["source_number"], clean) != clean:
        found.append(CellFault(number, "source_number", Fault.SAME_NUMBER, row.get("source_number", "")))


def _days_in_order(number: int, row: Texts, clean: Mapping[str, Any]) -> list[CellFault]:
    """Nobody becomes a full member before joining."""
    if clean["full_on"] is None or clean["full_on"] >= clean["joined_on"]:
        return []
    return [CellFault(number, "full_on", Fault.BAD_DATE, row.get("full_on", ""))]


def _agreement_that_ends_before_it_begins(number: int, row: Texts, clean: dict[str, Any]) -> list[CellFault]:
    """The last day of an agreement comes after its first, and there is none without one."""
    signed, until = clean["agreed_on"], clean["agreed_until"]
    if until is None or (signed is not None and signed <= until):
        return []
    return [CellFault(number, "agreed_until", Fault.BAD_DATE, row.get("agreed_until", ""))]


def _half_a_point(number: int, clean: Mapping[str, Any]) -> list[CellFault]:
    """A coordinate has both numbers, and says where it was read."""
    if clean["latitude"] is None and clean["longitude"] is None:
        return []
    empty = [key for key in ("latitude", "longitude", "datum") if clean[key] is None]
    return [CellFault(number, key, Fault.EMPTY, "") for key in empty]


def _settled(number: int, key: str, text: str, clean: dict[str, Any], instead: dict[str, Any]) -> CellFault | None:
    """Put what the user said in the place of a choice that we do not know; else take the cell out, and say why."""
    bad: BadCell = clean.pop(key)
    if bad.fault is Fault.UNKNOWN_CHOICE and key in instead:
        if not isinstance(instead[key], BadCell):
            clean[key] = instead[key]
            return None
        bad = instead[key]
    return CellFault(number, key, bad.fault, text, bad.most)
