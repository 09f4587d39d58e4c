from datetime import timedelta

from sqlalchemy import update

from db import audit
from db.audit import UNAUDITED
from db.engine import as_system, reading, writing
from db.models import AuditEntry, AuditHead, Need, Place, Subdistrict, Volunteer
from db.queries.admin.audit_log import AuditRow, Change, Filters, audit_rows, chain_head, choices, first_broken
from db.queries.paging import ROWS
from db.terms import Role
from tests.builders.needs import a_need
from tests.builders.volunteers import a_volunteer
from tests.builders.world import World


def log(world: World, filters: Filters | None = None, before: int | None = None) -> tuple[AuditRow, ...]:
    with reading(world[Role.AUDITOR]) as session:
        return audit_rows(session, world[Role.AUDITOR], filters or Filters(), before=before).rows


def rename(world: World, need: int, title: str) -> None:
    with writing(world.secretary, "", action="test") as session:
        session.info["permission"] = "amend_need"
        session.get_one(Need, need).title = title


def rename_place(world: World, name: str) -> None:
    with writing(world.secretary, "", action="test") as session:
        session.info["permission"] = "edit_places"
        session.get_one(Place, world.place).name = name


def test_the_newest_entry_comes_first_and_says_who_changed_what_from_what_to_what(world: World) -> None:
    with reading(world.secretary) as session:
        before = session.get_one(Place, world.place).name
    rename_place(world, "柳林东苑")

    newest = log(world)[0]

    assert (newest.actor, newest.reason, newest.table, newest.operation) == (
        world.secretary.name,
        "edit_places",
        "place",
        "update",
    )
    assert newest.changes == (Change("name", before, "柳林东苑"),)
    assert newest.community == "柳林社区"


def test_what_a_household_said_is_proven_by_a_hash_and_not_kept(world: World) -> None:
    need = a_need(world)
    for title in ("路灯不亮", "电梯停了", "路灯不亮"):
        rename(world, need, title)

    third, second, first = (row.changes[0] for row in log(world)[:3])

    assert {change.column for change in (first, second, third)} == {"title"}
    assert "路灯" not in repr(log(world))
    # The same words give the same proof, other words another: who knows them can still check the log.
    assert first.after == second.before == third.after
    assert second.after == third.before != first.after


def test_personal_values_and_what_looks_like_them_in_free_words_stay_masked(world: World) -> None:
    volunteer = a_volunteer(world)
    rename_place(world, "打 13800001234 找老王")
    with as_system("test") as session:
        session.get_one(Volunteer, volunteer).name = "王建国"

    everything = repr(log(world))

    assert "13800001234" not in everything
    assert "138****1234" in everything
    assert "王建国" not in everything


def test_the_log_can_be_narrowed_by_person_table_community_and_day(world: World) -> None:
    need = a_need(world)
    rename(world, need, "路灯不亮")
    a_need(world, community_id=world.there)
    today = log(world)[0].at

    assert [row.row_id for row in log(world, Filters(actor_id=world.secretary.id))] == [need]
    assert {row.table for row in log(world, Filters(table="need"))} == {"need"}
    assert {row.community for row in log(world, Filters(community_id=world.there, table="need"))} == {"荷塘社区"}
    assert len(log(world, Filters(day=today.date()))) + len(
        log(world, Filters(day=(today + timedelta(days=1)).date()))
    ) == len(log(world))
    assert log(world, Filters(day=(today - timedelta(days=30)).date())) == ()


def test_pages_follow_each_other_without_gap_or_repeat(world: World) -> None:
    need = a_need(world)
    with reading(world[Role.AUDITOR]) as session:
        entries = chain_head(session).entries
    for number in range(ROWS + 5 - entries):
        rename(world, need, f"第 {number} 次")

    with reading(world[Role.AUDITOR]) as session:
        first = audit_rows(session, world[Role.AUDITOR], Filters())
        second = audit_rows(session, world[Role.AUDITOR], Filters(), before=first.rows[-1].id)

    assert (len(first.rows), first.more, second.more) == (ROWS, True, False)
    ids = [row.id for row in (*first.rows, *second.rows)]
    assert ids == sorted(ids, reverse=True)
    assert len(set(ids)) == len(ids)


def test_the_log_of_another_subdistrict_is_not_shown(world: World) -> None:
    with as_system("elsewhere") as session:
        session.add(Subdistrict(name="远山街道", district="虚拟区"))

    assert "远山街道" not in repr(log(world))


def test_what_was_done_to_the_whole_installation_is_shown_to_who_audits(world: World) -> None:
    with as_system("restored the backup of 2026-03-01") as session:
        head = session.get_one(AuditHead, 1)
        audit.note(session, head, "restore", {"entries": (None, 7)})
        own = session.get_one(Subdistrict, world.subdistrict)
        audit.note(session, own, "insert", {"rows": (None, 12)})

    shown = [(row.table, row.operation, row.reason) for row in log(world)[:2]]

    assert shown == [
        ("subdistrict", "insert", "restored the backup of 2026-03-01"),
        ("audit_head", "restore", "restored the backup of 2026-03-01"),
    ]


def test_what_can_be_filtered_by_is_named(world: World) -> None:
    with reading(world[Role.AUDITOR]) as session:
        found = choices(session, world[Role.AUDITOR])

    assert [name for _id, name in found.communities] == ["柳林社区", "荷塘社区"]
    assert "need" in found.tables
    assert "need_flow" not in found.tables


def test_an_entry_that_was_edited_breaks_the_chain_at_its_place(world: World) -> None:
    a_need(world)
    with reading(world[Role.AUDITOR]) as session:
        whole = first_broken(session)

    with as_system("tamper") as session:
        session.execute(
            update(AuditEntry).where(AuditEntry.id == 3).values(actor_name="别人"), execution_options=UNAUDITED
        )

    with reading(world[Role.AUDITOR]) as session:
        assert (whole, first_broken(session)) == (None, 3)
