"""The pages from the door to the answer, as their people see them."""

from typing import Any

import pytest
from sqlalchemy import func, select
from streamlit.testing.v1 import AppTest

from db.actions.doors.rounds import set_patch
from db.actions.needs.needs import amend_need
from db.engine import as_system, reading_as_system, utc_now
from db.models import Answer, AuditEntry, Export, Need, Visit
from db.terms import AnswerChannel, NeedStage, Reach, Role, Satisfaction, Urgency, VisitOutcome
from tests.builders.doors import a_household
from tests.builders.inputs import carry_out
from tests.builders.needs import a_need, many_needs, need
from tests.builders.world import World, do
from tests.support.signed_in import open_app, sent_rows, sign_in_as, words
from tests.support.statements import Statements

VISIT, LEDGER, NEED = "doors/visit.py", "needs/ledger.py", "needs/need.py"
REGISTER, TWINS, SCREENING, ANSWERS = "needs/register.py", "needs/twins.py", "needs/screening.py", "needs/answers.py"
PAGES = (VISIT, LEDGER, NEED, REGISTER, TWINS, SCREENING, ANSWERS)
SHELL_OWN = 25
"""Elements of the shell itself (menu foot, announcements) are not the page's."""


def elements(app: AppTest) -> int:
    def count(block: Any) -> int:
        return sum(count(child) if getattr(child, "children", None) else 1 for child in block.children.values())

    return count(app.main)


def newest() -> Need:
    with reading_as_system("test") as session:
        return session.scalars(select(Need).order_by(Need.id.desc()).limit(1)).one()


def how_many(model: type) -> int:
    with reading_as_system("test") as session:
        return session.execute(select(func.count()).select_from(model)).scalar_one()


# --- visit ------------------------------------------------------------------------------------------


def at_the_door(app: AppTest, world: World, room: str = "101") -> AppTest:
    app.selectbox(key="door.place").set_value(world.place)
    app.run()
    app.selectbox(key="door.building").set_value("1幢")
    app.run()
    app.selectbox(key="door.stairwell").set_value("1单元")
    app.run()
    app.selectbox(key="door.room").set_value(room)
    return app.run()


def test_a_not_in_visit_is_two_taps_and_the_stairwell_stays(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_household(small_world, "101")
    app = at_the_door(open_app(monkeypatch, small_world.worker.id, VISIT), small_world)

    app.segmented_control(key="visit.outcome").set_value(VisitOutcome.NOT_IN)
    app.button(key="visit.submit").click().run()

    assert not app.exception
    with reading_as_system("test") as session:
        visit = session.scalars(select(Visit)).one()
    assert (visit.outcome, visit.building) == (VisitOutcome.NOT_IN, "1幢")
    assert app.selectbox(key="door.building").value == "1幢"
    assert app.selectbox(key="door.room").value is None
    assert "今天 1 户" in words(app)


def test_after_meeting_somebody_any_number_of_needs_follow(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    household = a_household(small_world, "101")
    app = at_the_door(open_app(monkeypatch, small_world.worker.id, VISIT), small_world)
    app.segmented_control(key="visit.outcome").set_value(VisitOutcome.MET)
    app.button(key="visit.submit").click().run()
    name = next(b.key for b in app.button if b.key and b.key.startswith("log_need.")).removesuffix(".submit")

    for told in ("楼道灯坏了半个月，晚上看不见", "电梯经常停在三楼不动"):
        app.text_area(key=f"{name}.description").set_value(told)
        app.segmented_control(key=f"{name}.category_id").set_value(small_world.categories[5])
        app.segmented_control(key=f"{name}.reach").set_value(Reach.BUILDING)
        app.number_input(key=f"{name}.people").set_value(30)
        app.button(key=f"{name}.submit").click().run()

    assert not app.exception
    assert how_many(Need) == 2
    assert (newest().household_id, newest().place_id, newest().building) == (household, small_world.place, "1幢")


def test_an_error_at_a_field_loses_nothing(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    app = open_app(monkeypatch, small_world.worker.id, VISIT)
    app.segmented_control(key="visit.way").set_value("来访、来电等").run()
    app.text_area(key="log_need.other.description").set_value("灯坏了" * 400)
    app.number_input(key="log_need.other.people").set_value(12)

    app.button(key="log_need.other.submit").click().run()

    assert not app.exception
    assert "太长了：最多 1000 个字，现在 1200 个字。" in words(app)
    assert app.text_area(key="log_need.other.description").value == "灯坏了" * 400
    assert app.number_input(key="log_need.other.people").value == 12
    assert how_many(Need) == 0


def test_a_likely_twin_is_shown_after_logging_and_merged_by_one_press(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = a_need(small_world, "楼道灯坏了半个月没人修", logged_at=utc_now())
    new = a_need(small_world, "楼道的灯不亮了，没人修", logged_at=utc_now())

    app = open_app(monkeypatch, small_world.worker.id, VISIT, logged=str(new))
    app.button(key=f"visit.merge.{old}-{new}").click().run()

    assert not app.exception
    assert need(new).merged_into_id == old


# --- ledger -----------------------------------------------------------------------------------------


def test_the_ledger_finds_by_initials_from_the_address(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = a_need(small_world, "楼道灯坏了半个月")
    a_need(small_world, "电梯经常停运")

    app = open_app(monkeypatch, small_world.secretary.id, LEDGER, q="ldd")

    assert not app.exception
    assert [row["href"] for row in sent_rows(app, "ledger.rows")] == [f"/need?id={wanted}"]


def test_a_filter_goes_into_the_address_and_back_to_the_first_page(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    many_needs(small_world, 130)
    app = open_app(monkeypatch, small_world.secretary.id, LEDGER)
    app.button(key="ledger.older").click().run()
    assert "before" in app.query_params

    app.selectbox(key="filter.stage").set_value(NeedStage.RESERVE).run()

    assert not app.exception
    assert app.query_params["stage"] in ("reserve", ["reserve"])
    assert "before" not in app.query_params


@pytest.mark.parametrize("name", ["stage", "week", "category", "before", "after", "q", "id"])
def test_nonsense_in_the_address_is_passed_over(small_world: World, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    a_need(small_world)

    app = open_app(monkeypatch, small_world.secretary.id, LEDGER, **{name: "=1+1<b>"})

    assert not app.exception


def test_the_ledger_keeps_its_budget_with_thousands_of_needs(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    many_needs(small_world, 3000)
    app = open_app(monkeypatch, small_world.secretary.id, LEDGER)

    with Statements() as counted:
        app.run()

    assert not app.exception
    assert len([text for text in counted.texts if text.startswith("SELECT")]) <= 15
    assert elements(app) <= 60


def test_what_leaves_the_house_is_text_masked_and_written_down(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    from datetime import date
    from io import BytesIO

    from python_calamine import load_workbook

    from components.needs.workbook import ledger_file
    from components.sheets import View
    from db.actions.exports import record_export
    from db.engine import reading
    from db.queries.needs.needs import NeedFilters, ledger_sheet

    a_need(small_world, "=1+1 请打13812345678", asker_name="张三", household_id=a_household(small_world))
    with reading(small_world.secretary) as session:
        sheet = ledger_sheet(session, small_world.here, NeedFilters())
    carry_out(small_world.secretary, "", record_export, what="needs", rows={small_world.here: 1}, filters={})

    made = ledger_file(sheet, View.DATA, "柳林社区", date(2026, 3, 9))
    table = load_workbook(BytesIO(made)).get_sheet_by_index(0).to_python()

    assert table[1][2] == "=1+1 请打138****5678"
    assert "张*" in str(table[1][11])
    assert "101" not in str(table[1][11])
    assert how_many(Export) == 1


# --- need -------------------------------------------------------------------------------------------


def test_a_need_shows_its_next_step_and_its_life_masked(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = a_need(
        small_world, "请打13812345678修灯", title="修灯", asker_name="张三丰", household_id=a_household(small_world)
    )

    app = open_app(monkeypatch, small_world.secretary.id, NEED, id=str(shown))

    assert not app.exception
    text = words(app)
    assert "等书记在“一周一登”签字" in text
    assert "张三丰" not in text
    assert "13812345678" not in text


def test_originals_are_shown_once_after_a_reason(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = a_need(small_world, asker_name="张三丰", asker_phone="13812345678", household_id=a_household(small_world))
    app = open_app(monkeypatch, small_world.worker.id, NEED, id=str(shown))

    app.text_input(key=f"unmask.{shown}.reason").set_value("回访核对")
    app.button(key=f"unmask.{shown}.submit").click().run()
    seen = words(app)
    app.run()

    assert not app.exception
    assert "张三丰" in seen
    assert "13812345678" in seen
    assert "张三丰" not in words(app)
    assert "张三丰" not in str(app.session_state)


def test_two_people_amending_see_both_versions_and_lose_nothing(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = a_need(small_world)
    app = open_app(monkeypatch, small_world.worker.id, NEED, id=str(shown))
    app.button(key="need.amend").click().run()
    row = need(shown)
    kept = ("title", "description", "category_id", "place_id", "building", "reach", "urgency", "special_group")
    carry_out(
        small_world.secretary, "", amend_need, need_id=shown, version=row.version, people=77,
        **{name: getattr(row, name) for name in kept},
    )  # fmt: skip

    app.number_input(key=f"amend.{shown}.people").set_value(55)
    app.button(key=f"amend.{shown}.submit").click().run()

    assert not app.exception
    assert "有同事改了这条需求" in words(app)
    assert app.number_input(key=f"amend.{shown}.people").value == 55
    assert need(shown).people == 77
    assert {"您填写的", "现在保存的"} <= {column["label"] for column in _columns(app, "amend.conflict")}

    app.button(key=f"amend.{shown}.checked").click().run()
    app.button(key=f"amend.{shown}.submit").click().run()

    assert not app.exception
    assert need(shown).people == 55


def _columns(app: AppTest, key: str) -> list[dict[str, Any]]:
    import json

    for element in app.main:
        proto = getattr(element, "proto", None)
        if proto is not None and key in str(getattr(proto, "id", "")):
            columns: list[dict[str, Any]] = json.loads(proto.json)["columns"]
            return columns
    raise AssertionError(f"no list {key}")


@pytest.mark.parametrize("stage", list(NeedStage))
def test_a_need_opens_at_every_stage(small_world: World, monkeypatch: pytest.MonkeyPatch, stage: NeedStage) -> None:
    lead = a_need(small_world)
    shown = a_need(small_world, stage=stage, merged_into_id=lead if stage is NeedStage.MERGED else None)

    app = open_app(monkeypatch, small_world.secretary.id, NEED, id=str(shown))

    assert not app.exception
    assert elements(app) <= 60


def test_a_need_of_another_community_is_not_found(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    theirs = a_need(small_world, "别的社区的事", community_id=small_world.there)

    app = open_app(monkeypatch, small_world.secretary.id, NEED, id=str(theirs))

    assert not app.exception
    assert "没有找到这条记录" in words(app)
    assert "别的社区的事" not in words(app)


# --- twins ------------------------------------------------------------------------------------------


def test_a_pair_is_merged_or_remembered_as_different(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = (a_need(small_world, logged_at=utc_now()) for _ in range(2))
    app = open_app(monkeypatch, small_world.worker.id, TWINS)

    app.button(key=f"twins.different.{first}-{second}").click().run()

    assert not app.exception
    assert "没有发现可能重复的需求" in words(app)
    assert need(second).stage is NeedStage.LOGGED


# --- answers ----------------------------------------------------------------------------------------


def owed(world: World) -> int:
    from db.actions.needs.needs import finish_handling

    shown = a_need(world, stage=NeedStage.HANDLING, household_id=a_household(world), asker_name="张三")
    carry_out(world.worker, "", finish_handling, need_id=shown, version=1, done="已换灯")
    with reading_as_system("test") as session:
        return session.execute(select(Answer.id)).scalar_one()


def test_a_worker_answers_and_the_need_is_struck_off(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = owed(small_world)
    app = open_app(monkeypatch, small_world.worker.id, ANSWERS, id=str(answer))
    assert "结果是：已直办。已换灯" in words(app)

    app.segmented_control(key=f"answer.{answer}.channel").set_value(AnswerChannel.PHONE)
    app.segmented_control(key=f"answer.{answer}.satisfaction").set_value(Satisfaction.VERY_SATISFIED)
    app.button(key=f"answer.{answer}.submit").click().run()

    assert not app.exception
    assert newest().stage is NeedStage.CLOSED
    assert "评价不足 30 户，仅供参考" in words(app)


def test_the_call_back_list_names_nobody(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    owed(small_world)

    app = open_app(monkeypatch, small_world.worker.id, ANSWERS)

    assert not app.exception
    (row,) = sent_rows(app, "answers.rows")
    assert row["cells"][1] == "柳林小区1幢 *** 张*"


def test_the_door_is_named_to_the_worker_of_its_patch_and_the_number_to_who_calls_and_both_looks_are_on_record(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = owed(small_world)
    masked = words(open_app(monkeypatch, small_world.worker.id, ANSWERS, id=str(answer)))
    do(small_world.secretary, set_patch, account_id=small_world.worker.id, parts=[(small_world.place, "1幢")])

    app = open_app(monkeypatch, small_world.worker.id, ANSWERS, id=str(answer))
    own = words(app)
    app.button(key=f"call.{answer}").click().run()

    assert "柳林小区1幢1单元" not in masked
    assert "柳林小区1幢1单元" in own
    assert "张三" in words(app)
    assert "张三" not in own
    with reading_as_system("test") as session:
        looks = select(func.count()).select_from(AuditEntry).where(AuditEntry.operation == "read")
        assert session.execute(looks).scalar_one() == 2


# --- everybody --------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("page", PAGES)
def test_every_role_opens_every_page_or_is_told_why_not(
    small_world: World, monkeypatch: pytest.MonkeyPatch, role: Role, page: str
) -> None:
    a_need(small_world, urgency=Urgency.URGENT)

    app = open_app(monkeypatch, small_world[role].id, page, id="1")

    assert not app.exception
    assert app.title


@pytest.mark.parametrize("page", PAGES)
def test_every_page_keeps_its_budget(small_world: World, monkeypatch: pytest.MonkeyPatch, page: str) -> None:
    many_needs(small_world, 400)
    with as_system("test") as session:
        for _ in range(30):
            session.add(
                Visit(
                    community_id=small_world.here,
                    at=utc_now(),
                    worker_id=small_world.secretary.id,
                    place_id=small_world.place,
                    outcome=VisitOutcome.NOT_IN,
                )
            )
    app = open_app(monkeypatch, small_world.secretary.id, page, id="1")

    with Statements() as counted:
        app.run()

    assert not app.exception
    assert len([text for text in counted.texts if text.startswith("SELECT")]) <= 15
    assert elements(app) <= 60


def test_an_administrator_chooses_the_community(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    theirs = a_need(small_world, community_id=small_world.there)
    app = open_app(monkeypatch, small_world[Role.SUBDISTRICT_ADMIN].id, LEDGER)

    app.selectbox(key="filter.community").set_value(small_world.there).run()

    assert not app.exception
    assert [row["href"] for row in sent_rows(app, "ledger.rows")] == [f"/need?id={theirs}"]


def test_the_language_of_the_reader_reaches_every_page(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    with as_system("test") as session:
        from db.models import Account
        from db.terms import Language

        account = session.get(Account, small_world.secretary.id)
        assert account is not None
        account.language = Language.ENGLISH
    a_need(small_world)
    sign_in_as(monkeypatch, small_world.secretary.id)

    app = open_app(monkeypatch, small_world.secretary.id, LEDGER)

    assert not app.exception
    assert app.title[0].value == "Needs ledger"
