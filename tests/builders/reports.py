"""Builders for ledgers, forms, cards: one row of everything, with something typed in every field."""

from datetime import date
from typing import Any

from db.actions.orders.pairings import add_pairing
from db.actions.people.consents import record_consent
from db.demo.reports.form_files import VISIT_ROWS, visit_form
from db.engine import as_system, utc_now
from db.models import Activity, Complaint, Household, Order, Service, ServiceRecord, Topic, Visit, Volunteer
from db.rules.reports.fields import Period
from db.rules.reports.form import FormLayout
from db.terms import (
    ActivityKind,
    ActivityState,
    ConsentScope,
    ConsentWay,
    LedgerKind,
    NeedSource,
    OrderChannel,
    ServiceGroup,
    TopicSource,
    VisitOutcome,
    VolunteerKind,
)
from tests.builders.doors import a_household
from tests.builders.inputs import carry_out
from tests.builders.needs import a_need
from tests.builders.world import NOW, TODAY, World

MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))
PHONE, NAME, ROOM = "13800138000", "欧阳测试", "707"
VISIT_KEYS = ("serial", "day", "worker", "place", "door", "household_kind", "outcome", "note", "needs")
INJECTED = (
    "=1+1", "=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(1,1)", "\t=1+1", "\r=1+1", "\n=1+1",
    '=HYPERLINK("http://x.example","y")', "=DDE(\"cmd\";\"/C calc\";\"!A0\")", "|calc", "%0A=1", "http://x.example/a",
    "{=1+1}", "=#REF!", "#N/A", "'=1+1", "\x01\x08坏字符", "_x003D_1",
)  # fmt: skip
"""What residents could type to make a spreadsheet run something."""


def in_every_ledger(world: World, typed: str = "楼道灯坏了", **household: Any) -> int:
    """One visit, need, topic, order and complaint of one household, each with `typed` in its free texts; its id."""
    home = a_household(world, ROOM, **household)
    hidden = bool(household.get("restricted"))
    who = {"household_id": home, "asker_name": NAME, "asker_phone": PHONE, "restricted": hidden}
    a_need(world, typed, title=typed[:60], **who)
    with as_system("test") as session:
        helper = Volunteer(
            community_id=world.here, number="V-1", name=NAME, phone=PHONE, platform_number=f"3302{PHONE}",
            kind=VolunteerKind.RESIDENT, skills=["电工"], since=TODAY,
        )  # fmt: skip
        activity = Activity(
            community_id=world.here, kind=ActivityKind.SERVICE, title="换灯", on=TODAY, place="河边", needed=2,
            state=ActivityState.DONE,
        )  # fmt: skip
        session.add_all([helper, activity])
        session.flush()
        session.add(
            ServiceRecord(
                community_id=world.here, activity_id=activity.id, volunteer_id=helper.id, on=TODAY, minutes=90,
                recorded_at=NOW, recorded_by=world.worker.id,
            )
        )  # fmt: skip
        service = Service(subdistrict_id=world.subdistrict, name="修灯", group=ServiceGroup.REPAIR)
        session.add(service)
        session.flush()
        at = {"community_id": world.here, "place_id": world.place, "building": "1幢"}
        session.add_all(
            [
                Visit(**at, at=NOW, worker_id=world.worker.id, household_id=home, outcome=VisitOutcome.MET, note=typed,
                      restricted=hidden),
                Topic(community_id=world.here, number="YT-1", title=typed, source=TopicSource.MEMBER,
                      proposer="议事员01", background=typed, proposal=typed, scope=typed, budget_yuan=2000,
                      review_reason=typed,
                      made_by=world.secretary.id, made_at=NOW),
                Order(**at, **who, number="D-1", service_id=service.id, channel=OrderChannel.PHONE, note=typed,
                      state_since=NOW, made_by=world.worker.id, made_at=NOW, done_words=typed),
                Complaint(**at, **who, number="T-1", title=typed[:60], description=typed, source=NeedSource.CALL,
                          category_id=world.categories[0], received_on=TODAY, logged_at=NOW,
                          logged_by=world.worker.id, state_since=NOW, reply=typed),
            ]
        )  # fmt: skip
    return home


def a_form(world: World) -> dict[str, Any]:
    """What `set_report_form` takes for the visit form of the demo."""
    layout = FormLayout(
        "xlsx",
        "走访台账",
        4,
        5,
        4 + VISIT_ROWS,
        dict(enumerate(VISIT_KEYS, start=1)),
        {"C2": "community", "H2": "period"},
    )
    return {"name": "走访台账", "ledger": LedgerKind.VISITS, "file_name": "走访台账.xlsx", "file": visit_form(),
            "layout": layout.to_json()}  # fmt: skip


def paired(world: World, home: int, volunteer: int) -> int:
    return carry_out(world.worker, "", add_pairing, household_id=home, volunteer_id=volunteer, helps_with="量血压",
                     rhythm="每周一次")  # fmt: skip


def consents(world: World, volunteer: int) -> int:
    return carry_out(world.worker, "", record_consent, volunteer_id=volunteer, scope=ConsentScope.CONTACT_CARD,
                     given_on=utc_now().date(), way=ConsentWay.PAPER, told="印在联系卡上")  # fmt: skip


def household_of(home: int, **values: Any) -> None:
    with as_system("test") as session:
        row = session.get_one(Household, home)
        for name, value in values.items():
            setattr(row, name, value)
