"""Every page for every role on the invented subdistrict: drawn whole for those who may, closed for the others."""

from typing import Any

import pytest
from sqlalchemy import select

from components.menu import PAGES, PageEntry, entries
from db.engine import reading_as_system
from db.models import (
    Account,
    Activity,
    Complaint,
    Intake,
    Mediation,
    Meeting,
    Need,
    Notice,
    Order,
    OrderSeries,
    Person,
    Poster,
    Project,
    Topic,
    Volunteer,
    YearlyReview,
)
from db.rules.permissions import GRANTS
from db.terms import Role
from tests.support.demo import Demo
from tests.support.signed_in import open_app, words
from tests.support.spacing import crowded, misread_days

PAIRS = [(entry, role) for entry in entries() for role in Role]
CLOSED = "这一页不对您的角色开放"
AS_ON_PAPER = ("templates", "report-forms")
"""Pages that show what papers say, or the names of files, which have no space between a number and Chinese."""


def _names(pair: tuple[PageEntry, Role]) -> str:
    return f"{pair[0].url_path or 'home'}-{pair[1].value}"


def _of_rich_object(entry: PageEntry, demo: Demo) -> dict[str, str]:
    """The query of a page that shows one object: the one with most to show."""
    return {"id": str(demo.object_of[entry.url_path])} if entry.url_path in demo.object_of else {}


@pytest.fixture
def demo(demo_database: Demo) -> Demo:
    return demo_database


@pytest.mark.parametrize(("entry", "role"), PAIRS, ids=[_names(pair) for pair in PAIRS])
def test_a_page_opens_for_those_who_may_and_says_why_it_stays_closed(
    entry: PageEntry, role: Role, demo: Demo, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = open_app(monkeypatch, demo.accounts[role], entry.path, **_of_rich_object(entry, demo))

    assert [problem.message for problem in app.exception] == []
    crowds = [] if entry.url_path in AS_ON_PAPER else crowded(words(app))
    assert (crowds, misread_days(words(app))) == ([], [])
    if role is Role.DISPLAY and entry.url_path in ("", "screen"):
        return  # the screen of a room is a picture without a heading
    assert len(app.title) == 1
    if role in GRANTS[entry.permission].roles:
        assert CLOSED not in words(app)
    else:
        assert CLOSED in words(app)


@pytest.mark.parametrize("entry", entries(), ids=[entry.url_path or "home" for entry in entries()])
def test_without_sign_in_a_page_shows_the_sign_in_form_and_nothing_of_itself(
    entry: PageEntry, demo: Demo, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = open_app(monkeypatch, None, entry.path, **_of_rich_object(entry, demo))

    assert [problem.message for problem in app.exception] == []
    assert len(app.text_input) == 2, "name and password"
    assert len(app.sidebar.children) == 0


@pytest.mark.parametrize("entry", entries(), ids=[entry.url_path or "home" for entry in entries()])
def test_a_page_is_whole_in_english_too(entry: PageEntry, demo: Demo, monkeypatch: pytest.MonkeyPatch) -> None:
    role = next(role for role in Role if role in GRANTS[entry.permission].roles)
    demo.speaks_english(role)

    app = open_app(monkeypatch, demo.accounts[role], entry.path, **_of_rich_object(entry, demo))

    assert [problem.message for problem in app.exception] == []
    assert misread_days(words(app)) == []


OF_ONE_OBJECT = [
    entry for entry in entries() if "object_in_address" in (PAGES / entry.path).read_text(encoding="utf-8")
]
NOT_FOUND = "没有找到这条记录"


def test_no_page_reads_the_id_of_its_object_another_way() -> None:
    """A number that is none would be no id at all, and the page would show its list without a word."""
    others = {path.name for path in PAGES.rglob("*.py") if "= id_in_address()" in path.read_text("utf-8")}

    assert others == set()
    assert len(OF_ONE_OBJECT) > 15


@pytest.mark.parametrize("broken", ["0", "-1", "999999999", "99999999999999999", "x", "1;drop", "二"])
@pytest.mark.parametrize("entry", OF_ONE_OBJECT, ids=[entry.url_path for entry in OF_ONE_OBJECT])
def test_an_id_that_leads_nowhere_is_told_in_words(
    entry: PageEntry, broken: str, demo: Demo, monkeypatch: pytest.MonkeyPatch
) -> None:
    role = next(role for role in (Role.SECRETARY, Role.SUBDISTRICT_ADMIN) if role in GRANTS[entry.permission].roles)

    app = open_app(monkeypatch, demo.accounts[role], entry.path, id=broken)

    assert [problem.message for problem in app.exception] == [], entry.path
    assert NOT_FOUND in words(app)
    assert len(app.title) == 1


@pytest.mark.parametrize("entry", OF_ONE_OBJECT, ids=[entry.url_path for entry in OF_ONE_OBJECT])
def test_a_page_that_nothing_was_chosen_for_has_its_title_all_the_same(
    entry: PageEntry, demo: Demo, monkeypatch: pytest.MonkeyPatch
) -> None:
    role = next(role for role in Role if role in GRANTS[entry.permission].roles)

    app = open_app(monkeypatch, demo.accounts[role], entry.path)

    assert [problem.message for problem in app.exception] == []
    assert len(app.title) == 1
    assert NOT_FOUND not in words(app)


FOREIGN: dict[str, type[Any]] = {
    "activity": Activity,
    "need": Need, "project": Project, "acceptance": Project, "order": Order, "series": OrderSeries, "meeting": Meeting,
    "corrections": Meeting, "complaint": Complaint, "mediation": Mediation, "topics": Topic, "notices": Notice,
    "person": Person, "volunteers": Volunteer, "intake": Intake, "posters": Poster, "screening": Need,
    "market": Activity, "outing": Activity, "review": YearlyReview,
}  # fmt: skip


@pytest.mark.parametrize("address", FOREIGN)
def test_an_object_of_another_community_is_told_like_one_that_is_not_there(
    address: str, demo: Demo, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = FOREIGN[address]
    entry = next(entry for entry in entries() if entry.url_path == address)
    with reading_as_system("test") as session:
        foreign, home = session.execute(select(model.id, model.community_id).limit(1)).one()
        elsewhere = select(Account.id).where(Account.role == Role.SECRETARY, Account.community_id != home)
        reader = session.scalars(elsewhere.limit(1)).one()

    app = open_app(monkeypatch, reader, entry.path, id=str(foreign))

    assert [problem.message for problem in app.exception] == []
    assert NOT_FOUND in words(app)
