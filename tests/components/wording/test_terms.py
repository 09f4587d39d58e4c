"""Every value of an enumeration has its word; an enumeration of states has a look for every value."""

from enum import StrEnum

import pytest

from components.wording.terms import LABELS, LOOKS
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
