"""/forms, /report-forms and /contact-cards as people use them: each role, bad input at each field, nothing lost."""

from io import BytesIO
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook
from sqlalchemy import select
from streamlit.testing.v1 import AppTest

from components.file_tickets import TICKETS, XLSX, Offer
from db.actions.orders.pairings import add_pairing
from db.actions.people.consents import withdraw_consent
from db.actions.reports.forms import set_report_form
from db.demo.reports.form_files import need_form, topic_form, visit_form
from db.engine import as_system, carry_out, reading
from db.errors import Refused
from db.models import Community, Export, Pairing
from db.queries.orders.pairings import paired_homes
from db.queries.reports.forms import report_form, report_forms
from db.rules.permissions import Actor
from db.terms import ConsentWay, LedgerKind, Role
from tests.builders.doors import a_household
from tests.builders.reports import MARCH, NAME, PHONE, ROOM, a_form, consents, in_every_ledger, paired
from tests.builders.volunteers import a_volunteer
from tests.builders.world import World, another_actor
from tests.support.excel_files import drawn, plain_book, saved, strict
from tests.support.signed_in import open_app, words
from tests.support.statements import Statements
from tests.support.word_files import with_part, word_file

FORMS, ADMIN, CARDS = "reports/forms.py", "reports/form_files.py", "orders/cards.py"
DAYS: dict[str, Any] = {"span": "free", "from": MARCH.start.isoformat(), "until": MARCH.end.isoformat()}


class Handed:
    """What was handed out last: the offer, made when asked."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.offers: list[Offer] = []
        issue = TICKETS.issue

        def noted(offer: Offer, now: Any) -> str:
            self.offers.append(offer)
            return issue(offer, now)

        monkeypatch.setattr(TICKETS, "issue", noted)

    def file(self, actor: Actor) -> bytes:
        assert self.offers, "nothing was handed out"
        return self.offers[-1].make(actor)


@pytest.fixture
def handed(monkeypatch: pytest.MonkeyPatch) -> Handed:
    return Handed(monkeypatch)


def opened(
    world: World, monkeypatch: pytest.MonkeyPatch, page: str, role: Role = Role.AREA_WORKER, **query: str
) -> AppTest:
    app = open_app(monkeypatch, world[role].id, page, **query)
    assert not app.exception
    return app


def press(app: AppTest, start: str) -> AppTest:
    app.button(key=next(key for b in app.button if (key := str(b.key)).startswith(start))).click().run()
    assert not app.exception
    return app


def cells(file: bytes) -> str:
    return str([[cell.value for cell in line] for line in load_workbook(BytesIO(file)).active.iter_rows()])


def text_of(file: bytes) -> str:
    document = Document(BytesIO(file))
    inside = [p.text for t in document.tables for row in t.rows for cell in row.cells for p in cell.paragraphs]
    return "\n".join([*(p.text for p in document.paragraphs), *inside])


def exports(world: World) -> list[Export]:
    with reading(world.secretary) as session:
        return list(session.scalars(select(Export).order_by(Export.id)))


# --- 交表 -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", [Role.SUBDISTRICT_ADMIN, Role.SECRETARY, Role.AREA_WORKER, Role.AUDITOR])
def test_a_ledger_leaves_masked_and_is_written_down(
    small_world: World, monkeypatch: pytest.MonkeyPatch, handed: Handed, role: Role
) -> None:
    in_every_ledger(small_world, f"灯坏了，找{PHONE}")
    app = opened(small_world, monkeypatch, FORMS, role, ledger="needs", community=str(small_world.here), **DAYS)
    assert "共 1 条" in words(app)

    press(app, "take.needs")
    made = cells(handed.file(small_world[role]))

    assert "柳林社区需求台账" in made
    assert "138****8000" in made
    for secret in (PHONE, NAME, ROOM):
        assert secret not in made
    (export,) = exports(small_world)
    assert (export.what, export.rows, export.masked) == ("ledger.needs", 1, True)


def test_plain_values_need_a_reason_at_the_field_and_then_leave(
    small_world: World, monkeypatch: pytest.MonkeyPatch, handed: Handed
) -> None:
    in_every_ledger(small_world)
    app = opened(small_world, monkeypatch, FORMS, ledger="needs", **DAYS)
    app.segmented_control(key="take.needs.0.masked").set_value(False)
    app.segmented_control(key="take.needs.0.kind").set_value("data")

    press(app, "take.needs")
    assert "请填写这一项。" in words(app)
    assert handed.offers == []

    app.text_input(key="take.needs.0.reason").set_value("街道核对低保名单")
    press(app, "take.needs")
    made = cells(handed.file(small_world.worker))

    assert PHONE in made
    assert NAME in made
    (export,) = exports(small_world)
    assert export.masked is False


@pytest.mark.parametrize("role", [Role.SUBDISTRICT_ADMIN, Role.AUDITOR])
def test_who_may_not_unmask_is_not_offered_to(small_world: World, monkeypatch: pytest.MonkeyPatch, role: Role) -> None:
    app = opened(small_world, monkeypatch, FORMS, role, ledger="needs", **DAYS)

    assert "用途（下载原值时必填）" not in words(app)


def test_the_subdistricts_own_form_comes_back_filled(
    small_world: World, monkeypatch: pytest.MonkeyPatch, handed: Handed
) -> None:
    in_every_ledger(small_world, "=1+1")
    number = carry_out(small_world[Role.SUBDISTRICT_ADMIN], "", set_report_form, **a_form(small_world))

    app = opened(small_world, monkeypatch, FORMS, form=str(number), **DAYS)
    press(app, "take.visits")
    sheet = load_workbook(BytesIO(handed.file(small_world.worker))).active

    assert handed.offers[-1].name.startswith("柳林社区-走访台账-20260301-20260331")
    assert sheet["A1"].value == "澄湖街道社区走访民情台账"
    assert sheet["C2"].value == "柳林社区"
    assert (sheet["H5"].value, sheet["H5"].data_type) == ("=1+1", "s")
    assert sheet["I13"].value == "=SUM(I5:I12)"


def test_a_form_retired_meanwhile_is_not_filled_and_nothing_is_written_down(
    small_world: World, monkeypatch: pytest.MonkeyPatch, handed: Handed
) -> None:
    admin = small_world[Role.SUBDISTRICT_ADMIN]
    number = carry_out(admin, "", set_report_form, **a_form(small_world))
    press(opened(small_world, monkeypatch, FORMS, form=str(number), **DAYS), "take.visits")
    carry_out(admin, "", set_report_form, **a_form(small_world))

    with pytest.raises(Refused):
        handed.file(small_world.worker)

    assert exports(small_world) == []


def test_chosen_columns_alone_are_in_the_file_and_in_the_address(
    small_world: World, monkeypatch: pytest.MonkeyPatch, handed: Handed
) -> None:
    in_every_ledger(small_world, "@SUM(1)")
    app = opened(small_world, monkeypatch, FORMS, ledger="complaints", fields="number.words.state", **DAYS)
    app.segmented_control(key="take.complaints.0.kind").set_value("csv")

    press(app, "take.complaints")
    made = handed.file(small_world.worker).decode("utf-8-sig").splitlines()

    assert made == ["编号,内容,办理情况", "T-1,'@SUM(1),待交办"]


@pytest.mark.parametrize(
    "query",
    [
        {"span": "nonsense", "ledger": "nonsense", "form": "x"},
        {"span": "free", "from": "2026-03-09", "until": "2026-03-01"},
        {"span": "free", "from": "2020-01-01", "until": "2026-03-01"},
        {"ledger": "needs", "fields": "nothing.at.all", "state": "nonsense", "place": "-1", "community": "99"},
    ],
)
def test_an_address_of_nonsense_is_told_or_passed_over(
    small_world: World, monkeypatch: pytest.MonkeyPatch, query: dict[str, Any]
) -> None:
    app = opened(small_world, monkeypatch, FORMS, **query)

    assert "交表" in words(app)


def test_the_page_stays_within_its_budget(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened(small_world, monkeypatch, FORMS, ledger="needs", **DAYS)

    with Statements() as counted:
        app.run()

    assert counted.n <= 15


# --- 表样 -------------------------------------------------------------------------------------------------------


def hand_in(
    app: AppTest, file: bytes | None, name: str = "走访台账", file_name: str = "表.xlsx", ledger: str = "visits"
) -> AppTest:
    app.text_input(key="report_form.name").set_value(name)
    app.segmented_control(key="report_form.ledger").set_value(LedgerKind(ledger))
    if file is not None:
        app.file_uploader[0].set_value((file_name, file, XLSX))
    return press(app, "report_form.submit")


def test_a_form_is_recognised_put_right_and_in_use(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    admin = small_world[Role.SUBDISTRICT_ADMIN]
    file = visit_form()
    app = hand_in(opened(small_world, monkeypatch, ADMIN, Role.SUBDISTRICT_ADMIN), file)
    assert app.number_input(key="report_form_keep.head").value == 4
    assert (
        app.number_input(key="report_form_keep.first").value,
        app.number_input(key="report_form_keep.last").value,
    ) == (5, 12)
    proposed = {n: app.selectbox(key=f"report_form_keep.column.{n}").value for n in range(1, 11)}
    assert proposed == {1: "serial", 2: "day", 3: "worker", 4: "place", 5: "door", 6: "household_kind", 7: "outcome",
                        8: "note", 9: "needs", 10: None}  # fmt: skip

    app.text_input(key="report_form_keep.cell.community").set_value("c2")
    press(app, "report_form_keep.submit")

    with reading(admin) as session:
        (row,) = report_forms(session)
        form = report_form(session, row.id)
    assert form is not None
    assert form.file == file
    assert form.layout.columns[8] == "note"
    assert form.layout.cells == {"C2": "community"}


def test_the_specimen_of_a_form_just_put_in_use_is_the_one_shown(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    admin = small_world[Role.SUBDISTRICT_ADMIN]
    carry_out(admin, "", set_report_form, **a_form(small_world))
    app = hand_in(opened(small_world, monkeypatch, ADMIN, Role.SUBDISTRICT_ADMIN), visit_form(), "新表样")
    press(app, "report_form_keep.submit")

    with reading(admin) as session:
        names = {form.id: form.name for form in report_forms(session)}
    assert len(names) == 2
    assert names[int(str(app.selectbox(key="report_forms.look").value))] == "新表样"


def test_a_new_version_retires_the_old(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    admin = small_world[Role.SUBDISTRICT_ADMIN]
    first = carry_out(admin, "", set_report_form, **a_form(small_world))
    second = carry_out(admin, "", set_report_form, **a_form(small_world))

    with reading(admin) as session:
        assert [(one.id, one.retired) for one in report_forms(session, retired=True)] == [
            (second, False),
            (first, True),
        ]
    app = opened(small_world, monkeypatch, ADMIN, Role.SUBDISTRICT_ADMIN)
    press(app, f"retire.{second}")
    with reading(admin) as session:
        assert report_forms(session) == ()


def test_a_word_form_is_tried_and_kept(small_world: World, monkeypatch: pytest.MonkeyPatch, handed: Handed) -> None:
    in_every_ledger(small_world, "<b>{{ community }}</b>")
    app = opened(small_world, monkeypatch, ADMIN, Role.SUBDISTRICT_ADMIN)
    press(hand_in(app, topic_form(), "议题报送表", "议题.docx", "topics"), "report_form_keep.submit")
    with reading(small_world.worker) as session:
        (row,) = report_forms(session)

    press(opened(small_world, monkeypatch, FORMS, form=str(row.id), **DAYS), "take.topics")
    made = text_of(handed.file(small_world.worker))

    assert "柳林社区议题报送表" in made
    assert "<b>{{ community }}</b>" in made
    assert "共 1 件" in made


@pytest.mark.parametrize(
    ("file", "file_name", "said"),
    [
        (None, "", "请填写这一项。"),
        (b"no Excel at all", "表.xlsx", "这不是 Excel 文档"),
        (b"x" * (2 * 1024 * 1024 + 1), "表.xlsx", "文件太大"),
        (with_part("word/vbaProject.bin"), "表.docx", "宏、控件或嵌入对象"),
        (drawn("<xdr:sp/>"), "表.xlsx", r"表样里有文本框、线条或图形，填写时会丢失（位置：走访台账\!B6）。"),
        (strict(saved(plain_book())), "表.xlsx", "另存为普通的“Excel 工作簿（\\.xlsx）”"),
        (strict(word_file()), "表.docx", "另存为普通的“Word 文档（\\.docx）”"),
    ],
)
def test_a_bad_file_is_told_and_the_name_stays(
    small_world: World, monkeypatch: pytest.MonkeyPatch, file: bytes | None, file_name: str, said: str
) -> None:
    app = opened(small_world, monkeypatch, ADMIN, Role.SUBDISTRICT_ADMIN)
    app = hand_in(app, file, file_name=file_name)

    assert said in words(app)
    assert app.text_input(key="report_form.name").value == "走访台账"


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("column.2", "serial", "同一个字段只能对应一列。"),
        ("cell.period", "B5", "单元格“B5”不能这样用"),
        ("cell.period", "甲1", "不能这样用"),
    ],
)
def test_a_layout_that_cannot_be_filled_is_told(
    small_world: World, monkeypatch: pytest.MonkeyPatch, field: str, value: str, said: str
) -> None:
    app = hand_in(opened(small_world, monkeypatch, ADMIN, Role.SUBDISTRICT_ADMIN), need_form(), ledger="needs")
    widget: Any = app.selectbox if field.startswith("column") else app.text_input
    widget(key=f"report_form_keep.{field}").set_value(value)

    press(app, "report_form_keep.submit")

    assert said in words(app)
    assert widget(key=f"report_form_keep.{field}").value == value


# --- 联系卡与回音单 -----------------------------------------------------------------------------------------------


@pytest.fixture
def home(small_world: World) -> int:
    with as_system("test") as session:
        session.get_one(Community, small_world.here).desk_phone = "0571-5555 0100"
    return in_every_ledger(small_world, "楼道灯坏了")


def card_text(world: World, monkeypatch: pytest.MonkeyPatch, handed: Handed, home: int, start: str) -> str:
    """What stands on the card; numbers in one piece, however they are grouped."""
    press(opened(world, monkeypatch, CARDS, household=str(home)), start)
    return text_of(handed.file(world.worker)).replace(" ", "")


@pytest.mark.parametrize("size", ["card.small", "card.large"])
def test_a_card_names_helpers_by_their_consent_until_it_is_taken_back(
    small_world: World, monkeypatch: pytest.MonkeyPatch, handed: Handed, home: int, size: str
) -> None:
    willing = a_volunteer(small_world, "V001", phone="13911112222")
    silent = a_volunteer(small_world, "V002", phone="13933334444")
    for helper in (willing, silent):
        paired(small_world, home, helper)
    consent = consents(small_world, willing)

    card = card_text(small_world, monkeypatch, handed, home, size)

    assert "志愿者V001" in card
    assert "13911112222" in card
    assert "志愿者V002" not in card
    assert "13933334444" not in card
    assert "请打上面的服务台电话" in card
    for secret in (ROOM, NAME, PHONE):
        assert secret not in card

    carry_out(small_world.worker, "", withdraw_consent, consent_id=consent, reason="换号码")
    again = text_of(handed.file(small_world.worker)).replace(" ", "")
    assert "志愿者V001" not in again
    assert "13911112222" not in again
    assert [(one.what, one.masked) for one in exports(small_world)] == [("contact_card", False)] * 2


def test_the_slip_tells_what_became_of_everything(
    small_world: World, monkeypatch: pytest.MonkeyPatch, handed: Handed, home: int
) -> None:
    monkeypatch.setattr("components.orders.card_desk.period_of", lambda _span, _on: MARCH)

    slip = card_text(small_world, monkeypatch, handed, home, "slip.")

    for said in ("楼道灯坏了", "修灯", "您投诉的事", "您点的服务", "您反映的事", "结果"):
        assert said in slip
    for secret in (ROOM, NAME, PHONE):
        assert secret not in slip
    (export,) = exports(small_world)
    assert (export.what, export.rows, export.masked) == ("answer_slip", 3, True)


def test_helpers_are_added_and_ended_on_the_page(
    small_world: World, monkeypatch: pytest.MonkeyPatch, home: int
) -> None:
    helper = a_volunteer(small_world)
    app = opened(small_world, monkeypatch, CARDS, household=str(home))
    press(app, f"add_pairing.{home}.submit")
    assert "请填写这一项。" in words(app)

    app.selectbox(key=f"add_pairing.{home}.volunteer_id").set_value(helper)
    app.text_input(key=f"add_pairing.{home}.helps_with").set_value("换灯泡")
    press(app, f"add_pairing.{home}.submit")
    with reading(small_world.worker) as session:
        pairing = session.scalars(select(Pairing)).one()
    press(app, f"end_pairing.{pairing.id}")

    with reading(small_world.worker) as session:
        assert session.scalars(select(Pairing.ended_on)).one() is not None


def test_households_with_helpers_are_listed_by_door_and_one_press_opens_one(
    small_world: World, monkeypatch: pytest.MonkeyPatch, home: int
) -> None:
    other, hidden = a_household(small_world, "909"), a_household(small_world, "808", restricted=True, alias="晨星01号")
    helper = a_volunteer(small_world)
    named = another_actor(small_world, Role.AREA_WORKER, "named_staff", sees_restricted=True)
    paired(small_world, home, helper)
    carry_out(named, "", add_pairing, household_id=hidden, volunteer_id=helper, helps_with="陪聊", rhythm="每周一次")
    with reading(named) as session:
        assert {one.label for one in paired_homes(session).rows} >= {"晨星01号"}
    with reading(small_world.worker) as session:
        first = paired_homes(session)
        assert [(one.id, one.helpers, one.agreed) for one in first.rows] == [(home, 1, 0)]
    paired(small_world, other, helper)
    with reading(small_world.worker) as session:
        newest = paired_homes(session, most=1)
        older = paired_homes(session, most=1, before=newest.rows[-1].id)
    assert ([one.id for one in newest.rows], newest.more) == ([other], True)
    assert ([one.id for one in older.rows], older.more) == ([home], False)
    assert "***" in older.rows[0].label
    assert ROOM not in older.rows[0].label

    app = opened(small_world, monkeypatch, CARDS, household=str(home))
    assert app.query_params["household"] == str(home)
    app.button(key="cards.other").click().run()
    assert "household" not in app.query_params
    assert "选到门牌" in words(app)


def test_a_consent_is_written_down_on_the_page(small_world: World, monkeypatch: pytest.MonkeyPatch, home: int) -> None:
    helper = a_volunteer(small_world)
    paired(small_world, home, helper)
    app = opened(small_world, monkeypatch, CARDS, household=str(home))
    app.segmented_control(key=f"card_consent.{helper}.way").set_value(ConsentWay.SPOKEN)
    press(app, f"card_consent.{helper}.submit")
    assert "请填写这一项。" in words(app), "a spoken consent needs a witness"

    app.text_input(key=f"card_consent.{helper}.witness").set_value("测试社工")
    press(app, f"card_consent.{helper}.submit")

    assert any((b.key or "").startswith(f"card_withdraw.{helper}") for b in app.button)


def test_a_restricted_household_has_no_card_but_for_named_staff_and_then_by_alias(
    small_world: World, monkeypatch: pytest.MonkeyPatch, handed: Handed
) -> None:
    hidden = a_household(small_world, "808", restricted=True, alias="晨星01号")
    named = another_actor(small_world, Role.AREA_WORKER, "named_staff", sees_restricted=True)
    assert "没有找到这一户" in words(opened(small_world, monkeypatch, CARDS, household=str(hidden)))
    app = open_app(monkeypatch, named.id, CARDS, household=str(hidden))
    press(app, "slip.")

    slip = text_of(handed.file(named))

    assert "晨星01号" in slip
    assert "1幢" not in slip
    with pytest.raises(Refused):
        handed.file(small_world.worker)


@pytest.mark.parametrize("phone", ["", "abc", "13800138000", "12"])
def test_the_desks_phone_is_an_offices_number(
    small_world: World, monkeypatch: pytest.MonkeyPatch, home: int, phone: str
) -> None:
    app = opened(small_world, monkeypatch, CARDS, household=str(home))
    app.text_input(key=f"desk_phone.{small_world.here}.desk_phone").set_value(phone)

    press(app, f"desk_phone.{small_world.here}.submit")

    with reading(small_world.worker) as session:
        assert session.get_one(Community, small_world.here).desk_phone == "0571-5555 0100"
    assert app.text_input(key=f"desk_phone.{small_world.here}.desk_phone").value == phone


@pytest.mark.parametrize(
    ("page", "role"),
    [(FORMS, Role.VOLUNTEER), (FORMS, Role.COUNCIL_MEMBER), (ADMIN, Role.SECRETARY), (ADMIN, Role.AUDITOR),
     (CARDS, Role.AUDITOR), (CARDS, Role.SUBDISTRICT_ADMIN)],
)  # fmt: skip
def test_others_do_not_open_it(small_world: World, monkeypatch: pytest.MonkeyPatch, page: str, role: Role) -> None:
    app = opened(small_world, monkeypatch, page, role)

    assert "这一页不对您的角色开放" in words(app)
