"""The door page over HTTP: small, strict, without anybody's data; its data only for a phone whose key holds."""

import gzip
import json
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from db.actions.offline import phones as door_phones
from db.actions.offline.entries import take_entry
from db.actions.offline.phones import new_ticket, open_door_ticket, stop_phone, unpair
from db.engine import as_system, reading_as_system, utc_now
from db.models import Account, DoorEntry, DoorPhone, DoorTicket, Need, Person, Visit
from db.queries.accounts.accounts import signed_in_by
from db.queries.offline.phones import phone_by
from db.rules.permissions import Actor
from db.settings import settings
from db.terms import Role
from pages.public import door
from tests.builders.doors import a_household
from tests.builders.offline import a_phone, a_wish
from tests.builders.world import TODAY, World, another_actor, do
from tests.support.phone import HOST, Answer, Phone

MOST = 60_000
JSON = {"content-type": "application/json", "origin": f"http://{HOST}", "sec-fetch-site": "same-origin"}


@pytest.fixture(autouse=True)
def nobody_guessed_before() -> Iterator[None]:
    door.TICKETS.forget()
    yield
    door.TICKETS.forget()


def paired(actor: Actor, **more: Any) -> Phone:
    phone = Phone(door.routes, **more)
    phone.jar["yiqilai_door"] = a_phone(actor, now=utc_now())
    return phone


def post(phone: Phone, path: str, body: Any, **headers: str) -> Answer:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return phone.ask("POST", path, raw, JSON | {name.replace("_", "-"): value for name, value in headers.items()})


def bundle(actor: Actor, *entries: dict[str, Any]) -> dict[str, Any]:
    now = round(utc_now().timestamp() * 1000)
    given = [{"key": f"{n:032}", "kind": "visit", "made": now, **entry} for n, entry in enumerate(entries)]
    return {"owner": str(actor.id), "sent": now, "entries": given}


def count(model: Any) -> int:
    with reading_as_system("test") as session:
        return session.scalar(select(func.count()).select_from(model)) or 0


# --- the page -----------------------------------------------------------------------------------------


def test_the_page_and_all_its_files_are_under_sixty_kilobytes_packed_and_unpacked(small_world: World) -> None:
    phone = Phone(door.routes)
    page = phone.get("/door")
    kept = json.loads(re.search(r"FILES = (\[.*?\])", phone.get("/door/sw.js").html)[1])  # type: ignore[index]

    answers = [phone.get("/door/sw.js"), *(phone.get(path) for path in kept)]

    assert page.status == 200
    assert {answer.status for answer in answers} == {200}
    assert sum(answer.raw for answer in answers) < MOST
    assert sum(answer.wire for answer in answers) < MOST / 2


def test_the_page_names_no_foreign_host_and_runs_no_inline_script(small_world: World) -> None:
    phone = Phone(door.routes)

    page = phone.get("/door")

    assert "script-src 'self'" in page.headers["content-security-policy"]
    assert "unsafe" not in page.headers["content-security-policy"]
    inline = re.findall(r"<script(?![^>]*src=)([^>]*)>", page.html)
    assert inline == [' type="application/json" id="words"']
    assert not re.search(r"<style|\son\w+=|https?://", page.html)


def test_every_word_of_the_script_stands_in_the_page(small_world: World) -> None:
    asked = set(re.findall(r'\bt\("(\w+)"', door.PAGE.script()))
    words = json.loads(re.search(r'id="words">(.*?)</script>', Phone(door.routes).get("/door").html, re.S)[1])  # type: ignore[index]

    assert asked <= set(words)
    assert all(words.values())


def test_an_english_reader_gets_english(small_world: World) -> None:
    page = Phone(door.routes, language="en-GB").get("/door")

    assert 'lang="en"' in page.html
    assert not re.search(r"[\u4e00-\u9fff]", page.html)


def test_the_service_worker_may_keep_the_page_and_is_asked_for_anew(small_world: World) -> None:
    worker = Phone(door.routes).get("/door/sw.js")

    assert worker.headers["service-worker-allowed"] == "/door"
    assert worker.headers["cache-control"] == "no-cache"
    assert "/door/doors" not in worker.html
    assert "__" not in re.sub(r"[a-z]__|__[a-z]", "", worker.html)


# --- pairing ------------------------------------------------------------------------------------------


def test_a_look_at_the_link_uses_nothing_up_and_the_button_pairs(small_world: World) -> None:
    ticket = new_ticket()
    do(small_world.worker, open_door_ticket, ticket=ticket, now=utc_now())
    phone = Phone(door.routes)

    for _ in range(3):
        assert small_world.worker.name in phone.get(f"/door/pair/{ticket}").text
    answer = phone.post(f"/door/pair/{ticket}", name="我的手机")

    assert (answer.status, answer.headers["location"]) == (303, "/door")
    (cookie,) = answer.cookies
    assert all(part in cookie for part in ("HttpOnly", "SameSite=strict", "Path=/door", "Max-Age=2592000"))
    assert "Secure" not in cookie
    assert phone.get("/door/doors").status == 200


def test_under_https_the_cookie_is_secure(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YIQILAI_PUBLIC_ADDRESS", f"https://{HOST}")
    settings.cache_clear()
    ticket = new_ticket()
    do(small_world.worker, open_door_ticket, ticket=ticket, now=utc_now())

    (cookie,) = Phone(door.routes).post(f"/door/pair/{ticket}", name="我的手机").cookies

    assert "Secure" in cookie


def test_a_ticket_works_once_for_five_minutes_and_only_the_newest(small_world: World) -> None:
    old, used, late = new_ticket(), new_ticket(), new_ticket()
    do(small_world.worker, open_door_ticket, ticket=old, now=utc_now())
    do(small_world.worker, open_door_ticket, ticket=used, now=utc_now())
    assert Phone(door.routes).post(f"/door/pair/{used}", name="一").status == 303
    do(small_world.worker, open_door_ticket, ticket=late, now=utc_now() - timedelta(minutes=5, seconds=1))

    answers = [Phone(door.routes).post(f"/door/pair/{ticket}", name="二") for ticket in (old, used, late, "x" * 24)]

    assert [(answer.status, answer.cookies) for answer in answers] == [(404, [])] * 4
    assert count(DoorPhone) == 1


def test_a_phone_without_a_name_is_asked_again_and_the_ticket_still_holds(small_world: World) -> None:
    ticket = new_ticket()
    do(small_world.worker, open_door_ticket, ticket=ticket, now=utc_now())
    phone = Phone(door.routes)

    empty, long = phone.post(f"/door/pair/{ticket}", name="  "), phone.post(f"/door/pair/{ticket}", name="长" * 61)

    assert (empty.status, long.status) == (422, 422)
    assert 'role="alert"' in empty.html
    assert phone.post(f"/door/pair/{ticket}", name="我的手机").status == 303


def test_another_sites_form_pairs_nothing(small_world: World) -> None:
    ticket = new_ticket()
    do(small_world.worker, open_door_ticket, ticket=ticket, now=utc_now())
    phone = Phone(door.routes)
    phone.more = {"sec-fetch-site": "cross-site", "origin": "https://evil.example"}

    assert phone.post(f"/door/pair/{ticket}", name="我的手机").status == 400
    assert (count(DoorPhone), count(DoorTicket)) == (0, 1)


def test_after_thirty_wrong_tickets_even_the_right_one_waits(small_world: World) -> None:
    ticket = new_ticket()
    do(small_world.worker, open_door_ticket, ticket=ticket, now=utc_now())
    phone = Phone(door.routes)

    for n in range(30):
        assert phone.get(f"/door/pair/{n:024}").status == 404

    assert phone.get(f"/door/pair/{ticket}").status == 429
    assert phone.post(f"/door/pair/{ticket}", name="我的手机").status == 429


def test_wrong_tickets_of_one_phone_behind_a_proxy_hold_up_no_other_phone(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("YIQILAI_TRUSTED_PROXIES", "10.0.0.5")
    settings.cache_clear()
    ticket = new_ticket()
    do(small_world.worker, open_door_ticket, ticket=ticket, now=utc_now())
    guessing = Phone(door.routes, x_forwarded_for="203.0.113.9")
    for n in range(31):
        guessing.get(f"/door/pair/{n:024}")

    assert guessing.get(f"/door/pair/{ticket}").status == 429
    assert Phone(door.routes, x_forwarded_for="203.0.113.10").get(f"/door/pair/{ticket}").status == 200


def test_a_sixth_phone_is_refused_with_the_reason(small_world: World) -> None:
    ticket = new_ticket()
    do(small_world.worker, open_door_ticket, ticket=ticket, now=utc_now())
    with as_system("test") as session:
        for n in range(door_phones.MOST_PHONES):
            now = utc_now()
            session.add(
                DoorPhone(
                    community_id=small_world.here, account_id=small_world.worker.id, name=f"{n}", token_hash=f"{n}",
                    paired_at=now, last_seen_at=now, expires_at=now + timedelta(days=1),
                )
            )  # fmt: skip

    answer = Phone(door.routes).post(f"/door/pair/{ticket}", name="六")

    assert answer.status == 422
    assert "最多同时配对 5 部" in answer.text


# --- what goes to the phone ---------------------------------------------------------------------------


def test_a_phone_gets_doors_and_words_but_no_name_and_no_number(small_world: World) -> None:
    door_id = a_household(small_world, "101", due_on=TODAY, door_note="敲门要重")
    with as_system("test") as session:
        session.add(
            Person(community_id=small_world.here, household_id=door_id, name="张某某", phone="13800001111",
                   phone_index="x", relation="户主")
        )  # fmt: skip
    a_household(small_world, "202", due_on=TODAY, restricted=True, alias="晨星1号")
    a_household(small_world, "301", due_on=TODAY, community_id=small_world.there)

    answer = paired(small_world.worker).get("/door/doors")

    told = json.loads(answer.html)
    assert [(one["id"], one["r"], one["n"]) for one in told["doors"]] == [(door_id, "101", "敲门要重")]
    assert answer.headers["cache-control"] == "no-store"
    assert not re.search("张某某|13800001111|晨星|户主", answer.html)
    assert [len(told[name]) for name in ("categories", "outcomes", "kinds")] == [6, 3, 3]


def test_named_staff_get_the_alias_of_a_restricted_door_and_nothing_that_leads_there(small_world: World) -> None:
    named = another_actor(small_world, Role.AREA_WORKER, "named", sees_restricted=True)
    door_id = a_household(small_world, "202", due_on=TODAY, restricted=True, alias="晨星1号", door_note="二楼左手")

    (one,) = json.loads(paired(named).get("/door/doors").html)["doors"]

    assert (one["id"], one["alias"], one["b"], one["s"], one["r"], one["n"], one["p"]) == (
        door_id, "晨星1号", "", "", "", "", 0,
    )  # fmt: skip


def test_a_key_that_ended_is_told_so_and_gets_nothing(small_world: World) -> None:
    a_household(small_world)
    phones = {name: paired(small_world.worker) for name in ("stopped", "expired", "left")}
    ids = {name: phone_by(phone.jar["yiqilai_door"], now=utc_now()).id for name, phone in phones.items()}  # type: ignore[union-attr]
    do(small_world.secretary, stop_phone, phone_id=ids["stopped"], now=utc_now())
    unpair(ids["left"], now=utc_now())
    with as_system("test") as session:
        session.get(DoorPhone, ids["expired"]).expires_at = utc_now()  # type: ignore[union-attr]

    answers = {name: phone.get("/door/doors") for name, phone in phones.items()}
    answers["nobody"] = Phone(door.routes).get("/door/doors")

    assert {name: answer.status for name, answer in answers.items()} == {
        "stopped": 410, "expired": 410, "left": 410, "nobody": 401,
    }  # fmt: skip
    assert {answer.html for answer in answers.values()} == {'{"ended":true}'}


@pytest.mark.parametrize("change", ["disabled", "moved", "promoted"])
def test_an_account_that_changed_ends_its_phones_at_once(small_world: World, change: str) -> None:
    phone = paired(small_world.worker)
    with as_system("test") as session:
        account = session.get(Account, small_world.worker.id)
        assert account is not None
        if change == "disabled":
            account.disabled_at = utc_now()
        elif change == "moved":
            account.community_id = small_world.there
        else:
            account.role, account.community_id = Role.SUBDISTRICT_ADMIN, None

    assert phone.get("/door/doors").status == 410
    assert post(phone, "/door/entries", bundle(small_world.worker, {})).status == 410


# --- what comes from it -------------------------------------------------------------------------------


def test_entries_are_answered_one_by_one_in_words(small_world: World) -> None:
    door_id = a_household(small_world)
    phone = paired(small_world.worker)
    seen, wish = {"household_id": door_id, "outcome": "met"}, a_wish(small_world)
    body = bundle(
        small_world.worker,
        {"values": seen},
        {"kind": "need", "values": wish, "after": f"{0:032}"},
        {"kind": "need", "values": wish | {"people": 0}},
        {"kind": "dance", "values": {}},
    )

    answers = [json.loads(post(phone, "/door/entries", body).html)["answers"] for _ in range(2)]

    assert [one["state"] for one in answers[0]] == ["stored", "stored", "refused", "refused"]
    assert answers[0][1]["number"].startswith("LL-")
    assert answers[0][2]["said"]
    assert "visit_id" not in answers[0][0]
    assert answers[0] == answers[1]
    assert (count(Visit), count(Need), count(DoorEntry)) == (1, 1, 3)


def test_the_words_of_an_answer_are_the_readers(small_world: World) -> None:
    phone = paired(small_world.worker, language="en-GB")

    answer = post(phone, "/door/entries", bundle(small_world.worker, {"values": {"outcome": "x"}}))

    assert not re.search(r"[\u4e00-\u9fff]", json.loads(answer.html)["answers"][0]["said"])


def test_what_another_account_wrote_is_not_stored_in_this_ones_name(small_world: World) -> None:
    phone = paired(small_world.worker)

    answer = post(phone, "/door/entries", bundle(small_world.secretary, {"values": {}}))

    assert (answer.status, answer.html) == (409, '{"other":true}')
    assert count(DoorEntry) == 0


@pytest.mark.parametrize(
    "headers",
    [
        {"content_type": "text/plain"},
        {"content_type": "application/x-www-form-urlencoded"},
        {"sec_fetch_site": "cross-site"},
        {"sec_fetch_site": "none"},
        {"origin": "https://evil.example"},
        {"origin": "null"},
    ],
)
@pytest.mark.parametrize("path", ["/door/entries", "/door/leave"])
def test_another_sites_script_or_form_sends_nothing(small_world: World, headers: dict[str, str], path: str) -> None:
    phone = paired(small_world.worker)

    answer = post(phone, path, bundle(small_world.worker, {"values": {}}), **headers)

    assert answer.status in (400, 403)
    assert count(DoorEntry) == 0
    assert phone.get("/door/doors").status == 200


@pytest.mark.parametrize(
    "body",
    [
        b"", b"[]", b"{", b"\xff", b"[" * 5000, b'{"entries":[]}', b'{"entries":{}}', b'{"entries":[1]}',
        b'{"entries":[{"key":7}]}', b'{"entries":[' + b",".join([b'{"key":"k"}'] * 9) + b"]}",
        b'{"entries":[{"key":"' + b"k" * 9000 + b'"}]}',
    ],
)  # fmt: skip
def test_a_body_that_is_no_bundle_of_entries_is_told_so(small_world: World, body: bytes) -> None:
    phone = paired(small_world.worker)

    assert post(phone, "/door/entries", body).status == 400


def test_an_entry_that_breaks_the_server_does_not_hold_back_the_answers_before_it(
    small_world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    door_id = a_household(small_world)
    phone = paired(small_world.worker)
    real = take_entry

    def broken(session: Any, *, key: str, now: Any, **values: Any) -> Any:
        if key == f"{1:032}":
            raise ZeroDivisionError("秘密的话")
        return real(session, key=key, now=now, **values)

    monkeypatch.setattr(door, "take_entry", broken)
    seen = {"household_id": door_id, "outcome": "met"}
    body = bundle(small_world.worker, {"values": seen}, {"values": seen}, {"values": seen})

    answer = post(phone, "/door/entries", body)

    told = json.loads(answer.html)
    assert [one["state"] for one in told["answers"]] == ["stored"]
    assert told["mishap"]["key"] == f"{1:032}"
    assert "秘密的话" not in caplog.text + answer.html


def test_leaving_ends_the_key_and_takes_the_cookie_away(small_world: World) -> None:
    phone = paired(small_world.worker)
    key = phone.jar["yiqilai_door"]

    assert post(phone, "/door/leave", {}).status == 200

    assert phone.jar == {}
    phone.jar["yiqilai_door"] = key
    assert phone.get("/door/doors").status == 410


def test_the_key_of_a_phone_opens_nothing_but_its_own_page(small_world: World) -> None:
    """The cookie is sent below /door alone, and no sign-in of the app knows it."""
    assert signed_in_by(paired(small_world.worker).jar["yiqilai_door"], now=utc_now()) is None


def test_a_list_of_sixty_doors_goes_over_a_thin_line(small_world: World) -> None:
    for n in range(70):
        a_household(small_world, f"{1 + n // 4}0{1 + n % 4}", due_on=TODAY, door_note="晚七点后在家，敲门要重")

    answer = paired(small_world.worker).get("/door/doors")

    assert len(json.loads(answer.html)["doors"]) == 60
    assert answer.wire < 6_000
    assert len(gzip.compress(door.PAGE.script().encode())) < 16_000
