"""The plain pages of posters and personal codes: any phone, no script, no cookie, nothing of anybody in an answer."""

import logging
import re
import secrets
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import func, select

from db.actions.intake.intake import refuse_intake
from db.actions.intake.posters import revoke_poster
from db.engine import reading_as_system
from db.models import Intake, Photo, RequestKey
from db.photos import kept
from pages.public import message, order_poster, quick_report
from pages.public.limits import Limit, address_of
from pages.public.multipart import MOST_BODY, parts_of
from tests.builders.intake import (
    BOUNDARY,
    HOSTILE,
    SCRIPT,
    a_picture,
    a_poster,
    a_rider,
    a_service,
    code_of,
    key_in,
    report,
    with_place,
)
from tests.builders.world import NOW, TODAY, World, do, row
from tests.support.phone import Answer, Phone

ROUTES = [*order_poster.routes, *quick_report.routes]
NASTY = '<script>alert(1)</script>"><img src=x onerror=alert(1)>{{ 7*7 }}'


@pytest.fixture(autouse=True)
def _unlimited(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(order_poster, "utc_now", lambda: NOW)
    monkeypatch.setattr(message, "utc_now", lambda: NOW)
    for limit in (message.BY_CODE, message.BY_ADDRESS, message.BY_BOTH, message.UNKNOWN):
        limit.forget()
    yield
    for limit in (message.BY_CODE, message.BY_ADDRESS, message.BY_BOTH, message.UNKNOWN):
        limit.forget()


@pytest.fixture
def phone() -> Phone:
    return Phone(ROUTES)


def stored() -> list[Intake]:
    with reading_as_system("test") as session:
        return list(session.scalars(select(Intake).order_by(Intake.id)))


def order(world: World, on: Phone, /, code: str, service: int, **more: Any) -> Answer:
    fields = {
        "key": secrets.token_urlsafe(18), "service_id": service, "wanted_on": TODAY.isoformat(), "wanted_time": "am",
        "place_id": world.place, "building": "3", "stairwell": "2", "room": "501", "phone": "13812345678",
        "name": "沈阿姨", "words": "早饭前", "website": "",
    }  # fmt: skip
    return on.send(f"/o/{code}", list((fields | more).items()))


# --- orders ------------------------------------------------------------------------------------------------


def test_an_order_is_sent_and_its_receipt_says_what_became_of_it(world: World, phone: Phone) -> None:
    service, poster = a_service(world), a_poster(world)
    code = code_of(poster)

    form = phone.get(f"/o/{code}")
    receipt = order(world, phone, code, service, key=key_in(form))

    assert form.status == 200
    assert "测血压" in form.text
    assert receipt.status == 200
    assert "已收到" in receipt.text
    message_ = stored()[0]
    assert (message_.asker_phone, message_.wanted_on, message_.wanted_time) == ("13812345678", TODAY, "上午")
    do(world.worker, refuse_intake, intake_id=message_.id, version=1, reason="该服务已约满，请打 13912345678")
    after = phone.get(f"/o/{code}/r/{message_.receipt}")
    assert "没有受理" in after.text
    assert "139****5678" in after.text
    for secret in ("沈阿姨", "13812345678", "501", "早饭前"):
        assert secret not in receipt.html + after.html


def test_a_double_tap_is_one_message_and_one_receipt(world: World, phone: Phone) -> None:
    service, code = a_service(world), code_of(a_poster(world))
    key = key_in(phone.get(f"/o/{code}"))

    first, second = (order(world, phone, code, service, key=key) for _ in range(2))

    assert first.html == second.html
    assert len(stored()) == 1


@pytest.mark.parametrize(
    ("field", "values", "said"),
    [
        ("phone", {"phone": "", "room": ""}, "请留一个电话"),
        ("phone", {"phone": "叫我"}, "填得不对"),
        ("service_id", {"service_id": ""}, "请填写这一项"),
        ("service_id", {"service_id": "9" * 30}, "请从列表中选择"),
        ("place_id", {"place_id": ""}, "请填写这一项"),
        ("place_id", {"place_id": "-1"}, "请从列表中选择"),
        ("wanted_on", {"wanted_on": "2020-01-01"}, "日期不对"),
        ("wanted_on", {"wanted_on": "morgen"}, "日期不对"),
        ("name", {"name": "长" * 31}, "太长了"),
        ("building", {"building": "长" * 21}, "太长了"),
        ("what", {"words": "长" * 501}, "太长了"),
    ],
)
def test_what_is_wrong_stands_at_its_field_and_nothing_typed_is_lost(
    world: World, phone: Phone, field: str, values: dict[str, str], said: str
) -> None:
    answer = order(world, phone, code_of(a_poster(world)), a_service(world), **values)

    assert answer.status == 422
    assert f'id="e-{field}"' in answer.html
    assert said in answer.text
    kept_words = {"name": "沈阿姨", "words": "早饭前", "building": "3"} | values
    for name in ("name", "words", "building"):
        assert kept_words[name] in answer.html
    assert stored() == []


@pytest.mark.parametrize("field", ["name", "words", "building", "stairwell", "room", "phone", "key"])
def test_what_is_typed_into_an_order_is_never_markup(world: World, phone: Phone, field: str) -> None:
    answer = order(world, phone, code_of(a_poster(world)), a_service(world), **{field: NASTY, "wanted_on": "x"})

    assert answer.status in (400, 422)
    assert "<script" not in answer.html
    assert "<img" not in answer.html
    assert "49" not in re.findall(r'value="([^"]*)"', answer.html)


# --- quick reports -----------------------------------------------------------------------------------------


def test_a_report_with_a_photo_is_kept_without_the_place_in_its_file(world: World, phone: Phone) -> None:
    code = code_of(a_rider(world))

    form, receipt = phone.get(f"/r/{code}"), report(phone, code, with_place(6), urgent="1")

    assert "LL-QX-07" in form.text
    assert "夏测试" not in form.html
    assert "已收到" in receipt.text
    message_ = stored()[0]
    assert message_.what == "路面坑洼、井盖松动：井盖翘起"
    assert message_.urgent
    with reading_as_system("test") as session:
        photo = session.scalars(select(Photo)).one()
    assert (photo.intake_id, photo.added_by, photo.width, photo.height) == (message_.id, None, 200, 400)


def test_a_report_without_a_photo_is_as_good(world: World, phone: Phone) -> None:
    assert "已收到" in report(phone, code_of(a_rider(world))).text
    assert list(kept()) == []


@pytest.mark.parametrize("name", [name for name in HOSTILE if name not in ("nothing", "more than 8 MB")])
def test_a_bad_picture_keeps_the_words_on_the_phone(small_world: World, phone: Phone, name: str) -> None:
    answer = report(phone, code_of(a_rider(small_world)), HOSTILE[name])

    assert answer.status == 422
    assert "照片" in answer.text
    assert "菜场北门" in answer.html
    assert 'value="road" checked' in answer.html
    assert stored() == []
    assert list(kept()) == []


def test_a_picture_that_is_a_page_too_is_kept_as_a_picture_only(small_world: World, phone: Phone) -> None:
    report(phone, code_of(a_rider(small_world)), a_picture() + SCRIPT)

    with reading_as_system("test") as session:
        assert session.scalar(select(func.count()).select_from(Photo)) == 1


def test_more_than_a_photo_may_have_is_not_read_to_its_end(small_world: World, phone: Phone) -> None:
    code = code_of(a_rider(small_world))

    told = phone.ask(
        "POST", f"/r/{code}", b"x",
        {"content-type": f"multipart/form-data; boundary={BOUNDARY}", "content-length": "900000000"},
    )  # fmt: skip
    sent = report(phone, code, b"\xff\xd8\xff" + b"\0" * MOST_BODY)

    assert (told.status, sent.status) == (413, 413)
    assert stored() == []


@pytest.mark.parametrize("values", [{"kind": ""}, {"kind": "volcano"}, {"where": ""}, {"where": "长" * 101}])
def test_a_report_says_what_and_where(small_world: World, phone: Phone, values: dict[str, Any]) -> None:
    answer = report(phone, code_of(a_rider(small_world)), **values)

    assert answer.status == 422
    assert "井盖翘起" in answer.html


@pytest.mark.parametrize("field", ["words", "where", "kind", "place_id", "urgent", "key"])
def test_what_is_typed_into_a_report_is_never_markup(small_world: World, phone: Phone, field: str) -> None:
    typed: dict[str, Any] = {field: NASTY}
    answer = report(phone, code_of(a_rider(small_world)), a_picture()[:500], **typed)

    assert answer.status in (400, 422)
    assert "<script" not in answer.html
    assert "<img" not in answer.html


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"--x",
        b"--x\r\n\r\n--x--",
        b"--x\r\nContent-Disposition: form-data\r\n\r\nv\r\n--x--",
        b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n' + b"v" * 5000 + b"\r\n--x--",
        b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nv\r\n' * 60 + b"--x--",
        b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nv\r\n',
    ],
)
def test_a_broken_body_is_no_form(body: bytes) -> None:
    assert parts_of(body, b"x") is None


def test_a_body_is_read_as_browsers_write_it() -> None:
    body = (
        b'--x\r\nContent-Disposition: form-data; name="words"\r\n\r\n\xe4\xba\x95\r\n\r\nx\r\n'
        b'--x\r\nContent-Disposition: form-data; name="photo"; filename=""\r\n'
        b"Content-Type: application/octet-stream\r\n\r\n\r\n"
        b"--x--\r\n"
    )

    assert parts_of(body, b"x") == ({"words": ["井\r\n\r\nx"]}, {"photo": b""})


# --- codes, limits, other sites ------------------------------------------------------------------------------


def test_a_revoked_code_says_what_to_do(world: World, phone: Phone) -> None:
    service, posters = a_service(world), (a_poster(world), a_rider(world))
    codes = [code_of(poster) for poster in posters]
    for poster in posters:
        do(world.secretary, revoke_poster, poster_id=poster, version=1)

    answers = [phone.get(f"/o/{codes[0]}"), phone.get(f"/r/{codes[1]}")]
    answers += [order(world, phone, codes[0], service), report(phone, codes[1], a_picture())]

    assert [answer.status for answer in answers] == [410] * 4
    assert all("服务窗口" in answer.text for answer in answers)
    assert stored() == []


@pytest.mark.parametrize(
    "path", ["/o/0000000000000", "/r/0000000000000", "/o/x", "/r/" + "Z" * 300, "/o/%00", "/o/1/r/2"]
)
def test_a_code_that_there_is_not_is_told(small_world: World, phone: Phone, path: str) -> None:
    assert phone.get(path).status == 404


def test_a_code_of_a_poster_opens_no_report_and_its_receipts_need_it(small_world: World, phone: Phone) -> None:
    rider, poster = code_of(a_rider(small_world)), code_of(a_poster(small_world))
    report(phone, rider)
    receipt = stored()[0].receipt

    assert phone.get(f"/o/{rider}").status == 404
    assert phone.get(f"/r/{poster}/r/{receipt}").status == 404
    assert phone.get(f"/r/{rider.lower()}/r/{receipt.lower()}").status == 200


def test_too_many_from_one_phone_wait_and_another_phone_does_not(
    small_world: World, phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(message, "BY_ADDRESS", Limit(3))
    code = code_of(a_rider(small_world))

    statuses = [report(phone, code, where=f"{number}幢").status for number in range(5)]
    monkeypatch.setenv("YIQILAI_TRUSTED_PROXIES", "10.0.0.5")
    from db.settings import settings

    settings.cache_clear()
    other = report(Phone(ROUTES, x_forwarded_for="203.0.113.9, 10.0.0.5"), code, where="桥头")
    forged = report(Phone(ROUTES, x_forwarded_for="198.51.100.7, 203.0.113.9"), code)

    assert statuses == [200, 200, 200, 429, 429]
    assert (other.status, forged.status) == (200, 200)
    assert len(stored()) == 5


def test_too_many_by_one_code_wait(small_world: World, phone: Phone, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(message, "BY_CODE", Limit(2))
    rider = code_of(a_rider(small_world))

    statuses = [report(phone, rider).status for _ in range(3)]
    other = report(phone, code_of(a_rider(small_world, number="LL-QX-08")))

    assert statuses == [200, 200, 429]
    assert other.status == 200


def test_trying_codes_ends_in_waiting(small_world: World, phone: Phone, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(message, "UNKNOWN", Limit(3))

    assert [phone.get(f"/o/{n:013d}").status for n in range(5)] == [404, 404, 404, 429, 429]


def test_limits_forget_what_is_old_and_count_by_name() -> None:
    limit = Limit(1, seconds=0.0)

    assert limit.take("a")
    assert limit.take("a")
    small = Limit(1, names=2)
    assert [small.take(name) for name in ("a", "a", "b", "c", "a")] == [True, False, True, True, True]


def test_an_address_is_counted_by_a_keyed_hash(phone: Phone) -> None:
    class Asking:
        class client:
            host = "203.0.113.9"

        headers: dict[str, str] = {}  # noqa: RUF012

    assert re.fullmatch(r"[0-9a-f]{32}", address_of(Asking()))  # type: ignore[arg-type]


def test_a_program_that_fills_every_field_stores_nothing(small_world: World, phone: Phone) -> None:
    answer = report(phone, code_of(a_rider(small_world)), website="http://spam.example")

    assert answer.status == 400
    assert stored() == []


@pytest.mark.parametrize("headers", [{"origin": "http://elsewhere.example"}, {"sec-fetch-site": "cross-site"}])
def test_a_form_of_another_site_is_not_taken(small_world: World, phone: Phone, headers: dict[str, str]) -> None:
    phone.more = headers

    assert report(phone, code_of(a_rider(small_world))).status == 400
    assert order(small_world, phone, code_of(a_poster(small_world)), a_service(small_world)).status == 400
    assert stored() == []


@pytest.mark.parametrize("key", ["", "short", "x" * 65, "ä" * 20, "a b" * 8])
def test_a_form_without_its_key_is_not_taken(small_world: World, phone: Phone, key: str) -> None:
    assert report(phone, code_of(a_rider(small_world)), key=key).status == 400


# --- what every answer is made of ------------------------------------------------------------------------------


def every_answer(world: World, phone: Phone) -> list[Answer]:
    service, rider, poster = a_service(world), code_of(a_rider(world)), code_of(a_poster(world))
    return [
        phone.get(f"/o/{poster}"), phone.get(f"/r/{rider}"), order(world, phone, poster, service),
        order(world, phone, poster, service, phone="x"), report(phone, rider, a_picture()),
        report(phone, rider, kind=""), phone.get("/o/none"), report(phone, rider, website="x"),
    ]  # fmt: skip


def test_no_page_has_a_script_a_picture_a_cookie_or_a_foreign_host_and_none_is_large(
    small_world: World, phone: Phone
) -> None:
    for answer in every_answer(small_world, phone):
        assert not re.search(r"<script|<img|@font-face|<iframe|url\(|https?:|onclick", answer.html)
        assert answer.cookies == []
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert answer.wire < 6_000
    with reading_as_system("test") as session:
        assert session.scalar(select(func.count()).select_from(RequestKey).where(RequestKey.actor_id.is_(None))) == 0


def test_an_english_phone_reads_english(small_world: World) -> None:
    phone = Phone(ROUTES, language="en")
    theirs = (
        "柳林社区",
        "柳林小区1幢宣传栏",
        "柳林小区",
        "测血压",
        "沈阿姨",
        "早饭前",
        "井盖翘起",
        "菜场北门",
        "议起来",
    )

    for answer in every_answer(small_world, phone):
        text = answer.text
        for words in theirs:
            text = text.replace(words, "")
        assert not re.search(r"[\u4e00-\u9fff]", text), text


def test_nothing_personal_and_no_code_is_logged(
    small_world: World, phone: Phone, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    service, code = a_service(small_world), code_of(a_poster(small_world))
    capsys.readouterr()
    with caplog.at_level(logging.DEBUG):
        order(small_world, phone, code, service)
        order(small_world, phone, code, service, phone="x")

    written = capsys.readouterr()
    logged = written.out + written.err + caplog.text
    for secret in (code, "沈阿姨", "13812345678", stored()[0].receipt, "早饭前"):
        assert secret not in logged
    assert row(small_world, Intake, stored()[0].id).asker_name == "沈阿姨"
