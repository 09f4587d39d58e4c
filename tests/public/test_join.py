"""The plain page of registration: any phone, no script, nothing typed lost, nobody in an answer."""

import secrets
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import func, select, update

from db.actions.volunteers.applications import confirm_application, decline_application
from db.audit import UNAUDITED
from db.engine import as_system, reading_as_system
from db.models import Community, VolunteerApplication
from db.rules.volunteers.application import AN_HOUR
from db.terms import VolunteerKind
from pages.public import join, message
from tests.builders.intake import key_in
from tests.builders.world import NOW, World, do
from tests.support.phone import Answer, Phone

NASTY = '<script>alert(1)</script>"><img src=x onerror=alert(1)>{{ 7*7 }}'
LIMITS = (join.BY_ADDRESS, join.BY_CODE, message.UNKNOWN)


@pytest.fixture(autouse=True)
def _unlimited(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(join, "utc_now", lambda: NOW)
    for limit in LIMITS:
        limit.forget()
    yield
    for limit in LIMITS:
        limit.forget()


@pytest.fixture
def phone() -> Phone:
    return Phone(join.routes)


def code_of(world: World) -> str:
    with reading_as_system("test") as session:
        return session.scalars(select(Community.code).where(Community.id == world.here)).one()


def stored() -> list[VolunteerApplication]:
    with reading_as_system("test") as session:
        return list(session.scalars(select(VolunteerApplication).order_by(VolunteerApplication.id)))


def sent(world: World, phone: Phone, /, **more: Any) -> Answer:
    fields: dict[str, Any] = {
        "key": secrets.token_urlsafe(18), "name": "沈阿姨", "phone": "138 1234 5678", "birth_year": "１９６８",
        "skills": ["电工", "理发"], "other_skills": "太极、扎染", "interests": ["elders"],
        "free_slots": ["sat-am", "mon-pm"], "promise": "1", "website": "",
    }  # fmt: skip
    pairs = [
        (name, one)
        for name, value in (fields | more).items()
        for one in (value if isinstance(value, list) else [value])
    ]
    return phone.send(f"/join/{code_of(world)}", pairs)


def test_a_person_registers_and_the_receipt_says_what_became_of_it(world: World, phone: Phone) -> None:
    form = phone.get(f"/join/{code_of(world).lower()}")
    receipt = sent(world, phone, key=key_in(form))

    (kept,) = stored()
    assert (form.status, receipt.status) == (200, 200)
    assert form.raw <= 15_000
    assert "已收到登记" in receipt.text
    assert (kept.name, kept.birth_year, kept.skills) == ("沈阿姨", 1968, ["电工", "理发", "太极", "扎染"])
    assert kept.free_slots == ["mon-pm", "sat-am"]
    do(world.worker, confirm_application, application_id=kept.id, version=1, kind=VolunteerKind.RESIDENT)
    after = phone.get(f"/join/{code_of(world)}/r/{kept.receipt}")
    assert "已登记为志愿者" in after.text
    for secret in ("沈阿姨", "13812345678", "138 1234 5678", "1968"):
        assert secret not in receipt.html + after.html


def test_who_is_declined_reads_why(world: World, phone: Phone) -> None:
    sent(world, phone)
    (kept,) = stored()

    do(world.worker, decline_application, application_id=kept.id, version=1, reason="电话 13912345678 打不通")

    answer = phone.get(f"/join/{code_of(world)}/r/{kept.receipt}")
    assert "没有登记" in answer.text
    assert "139****5678" in answer.text


def test_a_double_press_and_a_second_form_with_the_same_words_are_one(world: World, phone: Phone) -> None:
    key = secrets.token_urlsafe(18)

    first, second, third = sent(world, phone, key=key), sent(world, phone, key=key), sent(world, phone)

    assert first.html == second.html == third.html
    assert len(stored()) == 1


def test_the_same_person_under_two_numbers_waits_twice_for_a_worker(world: World, phone: Phone) -> None:
    sent(world, phone)
    sent(world, phone, phone="13900001111")

    assert len(stored()) == 2


@pytest.mark.parametrize(
    ("field", "values", "said"),
    [
        ("phone", {"phone": ""}, "请留一个电话"),
        ("phone", {"phone": "叫我"}, ""),
        ("name", {"name": ""}, "请填写这一项"),
        ("name", {"name": "长" * 31}, "太长了"),
        ("birth_year", {"birth_year": ""}, "请填出生年份"),
        ("birth_year", {"birth_year": "六八年"}, "四位数"),
        ("birth_year", {"birth_year": "2025"}, "不像出生年份"),
        ("guardian", {"birth_year": "2012"}, "监护人的姓名"),
        ("guardian_phone", {"birth_year": "2012", "guardian": "沈母"}, "监护人的电话"),
        ("guardian_agrees", {"birth_year": "2012", "guardian": "沈母", "guardian_phone": "13800001111"}, "同意"),
        ("promise", {"promise": ""}, "承诺"),
        ("free_slots", {"free_slots": ["mon-night"]}, ""),
        ("interests", {"interests": ["war"]}, ""),
        ("skills", {"skills": [f"会{n}" for n in range(9)]}, ""),
        ("other_skills", {"other_skills": "长" * 21}, "太长了"),
    ],
)
def test_what_is_wrong_stands_at_its_field_and_nothing_typed_or_ticked_is_lost(
    world: World, phone: Phone, field: str, values: dict[str, Any], said: str
) -> None:
    answer = sent(world, phone, **values)

    assert answer.status == 422
    assert f'id="e-{field}"' in answer.html
    assert said in answer.text
    if "other_skills" not in values:
        assert "太极、扎染" in answer.html
    if "free_slots" not in values:
        assert answer.html.count("checked") >= 4
    assert stored() == []


@pytest.mark.parametrize("field", ["name", "phone", "birth_year", "other_skills", "guardian", "guardian_phone", "key"])
def test_what_is_typed_is_never_markup(world: World, phone: Phone, field: str) -> None:
    answer = sent(world, phone, **{field: NASTY, "promise": ""})

    assert answer.status in (400, 422)
    assert "<script" not in answer.html
    assert "<img" not in answer.html


def test_a_trap_a_missing_key_and_a_wrong_code_store_nothing(world: World, phone: Phone) -> None:
    assert sent(world, phone, website="x").status == 400
    assert sent(world, phone, key="").status == 400
    assert phone.get("/join/NOSUCH").status == 404
    assert phone.get(f"/join/{code_of(world)}/r/ABCDEFGHJKMN").status == 404
    assert stored() == []


def test_letters_that_two_communities_share_lead_to_neither(world: World, phone: Phone) -> None:
    code = code_of(world)
    with as_system("test") as session:
        session.execute(
            update(Community).where(Community.id == world.there).values(code=code), execution_options=UNAUDITED
        )

    assert phone.get(f"/join/{code}").status == 404


def test_one_address_is_slowed_down_and_an_hour_has_its_bound(world: World, phone: Phone) -> None:
    answers = [sent(world, phone, name=f"沈{n}").status for n in range(13)]
    assert answers[-1] == 429
    with as_system("test") as session:
        session.add_all(
            VolunteerApplication(
                community_id=world.here, request_key=f"k{n}", receipt=f"r{n}", skills=[], interests=[], free_slots=[],
                received_at=NOW,
            )
            for n in range(AN_HOUR)
        )  # fmt: skip

    join.BY_ADDRESS.forget()
    assert sent(world, phone, name="又一位").status == 429
    with reading_as_system("test") as session:
        count = session.scalar(select(func.count()).select_from(VolunteerApplication))
    assert count == AN_HOUR + 12
