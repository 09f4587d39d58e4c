"""Every column of clear text says whose words it holds; the log, erasure and the canary act on that mark alone."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import JSON, Enum, MetaData, String, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from db.actions.people import erasure
from db.models import Model, Person
from db.models.types import Encrypted, Line, TextMark, coded, encrypted, public, said
from db.rules.people.erasing import Known
from tests.builders.people import a_life, the
from tests.builders.world import World, do


def unmarked(metadata: MetaData) -> Iterator[str]:
    """Columns that hold text which is neither encrypted nor a word of an enumeration, and have no mark."""
    for table in metadata.sorted_tables:
        for column in table.columns:
            if isinstance(column.type, Encrypted):
                if not column.info.get("personal"):
                    yield f"{column}: write `encrypted()`"
                continue
            clear = isinstance(column.type, String | JSON) and not isinstance(column.type, Enum)
            if clear and not isinstance(column.info.get("text"), TextMark):
                yield f"{column}: whose words are these? Write `said()`, `public()` or `coded()`"


def columns_of(mark: TextMark) -> Iterator[Any]:
    for table in Model.metadata.sorted_tables:
        yield from (column for column in table.columns if column.info.get("text") is mark)


def test_every_column_of_text_says_whose_words_it_holds() -> None:
    assert list(unmarked(Model.metadata)) == []


def test_a_planted_column_without_a_mark_is_named() -> None:
    class Planted(DeclarativeBase):
        pass

    class Row(Planted):
        __tablename__ = "planted"

        id: Mapped[int] = mapped_column(primary_key=True)
        bare: Mapped[Line]
        long: Mapped[str] = mapped_column(Text)
        skills: Mapped[list[str]] = mapped_column(JSON)
        open_secret: Mapped[str] = mapped_column(Encrypted)
        words: Mapped[Line] = said(default="")
        title: Mapped[str] = public(60)
        number: Mapped[str | None] = coded(24, unique=True)
        name: Mapped[str] = encrypted()

    named = [line.split(":")[0] for line in unmarked(Planted.metadata)]

    assert named == ["planted.bare", "planted.long", "planted.skills", "planted.open_secret"]
    columns = Row.__table__.columns
    assert (columns["words"].type.length, columns["title"].type.length, columns["number"].nullable) == (200, 60, True)  # type: ignore[attr-defined]


def test_what_is_said_is_wiped_by_an_erasure_or_left_for_a_reason(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    reached: set[str] = set()
    scrub = erasure._scrub_all

    def noting(session: Any, found: dict[str, set[int]], known: Known, wiped: Any) -> None:
        reached.update(found)
        scrub(session, found, known, wiped)

    monkeypatch.setattr(erasure, "_scrub_all", noting)
    do(small_world.secretary, erasure.erase_person, person_id=a_life(small_world)["person"], reason="搬离")

    left = {str(column) for column in columns_of(TextMark.SAID) if not _is_wiped(column, reached)}
    assert left == {str(column) for column in columns_of(TextMark.SAID) if column.info.get("kept")}


def _is_wiped(column: Any, reached: set[str]) -> bool:
    table = column.table
    if table.name in erasure.WIPED_BY_NAME:
        return True
    near = {table.name} | {key.column.table.name for key in table.foreign_keys}
    return table.name not in erasure.NOT_SCRUBBED and bool(near & reached)


def test_of_a_person_every_word_is_emptied_by_name(small_world: World) -> None:
    words = [column.key for column in columns_of(TextMark.SAID) if column.table is Person.__table__]
    life = a_life(small_world)

    do(small_world.secretary, erasure.erase_person, person_id=life["person"], reason="搬离")

    row = the(Person, life["person"])
    assert {name: getattr(row, name) for name in words} == dict.fromkeys(words, "")
