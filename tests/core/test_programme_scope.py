"""Rows of a restricted programme are reached by its named staff only, whatever the statement."""

from typing import Any

import pytest
from sqlalchemy import delete, update

from db.audit import UNAUDITED
from db.engine import as_system, reading, writing
from db.errors import NotPermitted
from db.models import Consent, InProgramme, ProgrammeStaff
from db.terms import ConsentScope, Role
from tests.builders.world import NOW, World, another_actor
from tests.support.every_model import MODELS, a_row, reads, taken_back

IN_PROGRAMME = [model for model in MODELS if issubclass(model, InProgramme)]


def test_there_is_something_to_protect() -> None:
    assert {model.__tablename__ for model in IN_PROGRAMME} == {"programme_member"}


@pytest.mark.parametrize("model", IN_PROGRAMME, ids=lambda model: model.__tablename__)
def test_named_staff_read_the_rows_and_nobody_else_by_any_statement(everything: World, model: Any) -> None:
    cleared = another_actor(everything, Role.SECRETARY, "cleared", sees_restricted=True)
    seen: dict[str, set[int]] = {}

    for actor in (*everything.actors.values(), cleared):
        for way, read in reads(model):
            with reading(actor) as session:
                seen[f"{actor.name} {way}"] = read(session) - {None}
    mine = {what: where for what, where in seen.items() if what.startswith(f"{everything.secretary.name} ")}

    assert all(where == {everything.here} for where in mine.values())
    assert {what: where for what, where in seen.items() if where and what not in mine} == {}
    assert len(mine) >= 11


@pytest.mark.parametrize("model", IN_PROGRAMME, ids=lambda model: model.__tablename__)
def test_whoever_was_taken_off_the_list_reads_nothing_any_more(everything: World, model: Any) -> None:
    with as_system("test") as session:
        session.execute(update(ProgrammeStaff).values(until=NOW), execution_options=UNAUDITED)

    with reading(everything.secretary) as session:
        assert {way: found for way, read in reads(model) if (found := read(session) - {None})} == {}


@pytest.mark.parametrize("model", IN_PROGRAMME, ids=lambda model: model.__tablename__)
def test_nobody_else_changes_or_adds_a_row(everything: World, model: Any) -> None:
    worker, changed = everything.worker, []

    for statement in (update(model).values(left_on=None), delete(model)):
        with taken_back(worker) as session:
            result: Any = session.execute(statement, execution_options=UNAUDITED | {"synchronize_session": False})
            changed.append(result.rowcount)
    with pytest.raises(NotPermitted), writing(worker) as session:
        session.add(model(**a_row(model, 1, id=2001, community_id=everything.here)))

    assert changed == [0, 0]


def test_a_consent_to_a_programme_is_seen_by_its_staff_and_by_whoever_wrote_it_down(everything: World) -> None:
    with as_system("test") as session:
        consent = session.get_one(Consent, 1001)
        consent.scope, consent.recorded_by = ConsentScope.PROGRAMME, everything.worker.id

    seen = set()
    for role, actor in everything.actors.items():
        with reading(actor) as session:
            if session.get(Consent, 1001) is not None:
                seen.add(role)

    assert seen == {Role.SECRETARY, Role.AREA_WORKER}
