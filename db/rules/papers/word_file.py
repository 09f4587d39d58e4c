"""Whether a file that somebody hands in as a Word template is a plain .docx: no macro, no link to elsewhere, no bomb.

What Word would run, fetch or embed is refused
as a whole: a template is printed on the machines of every community of the subdistrict.
"""

import re
from xml.etree import ElementTree

from db.rules.papers.office_file import BadOfficeFile, Container, is_strict

TEMPLATE_KINDS = (
    *("notice", "sheet", "results", "minutes", "public"),
    *("ballot", "slips", "cards", "checks", "topic"),
)
"""Documents whose template a subdistrict may replace, in the order of their use."""
MOST_BYTES = 2 * 1024 * 1024

_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_RUNS = re.compile(r"vba|macro|activex|oleobject|/embeddings/|customui|\.bin$|\.exe$|\.ole$|\.html?$|\.mht", re.I)
_FETCHES = re.compile(r"\b(?:DDE(?:AUTO)?|INCLUDE(?:TEXT|PICTURE)?|LINK|IMPORT|DATABASE|RD|MACROBUTTON)\b", re.I)


class BadWordFile(BadOfficeFile):
    """A file that is no template."""


_DOCX = Container(
    bad=BadWordFile,
    wrong="not_word",
    most_bytes=MOST_BYTES,
    most_parts=200,
    most_xml=2 * 1024 * 1024,  # real templates hold a tenth of it
    most_unpacked=12 * 1024 * 1024,
    xml=(".xml", ".rels"),
    carries=("/vbaproject", "/oleobject", "/package", "/control", "/afchunk", "/subdocument", "/attachedtemplate"),
)


def check_word_file(file: bytes) -> None:
    """Raises BadWordFile unless the bytes are a plain .docx that nothing can be hidden in."""
    parts = _DOCX.parts(file)
    types = parts.get("[Content_Types].xml")
    if types is None or "word/document.xml" not in parts:
        raise BadWordFile("not_word")
    trees = _DOCX.trees(parts)
    declared = [node.get("ContentType", "") for node in trees["[Content_Types].xml"]]
    if any(_RUNS.search(name) for name in [*parts, *declared]):
        raise BadWordFile("macros")
    if _MAIN not in declared:
        raise BadWordFile("not_word")
    if is_strict(trees["word/document.xml"]):
        raise BadWordFile("strict")
    for name, tree in trees.items():
        if not name.endswith(".rels"):
            _no_fetching_field(tree)


def _no_fetching_field(tree: ElementTree.Element) -> None:
    """A field of Word that fetches from elsewhere; its code may be split over several runs."""
    # By their names in any namespace: there is one of the strict and one of the transitional format.
    code = "".join(node.text or "" for node in tree.iter() if node.tag.endswith("}instrText"))
    simple = [value for node in tree.iter() for name, value in node.items() if name.endswith("}instr")]
    if any(_FETCHES.search(text) for text in [code, *simple]):
        raise BadWordFile("external")
