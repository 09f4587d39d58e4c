"""表样: the subdistrict puts its own form in, with its fields mapped once; a new version retires the old."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.actions.fields import chosen, line
from db.actions.loading import actor_of, load
from db.engine import action
from db.errors import BadInput, Problem, Refused
from db.models import ReportForm, Subdistrict
from db.rules.papers.word_file import BadWordFile, check_word_file
from db.rules.permissions import Permission
from db.rules.reports.excel_file import BadExcelFile, check_excel_file
from db.rules.reports.form import BadLayout, FormLayout, check_layout
from db.terms import LedgerKind

KINDS = ("xlsx", "docx")


def check_form_file(file: bytes, kind: str) -> None:
    """Raises BadInput for an empty file, Refused("form_…") or Refused("template_…") for one that is not plain."""
    if not isinstance(file, bytes) or not file:
        raise BadInput("file", Problem.EMPTY)
    if kind not in KINDS:
        raise Refused("form_kind")
    try:
        check_word_file(file) if kind == "docx" else check_excel_file(file)
    except BadWordFile as wrong:
        raise Refused(f"template_{wrong.reason}", **wrong.values) from None
    except BadExcelFile as wrong:
        raise Refused(f"form_{wrong.reason}", **wrong.values) from None


@action(Permission.MANAGE_FORMS)
def set_report_form(
    session: Session,
    *,
    name: str,
    ledger: LedgerKind | None,
    file_name: str,
    file: bytes,
    layout: Mapping[str, Any],
    now: datetime,
) -> int:
    """Use this file as the form of that name from now on; the id. The one before is kept as retired.

    Raises Refused("form_…") for a file that is not plain or a layout that cannot be filled; the page has filled it with
    samples before.
    """
    kept = line("name", name, most=60)
    ledger = chosen("ledger", ledger, list(LedgerKind))
    try:
        where = FormLayout.from_json(layout)
    except (KeyError, TypeError, ValueError, AttributeError):
        raise Refused("form_rows") from None
    check_form_file(file, where.kind)
    try:
        check_layout(where, ledger)
    except BadLayout as wrong:
        raise Refused(f"form_{wrong.reason}", what=wrong.what) from None
    actor = actor_of(session)
    # One after the other: two administrators at once must not leave two forms of one name.
    load(session, Subdistrict, actor.subdistrict_id, lock=True)
    for earlier in session.scalars(select(ReportForm).where(ReportForm.name == kept, ReportForm.retired_at.is_(None))):
        earlier.retired_at = now
    session.flush()
    form = ReportForm(
        subdistrict_id=actor.subdistrict_id,
        name=kept,
        ledger=ledger,
        file_name=line("file_name", file_name[-100:] if isinstance(file_name, str) else file_name, most=100),
        file=file,
        sha256=hashlib.sha256(file).hexdigest(),
        layout=where.to_json(),
        uploaded_by=actor.id,
        uploaded_at=now,
    )
    session.add(form)
    session.flush()
    return form.id


@action(Permission.MANAGE_FORMS)
def retire_report_form(session: Session, *, form_id: int, now: datetime) -> int:
    """Take a form out of use; one that is retired already stays so."""
    form = load(session, ReportForm, form_id, lock=True)
    if form.retired_at is None:
        form.retired_at = now
    return form.id
