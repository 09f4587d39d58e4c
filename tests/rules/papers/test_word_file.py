"""A Word file that is handed in as a template: plain or refused, whatever is hidden where."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from db.rules.papers.word_file import MOST_BYTES, BadWordFile, check_word_file
from tests.support.word_files import changed, with_part, word_file

RELS = "word/_rels/document.xml.rels"


def with_relation(kind: str, target: str, mode: str) -> bytes:
    relation = f'<Relationship Id="rId99" Type="http://x.example/{kind}" Target="{target}"{mode}/></Relationships>'
    return changed(**{RELS: lambda old: old.replace(b"</Relationships>", relation.encode())})


def with_field(code: str) -> bytes:
    """A field of Word, its code split over two runs."""
    half = len(code) // 2
    runs = "".join(f"<w:r><w:instrText>{part}</w:instrText></w:r>" for part in (code[:half], code[half:]))
    return changed(
        **{"word/document.xml": lambda old: old.replace(b"<w:sectPr", f"<w:p>{runs}</w:p><w:sectPr".encode(), 1)}
    )


def renamed_main(old: bytes) -> bytes:
    return old.replace(b"wordprocessingml.document.main+xml", b"wordprocessingml.template.main+xml")


def test_a_plain_word_file_is_taken() -> None:
    check_word_file(word_file())


def test_page_numbers_are_no_danger() -> None:
    check_word_file(with_field("PAGE \\* MERGEFORMAT"))


@pytest.mark.parametrize(
    ("file", "reason"),
    [
        (b"", "not_word"),
        (b"PK\x03\x04 not a zip", "not_word"),
        (b"\xd0\xcf\x11\xe0" + b"old Word" * 200, "not_word"),
        (word_file()[:-200], "not_word"),
        (b"x" * (MOST_BYTES + 1), "too_big"),
        (with_part("word/vbaProject.bin"), "macros"),
        (with_part("word/embeddings/oleObject1.bin"), "macros"),
        (with_part("word/activeX/activeX1.xml", b"<a/>"), "macros"),
        (with_part("word/afchunk.html", b"<p>"), "macros"),
        (with_part("../evil.xml", b"<a/>"), "not_word"),
        (with_part("word/swollen.xml", b"<a>" + b" " * (3 * 2**20) + b"</a>"), "bomb"),
        (with_part("word/media/swollen.png", b"\0" * (13 * 2**20)), "bomb"),
        (with_part("word/x.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), "bomb"),
        (with_part("word/x.xml", '<?xml version="1.0" encoding="utf-16"?><a/>'.encode("utf-16")), "not_word"),
        (with_part("word/x.xml", b"<a><b></a>"), "not_word"),
        (changed(**{"[Content_Types].xml": renamed_main}), "not_word"),
        (with_relation("image", "http://tracker.example/x.png", ' TargetMode="External"'), "external"),
        (with_relation("image", "x.png", ' TargetMode="&#69;xternal"'), "external"),
        (with_relation("image", "https://tracker.example/x.png", ""), "external"),
        (with_relation("attachedTemplate", "evil.dotm", ""), "macros"),
        (with_relation("oleObject", "word/x.xml", ""), "macros"),
        (with_field('INCLUDEPICTURE "x.png"'), "external"),
        (with_field('DDEAUTO cmd "/c calc"'), "external"),
    ],
)
def test_whatever_is_hidden_is_found(file: bytes, reason: str) -> None:
    with pytest.raises(BadWordFile) as refused:
        check_word_file(file)

    assert refused.value.reason == reason


def test_a_macro_file_under_another_name_is_found() -> None:
    def macro(old: bytes) -> bytes:
        return old.replace(
            b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
            b"application/vnd.ms-word.document.macroEnabled.main+xml",
        )

    with pytest.raises(BadWordFile, match="macros"):
        check_word_file(changed(**{"[Content_Types].xml": macro}))


def test_a_directory_that_lies_about_its_sizes_is_not_believed() -> None:
    kept = BytesIO()
    with ZipFile(kept, "w", ZIP_DEFLATED) as archive:
        for n in range(250):
            archive.writestr(f"word/part{n}.xml", "<a/>")

    with pytest.raises(BadWordFile, match="bomb"):
        check_word_file(kept.getvalue())
