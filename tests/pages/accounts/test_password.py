"""The own account: the second factor from the QR to the sign-in, and where one is signed in."""

from datetime import timedelta

import bcrypt
import pyotp
import pytest
from sqlalchemy import func, select
from streamlit.testing.v1 import AppTest

from db import passwords
from db.actions.accounts.accounts import issue_password
from db.engine import as_system, carry_out, reading_as_system, utc_now
from db.models import Account, AuthSession, RecoveryCode, SecondFactor, SignInTicket
from db.passwords import hashed
from db.terms import Role
from tests.builders.world import World
from tests.support.signed_in import keys, new_sign_in, open_app, press, words

PAGE, PASSWORD = "accounts/password.py", "correct horse battery"


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    real = bcrypt.gensalt
    monkeypatch.setattr(bcrypt, "gensalt", lambda: real(4))
    passwords.nobodys_hash.cache_clear()


def give_password(account_id: int) -> None:
    with as_system("test") as session:
        account = session.get_one(Account, account_id)
        account.password_hash = hashed(PASSWORD, username=account.username)


def codes_shown(app: AppTest) -> list[str]:
    return [line for block in app.code for line in block.value.splitlines() if len(line) == 11]


def switched_on(app: AppTest) -> tuple[str, list[str]]:
    """The secret and the codes on paper, as somebody reads them from the page."""
    press(app, "second_factor.begin")
    secret = app.code[0].value
    app.text_input(key="second_factor.code").set_value(pyotp.TOTP(secret).at(utc_now() - timedelta(seconds=30)))
    press(app, "second_factor.submit")
    return secret, codes_shown(app)


def test_a_secretary_switches_it_on_and_signs_in_with_a_code(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    give_password(small_world.secretary.id)
    app = open_app(monkeypatch, small_world.secretary.id, PAGE)
    secret, codes = switched_on(app)
    once = words(app)
    app.run()
    later = words(app)

    visitor = open_app(monkeypatch, None)
    visitor.text_input[0].set_value("secretary")
    visitor.text_input[1].set_value(PASSWORD)
    visitor.button[0].click().run()
    with reading_as_system("test") as session:
        before = session.scalars(select(SignInTicket.needs_code)).all()
    visitor.text_input(key="sign_in_code.code").set_value("000000")
    press(visitor, "sign_in_code.submit")
    wrong = words(visitor)
    visitor.text_input(key="sign_in_code.code").set_value(pyotp.TOTP(secret).at(utc_now() + timedelta(seconds=30)))
    press(visitor, "sign_in_code.submit")

    assert not app.exception
    assert not visitor.exception
    assert len(codes) == 10
    assert codes[0] in once
    assert codes[0] not in later
    assert before == [True]
    assert "验证码不对" in wrong
    with reading_as_system("test") as session:
        assert session.scalars(select(SignInTicket.needs_code)).all() == [False]


def test_a_wrong_code_keeps_the_secret_that_was_scanned(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    app = open_app(monkeypatch, small_world.secretary.id, PAGE)
    press(app, "second_factor.begin")
    secret = app.code[0].value

    app.text_input(key="second_factor.code").set_value("123")
    press(app, "second_factor.submit")

    assert app.code[0].value == secret
    assert "请检查" in words(app)
    with reading_as_system("test") as session:
        assert session.scalar(select(func.count(SecondFactor.id))) == 0


@pytest.mark.parametrize(("what", "left"), [("关闭二次验证", (0, 0)), ("换一套备用码", (1, 10))])
def test_it_is_changed_with_the_present_password_only(
    small_world: World, monkeypatch: pytest.MonkeyPatch, what: str, left: tuple[int, int]
) -> None:
    give_password(small_world.secretary.id)
    app = open_app(monkeypatch, small_world.secretary.id, PAGE)
    _secret, codes = switched_on(app)

    def change(password: str) -> None:
        app.selectbox(key="second_factor_change.what").select(what)
        app.text_input(key="second_factor_change.current").set_value(password)
        press(app, "second_factor_change.submit")

    press(app, "second_factor_change.submit")
    unchosen = words(app)
    change("not the password")
    refused = words(app)
    change(PASSWORD)

    assert not app.exception
    assert "请选择" in unchosen
    assert "现在的密码不对" in refused
    assert not set(codes_shown(app)) & set(codes)
    with reading_as_system("test") as session:
        factors, papers = (session.scalar(select(func.count(table.id))) for table in (SecondFactor, RecoveryCode))
    assert (factors, papers) == left


def test_a_worker_is_not_offered_it(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    app = open_app(monkeypatch, small_world.worker.id, PAGE)

    assert "second_factor.begin" not in keys(app)


def test_an_administrator_resets_it_for_somebody_else(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    switched_on(open_app(monkeypatch, small_world.secretary.id, PAGE))
    admin = small_world[Role.SUBDISTRICT_ADMIN].id
    without = keys(open_app(monkeypatch, admin, "accounts/accounts.py", id=str(small_world.worker.id)))
    app = open_app(monkeypatch, admin, "accounts/accounts.py", id=str(small_world.secretary.id))
    press(app, f"account.{small_world.secretary.id}.reset")

    assert not app.exception
    assert f"account.{small_world.worker.id}.reset" not in without
    with reading_as_system("test") as session:
        assert session.scalar(select(func.count(SecondFactor.id))) == 0


def test_another_sign_in_is_ended_and_this_one_stays(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(3):
        new_sign_in(small_world.worker.id)
    app = open_app(monkeypatch, small_world.worker.id, PAGE)

    press(app, "end_sign_in.submit")
    unchosen = words(app)
    with reading_as_system("test") as session:
        oldest = session.scalar(select(func.min(AuthSession.id)))
    app.selectbox(key="end_sign_in.sign_in_id").set_value(oldest)
    press(app, "end_sign_in.submit")
    one_less = living(small_world)
    press(app, "end_other_sign_ins")

    assert not app.exception
    assert "请填写" in unchosen
    assert (one_less, living(small_world)) == (3, 1)
    assert "现在这台" in words(app)


def living(world: World) -> int | None:
    with reading_as_system("test") as session:
        return session.scalar(
            select(func.count()).where(AuthSession.account_id == world.worker.id, AuthSession.revoked_at.is_(None))
        )


@pytest.mark.parametrize("wanted", ["1234567890", "yiqilai2026", "area_worker2026", "柳林社区2026年度"])
def test_a_password_that_is_soon_guessed_is_refused_at_its_field(
    small_world: World, monkeypatch: pytest.MonkeyPatch, wanted: str
) -> None:
    give_password(small_world.worker.id)
    app = open_app(monkeypatch, small_world.worker.id, PAGE)
    for field, value in (("current", PASSWORD), ("password", wanted), ("again", wanted)):
        app.text_input(key=f"password.{field}").set_value(value)

    press(app, "password.submit")

    assert "太容易被猜到" in words(app)
    assert app.text_input(key="password.password").value == wanted


def test_a_new_one_time_password_leaves_the_second_factor(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    switched_on(open_app(monkeypatch, small_world.secretary.id, PAGE))
    given = hashed(passwords.one_time_password(), username="secretary")

    carry_out(small_world[Role.SUBDISTRICT_ADMIN], "", issue_password, account_id=small_world.secretary.id,
              password_hash=given)  # fmt: skip

    with reading_as_system("test") as session:
        assert session.scalar(select(func.count(SecondFactor.id))) == 1
