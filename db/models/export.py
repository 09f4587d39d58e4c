"""Every file that left the house: who took what, and how much."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from db.models.types import Id, InCommunity, Model, coded, reference, said


class Export(InCommunity, Model):
    """A file that left the house: who took what, with how many rows, masked or not, and why."""

    __tablename__ = "export"

    id: Mapped[Id]
    account_id: Mapped[int] = reference("account.id")
    what: Mapped[str] = coded(60)
    rows: Mapped[int]
    masked: Mapped[bool] = mapped_column(default=True)
    filters: Mapped[dict[str, Any]] = said(kept="an auditor must see under which words a file left the house")
    at: Mapped[datetime]
