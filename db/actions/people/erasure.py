"""删除: a person's data is wiped wherever it stands; counts, numbers and threads stay true.

Wiped: the record with everything merged into it, sensitive facts, the wish in a programme, who asked in needs, orders,
complaints and incoming messages, and name and telephone wherever they occur in the words kept about the household
(docs/decisions/0017-erasure.md).
"""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import delete, inspect, select
from sqlalchemy.orm import Session
from sqlalchemy.types import JSON

from db.actions.fields import line
from db.actions.loading import actor_of
from db.actions.needs.finding import found_by, readings_of
from db.actions.needs.needs import week_is_signed
from db.actions.people.consents import end_memberships, living_person, wipe_facts
from db.audit import UNAUDITED
from db.counters import day_of
from db.engine import action, sweep_after_commit
from db.models import (
    Account,
    ActivityParticipant,
    ActivityQuote,
    Complaint,
    Consent,
    Draft,
    Erasure,
    EscortPair,
    Intake,
    Mediation,
    MediationAction,
    MediationParty,
    Member,
    MemberEvent,
    Model,
    Need,
    Objection,
    Order,
    Person,
    Screening,
    Visit,
)
from db.models.types import Encrypted, TextMark
from db.rules.people.erasing import Known, scrubbed
from db.rules.permissions import Permission
from db.scope import UNSCOPED
from db.terms import MemberChange, MemberLink

ASKED: tuple[Any, ...] = (Need, Order, Complaint, Intake)
"""What somebody asked for, with a name and a telephone of its own."""
WIPED_BY_NAME = frozenset({"person"})
"""Every column of it that says who somebody was is emptied below, whatever it holds."""
NOT_SCRUBBED = WIPED_BY_NAME | {
    *("agenda_item", "ballot", "topic"),  # Records of decisions, which name no resident by rule.
    *(
        "programme_member",
        "person_merge",
        "household_merge",
        "erasure",
        "imported_row",
    ),  # Aliases, numbers and counts alone.
}
WORDS = frozenset({TextMark.SAID, TextMark.PUBLIC})
"""Official wording is looked through as well, where it stands beside what was said."""
AT_ONCE = 500


@action(Permission.ERASE_PERSON)
def erase_person(session: Session, *, person_id: int, reason: str, now: datetime) -> dict[str, Any]:
    """Wipe everything that says who this was. Returns the `id` of the erasure and `wiped`: table -> rows.

    Raises Refused("person_erased").
    """
    why = line("reason", reason, most=200)
    person = living_person(session, person_id, lock=True)
    merged = session.scalars(select(Person).where(Person.merged_into_id == person.id).with_for_update()).all()
    records = [person, *merged]
    known = Known.of((one.name for one in records), (one.phone for one in records))
    ids = [one.id for one in records]
    wiped: Counter[str] = Counter()
    _unlink_members(session, ids, now)
    found = _what_they_asked(session, {one.household_id for one in records}, known, wiped)
    found["consent"] = set(session.scalars(select(Consent.id).where(Consent.person_id.in_(ids))))
    for quote in session.scalars(select(ActivityQuote).where(ActivityQuote.consent_id.in_(found["consent"]))):
        quote.words, quote.called = "", ""
        wiped["activity_quote"] += 1
    _wipe_activities(session, person.community_id, ids, known, wiped)
    _scrub_all(session, found | {"person": set(ids)}, known, wiped)
    for one in records:
        one.name, one.phone, one.phone_index, one.relation = "", None, None, ""
        one.keep_until, one.erased_at = None, now
        wiped["person"] += 1
        if facts := wipe_facts(session, person_id=one.id, now=now):
            wiped["sensitive_fact"] += facts
        end_memberships(session, person_id=one.id, now=now)
    for consent in session.scalars(select(Consent).where(Consent.person_id.in_(ids), Consent.withdrawn_on.is_(None))):
        consent.withdrawn_on, consent.withdrawn_reason = day_of(now), "资料删除"
    wiped["draft"] += _forget_drafts(session, person.community_id, known)
    row = Erasure(
        community_id=person.community_id,
        person_id=person.id,
        reason=scrubbed(why, known),
        wiped={table: count for table, count in sorted(wiped.items()) if count},
        done_by=actor_of(session).id,
        done_at=now,
    )
    session.add(row)
    session.flush()
    sweep_after_commit(session, *(set(row.wiped) | {"person", "programme_member"}))
    return {"id": row.id, "wiped": row.wiped}


def _unlink_members(session: Session, person_ids: list[int], now: datetime) -> None:
    """The roll of party members stands on a ground of its own: it keeps its entry and no longer says who is behind it
    among the residents. The roll is erased by itself (`db.actions.members.keeping`).
    """
    for member in session.scalars(select(Member).where(Member.person_id.in_(person_ids))):
        member.person_id = None
        session.add(
            MemberEvent(
                community_id=member.community_id, member_id=member.id, kind=MemberChange.UNLINKED, on=day_of(now),
                before=MemberLink.PERSON.value, at=now, by=actor_of(session).id,
            )
        )  # fmt: skip
    session.flush()


def _wipe_activities(session: Session, home: int, ids: list[int], known: Known, wiped: Counter[str]) -> None:
    """Sign-ups and outings, those of sensitive groups, too, which whoever erases may not see: a place is left, nobody
    in it. The same telephone tells who it was where no record is linked.
    """
    seats = select(ActivityParticipant).where(
        ActivityParticipant.community_id == home, ActivityParticipant.name.is_not(None)
    )
    for seat in session.scalars(seats.execution_options(yield_per=AT_ONCE), execution_options=UNSCOPED):
        if seat.person_id in ids or known.is_phone(seat.phone or ""):
            seat.name, seat.name_index, seat.phone, seat.phone_index, seat.guardian = None, None, None, None, None
            wiped["activity_participant"] += 1
    for pair in session.scalars(select(EscortPair).where(EscortPair.person_id.in_(ids)), execution_options=UNSCOPED):
        pair.elder_name, pair.alias, pair.contact_name, pair.contact_phone = None, "", None, None
        wiped["escort_pair"] += 1
    session.flush()


def _what_they_asked(session: Session, households: set[int], known: Known, wiped: Counter[str]) -> dict[str, set[int]]:
    """Rows of the household, and rows elsewhere with the same telephone; who asked is wiped where it was this person.

    An encrypted number cannot be looked up, so every row of the community that has one is opened once.
    """
    found: dict[str, set[int]] = {"household": set(households)}
    mine = Visit.household_id.in_(households)
    found["visit"] = set(session.scalars(select(Visit.id).where(mine)))
    for model in ASKED:
        its: set[int] = set()
        named = model.asker_name.is_not(None) | model.asker_phone.is_not(None)
        at_home = model.household_id.in_(households) if model is not Intake else _of_those(found)
        if model is Order:
            named = named | Order.emergency_contact.is_not(None)
        rows = session.scalars(
            select(model).where(named | at_home).order_by(model.id).execution_options(yield_per=AT_ONCE)
        )
        for row in rows:
            home = model is not Intake and row.household_id in households
            if _was_asked_by(row, known, home=home or (model is Intake and _is_of(row, found))):
                row.asker_name, row.asker_phone = None, None
                wiped[model.__tablename__] += 1
                its.add(row.id)
            if model is Order and known.is_phone(row.emergency_contact or ""):
                row.emergency_contact = None
                its.add(row.id)
            if home or (model is Intake and _is_of(row, found)):
                its.add(row.id)
        session.flush()
        found[model.__tablename__] = its
    found |= _where_they_sat(session, found, known)
    return found


def _where_they_sat(session: Session, found: dict[str, set[int]], known: Known) -> dict[str, set[int]]:
    """Disputes that grew out of what they asked, or at whose table they sat, with what was agreed there; how their
    needs were scored; objections in their name. The same telephone tells who it was, as above.
    """
    from_complaints = select(Complaint.mediation_id).where(Complaint.id.in_(found["complaint"]))
    own = Mediation.id.in_(from_complaints) | Mediation.need_id.in_(found["need"])
    tables = set(session.scalars(select(Mediation.id).where(own)))
    parties = session.execute(select(MediationParty.mediation_id, MediationParty.contact))
    tables |= {row.mediation_id for row in parties if known.is_phone(row.contact or "")}
    scored = session.scalars(select(Screening.id).where(Screening.need_id.in_(found["need"])))
    agreed = session.scalars(select(MediationAction.id).where(MediationAction.mediation_id.in_(tables)))
    objections = session.execute(select(Objection.id, Objection.contact))
    return {
        "screening": set(scored),
        "mediation": tables,
        "mediation_action": set(agreed),
        "objection": {row.id for row in objections if known.is_phone(row.contact or "")},
    }


def _of_those(found: dict[str, set[int]]) -> Any:
    return (
        Intake.need_id.in_(found["need"])
        | Intake.order_id.in_(found["service_order"])
        | Intake.complaint_id.in_(found["complaint"])
    )


def _is_of(row: Any, found: dict[str, set[int]]) -> bool:
    return (
        row.need_id in found["need"] or row.order_id in found["service_order"] or row.complaint_id in found["complaint"]
    )


def _was_asked_by(row: Any, known: Known, *, home: bool) -> bool:
    """The same telephone anywhere, or the same name from the same door."""
    return known.is_phone(row.asker_phone or "") or (home and known.is_name(row.asker_name or ""))


def _scrub_all(session: Session, found: dict[str, set[int]], known: Known, wiped: Counter[str]) -> None:
    """Name and telephone out of the words of these rows and of every row that belongs to one of them."""
    for mapper in Model.registry.mappers:
        model: Any = mapper.class_
        table = str(model.__tablename__)
        if table in NOT_SCRUBBED:
            continue
        belongs = [
            column for column in mapper.columns for key in column.foreign_keys if found.get(key.column.table.name)
        ]
        criteria = [
            getattr(model, mapper.get_property_by_column(column).key).in_(found[_target(column)]) for column in belongs
        ]
        if found.get(table):
            criteria.append(model.id.in_(found[table]))
        texts = _texts(model)
        for criterion in criteria if texts else ():
            for row in session.scalars(select(model).where(criterion)):
                wiped[table] += _scrub(session, row, texts, known)
    session.flush()


def _target(column: Any) -> str:
    (key,) = column.foreign_keys
    return str(key.column.table.name)


def _texts(model: Any) -> list[str]:
    """Columns in which somebody may have written a name."""
    found = []
    for attribute in inspect(model).column_attrs:
        column = attribute.columns[0]
        kind = column.type
        if isinstance(kind, Encrypted | JSON) or column.info.get("text") in WORDS:
            found.append(attribute.key)
    return found


def _scrub(session: Session, row: Any, texts: Iterable[str], known: Known) -> int:
    touched = False
    signed_words = (row.title, row.description) if isinstance(row, Need) else None
    for name in texts:
        before = getattr(row, name)
        after = scrubbed(before, known)
        if after != before:
            setattr(row, name, after)
            touched = True
    if touched and isinstance(row, Need):
        for name, key in found_by(row.title, row.description, readings_of(session, row.community_id)).items():
            setattr(row, name, key)
        if (row.title, row.description) != signed_words and week_is_signed(session, row.community_id, row.week):
            row.changed_after_sign_off = True  # What was signed is no longer there, and the register says so.
    return int(touched)


def _forget_drafts(session: Session, community_id: int, known: Known) -> int:
    """What a colleague had typed when the sign-in ended, if it holds the name or the number."""
    drafts = session.execute(
        select(Draft.id, Draft.typed)
        .join(Account, Account.id == Draft.account_id)
        .where(Account.community_id == community_id)
    ).all()
    gone = [draft.id for draft in drafts if scrubbed(draft.typed, known) != draft.typed]
    if gone:
        session.execute(delete(Draft).where(Draft.id.in_(gone)), execution_options=UNAUDITED)
    return len(gone)
