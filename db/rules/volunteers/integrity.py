"""时长核对: what a look at a month's hours finds. It accuses nobody: each finding waits for an answer.

Days and minutes are Chinese days and minutes, as in `db.rules.volunteers.hours`.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from db.rules.volunteers.hours import BACKDATED_DAYS, Spell, fits, with_times
from db.terms import HoursFinding

LONG_DAY = 480
"""Minutes of one day that are asked about (docs/domain.md 9.2)."""
MANY, MOST_PERCENT = 30, 60
"""So many records of a month, and such a share of them, by one hand are asked about."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Hours of one volunteer: `ref` is "r12" for a record and "o12" for an order."""

    ref: str
    volunteer_id: int
    spell: Spell
    recorded_on: date | None = None
    recorded_by: int | None = None
    objection: str = ""


@dataclass(frozen=True, slots=True)
class Tenure:
    """From when to when somebody serves."""

    joined: date
    ended: date | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """One finding: found again it has the same key. `facts` holds names, days and figures, no sentence."""

    kind: HoursFinding
    key: str
    volunteer_id: int | None
    facts: str


def findings(
    entries: Sequence[Entry], tenures: Mapping[int, Tenure], month: date, hands: Mapping[int, int] | None = None
) -> list[Found]:
    """What there is to ask about the entries of a month; volunteers in the order of the entries, nobody ranked.

    Entries about which nothing can be found may be left out; then `hands` tells how many records of the whole month
    each account wrote down.
    """
    if hands is None:
        hands = Counter(entry.recorded_by for entry in entries if entry.recorded_by is not None)
    of: dict[int, list[Entry]] = defaultdict(list)
    for entry in entries:
        of[entry.volunteer_id].append(entry)
    found = [one for entry in entries for one in _alone(entry, tenures.get(entry.volunteer_id))]
    for volunteer_id, own in of.items():
        found += _overlaps(volunteer_id, own)
        found += _long_days(volunteer_id, own, month)
    return [*found, *_one_hand(hands, month)]


def _alone(entry: Entry, tenure: Tenure | None) -> Iterable[Found]:
    def told(kind: HoursFinding, facts: str) -> Found:
        return Found(kind, f"{kind}:{entry.ref}", entry.volunteer_id, facts)

    def facts(more: str) -> str:
        return f"{with_times(entry.spell)} {on.isoformat()}{more}"

    on = entry.spell.on
    if entry.objection:
        yield told(HoursFinding.OBJECTION, facts(f"：{entry.objection}")[:300])
    if tenure is not None and on < tenure.joined:
        yield told(HoursFinding.BEFORE_JOINED, facts(f" < {tenure.joined.isoformat()}"))
    if tenure is not None and tenure.ended is not None and on > tenure.ended:
        yield told(HoursFinding.AFTER_END, facts(f" > {tenure.ended.isoformat()}"))
    if entry.recorded_on is not None and (entry.recorded_on - on).days > BACKDATED_DAYS:
        yield told(HoursFinding.BACKDATED, facts(f" → {entry.recorded_on.isoformat()}"))


def _overlaps(volunteer_id: int, own: Sequence[Entry]) -> Iterable[Found]:
    for one, other in combinations(own, 2):
        if abs((one.spell.on - other.spell.on).days) <= 1 and not fits(one.spell, other.spell):
            refs = ":".join(sorted((one.ref, other.ref)))
            facts = f"{one.spell.on.isoformat()} {with_times(one.spell)}、{with_times(other.spell)}"
            yield Found(HoursFinding.OVERLAP, f"{HoursFinding.OVERLAP}:{refs}", volunteer_id, facts[:300])


def _long_days(volunteer_id: int, own: Sequence[Entry], month: date) -> Iterable[Found]:
    if sum(entry.spell.minutes for entry in own) <= LONG_DAY:
        return  # all of it on one day would be no long one
    days: Counter[date] = Counter()
    for entry in own:
        days.update(entry.spell.minutes_by_day)
    for day, minutes in sorted(days.items()):
        if minutes > LONG_DAY and day.replace(day=1) == month:
            key = f"{HoursFinding.LONG_DAY}:{volunteer_id}:{day.isoformat()}"
            hours = f"{minutes // 60}:{minutes % 60:02}"
            yield Found(HoursFinding.LONG_DAY, key, volunteer_id, f"{day.isoformat()} {hours}")


def _one_hand(hands: Mapping[int, int], month: date) -> Iterable[Found]:
    """Whoever wrote down most of a month: their number and share, for the community's own look at it."""
    total = sum(hands.values())
    for account_id, count in hands.items():
        if count >= MANY and count * 100 >= MOST_PERCENT * total:
            key = f"{HoursFinding.ONE_CONFIRMER}:{month:%Y-%m}:{account_id}"
            yield Found(HoursFinding.ONE_CONFIRMER, key, None, f"{count} / {total}")
