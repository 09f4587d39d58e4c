"""Files in and out: batches of imported rows that can be undone, and the forms that a subdistrict prescribes."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, LargeBinary, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from db.models.types import (
    Id,
    InCommunity,
    InSubdistrict,
    Line,
    Model,
    Short,
    Versioned,
    coded,
    public,
    reference,
    stored_enum,
)
from db.terms import ImportKind, LedgerKind


class ImportBatch(InCommunity, Versioned, Model):
    """导入批次: one file, all or nothing; undone as a whole."""

    __tablename__ = "import_batch"
    __table_args__ = (Index("ix_import_batch_at", "community_id", "made_at"),)

    id: Mapped[Id]
    kind: Mapped[ImportKind] = stored_enum(ImportKind)
    file_name: Mapped[Line] = public()
    sha256: Mapped[str] = coded(64)
    rows: Mapped[int]
    made_by: Mapped[int] = reference("account.id")
    made_at: Mapped[datetime]
    undone_at: Mapped[datetime | None]
    undone_by: Mapped[int | None] = reference("account.id", nullable=True)
    undone_reason: Mapped[Line] = public(default="")


class ImportedRow(InCommunity, Model):
    """Which rows of which table came in with a batch: one entry for each run of ids without a gap."""

    __tablename__ = "imported_row"
    __audit__ = False  # The batch is audited with its file's hash; a line per row would drown the log.
    __table_args__ = (Index("ix_imported_row_batch", "batch_id", "noun"),)

    id: Mapped[Id]
    batch_id: Mapped[int] = reference("import_batch.id", index=False)
    noun: Mapped[Short] = coded()
    """Name of the table."""
    first_id: Mapped[int]
    last_id: Mapped[int]


class ColumnMapping(InCommunity, Model):
    """How somebody's own columns were understood; found again by the hash of the header row."""

    __tablename__ = "column_mapping"
    __audit__ = False
    __table_args__ = (UniqueConstraint("community_id", "kind", "headers_hash"),)

    id: Mapped[Id]
    kind: Mapped[ImportKind] = stored_enum(ImportKind)
    headers_hash: Mapped[str] = coded(64)
    columns: Mapped[dict[str, Any]] = public()
    """Field → column number."""
    used_at: Mapped[datetime]


class ReportForm(InSubdistrict, Versioned, Model):
    """表样: a form (.xlsx or .docx) as the subdistrict wants it back, with its fields mapped once."""

    __tablename__ = "report_form"
    __table_args__ = (
        Index(
            "uq_report_form_used",
            "subdistrict_id",
            "name",
            unique=True,
            sqlite_where=text("retired_at IS NULL"),
            postgresql_where=text("retired_at IS NULL"),
        ),
    )

    id: Mapped[Id]
    name: Mapped[Line] = public()
    ledger: Mapped[LedgerKind] = stored_enum(LedgerKind)
    file_name: Mapped[Line] = public()
    file: Mapped[bytes] = mapped_column(LargeBinary, info={"secret": True})
    sha256: Mapped[str] = coded(64)
    layout: Mapped[dict[str, Any]] = public()
    """Sheet, first row and which field goes into which column or cell (`db.rules.reports.form`)."""
    uploaded_by: Mapped[int] = reference("account.id")
    uploaded_at: Mapped[datetime]
    retired_at: Mapped[datetime | None]
