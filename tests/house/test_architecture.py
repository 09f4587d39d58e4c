"""The rules of the house that a machine can hold; each one is proven on a planted offender.

Imports between the folders are held twice: here, line by line and with a sentence that says what to do
instead, and by import-linter (`make check`), which also follows imports through other modules.
"""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.support.tree import ROOT, called, docstrings, files, imported, plant, within

APP = ("app.py", "pages", "components", "db")
BROWSER_CODE = (".html", ".js", ".css", ".json", ".svg", ".jinja", ".j2", ".webmanifest")

Complaints = Iterator[str]


# --- reading the tree ------------------------------------------------------------------------------------


def is_page(path: str) -> bool:
    return path.startswith("pages/") and not path.startswith("pages/public/") and Path(path).name != "__init__.py"


# --- the rules: each yields its complaints ----------------------------------------------------------------


def no_relative_imports(root: Path) -> Complaints:
    """A full name can be searched for, and the rules below can read it."""
    for path, text in files(root, *APP):
        for line, module, _ in imported(ast.parse(text)):
            if module.startswith("."):
                yield f"{path}:{line} relative import; write the full name"


def db_does_not_draw(root: Path) -> Complaints:
    for path, text in files(root, "db"):
        for line, module, _ in imported(ast.parse(text)):
            if within(module, "streamlit", "streamlit_authenticator", "components", "pages"):
                yield f"{path}:{line} db imports {module}; return values, let components draw"


FOR_PAGES = ("reading", "reading_figures", "utc_now")
"""What pages take from `db.engine`; the clock, because it can be shifted and there must be one."""


def pages_ask_only(root: Path) -> Complaints:
    for path, text in files(root, "pages"):
        for line, module, name in imported(ast.parse(text)):
            if within(module, "sqlalchemy", "db.models", "db.migrations", "db.demo"):
                yield f"{path}:{line} a page imports {module}; ask a query or an action"
            if within(module, "db.engine") and name not in FOR_PAGES and is_page(path):
                yield f"{path}:{line} {name or module} is not for pages; they use {', '.join(FOR_PAGES)}"


def pages_ask_for_permissions(root: Path) -> Complaints:
    """Who may do what stands in one table; a role asked past it is a second one."""
    for path, text in files(root, "pages"):
        tree = ast.parse(text)
        for line, module, name in imported(tree):
            if within(module, "db.terms") and name == "Role":
                yield f"{path}:{line} a page names a role; ask `user.may(Permission.X)`"
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and ast.unparse(node).endswith(("user.role", "actor.role")):
                yield f"{path}:{node.lineno} a page asks for a role; ask `user.may(Permission.X)`"


def pages_do_not_know_each_other(root: Path) -> Complaints:
    for path, text in files(root, "pages"):
        if not is_page(path):
            continue
        for line, module, _ in imported(ast.parse(text)):
            if within(module, "pages"):
                yield f"{path}:{line} a page imports {module}; share through components or db"


TOUCH_THE_DATABASE = ("components/access.py", "components/acting.py", "components/accounts/")
"""The one way to act, the guard of pages, and signing in."""


def components_draw_what_they_are_given(root: Path) -> Complaints:
    for path, text in files(root, "components"):
        for line, module, name in imported(ast.parse(text)):
            if within(module, "pages"):
                yield f"{path}:{line} a component imports {module}"
            if path.startswith(TOUCH_THE_DATABASE):
                continue
            if within(module, "sqlalchemy", "db.models"):
                yield f"{path}:{line} a component imports {module}; let the page pass the values in"
            if within(module, "db.queries") and not name[:1].isupper():
                yield f"{path}:{line} a component imports {name or module}; rows are for it, reading is for pages"
            if within(module, "db.engine") and name != "utc_now":
                yield f"{path}:{line} a component imports {name or module}; return a Request for `acting.run`"


def the_address_has_one_place(root: Path) -> Complaints:
    for path, text in files(root, "pages", "components"):
        if path == "components/address.py":
            continue
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Attribute) and node.attr == "query_params" and ast.unparse(node.value) == "st":
                yield f"{path}:{node.lineno} st.query_params; components/address.py reads and writes the address"


INSIDE_DB = {
    "db/terms": ("db",),
    "db/models/": ("db.actions", "db.queries", "db.rules", "db.engine", "db.demo"),
    "db/queries/": ("db.actions", "db.demo"),
    "db/actions/": ("db.demo",),
}


def inside_db_imports_go_one_way(root: Path) -> Complaints:
    for path, text in files(root, "db"):
        for place, forbidden in INSIDE_DB.items():
            if not path.startswith(place):
                continue
            for line, module, _ in imported(ast.parse(text)):
                if within(module, *forbidden) and not (place == "db/terms" and within(module, "db.terms")):
                    yield f"{path}:{line} {place} imports {module}; actions, queries → models → terms"


FIGURES = {
    "pages/complaints/trend.py", "pages/needs/ledger.py", "pages/progress/communities.py", "pages/progress/demand.py",
    "pages/progress/funnel.py", "pages/projects/progress.py", "pages/reports/forms.py", "pages/results/circle.py",
    "pages/results/results.py",
}  # fmt: skip
"""Charts, ledgers and exports: what a replica may answer."""


def a_replica_answers_figures_only(root: Path) -> Complaints:
    """It knows nothing of a sign-in that was ended, or a vote that was closed, in this very moment."""
    for path, text in files(root, *APP):
        for call, name in called(ast.parse(text)):
            if name == "reading_figures" and path not in FIGURES:
                yield f"{path}:{call.lineno} reading_figures may be a replica; use reading, or name the page in FIGURES"


CLOCKS = re.compile(r"(^|\.)(datetime\.(now|utcnow|today)|date\.today|time\.(time|monotonic|time_ns))$")


def rules_are_pure(root: Path) -> Complaints:
    for path, text in files(root, "db/rules"):
        tree = ast.parse(text)
        for line, module, _ in imported(tree):
            own = within(module, "db.rules", "db.terms")
            if within(module, "sqlalchemy") or (within(module, "db") and not own):
                yield f"{path}:{line} a rule imports {module}; it takes and returns plain values"
        for call, name in called(tree):
            if CLOCKS.search(name) or name == "utc_now":
                yield f"{path}:{call.lineno} a rule asks the clock; take `now` as an argument"


def names_say_something(root: Path) -> Complaints:
    for path, _ in files(root, *APP, "tests", "tools"):
        for part in Path(path).with_suffix("").parts:
            if part in ("utils", "util", "helpers", "helper", "common", "manager", "base_service", "misc"):
                yield f"{path} is called {part}; name the noun it is about"


def pages_are_short(root: Path) -> Complaints:
    for path, text in files(root, "pages"):
        if is_page(path) and text.count("\n") > 120:
            yield f"{path} has {text.count(chr(10))} lines, 120 at most; drawing → components, decisions → db"


def files_are_short(root: Path) -> Complaints:
    for path, text in files(root, *APP, "tools"):
        if text.count("\n") > 400:
            yield f"{path} has {text.count(chr(10))} lines, 400 at most"


def nothing_is_unsafe_html(root: Path) -> Complaints:
    for path, text in files(root, *APP):
        for call, _ in called(ast.parse(text)):
            for keyword in call.keywords:
                off = isinstance(keyword.value, ast.Constant) and keyword.value.value is False
                if keyword.arg in ("unsafe_allow_html", "unsafe_allow_javascript") and not off:
                    yield f"{path}:{call.lineno} {keyword.arg}; user text would run in the reader's browser"


def only_the_engine_commits(root: Path) -> Complaints:
    for path, text in files(root, *APP):
        if path == "db/engine.py" or path.startswith(("db/migrations/", "db/demo/bulk")):
            continue
        for call, name in called(ast.parse(text)):
            if name.endswith(".commit"):
                yield f"{path}:{call.lineno} commits; only `writing()` in db/engine.py does"


def scope_cannot_be_bypassed(root: Path) -> Complaints:
    """`with_loader_criteria` is put on mapped classes; a bare table or a string of SQL would escape it."""
    for path, text in files(root, "db/queries", "db/actions"):
        tree = ast.parse(text)
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and node.attr == "__table__":
                yield f"{path}:{node.lineno} __table__ escapes the actor's scope; select the mapped class"
        for call, name in called(tree):
            if name.split(".")[-1] in ("text", "from_statement", "exec_driver_sql"):
                yield f"{path}:{call.lineno} {name}() escapes the actor's scope; select the mapped class"
        for line, module, name in imported(tree):
            if within(module, "sqlalchemy") and name in ("text", "Table"):
                yield f"{path}:{line} imports sqlalchemy.{name}, which escapes the actor's scope"


HOST = re.compile(r"(?:https?|wss?)://([A-Za-z0-9.-]+)")
OWN_HOSTS = re.compile(r"localhost|127\.0\.0\.1|0\.0\.0\.0|(www\.)?w3\.org|([\w-]+\.)*(example(\.\w+)?|intranet)")


def no_foreign_host(root: Path) -> Complaints:
    for path, text in files(root, *APP):
        tree = ast.parse(text)
        described = docstrings(tree)
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in described:
                for host in HOST.findall(node.value):
                    if not OWN_HOSTS.fullmatch(host):
                        yield f"{path}:{node.lineno} names the host {host}; the app must work on an intranet"
    for path, text in files(root, *APP, suffixes=BROWSER_CODE):
        for host in HOST.findall(text):
            if not OWN_HOSTS.fullmatch(host):
                yield f"{path} names the host {host}; the app must work on an intranet"


def pages_say_who_and_are_gated(root: Path) -> Complaints:
    for path, text in files(root, "pages"):
        if not is_page(path):
            continue
        tree = ast.parse(text)
        if not ast.get_docstring(tree):
            yield f"{path} has no docstring; say who uses the page and for what"
        if path != "pages/shell.py" and not any(name.split(".")[-1] == "require" for _, name in called(tree)):
            yield f"{path} never calls require(Permission.…); everybody could open it"
        for node in tree.body:
            if isinstance(node, ast.FunctionDef) and node.name == "main":
                yield f"{path}:{node.lineno} has a main(); a page is a script from top to bottom"


SKIPS = ("skip", "skipif", "importorskip", "skipIf", "skipUnless", "skipTest", "SkipTest")
LEAVES_OUT = "tests/support/optional.py"


def one_place_leaves_tests_out(root: Path) -> Complaints:
    """So that one page says what may be missing, and nothing promised goes untested unnoticed."""
    for path, text in files(root, "tests"):
        if path == LEAVES_OUT or "skip" not in text.lower():
            continue
        tree = ast.parse(text)
        names = [(node.lineno, node.attr) for node in ast.walk(tree) if isinstance(node, ast.Attribute)]
        names += [(line, name) for line, _module, name in imported(tree)]
        for line, name in sorted(names):
            if name in SKIPS:
                yield f"{path}:{line} leaves a test out by {name}; {LEAVES_OUT} says what is optional and why"


RULES: dict[str, Callable[[Path], Complaints]] = {
    rule.__name__: rule
    for rule in (
        no_relative_imports,
        db_does_not_draw,
        pages_ask_only,
        pages_ask_for_permissions,
        pages_do_not_know_each_other,
        components_draw_what_they_are_given,
        the_address_has_one_place,
        inside_db_imports_go_one_way,
        a_replica_answers_figures_only,
        rules_are_pure,
        names_say_something,
        pages_are_short,
        files_are_short,
        nothing_is_unsafe_html,
        only_the_engine_commits,
        scope_cannot_be_bypassed,
        no_foreign_host,
        pages_say_who_and_are_gated,
        one_place_leaves_tests_out,
    )
}


# --- the tree keeps them -----------------------------------------------------------------------------------


@pytest.mark.parametrize("rule", RULES)
def test_the_tree_keeps(rule: str) -> None:
    complaints = list(RULES[rule](ROOT))

    assert not complaints, "\n".join(complaints)


# --- and they bite -----------------------------------------------------------------------------------------

GATED = '"""Let a secretary look."""\nuser = require(Permission.LOOK)\n'

OFFENDERS = [
    ("a_replica_answers_figures_only", "pages/meetings/meeting.py", "with reading_figures(user) as session: pass"),
    ("no_relative_imports", "db/actions/need.py", "from .council import open_ballot"),
    ("no_relative_imports", "db/actions/need.py", "from ..models import Need"),
    ("db_does_not_draw", "db/queries/need.py", "import streamlit as st"),
    ("db_does_not_draw", "db/engine.py", "def f():\n    from streamlit import session_state"),
    ("db_does_not_draw", "db/actions/need.py", "from components import wording"),
    ("pages_ask_only", "pages/needs/log.py", "from sqlalchemy import select"),
    ("pages_ask_only", "pages/needs/log.py", "from db import models"),
    ("pages_ask_only", "pages/needs/log.py", "from db.models.need import Need"),
    ("pages_ask_only", "pages/needs/log.py", "from db.engine import as_system"),
    ("pages_ask_only", "pages/needs/log.py", "from db import engine"),
    ("pages_ask_only", "pages/needs/log.py", "from db.engine import carry_out"),
    ("pages_ask_for_permissions", "pages/needs/log.py", "from db.terms import Role"),
    ("pages_ask_for_permissions", "pages/needs/log.py", "leads = here.actor.role == 'secretary'"),
    ("pages_do_not_know_each_other", "pages/needs/log.py", "from pages.council import ballot"),
    ("components_draw_what_they_are_given", "components/cards.py", "from db.queries.need import find"),
    ("components_draw_what_they_are_given", "components/cards.py", "from db import models"),
    ("components_draw_what_they_are_given", "components/cards.py", "from db.engine import carry_out"),
    ("components_draw_what_they_are_given", "components/orders/cards.py", "from db.engine import reading"),
    ("components_draw_what_they_are_given", "components/access.py", "from pages import shell"),
    ("the_address_has_one_place", "pages/needs/log.py", 'st.query_params["id"] = "1"'),
    ("the_address_has_one_place", "components/cards.py", 'held = st.query_params.get("q")'),
    ("inside_db_imports_go_one_way", "db/terms/needs.py", "from db.settings import settings"),
    ("inside_db_imports_go_one_way", "db/models/need.py", "from db.actions.need import log_need"),
    ("inside_db_imports_go_one_way", "db/queries/need.py", "from db.actions.need import log_need"),
    ("inside_db_imports_go_one_way", "db/actions/need.py", "from db.demo import people"),
    ("rules_are_pure", "db/rules/voting/tally.py", "from db.models.ballot import Ballot"),
    ("rules_are_pure", "db/rules/voting/tally.py", "from sqlalchemy import select"),
    ("rules_are_pure", "db/rules/voting/tally.py", "import datetime\nx = datetime.datetime.now(datetime.UTC)"),
    ("rules_are_pure", "db/rules/voting/tally.py", "from datetime import date\nx = date.today()"),
    ("rules_are_pure", "db/rules/voting/tally.py", "import time\nx = time.time()"),
    ("names_say_something", "components/utils.py", ""),
    ("names_say_something", "db/helpers/need.py", ""),
    ("pages_are_short", "pages/needs/log.py", GATED + "x = 1\n" * 119),
    ("pages_are_short", "pages/shell.py", GATED + "x = 1\n" * 119),
    ("files_are_short", "db/demo/story.py", "x = 1\n" * 401),
    ("nothing_is_unsafe_html", "components/cards.py", "st.markdown(x, unsafe_allow_html=True)"),
    ("nothing_is_unsafe_html", "components/cards.py", "st.markdown(x, unsafe_allow_html=flag)"),
    ("only_the_engine_commits", "db/actions/need.py", "def f(session):\n    session.commit()"),
    ("only_the_engine_commits", "db/__main__.py", "connection.commit()"),
    ("scope_cannot_be_bypassed", "db/queries/need.py", "select(Need.__table__)"),
    ("scope_cannot_be_bypassed", "db/queries/need.py", "session.execute(text('select 1'))"),
    ("scope_cannot_be_bypassed", "db/actions/need.py", "from sqlalchemy import text as sql"),
    ("no_foreign_host", "components/cards.py", "FONT = 'https://fonts.somewhere.org/x.css'"),
    ("no_foreign_host", "components/cards.py", "FONT = f'https://fonts.somewhere.org/{name}'"),
    ("no_foreign_host", "components/cards.py", "FONT = 'https://localhost.somewhere.org/x.css'"),
    ("no_foreign_host", "pages/public/templates/door.html", "<script src='https://cdn.somewhere.net/x.js'>"),
    ("pages_say_who_and_are_gated", "pages/needs/log.py", "user = require(Permission.LOOK)"),
    ("pages_say_who_and_are_gated", "pages/needs/log.py", '"""Let everybody look."""'),
    ("pages_say_who_and_are_gated", "pages/needs/log.py", GATED + "def main(): ..."),
    ("pages_say_who_and_are_gated", "pages/shell.py", "import streamlit"),
    ("one_place_leaves_tests_out", "tests/test_need.py", "@pytest.mark.skipif(no_office, reason='')\ndef test(): ..."),
    ("one_place_leaves_tests_out", "tests/test_need.py", "pytestmark = pytest.mark.skip"),
    ("one_place_leaves_tests_out", "tests/rules/voting/test_tally.py", "def test():\n    pytest.skip('no office')"),
    ("one_place_leaves_tests_out", "tests/rules/voting/test_tally.py", "docx = pytest.importorskip('docx')"),
    ("one_place_leaves_tests_out", "tests/conftest.py", "from pytest import skip as leave"),
    ("one_place_leaves_tests_out", "tests/test_need.py", "@unittest.skipUnless(office, '')\ndef test(): ..."),
]

INNOCENTS = [
    (
        "pages/needs/log.py",
        GATED + "from db.engine import reading\nfrom db.queries.need import find",
    ),
    ("pages/shell.py", '"""Sign in, menu, run the page."""'),
    ("pages/public/routes.py", "import json\n" + "x = 1\n" * 200),
    ("tests/support/optional.py", "def needs():\n    return pytest.mark.skipif(True, reason='')"),
    ("tests/test_need.py", "pytestmark = pytest.mark.browser\n\n\ndef test(page):\n    page.skip_to('x')"),
    ("components/access.py", "from db.queries.people.people import by_session"),
    ("components/accounts/sign_in.py", "from db.actions.accounts.sign_in import sign_in"),
    ("components/acting.py", "from db.engine import carry_out"),
    ("components/cards.py", "from db.actions.needs.needs import log_need\nfrom db.queries.needs.needs import NeedLine"),
    ("components/cards.py", "from db.terms import Role\nst.markdown(x, unsafe_allow_html=False)"),
    ("db/engine.py", "from sqlalchemy import text\nsession.commit()"),
    ("db/migrations/env.py", "connection.commit()"),
    ("db/demo/bulk.py", "connection.commit()"),
    (
        "db/rules/voting/tally.py",
        '"""Source: https://www.gov.cn/law."""\nfrom db.rules import permissions\nfrom db.terms import Role',
    ),
    (
        "db/actions/need.py",
        "from db.models.need import Need\nfrom db.rules import tally\nfrom db.queries import need",
    ),
    (
        "db/settings.py",
        "URL = 'http://localhost:8501'\nXML = 'http://www.w3.org/2000/svg'\nMAIL = 'https://mail.example.org'",
    ),
]


@pytest.mark.parametrize(("rule", "path", "text"), OFFENDERS)
def test_a_planted_offender_is_found(rule: str, path: str, text: str, tmp_path: Path) -> None:
    plant(tmp_path, path, text)

    complaints = list(RULES[rule](tmp_path))

    assert len(complaints) >= 1
    assert complaints[0].startswith(path)


def test_every_rule_has_an_offender() -> None:
    assert {rule for rule, _, _ in OFFENDERS} == set(RULES)


@pytest.mark.parametrize(("path", "text"), INNOCENTS)
def test_an_innocent_file_passes_every_rule(path: str, text: str, tmp_path: Path) -> None:
    plant(tmp_path, path, text)

    complaints = [complaint for rule in RULES.values() for complaint in rule(tmp_path)]

    assert complaints == []


def test_an_empty_tree_keeps_every_rule(tmp_path: Path) -> None:
    assert [complaint for rule in RULES.values() for complaint in rule(tmp_path)] == []


# --- import-linter's contracts, which also see an import through a third module --------------------------

CONTRACT_OFFENDERS = {
    "one-way": ("components/cards.py", "import pages.shell"),
    "db-does-not-draw": ("db/queries/need.py", "import db.settings"),  # which imports streamlit, see below
    "inside-db": ("db/models/need.py", "import db.actions.need"),
    "rules-are-pure": ("db/rules/voting/tally.py", "import db.models.need"),
    "pages-ask-only": ("pages/shell.py", "import db.models.need"),
}


def lint_imports(folder: Path, contract: str) -> subprocess.CompletedProcess[str]:
    code = "from importlinter.cli import lint_imports_command as lint; lint()"
    command = [sys.executable, "-c", code, "--no-cache", "--no-logo", "--contract", contract]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=60, check=False)


@pytest.fixture
def small_house(tmp_path: Path) -> Path:
    """A tree with one small module wherever the contracts look, and the real contracts."""
    for package in (
        "db",
        "db/actions",
        "db/demo",
        "db/models",
        "db/queries",
        "db/rules",
        "db/rules/voting",
        "components",
    ):
        plant(tmp_path, f"{package}/__init__.py", "")
    for module in (
        "db/terms.py",
        "db/engine.py",
        "db/settings.py",
        "db/actions/need.py",
        "db/models/need.py",
    ):
        plant(tmp_path, module, "")
    plant(tmp_path, "pages/shell.py", "")
    plant(tmp_path, "pyproject.toml", (ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return tmp_path


@pytest.mark.parametrize("contract", CONTRACT_OFFENDERS)
def test_a_contract_of_import_linter_bites(contract: str, small_house: Path) -> None:
    clean = lint_imports(small_house, contract)

    path, text = CONTRACT_OFFENDERS[contract]
    plant(small_house, path, text)
    if contract == "db-does-not-draw":
        plant(small_house, "db/settings.py", "import streamlit")
    offended = lint_imports(small_house, contract)

    assert clean.returncode == 0, clean.stdout + clean.stderr
    assert offended.returncode == 1, offended.stdout + offended.stderr
    assert "BROKEN" in offended.stdout


def test_every_contract_has_an_offender() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

    contracts = {contract["id"] for contract in settings["tool"]["importlinter"]["contracts"]}

    assert contracts == set(CONTRACT_OFFENDERS)
