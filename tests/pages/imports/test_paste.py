"""粘贴接龙 on its page: a list is read, corrected, and becomes volunteers, candidates or needs."""

import pytest
from sqlalchemy import func, select
from streamlit.testing.v1 import AppTest

from components.imports.paste import as_needs, as_volunteers
from components.imports.paste_table import TEXT
from db.engine import reading_as_system
from db.models import Complaint, Need, Placement, Volunteer
from db.terms import NeedSource, PlacementState, Role
from tests.builders.projects import a_project
from tests.builders.volunteers import a_volunteer, an_opening
from tests.builders.world import World
from tests.support.signed_in import open_app, words

PAGE = "imports/paste.py"
LIST = (
    "#接龙\n周六清理楼道报名\n例 张三 2幢301\n1. 张三 2幢301 13800000000\n2. 李四 +1 带扫帚\n3. 张三 2幢301 13800000000"
)


def pasted(world: World, monkeypatch: pytest.MonkeyPatch, text: str = LIST) -> AppTest:
    app = open_app(monkeypatch, world.worker.id, PAGE)
    app.text_area(key="paste_list.text").input(text)
    app.button(key="paste_list.submit").click().run()
    assert not app.exception
    return app


def stored(model: type) -> int:
    with reading_as_system("test") as session:
        return session.execute(select(func.count()).select_from(model)).scalar_one()


@pytest.mark.parametrize("role", [Role.VOLUNTEER, Role.AUDITOR, Role.COUNCIL_MEMBER])
def test_others_are_turned_away(small_world: World, monkeypatch: pytest.MonkeyPatch, role: Role) -> None:
    assert "不对您的角色开放" in words(open_app(monkeypatch, small_world[role].id, PAGE))


def test_a_list_becomes_volunteers_once(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    app = pasted(small_world, monkeypatch)
    assert "3 条" in words(app)

    app.button(key="paste_store").click().run()

    assert not app.exception
    assert stored(Volunteer) == 2
    assert TEXT not in app.session_state
    again = pasted(small_world, monkeypatch)
    again.button(key="paste_store").click().run()
    assert "已经导入过" in words(again)
    assert stored(Volunteer) == 2


def test_of_two_posts_of_one_name_the_first_can_be_chosen(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    _first, second = (an_opening(small_world, a_project(small_world)) for _ in range(2))
    app = pasted(small_world, monkeypatch, "1. 李四")
    app.segmented_control(key="paste.target").set_value("opening").run()
    one, other = app.selectbox(key="paste.opening").options
    assert one != other

    app.selectbox(key="paste.opening").select(one).run()
    app.button(key="paste_store").click().run()

    assert not app.exception
    with reading_as_system("test") as session:
        assert session.scalars(select(Placement.opening_id)).all() == [second]  # the newest leads


def test_a_list_fills_a_post(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    opening = an_opening(small_world, a_project(small_world))
    known = a_volunteer(small_world, name_known := "V001")
    app = pasted(small_world, monkeypatch, f"1. 志愿者{name_known}\n2. 李四")
    app.segmented_control(key="paste.target").set_value("opening").run()
    app.button(key="paste_store").click().run()

    assert not app.exception
    with reading_as_system("test") as session:
        rows = session.execute(select(Placement.volunteer_id, Placement.state, Placement.opening_id)).all()
    assert {row[2] for row in rows} == {opening}
    assert {row[1] for row in rows} == {PlacementState.WAITING}
    assert len(rows) == 2 or known not in {row[0] for row in rows}


def test_a_list_becomes_needs_with_the_words_of_each(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    app = pasted(small_world, monkeypatch, "1. 张三 2幢301 楼道灯坏了\n2. 李四 电梯老是停")
    app.segmented_control(key="paste.target").set_value("needs").run()
    app.button(key="paste_store").click().run()

    assert not app.exception
    with reading_as_system("test") as session:
        needs = session.scalars(select(Need).order_by(Need.id)).all()
    assert [need.description for need in needs] == ["楼道灯坏了", "电梯老是停"]
    assert {need.source for need in needs} == {NeedSource.CHAT}
    assert needs[0].household_id is not None


@pytest.mark.parametrize("text", ["", "   \n ", "x" * 20_001])
def test_what_cannot_be_read_is_told_and_stays(small_world: World, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    app = pasted(small_world, monkeypatch, text)

    assert app.error
    assert app.text_area(key="paste_list.text").value == text


def test_only_ticked_lines_with_a_name_become_volunteers() -> None:
    empty = dict.fromkeys(("phone", "place", "stairwell", "room", "note"), "")
    line = empty | {"take": True, "name": "张三", "building": "2幢", "people": 1}

    assert as_volunteers([line, line | {"take": False}, line | {"name": None}]) == [{"name": "张三", "building": "2幢"}]
    assert as_needs([line], "", "环境整治", "柳林小区") == []
    assert as_needs([line], "修路灯", "环境整治", "柳林小区")[0]["description"] == "修路灯"


TABLE = (
    "工单编号\t诉求内容\t诉求类型\t诉求地址\t来电人\t来电号码\n"
    '12345-1\t"垃圾没人清\n都臭了"\t环境整治\t柳林小区3幢2单元401室\t周测试\t13800001111\n'
    "12345-2\t路灯不亮\t环境整治\t柳林小区1幢\t吴测试\t13800001112"
)


def test_the_hotlines_table_is_taken_where_it_was_pasted(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    app = pasted(small_world, monkeypatch, TABLE)
    assert "共 2 行，2 行可以导入" in words(app)

    app.button(key="paste_table").click().run()

    assert not app.exception
    assert (stored(Complaint), stored(Volunteer)) == (2, 0)
    assert TEXT not in app.session_state
    again = pasted(small_world, monkeypatch, TABLE)
    again.button(key="paste_table").click().run()
    assert stored(Complaint) == 2


def test_a_wrong_order_keeps_the_table_out_until_it_is_skipped(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = pasted(small_world, monkeypatch, TABLE.replace("13800001112", "没有"))
    assert app.button(key="paste_table").disabled

    app.checkbox(key="paste.skip").check().run()
    app.button(key="paste_table").click().run()

    assert stored(Complaint) == 1


@pytest.mark.parametrize("lost", ["2.02603E+17", "#N/A"])
def test_what_the_table_had_lost_before_it_was_pasted_is_a_fault(
    small_world: World, monkeypatch: pytest.MonkeyPatch, lost: str
) -> None:
    app = pasted(small_world, monkeypatch, TABLE.replace("12345-2", lost))

    assert "共 2 行，1 行可以导入，1 行有问题" in words(app)
    assert app.button(key="paste_table").disabled


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("小区\t楼栋\t室号\t户主\n柳林小区\t1幢\t101\t张测试", "在“导入”里上传"),
        (TABLE + "\n" + "\n".join(f"12345-{n}\t灯不亮\t环境整治\t柳林小区1幢\t\t" for n in range(3, 600)), "表格太长"),
    ],
)
def test_another_table_is_shown_the_way(
    small_world: World, monkeypatch: pytest.MonkeyPatch, text: str, said: str
) -> None:
    app = pasted(small_world, monkeypatch, text)

    assert said in words(app)
    assert stored(Volunteer) == 0
