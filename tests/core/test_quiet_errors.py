"""What a database says about a failure never repeats what a resident said."""

import traceback

import pytest
from sqlalchemy import insert, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from db.engine import engine
from db.models import Volunteer
from tests.builders.volunteers import a_volunteer
from tests.builders.world import TODAY, World
from tests.support.servers import ROOT

MARK = "欧阳青岚独居"


def test_a_broken_rule_of_a_table_does_not_quote_the_row(world: World) -> None:
    a_volunteer(world, "V001")

    row = {"community_id": world.here, "number": "V001", "name": MARK, "kind": "resident", "skills": [MARK],
           "free_times": MARK, "since": TODAY}  # fmt: skip
    with pytest.raises(IntegrityError) as broken, engine().execution_options(writer=True).begin() as connection:
        connection.execute(insert(Volunteer).values(**row))

    told = "".join(traceback.format_exception(broken.value))
    assert MARK not in told
    assert MARK.encode("unicode_escape").decode() not in told
    assert MARK not in repr(broken.value)


def test_a_statement_that_fails_does_not_show_its_values(world: World) -> None:
    with pytest.raises(DBAPIError) as broken, engine().connect() as connection:
        connection.execute(text("SELECT nothing_of_that_name FROM need WHERE description = :said"), {"said": MARK})

    assert MARK not in "".join(traceback.format_exception(broken.value))


def test_a_stranger_cannot_tell_where_he_comes_from() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")

    rules = [line for line in makefile.splitlines() if "FORWARDED_ALLOW_IPS" in line]

    assert rules == ["demo run bench: export FORWARDED_ALLOW_IPS := $(YIQILAI_TRUSTED_PROXIES)"]
