"""公开进度码: the code of a community that leads to its public page of progress."""

from datetime import datetime

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped

from db.models.types import Id, InCommunity, Model, Versioned, coded, encrypted, reference


class ProgressCode(InCommunity, Versioned, Model):
    """One valid code a community, printed as a poster. Revocable; the next one is another."""

    __tablename__ = "progress_code"
    __table_args__ = (
        Index(
            "uq_progress_code_valid", "community_id", unique=True,
            sqlite_where=text("revoked_at IS NULL"), postgresql_where=text("revoked_at IS NULL"),
        ),
    )  # fmt: skip

    id: Mapped[Id]
    code: Mapped[str] = encrypted()
    code_index: Mapped[str] = coded(32, unique=True, secret=True)
    made_by: Mapped[int] = reference("account.id")
    made_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
