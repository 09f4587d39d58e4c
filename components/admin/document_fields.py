"""What can be written in a template of a kind: every field, and every list written out as it is copied into Word."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO

from components.admin.document_kinds import KINDS
from components.papers.field_names import LINE, ROWS
from components.papers.fields import column_name, column_names, is_form, is_plain, message_of, name_of
from components.papers.word import HEAD, Picture, blank, cell, grid, headline, line
from components.wording import _

ROW_NAMES = {"items": "item", "item.points": "line", "item.options": "row", "item.ways": "row"}
"""What our own templates call one entry of a list; any other list of texts is `line`, of records `row`."""
WIDEST = 8
"""Columns of a table that stands as an example."""


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a template: how it is written in English and in Chinese, what it holds, what stands in it."""

    path: str
    english: str
    chinese: str
    words: str
    sample: str = ""
    row: tuple[str, str] = ("", "")
    """What one entry is called in the loop, for a list; empty for a single value."""
    inner: tuple["Field", ...] = field(default=())

    @property
    def several(self) -> bool:
        """Whether it is a list, which is written as a loop."""
        return bool(self.row[0])


@dataclass(frozen=True, slots=True)
class FieldOfTemplate:
    """A field as the table shows it."""

    path: str
    written: str
    chinese: str
    words: str
    sample: str


def fields_of(kind: str) -> list[FieldOfTemplate]:
    """Every field of a kind, lists with the fields of their rows below them."""
    return list(_flat(tree_of(kind)))


def _flat(fields: Sequence[Field]) -> Iterator[FieldOfTemplate]:
    for one in fields:
        if one.several:
            english, chinese = (f"{{%p for {row} in {name} %}}"
                                for row, name in zip(one.row, (one.english, one.chinese), strict=True))  # fmt: skip
        else:
            english, chinese = (f"{{{{ {name} }}}}" if name else "" for name in (one.english, one.chinese))
        if one.several or one.sample or not one.inner:
            yield FieldOfTemplate(
                one.path, english if english != chinese else "", chinese, one.words, one.sample[:40].replace("\n", " ")
            )
        yield from _flat(one.inner)


def tree_of(kind: str) -> tuple[Field, ...]:
    """The fields of a kind with what stands inside each."""
    values = KINDS[kind].make().values
    return tuple(_plain(values)) if is_plain(values) else tuple(_fields(kind, values, "", ("", ""), 0))


def _fields(kind: str, values: Mapping[str, object], path: str, holder: tuple[str, str], depth: int) -> Iterator[Field]:
    for key, value in values.items():
        if key == "right" and isinstance(value, Mapping):
            continue  # the same as on the left
        here = f"{path}{key}"
        words, name = _(message_of(kind, here)), name_of(kind, here) or key
        english, chinese = f"{holder[0]}{key}", f"{holder[1]}{name}"
        if isinstance(value, Mapping):
            inner = tuple(_fields(kind, value, f"{here}.", (f"{english}.", f"{chinese}."), depth))
            yield Field(here, english, chinese, words, inner=inner)
        elif isinstance(value, list | tuple):
            first = value[0] if value else ""
            if isinstance(first, Mapping):
                row = ROW_NAMES.get(english, "row"), ROWS[depth]
                holders = (f"{row[0]}.", f"{row[1]}.")
                inner = tuple(_fields(kind, first, f"{here}.", holders, depth + 1))
                yield Field(here, english, chinese, words, row=row, inner=inner)
            else:
                sample = "" if isinstance(first, Picture) else str(first)
                yield Field(here, english, chinese, words, sample, row=(ROW_NAMES.get(english, "line"), LINE))
        else:
            yield Field(here, english, chinese, words, "" if isinstance(value, Picture) else str(value))


def _plain(values: Mapping[str, object]) -> Iterator[Field]:
    """A plain paper: its tables have the columns of their headings, and a form has a field for each answer."""
    for key, value in values.items():
        if key.endswith("_head") and key.removesuffix("_head") in values:
            continue
        words, name = _(message_of("", key, plain=True)), name_of("", key, plain=True) or key
        heads = values.get(f"{key}_head")
        if isinstance(heads, list | tuple) and isinstance(value, list | tuple):
            inner = [
                Field(f"{key}.{n}", f"row[{n}]", f"{ROWS[0]}.{column}", head.replace("\n", " "),
                      str(value[0][n]) if value else "")
                for n, (head, column) in enumerate(zip(heads, column_names(heads), strict=True))
            ]  # fmt: skip
            yield Field(key, key, name, words, row=("row", ROWS[0]), inner=tuple(inner))
            if is_form(heads):
                for asked, answer in value:
                    if column := column_name(asked):
                        yield Field(f"{key}.{column}", column, column, asked, str(answer))
        elif isinstance(value, list | tuple):
            yield Field(key, key, name, words, str(value[0]) if value else "", row=("line", LINE))
        else:
            yield Field(key, key, name, words, str(value))


def lists_of(kind: str) -> list[Field]:
    """Every list of a kind, also those inside others."""
    found: list[Field] = []
    waiting = list(tree_of(kind))
    while waiting:
        one = waiting.pop(0)
        waiting += one.inner
        found += [one] if one.several else []
    return found


def last_name(written: str) -> str:
    """The last word of a field as it is written: 名称 of {{ 每项.名称 }}."""
    return written.strip("{}%p ").split(" ")[-1].rpartition(".")[2]


# --- written out ---------------------------------------------------------------------------------------


def loop(one: Field, language: int = 1) -> list[str]:
    """The paragraphs that print a list, each on a line of its own; in Chinese, or in English with 0."""
    row = one.row[language]
    name = (one.english, one.chinese)[language]
    inside = [line for part in one.inner for line in _paragraph(part, language)] or [f"{{{{ {row} }}}}"]
    return [f"{{%p for {row} in {name} %}}", *inside, "{%p endfor %}"]


def _paragraph(one: Field, language: int) -> list[str]:
    if one.several:
        return loop(one, language)
    if one.inner:
        return [line for part in one.inner for line in _paragraph(part, language)]
    return [f"{{{{ {(one.english, one.chinese)[language]} }}}}"]


def table_rows(one: Field, language: int = 1) -> list[list[str]]:
    """The rows of a table that print a list: headings, the loop's beginning, the cells, its end."""
    single = [part for part in one.inner if not part.several and not part.inner][:WIDEST]
    if not single:
        return []
    cells = [f"{{{{ {(part.english, part.chinese)[language]} }}}}" for part in single]
    begin = f"{{%tr for {one.row[language]} in {(one.english, one.chinese)[language]} %}}"
    return [[part.words for part in single], [begin], cells, ["{%tr endfor %}"]]


def examples(kind: str) -> str:
    """Every list of a kind written out as paragraphs, to be copied."""
    return "\n\n".join("\n".join(loop(one)) for one in tree_of(kind) if one.several)


def example_document(kind: str) -> bytes:
    """A Word file in which every field and every list of a kind is written out: itself a template that is taken."""
    document = blank(size=12, line=22)
    headline(document, _("{title}：字段写法", title=_(KINDS[kind].title)))
    line(document, _("把要用的部分复制到自己的模板里。循环标记单独占一段，表格里单独占一行。"))
    for one in _ungrouped(tree_of(kind)):
        line(document, one.words, font=HEAD, before=8)
        if not one.several:
            line(document, f"{{{{ {one.chinese} }}}}")
            continue
        for text in loop(one):
            line(document, text)
        rows = table_rows(one)
        if rows:
            made = grid(document, len(rows), [16.0 / len(rows[0])] * len(rows[0]))
            for place, texts in enumerate(rows):
                for column, text in enumerate(texts):
                    cell(made.cell(place, column), text, size=10.5)
            line(document, "")
    kept = BytesIO()
    document.save(kept)
    return kept.getvalue()


def _ungrouped(fields: Sequence[Field]) -> Iterator[Field]:
    """Single fields and lists; what only holds others is passed through."""
    for one in fields:
        if one.inner and not one.several:
            yield from _ungrouped(one.inner)
        else:
            yield one
