"""Whether a file that somebody hands in as a Word template is a plain .docx: no macro, no link to elsewhere, no bomb.

A .docx is a zip of XML parts (ECMA-376, Open Packaging Conventions). What Word would run, fetch or embed is refused
as a whole: a template is printed on the machines of every community of the subdistrict.
"""

import re
from collections.abc import Iterator
from io import BytesIO
from xml.etree import ElementTree
from zipfile import BadZipFile, ZipFile, ZipInfo

TEMPLATE_KINDS = (
    *("notice", "sheet", "results", "minutes", "public"),
    *("ballot", "slips", "cards", "checks", "topic"),
)
"""Documents whose template a subdistrict may replace, in the order of their use."""
MOST_BYTES = 2 * 1024 * 1024
MOST_PARTS = 200
MOST_XML = 2 * 1024 * 1024
"""Bytes of one part of XML when unpacked: real templates hold a tenth of it."""
MOST_UNPACKED = 12 * 1024 * 1024

_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_RUNS = re.compile(r"vba|macro|activex|oleobject|/embeddings/|customui|\.bin$|\.exe$|\.ole$|\.html?$|\.mht", re.I)
_FETCHES = re.compile(r"\b(?:DDE(?:AUTO)?|INCLUDE(?:TEXT|PICTURE)?|LINK|IMPORT|DATABASE|RD|MACROBUTTON)\b", re.I)
_CARRIES = ("/vbaproject", "/oleobject", "/package", "/control", "/afchunk", "/subdocument", "/attachedtemplate")
"""Endings of the kinds of relations that bring in what runs or is hidden."""


class BadWordFile(ValueError):
    """A file that is no template; `reason` is a word for `components` to explain."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
        """not_word | too_big | macros | external | bomb"""


def check_word_file(file: bytes) -> None:
    """Raises BadWordFile unless the bytes are a plain .docx that nothing can be hidden in."""
    if len(file) > MOST_BYTES:
        raise BadWordFile("too_big")
    try:
        with ZipFile(BytesIO(file)) as archive:
            parts = dict(_unpacked(archive))
    except (BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as wrong:
        if isinstance(wrong, BadWordFile):
            raise
        raise BadWordFile("not_word") from None
    types = parts.get("[Content_Types].xml")
    if types is None or "word/document.xml" not in parts:
        raise BadWordFile("not_word")
    trees = {name: _tree(part) for name, part in parts.items() if _is_xml(name)}
    declared = [node.get("ContentType", "") for node in trees["[Content_Types].xml"]]
    if any(_RUNS.search(name) for name in [*parts, *declared]):
        raise BadWordFile("macros")
    if _MAIN not in declared:
        raise BadWordFile("not_word")
    for name, tree in trees.items():
        if name.endswith(".rels"):
            _no_link(tree)
        else:
            _no_fetching_field(tree)


def _is_xml(name: str) -> bool:
    return name.lower().endswith((".xml", ".rels"))


def _unpacked(archive: ZipFile) -> Iterator[tuple[str, bytes]]:
    """Every part, read no further than allowed: what the directory says about sizes is not believed."""
    entries: list[ZipInfo] = [entry for entry in archive.infolist() if not entry.is_dir()]
    if len(entries) > MOST_PARTS or len({entry.filename.lower() for entry in entries}) < len(entries):
        raise BadWordFile("bomb")
    total = 0
    for entry in entries:
        if entry.filename.startswith("/") or ".." in entry.filename.split("/") or "\\" in entry.filename:
            raise BadWordFile("not_word")
        allowed = MOST_XML if _is_xml(entry.filename) else MOST_UNPACKED
        with archive.open(entry) as part:
            held = part.read(allowed + 1)
        total += len(held)
        if len(held) > allowed or total > MOST_UNPACKED:
            raise BadWordFile("bomb")
        yield entry.filename, held


def _tree(part: bytes) -> ElementTree.Element:
    """One part as XML. UTF-8 without a document type, so that no entity can swell or hide anything."""
    try:
        text = part.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadWordFile("not_word") from None
    if "\0" in text or "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise BadWordFile("bomb")
    try:
        return ElementTree.fromstring(text.encode())  # noqa: S314 - no document type gets here, hence no entity
    except ElementTree.ParseError:
        raise BadWordFile("not_word") from None


def _no_link(relations: ElementTree.Element) -> None:
    for relation in relations.iter():
        kind = relation.get("Type", "").lower()
        if kind.endswith(_CARRIES):
            raise BadWordFile("macros")
        target = relation.get("Target", "").lower()
        if relation.get("TargetMode", "").strip().lower() == "external" or "://" in target or target.startswith("\\\\"):
            raise BadWordFile("external")


def _no_fetching_field(tree: ElementTree.Element) -> None:
    """A field of Word that fetches from elsewhere; its code may be split over several runs."""
    # By their names in any namespace: there is one of the strict and one of the transitional format.
    code = "".join(node.text or "" for node in tree.iter() if node.tag.endswith("}instrText"))
    simple = [value for node in tree.iter() for name, value in node.items() if name.endswith("}instr")]
    if any(_FETCHES.search(text) for text in [code, *simple]):
        raise BadWordFile("external")
