"""Forms that the invented subdistrict sent down, helpers whom households may call, and who consented to a card."""

import hashlib
from datetime import timedelta

from db.demo import days
from db.demo.frame import Area, Demo
from db.demo.reports.form_files import NEED_ROWS, VISIT_ROWS, need_form, topic_form, visit_form
from db.models import Consent, Pairing, ReportForm
from db.rules.reports.form import FormLayout
from db.terms import ConsentScope, ConsentWay, LedgerKind

VISIT_COLUMNS = ("serial", "day", "worker", "place", "door", "household_kind", "outcome", "note", "needs")
NEED_COLUMNS = ("serial", "number", "day", "words", "category", "place", "people", "voices", "state")
HELPS = (("量血压", "每周一次"), ("水电维修", "有事打电话"), ("代买代办", "每两周一次"), ("陪聊探访", "每周一次"))
PAIRED = 14
"""Households with helpers at scale 1."""
TOLD = "姓名和电话印在便民联系卡上，交给结对的住户；可随时撤回。"


def tell(demo: Demo) -> None:
    """Two Excel forms and one Word form; pairings of the rich community, most with consent, one taken back."""
    _forms(demo)
    for area in demo.areas:
        if area.rich:
            _pairings(demo, area)


def _forms(demo: Demo) -> None:
    visits = FormLayout(
        "xlsx",
        "走访台账",
        4,
        5,
        4 + VISIT_ROWS,
        dict(enumerate(VISIT_COLUMNS, start=1)),
        {"C2": "community", "H2": "period"},
    )
    needs = FormLayout("xlsx", "诉求汇总", 2, 3, 2 + NEED_ROWS, dict(enumerate(NEED_COLUMNS, start=1)))
    known = (
        ("每周走访民情台账", LedgerKind.VISITS, "走访台账（2026版）.xlsx", visit_form(), visits),
        ("民情诉求汇总表", LedgerKind.NEEDS, "民情诉求汇总表.xlsx", need_form(), needs),
        ("议题报送表", LedgerKind.TOPICS, "议题报送表.docx", topic_form(), FormLayout("docx")),
    )
    for number, (name, ledger, file_name, file, layout) in enumerate(known):
        demo.bulk.add(
            ReportForm,
            subdistrict_id=demo.subdistrict,
            name=name,
            ledger=ledger,
            file_name=file_name,
            file=file,
            sha256=hashlib.sha256(file).hexdigest(),
            layout=layout.to_json(),
            uploaded_by=demo.admins[0],
            uploaded_at=days.at(demo.today - timedelta(days=60 - 9 * number), 9, 30),
        )


def _pairings(demo: Demo, area: Area) -> None:
    rng = demo.rng("pairings", area.code)
    doors = [door for door in area.doors if not door.restricted][: PAIRED * demo.scale * 7 : 7]
    # The first volunteers are the corps of the rich community, written from number one.
    helpers = rng.sample(range(1, 200), 24)
    for n, door in enumerate(doors):
        for turn in range(1 + n % 3):
            does, often = HELPS[(n + turn) % len(HELPS)]
            demo.bulk.add(
                Pairing,
                community_id=area.id,
                household_id=door.id,
                volunteer_id=helpers[(n * 3 + turn) % len(helpers)],
                helps_with=does,
                rhythm=often,
                since=demo.today - timedelta(days=200 - 3 * n),
                ended_on=demo.today - timedelta(days=20) if n % 6 == 5 and turn == 0 else None,
                made_by=door.worker,
            )
    for n, helper in enumerate(helpers):
        if n % 4 == 3:
            continue
        given = demo.today - timedelta(days=190 - 2 * n)
        withdrawn = n % 9 == 1
        demo.bulk.add(
            Consent,
            community_id=area.id,
            volunteer_id=helper,
            scope=ConsentScope.CONTACT_CARD,
            given_on=given,
            way=ConsentWay.SPOKEN if n % 3 == 0 else ConsentWay.PAPER,
            witness=demo.account_names[area.workers[n % len(area.workers)]] if n % 3 == 0 else "",
            told=TOLD,
            withdrawn_on=demo.today - timedelta(days=12) if withdrawn else None,
            withdrawn_reason="换了号码，暂不对外" if withdrawn else "",
            recorded_by=area.workers[0],
            recorded_at=days.at(given, 15),
        )
