"""议事会: the body, its members, its dated house rules."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import DDL, Index, UniqueConstraint, event, text
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
    copied,
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


_HELD_TWICE = """SELECT 1 FROM body_member AS other
    WHERE other.body_id = NEW.body_id AND other.seat = NEW.seat AND other.id <> NEW.id
    AND other.since <= coalesce(NEW.until, '9999-12-31') AND NEW.since <= coalesce(other.until, '9999-12-31')"""
"""Another holder of the same seat on some day. Of a new row SQLite does not know the id yet and has -1 there."""
_ONE_HOLDER = {
    "sqlite": [
        f"CREATE TRIGGER body_member_one_holder_{kind} BEFORE {when} ON body_member "
        f"WHEN EXISTS ({_HELD_TWICE}) BEGIN SELECT RAISE(ABORT, 'seat held twice'); END"
        for kind, when in (("insert", "INSERT"), ("update", "UPDATE OF body_id, seat, since, until"))
    ],
    "postgresql": [
        f"""CREATE OR REPLACE FUNCTION body_member_one_holder() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            -- Whoever comes second waits here, and then sees what the first one wrote.
            PERFORM 1 FROM body WHERE body.id = NEW.body_id FOR NO KEY UPDATE;
            IF EXISTS ({_HELD_TWICE}) THEN
                RAISE EXCEPTION 'seat held twice' USING ERRCODE = 'exclusion_violation';
            END IF;
            RETURN NEW;
        END $$""",
        "CREATE TRIGGER body_member_one_holder BEFORE INSERT OR UPDATE OF body_id, seat, since, until "
        "ON body_member FOR EACH ROW EXECUTE FUNCTION body_member_one_holder()",
    ],
}
"""A seat has one holder on any day, by any path. A CHECK sees one row only, and an exclusion of two periods is
nothing that SQLite knows, so each engine has a trigger. A revision that copies the table makes them anew."""
for _dialect, _statements in _ONE_HOLDER.items():
    for _statement in _statements:
        event.listen(BodyMember.__table__, "after_create", DDL(_statement).execute_if(dialect=_dialect))  # type: ignore[no-untyped-call]


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
    set_name: Mapped[Short] = copied("set_by")
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
    set_name: Mapped[Short] = copied("set_by")
    set_at: Mapped[datetime]
