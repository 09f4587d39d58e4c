"""Whoever is renamed later, a signed paper stays as it was signed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from db.actions.admin.leaving import change_account
from db.actions.council.corrections import ask_correction, settle_correction
from db.actions.council.council import amend_member
from db.actions.council.topics import propose_topic, review_topic
from db.actions.meetings.attendance import recuse
from db.actions.meetings.discussion import record_point
from db.actions.meetings.meetings import close_meeting
from db.actions.needs.register import sign_week
from db.actions.projects.acceptance import decide_acceptance
from db.engine import as_system, reading
from db.models import Acceptance, Account, Meeting, Topic, WeekSignOff
from db.names import copied_columns, fill_names
from db.queries.accounts.names import former_names
from db.queries.complaints.mediation import mediation
from db.queries.complaints.page import complaint
from db.queries.council.council import council_body
from db.queries.council.topics import topic
from db.queries.meetings.meetings import sitting
from db.queries.meetings.papers import paper_record
from db.queries.needs.life import need_life
from db.queries.needs.register import week_register
from db.queries.needs.screening import desk
from db.queries.projects.acceptance import round_of
from db.queries.projects.page import life_of, project_head
from db.rules.workdays import week_of
from db.terms import CorrectionField, Role, TopicState
from tests.builders.complaints import a_complaint, agree, at_table, check, closed
from tests.builders.meetings import in_session
from tests.builders.needs import a_need, opened, score
from tests.builders.projects import a_read_project, handed_in, judged
from tests.builders.voting import vote_by_hands
from tests.builders.world import NOW, TODAY, World, do, row

Read = Callable[[Session], Any]


@dataclass
class Papers:
    """What was signed, by name: how each is read."""

    world: World
    found: dict[str, Read]

    def now(self) -> dict[str, Any]:
        with reading(self.world.secretary) as session:
            return {name: read(session) for name, read in self.found.items()}


def papers_of(world: World) -> Papers:
    """One of each kind, signed and closed."""
    meeting = a_closed_meeting(world)
    week = a_signed_week(world)
    need = a_scored_need(world)
    project = an_accepted_project(world)
    done, dispute = closed(world, a_complaint(world)), at_table(world, a_complaint(world, "油烟又大了，楼道里全是"))
    check(world, agree(world, dispute, "改造烟道"), passed=True)
    asked = a_reviewed_topic(world)
    secretary = world.secretary
    return Papers(
        world,
        {
            "minutes": lambda s: sitting(s, meeting, now=NOW),
            "record": lambda s: paper_record(s, meeting),
            "week": lambda s: week_register(s, world.here, week).sign_off,
            "scores": lambda s: desk(s, need, secretary.id),
            "need": lambda s: need_life(s, need).lines,  # type: ignore[union-attr]
            "acceptance": lambda s: round_of(s, project, account_id=secretary.id, decider=True),
            "project": lambda s: (life_of(s, project), project_head(s, project, today=TODAY).leader),
            "complaint": lambda s: complaint(s, done, today=TODAY),
            "dispute": lambda s: mediation(s, dispute).actions,
            "topic": lambda s: topic(s, asked),
            "rules": lambda s: council_body(s, world.body).rules,
        },
    )


def a_closed_meeting(world: World) -> int:
    meeting, items = in_session(world, needs=0)
    do(world.secretary, recuse, item_id=items[0], member_id=world.members[5], reason="是当事人")
    do(world.secretary, record_point, item_id=items[0], member_id=world.members[2], said="名字要响亮")
    vote_by_hands(world, items[0], 10, 2, 1)
    do(world.secretary, close_meeting, meeting_id=meeting, version=row(world, Meeting, meeting).version)
    values = {"field": CorrectionField.TITLE, "target_id": None, "before": "长廊命名", "after": "长廊的命名"}
    asked = do(world.worker, ask_correction, item_id=items[0], reason="笔误", **values)
    do(world.secretary, settle_correction, correction_id=asked, version=1, confirmed=True)
    return meeting


def a_signed_week(world: World) -> Any:
    week = week_of(TODAY)
    a_need(world)
    do(world.secretary, sign_week, week=week, remark="", now=NOW + timedelta(days=3))
    return week


def a_scored_need(world: World) -> int:
    need, screening = opened(world)
    for who in (world.secretary, world.worker):
        score(who, screening)
    return need


def an_accepted_project(world: World) -> int:
    project = a_read_project(world)
    round_id = handed_in(world, project)
    judged(world, round_id, 82, 84, 86, 88)
    version = row(world, Acceptance, round_id).version
    do(world[Role.SUBDISTRICT_ADMIN], decide_acceptance, acceptance_id=round_id, version=version, reason="同意")
    return project


def a_reviewed_topic(world: World) -> int:
    values = {"title": "广场舞时间", "background": "晚上太吵", "proposal": "九点以后停", "signed": True}
    asked: int = do(world.secretary, propose_topic, **values, member_id=world.members[4])
    verdict = {"verdict": TopicState.ACCEPTED, "reason": "符合议事范围"}
    do(world.secretary, review_topic, topic_id=asked, version=row(world, Topic, asked).version, **verdict)
    return asked


def test_no_signed_paper_changes_when_everybody_is_renamed(world: World) -> None:
    papers = papers_of(world)
    before = papers.now()

    with as_system("test") as session:
        for table in ("account", "body_member"):
            session.connection().execute(text(f"UPDATE {table} SET name = '后来改的名' || id"))  # noqa: S608

    assert papers.now() == before
    assert "测试secretary" in repr(before["minutes"])
    assert "议事员03" in repr(before["minutes"])
    assert "测试worker" in repr(before["record"]) or world.worker.name in repr(before["record"])


def test_names_are_taken_anew_with_each_signature(world: World) -> None:
    admin, account = world[Role.SUBDISTRICT_ADMIN], world.secretary
    values = {"account_id": account.id, "name": "新名字", "role": Role.SECRETARY, "community_id": world.here}
    meeting = a_closed_meeting(world)

    version = row(world, Account, account.id).version
    do(admin, change_account, **values, version=version, sees_restricted=account.sees_restricted)
    week = a_signed_week(world)

    with reading(world.secretary) as session:
        assert sitting(session, meeting, now=NOW).chair_name == "测试secretary"
        assert week_register(session, world.here, week).sign_off.by == "新名字"  # type: ignore[union-attr]
        assert former_names(session, account.id) == ("测试secretary",)


def test_the_page_of_a_member_shows_both_names(world: World) -> None:
    a_closed_meeting(world)
    values = {"name": "改了姓名", "capacity": "居民代表", "account_id": None}

    do(world.secretary, amend_member, member_id=world.members[3], version=1, **values)

    with reading(world.secretary) as session:
        members = {one.id: one for one in council_body(session, world.body).members}
    assert (members[world.members[3]].name, members[world.members[3]].former) == ("改了姓名", "议事员04")
    assert members[world.members[4]].former == ""


@pytest.mark.parametrize("who", ["chair_id", "signed_by"])
def test_another_signer_brings_the_own_name(world: World, who: str) -> None:
    """A row that comes to refer to somebody else takes that name, and no other change touches it."""
    meeting = a_closed_meeting(world)
    a_signed_week(world)
    with as_system("test") as session:
        signed: Any = session.get_one(Meeting, meeting) if who == "chair_id" else session.query(WeekSignOff).one()
        setattr(signed, who, world.worker.id)
        session.flush()
        assert (signed.chair_name if who == "chair_id" else signed.signed_name) == world.worker.name


def test_rows_that_came_past_the_flush_are_filled_once(world: World) -> None:
    meeting = a_closed_meeting(world)
    with as_system("test") as session:
        session.connection().execute(text("UPDATE attendance SET name = '' WHERE member_id % 2 = 0"))
        session.connection().execute(text("UPDATE attendance SET name = '当时的名字' WHERE member_id % 2 = 1"))
        fill_names(session.connection())
    with reading(world.secretary) as session:
        seats = sitting(session, meeting, now=NOW).seats
    assert {seat.name for seat in seats if seat.member_id % 2} == {"当时的名字"}
    assert {seat.name for seat in seats if not seat.member_id % 2} == {
        f"议事员{place:02d}" for place, member in enumerate(world.members, 1) if not member % 2
    }


def test_every_copied_column_leads_to_a_name() -> None:
    assert {target.name for _model, _name, _of, target, _what in copied_columns()} == {"account", "body_member"}
    assert len(list(copied_columns())) > 20
