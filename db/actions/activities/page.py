"""What people do on the plain page of an activity, without an account: sign up once, and cancel what was their own."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from db.actions import fields
from db.actions.activities.sign_ups import code_index, enter, let_go
from db.counters import day_of
from db.engine import as_system
from db.errors import BadInput, NotFound, Problem, Refused
from db.models import Activity, ActivityParticipant, blind_index
from db.rules.activities.input import SignUpInput
from db.rules.printed_code import RECEIPT, understood
from db.terms import ActivityState, SignUpWay
from db.trouble import again


@dataclass(frozen=True, slots=True)
class PageSignUp:
    """What the form held, as it was typed; `key` was made when the form was drawn."""

    key: str
    name: str
    phone: str
    children: int | None = 0


def sign_up_alone(code: str, given: PageSignUp, *, now: datetime) -> str:
    """Sign up by the code of an activity; the receipt. The same form sent twice signs up once.

    Raises BadInput at the field, Refused: sign_up_unknown, sign_up_closed, signed_up_already.
    """

    def work() -> str:
        with as_system("sign-up on a plain page") as session:
            return _sign_up(session, code, given, now)

    return again(work, IntegrityError)


def _sign_up(session: Session, code: str, given: PageSignUp, now: datetime) -> str:
    meant = understood(code)
    if meant is None:
        raise Refused("sign_up_unknown")
    query = select(Activity).where(Activity.code_index == code_index(meant)).with_for_update()
    activity = session.scalars(query).one_or_none()
    if activity is None:
        raise Refused("sign_up_unknown")
    key = blind_index(f"activity:{activity.id}:{given.key}")
    stored: str | None = session.scalar(
        select(ActivityParticipant.receipt).where(ActivityParticipant.request_key == key)
    )
    if stored is not None:
        return stored
    if activity.state is not ActivityState.PLANNED or activity.on < day_of(now):
        raise Refused("sign_up_closed")
    if not fields.line("phone", given.phone, most=60, needed=False):
        raise BadInput("phone", Problem.EMPTY)
    typed = SignUpInput(name=given.name, phone=given.phone, children=given.children)
    return enter(session, activity, typed, way=SignUpWay.PAGE, by=None, now=now, request_key=key).receipt


def cancel_alone(receipt: str, *, now: datetime) -> None:
    """Cancel the own sign-up; a second press is harmless. Raises NotFound, Refused("sign_up_came")."""

    def work() -> None:
        with as_system("cancelling a sign-up on a plain page") as session:
            meant = understood(receipt, RECEIPT)
            seen = select(ActivityParticipant.activity_id).where(ActivityParticipant.receipt == (meant or ""))
            activity_id = session.scalar(seen)
            if meant is None or activity_id is None:
                raise NotFound(what="activity_participant", id=0)
            # The activity before its people, as everybody holds them.
            activity = session.scalars(select(Activity).where(Activity.id == activity_id).with_for_update()).one()
            its = select(ActivityParticipant).where(ActivityParticipant.receipt == meant).with_for_update()
            row = session.scalars(its).one()
            try:
                let_go(session, activity, row, now=now)
            except Refused as refused:
                if refused.rule != "sign_up_over":
                    raise

    again(work)
