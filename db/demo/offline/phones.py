"""Paired phones of the invented subdistrict: who holds one, what they sent, and two hints that two people changed."""

from datetime import timedelta

from db.demo.doors.doors import KnownDoor
from db.demo.frame import Area, Demo
from db.models import DoorConflict, DoorEntry, DoorPhone
from db.passwords import digest
from db.terms import DoorEntryKind, DoorEntryState, HouseholdKind

PHONES = ("安卓工作机", "自己的手机", "安卓备用机")
CONFLICTS = (
    ("door_note", "周日在家", "周六上午在家"),
    ("door_note", "按门铃", "门铃坏了，敲门要重"),
    ("kind", HouseholdKind.ORDINARY.value, HouseholdKind.KEY.value),
)
"""Field, what the phone knew, what it sent."""
FRESH, LIFE = timedelta(hours=20), timedelta(days=30)


def tell(demo: Demo) -> None:
    """Phones in every rich community, in the others one."""
    for area in demo.areas:
        for number, worker in enumerate(area.workers[: 3 if area.rich else 1]):
            _phone(demo, area, worker, number)
        if area.rich:
            _conflicts(demo, area)


def _phone(demo: Demo, area: Area, worker: int, number: int) -> None:
    """A phone whose key nobody knows, and the answers to what it sent yesterday."""
    paired = demo.now - timedelta(days=4 + 5 * number, hours=8)
    seen = demo.now - timedelta(hours=6 + 9 * number)
    phone = demo.bulk.add(
        DoorPhone,
        community_id=area.id,
        account_id=worker,
        name=PHONES[number],
        token_hash=digest(f"demo phone {area.code} {number}"),
        paired_at=paired,
        expires_at=paired + LIFE,
        last_seen_at=seen,
    )
    for nth in range(4):
        demo.bulk.add(
            DoorEntry,
            community_id=area.id,
            phone_id=phone,
            key=f"demo-{area.code}-{number}-{nth}-entry",
            kind=DoorEntryKind.FACTS,
            state=DoorEntryState.STORED,
            answer={"changed": ["door_note"], "conflicts": []},
            made_at=seen - FRESH + timedelta(minutes=9 * nth),
            received_at=seen,
        )


def _conflicts(demo: Demo, area: Area) -> None:
    rng = demo.rng("door conflicts", area.code)
    doors = [door for door in area.doors if isinstance(door, KnownDoor) and not door.restricted]
    at_risk = [door for door in doors if door.kind is HouseholdKind.HIGH_RISK]
    chosen = [*rng.sample(doors, 2), rng.choice(at_risk or doors)]
    for (field, before, mine), door in zip(CONFLICTS, chosen, strict=True):
        demo.bulk.add(
            DoorConflict,
            community_id=area.id,
            household_id=door.id,
            field=field,
            before=before,
            mine=mine,
            theirs="" if field == "door_note" else door.kind.value,
            account_id=area.workers[0],
            at=demo.now - timedelta(hours=5),
        )
