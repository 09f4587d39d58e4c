"""共建单位 from a file: each comes to the community that brings it; one that is known by its name stays as it is."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from db.actions.imports.store import Store
from db.actions.loading import actor_of
from db.models import Subdistrict, Unit, UnitEvent
from db.rules.phone import Telephone
from db.rules.units.names import unit_key
from db.terms import UnitHappening


def store_units(store: Store, rows: Sequence[dict[str, Any]], **_more: Any) -> None:
    """However its name is typed, a unit is registered once; of two who bring it at once the second finds it."""
    session, actor = store.session, actor_of(store.session)
    session.execute(select(Subdistrict.id).where(Subdistrict.id == actor.subdistrict_id).with_for_update())
    known = {unit_key(name) for name in session.scalars(select(Unit.name))}
    for row in rows:
        key = unit_key(row["unit_name"])
        if key in known:
            store.known += 1
            continue
        known.add(key)
        unit = store.add(
            Unit,
            name=row["unit_name"],
            kind=row["unit_kind"],
            home_id=store.community_id,
            address=row["unit_address"],
            contact_name=row["name"] or None,
            contact_phone=str(Telephone(row["phone"], row["phone_remark"])) if row["phone"] else None,
            agreed_on=row["agreed_on"],
            agreed_until=row["agreed_until"],
        )
        values = {"name": row["unit_name"]}
        store.add(
            UnitEvent, unit_id=unit, at=store.now, actor_id=actor.id, kind=UnitHappening.REGISTERED, values=values
        )
        store.room()
