"""What is kept of a member: one look for a reason, consents, two years after leaving, and then wiped."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from db.actions.members.keeping import erase_member, keep_member, see_member
from db.actions.members.roll import leave_roll, rename_member
from db.actions.people.consents import record_consent, withdraw_consent
from db.engine import as_system, reading
from db.errors import NotPermitted, Refused
from db.models import AuditEntry, Consent, Member, MemberEvent
from db.queries.members.active import active_counts
from db.queries.members.card import member_card, member_originals
from db.queries.members.roll import RollFilters, roll, roll_sums
from db.terms import ConsentScope, ConsentWay, MemberLeave, Role
from tests.builders.members import a_branch, a_party_member, at_version
from tests.builders.world import TODAY, World, do, row


def test_a_look_needs_a_reason_leaves_a_trace_and_lasts_a_minute(world: World) -> None:
    member_id = a_party_member(world, a_branch(world), phone="13800001111")

    token = do(world.worker, see_member, member_id=member_id, reason="通知开会")

    with as_system("test") as session:
        at = session.scalars(select(AuditEntry.at).where(AuditEntry.operation == "read")).one()
    with reading(world.worker) as session:
        clear = member_originals(session, member_id, token, now=at)
        assert clear
        assert (clear.name, clear.phone) == ("郑守信", "13800001111")
        assert member_originals(session, member_id, token, now=at + timedelta(minutes=2)) is None
        assert member_originals(session, member_id, "guessed", now=at) is None
    with reading(world.secretary) as session:
        assert member_originals(session, member_id, token, now=at) is None
    with pytest.raises(NotPermitted):
        do(world[Role.AUDITOR], see_member, member_id=member_id, reason="好奇")


def test_a_consent_is_written_down_and_taken_back(world: World) -> None:
    member_id = a_party_member(world, a_branch(world))
    said = {"scope": ConsentScope.PHOTO, "given_on": TODAY, "way": ConsentWay.PAPER, "told": "照片用在展板上"}
    consent = do(world.worker, record_consent, **said, member_id=member_id)

    with reading(world.worker) as session:
        card = member_card(session, member_id, today=TODAY)
        assert card
        assert [one.scope for one in card.consents] == [ConsentScope.PHOTO]
    do(world.worker, withdraw_consent, consent_id=consent, reason="不想上墙")

    assert row(world, Consent, consent).withdrawn_on == TODAY


def test_who_left_is_kept_wiped_when_asked_and_still_counts(world: World) -> None:
    member_id = a_party_member(
        world, a_branch(world), phone="13800001111", birth_year="1956", skills=["电工"]
    )  # fmt: skip
    do(world.worker, rename_member, **at_version(member_id), name="郑诚")
    said = {"scope": ConsentScope.PHOTO, "given_on": TODAY, "way": ConsentWay.PAPER, "told": "照片用在展板上"}
    consent = do(world.worker, record_consent, **said, member_id=member_id)
    with pytest.raises(Refused, match="member_on_roll"):
        do(world.secretary, erase_member, member_id=member_id, reason="本人要求")
    do(world.worker, leave_roll, **at_version(member_id), cause=MemberLeave.TRANSFERRED, on=TODAY)
    do(world.worker, keep_member, member_id=member_id, keep_until=TODAY + timedelta(days=30))
    with reading(world.worker) as session:
        assert roll_sums(session, today=TODAY + timedelta(days=30)).due == 1
        due = RollFilters(left=True, due_by=TODAY + timedelta(days=30))
        assert len(roll(session, due, today=TODAY).rows) == 1

    with pytest.raises(NotPermitted):
        do(world.worker, erase_member, member_id=member_id, reason="本人要求")
    do(world.secretary, erase_member, member_id=member_id, reason="本人要求")

    member = row(world, Member, member_id)
    assert (member.name, member.phone, member.birth_year, member.skills) == ("", None, None, [])
    assert (member.name_index, member.sound_index, member.phone_index) == (None, "", None)
    assert row(world, Consent, consent).withdrawn_on == TODAY
    with as_system("test") as session:
        events = session.scalars(select(MemberEvent).order_by(MemberEvent.id)).all()
        assert {(one.before, one.after) for one in events} == {(None, None)}
    with reading(world.secretary) as session:
        assert [one.members for one in active_counts(session, TODAY)] == [1]
        assert roll(session, RollFilters(left=True), today=TODAY).rows == ()
    with pytest.raises(Refused, match="member_erased"):
        do(world.secretary, see_member, member_id=member_id, reason="看看")
