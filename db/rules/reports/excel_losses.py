"""What our writer (openpyxl 3.1) would not give back of an Excel form, and where it stands.

A drop-down whose list lies on another sheet is in an extension, too; `listed_choices` reads it, so that it is kept.
(ECMA-376 part 1, 18.3 and 20.5; [MS-XLSX] 2.2.4 for the extensions.)
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from xml.etree import ElementTree

from db.rules.papers.office_file import related
from db.terms import Lost

Tree = ElementTree.Element
Trees = Mapping[str, Tree]
_BOOK, _STYLES = "xl/workbook.xml", "xl/styles.xml"
_GIVEN_BACK = frozenset(
    (
        *("sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetProtection", "scenarios", "autoFilter"),
        *("mergeCells", "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins"),
        *("pageSetup", "headerFooter", "rowBreaks", "colBreaks", "drawing", "legacyDrawing", "tableParts"),
    )
)
_NEVER_SEEN = frozenset(
    (
        *("sheetCalcPr", "phoneticPr", "customSheetViews", "ignoredErrors", "cellWatches", "customProperties"),
        *("smartTags", "sortState", "dataConsolidate", "webPublishItems"),
    )
)
"""Marks of the program in which it was written; nothing of them is on the paper."""
_SHEET_LOSSES = {
    "picture": Lost.BACKGROUND, "legacyDrawingHF": Lost.PAGE_PICTURE, "protectedRanges": Lost.EDIT_RANGE,
}  # fmt: skip
_EXTENDED = {
    "dataValidations": None, "ignoredErrors": None,
    "sparklineGroups": Lost.SPARKLINE, "conditionalFormattings": Lost.DATA_BAR,
}  # fmt: skip
"""What extensions of a sheet hold; None where nothing is lost."""
_SHAPES = frozenset(("sp", "cxnSp", "grpSp", "contentPart", "graphicFrame", "AlternateContent"))
_DROPPED = (".wmf", ".emf")
_CHOICE = (
    *("type", "errorStyle", "imeMode", "operator", "allowBlank", "showDropDown", "showInputMessage"),
    *("showErrorMessage", "errorTitle", "error", "promptTitle", "prompt"),
)


@dataclass(frozen=True, slots=True)
class Loss:
    """What is lost, and its address as Excel writes it (走访台账!B3), or the sheet alone."""

    what: Lost
    where: str


def local(tag: str) -> str:
    """The name of an element without its namespace."""
    return tag.rpartition("}")[2]


def sheets(trees: Trees) -> dict[str, str]:
    """Name of every sheet → its part."""
    targets = related(trees, _BOOK)
    found = {}
    for node in trees[_BOOK].iter():
        if local(node.tag) == "sheet":
            number = next((value for name, value in node.items() if local(name) == "id"), "")
            found[node.get("name", "")] = targets.get(number, ("", ""))[1]
    return {name: part for name, part in found.items() if part in trees}


def losses(trees: Trees) -> list[Loss]:
    """Everything that would be lost, sheet by sheet."""
    ticked = _ticked(trees)
    return [loss for name, part in sheets(trees).items() for loss in _of_sheet(trees, name, part, ticked)]


def _of_sheet(trees: Trees, sheet: str, part: str, ticked: frozenset[str]) -> Iterator[Loss]:
    for node in trees[part]:
        name = local(node.tag)
        if name == "sheetData":
            yield from _of_cells(node, sheet, ticked)
        elif name == "extLst":
            yield from _of_extensions(node, sheet)
        elif name not in _GIVEN_BACK | _NEVER_SEEN:
            yield from _each(_SHEET_LOSSES.get(name, Lost.OTHER), sheet, _ranges(node))
    for kind, other in related(trees, part).values():
        if kind.lower() == "threadedcomment":
            yield Loss(Lost.THREAD, sheet)
        elif kind == "drawing" and other in trees:
            yield from _of_drawing(trees, sheet, other)


def _of_cells(data: Tree, sheet: str, ticked: frozenset[str]) -> Iterator[Loss]:
    for node in data.iter():
        if local(node.tag) != "c":
            continue
        formula = next((child for child in node if local(child.tag) == "f"), None)
        where = f"{sheet}!{node.get('r', '')}"
        if node.get("vm") or (formula is not None and "DISPIMG(" in (formula.text or "").upper()):
            yield Loss(Lost.CELL_PICTURE, where)
        if formula is not None and formula.get("t") == "dataTable":
            yield Loss(Lost.DATA_TABLE, where)
        if node.get("ph") in ("1", "true"):
            yield Loss(Lost.PINYIN, where)
        if node.get("s", "0") in ticked:
            yield Loss(Lost.TICK_BOX, where)


def _ticked(trees: Trees) -> frozenset[str]:
    """The numbers of the cell styles that show a tick box."""
    formats = next((node for node in trees.get(_STYLES, ()) if local(node.tag) == "cellXfs"), ())
    return frozenset(
        str(number)
        for number, style in enumerate(formats)
        if any(local(node.tag) == "xfComplement" for node in style.iter())
    )


def _of_extensions(extensions: Tree, sheet: str) -> Iterator[Loss]:
    for held in (held for extension in extensions for held in extension):
        what = _EXTENDED.get(local(held.tag), Lost.OTHER)
        if what is not None:
            yield from _each(what, sheet, _ranges(held))


def _of_drawing(trees: Trees, sheet: str, drawing: str) -> Iterator[Loss]:
    pictures = related(trees, drawing)
    for anchor in trees[drawing]:
        inside = {local(node.tag) for node in anchor.iter()}
        shown = [pictures.get(value, ("", ""))[1] for node in anchor.iter() for name, value in node.items()
                 if local(node.tag) == "blip" and local(name) == "embed"]  # fmt: skip
        where = _anchored(anchor, sheet)
        if inside & _SHAPES:
            yield Loss(Lost.TEXT_BOX, where)
        elif any(name.lower().endswith(_DROPPED) for name in shown):
            yield Loss(Lost.PICTURE_KIND, where)


def _anchored(anchor: Tree, sheet: str) -> str:
    """The cell that a drawing hangs on."""
    held = next((node for node in anchor.iter() if local(node.tag) == "from"), None)
    at = {local(node.tag): (node.text or "").strip() for node in held} if held is not None else {}
    column, row = at.get("col", ""), at.get("row", "")
    if not (column.isdigit() and row.isdigit()):
        return sheet
    letters, left = "", int(column) + 1
    while left:
        left, rest = divmod(left - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{sheet}!{letters}{int(row) + 1}"


def _ranges(node: Tree) -> list[str]:
    """Where something says that it stands."""
    said = [one.get("sqref") or (local(one.tag) == "sqref" and one.text) or "" for one in node.iter()]
    return [text.strip() for text in said if text.strip()]


def _each(what: Lost, sheet: str, ranges: list[str]) -> Iterator[Loss]:
    for where in ranges or [""]:
        yield Loss(what, f"{sheet}!{where}" if where else sheet)


# --- what is kept ---------------------------------------------------------------------------------------------


def listed_choices(sheet: Tree) -> Iterator[dict[str, str]]:
    """The validations in a sheet's extension, under the names of openpyxl's `DataValidation`: `sqref`, `formula1`, …"""
    for node in sheet.iter():
        if local(node.tag) != "dataValidation" or not any(local(child.tag) == "sqref" for child in node):
            continue  # one of the old kind, which our writer knows
        held = {name: value for name, value in node.items() if name in _CHOICE}
        for child in node:
            held[local(child.tag)] = "".join(child.itertext()).strip()
        yield held


def headers(sheet: Tree) -> dict[str, str]:
    """oddHeader, oddFooter, evenHeader … as they are written."""
    found = next((node for node in sheet if local(node.tag) == "headerFooter"), ())
    return {local(node.tag): node.text or "" for node in found}
