"""A1-03: a volunteer's whole life: registered on a plain page, confirmed, asked because the time fits, paused, back."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from components.volunteers.certificate_paper import certificate_sheet
from db.actions.orders.leaving import bring_back, end_volunteer, pause_volunteer
from db.actions.orders.offers import accept_offer, offer_order
from db.actions.orders.service import confirm_by_call, finish_service, start_service
from db.actions.volunteers.applications import confirm_application
from db.actions.volunteers.certificates import (
    accept_certificate,
    ask_certificate,
    hand_out_certificate,
    issue_certificate,
    post_certificate,
)
from db.actions.volunteers.records import note_training
from db.actions.volunteers.volunteers import amend_volunteer, link_account
from db.engine import reading
from db.errors import Refused
from db.models import Order, OrderOffer, Volunteer, VolunteerApplication, VolunteerCertificate
from db.queries.orders.dispatch import candidates
from db.queries.volunteers.records import certificate_paper, ratings, trainings
from db.rules.orders.dispatch import Reason, slot_of
from db.terms import Role, Satisfaction, VolunteerKind
from pages.public import join, message
from tests.builders.intake import key_in
from tests.builders.orders import an_order
from tests.builders.world import NOW, TODAY, World, do, row
from tests.support.phone import Phone
from tests.support.word_files import text_of


def test_from_a_plain_page_to_the_statement_and_back_after_leaving(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(join, "utc_now", lambda: NOW)
    for limit in (join.BY_ADDRESS, join.BY_CODE, message.UNKNOWN):
        limit.forget()
    worker, account = world.worker, world[Role.VOLUNTEER]

    # She registers on her own phone; nobody is on the roll by it.
    phone = Phone(join.routes)
    form = phone.get("/join/ll")
    fields = [("key", key_in(form)), ("name", "沈月华"), ("phone", "13812345678"), ("birth_year", "1962"),
              ("skills", "理发"), ("promise", "1"), ("website", "")]  # fmt: skip
    receipt = phone.send("/join/LL", fields)
    assert "已收到登记" in receipt.text
    with reading(worker) as session:
        assert session.scalars(select(Volunteer.id)).all() == []
        application = session.scalars(select(VolunteerApplication)).one()

    # A worker calls and confirms; half days are ticked, the account is linked.
    who = do(worker, confirm_application, application_id=application.id, version=1, kind=VolunteerKind.RESIDENT)
    again = phone.get(f"/join/LL/r/{application.receipt}")
    assert row(world, Volunteer, who).number in again.text
    on = TODAY + timedelta(days=3)
    do(worker, amend_volunteer, volunteer_id=who, version=row(world, Volunteer, who).version, skills=["理发"],
       free_times="下雨天不行", free_slots=slot_of(on, "上午"))  # fmt: skip
    do(worker, link_account, volunteer_id=who, account_id=account.id)

    # She is suggested because the time fits, goes, and the resident is glad.
    order = an_order(world, wanted_on=on, wanted_time="上午")
    with reading(worker) as session:
        (suggested,) = candidates(session, order, now=NOW)
    assert suggested.id == who
    assert Reason.FREE in suggested.suggestion.reasons
    offer = do(worker, offer_order, order_id=order, volunteer_id=who, reasons=[Reason.FREE.value])
    do(account, accept_offer, offer_id=offer)
    served = NOW + timedelta(days=3)
    do(account, start_service, order_id=order, now=served - timedelta(minutes=60))
    do(account, finish_service, order_id=order, done="理了发", minutes=60, now=served)
    do(worker, confirm_by_call, order_id=order, rating=Satisfaction.VERY_SATISFIED, said="手艺好", now=served)
    do(worker, note_training, volunteer_id=who, on=TODAY, title="助老礼仪", minutes=120)
    with reading(worker) as session:
        assert [line.title for line in trainings(session, who)] == ["助老礼仪"]
        assert ratings(session, who)[0] == {Satisfaction.VERY_SATISFIED: 1}

    # The statement: confirmed hours, a number, seven working days on the board, then into her hand.
    paper = do(worker, ask_certificate, volunteer_id=who, purpose="积分申请", since=TODAY, until=on, now=served)
    do(worker, accept_certificate, certificate_id=paper, now=served)
    number = do(worker, issue_certificate, certificate_id=paper, now=served)
    do(worker, post_certificate, certificate_id=paper, working_days=7, now=served)
    ends = row(world, VolunteerCertificate, paper).ends_on
    do(worker, hand_out_certificate, certificate_id=paper, now=NOW + (ends - TODAY) + timedelta(days=1))
    with reading(worker) as session:
        facts = certificate_paper(session, paper)
    assert facts
    text = text_of(certificate_sheet(facts)())
    for words in (number, "沈月华", "代买菜", "1 小时", "志愿服务情况说明（内部）"):
        assert words in text

    # She pauses: nobody may send her; then she ends, and comes back.
    version = row(world, Volunteer, who).version
    do(worker, pause_volunteer, volunteer_id=who, version=version, first=on, last=on + timedelta(days=30),
       reason="带孙子", now=served)  # fmt: skip
    second = an_order(world, row(world, Order, order).service_id, wanted_on=on + timedelta(days=7), wanted_time="上午")
    with pytest.raises(Refused) as no:
        do(worker, offer_order, order_id=second, volunteer_id=who, now=served)
    assert no.value.rule == "volunteer_paused"
    version = row(world, Volunteer, who).version
    do(worker, end_volunteer, volunteer_id=who, version=version, on=on, reason="搬到女儿家", now=served)
    version = row(world, Volunteer, who).version
    do(worker, bring_back, volunteer_id=who, version=version, reason="搬回来了", now=served + timedelta(days=60))
    do(worker, offer_order, order_id=second, volunteer_id=who, now=served + timedelta(days=60))
    with reading(worker) as session:
        assert len(session.scalars(select(OrderOffer.id).where(OrderOffer.volunteer_id == who)).all()) == 2
