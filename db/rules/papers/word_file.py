"""Whether a file that somebody hands in as a Word template is a plain .docx: no macro, no link to elsewhere, no bomb.

What Word would run, fetch or embed is refused
as a whole: a template is printed on the machines of every community of the subdistrict.
"""

import re
from collections.abc import Iterator
from xml.etree import ElementTree

from db.rules.papers.office_file import BadOfficeFile, Container, is_strict

TEMPLATE_KINDS = (
    *("notice", "sheet", "results", "minutes", "public"),
    *("ballot", "slips", "cards", "checks", "topic"),
    *("public_wall", "public_result", "seat_cards", "archive", "village", "mediation"),
    *("project", "scoring", "acceptance", "judges", "defence"),
    *("dispatch", "contact", "contact_large", "answer", "order_poster", "report_card", "service_record"),
    *("rota", "rota_call", "activity_notice", "activity_record", "activity_sign_in", "attendance", "calendar"),
    *("pairs", "stalls", "stall_signs", "stall_slips"),
    *("pledge", "wall_a3", "wall_a4", "quarter", "birthday", "reminder"),
    *("review_register", "review_summary", "review_notice"),
    *("unit_year", "figures", "circle", "diary", "progress_poster", "month", "visit_code"),
)
"""Documents whose template a subdistrict may replace, in the order of their use."""
MOST_BYTES = 2 * 1024 * 1024

_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_RUNS = re.compile(r"vba|macro|activex|oleobject|/embeddings/|customui|\.bin$|\.exe$|\.ole$|\.html?$|\.mht", re.I)
_FETCHES = re.compile(r"\b(?:DDE(?:AUTO)?|INCLUDE(?:TEXT|PICTURE)?|LINK|IMPORT|DATABASE|RD|MACROBUTTON)\b", re.I)


_TAG = re.compile(r"\{\{[^{}]*\}\}|\{%[^{}]*%\}|\{#.*?#\}", re.S)
_BRACES = re.compile(r"[{}｛｝﹛﹜]")
_WHOLE = re.compile(r"\{%\s*(p|tr) [^{}]*%\}", re.S)
"""A mark that takes its whole paragraph, or its whole row, with it."""
_PLACE = 60
"""So many letters of a paragraph are told."""


class BadWordFile(BadOfficeFile):
    """A file that is no template; besides the reasons of every office file: braces | alone (place=)."""


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
            if name.startswith("word/"):
                _marks_stand_right(tree)


def paragraphs(tree: ElementTree.Element) -> Iterator[str]:
    """The text of every paragraph of a part, also in text boxes; a mark may be split over several runs."""
    for node in tree.iter():
        if node.tag.endswith("}p"):
            yield "".join(inner.text or "" for inner in _below(node, "}p") if inner.tag.endswith("}t"))


def _below(node: ElementTree.Element, ends: str) -> Iterator[ElementTree.Element]:
    """What stands in a node, in its order, without what stands in another of its kind inside it."""
    waiting = list(node)[::-1]
    while waiting:
        one = waiting.pop()
        if not one.tag.endswith(ends):
            yield one
            waiting += list(one)[::-1]


def _marks_stand_right(tree: ElementTree.Element) -> None:
    """Braces are for fields, in half width and in pairs; what takes a whole paragraph or row stands alone in it.

    Word prints a field in ｛｛full width｝｝ as it stands, and words beside `{%p … %}` are lost without a sound.
    """
    for text in paragraphs(tree):
        if _BRACES.search(_TAG.sub("", text)):
            raise BadWordFile("braces", place=_place(text))
        marked = _WHOLE.search(text)
        if marked and marked[1] == "p" and marked[0] != text.strip():
            raise BadWordFile("alone", place=_place(text))
    for row in tree.iter():
        if row.tag.endswith("}tr"):
            cells = "".join(one.text or "" for one in _below(row, "}tr") if one.tag.endswith("}t")).strip()
            marked = next((one for one in _WHOLE.finditer(cells) if one[1] == "tr"), None)
            if marked and marked[0] != cells:
                raise BadWordFile("alone", place=_place(cells))


def _place(text: str) -> str:
    return " ".join(text.split())[:_PLACE]


def _no_fetching_field(tree: ElementTree.Element) -> None:
    """A field of Word that fetches from elsewhere; its code may be split over several runs."""
    # By their names in any namespace: there is one of the strict and one of the transitional format.
    code = "".join(node.text or "" for node in tree.iter() if node.tag.endswith("}instrText"))
    simple = [value for node in tree.iter() for name, value in node.items() if name.endswith("}instr")]
    if any(_FETCHES.search(text) for text in [code, *simple]):
        raise BadWordFile("external")
