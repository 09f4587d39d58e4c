"""What the database knows of the installation that writes it."""

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped

from db.models.types import Id, Model, coded


class Installation(Model):
    """One row: the fingerprint of the secret key, so that a start with another key is noticed before it writes."""

    __tablename__ = "installation"
    __audit__ = False
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[Id]
    key_fingerprint: Mapped[str] = coded(16)
    """Of `db.settings.key_fingerprint`; it tells nothing of the key."""
