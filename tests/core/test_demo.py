"""The invented subdistrict: it holds together, it tells its story, and nobody in it can be found in the file."""

import hashlib
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Date, func, select

from db import demo
from db import engine as db_engine
from db.counters import day_of
from db.demo import building
from db.demo.needs.lives import Life
from db.demo.needs.words import topics
from db.engine import engine, reading, reading_as_system
from db.models import (
    Acceptance,
    Account,
    AgendaItem,
    Answer,
    Attendance,
    AuditEntry,
    AuditHead,
    BodyMember,
    Community,
    DiaryEntry,
    HolidayOverride,
    Household,
    Indicator,
    Meeting,
    Member,
    Merge,
    Model,
    MovedPeriod,
    NamedVote,
    Need,
    NeedFlow,
    Notice,
    Objection,
    Opening,
    Order,
    OrderOffer,
    Person,
    Place,
    PlaceDemand,
    Placement,
    Project,
    Recusal,
    ReviewedMember,
    Screening,
    ServiceRecord,
    Squad,
    TargetChange,
    ThreadEntry,
    Visit,
    Volunteer,
    WeekSignOff,
    YearlyReview,
)
from db.models.types import Encrypted, UtcDateTime
from db.passwords import matches
from db.queries.needs.register import week_register
from db.queries.projects.progress import light_counts, project_lights
from db.queries.results.diary import trouble_of
from db.rules.lifecycle import may_become, may_undo_merge_to
from db.rules.permissions import Actor
from db.rules.voting.decision import Decision, HouseRule, decide
from db.rules.voting.result import result_from_json
from db.rules.zone import CHINA
from db.terms import (
    AnswerState,
    AssignmentState,
    DiaryTrouble,
    Grade,
    ItemState,
    JoinMethod,
    Light,
    MemberPresence,
    NeedStage,
    NoticeState,
    ObjectionState,
    OrderState,
    Outcome,
    PeriodKept,
    PlaceKind,
    ProjectKind,
    ProjectState,
    ReviewState,
    Role,
    Route,
    VisitOutcome,
    VolunteerKind,
)
from db.upkeep import CannotDo
from db.upkeep.verify import CHECKS

DAY = date(2026, 10, 23)
RICH = 1
"""Id of the community that is rich in detail."""


@dataclass
class Built:
    path: Path
    digests: dict[str, str]


def digests() -> dict[str, str]:
    """A hash for every table, over all that the seed decides, personal values opened."""
    recounted = {
        "need_standing",
        "place_demand",
        "service_day",
        "building_doors",
        "recorded_hours",
        "hours_to_ask",
    }  # verify compares them with the facts
    found = {}
    with engine().connect() as connection:
        for table in Model.metadata.sorted_tables:
            if table.name in {"audit_entry", "audit_head", *recounted}:
                continue
            columns = [column for column in table.columns if column.name != "password_hash"]
            seen = hashlib.sha256()
            for row in connection.execute(select(*columns).order_by(*table.primary_key.columns)):
                seen.update(repr(tuple(row)).encode())
            found[table.name] = seen.hexdigest()
    return found


@pytest.fixture(scope="module")
def built(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Built]:
    """The demonstration on SQLite, built once; the tests of this file only read it."""
    with pytest.MonkeyPatch.context() as patch:
        path = tmp_path_factory.mktemp("demo") / "demo.db"
        shutil.copy(sqlite_template, path)
        patch.setenv("YIQILAI_DATABASE_URL", f"sqlite:///{path}")
        patch.setenv("YIQILAI_DATA_DIR", str(path.parent))
        db_engine.forget_engines()
        demo.build(progress=False, today=DAY)
        yield Built(path, digests())
        db_engine.forget_engines()


def scalar(query: Any) -> Any:
    with reading_as_system("test") as session:
        return session.scalar(query)


def rows(query: Any) -> list[Any]:
    with reading_as_system("test") as session:
        return list(session.execute(query).all())


def counted(column: Any, *where: Any) -> dict[Any, int]:
    return {row[0]: row[1] for row in rows(select(column, func.count()).where(*where).group_by(column))}


def failed_checks() -> dict[str, str]:
    with reading_as_system("test") as session:
        return {check: wrong for check, ask in CHECKS.items() if (wrong := ask(session))}


_PLANNED = """
acceptance.recheck_on activity.moved_from activity.on activity_session.ends_at activity_session.on
activity_session.starts_at answer.due_on commitment.until commitment_pause.until
commitment_verdict.follow_until commitment_version.until complaint.contact_due_at complaint.due_on
door_phone.expires_at household.due_on intake.wanted_on mediation.at mediation_action.due_on
mediation_escalation.due_on meeting.at member.keep_until milestone.due_on moved_period.before
need.due_on notice.ends_on order_case.due_on order_series.next_on person.keep_until programme.keep_until
project.due_on project.starts_on project_duty.since reported_figure.until resource_request.on_day
resource_request.until_on rota.ends_on rota.starts_on sensitive_fact.keep_until service_order.answer_due_at
service_order.finish_due_on service_order.wanted_on slot.ends_at slot.on slot.starts_at slot_template.starts_on
slot_template.until task.due_on unit.agreed_until venue.closed_on volunteer.paused_until
volunteer_certificate.ends_on
"""
PLANNED = frozenset(_PLANNED.split())
"""Columns that say what is planned, agreed on or due; all others say what happened."""


def days_and_moments() -> list[Any]:
    """The log itself says when the rows were really written, whatever day the story ends."""
    return [
        column
        for table in Model.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, UtcDateTime | Date) and table.name != "audit_entry"
    ]


def still_to_come(made: date | datetime) -> list[str]:
    """What is said to have happened later than the demonstration of that day or moment was made."""
    moment = made if isinstance(made, datetime) else datetime.combine(made, time(), CHINA)
    found = []
    with engine().connect() as connection:
        for column in days_and_moments():
            limit = moment if isinstance(column.type, UtcDateTime) else day_of(moment)
            last = connection.execute(select(func.max(column))).scalar_one()
            if last is not None and last > limit and f"{column.table.name}.{column.name}" not in PLANNED:
                found.append(f"{column.table.name}.{column.name}: {last}")
    return found


# --- it holds together -------------------------------------------------------------------------------------


def test_everything_that_verify_asks_is_well(built: Built) -> None:
    assert failed_checks() == {}


def test_postgresql_gets_the_same_rows_to_the_last_value_and_counts_on_from_there(
    built: Built, postgres_database: str
) -> None:
    demo.build(progress=False, today=DAY)

    assert failed_checks() == {}
    assert digests() == built.digests
    last = scalar(select(func.max(Place.id)))
    with db_engine.as_system("test") as session:
        place = Place(community_id=RICH, name="新添小区", kind=PlaceKind.ESTATE)
        session.add(place)
        session.flush()
        assert place.id == last + 1


@pytest.mark.parametrize(
    "made",
    [
        datetime(2026, 2, 26, 8, 30, tzinfo=CHINA),
        datetime(2027, 7, 5, 23, 50, tzinfo=CHINA),
        datetime(2027, 1, 1, 0, 10, tzinfo=CHINA),
    ],
)
def test_any_moment_of_the_year_will_do_and_no_need_skips_a_step(
    made: datetime, sqlite_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: set[tuple[NeedStage, NeedStage]] = set()
    enter = Life.enter

    def watched(life: Life, stage: NeedStage, moment: datetime) -> None:
        if life.stages:
            assert moment >= life.stages[-1][1], f"{life.row['number']} goes back in time"
            steps.add((life.stages[-1][0], stage))
        enter(life, stage, moment)

    monkeypatch.setattr(Life, "enter", watched)

    monkeypatch.setattr(building, "utc_now", lambda: made.astimezone(UTC))

    demo.build(progress=False)

    undone = {(before, after) for before, after in steps if before is NeedStage.MERGED}
    assert failed_checks() == {}
    assert still_to_come(made) == []
    assert all(may_become(before, after) for before, after in steps - undone)
    assert all(may_undo_merge_to(after) for _, after in undone)
    present = counted(Attendance.meeting_id, Attendance.presence == MemberPresence.PRESENT)
    assert {10, 14} <= set(present.values())


def test_nothing_has_happened_that_is_still_to_come(built: Built) -> None:
    assert still_to_come(DAY) == []
    assert set(PLANNED) <= {f"{column.table.name}.{column.name}" for column in days_and_moments()}


def test_every_thread_is_told_in_order_and_starts_at_the_door(built: Built) -> None:
    told: dict[int, list[Any]] = {}
    for row in rows(select(ThreadEntry.need_id, ThreadEntry.at, ThreadEntry.kind).order_by(ThreadEntry.id)):
        if row.need_id is not None:
            told.setdefault(row.need_id, []).append(row)

    assert len(told) == scalar(select(func.count()).select_from(Need))
    assert all(lines[0].kind == "logged" for lines in told.values())
    assert all(a.at <= b.at for lines in told.values() for a, b in pairwise(lines))


def test_a_need_is_struck_off_only_when_everybody_who_asked_was_answered(built: Built) -> None:
    owed = select(Answer.lead_need_id).where(Answer.state == AnswerState.DUE)
    struck = select(func.count()).select_from(Need).where(Need.stage == NeedStage.CLOSED)

    assert scalar(struck.where(Need.id.in_(owed))) == 0
    assert scalar(struck.where(Need.id.not_in(select(Answer.lead_need_id)))) == 0
    asked = select(func.count()).select_from(Need).where(Need.merged_into_id.in_(select(Answer.lead_need_id)))
    assert scalar(asked.where(Need.id.not_in(select(Answer.need_id)))) == 0


def test_the_flow_adds_up_to_the_needs(built: Built) -> None:
    assert scalar(select(func.sum(NeedFlow.logged))) == scalar(select(func.count()).select_from(Need))
    entered = scalar(select(func.sum(NeedFlow.entered)).where(NeedFlow.stage == NeedStage.CLOSED))
    assert entered == scalar(select(func.count()).select_from(Need).where(Need.stage == NeedStage.CLOSED))


def test_no_signed_week_is_said_to_have_changed_without_a_need_that_did(built: Built) -> None:
    """As a secretary sees it who knows of no restricted need, and whole."""
    found = Counter[tuple[bool, bool]]()
    weeks = rows(select(WeekSignOff.community_id, WeekSignOff.week).order_by(WeekSignOff.id))
    people = dict(rows(select(Account.community_id, Account.id).where(Account.role == Role.SECRETARY)))
    for sees_restricted in (True, False):
        for community, week in weeks:
            actor = Actor(people[community], "", Role.SECRETARY, 1, community, sees_restricted=sees_restricted)
            with reading(actor) as session:
                signed = week_register(session, community, week)
            assert signed.sign_off is not None
            listed = sum(row.need.changed_after_sign_off for row in signed.rows)
            assert listed + signed.sign_off.hidden == signed.sign_off.changed, (community, week)
            assert signed.sign_off.unchanged == (signed.sign_off.changed == 0), (community, week)
            found[sees_restricted, signed.sign_off.unchanged] += 1

    assert found[True, True] == found[False, True] > found[True, False] > 0


def test_a_day_declared_free_left_the_dates_alone_that_people_had_agreed_on(built: Built) -> None:
    day = scalar(select(HolidayOverride.day))
    kept = rows(select(MovedPeriod.day, MovedPeriod.kept, MovedPeriod.before).order_by(MovedPeriod.id))

    assert kept
    assert {(row.day, row.kept) for row in kept} == {(day, PeriodKept.BY_HAND)}
    assert all(day <= day_of(row.before) for row in kept)


def test_each_result_is_what_the_rule_makes_of_its_votes(built: Built) -> None:
    query = select(AgendaItem.decision, Meeting.rule).join(Meeting).where(AgendaItem.decision.is_not(None))
    motions = [(stored, rule) for stored, rule in rows(query) if "tally" not in stored]  # the rest is for `verify`
    for stored, rule in motions:
        kept = result_from_json(stored)
        assert isinstance(kept, Decision)
        again = decide(
            HouseRule.from_json(rule),
            due=kept.quorum.due,
            present=kept.quorum.present,
            votes_for=kept.votes_for,
            votes_against=kept.votes_against,
            votes_abstain=kept.votes_abstain,
        )
        assert (again.outcome, again.needed) == (kept.outcome, kept.needed)


# --- it tells its story ------------------------------------------------------------------------------------


def test_twelve_communities_each_with_a_project_led_by_its_secretary_in_all_states(built: Built) -> None:
    led = rows(select(Project.community_id, Project.state).where(Project.kind == ProjectKind.SECRETARY_LED))

    assert scalar(select(func.count()).select_from(Community)) == 12
    assert len(led) == len({row.community_id for row in led}) == 12
    assert {row.state for row in led} == set(ProjectState)
    assert scalar(select(func.count()).select_from(Project).where(Project.kind == ProjectKind.LIVELIHOOD)) == 10


def test_a_year_of_needs_most_of_them_answered(built: Built) -> None:
    stages = counted(Need.stage)

    assert 1000 <= sum(stages.values()) <= 1150
    assert 420 <= scalar(select(func.count()).select_from(Need).where(Need.community_id == RICH)) <= 500
    assert stages[NeedStage.CLOSED] >= 300
    assert set(NeedStage) - set(stages) <= {NeedStage.HANDLING}
    overdue = select(func.count()).select_from(Answer).where(Answer.state == AnswerState.DUE, Answer.due_on < DAY)
    assert scalar(overdue) >= 1


def test_residents_say_it_in_many_words(built: Built) -> None:
    sentences = {sentence for topic in topics()[1] for sentence in topic.sentences}

    assert len(topics()[0]) == 6
    assert len(sentences) >= 120
    assert scalar(select(func.count(Need.description.distinct()))) >= 400


def test_needs_were_merged_with_reasons_and_some_merges_undone(built: Built) -> None:
    merges = rows(select(Merge.reasons, Merge.undone_at))

    assert sum(row.undone_at is None for row in merges) >= 25
    assert any(row.undone_at for row in merges)
    assert all(row.reasons for row in merges)


def test_at_least_three_of_ten_doors_stayed_shut(built: Built) -> None:
    outcomes = counted(Visit.outcome, Visit.community_id == RICH)

    assert 2200 <= sum(outcomes.values()) <= 2600
    assert outcomes[VisitOutcome.NOT_IN] >= 0.3 * sum(outcomes.values())
    assert outcomes[VisitOutcome.PHONE] > 0
    # Three more records without a stairwell are flats that a list brought again.
    known = (Household.community_id == RICH, Household.stairwell != "")
    assert scalar(select(func.count()).select_from(Household).where(*known)) == 900


def test_of_three_flats_that_stand_twice_one_is_made_one_and_one_waits(built: Built) -> None:
    again = select(func.count()).where(Household.community_id == RICH, Household.stairwell == "")
    assert (scalar(again), scalar(again.where(Household.merged_into_id.is_not(None)))) == (3, 1)


def test_no_need_went_to_the_council_against_its_own_score_without_a_word(built: Built) -> None:
    against = (Screening.route == Route.COUNCIL, Screening.total_hundredths < 7000)

    found = rows(select(Screening.route_reason).where(*against))
    assert found
    assert all(row.route_reason.startswith("评分没到 70 分") for row in found)


def test_twelve_restricted_cases_never_come_before_a_council(built: Built) -> None:
    cases = rows(select(Need.id).where(Need.restricted))

    assert len(cases) == 12
    assert rows(select(AgendaItem.id).where(AgendaItem.need_id.in_([row.id for row in cases]))) == []
    assert all(row.alias for row in rows(select(Household.alias).where(Household.restricted)))


def test_a_council_of_sixteen_met_with_fourteen_and_once_with_ten(built: Built) -> None:
    seats = scalar(select(func.count()).select_from(BodyMember).where(BodyMember.community_id == RICH))
    present = counted(
        Attendance.meeting_id, Attendance.presence == MemberPresence.PRESENT, Attendance.community_id == RICH
    )
    inquorate = [meeting for meeting, count in present.items() if count == 10]

    assert seats == 16
    assert 14 in present.values()
    assert len(inquorate) == 1
    assert set(counted(AgendaItem.state, AgendaItem.meeting_id == inquorate[0])) == {ItemState.POSTPONED}


def test_eight_four_two_passed_and_seven_five_two_did_not(built: Built) -> None:
    votes = {
        tuple(row.decision[f"votes_{side}"] for side in ("for", "against", "abstain")): row.outcome
        for row in rows(
            select(AgendaItem.decision, AgendaItem.outcome).where(
                AgendaItem.community_id == RICH, AgendaItem.decision.is_not(None)
            )
        )
        if "tally" not in row.decision
    }

    assert votes[8, 4, 2] is Outcome.PASSED
    assert votes[7, 5, 2] is Outcome.NOT_PASSED
    assert votes[6, 6, 1] is Outcome.TIE


def test_a_recusal_a_named_ballot_an_amendment_and_two_objections(built: Built) -> None:
    assert scalar(select(func.count()).select_from(Recusal)) == 1
    assert scalar(select(func.count()).select_from(NamedVote)) == 14
    assert counted(Objection.state) == {ObjectionState.UPHELD: 1, ObjectionState.OPEN: 1}
    assert counted(Notice.state)[NoticeState.RUNNING] >= 1


def test_seventy_two_parking_places_where_sixty_were_the_target(built: Built) -> None:
    goal = rows(select(Indicator.target, Indicator.actual, Indicator.id).where(Indicator.name == "新增停车位"))[0]

    assert (goal.target, goal.actual) == (60, 72)
    assert scalar(select(TargetChange.before).where(TargetChange.indicator_id == goal.id)) == 50


def test_projects_stand_at_green_amber_and_red(built: Built) -> None:
    secretary = rows(select(Account).where(Account.username == "shuji"))[0][0]
    actor = Actor(secretary.id, secretary.name, Role.SECRETARY, secretary.subdistrict_id, RICH)

    with reading(actor) as session:
        lights = light_counts(project_lights(session, today=DAY))

    assert all(lights[light] >= 1 for light in Light)


def test_one_project_failed_its_acceptance_and_passed_the_second_time(built: Built) -> None:
    tried: dict[int, list[Grade]] = {}
    for row in rows(select(Acceptance.project_id, Acceptance.grade).order_by(Acceptance.id)):
        tried.setdefault(row.project_id, []).append(row.grade)

    assert any(grades[0] is Grade.FAIL and grades[-1] in (Grade.EXCELLENT, Grade.GOOD) for grades in tried.values())


def test_all_three_ways_into_a_team(built: Built) -> None:
    assert set(counted(Placement.method)) == set(JoinMethod)
    assert len(counted(Placement.state)) == 5


def test_needs_for_one_household_became_orders_that_ended_before_the_answer(built: Built) -> None:
    found = rows(
        select(
            Order.household_id, Need.household_id, Order.state, Order.made_at, Order.ended_at, Need.stage_since
        ).join(Need, Need.id == Order.need_id)
    )

    assert found
    for its_home, home, state, made, ended, since in found:
        assert its_home == home
        assert (ended is not None and made < ended < since) if state is OrderState.CLOSED else ended is None


def test_860_volunteers_in_28_squads_who_gave_65_percent_more_than_the_year_before(built: Built) -> None:
    kinds = counted(Volunteer.kind, Volunteer.community_id == RICH)
    hours: Counter[tuple[int, int]] = Counter()
    for row in rows(select(ServiceRecord.on, ServiceRecord.minutes).where(ServiceRecord.community_id == RICH)):
        hours[row.on.year, row.on.month] += row.minutes

    assert kinds == {VolunteerKind.PARTY_MEMBER: 340, VolunteerKind.RESIDENT: 520}
    assert scalar(select(func.count()).select_from(Squad)) == 28
    assert (hours[2025, 3], hours[2026, 3]) == (620 * 60, 1023 * 60)
    last = DAY.replace(day=1) - timedelta(days=1)
    assert hours[last.year, last.month] * 100 == hours[last.year - 1, last.month] * 165


def test_a_volunteers_minutes_are_the_sum_of_the_records(built: Built) -> None:
    served = select(ServiceRecord.volunteer_id, func.sum(ServiceRecord.minutes)).group_by(ServiceRecord.volunteer_id)
    total = Counter({row[0]: int(row[1]) for row in rows(served)})
    ordered = (
        select(OrderOffer.volunteer_id, func.sum(Order.minutes))
        .join(Order, Order.id == OrderOffer.order_id)
        .where(OrderOffer.state == AssignmentState.ACCEPTED, Order.resident_confirmed_at.is_not(None))
        .group_by(OrderOffer.volunteer_id)
    )
    total.update({row[0]: int(row[1]) for row in rows(ordered)})

    assert all(row.minutes == total.get(row.id, 0) for row in rows(select(Volunteer.id, Volunteer.minutes)))
    assert scalar(select(func.count()).select_from(ServiceRecord).where(ServiceRecord.first_minutes.is_not(None))) == 1


# --- who may come in, and what is not to be found ----------------------------------------------------------


def test_there_is_one_sign_in_for_every_role_and_its_password_fits(built: Built) -> None:
    accounts = {row.username: row for row in rows(select(Account.username, Account.role, Account.password_hash))}

    shown = demo.sign_ins()

    assert {accounts[username].role for _, username, _ in shown} == set(Role)
    assert len({row.password_hash for row in accounts.values()}) == 1
    assert matches(shown[0][2], accounts["shuji"].password_hash)


def test_no_name_or_telephone_of_a_resident_lies_open_in_the_file(built: Built) -> None:
    names: set[str] = set()
    phones: set[str] = set()
    codes: set[str] = set()
    for table in Model.metadata.sorted_tables:
        for column in table.columns:
            if isinstance(column.type, Encrypted):
                kinds = {"phone": phones, "contact": phones, "code": codes, "name": names, "representative": names}
                values = {row[0] for row in rows(select(column)) if row[0]}
                if table.name != "programme":  # whose name is no person's
                    kinds.get(column.name.removeprefix("asker_").removeprefix("emergency_"), set()).update(values)
    raw = b"".join(path.read_bytes() for path in built.path.parent.glob("demo.db*"))
    assert codes
    assert not [code for code in codes if code.encode() in raw]
    runs = re.findall(r"[\u4e00-\u9fff]{2,}", raw.decode("utf-8", errors="ignore"))
    open_words = {run[at : at + size] for run in set(runs) for size in (2, 3) for at in range(len(run) - size + 1)}

    assert len(names) > 1000
    assert not [name for name in names if len(name) > 3]
    # Who has an account stands in the list of accounts under the same name, which is open.
    assert sorted((names - {row[0] for row in rows(select(Account.name))}) & open_words) == []
    assert not phones & set(re.findall(r"100[0-9]{8}", raw.decode("latin-1")))
    assert all(re.fullmatch(r"100[0-9]{8}", phone) for phone in phones)


def test_names_of_residents_and_of_office_holders_are_different_ones(built: Built) -> None:
    residents = {row[0] for row in rows(select(Person.name))}

    assert not residents & {row[0] for row in rows(select(Account.name))}
    assert not residents & {row[0] for row in rows(select(BodyMember.name))}


def test_who_has_an_account_is_one_person_under_one_name(built: Built) -> None:
    for model in (Volunteer, Member):
        query = select(model.name, Account.name).join(Account, Account.id == model.account_id)
        assert [pair for pair in rows(query) if pair[0] != pair[1]] == []
    both = select(Member.name, Volunteer.name).join(Volunteer, Volunteer.id == Member.volunteer_id)
    assert [pair for pair in rows(both) if pair[0] != pair[1]] == []


def test_few_posts_look_for_people_and_demand_stays_below_those_who_live_there(built: Built) -> None:
    looking = select(func.count(Opening.id)).where(Opening.community_id == 1, Opening.filled < Opening.places)
    asked = select(func.max(PlaceDemand.people)).where(PlaceDemand.community_id == 1)

    assert scalar(looking) <= 30
    assert scalar(asked) < scalar(select(Community.households).where(Community.id == 1))


def test_a_yearly_review_lists_the_whole_branch(built: Built) -> None:
    """A list of twelve would tell the secretary that twenty-nine people came in within a week."""
    review_id, branch_id = rows(
        select(YearlyReview.id, YearlyReview.branch_id).where(YearlyReview.state == ReviewState.OPEN)
    )[0]
    here = select(Member.id).where(Member.branch_id == branch_id, Member.ended_on.is_(None))
    listed = select(ReviewedMember.member_id).where(ReviewedMember.review_id == review_id)

    assert {row[0] for row in rows(here.where(Member.merged_into_id.is_(None)))} == {row[0] for row in rows(listed)}


def test_every_diary_entry_rests_on_a_record_that_is_over(built: Built) -> None:
    with reading_as_system("test") as session:
        told = [trouble_of(session, entry) for (entry,) in rows(select(DiaryEntry.id))]

    assert set(told) == {None, DiaryTrouble.CONSENT_GONE}, "one tells what became of a consent that was taken back"


def test_one_entry_in_the_audit_log_says_where_it_came_from(built: Built) -> None:
    entries = rows(select(AuditEntry.reason, AuditEntry.changes))

    assert len(entries) == scalar(select(AuditHead.entries)) == 1
    assert "written in bulk" in entries[0].reason
    assert entries[0].changes["rows"][1] > 30_000


# --- building ----------------------------------------------------------------------------------------------


def test_a_database_with_a_subdistrict_is_refused(built: Built) -> None:
    with pytest.raises(CannotDo):
        demo.build(progress=False)

    assert scalar(select(func.count()).select_from(Community)) == 12


def test_the_same_day_gives_the_same_subdistrict(built: Built, sqlite_database: str) -> None:
    demo.build(progress=False, today=DAY)

    assert digests() == built.digests


def test_twice_the_size_has_twice_the_needs_and_one_council(sqlite_database: str) -> None:
    demo.build(scale=2, progress=False, today=DAY)

    assert failed_checks() == {}
    assert scalar(select(func.count()).select_from(Need)) > 2000
    assert scalar(select(func.count()).select_from(Volunteer).where(Volunteer.community_id == RICH)) == 2 * 860
    assert scalar(select(func.count()).select_from(BodyMember).where(BodyMember.community_id == RICH)) == 16
    assert day_of(scalar(select(func.max(Need.logged_at)))) < DAY
