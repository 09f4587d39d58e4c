"""Every number of the start page opens a list of as many rows: all lines, bars and figures of every role are followed.

The addresses are opened one after the other in the same database, so the walk costs a page each and no browser.
"""

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl

import pytest
from streamlit.testing.v1 import AppTest

from components.menu import entries
from components.today.lines import WAYS
from db.engine import reading, reading_as_system, utc_now
from db.models import Account
from db.queries.today.named import things_of
from db.queries.today.today import today_for
from db.terms import Role
from tests.builders.world import actor_for
from tests.support.demo import Demo
from tests.support.signed_in import nodes, open_app, press, words

FILES = {entry.url_path: entry.path for entry in entries()}
LISTS = {
    "": "today.list", "needs": "ledger.rows", "complaints": "complaints.rows", "orders": "orders.list",
    "orders?view=cases": "orders.cases", "projects": "projects.list", "joining": "volunteers.applications",
    "commitments": "commitments.list", "units": "units.waiting", "activities": "activities.list", "intake": "intake",
    "phones": "door_conflicts", "topics": "topics", "hours?view=waiting": "volunteers.claims",
    "hours": "hours.findings", "people": "people", "screening": "screening.rows", "squads": "squads.list",
    "audit": "audit.rows", "members": "members.offers",
}  # fmt: skip
"""Page (and view) -> the block in which its rows stand."""
FORWARD = {"needs": "ledger.older"}
MOST_PAGES = 12


def blocks(app: AppTest) -> dict[str, dict[str, Any]]:
    """The blocks on the page by their key, with what they were given to draw."""
    found = {}
    for node in nodes(app._tree):
        proto: Any = getattr(node, "proto", None)
        if type(proto).__name__ == "BidiComponent" and proto.json:
            found[proto.id.rsplit("-", 1)[-1]] = json.loads(proto.json)
    return found


def numbers(app: AppTest) -> Iterator[tuple[str, int, str]]:
    """What is said on the start page with a number: words, the number, the address behind it."""
    for key, block in blocks(app).items():
        for item in block.get("items", ()):
            if "n" in item:
                yield item["title"], item["n"], item["href"]
            elif key == "today.steps":
                yield item["title"], int(item["badge"]), item["href"]
            elif key in ("today.figures", "today.doors") and ("needs?" in item["href"] or "todo=" in item["href"]):
                yield item["title"], int(item["badge"].split()[0]), item["href"]


def open_address(monkeypatch: pytest.MonkeyPatch, account: int, address: str) -> AppTest:
    path, _mark, query = address.lstrip("/").partition("?")
    app = open_app(monkeypatch, account, FILES[path], **dict(parse_qsl(query)))
    assert [problem.message for problem in app.exception] == [], address
    return app


def rows_behind(monkeypatch: pytest.MonkeyPatch, account: int, address: str) -> int:
    """All rows of the list at this address, the pages that follow too."""
    path, _mark, query = address.lstrip("/").partition("?")
    app, total = open_address(monkeypatch, account, address), 0
    if path == "twins":
        return len([button for button in app.button if str(button.key).startswith("twins.merge.")])
    for _page in range(MOST_PAGES):
        block = blocks(app)[LISTS.get(f"{path}?{query}", LISTS[path])]
        total += len(block.get("rows", block.get("items", ())))
        if not path:
            if not block["more"]:
                return total
            app = open_address(monkeypatch, account, block["more"]["href"])
        elif more := [one for one in app.button if one.key in ("before.more", FORWARD.get(path)) and not one.disabled]:
            app = press(app, str(more[0].key))
        else:
            return total
    raise AssertionError(f"the list at {address} has no end")


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.DISPLAY])
def test_every_number_of_the_day_opens_a_list_of_as_many_rows(
    role: Role, demo_database: Demo, monkeypatch: pytest.MonkeyPatch
) -> None:
    account = demo_database.accounts[role]

    said = set(numbers(open_app(monkeypatch, account, view="all")))

    assert [
        (title, number, found)
        for title, number, address in sorted(said)
        if (found := rows_behind(monkeypatch, account, address)) != number
    ] == []
    assert len(said) >= {Role.SECRETARY: 40, Role.AREA_WORKER: 30}.get(role, 0)


def test_the_sentence_at_the_top_counts_what_the_list_behind_it_shows(
    demo_database: Demo, monkeypatch: pytest.MonkeyPatch
) -> None:
    account = demo_database.accounts[Role.SECRETARY]
    board = blocks(home := open_app(monkeypatch, account))["today.things"]

    listed = blocks(open_address(monkeypatch, account, "/?todo=first"))["today.list"]["items"]

    assert f"今天先办 {len(listed)} 件" in words(home)
    assert board["more"]["words"] == f"再看 {len(listed) - len(board['items'])} 件"
    assert [item["title"] for item in board["items"]] == ["井盖松动", *[item["title"] for item in board["items"][1:]]]


def test_every_thing_by_name_opens_its_own_page(demo_database: Demo, monkeypatch: pytest.MonkeyPatch) -> None:
    account = demo_database.accounts[Role.SECRETARY]
    shown = blocks(open_app(monkeypatch, account))
    items = shown["today.things"]["items"] + shown["today.ahead"]["items"]

    for item in items:
        assert "没有找到这条记录" not in words(open_address(monkeypatch, account, item["href"])), item["title"]


ONE_THING = (
    "need",
    "order",
    "complaint",
    "meeting",
    "rounds",
    "notices",
    "answers",
    "acceptance",
    "slots",
    "my-orders",
)
"""Pages of one thing; what a page gathers (a project's activities and milestones) may ask for several things."""


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.DISPLAY])
def test_each_thing_stands_in_one_line_only(role: Role, demo_database: Demo) -> None:
    now, told = utc_now(), Counter[tuple[str, int]]()
    with reading_as_system("test") as session:
        actor = actor_for(session.get_one(Account, demo_database.accounts[role]))

    with reading(actor) as session:
        for line in today_for(session, actor, now=now).lines:
            page, skip = WAYS[line.kind].thing.partition(":")[0], 0
            while page in ONE_THING and (named := things_of(session, actor, line, now=now, skip=skip)).rows:
                told.update((page, one.link) for one in named.rows)
                skip += len(named.rows)

    assert [thing for thing, times in told.items() if times > 1] == []
