"""What people do through a page and no other test of an action does: once, as it is done, and what is left of it."""

from typing import Any

from db.actions.council.tasks import cancel_task
from db.actions.meetings.meetings import add_need, reword_item
from db.actions.orders.orders import unmask_order
from db.actions.orders.pairings import set_desk_phone
from db.actions.people.programmes import amend_wish
from db.actions.reports.forms import set_report_form
from db.actions.screen.displays import display_hash, make_display, new_display_code
from db.engine import as_system, reading_as_system
from db.models import AgendaItem, AuditEntry, Community, DisplayLink, ProgrammeMember, ReportForm, Task
from db.terms import Role
from tests.builders.council import a_passed_item, a_task
from tests.builders.meetings import MOTION, a_draft
from tests.builders.needs import a_need_for_council
from tests.builders.orders import an_order
from tests.builders.people import a_member, a_programme, cleared
from tests.builders.reports import a_form
from tests.builders.world import World, do, row


def kept(model: Any, row_id: int) -> Any:
    with reading_as_system("test") as session:
        return session.get_one(model, row_id)


def test_a_display_gets_a_name_and_keeps_only_the_hash_of_its_code(world: World) -> None:
    code = new_display_code()

    link = do(world.secretary, make_display, name="一楼大厅电视", code=code)

    assert (kept(DisplayLink, link).name, kept(DisplayLink, link).token_hash) == ("一楼大厅电视", display_hash(code))


def test_an_item_is_reworded_while_the_agenda_is_a_draft(world: World) -> None:
    meeting = a_draft(world)
    item = do(world.secretary, add_need, meeting_id=meeting, need_id=a_need_for_council(world), motion=MOTION)

    do(world.secretary, reword_item, item_id=item, version=1, motion="先在1幢试装三个月", short_title="感应灯")

    changed = row(world, AgendaItem, item)
    assert (changed.motion, changed.short_title) == ("先在1幢试装三个月", "感应灯")


def test_a_task_is_cancelled_with_words(world: World) -> None:
    task = a_task(world, a_passed_item(world))

    do(world.secretary, cancel_task, task_id=task, version=1, result="物业已先做")

    assert kept(Task, task).result == "物业已先做"


def test_a_look_at_an_orders_asker_leaves_its_reason(world: World) -> None:
    order = an_order(world)

    do(world.worker, unmask_order, order_id=order, reason="与女儿核对时间")

    with as_system("test") as session:
        entry = session.query(AuditEntry).filter_by(operation="read").one()
        assert entry.reason == "与女儿核对时间"


def test_the_desks_telephone_is_printed_as_it_is_set(world: World) -> None:
    do(world.secretary, set_desk_phone, community_id=world.here, phone="0571-5555 0100")

    assert kept(Community, world.here).desk_phone == "0571-5555 0100"


def test_a_wish_is_amended_by_the_staff_of_its_programme(world: World) -> None:
    secretary = cleared(world)
    member = a_member(secretary, world, a_programme(secretary))

    do(secretary, amend_wish, member_id=member["id"], version=1, wish="想学剪纸")

    assert kept(ProgrammeMember, member["id"]).wish == "想学剪纸"


def test_a_form_of_the_subdistrict_is_kept_with_its_name(world: World) -> None:
    form = do(world[Role.SUBDISTRICT_ADMIN], set_report_form, **a_form(world))

    assert kept(ReportForm, form).name == "走访台账"
