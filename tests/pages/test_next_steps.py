"""下一步 is offered to whom may take it: for every role and state the way in the box leads to where it is done."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl

import pytest
from sqlalchemy import func, select
from streamlit.testing.v1 import AppTest

from components.menu import entries
from db.engine import reading_as_system
from db.models import (
    Commitment,
    Complaint,
    Mediation,
    Meeting,
    Model,
    Need,
    Notice,
    Order,
    Project,
    ResourceRequest,
)
from db.rules.permissions import GRANTS
from db.terms import Role
from tests.support.demo import Demo
from tests.support.signed_in import keys, nodes, open_app, words

ENTRY = {entry.url_path: entry for entry in entries()}
CLOSED = "这一页不对您的角色开放"
BOX = "**下一步**"
KINDS: dict[str, tuple[type[Model], str]] = {
    "need": (Need, "stage"), "order": (Order, "state"), "complaint": (Complaint, "state"),
    "mediation": (Mediation, "state"), "meeting": (Meeting, "state"), "notices": (Notice, "state"),
    "project": (Project, "state"), "commitment": (Commitment, "state"), "resource-request": (ResourceRequest, "state"),
}  # fmt: skip
"""Page -> what it shows, and the column of its state."""
DONE_BY: dict[str, str | tuple[str, ...]] = {
    "去签字": "sign_week.", "去评分": ("open.", "score."), "去分流": "route.", "去复评": "open.",
    "去列入议程": "prepare_meeting.", "去立项": "set_up", "去回音": ("call.", "answer."), "去写目标": "add_goal",
    "去发岗位": "post_opening", "去答复": "answer_placement", "去安排活动": "plan_activity",
}  # fmt: skip
"""Words of a way -> what the key of a field or press begins with, by which the step is done where it leads."""


def one_of_each(demo: Demo, what: str) -> list[int]:
    """The latest of the rich community in every state."""
    model, state = KINDS[what]
    of: Any = model
    home = of.home_id if hasattr(of, "home_id") else of.community_id
    with reading_as_system("test") as session:
        query = select(func.max(of.id)).where(home == demo.rich).group_by(getattr(of, state))
        return sorted(session.scalars(query))


def boxes(app: AppTest) -> list[list[Any]]:
    """What stands in the boxes of next steps."""
    found = []
    for block in nodes(app._tree):
        inside = list(getattr(block, "children", {}).values())
        if any(BOX in str(getattr(one, "value", "")) for one in inside):
            found.append([node for one in inside for node in nodes(one)])
    return found


def ways(app: AppTest) -> Iterator[tuple[str, str, dict[str, str]]]:
    """The links of the boxes: words, page, query."""
    for inside in boxes(app):
        for node in inside:
            proto: Any = getattr(node, "proto", None)
            if type(proto).__name__ == "PageLink":
                page = app._registered_pages[proto.page_script_hash]
                yield proto.label, page["url_pathname"], dict(parse_qsl(proto.query_string))


PAIRS = [(what, role) for what in KINDS for role in Role if role in GRANTS[ENTRY[what].permission].roles]


@pytest.mark.parametrize(("what", "role"), PAIRS, ids=[f"{what}-{role.value}" for what, role in PAIRS])
def test_a_next_step_is_offered_only_to_whom_may_take_it(
    what: str, role: Role, demo_database: Demo, monkeypatch: pytest.MonkeyPatch
) -> None:
    account = demo_database.accounts[role]
    offered: dict[str, tuple[str, dict[str, str]]] = {}

    for number in one_of_each(demo_database, what):
        app = open_app(monkeypatch, account, ENTRY[what].path, id=str(number))
        assert [problem.message for problem in app.exception] == [], (what, number)
        offered |= {label: (path, query) for label, path, query in ways(app)}

    for label, (path, query) in offered.items():
        there = open_app(monkeypatch, account, ENTRY[path].path, **query)
        assert CLOSED not in words(there), label
        if label in DONE_BY:
            assert any(key.startswith(DONE_BY[label]) for key in keys(there)), (label, path, query, keys(there))


READERS = [(what, role) for what, role in PAIRS if role is Role.AUDITOR]


@pytest.mark.parametrize(("what", "role"), READERS, ids=[what for what, _role in READERS])
def test_who_only_reads_finds_no_press_and_who_is_to_do_it(
    what: str, role: Role, demo_database: Demo, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = []

    for number in one_of_each(demo_database, what):
        app = open_app(monkeypatch, demo_database.accounts[role], ENTRY[what].path, id=str(number))
        for inside in boxes(app):
            assert [node for node in inside if type(node).__name__ in ("Button", "DownloadButton")] == []
            told += [str(node.value) for node in inside if BOX in str(getattr(node, "value", ""))]

    doer = "社区书记" if what == "need" else "办理"
    assert any(doer in one for one in told), told
