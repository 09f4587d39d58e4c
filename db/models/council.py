"""议事会: the body, its members, its dated house rules."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped

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
from db.terms import BodyKind


class Body(InCommunity, Versioned, Model):
    """A body that deliberates: the residents' council of one community, usually."""

    __tablename__ = "body"
    __table_args__ = (UniqueConstraint("community_id", "name"),)

    id: Mapped[Id]
    name: Mapped[Short] = public()
    kind: Mapped[BodyKind] = stored_enum(BodyKind)
    term: Mapped[int]
    """第几届."""


class BodyMember(InCommunity, Versioned, Model):
    """A seat. The name is public office, shown on the sign-in sheet, never on the meeting-room screen."""

    __tablename__ = "body_member"
    __table_args__ = (
        Index("ix_body_member_body", "body_id", "until"),
        # A seat has one holder at a time; a successor takes the same seat.
        Index(
            "uq_body_member_seat",
            "body_id",
            "seat",
            unique=True,
            sqlite_where=text("until IS NULL"),
            postgresql_where=text("until IS NULL"),
        ),
    )

    id: Mapped[Id]
    body_id: Mapped[int] = reference("body.id", index=False)
    seat: Mapped[int]
    name: Mapped[Short] = public()
    capacity: Mapped[Short] = public()
    """身份: residents' representative, owners' committee, party member …"""
    account_id: Mapped[int | None] = reference("account.id", nullable=True)
    since: Mapped[date]
    until: Mapped[date | None]
    card_hash: Mapped[str | None] = coded(64, unique=True, secret=True)
    """Keyed hash of the code on the member's card, with which the member signs in alone."""
    floor_area: Mapped[int | None]
    """Of an owner: exclusive floor area in 0.01 m²; only the owners' advisory rules ask for it."""


class HouseRules(InCommunity, Model):
    """议事规则 from a day on; never edited, only followed by newer ones. A meeting freezes a copy."""

    __tablename__ = "house_rules"

    id: Mapped[Id]
    body_id: Mapped[int] = reference("body.id")
    valid_from: Mapped[date]
    preset: Mapped[str] = coded(60)
    rule: Mapped[dict[str, Any]] = public()
    """`db.rules.voting.decision.HouseRule.to_json()`."""
    basis: Mapped[Line] = public()
    set_by: Mapped[int] = reference("account.id")
    set_at: Mapped[datetime]


class HousePreset(InSubdistrict, Model):
    """A rule that the subdistrict offers its bodies, from a day on; never edited, only followed by newer ones."""

    __tablename__ = "house_preset"
    __table_args__ = (Index("ix_house_preset_key", "subdistrict_id", "key", "valid_from"),)

    id: Mapped[Id]
    key: Mapped[str] = coded(60)
    """A `db.rules.voting.house_presets.Preset` that it changes, or a name of its own."""
    name: Mapped[Line] = public()
    kind: Mapped[BodyKind] = stored_enum(BodyKind)
    rule: Mapped[dict[str, Any]] = public()
    """`db.rules.voting.house_rule.HouseRule.to_json()`."""
    basis: Mapped[Line] = public()
    """The legal or local text it rests on, in words."""
    in_force_since: Mapped[date | None]
    """From when that text is in force, as far as it is known."""
    valid_from: Mapped[date]
    set_by: Mapped[int] = reference("account.id")
    set_at: Mapped[datetime]
