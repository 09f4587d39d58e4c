"""表样: which forms of the subdistrict are in use, and one of them with its file."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.models import Account, Community, ReportForm, Subdistrict
from db.rules.reports.form import FormLayout
from db.terms import LedgerKind

MOST = 100


@dataclass(frozen=True, slots=True)
class FormRow:
    """A form in a list; `size` in bytes."""

    id: int
    name: str
    ledger: LedgerKind
    file_name: str
    size: int
    fields: tuple[str, ...]
    """What its columns take; empty for a Word form."""
    uploaded_by: str
    uploaded_at: datetime
    retired: bool


@dataclass(frozen=True, slots=True)
class FormFile:
    """A form with its file."""

    id: int
    name: str
    ledger: LedgerKind
    file_name: str
    file: bytes
    layout: FormLayout


@dataclass(frozen=True, slots=True)
class Office:
    """A community with its subdistrict: who a form comes from."""

    community_id: int
    community: str
    subdistrict: str
    desk_phone: str


def report_forms(session: Session, *, retired: bool = False) -> tuple[FormRow, ...]:
    """The forms of the actor's subdistrict, those in use first; the files themselves are not read."""
    query = (
        select(
            *(ReportForm.id, ReportForm.name, ReportForm.ledger, ReportForm.file_name, func.length(ReportForm.file)),
            *(ReportForm.layout, Account.name, ReportForm.uploaded_at, ReportForm.retired_at),
        )
        .outerjoin(Account, Account.id == ReportForm.uploaded_by)
        .order_by(ReportForm.retired_at.is_not(None), ReportForm.ledger, ReportForm.name, ReportForm.id.desc())
        .limit(MOST)
    )
    if not retired:
        query = query.where(ReportForm.retired_at.is_(None))
    return tuple(
        FormRow(
            id=row[0],
            name=row[1],
            ledger=row[2],
            file_name=row[3],
            size=row[4],
            fields=tuple(row[5].get("columns", {}).values()),
            uploaded_by=row[6] or "",
            uploaded_at=row[7],
            retired=row[8] is not None,
        )
        for row in session.execute(query)
    )


def report_form(session: Session, form_id: int) -> FormFile | None:
    """One form that is in use, or None."""
    row = session.execute(
        select(
            *(ReportForm.id, ReportForm.name, ReportForm.ledger, ReportForm.file_name, ReportForm.file),
            ReportForm.layout,
        ).where(ReportForm.id == form_id, ReportForm.retired_at.is_(None))
    ).first()
    if row is None:
        return None
    layout = FormLayout.from_json(row.layout)
    return FormFile(row.id, row.name, row.ledger, row.file_name, bytes(row.file), layout)


def office(session: Session, community_id: int) -> Office | None:
    """Who fills a form in, or None outside the scope."""
    row = session.execute(
        select(Community.id, Community.name, Subdistrict.name, Community.desk_phone)
        .join(Subdistrict, Subdistrict.id == Community.subdistrict_id)
        .where(Community.id == community_id)
    ).first()
    if row is None or session.info["actor"].community_id not in (None, community_id):
        return None
    return Office(*row)
