"""Marked residents, and what to look through for their marks: pages, plain pages, files, logs, tables.

A mark is a character that stands nowhere else, a telephone number, or a room: whoever finds one knows whose it was.
"""

import io
import json
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import String, inspect, select, update
from streamlit.testing.v1 import AppTest

from db.engine import as_system
from db.models import (
    Account,
    Complaint,
    Household,
    Intake,
    Member,
    Model,
    Need,
    Order,
    Person,
    Programme,
    SensitiveFact,
    Unit,
    UnitEvent,
    blind_index,
)
from db.models.privacy import ProgrammeMember
from db.models.types import TextMark
from db.rules.permissions import Actor
from db.terms import Role
from tests.builders.world import actor_for
from tests.support.demo import Demo
from tests.support.every_model import BENEATH_THE_LOG
from tests.support.signed_in import nodes

RESIDENTS = 500
_NAMES, _WORDS = 0x3400, 0x3800
"""CJK extension A: nobody's name and no word of ours."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One resident's marks, in the form in which they must not be seen."""

    number: int

    @property
    def given(self) -> str:
        return chr(_NAMES + self.number)

    @property
    def name(self) -> str:
        return f"甄{self.given}玥"

    @property
    def phone(self) -> str:
        return f"1397{self.number:03d}4321"

    @property
    def room(self) -> str:
        return f"Q{7000 + self.number}"

    @property
    def secret(self) -> str:
        return chr(_WORDS + self.number)


MARKS = tuple(Mark(number) for number in range(RESIDENTS))
_RARE = f"[{chr(_NAMES)}-{chr(_NAMES + RESIDENTS - 1)}]"
SAID: tuple[tuple[Any, str, int], ...] = tuple(
    (mapper.class_, attribute.key, attribute.columns[0].type.length or 0)
    for mapper in sorted(Model.registry.mappers, key=lambda mapper: str(mapper.class_.__tablename__))
    for attribute in mapper.column_attrs
    if attribute.columns[0].info.get("text") is TextMark.SAID and "shown" not in attribute.columns[0].info
    # Lists and tables of words (JSON) hold no sentence of a length.
    if isinstance(attribute.columns[0].type, String)
)
"""What somebody typed and pages cover, with the length that fits: a number in it is covered wherever it is shown."""
NAME = re.compile(f"甄{_RARE}|{_RARE}玥")
# Two characters in a row: one alone turns up by chance when the bytes of a picture or a chart are read as text.
SECRET = re.compile(f"[{chr(_WORDS)}-{chr(_WORDS + RESIDENTS - 1)}]{{2}}")
PHONE = re.compile(r"139[ -]?7[ -]?\d{3}[ -]?4321")
ROOM = re.compile(r"Q7[0-4]\d\d(?!\d)")
KINDS = {"name": NAME, "secret": SECRET, "phone": PHONE, "room": ROOM}


def leaks(text: str, *, but: frozenset[str] | set[str] = frozenset()) -> dict[str, list[str]]:
    """Marks in a text, by kind; kinds in `but` may stand there."""
    found = {kind: sorted(set(pattern.findall(text)))[:5] for kind, pattern in KINDS.items() if kind not in but}
    return {kind: marks for kind, marks in found.items() if marks}


PERSONAL: tuple[Any, ...] = (
    *(Person, Household, Need, Order, Complaint, Intake, SensitiveFact, Programme, ProgrammeMember, Member),
)
"""Whose columns get a mark."""


def mark_everybody(community_id: int | None = None, shown: Mapping[str, int] | None = None) -> dict[str, int]:
    """Put a mark into every resident's personal columns, and telephone and room into the words about them.

    `shown` names rows that pages show one by one (table -> id): they come first, so that none is left out. How many
    rows of each table were marked.
    """
    first = shown or {}
    counts: dict[str, int] = {}
    with as_system("test") as session:
        for model in PERSONAL:
            chosen = model.id == first.get(model.__tablename__, 0)
            query: Any = select(model.id).order_by(chosen.desc(), model.id.desc())
            if community_id is not None:
                query = query.where(model.community_id == community_id)
            ids = session.scalars(query.limit(RESIDENTS)).all()
            for mark, row_id in zip(MARKS, ids, strict=False):
                session.execute(
                    update(model).where(model.id == row_id).values(**_marked(model, mark)),
                    execution_options=BENEATH_THE_LOG,
                )
            counts[model.__tablename__] = len(ids)
        # The contacts of units, and who of them said so, from the other end of the marks.
        beside: tuple[tuple[Any, tuple[str, ...]], ...] = (
            (Unit, ("contact_name", "contact_phone")),
            (UnitEvent, ("said_by",)),
        )
        for partner, columns in beside:
            ids = session.scalars(select(partner.id).order_by(partner.id).limit(60)).all()
            for mark, row_id in zip(reversed(MARKS), ids, strict=False):
                values = dict(zip(columns, (mark.name, mark.phone), strict=False))
                session.execute(
                    update(partner).where(partner.id == row_id).values(**values), execution_options=BENEATH_THE_LOG
                )
            counts[partner.__tablename__] = len(ids)
        # Somebody wrote the number into the words, as people do.
        for model, column, most in SAID:
            query = select(model).order_by((model.id == first.get(model.__tablename__, 0)).desc(), model.id.desc())
            if community_id is not None:
                query = query.where(model.community_id == community_id)
            for row in session.scalars(query.limit(200)):
                added = f"，电话{MARKS[row.id % RESIDENTS].phone}，身份证11010119491231002X"
                setattr(row, column, (getattr(row, column) or "")[: min(60, most - len(added))] + added)
    return counts


def _marked(model: Any, mark: Mark) -> dict[str, Any]:
    columns = {attribute.key for attribute in inspect(model).column_attrs}
    values = {
        "room": mark.room, "asker_name": mark.name, "asker_phone": mark.phone, "emergency_contact": mark.phone,
        "phone": mark.phone, "phone_index": blind_index(mark.phone), "words": mark.secret * 3,
        "purpose": mark.secret * 2, "legal_ground": mark.secret * 2, "wish": mark.secret * 4,
    }  # fmt: skip
    if model in (Person, Member):
        values["name"] = mark.name
    if model is Programme:
        values["name"] = mark.secret * 5
    if model is Intake:
        values["what"] = f"电话{mark.phone}请回"
        values["where_text"] = f"1幢2单元{mark.room}室"
    return {key: value for key, value in values.items() if key in columns}


# --- what to look through -----------------------------------------------------------------------------------


def _values(message: Any) -> Iterator[str]:
    for _field, value in message.ListFields():
        for one in value if _field.is_repeated and not hasattr(value, "items") else [value]:
            if isinstance(one, str):
                yield one
                if "\\u" in one:
                    yield _plain(one)
            elif isinstance(one, bytes):
                yield one.decode("utf-8", "ignore")
            elif hasattr(one, "ListFields"):
                yield from _values(one)
            elif hasattr(value, "items"):
                yield str(dict(value))


def _plain(text: str) -> str:
    """JSON with its escapes undone."""
    try:
        return json.dumps(json.loads(text), ensure_ascii=False)
    except ValueError:
        return ""


def everything_on(app: AppTest) -> str:
    """All that is sent to the browser for this page: texts, labels, options, tables, charts, state of the address."""
    found = [str(dict(app.query_params))]
    for root in (app.main, app.sidebar, app._tree):
        for node in nodes(root):
            proto = getattr(node, "proto", None)
            if hasattr(proto, "ListFields"):
                found += _values(proto)
    return "\n".join(found)


def inside(name: str, content: bytes) -> str:
    """A file as text: what is packed is unpacked, twice over if need be."""
    if content[:2] == b"PK":
        # Packed bytes read as text make any two characters, once in some thousand files.
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            unpacked = [inside(one.filename, packed.read(one)) for one in packed.infolist()]
        return "\n".join([name, *unpacked])
    found = [name, content.decode("utf-8", "ignore")]
    if name.endswith((".csv", ".txt")):
        found.append(content.decode("gb18030", "ignore"))
    return "\n".join(found)


def whole_table(model: Any) -> str:
    """Every row of a table as the database gives it back, deciphered where our key does so."""
    with as_system("test") as session:
        rows = session.execute(select(model.__table__)).all()
    return "\n".join(str(tuple(row)) for row in rows)


# --- who looks ---------------------------------------------------------------------------------------------

TABLES = {"order": "service_order", "review": "yearly_review"}
"""Nouns of addresses whose table is called otherwise."""


def acting(account_id: int) -> Actor:
    """Whoever has this account."""
    with as_system("test") as session:
        return actor_for(session.get_one(Account, account_id))


def elsewhere(demo: Demo, role: Role) -> int:
    """The account of the same role in another community."""
    with as_system("test") as session:
        query = select(Account.id).where(Account.role == role, Account.community_id == demo.other)
        return session.scalars(query.order_by(Account.id)).first() or 0
