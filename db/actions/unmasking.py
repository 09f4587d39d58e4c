"""查看原值: leave a reason and a trace, and only then may a page read what is masked."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.actions.fields import line
from db.actions.life import add_to_life
from db.actions.loading import load
from db.audit import note
from db.engine import action
from db.models import Need, ThreadEntry
from db.rules.permissions import Permission
from db.terms import Happening


@action(Permission.UNMASK)
def unmask_need(session: Session, *, need_id: int, reason: str, now: datetime) -> int:
    """Allow this person one look at the asker of a need; the id of the trace, which the look must show.

    The values themselves are not returned: what an action returns is kept with its request key.
    """
    why = line("reason", reason, most=200)
    need = load(session, Need, need_id)
    note(session, need, "read", {"asker_name": (None, None), "asker_phone": (None, None)}, reason=why)
    add_to_life(session, need, Happening.UNMASKED, now=now, note=why)
    session.flush()
    return session.execute(
        select(ThreadEntry.id)
        .where(ThreadEntry.need_id == need.id, ThreadEntry.kind == Happening.UNMASKED.value)
        .order_by(ThreadEntry.id.desc())
        .limit(1)
    ).scalar_one()
