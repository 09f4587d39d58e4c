"""What chair, recorder and members do with the floor, the points and the sign-in sheet on the console."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from streamlit.testing.v1 import AppTest

from db.actions.meetings.attendance import leave_early, mark_present, recuse, take_attendance
from db.actions.meetings.discussion import move_amendment, record_point, settle_amendment, start_item
from db.actions.meetings.floor import ask_to_speak, begin_speech
from db.engine import as_system, reading, reading_as_system
from db.models import Attendance, AuditEntry, DiscussionPoint, Meeting, Recusal, SpeakerTurn
from db.queries.meetings.meetings import sitting
from db.rules.meetings.sitting import Seat
from db.terms import MemberPresence, Role, SpeakerSide, SpeakerState
from tests.builders.meetings import a_convened, in_session
from tests.builders.world import NOW, World, do
from tests.support.signed_in import elements, sign_in_as, words

DESK = Path(__file__).parent / "desk.py"


def desk(monkeypatch: pytest.MonkeyPatch, account: int, meeting: int, part: str, seldom: str = "") -> AppTest:
    """`seldom`: what is chosen of 其他签到."""
    sign_in_as(monkeypatch, account)
    app = AppTest.from_file(str(DESK), default_timeout=30)
    if seldom:
        app.session_state[f"seldom.{meeting}"] = seldom
    app.query_params["id"], app.query_params["part"] = str(meeting), part
    app.run()
    assert not app.exception
    return app


def keys(app: AppTest) -> set[str]:
    return {str(button.key) for button in app.button}


def press(app: AppTest, key: str) -> AppTest:
    app.button(key=key).click().run()
    assert not app.exception
    return app


def started(world: World, present: int = 14) -> tuple[int, int]:
    meeting, items = in_session(world, present=present)
    do(world.secretary, start_item, item_id=items[0])
    return meeting, items[0]


def waiting(world: World, item: int, *seats: int, side: SpeakerSide = SpeakerSide.FOR) -> list[int]:
    return [
        do(world.worker, ask_to_speak, item_id=item, member_id=world.members[seat - 1], side=side) for seat in seats
    ]


def stored(world: World, model: Any) -> list[Any]:
    with reading(world.secretary) as session:
        return list(session.scalars(select(model).order_by(model.id)))


# --- the floor ----------------------------------------------------------------------------------------


def test_the_chair_calls_the_next_member_grants_a_minute_and_ends_the_speech(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    meeting, item = started(small_world)
    first, second = waiting(small_world, item, 1, 2)
    app = desk(monkeypatch, small_world.secretary.id, meeting, "floor")

    press(app, f"begin.{first}")
    press(app, f"minute.{first}")
    press(app, f"end.{first}")

    turns = stored(small_world, SpeakerTurn)
    assert [(turn.state, turn.extra_seconds) for turn in turns] == [(SpeakerState.DONE, 60), (SpeakerState.WAITING, 0)]
    assert f"begin.{second}" in keys(app)


def test_the_wrong_one_is_put_back_by_one_press(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    meeting, item = started(small_world)
    (first,) = waiting(small_world, item, 1)
    app = desk(monkeypatch, small_world.worker.id, meeting, "floor")

    press(app, f"begin.{first}")
    press(app, f"undo_begin.{first}")

    assert stored(small_world, SpeakerTurn)[0].state is SpeakerState.WAITING


def test_the_frequent_steps_have_a_key_each(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    meeting, item = started(small_world)
    first, second = waiting(small_world, item, 1, 2)
    do(small_world.secretary, begin_speech, turn_id=first)

    app = desk(monkeypatch, small_world.secretary.id, meeting, "floor")

    names = (f"begin.{second}", f"end.{first}", f"minute.{first}")
    assert [app.button(key=name).proto.shortcut.lower() for name in names] == ["n", "e", "m"]


def test_a_member_is_put_into_the_queue_with_a_side(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    meeting, item = started(small_world)
    app = desk(monkeypatch, small_world.secretary.id, meeting, "floor")

    app.selectbox(key=f"ask.{item}.member_id").select_index(2)
    app.segmented_control(key=f"ask.{item}.side").set_value(SpeakerSide.AGAINST)
    press(app, f"ask.{item}.submit")

    (turn,) = stored(small_world, SpeakerTurn)
    assert (turn.member_id, turn.side) == (small_world.members[2], SpeakerSide.AGAINST)


def test_who_has_not_spoken_is_named_and_whoever_waits_is_not_offered_again(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    meeting, item = started(small_world, present=12)
    (first, _second) = waiting(small_world, item, 1, 2)
    do(small_world.secretary, begin_speech, turn_id=first)

    app = desk(monkeypatch, small_world.secretary.id, meeting, "floor")

    assert "还没有发言（11 人）：议事员02、" in words(app)
    offered = app.selectbox(key=f"ask.{item}.member_id").options
    assert offered[0] == "03 议事员03"
    assert offered[-1] == "01 议事员01"
    assert "02 议事员02" not in offered


def test_another_than_the_next_is_called_or_taken_out(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    meeting, item = started(small_world)
    first, second, third = waiting(small_world, item, 1, 2, 3)
    app = desk(monkeypatch, small_world.secretary.id, meeting, "floor")

    app.selectbox(key=f"queue.{item}.turn_id").select_index(2)
    press(app, f"queue.{item}.submit")
    app.selectbox(key=f"queue.{item}.turn_id").select_index(1)
    app.segmented_control(key=f"queue.{item}.act").set_value("withdraw_turn")
    press(app, f"queue.{item}.submit")

    states = {turn.id: turn.state for turn in stored(small_world, SpeakerTurn)}
    assert states == {first: SpeakerState.WAITING, second: SpeakerState.WITHDRAWN, third: SpeakerState.SPEAKING}


def test_a_member_asks_for_the_floor_and_runs_nothing(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    meeting, item = started(small_world)
    app = desk(monkeypatch, small_world[Role.COUNCIL_MEMBER].id, meeting, "floor")

    app.segmented_control(key=f"ask_myself.{item}.side").set_value(SpeakerSide.FOR)
    press(app, f"ask_myself.{item}.submit")

    (turn,) = stored(small_world, SpeakerTurn)
    assert turn.member_id == small_world.members[0]
    assert not [key for key in keys(app) if key.startswith(("begin.", "ask.", "queue."))]


def test_a_refusal_is_said_in_words_at_the_form(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    meeting, item = started(small_world)
    for _time in range(2):
        do(small_world.worker, begin_speech, turn_id=waiting(small_world, item, 1)[0])
    waiting(small_world, item, 2)
    do(small_world.worker, begin_speech, turn_id=stored(small_world, SpeakerTurn)[-1].id)
    app = desk(monkeypatch, small_world[Role.COUNCIL_MEMBER].id, meeting, "floor")

    press(app, f"ask_myself.{item}.submit")

    assert "这位成员在本议题已发言 2 次" in words(app)


def test_with_thirty_in_the_queue_the_panel_stays_small(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    meeting, item = started(small_world, present=16)
    waiting(small_world, item, *range(1, 17))
    do(small_world.secretary, begin_speech, turn_id=stored(small_world, SpeakerTurn)[0].id)

    app = desk(monkeypatch, small_world.secretary.id, meeting, "floor")

    assert elements(app._tree) < 40


def test_a_member_who_waits_sees_the_place_in_the_queue_and_gives_it_up_alone(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody else's turn has that button, and who asked by mistake need not raise a hand to say so."""
    meeting, item = started(small_world)
    other, mine = waiting(small_world, item, 2, 1)
    app = desk(monkeypatch, small_world[Role.COUNCIL_MEMBER].id, meeting, "floor")
    place = words(app)

    press(app, f"my_turn.{mine}")

    assert "第 2 位" in place
    assert f"my_turn.{other}" not in keys(app)
    assert [turn.state for turn in stored(small_world, SpeakerTurn)] == [SpeakerState.WAITING, SpeakerState.WITHDRAWN]
    assert f"ask_myself.{item}.submit" in keys(app)


# --- the points ---------------------------------------------------------------------------------------


def test_the_recorder_corrects_and_strikes_a_point(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    meeting, item = started(small_world)
    wrong, keep = (do(small_world.worker, record_point, item_id=item, said=said) for said in ("记错了", "灯要防水"))
    app = desk(monkeypatch, small_world.worker.id, meeting, "points")

    app.selectbox[0].select_index(0).run()
    app.text_area(key=f"amend_point.{keep}.said").input("灯要防水防雷")
    press(app, f"amend_point.{keep}.submit")
    app.selectbox[0].select_index(1).run()
    press(app, f"strike.{wrong}.submit")
    without_reason = len(stored(small_world, DiscussionPoint))
    app.text_input(key=f"strike.{wrong}.reason").input("重复记录")
    press(app, f"strike.{wrong}.submit")

    assert without_reason == 2
    assert [point.words for point in stored(small_world, DiscussionPoint)] == ["灯要防水防雷"]


def test_a_correction_of_words_that_another_changed_is_told_and_kept_in_the_field(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    meeting, item = started(small_world)
    point = do(small_world.worker, record_point, item_id=item, said="灯要防水")
    app = desk(monkeypatch, small_world.worker.id, meeting, "points")
    app.selectbox[0].select_index(0).run()
    with as_system("test") as session:
        session.get(DiscussionPoint, point).words = "灯要防雷"  # type: ignore[union-attr]

    app.text_area(key=f"amend_point.{point}.said").input("灯要防水防雷")
    press(app, f"amend_point.{point}.submit")

    assert "刚刚有别人改了这条记录" in words(app)
    assert app.text_area(key=f"amend_point.{point}.said").value == "灯要防水防雷"
    assert stored(small_world, DiscussionPoint)[0].words == "灯要防雷"


def test_only_the_chair_takes_back_what_became_of_an_amendment(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    meeting, item = started(small_world)
    point = do(small_world.worker, move_amendment, item_id=item, new_motion="先试装")
    do(small_world.secretary, settle_amendment, point_id=point, carried=True)
    worker = desk(monkeypatch, small_world.worker.id, meeting, "points")
    worker.selectbox[0].select_index(0).run()
    seen_by_worker = keys(worker)

    chair = desk(monkeypatch, small_world.secretary.id, meeting, "points")
    chair.selectbox[0].select_index(0).run()
    press(chair, f"reopen.{point}")

    assert not {f"reopen.{point}", f"strike.{point}.submit"} & seen_by_worker
    assert stored(small_world, DiscussionPoint)[0].carried is None


# --- the sheet ----------------------------------------------------------------------------------------


def seats(world: World, meeting: int) -> list[Seat]:
    with reading(world.secretary) as session:
        return list(sitting(session, meeting, now=NOW).seats)


def sheet_key(app: AppTest) -> str:
    return next(key.removesuffix(".submit") for key in keys(app) if key.startswith("sheet."))


def presences(world: World) -> list[MemberPresence]:
    return [row.presence for row in sorted(stored(world, Attendance), key=lambda row: row.member_id)]


def test_the_form_of_the_ticks_stays_while_others_sign_in_and_overwrites_nothing_newer(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    meeting, _ = a_convened(small_world)
    app = desk(monkeypatch, small_world.secretary.id, meeting, "sheet")
    name = sheet_key(app)
    do(small_world.secretary, mark_present, meeting_id=meeting, member_id=small_world.members[5])

    app.run()
    still = sheet_key(app)
    app.button_group(key=f"{still}.present").set_value(seats(small_world, meeting)[:3])
    press(app, f"{still}.submit")

    assert still == name
    there = [n for n, presence in enumerate(presences(small_world)) if presence is MemberPresence.PRESENT]
    assert there == [0, 1, 2, 5]


def test_after_saving_the_sheet_shows_what_is_stored(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    meeting, _ = in_session(small_world, present=12)
    app = desk(monkeypatch, small_world.secretary.id, meeting, "sheet", "sheet")
    do(small_world.secretary, leave_early, meeting_id=meeting, member_id=small_world.members[0])
    app.run()
    told = "有人刚刚签到或离席" in words(app)

    press(app, f"{sheet_key(app)}.submit")

    assert told
    assert "有人刚刚签到或离席" not in words(app)
    assert "实到 11" in words(app)
    assert presences(small_world)[0] is MemberPresence.LEFT_EARLY


def test_the_newest_sheet_is_one_press_away(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    meeting, _ = a_convened(small_world)
    app = desk(monkeypatch, small_world.secretary.id, meeting, "sheet")
    do(small_world.secretary, mark_present, meeting_id=meeting, member_id=small_world.members[5])
    app.run()

    press(app, f"fresh.{meeting}")

    ticked = app.button_group(key=f"{sheet_key(app)}.present").value
    assert [seat.seat for seat in ticked] == [6]  # type: ignore[union-attr]
    assert f"fresh.{meeting}" not in keys(app)


def test_a_member_who_comes_late_is_signed_in_alone_and_one_who_left_comes_back(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    meeting, _ = in_session(small_world, present=12)
    do(small_world.secretary, leave_early, meeting_id=meeting, member_id=small_world.members[0])
    app = desk(monkeypatch, small_world.secretary.id, meeting, "sheet", "one")

    app.selectbox(key="one_member.member_id").select_index(14)
    press(app, "one_member.submit")
    press(app, f"come_back.{small_world.members[0]}")

    assert presences(small_world).count(MemberPresence.PRESENT) == 13
    assert presences(small_world)[14] is MemberPresence.PRESENT


def roll(app: AppTest) -> Any:
    return next((group for group in app.button_group if str(group.key).startswith("roll.")), None)


def tapped(app: AppTest, *members: int) -> AppTest:
    """Taps on names, each turning what is ticked."""
    roll(app).set_value(sorted(set(roll(app).value) ^ set(members))).run()
    assert not app.exception
    return app


def test_the_recorder_calls_the_roll_by_one_tap_a_member_and_takes_a_tap_back(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A member without a phone is there when the recorder says so; the log tells who did, both times."""
    meeting, _ = in_session(small_world, present=12)
    member = small_world.members[12]
    app = desk(monkeypatch, small_world.worker.id, meeting, "sheet")

    tapped(app, member)
    there = presences(small_world)[12]
    tapped(app, member)

    assert not any(key.startswith("sheet.") for key in keys(app))
    assert (there, presences(small_world)[12]) == (MemberPresence.PRESENT, MemberPresence.DUE)
    with reading_as_system("test") as session:
        told = session.scalars(
            select(AuditEntry.actor_id)
            .where(AuditEntry.table_name == "attendance", AuditEntry.reason == "take_attendance")
            .order_by(AuditEntry.id.desc())
            .limit(2)
        ).all()
    assert told == [small_world.worker.id] * 2


def test_quick_taps_and_what_others_do_meanwhile_are_all_kept(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    meeting, _ = in_session(small_world, present=8)
    m = small_world.members
    app = desk(monkeypatch, small_world.worker.id, meeting, "sheet")
    do(small_world.secretary, mark_present, meeting_id=meeting, member_id=m[15])
    do(small_world.secretary, leave_early, meeting_id=meeting, member_id=m[0])

    tapped(app, m[8], m[9])
    tapped(app, m[10], m[1])

    there = [n for n, presence in enumerate(presences(small_world)) if presence is MemberPresence.PRESENT]
    assert there == [2, 3, 4, 5, 6, 7, 8, 9, 10, 15]
    assert presences(small_world)[0] is MemberPresence.LEFT_EARLY
    assert sorted(roll(app).value) == [m[n] for n in there]


def test_the_chair_gets_the_roll_once_somebody_is_there(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    empty, _ = a_convened(small_world)
    before = roll(desk(monkeypatch, small_world.secretary.id, empty, "sheet"))
    do(small_world.worker, mark_present, meeting_id=empty, member_id=small_world.members[0])
    app = desk(monkeypatch, small_world.secretary.id, empty, "sheet")

    tapped(app, *small_world.members[1:])

    assert before is None
    assert presences(small_world) == [MemberPresence.PRESENT] * 16


def test_a_council_member_ticks_nobody(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    meeting, _ = in_session(small_world, present=12)

    app = desk(monkeypatch, small_world[Role.COUNCIL_MEMBER].id, meeting, "sheet")

    assert roll(app) is None
    assert "one_member.submit" not in keys(app)


def test_a_proxy_is_offered_only_where_the_house_rules_allow_it_and_is_named(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    meeting, _ = in_session(small_world, present=12)
    plain = desk(monkeypatch, small_world.worker.id, meeting, "sheet", "one")
    offered = [str(field.key) for field in plain.text_input]
    with as_system("test") as session:
        frozen = session.get_one(Meeting, meeting)
        frozen.rule = {**(frozen.rule or {}), "proxies_allowed": True}
    app = desk(monkeypatch, small_world.worker.id, meeting, "sheet", "one")

    app.selectbox(key="one_member.member_id").select_index(14)
    app.segmented_control(key="one_member.act").set_value("mark_proxy")
    app.text_input(key="one_member.proxy").input("李受托")
    press(app, "one_member.submit")

    assert "one_member.proxy" not in offered
    assert presences(small_world)[14] is MemberPresence.PRESENT
    assert "议事员15（委托 李受托）" in words(app)


def test_leaving_early_is_one_of_the_things_that_happen_to_one_member(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    meeting, _ = in_session(small_world, present=12)
    app = desk(monkeypatch, small_world.secretary.id, meeting, "sheet", "one")

    app.selectbox(key="one_member.member_id").select_index(3)
    app.segmented_control(key="one_member.act").set_value("leave_early")
    press(app, "one_member.submit")

    assert presences(small_world)[3] is MemberPresence.LEFT_EARLY
    assert "到会" in words(app) or "实到 11" in words(app)


def test_a_recusal_is_undone_by_a_press(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    meeting, item = started(small_world)
    member = small_world.members[4]
    do(small_world.secretary, recuse, item_id=item, member_id=member, reason="承包方亲属")
    app = desk(monkeypatch, small_world.secretary.id, meeting, "sheet", "recuse")
    assert "议事员05：承包方亲属" in words(app)

    press(app, f"undo_recusal.{item}.{member}")

    assert stored(small_world, Recusal) == []


def test_the_code_for_cards_is_on_the_console_as_long_as_people_sign_in(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    meeting, _ = in_session(small_world)
    with as_system("test") as session:
        session.get(Meeting, meeting).sign_in_key = "abc234"  # type: ignore[union-attr]

    app = desk(monkeypatch, small_world.secretary.id, meeting, "sheet")
    member = desk(monkeypatch, small_world[Role.COUNCIL_MEMBER].id, meeting, "sheet")

    assert "/s/abc234" in words(app)
    assert "/s/abc234" not in words(member)


def test_a_page_that_nobody_changed_is_left_alone(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """A pulse that never settled would run the page for ever."""
    meeting, _ = started(small_world)
    app = desk(monkeypatch, small_world.secretary.id, meeting, "floor")

    do(small_world.secretary, take_attendance, meeting_id=meeting, present=small_world.members[:12])
    app.run()

    assert not app.exception
