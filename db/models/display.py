"""Display links, and the Word templates that a subdistrict puts in place of ours."""

from datetime import datetime

from sqlalchemy import Index, LargeBinary, text
from sqlalchemy.orm import Mapped, mapped_column

from db.models.types import Id, InCommunity, InSubdistrict, Line, Model, Short, coded, public, reference


class DisplayLink(InCommunity, Model):
    """An address that shows the room's screen without an account, until it is revoked."""

    __tablename__ = "display_link"

    id: Mapped[Id]
    name: Mapped[Short] = public()
    """Which screen: 一楼议事厅."""
    token_hash: Mapped[str] = coded(64, unique=True, secret=True)
    made_by: Mapped[int] = reference("account.id")
    made_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]


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
