from datetime import timedelta

from sqlalchemy import select

from db.actions.life import add_to_life
from db.actions.needs.merging import merge_needs
from db.actions.unmasking import unmask_need
from db.engine import as_system, carry_out, reading, reading_as_system
from db.errors import BadInput, NotPermitted
from db.models import AuditEntry, Project, ProjectSource, RequestKey
from db.queries.needs.life import need_life, originals, stated
from db.terms import Happening, NeedStage, Role
from tests.builders.doors import a_household
from tests.builders.needs import a_need
from tests.builders.projects import a_project
from tests.builders.world import NOW, World
from tests.support.statements import Statements


def asked(world: World) -> int:
    return a_need(
        world,
        "灯坏了，请打13812345678",
        household_id=a_household(world, "101"),
        asker_name="张三丰",
        asker_phone="13912345678",
    )


def test_a_thread_shows_the_need_its_voices_and_its_projects_lines(world: World) -> None:
    lead, member = a_need(world), asked(world)
    carry_out(world.worker, "", merge_needs, lead_id=lead, member_id=member, now=NOW)
    project_id = a_project(world)
    with as_system("test") as session:
        session.add(ProjectSource(community_id=world.here, project_id=project_id, need_id=lead))
        project = session.get(Project, project_id)
        assert project is not None
        add_to_life(session, project, Happening.MILESTONE_DONE, now=NOW, title="换灯")

    with reading(world.secretary) as session:
        whole = need_life(session, lead)

    assert whole is not None
    assert [line.kind for line in whole.lines] == ["merged_in", "milestone_done"]
    assert (whole.lines[0].actor, whole.lines[1].project) == (world.worker.name, "LL-P2026-0001")
    assert [voice.description for voice in whole.voices] == ["灯坏了，请打138****5678"]
    assert whole.need.voices == 2


def test_a_thread_is_masked(world: World) -> None:
    need = asked(world)

    with reading(world.secretary) as session:
        whole = need_life(session, need)

    assert whole is not None
    assert whole.need.asker == "柳林小区1幢 *** 张** 139****5678"
    assert "13812345678" not in whole.need.description
    assert whole.need.has_originals


def test_a_merged_need_names_its_lead(world: World) -> None:
    lead = a_need(world)
    member = a_need(world, stage=NeedStage.MERGED, merged_into_id=lead)

    with reading(world.secretary) as session:
        whole = need_life(session, member)

    assert whole is not None
    assert (whole.need.lead_id, whole.need.lead_number) == (lead, "LL-2026-0001")


def test_a_need_out_of_reach_has_no_thread(world: World) -> None:
    theirs, hidden = a_need(world, community_id=world.there), a_need(world, restricted=True)

    with reading(world.secretary) as session:
        assert need_life(session, theirs) is None
        assert need_life(session, hidden) is None


def test_a_thread_costs_four_statements_however_long(world: World) -> None:
    need = a_need(world)
    with as_system("test") as session:
        from db.models import Need

        row = session.get(Need, need)
        assert row is not None
        for _ in range(50):
            add_to_life(session, row, Happening.AMENDED, now=NOW, fields=["people"])

    with reading(world.secretary) as session:
        session.connection()
        with Statements() as counted:
            need_life(session, need)

    assert counted.n == 4


def test_the_amending_form_gets_the_words_as_stated(world: World) -> None:
    need = asked(world)

    with reading(world.worker) as session:
        row = stated(session, need)

    assert row is not None
    assert "13812345678" in row.description


# --- originals --------------------------------------------------------------------------------------


def test_originals_are_read_with_a_reason_and_leave_a_trace(world: World) -> None:
    need = asked(world)

    trace = carry_out(world.worker, "key", unmask_need, need_id=need, reason="回访核对电话", now=NOW)

    with reading(world.worker) as session:
        seen = originals(session, need, trace, now=NOW)
        whole = need_life(session, need)
    assert seen is not None
    assert (seen.name, seen.phone, seen.door) == ("张三丰", "13912345678", "柳林小区1幢1单元101")
    assert whole is not None
    assert (whole.lines[-1].kind, whole.lines[-1].note) == ("unmasked", "回访核对电话")
    with reading_as_system("test") as session:
        entry = session.scalars(select(AuditEntry).where(AuditEntry.operation == "read")).one()
        kept = session.execute(select(RequestKey.result)).scalar_one()
    assert (entry.reason, entry.actor_id, entry.row_id) == ("回访核对电话", world.worker.id, need)
    assert kept == trace


def test_a_trace_opens_the_originals_only_once_only_to_whom_left_it_and_only_there(world: World) -> None:
    need, other = asked(world), a_need(world, household_id=a_household(world, "102"))
    trace = carry_out(world.worker, "", unmask_need, need_id=need, reason="核对", now=NOW)

    with reading(world.worker) as session:
        assert originals(session, other, trace, now=NOW) is None
        assert originals(session, need, trace, now=NOW + timedelta(minutes=3)) is None
    with reading(world.secretary) as session:
        assert originals(session, need, trace, now=NOW) is None


def test_originals_need_a_reason_and_the_right_role(world: World) -> None:
    need = asked(world)

    for who, reason, error in ((world.worker, " ", BadInput), (world[Role.AUDITOR], "看看", NotPermitted)):
        try:
            carry_out(who, "", unmask_need, need_id=need, reason=reason, now=NOW)
        except error:
            continue
        raise AssertionError(f"{who.role} saw originals")
