"""What a community uses now and then, or what waits of it: the menu shows a page for it only then."""

from enum import StrEnum
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import aliased

from db.models import (
    Account,
    Ballot,
    BallotVoter,
    BodyMember,
    Community,
    DoorConflict,
    DoorPhone,
    HouseholdMerge,
    Intake,
    Person,
    PersonMerge,
    Poster,
    VillageMatter,
    VolunteerMerge,
)
from db.terms import BallotState, IntakeState, Role, VoteMethod

NEWEST = 200
"""Persons, the newest of the community, that are looked through for a telephone which somebody else has too."""


class Use(StrEnum):
    """What not every community has."""

    VILLAGE = "village"  # 四议两公开
    DOUBLES = "doubles"  # 重复登记
    PHONES = "phones"  # 离线走访手机
    POSTERS = "posters"  # 海报与专属码
    MY_VOTE = "my_vote"  # 我的表决


@cache
def uses() -> dict[Use, ColumnElement[bool]]:
    """Conditions on `Account`, for the statement that reads who is here: the menu costs no statement of its own."""
    home = Account.community_id
    within = select(Community.id).where(Community.subdistrict_id == Account.subdistrict_id)
    at_home = VillageMatter.community_id == home
    return {
        Use.VILLAGE: _any(VillageMatter.id, or_(at_home, and_(home.is_(None), VillageMatter.community_id.in_(within)))),
        Use.DOUBLES: and_(Account.role == Role.SECRETARY, or_(*_doubles(home))),
        Use.PHONES: or_(
            _any(DoorPhone.id, DoorPhone.community_id == home, DoorPhone.revoked_at.is_(None)),
            _any(DoorConflict.id, DoorConflict.community_id == home, DoorConflict.settled_at.is_(None)),
        ),
        Use.POSTERS: or_(
            _any(Poster.id, Poster.community_id == home, Poster.revoked_at.is_(None)),
            _any(Intake.id, Intake.community_id == home, Intake.state == IntakeState.WAITING),
        ),
        Use.MY_VOTE: _any(
            Ballot.id,
            *(BallotVoter.ballot_id == Ballot.id, BodyMember.id == BallotVoter.member_id),
            *(BodyMember.account_id == Account.id, BallotVoter.way == VoteMethod.NAMED),
            Ballot.state == BallotState.OPEN,
        ),
    }


def _any(row_id: Any, *where: Any) -> ColumnElement[bool]:
    return select(row_id).where(*where).correlate(Account).exists()


def _doubles(home: Any) -> list[ColumnElement[bool]]:
    """Records made one that can be taken apart, or two persons of one telephone."""
    newest = (
        select(Person.id, Person.phone_index)
        .where(Person.community_id == home, Person.merged_into_id.is_(None), Person.erased_at.is_(None))
        .order_by(Person.id.desc())
        .limit(NEWEST)
        .correlate(Account)
        .subquery()
    )
    other = aliased(Person)
    same = select(newest.c.id).where(
        other.phone_index == newest.c.phone_index,
        other.id != newest.c.id,
        other.community_id == home,
        other.merged_into_id.is_(None),
        other.erased_at.is_(None),
    )
    made_one = [
        _any(merge.id, merge.community_id == home, merge.undone_at.is_(None))
        for merge in (PersonMerge, VolunteerMerge, HouseholdMerge)
    ]
    return [*made_one, same.correlate(Account).exists()]
