"""What was typed when a sign-in ended: kept for a day, given back once; and the words of a form while they are typed.

Nobody is signed in at that moment, so it runs as the system.
"""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select

from db.audit import UNAUDITED
from db.engine import as_system, reading_as_system
from db.models import Account, Draft
from db.passwords import digest
from db.rules.clock import holds, lately
from db.rules.limits import DRAFT_LIFE

MOST_VALUES = 100
MOST_CHARACTERS = 20_000


def keep_draft(
    account_id: int, page: str, typed: Mapping[str, Any], *, now: datetime, life: timedelta = DRAFT_LIFE
) -> None:
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
            execution_options=UNAUDITED,
        )
        session.add(
            Draft(
                account_id=account_id,
                page=digest(page),
                typed=json.dumps(kept, ensure_ascii=False),
                created_at=now,
                expires_at=now + life,
            )
        )


def take_draft(account_id: int, page: str, *, now: datetime) -> dict[str, Any]:
    """The values that wait for this person on this page, once; empty when there are none."""
    with as_system("draft") as session:
        typed = session.execute(
            delete(Draft)
            .where(Draft.account_id == account_id, Draft.page == digest(page), holds(Draft.expires_at, now, DRAFT_LIFE))
            .returning(Draft.typed),
            execution_options=UNAUDITED,
        ).scalar_one_or_none()
    found: dict[str, Any] = json.loads(typed) if typed else {}
    return found


def hold_words(account_id: int, form: str, words: str, *, now: datetime, life: timedelta) -> None:
    """Hold the words of one form as they stand, in place of earlier ones."""
    keep_draft(account_id, _of_form(form), {"words": words}, now=now, life=life)


def words_held(account_id: int, form: str, *, now: datetime, life: timedelta) -> str:
    """The words that were held for this form no longer ago than `life`; "" for none."""
    mine = (Draft.account_id == account_id) & (Draft.page == digest(_of_form(form)))
    with reading_as_system("held words") as session:
        typed = session.scalar(select(Draft.typed).where(mine, lately(Draft.created_at, now, life)))
    return str(json.loads(typed)["words"]) if typed else ""


def drop_words(account_id: int, form: str) -> None:
    """Forget the words of a form."""
    mine = (Draft.account_id == account_id) & (Draft.page == digest(_of_form(form)))
    with as_system("held words") as session:
        session.execute(delete(Draft).where(mine), execution_options=UNAUDITED)


def _of_form(form: str) -> str:
    return f"form:{form}"
