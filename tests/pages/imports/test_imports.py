"""导入 on its page: who may, a file with own headings, wrong rows, and the way back."""

import io
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from sqlalchemy import func, select
from streamlit.testing.v1 import AppTest

from components.imports.desk import WORK, Work, note_edits
from components.imports.template import template
from components.refusals.shown import sentence
from db.engine import reading_as_system
from db.errors import Refused
from db.models import Complaint, Household, ImportBatch, Need
from db.rules.imports.cells import Book
from db.rules.imports.fields import FIELDS
from db.terms import ImportKind, Role
from tests.builders.imports import HOUSEHOLD_HEAD, brought, door_row, household_file, need_row, workbook
from tests.builders.world import TODAY, World
from tests.support.marked_sheets import saved
from tests.support.signed_in import open_app, words

PAGE = "imports/imports.py"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def opened(world: World, monkeypatch: pytest.MonkeyPatch, kind: ImportKind = ImportKind.HOUSEHOLDS) -> AppTest:
    app = open_app(monkeypatch, world.secretary.id, PAGE, kind=kind.value)
    assert not app.exception
    return app


def lay(app: AppTest, file: bytes, name: str = "名单.xlsx") -> AppTest:
    app.file_uploader[0].set_value((name, file, XLSX)).run()
    assert not app.exception
    return app


def stored(model: type) -> int:
    with reading_as_system("test") as session:
        return session.execute(select(func.count()).select_from(model)).scalar_one()


@pytest.mark.parametrize("role", [Role.VOLUNTEER, Role.AUDITOR, Role.SUBDISTRICT_ADMIN, Role.COUNCIL_MEMBER])
def test_others_are_turned_away(small_world: World, monkeypatch: pytest.MonkeyPatch, role: Role) -> None:
    app = open_app(monkeypatch, small_world[role].id, PAGE)

    assert "不对您的角色开放" in words(app)


def test_a_worker_brings_lists_but_no_members_and_takes_nothing_back(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    brought(small_world.worker, ImportKind.NEEDS, [need_row(1)])
    app = open_app(monkeypatch, small_world.worker.id, PAGE)

    assert not app.exception
    assert not [button for button in app.button if button.key == "undo_import.submit"]


def test_a_list_with_headings_of_two_rows_comes_in(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    app = lay(opened(small_world, monkeypatch), household_file(12))
    assert "共 12 行，12 行可以导入" in words(app)

    app.button(key="import_rows").click().run()

    assert not app.exception
    assert (stored(Household), stored(ImportBatch)) == (12, 1)
    assert WORK not in app.session_state


def test_a_wrong_row_keeps_the_file_out_until_it_is_right_or_skipped(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = lay(opened(small_world, monkeypatch), household_file(12, faulty=3))

    assert "1 行有问题" in words(app)
    assert app.button(key="import_rows").disabled
    app.checkbox(key="import.skip").check().run()
    app.button(key="import_rows").click().run()
    assert stored(Household) == 11


def test_what_is_put_right_is_checked_again(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    app = lay(opened(small_world, monkeypatch), household_file(12, faulty=3))
    work: Work = app.session_state[WORK]
    work.edits[3] = {"phone": "13800000003"}
    work.round += 1

    app.run()

    assert "共 12 行，12 行可以导入" in words(app)


def test_rows_that_the_filter_hides_are_named_and_come_in_or_stay_out(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = load_workbook(io.BytesIO(household_file(12)))
    for number in (5, 7, 8):
        book.active.row_dimensions[number].hidden = True
    app = lay(opened(small_world, monkeypatch), saved(book))
    assert "有 3 行被筛选或隐藏：第 5、7–8 行" in words(app)
    assert "共 12 行，12 行可以导入" in words(app)

    (tick,) = [box for box in app.checkbox if (box.key or "").startswith("import.hidden.")]
    tick.check().run()

    assert "共 9 行，9 行可以导入" in words(app)
    app.button(key="import_rows").click().run()
    assert not app.exception
    with reading_as_system("test") as session:
        rooms = set(session.scalars(select(Household.room)))
    assert stored(Household) == 9
    assert door_row(1)["room"] not in rooms


def test_what_the_table_lost_is_told_with_its_cell(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    head = ["工单编号", "诉求内容", "诉求类型", "小区", "来电人"]
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    rows: dict[int, list[Any]] = {3: [202603050000000001, "灯坏了", "环境整治", "柳林小区", "周测试"],
                                  4: ["12345-2", "#REF!", "环境整治", "柳林小区", "吴测试"]}  # fmt: skip
    for number, row in ({2: head} | rows).items():
        for column, value in enumerate(row, 2):
            sheet.cell(number, column).value = value
    sheet["C4"].data_type = "e"
    app = lay(opened(small_world, monkeypatch, ImportKind.HOTLINE), saved(book))

    assert "2 行有问题" in words(app)
    (told,) = [frame.value for frame in app.dataframe if "why" in frame.value]
    assert told["why"].tolist() == [
        "工单编号（B3）：表格把末几位数字截掉了；请把这一列的格式改为“文本”，重新填写这个号码",
        "居民原话（C4）：单元格是错误值，没有内容",
    ]
    assert app.button(key="import_rows").disabled
    assert stored(Complaint) == 0


def test_a_csv_tells_what_was_lost_as_a_workbook_does(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = ["工单编号,诉求内容,诉求类型,小区", "2.02603E+17,灯坏了,环境整治,柳林小区",
             "2.02603E+17,路坏了,环境整治,柳林小区", "12345-3,#N/A,环境整治,柳林小区",
             "12345-4,楼道堆物,环境整治,柳林小区"]  # fmt: skip
    app = opened(small_world, monkeypatch, ImportKind.HOTLINE)
    app.file_uploader[0].set_value(("转办单.csv", "\r\n".join(lines).encode("gb18030"), "text/csv")).run()

    assert "共 4 行，1 行可以导入，3 行有问题" in words(app)


def test_pictures_in_cells_are_named(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [["小区", "楼栋", "室号", "备注"], ["柳林小区", "1幢", "101", '=DISPIMG("ID_1",1)']]
    app = lay(opened(small_world, monkeypatch), workbook(rows))

    assert "1 个单元格是图片（D2），按空白导入" in words(app)
    assert "共 1 行，1 行可以导入" in words(app)


def test_a_name_that_is_not_in_our_book_is_answered_once_for_all_its_rows(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    head = ["诉求内容", "类别", "小区", "姓名"]
    rows = [[f"{n}号路灯不亮", "路灯类" if n < 250 else "环境整治", "柳林小区", f"张测{n}"] for n in range(260)]
    app = lay(opened(small_world, monkeypatch, ImportKind.NEEDS), workbook([head, *rows]))
    (asked,) = [box for box in app.selectbox if (box.key or "").startswith("import.name.")]
    assert asked.label == "需求类别“路灯类”（250 行）算作"

    asked.set_value("设施维修·安全").run()
    app.button(key="import.recheck").click().run()

    assert "共 260 行，260 行可以导入" in words(app)
    app.button(key="import_rows").click().run()
    with reading_as_system("test") as session:
        kinds = session.execute(select(Need.category_id, func.count()).group_by(Need.category_id)).all()
    assert {tuple(row) for row in kinds} == {(small_world.categories[5], 250), (small_world.categories[1], 10)}


def test_a_name_that_stands_once_is_put_right_in_its_row(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [["诉求内容", "类别", "小区"], ["路灯不亮", "路灯类", "柳林小区"]]
    app = lay(opened(small_world, monkeypatch, ImportKind.NEEDS), workbook(rows))

    assert not [box for box in app.selectbox if (box.key or "").startswith("import.name.")]
    assert "1 行有问题" in words(app)


def test_edits_of_the_table_are_kept_by_row_and_field() -> None:
    import pandas as pd

    work = Work(ImportKind.HOUSEHOLDS, "a", "b", None, None)  # type: ignore[arg-type]
    before = pd.DataFrame([{"phone": "没有"}, {"phone": "也没有"}])
    after = pd.DataFrame([{"phone": "没有"}, {"phone": "13800000000"}])

    note_edits(work, [4, 9], before, after, ["phone"])

    assert work.edits == {9: {"phone": "13800000000"}}


def test_a_column_that_is_not_recognised_can_be_pointed_out(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [["甲", "乙", "丙", "丁"], ["柳林小区", "1幢", "101", "没别的"]]
    app = lay(opened(small_world, monkeypatch), workbook(rows))
    for key, column in (("place", 0), ("building", 1), ("room", 2)):
        box = next(box for box in app.selectbox if (box.key or "").startswith(f"import.column.households.{key}."))
        box.set_value(column).run()

    app.button(key="import_rows").click().run()

    assert stored(Household) == 1
    again = lay(opened(small_world, monkeypatch), workbook([rows[0], ["柳林小区", "1幢", "102", ""]]))
    assert "1 行可以导入" in words(again)


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (b"", "空"),
        (b"<html><table></table></html>", "网页"),
        (b"PK\x03\x04 broken", "损坏"),
        (b"%PDF-1.7 x", "不是表格"),
    ],
)
def test_a_file_that_is_none_is_told(
    small_world: World, monkeypatch: pytest.MonkeyPatch, file: bytes, said: str
) -> None:
    app = lay(opened(small_world, monkeypatch), file)

    assert said in words(app)


def test_a_batch_is_taken_back_with_a_reason(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    brought(small_world.secretary, ImportKind.NEEDS, [need_row(number) for number in range(3)])
    app = opened(small_world, monkeypatch)
    app.button(key="undo_import.submit").click().run()
    assert stored(Need) == 3
    app.selectbox(key="undo_import.batch_id").set_value(1)
    app.text_input(key="undo_import.reason").input("导错了表")

    app.button(key="undo_import.submit").click().run()

    assert not app.exception
    assert stored(Need) == 0


def test_the_records_in_the_way_are_named(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    brought(small_world.secretary, ImportKind.HOUSEHOLDS, [door_row(0)])
    brought(
        small_world.secretary, ImportKind.VISITS,
        [{"on": "2026-03-01", "outcome": "未遇", "address": "柳林小区1幢1单元101"}],
    )  # fmt: skip
    app = opened(small_world, monkeypatch)
    app.selectbox(key="undo_import.batch_id").set_value(1)
    app.text_input(key="undo_import.reason").input("导错了表")

    app.button(key="undo_import.submit").click().run()

    assert "走访 1 条" in words(app)


@pytest.mark.parametrize("kind", FIELDS)
def test_our_own_template_is_understood_whole(kind: ImportKind) -> None:
    from db.rules.imports.column_match import guess, looks_like

    book = Book(TODAY, {"柳林小区": 1}, {"环境整治": 1}, {"张社工": 1}, {"第一党支部": 1}, {"柳林物业": 1})
    sheet = load_workbook(io.BytesIO(template(kind, book)))["填这一页"]
    heads = [str(cell.value) for cell in sheet[1]]

    assert guess(kind, heads) == {field.key: at for at, field in enumerate(FIELDS[kind])}
    assert looks_like(heads) is kind
    assert len(sheet.data_validations.dataValidation) == sum(bool(f.options or f.from_book) for f in FIELDS[kind])


def test_rows_of_one_door_in_two_spellings_stand_side_by_side_before_they_are_taken(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    head = ["小区", "地址", "姓名"]
    file = [
        head,
        ["柳林小区", "七号楼一单元401", "张测"],
        ["柳林小区", "7-1-401", "李测"],
        ["柳林小区", "7-2-401", "王测"],
    ]

    seen = words(lay(opened(small_world, monkeypatch), workbook(file)))

    assert "归到同一户的有 1 对" in seen
    assert all(text in seen for text in ("第 2 行：七号楼一单元401", "第 3 行：7-1-401", "7幢1单元401"))


def test_a_door_that_is_not_understood_stands_at_its_row(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    app = lay(opened(small_world, monkeypatch), workbook([["小区", "地址"], ["柳林小区", "3幢4幢401"]]))

    assert "1 行有问题" in words(app)


HOTLINE = [
    ["12345 转办单导出"],
    ["工单编号", "诉求内容", "诉求类型", "诉求地址", "来电人", "来电号码", "派单时间", "办理时限"],
    ["12345-1", "垃圾没人清", "环境整治", "柳林小区3幢2单元401室", "周测试", "13800001111", "2026-03-04", "2026-03-11"],
]


def test_the_hotlines_export_is_recognised_and_taken_over_with_one_press(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = lay(opened(small_world, monkeypatch), workbook(HOTLINE), "转办单.xlsx")
    assert "像是“12345" in words(app)

    app.button(key="import.switch").click().run()

    assert not app.exception
    assert app.session_state[WORK].kind is ImportKind.HOTLINE
    assert "共 1 行，1 行可以导入" in words(app)
    assert not [button for button in app.button if button.key == "import.switch"]
    app.button(key="import_rows").click().run()
    assert stored(Complaint) == 1


def test_a_list_of_the_chosen_kind_is_not_taken_for_another(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = lay(opened(small_world, monkeypatch), household_file(3))

    assert not [button for button in app.button if button.key == "import.switch"]


@pytest.mark.parametrize("kind", FIELDS)
def test_every_template_is_better_as_its_own_kind_than_as_any_other(kind: ImportKind) -> None:
    from db.rules.imports.column_match import better_kind

    rows = [["某某社区"], [field.heading for field in FIELDS[kind]], ["x"] * len(FIELDS[kind])]

    assert better_kind(kind, rows) is None
    assert {better_kind(other, rows) for other in FIELDS if other is not kind} == {kind}


def test_every_heading_has_its_word() -> None:
    from components.imports.words import HEADINGS

    assert set(HEADINGS) == {field.heading for fields in FIELDS.values() for field in fields}
    assert set(HOUSEHOLD_HEAD) <= set(HEADINGS) | {"备注"}


def test_a_batch_in_use_is_refused_with_the_words_of_what_uses_it() -> None:
    said = sentence(Refused("import_in_use", count=4, nouns={"visit": 3, "need": 1}))

    assert "走访 3 条、需求 1 条" in said
