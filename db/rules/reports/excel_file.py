"""Whether a file handed in as an Excel form is a plain .xlsx: no macro, no link to elsewhere, no bomb.

The twin of `db.rules.papers.word_file`: an .xlsx is the same kind of zip. Besides what Excel would run or fetch, what
our writer could not give back is refused too (charts, pivot tables, and what `excel_losses` finds), so that a form
never comes out poorer than it went in.
"""

import re
from xml.etree import ElementTree

from db.rules.papers.office_file import BadOfficeFile, Container, is_strict
from db.rules.reports.excel_losses import losses

MOST_BYTES = 2 * 1024 * 1024
MOST_CELLS = 60_000
"""A form is a page or two; who hands in a filled ledger of a year wants `/imports`."""
MOST_PLACES = 5
"""How many places of a loss are named."""

CHINESE_FORMATS = {
    **dict.fromkeys((27, 36, 50, 52, 57), 'yyyy"年"m"月"'),
    **dict.fromkeys((28, 29, 51, 53, 54, 58), 'm"月"d"日"'),
    30: "m-d-yy",
    31: 'yyyy"年"m"月"d"日"',
    32: 'h"时"mm"分"',
    33: 'h"时"mm"分"ss"秒"',
    **dict.fromkeys((34, 55), '"上午/下午"h"时"mm"分"'),
    **dict.fromkeys((35, 56), '"上午/下午"h"时"mm"分"ss"秒"'),
}
"""Number formats that Excel and WPS in China have built in and never write into a file (ECMA-376 part 1, 18.8.30)."""

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


class BadExcelFile(BadOfficeFile):
    """A file that is no form."""


_XLSX = Container(
    bad=BadExcelFile,
    wrong="not_excel",
    most_bytes=MOST_BYTES,
    most_parts=300,
    most_xml=8 * 1024 * 1024,
    most_unpacked=24 * 1024 * 1024,
    xml=(".xml", ".rels", ".vml"),
    carries=("/vbaproject", "/oleobject", "/package", "/control", "/xlmacrosheet"),
)


def excel_parts(file: bytes) -> dict[str, ElementTree.Element]:
    """The parts of a form that are XML, by their names."""
    return _XLSX.trees(_XLSX.parts(file))


def check_excel_file(file: bytes) -> None:
    """Raises BadExcelFile unless the bytes are a plain .xlsx that nothing can be hidden in and nothing of which is lost
    when it is filled.
    """
    parts = _XLSX.parts(file)
    if "[Content_Types].xml" not in parts or "xl/workbook.xml" not in parts:
        raise BadExcelFile("not_excel")
    trees = _XLSX.trees(parts)
    declared = [node.get("ContentType", "") for node in trees["[Content_Types].xml"]]
    _nothing_foreign([name for name in parts if not _PRINTER.search(name)], declared)
    if _MAIN not in declared:
        raise BadExcelFile("not_excel")
    if sum(_no_fetching_formula(tree) for name, tree in trees.items() if not name.endswith(".rels")) > MOST_CELLS:
        raise BadExcelFile("too_big")
    if is_strict(trees["xl/workbook.xml"]):
        raise BadExcelFile("strict")
    if lost := losses(trees):
        what = lost[0].what
        where = list(dict.fromkeys(one.where for one in lost if one.what is what))
        raise BadExcelFile("lost", what=what, where="、".join(where[:MOST_PLACES]) + "…" * (len(where) > MOST_PLACES))


def _nothing_foreign(names: list[str], declared: list[str]) -> None:
    if any(_RUNS.search(text) for text in [*names, *(one for one in declared if "printerSettings" not in one)]):
        raise BadExcelFile("macros")
    if any(_FETCHES.search(name) for name in names):
        raise BadExcelFile("external")
    if any(_LOST.search(name) for name in names):
        raise BadExcelFile("chart")


def _no_fetching_formula(tree: ElementTree.Element) -> int:
    """Refuses formulas that reach out of the file; how many cells the part holds."""
    cells = 0
    for node in tree.iter():
        if node.tag.endswith("}c"):
            cells += 1
        elif node.tag.endswith(_SAYS_FORMULA) and _FORMULA_OUT.search(node.text or ""):
            raise BadExcelFile("external")
    return cells
