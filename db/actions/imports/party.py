"""A list of party members becomes entries of the roll, each with where it stands and since when."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from db.actions.imports.store import Store
from db.actions.loading import actor_of
from db.actions.members.roll import SERIES
from db.actions.numbering import next_numbers
from db.models import Branch, Member, MemberEvent, MemberStay
from db.queries.members.found_by import name_keys, phone_key
from db.rules.members.standing import full_day
from db.rules.phone import Telephone
from db.scope import UNSCOPED
from db.terms import MemberChange


class OnRoll:
    """Who is on the roll already or was, by the keyed hashes of name and telephone: nothing is opened."""

    def __init__(self, store: Store) -> None:
        query = select(Member.name_index, Member.phone_index).where(
            Member.community_id == store.community_id, Member.erased_at.is_(None)
        )
        self.both: set[tuple[str, str]] = set()
        self.without: set[str] = set()
        self.names: set[str] = set()
        for name, phone in store.session.execute(query, execution_options=UNSCOPED):
            self.note(name or "", phone)

    def note(self, name: str, phone: str | None) -> None:
        """Somebody is on it."""
        self.names.add(name)
        if phone:
            self.both.add((name, phone))
        else:
            self.without.add(name)

    def knows(self, name: str, phone: str | None) -> bool:
        """The same name, however it is typed, and number; where either side has none, the name decides."""
        if not phone:
            return name in self.names
        return (name, phone) in self.both or name in self.without


def store_party_members(store: Store, rows: Sequence[dict[str, Any]], **_more: Any) -> None:
    """Who is on the roll already, or left it, stays as entered."""
    roll, me = OnRoll(store), actor_of(store.session).id
    names = dict(
        store.session.execute(select(Branch.id, Branch.name).where(Branch.community_id == store.community_id)).all()
    )
    numbers = iter(next_numbers(store.session, store.community_id, SERIES, store.today.year, len(rows)))
    for row in rows:
        keys, phone = name_keys(row["name"]), phone_key(row["phone"])
        if roll.knows(keys["name_index"] or "", phone):
            store.known += 1
            continue
        roll.note(keys["name_index"] or "", phone)
        since = max(row["since"] or store.today, row["joined_on"])
        member = store.add(
            Member,
            number=next(numbers),
            name=row["name"],
            phone=str(Telephone(row["phone"], row["phone_remark"])) if row["phone"] else None,
            phone_index=phone,
            **keys,
            branch_id=row["branch"],
            kind=row["member_kind"],
            joined_on=row["joined_on"],
            full_on=full_day(row["joined_on"], row["full_on"], row["probation"], store.today),
            birth_year=row["birth_year"],
            unit_id=row["unit"],
            skills=list(row["skills"]),
            free_slots=list(row["free_slots"]),
        )
        store.add(MemberStay, member_id=member, branch_id=row["branch"], since=since)
        told = {"kind": MemberChange.JOINED, "on": since, "before": None, "after": names[row["branch"]]}
        store.add(MemberEvent, member_id=member, **told, reason="", at=store.now, by=me)
        store.room()
