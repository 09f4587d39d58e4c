"""Whether a file that somebody hands in as an Excel form is a plain .xlsx: no macro, no link to elsewhere, no bomb.

The twin of `db.rules.word_file`: an .xlsx is the same kind of zip. Besides what Excel would run or fetch, what our
writer could not give back is refused too (charts, pivot tables), so that a form never comes out poorer than it went in.
"""

import re
from collections.abc import Iterator
from io import BytesIO
from xml.etree import ElementTree
from zipfile import BadZipFile, ZipFile, ZipInfo

MOST_BYTES = 2 * 1024 * 1024
MOST_PARTS = 300
MOST_XML = 8 * 1024 * 1024
MOST_UNPACKED = 24 * 1024 * 1024
MOST_CELLS = 60_000
"""A form is a page or two; who hands in a filled ledger of a year wants `/imports`."""

_MAIN = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_RUNS = re.compile(
    r"vba|macro|activex|oleobject|/embeddings/|ctrlprops|customui|\.bin$|\.exe$|\.ole$|\.html?$|\.mht|intlmacrosheet",
    re.I,
)
_PRINTER = re.compile(r"(^|/)printersettings\d*\.bin$", re.I)
"""What a printer driver left behind; not kept by our writer, and harmless."""
_FETCHES = re.compile(r"externallinks/|querytables/|(^|/)connections\.xml$|datamodel|/model/|webextension", re.I)
_LOST = re.compile(r"(^|/)(charts|chartsheets|diagrams|pivottables|pivotcache|slicers|timelines)/", re.I)
_FORMULA_OUT = re.compile(
    r"\[\d+\]|\[[^\]]+\.xls|\b(?:WEBSERVICE|FILTERXML|RTD|HYPERLINK|DDE|CALL|REGISTER(?:\.ID)?|EXEC|IMAGE|IMPORT\w+)\s*\("
    r"|\|\s*'|cmd\s*\|",
    re.I,
)
_SAYS_FORMULA = ("}f", "}definedName", "}formula", "}formula1", "}formula2")


class BadExcelFile(ValueError):
    """A file that is no form; `reason` is a word for `components` to explain."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
        """not_excel | too_big | macros | external | bomb | chart"""


def check_excel_file(file: bytes) -> None:
    """Raises BadExcelFile unless the bytes are a plain .xlsx that nothing can be hidden in."""
    if len(file) > MOST_BYTES:
        raise BadExcelFile("too_big")
    try:
        with ZipFile(BytesIO(file)) as archive:
            parts = dict(_unpacked(archive))
    except (BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as wrong:
        raise BadExcelFile("not_excel") from wrong
    if "[Content_Types].xml" not in parts or "xl/workbook.xml" not in parts:
        raise BadExcelFile("not_excel")
    trees = {name: _tree(part) for name, part in parts.items() if _is_xml(name)}
    declared = [node.get("ContentType", "") for node in trees["[Content_Types].xml"]]
    _nothing_foreign([name for name in parts if not _PRINTER.search(name)], declared)
    if _MAIN not in declared:
        raise BadExcelFile("not_excel")
    cells = 0
    for name, tree in trees.items():
        if name.endswith(".rels"):
            _no_link(tree)
        else:
            cells += _no_fetching_formula(tree)
    if cells > MOST_CELLS:
        raise BadExcelFile("too_big")


def _nothing_foreign(names: list[str], declared: list[str]) -> None:
    if any(_RUNS.search(text) for text in [*names, *(one for one in declared if "printerSettings" not in one)]):
        raise BadExcelFile("macros")
    if any(_FETCHES.search(name) for name in names):
        raise BadExcelFile("external")
    if any(_LOST.search(name) for name in names):
        raise BadExcelFile("chart")


def _is_xml(name: str) -> bool:
    return name.lower().endswith((".xml", ".rels", ".vml"))


def _unpacked(archive: ZipFile) -> Iterator[tuple[str, bytes]]:
    """Every part, read no further than allowed: what the directory says about sizes is not believed."""
    entries: list[ZipInfo] = [entry for entry in archive.infolist() if not entry.is_dir()]
    if len(entries) > MOST_PARTS or len({entry.filename.lower() for entry in entries}) < len(entries):
        raise BadExcelFile("bomb")
    total = 0
    for entry in entries:
        if entry.filename.startswith("/") or ".." in entry.filename.split("/") or "\\" in entry.filename:
            raise BadExcelFile("not_excel")
        allowed = MOST_XML if _is_xml(entry.filename) else MOST_UNPACKED
        try:
            with archive.open(entry) as part:
                held = part.read(allowed + 1)
        except (ValueError, BadZipFile) as wrong:
            raise BadExcelFile("not_excel") from wrong
        total += len(held)
        if len(held) > allowed or total > MOST_UNPACKED:
            raise BadExcelFile("bomb")
        yield entry.filename, held


def _tree(part: bytes) -> ElementTree.Element:
    """One part as XML. UTF-8 without a document type, so that no entity can swell or hide anything."""
    try:
        text = part.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadExcelFile("not_excel") from None
    if "\0" in text or "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise BadExcelFile("bomb")
    try:
        return ElementTree.fromstring(text.encode())  # noqa: S314 - no document type gets here, hence no entity
    except ElementTree.ParseError:
        raise BadExcelFile("not_excel") from None


def _no_link(relations: ElementTree.Element) -> None:
    for relation in relations.iter():
        kind = relation.get("Type", "").lower()
        if kind.endswith(("/vbaproject", "/oleobject", "/package", "/control", "/xlmacrosheet")):
            raise BadExcelFile("macros")
        target = relation.get("Target", "").lower()
        if relation.get("TargetMode", "").strip().lower() == "external" or "://" in target or target.startswith("\\\\"):
            raise BadExcelFile("external")


def _no_fetching_formula(tree: ElementTree.Element) -> int:
    """Refuses formulas that reach out of the file; how many cells the part holds."""
    cells = 0
    for node in tree.iter():
        if node.tag.endswith("}c"):
            cells += 1
        elif node.tag.endswith(_SAYS_FORMULA) and _FORMULA_OUT.search(node.text or ""):
            raise BadExcelFile("external")
    return cells
