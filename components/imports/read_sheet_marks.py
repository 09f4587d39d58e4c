"""What a table says beside its values, and calamine does not tell: rows that are hidden, cells that show an error,
pictures in cells, and the merged cells of .ods. Part of the child that opens files: the standard library only.
"""

import re
import zipfile
from dataclasses import dataclass, field
from posixpath import join, normpath
from xml.etree import ElementTree
from xml.parsers import expat

Cell = tuple[int, int]
"""Row and column, from 0."""
Range = tuple[Cell, Cell]
"""First and last cell of a merged range."""

ERROR = re.compile(r"#(?:N/A|DIV/0!|REF!|VALUE!|NAME\?|NUM!|NULL!|SPILL!|CALC!)|Err:\d{3}")
PICTURE = re.compile(r"=?(?:_xlfn\.)?DISPIMG\(", re.IGNORECASE)
"""How WPS writes a picture in a cell."""
WORTH_A_LOOK = (b'="e"', b"='e'", b"hidden", b"DISPIMG")
"""Without one of these a sheet of .xlsx has no marks, and most have none."""
WORTH_A_LOOK_ODS = (b"-spanned=", b"visibility=", b"formula=")
_FORMULA = re.compile(rb"<c ([^>]*)>\s*<f[^>]*?(?:/>|>([^<]*)</f>)\s*(<v\s*/>|<v></v>|)\s*</c>")
WIDE_MOST = 1_000
_AT = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


@dataclass
class Marks:
    """Of one sheet."""

    hidden: set[int] = field(default_factory=set)
    """Rows that a filter or a hand has hidden."""
    errors: dict[Cell, str] = field(default_factory=dict)
    pictures: set[Cell] = field(default_factory=set)
    merged: list[Range] = field(default_factory=list)
    unvalued: str = ""
    """A formula without its result."""


def address(cell: Cell) -> str:
    """A cell as people call it: (0, 27) is AB1."""
    letters, column = "", cell[1] + 1
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(65 + letter) + letters
    return f"{letters}{cell[0] + 1}"


def _cell(called: str) -> Cell | None:
    found = _AT.fullmatch(called)
    if found is None:
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return int(found[2]) - 1, column - 1


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def unvalued_formula(box: zipfile.ZipFile) -> str | None:
    """Where an .xlsx file holds a formula without its result, which would come in as nothing; None for nowhere."""
    for entry in box.infolist():
        if not (entry.filename.startswith("xl/worksheets/") and entry.filename.endswith(".xml")):
            continue
        part = box.read(entry)
        if b"<f" not in part:
            continue
        for attributes, formula, result in _FORMULA.findall(part):
            if b"DISPIMG" not in formula and (not result or b't="str"' not in attributes):
                where = re.search(rb'r="([A-Z]{1,3}[0-9]{1,7})"', attributes)
                return where[1].decode() if where else ""
    return None


class _Reader:
    """Goes through one part from tag to tag; the text since the last one that counts is in `said`."""

    def __init__(self) -> None:
        self.marks = Marks()
        self.row, self.column = -1, -1
        self.said: list[str] = []

    def read(self, content: bytes) -> Marks:
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler, parser.EndElementHandler = self.begin, self.end
        parser.CharacterDataHandler = self.said.append
        parser.Parse(content, True)
        return self.marks

    def begin(self, tag: str, values: dict[str, str]) -> None:
        raise NotImplementedError

    def end(self, tag: str) -> None:
        raise NotImplementedError


# --- .xlsx --------------------------------------------------------------------------------------------


def part_of_sheet(box: zipfile.ZipFile, name: str) -> str:
    """The part that holds the sheet of this name; "" for none."""
    book = tree(box, "xl/workbook.xml")
    wanted = ""
    for one in book.iter():
        if one.tag.endswith("}sheet") and one.get("name") == name:
            wanted = next((value for key, value in one.attrib.items() if key.endswith("}id")), "")
    return related_part(box, "xl/_rels/workbook.xml.rels", wanted)


def tree(box: zipfile.ZipFile, part: str) -> ElementTree.Element:
    """A small part as a tree."""
    return ElementTree.fromstring(box.read(part))  # noqa: S314 - no document type gets here, hence no entity


def related_part(box: zipfile.ZipFile, relations: str, identity: str) -> str:
    """The part that a workbook calls by this identity; "" for none."""
    for one in tree(box, relations):
        if one.get("Id") == identity:
            target = one.get("Target", "")
            found = target.lstrip("/") if target.startswith("/") else normpath(join("xl", target))
            return found if found in box.namelist() else ""
    return ""


def marks_of_xlsx(box: zipfile.ZipFile, name: str) -> Marks:
    """The marks of one sheet of an .xlsx file."""
    part = part_of_sheet(box, name)
    content = box.read(part) if part else b""
    return _Xlsx().read(content) if any(mark in content for mark in WORTH_A_LOOK) else Marks()


class _Xlsx(_Reader):
    error = rich = False

    def begin(self, tag: str, values: dict[str, str]) -> None:
        kind = _local(tag)
        if kind == "row":
            called = values.get("r", "")
            self.row, self.column = int(called) - 1 if called.isdigit() else self.row + 1, -1
            if values.get("hidden") in ("1", "true"):
                self.marks.hidden.add(self.row)
        elif kind == "c":
            at = _cell(values.get("r", ""))
            self.column = at[1] if at else self.column + 1
            # A picture in a cell of Excel is an error with something behind it.
            self.error, self.rich = values.get("t") == "e", "vm" in values
        if kind in ("c", "f", "v"):
            self.said.clear()

    def end(self, tag: str) -> None:
        kind, cell = _local(tag), (self.row, self.column)
        if kind == "f" and PICTURE.match("".join(self.said)):
            self.marks.pictures.add(cell)
        elif kind == "v" and self.error and cell not in self.marks.pictures:
            if self.rich:
                self.marks.pictures.add(cell)
            else:
                self.marks.errors[cell] = "".join(self.said).strip() or "#N/A"


# --- .ods ---------------------------------------------------------------------------------------------


def marks_of_ods(box: zipfile.ZipFile, name: str, rows: int) -> Marks:
    """The marks of one sheet of an .ods file; `rows` is how many there are, the last one repeats to the end."""
    content = box.read("content.xml")
    return _Ods(name, rows).read(content) if any(mark in content for mark in WORTH_A_LOOK_ODS) else Marks()


class _Ods(_Reader):
    ours = formula = typed = False
    repeated = wide = 1

    def __init__(self, name: str, rows: int) -> None:
        super().__init__()
        self.name, self.rows = name, rows

    def begin(self, tag: str, values: dict[str, str]) -> None:
        kind, said = _local(tag), {_local(key): value for key, value in values.items()}
        if kind == "table":
            self.ours = said.get("name") == self.name
        elif self.ours and kind == "table-row":
            self._row(said)
        elif self.ours and kind in ("table-cell", "covered-table-cell"):
            self._cell(said)

    def _row(self, said: dict[str, str]) -> None:
        self.row, self.column = self.row + self.repeated if self.row >= 0 else 0, 0
        self.repeated, self.wide = _count(said, "number-rows-repeated"), 0
        if said.get("visibility") in ("filter", "collapse"):
            self.marks.hidden.update(range(self.row, min(self.row + self.repeated, self.rows)))

    def _cell(self, said: dict[str, str]) -> None:
        self.column += self.wide
        self.wide = _count(said, "number-columns-repeated")
        tall, broad = _count(said, "number-rows-spanned"), _count(said, "number-columns-spanned")
        if tall > 1 or broad > 1:
            last = self.row + tall - 1, self.column + broad - 1
            self.marks.merged.append(((self.row, self.column), last))
        self.formula, self.typed = "formula" in said, "value-type" in said
        self.said.clear()

    def end(self, tag: str) -> None:
        kind = _local(tag)
        if kind == "table":
            self.ours = False
        elif kind == "annotation":
            self.said.clear()  # a remark pinned to the cell is not what it shows
        elif self.ours and kind == "table-cell" and self.formula:
            self._formula("".join(self.said).strip())

    def _formula(self, shown: str) -> None:
        self.formula = False
        if ERROR.fullmatch(shown):
            for row in range(self.row, min(self.row + self.repeated, self.rows)):
                for column in range(self.column, self.column + min(self.wide, WIDE_MOST)):
                    self.marks.errors[row, column] = shown
        elif not self.typed:
            self.marks.unvalued = self.marks.unvalued or address((self.row, self.column))


def _count(said: dict[str, str], name: str) -> int:
    written = said.get(name, "1")
    return max(int(written), 1) if written.isdigit() and len(written) < 9 else 1
