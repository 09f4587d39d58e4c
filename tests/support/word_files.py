"""Word files, plain and spoilt, and what stands in them."""

from collections.abc import Callable, Iterator
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from docx import Document


def word_file(text: str = "{{ title }}") -> bytes:
    made, kept = Document(), BytesIO()
    made.add_paragraph(text)
    made.save(kept)
    return kept.getvalue()


def changed(**parts: Callable[[bytes], bytes]) -> bytes:
    """A plain file with some parts rewritten; a part that is not there is added."""
    kept = BytesIO()
    with ZipFile(BytesIO(word_file())) as source, ZipFile(kept, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, parts.pop(name, bytes)(source.read(name)))
        for name, make in parts.items():
            target.writestr(name, make(b""))
    return kept.getvalue()


def with_part(name: str, content: bytes = b"x") -> bytes:
    return changed(**{name: lambda _: content})


def text_of(made: bytes) -> str:
    """Every paragraph and every cell, also of headers and footers."""
    found = Document(BytesIO(made))
    parts = [found, *(part for section in found.sections for part in (section.header, section.footer))]
    return "\n".join(text for part in parts for text in _texts(part))


def _texts(part: object) -> Iterator[str]:
    for paragraph in part.paragraphs:  # type: ignore[attr-defined]
        yield paragraph.text
    for table in part.tables:  # type: ignore[attr-defined]
        for row in table.rows:
            for cell in row.cells:
                yield cell.text
