"""队伍: standing teams with their theme, who was in them and when, who asks to come in, and what they show."""

from datetime import date, datetime

from sqlalchemy import Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from db.models.types import (
    Id,
    InCommunity,
    InSubdistrict,
    Line,
    Model,
    Short,
    Versioned,
    public,
    reference,
    said,
)


class SquadTheme(InSubdistrict, Versioned, Model):
    """主题 of squads: the subdistrict's own list, which begins with the five of docs/domain.md A1-03."""

    __tablename__ = "squad_theme"
    __table_args__ = (UniqueConstraint("subdistrict_id", "name"),)

    id: Mapped[Id]
    name: Mapped[Short] = public()
    name_en: Mapped[Short] = public(default="")
    position: Mapped[int] = mapped_column(default=0)
    active: Mapped[bool] = mapped_column(default=True)
    """No new squad takes a theme that is not; those that have it keep it."""


class Squad(InCommunity, Versioned, Model):
    """志愿服务队: a standing team with a theme, from which projects draw people. Dissolved, never deleted."""

    __tablename__ = "squad"
    __table_args__ = (UniqueConstraint("community_id", "name"),)

    id: Mapped[Id]
    name: Mapped[Short] = public()
    slogan: Mapped[Line] = public(default="")
    charter: Mapped[str] = public(2000, default="")
    """章程: what the squad is for and how it goes about it."""
    theme_id: Mapped[int] = reference("squad_theme.id")
    leader_id: Mapped[int | None] = reference("volunteer.id", nullable=True)
    """Empty while nobody leads: whoever leaves the squad leads it no more."""
    deputy_id: Mapped[int | None] = reference("volunteer.id", nullable=True)
    founded_on: Mapped[date]
    dissolved_on: Mapped[date | None]
    dissolved_reason: Mapped[Line] = public(default="")


class SquadMember(InCommunity, Model):
    """A volunteer in a squad from one day to another; who comes back has a row of its own."""

    __tablename__ = "squad_member"
    __table_args__ = (
        Index(
            "uq_squad_member_in",
            "squad_id",
            "volunteer_id",
            unique=True,
            sqlite_where=text("left_on IS NULL"),
            postgresql_where=text("left_on IS NULL"),
        ),
        Index("ix_squad_member_squad", "squad_id", "left_on"),
    )

    id: Mapped[Id]
    squad_id: Mapped[int] = reference("squad.id", index=False)
    volunteer_id: Mapped[int] = reference("volunteer.id")
    joined_on: Mapped[date]
    left_on: Mapped[date | None]
    left_reason: Mapped[Line] = said(default="", kept="about a volunteer, not a resident")


class SquadRequest(InCommunity, Versioned, Model):
    """申请入队: somebody asks, the leader answers; `accepted` is empty when it was taken back."""

    __tablename__ = "squad_request"
    __table_args__ = (
        Index(
            "uq_squad_request_open",
            "squad_id",
            "volunteer_id",
            unique=True,
            sqlite_where=text("answered_at IS NULL"),
            postgresql_where=text("answered_at IS NULL"),
        ),
    )

    id: Mapped[Id]
    squad_id: Mapped[int] = reference("squad.id", index=False)
    volunteer_id: Mapped[int] = reference("volunteer.id")
    word: Mapped[Line] = said(default="", kept="about a volunteer, not a resident")
    asked_at: Mapped[datetime]
    accepted: Mapped[bool | None]
    answer: Mapped[Line] = said(default="", kept="about a volunteer, not a resident")
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[int | None] = reference("account.id", nullable=True)


class SquadStory(InCommunity, Model):
    """风采: words of a member, shown only while that member's consent to it holds."""

    __tablename__ = "squad_story"

    id: Mapped[Id]
    squad_id: Mapped[int] = reference("squad.id")
    volunteer_id: Mapped[int] = reference("volunteer.id")
    activity_id: Mapped[int | None] = reference("activity.id", nullable=True)
    words: Mapped[str] = said(300, kept="a volunteer's own words, shown only while they agree")
    added_by: Mapped[int] = reference("account.id")
    added_at: Mapped[datetime]
    taken_down_at: Mapped[datetime | None]
