"""公示 and 异议: post what was passed, hear objections, and go on only when none is open."""

import secrets
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.actions.fields import chosen, line, whole, words
from db.actions.life import add_to_life
from db.actions.loading import actor_of, load
from db.actions.needs.agenda import back_to_queue, need_of
from db.actions.needs.stages import set_stage
from db.audit import note
from db.counters import day_of
from db.engine import action
from db.errors import NotPermitted, Refused, WrongStage
from db.models import AgendaItem, Notice, NoticeVersion, Objection
from db.queries.council.notices import TEXTS, holidays, settles_item
from db.rules.council.notice_input import NoticeInput, PostedAnew
from db.rules.lifecycle import may_become
from db.rules.masking import find_personal, public_numbers
from db.rules.permissions import Permission
from db.rules.workdays import CalendarSource, add_working_days, notice_is_over
from db.terms import Happening, ItemState, NeedStage, NoticeState, ObjectionState

PERIODS = (3, 5, 7, 10, 15)
"""Working days that are offered (docs/domain.md 5.6)."""


@action(Permission.POST_NOTICE)
def post_notice(
    session: Session,
    *,
    item_id: int,
    title: str,
    body: str,
    working_days: int | None,
    where_posted: str,
    objection_contact: str,
    personal_checked: bool = False,
    now: datetime,
) -> dict[str, str]:
    """Post a passed item from today on; its need is in notice until the period is over.

    Raises Refused("personal_in_notice") when title or body hold a telephone, an identity number or a room, unless
    `personal_checked` says that a person looked at them; numbers of `objection_contact` are public.
    """
    item = load(session, AgendaItem, item_id, lock=True)
    if item.state is not ItemState.PASSED:
        raise WrongStage(what="agenda_item", stage=item.state, permission=Permission.POST_NOTICE)
    contact = line("objection_contact", objection_contact, most=200)
    heading, text = line("title", title, most=100), words("body", body, most=2000)
    days = whole("working_days", working_days, least=1, most=30)
    place = line("where_posted", where_posted, most=200)
    if session.scalar(select(Notice.id).where(Notice.item_id == item.id, settles_item())) is not None:
        raise Refused("notice_exists")
    _nobody_named(heading, text, contact, checked=personal_checked)
    end = add_working_days(day_of(now), days, holidays(session))
    need = need_of(session, item)
    if need is not None:
        set_stage(session, need, NeedStage.NOTICE, now=now)
        add_to_life(session, need, Happening.NOTICE_POSTED, now=now, ends_on=end.ends_on.isoformat())
    notice = Notice(
        community_id=item.community_id,
        item_id=item.id,
        title=heading,
        body=text,
        posted_on=day_of(now),
        working_days=days,
        ends_on=end.ends_on,
        approximate=end.counted_by is CalendarSource.APPROXIMATE,
        where_posted=place,
        objection_contact=contact,
    )
    session.add(notice)
    session.flush()
    return {"notice_id": str(notice.id), "ends_on": end.ends_on.isoformat()}


def _nobody_named(heading: str, text: str, contact: str, *, checked: bool) -> None:
    found = [*find_personal(heading), *find_personal(text, allowed=public_numbers(contact))]
    if found and not checked:
        raise Refused("personal_in_notice", found="、".join(finding.masked for finding in found[:5]))


@action(Permission.POST_NOTICE)
def correct_notice(
    session: Session,
    *,
    notice_id: int,
    version: int,
    given: NoticeInput,
    reason: str,
    now: datetime,
) -> dict[str, str]:
    """Put other words up in the place of those that hang: the old version is kept, and the period begins anew.

    Whoever read the old words could not object to the new ones, so every version hangs for all of its working days.
    Raises Refused("notice_same"), Refused("notice_over") and, like `post_notice`, Refused("personal_in_notice").
    """
    notice = load(session, Notice, notice_id, version=version, lock=True)
    if notice.state is not NoticeState.RUNNING:
        raise WrongStage(what="notice", stage=notice.state, permission=Permission.POST_NOTICE)
    wanted = {
        "title": line("title", given.title, most=100),
        "body": words("body", given.body, most=2000),
        "where_posted": line("where_posted", given.where_posted, most=200),
        "objection_contact": line("objection_contact", given.objection_contact, most=200),
    }
    why = line("reason", reason, most=200)
    if notice_is_over(day_of(now), notice.ends_on):
        raise Refused("notice_over", ends_on=notice.ends_on)
    hung = {name: getattr(notice, name) for name in wanted}
    if wanted == hung:
        raise Refused("notice_same")
    _nobody_named(wanted["title"], wanted["body"], wanted["objection_contact"], checked=given.personal_checked)
    return {"ends_on": _hang_anew(session, notice, wanted, why, now)}


def _hang_anew(session: Session, notice: Notice, wanted: dict[str, str], why: str, now: datetime) -> str:
    """Keep what hangs as an old version, put other words in its place, begin the period anew; its last day."""
    last = session.scalar(select(func.max(NoticeVersion.number)).where(NoticeVersion.notice_id == notice.id))
    session.add(
        NoticeVersion(
            community_id=notice.community_id,
            notice_id=notice.id,
            number=(last or 0) + 1,
            **{name: getattr(notice, name) for name in TEXTS},
            posted_on=notice.posted_on,
            ends_on=notice.ends_on,
            reason=why,
            replaced_at=now,
            replaced_by=actor_of(session).id,
        )
    )
    end = add_working_days(day_of(now), notice.working_days, holidays(session))
    for name, text in wanted.items():
        setattr(notice, name, text)
    notice.posted_on, notice.ends_on = day_of(now), end.ends_on
    notice.approximate = end.counted_by is CalendarSource.APPROXIMATE
    need = need_of(session, load(session, AgendaItem, notice.item_id))
    if need is not None:
        add_to_life(session, need, Happening.NOTICE_CORRECTED, now=now, note=why, ends_on=end.ends_on.isoformat())
    return end.ends_on.isoformat()


@action(Permission.POST_NOTICE)
def withdraw_notice(session: Session, *, notice_id: int, version: int, reason: str, now: datetime) -> int:
    """Take a running notice down for its own faults, with the reason; its item waits to be posted again.

    What was objected is answered first: Refused("objections_open").
    """
    notice = load(session, Notice, notice_id, version=version, lock=True)
    if notice.state is not NoticeState.RUNNING:
        raise WrongStage(what="notice", stage=notice.state, permission=Permission.POST_NOTICE)
    why = line("reason", reason, most=200)
    _all_answered(session, notice)
    notice.state, notice.finished_at, notice.withdrawn_reason = NoticeState.WITHDRAWN, now, why
    need = need_of(session, load(session, AgendaItem, notice.item_id))
    if need is not None:
        set_stage(session, need, NeedStage.ON_AGENDA, now=now)
        add_to_life(session, need, Happening.NOTICE_WITHDRAWN, now=now, note=why)
    return notice.id


def _all_answered(session: Session, notice: Notice) -> None:
    waiting = session.scalars(
        select(Objection.id).where(Objection.notice_id == notice.id, Objection.state == ObjectionState.OPEN)
    ).all()
    if waiting:
        raise Refused("objections_open", count=len(waiting))


@action(Permission.RECEIVE_OBJECTION)
def receive_objection(
    session: Session, *, notice_id: int, objector: str, contact: str, matter: str, now: datetime
) -> int:
    """Write down an objection in a resident's own name, until the last day of the notice. The id."""
    notice = load(session, Notice, notice_id, lock=True)
    who, where = line("objector", objector, most=60), line("contact", contact, most=100)
    what = words("matter", matter, most=500)
    if notice.state is not NoticeState.RUNNING or notice_is_over(day_of(now), notice.ends_on):
        raise Refused("notice_over", ends_on=notice.ends_on)
    objection = Objection(
        community_id=notice.community_id,
        notice_id=notice.id,
        objector=who,
        contact=where,
        matter=what,
        received_at=now,
        received_by=actor_of(session).id,
    )
    session.add(objection)
    session.flush()
    need = need_of(session, load(session, AgendaItem, notice.item_id))
    if need is not None:
        add_to_life(session, need, Happening.OBJECTION, now=now)
    return objection.id


@action(Permission.HANDLE_OBJECTION)
def handle_objection(
    session: Session,
    *,
    objection_id: int,
    version: int,
    result: ObjectionState | None,
    answer: str,
    plan: str = "",
    anew: PostedAnew | None = None,
    now: datetime,
) -> dict[str, str]:
    """Answer an objection: the result stands, the plan changes, or the council votes again.

    A changed plan is written down as it now reads and kept beside the former one; what was voted on stays in the
    item. With `anew` the notice of the changed plan hangs from today on for all of its days; what hung before is kept.
    A second vote takes the notice down, and the need waits for the next meeting. Raises Refused("plan_same") and, with
    `anew`, Refused("personal_in_notice").
    """
    objection = load(session, Objection, objection_id, version=version, lock=True)
    way = chosen("result", result, (ObjectionState.UPHELD, ObjectionState.CHANGED, ObjectionState.REVOTE))
    text = words("answer", answer, most=500)
    if not may_become(objection.state, way):
        raise WrongStage(what="objection", stage=objection.state, permission=Permission.HANDLE_OBJECTION)
    notice = load(session, Notice, objection.notice_id, lock=True)
    item = load(session, AgendaItem, notice.item_id)
    if way is ObjectionState.CHANGED:
        _change_plan(session, objection, item, words("plan", plan, most=1000))
        if anew is not None:
            _post_changed(session, notice, anew, now)
    objection.state, objection.answer = way, text
    objection.handled_at, objection.handled_by = now, actor_of(session).id
    need = need_of(session, item)
    if need is not None:
        add_to_life(session, need, Happening.OBJECTION_HANDLED, now=now, note=text, result=way)
    if way is ObjectionState.REVOTE and notice.state is NoticeState.RUNNING:
        notice.state, notice.finished_at = NoticeState.WITHDRAWN, now
        back_to_queue(session, item, now=now, note=text)
    return {"result": way.value}


def _post_changed(session: Session, notice: Notice, anew: PostedAnew, now: datetime) -> None:
    """Hang the changed plan for a period of its own; a notice that was taken down hangs no more."""
    if notice.state is not NoticeState.RUNNING:
        raise WrongStage(what="notice", stage=notice.state, permission=Permission.POST_NOTICE)
    actor = actor_of(session)
    if not actor.may(Permission.POST_NOTICE):
        raise NotPermitted(permission=Permission.POST_NOTICE, role=actor.role)
    body, why = words("plan", anew.body, most=2000), line("reason", anew.reason, most=200)
    _nobody_named(notice.title, body, notice.objection_contact, checked=anew.personal_checked)
    _hang_anew(session, notice, {"body": body}, why, now)


def _change_plan(session: Session, objection: Objection, item: AgendaItem, plan: str) -> None:
    """The next version of the plan, after the one of the objection that changed it last."""
    last = session.scalar(
        select(Objection.plan_after)
        .where(Objection.notice_id == objection.notice_id, Objection.plan_after != "")
        .order_by(Objection.handled_at.desc(), Objection.id.desc())
        .limit(1)
    )
    before = last or item.motion
    if plan == before:
        raise Refused("plan_same")
    objection.plan_before, objection.plan_after = before, plan


@action(Permission.UNMASK)
def see_objector(session: Session, *, objection_id: int, reason: str) -> str:
    """Allow one look at who objected and how to reach them; the token of the trace, which the look must show.

    The values are not returned: what an action returns is kept with its request key.
    """
    why = line("reason", reason, most=200)
    objection, token = load(session, Objection, objection_id), secrets.token_urlsafe(16)
    looked = {"name": (None, None), "phone": (None, None), "look": (None, token)}
    note(session, objection, "read", looked, reason=why)
    return token


@action(Permission.POST_NOTICE)
def finish_notice(session: Session, *, notice_id: int, version: int, now: datetime) -> int:
    """End a notice that has run its last day without an open objection; its need can become a project.

    Raises Refused("notice_running") or Refused("objections_open").
    """
    notice = load(session, Notice, notice_id, version=version, lock=True)
    if notice.state is not NoticeState.RUNNING:
        raise WrongStage(what="notice", stage=notice.state, permission=Permission.POST_NOTICE)
    _all_answered(session, notice)
    if not notice_is_over(day_of(now), notice.ends_on):
        raise Refused("notice_running", ends_on=notice.ends_on)
    notice.state, notice.finished_at = NoticeState.FINISHED, now
    item = load(session, AgendaItem, notice.item_id)
    need = need_of(session, item)
    if need is not None:
        set_stage(session, need, NeedStage.TO_PROJECT, now=now)
        add_to_life(session, need, Happening.NOTICE_FINISHED, now=now)
    return notice.id
