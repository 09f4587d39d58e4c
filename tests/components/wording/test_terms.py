"""Every value of an enumeration has its word; an enumeration of states has a look for every value."""

from collections import Counter
from collections.abc import Iterable, Mapping
from enum import StrEnum

import pytest

from components.wording.terms import AREAS, LABELS, LOOKS
from db import terms

WITHOUT_WORDS = {terms.Language, terms.Happening}
"""A language names itself; a happening has a sentence (`components.wording.happenings`)."""
ENUMERATIONS = [
    kind
    for kind in vars(terms).values()
    if isinstance(kind, type) and issubclass(kind, StrEnum) and kind is not StrEnum
]


@pytest.mark.parametrize("kind", [kind for kind in ENUMERATIONS if kind not in WITHOUT_WORDS])
def test_every_value_has_its_word(kind: type[StrEnum]) -> None:
    assert set(LABELS[kind]) == set(kind)


@pytest.mark.parametrize("kind", LOOKS)
def test_every_value_of_a_state_has_its_look(kind: type[StrEnum]) -> None:
    assert set(LOOKS[kind]) == set(kind)


def _said_twice(tables: Iterable[Mapping[object, object]]) -> list[object]:
    """The tables are joined: of two words for one thing, one is never said."""
    return [thing for thing, times in Counter(thing for table in tables for thing in table).items() if times > 1]


@pytest.mark.parametrize("name", ["LABELS", "LOOKS", "TABLES", "PERMISSIONS"])
def test_two_areas_do_not_name_the_same_thing(name: str) -> None:
    tables = [getattr(area, name, {}) for area in AREAS]

    assert any(tables)
    assert _said_twice(tables) == []


def test_a_thing_that_two_areas_name_is_found() -> None:
    assert _said_twice([{"need": "需求", "merge": "归并"}, {"need": "诉求"}]) == ["need"]
