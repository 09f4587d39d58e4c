"""删除: everything that says who it was goes, wherever it stands; every count, number and history stays true."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from db.actions.accounts.drafts import keep_draft
from db.actions.complaints.links import to_mediation
from db.actions.complaints.mediation import add_party, register_mediation
from db.actions.council.notices import receive_objection
from db.actions.doors.visits import log_visit
from db.actions.needs.needs import log_need
from db.actions.needs.register import sign_week
from db.actions.people.erasure import erase_person
from db.actions.people.people import amend_person, see_person
from db.actions.people.sensitive import see_sensitive
from db.actions.unmasking import unmask_need
from db.engine import as_system, reading
from db.errors import NotPermitted, Refused
from db.models import (
    AuditEntry,
    Complaint,
    Consent,
    Erasure,
    Model,
    Need,
    NeedFlow,
    NeedStanding,
    Order,
    Person,
    PlaceDemand,
    SensitiveFact,
    Visit,
)
from db.queries.needs.register import week_register
from db.rules.people.erasing import Known, scrubbed
from db.rules.workdays import week_of
from db.terms import (
    PartyKind,
    Reach,
    Role,
    Urgency,
    VisitOutcome,
)
from tests.builders.complaints import agree, meet
from tests.builders.council import a_notice
from tests.builders.people import NAME, PHONE, a_life, a_person, household_of, the
from tests.builders.world import NOW, TODAY, World, do
from tests.canary.marks import whole_table


def every_count(world: World) -> dict[str, Any]:
    """Rows of every table, the counters that charts read, and the week's register."""
    with as_system("test") as session:
        rows = {
            mapper.class_.__tablename__: session.scalar(select(func.count()).select_from(mapper.class_))
            for mapper in Model.registry.mappers
            if mapper.class_.__tablename__ not in ("audit_entry", "request_key", "erasure", "draft")
        }
        counters = {
            model.__tablename__: [tuple(row) for row in session.execute(select(model.__table__)).all()]
            for model in (NeedFlow, NeedStanding, PlaceDemand)
        }
        numbers = sorted(session.scalars(select(Need.number))) + sorted(session.scalars(select(Order.number)))
        stages = sorted((row.id, row.stage.value, row.people) for row in session.scalars(select(Need)))
    with reading(world.secretary) as session:
        register = week_register(session, world.here, week_of(TODAY))
        totals = {
            name: getattr(register, name)
            for name in register.__dataclass_fields__
            # Whom nobody can answer any more lacks an asker: that is told as before, and no number of needs.
            if isinstance(getattr(register, name), int) and name != "lacking"
        }
    return {"rows": rows, "counters": counters, "numbers": numbers, "stages": stages, "register": totals}


def test_whoever_is_erased_is_found_nowhere_and_nothing_is_missing(world: World) -> None:
    life = a_life(world)
    with as_system("test") as session:
        account = world.worker.id
        session.flush()
    keep_draft(account, "/need", {"x": f"给{NAME}打电话"}, now=NOW)
    before = every_count(world)

    done = do(world.secretary, erase_person, person_id=life["person"], reason=f"{NAME}本人要求")

    everywhere = "\n".join(whole_table(mapper.class_) for mapper in Model.registry.mappers)
    assert NAME not in everywhere
    assert PHONE not in everywhere
    assert "139-0000-5678" not in everywhere
    assert every_count(world) == before
    assert set(done["wiped"]) >= {"person", "need", "visit", "service_order", "complaint", "sensitive_fact", "draft"}
    assert the(Erasure, done["id"]).reason == "某某本人要求"


def test_the_table_at_which_they_sat_and_the_objection_in_their_name_tell_nobody_who_it_was(world: World) -> None:
    life = a_life(world)
    complaint = the(Complaint, life["complaint"])
    dispute = do(
        world.worker, to_mediation, complaint_id=complaint.id, version=complaint.version, title="楼上噪音",
        matter=f"{NAME}反映夜里噪音，{PHONE}",
    )  # fmt: skip
    for name, phone in ((NAME, PHONE), ("楼上住户", "13700001111")):
        do(
            world.worker, add_party, mediation_id=dispute, kind=PartyKind.OWNERS, name=f"{name}一方",
            representative=name, contact=phone, claim=f"{name}要安静",
        )  # fmt: skip
    meet(world, dispute)
    agree(world, dispute, f"给{NAME}家加门垫", agreed=f"{NAME}同意")
    apart = do(world.worker, register_mediation, title="停车", matter="车位")
    do(
        world.worker, add_party, mediation_id=apart, kind=PartyKind.OWNERS, name="业主", representative=NAME,
        contact=PHONE, claim="留一个车位",
    )  # fmt: skip
    values = {"notice_id": a_notice(world), "objector": NAME, "contact": f"电话 {PHONE}", "matter": f"{NAME}家被遮光"}
    do(world.worker, receive_objection, **values)
    before = every_count(world)

    do(world.secretary, erase_person, person_id=life["person"], reason="本人要求")

    everywhere = "\n".join(whole_table(mapper.class_) for mapper in Model.registry.mappers)
    assert NAME not in everywhere
    assert PHONE not in everywhere
    assert "13700001111" in everywhere, "the other side is not erased"
    assert "留一个车位" in everywhere, "what was asked stays"
    assert every_count(world) == before


def test_a_signed_week_marks_the_need_whose_words_were_wiped(world: World) -> None:
    life = a_life(world)
    with as_system("test") as session:
        need = session.get_one(Need, life["need"])
        need.description, week = f"{NAME}家门口的灯坏了", need.week
    do(world.secretary, sign_week, week=week, remark="", now=NOW + timedelta(days=4))

    do(world.secretary, erase_person, person_id=life["person"], reason="本人要求")

    with reading(world.secretary) as session:
        register = week_register(session, world.here, week)
    assert register.sign_off is not None
    assert (register.sign_off.unchanged, register.sign_off.changed) == (False, 1)
    assert [row.need.id for row in register.rows if row.need.changed_after_sign_off] == [life["need"]]


def test_each_place_is_emptied_and_stays_readable(world: World) -> None:
    life = a_life(world)

    do(world.secretary, erase_person, person_id=life["person"], reason="搬离")

    person = the(Person, life["person"])
    assert (person.name, person.phone, person.phone_index, person.relation) == ("", None, None, "")
    assert person.erased_at == NOW
    need = the(Need, life["need"])
    assert (need.asker_name, need.asker_phone, need.description) == (None, None, "某某家楼道灯坏了")
    assert "zhenshiyan" not in need.pinyin
    assert the(Visit, life["visit"]).note == "某某身体好，*****"
    assert (the(Order, life["order"]).note, the(Order, life["order"]).emergency_contact) == ("找某某", None)
    assert the(Complaint, life["complaint"]).description == "某某反映噪音"
    assert the(Need, life["elsewhere"]).asker_phone is None, "the same number elsewhere"
    assert the(Consent, life["consent"]).withdrawn_on == TODAY
    fact = the(SensitiveFact, life["fact"])
    assert (fact.kind, fact.words, fact.purpose, fact.kind_index) == ("", "", "", "")


def test_the_log_never_held_a_value_and_its_chain_still_holds(world: World) -> None:
    from db import audit

    life = a_life(world)
    do(world.secretary, see_person, person_id=life["person"], reason="核对")

    do(world.secretary, erase_person, person_id=life["person"], reason="搬离")

    log = whole_table(AuditEntry)
    assert NAME not in log
    assert PHONE not in log
    assert "听力不好" not in log
    assert "楼道灯坏了" not in log
    with as_system("test") as session:
        assert audit.broken_at(session) is None


def test_an_erased_person_is_neither_shown_nor_changed_again(world: World) -> None:
    life = a_life(world)
    do(world.secretary, erase_person, person_id=life["person"], reason="搬离")

    for act, values in (
        (see_person, {"reason": "x"}),
        (see_sensitive, {"reason": "x"}),
        (erase_person, {"reason": "x"}),
        (amend_person, {"version": the(Person, life["person"]).version, "name": "又来"}),
    ):
        with pytest.raises(Refused, match="person_erased"):
            do(world.secretary, act, person_id=life["person"], **values)
    do(world.secretary, unmask_need, need_id=life["need"], reason="回访")
    assert the(Need, life["need"]).asker_name is None


def test_a_neighbour_with_another_name_keeps_everything(world: World) -> None:
    life = a_life(world)
    neighbour = a_person(world, "贾旁人", phone="13800001111", household_id=household_of(life["person"]))
    theirs = do(
        world.worker, log_need, description="贾旁人要修水管", category_id=world.categories[5], reach=Reach.HOUSEHOLD,
        people=1, urgency=Urgency.NORMAL, household_id=household_of(neighbour), place_id=world.place,
        asker_name="贾旁人", asker_phone="13800001111",
    )  # fmt: skip

    do(world.secretary, erase_person, person_id=life["person"], reason="搬离")

    assert the(Person, neighbour).name == "贾旁人"
    assert (the(Need, theirs["id"]).asker_name, the(Need, theirs["id"]).description) == ("贾旁人", "贾旁人要修水管")


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SECRETARY])
def test_only_the_secretary_erases(small_world: World, role: Role) -> None:
    with pytest.raises(NotPermitted):
        do(small_world[role], erase_person, person_id=a_person(small_world), reason="x")


def test_what_was_wiped_is_gone_from_the_file(small_world: World, tmp_path: Any) -> None:
    """SQLite: deleted content is overwritten and the log is emptied into the file right after the commit."""
    person = a_person(small_world, room="101")
    note = "罕见字符串㍿㍿"
    do(
        small_world.worker, log_visit, place_id=small_world.place, building="1", stairwell="1", room="101",
        outcome=VisitOutcome.MET, note=f"甄试验{note}",
    )  # fmt: skip
    do(small_world.secretary, erase_person, person_id=person, reason="搬离")

    for path in tmp_path.glob("test.db*"):
        assert f"甄试验{note}".encode() not in path.read_bytes(), path.name


def test_words_lose_the_name_and_the_number_in_every_spelling() -> None:
    known = Known.of(["王桂英", "王桂英 ", "王"], ["+86 139-0000-5678", ""])

    assert (
        scrubbed("找王桂英（139 0000 5678），王 桂 英，8613900005678", known) == "找某某（*****），某某，8613900005678"
    )
    assert scrubbed({"a": ["王桂英", 3]}, known) == {"a": ["某某", 3]}
    assert scrubbed("王先生在家", known) == "王先生在家"
    assert scrubbed("没有", Known.of([], [])) == "没有"
