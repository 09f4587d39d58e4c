"""A sign-in that ends in the middle of a form takes nothing of what was typed with it."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, update
from streamlit.testing.v1 import AppTest

from components import acting
from components.held_words import LIFE
from db.actions.accounts.drafts import MOST_CHARACTERS, MOST_VALUES, hold_words, keep_draft, take_draft, words_held
from db.actions.accounts.sign_in import leave
from db.audit import UNAUDITED
from db.engine import as_system, carry_out, reading_as_system, utc_now
from db.models import Account, AuthSession, Draft, Need
from db.passwords import digest
from db.rules.limits import DRAFT_LIFE
from db.terms import NeedSource, Reach, Role, Urgency
from tests.builders.needs import a_need
from tests.builders.world import NOW, World, another_actor
from tests.support.signed_in import open_app, sign_in_as, words
from tests.support.statements import Statements

VISIT = "doors/visit.py"
MEETINGS = "meetings/meetings.py"
FORM = "log_need.other"
SAID = "🧓🏻𠮷家楼道灯坏了半个月 ![x](http://a)"
RESTORED = "已恢复您刚才填写的内容"


def drafts_of_pages() -> int:
    """Without the words that are held for the form itself."""
    with reading_as_system("test") as session:
        return len(session.scalars(select(Draft.id).where(Draft.page != digest(f"form:{FORM}"))).all())


def how_many(model: type) -> int:
    with reading_as_system("test") as session:
        return session.execute(select(func.count()).select_from(model)).scalar_one()


def end_all_sign_ins(how: str = "revoked") -> None:
    with as_system("test") as session:
        if how == "disabled":
            for account in session.scalars(select(Account)):
                account.disabled_at = NOW
            return
        values: dict[str, Any] = {"revoked_at": NOW} if how == "revoked" else {"expires_at": NOW}
        session.execute(update(AuthSession).values(**values), execution_options=UNAUDITED)


def filled_in(world: World, app: AppTest) -> AppTest:
    app.segmented_control(key="visit.way").set_value("来访、来电等")
    app.run()
    app.text_area(key=f"{FORM}.description").set_value(SAID)
    app.segmented_control(key=f"{FORM}.category_id").set_value(world.categories[2])
    app.segmented_control(key=f"{FORM}.urgency").set_value(Urgency.URGENT)
    app.segmented_control(key=f"{FORM}.reach").set_value(Reach.BUILDING)
    app.number_input(key=f"{FORM}.people").set_value(37)
    app.selectbox(key=f"{FORM}.source").set_value(NeedSource.HOTLINE)
    app.selectbox(key=f"{FORM}.place_id").set_value(world.place)
    app.text_input(key=f"{FORM}.asker_name").set_value("张三丰")
    app.checkbox(key=f"{FORM}.special_group").set_value(True)
    return app


def submitted(app: AppTest) -> AppTest:
    return app.button(key=f"{FORM}.submit").click().run()


def signed_out_in_mid_form(world: World, monkeypatch: pytest.MonkeyPatch, how: str = "revoked") -> AppTest:
    app = filled_in(world, open_app(monkeypatch, world.worker.id, VISIT))
    end_all_sign_ins(how)
    submitted(app)
    assert "用户名" in words(app)
    return app


def again(monkeypatch: pytest.MonkeyPatch, account_id: int, path: str = VISIT, /, **query: str) -> AppTest:
    """The reload after a sign-in: a new connection that begins on the page itself."""
    sign_in_as(monkeypatch, account_id)
    app = open_app(monkeypatch, None, path, **query)
    sign_in_as(monkeypatch, account_id)
    return app.run()


# --- the person -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("how", ["revoked", "expired", "disabled"])
def test_what_was_typed_is_there_again_after_signing_in(
    how: str, small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed_out_in_mid_form(small_world, monkeypatch, how)
    with as_system("test") as session:
        for account in session.scalars(select(Account)):
            account.disabled_at = None

    app = again(monkeypatch, small_world.worker.id)

    assert not app.exception
    assert [toast.value for toast in app.toast] == [RESTORED]
    assert app.text_area(key=f"{FORM}.description").value == SAID
    assert app.segmented_control(key=f"{FORM}.category_id").value == small_world.categories[2]
    assert app.segmented_control(key=f"{FORM}.urgency").value is Urgency.URGENT
    assert app.number_input(key=f"{FORM}.people").value == 37
    assert app.selectbox(key=f"{FORM}.source").value is NeedSource.HOTLINE
    assert app.text_input(key=f"{FORM}.asker_name").value == "张三丰"
    assert app.checkbox(key=f"{FORM}.special_group").value is True


def test_a_sign_in_that_ends_while_the_form_is_being_stored_takes_nothing_with_it(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = filled_in(small_world, open_app(monkeypatch, small_world.worker.id, VISIT))

    def too_late(*asked: Any, **values: Any) -> Any:
        end_all_sign_ins()
        return carry_out(*asked, **values)

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(acting, "carry_out", too_late)
        submitted(app)
    assert "用户名" in words(app)

    app = again(monkeypatch, small_world.worker.id)

    assert how_many(Need) == 0
    assert app.text_area(key=f"{FORM}.description").value == SAID
    assert app.number_input(key=f"{FORM}.people").value == 37


def test_the_restored_form_is_stored_exactly_once(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    signed_out_in_mid_form(small_world, monkeypatch)
    app = again(monkeypatch, small_world.worker.id)

    submitted(app)
    app.run()

    assert how_many(Need) == 1
    assert drafts_of_pages() == 0
    with reading_as_system("test") as session:
        assert session.scalars(select(Need.description)).one() == SAID


def test_it_is_restored_once_and_not_on_the_next_visit(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    signed_out_in_mid_form(small_world, monkeypatch)
    again(monkeypatch, small_world.worker.id)

    app = again(monkeypatch, small_world.worker.id)

    assert [toast.value for toast in app.toast] == []
    assert drafts_of_pages() == 0


def test_somebody_else_on_the_same_browser_sees_nothing_of_it(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    colleague = another_actor(small_world, Role.AREA_WORKER, "second_worker")
    app = signed_out_in_mid_form(small_world, monkeypatch)

    sign_in_as(monkeypatch, colleague.id)
    app.run()
    app.segmented_control(key="visit.way").set_value("来访、来电等")
    app.run()

    assert SAID not in words(app)
    assert app.text_area(key=f"{FORM}.description").value == ""
    assert drafts_of_pages() == 1


def test_it_waits_for_the_page_where_it_was_typed(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    need, other = a_need(small_world), a_need(small_world, "另一件")
    app = open_app(monkeypatch, small_world.worker.id, "needs/need.py", id=str(need), amend="1")
    form = next(str(field.key) for field in app.text_area if str(field.key).endswith(".description"))
    app.text_area(key=form).set_value("改过的话")
    end_all_sign_ins()
    app.button(key=form.replace(".description", ".submit")).click().run()

    elsewhere = again(monkeypatch, small_world.worker.id, "needs/need.py", id=str(other), amend="1")
    here = again(monkeypatch, small_world.worker.id, "needs/need.py", id=str(need), amend="1")

    assert [toast.value for toast in elsewhere.toast] == []
    assert here.text_area(key=form).value == "改过的话"


def test_a_choice_that_is_gone_meanwhile_is_left_open(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    signed_out_in_mid_form(small_world, monkeypatch)
    with as_system("test") as session:
        draft = session.scalars(select(Draft)).one()
        draft.typed = draft.typed.replace(f'category_id": {small_world.categories[2]}', 'category_id": 999999')

    app = again(monkeypatch, small_world.worker.id)

    assert not app.exception
    assert app.segmented_control(key=f"{FORM}.category_id").value is None
    assert app.text_area(key=f"{FORM}.description").value == SAID


def test_a_password_is_never_kept(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    app = open_app(monkeypatch, small_world.worker.id, "accounts/password.py")
    for field in ("current", "password", "again"):
        app.text_input(key=f"password.{field}").set_value("correct horse battery")
    end_all_sign_ins()

    app.button(key="password.submit").click().run()

    assert drafts_of_pages() == 0


def test_who_signs_out_leaves_nothing_behind(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    app = filled_in(small_world, open_app(monkeypatch, small_world.worker.id, VISIT)).run()

    app.button(key="foot.leave").click().run()
    app.run()

    assert drafts_of_pages() == 0


def test_it_costs_a_run_no_statement(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    app = open_app(monkeypatch, small_world.worker.id, "accounts/password.py")

    with Statements() as counted:
        app.run()

    assert not [text for text in counted.texts if text.startswith(("DELETE", "INSERT", "UPDATE"))]
    assert sum("draft" in text for text in counted.texts) == 1  # inside the one statement that says who is here


# --- what is kept -----------------------------------------------------------------------------------------------------


def test_a_draft_is_encrypted_and_of_one_person_and_page(world: World) -> None:
    keep_draft(world.worker.id, "visit?", {"visit.note": SAID}, now=NOW)

    with reading_as_system("test") as session:
        raw = session.connection().exec_driver_sql("SELECT typed FROM draft").scalar_one()
    assert SAID.encode() not in bytes(raw)
    assert take_draft(world.secretary.id, "visit?", now=NOW) == {}
    assert take_draft(world.worker.id, "ledger?", now=NOW) == {}
    assert take_draft(world.worker.id, "visit?", now=NOW) == {"visit.note": SAID}
    assert take_draft(world.worker.id, "visit?", now=NOW) == {}


def test_the_last_one_of_a_page_counts_and_another_page_keeps_its_own(world: World) -> None:
    for page, said in (("visit?", "先"), ("visit?", "后"), ("ledger?", "别处")):
        keep_draft(world.worker.id, page, {"a.b": said}, now=NOW)

    assert take_draft(world.worker.id, "visit?", now=NOW) == {"a.b": "后"}
    assert take_draft(world.worker.id, "ledger?", now=NOW) == {"a.b": "别处"}


def test_a_draft_lives_for_a_day(world: World) -> None:
    keep_draft(world.worker.id, "visit?", {"a.b": "旧"}, now=NOW)

    assert take_draft(world.worker.id, "visit?", now=NOW + DRAFT_LIFE + timedelta(seconds=1)) == {}

    keep_draft(world.secretary.id, "visit?", {"a.b": "新"}, now=NOW + 2 * DRAFT_LIFE)
    assert drafts_of_pages() == 1


def test_held_words_of_a_form_lie_there_no_longer_than_they_are_given_back(world: World) -> None:
    hold_words(world.worker.id, "log_need.1", SAID, now=NOW, life=LIFE)
    soon, late = NOW + LIFE - timedelta(minutes=1), NOW + LIFE + timedelta(seconds=1)

    assert words_held(world.worker.id, "log_need.1", now=soon, life=LIFE) == SAID
    keep_draft(world.secretary.id, "visit?", {"a.b": "新"}, now=late)
    assert drafts_of_pages() == 1


def test_a_draft_of_a_clock_ahead_is_not_kept_until_that_date(world: World) -> None:
    keep_draft(world.worker.id, "visit?", {"a.b": "旧"}, now=NOW + timedelta(days=400))

    assert take_draft(world.worker.id, "visit?", now=NOW) == {}
    keep_draft(world.secretary.id, "visit?", {"a.b": "新"}, now=NOW)
    assert drafts_of_pages() == 1


def test_a_draft_has_a_limit(world: World) -> None:
    keep_draft(world.worker.id, "many?", {f"a.{n}": n for n in range(500)}, now=NOW)
    keep_draft(world.worker.id, "long?", {"a.short": "短", "a.long": "长" * MOST_CHARACTERS, "a.last": "尾"}, now=NOW)

    assert len(take_draft(world.worker.id, "many?", now=NOW)) == MOST_VALUES
    assert take_draft(world.worker.id, "long?", now=NOW) == {"a.short": "短", "a.last": "尾"}


def test_nothing_typed_is_no_draft(world: World) -> None:
    keep_draft(world.worker.id, "visit?", {}, now=NOW)
    keep_draft(10**9, "visit?", {"a.b": "谁"}, now=NOW)

    assert drafts_of_pages() == 0


def test_leaving_is_not_losing(world: World) -> None:
    keep_draft(world.worker.id, "visit?", {"a.b": "话"}, now=utc_now())
    leave(1, now=utc_now())

    assert take_draft(world.worker.id, "visit?", now=utc_now()) == {"a.b": "话"}


def test_words_that_came_back_behind_a_press_are_announced_beside_it(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A menu is closed on the page that is loaded anew: who typed in it is told where the words lie."""
    field = "prepare_meeting.title"
    app = open_app(monkeypatch, small_world.secretary.id, MEETINGS)
    app.text_input(key=field).set_value("三月议事会：照明与停车")
    end_all_sign_ins()
    app.button(key="prepare_meeting.submit").click().run()
    assert "用户名" in words(app)

    app = again(monkeypatch, small_world.secretary.id, MEETINGS)

    assert app.text_input(key=field).value == "三月议事会：照明与停车"
    assert any("会议名称" in line.value and "新建会议" in line.value for line in app.info)
    app.run()
    assert not [line for line in app.info if "会议名称" in line.value]


def test_who_loses_the_role_in_the_middle_of_a_form_reads_what_was_typed(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = open_app(monkeypatch, small_world.worker.id, "complaints/log.py")
    key = next(area.key for area in app.text_area if area.key and "原话" in area.label)
    app.text_area(key=key).input("楼下饭店油烟大")
    with as_system("test") as session:
        session.get_one(Account, small_world.worker.id).role = Role.VOLUNTEER

    app.button(key=f"{key.rsplit('.', 1)[0]}.submit").click().run()

    assert "这一页不对您的角色开放" in words(app)
    (told,) = (toast.value for toast in app.toast)
    assert "这一步没有办" in told
    assert "楼下饭店油烟大" in told
