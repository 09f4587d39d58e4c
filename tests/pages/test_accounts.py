"""The account page, the own password, and who sees what stands in for a page."""

import pytest
from sqlalchemy import select

from db.engine import as_system, reading_as_system, utc_now
from db.models import Account, AuthSession
from db.passwords import hashed, matches
from db.terms import Role
from tests.builders import World
from tests.signed_in import open_app, sign_in_as, words

PAGE = "admin/accounts.py"
PASSWORD = "account/password.py"


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SUBDISTRICT_ADMIN])
def test_only_the_administrator_opens_the_account_page(
    small_world: World, monkeypatch: pytest.MonkeyPatch, role: Role
) -> None:
    app = open_app(monkeypatch, small_world[role].id, PAGE)

    assert not app.exception
    assert not app.dataframe
    assert "这一页不对您的角色开放" in words(app)


def test_without_a_sign_in_every_page_is_the_form(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    app = open_app(monkeypatch, None, PAGE)

    assert not app.exception
    assert not app.dataframe
    assert "登录" in words(app)
