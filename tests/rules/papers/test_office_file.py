"""Damaged files end in a refusal, whatever the damage: cut, flipped, noise, inside a part or in the container."""

import random
from collections.abc import Callable, Iterator

import pytest

from db.demo.reports.form_files import topic_form, visit_form
from db.rules.papers.office_file import BadOfficeFile
from db.rules.papers.word_file import BadWordFile, check_word_file
from db.rules.reports.excel_file import check_excel_file
from tests.support.excel_files import strict
from tests.support.word_files import word_file


def damaged(file: bytes, count: int, seed: int) -> Iterator[bytes]:
    """`count` spoilt copies; the directory at the end is left whole in half of them, so that the parts are unpacked."""
    rng = random.Random(seed)
    directory = file.rindex(b"PK\x01\x02", 0, file.index(b"PK\x01\x02") + 4)
    for number in range(count):
        spoilt = bytearray(file)
        reach = directory if number % 2 else len(file)
        if number % 5 == 0:
            yield bytes(spoilt[: rng.randrange(1, len(file))])
            continue
        at = rng.randrange(reach - 64)
        for place in range(at, at + rng.choice((1, 1, 4, 60))):
            spoilt[place] ^= rng.randrange(1, 256)
        yield bytes(spoilt)


@pytest.mark.parametrize(
    ("check", "file"), [(check_excel_file, visit_form()), (check_word_file, topic_form())], ids=["xlsx", "docx"]
)
def test_a_damaged_file_is_refused_or_whole_and_never_breaks_the_check(
    check: Callable[[bytes], None], file: bytes
) -> None:
    refused = 0
    for spoilt in damaged(file, 400, 20260305):
        try:
            check(spoilt)
        except BadOfficeFile:
            refused += 1

    assert refused > 300


def test_a_strict_word_file_is_not_called_something_else() -> None:
    with pytest.raises(BadWordFile, match="strict"):
        check_word_file(strict(word_file()))
