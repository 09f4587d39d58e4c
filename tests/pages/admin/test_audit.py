"""The audit log on the screen: who reads it, filters in the address, the chain checked on request."""

import re

import pytest
from sqlalchemy import update
from streamlit.testing.v1 import AppTest

from components.admin.audit_columns import COLUMNS, SILENT
from components.admin.audit_reasons import OCCASIONS
from components.admin.audit_words import audit_lines
from components.wording.terms import PERMISSIONS, TABLES
from db.actions.meetings.meetings import close_meeting
from db.actions.needs.screening import open_screening
from db.audit import UNAUDITED, audited_tables
from db.engine import as_system, reading
from db.models import AuditEntry, Meeting, Need
from db.queries.admin.audit_log import Filters, PrintedHead, audit_rows, printed_heads
from db.queries.admin.audit_names import logged
from db.queries.meetings.papers import paper_record
from db.rules.permissions import Permission
from db.terms import NeedStage, Role
from tests.builders.meetings import in_session
from tests.builders.needs import a_need
from tests.builders.world import World, do, row
from tests.support.servers import ROOT
from tests.support.signed_in import open_app, words
from tests.support.statements import Statements

PAGE = "admin/audit.py"


def opened(world: World, monkeypatch: pytest.MonkeyPatch, **query: str) -> AppTest:
    app = open_app(monkeypatch, world[Role.AUDITOR].id, PAGE, **query)
    assert not app.exception
    return app


def test_every_table_of_the_log_has_its_word() -> None:
    assert set(TABLES) == set(audited_tables())


def test_every_column_of_the_log_has_its_word_or_is_kept_silent() -> None:
    columns = {
        column.name
        for table in logged().values()
        for column in table.columns
        if "copies" not in column.info and not SILENT.fullmatch(column.name)
    }

    assert columns <= set(COLUMNS)


def test_a_change_is_told_by_number_with_the_words_of_the_trade_before_and_after(small_world: World) -> None:
    need = a_need(small_world, stage=NeedStage.REGISTERED)
    do(small_world.secretary, open_screening, need_id=need, version=row(small_world, Need, need).version)
    number = row(small_world, Need, need).number

    with reading(small_world[Role.AUDITOR]) as session:
        lines = audit_lines(audit_rows(session, small_world[Role.AUDITOR], Filters()).rows)
    told = {str(line["what"]): str(line["changes"]) for line in lines}

    assert "环节：待筛选 → 评分中" in told[f"修改 需求 {number}"]
    assert f"需求：{number}" in told[f"新增 筛选 {number}"]
    about = [f"{what} {said}" for what, said in told.items() if " 账号 " not in what]
    assert not [words for words in about if re.search("[a-z]_[a-z]", words)]


def test_every_permission_and_every_occasion_of_the_system_is_told_in_words() -> None:
    occasions = {
        said
        for folder in ("db", "pages", "components")
        for file in (ROOT / folder).rglob("*.py")
        for said in re.findall(r'(?m)(?:as_system\(|^REASON = )"([^"]+)"', file.read_text(encoding="utf-8"))
    }

    assert len(occasions) > 10
    assert set(PERMISSIONS) == set(Permission)
    assert occasions <= set(OCCASIONS)


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.AUDITOR, Role.SUBDISTRICT_ADMIN)])
def test_nobody_else_reads_the_log(small_world: World, monkeypatch: pytest.MonkeyPatch, role: Role) -> None:
    app = open_app(monkeypatch, small_world[role].id, PAGE)

    assert "链条核验" not in words(app)


def test_filters_of_the_address_are_taken_over_and_nonsense_is_ignored(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened(small_world, monkeypatch, table="need", who=str(small_world.secretary.id))
    strange = opened(small_world, monkeypatch, table="nothing", who="x", day="2026-99-99", before="-1")

    assert app.selectbox(key="audit.table").value == "need"
    assert app.selectbox(key="audit.who").value == small_world.secretary.id
    assert strange.selectbox(key="audit.table").value is None


def test_the_chain_is_walked_only_when_asked(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    a_need(small_world)
    app = opened(small_world, monkeypatch)
    assert "链条完整" not in words(app)

    app.button(key="audit.verify").click().run()

    assert "链条完整" in words(app)


def test_a_broken_chain_is_named_with_its_place(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    with as_system("tamper") as session:
        session.execute(
            update(AuditEntry).where(AuditEntry.id == 3).values(actor_name="别人"), execution_options=UNAUDITED
        )
    app = opened(small_world, monkeypatch)

    app.button(key="audit.verify").click().run()

    assert "第 3 条与链条不符" in words(app)


def test_older_entries_follow_by_key_and_a_new_filter_starts_from_the_newest(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(60):
        a_need(small_world)
    app = opened(small_world, monkeypatch)

    app.button(key="audit.more").click().run()
    older = app.query_params["before"]
    app.selectbox(key="audit.table").set_value("category").run()

    assert int(older[0]) > 1
    assert "before" not in app.query_params


def test_the_log_stays_within_its_budget(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened(small_world, monkeypatch)

    with Statements() as counted:
        app.run()

    assert len([text for text in counted.texts if text != "BEGIN"]) <= 15
    assert len(app.main.children) <= 60


# --- the minutes on paper -----------------------------------------------------------------------------


def a_closed_meeting(world: World) -> tuple[int, str]:
    """What the minutes of a meeting print: how many entries the log had when it was closed, and the code."""
    meeting, _ = in_session(world)
    do(world.secretary, close_meeting, meeting_id=meeting, version=row(world, Meeting, meeting).version)
    with reading(world.secretary) as session:
        record = paper_record(session, meeting)
    return record.log_entries, record.audit_head


def heads(world: World) -> tuple[PrintedHead, ...]:
    with reading(world[Role.AUDITOR]) as session:
        return printed_heads(session)


def check(app: AppTest, entries: int, code: str) -> str:
    app.number_input(key="audit.paper.entries").set_value(entries)
    app.text_input(key="audit.paper.code").input(code)
    app.button(key="audit.paper.submit").click().run()
    assert not app.exception
    return words(app)


def test_minutes_print_the_head_of_the_log_and_the_auditor_finds_it_there(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    entries, code = a_closed_meeting(small_world)
    app = opened(small_world, monkeypatch)

    typed_from_paper = f" {code[:32].upper()} {code[32:]} "

    assert [(head.entries, head.hash, head.holds) for head in heads(small_world)] == [(entries, code, True)]
    assert f"相符：第 {entries} 条" in check(app, entries, typed_from_paper)


def test_a_head_that_the_log_does_not_have_is_said_so(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    entries, code = a_closed_meeting(small_world)
    app = opened(small_world, monkeypatch)

    assert "不符：第" in check(app, entries, "0" * 64)
    assert "日志可能被截短" in check(app, entries + 10**6, code)
    assert "校验码是 64 位" in check(app, entries, code[:40])


def test_an_entry_that_was_written_anew_no_longer_fits_the_minutes(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever recomputes the whole chain after a change still cannot change the paper."""
    entries, _code = a_closed_meeting(small_world)
    with as_system("tamper") as session:
        session.execute(update(AuditEntry).where(AuditEntry.id == entries).values(hash="f" * 64),
                        execution_options=UNAUDITED)  # fmt: skip

    assert [head.holds for head in heads(small_world)] == [False]
    assert not opened(small_world, monkeypatch).exception
