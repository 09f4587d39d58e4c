"""The subdistrict's own Word templates for papers."""

from datetime import datetime

from sqlalchemy import Index, LargeBinary, text
from sqlalchemy.orm import Mapped, mapped_column

from db.models.types import Id, InSubdistrict, Line, Model, coded, public, reference


class DocumentTemplate(InSubdistrict, Model):
    """A Word template of the subdistrict for one kind of document; the newest that is not retired is used."""

    __tablename__ = "document_template"
    __table_args__ = (
        Index(
            "uq_document_template_used",
            "subdistrict_id",
            "kind",
            unique=True,
            sqlite_where=text("retired_at IS NULL"),
            postgresql_where=text("retired_at IS NULL"),
        ),
    )

    id: Mapped[Id]
    kind: Mapped[str] = coded(40)
    """Name of the document, as in `components.papers.word`."""
    name: Mapped[Line] = public()
    """Name of the file as it was uploaded."""
    file: Mapped[bytes] = mapped_column(LargeBinary, info={"secret": True})
    sha256: Mapped[str] = coded(64)
    uploaded_by: Mapped[int] = reference("account.id")
    uploaded_at: Mapped[datetime]
    retired_at: Mapped[datetime | None]
