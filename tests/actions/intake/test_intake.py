"""Posters, messages and what becomes of them: once only, in the right queue, with the sender's data kept close."""

import secrets
import threading
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from db.actions.intake.intake import refuse_intake, take_intake, unmask_intake
from db.actions.intake.posters import make_poster, revoke_poster
from db.actions.intake.receiving import Message, receive, wipe_due
from db.actions.photos import add_photo
from db.engine import as_system, reading, reading_as_system
from db.errors import BadInput, Conflict, NotFound, NotPermitted, Problem, Refused
from db.models import AuditEntry, Complaint, Intake, Need, Order, Photo, Place, Poster
from db.photos import kept
from db.queries.intake.intake import intake_facts, intake_list, intake_originals
from db.queries.intake.posters import poster_one, poster_paper, poster_view, posters, receipt_view
from db.queries.needs.life import need_life
from db.rules.intake.intake import AN_HOUR, KEPT_DAYS
from db.rules.permissions import GRANTS, Permission
from db.terms import IntakeResult, IntakeState, NeedSource, NeedStage, OrderChannel, PosterKind, Reach, Role, Urgency
from tests.builders.doors import a_household
from tests.builders.intake import a_picture, a_poster, a_rider, a_service, code_of, sent
from tests.builders.world import NOW, TODAY, World, another_actor, do, row

NEED: dict[str, Any] = {"result": IntakeResult.NEED, "reach": Reach.ESTATE, "people": 40, "urgency": Urgency.SAFETY}


def take(world: World, intake: int, **values: Any) -> dict[str, Any]:
    facts = {"description": "北门井盖翘起", "place_id": world.place, "category_id": world.categories[5]}
    version = row(world, Intake, intake).version
    made: dict[str, Any] = do(world.worker, take_intake, **{"intake_id": intake, "version": version} | facts | values)
    return made


def order_message(world: World, **more: Any) -> tuple[str, Message]:
    code = code_of(a_poster(world, name=f"宣传栏{secrets.token_hex(3)}"))
    values: dict[str, Any] = {
        "kind": PosterKind.ORDER, "key": "k" * 20, "service_id": a_service(world, f"测血压{secrets.token_hex(3)}"),
        "place_id": world.place, "phone": "13812345678",
    }  # fmt: skip
    return code, Message(**values | more)


# --- posters ---------------------------------------------------------------------------------------------


def test_a_poster_is_made_printed_and_taken_back(world: World) -> None:
    poster = a_poster(world)
    with reading(world.secretary) as session:
        paper, listed = poster_paper(session, poster), posters(session).rows
    assert paper is not None
    assert poster_view(paper.code.lower(), PosterKind.ORDER) is not None

    do(world.worker, revoke_poster, poster_id=poster, version=listed[0].version)

    view = poster_view(paper.code, PosterKind.ORDER)
    assert view is not None
    assert view.revoked_at == NOW
    with reading(world.secretary) as session:
        assert poster_paper(session, poster) is None
        one = poster_one(session, poster)
    assert one is not None
    with pytest.raises(Refused, match="poster_revoked"):
        do(world.worker, revoke_poster, poster_id=poster, version=one.version)


def test_a_rider_is_a_number_on_everything_and_holds_one_code(world: World) -> None:
    poster = a_rider(world)
    with reading(world.secretary) as session:
        paper = poster_paper(session, poster)
    assert paper is not None
    assert paper.name == "LL-QX-07"
    assert "夏测试" not in repr(paper)

    with pytest.raises(Refused, match="poster_has_code"):
        do(world.secretary, make_poster, kind=PosterKind.REPORT, volunteer_number="LL-QX-07")
    with pytest.raises(BadInput):
        do(world.secretary, make_poster, kind=PosterKind.REPORT, volunteer_number="XX-99")


def test_the_code_lies_encrypted_and_a_code_of_the_other_kind_opens_nothing(world: World) -> None:
    poster = a_poster(world)
    code = code_of(poster)

    assert poster_view(code, PosterKind.REPORT) is None
    assert poster_view(code[:-1], PosterKind.ORDER) is None
    assert poster_view("' OR 1=1 --", PosterKind.ORDER) is None
    with reading_as_system("test") as session:
        logged = repr(session.execute(select(AuditEntry.changes)).all())
    assert code not in logged


@pytest.mark.parametrize("role", list(Role))
def test_posters_are_made_by_those_who_may(world: World, role: Role) -> None:
    if role in GRANTS[Permission.MANAGE_POSTERS].roles:
        assert do(world[role], make_poster, kind=PosterKind.ORDER, name="x", place_id=world.place)
        return
    with pytest.raises(NotPermitted):
        do(world[role], make_poster, kind=PosterKind.ORDER, name="x", place_id=world.place)


def test_a_poster_of_another_community_is_out_of_reach(world: World) -> None:
    poster = a_poster(world)

    with pytest.raises(NotFound):
        do(world.other_secretary, revoke_poster, poster_id=poster, version=1)
    with reading(world.other_secretary) as session:
        assert poster_paper(session, poster) is None
        assert posters(session).rows == ()
    with pytest.raises(BadInput):
        do(world.secretary, make_poster, kind=PosterKind.ORDER, name="x", place_id=world.place_there)


# --- what comes in ---------------------------------------------------------------------------------------


def test_an_order_waits_in_the_queue_with_its_sender_masked(world: World) -> None:
    service = a_service(world)
    intake = sent(world, a_poster(world), service_id=service, what="电话13912345678，三楼", wanted_on=TODAY)

    with reading(world.worker) as session:
        facts = intake_facts(session, intake)
        listed = intake_list(session, state=IntakeState.WAITING).rows
    assert facts is not None
    assert [one.id for one in listed] == [intake]
    assert (facts.asker, facts.phone, facts.building, facts.has_door) == ("沈**", "138****5678", "3幢", True)
    assert "13912345678" not in repr((facts, listed))
    assert "501" not in repr((facts, listed))
    with reading_as_system("test") as session:
        logged = repr(session.execute(select(AuditEntry.changes)).all())
    assert "沈阿姨" not in logged
    assert "13812345678" not in logged


def test_a_double_tap_and_a_replay_are_one_message(world: World) -> None:
    code, message = order_message(world)

    receipts = {receive(code, message, now=NOW), receive(code, message, now=NOW + timedelta(hours=5))}
    receipts |= {receive(code, Message(**{**_fields(message), "phone": "13900000000"}), now=NOW)}

    assert len(receipts) == 1
    with reading_as_system("test") as session:
        assert session.scalar(select(func.count()).select_from(Intake)) == 1


def _fields(message: Message) -> dict[str, Any]:
    return {name: getattr(message, name) for name in message.__slots__}


def test_taps_at_the_same_moment_are_one_message(world: World) -> None:
    code, message = order_message(world)
    found: list[str] = []
    start = threading.Barrier(6)

    def tap() -> None:
        start.wait()
        found.append(receive(code, message, now=NOW))

    threads = [threading.Thread(target=tap) for _ in range(6)]
    for whole in threads:
        whole.start()
    for whole in threads:
        whole.join()

    assert len(found) == 6
    assert len(set(found)) == 1


def test_the_same_key_by_another_code_is_another_message(world: World) -> None:
    code, message = order_message(world)
    other, _message = order_message(world)

    assert receive(code, message, now=NOW) != receive(other, message, now=NOW)


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("service_id", {"service_id": None}),
        ("service_id", {"service_id": 999_999}),
        ("place_id", {"place_id": None}),
        ("place_id", {"place_id": 999_999}),
        ("phone", {"phone": ""}),
        ("phone", {"phone": "", "building": "3幢"}),
        ("phone", {"phone": "叫我"}),
        ("phone", {"phone": "1" * 31}),
        ("name", {"name": "长" * 31}),
        ("what", {"what": "长" * 501}),
        ("building", {"building": "长" * 21}),
        ("room", {"room": "9" * 21}),
        ("wanted_on", {"wanted_on": TODAY - timedelta(days=1)}),
        ("wanted_on", {"wanted_on": TODAY + timedelta(days=22)}),
        ("wanted_on", {"wanted_on": date.min}),
        ("wanted_time", {"wanted_time": "长" * 21}),
    ],
)
def test_an_order_that_cannot_be_kept_names_its_field(world: World, field: str, values: dict[str, Any]) -> None:
    code, message = order_message(world, **values)

    with pytest.raises(BadInput) as wrong:
        receive(code, message, now=NOW)

    assert wrong.value.field == field


def test_a_service_or_a_place_of_somebody_else_cannot_be_asked_for(world: World) -> None:
    for values in ({"place_id": world.place_there}, {"service_id": a_service(world, "停了的", active=False)}):
        code, message = order_message(world, **values)
        with pytest.raises(BadInput):
            receive(code, message, now=NOW)


def test_a_door_is_enough_without_a_telephone(world: World) -> None:
    code, message = order_message(world, phone="", building="3", room="501")

    assert len(receive(code, message, now=NOW)) == 12


def test_a_message_from_a_restricted_door_is_seen_by_named_staff_only(world: World) -> None:
    a_household(world, "502", restricted=True)
    named = another_actor(world, Role.AREA_WORKER, "named", sees_restricted=True)
    code, message = order_message(world, building="1", stairwell="1", room="502")

    receive(code, message, now=NOW)

    with reading(world.worker) as session:
        assert intake_list(session, state=None).rows == ()
    with reading(named) as session:
        assert len(intake_list(session, state=None).rows) == 1


@pytest.mark.parametrize("values", [{"what": ""}, {"where": ""}, {"where": "长" * 101}, {"what": "长" * 501}])
def test_a_report_says_what_and_where(world: World, values: dict[str, str]) -> None:
    with pytest.raises(BadInput):
        sent(world, a_rider(world), **values)


def test_a_place_of_the_list_is_where_enough(world: World) -> None:
    assert sent(world, a_rider(world), where="", place_id=world.place)


def test_a_code_takes_so_many_an_hour(world: World) -> None:
    poster = a_rider(world)
    for number in range(AN_HOUR):
        sent(world, poster, where=f"{number}幢北门口")

    with pytest.raises(Refused, match="intake_too_many"):
        sent(world, poster, where="菜场")
    assert sent(world, poster, now=NOW + timedelta(minutes=61))


def test_what_a_clock_ahead_took_in_closes_no_code(world: World) -> None:
    poster = a_rider(world)
    for number in range(AN_HOUR):
        sent(world, poster, where=f"{number}幢北门口", now=NOW + timedelta(days=400))

    assert sent(world, poster)


def test_a_revoked_or_invented_code_takes_nothing(world: World) -> None:
    poster = a_rider(world)
    code = code_of(poster)
    do(world.secretary, revoke_poster, poster_id=poster, version=1)
    message = Message(kind=PosterKind.REPORT, key="k" * 20, what="x", where="y")

    with pytest.raises(Refused, match="poster_revoked"):
        receive(code, message, now=NOW)
    for unknown in ("", "0" * 13, code[:12], code + "0"):
        with pytest.raises(Refused, match="poster_unknown"):
            receive(unknown, message, now=NOW)


def test_a_photo_that_cannot_be_kept_keeps_the_message_out_and_leaves_nothing(world: World) -> None:
    with pytest.raises(Refused, match="photo_unreadable"):
        sent(world, a_rider(world), photo=b"<svg/>")

    assert list(kept()) == []


# --- what a worker makes of it -----------------------------------------------------------------------------


def test_a_report_becomes_a_need_that_is_handled_at_once_and_its_photo_goes_with_it(world: World) -> None:
    intake = sent(world, a_rider(world), photo=a_picture(), urgent=True)

    made = take(world, intake, **NEED)

    need, message = row(world, Need, made["id"]), row(world, Intake, intake)
    assert (need.stage, need.source, need.asker_name) == (NeedStage.HANDLING, NeedSource.RIDER, None)
    assert (message.state, message.result, message.need_id) == (IntakeState.TAKEN, IntakeResult.NEED, need.id)
    with reading(world.worker) as session:
        photo = session.scalars(select(Photo)).one()
        whole = need_life(session, need.id)
    assert (photo.need_id, photo.intake_id) == (need.id, None)
    assert whole is not None
    assert "LL-QX-07" in whole.lines[0].note


def test_an_order_takes_name_telephone_and_door_over_without_showing_them(world: World) -> None:
    service = a_service(world)
    intake = sent(world, a_poster(world), service_id=service, wanted_on=TODAY + timedelta(days=1), wanted_time="上午")

    made = take(world, intake, result=IntakeResult.ORDER, service_id=service, wanted_time="上午", building="3幢")

    order = row(world, Order, made["id"])
    assert (order.asker_name, order.asker_phone, order.building) == ("沈阿姨", "13812345678", "3幢")
    assert order.channel is OrderChannel.POSTER
    assert order.household_id is not None


def test_another_building_is_another_door(world: World) -> None:
    service = a_service(world)
    intake = sent(world, a_poster(world), service_id=service)

    made = take(world, intake, result=IntakeResult.ORDER, service_id=service, building="5幢")

    order = row(world, Order, made["id"])
    assert (order.building, order.household_id) == ("5幢", None)


def test_a_message_becomes_a_complaint(world: World) -> None:
    made = take(world, sent(world, a_rider(world)), result=IntakeResult.COMPLAINT)

    assert row(world, Complaint, made["id"]).source is NeedSource.RIDER


def test_a_message_is_decided_once_even_by_two_at_the_same_moment(world: World) -> None:
    intake = sent(world, a_rider(world))
    start, said = threading.Barrier(4), list[str]()

    def decide(n: int) -> None:
        start.wait()
        try:
            if n % 2:
                do(world.worker, refuse_intake, intake_id=intake, version=1, reason="重复")
            else:
                take(world, intake, **NEED)
            said.append("done")
        except (Refused, Conflict) as refused:
            said.append(refused.code)

    threads = [threading.Thread(target=decide, args=(n,)) for n in range(4)]
    for whole in threads:
        whole.start()
    for whole in threads:
        whole.join()

    assert sorted(said).count("done") == 1
    assert len(said) == 4
    with reading_as_system("test") as session:
        assert (session.scalar(select(func.count()).select_from(Need)) or 0) <= 1


def test_bad_input_decides_nothing(world: World) -> None:
    intake = sent(world, a_rider(world), photo=a_picture())

    for values in (
        {**NEED, "people": 0},
        {**NEED, "place_id": world.place_there},
        {"result": None},
        {**NEED, "description": ""},
    ):
        with pytest.raises(BadInput):
            take(world, intake, **values)
    with pytest.raises(BadInput) as wrong:
        do(world.worker, refuse_intake, intake_id=intake, version=1, reason=" ")
    assert wrong.value.problem is Problem.EMPTY
    assert row(world, Intake, intake).state is IntakeState.WAITING


@pytest.mark.parametrize("role", list(Role))
def test_only_workers_and_the_secretary_decide(world: World, role: Role) -> None:
    intake = sent(world, a_rider(world))
    if role in GRANTS[Permission.DECIDE_INTAKE].roles:
        assert do(world[role], refuse_intake, intake_id=intake, version=1, reason="重复") == intake
        return
    with pytest.raises(NotPermitted):
        do(world[role], refuse_intake, intake_id=intake, version=1, reason="重复")


def test_another_community_sees_and_decides_nothing(world: World) -> None:
    intake = sent(world, a_rider(world), photo=a_picture())
    other = world.other_secretary
    assert other is not None

    with reading(other) as session:
        assert intake_facts(session, intake) is None
        assert intake_list(session, state=IntakeState.WAITING).rows == ()
    for act in (refuse_intake, unmask_intake):
        with pytest.raises(NotFound):
            do(other, act, intake_id=intake, reason="x", **({"version": 1} if act is refuse_intake else {}))
    with pytest.raises(NotFound):
        do(other, add_photo, intake_id=intake, jpeg=a_picture())


def test_a_look_at_the_sender_needs_a_reason_of_ones_own(world: World) -> None:
    intake = sent(world, a_poster(world), service_id=a_service(world))
    with reading(world.worker) as session:
        assert intake_originals(session, intake, now=NOW) is None
    with pytest.raises(BadInput):
        do(world.worker, unmask_intake, intake_id=intake, reason="")

    do(world.worker, unmask_intake, intake_id=intake, reason="打电话确认时间")

    with as_system("test") as session:
        at = session.scalars(select(AuditEntry.at).where(AuditEntry.operation == "read")).one()
    with reading(world.worker) as session:
        clear = intake_originals(session, intake, now=at)
        late = intake_originals(session, intake, now=at + timedelta(minutes=2))
    with reading(world.secretary) as session:
        of_another = intake_originals(session, intake, now=at)
    assert clear is not None
    assert (clear.name, clear.phone) == ("沈阿姨", "13812345678")
    assert clear.door.endswith("3幢2单元501")
    assert (late, of_another) == (None, None)


# --- what the sender is told, and what goes ------------------------------------------------------------------


def test_the_receipt_tells_what_became_of_it_and_nothing_of_who(world: World) -> None:
    poster, service = a_poster(world), a_service(world)
    intake = sent(world, poster, service_id=service)
    code, receipt = code_of(poster), row(world, Intake, intake).receipt

    waiting = receipt_view(code, receipt)
    made = take(world, intake, result=IntakeResult.ORDER, service_id=service)
    taken = receipt_view(code, receipt)

    assert waiting is not None
    assert waiting.state is IntakeState.WAITING
    assert taken is not None
    assert taken.number == made["number"]
    for secret in ("沈阿姨", "5678", "501"):
        assert secret not in repr((waiting, taken))
    assert receipt_view(code_of(a_rider(world)), receipt) is None
    assert receipt_view(code, "0" * 12) is None


def test_words_of_a_decided_message_go_after_thirty_days_and_the_need_keeps_its_own(world: World) -> None:
    poster = a_rider(world)
    refused, taken, waiting = (sent(world, poster, photo=a_picture(seed=n)) for n in range(3))
    do(world.worker, refuse_intake, intake_id=refused, version=1, reason="重复")
    made = take(world, taken, **NEED)
    with as_system("test") as session:
        early = wipe_due(session, now=NOW + timedelta(days=KEPT_DAYS - 1))
        gone = wipe_due(session, now=NOW + timedelta(days=KEPT_DAYS))
        again = wipe_due(session, now=NOW + timedelta(days=KEPT_DAYS + 1))

    assert (early, gone, again) == (0, 2, 0)
    message = row(world, Intake, refused)
    assert (message.what, message.where_text, message.reason) == ("", None, "重复")
    assert row(world, Intake, waiting).what != ""
    assert row(world, Need, made["id"]).description == "北门井盖翘起"
    assert len(list(kept())) == 2, "the photo of the refused one is gone, those of the need and the waiting one stay"
    with pytest.raises(Refused, match="intake_wiped"):
        do(world.worker, unmask_intake, intake_id=refused, reason="回看")


def test_the_next_message_takes_old_words_away(world: World) -> None:
    poster = a_rider(world)
    refused = sent(world, poster)
    do(world.worker, refuse_intake, intake_id=refused, version=1, reason="重复")

    sent(world, poster, now=NOW + timedelta(days=KEPT_DAYS + 1))

    assert row(world, Intake, refused).wiped_at is not None
    assert row(world, Place, world.place) is not None
    assert row(world, Poster, poster) is not None


def test_the_same_words_sent_again_from_a_fresh_form_are_one_message_until_somebody_took_it(world: World) -> None:
    code, message = order_message(world)
    first = receive(code, message, now=NOW)
    again = receive(code, replace(message, key="n" * 20), now=NOW + timedelta(minutes=5))
    other = receive(code, replace(message, key="o" * 20, phone="13812345679"), now=NOW + timedelta(minutes=6))
    later = receive(code, replace(message, key="p" * 20), now=NOW + timedelta(hours=2))

    assert again == first
    assert len({first, other, later}) == 3
    with reading_as_system("test") as session:
        assert session.scalar(select(func.count()).select_from(Intake)) == 3


def test_a_report_with_a_photo_is_its_own_message(world: World) -> None:
    code = code_of(a_rider(world))
    message = Message(kind=PosterKind.REPORT, key="k" * 20, what="路灯不亮", where="菜场北门")
    plain = receive(code, message, now=NOW)
    seen = receive(code, replace(message, key="n" * 20, photo=a_picture()), now=NOW)

    assert plain != seen
