"""Which Word templates a subdistrict uses in place of ours."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.models import Account, DocumentTemplate


@dataclass(frozen=True, slots=True)
class TemplateInUse:
    """A template of the subdistrict that is used now. `size` in bytes."""

    id: int
    kind: str
    name: str
    sha256: str
    size: int
    uploaded_by: str
    uploaded_at: datetime


def templates_in_use(session: Session) -> tuple[TemplateInUse, ...]:
    """Every template in use, at most one per kind; the files themselves are not read."""
    rows = session.execute(
        select(
            *(DocumentTemplate.id, DocumentTemplate.kind, DocumentTemplate.name, DocumentTemplate.sha256),
            *(func.length(DocumentTemplate.file), Account.name, DocumentTemplate.uploaded_at),
        )
        .join(Account, Account.id == DocumentTemplate.uploaded_by)
        .where(DocumentTemplate.retired_at.is_(None))
        .order_by(DocumentTemplate.kind)
    )
    return tuple(TemplateInUse(*row) for row in rows)


def template_for(session: Session, kind: str) -> bytes | None:
    """The file that the actor's subdistrict uses for a kind of document, or None when it uses ours."""
    file = session.scalar(
        select(DocumentTemplate.file).where(DocumentTemplate.kind == kind, DocumentTemplate.retired_at.is_(None))
    )
    return bytes(file) if file is not None else None
