"""The menu: few words for each role, every page within reach, old addresses where they were, the present one marked."""

import re
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from components.menu import ADMIN, ENTRIES, NOUNS, at_noun, beside, entries, first_part, leading, name_of, parts
from components.tabs import BAR, BAR_MOST, bar
from db.queries.accounts.in_use import Use
from db.rules.permissions import GRANTS
from db.terms import Role
from pages.public.frame import page
from tests.builders.world import World
from tests.support.signed_in import nodes, open_app, words

EVERYTHING = frozenset(Use)
SEATED = [role for role in Role if role is not Role.DISPLAY]
MOST = {Role.SECRETARY: 15, Role.AREA_WORKER: 10, Role.VOLUNTEER: 5}
BY_ADDRESS = {entry.url_path: entry for entry in ENTRIES}


@pytest.mark.parametrize("role", SEATED)
def test_the_menu_of_a_role_is_short_and_names_each_thing_once(role: Role) -> None:
    for used in (frozenset[Use](), EVERYTHING):
        menu = parts(role, used)
        names = [name_of(noun, shown) for noun, shown in menu.items()]

        assert len(menu) <= MOST.get(role, 15)
        assert len(names) == len(set(names))
        assert [noun for noun in NOUNS if noun in menu] == list(menu)


@pytest.mark.parametrize("role", SEATED)
def test_every_page_that_a_role_may_see_is_a_part_of_a_noun_in_its_menu(role: Role) -> None:
    menu = parts(role, EVERYTHING)
    seen = {entry for shown in menu.values() for entry in shown}

    for entry in entries():
        if role in GRANTS[entry.permission].roles:
            assert entry.noun(role) in menu, entry.url_path
            assert entry in seen or not entry.visible
        else:
            assert entry not in seen


def test_what_a_community_does_not_use_stands_nowhere_but_in_the_set_up() -> None:
    sometimes = {entry for entry in ENTRIES if entry.when}
    shown = {entry for noun, of_noun in parts(Role.SECRETARY).items() if noun is not ADMIN for entry in of_noun}
    of_worker = {entry for of_noun in parts(Role.AREA_WORKER).values() for entry in of_noun}

    assert {entry.when for entry in sometimes} == EVERYTHING
    assert not sometimes & (shown | of_worker)


def test_whoever_opens_what_is_not_used_yet_sees_where_it_belongs() -> None:
    village = BY_ADDRESS["village"]

    assert beside(village, Role.SECRETARY)[-1] is village
    assert at_noun(village, Role.SECRETARY) == "meetings"


@pytest.mark.parametrize("role", SEATED)
def test_the_thumb_finds_four_things_that_the_menu_has_too(role: Role) -> None:
    known = {entry.url_path for shown in parts(role, EVERYTHING).values() for entry in shown}

    assert set(BAR[role]) <= known
    for used in (frozenset[Use](), EVERYTHING):
        for entry in entries():
            shown = bar(entry, role, used)
            assert len(shown) == BAR_MOST
            assert sum(bool(one["here"]) for one in shown) <= 1


@pytest.mark.parametrize("role", list(MOST))
def test_the_browser_is_sent_the_nouns_alone(small_world: World, monkeypatch: pytest.MonkeyPatch, role: Role) -> None:
    sent: list[list[str]] = []
    draw = st.navigation

    def watched(pages: list[Any], **options: Any) -> Any:
        sent.append([page.title for page in pages if page._visibility == "visible"])
        return draw(pages, **options)

    monkeypatch.setattr(st, "navigation", watched)
    open_app(monkeypatch, small_world[role].id)

    assert sent[-1] == [name_of(noun, shown) for noun, shown in parts(role).items()]


# The address on the left was an entry of the menu of its own; now it is a part of what the address on the right leads.
MOVED = {
    "twins": "register", "screening": "register", "answers": "needs", "intake": "needs", "set-up": "projects",
    "acceptance": "projects", "defence": "projects", "new-complaint": "complaints", "complaint-trend": "complaints",
    "mediation": "complaints", "paste": "people", "imports": "people", "project-progress": "funnel",
    "demand": "funnel", "results": "funnel", "diary": "funnel", "topics": "meetings", "bodies": "bodies",
    "new-order": "orders", "series": "orders", "rotas": "volunteers", "commitments": "members",
}  # fmt: skip


def test_an_old_address_opens_its_page_with_its_parameters_below_the_noun_that_has_it_now(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    for address, noun in MOVED.items():
        entry = BY_ADDRESS[address]
        app = open_app(monkeypatch, small_world.secretary.id, entry.path, q="灯", kind="all")

        assert not app.exception, address
        assert keys_of_blocks(app) >= {f"at-{noun}", "way", "foot.leave"}, address
        assert app.query_params["q"] in ("灯", ["灯"]), address
        for one in beside(entry, Role.SECRETARY):
            assert one.title in words(app), address


def keys_of_blocks(app: AppTest) -> set[str]:
    """Keys of the blocks on the page."""
    ids = {getattr(getattr(node, "proto", None), "id", "") for node in nodes(app._tree)}
    return {re.sub(r"^\$\$ID-[0-9a-f]+-", "", one) for one in ids}


def test_the_page_that_the_browser_gets_can_mark_every_noun() -> None:
    html, _tag = page()

    assert leading() >= {"", "rounds", "needs", "register", "meetings", "my-orders", "slots"}
    for role in SEATED:
        for entry in entries():
            if first_part(entry, role, EVERYTHING):
                assert f".st-key-at-{at_noun(entry, role, EVERYTHING)})" in html
