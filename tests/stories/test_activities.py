"""Activities as the articles tell them (E1 to E5, A2-26): from the plan to the paper that is handed in."""

import re
from datetime import date, time, timedelta
from io import BytesIO

import pytest
from docx import Document
from sqlalchemy import select

from components.activities.ical import calendar_file
from components.activities.papers import certificates, notice, record, sign_in_sheet
from components.papers.word import Paper
from db.actions.activities.activities import move_activity, record_activity
from db.actions.activities.crew import HelperHours, credit_helpers
from db.actions.activities.quotes import add_quote
from db.actions.activities.sessions import add_session, take_presence
from db.actions.activities.sign_ups import cancel_sign_up, drop_guardian_consent, open_sign_up, sign_up_list
from db.actions.people.consents import withdraw_consent
from db.engine import reading, reading_as_system
from db.models import ActivityParticipant, AuditEntry, Volunteer
from db.queries.activities.activities import between, year_of
from db.queries.activities.page import activity_facts, names_for_paper, quotes_of, sessions_of, sign_ups
from db.rules.permissions import Actor
from db.terms import ActivityKind, ConsentScope, Role, SeatState
from pages.public import activity as page
from tests.builders.activities import a_unit, an_event, helped, sessions, signed_up, the_activity
from tests.builders.intake import key_in
from tests.builders.people import a_consent, a_person, the
from tests.builders.volunteers import a_volunteer
from tests.builders.world import NOW, TODAY, World, another_actor, do
from tests.support.phone import Phone

DAYS = (
    "花艺基础入门\n工具介绍与使用\n基础插花技巧",
    "色彩搭配理论\n创意启发讨论\n主题创作实践",
    "作品点评分享\n高级插花技巧讲解\n综合创作实践",
)
AFTER = NOW + timedelta(days=3)


@pytest.fixture(autouse=True)
def _unlimited() -> None:
    for limit in (page.BY_CODE, page.BY_ADDRESS, page.UNKNOWN):
        limit.forget()


def printed(paper: Paper) -> str:
    """Everything that stands on a paper."""
    document = Document(BytesIO(paper()))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def record_of(actor: Actor, event: int) -> str:
    """活动记录表 as this actor prints it."""
    with reading(actor) as session:
        facts = activity_facts(session, event)
        assert facts is not None
        return printed(record(facts, sessions_of(session, event), 0, quotes_of(session, event)))


def test_a_salon_of_three_parts_is_held_and_recorded(world: World) -> None:
    # E1: handicraft, reading and a talk on one day, with a unit that assists.
    unit = a_unit(world, "巧手坊")
    event = an_event(world, title="“双向奔赴 携爱同行”妇女节沙龙", target="辖区女性", assisting=[unit],
                     begins=time(9), ends=time(10))  # fmt: skip
    for hour, part in ((10, "阅读赋能"), (11, "心理健康教育")):
        do(world.worker, add_session, activity_id=event, on=TODAY, begins=time(hour), ends=time(hour + 1), title=part)
    host = a_volunteer(world)
    helped(world, event, host)

    for one in sessions(event):
        do(world.worker, take_presence, session_id=one.id, version=1, heads=46)
    do(world.worker, record_activity, activity_id=event, version=the_activity(event).version, report="三个环节都办了",
       people_served=138, asked=20, satisfied=20)  # fmt: skip
    do(world.worker, credit_helpers, activity_id=event, served=[HelperHours(host, 180)])

    said = record_of(world.worker, event)
    assert all(word in said for word in ("沙龙", "巧手坊", "辖区女性", "138", "阅读赋能", "100%"))
    assert the(Volunteer, host).minutes == 180
    with reading(world.secretary) as session:
        year = year_of(session, TODAY.year)
    assert (year.held, year.served, year.minutes) == (1, 138, 180)


def test_children_at_a_planting_are_counted_and_never_named(world: World) -> None:
    # E2: a kindergarten and the property company assist; the children are a number.
    event = an_event(world, kind=ActivityKind.PLANTING, title="植树", minors=True,
                     assisting=[a_unit(world, "春芽幼儿园"), a_unit(world, "安居物业")])  # fmt: skip
    parent = signed_up(world, event, "家长甲", "13900000001", children=2)

    do(world.worker, take_presence, session_id=sessions(event)[0].id, version=1, present=[parent["id"]], heads=52,
       children=26)  # fmt: skip
    do(world.worker, record_activity, activity_id=event, version=the_activity(event).version, report="种了 30 棵",
       people_served=53)  # fmt: skip

    assert the_activity(event).filled == 3
    said = record_of(world.worker, event)
    assert "26" in said
    assert "春芽幼儿园、安居物业" in said
    assert "家长甲" not in said


def test_minors_by_the_river_are_named_with_a_guardians_consent_and_on_no_paper(world: World) -> None:
    # A2-26: one family consents, and later takes it back.
    event = an_event(world, kind=ActivityKind.PLANTING, title="守护江边", minors=True)
    child = signed_up(world, event, "江小河", "", under_14=True, guardian="江大河", guardian_on=TODAY)
    first = sessions(event)[0].id
    do(world.worker, take_presence, session_id=first, version=1, present=[child["id"]], heads=30, children=30)

    with reading(world.worker) as session:
        facts = activity_facts(session, event)
        assert facts is not None
        named = names_for_paper(session, event, came_only=False)
        sheet = printed(sign_in_sheet(facts, sessions_of(session, event), named))
        papers = (named, sign_ups(session, event).rows, sheet)
    assert "江小河" not in repr(papers)
    assert "江大河" not in repr(papers)
    do(world.worker, drop_guardian_consent, participant_id=child["id"], version=1)

    with reading(world.worker) as session:
        (row,) = sign_ups(session, event).rows
    assert (row.name, row.guardian, row.state) == ("", False, SeatState.IN)
    assert the(ActivityParticipant, child["id"]).guardian is None


def test_thirty_two_trainees_learn_for_three_days_and_each_gets_a_certificate(world: World) -> None:
    # E3: three hosts, three days with three modules each; who they are is for the named colleague alone.
    named = another_actor(world, Role.SECRETARY, "named", sees_restricted=True)
    event = an_event(
        world, actor=named, kind=ActivityKind.TRAINING, title="插花技能培训", sensitive=True, places=35, begins=time(9),
        ends=time(12), leading=[a_unit(world)], assisting=[a_unit(world, "申丞护理院"), a_unit(world, "就业服务站")],
    )  # fmt: skip
    for number, modules in enumerate(DAYS[1:], 1):
        do(named, add_session, activity_id=event, on=TODAY + timedelta(days=number), begins=time(9), ends=time(12),
           speaker="姚老师", modules=modules)  # fmt: skip
    people = [{"name": f"学员{number:02d}", "phone": f"139000001{number:02d}"} for number in range(32)]
    assert do(named, sign_up_list, activity_id=event, rows=people) == {"made": 32, "waiting": 0, "known": 0}

    with reading(named) as session:
        ids = [one.id for one in sign_ups(session, event).rows]
    for number, one in enumerate(sessions(event)):
        do(named, take_presence, session_id=one.id, version=one.version, present=ids if number else ids[1:], now=AFTER)

    with reading(named) as session:
        facts, days = activity_facts(session, event), sessions_of(session, event)
        came = names_for_paper(session, event, came_only=True)
    assert facts is not None
    assert [one.came for one in days] == [31, 32, 32]
    said = printed(certificates(facts, days, came))
    assert said.count("参加证明") == len(came) == 32
    assert "到会 2 天、2 场" in said
    assert said.count("综合创作实践") == 32
    assert printed(certificates(facts, days, came[:1])).count("参加证明") == 1

    # The colleague beside sees how many, and nobody's name; the log holds none.
    with reading(world.worker) as session:
        beside = sign_ups(session, event)
        assert names_for_paper(session, event, came_only=True) == []
    assert (beside.rows, beside.counts) == ((), {SeatState.IN: 32})
    with reading_as_system("test") as session:
        log = repr(session.execute(select(AuditEntry.changes)).all())
    assert "学员" not in log
    do(named, record_activity, activity_id=event, version=the_activity(event).version, report="九个模块都学完了",
       people_served=95, now=AFTER)  # fmt: skip
    assert "学员0" not in record_of(named, event)


def test_few_of_a_sensitive_group_are_not_told_on_paper(world: World) -> None:
    event = an_event(world, sensitive=True)
    do(world.worker, take_presence, session_id=sessions(event)[0].id, version=1, heads=3)
    do(world.worker, record_activity, activity_id=event, version=the_activity(event).version, report="好",
       people_served=3)  # fmt: skip

    assert "不足 5" in record_of(world.worker, event)


def test_an_old_lady_is_quoted_for_as_long_as_she_consents(world: World) -> None:
    # E4: the paper-flower class, and one sentence.
    event, lady = an_event(world, kind=ActivityKind.CRAFT, title="学做手工花"), a_person(world, "王秀兰")
    consent = a_consent(world.worker, lady, scope=ConsentScope.STORY)
    do(world.worker, add_quote, activity_id=event, words="手不抖了，心里也亮堂", called="一位学员", consent_id=consent)
    assert "手不抖了" in record_of(world.worker, event)

    do(world.worker, withdraw_consent, consent_id=consent, reason="不想登了")

    assert "手不抖了" not in record_of(world.worker, event)


def test_residents_sign_up_on_a_plain_page_wait_move_up_and_are_told_of_another_day(world: World) -> None:
    # E5 and every other day to which people come: the notice with its code hangs at the door.
    far = date.today() + timedelta(days=20)  # noqa: DTZ011 - the page lives on the real day
    event = an_event(world, kind=ActivityKind.WALL_DAY, title="学雷锋日承诺墙", on=far, places=1, sure=True)
    code, phone = do(world.worker, open_sign_up, activity_id=event), Phone(page.routes)
    with reading(world.worker) as session:
        facts = activity_facts(session, event)
        assert facts is not None
        assert f"/a/{code}" in printed(notice(facts, sessions_of(session, event), f"http://yiqilai.example/a/{code}"))

    form = phone.get(f"/a/{code}")
    assert form.raw < 15_000
    first = phone.send(f"/a/{code}", key=key_in(form), name="甲居民", phone="13900000001")
    second = phone.send(f"/a/{code}", key=key_in(phone.get(f"/a/{code}")), name="乙居民", phone="13900000002")
    assert "已报上" in first.text
    assert "您前面还有 0 位" in second.text
    assert not re.search("甲居民|乙居民|1390000", first.html + second.html + phone.get(f"/a/{code}").html)

    with reading(world.worker) as session:
        rows = sign_ups(session, event).rows
    assert do(world.worker, cancel_sign_up, participant_id=rows[0].id, version=rows[0].version) == 1
    receipt = the(ActivityParticipant, rows[1].id).receipt
    assert "名额轮到您了" in phone.get(f"/a/{code}/r/{receipt}").text

    later = far + timedelta(days=1)
    do(world.worker, move_activity, activity_id=event, version=the_activity(event).version, on=later, reason="下雨",
       sure=True)  # fmt: skip
    assert "改期了" in phone.get(f"/a/{code}/r/{receipt}").text
    assert "报名已取消" in phone.send(f"/a/{code}/r/{receipt}", sure="1").text

    with reading(world.worker) as session:
        held = between(session, later, later)
    assert b"BEGIN:VEVENT" in calendar_file("活动", held, now=NOW)
