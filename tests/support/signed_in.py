"""Somebody signed in, for page tests: a real sign-in in the database, presented as the browser's cookie would be.

    app = open_app(monkeypatch, world.secretary.id)             # signed in, start page
    app = open_app(monkeypatch, world.secretary.id, "needs/ledger.py", q="电梯")
    app.button(key="log_need.submit").click().run()

`sign_in_as` alone changes who acts from the next run on; `sign_out` presents no cookie.
"""

import json
import secrets
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from streamlit.proto.BidiComponent_pb2 import BidiComponent
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Dataframe

from components import access
from components.asking import Folded
from db.engine import as_system, utc_now
from db.models import AuthSession
from db.passwords import digest
from tests.support.servers import ROOT

_PAGES: dict[str, Any] = {}
"""The pages that the app registers in every run, as Streamlit keeps them."""
_ADDRESSES: dict[str, str] = {}
"""What a page's file is called there: to find it, AppTest resolves the paths of all pages on the disk."""


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
    # What lies in folds is read and filled without opening them; `tests/components/test_asking.py` opens them.
    monkeypatch.setattr(Folded, "open", True)
    app = AppTest.from_file(str(ROOT / "pages/shell.py"), default_timeout=120)
    # AppTest has no address of its own; papers with a QR ask for one (`tests/components/test_public_address.py`).
    app.session_state["_printed_address"] = "https://yiqilai.example"
    if path:
        if not _PAGES:
            _PAGES.update(app.run()._registered_pages)
        # As from a bookmark: the page is the first that is opened. AppTest learns its addresses only by a run, which
        # would draw the start page before each page: half of the time of a page test.
        app._registered_pages = _PAGES
        if path not in _ADDRESSES:
            app.switch_page(path)
            _ADDRESSES[path] = app._page_hash
        app._page_hash = _ADDRESSES[path]
    for name, value in query.items():
        app.query_params[name] = value
    return app.run()


def nodes(block: Any) -> Iterator[Any]:
    """Every element and every block below."""
    yield block
    for child in getattr(block, "children", {}).values():
        yield from nodes(child)


def words(app: AppTest) -> str:
    """Everything readable on the page, lists and tables too, for looking for a word in it.

    It leaves out help texts, charts and what stands in a field; `everything_on` of the canary has those as well.
    """
    found: list[str] = []
    for node in nodes(app._tree):
        if isinstance(node, Dataframe):
            found.append(node.value.to_csv(index=False))
        if hasattr(proto := getattr(node, "proto", None), "ListFields"):
            found += _read(proto)
    return "\n".join(found)


_TEXTS = ("body", "label", "options", "code_text")
_NOT_READ = ("href", "way", "route", "path", "kind", "colour")
"""What a block of ours is sent besides words: addresses, pictures, looks."""


def _read(message: Any) -> Iterator[str]:
    """The texts in a message to the browser that it shows as words."""
    for field, value in message.ListFields():
        for one in value if field.is_repeated and not hasattr(value, "items") else [value]:
            if field.name in _TEXTS and isinstance(one, str):
                yield one
            elif field.name == "json" and isinstance(message, BidiComponent):
                yield from _leaves(json.loads(one))
            elif hasattr(one, "ListFields"):
                yield from _read(one)


def _leaves(value: Any) -> Iterator[str]:
    """What a block of ours was given to show, one line each."""
    if isinstance(value, dict):
        value = [one for name, one in value.items() if name not in _NOT_READ]
    if isinstance(value, list):
        for one in value:
            yield from _leaves(one)
    elif value not in (None, ""):
        yield str(value)


def elements(block: Any) -> int:
    """How many blocks and elements a block holds, at any depth."""
    return sum(1 + elements(child) for child in getattr(block, "children", {}).values())


def keys(app: AppTest) -> set[str]:
    """The keys of everything on the page that can be pressed or filled."""
    kinds = (app.button, app.text_input, app.text_area, app.selectbox, app.multiselect, app.number_input)
    return {str(widget.key) for kind in kinds for widget in kind}


def press(app: AppTest, key: str) -> AppTest:
    return app.button(key=key).click().run()


def sent_rows(app: AppTest, key: str) -> list[dict[str, Any]]:
    """The rows that the list block of this key was given."""
    for element in app.main:
        proto = getattr(element, "proto", None)
        if proto is not None and key in str(getattr(proto, "id", "")):
            data = json.loads(proto.json)
            rows: list[dict[str, Any]] = data["rows"]
            return rows
    raise AssertionError(f"no list {key}")
