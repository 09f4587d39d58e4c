"""接龙名单: people of a pasted list become volunteers, and are put forward for a post when it was meant for one."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.actions.fields import chosen
from db.actions.imports.imports import begin_batch
from db.actions.imports.kinds import store_volunteers
from db.actions.loading import actor_of, load
from db.actions.volunteers.placements import ACTIVE, recommend_volunteer
from db.counters import day_of
from db.engine import action
from db.errors import BadInput, Problem, Refused
from db.models import Opening, Placement, ThreadEntry
from db.queries.imports.imports import book_of
from db.rules.imports.rows import check_rows
from db.rules.imports.sign_up_list import MOST_LINES
from db.rules.permissions import Permission
from db.terms import Happening, ImportKind


@action(Permission.IMPORT)
def import_sign_ups(
    session: Session,
    *,
    title: str,
    sha256: str,
    rows: Sequence[Mapping[str, str]],
    opening_id: int | None,
    now: datetime,
) -> dict[str, Any]:
    """Enter the people of a list (as rows of volunteers) who are not in the registry yet, and recommend all of them.

    Whoever is in the opening already stays as they are. Returns {"batch", "rows", "known", "other", "made"}.
    Raises Refused: import_faulty, import_same_file, import_nothing_new, opening_closed.
    """
    if len(rows) > MOST_LINES:
        raise BadInput("rows", Problem.OUT_OF_RANGE, least=1, most=MOST_LINES)
    batch = begin_batch(session, ImportKind.SIGN_UPS, title, sha256, len(rows), now)
    checked = check_rows(ImportKind.VOLUNTEERS, rows, book_of(session, today=day_of(now)))
    if checked.faults:
        raise Refused("import_faulty", count=len(checked.faulty_rows), first=checked.faults[0].row + 1)
    people = store_volunteers(batch.store, checked.values)
    batch.store.flush()
    if opening_id is not None:
        _recommend(session, batch.store, load(session, Opening, chosen("opening_id", opening_id)), people, now)
    return batch.end()


def _recommend(session: Session, store: Any, opening: Opening, people: Sequence[int], now: datetime) -> None:
    inside = set(
        session.scalars(
            select(Placement.volunteer_id).where(Placement.opening_id == opening.id, Placement.state.in_(ACTIVE))
        )
    )
    made = [
        recommend_volunteer(session, opening_id=opening.id, volunteer_id=volunteer_id, now=now)
        for volunteer_id in dict.fromkeys(people)
        if volunteer_id not in inside
    ]
    session.flush()
    lines = select(ThreadEntry.id).where(
        ThreadEntry.project_id == opening.project_id,
        ThreadEntry.actor_id == actor_of(session).id,
        ThreadEntry.at == now,
        ThreadEntry.kind == Happening.ASKED_TO_JOIN,
    )
    if made:
        store.known = min(store.known, len(people) - len(made))
        store.enter("placement", made)
        store.enter("thread_entry", session.scalars(lines).all())
