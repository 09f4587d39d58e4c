"""A1-08, A1-10: fumes over a street of restaurants, from the telephone to the revisit, with a relapse in between."""

from datetime import date, timedelta
from typing import Any

import pytest

from db.actions.complaints.complaints import log_complaint, record_contact, reopen_complaint, revisit_complaint
from db.actions.complaints.links import link_repeat
from db.actions.complaints.mediation import answer_escalation, end_talk, escalate_mediation, record_talk
from db.engine import reading
from db.errors import NotPermitted, Refused
from db.queries.complaints.complaints import ComplaintFilters, View, complaints, desk_counts, rates_of
from db.queries.complaints.mediation import mediation
from db.queries.complaints.page import likely_repeats
from db.queries.complaints.trend import About, complaint_trend, moments, usual_about
from db.queries.today.parts import ToDo
from db.queries.today.today import today_for
from db.rules.complaints.life import Part
from db.rules.permissions import Actor
from db.terms import ComplaintState, EscalationTo, MediationState, NeedSource, ResponsibleBody, Role, Satisfaction
from tests.builders.complaints import FUMES, agree, at_table, check, handed_over, meet, seen, then, version_of_dispute
from tests.builders.world import NOW, TODAY, World, do

TOLD = (FUMES, "饭店晚上油烟太大，夏天开不了窗", "楼下饭店油烟大，晚上窗都开不了")


def call(world: World, words: str, days: int = 0) -> int:
    """Somebody calls, so many days from today."""
    made = do(
        world.worker, log_complaint, description=words, source=NeedSource.CALL, category_id=world.categories[1],
        place_id=world.place, now=NOW + timedelta(days=days), asker_phone="10012345678",
    )  # fmt: skip
    number: int = made["id"]
    return number


def revisit(world: World, one: int, days: int) -> None:
    values: dict[str, Any] = {"reached": True, "solved": True, "satisfaction": Satisfaction.SATISFIED, "said": ""}
    then(world, revisit_complaint, one, **values, close=True, now=NOW + timedelta(days=days))


def test_the_fume_dispute_from_the_first_call_to_the_falling_trend(world: World) -> None:
    # Half a year of calls: three a month, then the parties sit down.
    earlier = [call(world, "油烟机半夜还在响", days) for days in range(-170, -5, 10)]
    first, second, third = (call(world, words, day) for words, day in zip(TOLD, (-3, -1, 0), strict=True))
    for one in (second, third):
        with reading(world.worker) as session:
            assert first in [twin.id for twin in likely_repeats(session, one, today=TODAY)]
        then(world, link_repeat, one, first_id=first)
    then(world, record_contact, first, said="三户都说晚上七点最重", now=NOW - timedelta(days=3) + timedelta(hours=5))
    handed_over(world, first, repeats=True)

    # Department, shops and owners at one table; one measure, checked and passed.
    dispute = at_table(world, first)
    chimney = agree(world, dispute, "烟道改造到楼顶")
    stage = {role.body: role.part for role in seen(world, first).stage}
    assert stage[ResponsibleBody.DEPARTMENT] is Part.LEADS
    assert stage[ResponsibleBody.COMMUNITY] is Part.BESIDE
    assert check(world, chimney, True, days=21) == MediationState.SETTLED
    kind = (first, second, third)
    assert {seen(world, one).state for one in kind} == {ComplaintState.REPLIED}
    revisit(world, first, 23)
    assert seen(world, first).state is ComplaintState.CLOSED

    # It comes back: the next check fails, the closed one is open again, the answered ones are back in hand.
    assert check(world, chimney, False, days=40) == MediationState.RELAPSED
    assert (seen(world, first).state, seen(world, first).relapses) == (ComplaintState.REOPENED, 1)
    assert {seen(world, one).state for one in (second, third)} == {ComplaintState.HANDED_OVER}
    with reading(world.secretary) as session:
        counts = desk_counts(session, world.here, today=TODAY)
        relapsed = complaints(session, world.here, ComplaintFilters(View.RELAPSED), today=TODAY)
    assert counts[View.RELAPSED] == 1
    assert [(one.id, one.repeats) for one in relapsed.rows] == [(first, 2)]

    # A joint measure; all checks pass, everybody is called back.
    handed_over(world, first, due_on=TODAY + timedelta(days=90))
    meet(world, dispute)
    filters = agree(world, dispute, "三家联合清洗滤网，每周登记")
    assert check(world, chimney, True, days=55) == MediationState.AGREED
    assert check(world, filters, True, days=56) == MediationState.SETTLED
    for one in kind:
        revisit(world, one, 58)
    assert {seen(world, one).state for one in kind} == {ComplaintState.CLOSED}

    # Every line of it can be read, and the trend falls.
    lines = [step.kind.value for step in seen(world, first).steps]
    assert lines == [
        *("registered", "linked", "linked", "contacted", "handed_over", "mediation", "replied", "revisited", "closed"),
        *("reopened", "handed_over", "replied", "revisited", "closed"),
    ]
    end = date(2026, 11, 3)
    with reading(world.secretary) as session:
        around = moments(session, world.here)[0]
        about = usual_about(session, around)
        trend = complaint_trend(session, world.here, about, around, today=end)
        rates = rates_of(session, world.here, since=date(2025, 9, 1), now=NOW + timedelta(days=240))
    assert (around.kind, around.id, about) == ("mediation", dispute, About(world.place, world.categories[1]))
    assert trend is not None
    assert (trend.before.months, trend.before.tenths) == (5, 30)
    assert (trend.after.months, trend.after.tenths) == (6, 0)  # settled on 30 April
    assert trend.change_percent == -100
    assert not trend.short
    assert (rates.received, rates.repeats, rates.relapsed) == (len(earlier) + 3, 2, 1)
    assert (rates.revisited, rates.solved, rates.pleased) == (3, 3, 3)
    assert rates.contacted_in_time == 1


def test_what_is_told_again_after_the_end_takes_the_first_up_again(world: World) -> None:
    first = call(world, FUMES)
    handed_over(world, first)
    dispute = at_table(world, first)
    check(world, agree(world, dispute, "烟道改造"), True, days=21)
    revisit(world, first, 22)

    again = call(world, TOLD[1], 60)
    result = then(world, link_repeat, again, first_id=first)

    assert result["closed"]
    then(world, reopen_complaint, first, reason="装了烟道还是冒", now=NOW + timedelta(days=60))
    assert (seen(world, first).state, seen(world, first).relapses) == (ComplaintState.REOPENED, 1)
    with reading(world.secretary) as session:
        waiting = complaints(session, world.here, ComplaintFilters(View.TO_HAND_OVER), today=TODAY).rows
    assert [one.id for one in waiting] == [again, first]


def test_what_fails_at_the_table_goes_up_comes_back_and_is_settled(world: World) -> None:
    admin, first = world[Role.SUBDISTRICT_ADMIN], call(world, FUMES)
    dispute = at_table(world, first)

    def talk_fails() -> None:
        words = {"issues": "烟道不到顶", "basis": "", "agreed": "", "not_agreed": "费用谁出"}
        do(world.worker, record_talk, mediation_id=dispute, version=version_of_dispute(world, dispute), **words)
        do(world.worker, end_talk, mediation_id=dispute, version=version_of_dispute(world, dispute), agreed=False)

    def go_up(**more: Any) -> None:
        values = {"reason": "三次协商未果", "due_on": TODAY + timedelta(days=10), **more}
        do(world.worker, escalate_mediation, mediation_id=dispute, version=version_of_dispute(world, dispute),
           now=NOW, **values)  # fmt: skip

    def lines(who: Actor) -> dict[ToDo, int | None]:
        with reading(who) as session:
            return {line.kind: line.only for line in today_for(session, who, now=NOW).lines}

    # The subdistrict sees it on its day, the secretary cannot answer for it.
    talk_fails()
    go_up(level=EscalationTo.SUBDISTRICT)
    assert lines(admin)[ToDo.ESCALATED] == dispute
    assert ToDo.ESCALATED not in lines(world.secretary)
    with reading(admin) as session:
        raised = mediation(session, dispute).waits
    assert raised is not None
    assert raised.due_on == TODAY + timedelta(days=10)
    answer = {
        "escalation_id": raised.id,
        "version": raised.version,
        "answer": "费用由街道补一半，请再谈",
        "settled": False,
    }
    with pytest.raises(NotPermitted):
        do(world.secretary, answer_escalation, **answer)
    assert do(admin, answer_escalation, **answer) == MediationState.NOT_AGREED
    with pytest.raises(Refused, match="already_answered"):
        do(admin, answer_escalation, **answer | {"version": raised.version + 1})

    # It is the community's again; the talk fails once more, and a department ends it.
    assert lines(world.secretary)[ToDo.ESCALATED_BACK] == dispute
    meet(world, dispute)
    talk_fails()
    go_up(level=EscalationTo.DEPARTMENT, name="区生态环境分局")
    assert lines(world.secretary)[ToDo.ESCALATED] == dispute
    with reading(world.secretary) as session:
        second = mediation(session, dispute).waits
    assert second is not None
    told = {"escalation_id": second.id, "version": second.version, "answer": "已责令整改，检测达标", "settled": True}
    assert do(world.secretary, answer_escalation, **told) == MediationState.SETTLED
    assert seen(world, first).state is ComplaintState.REPLIED
