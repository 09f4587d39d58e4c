"""The account page, the own password, the first run, and what stands in for a page."""

from datetime import timedelta

import bcrypt
import pytest
from sqlalchemy import func, select
from streamlit.testing.v1 import AppTest

from components import access
from components.accounts import first_run_code
from components.accounts.first_run_code import MOST_TRIES, FirstRunCode
from components.menu import entries
from db import passwords
from db.actions.needs.register import sign_week
from db.engine import as_system, reading_as_system, utc_now
from db.models import Account, AuthSession, Patch, Subdistrict
from db.passwords import hashed, matches
from db.rules.accounts.slowing import FREE
from db.rules.workdays import week_of
from db.terms import Role
from tests.builders.doors import a_patch
from tests.builders.needs import a_need
from tests.builders.world import NOW, TODAY, World, another_actor, do
from tests.support.servers import ROOT
from tests.support.signed_in import keys, new_sign_in, open_app, press, sign_in_as, words

PAGE, PASSWORD_PAGE = "accounts/accounts.py", "accounts/password.py"
OLD, NEW = "correct horse battery", "正确的马与电池和订书钉"


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    real = bcrypt.gensalt
    monkeypatch.setattr(bcrypt, "gensalt", lambda: real(4))
    passwords.nobodys_hash.cache_clear()


def stored(account_id: int) -> Account:
    with reading_as_system("test") as session:
        account = session.get(Account, account_id)
        assert account is not None
        return account


def give(account_id: int, *, must_change: bool = False, password: str = OLD) -> None:
    with as_system("test") as session:
        account = session.get(Account, account_id)
        assert account is not None
        account.password_hash = hashed(password, username=account.username)
        account.must_change_password = must_change


def admin_page(world: World, monkeypatch: pytest.MonkeyPatch, **address: str) -> AppTest:
    return open_app(monkeypatch, world[Role.SUBDISTRICT_ADMIN].id, PAGE, **address)


# --- who gets in ------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SUBDISTRICT_ADMIN])
def test_only_the_administrator_opens_the_account_page(
    small_world: World, monkeypatch: pytest.MonkeyPatch, role: Role
) -> None:
    app = open_app(monkeypatch, small_world[role].id, PAGE)

    assert not app.exception
    assert "个账号" not in words(app)
    assert "这一页不对您的角色开放" in words(app)


def test_without_a_sign_in_every_page_is_the_form(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    for entry in entries():
        app = open_app(monkeypatch, None, entry.path)

        assert not app.exception
        assert [field.label for field in app.text_input] == ["用户名", "密码"], entry.path
        assert "个账号" not in words(app), entry.path


def test_with_a_one_time_password_every_page_is_the_change_of_password(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    give(small_world[Role.SUBDISTRICT_ADMIN].id, must_change=True)
    for entry in entries():
        app = open_app(monkeypatch, small_world[Role.SUBDISTRICT_ADMIN].id, entry.path)

        assert not app.exception
        assert [field.label for field in app.text_input] == ["新密码", "再输一次新密码"], entry.path
        assert "个账号" not in words(app), entry.path


# --- the account page -------------------------------------------------------------------------------


def test_a_new_account_is_told_its_one_time_password_once(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    app = admin_page(small_world, monkeypatch)
    app.text_input(key="account_new.username").set_value("wang.fang")
    app.text_input(key="account_new.name").set_value("王芳")
    app.selectbox(key="account_new.role").set_value(Role.AREA_WORKER)
    app.selectbox(key="account_new.community_id").set_value(small_world.here)

    app.button(key="account_new.submit").click().run()

    assert not app.exception
    shown = app.code[0].value
    with reading_as_system("test") as session:
        account = session.scalars(select(Account).where(Account.username == "wang.fang")).one()
    assert matches(shown, account.password_hash)
    assert account.must_change_password
    assert app.text_input(key="account_new.name").value == ""
    app.run()
    assert not app.code


def test_a_mistake_in_a_new_account_keeps_everything_that_was_typed(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = admin_page(small_world, monkeypatch)
    app.text_input(key="account_new.username").set_value("area_worker")
    app.text_input(key="account_new.name").set_value("𠮷喆 <b>王</b> =1+1 😀")
    app.selectbox(key="account_new.role").set_value(Role.AREA_WORKER)
    app.selectbox(key="account_new.community_id").set_value(small_world.here)

    app.button(key="account_new.submit").click().run()

    assert not app.exception
    assert "已经有了" in words(app)
    assert app.text_input(key="account_new.name").value == "𠮷喆 <b>王</b> =1+1 😀"
    assert app.selectbox(key="account_new.community_id").value == small_world.here
    assert not app.code


def test_an_account_is_changed_disabled_and_enabled_again(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    worker = small_world.worker.id
    new_sign_in(worker)
    app = admin_page(small_world, monkeypatch, id=str(worker))

    app.selectbox(key=f"account.{worker}.role").set_value(Role.COUNCIL_MEMBER)
    app.button(key=f"account.{worker}.submit").click().run()
    assert stored(worker).role is Role.COUNCIL_MEMBER

    app.button(key=f"account.{worker}.leave.submit").click().run()
    assert stored(worker).disabled_at is not None
    with reading_as_system("test") as session:
        living = select(func.count()).where(AuthSession.account_id == worker, AuthSession.revoked_at.is_(None))
        assert session.scalar(living) == 0

    app.button(key=f"account.{worker}.turn").click().run()
    assert stored(worker).disabled_at is None
    assert not app.exception


def test_what_is_in_hand_is_shown_and_handed_over_before_an_account_is_disabled(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    worker = small_world.worker.id
    heir = another_actor(small_world, Role.AREA_WORKER, "shegong9").id
    a_patch(small_world, worker, "1幢", "2幢")
    app = admin_page(small_world, monkeypatch, id=str(worker))
    assert "片区 2 项" in words(app)

    app.selectbox(key=f"account.{worker}.leave.patches_to").set_value(heir)
    app.button(key=f"account.{worker}.leave.submit").click().run()

    assert stored(worker).disabled_at is not None
    with reading_as_system("test") as session:
        assert session.scalars(select(Patch.account_id).distinct()).all() == [heir]


def test_a_one_time_password_is_issued_and_shown(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    worker = small_world.worker.id
    app = admin_page(small_world, monkeypatch, id=str(worker))

    app.button(key=f"account.{worker}.issue").click().run()

    assert not app.exception
    assert matches(app.code[0].value, stored(worker).password_hash)


def test_the_own_account_is_refused_in_words(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    own = small_world[Role.SUBDISTRICT_ADMIN].id
    app = admin_page(small_world, monkeypatch, id=str(own))

    app.button(key=f"account.{own}.leave.submit").click().run()

    assert not app.exception
    assert "至少要有一位管理员" in words(app)
    assert stored(own).disabled_at is None


def test_a_search_that_finds_nobody_leaves_the_page_whole(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    app = admin_page(small_world, monkeypatch, q="'%_\\")

    assert not app.exception
    assert "共 0 个账号" in words(app)


# --- the own password -------------------------------------------------------------------------------


def change(app: AppTest, current: str, wanted: str, again: str) -> AppTest:
    app.text_input(key="password.current").set_value(current)
    app.text_input(key="password.password").set_value(wanted)
    app.text_input(key="password.again").set_value(again)
    return app.button(key="password.submit").click().run()


def test_the_own_password_is_changed_and_other_devices_are_out(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    worker = small_world.worker.id
    give(worker)
    new_sign_in(worker)
    app = open_app(monkeypatch, worker, PASSWORD_PAGE)

    change(app, OLD, NEW, NEW)

    assert not app.exception
    account = stored(worker)
    assert matches(NEW, account.password_hash)
    with reading_as_system("test") as session:
        assert session.scalar(select(func.count()).where(AuthSession.revoked_at.is_(None))) == 1


def one_time(world: World, monkeypatch: pytest.MonkeyPatch, *, signed_in: timedelta) -> AppTest:
    """The change form of a worker who signed in so long ago with a one-time password."""
    give(world.worker.id, must_change=True)
    app = open_app(monkeypatch, world.worker.id)
    with as_system("test") as session:
        sign_in = session.scalars(select(AuthSession).where(AuthSession.account_id == world.worker.id)).one()
        sign_in.created_at -= signed_in
    return app.run()


def test_a_one_time_password_is_not_typed_a_second_time_right_after_the_sign_in(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = one_time(small_world, monkeypatch, signed_in=timedelta(minutes=9))
    assert "password.current" not in keys(app)

    app.text_input(key="password.password").set_value(OLD)
    app.text_input(key="password.again").set_value(OLD)
    press(app, "password.submit")
    assert "不能和现在的一样" in words(app)
    app.text_input(key="password.password").set_value(NEW)
    app.text_input(key="password.again").set_value(NEW)
    press(app, "password.submit")

    assert not app.exception
    assert matches(NEW, stored(small_world.worker.id).password_hash)
    assert not stored(small_world.worker.id).must_change_password


def test_later_the_one_time_password_is_asked_for(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    app = one_time(small_world, monkeypatch, signed_in=timedelta(minutes=11))

    change(app, "wrong", NEW, NEW)

    assert "现在的密码不对" in words(app)
    assert matches(OLD, stored(small_world.worker.id).password_hash)


@pytest.mark.parametrize(
    ("current", "wanted", "again", "said"),
    [
        ("wrong", NEW, NEW, "现在的密码不对"),
        (OLD, "短", "短", "至少 10"),
        (OLD, "议" * 25, "议" * 25, "最多 72 字节"),
        (OLD, NEW, NEW + "!", "两次输入的密码不一样"),
        (OLD, OLD, OLD, "不能和现在的一样"),
        (OLD, "area_worker", "area_worker", "不能和用户名一样"),
        (OLD, "", "", "请填写"),
    ],
)
def test_a_refused_password_is_refused_with_its_reason(
    small_world: World, monkeypatch: pytest.MonkeyPatch, current: str, wanted: str, again: str, said: str
) -> None:
    give(small_world.worker.id)
    app = open_app(monkeypatch, small_world.worker.id, PASSWORD_PAGE)

    change(app, current, wanted, again)

    assert not app.exception
    assert said in words(app)
    assert matches(OLD, stored(small_world.worker.id).password_hash)


def test_the_present_password_cannot_be_guessed_here_either(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    give(small_world.worker.id)
    app = open_app(monkeypatch, small_world.worker.id, PASSWORD_PAGE)

    for _ in range(FREE):
        change(app, "wrong", NEW, NEW)
    change(app, OLD, NEW, NEW)

    assert "分钟后再试" in words(app)
    assert matches(OLD, stored(small_world.worker.id).password_hash)


# --- the first run ----------------------------------------------------------------------------------

FILLED = {
    "subdistrict": "青河街道",
    "district": "南湾区",
    "community": "翠林社区",
    "code": "CL",
    "place": "翠林一村",
    "name": "李秀兰",
    "username": "lixiulan",
    "password": NEW,
    "again": NEW,
}


def first_run(monkeypatch: pytest.MonkeyPatch, shown: str, **other: str) -> AppTest:
    app = open_app(monkeypatch, None)
    app.text_input(key="first_run.code_of_first_run").set_value(shown)
    for field, value in (FILLED | other).items():
        app.text_input(key=f"first_run.{field}").set_value(value)
    return app.button(key="first_run.submit").click().run()


def test_the_code_from_the_terminal_founds_the_subdistrict_once(
    sqlite_database: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    first_run_code.CODE.print_code()
    code = next(word for word in capsys.readouterr().err.split() if word.count("-") == 2 and word.isupper())

    app = first_run(monkeypatch, code.lower())

    assert not app.exception
    assert [field.label for field in app.text_input] == ["用户名", "密码"]
    with reading_as_system("test") as session:
        account = session.scalars(select(Account)).one()
    assert (account.username, account.role) == ("lixiulan", Role.SUBDISTRICT_ADMIN)
    assert matches(NEW, account.password_hash)


@pytest.mark.parametrize(("code", "other", "said"), [("WRONG", {}, "代码不对"), ("", {}, "请填写这一项")])
def test_a_wrong_code_founds_nothing(
    sqlite_database: str, monkeypatch: pytest.MonkeyPatch, code: str, other: dict[str, str], said: str
) -> None:
    app = first_run(monkeypatch, code, **other)

    assert not app.exception
    assert said in words(app)
    assert app.text_input(key="first_run.subdistrict").value == "青河街道"
    with reading_as_system("test") as session:
        assert session.scalar(select(func.count(Subdistrict.id))) == 0


def test_everything_that_is_missing_in_the_first_form_is_told_at_once(
    sqlite_database: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    first_run_code.CODE.print_code()
    code = next(word for word in capsys.readouterr().err.split() if word.count("-") == 2 and word.isupper())

    app = first_run(monkeypatch, code, code="柳", place="", password="short", again="")

    told = words(app)
    assert "有 4 项要改" in told
    assert all(label in told for label in ("只能用英文字母和数字", "请填写这一项", "至少 10 个字"))
    with reading_as_system("test") as session:
        assert session.scalar(select(func.count(Subdistrict.id))) == 0


@pytest.mark.parametrize(
    ("code", "told_at_the_code", "above"), [("", "请填写这一项", "还缺 3 项"), ("WRONG", "代码不对", "有 3 项要改")]
)
def test_every_empty_field_of_the_first_form_says_so_whatever_the_code_is(
    sqlite_database: str, monkeypatch: pytest.MonkeyPatch, code: str, told_at_the_code: str, above: str
) -> None:
    app = first_run(monkeypatch, code, place="", again=" ", password="short")

    told = words(app)
    assert above in told
    assert told_at_the_code in told
    assert told.count("请填写这一项") == (3 if not code else 2)
    assert "至少 10 个字" not in told  # nobody without the code makes the server look at a password
    assert app.text_input(key="first_run.subdistrict").value == "青河街道"


def test_an_empty_code_is_no_try(
    sqlite_database: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    first_run_code.CODE.print_code()
    code = next(word for word in capsys.readouterr().err.split() if word.count("-") == 2 and word.isupper())

    for _ in range(MOST_TRIES + 1):
        first_run(monkeypatch, "")

    assert first_run_code.CODE.accepts(code)


def test_after_five_wrong_tries_there_is_a_new_code(sqlite_database: str, capsys: pytest.CaptureFixture[str]) -> None:
    code = FirstRunCode()
    code.print_code()
    first = capsys.readouterr().err.split()[4]
    FirstRunCode().print_code()
    assert capsys.readouterr().err.split()[4] == first  # of another process

    for _ in range(MOST_TRIES):
        assert not code.accepts("WRONG")

    assert capsys.readouterr().err.split()[4] != first
    assert not code.accepts(first)


# --- inside a run -----------------------------------------------------------------------------------


def test_a_fragment_asks_again_who_acts(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def script() -> None:
        import streamlit as st

        from components.access import fragment
        from db.rules.permissions import Permission

        @fragment(Permission.SEE_NEEDS)
        def counter(user: object, word: str) -> None:
            st.button("again", key="again")
            st.text(f"{word} {user.name}")  # type: ignore[attr-defined]

        counter("seen by")

    sign_in_as(monkeypatch, small_world.worker.id)
    app = AppTest.from_function(script, default_timeout=30).run()
    assert app.text[0].value == f"seen by {small_world.worker.name}"

    sign_in_as(monkeypatch, small_world[Role.VOLUNTEER].id)
    app.button(key="again").click().run()

    assert not app.exception
    assert not app.text
    assert "这一页不对您的角色开放" in words(app)


def test_an_unexpected_error_shows_a_number_and_nothing_else(
    small_world: World, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def script() -> None:
        from pages.public.mishap import on_script_error

        try:
            raise ValueError("张三 13800000000")
        except ValueError as error:
            on_script_error(error)

    app = AppTest.from_function(script, default_timeout=30).run()

    said = app.error[0].value
    logged = capsys.readouterr().out
    number = next(word for word in said.split() if len(word) == 8 and word.isalnum() and word.isascii())
    assert "13800000000" not in said + logged
    assert number in logged
    assert "ValueError" in logged


def test_asking_without_a_run_is_asking_anew(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    sign_in_as(monkeypatch, small_world.worker.id)
    assert access.signed_in() is not None

    monkeypatch.setattr(access, "read_token", lambda: None)

    assert access.signed_in() is None
    assert utc_now().tzinfo is not None
    assert (ROOT / "pages/shell.py").is_file()


def test_the_page_shows_under_which_name_somebody_signed(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world, signer = small_world, small_world.secretary
    a_need(world)
    do(signer, sign_week, week=week_of(TODAY), remark="", now=NOW + timedelta(days=3))
    with as_system("test") as session:
        session.get_one(Account, signer.id).name = "改了姓名"

    app = admin_page(world, monkeypatch, id=str(signer.id))

    assert "签过字的材料上的名字：测试secretary" in words(app)
    assert "改了姓名" in words(app)
