"""The forms about a volunteer's record and the papers about it, tried with everything that can be sent."""

from datetime import timedelta

import pytest

from db.actions.volunteers.applications import unmask_application
from db.actions.volunteers.certificates import (
    accept_certificate,
    ask_certificate,
    hand_out_certificate,
    issue_certificate,
    post_certificate,
    void_certificate,
)
from db.actions.volunteers.records import (
    correct_award,
    correct_training,
    note_award,
    note_training,
    strike_award,
    strike_training,
)
from db.engine import as_system
from db.models import VolunteerCertificate
from tests.builders.volunteers import a_volunteer, an_application, served_hours
from tests.builders.world import TODAY, World, do
from tests.support.bad_input import Form, Forms, complaints, complaints_about_a_repeat

FORMS = Forms()
LINES = {"title": 100, "given_by": 60}


def _training(world: World) -> int:
    noted: int = do(world.worker, note_training, volunteer_id=a_volunteer(world), on=TODAY, title="急救", minutes=120)
    return noted


def _award(world: World) -> int:
    noted: int = do(world.worker, note_award, volunteer_id=a_volunteer(world), on=TODAY, title="服务之星")
    return noted


def _paper(world: World, *steps: object) -> int:
    volunteer = a_volunteer(world)
    served_hours(world, volunteer)
    paper: int = do(world.worker, ask_certificate, volunteer_id=volunteer, purpose="积分申请",
                    since=TODAY - timedelta(days=30), until=TODAY)  # fmt: skip
    for step in steps:
        do(world.worker, step, certificate_id=paper)
    return paper


@FORMS.add
def training_noted(world: World) -> Form:
    right = {"volunteer_id": a_volunteer(world), "on": TODAY, "title": "急救", "given_by": "医院", "minutes": 120}
    return Form(note_training, world.worker, right, LINES, optional=frozenset({"given_by"}), days=("on",),
                ids=("volunteer_id",), also=({"minutes": 0}, {"minutes": 45}, {"minutes": 6030}, {"minutes": None},
                {"on": TODAY + timedelta(days=1)}))  # fmt: skip


@FORMS.add
def training_corrected(world: World) -> Form:
    right = {"training_id": _training(world), "on": TODAY, "title": "急救", "given_by": "医院", "minutes": 90,
             "reason": "只上了半场"}  # fmt: skip
    return Form(correct_training, world.worker, right, LINES | {"reason": 200}, optional=frozenset({"given_by"}),
                days=("on",), ids=("training_id",), also=({"minutes": 45}, {"minutes": None}))  # fmt: skip


@FORMS.add
def training_struck(world: World) -> Form:
    right = {"training_id": _training(world), "reason": "记错人"}
    return Form(strike_training, world.worker, right, {"reason": 200}, ids=("training_id",))


@FORMS.add
def award_noted(world: World) -> Form:
    right = {"volunteer_id": a_volunteer(world), "on": TODAY, "title": "服务之星", "given_by": "街道"}
    return Form(note_award, world.worker, right, LINES, optional=frozenset({"given_by"}), days=("on",),
                ids=("volunteer_id",))  # fmt: skip


@FORMS.add
def award_corrected(world: World) -> Form:
    right = {"award_id": _award(world), "on": TODAY, "title": "优秀志愿者", "given_by": "街道", "reason": "名称写错"}
    return Form(correct_award, world.worker, right, LINES | {"reason": 200}, optional=frozenset({"given_by"}),
                days=("on",), ids=("award_id",))  # fmt: skip


@FORMS.add
def award_struck(world: World) -> Form:
    right = {"award_id": _award(world), "reason": "记错人"}
    return Form(strike_award, world.worker, right, {"reason": 200}, ids=("award_id",))


@FORMS.add
def certificate_asked(world: World) -> Form:
    right = {"volunteer_id": a_volunteer(world), "purpose": "积分申请", "since": TODAY - timedelta(days=30),
             "until": TODAY}  # fmt: skip
    return Form(ask_certificate, world.worker, right, {"purpose": 100}, days=("since", "until"), ids=("volunteer_id",),
                also=({"until": TODAY - timedelta(days=31)}, {"until": TODAY + timedelta(days=1)}))  # fmt: skip


@FORMS.add
def certificate_accepted(world: World) -> Form:
    return Form(accept_certificate, world.worker, {"certificate_id": _paper(world)}, ids=("certificate_id",))


@FORMS.add
def certificate_issued(world: World) -> Form:
    right = {"certificate_id": _paper(world, accept_certificate)}
    return Form(issue_certificate, world.worker, right, ids=("certificate_id",))


@FORMS.add
def certificate_posted(world: World) -> Form:
    right = {"certificate_id": _paper(world, accept_certificate, issue_certificate), "working_days": 7}
    return Form(post_certificate, world.worker, right, ids=("certificate_id",),
                also=({"working_days": 6}, {"working_days": None}, {"working_days": 10_000}))  # fmt: skip


@FORMS.add
def certificate_handed_out(world: World) -> Form:
    paper = _paper(world, accept_certificate, issue_certificate)
    do(world.worker, post_certificate, certificate_id=paper, working_days=7)
    with as_system("test") as session:
        session.get_one(VolunteerCertificate, paper).ends_on = TODAY - timedelta(days=1)
    return Form(hand_out_certificate, world.worker, {"certificate_id": paper}, ids=("certificate_id",))


@FORMS.add
def certificate_void(world: World) -> Form:
    right = {"certificate_id": _paper(world), "reason": "重复申请"}
    return Form(void_certificate, world.worker, right, {"reason": 200}, ids=("certificate_id",))


@FORMS.add
def application_unmasked(world: World) -> Form:
    right = {"application_id": an_application(world), "reason": "打电话确认"}
    return Form(unmask_application, world.worker, right, codes={"reason": 200}, ids=("application_id",))


@pytest.mark.parametrize("name", FORMS)
def test_a_form_stores_what_was_meant_or_says_why_not(name: str, world: World) -> None:
    assert complaints(FORMS[name](world)) == []


@pytest.mark.parametrize("name", FORMS)
def test_a_form_sent_twice_is_stored_once(name: str, world: World) -> None:
    assert complaints_about_a_repeat(FORMS[name](world)) == []
