"""A signed paper reads the name that it keeps; nobody asks the account what its signer is called today."""

import re
from pathlib import Path

from db.models import Account
from db.names import copied_columns
from tests.support.tree import ROOT, files, plant

JOINED = re.compile(r"\.id == (\w+)\.(\w+)")


def names_of_today(root: Path) -> list[str]:
    """Joins of accounts by a column beside which the name of that day is kept."""
    kept = {
        (model.__name__, of)
        for model, _name, of, target, _what in copied_columns()
        if target.name == Account.__tablename__
    }
    return [
        f"{path}:{number} joins {found[1]}.{found[2]}: the row keeps the name, read it there"
        for path, text in files(root, "db/queries")
        for number, line in enumerate(text.splitlines(), 1)
        for found in JOINED.finditer(line)
        if (found[1], found[2]) in kept
    ]


def test_no_query_joins_the_present_name_of_who_signed() -> None:
    assert names_of_today(ROOT) == []


def test_a_query_that_joins_it_is_found(tmp_path: Path) -> None:
    plant(tmp_path, "db/queries/needs/register.py", ".outerjoin(Account, Account.id == WeekSignOff.signed_by)\n")

    assert names_of_today(tmp_path) == [
        "db/queries/needs/register.py:1 joins WeekSignOff.signed_by: the row keeps the name, read it there"
    ]
