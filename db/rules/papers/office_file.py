"""What .docx and .xlsx share: a zip of XML parts that a stranger hands in, opened without believing a word of it.

(ECMA-376, Open Packaging Conventions.) What the two refuse besides is in `word_file` and `excel_file`.
"""

import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from posixpath import dirname, join, normpath
from struct import error as StructError
from typing import Any
from xml.etree import ElementTree
from zipfile import BadZipFile, ZipFile, ZipInfo


class BadOfficeFile(ValueError):
    """A file that is not taken; `reason` and its values are for `components` to explain."""

    def __init__(self, reason: str, **values: Any) -> None:
        super().__init__(reason)
        self.reason, self.values = reason, values
        """not_word | not_excel | strict | too_big | macros | external | bomb | chart | lost (what=, where=)"""


_DAMAGE = (
    *(BadZipFile, zlib.error, StructError, EOFError, OSError),
    *(NotImplementedError, RuntimeError, ValueError, LookupError, OverflowError),
)
"""What the standard library raises on a container whose bytes are not what they were."""


def is_strict(main: ElementTree.Element) -> bool:
    """Whether a main part is written in the strict flavour, which our readers take for an empty file."""
    return "/ooxml/" in main.tag.partition("}")[0]


def related(trees: Mapping[str, ElementTree.Element], part: str) -> dict[str, tuple[str, str]]:
    """What a part points to: id of the relation → the last word of its kind, and the name of the other part."""
    rels = trees.get(join(dirname(part), "_rels", part.rpartition("/")[2] + ".rels"))
    found = {}
    for relation in rels if rels is not None else ():
        target = relation.get("Target", "")
        name = normpath(join("/", dirname(part), target)).lstrip("/")
        found[relation.get("Id", "")] = (relation.get("Type", "").rpartition("/")[2], name)
    return found


@dataclass(frozen=True, slots=True)
class Container:
    """How much of a file is read, and how its refusals are called."""

    bad: type[BadOfficeFile]
    wrong: str
    """The reason for what is no such file at all."""
    most_bytes: int
    most_parts: int
    most_xml: int
    """Bytes of one part of XML when unpacked."""
    most_unpacked: int
    xml: tuple[str, ...]
    """Endings of the names of parts that are XML."""
    carries: tuple[str, ...]
    """Endings of the kinds of relations that bring in what runs or is hidden."""

    def parts(self, file: bytes) -> dict[str, bytes]:
        """Every part by its name, or the refusal."""
        if len(file) > self.most_bytes:
            raise self.bad("too_big")
        try:
            with ZipFile(BytesIO(file)) as archive:
                return dict(self._unpacked(archive))
        except BadOfficeFile:
            raise
        except _DAMAGE:
            raise self.bad(self.wrong) from None

    def trees(self, parts: dict[str, bytes]) -> dict[str, ElementTree.Element]:
        """The parts that are XML, read; a relation that leads out of the file is refused."""
        trees = {name: self._tree(part) for name, part in parts.items() if self._is_xml(name)}
        for name, tree in trees.items():
            if name.endswith(".rels"):
                self._no_link(tree)
        return trees

    def _is_xml(self, name: str) -> bool:
        return name.lower().endswith(self.xml)

    def _unpacked(self, archive: ZipFile) -> Iterator[tuple[str, bytes]]:
        """Read no further than allowed: what the directory says about sizes is not believed."""
        entries: list[ZipInfo] = [entry for entry in archive.infolist() if not entry.is_dir()]
        if len(entries) > self.most_parts or len({entry.filename.lower() for entry in entries}) < len(entries):
            raise self.bad("bomb")
        total = 0
        for entry in entries:
            if entry.filename.startswith("/") or ".." in entry.filename.split("/") or "\\" in entry.filename:
                raise self.bad(self.wrong)
            allowed = self.most_xml if self._is_xml(entry.filename) else self.most_unpacked
            with archive.open(entry) as part:
                held = part.read(allowed + 1)
            total += len(held)
            if len(held) > allowed or total > self.most_unpacked:
                raise self.bad("bomb")
            yield entry.filename, held

    def _tree(self, part: bytes) -> ElementTree.Element:
        """One part as XML. UTF-8 without a document type, so that no entity can swell or hide anything."""
        try:
            text = part.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise self.bad(self.wrong) from None
        if "\0" in text or "<!DOCTYPE" in text or "<!ENTITY" in text:
            raise self.bad("bomb")
        try:
            return ElementTree.fromstring(text.encode())  # noqa: S314 - no document type gets here, hence no entity
        except ElementTree.ParseError:
            raise self.bad(self.wrong) from None

    def _no_link(self, relations: ElementTree.Element) -> None:
        for relation in relations.iter():
            if relation.get("Type", "").lower().endswith(self.carries):
                raise self.bad("macros")
            target, mode = relation.get("Target", "").lower(), relation.get("TargetMode", "").strip().lower()
            if mode == "external" or "://" in target or target.startswith("\\\\"):
                raise self.bad("external")
