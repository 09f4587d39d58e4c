"""Marked residents on the plain pages, with codes that open something: slip, card, screen, posters, door, photo.

What is sent to a phone without an account, or with a key of its own, names nobody; the room is at the door alone.
"""

import json
import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import select, update

from components.access import cookie_name
from components.results.diary_words import draft_words
from components.screen.shared import Shared
from db.actions.commitments.verdict_codes import hand_out_code, new_verdict_code
from db.actions.meetings.cards import make_cards, new_codes
from db.actions.offline.phones import new_ticket, open_door_ticket, stop_phone
from db.actions.photos import add_photo
from db.actions.screen.displays import make_display, new_display_code
from db.actions.voting.voting import open_ballot
from db.audit import UNAUDITED
from db.counters import day_of
from db.engine import as_system, reading, utc_now
from db.models import (
    BodyMember,
    Commitment,
    DoorPhone,
    Intake,
    Keeping,
    Meeting,
    Need,
    Poster,
    ProgressCode,
    VerdictCode,
)
from db.queries.results.diary import entries
from db.queries.results.diary_sources import sources, told_of
from db.rules.permissions import GRANTS, Permission
from db.terms import CommitmentState, DiarySource, Role, VoteMethod
from pages.public import display, door, message, sign_in_card
from pages.public.limits import Limit
from pages.public.routes import routes
from tests.builders.doors import a_household
from tests.builders.meetings import in_session
from tests.builders.needs import a_need
from tests.builders.offline import a_phone
from tests.builders.voting import printed_slips
from tests.builders.world import World, do, row
from tests.canary.marks import MARKS, acting, elsewhere, inside, leaks, mark_everybody
from tests.support.demo import Demo
from tests.support.phone import HOST, Answer, Phone
from tests.support.screen_scenes import NAMES, Scenes
from tests.support.signed_in import new_sign_in

pytest_plugins = ("tests.canary.ground",)
MADE_UP = {
    "number:int": "1", "name:screen": "screen", "code": "7K3M9QXA2T", "key": "x", "receipt": "ABCDEFGH", "ticket": "x",
}  # fmt: skip
PLAIN = [route for route in routes if "GET" in (route.methods or ()) and not route.path.startswith("/own/")]
JSON = {"content-type": "application/json", "origin": f"http://{HOST}", "sec-fetch-site": "same-origin"}


@pytest.fixture(autouse=True)
def _nothing_remembered(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No screen shares a moment with another test, and nobody guessed or sent too much before."""
    monkeypatch.setattr(display, "PULSES", Shared(0))
    monkeypatch.setattr(display, "SLIDES", Shared(0))
    monkeypatch.setattr(sign_in_card, "GUESSES", Limit(60))
    for limit in (message.BY_CODE, message.BY_ADDRESS, message.BY_BOTH, message.UNKNOWN):
        limit.forget()
    door.TICKETS.forget()
    yield
    for limit in (message.BY_CODE, message.BY_ADDRESS, message.BY_BOTH, message.UNKNOWN):
        limit.forget()
    door.TICKETS.forget()


def sent(answer: Answer) -> str:
    """All that came over the air: headers, cookies, body."""
    try:
        body = answer.html
    except (UnicodeDecodeError, OSError):
        body = inside("answer", answer.packed)
    return "\n".join([str(answer.headers), *answer.cookies, body])


def phone() -> Phone:
    return Phone(list(routes))


@pytest.fixture
def hall(small_world: World) -> World:
    """A small community whose residents and members carry marks."""
    for room in ("501", "502", "601"):
        a_household(small_world, room)
    for _ in range(4):
        a_need(small_world, asker_name="甄", asker_phone="1")
    mark_everybody()
    with as_system("test") as session:
        for mark, member in zip(MARKS, small_world.members, strict=False):
            session.execute(
                update(BodyMember).where(BodyMember.id == member).values(name=mark.name), execution_options=UNAUDITED
            )
        assert leaks(str(session.execute(select(Need.asker_name, Need.asker_phone)).all()))
    return small_world


# --- every address, without a code that holds ---------------------------------------------------------------


@pytest.mark.parametrize("route", PLAIN, ids=[route.path for route in PLAIN])
def test_no_plain_page_holds_a_mark_for_a_made_up_code(route: Any, marked: Demo) -> None:
    path = route.path
    for name, value in MADE_UP.items():
        path = path.replace("{" + name + "}", value)

    assert leaks(sent(phone().get(path))) == {}, path


# --- the meeting --------------------------------------------------------------------------------------------


def test_no_scene_of_the_screen_holds_a_mark(hall: World) -> None:
    code, stage, screen = new_display_code(), Scenes(hall), phone()
    do(hall.secretary, make_display, name="一楼议事厅", code=code)
    found, shown = {}, set()

    for name, scene in stage.all().items():
        scene()
        answer = screen.get(f"/d/{code}/now")
        assert answer.status == 200, name
        shown.add(json.loads(answer.html)["turn"])
        if seen := leaks(sent(answer)):
            found[name] = seen

    assert found == {}
    assert len(shown) >= len(NAMES) - 2, "the scenes differ, so the walk saw them"
    assert leaks(sent(screen.get(f"/d/{code}"))) == {}


def test_no_mark_stands_on_a_slip_before_while_and_after_it_is_cast(hall: World) -> None:
    meeting, items = in_session(hall)
    (code, *_more), voter = printed_slips(hall, meeting, 14), phone()
    answers = [voter.get("/v"), voter.get(f"/v/{code}")]

    ballot = do(hall.secretary, open_ballot, item_id=items[0], method=VoteMethod.SLIP)
    answers.append(voter.get(f"/v/{code}"))
    answers.append(voter.send(f"/v/{code}", choice="nonsense", ballot=ballot))
    answers.append(voter.send(f"/v/{code}", choice="for", ballot=ballot))

    assert "感应灯" in answers[2].text
    assert answers[3].status == 422
    assert "检查码" in answers[4].text or "已" in answers[4].text
    assert [leaks(sent(answer)) for answer in answers] == [{}] * 5


def test_the_card_at_the_door_shows_a_seat_and_no_mark(hall: World) -> None:
    codes = new_codes(hall.members)
    do(hall.secretary, make_cards, body_id=hall.body, codes=codes)
    meeting, _items = in_session(hall, present=0)
    here, member = f"/s/{row(hall, Meeting, meeting).sign_in_key}", phone()

    answers = [
        member.get(here),
        member.send(here, code="ZZZZ-ZZZZ"),
        member.send(here, code=codes[hall.members[3]], remember="1"),
        member.get(here),
    ]

    assert "4号席" in answers[2].text
    assert [leaks(sent(answer)) for answer in answers] == [{}] * 4


# --- posters ------------------------------------------------------------------------------------------------


def test_no_poster_and_no_receipt_holds_a_mark(marked: Demo) -> None:
    with as_system("test") as session:
        query = select(Poster).where(Poster.community_id == marked.rich, Poster.revoked_at.is_(None))
        posters = [(one.id, one.kind.value[0], one.code) for one in session.scalars(query)]
        receipts = session.execute(
            select(Intake.poster_id, Intake.receipt, Intake.state, Intake.what).where(
                Intake.community_id == marked.rich
            )
        ).all()
    assert all(leaks(one.what) for one in receipts), "what was sent carries a mark"
    seen, states, found = 0, set(), {}

    for number, kind, code in posters:
        where = f"/{kind}/{code}"
        for path in (where, *(f"{where}/r/{one.receipt}" for one in receipts if one.poster_id == number)):
            answer = phone().get(path)
            assert answer.status == 200, path
            seen += 1
            if leak := leaks(sent(answer)):
                found[path] = leak
    states = {one.state for one in receipts if one.poster_id in {number for number, *_ in posters}}

    assert found == {}
    assert {kind for _number, kind, _code in posters} == {"o", "r"}
    assert len(states) == 3
    assert seen > len(posters) + 5


def test_what_was_sent_from_a_poster_is_not_told_to_the_next_one_who_scans_it(marked: Demo) -> None:
    with as_system("test") as session:
        query = select(Poster).where(Poster.community_id == marked.rich, Poster.revoked_at.is_(None))
        poster = next(one for one in session.scalars(query) if one.kind.value == "order")
        code = poster.code
    sender, mark = phone(), MARKS[3]
    form = sender.get(f"/o/{code}")
    key = re.search(r'name="key" value="([\w-]+)"', form.html)
    service = re.search(r'name="service_id"[^>]*value="(\d+)"', form.html)
    assert key
    assert service
    typed: dict[str, Any] = {"room": mark.room, "phone": mark.phone, "name": mark.name, "words": "早饭前"}
    typed["service_id"] = service[1]

    back = sender.send(f"/o/{code}", key=key[1], website="", wanted_on="nonsense", wanted_time="am", **typed)
    others = [phone().get(f"/o/{code}"), sender.get(f"/o/{code}")]

    assert back.status == 422
    assert {"phone", "name"} <= set(leaks(sent(back))), "whoever typed it does not lose it"
    assert [leaks(sent(answer)) for answer in others] == [{}, {}]


# --- the wall and its words --------------------------------------------------------------------------------


def test_the_page_of_a_one_time_word_holds_no_mark_before_and_after_it_is_given(marked: Demo) -> None:
    with as_system("test") as session:
        visit = session.scalars(
            select(Keeping.id)
            .join(Commitment, Commitment.id == Keeping.commitment_id)
            .where(Keeping.community_id == marked.rich, Keeping.struck_at.is_(None), Keeping.late.is_(False))
            .where(Commitment.state == CommitmentState.KEEPING, Keeping.witness_name != "")
            .where(Keeping.id.not_in(select(VerdictCode.keeping_id)))
            .limit(1)
        ).one()
    code, resident, mark = new_verdict_code(), phone(), MARKS[2]
    do(acting(marked.accounts[Role.SECRETARY]), hand_out_code, keeping_id=visit, code=code, now=utc_now())

    form = resident.get(f"/k/{code}")
    back = resident.send(f"/k/{code}", verdict="good", words=f"{mark.name} {mark.phone}")
    thanks = resident.send(f"/k/{code}", verdict="good", words=mark.name)
    answers = [resident.get("/k"), form, thanks, phone().get(f"/k/{code}")]

    assert "这件事做得怎么样" in form.text
    assert back.status == 422
    assert "已经收到" in thanks.text
    assert [leaks(sent(answer)) for answer in answers] == [{}] * 4


# --- what everybody reads of a community ---------------------------------------------------------------------


def test_the_public_page_of_progress_and_what_is_pasted_from_the_diary_hold_no_mark(marked: Demo) -> None:
    with as_system("test") as session:
        code = session.scalars(select(ProgressCode.code).where(ProgressCode.community_id == marked.rich)).one()
    page = phone().get(f"/p/{code}")
    with reading(acting(marked.accounts[Role.SECRETARY])) as session:
        written = [one.id for one in entries(session).rows]
        told = [
            told_of(session, kind, one.id)
            for kind in DiarySource
            for one in sources(session, kind, today=day_of(utc_now()))
        ]

    assert page.status == 200
    assert leaks(sent(page)) == {}
    assert written
    assert any(told)
    assert [leaks(f"{one}{draft_words(one)}") for one in told if one is not None and leaks(str(one))] == []


# --- the door -----------------------------------------------------------------------------------------------


def at_door(account_id: int) -> Phone:
    paired = phone()
    paired.jar["yiqilai_door"] = a_phone(acting(account_id), now=utc_now())
    return paired


def test_a_paired_phone_gets_rooms_and_nothing_else_that_is_anybodys(marked: Demo) -> None:
    paired = at_door(marked.accounts[Role.AREA_WORKER])

    doors = paired.get("/door/doors")

    assert doors.status == 200
    assert set(leaks(sent(doors))) == {"room"}
    for path in ("/door", "/door/sw.js", "/door/manifest.webmanifest", "/door/icon.svg"):
        assert leaks(sent(paired.get(path))) == {}, path


def test_a_phone_of_another_community_gets_none_of_our_rooms(marked: Demo) -> None:
    doors = at_door(elsewhere(marked, Role.AREA_WORKER)).get("/door/doors")

    assert doors.status == 200
    assert json.loads(doors.html)["doors"]
    assert leaks(sent(doors)) == {}


def test_without_a_key_or_with_one_that_was_stopped_nothing_comes(marked: Demo) -> None:
    worker = marked.accounts[Role.AREA_WORKER]
    stopped = at_door(worker)
    with as_system("test") as session:
        number = session.scalars(select(DoorPhone.id).order_by(DoorPhone.id.desc())).first()
    do(acting(worker), stop_phone, phone_id=number, now=utc_now())

    answers = [phone().get("/door/doors"), stopped.get("/door/doors")]

    assert [answer.status for answer in answers] == [401, 410]
    assert [leaks(sent(answer)) for answer in answers] == [{}, {}]


def test_what_a_phone_sends_is_answered_without_repeating_it(marked: Demo) -> None:
    worker, mark = marked.accounts[Role.AREA_WORKER], MARKS[5]
    paired, now = at_door(worker), round(utc_now().timestamp() * 1000)
    told = json.loads(paired.get("/door/doors").html)
    visit = {"place_id": told["places"][0]["id"], "building": "1", "stairwell": "1", "room": mark.room,
             "where_text": "", "outcome": "met", "note": f"{mark.name}{mark.phone}"}  # fmt: skip
    kinds: Any = (("visit", visit), ("visit", visit | {"outcome": mark.name}), (mark.name, {}))
    entries = [
        {"key": f"{n:032}", "kind": kind, "made": now, "values": values} for n, (kind, values) in enumerate(kinds)
    ]
    body = json.dumps({"owner": str(worker), "sent": now, "entries": entries}).encode()

    answer = paired.ask("POST", "/door/entries", body, JSON)

    assert answer.status == 200
    assert len(json.loads(answer.html)["answers"]) == 3
    assert leaks(sent(answer)) == {}


def test_the_page_that_pairs_names_the_worker_and_no_resident(marked: Demo) -> None:
    worker = acting(marked.accounts[Role.AREA_WORKER])
    ticket = new_ticket()
    do(worker, open_door_ticket, ticket=ticket, now=utc_now())

    asks = phone().get(f"/door/pair/{ticket}")

    assert worker.name in asks.text
    assert leaks(sent(asks)) == {}


# --- photos -------------------------------------------------------------------------------------------------


@pytest.fixture
def pictured(marked: Demo) -> int:
    """A photo of a need, which came with a mark in its remarks."""
    exif = Image.Exif()
    exif[0x010E], exif[0x9286] = MARKS[9].phone, MARKS[9].name.encode()
    out = BytesIO()
    Image.new("RGB", (300, 200), "teal").save(out, "JPEG", exif=exif, comment=MARKS[9].name.encode())
    assert {"name", "phone"} <= set(leaks(inside("photo.jpg", out.getvalue())))
    number: int = do(
        acting(marked.accounts[Role.AREA_WORKER]), add_photo, jpeg=out.getvalue(), need_id=marked.object_of["need"]
    )
    return number


@pytest.mark.parametrize("role", list(Role))
def test_a_photo_is_a_picture_without_remarks_for_whoever_may_see_it(marked: Demo, pictured: int, role: Role) -> None:
    viewer = phone()
    viewer.jar[cookie_name()] = new_sign_in(marked.accounts[role])

    answers = [viewer.ask("GET", f"/photo/{pictured}"), viewer.ask("GET", f"/photo/{pictured}?w=320")]

    may = role in GRANTS[Permission.SEE_PHOTO].roles
    assert [answer.status for answer in answers] == [200 if may else 403] * 2
    assert [leaks(sent(answer)) for answer in answers] == [{}, {}]


def test_without_a_cookie_or_from_elsewhere_there_is_no_photo(marked: Demo, pictured: int) -> None:
    stranger, other = phone(), phone()
    other.jar[cookie_name()] = new_sign_in(elsewhere(marked, Role.SECRETARY))

    answers = [stranger.ask("GET", f"/photo/{pictured}"), other.ask("GET", f"/photo/{pictured}")]

    assert [(answer.status, answer.packed) for answer in answers] == [(401, b""), (404, b"")]


# --- what is planted is found -------------------------------------------------------------------------------


def test_a_leak_planted_in_a_receipt_is_caught(marked: Demo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("db.queries.offline.phones.masked_door", lambda *_, **__: MARKS[0].name, raising=False)
    paired = at_door(marked.accounts[Role.AREA_WORKER])
    monkeypatch.setattr(door, "_door", lambda found: {"r": found.room, "n": MARKS[1].phone})

    assert {"room", "phone"} <= set(leaks(sent(paired.get("/door/doors"))))
