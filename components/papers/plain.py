"""Plain papers of a fixed order: title, facts, tables of strings, text, signatures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from io import BytesIO

from docx.enum.table import WD_ROW_HEIGHT_RULE
from docx.shared import Cm

from components.papers.word import Column, Paper, blank, headline, lay_across, line, lines, mark, paper, table

SHORT = 200
"""Characters of a last text that goes along with the signatures, so that nobody signs a page that says nothing."""
LONG_TEXT = 4.5
"""From this width on, in centimetres, a column of a plain paper holds sentences: they begin at the left."""
PlainTable = tuple[Sequence[str], Sequence[Sequence[str]]]
"""Headings and rows."""


@dataclass(frozen=True, slots=True)
class Layout:
    """How a plain paper lies: `widths` of the columns of its tables in centimetres, equal where none are named."""

    widths: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    across: bool = False
    """A4 on its long side with narrow margins, for a table of seven days."""
    high: float = 0
    """Least height of a row in centimetres, where people sign."""


@cache
def _plain_template(shapes: tuple[tuple[str, tuple[float, ...]], ...], across: bool, high: float) -> bytes:
    document = blank(size=12, line=22, margin=1.6, top=1.0) if across else blank(size=12, line=22)
    if across:
        lay_across(document)
    headline(document, "{{ title }}")
    lines(document, "facts")
    for name, widths in shapes:
        columns = [
            Column(f"{{{{ {name}_head[{n}] }}}}", f"{{{{ row[{n}] }}}}", width, centred=width < LONG_TEXT)
            for n, width in enumerate(widths)
        ]
        made = table(document, name, columns, size=12)
        if high:
            made.rows[2].height, made.rows[2].height_rule = Cm(high), WD_ROW_HEIGHT_RULE.AT_LEAST
    mark(document, "for said in text")
    mark(document, f"if loop.last and said|length < {SHORT}")
    line(document, "{{ said }}").paragraph_format.keep_with_next = True
    mark(document, "else")
    line(document, "{{ said }}")
    mark(document, "endif")
    mark(document, "endfor")
    mark(document, "for line in signatures")
    line(document, "{{ line }}", before=10).paragraph_format.keep_with_next = True
    mark(document, "endfor")
    kept = BytesIO()
    document.save(kept)
    return kept.getvalue()


def plain_paper(
    title: str, facts: Sequence[str], text: Sequence[str], signatures: Sequence[str], layout: Layout = Layout(),
    **tables: PlainTable,
) -> Paper:  # fmt: skip
    """A sheet of a fixed order: title, facts, tables (each `(headings, rows of strings)`), text, signatures."""
    values: dict[str, object] = {"title": title, "facts": facts, "text": text, "signatures": signatures}
    for name, (head, filled) in tables.items():
        values |= {f"{name}_head": head, name: filled}
    whole = 26.5 if layout.across else 15.8
    shapes = tuple(
        (name, layout.widths.get(name) or (round(whole / len(head), 2),) * len(head))
        for name, (head, _rows) in tables.items()
    )
    return paper(_plain_template(shapes, layout.across, layout.high), values)
