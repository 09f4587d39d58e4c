"""`make papers`: every paper, as it is sampled, with nothing in its lists, and with long text; printed and proven.

python -m tests.support.make_papers FOLDER
"""

import sys
from collections.abc import Iterator
from pathlib import Path

import pypdfium2

from components.admin.document_kinds import KINDS
from components.papers.word import Paper, fill
from tests.support.drawn_papers import drawn_papers
from tests.support.pdf_files import to_pdf
from tests.support.proof import proof
from tests.support.stretched import shortened, stretched

AT_ONCE = 40
"""Files that LibreOffice prints in one call: a slow machine is not waited for in vain."""


def papers() -> Iterator[tuple[str, str, bytes]]:
    """(name of the case, ending, file) of every kind that has a template."""
    for kind in KINDS:
        made: Paper = KINDS[kind].make()
        cases = {"sample": made.values, "short": shortened(made.values), "long": stretched(made.values)}
        for case, values in cases.items():
            yield f"{kind}-{case}", "docx", fill(KINDS[kind].built_in(), values)


def pictures(pdf: Path) -> None:
    """Draw the pages as pictures in reading size beside the PDF, the first six."""
    document = pypdfium2.PdfDocument(pdf)
    for number in range(min(len(document), 6)):
        document[number].render(scale=1.3).to_pil().save(pdf.with_name(f"{pdf.stem}-{number + 1}.png"))
    document.close()


def main(folder: Path) -> None:
    """Make them all, print them all, and tell what was found."""
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for name, ending, made in (*papers(), *drawn_papers()):
        files.append(folder / f"{name}.{ending}")
        files[-1].write_bytes(made)
    for first in range(0, len(files), AT_ONCE):
        to_pdf(folder, files[first : first + AT_ONCE])
    print(f"{'paper':24}{'pages':>6}{'pt':>6}{'empty':>7}{'over':>6}{'out':>5}{'ASCII':>7}")
    for file in files:
        pdf = file.with_suffix(".pdf")
        told = proof(pdf)
        print(f"{file.stem:24}{told.pages:6}{told.smallest:6}" + "{:7}{:6}{:5}{:7}".format(*told.faults))
        pictures(pdf)
    print(f"\nPictures and PDF files: {folder}")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "data/papers"))
