"""What an office makes of our files: pages with their lines, where these stand, and how large their letters are."""

import os
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
import pypdfium2.raw

from components.papers.office import FONTS

POINT = 25.4 / 72
"""Millimetres."""


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """One line as it is printed: its text, its letters' edges in millimetres from the left and top of the page, and
    the smallest size of a letter in points.
    """

    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float


def to_pdf(folder: Path, files: Iterable[Path]) -> None:
    """Turn documents and workbooks into PDF in one call of LibreOffice; NAME.docx becomes NAME.pdf in `folder`."""
    home = f"-env:UserInstallation={(folder / 'home').as_uri()}"
    command = ["soffice", home, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    fonts = os.environ | {"FONTCONFIG_FILE": str(FONTS)}
    subprocess.run([*command, *map(str, files)], check=True, capture_output=True, timeout=240, env=fonts)


def printed(pdf: Path) -> list[list[PrintedLine]]:
    """The lines of every page, from the top."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [_lines(page) for page in document]
    finally:
        document.close()


def _lines(page: "pypdfium2.PdfPage") -> list[PrintedLine]:
    high, found = page.get_height(), page.get_textpage()
    letters = [
        (found.get_text_range(place, 1), found.get_charbox(place), pypdfium2.raw.FPDFText_GetFontSize(found.raw, place))
        for place in range(found.count_chars())
    ]
    # Letters of one line stand at one height; spaces and what marks a new line have no place of their own.
    rows: list[list[tuple[str, tuple[float, float, float, float], float]]] = []
    for letter in letters:
        text, (left, bottom, right, top), _size = letter
        if not text.strip() or right <= left:
            continue
        middle = (top + bottom) / 2
        if rows and abs(_middle(rows[-1]) - middle) < letter[2] * 0.6:
            rows[-1].append(letter)
        else:
            rows.append([letter])
    return [
        PrintedLine(
            "".join(text for text, _, _ in row),
            min(box[0] for _, box, _ in row) * POINT,
            max(box[2] for _, box, _ in row) * POINT,
            (high - max(box[3] for _, box, _ in row)) * POINT,
            (high - min(box[1] for _, box, _ in row)) * POINT,
            min(size for _, _, size in row),
        )
        for row in rows
    ]


def _middle(row: list[tuple[str, tuple[float, float, float, float], float]]) -> float:
    _, (_, bottom, _, top), _ = max(row, key=lambda one: one[1][3] - one[1][1])
    return (top + bottom) / 2
