"""整套 on the page of a meeting: one press, one file, written down; PDF only where the server can make it."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from streamlit.testing.v1 import AppTest

from db.actions.meetings.meetings import close_meeting
from db.engine import reading
from db.models import Export, Meeting
from tests.builders.council import a_notice
from tests.builders.meetings import a_convened, in_session
from tests.builders.voting import vote_by_hands
from tests.builders.world import World, do, row
from tests.support.handed import Handed
from tests.support.signed_in import keys, open_app, words


def chosen(world: World, monkeypatch: pytest.MonkeyPatch, meeting: int) -> AppTest:
    app = open_app(monkeypatch, world.secretary.id, "meetings/meeting.py", id=str(meeting))
    app.segmented_control(key=f"papers.{meeting}").set_value("set").run()
    assert not app.exception
    return app


def the_button(app: AppTest, ending: str) -> str:
    return next(key for key in keys(app) if str(key).startswith("take.set") and str(key).endswith(ending))


def test_the_set_before_a_meeting_leaves_as_one_file_and_is_written_down(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    meeting, _items = a_convened(small_world)
    handed = Handed(monkeypatch)
    app = chosen(small_world, monkeypatch, meeting)

    app.button(key=the_button(app, "Word.zip")).click().run()

    with ZipFile(BytesIO(handed.file(small_world.secretary.id))) as archive:
        assert archive.namelist() == ["01-会议通知.docx", "02-签到表.docx", "03-表决票-1.docx", "04-席位卡.docx"]
    with reading(small_world.secretary) as session:
        assert [one.what for one in session.query(Export)] == ["set"]


def test_the_set_of_a_closed_meeting_holds_its_notice(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    meeting, items = in_session(small_world)
    vote_by_hands(small_world, items[0], 8, 4, 2)
    version = row(small_world, Meeting, meeting).version
    do(small_world.secretary, close_meeting, meeting_id=meeting, version=version)
    a_notice(small_world, items[0])

    app = chosen(small_world, monkeypatch, meeting)

    assert "整套 4 份：表决结果报告单、会议纪要、公示" in words(app)
    assert "档案目录" in words(app)


def test_a_server_without_an_office_program_says_so_and_offers_no_pdf(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("components.papers.office.shutil.which", lambda _name: None)
    meeting, _items = a_convened(small_world)

    app = chosen(small_world, monkeypatch, meeting)

    assert "没有安装 LibreOffice" in words(app)
    assert not [key for key in keys(app) if str(key).endswith("PDF.zip")]
