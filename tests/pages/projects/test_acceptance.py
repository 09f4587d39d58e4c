from decimal import Decimal

import pytest
from sqlalchemy import select

from db.actions.projects.acceptance import judge_project  # noqa: F401 - named by the helpers below
from db.engine import reading
from db.models import Acceptance, AcceptanceScore, Project
from db.terms import Grade, ProjectState, Role
from tests.builders.projects import EVIDENCE, a_read_project, handed_in, judge, judged
from tests.builders.world import World
from tests.support.signed_in import open_app, words
from tests.support.statements import Statements

ACCEPTANCE = "projects/acceptance.py"


def test_the_leader_hands_in_on_the_page_and_keeps_what_was_typed(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    project_id = a_read_project(small_world)
    app = open_app(monkeypatch, small_world[Role.TEAM_LEADER].id, ACCEPTANCE, id=str(project_id))

    app.text_area(key="hand_in.evidence").set_value("见附件")
    app.button(key="hand_in.submit").click().run()
    assert "至少 20 个字" in words(app)
    assert app.text_area(key="hand_in.evidence").value == "见附件"
    app.text_area(key="hand_in.evidence").set_value(EVIDENCE)
    app.button(key="hand_in.submit").click().run()

    assert not app.exception
    with reading(small_world.secretary) as session:
        assert session.get_one(Project, project_id).state is ProjectState.HANDED_IN


def test_a_judge_scores_blind(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    project_id = a_read_project(small_world)
    round_id = handed_in(small_world, project_id)
    judge(small_world.worker, round_id, 71)
    app = open_app(monkeypatch, small_world[Role.COUNCIL_MEMBER].id, ACCEPTANCE, id=str(project_id))
    assert "71" not in words(app)

    for field, points in (
        ("goals", 28),
        ("benefit", 22),
        ("procedure", 14),
        ("members", 9),
        ("lasting", 8),
        ("files", 9),
    ):
        app.number_input(key=f"judge_project.{field}").set_value(points)
    app.text_area(key="judge_project.reason").set_value("现场看过，灯都亮")
    with Statements() as counted:
        app.button(key="judge_project.submit").click().run()

    assert not app.exception
    assert counted.n <= 40  # the submit, the action, and the rerun
    assert "您已评分：90 分" in words(app)
    assert "71" not in words(app)
    with reading(small_world.secretary) as session:
        assert len(session.scalars(select(AcceptanceScore.id)).all()) == 2


def test_the_secretary_decides_and_everybody_sees_why(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    project_id = a_read_project(small_world)
    judged(small_world, handed_in(small_world, project_id), 80, 90, 91, 92, 99)
    app = open_app(monkeypatch, small_world.secretary.id, ACCEPTANCE, id=str(project_id))

    assert "总分 91" in words(app)
    assert "去掉最高 99 分和最低 80 分" in words(app)
    app.text_area(key="decide_acceptance.reason").set_value("达到目标")
    app.button(key="decide_acceptance.submit").click().run()

    assert not app.exception
    with reading(small_world.secretary) as session:
        assert session.scalars(select(Acceptance.grade)).one() is Grade.EXCELLENT
    leader = open_app(monkeypatch, small_world[Role.TEAM_LEADER].id, ACCEPTANCE, id=str(project_id))
    assert not leader.exception
    assert "验收结果" in words(leader)


def test_a_secretary_who_does_not_judge_steps_aside_to_decide(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    project_id = a_read_project(small_world)
    round_id = handed_in(small_world, project_id)
    for person, total in ((small_world.worker, 50), (small_world[Role.COUNCIL_MEMBER], 52)):
        judge(person, round_id, total)
    judge(small_world[Role.SUBDISTRICT_ADMIN], round_id, 54)
    app = open_app(monkeypatch, small_world.secretary.id, ACCEPTANCE, id=str(project_id))
    assert "合议结果" not in [heading.value for heading in app.header]

    app.toggle(key=f"acceptance.aside.{round_id}").set_value(True).run()
    assert "合议结果" in [heading.value for heading in app.header]
    app.text_area(key="decide_acceptance.reason").set_value("三单元没换")
    app.button(key="decide_acceptance.submit").click().run()

    assert not app.exception
    with reading(small_world.secretary) as session:
        assert session.get_one(Project, project_id).state is ProjectState.REWORK


def test_the_list_opens_without_a_project(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    handed_in(small_world, a_read_project(small_world))

    for role in (Role.SECRETARY, Role.SUBDISTRICT_ADMIN, Role.AUDITOR, Role.TEAM_LEADER):
        app = open_app(monkeypatch, small_world[role].id, ACCEPTANCE)
        assert not app.exception


def test_the_word_sheets_hold_the_record_and_the_words_as_typed(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    from io import BytesIO

    from docx import Document

    from components.projects.papers import acceptance_sheet, project_sheet, scoring_sheet
    from db.actions.projects.acceptance import decide_acceptance
    from db.engine import carry_out
    from db.queries.projects.acceptance import record_of, round_of
    from db.queries.projects.duties import DutyRow
    from db.queries.projects.indicators import goals_of
    from db.queries.projects.page import project_head
    from db.rules.projects.duties import DutyState
    from db.terms import StagePart
    from tests.builders.world import TODAY

    project_id = a_read_project(small_world, title="照明 {{ x }} <b>&")
    round_id = handed_in(small_world, project_id)
    judged(small_world, round_id, 80, 90, 91)
    carry_out(small_world.secretary, "", decide_acceptance, acceptance_id=round_id, version=1, reason="达到目标")
    with reading(small_world.secretary) as session:
        head, goals = project_head(session, project_id, today=TODAY), goals_of(session, project_id)
        attempt, record = round_of(session, project_id, account_id=0), record_of(session, project_id)

    assert attempt is not None
    duty = DutyRow(1, 1, 1, "周正", StagePart.ASSIST, "每周巡查", TODAY, None, "沈书记", DutyState.STANDING)
    texts = []
    for paper in (
        project_sheet(head, goals, [], [], [], [duty]),
        acceptance_sheet(head, attempt, record, goals),
        scoring_sheet(head, attempt, goals),
    ):
        document = Document(BytesIO(paper()))
        cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        texts.append("\n".join([*cells, *(paragraph.text for paragraph in document.paragraphs)]))

    assert all("照明 {{ x }} <b>&" in text for text in texts)
    assert "更换感应灯" in texts[0]
    assert all(field in texts[0] for field in ("问题导向", "举措", "完成时限", "资源与经费", "协办：周正（每周巡查）"))
    assert all(part in texts[2] for part in ("目标完成", "0—30", "资料归档", "评委签字"))
    assert "总分 87" in texts[1]
    assert goals[0].actual == Decimal(60)
