"""What was typed when a sign-in ended: kept for a day, given back once.

Nobody is signed in at that moment, so it runs as the system.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select

from db.audit import UNAUDITED
from db.engine import as_system
from db.models import Account, Draft
from db.passwords import digest
from db.rules.clock import holds
from db.rules.limits import DRAFT_LIFE

MOST_VALUES = 100
MOST_CHARACTERS = 20_000


def keep_draft(account_id: int, page: str, typed: Mapping[str, Any], *, now: datetime) -> None:
    """Keep the values of widgets of one page, in place of earlier ones; what is beyond the limits is left out."""
    kept: dict[str, Any] = {}
    room = MOST_CHARACTERS
    for key, value in typed.items():
        size = len(key) + len(json.dumps(value, ensure_ascii=False))
        if len(kept) < MOST_VALUES and size <= room:
            kept[key] = value
            room -= size
    if not kept:
        return
    with as_system("draft") as session:
        # Two tabs can lose their sign-in at once: the row of the account lets one after the other in.
        if session.scalar(select(Account.id).where(Account.id == account_id).with_for_update()) is None:
            return
        of_page = (Draft.account_id == account_id) & (Draft.page == digest(page))
        session.execute(
            delete(Draft).where(of_page | ~holds(Draft.expires_at, now, DRAFT_LIFE)),
            execution_options=UNAUDITED | {"synchronize_session": False},
        )
        session.add(
            Draft(
                account_id=account_id,
                page=digest(page),
                typed=json.dumps(kept, ensure_ascii=False),
                created_at=now,
                expires_at=now + DRAFT_LIFE,
            )
        )


def take_draft(account_id: int, page: str, *, now: datetime) -> dict[str, Any]:
    """The values that wait for this person on this page, once; empty when there are none."""
    with as_system("draft") as session:
        typed = session.execute(
            delete(Draft)
            .where(Draft.account_id == account_id, Draft.page == digest(page), holds(Draft.expires_at, now, DRAFT_LIFE))
            .returning(Draft.typed),
            execution_options=UNAUDITED | {"synchronize_session": False},
        ).scalar_one_or_none()
    found: dict[str, Any] = json.loads(typed) if typed else {}
    return found
