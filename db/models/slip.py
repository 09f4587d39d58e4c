"""The secret ways to vote: slips and paper. No row here, nor any other, joins a voter and a choice.

Slips are printed in random order, shuffled and handed out by hand, so the database never knows who holds which.
A vote is kept under a code that only the slip itself can derive, without time and without order.
"""

import base64
import hmac
import secrets
from typing import NamedTuple

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.models.types import BigId, Id, InCommunity, Line, Model, Short, coded, encrypted, public, reference, stored_enum
from db.settings import secret_key
from db.terms import SlipState, VoteMethod


def random_id() -> int:
    """A number that says nothing about when it was drawn."""
    return secrets.randbits(62)


def _keyed(purpose: str, code: str, ballot_id: int | None = None) -> bytes:
    key = hmac.digest(secret_key(), b"slip", "sha256")
    return hmac.digest(key, f"{purpose}|{code}|{ballot_id}".encode(), "sha256")


def slip_hash(code: str) -> str:
    """What is kept of a slip's code (`db.rules.voting.slip_code.understood`); 64 hex digits."""
    return _keyed("slip", code).hex()


def check_code(code: str, ballot_id: int) -> str:
    """核对码: under which a slip's vote stands in the list of a closed ballot; 40 bits, another one in every ballot."""
    return base64.b32encode(_keyed("check", code, ballot_id)).decode()[:8]


def box_code(code: str, ballot_id: int) -> str:
    """Under which the sealed vote lies until it is opened. Not the check code: whoever finds old pages of the file,
    where votes still lie in the order in which they came, cannot tell which of the listed ones they were.
    """
    return base64.b32encode(_keyed("box", code, ballot_id)).decode()[:12]


def phone_mark(phone: str, ballot_id: int) -> str:
    """How a vote remembers the phone that cast it, another mark in every ballot; empty for a phone without a key."""
    return base64.b32encode(_keyed("phone", phone, ballot_id)).decode()[:16] if phone else ""


class Sealed(NamedTuple):
    """What lies sealed until the result is announced."""

    choice: str
    """A pattern of `db.rules.voting.question`."""
    check_code: str
    phone: str = ""
    """`phone_mark` of the phone that cast it: no other one is told the choice."""
    witness: str = ""
    """Who stood by, when staff filled the slip in; so that sending it twice is no second entry."""

    def packed(self) -> str:
        """As one text of one length, because a cipher text is as long as what it hides."""
        said = "|".join(self)
        return said + " " * (_SEALED - len(said.encode()))

    @classmethod
    def read(cls, text: str) -> "Sealed":
        """Read what `packed` wrote; a vote from before it knew of phones has three parts."""
        choice, check, *rest = text.rstrip().split("|", 3)
        return cls(choice, check, *(rest if len(rest) > 1 else ("", *rest)))


_SEALED = 680
"""Bytes: the longest pattern, a check code, the mark of a phone and a name."""


class Slip(InCommunity, Model):
    """票: one printed code of one meeting. Only a keyed hash of the code is kept; the code itself is on paper."""

    __tablename__ = "slip"
    __table_args__ = (UniqueConstraint("meeting_id", "serial"),)

    id: Mapped[Id]
    meeting_id: Mapped[int] = reference("meeting.id", index=False)
    serial: Mapped[int]
    """票号, printed on the slip; unused ones are voided by it."""
    code_hash: Mapped[str] = coded(64, unique=True, secret=True)
    state: Mapped[SlipState] = stored_enum(SlipState, default=SlipState.READY)
    void_reason: Mapped[Line] = public(default="")


class SlipAside(InCommunity, Model):
    """A slip that does not count in one ballot: its holder steps back, or votes in another way this time."""

    __tablename__ = "slip_aside"
    __table_args__ = (UniqueConstraint("ballot_id", "slip_id"),)

    id: Mapped[Id]
    ballot_id: Mapped[int] = reference("ballot.id", index=False)
    slip_id: Mapped[int] = reference("slip.id")


class SecretVote(InCommunity, Model):
    """One vote by slip. Sealed while the ballot is open; at closing all are opened and rewritten in order of code."""

    __tablename__ = "secret_vote"
    # Without a rowid, and rewritten at closing, the file holds no order in which votes came.
    __table_args__ = (UniqueConstraint("ballot_id", "code"), {"sqlite_with_rowid": False})
    __audit__ = False  # An entry per vote would tell when each came.

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False, default=random_id)
    """Drawn, not counted: a running number would tell in which order people voted."""
    ballot_id: Mapped[int] = reference("ballot.id", index=False)
    code: Mapped[str] = coded(12)
    """核对码 (`check_code`), while sealed `box_code`: from the slip's code and the ballot, so that nothing joins two
    ballots, or a vote and its slip."""
    sealed: Mapped[str | None] = encrypted(nullable=True)
    choice: Mapped[str | None] = coded(400)


class SlipChange(InCommunity, Model):
    """A vote by slip was replaced: that it was, not whose. Rewritten with the votes, so that no order is left."""

    __tablename__ = "slip_change"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012 - SQLAlchemy reads a plain dict
    __audit__ = False  # An entry would tell when.

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False, default=random_id)
    ballot_id: Mapped[int] = reference("ballot.id")
    elsewhere: Mapped[bool]
    """From a phone that had not cast the vote before."""


class AssistedEntry(InCommunity, Model):
    """A slip that staff filled in for somebody before a witness: who witnessed, nothing about the vote."""

    __tablename__ = "assisted_entry"
    __audit__ = False

    id: Mapped[Id]
    ballot_id: Mapped[int] = reference("ballot.id")
    witness: Mapped[Short] = public()


class PaperCount(InCommunity, Model):
    """纸质票 as one of two people typed them in, each without seeing the other's; both must agree."""

    __tablename__ = "paper_count"
    __table_args__ = (
        UniqueConstraint("ballot_id", "entry"),
        CheckConstraint("returned >= 0 AND blank >= 0 AND spoilt >= 0", name="counts"),
        CheckConstraint("entry IN (1, 2)", name="entry"),
    )

    id: Mapped[Id]
    ballot_id: Mapped[int] = reference("ballot.id", index=False)
    entry: Mapped[int]
    """1 = 计票人，2 = 监票人."""
    name: Mapped[Short] = public()
    returned: Mapped[int]
    blank: Mapped[int] = mapped_column(info={"secret": True})
    spoilt: Mapped[int] = mapped_column(info={"secret": True})
    sheet: Mapped[str] = encrypted()
    """JSON of {pattern: count}; encrypted, because it is a result before the result."""
    entered_by: Mapped[int] = reference("account.id")


class BallotWay(InCommunity, Model):
    """One way of voting in one ballot with its books: issued at opening, the rest when it is announced."""

    __tablename__ = "ballot_way"
    __table_args__ = (
        UniqueConstraint("ballot_id", "way"),
        CheckConstraint("issued >= 0", name="issued"),
        CheckConstraint("returned IS NULL OR returned = valid + blank + spoilt", name="balance"),
        CheckConstraint("returned IS NULL OR returned <= issued", name="returned"),
    )

    id: Mapped[Id]
    ballot_id: Mapped[int] = reference("ballot.id", index=False)
    way: Mapped[VoteMethod] = stored_enum(VoteMethod)
    issued: Mapped[int]
    returned: Mapped[int | None]
    valid: Mapped[int | None]
    blank: Mapped[int | None]
    spoilt: Mapped[int | None]
