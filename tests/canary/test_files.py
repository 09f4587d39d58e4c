"""Marked residents in every file that leaves by a ticket: masked for everybody, in clear for a reason and a role.

Ledgers, forms of the subdistrict, contact cards, answer slips, order slips: fetched as a browser does, unpacked, read.
"""

import gzip
from typing import Any

import pytest
from sqlalchemy import func, select
from streamlit.testing.v1 import AppTest

from components import access
from components.access import cookie_name
from components.file_tickets import TICKETS, Offer
from db.engine import as_system
from db.models import Complaint, Export, Household, Need, Order, Pairing, ReportForm
from db.rules.permissions import GRANTS, Permission
from db.terms import LedgerKind, Role
from pages.public.routes import routes
from tests.canary.marks import elsewhere, everything_on, inside, leaks
from tests.support.demo import Demo
from tests.support.phone import Phone
from tests.support.signed_in import new_sign_in, open_app

pytest_plugins = ("tests.canary.ground",)
FORMS, CARDS, ORDER = "reports/forms.py", "orders/cards.py", "orders/order.py"
SEE_FORMS = sorted(GRANTS[Permission.SEE_FORMS].roles)
UNMASK = sorted(GRANTS[Permission.UNMASK].roles)
LONG = {"span": "free", "from": "2025-12-01", "until": "2026-12-31"}
WHOSE = (LedgerKind.NEEDS, LedgerKind.ORDERS, LedgerKind.COMPLAINTS)
"""Ledgers with a column for who asked."""


@pytest.fixture(autouse=True)
def tickets(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The tickets in the order in which they were issued."""
    issued: list[str] = []
    issue = TICKETS.issue

    def noted(offer: Offer, now: Any) -> str:
        issued.append(issue(offer, now))
        return issued[-1]

    monkeypatch.setattr(TICKETS, "issue", noted)
    return issued


def fetch(ticket: str, token: str) -> tuple[int, str]:
    """Status and everything that came, unpacked."""
    phone = Phone(list(routes))
    if token:
        phone.jar[cookie_name()] = token
    answer = phone.ask("GET", f"/file/{ticket}")
    name = "file.csv" if "csv" in answer.headers["content-type"] else "file"
    gzipped = answer.headers.get("content-encoding") == "gzip"
    body = gzip.decompress(answer.packed) if gzipped else answer.packed
    return answer.status, inside(name, body) + str(answer.headers)


def token_now() -> str:
    """The sign-in that the page was opened with."""
    return access.read_token() or ""


def press(app: AppTest, start: str) -> None:
    app.button(key=next(key for b in app.button if (key := str(b.key)).startswith(start))).click().run()
    assert [problem.message for problem in app.exception] == []


def take(app: AppTest, tickets: list[str], start: str = "take.") -> tuple[int, str]:
    """Press for a file and fetch it with the same sign-in."""
    before = len(tickets)
    press(app, start)
    assert len(tickets) == before + 1, "nothing was handed out"
    assert leaks(everything_on(app)) == {}
    return fetch(tickets[-1], token_now())


def opened(demo: Demo, patch: pytest.MonkeyPatch, role: Role, page: str, **query: str) -> AppTest:
    app = open_app(patch, demo.accounts[role], page, **query)
    assert [problem.message for problem in app.exception] == []
    return app


def of_rich(demo: Demo, role: Role) -> dict[str, str]:
    """Whoever sees several communities chooses the marked one."""
    return {"community": str(demo.rich)} if role in (Role.SUBDISTRICT_ADMIN, Role.AUDITOR) else {}


# --- ledgers ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", SEE_FORMS)
def test_no_ledger_that_is_masked_holds_a_mark(
    marked: Demo, monkeypatch: pytest.MonkeyPatch, tickets: list[str], role: Role
) -> None:
    found = {}
    for ledger in LedgerKind:
        app = opened(marked, monkeypatch, role, FORMS, ledger=ledger.value, **LONG, **of_rich(marked, role))
        app.segmented_control(key=f"take.{ledger.value}.0.kind").set_value("data")
        status, text = take(app, tickets)
        assert status == 200, ledger
        if seen := leaks(text):
            found[ledger] = seen

    assert found == {}


@pytest.mark.parametrize("kind", ["data", "csv"])
@pytest.mark.parametrize("role", UNMASK)
def test_whoever_may_and_says_why_takes_the_marks_along(
    marked: Demo, monkeypatch: pytest.MonkeyPatch, tickets: list[str], role: Role, kind: str
) -> None:
    for ledger in WHOSE:
        app = opened(marked, monkeypatch, role, FORMS, ledger=ledger.value, **LONG)
        at = f"take.{ledger.value}.0"
        app.segmented_control(key=f"{at}.masked").set_value(False)
        app.text_input(key=f"{at}.reason").input("上级核对")
        app.segmented_control(key=f"{at}.kind").set_value(kind)
        status, text = take(app, tickets)

        assert status == 200
        assert {"name", "phone"} <= set(leaks(text)), ledger
        assert "secret" not in leaks(text)
    with as_system("test") as session:
        assert leaks(str(session.execute(select(Export.what, Export.filters)).all())) == {}


def test_without_a_reason_no_plain_file_is_handed_out(
    marked: Demo, monkeypatch: pytest.MonkeyPatch, tickets: list[str]
) -> None:
    app = opened(marked, monkeypatch, Role.SECRETARY, FORMS, ledger="needs", **LONG)
    app.segmented_control(key="take.needs.0.masked").set_value(False)

    press(app, "take.")

    assert tickets == []
    assert leaks(everything_on(app)) == {}


@pytest.mark.parametrize("role", sorted(set(SEE_FORMS) - set(UNMASK)))
def test_a_role_that_may_not_unmask_is_not_asked(marked: Demo, monkeypatch: pytest.MonkeyPatch, role: Role) -> None:
    app = opened(marked, monkeypatch, role, FORMS, ledger="needs", **LONG, **of_rich(marked, role))

    assert not [box for box in app.segmented_control if (box.key or "").endswith(".masked")]


def test_a_ticket_is_worth_nothing_to_anybody_else(
    marked: Demo, monkeypatch: pytest.MonkeyPatch, tickets: list[str]
) -> None:
    app = opened(marked, monkeypatch, Role.SECRETARY, FORMS, ledger="needs", **LONG)
    app.segmented_control(key="take.needs.0.kind").set_value("data")
    app.segmented_control(key="take.needs.0.masked").set_value(False)
    app.text_input(key="take.needs.0.reason").input("上级核对")
    press(app, "take.")
    others = [role for role in Role if role is not Role.SECRETARY]

    refused = [fetch(tickets[-1], new_sign_in(marked.accounts[role])) for role in others]
    refused.append(fetch(tickets[-1], new_sign_in(elsewhere(marked, Role.SECRETARY))))
    refused.append(fetch(tickets[-1], ""))
    own = fetch(tickets[-1], token_now())
    again = fetch(tickets[-1], token_now())

    assert {status for status, _text in refused} <= {401, 404}
    assert [leaks(text) for _status, text in [*refused, again]] == [{}] * (len(others) + 3)
    assert own[0] == 200
    assert {"name", "phone"} <= set(leaks(own[1]))


@pytest.mark.parametrize("role", SEE_FORMS)
def test_no_form_of_the_subdistrict_holds_a_mark(
    marked: Demo, monkeypatch: pytest.MonkeyPatch, tickets: list[str], role: Role
) -> None:
    with as_system("test") as session:
        forms = session.scalars(select(ReportForm.id).where(ReportForm.retired_at.is_(None))).all()
    assert len(forms) >= 2

    for form in forms:
        app = opened(marked, monkeypatch, role, FORMS, form=str(form), **LONG, **of_rich(marked, role))
        status, text = take(app, tickets)

        assert status == 200
        assert leaks(text) == {}, form


# --- cards and slips ----------------------------------------------------------------------------------------


def _paired_home(demo: Demo) -> int:
    """A marked household with helpers."""
    with as_system("test") as session:
        query = (
            select(Pairing.household_id)
            .join(Household, Household.id == Pairing.household_id)
            .where(Household.community_id == demo.rich, Household.restricted.is_(False), Pairing.ended_on.is_(None))
            .order_by(Pairing.household_id.desc())
        )
        home = session.scalars(query).first()
        assert home is not None
        # Its residents' matters are on the slip.
        model: Any
        for model in (Need, Order, Complaint):
            latest = select(model).where(model.community_id == demo.rich, model.restricted.is_(False))
            for one in session.scalars(latest.order_by(model.id.desc()).limit(5)):
                one.household_id = home
    return home


@pytest.mark.parametrize("role", sorted(GRANTS[Permission.PRINT_CARDS].roles))
def test_card_and_answer_slip_hold_no_mark(
    marked: Demo, monkeypatch: pytest.MonkeyPatch, tickets: list[str], role: Role
) -> None:
    home = _paired_home(marked)

    for start in (f"card.small.{home}", f"card.large.{home}", f"slip.{home}"):
        app = opened(marked, monkeypatch, role, CARDS, household=str(home))
        status, text = take(app, tickets, start)

        assert status == 200, start
        assert "word/document.xml" in text
        assert leaks(text) == {}, start


@pytest.mark.parametrize("role", sorted(GRANTS[Permission.SEE_ORDERS].roles))
def test_the_slip_of_an_order_holds_no_mark(
    marked: Demo, taken: dict[str, str], monkeypatch: pytest.MonkeyPatch, role: Role
) -> None:
    order = marked.object_of["order"]
    with as_system("test") as session:
        assert leaks(str(session.execute(select(Order.asker_name, Order.note).where(Order.id == order)).one()))

    opened(marked, monkeypatch, role, ORDER, id=str(order))
    papers = {name: text for name, text in taken.items() if name.endswith(".docx")}

    # "works": the office that does the order; administrator and auditor read it on the page.
    assert bool(papers) == (role in GRANTS[Permission.DISPATCH_ORDER].roles), sorted(taken)
    assert {name: leaks(text) for name, text in papers.items() if leaks(text)} == {}


def test_a_leak_planted_in_a_ledger_is_caught(
    marked: Demo, monkeypatch: pytest.MonkeyPatch, tickets: list[str]
) -> None:
    for masks in ("masked_name", "masked_phone"):
        monkeypatch.setattr(f"db.queries.reports.rows.{masks}", lambda value: value)
    app = open_app(monkeypatch, marked.accounts[Role.AREA_WORKER], FORMS, ledger="needs", **LONG)

    app.segmented_control(key="take.needs.0.kind").set_value("data")
    press(app, "take.")
    _status, text = fetch(tickets[-1], token_now())

    assert {"name", "phone"} <= set(leaks(text))


def test_the_ledgers_have_rows_to_look_through(marked: Demo) -> None:
    with as_system("test") as session:
        for model in (Need, Order, Complaint):
            named = select(func.count()).where(model.community_id == marked.rich, model.asker_name.is_not(None))
            assert (session.scalar(named) or 0) >= 5, model.__tablename__
