"""Signing in: the ticket, the cookie, the lock, and that nothing tells a stranger who has an account."""

import logging
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import bcrypt
import pytest
import uvicorn
from sqlalchemy import func, select, update
from streamlit.testing.v1 import AppTest

from components import access
from components.accounts import sign_in
from db import passwords
from db.actions.accounts import sign_in as act
from db.actions.accounts.accounts import issue_password
from db.actions.accounts.sign_in import (
    LONGEST,
    enter,
    forget_attempt,
    grant,
    leave,
    open_attempt,
    touch,
)
from db.actions.admin.leaving import change_account, disable_account
from db.audit import UNAUDITED
from db.engine import as_system, carry_out, reading_as_system, utc_now
from db.errors import BadInput, Problem, Refused
from db.models import Account, AuditEntry, AuthSession, SignInFailure, SignInTicket
from db.passwords import PasswordHash, digest, hashed, matches, one_time_password
from db.queries.accounts.accounts import signed_in_by
from db.rules.accounts.slowing import FIRST_WAIT, FREE, LONGEST_WAIT, STORM, WINDOW
from db.settings import settings
from db.terms import Language, Role
from tests.builders.world import NOW, World
from tests.support.servers import ROOT
from tests.support.signed_in import new_sign_in, open_app, sign_in_as, words
from tests.support.statements import Statements

HOME = "10.0.0.7"
PASSWORD = "correct horse battery"


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """bcrypt at its lowest cost: what is tested does not depend on how slow it is."""
    real = bcrypt.gensalt
    monkeypatch.setattr(bcrypt, "gensalt", lambda: real(4))
    passwords.nobodys_hash.cache_clear()


def give_password(account_id: int, password: str = PASSWORD) -> None:
    with as_system("test") as session:
        account = session.get(Account, account_id)
        assert account is not None
        account.password_hash = hashed(password, username=account.username)


def fail(username: str, times: int, *, address: str = HOME, now: datetime = NOW) -> list[timedelta | None]:
    return [open_attempt(username, address, now=now + timedelta(seconds=i)).wait for i in range(times)]


# --- passwords --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("password", "problem"),
    [
        ("", Problem.EMPTY),
        ("   ", Problem.EMPTY),
        ("123456789", Problem.TOO_SHORT),
        ("议" * 9, Problem.TOO_SHORT),
        ("议" * 25, Problem.TOO_MANY_BYTES),
        ("a" * 73, Problem.TOO_MANY_BYTES),
        ("a\0bcdefghijk", Problem.WRONG),
    ],
)
def test_a_password_that_breaks_a_rule_is_refused_with_its_reason(password: str, problem: Problem) -> None:
    with pytest.raises(BadInput) as refused:
        hashed(password, username="wang.fang.1")

    assert refused.value.problem is problem


@pytest.mark.parametrize("password", ["wang.fang.1", " Wang.Fang.1"])
def test_a_password_is_not_the_user_name(password: str) -> None:
    with pytest.raises(Refused) as refused:
        hashed(password, username="wang.fang.1")

    assert refused.value.rule == "password_is_username"


@pytest.mark.parametrize(
    "password",
    ["处处闻啼鸟夜来风雨声花落知多少", "a long row of words, " * 3, "𠮷喆😀 eight chars", "  spaces around  "],
)
def test_a_password_that_keeps_the_rules_fits_its_hash(password: str) -> None:
    stored = hashed(password, username="wang.fang")

    assert matches(password, stored)
    assert matches(password.strip(), stored)
    assert not matches(password.strip() + "x", stored)


@pytest.mark.parametrize("password", ["", "a" * 5000, "议" * 25, "\0", "a\0b", "\ud800"])
@pytest.mark.parametrize("stored", [None, "", "!", "$2b$12$short", "$2b$04$" + "x" * 53])
def test_checking_a_password_never_raises(password: str, stored: str | None) -> None:
    assert not matches(password, stored)


def test_a_password_beyond_72_bytes_does_not_fit_by_its_beginning() -> None:
    longest = "nine cups of tea under the willow, and a dumpling for each of us, please"
    stored = hashed(longest, username="wang.fang")

    assert len(longest) == 72
    assert not matches(longest + "a", stored)


def test_one_time_passwords_keep_the_rules_and_differ() -> None:
    made = {one_time_password() for _ in range(50)}

    assert len(made) == 50
    assert all(passwords.check(password, username="x") == password for password in made)


# --- wrong tries ------------------------------------------------------------------------------------


def come_from(username: str, mark: str, *, now: datetime = NOW) -> None:
    """This account has signed in with the browser that keeps this mark."""
    ticket = grant(open_attempt(username, "10.9.9.9", now=now), now=now)
    assert ticket is not None
    assert enter(ticket, device="test", mark=mark, now=now) is not None


@pytest.mark.parametrize("username", ["area_worker", "nobody.at.all"])
def test_after_five_wrong_tries_each_costs_a_longer_wait_whether_or_not_the_name_exists(
    world: World, username: str
) -> None:
    free = [open_attempt(username, HOME, now=NOW).wait for _ in range(FREE)]
    waits, now = [], NOW
    for _ in range(8):
        wait = open_attempt(username, HOME, now=now).wait
        assert wait is not None
        waits.append(wait)
        now += wait
        assert open_attempt(username, HOME, now=now).wait is None

    assert free == [None] * FREE
    assert waits == [min(FIRST_WAIT * 2**n, LONGEST_WAIT) for n in range(8)]


def test_tries_while_waiting_do_not_prolong_the_wait(world: World) -> None:
    fail("area_worker", FREE, now=NOW)

    for second in range(10, 20):
        assert open_attempt("area_worker", HOME, now=NOW + timedelta(seconds=second)).wait is not None

    assert open_attempt("area_worker", HOME, now=NOW + FIRST_WAIT + timedelta(seconds=5)).wait is None


def test_old_tries_and_tries_of_a_clock_that_ran_ahead_do_not_count(world: World) -> None:
    fail("area_worker", FREE, now=NOW - WINDOW - timedelta(minutes=1))
    fail("area_worker", FREE, now=NOW + timedelta(days=400))

    assert open_attempt("area_worker", HOME, now=NOW).wait is None


def test_whoever_must_wait_does_not_get_in_with_the_right_password(world: World) -> None:
    fail("area_worker", FREE)

    attempt = open_attempt("area_worker", HOME, now=NOW + timedelta(seconds=6))

    assert attempt.wait is not None
    assert grant(attempt, now=NOW) is None


def test_a_stranger_slows_down_neither_another_place_nor_a_browser_that_is_known(world: World) -> None:
    come_from("area_worker", "m" * 43)
    fail("area_worker", 40)

    later = NOW + timedelta(minutes=1)
    assert open_attempt("area_worker", "10.0.0.8", now=later).wait is None
    assert open_attempt("area_worker", HOME, mark="m" * 43, now=later).wait is None
    assert open_attempt("area_worker", HOME, mark="n" * 43, now=NOW + timedelta(seconds=41)).wait is not None


def test_a_browser_is_known_to_its_own_account_only(world: World) -> None:
    come_from("area_worker", "m" * 43)
    fail("secretary", FREE)

    assert open_attempt("secretary", HOME, mark="m" * 43, now=NOW + timedelta(seconds=6)).wait is not None


def test_a_known_browser_is_slowed_down_by_its_own_wrong_tries(world: World) -> None:
    come_from("area_worker", "m" * 43)

    waits = [open_attempt("area_worker", f"10.0.{n}.1", mark="m" * 43, now=NOW).wait for n in range(FREE + 1)]

    assert waits[:-1] == [None] * FREE
    assert waits[-1] == FIRST_WAIT


def test_tries_for_every_name_from_one_address_leave_each_name_there_a_try(world: World) -> None:
    come_from("area_worker", "m" * 43)
    for number in range(STORM + 2):
        assert open_attempt(f"name{number}", HOME, now=NOW).wait is None

    assert open_attempt("secretary", HOME, now=NOW).wait is None
    assert open_attempt("secretary", HOME, now=NOW).wait == FIRST_WAIT
    assert open_attempt("area_worker", HOME, mark="m" * 43, now=NOW).wait is None
    assert open_attempt("area_worker", HOME, mark="m" * 43, now=NOW).wait is None


def test_tries_for_one_name_from_everywhere_leave_each_place_a_try(world: World) -> None:
    for number in range(STORM):
        open_attempt("area_worker", f"10.7.{number}.1", now=NOW)

    assert open_attempt("area_worker", HOME, now=NOW).wait is None
    assert open_attempt("area_worker", HOME, now=NOW).wait == FIRST_WAIT


def test_of_many_attempts_at_once_no_more_than_five_are_tried(world: World) -> None:
    with ThreadPoolExecutor(12) as pool:
        waits = list(pool.map(lambda _: open_attempt("area_worker", HOME, now=NOW).wait, range(24)))

    assert waits.count(None) <= FREE


def test_signing_in_forgets_the_wrong_tries_of_this_name_from_this_place_only(world: World) -> None:
    fail("area_worker", 3)
    fail("area_worker", 2, address="10.0.0.8")
    fail("secretary", 3)

    grant(open_attempt("area_worker", HOME, now=NOW), now=NOW)

    assert act.failures_of("area_worker", now=NOW) == 2
    assert act.failures_of("secretary", now=NOW) == 3


def test_an_account_whose_sign_ins_were_ended_knows_those_browsers_no_more(world: World) -> None:
    come_from("area_worker", "m" * 43)
    admin = world[Role.SUBDISTRICT_ADMIN]
    carry_out(admin, "", issue_password, account_id=world.worker.id, password_hash=PasswordHash("!"))
    fail("area_worker", FREE)

    assert open_attempt("area_worker", HOME, mark="m" * 43, now=NOW + timedelta(seconds=6)).wait is not None


def test_a_new_one_time_password_opens_a_locked_name(world: World) -> None:
    fail("area_worker", FREE)

    carry_out(
        world[Role.SUBDISTRICT_ADMIN], "", issue_password, account_id=world.worker.id, password_hash=PasswordHash("!")
    )

    assert open_attempt("area_worker", HOME, now=NOW).wait is None


def test_the_failures_hold_no_name_and_no_address(world: World) -> None:
    open_attempt("area_worker", HOME, now=NOW)

    with reading_as_system("test") as session:
        row = session.scalars(select(SignInFailure)).one()
    assert "area_worker" not in row.username_index
    assert HOME not in row.address_index


def test_known_unknown_and_disabled_names_cost_the_same_statements(world: World) -> None:
    give_password(world.worker.id)
    carry_out(world[Role.SUBDISTRICT_ADMIN], "", disable_account, account_id=world.other_secretary.id)
    counts = {}
    for name in ("area_worker", "nobody.at.all", "secretary_there"):
        with Statements() as counted:
            attempt = open_attempt(name, HOME, now=NOW)
            matches("wrong password", attempt.password_hash)
        counts[name] = [text.split()[0] for text in counted.texts]

    assert len({tuple(kinds) for kinds in counts.values()}) == 1


# --- ticket and cookie ------------------------------------------------------------------------------


def ticket_for(world: World) -> str:
    ticket = grant(open_attempt("area_worker", HOME, now=NOW), now=NOW)
    assert ticket is not None
    return ticket


def test_a_ticket_opens_a_sign_in_once(world: World) -> None:
    ticket = ticket_for(world)

    token = enter(ticket, device="test", now=NOW)

    assert token is not None
    found = signed_in_by(token, now=NOW)
    assert found is not None
    assert found.actor.id == world.worker.id
    assert enter(ticket, device="test", now=NOW) is None


def test_a_ticket_lives_a_minute(world: World) -> None:
    assert enter(ticket_for(world), device="test", now=NOW + timedelta(seconds=61)) is None


def test_of_two_uses_of_a_ticket_at_once_one_gets_in(world: World) -> None:
    ticket = ticket_for(world)

    with ThreadPoolExecutor(4) as pool:
        tokens = list(pool.map(lambda _: enter(ticket, device="test", now=NOW), range(4)))

    assert sum(token is not None for token in tokens) == 1


def test_an_account_disabled_after_the_password_was_checked_does_not_get_in(world: World) -> None:
    ticket = ticket_for(world)

    carry_out(world[Role.SUBDISTRICT_ADMIN], "", disable_account, account_id=world.worker.id)

    assert enter(ticket, device="test", now=NOW) is None


def test_the_database_holds_only_hashes_of_tokens_and_tickets(world: World) -> None:
    ticket = ticket_for(world)
    with reading_as_system("test") as session:
        assert session.scalars(select(SignInTicket.ticket_hash)).one() == digest(ticket)
    token = enter(ticket, device="test", now=NOW)
    assert token is not None

    with reading_as_system("test") as session:
        assert session.scalars(select(AuthSession.token_hash)).one() == digest(token)
        operations = session.scalars(select(AuditEntry.operation)).all()
        assert all(token not in str(changes) for changes in session.scalars(select(AuditEntry.changes)))
    assert "sign_in" in operations


def test_a_sign_in_ends_when_it_was_not_used_for_its_hours(world: World) -> None:
    token = enter(ticket_for(world), device="test", now=NOW)
    assert token is not None
    hours = timedelta(hours=settings().sign_in_hours)

    assert signed_in_by(token, now=NOW + hours - timedelta(seconds=1)) is not None
    assert signed_in_by(token, now=NOW + hours) is None


def test_using_a_sign_in_keeps_it_open_but_not_for_ever(world: World) -> None:
    token = enter(ticket_for(world), device="test", now=NOW)
    assert token is not None
    found = signed_in_by(token, now=NOW)
    assert found is not None
    assert found.actor.sign_in_id is not None
    now, step = NOW, timedelta(hours=settings().sign_in_hours - 1)
    while now + step < NOW + LONGEST:
        now += step
        touch(found.actor.sign_in_id, now=now)

    assert signed_in_by(token, now=NOW + LONGEST - timedelta(seconds=1)) is not None
    assert signed_in_by(token, now=NOW + LONGEST) is None


def test_signing_out_ends_the_sign_in_and_only_this_one(world: World) -> None:
    here, there = new_sign_in(world.worker.id), new_sign_in(world.worker.id)
    found = signed_in_by(here, now=utc_now())
    assert found is not None
    assert found.actor.sign_in_id is not None

    leave(found.actor.sign_in_id, now=utc_now())

    assert signed_in_by(here, now=utc_now()) is None
    assert signed_in_by(there, now=utc_now()) is not None


@pytest.mark.parametrize(
    "token", ["", "x", "议起来", "\ud800", "a" * 100_000, "' OR 1=1 --", "\0", "eyJhbGciOiJub25lIn0.e30.", "0"]
)
def test_a_forged_token_belongs_to_nobody(world: World, token: str) -> None:
    new_sign_in(world.worker.id)

    assert signed_in_by(token, now=utc_now()) is None


def test_who_is_signed_in_takes_one_statement(world: World) -> None:
    token = new_sign_in(world.worker.id)

    with Statements() as counted:
        signed_in_by(token, now=utc_now())

    assert len([text for text in counted.texts if text.startswith("SELECT")]) == 1


# --- on the screen ----------------------------------------------------------------------------------


def type_in(app: AppTest, username: str, password: str) -> AppTest:
    app.text_input[0].set_value(username)
    app.text_input[1].set_value(password)
    return app.button[0].click().run()


def message(app: AppTest) -> str:
    return "\n".join(str(element.value) for element in (*app.error, *app.warning))


def test_the_form_hands_out_a_ticket_for_the_right_password(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    give_password(small_world.worker.id)
    app = open_app(monkeypatch, None)

    type_in(app, "  AREA_WORKER ", PASSWORD)

    assert not app.exception
    assert message(app) == ""
    with reading_as_system("test") as session:
        assert session.scalar(select(SignInTicket.account_id)) == small_world.worker.id


def test_a_wrong_password_an_unknown_name_and_a_disabled_account_read_the_same(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    give_password(small_world.worker.id)
    give_password(small_world.secretary.id)
    carry_out(small_world[Role.SUBDISTRICT_ADMIN], "", disable_account, account_id=small_world.secretary.id)
    tries = [("area_worker", "wrong password"), ("nobody.at.all", PASSWORD), ("secretary", PASSWORD)]
    tries += [("area_worker", "议" * 100), ("area_worker", PASSWORD + "\0")]

    read = {message(type_in(open_app(monkeypatch, None), *attempt)) for attempt in tries}

    assert len(read) == 1
    assert read != {""}


def test_the_library_compares_a_hash_once_whoever_is_asked_for(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    give_password(small_world.worker.id)
    passwords.nobodys_hash()
    compared: list[bytes] = []
    real = bcrypt.checkpw

    def compare(plain: bytes, stored: bytes) -> bool:
        compared.append(stored)
        return real(plain, stored)

    monkeypatch.setattr(bcrypt, "checkpw", compare)
    numbers = []
    for attempt in (("area_worker", "wrong password"), ("nobody.at.all", PASSWORD), ("area_worker", "a" * 4000)):
        before = len(compared)
        type_in(open_app(monkeypatch, None), *attempt)
        numbers.append(len(compared) - before)

    assert numbers == [1, 1, 1]


def test_the_lock_reads_the_same_for_a_known_and_an_unknown_name(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = set()
    for name in ("area_worker", "nobody.at.all"):
        app = open_app(monkeypatch, None)
        for _ in range(FREE + 1):
            type_in(app, name, "wrong password")
        read.add(message(app))

    assert len(read) == 1
    assert "1 分钟" in read.pop()


def test_an_empty_form_counts_for_nothing(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    app = type_in(open_app(monkeypatch, None), "area_worker", "")

    assert "请填写" in message(app)
    assert act.failures_of("area_worker", now=utc_now()) == 0


@pytest.mark.parametrize("token", ["x" * 40, "a" * 100_000, "议起来", "eyJhbGciOiJub25lIn0.e30.", "\0"])
def test_a_forged_cookie_leads_to_the_form(small_world: World, monkeypatch: pytest.MonkeyPatch, token: str) -> None:
    monkeypatch.setattr(access, "read_token", lambda: token)

    app = AppTest.from_file(str(ROOT / "pages/shell.py"), default_timeout=30).run()

    assert not app.exception
    assert "登录" in words(app)


@pytest.mark.parametrize(
    "state",
    [
        {"authentication_status": True, "username": "subdistrict_admin", "name": "管理员", "roles": ["admin"]},
        {"_owner": 1},
        {"logout": True},
    ],
)
def test_what_stands_in_the_session_state_signs_nobody_in(
    small_world: World, monkeypatch: pytest.MonkeyPatch, state: dict[str, object]
) -> None:
    monkeypatch.setattr(access, "read_token", lambda: None)
    app = AppTest.from_file(str(ROOT / "pages/shell.py"), default_timeout=30)
    for key, value in state.items():
        app.session_state[key] = value

    app.run()

    assert not app.exception
    assert "登录" in words(app)
    assert all(key not in app.session_state for key in sign_in.LIBRARY_KEYS)


def test_a_revoked_sign_in_ends_with_the_next_click(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    app = open_app(monkeypatch, small_world.worker.id, "accounts/password.py")
    assert "我的账号" in words(app)

    carry_out(small_world[Role.SUBDISTRICT_ADMIN], "", disable_account, account_id=small_world.worker.id)
    app.run()

    assert not app.exception
    assert "我的账号" not in words(app)
    assert "登录" in words(app)


def test_a_changed_role_holds_with_the_next_click(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    admin = small_world[Role.SUBDISTRICT_ADMIN]
    with as_system("test") as session:
        worker = session.get(Account, small_world.worker.id)
        assert worker is not None
        worker.role, worker.community_id = Role.SUBDISTRICT_ADMIN, None
        session.flush()
        version = worker.version
    app = open_app(monkeypatch, small_world.worker.id, "accounts/accounts.py")
    assert "个账号" in words(app)

    carry_out(
        admin, "", change_account, account_id=small_world.worker.id, version=version, name="王芳",
        role=Role.AREA_WORKER, community_id=small_world.here, sees_restricted=False,
    )  # fmt: skip
    app.run()

    assert not app.exception
    assert "个账号" not in words(app)
    assert "这一页不对您的角色开放" in words(app)


def test_another_person_on_the_same_connection_finds_nothing_of_the_one_before(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = open_app(monkeypatch, small_world.worker.id)
    app.session_state["draft"] = "张三 13800000000"
    app.run()
    assert "draft" in app.session_state

    sign_in_as(monkeypatch, small_world.secretary.id)
    app.run()

    assert "draft" not in app.session_state


def test_a_sign_in_is_touched_at_most_every_five_minutes(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    token = sign_in_as(monkeypatch, small_world.worker.id)
    with as_system("test") as session:
        session.execute(update(AuthSession).values(last_seen_at=utc_now() - timedelta(minutes=6)),
                        execution_options=UNAUDITED)  # fmt: skip
    touched: list[int] = []

    def noted(sign_in_id: int, *, now: datetime) -> Any:
        touched.append(1)
        return touch(sign_in_id, now=now)

    monkeypatch.setattr(access, "touch", noted)
    app = AppTest.from_file(str(ROOT / "pages/shell.py"), default_timeout=30)

    for _ in range(3):
        app.run()

    assert len(touched) == 1
    assert signed_in_by(token, now=utc_now()) is not None


def test_a_run_asks_once_who_is_signed_in(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    app = open_app(monkeypatch, small_world.worker.id, "accounts/password.py")

    with Statements() as counted:
        app.run()

    assert len([text for text in counted.texts if "auth_session.token_hash =" in text]) == 1


def test_the_language_is_one_click_and_stays(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    app = open_app(monkeypatch, small_world.worker.id, "accounts/password.py")

    app.button(key="foot.language").click().run()

    assert not app.exception
    with reading_as_system("test") as session:
        assert session.scalar(select(Account.language).where(Account.id == small_world.worker.id)) is Language.ENGLISH
    assert app.button(key="foot.language").label == "中文"


def test_signing_out_by_the_button_ends_the_sign_in(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    app = open_app(monkeypatch, small_world.worker.id, "accounts/password.py")

    app.button(key="foot.leave").click().run()
    app.run()

    assert "登录" in words(app)
    with reading_as_system("test") as session:
        assert session.scalar(select(func.count()).where(AuthSession.revoked_at.is_(None))) == 0


def test_the_display_role_has_no_menu(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    app = open_app(monkeypatch, small_world[Role.DISPLAY].id)

    assert not app.exception
    assert not app.sidebar.button


# --- where the browser is ---------------------------------------------------------------------------


class _Context:
    def __init__(self, peer: str | None, forwarded: str) -> None:
        self.ip_address, self.headers = peer, {"X-Forwarded-For": forwarded}


@pytest.mark.parametrize(
    ("peer", "forwarded", "address"),
    [
        ("10.9.9.9", "1.2.3.4", "10.9.9.9"),  # a stranger may claim what he likes
        ("10.0.0.1", "1.2.3.4", "1.2.3.4"),
        ("10.0.0.1", "6.6.6.6, 1.2.3.4", "1.2.3.4"),  # the left part is what the client itself sent
        ("10.0.0.1", "1.2.3.4, 10.0.0.2", "1.2.3.4"),
        ("10.0.0.1", "", "10.0.0.1"),
        (None, "1.2.3.4", "127.0.0.1"),
    ],
)
def test_only_a_trusted_proxy_is_believed_about_addresses(
    monkeypatch: pytest.MonkeyPatch, peer: str | None, forwarded: str, address: str
) -> None:
    monkeypatch.setattr("components.accounts.sign_in.st.context", _Context(peer, forwarded))
    monkeypatch.setenv("YIQILAI_TRUSTED_PROXIES", "10.0.0.1, 10.0.0.2")
    settings.cache_clear()

    assert sign_in.client_address() == address
    settings.cache_clear()


def test_forgetting_an_attempt_takes_it_out_of_the_count(world: World) -> None:
    forget_attempt(open_attempt("area_worker", HOME, now=NOW).id)

    assert act.failures_of("area_worker", now=NOW) == 0


def test_streamlit_does_not_log_the_words_of_an_error(caplog: pytest.LogCaptureFixture) -> None:
    import pages.public.mishap  # noqa: F401

    uvicorn.Config(app="app:app")  # sets up logging anew, and enables loggers that were disabled
    log = logging.getLogger("streamlit.error_util")
    log.addHandler(caplog.handler)
    try:
        log.error("what a resident said")
    finally:
        log.removeHandler(caplog.handler)

    assert caplog.records == []
