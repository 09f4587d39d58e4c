"""Activities on their pages: who may, what a press stores, and who sees no name."""

from datetime import timedelta

import pytest

from components.wording.dates import today
from db.actions.activities.activities import move_activity, record_activity
from db.engine import reading, utc_now
from db.models import Activity, ActivitySession
from db.queries.activities.page import sign_ups
from db.terms import ActivityKind, ActivityState, Role
from tests.builders.activities import an_event, helped, sessions, signed_up, the_activity
from tests.builders.people import the
from tests.builders.volunteers import a_volunteer
from tests.builders.world import World, do
from tests.support.signed_in import open_app, words

LIST, ONE = "activities/activities.py", "activities/activity.py"
CLOSED = "这一页不对您的角色开放"


@pytest.mark.parametrize("role", [Role.VOLUNTEER, Role.COUNCIL_MEMBER, Role.DISTRICT_VIEWER])
@pytest.mark.parametrize("path", [LIST, ONE])
def test_a_page_stays_closed_for_other_roles(
    small_world: World, monkeypatch: pytest.MonkeyPatch, path: str, role: Role
) -> None:
    assert CLOSED in words(open_app(monkeypatch, small_world[role].id, path))


def test_an_activity_is_set_up_on_the_list_and_opens(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    app = open_app(monkeypatch, small_world.worker.id, LIST)
    form = "set_up_activity."
    app.text_input(key=f"{form}title").input("妇女节沙龙")
    app.text_input(key=f"{form}place").input("中心")
    app.selectbox(key=f"{form}kind").select(ActivityKind.SALON)
    app.button(key=f"{form}submit").click().run()

    assert not app.exception
    made = the(Activity, 1)
    assert (made.title, made.kind, made.lead_id) == ("妇女节沙龙", ActivityKind.SALON, small_world.worker.id)


@pytest.mark.parametrize("part", ["plan", "people", "work", "papers"])
def test_a_reader_sees_every_part_and_can_press_nothing(
    small_world: World, monkeypatch: pytest.MonkeyPatch, part: str
) -> None:
    event = an_event(small_world)
    signed_up(small_world, event, "王秀兰")
    app = open_app(monkeypatch, small_world[Role.AUDITOR].id, ONE, id=str(event), part=part)

    assert not app.exception
    pressed = [one.key for one in app.button if not str(one.key).startswith(("foot.", "activity.paper."))]
    assert pressed == []
    assert "王秀兰" not in words(app)


def test_helpers_of_an_activity_on_another_day_are_ticked_off_when_they_were_told(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    day = today(utc_now())
    event = an_event(small_world, on=day + timedelta(days=7), now=utc_now(), sure=True)
    helper = a_volunteer(small_world, "V001")
    helped(small_world, event, helper)
    do(small_world.secretary, move_activity, activity_id=event, version=the(Activity, event).version,
       on=day + timedelta(days=8), reason="台风", now=utc_now(), sure=True)  # fmt: skip
    app = open_app(monkeypatch, small_world.secretary.id, ONE, id=str(event), part="people")
    assert "要通知的人" in words(app)

    app.pills(key="mark_told.volunteer_ids").set_value([helper])
    app.button(key="mark_told.submit").click().run()

    assert not app.exception
    assert "要通知的人" not in words(app)


def test_presence_of_everybody_is_one_press(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    day = today(utc_now())
    event = an_event(small_world, on=day, now=utc_now(), sure=True)
    for number in range(3):
        signed_up(small_world, event, f"居民{number}", f"1390000000{number}", now=utc_now())
    one = sessions(event)[0]
    app = open_app(monkeypatch, small_world.worker.id, ONE, id=str(event), part="people")

    app.button(key=f"presence.{one.id}.submit").click().run()

    assert not app.exception
    with reading(small_world.worker) as session:
        assert [len(row.came) for row in sign_ups(session, event).rows] == [1, 1, 1]
    assert the(ActivitySession, one.id).taken_at is not None


def test_names_of_a_sensitive_group_are_on_no_part_for_a_colleague(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    event = an_event(small_world, sensitive=True)
    signed_up(small_world, event, "王秀兰", "13812345678")

    app = open_app(monkeypatch, small_world.worker.id, ONE, id=str(event), part="people")

    assert not app.exception
    assert "不足 5" in words(app)
    assert "王" not in words(app)


def test_hours_and_record_stand_on_one_part(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    day = today(utc_now())
    event = an_event(small_world, on=day - timedelta(days=1), now=utc_now())
    helped(small_world, event, a_volunteer(small_world))
    app = open_app(monkeypatch, small_world.worker.id, ONE, id=str(event), part="work")

    app.text_area(key=f"record_activity.{event}.report").input("办好了")
    app.button(key=f"record_activity.{event}.submit").click().run()

    assert not app.exception
    assert the_activity(event).state is ActivityState.DONE
    app.button(key=f"credit_helpers.{event}.submit").click().run()
    assert "2 小时" in words(app)


def test_what_is_not_there_is_said_and_the_month_is_drawn(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    event = an_event(small_world)
    do(small_world.worker, record_activity, activity_id=event, version=the_activity(event).version, report="好",
       people_served=3)  # fmt: skip

    missing = open_app(monkeypatch, small_world.worker.id, ONE, id="999")
    month = open_app(monkeypatch, small_world.worker.id, LIST, tab="calendar", month="2026-03")

    assert not missing.exception
    assert not month.exception
    assert "2026年3月" in words(month)
