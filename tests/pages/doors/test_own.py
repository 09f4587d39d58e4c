"""The worker of a patch reads the whole door on the page of a need, an order, a complaint, a call-back, on record."""

from collections.abc import Callable

import pytest
from sqlalchemy import func, select

from components.doors import own
from db.actions.doors.own import see_own_door
from db.actions.doors.rounds import hand_over_patch
from db.engine import as_system, carry_out, reading, utc_now
from db.errors import NotPermitted, Refused, StorageFull
from db.models import Account, Answer, AuditEntry
from db.queries.doors.own import own_door
from db.rules.permissions import Actor
from db.terms import AnswerKind, AnswerState, Role
from tests.builders.complaints import a_complaint
from tests.builders.doors import a_household, a_patch
from tests.builders.needs import a_need
from tests.builders.orders import an_order
from tests.builders.world import TODAY, World, another_actor
from tests.support.signed_in import open_app, words

DOOR = "1单元917"


def looks(household: int) -> int:
    with as_system("test") as session:
        query = select(func.count()).where(
            AuditEntry.table_name == "household", AuditEntry.row_id == household, AuditEntry.operation == "read"
        )
        return session.execute(query).scalar_one()


def a_call_back(world: World, household: int) -> int:
    need = a_need(world, household_id=household)
    with as_system("test") as session:
        kept = {"kind": next(iter(AnswerKind)), "words": "灯换好了", "due_on": TODAY, "state": AnswerState.DUE}
        answer = Answer(community_id=world.here, need_id=need, lead_need_id=need, **kept)
        session.add(answer)
        session.flush()
        return answer.id


THINGS: dict[str, tuple[str, Callable[[World, int], int]]] = {
    "need": ("needs/need.py", lambda world, household: a_need(world, household_id=household)),
    "order": ("orders/order.py", lambda world, _household: an_order(world, room="917")),
    "complaint": ("complaints/complaint.py", lambda world, household: a_complaint(world, household_id=household)),
    "call-back": ("needs/answers.py", a_call_back),
}


@pytest.mark.parametrize("thing", THINGS)
def test_the_page_of_one_thing_names_the_door_to_the_worker_of_its_patch_alone(
    small_world: World, monkeypatch: pytest.MonkeyPatch, thing: str
) -> None:
    household = a_household(small_world, "917")
    colleague = another_actor(small_world, Role.AREA_WORKER, "worker2")
    a_patch(small_world, small_world.worker.id, "1幢")
    a_patch(small_world, colleague.id, "2幢")
    page, made = THINGS[thing]
    query = {"id": str(made(small_world, household))}

    for stranger in (colleague, small_world.secretary):
        assert DOOR not in words(open_app(monkeypatch, stranger.id, page, **query))
    assert looks(household) == 0

    app = open_app(monkeypatch, small_world.worker.id, page, **query)
    assert DOOR in words(app)
    app.run()
    assert DOOR in words(app)
    assert looks(household) == 1


def test_where_no_trace_can_be_left_the_page_is_read_without_the_door(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_patch(small_world, small_world.worker.id, "1幢")
    need = a_need(small_world, household_id=a_household(small_world, "917"))

    def full(*_: object, **__: object) -> None:
        raise StorageFull()

    with monkeypatch.context() as disk:
        disk.setattr(own, "note", full)
        app = open_app(monkeypatch, small_world.worker.id, "needs/need.py", id=str(need))
        assert not app.exception
        assert DOOR not in words(app)
        assert "楼道灯" in words(app)

    assert DOOR in words(app.run())


@pytest.mark.parametrize(
    "page", ["needs/ledger.py", "orders/orders.py", "complaints/complaints.py", "needs/answers.py"]
)
def test_a_list_masks_the_doors_of_the_own_patch_too(
    small_world: World, monkeypatch: pytest.MonkeyPatch, page: str
) -> None:
    household = a_household(small_world, "917")
    a_patch(small_world, small_world.worker.id, "1幢")
    for _page, made in THINGS.values():
        made(small_world, household)

    assert "917" not in words(open_app(monkeypatch, small_world.worker.id, page))


def test_a_patch_that_was_handed_over_is_read_by_its_new_worker_alone(world: World) -> None:
    household = a_household(world, "917")
    need = a_need(world, household_id=household)
    old, heir = another_actor(world, Role.AREA_WORKER, "old"), world.worker
    a_patch(world, old.id, "1幢")

    def reads(who: Actor) -> bool:
        with reading(who) as session:
            return own_door(session, need_id=need) is not None

    assert reads(old)
    with as_system("test") as session:
        session.get_one(Account, old.id).disabled_at = utc_now()

    carry_out(world.secretary, "", hand_over_patch, account_id=old.id, heir_id=heir.id)

    assert (reads(old), reads(heir)) == (False, True)
    carry_out(heir, "", see_own_door, household_id=household)
    stranger = another_actor(world, Role.AREA_WORKER, "worker2")
    with pytest.raises(Refused) as refused:
        carry_out(stranger, "", see_own_door, household_id=household)
    assert refused.value.rule == "not_your_patch"
    with pytest.raises(NotPermitted):
        carry_out(world.secretary, "", see_own_door, household_id=household)
