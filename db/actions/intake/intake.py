"""扫码来件: what a worker makes of a message from a plain page: a need, an order, a complaint, or nothing."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.actions.complaints.complaints import log_complaint
from db.actions.fields import chosen, line
from db.actions.loading import actor_of, load
from db.actions.needs.needs import log_need
from db.actions.orders.orders import place_order
from db.actions.photos import move_photos
from db.audit import note as audit_note
from db.engine import action
from db.errors import Refused
from db.models import Complaint, Intake, Model, Need, Order, Poster, ThreadEntry
from db.rules.complaints.input import ComplaintInput
from db.rules.doors.door import DoorInput, tidy_door
from db.rules.intake.input import IntakeInput
from db.rules.intake.intake import door_of
from db.rules.needs.input import CallerInput, NeedInput, OriginInput
from db.rules.orders.input import OrderInput
from db.rules.permissions import Permission
from db.terms import IntakeResult, IntakeState, NeedSource, OrderChannel, PosterKind

TARGETS: dict[IntakeResult, tuple[str, type[Model]]] = {
    IntakeResult.NEED: ("need_id", Need),
    IntakeResult.ORDER: ("order_id", Order),
    IntakeResult.COMPLAINT: ("complaint_id", Complaint),
}


def _waiting(session: Session, intake_id: int, version: int) -> Intake:
    """The message, held against whoever else decides it in this moment. Raises Refused("intake_decided")."""
    intake = load(session, Intake, intake_id, lock=True)
    if intake.state is not IntakeState.WAITING:
        raise Refused("intake_decided", state=intake.state)
    return load(session, Intake, intake_id, version=version)


@action(Permission.DECIDE_INTAKE)
def take_intake(
    session: Session,
    *,
    intake_id: int,
    version: int,
    result: IntakeResult | None,
    now: datetime,
    given: IntakeInput,
) -> dict[str, Any]:
    """Make a need, an order or a complaint of a message: {"result", "id", "number"}.

    The description is what the worker understood (the note of an order); name, telephone, door and photos of the sender
    go over without passing the worker's screen. Raises Refused("intake_decided") when a colleague was faster.
    """
    what = chosen("result", result, list(IntakeResult))
    intake = _waiting(session, intake_id, version)
    poster = load(session, Poster, intake.poster_id)
    door = door_of(intake.where_text)
    house = line("building", given.building, most=20, needed=False)
    same = not house or tidy_door(house, "", "").building == door.building
    common: dict[str, Any] = {
        "door": DoorInput(
            place_id=given.place_id,
            building=door.building if same else house,
            stairwell=door.stairwell if same else "",
            room=door.room if same else "",
        ),
        "caller": CallerInput(intake.asker_name or "", intake.asker_phone or ""),
        "now": now,
    }
    source = NeedSource.RIDER if intake.kind is PosterKind.REPORT else NeedSource.OTHER
    if what is IntakeResult.NEED:
        made = log_need(
            session,
            given=NeedInput(given.description, given.category_id, given.reach, given.people, given.urgency),
            origin=OriginInput(source),
            **common,
        )
        _say_where_from(session, made["id"], poster.name)
    elif what is IntakeResult.ORDER:
        made = place_order(
            session,
            given=OrderInput(
                given.service_id,
                OrderChannel.POSTER,
                wanted_on=given.wanted_on,
                wanted_time=given.wanted_time,
                note=given.description,
                caution=given.caution,
            ),
            **common,
        )
    else:
        made = log_complaint(session, given=ComplaintInput(given.description, source, given.category_id), **common)
    name, model = TARGETS[what]
    setattr(intake, name, made["id"])
    _decided(session, intake, IntakeState.TAKEN, now)
    intake.result = what
    session.flush()
    move_photos(session, intake.id, name, load(session, model, made["id"]))
    return {"result": what.value, "id": made["id"], "number": made["number"]}


def _say_where_from(session: Session, need_id: int, poster: str) -> None:
    first = select(ThreadEntry).where(ThreadEntry.need_id == need_id).order_by(ThreadEntry.id).limit(1)
    session.flush()
    entry = session.scalars(first).one()
    entry.note = f"扫码来件：{poster}"


def _decided(session: Session, intake: Intake, state: IntakeState, now: datetime) -> None:
    intake.state, intake.decided_by, intake.decided_at = state, actor_of(session).id, now


@action(Permission.DECIDE_INTAKE)
def refuse_intake(session: Session, *, intake_id: int, version: int, reason: str, now: datetime) -> int:
    """不受理: the sender reads the reason under the receipt, so it holds no names; the message's id."""
    why = line("reason", reason, most=200)
    intake = _waiting(session, intake_id, version)
    intake.reason = why
    _decided(session, intake, IntakeState.REFUSED, now)
    session.flush()
    return intake.id


@action(Permission.DECIDE_INTAKE)
def unmask_intake(session: Session, *, intake_id: int, reason: str) -> int:
    """Allow this person one look at who sent a message; the trace is in the audit log. The message's id.

    The values themselves are not returned: what an action returns is kept with its request key.
    """
    why = line("reason", reason, most=200)
    intake = load(session, Intake, intake_id)
    if intake.wiped_at is not None:
        raise Refused("intake_wiped")
    seen = dict.fromkeys(("what", "where_text", "asker_name", "asker_phone"), (None, None))
    audit_note(session, intake, "read", seen, reason=why)
    return intake.id
