"""Somebody signed in, for page tests: a real sign-in in the database, presented as the browser's cookie would be.

    app = open_app(monkeypatch, world.secretary.id)             # signed in, start page
    app = open_app(monkeypatch, world.secretary.id, "needs/ledger.py", q="电梯")
    app.button(key="log_need.submit").click().run()

`sign_in_as` alone changes who acts from the next run on; `sign_out` presents no cookie.
"""

import secrets
from datetime import timedelta
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from components import access
from db.engine import as_system, utc_now
from db.models import AuthSession
from db.passwords import digest
from tests.support.servers import ROOT

_PAGES: dict[str, Any] = {}
"""The pages that the app registers in every run, as Streamlit keeps them."""


def new_sign_in(account_id: int, *, hours: float = 12) -> str:
    """A sign-in of this account, and the token that its cookie holds."""
    token, now = secrets.token_urlsafe(32), utc_now()
    with as_system("test") as session:
        session.add(
            AuthSession(
                token_hash=digest(token),
                account_id=account_id,
                created_at=now,
                last_seen_at=now,
                expires_at=now + timedelta(hours=hours),
                device="test",
            )
        )
    return token


def sign_in_as(monkeypatch: pytest.MonkeyPatch, account_id: int) -> str:
    """From the next run on this account acts; returns the token."""
    token = new_sign_in(account_id)
    monkeypatch.setattr(access, "read_token", lambda: token)
    return token


def sign_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """From the next run on the browser presents no cookie."""
    monkeypatch.setattr(access, "read_token", lambda: None)


def open_app(monkeypatch: pytest.MonkeyPatch, account_id: int | None, path: str = "", /, **query: str) -> AppTest:
    """The app as this account (None: nobody) sees it on the page in the file `path`; the start page without one."""
    if account_id is None:
        sign_out(monkeypatch)
    else:
        sign_in_as(monkeypatch, account_id)
    app = AppTest.from_file(str(ROOT / "pages/shell.py"), default_timeout=30)
    if path:
        if not _PAGES:
            _PAGES.update(app.run()._registered_pages)
        # As from a bookmark: the page is the first that is opened. AppTest learns its addresses only by a run, which
        # would draw the start page before each page: half of the time of a page test.
        app._registered_pages = _PAGES
        app.switch_page(path)
    for name, value in query.items():
        app.query_params[name] = value
    return app.run()


def words(app: AppTest) -> str:
    """Everything readable on the page, for looking for a word in it."""
    found: list[str] = []
    for kind in (app.title, app.header, app.subheader, app.markdown, app.caption, app.text, app.error, app.warning,
                 app.info, app.success, app.html, app.code):  # fmt: skip
        found += [str(element.value) for element in kind]
    for widgets in (app.button, app.text_input, app.selectbox, app.checkbox):
        found += [str(widget.label) for widget in widgets]
    return "\n".join(found)


def elements(block: Any) -> int:
    """How many blocks and elements a block holds, at any depth."""
    return sum(1 + elements(child) for child in getattr(block, "children", {}).values())


def keys(app: AppTest) -> set[str]:
    """The keys of everything on the page that can be pressed or filled."""
    kinds = (app.button, app.text_input, app.text_area, app.selectbox, app.multiselect, app.number_input)
    return {str(widget.key) for kind in kinds for widget in kind}


def press(app: AppTest, key: str) -> AppTest:
    return app.button(key=key).click().run()
