"""需求: write down what a resident asks for, correct it, withdraw it, and handle danger at once."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.actions.doors.visits import door_from, household_at, kept_moment, place_in_reach
from db.actions.fields import chosen, line, telephone, whole, words
from db.actions.life import add_to_life
from db.actions.loading import actor_of, chosen_row, load
from db.actions.needs.answering import owe_answers
from db.actions.needs.finding import found_by, readings_of
from db.actions.needs.stages import set_stage
from db.actions.numbering import next_number
from db.counters import day_of
from db.engine import action
from db.errors import Refused
from db.models import Category, Household, Need, Visit, WeekSignOff
from db.rules.doors.door import DoorInput
from db.rules.lifecycle import may_become
from db.rules.limits import PEOPLE_MOST
from db.rules.masking import redact
from db.rules.needs.input import BY_VISIT, NO_CALLER, CallerInput, NeedInput, OriginInput
from db.rules.needs.register import title_from
from db.rules.permissions import Permission
from db.rules.workdays import week_of
from db.scope import UNSCOPED
from db.terms import AnswerKind, Happening, NeedSource, NeedStage, Reach, Urgency

ARRIVES_LATE = timedelta(minutes=10)
"""What a phone sends later than this after it was written down says in its life when it came in."""


def week_is_signed(session: Session, community_id: int, week: date) -> bool:
    """Whether the register of this week is signed; from then on changes are marked."""
    query = select(WeekSignOff.id).where(WeekSignOff.community_id == community_id, WeekSignOff.week == week)
    return session.execute(query).first() is not None


def _facts(session: Session, given: NeedInput, door: DoorInput) -> dict[str, Any]:
    """The fields that a worker states and may correct, clean, or BadInput at the field."""
    text = words("description", given.description, most=1000)
    # A title goes on agendas and notices: telephone numbers and rooms stay in the description only.
    named = redact(line("title", given.title, most=60, needed=False)) or title_from(redact(text))
    place = place_in_reach(session, door.place_id)
    return {
        "title": named,
        "description": text,
        "category_id": chosen_row(session, Category, "category_id", given.category_id).id,
        "place_id": place.id,
        "building": door_from(replace(door, household_id=None), place).building,
        "reach": chosen("reach", given.reach, list(Reach)),
        "people": whole("people", given.people, least=1, most=PEOPLE_MOST),
        "urgency": chosen("urgency", given.urgency, list(Urgency)),
        "special_group": bool(given.special_group),
        **found_by(named, text, readings_of(session, place.community_id)),
    }


def _asked_by(session: Session, door: DoorInput, visit_id: int | None) -> tuple[Household | None, Visit | None]:
    """Who asks: the household named, else that of the visit, else that of the door; None for an anonymous voice."""
    visit = load(session, Visit, visit_id) if visit_id is not None else None
    household_id = visit.household_id if door.household_id is None and visit is not None else door.household_id
    if household_id is not None:
        return load(session, Household, household_id), visit
    place = place_in_reach(session, door.place_id)
    typed = door_from(door, place)
    if typed.is_household:
        return household_at(session, place, typed), visit
    return None, visit


@action(Permission.LOG_NEED, grouped=True)
def log_need(
    session: Session,
    *,
    given: NeedInput,
    door: DoorInput,
    now: datetime,
    caller: CallerInput = NO_CALLER,
    origin: OriginInput = BY_VISIT,
) -> dict[str, Any]:
    """Store one household's voice. Danger goes straight to HANDLING, due today (红线直办, docs/domain.md 7.2).

    The place of the need is that of the door. What a phone without a network wrote down, within the last seven days,
    belongs to the register of that week while that is open; a week that was signed meanwhile stays as it was signed,
    and the need goes into the register of the week in which it arrives.
    A need logged into this week when it is signed already is marked and counts as registered.
    Returns `id`, `number` and `stage`.
    """
    facts = _facts(session, given, door)
    came_by = chosen("source", origin.source, list(NeedSource))
    name = line("asker_name", caller.asker_name, most=30, needed=False) or None
    phone = telephone("asker_phone", caller.asker_phone)
    place = place_in_reach(session, door.place_id)
    household, visit = _asked_by(session, door, origin.visit_id)
    session.flush()
    today, told_at = day_of(now), kept_moment(now, origin.at)
    # The number comes before the look at the sign-off: its row lock is the one that `sign_week` takes, so that no need
    # slips into a week between the last look and the signature.
    number = next_number(session, place.community_id, "", today.year)
    week = week_of(day_of(told_at))
    late = week_is_signed(session, place.community_id, week)
    if late and week != week_of(today):
        week, late = week_of(today), week_is_signed(session, place.community_id, week_of(today))
    danger = facts["urgency"] is Urgency.SAFETY
    need = Need(
        community_id=place.community_id,
        number=number,
        source=came_by,
        household_id=household.id if household else None,
        restricted=bool((household and household.restricted) or (visit and visit.restricted)),
        visit_id=visit.id if visit else None,
        asker_name=name,
        asker_phone=phone,
        worker_id=actor_of(session).id,
        logged_at=told_at,
        week=week,
        stage=NeedStage.HANDLING if danger else NeedStage.REGISTERED if late else NeedStage.LOGGED,
        stage_since=now,
        changed_after_sign_off=late,
        due_on=today if danger else None,
        **facts,
    )
    session.add(need)
    session.flush()
    arrived = {"arrived": now.isoformat()} if now - told_at > ARRIVES_LATE else {}
    add_to_life(session, need, Happening.LOGGED, now=told_at, source=came_by, after_sign_off=late, **arrived)
    if danger:
        add_to_life(session, need, Happening.HANDLING, now=now)
    return {"id": need.id, "number": need.number, "stage": need.stage.value}


@action(Permission.AMEND_NEED)
def amend_need(
    session: Session,
    *,
    need_id: int,
    version: int,
    given: NeedInput,
    door: DoorInput,
    now: datetime,
) -> list[str]:
    """Correct a need that is still open; the names of the fields that changed. Raises Conflict for an old version.

    After the week was signed the change is marked; words that are replaced stay readable in the thread.
    """
    need = load(session, Need, need_id, version=version, lock=True)
    facts = _facts(session, given, door)
    changed = [name for name, value in facts.items() if getattr(need, name) != value]
    changed_fields = [name for name in changed if name not in ("pinyin", "initials")]
    if not changed_fields:
        return []
    was = {name: getattr(need, name) for name in ("title", "description") if name in changed_fields}
    danger = "urgency" in changed_fields and facts["urgency"] is Urgency.SAFETY
    if danger and need.stage is not NeedStage.HANDLING and not may_become(need.stage, NeedStage.HANDLING):
        raise Refused("danger_too_late")
    for name in changed:
        setattr(need, name, facts[name])
    late = week_is_signed(session, need.community_id, need.week)
    need.changed_after_sign_off = need.changed_after_sign_off or late
    add_to_life(session, need, Happening.AMENDED, now=now, fields=changed_fields, after_sign_off=late, was=was)
    if danger and need.stage is not NeedStage.HANDLING:
        set_stage(session, need, NeedStage.HANDLING, now=now)
        need.due_on = day_of(now)
        add_to_life(session, need, Happening.HANDLING, now=now)
    session.flush()
    return changed_fields


@action(Permission.VOID_NEED)
def void_need(session: Session, *, need_id: int, version: int, reason: str, now: datetime) -> int:
    """作废 with a reason; the row stays. Raises Refused("void_has_voices") while other needs are merged into it."""
    why = words("reason", reason, most=500)
    need = load(session, Need, need_id, version=version, lock=True)
    members = session.execute(
        select(func.count()).select_from(Need).where(Need.merged_into_id == need.id), execution_options=UNSCOPED
    ).scalar_one()
    if members:
        raise Refused("void_has_voices", members=members)
    if week_is_signed(session, need.community_id, need.week):
        need.changed_after_sign_off = True
    set_stage(session, need, NeedStage.VOID, now=now)
    add_to_life(session, need, Happening.VOIDED, now=now, note=why)
    return need.id


@action(Permission.FINISH_HANDLING)
def finish_handling(session: Session, *, need_id: int, version: int, done: str, now: datetime) -> int:
    """The danger is gone: what was done, told to everybody who asked. Returns how many answers are owed."""
    what = words("done", done, most=500)
    need = load(session, Need, need_id, version=version, lock=True)
    add_to_life(session, need, Happening.HANDLED, now=now, note=what)
    return owe_answers(session, need, AnswerKind.HANDLED, what, now=now)
