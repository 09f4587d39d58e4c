"""With a replica that lags or is gone: only figures were read from it; and what happens while the primary is away."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from prometheus_client import REGISTRY
from sqlalchemy import create_engine, select, text
from sqlalchemy.exc import SQLAlchemyError

from components.access import cookie_name
from components.refusals.shown import sentence
from components.screen.shared import Shared
from db import engine as db_engine
from db import replica as db_replica
from db.actions.accounts.accounts import change_own_password
from db.actions.accounts.sign_in import enter, forget_attempt, grant, leave, open_attempt
from db.actions.admin.leaving import disable_account
from db.actions.offline.phones import stop_phone
from db.actions.screen.displays import make_display, new_display_code, revoke_display
from db.actions.voting.slips import void_slips
from db.engine import as_system, carry_out, reading, reading_as_system, reading_figures, utc_now
from db.errors import Busy
from db.models import Account, DisplayLink, DoorPhone, Place, Slip
from db.passwords import hashed, matches
from db.queries.accounts.accounts import signed_in_by
from db.queries.accounts.health import State, health
from db.queries.voting.slips import slip_view
from db.replica import Standing
from db.rules.permissions import Actor
from db.terms import Role
from db.trouble import told
from db.upkeep.schema import migrate
from db.upkeep.start import why_not_start
from pages.public import display, door, file, photo, slip
from tests.builders.meetings import in_session
from tests.builders.offline import a_phone
from tests.builders.voting import printed_slips
from tests.builders.world import World, another_actor, build_world, do
from tests.support.an_action import name_place
from tests.support.phone import Phone
from tests.support.servers import PostgresServer
from tests.support.signed_in import new_sign_in, open_app, words
from tests.support.waiting import wait_until

OLD, NEW = "korrekt pferd 1", "batterie klammer 2"


class Pair:
    """A primary with a replica, and people who were there before the replica fell behind."""

    def __init__(
        self, primary: PostgresServer, replica: PostgresServer, world: World, meeting: int, codes: list[str]
    ) -> None:
        self.primary, self.replica, self.world = primary, replica, world
        self.meeting, self.codes = meeting, codes

    def on(self, server: PostgresServer, statement: str) -> object:
        engine = create_engine(server.url("house"), isolation_level="AUTOCOMMIT")
        try:
            with engine.connect() as connection:
                return connection.scalar(text(statement))
        finally:
            engine.dispose()

    def go_on(self) -> None:
        """It takes in again what comes."""
        self.on(self.replica, "SELECT pg_wal_replay_resume()")

    def fall_behind(self) -> None:
        """Everything so far is there; nothing that comes now will be."""
        here = self.on(self.primary, "SELECT pg_current_wal_lsn()")
        self.go_on()
        caught_up = f"SELECT pg_last_wal_replay_lsn() >= '{here}'"
        wait_until(lambda: bool(self.on(self.replica, caught_up)), "the replica has caught up")
        self.on(self.replica, "SELECT pg_wal_replay_pause()")
        wait_until(
            lambda: self.on(self.replica, "SELECT pg_get_wal_replay_pause_state()") == "paused", "it stands still"
        )


@pytest.fixture(scope="module")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    with PostgresServer(durable=True) as primary, pytest.MonkeyPatch.context() as patch:
        url = primary.create_database("house")
        patch.setenv("YIQILAI_DATABASE_URL", url)
        patch.setenv("YIQILAI_DATA_DIR", str(tmp_path_factory.mktemp("house")))
        db_engine.forget_engines()
        migrate()
        world = build_world()
        meeting, _items = in_session(world, present=14, needs=1)
        codes = printed_slips(world, meeting, 3)
        db_engine.forget_engines()
        with PostgresServer(replica_of=primary) as replica:
            yield Pair(primary, replica, world, meeting, codes)


@pytest.fixture
def pair(servers: Pair, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Pair]:
    monkeypatch.setenv("YIQILAI_DATABASE_URL", servers.primary.url("house"))
    monkeypatch.setenv("YIQILAI_REPLICA_URL", servers.replica.url("house"))
    monkeypatch.setenv("YIQILAI_DATA_DIR", str(tmp_path))
    monkeypatch.setattr(display, "PULSES", Shared(0))
    db_engine.forget_engines()
    yield servers
    db_engine.forget_engines()


def somebody(pair: Pair, name: str, role: Role = Role.AREA_WORKER) -> Actor:
    """A person of the community with a password, whom the replica knows."""
    actor = another_actor(pair.world, role, name)
    with as_system("test") as session:
        session.get_one(Account, actor.id).password_hash = hashed(OLD, username=name)
    return actor


def username_of(actor: Actor) -> str:
    with reading_as_system("test") as session:
        return session.scalars(select(Account.username).where(Account.id == actor.id)).one()


def finds(actor: Actor, name: str) -> tuple[bool, bool]:
    """Whether a ledger shows a place of this name, and whether the replica answered."""
    before = answered_by_replica()
    with reading_figures(actor) as session:
        found = session.scalars(select(Place.id).where(Place.name == name)).first() is not None
    return found, answered_by_replica() > before


def answered_by_replica() -> float:
    return REGISTRY.get_sample_value("yiqilai_replica_reads_total", {"answered": "replica"}) or 0.0


def test_what_was_written_is_read_at_once_and_the_replica_answers_when_it_has_caught_up(pair: Pair) -> None:
    actor = pair.world.secretary
    pair.go_on()
    wait_until(lambda: finds(actor, "南里") == (False, True), "the replica answers")

    pair.fall_behind()
    carry_out(actor, "k-still", name_place, name="南里")
    assert finds(actor, "南里") == (True, False)

    pair.go_on()
    wait_until(lambda: finds(actor, "南里") == (True, True), "the replica answers again")


def test_a_replica_that_lags_is_told_and_left_alone(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(db_replica, "LATE", 0.0)
    monkeypatch.setattr(db_replica, "LEFT_ALONE", 0.0)
    pair.fall_behind()
    carry_out(pair.world.secretary, "k-late", name_place, name="东里")

    wait_until(lambda: health().replica is Standing.LAGGING, "health tells that it lags")
    assert health().well
    assert (REGISTRY.get_sample_value("yiqilai_replica_behind_seconds") or 0) > 0
    assert finds(pair.world.secretary, "东里") == (True, False)

    pair.go_on()
    well = {"reading": "ok", "writing": "ok", "replica": "ok", "clock": "ok"}
    wait_until(lambda: health().states == well, "health tells that it is back")


def test_without_the_replica_the_app_starts_and_ledgers_go_on(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    pair.go_on()
    wait_until(lambda: finds(pair.world.secretary, "无") == (False, True), "the replica answers")
    pair.replica.cluster.stop("immediate")
    try:
        assert why_not_start() == ""
        assert finds(pair.world.secretary, "无") == (False, False)
        assert health().replica is Standing.AWAY
        assert health().well
    finally:
        pair.replica.cluster.start()
    monkeypatch.setattr(db_replica, "LEFT_ALONE", 0.0)
    wait_until(lambda: health().replica is Standing.OK, "the replica is back")


def test_an_address_with_every_host_finds_who_takes_writes(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    """As deploy/yiqilai.env.example has it: the standby is named first, and is passed over."""
    clusters = (pair.replica.cluster, pair.primary.cluster)
    ports = ",".join(str(one.port) for one in clusters)
    hosts = f"postgresql+psycopg://tests:{clusters[0].password}@/house?host=127.0.0.1,127.0.0.1&port={ports}"
    monkeypatch.setenv("YIQILAI_DATABASE_URL", f"{hosts}&target_session_attrs=read-write")
    monkeypatch.setenv("YIQILAI_REPLICA_URL", f"{hosts}&target_session_attrs=prefer-standby")
    db_engine.forget_engines()
    pair.go_on()

    carry_out(pair.world.secretary, "k-hosts", name_place, name="中里")

    wait_until(lambda: finds(pair.world.secretary, "中里") == (True, True), "the standby answers a ledger")
    monkeypatch.setenv("YIQILAI_REPLICA_URL", pair.primary.url("house"))
    db_engine.forget_engines()
    assert finds(pair.world.secretary, "中里") == (True, False)
    assert health().replica is Standing.PROMOTED


def test_wrong_passwords_slow_down_whoever_tries(pair: Pair) -> None:
    username = username_of(somebody(pair, "锁一"))
    pair.fall_behind()

    waits = [open_attempt(username, "10.1.0.1", now=utc_now()).wait for _ in range(25)]

    assert waits[0] is None
    assert all(waits[10:])


def test_an_old_password_signs_nobody_in_after_its_change(pair: Pair) -> None:
    actor = somebody(pair, "换码")
    username = username_of(actor)
    pair.fall_behind()
    with reading(actor) as session:
        version = session.scalars(select(Account.version).where(Account.id == actor.id)).one()
    carry_out(actor, "k-change", change_own_password, password_hash=hashed(NEW, username=username), version=version)

    attempt = open_attempt(username, "10.2.0.1", now=utc_now())

    assert not matches(OLD, attempt.password_hash)
    assert matches(NEW, attempt.password_hash)
    forget_attempt(attempt.id)


def test_whoever_signed_in_a_moment_ago_is_signed_in(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    actor = somebody(pair, "新登")
    pair.fall_behind()

    attempt = open_attempt(username_of(actor), "10.3.0.1", now=utc_now())
    ticket = grant(attempt, now=utc_now())
    assert ticket is not None
    token = enter(ticket, device="test", now=utc_now())

    assert token is not None
    found = signed_in_by(token, now=utc_now())
    assert found is not None
    assert found.actor.id == actor.id


def test_a_sign_in_that_was_ended_and_a_disabled_account_open_nothing(pair: Pair) -> None:
    gone, disabled = somebody(pair, "退出"), somebody(pair, "停用")
    tokens = [new_sign_in(gone.id), new_sign_in(disabled.id)]
    pair.fall_behind()
    first = signed_in_by(tokens[0], now=utc_now())
    assert first is not None
    assert first.actor.sign_in_id is not None

    leave(first.actor.sign_in_id, now=utc_now())
    do(pair.world[Role.SUBDISTRICT_ADMIN], disable_account, account_id=disabled.id)

    assert [signed_in_by(token, now=utc_now()) for token in tokens] == [None, None]
    phone = Phone(file.routes)
    phone.jar[cookie_name()] = tokens[1]
    assert phone.get(f"/file/{'x' * 32}").status == 401
    phone = Phone(photo.routes)
    phone.jar[cookie_name()] = tokens[1]
    assert phone.get("/photo/1").status == 401


def test_a_stopped_phone_gets_no_doors(pair: Pair) -> None:
    actor = somebody(pair, "走访")
    phone = Phone(door.routes)
    phone.jar["yiqilai_door"] = a_phone(actor, now=utc_now())
    pair.fall_behind()
    assert phone.get("/door/doors").status == 200

    with reading_as_system("test") as session:
        number = session.scalars(select(DoorPhone.id).where(DoorPhone.account_id == actor.id)).one()
    do(pair.world.secretary, stop_phone, phone_id=number)

    assert phone.get("/door/doors").status == 410


def test_a_revoked_display_link_shows_nothing(pair: Pair) -> None:
    code = new_display_code()
    do(pair.world.secretary, make_display, name="一楼", code=code)
    pair.fall_behind()
    phone = Phone(display.routes)
    assert phone.get(f"/d/{code}").status == 200

    with reading_as_system("test") as session:
        number = session.scalars(select(DisplayLink.id).order_by(DisplayLink.id.desc())).first()
    do(pair.world.secretary, revoke_display, link_id=number)

    assert phone.get(f"/d/{code}").status == 410


def test_a_slip_that_was_declared_void_is_void(pair: Pair) -> None:
    code = pair.codes[0]
    pair.fall_behind()
    before = slip_view(code)
    assert before is not None
    assert not before.void

    with reading_as_system("test") as session:
        serials = session.scalars(select(Slip.serial).where(Slip.meeting_id == pair.meeting)).all()
    do(pair.world.secretary, void_slips, meeting_id=pair.meeting, serials=serials, reason="遗失")

    after = slip_view(code)
    assert after is not None
    assert after.void


def test_the_list_of_accounts_tells_who_is_disabled(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    actor = somebody(pair, "在册")
    pair.fall_behind()
    do(pair.world[Role.SUBDISTRICT_ADMIN], disable_account, account_id=actor.id)

    app = open_app(monkeypatch, pair.world[Role.SUBDISTRICT_ADMIN].id, "accounts/accounts.py", q="在册")

    assert not app.exception
    assert "停用" in words(app)


# --- the primary is away -----------------------------------------------------------------------------------


@pytest.fixture
def away(pair: Pair) -> Iterator[tuple[Pair, str, str]]:
    """The primary is gone, the replica answers; a sign-in and a slip from before."""
    code, token = pair.codes[0], new_sign_in(pair.world.secretary.id)
    pair.fall_behind()
    assert health().well
    pair.primary.cluster.stop("immediate")
    try:
        yield pair, token, code
    finally:
        pair.primary.cluster.start()


def test_health_tells_that_the_primary_is_away_and_back(away: tuple[Pair, str, str]) -> None:
    assert (health().reading, health().writing) == (State.AWAY, State.AWAY)

    away[0].primary.cluster.start()
    wait_until(lambda: health().well, "all is well again")
    away[0].primary.cluster.stop("immediate")


def test_a_standby_in_the_place_of_the_primary_is_told(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YIQILAI_DATABASE_URL", pair.replica.url("house"))
    db_engine.forget_engines()

    assert (health().reading, health().writing) == (State.OK, State.READ_ONLY)
    with pytest.raises(Busy):
        carry_out(pair.world.secretary, "", name_place, name="北里")


def test_everybody_gets_the_same_sentence(away: tuple[Pair, str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Who signs in, who is signed in, who acts, who holds a slip, a phone, a link to a file."""
    _pair, token, code = away
    same = sentence(Busy())

    for visit in (
        lambda: open_attempt("shuji", "10.9.0.1", now=utc_now()),
        lambda: signed_in_by(token, now=utc_now()),
    ):
        with pytest.raises(SQLAlchemyError) as failed:
            visit()
        known = told(failed.value)
        assert known is not None
        assert sentence(known) == same
    with pytest.raises(Busy):
        carry_out(away[0].world.secretary, "k-away", name_place, name="西里")

    assert same in Phone(slip.routes).get(f"/v/{code}").text
    worker = Phone(door.routes)
    worker.jar["yiqilai_door"] = "x" * 40
    assert (worker.get("/door/doors").status, '"busy"' in worker.get("/door/doors").html) == (503, True)
    for routes, path in (
        (file.routes, f"/file/{'x' * 32}"),
        (photo.routes, "/photo/1"),
        (display.routes, "/d/0000000000"),
    ):
        phone = Phone(routes)
        phone.jar[cookie_name()] = token
        answer = phone.get(path)
        assert answer.status == 503, path
        assert same in answer.text, path


def test_a_page_and_the_sign_in_form_say_it_too(away: tuple[Pair, str, str]) -> None:
    """What Streamlit hands to our handler is drawn as that sentence, without a number and without a traceback."""
    from streamlit.testing.v1 import AppTest

    def script() -> None:
        from db.queries.accounts.accounts import anybody_there
        from pages.public.mishap import on_script_error

        try:
            anybody_there()
        except Exception as error:  # noqa: BLE001 - as the server does
            on_script_error(error)

    app = AppTest.from_function(script, default_timeout=30).run()

    assert [shown.value for shown in app.error] == [sentence(Busy())]
