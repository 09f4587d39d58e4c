"""Display links: an address that shows the screen without an account."""

from datetime import datetime

from sqlalchemy.orm import Mapped

from db.models.types import Id, InCommunity, Model, Short, coded, public, reference


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
