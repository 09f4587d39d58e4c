"""承诺墙: the personal code of a member, and how often codes were scanned, by community and day only."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from db.models.types import Id, InCommunity, Model, OwnedByAccount, Versioned, coded, encrypted, reference


class WallCode(InCommunity, OwnedByAccount, Versioned, Model):
    """专属码 of a member: leads to a plain page of the own promises. Revocable, and printable again."""

    __tablename__ = "wall_code"
    __table_args__ = (
        Index(
            "uq_wall_code_valid", "member_id", unique=True,
            sqlite_where=text("revoked_at IS NULL"), postgresql_where=text("revoked_at IS NULL"),
        ),
    )  # fmt: skip

    id: Mapped[Id]
    member_id: Mapped[int] = reference("member.id")
    code: Mapped[str] = encrypted()
    code_index: Mapped[str] = coded(32, unique=True, secret=True)
    made_by: Mapped[int] = reference("account.id")
    made_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]


class WallScan(InCommunity, Model):
    """How often personal codes of a community were opened on a day; nobody's code and nobody's phone."""

    __tablename__ = "wall_scan"
    __table_args__ = (UniqueConstraint("community_id", "on"), CheckConstraint("scans >= 0", name="scans"))

    id: Mapped[Id]
    on: Mapped[date]
    scans: Mapped[int] = mapped_column(default=0)
