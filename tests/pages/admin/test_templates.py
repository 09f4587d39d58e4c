"""The page of templates: what is in use, an upload that is tried out first, and the way back."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from streamlit.testing.v1 import AppTest

from components.admin.document_kinds import KINDS
from components.papers.word import WORD
from db.engine import reading
from db.queries.admin.templates import template_for, templates_in_use
from db.terms import Role
from tests.builders.world import World
from tests.support.signed_in import open_app, words
from tests.support.statements import Statements
from tests.support.word_files import with_part, word_file

PAGE = "admin/templates.py"


def opened(world: World, monkeypatch: pytest.MonkeyPatch, **query: str) -> AppTest:
    app = open_app(monkeypatch, world[Role.SUBDISTRICT_ADMIN].id, PAGE, **query)
    assert not app.exception
    return app


def upload(app: AppTest, file: bytes | None, name: str = "街道通知.docx") -> AppTest:
    if file is not None:
        app.file_uploader[0].set_value((name, file, WORD))
    app.button(key=next(key for b in app.button if (key := str(b.key)).startswith("template_new."))).click().run()
    assert not app.exception
    return app


def stored(world: World, kind: str) -> bytes | None:
    with reading(world.secretary) as session:
        return template_for(session, kind)


def test_an_own_template_is_tried_out_stored_and_taken_back(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = KINDS["notice"].built_in()
    app = upload(opened(small_world, monkeypatch), mine)

    assert stored(small_world, "notice") == mine
    assert "街道通知" in words(app)
    back = next(key for b in app.button if (key := str(b.key)).startswith("template_back."))
    app.button(key=back).click().run()

    assert stored(small_world, "notice") is None


def test_a_subdistrict_switches_the_official_layout_off_and_on_again(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened(small_world, monkeypatch, kind="minutes")
    app.button(key="template_plain.minutes").click().run()
    assert not app.exception

    plain = stored(small_world, "minutes")
    assert plain is not None
    assert b"docGrid" in ZipFile(BytesIO(KINDS["minutes"].built_in())).read("word/document.xml")
    assert b"docGrid" not in ZipFile(BytesIO(plain)).read("word/document.xml")
    app.button(key=next(key for b in app.button if (key := str(b.key)).startswith("template_back."))).click().run()
    assert stored(small_world, "minutes") is None


def test_a_form_has_no_official_layout_to_switch_off(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened(small_world, monkeypatch, kind="ballot")

    assert not [b for b in app.button if str(b.key).startswith("template_plain.")]


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (None, "请填写这一项。"),
        (b"no Word file at all", "这不是 Word 文档"),
        (with_part("word/vbaProject.bin"), "宏、控件或嵌入对象"),
        (word_file("看{{ ''.__class__.__mro__ }}"), "不允许的内容"),
        (word_file("{{ meetign }}"), "meetign"),
        (word_file("没有字段"), "缺少必须出现的字段"),
    ],
)
def test_a_bad_file_is_told_at_its_field_and_nothing_is_stored(
    small_world: World, monkeypatch: pytest.MonkeyPatch, file: bytes | None, said: str
) -> None:
    app = upload(opened(small_world, monkeypatch), file)

    assert said in words(app)
    with reading(small_world.secretary) as session:
        assert templates_in_use(session) == ()


def test_the_kind_is_in_the_address(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened(small_world, monkeypatch, kind="ballot")

    assert app.selectbox(key="template.kind").value == "ballot"
    assert opened(small_world, monkeypatch, kind="nonsense").selectbox(key="template.kind").value == "notice"


def test_the_page_stays_within_its_budget(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    app = upload(opened(small_world, monkeypatch), KINDS["notice"].built_in())

    with Statements() as statements:
        app.run()

    assert statements.n <= 15


@pytest.mark.parametrize("role", [Role.SECRETARY, Role.AREA_WORKER, Role.COUNCIL_MEMBER, Role.AUDITOR])
def test_others_do_not_open_it(small_world: World, monkeypatch: pytest.MonkeyPatch, role: Role) -> None:
    app = open_app(monkeypatch, small_world[role].id, PAGE)

    assert not app.exception
    assert not app.file_uploader
