"""Volunteers, openings, placements, activities."""

import secrets
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select

from db.actions.volunteers.activities import Served, plan_activity, report_activity
from db.actions.volunteers.hours import credit, spells_of
from db.actions.volunteers.placements import accept_placement, recommend_volunteer
from db.actions.volunteers.squads import found_squad
from db.counters import day_of
from db.engine import as_system, carry_out, writing
from db.models import (
    Activity,
    Opening,
    Rota,
    RotaPost,
    ServiceRecord,
    Slot,
    SquadTheme,
    Volunteer,
    VolunteerApplication,
)
from db.rules.permissions import Actor
from db.terms import ActivityKind, ActivityState, Role, VolunteerKind
from tests.builders.world import NOW, TODAY, World, another_actor


def an_opening(world: World, project_id: int, *, places: int = 3, **more: Any) -> int:
    with as_system("test") as session:
        opening = Opening(community_id=world.here, project_id=project_id, title="电工助手", places=places, **more)
        session.add(opening)
        session.flush()
        return opening.id


def a_volunteer(world: World, number: str = "V001", *, account_id: int | None = None, **more: Any) -> int:
    values: dict[str, Any] = {"name": f"志愿者{number}", "kind": VolunteerKind.RESIDENT, "skills": ["电工"]}
    with as_system("test") as session:
        volunteer = Volunteer(
            community_id=world.here, number=number, since=date(2025, 1, 1), account_id=account_id, **values | more
        )
        session.add(volunteer)
        session.flush()
        return volunteer.id


def a_member(world: World, project_id: int, number: str = "V001") -> int:
    """A volunteer in the team of a project."""
    volunteer_id, opening_id = a_volunteer(world, number), an_opening(world, project_id)
    asked = carry_out(world.worker, "", recommend_volunteer, opening_id=opening_id, volunteer_id=volunteer_id)
    carry_out(world.secretary, "", accept_placement, placement_id=asked, version=1)
    return volunteer_id


def a_theme(world: World, name: str = "五水共治") -> int:
    """The theme of that name in the subdistrict's list."""
    with as_system("test") as session:
        theme = session.scalars(select(SquadTheme).where(SquadTheme.name == name)).first()
        if theme is None:
            theme = SquadTheme(subdistrict_id=world.secretary.subdistrict_id, name=name)
            session.add(theme)
            session.flush()
        return theme.id


def a_squad(world: World, name: str = "巡河队") -> int:
    """A squad that nobody leads yet."""
    squad_id: int = carry_out(world.worker, "", found_squad, name=name, theme_id=a_theme(world), now=NOW)
    return squad_id


def a_slot(
    world: World, starts_at: datetime, *, hours: float = 2, title: str = "春运志愿", post: str = "安检口"
) -> int:
    """A slot of a rota of its own."""
    with as_system("test") as session:
        day = day_of(starts_at)
        rota = Rota(
            community_id=world.here, title=title, place="车站", starts_on=day, ends_on=day,
            made_by=world.worker.id, made_at=NOW,
        )  # fmt: skip
        session.add(rota)
        session.flush()
        place = RotaPost(community_id=world.here, rota_id=rota.id, name=post)
        session.add(place)
        session.flush()
        slot = Slot(
            community_id=world.here, rota_id=rota.id, post_id=place.id, on=day, starts_at=starts_at,
            ends_at=starts_at + timedelta(hours=hours), places=5,
        )  # fmt: skip
        session.add(slot)
        session.flush()
        return slot.id


def credit_slot(
    world: World, slot_id: int, volunteer_id: int, minutes: int, *, note: str = "", now: datetime = NOW, sheet: int = 1
) -> int:
    """The hours of a slot as a rota writes them down, by the secretary."""
    with writing(world.secretary, action="test") as session:
        slot, volunteer = session.get_one(Slot, slot_id), session.get_one(Volunteer, volunteer_id)
        there = spells_of(session, [volunteer_id], slot.on).get(volunteer_id, [])
        return credit(session, slot, volunteer, minutes, others=there, note=note, sheet=sheet, now=now)


def an_activity(world: World, project_id: int, on: date = TODAY) -> int:
    planned: int = carry_out(
        world.secretary,
        "",
        plan_activity,
        project_id=project_id,
        title="换灯",
        on=on,
        place="1幢",
        needed=2,
        now=NOW,
    )
    return planned


def report(world: World, activity_id: int, *served: Served, key: str = "", **more: Any) -> int:
    values: dict[str, Any] = {"people_served": 30, "report": "换好 12 盏", "version": 1, "now": NOW}
    minutes: int = carry_out(
        world[Role.TEAM_LEADER], key, report_activity, activity_id=activity_id, served=served, **(values | more)
    )
    return minutes


def a_volunteer_actor(world: World, username: str) -> Actor:
    """A volunteer with an own account."""
    person = another_actor(world, Role.VOLUNTEER, username)
    a_volunteer(world, username, account_id=person.id)
    return person


def an_application(world: World, **more: Any) -> int:
    """A registration that came from the plain page and waits; its id."""
    values: dict[str, Any] = {
        "request_key": f"key-{more.get('phone', '')}-{more.get('name', '')}", "receipt": secrets.token_hex(8),
        "name": "沈月华", "phone": "13812345678", "birth_year": 1968, "skills": ["理发"], "interests": ["elders"],
        "free_slots": ["tue-am", "sat-pm"], "received_at": NOW,
    }  # fmt: skip
    with as_system("test") as session:
        row = VolunteerApplication(community_id=world.here, **(values | more))
        session.add(row)
        session.flush()
        return row.id


def served_hours(world: World, volunteer_id: int, minutes: int = 120, on: date = TODAY) -> int:
    """Confirmed hours of an activity that stands on its own; the record's id."""
    with as_system("test") as session:
        activity = Activity(
            community_id=world.here, kind=ActivityKind.PLANTING, title="滨河植树", on=on, place="河边", needed=2,
            state=ActivityState.DONE,
        )  # fmt: skip
        session.add(activity)
        session.flush()
        record = ServiceRecord(
            community_id=world.here, activity_id=activity.id, volunteer_id=volunteer_id, on=on, minutes=minutes,
            recorded_at=NOW, recorded_by=world.worker.id,
        )  # fmt: skip
        session.add(record)
        session.flush()
        return record.id
