"""Persons are found by the digits of their first telephone number; indexes of an older form are written anew.

`python -m db migrate` runs it after the revisions; a second run finds nothing to do.
"""

from typing import Any

from sqlalchemy import bindparam, inspect, select, update

from db import audit
from db.audit import UNAUDITED
from db.engine import as_system
from db.models import Person, Subdistrict, blind_index
from db.rules.people.doubles import digits_of
from db.scope import UNSCOPED

REASON = "telephone numbers in one form"


def index_phones() -> int:
    """Write the index of every person whose number has another one, in one transaction; how many there were."""
    with as_system(REASON) as session:
        # Processes that start at the same time wait here, and the second one finds nothing to do.
        subdistrict = session.scalars(select(Subdistrict).order_by(Subdistrict.id).with_for_update()).first()
        if subdistrict is None:
            return 0
        query = select(Person.id, Person.phone, Person.phone_index).where(Person.phone.is_not(None))
        wrong = [
            {"person": number, "index": index}
            for number, phone, before in session.execute(query)
            if phone and (index := blind_index(digits_of(phone))) != before
        ]
        if wrong:
            table: Any = inspect(Person).local_table
            by_id = update(table).where(table.c.id == bindparam("person")).values(phone_index=bindparam("index"))
            session.execute(by_id, wrong, execution_options=UNAUDITED | UNSCOPED)
            audit.as_one(session, subdistrict, "update", {"persons_indexed": (None, len(wrong))})
        return len(wrong)
