"""The one search as a page: each role finds what its pages show, and the field stands in the head of every page."""

import json
from typing import Any

import pytest

from components.find.hits import PAGE_OF
from components.menu import entries
from db.rules.find.asked import Kind
from db.rules.find.reach import OPENED_WITH, kinds_for
from db.rules.permissions import GRANTS, Permission
from db.terms import Role
from tests.builders.complaints import a_complaint
from tests.builders.needs import a_need
from tests.builders.people import a_person
from tests.builders.projects import a_project
from tests.builders.volunteers import a_squad
from tests.builders.world import World
from tests.support.signed_in import nodes, open_app, words
from tests.support.statements import Statements

PAGE = "find/search.py"
SHOWN = {Kind.NEED: "LL-2026-0001", Kind.COMPLAINT: "LL-T2026-0001", Kind.PROJECT: "晾衣杆加装", Kind.SQUAD: "晾衣杆队"}


def boxes(app: object) -> int:
    """How many search fields the head holds."""
    found: list[Any] = [getattr(node, "proto", None) for node in nodes(getattr(app, "_tree", None))]
    ways = [one.json for one in found if getattr(one, "component_name", "").endswith("yiqilai_way")]
    return sum(bool(json.loads(way)["find"]) for way in ways)


def test_each_role_finds_what_its_pages_show(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world = small_world
    a_need(world, "晾衣杆不够")
    a_complaint(world, "晾衣杆挡路")
    a_project(world, "晾衣杆加装")
    a_squad(world, "晾衣杆队")

    for role, actor in world.actors.items():
        if role is Role.DISPLAY:
            continue
        app = open_app(monkeypatch, actor.id, PAGE, q="晾衣杆")
        read, kinds = words(app), kinds_for(actor)
        assert [problem.message for problem in app.exception] == [], role
        assert {kind for kind, name in SHOWN.items() if name in read} == set(SHOWN) & set(kinds), role
        assert boxes(app) == (role in GRANTS[Permission.SEE_SEARCH].roles), role


def test_what_was_found_is_a_link_and_leads_back_here(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    need = a_need(small_world, "晾衣杆不够")
    with Statements() as counted:
        app = open_app(monkeypatch, small_world.secretary.id, PAGE, q="晾衣杆")

    sent = "".join(str(getattr(node, "proto", "")) for node in nodes(app._tree))
    assert f"/need?id={need}" in sent
    assert app.session_state["_lists"]["need"][2] == {"q": "晾衣杆"}
    assert counted.n <= 15


def test_names_stay_masked_and_nothing_found_says_what_to_do(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_person(small_world, "甄试验", phone="13900005678")

    read = words(open_app(monkeypatch, small_world.secretary.id, PAGE, q="甄试验"))
    nothing = words(open_app(monkeypatch, small_world.secretary.id, PAGE, q="<b>没有*这个*"))

    assert "甄**" in read
    assert "139****5678" in read
    assert "姓名和电话要写完整" in nothing


def test_every_kind_has_its_page_and_the_page_its_permission() -> None:
    by_address = {entry.url_path: entry.permission for entry in entries()}

    assert {kind: by_address[address] for kind, address in PAGE_OF.items()} == OPENED_WITH
    assert GRANTS[Permission.SEE_SEARCH].roles == {role for one in OPENED_WITH.values() for role in GRANTS[one].roles}
