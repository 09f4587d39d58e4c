"""What each kind of file becomes: households with their people, needs, volunteers, members, visits, complaints."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import func, select, update

from db.actions.complaints.complaints import log_complaint
from db.actions.imports.doors import Doors, chunks, settle_doors
from db.actions.imports.party import store_party_members
from db.actions.imports.store import Store
from db.actions.imports.units import store_units
from db.actions.imports.venues import store_venues
from db.actions.loading import actor_of, load
from db.actions.needs.finding import found_by, readings_of
from db.actions.numbering import next_numbers
from db.audit import guarded
from db.errors import BadInput, Problem, Refused
from db.models import (
    Body,
    BodyMember,
    Complaint,
    ComplaintStep,
    Need,
    Person,
    ThreadEntry,
    Visit,
    Volunteer,
    WeekSignOff,
    blind_index,
    name_index,
)
from db.rules.complaints.input import ComplaintInput
from db.rules.doors.door import DoorInput
from db.rules.imports.names import one_dot
from db.rules.masking import redact
from db.rules.needs.input import CallerInput
from db.rules.needs.register import title_from
from db.rules.people.doubles import digits_of, tidy_name
from db.rules.phone import Telephone
from db.rules.readings import Reading
from db.rules.workdays import week_of
from db.rules.zone import CHINA
from db.scope import UNSCOPED
from db.terms import Happening, ImportKind, NeedSource, NeedStage, Reach, Urgency

Rows = Sequence[dict[str, Any]]


_NUMBER = r"[\d零〇○一二三四五六七八九十百两幺壹贰叁肆伍陆柒捌玖]"
_NUMBERS = re.compile(_NUMBER)
_DOOR_WORD = re.compile(rf"[室\-－‐‑–—―−#＃]|[幢栋座号弄元][^{_NUMBER[1:-1]}]*{_NUMBER}")
"""Without one of these no room is found: its word, a dash, or a house or stairwell with a number behind it."""
LEAST_NUMBER = 7
"""Characters of the shortest telephone number."""


def public(text: str) -> str:
    """As `redact`, for many: hardly any row has what would have to go, and to see that is fifty times as quick."""
    if not text:
        return text
    numbers = len(_NUMBERS.findall(text))
    if not numbers or (numbers < LEAST_NUMBER and not _DOOR_WORD.search(text)):
        return text
    return redact(text)


def _called(row: dict[str, Any]) -> str | None:
    """The telephone number of a row with what is said beside it, as it is kept; None for none."""
    return str(Telephone(row["phone"], row["phone_remark"])) if row["phone"] else None


def _when(day: date | None, store: Store) -> tuple[date, datetime]:
    """The week in whose register a row stands, and its moment; the same objects for all rows of a day."""
    if day not in store.days:
        store.days[day] = week_of(day or store.today), at_noon(day, store)
    return store.days[day]


def at_noon(day: date | None, store: Store) -> datetime:
    """The moment of a row: now for today, noon of a day gone by."""
    return store.now if day is None or day == store.today else datetime.combine(day, time(12), CHINA)


# --- households ---------------------------------------------------------------------------------------


def store_households(store: Store, rows: Rows, **_more: Any) -> None:
    """A door that is known already stays as it is; several rows of one new door are the people of one household."""
    doors = Doors(store, rows)
    people: set[tuple[int, str, str]] = set()
    for number, row in enumerate(rows):
        door = doors.at(number, row, kind=row["kind"], door_note=public(row["door_note"]))
        if door is None or not door.ours:
            store.known += 1
            continue
        name, phone = row["name"], row["phone"]
        if name and (door.id, name, phone) not in people:
            people.add((door.id, name, phone))
            store.add(
                Person,
                household_id=door.id,
                name=name,
                phone=_called(row),
                phone_index=blind_index(digits_of(phone)) if phone else None,
                name_index=name_index(name),
                relation=row["relation"],
            )
        store.room()


# --- needs --------------------------------------------------------------------------------------------


def store_needs(store: Store, rows: Rows, **_more: Any) -> None:
    """Each row is one voice, in the register of its week; danger goes straight to HANDLING, as when it is typed."""
    session, home = store.session, store.community_id
    doors = Doors(store, rows)
    doors.must_be_open()
    # The numbers come first: their row lock is the one that `sign_week` takes. The running year goes first in every
    # transaction, so that two writers never wait for each other.
    years = Counter((row["on"] or store.today).year for row in rows)
    order = sorted(years, key=lambda year: (year != store.today.year, year))
    numbers = {year: iter(next_numbers(session, home, "", year, years[year])) for year in order}
    signed = set(session.scalars(select(WeekSignOff.week).where(WeekSignOff.community_id == home)))
    me = actor_of(session).id
    readings = readings_of(session, home)
    facts: dict[Any, dict[str, Any]] = {}
    for at, row in enumerate(rows):
        door = doors.at(at, row)
        need = _need(store, row, signed, next(numbers[(row["on"] or store.today).year]), me, readings)
        need["household_id"] = door.id if door else None
        need["restricted"] = door is not None and door.restricted
        number = store.add(Need, **need)
        late, stage, source = need["changed_after_sign_off"], need["stage"], need["source"]
        # The very same object for all that came alike: it is written as JSON once.
        fact = facts.get((source, late)) or facts.setdefault((source, late), {"source": source, "after_sign_off": late})
        _tell(store, number, me, Happening.LOGGED, fact)
        if stage is NeedStage.HANDLING:
            _tell(store, number, me, Happening.HANDLING, {})
        store.room()


def _need(
    store: Store, row: dict[str, Any], signed: set[date], number: str, me: int, readings: tuple[Reading, ...]
) -> dict[str, Any]:
    text = row["description"]
    title = public(row["title"]) or title_from(public(text))
    week, moment = _when(row["on"], store)
    late = week in signed
    danger = row["urgency"] is Urgency.SAFETY
    return {
        "number": number,
        "title": title,
        "description": text,
        "category_id": row["category"],
        "place_id": row["place"],
        "building": row["building"],
        "urgency": row["urgency"],
        "source": row["source"],
        "reach": row["reach"],
        "people": row["people"],
        "special_group": row["special_group"],
        "asker_name": row["name"] or None,
        "asker_phone": _called(row),
        "worker_id": me,
        "logged_at": moment,
        "week": week,
        "stage": NeedStage.HANDLING if danger else NeedStage.REGISTERED if late else NeedStage.LOGGED,
        "stage_since": moment,
        "changed_after_sign_off": late,
        "due_on": row.get("due") or (store.today if danger else None),
        **found_by(title, text, readings),
    }


def _tell(store: Store, need_id: int, me: int, what: Happening, values: dict[str, Any]) -> None:
    store.add(ThreadEntry, need_id=need_id, at=store.now, actor_id=me, kind=str(what), values=values, note="")


# --- volunteers and members -----------------------------------------------------------------------------


class Registry:
    """Who is in the registry already, by name and telephone; a merged entry's lead to the one that was kept."""

    def __init__(self, store: Store) -> None:
        kept = func.coalesce(Volunteer.merged_into_id, Volunteer.id)
        query = (
            select(kept, Volunteer.name, Volunteer.phone)
            .where(Volunteer.community_id == store.community_id)
            .order_by(Volunteer.merged_into_id.is_not(None), Volunteer.id)
        )
        self.by_number: dict[tuple[str, str], int] = {}
        self.without: dict[str, int] = {}
        self.by_name: dict[str, int] = {}
        for number, name, phone in store.session.execute(query, execution_options=UNSCOPED):
            self.note(name, phone, number)

    def note(self, name: str, phone: str | None, number: int) -> None:
        """Somebody is in the registry."""
        tidy, digits = tidy_name(name), digits_of(phone or "")
        if digits:
            self.by_number.setdefault((tidy, digits), number)
        else:
            self.without.setdefault(tidy, number)
        self.by_name.setdefault(tidy, number)

    def find(self, name: str, phone: str | None) -> int | None:
        """The one of this name, however it is typed, and number; where either side has none, the name decides."""
        tidy, digits = tidy_name(name), digits_of(phone or "")
        if not digits:
            return self.by_name.get(tidy)
        return self.by_number.get((tidy, digits), self.without.get(tidy))


def store_volunteers(store: Store, rows: Rows, **_more: Any) -> list[int]:
    """Who is in the registry already stays as entered. Returns the volunteer of every row, new or known."""
    registry = Registry(store)
    new: list[dict[str, Any]] = []
    found: list[int] = []
    numbers = iter(next_numbers(store.session, store.community_id, "V", store.today.year, len(rows)))
    for row in rows:
        known = registry.find(row["name"], row["phone"])
        if known is not None:
            store.known += 1
            found.append(known)
            continue
        new.append(row)
        added = store.add(
            Volunteer,
            number=next(numbers),
            name=row["name"],
            phone=_called(row),
            kind=row["kind"],
            skills=list(row["skills"]),
            free_times=row["free_times"],
            free_slots=[],
            interests=[],
            place_id=row["place"],
            building=row["building"],
            since=row["since"] or store.today,
        )
        registry.note(row["name"], row["phone"], added)
        found.append(added)
        store.room()
    return found


def store_members(store: Store, rows: Rows, *, body_id: int | None = None, **_more: Any) -> None:
    """Seats of one body; whoever sits there now stays. Raises Refused("import_seat_taken", seat=)."""
    session = store.session
    if body_id is None:
        own = session.scalars(select(Body.id).where(Body.community_id == store.community_id)).all()
        if len(own) != 1:
            raise BadInput("body_id", Problem.EMPTY)
        body_id = own[0]
    body = load(session, Body, body_id, lock=True)
    sat = session.execute(
        select(BodyMember.seat, BodyMember.name, func.coalesce(BodyMember.until, date.max).label("until"))
        .where(BodyMember.body_id == body.id)
        .order_by("until")
    ).all()
    # A seat is taken until its last holder's last day.
    seats: dict[int, date] = {row.seat: row.until for row in sat}
    names = {one_dot(row.name) for row in sat if row.until >= store.today}
    wanted = {row["seat"] for row in rows if row["seat"]}
    free = (seat for seat in range(1, 10**6) if seat not in seats and seat not in wanted)
    for row in rows:
        if row["name"] in names:
            store.known += 1
            continue
        seat, since = row["seat"] or next(free), row["since"] or store.today
        if seats.get(seat, date.min) >= since:
            raise Refused("import_seat_taken", seat=seat)
        seats[seat] = date.max
        names.add(row["name"])
        store.add(BodyMember, body_id=body.id, seat=seat, name=row["name"], capacity=row["capacity"], since=since)


# --- visits ---------------------------------------------------------------------------------------------


def store_visits(store: Store, rows: Rows, **_more: Any) -> None:
    """Visits noted elsewhere; the doors learn when they were met and when they are due."""
    doors = Doors(store, rows)
    doors.must_be_open()
    me = actor_of(store.session).id
    touched: set[int] = set()
    for number, row in enumerate(rows):
        door = doors.at(number, row)
        if door is not None:
            touched.add(door.id)
        store.add(
            Visit,
            at=at_noon(row["on"], store),
            worker_id=row["worker"] or me,
            household_id=door.id if door else None,
            restricted=door is not None and door.restricted,
            place_id=row["place"],
            building=row["building"],
            where_text=row["where_text"],
            outcome=row["outcome"],
            note=row["note"],
        )
        store.room()
    store.flush()
    settle_doors(store.session, touched)


# --- the hotline ------------------------------------------------------------------------------------------


def store_hotline(store: Store, rows: Rows, *, as_needs: bool = False, **_more: Any) -> None:
    """12345 转办单 as complaints, or as needs; a number that is in the book already is left as it is.

    Where it stands there with other words they are counted: it may be another order under a wrong number.
    """
    known = _known_orders(store, rows)
    fresh: list[dict[str, Any]] = []
    for row in rows:
        if row["source_number"] in known:
            store.known += 1
            store.other += known[row["source_number"]] != _squeezed(row["description"])
        else:
            known[row["source_number"]] = _squeezed(row["description"])
            fresh.append(row)
    if as_needs:
        extra = {"reach": Reach.HOUSEHOLD, "people": 1, "urgency": Urgency.NORMAL, "special_group": False}
        extra["source"] = NeedSource.HOTLINE
        needs = [
            {**row, **extra, "description": f"[{row['source_number']}] {row['description']}"[:1000]} for row in fresh
        ]
        store_needs(store, needs)
        return
    for row in fresh:
        _complaint(store, row)


def _squeezed(words: str) -> str:
    return "".join(words.split())


def _known_orders(store: Store, rows: Rows) -> dict[str, str]:
    """Number → words, of those in the book."""
    found: dict[str, str] = {}
    for part in chunks([row["source_number"] for row in rows]):
        query = select(Complaint.source_number, Complaint.description).where(
            Complaint.community_id == store.community_id,
            Complaint.source == NeedSource.HOTLINE,
            Complaint.source_number.in_(part),
        )
        for number, words in store.session.execute(query, execution_options=UNSCOPED):
            found[number] = _squeezed(words)
    return found


def _complaint(store: Store, row: dict[str, Any]) -> None:
    session = store.session
    made = log_complaint(
        session,
        given=ComplaintInput(
            description=row["description"],
            title=row["title"],
            source=NeedSource.HOTLINE,
            source_number=row["source_number"],
            category_id=row["category"],
            received_on=row["on"],
        ),
        door=DoorInput(row["place"], row["building"], row["stairwell"], row["room"]),
        caller=CallerInput(row["name"], _called(row) or ""),
        now=store.now,
    )
    complaint = load(session, Complaint, made["id"])
    if row["due"] is not None:
        # The hotline's own day holds, whatever our table of times says.
        due = update(Complaint).where(Complaint.id == complaint.id).values(due_on=row["due"])
        guarded(session, due, complaint, {"due_on": (complaint.due_on, row["due"])})
    session.flush()
    store.enter("complaint", [made["id"]])
    steps = session.scalars(select(ComplaintStep.id).where(ComplaintStep.complaint_id == made["id"])).all()
    store.enter("complaint_step", steps)


KEEP: dict[ImportKind, Callable[..., Any]] = {
    ImportKind.HOUSEHOLDS: store_households,
    ImportKind.NEEDS: store_needs,
    ImportKind.VOLUNTEERS: store_volunteers,
    ImportKind.MEMBERS: store_members,
    ImportKind.PARTY_MEMBERS: store_party_members,
    ImportKind.VISITS: store_visits,
    ImportKind.HOTLINE: store_hotline,
    ImportKind.UNITS: store_units,
    ImportKind.VENUES: store_venues,
}
