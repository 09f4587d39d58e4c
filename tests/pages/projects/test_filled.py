"""What a form that grows from something asks anew: at most three fields are left empty."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from streamlit.testing.v1 import AppTest

from components.commitments.promise import year_to_promise
from db.actions.meetings.discussion import record_point, start_item
from db.counters import day_of
from db.engine import as_system, reading, utc_now
from db.models import AgendaItem, Commitment, Need, Notice, Objection, Project
from db.queries.projects.origin import origin_of
from db.rules.masking import redact
from db.terms import NeedStage, NoticeState, ObjectionState, ProjectState
from tests.builders.commitments import a_promise, on_the_roll
from tests.builders.meetings import in_session
from tests.builders.needs import a_need
from tests.builders.orders import a_service
from tests.builders.projects import a_read_project
from tests.builders.voting import vote_by_hands
from tests.builders.world import NOW, World, do, row
from tests.support.signed_in import keys, open_app, press, words

SET_UP, NOTICES = "projects/set_up.py", "council/notices.py"
NUMBER = "13800001111"


def left_empty(app: AppTest, form: str) -> list[str]:
    """The fields of a form that hold nothing."""
    fields: list[Any] = [
        *(app.text_input, app.text_area, app.number_input, app.selectbox, app.multiselect),
        *(app.date_input, app.button_group),
    ]
    return [
        str(one.key).removeprefix(f"{form}.")
        for kind in fields
        for one in kind
        if str(one.key).startswith(f"{form}.") and one.value in (None, "", [])
    ]


def a_finished_notice(world: World) -> tuple[int, int]:
    """A need that passed, was changed after an objection, and whose notice is over; need and notice."""
    _meeting, items = in_session(world)
    do(world.secretary, start_item, item_id=items[0])
    do(world.secretary, record_point, item_id=items[0], said=f"先做三幢，联系 {NUMBER}")
    vote_by_hands(world, items[0], 12, 1, 1)
    need = row(world, AgendaItem, items[0]).need_id
    a_need(world, stage=NeedStage.MERGED, merged_into_id=need, description=f"五楼也黑，找我 {NUMBER}")
    with as_system("test") as session:
        session.get_one(Need, need).stage = NeedStage.TO_PROJECT
        today = day_of(utc_now())
        notice = Notice(
            community_id=world.here, item_id=items[0], title="公示", body="按原方案", posted_on=today, working_days=5,
            ends_on=today + timedelta(days=7), where_posted="栏", objection_contact="社区",
            state=NoticeState.FINISHED, finished_at=utc_now(),
        )  # fmt: skip
        session.add(notice)
        session.flush()
        session.add(
            Objection(
                community_id=world.here,
                notice_id=notice.id,
                objector="某",
                contact="某",
                matter="太亮",
                received_at=NOW,
                received_by=world.secretary.id,
                state=ObjectionState.CHANGED,
                answer="改",
                plan_before="按原方案",
                plan_after="改装 12 盏柔光灯",
                handled_at=NOW,
            )
        )
        return need, notice.id


def test_a_project_from_a_finished_notice_leaves_three_fields_at_most(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    need, notice = a_finished_notice(small_world)
    assert "去立项" in words(open_app(monkeypatch, small_world.secretary.id, NOTICES, id=str(notice)))

    app = open_app(monkeypatch, small_world.secretary.id, SET_UP, need=str(need))
    form = f"set_up.{need}"
    assert set(left_empty(app, form)) <= {"direction", "funding"}
    measures = app.text_area(key=f"{form}.measures").value or ""
    problem = app.text_area(key=f"{form}.problem").value or ""
    assert "改装 12 盏柔光灯" in measures  # as the objection changed it, not as it was voted on
    assert "先做三幢" in measures
    assert "五楼也黑" in problem
    assert NUMBER not in words(app) + measures + problem
    press(app, f"{form}.submit")

    assert not app.exception
    with reading(small_world.secretary) as session:
        project = session.scalars(select(Project)).one()
        assert (project.state, project.title) == (ProjectState.SET_UP, row(small_world, Need, need).title)
        assert origin_of(session, need) is None  # it waits no longer


def test_an_address_of_another_need_fills_nothing(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    elsewhere = a_need(small_world, stage=NeedStage.TO_PROJECT, community_id=small_world.there)
    early = a_need(small_world)

    for need in (elsewhere, early):
        app = open_app(monkeypatch, small_world.secretary.id, SET_UP, need=str(need))
        assert not app.exception
        assert "set_up.title" in keys(app)
        assert "不在等立项" in words(app)


def test_a_need_without_a_council_brings_its_own_words(world: World) -> None:
    need = a_need(world, stage=NeedStage.TO_PROJECT, description="楼道灯不亮")

    with reading(world.secretary) as session:
        origin = origin_of(session, need)

    assert origin is not None
    assert (origin.said, origin.motion, origin.discussed) == ((redact("楼道灯不亮"),), "", ())


def test_the_other_forms_that_grow_from_something_leave_few_fields(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Project → acceptance, need → order, year → next year's promise."""
    world = small_world
    project = a_read_project(world)
    app = open_app(monkeypatch, world.secretary.id, "projects/acceptance.py", id=str(project))
    assert left_empty(app, "hand_in") == []
    assert "目标" in (app.text_area(key="hand_in.evidence").value or "")

    service = a_service(world, "代买菜")
    a_service(world, "上门理发")
    need = a_need(world, stage=NeedStage.ORDERED, title="腿脚不便，想有人代买菜")
    app = open_app(monkeypatch, world.worker.id, "orders/new.py", need=str(need))
    assert app.selectbox(key=f"place_order.{need}.service_id").value == service
    assert app.text_area(key=f"place_order.{need}.note").value == "腿脚不便，想有人代买菜"

    year = year_to_promise(day_of(utc_now()))  # from late in the year on it is the next one
    member = on_the_roll(world, account_id=world.worker.id)
    before = a_promise(world, member)
    with as_system("test") as session:
        kept = session.get_one(Commitment, before)
        what = kept.what
        kept.year, kept.starts_on, kept.until = year - 1, date(year - 1, 1, 1), date(year - 1, 12, 31)
    app = open_app(monkeypatch, world.worker.id, "commitments/mine.py")
    app.selectbox(key="write_commitment.before").set_value(before).run()
    form = next(key for key in keys(app) if key.startswith("write_commitment.") and key.endswith(".what"))
    assert app.text_input(key=form).value == what
    assert left_empty(app, form.removesuffix(".what")) == []
    assert app.date_input(key=form.replace(".what", ".until")).value == date(year, 12, 31)
