"""红骑士移动哨兵 (A2-09): a rider reports hazards; every report gets its answer, and no name is anywhere."""

import re

import pytest
from sqlalchemy import select

from components.intake.poster_paper import poster_document
from db.actions.intake.intake import refuse_intake, take_intake
from db.actions.needs.needs import finish_handling
from db.engine import reading, reading_as_system
from db.models import AuditEntry, Intake, Need
from db.queries.intake.intake import intake_facts, intake_list
from db.queries.intake.posters import poster_paper
from db.queries.needs.life import need_life
from db.queries.photos import photos_of
from db.terms import IntakeResult, IntakeState, NeedSource, NeedStage, Reach, Urgency
from pages.public import message, quick_report
from tests.builders.intake import a_rider, code_of, key_in, report, with_place
from tests.builders.world import World, do, row
from tests.support.phone import Phone

RIDER = ("骑手夏测试", "夏测试", "13700001111")


@pytest.fixture(autouse=True)
def _unlimited() -> None:
    for limit in (message.BY_CODE, message.BY_ADDRESS, message.BY_BOTH):
        limit.forget()


def test_three_reports_of_a_rider_become_a_need_a_complaint_and_a_refusal(world: World) -> None:
    poster = a_rider(world)
    code, phone, seen = code_of(poster), Phone(quick_report.routes), []

    # The card is printed with a number on it.
    with reading(world.secretary) as session:
        paper = poster_paper(session, poster)
    assert paper is not None
    seen.append(repr(poster_document(paper, "http://yiqilai.example").values))
    assert "LL-QX-07" in seen[0]

    # At the kerb: a hole with a photo, fumes every night, and something that is not the community's.
    form = phone.get(f"/r/{code}")
    answers = [
        report(phone, code, with_place(6), urgent="1", key=key_in(form)),
        report(phone, code, kind="noise", words="烧烤店半夜排烟", where="澄湖东街18号"),
        report(phone, code, kind="other", words="平台派单太多", where="站点"),
    ]
    assert all("已收到" in answer.text for answer in answers)
    with reading(world.worker) as session:
        queue = intake_list(session, state=IntakeState.WAITING).rows
        facts = [intake_facts(session, one.id) for one in queue]
    hole, fumes, other = (one for one in facts if one is not None)
    assert (hole.urgent, fumes.urgent) == (True, False)

    # In the morning a worker reads the queue.
    made = do(
        world.worker, take_intake, intake_id=hole.id, version=hole.version, result=IntakeResult.NEED,
        description=f"{hole.what}({hole.where})", place_id=world.place, category_id=world.categories[5],
        reach=Reach.COMMUNITY, people=200, urgency=Urgency.SAFETY,
    )  # fmt: skip
    complaint = do(
        world.worker, take_intake, intake_id=fumes.id, version=fumes.version, result=IntakeResult.COMPLAINT,
        description=fumes.what, place_id=world.place, category_id=world.categories[4],
    )  # fmt: skip
    do(world.worker, refuse_intake, intake_id=other.id, version=other.version, reason="派单由平台管，已告知工会电话")

    # Danger is handled on the same day, with the photo at hand.
    need = row(world, Need, made["id"])
    assert (need.stage, need.source) == (NeedStage.HANDLING, NeedSource.RIDER)
    with reading(world.worker) as session:
        assert len(photos_of(session, need_id=need.id)) == 1
    do(world.worker, finish_handling, need_id=need.id, version=need.version, done="已围挡并换好井盖")

    # The rider looks at the three receipts.
    with reading_as_system("test") as session:
        receipts = session.scalars(select(Intake.receipt).order_by(Intake.id)).all()
    told = [phone.get(f"/r/{code}/r/{receipt}") for receipt in receipts]
    assert made["number"] in told[0].text
    assert complaint["number"] in told[1].text
    assert "派单由平台管" in told[2].text

    # Nobody who looks anywhere finds a name.
    seen += [answer.html for answer in (form, *answers, *told)]
    with reading(world.secretary) as session:
        seen += [repr(need_life(session, need.id)), repr(facts), repr(queue)]
    with reading_as_system("test") as session:
        seen.append(repr(session.execute(select(AuditEntry.changes, AuditEntry.reason)).all()))
    for text in seen:
        assert not any(name in text for name in RIDER)
    assert not any(re.search(r"澄湖东街|菜场北门", answer.html) for answer in told)
