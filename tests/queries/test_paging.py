"""Lists lead with what is worst: the longest overdue, then by the nearest day, then the rest; on every page of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from db.actions.orders.series import start_series
from db.engine import as_system, reading
from db.models import (
    Commitment,
    Complaint,
    Intake,
    Mediation,
    MediationAction,
    Notice,
    Order,
    OrderSeries,
    Person,
    Programme,
    ResourceRequest,
    Task,
    Topic,
)
from db.queries.commitments.commitments import CommitmentFilters, commitments
from db.queries.complaints.complaints import ComplaintFilters, View, complaints
from db.queries.complaints.mediation import mediations
from db.queries.council.notices import notices
from db.queries.council.topics import tasks, topics
from db.queries.intake.intake import intake_list
from db.queries.orders.orders import orders
from db.queries.orders.series import series_page
from db.queries.people.people import find_people
from db.queries.people.programmes import programmes
from db.queries.projects.acceptance import acceptances
from db.queries.projects.projects import find_projects
from db.queries.rota.rotas import rotas
from db.queries.units.resources import requests
from db.queries.units.units import View as UnitView
from db.queries.units.units import units
from db.queries.volunteers.applications import applications
from db.terms import (
    CommitmentState,
    ComplaintState,
    MediationState,
    NoticeState,
    OrderState,
    ProjectState,
    RequestState,
    Rhythm,
    TaskState,
    TopicState,
)
from tests.builders.commitments import a_promise, on_the_roll
from tests.builders.complaints import a_complaint, agree, at_table
from tests.builders.council import a_notice, a_passed_item, a_task, a_topic
from tests.builders.doors import a_household
from tests.builders.intake import a_poster, sent
from tests.builders.intake import a_service as a_poster_service
from tests.builders.meetings import in_session
from tests.builders.orders import a_service, an_order
from tests.builders.people import a_person, a_programme, cleared
from tests.builders.projects import a_project, a_read_project, handed_in
from tests.builders.rota import a_plain_rota, a_post, a_slot
from tests.builders.units import a_request, a_resource, a_unit
from tests.builders.volunteers import an_application
from tests.builders.voting import vote_by_hands
from tests.builders.world import NOW, TODAY, World, do

LATE, NEAR, FAR = (TODAY + timedelta(days=days) for days in (-3, 2, 20))


def written(model: Any, number: int, **values: Any) -> int:
    """The row as it would stand some days later, past the actions."""
    with as_system("test") as session:
        row = session.get_one(model, number)
        for name, value in values.items():
            setattr(row, name, value)
    return number


@dataclass(frozen=True, slots=True)
class Lead:
    """A list and what makes its rows: `made` gives the ids in the order in which the list must show them."""

    made: Callable[[World], Sequence[int]]
    listed: Callable[[Session, World, int | None], Sequence[Any]]


def of_complaints(world: World) -> list[int]:
    replied, far, late, done, near = (a_complaint(world, f"油烟{n}") for n in range(5))
    written(Complaint, done, state=ComplaintState.VOID, void_reason="重复", due_on=LATE)
    written(Complaint, replied, state=ComplaintState.REPLIED, due_on=LATE)
    for number, on in ((far, FAR), (late, LATE), (near, NEAR)):
        written(Complaint, number, due_on=on)
    return [late, near, far, replied, done]


def of_mediations(world: World) -> list[int]:
    far, late, settled, talking = (at_table(world, a_complaint(world, f"油烟{n}")) for n in range(4))
    for dispute, on in ((far, FAR), (late, LATE)):
        written(MediationAction, agree(world, dispute, "清洗"), due_on=on)
    written(Mediation, settled, state=MediationState.SETTLED)
    return [late, far, talking, settled]


def of_tasks(world: World) -> list[int]:
    item = a_passed_item(world)
    far, done, late, near = (a_task(world, item) for _ in range(4))
    written(Task, done, state=TaskState.DONE, due_on=LATE, result="装好了", done_at=NOW)
    for number, on in ((far, FAR), (late, LATE), (near, NEAR)):
        written(Task, number, due_on=on)
    return [late, near, far, done]


def of_projects(world: World) -> list[int]:
    start = TODAY - timedelta(days=90)
    far, over, late, near = (
        a_project(world, f"项目{n}", starts_on=start, due_on=on, state=state)
        for n, (on, state) in enumerate(
            ((FAR, ProjectState.RUNNING), (LATE, ProjectState.STOPPED), (LATE, ProjectState.RUNNING),
             (NEAR, ProjectState.RUNNING))
        )
    )  # fmt: skip
    return [late, near, far, over]


def of_orders(world: World) -> list[int]:
    service = a_service(world)
    far, done, late, near = (an_order(world, service) for _ in range(4))
    answer = NOW + timedelta(days=1)
    written(Order, done, state=OrderState.CANCELLED, finish_due_on=LATE)
    for number, on in ((far, FAR), (late, LATE), (near, NEAR)):
        written(Order, number, finish_due_on=on, answer_due_at=answer)
    return [late, near, far, done]


def of_rotas(world: World) -> list[int]:
    full, far, plain, near = (a_plain_rota(world, f"值守{n}") for n in range(4))
    for rota, on, filled in ((full, NEAR, 1), (far, FAR, 0), (near, NEAR, 0)):
        a_slot(world, rota, a_post(world, rota), on, filled=filled)
    return [near, far, plain, full]


def of_units(world: World) -> list[int]:
    far, none, late, near = (
        a_unit(world, f"单位{n}", agreed_on=on and TODAY - timedelta(days=99), agreed_until=on)
        for n, on in enumerate((FAR, None, LATE, NEAR))
    )
    return [late, near, far, none]


def of_requests(world: World) -> list[int]:
    hall = a_resource(world, a_unit(world))
    far, none, late, near = (a_request(world, hall, on_day=FAR + timedelta(days=n)) for n in range(4))
    for number, on in ((far, FAR), (late, LATE), (near, NEAR)):
        written(ResourceRequest, number, on_day=on, until_on=on)
    written(ResourceRequest, none, state=RequestState.DECLINED)
    return [late, near, far, none]


def of_promises(world: World) -> list[int]:
    far, ended, near = (a_promise(world, on_the_roll(world, f"LL-M000{n}")) for n in range(3))
    written(Commitment, far, until=TODAY + timedelta(days=99))
    written(Commitment, near, until=TODAY + timedelta(days=9))
    written(Commitment, ended, state=CommitmentState.ENDED)
    return [near, far, ended]


def of_applications(world: World) -> list[int]:
    days = (1, 3, 2)
    made = [an_application(world, phone=f"1380000000{n}", received_at=NOW - timedelta(days=n)) for n in days]
    return [made[1], made[2], made[0]]


def of_topics(world: World) -> list[int]:
    accepted, first, second, declined = (a_topic(world, title=f"议题{n}") for n in range(4))
    written(Topic, accepted, state=TopicState.ACCEPTED)
    written(Topic, declined, state=TopicState.DECLINED)
    written(Topic, second, made_at=NOW + timedelta(days=1))
    return [first, second, declined, accepted]


def of_intake(world: World) -> list[int]:
    poster = a_poster(world)
    what = [a_poster_service(world, f"量血压{n}") for n in range(3)]
    first, second, urgent = (
        sent(world, poster, service_id=one, phone=f"1380000000{n}", now=NOW + timedelta(hours=n))
        for n, one in enumerate(what)
    )
    written(Intake, urgent, urgent=True)
    return [urgent, first, second]


def of_notices(world: World) -> list[int]:
    _, items = in_session(world, needs=3)
    for item in items:
        vote_by_hands(world, item, 8, 4, 2)
    near, withdrawn, late = (a_notice(world, item) for item in items)
    written(Notice, withdrawn, state=NoticeState.WITHDRAWN, withdrawn_reason="表述有误")
    for number, on in ((near, TODAY + timedelta(days=9)), (late, TODAY + timedelta(days=1))):
        written(Notice, number, ends_on=on)
    return [late, near, withdrawn]


def of_series(world: World) -> list[int]:
    far, stopped, near = (a_series(world, f"{n}01") for n in range(3))
    written(OrderSeries, stopped, stopped_at=NOW, next_on=None)
    for number, on in ((far, FAR), (near, NEAR)):
        written(OrderSeries, number, next_on=on)
    return [near, far, stopped]


def a_series(world: World, room: str) -> int:
    values = {"service_id": a_service(world, f"量血压{room}"), "household_id": a_household(world, room)}
    series: int = do(
        world.worker, start_series, rhythm=Rhythm.WEEKLY, starts_on=NEAR, wanted_time="am", until=None, **values
    )
    return series


def of_people(world: World) -> list[int]:
    near, late = a_person(world), a_person(world, room="102")
    for number, on in ((near, TODAY), (late, LATE)):
        written(Person, number, keep_until=on)
    return [late, near]


def by_id(rows: Sequence[Any]) -> list[int]:
    return [row.id for row in rows]


LISTS = {
    "complaints": Lead(
        of_complaints,
        lambda s, w, b: complaints(s, w.here, ComplaintFilters(view=View.ALL), today=TODAY, before=b).rows,
    ),
    "mediation": Lead(of_mediations, lambda s, _w, b: mediations(s, before=b).rows),
    "tasks": Lead(of_tasks, lambda s, _w, b: tasks(s, before=b).rows),
    "topics": Lead(of_topics, lambda s, _w, b: topics(s, before=b).rows),
    "projects": Lead(of_projects, lambda s, _w, b: find_projects(s, today=TODAY, before=b).rows),
    "orders": Lead(of_orders, lambda s, _w, b: orders(s, now=NOW, view="all", before=b).rows),
    "rotas": Lead(of_rotas, lambda s, _w, b: rotas(s, now=NOW, before=b).rows),
    "units": Lead(of_units, lambda s, _w, b: units(s, today=TODAY, view=UnitView.HERE, before=b).rows),
    "requests": Lead(of_requests, lambda s, _w, b: requests(s, before=b).rows),
    "commitments": Lead(
        of_promises,
        lambda s, w, b: commitments(s, CommitmentFilters(), account_id=w.secretary.id, today=TODAY, before=b).rows,
    ),
    "applications": Lead(of_applications, lambda s, _w, b: applications(s, TODAY, before=b).rows),
    "intake": Lead(of_intake, lambda s, _w, b: intake_list(s, state=None, before=b).rows),
    "notices": Lead(of_notices, lambda s, _w, b: notices(s, before=b).rows),
    "series": Lead(of_series, lambda s, _w, b: series_page(s, running=False, before=b).rows),
    "people": Lead(of_people, lambda s, _w, b: find_people(s, due_by=TODAY, before=b).rows),
}


@pytest.mark.parametrize("name", LISTS)
def test_a_list_leads_with_what_is_worst_on_every_page(world: World, name: str) -> None:
    one = LISTS[name]
    wanted = list(one.made(world))

    with reading(world.secretary) as session:
        assert by_id(one.listed(session, world, None)) == wanted
        for place, number in enumerate(wanted, 1):
            assert by_id(one.listed(session, world, number)) == wanted[place:]


def test_a_page_after_a_row_that_left_the_list_begins_anew(world: World) -> None:
    item = a_passed_item(world)
    first, second, third = (a_task(world, item) for _ in range(3))
    for days, number in enumerate((first, second, third)):
        written(Task, number, due_on=TODAY + timedelta(days=days))
    written(Task, first, state=TaskState.DONE, result="装好了", done_at=NOW)

    with reading(world.secretary) as session:
        assert by_id(tasks(session, state=TaskState.OPEN, before=first).rows) == [second, third]
        assert by_id(tasks(session, state=TaskState.OPEN, before=10**9).rows) == [second, third]
        assert by_id(tasks(session, state=TaskState.OPEN, before=second).rows) == [third]


def test_the_round_that_waits_longest_is_judged_first(world: World) -> None:
    first, second = (handed_in(world, a_read_project(world)) for _ in range(2))

    with reading(world.secretary) as session:
        assert by_id(acceptances(session, account_id=world.secretary.id)) == [first, second]


def test_programmes_that_run_stand_before_those_that_ended(world: World) -> None:
    actor = cleared(world)
    running, ended = a_programme(actor), a_programme(actor, "暖阳")
    written(Programme, ended, ended_at=NOW)

    with reading(actor) as session:
        assert by_id(programmes(session)) == [running, ended]
