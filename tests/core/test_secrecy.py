"""A thousand slips cast in a known order: whoever knows that order and holds the closed database learns nothing.

The attacker stood in the hall, saw who voted when (the seats vote in order), knows that people changed their minds as
the evening went on, and has a copy of the whole database after the announcement, on PostgreSQL with its hidden columns.
Every order that can be found there is tried against the order of casting, forwards and backwards. The same attack is
shown to work where a leak is planted, and on the votes before they were rewritten.
"""

import itertools
import math
import secrets
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlalchemy import Connection, inspect, select, text

from db.actions.voting.slips import cast_by_slip
from db.actions.voting.voting import cancel_ballot, close_ballot, open_ballot
from db.engine import as_system, engine
from db.models import Model, SecretVote, SlipChange
from db.models.types import Encrypted
from db.queries.voting.ballots import slip_list
from db.terms import VoteMethod
from tests.builders.council import seat_more
from tests.builders.meetings import in_session
from tests.builders.voting import printed_slips
from tests.builders.world import World, do

VOTERS, BALLOTS = 200, 5
CHOICES = ("for", "against", "abstain")


# --- the attack ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Cast:
    """One vote as it was cast: what the attacker wants to find."""

    code: str
    choice: str


def chance(choices: Sequence[str]) -> tuple[float, float]:
    """Mean and deviation of right guesses, when a random order of these very choices is laid beside them."""
    n, counts = len(choices), Counter(choices)
    mean = sum(count * count for count in counts.values()) / n
    # Two places guessed right at once: both of one choice, or one each of two choices.
    same = sum((count * (count - 1)) ** 2 for count in counts.values())
    crossed = sum(2 * (a * b) ** 2 for a, b in itertools.combinations(counts.values(), 2))
    second = (same + crossed) / (n * (n - 1))
    return mean, math.sqrt(max(0.0, mean + second - mean * mean))


def advantage(cast: Sequence[Sequence[Cast]], guessed: Sequence[Sequence[tuple[str, str]]]) -> tuple[float, float]:
    """How many deviations above chance an order is: rows found exactly, and choices guessed right."""
    exact = sum(vote.code == code for votes, rows in zip(cast, guessed, strict=True)
                for vote, (code, _) in zip(votes, rows, strict=True))  # fmt: skip
    right = sum(vote.choice == choice for votes, rows in zip(cast, guessed, strict=True)
                for vote, (_, choice) in zip(votes, rows, strict=True))  # fmt: skip
    odds = [chance([vote.choice for vote in votes]) for votes in cast]
    mean, deviation = sum(odd[0] for odd in odds), math.sqrt(sum(odd[1] ** 2 for odd in odds))
    # Of a random order one row a ballot lies in its place, with a deviation of one.
    return (exact - len(cast)) / math.sqrt(len(cast)), (right - mean) / deviation


Rows = list[dict[str, Any]]


def orders(connection: Connection, ballots: Sequence[int], files: Sequence[Path] = ()) -> dict[str, list[Rows]]:
    """Every order in which closed votes can be laid: by each column, hidden ones included, by the place in the file.

    Only not by the choice itself: whoever sorts by it has guessed the evening, and found nothing.
    """
    hidden = ", ctid::text AS ctid, xmin::text AS xmin, xmax::text AS xmax, cmin::text AS cmin"
    columns = "*" + (hidden if connection.dialect.name == "postgresql" else "")
    found: dict[str, list[Rows]] = {}
    for ballot in ballots:
        query = text(f"SELECT {columns} FROM secret_vote WHERE ballot_id = :ballot")  # noqa: S608 - our own columns
        rows = [dict(row._mapping) for row in connection.execute(query, {"ballot": ballot})]
        found.setdefault("as they lie", []).append(rows)
        for column in rows[0].keys() - {"choice"}:
            found.setdefault(column, []).append(sorted(rows, key=lambda row: _place(row[column])))
        for path in files:
            content = path.read_bytes()
            for name, look in (("first", content.find), ("last", content.rfind)):
                key = f"{name} place in {path.suffix or path.name}"
                found.setdefault(key, []).append(sorted(rows, key=lambda row: look(row["code"].encode())))
    return found


def _place(value: Any) -> Any:
    if isinstance(value, str) and value.startswith("("):  # ctid
        page, line = value.strip("()").split(",")
        return int(page), int(line)
    return (str(value),) if isinstance(value, str) and not value.isdigit() else (int(value or 0),)


def attacked(cast: Sequence[Sequence[Cast]], found: dict[str, list[Rows]]) -> dict[str, tuple[float, float]]:
    """Deviations above chance of every order, forwards and backwards."""
    told: dict[str, tuple[float, float]] = {}
    for name, ballots in found.items():
        for way, turn in (("forwards", 1), ("backwards", -1)):
            guessed = [[(row["code"], row["choice"]) for row in rows[::turn]] for rows in ballots]
            told[f"{name}, {way}"] = advantage(cast, guessed)
    return told


# --- the evening --------------------------------------------------------------------------------------


@pytest.fixture
def dice(monkeypatch: pytest.MonkeyPatch) -> Random:
    """Chance itself is fixed, so that a result is the same in every run; the attacker does not know the seed."""
    dice = Random(20260305)
    monkeypatch.setattr(secrets, "randbits", dice.getrandbits)
    monkeypatch.setattr(secrets, "choice", dice.choice)
    return dice


def tables(connection: Connection) -> dict[str, list[str]]:
    """Everything in every table but the votes, on PostgreSQL with the transaction that wrote it, and all counters."""
    postgres = connection.dialect.name == "postgresql"
    found = {}
    for table in Model.metadata.sorted_tables:
        if table.name != SecretVote.__tablename__:
            extra = ", xmin::text, ctid::text" if postgres else ""
            rows = connection.execute(text(f'SELECT *{extra} FROM "{table.name}"'))  # noqa: S608 - our own names
            found[table.name] = sorted(map(str, rows))
    if postgres:
        counters = connection.execute(text("SELECT sequencename, last_value FROM pg_sequences"))
        found["sequences"] = sorted(map(str, counters))
    return found


def evening(
    world: World, *, voters: int = VOTERS, ballots: int = BALLOTS, before: Callable[[], None] = lambda: None
) -> Iterator[tuple[int, list[Cast]]]:
    """Ballots one after the other, open, with all their votes cast in the order of the seats."""
    seat_more(world, voters)
    meeting, items = in_session(world, present=voters, needs=ballots)
    codes = printed_slips(world, meeting, voters)
    for item in items:
        ballot = do(world.secretary, open_ballot, item_id=item, method=VoteMethod.SLIP)
        before()
        cast = []
        for seat, code in enumerate(codes):
            # Early voters are for it, late ones against: whoever finds the order finds the choices.
            choice = CHOICES[(seat > 0.55 * voters) + (seat > 0.9 * voters)]
            cast.append(Cast(cast_by_slip(code, ballot_id=ballot, pattern=choice).check_code, choice))
        yield ballot, cast


# --- the rules ----------------------------------------------------------------------------------------


def test_whoever_knows_the_order_of_casting_and_has_the_closed_database_does_no_better_than_chance(
    world: World, dice: Random, tmp_path: Path
) -> None:
    cast, ballots = [], []
    for ballot, votes in evening(world):
        do(world.secretary, close_ballot, ballot_id=ballot)
        ballots.append(ballot)
        cast.append(votes)
    files = sorted(tmp_path.glob("test.db*")) if engine().dialect.name == "sqlite" else []

    with engine().connect() as connection:
        found = orders(connection, ballots, files)

    told = attacked(cast, found)
    assert sum(len(votes) for votes in cast) == 1000
    assert {"as they lie, forwards", "id, backwards", "code, forwards"} <= told.keys()
    assert {name: won for name, won in told.items() if max(won) > 3} == {}


def test_casting_writes_nothing_but_the_sealed_vote_and_that_one_was_replaced(world: World) -> None:
    seat_more(world, 20)
    meeting, items = in_session(world, present=20)
    codes = printed_slips(world, meeting, 20)
    ballot = do(world.secretary, open_ballot, item_id=items[0], method=VoteMethod.SLIP)
    with engine().connect() as connection:
        before = tables(connection)

    for code in codes:
        cast_by_slip(code, ballot_id=ballot, pattern="for")
        cast_by_slip(code, ballot_id=ballot, pattern="against")

    with engine().connect() as connection:
        after = tables(connection)
        changes = connection.execute(select(SlipChange)).all()
    assert {name for name in before if before[name] != after[name]} == {"slip_change"}
    assert len(changes) == 20
    assert {(row.ballot_id, row.elsewhere) for row in changes} == {(ballot, True)}
    assert set(SlipChange.__table__.columns.keys()) == {"id", "ballot_id", "elsewhere", "community_id"}


def test_while_a_ballot_is_open_no_choice_can_be_read_or_told_by_its_length(world: World) -> None:
    ballot, cast = next(evening(world, voters=30, ballots=1))

    with engine().connect() as connection:
        rows = connection.execute(text("SELECT code, sealed, choice FROM secret_vote")).all()
        everything = str(tables(connection))

    assert len(rows) == 30
    assert {row.choice for row in rows} == {None}
    assert len({len(bytes(row.sealed)) for row in rows}) == 1
    assert not [word for row in rows for word in CHOICES if word.encode() in bytes(row.sealed)]
    assert not {vote.code for vote in cast} & {row.code for row in rows}
    assert not [vote for vote in cast if vote.code in everything]
    do(world.secretary, cancel_ballot, ballot_id=ballot, reason="试投")


def test_no_table_but_the_votes_holds_a_check_code_after_the_announcement(world: World) -> None:
    ballot, cast = next(evening(world, voters=30, ballots=1))

    do(world.secretary, close_ballot, ballot_id=ballot)

    with engine().connect() as connection:
        everything = str(tables(connection))
        kept = connection.execute(select(SecretVote.sealed, SecretVote.choice)).all()
    assert not [vote.code for vote in cast if vote.code in everything]
    assert [sealed for sealed, _ in kept if sealed is not None] == []
    assert Counter(choice for _, choice in kept) == Counter(vote.choice for vote in cast)


def test_the_list_of_a_closed_ballot_says_the_truth_to_every_voter(world: World) -> None:
    ballot, cast = next(evening(world, voters=30, ballots=1))
    do(world.secretary, close_ballot, ballot_id=ballot)

    with as_system("test") as session:
        listed = dict(slip_list(session, ballot))

    assert listed == {vote.code: vote.choice for vote in cast}


# --- the attack bites ---------------------------------------------------------------------------------


def _serial_ids(connection: Connection, cast: list[Cast]) -> None:
    connection.execute(text("CREATE TABLE leak (id INTEGER PRIMARY KEY, code TEXT, choice TEXT)"))
    for number, vote in enumerate(cast):
        values = {"id": number, "code": vote.code, "choice": vote.choice}
        connection.execute(text("INSERT INTO leak VALUES (:id, :code, :choice)"), values)


def _in_order_of_casting(connection: Connection, cast: list[Cast]) -> None:
    """A table with random keys, as the votes have, but an order of its own underneath: rowid, or ctid."""
    connection.execute(text("CREATE TABLE leak (id BIGINT, code TEXT, choice TEXT)"))
    for vote in cast:
        values = {"id": secrets.randbits(62), "code": vote.code, "choice": vote.choice}
        connection.execute(text("INSERT INTO leak VALUES (:id, :code, :choice)"), values)


@pytest.mark.parametrize("leak", [_serial_ids, _in_order_of_casting])
def test_the_attack_finds_everybody_where_a_leak_is_planted(
    world: World, leak: Callable[[Connection, list[Cast]], None]
) -> None:
    dice = Random(7)
    cast = [Cast(f"CODE{dice.getrandbits(40):010X}", CHOICES[(seat > 110) + (seat > 180)]) for seat in range(VOTERS)]
    with engine().execution_options(writer=True).begin() as connection:
        leak(connection, cast)
        place = "rowid" if connection.dialect.name == "sqlite" else "ctid"
        rows = [dict(row._mapping) for row in connection.execute(text(f"SELECT * FROM leak ORDER BY {place}"))]  # noqa: S608
        connection.execute(text("DROP TABLE leak"))

    exact, right = attacked([cast], {"as they lie": [rows]})["as they lie, forwards"]

    assert exact > 100
    assert right > 8


def test_before_they_are_rewritten_the_votes_do_lie_in_the_order_of_casting(
    world: World, dice: Random, tmp_path: Path
) -> None:
    """What closing takes away: with the secret key in hand the open table tells everything. docs/secrecy.md says so."""
    _, cast = next(evening(world, voters=40, ballots=1, before=_empty_log))
    with engine().connect() as connection:
        if connection.dialect.name == "postgresql":
            query = text("SELECT sealed FROM secret_vote ORDER BY ctid")
            lying = [bytes(row.sealed) for row in connection.execute(query)]
        else:
            lying = _frames(tmp_path / "test.db-wal", [bytes(row[0]) for row in connection.execute(
                text("SELECT sealed FROM secret_vote"))])  # fmt: skip
        opened = [Encrypted().process_result_value(sealed, connection.dialect) or "" for sealed in lying]
    guess = [(said.split("|")[1], said.split("|")[0]) for said in opened]

    exact, right = advantage([cast], [guess])

    assert exact > 30
    assert right > 4


def _empty_log() -> None:
    if engine().dialect.name == "sqlite":
        raw: Any = engine().raw_connection()
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        raw.close()


def _frames(log: Path, sealed: list[bytes]) -> list[bytes]:
    """Sealed votes in the order in which they first came into SQLite's log."""
    content = log.read_bytes()
    return sorted(sealed, key=lambda value: content.find(value[:40]))


def test_the_announcement_empties_the_log_of_sqlite(small_world: World, tmp_path: Path) -> None:
    ballot, cast = next(evening(small_world, voters=30, ballots=1))
    log, file = tmp_path / "test.db-wal", tmp_path / "test.db"
    with sqlite3.connect(file) as raw:
        boxes = [row[0].encode() for row in raw.execute("SELECT code FROM secret_vote")]
    raw.close()
    assert any(box in log.read_bytes() + file.read_bytes() for box in boxes)

    do(small_world.secretary, close_ballot, ballot_id=ballot)

    left = (log.read_bytes() if log.exists() else b"") + file.read_bytes()
    assert not [box for box in boxes if box in left]
    assert all(vote.code.encode() in left for vote in cast)


def test_an_order_that_says_nothing_is_not_taken_for_a_leak() -> None:
    dice = Random(11)
    cast = [[Cast(f"C{ballot}-{seat}", CHOICES[(seat > 110) + (seat > 180)]) for seat in range(200)]
            for ballot in range(5)]  # fmt: skip
    won = []
    for _ in range(200):
        guessed = [[(vote.code, vote.choice) for vote in dice.sample(votes, len(votes))] for votes in cast]
        won.append(advantage(cast, guessed)[1])

    assert abs(sum(won) / len(won)) < 0.3
    assert 0.8 < math.sqrt(sum(value * value for value in won) / len(won)) < 1.2


def test_every_column_of_a_vote_is_one_the_attack_looks_at(world: World) -> None:
    """A column added later is attacked too; one that holds a moment or a running number must not come in at all."""
    columns = {column.name for column in inspect(SecretVote).columns}

    assert columns == {"id", "community_id", "ballot_id", "code", "sealed", "choice"}
    assert inspect(SecretVote).primary_key[0].autoincrement is False
