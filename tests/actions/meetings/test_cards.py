"""成员卡: codes are kept as hashes only, and a card signs its member in as the chair would."""

import threading

import pytest
from sqlalchemy import func, select

from db.actions.council.council import end_member
from db.actions.meetings.attendance import leave_early, take_attendance
from db.actions.meetings.cards import make_cards, new_codes, revoke_card, sign_in_by_card
from db.actions.meetings.meetings import close_meeting
from db.actions.meetings.opening import open_meeting
from db.engine import reading_as_system
from db.errors import BadInput, NotFound, NotPermitted, Refused
from db.models import Attendance, AuditEntry, BodyMember, Meeting, RequestKey, ScreenState
from db.queries.meetings.cards import meeting_of_key
from db.rules.voting.card_code import ALPHABET, card_code, printed, understood
from db.terms import MemberPresence
from tests.builders.meetings import a_convened, in_session
from tests.builders.world import NOW, TODAY, World, do, row

LATER = NOW.replace(minute=45)


def carded(world: World) -> dict[int, str]:
    """Everybody has a card; the codes."""
    codes = new_codes(world.members)
    do(world.secretary, make_cards, body_id=world.body, codes=codes)
    return codes


def sheet(world: World, meeting: int, member: int) -> Attendance:
    with reading_as_system("test") as session:
        query = select(Attendance).where(Attendance.meeting_id == meeting, Attendance.member_id == member)
        return session.scalars(query).one()


def turn(world: World) -> int:
    with reading_as_system("test") as session:
        return session.scalar(select(ScreenState.turn).where(ScreenState.community_id == world.here)) or 0


# --- the code -----------------------------------------------------------------------------------------


def test_a_code_is_understood_as_it_is_read_and_typed() -> None:
    code = card_code(0b11111_00000_00001_01010_01011_01100_11010_11111)

    typed = [printed(code), code.lower(), f" {code[:3]} {code[3:]} ", code.replace("0", "O").replace("1", "l")]

    assert len(code) == 8
    assert set(code) <= set(ALPHABET)
    assert {understood(one) for one in [*typed, "".join(chr(ord(c) + 0xFEE0) for c in code)]} == {code}
    assert [understood(one) for one in ("", "7K3M", f"{code}0", "成员卡卡号号号号", "U" * 8)] == [None] * 5


def test_a_number_outside_forty_bits_has_no_code() -> None:
    for number in (-1, 1 << 40):
        with pytest.raises(ValueError, match="40 bits"):
            card_code(number)


# --- making and revoking ------------------------------------------------------------------------------


def test_only_hashes_of_codes_are_kept_anywhere(world: World) -> None:
    codes = carded(world)

    with reading_as_system("test") as session:
        hashes = session.scalars(select(BodyMember.card_hash).where(BodyMember.body_id == world.body)).all()
        logged = str(session.scalars(select(AuditEntry.changes)).all())
        results = str(session.scalars(select(RequestKey.result)).all())

    assert len(set(hashes)) == len(codes) == 16
    for code in codes.values():
        assert code not in f"{hashes}{logged}{results}"
    assert not any(one in logged for one in hashes if one)


def test_a_new_card_ends_the_old_one(world: World) -> None:
    codes = carded(world)
    member = world.members[2]
    meeting, _items = in_session(world, present=0)
    key = row(world, Meeting, meeting).sign_in_key

    again = new_codes([member])
    do(world.secretary, make_cards, body_id=world.body, codes=again)

    with pytest.raises(Refused, match="card_unknown"):
        sign_in_by_card(key, codes[member], now=NOW)
    assert sign_in_by_card(key, again[member], now=NOW).seat == 3


def test_a_lost_card_is_revoked_once(world: World) -> None:
    codes = carded(world)
    meeting, _items = in_session(world, present=0)
    key = row(world, Meeting, meeting).sign_in_key

    do(world.secretary, revoke_card, member_id=world.members[0])

    with pytest.raises(Refused, match="card_unknown"):
        sign_in_by_card(key, codes[world.members[0]], now=NOW)
    with pytest.raises(Refused, match="card_missing"):
        do(world.secretary, revoke_card, member_id=world.members[0])


def test_cards_are_refused_for_strangers_and_for_codes_that_are_none(world: World) -> None:
    code = card_code(1)
    wrong: list[dict[object, object]] = [
        {}, {world.members[0]: "short"}, {world.members[0]: 5}, {world.members[0]: code, world.members[1]: code},
        {10**9: code},
    ]  # fmt: skip

    for codes in wrong:
        with pytest.raises(BadInput):
            do(world.secretary, make_cards, body_id=world.body, codes=codes)
    with pytest.raises(NotPermitted):
        do(world.worker, make_cards, body_id=world.body, codes={world.members[0]: code})
    with pytest.raises(NotFound):
        do(world.other_secretary, make_cards, body_id=world.body, codes={world.members[0]: code})


def test_only_members_in_office_get_a_card(world: World) -> None:
    gone = world.members[5]
    do(world.secretary, end_member, member_id=gone, version=1, until=TODAY)

    with pytest.raises(BadInput, match="unknown_choice"):
        do(world.secretary, make_cards, body_id=world.body, codes=new_codes([gone]))
    with reading_as_system("test") as session:
        held = session.scalars(select(BodyMember.id).where(BodyMember.card_hash.is_not(None))).all()

    assert held == []


# --- signing in ---------------------------------------------------------------------------------------


def test_a_meeting_has_a_key_only_while_it_is_in_session(world: World) -> None:
    meeting, _items = a_convened(world)
    before = row(world, Meeting, meeting).sign_in_key
    do(world.secretary, open_meeting, meeting_id=meeting)
    key = row(world, Meeting, meeting).sign_in_key
    title = meeting_of_key(key)
    do(world.secretary, close_meeting, meeting_id=meeting, version=row(world, Meeting, meeting).version)

    assert (before, row(world, Meeting, meeting).sign_in_key) == ("", "")
    assert len(key) >= 16
    assert title == "第1次会议"
    assert (meeting_of_key(key), meeting_of_key("")) == (None, None)


def test_a_card_writes_what_the_chair_would_write(world: World) -> None:
    codes = carded(world)
    meeting, _items = in_session(world, present=0)
    key = row(world, Meeting, meeting).sign_in_key
    before = turn(world)

    signed = sign_in_by_card(key, codes[world.members[0]].lower(), now=NOW)
    do(world.secretary, take_attendance, meeting_id=meeting, present=world.members[:2])

    by_card, by_chair = (sheet(world, meeting, member) for member in world.members[:2])
    assert (signed.seat, signed.before) == (1, False)
    assert (by_card.presence, by_card.came_at) == (MemberPresence.PRESENT, NOW)
    assert (by_card.presence, by_card.came_at, by_card.left_at) == (
        *(by_chair.presence, by_chair.came_at, by_chair.left_at),
    )
    assert turn(world) == before + 2


def test_signing_in_twice_changes_nothing(world: World) -> None:
    codes = carded(world)
    meeting, _items = in_session(world, present=0)
    key = row(world, Meeting, meeting).sign_in_key
    sign_in_by_card(key, codes[world.members[0]], now=NOW)
    before, version = turn(world), sheet(world, meeting, world.members[0]).version

    again = sign_in_by_card(key, codes[world.members[0]], now=LATER)

    assert again.before
    assert sheet(world, meeting, world.members[0]).came_at == NOW
    assert (turn(world), sheet(world, meeting, world.members[0]).version) == (before, version)


def test_who_left_early_comes_back_with_the_card(world: World) -> None:
    codes = carded(world)
    meeting, _items = in_session(world, present=3)
    key = row(world, Meeting, meeting).sign_in_key
    do(world.secretary, leave_early, meeting_id=meeting, member_id=world.members[0])

    signed = sign_in_by_card(key, codes[world.members[0]], now=LATER)

    back = sheet(world, meeting, world.members[0])
    assert not signed.before
    assert (back.presence, back.came_at, back.left_at) == (MemberPresence.PRESENT, NOW, None)


def test_a_card_opens_no_other_meeting_and_no_card_opens_none(world: World) -> None:
    codes = carded(world)
    meeting, _items = in_session(world, present=0)
    key = row(world, Meeting, meeting).sign_in_key
    version = row(world, Meeting, meeting).version
    do(world.secretary, close_meeting, meeting_id=meeting, version=version)
    other, _more = in_session(world, present=0, number=2)

    with pytest.raises(Refused, match="sign_in_closed"):
        sign_in_by_card(key, codes[world.members[0]], now=NOW)
    with pytest.raises(Refused, match="sign_in_closed"):
        sign_in_by_card("", codes[world.members[0]], now=NOW)
    for code in ("", "ZZZZ-ZZZZ", "\0", "x" * 100_000):
        with pytest.raises(Refused, match="card_unknown"):
            sign_in_by_card(row(world, Meeting, other).sign_in_key, code, now=NOW)


def test_a_card_pressed_on_many_phones_at_once_signs_in_once(world: World) -> None:
    codes = carded(world)
    meeting, _items = in_session(world, present=0)
    key = row(world, Meeting, meeting).sign_in_key
    signed: list[bool] = []

    def press(member: int) -> None:
        signed.append(sign_in_by_card(key, codes[member], now=NOW).before)

    presses = [threading.Thread(target=press, args=(member,)) for member in world.members[:4] * 4]
    for one in presses:
        one.start()
    for one in presses:
        one.join()

    with reading_as_system("test") as session:
        there = session.scalar(
            select(func.count()).where(Attendance.meeting_id == meeting, Attendance.presence == MemberPresence.PRESENT)
        )
    assert there == 4
    assert sorted(signed) == [False] * 4 + [True] * 12
