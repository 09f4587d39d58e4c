"""Who may do what: one table, every action in it, and a refusal before anything else happens."""

import ast
import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from sqlalchemy.orm import Session

from db import actions
from db.engine import PERMISSION_OF, SessionOfActor
from db.errors import NotPermitted
from db.rules.lifecycle import LIFE_CYCLES
from db.rules.permissions import GRANTS, SCOPES, Actor, Permission, Scope
from db.terms import Role

MODULES: list[ModuleType] = [
    importlib.import_module(found.name) for found in pkgutil.walk_packages(actions.__path__, "db.actions.")
]

ROOT = Path(__file__).parent.parent.parent


def public_functions(module: ModuleType) -> Iterator[tuple[str, Callable[..., Any]]]:
    for name, function in vars(module).items():
        if inspect.isfunction(function) and function.__module__ == module.__name__ and not name.startswith("_"):
            yield f"{module.__name__}.{name}", function


def takes_a_session_first(function: Callable[..., Any]) -> bool:
    first = next(iter(inspect.signature(function).parameters.values()), None)
    return first is not None and first.annotation in (Session, "Session")


REGISTERED = {
    name: function for module in MODULES for name, function in public_functions(module) if name in PERMISSION_OF
}


def actor(role: Role) -> Actor:
    return Actor(id=1, name="", role=role, subdistrict_id=1, community_id=1)


# --- the table ---------------------------------------------------------------------------------------------


def test_every_permission_has_a_grant_and_every_grant_a_role() -> None:
    assert set(GRANTS) == set(Permission)
    assert all(grant.roles for grant in GRANTS.values())


def test_every_role_has_a_scope_and_something_to_do() -> None:
    assert set(SCOPES) == set(Role)
    assert all(any(role in grant.roles for grant in GRANTS.values()) for role in Role)


def test_stages_of_a_grant_are_stages_of_one_thing_with_a_life() -> None:
    for grant in GRANTS.values():
        kinds = {type(stage) for stage in grant.stages}
        assert len(kinds) <= 1
        assert kinds <= set(LIFE_CYCLES)


ONLY_LOOKS = ("see_", "show_", "compare_", "read_")
WRITES = {permission for permission in Permission if not permission.value.startswith(ONLY_LOOKS)}


def test_auditor_and_district_viewer_change_nothing_but_their_own_password() -> None:
    for role in (Role.AUDITOR, Role.DISTRICT_VIEWER):
        held = {permission for permission in WRITES if role in GRANTS[permission].roles}
        assert held <= {Permission.CHANGE_OWN_PASSWORD, Permission.EXPORT}


def test_the_screen_shows_and_does_nothing_else() -> None:
    assert {p for p in Permission if Role.DISPLAY in GRANTS[p].roles} == {Permission.SHOW_SCREEN}


def test_who_sees_everything_sees_only_aggregates() -> None:
    wide = {role for role, scope in SCOPES.items() if scope is Scope.EVERYTHING}

    assert wide == {Role.DISTRICT_VIEWER}
    for permission in (Permission.SEE_NEEDS, Permission.SEE_VOLUNTEERS, Permission.SEE_ANSWERS, Permission.UNMASK):
        assert Role.DISTRICT_VIEWER not in GRANTS[permission].roles


def test_volunteers_do_not_see_needs_or_other_volunteers() -> None:
    for permission in (Permission.SEE_NEEDS, Permission.SEE_VOLUNTEERS, Permission.UNMASK, Permission.EXPORT):
        assert Role.VOLUNTEER not in GRANTS[permission].roles


# --- the actions -------------------------------------------------------------------------------------------


STEPS = {
    name
    for module in MODULES
    for name, function in public_functions(module)
    if takes_a_session_first(function) and name not in PERMISSION_OF
}
"""What several actions have in common: a step of something that was permitted, never a verb of its own."""


def asks_for(path: Path) -> Iterator[str]:
    """Full names of what a file takes from db.actions."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("db.actions"):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Attribute):
            yield ast.unparse(node)


def test_pages_and_components_call_actions_and_no_step_without_a_permission() -> None:
    drawing = [ROOT / "app.py", *(ROOT / "pages").rglob("*.py"), *(ROOT / "components").rglob("*.py")]

    taken = {f"{path.relative_to(ROOT)}: {name}" for path in drawing for name in asks_for(path) if name in STEPS}

    assert taken == set()


def test_a_page_that_takes_a_step_would_be_found(tmp_path: Path) -> None:
    page = tmp_path / "page.py"
    page.write_text(
        "from db.actions.needs.stages import set_stage\nimport db.actions.numbering\ndb.actions.numbering.next_number()"
    )

    assert STEPS & set(asks_for(page)) == {"db.actions.needs.stages.set_stage", "db.actions.numbering.next_number"}


def test_what_runs_without_a_signed_in_person_is_a_short_list() -> None:
    """They open their own session as the system, each with its reason."""
    alone = {
        module.__name__ for module in MODULES if "as_system(" in Path(module.__file__ or "").read_text(encoding="utf-8")
    }

    assert alone <= {
        "db.actions.accounts.sign_in",  # nobody is signed in yet
        "db.actions.accounts.second_factor",  # the second step of signing in
        "db.actions.accounts.accounts",  # the first account, behind the one-time code of the terminal
        "db.actions.accounts.wrong_codes",  # a wrong code of a plain page is counted, without an account
        "db.actions.meetings.cards",  # a member signs in at the door with a card, on a phone without an account
        "db.actions.voting.slips",  # a vote by slip comes from a phone without an account, and must not say whose it is
        "db.actions.intake.receiving",  # a message comes from a plain page, without an account
        "db.actions.volunteers.applications",  # a registration comes from a plain page, without an account
        "db.actions.commitments.wall",  # scans of a plain page are counted, without an account
        "db.actions.commitments.verdict_codes",  # a resident judges by a one-time code, on a phone without an account
        "db.actions.activities.market_tally",  # a stall counts on a phone without an account
        "db.actions.activities.page",  # somebody signs up for an activity, and cancels that, without an account
        "db.actions.offline.phones",  # a phone that a worker's ticket, or its own key, speaks for
        "db.actions.accounts.drafts",  # keeps what was typed at the moment when nobody is signed in any more
        "db.actions.rota.feeds",  # a calendar reads under its address: the day on which it last did is noted
    }


def test_every_registered_action_runs_under_a_permission_of_the_table() -> None:
    assert {name for name in PERMISSION_OF if name.startswith("db.")} == set(REGISTERED)
    assert set(PERMISSION_OF.values()) <= set(GRANTS)


def test_an_action_takes_everything_but_the_session_by_name() -> None:
    positional = [
        f"{name}({parameter.name})"
        for name, function in REGISTERED.items()
        for parameter in list(inspect.signature(function).parameters.values())[1:]
        if parameter.kind is not inspect.Parameter.KEYWORD_ONLY
    ]

    assert positional == []


@pytest.mark.parametrize("role", Role)
def test_a_role_without_the_grant_is_refused_before_anything_else(role: Role) -> None:
    """A session without a database: whoever is let in fails for want of arguments, whoever is not is told so."""
    answers: dict[str, tuple[bool, type[Exception]]] = {}

    for name, function in REGISTERED.items():
        session = SessionOfActor(info={"actor": actor(role)})
        try:
            function(session, **{"no such argument": None})
        except (TypeError, NotPermitted) as refusal:
            answers[name] = (role in GRANTS[PERMISSION_OF[name]].roles, type(refusal))

    assert set(answers) == set(REGISTERED)
    assert {
        name: cell for name, cell in answers.items() if cell not in ((True, TypeError), (False, NotPermitted))
    } == {}


def test_nobody_is_refused_too() -> None:
    for function in REGISTERED.values():
        with pytest.raises(NotPermitted):
            function(SessionOfActor(info={"actor": None}))
