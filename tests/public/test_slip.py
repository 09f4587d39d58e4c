"""The page of a voting slip: on any phone, without script, cookie or account, every state under fifteen kilobytes."""

import logging
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import func, select

from components.voting.slip_form import entered, entry_of, order_for
from db.actions.voting.slips import void_slips
from db.actions.voting.voting import close_ballot, open_ballot, stop_ballot
from db.engine import reading, reading_as_system
from db.errors import Busy, Refused
from db.models import AuditEntry, Model, RequestKey, SecretVote
from db.queries.voting.ballots import slip_list
from db.queries.voting.slips import SlipView
from db.rules.voting.question import MOTION, Option, Question
from db.terms import MeetingState, QuestionKind, VoteMethod
from pages.public import slip as slip_page
from tests.builders.meetings import in_session
from tests.builders.voting import ask, printed_slips
from tests.builders.world import World, do
from tests.support.phone import Answer, Phone
from tests.support.slip_hall import (
    BALLOT,
    CODE,
    FIFTY,
    FILLED,
    HERE,
    MEETING,
    MOST,
    MOTION_TEXT,
    PATTERNS,
    QUESTIONS,
    TITLES,
    Hall,
    a_result,
    a_view,
    tell,
)


@pytest.fixture
def hall(monkeypatch: pytest.MonkeyPatch) -> Hall:
    hall = Hall()
    monkeypatch.setattr(slip_page, "slip_view", hall.see)
    monkeypatch.setattr(slip_page, "cast_by_slip", hall.take)
    monkeypatch.setattr(slip_page, "writes_together", lambda: False)  # votes of one moment have a spec of their own
    return hall


@pytest.fixture
def phone() -> Phone:
    return Phone(slip_page.routes)


# --- voting -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", QUESTIONS)
def test_a_vote_of_every_kind_is_taken_and_said_back(hall: Hall, phone: Phone, kind: str) -> None:
    hall.view = a_view(QUESTIONS[kind])

    before = phone.get(HERE)
    receipt = phone.send(HERE, [BALLOT, *FILLED[kind]])

    assert "楼道加装感应灯" in before.text
    assert "已投 5 / 14 人" in before.text
    assert hall.cast == [(PATTERNS[kind], "")]
    assert "已收到" in receipt.text
    assert "Q7RD2KXM" in receipt.text
    assert "以最后一次为准" in receipt.text
    assert chosen_words(kind) in receipt.text


def chosen_words(kind: str) -> str:
    """What the receipt says of `FILLED`."""
    return {
        "motion": "反对", "choose": f"2. {TITLES[1]} 4. {TITLES[3]}", "choose one": f"3. {TITLES[2]}",
        "score": f"1. {TITLES[0]}：8 分 3. {TITLES[2]}：0 分 5. {TITLES[4]}：10 分",
        "rank": f"第 1 位 {TITLES[2]} 第 2 位 {TITLES[4]} 第 3 位 {TITLES[1]}",
        "budget": "合计 24,000 元，总额 30,000 元，还剩 6,000 元。",
    }[kind]  # fmt: skip


@pytest.mark.parametrize("kind", QUESTIONS)
def test_abstaining_is_a_choice_of_every_kind(hall: Hall, phone: Phone, kind: str) -> None:
    hall.view = a_view(QUESTIONS[kind])

    receipt = phone.send(HERE, [BALLOT, ("choice", "abstain")])

    assert hall.cast == [("abstain", "")]
    assert "您的选择 弃权" in receipt.text


@pytest.mark.parametrize("kind", QUESTIONS)
def test_a_vote_may_be_changed_and_the_form_shows_the_one_before(hall: Hall, phone: Phone, kind: str) -> None:
    question = QUESTIONS[kind]
    hall.view = a_view(question, PATTERNS[kind])

    receipt = phone.get(HERE)
    form = phone.get(f"{HERE}?change=1")
    phone.send(HERE, [BALLOT, ("choice", "abstain")])

    assert "已收到" in receipt.text
    assert "您先前投的是" in form.text
    filled = form.html.count(" checked") + form.html.count(" selected")
    assert filled == len(entry_of(question, PATTERNS[kind]).picked or entry_of(question, PATTERNS[kind]).typed)
    assert hall.cast == [("abstain", "")]


@pytest.mark.parametrize("kind", QUESTIONS)
def test_another_phone_is_told_that_a_vote_is_in_and_never_which(hall: Hall, phone: Phone, kind: str) -> None:
    hall.view = a_view(QUESTIONS[kind])
    phone.get(HERE)
    own = phone.send(HERE, [BALLOT, *FILLED[kind]])
    other = Phone(slip_page.routes)

    told, form = other.get(HERE), other.get(f"{HERE}?change=1")

    assert chosen_words(kind) in own.text
    assert chosen_words(kind) not in told.text
    assert "只有投票的那部手机能看到" in told.text
    assert "马上告诉计票人" in told.text
    assert "这张票已经投过一次" in form.text
    assert not re.search(" checked| selected", form.html)
    assert other.get(HERE).text == told.text


def test_the_voters_own_phone_notices_a_vote_that_somebody_replaced(hall: Hall, phone: Phone) -> None:
    phone.get(HERE)
    phone.send(HERE, [BALLOT, ("choice", "for")])
    other = Phone(slip_page.routes)
    other.get(HERE)
    other.send(HERE, [BALLOT, ("choice", "against")])

    assert "马上告诉计票人" in phone.get(HERE).text


def test_after_a_vote_the_browser_is_sent_on_so_that_a_reload_sends_nothing(hall: Hall, phone: Phone) -> None:
    first = phone.post(HERE, [BALLOT], choice="for")
    again = phone.post(HERE, [BALLOT], choice="for")

    for answer in (first, again):
        assert (answer.status, answer.headers["location"], answer.packed) == (303, CODE, b"")
    assert [pattern for pattern, _witness in hall.cast] == ["for", "for"]


def test_a_witness_is_handed_on_and_the_choice_stays_apart(hall: Hall, phone: Phone) -> None:
    phone.send(HERE, [BALLOT], choice="for", witness="陈见证")

    assert hall.cast == [("for", "陈见证")]


# --- what is wrong is said, and nothing typed is lost ---------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "fields", "said"),
    [
        ("motion", [], "还没有选：请选一项"),
        ("motion", [("choice", "for"), ("choice", "against")], "还没有选"),
        ("motion", [("choice", "maybe")], "请重新选择"),
        ("choose", [("choice", "1"), ("choice", "2"), ("choice", "3")], "最多选 2 项，您选了 3 项：请去掉 1 项"),
        ("choose", [], "请至少选一项"),
        ("choose", [("choice", "abstain"), ("choice", "2")], "既选了弃权，又选了别的"),
        ("choose", [("choice", "9")], "请重新选择"),
        ("score", [("p1", "11")], "0 到 10 的整数"),
        ("score", [("p1", "8.5")], "0 到 10 的整数"),
        ("score", [("p1", "-3")], "0 到 10 的整数"),
        ("score", [("p1", ""), ("p2", "—")], "请至少选一项"),
        ("score", [("p1", "5"), ("choice", "abstain")], "既选了弃权，又选了别的"),
        ("rank", [("p1", "1"), ("p4", "1")], "有两项都排在第 1 位"),
        ("rank", [("p1", "6")], "1 到 5 的整数"),
        ("rank", [("p1", "0")], "1 到 5 的整数"),
        ("rank", [("p1", "²")], "1 到 5 的整数"),
        ("budget", [], "请至少选一项"),
    ],
)
def test_a_mistake_is_told_at_the_form_and_everything_is_kept(
    hall: Hall, phone: Phone, kind: str, fields: list[tuple[str, str]], said: str
) -> None:
    hall.view = a_view(QUESTIONS[kind])

    answer = phone.send(HERE, [BALLOT, *fields, ("witness", "陈见证")])

    assert answer.status == 422
    assert said in answer.text
    assert 'role="alert"' in answer.html
    assert 'value="陈见证"' in answer.html
    offered = [one for one in fields if one[1] not in ("maybe", "9", "11", "8.5", "-3", "6", "0", "²", "", "—")]
    single = ' type="radio"' in answer.html
    assert answer.html.count(" checked") + answer.html.count(" selected") == len(offered)
    assert single == (kind == "motion")
    assert hall.cast == []


def test_the_form_carries_what_it_needs_to_be_read(hall: Hall, phone: Phone, monkeypatch: pytest.MonkeyPatch) -> None:
    for kind, question in QUESTIONS.items():
        hall.view, hall.cast = a_view(question), []
        asks = re.search(r'name="asks" value="([^"]+)"', phone.get(HERE).html)
        assert asks is not None
        with monkeypatch.context() as patch:
            patch.setattr(slip_page, "slip_view", None)  # whoever looks at the ballot again fails
            answer = phone.post(HERE, [BALLOT, ("asks", asks[1]), *FILLED[kind]])
        assert (answer.status, hall.cast) == (303, [(PATTERNS[kind], "")])


@pytest.mark.parametrize(
    "asks", ["", "motion", "choose.5", "choose.99.1", "choose.5.9", "rank.-1.1", "x.5.1", "score.5.1²"]
)
def test_a_forged_form_is_read_as_the_real_one_asks(hall: Hall, phone: Phone, asks: str) -> None:
    hall.view = a_view(QUESTIONS["choose"])

    phone.send(HERE, [BALLOT, ("asks", asks), *FILLED["choose"]])

    assert hall.cast == [("2,4", "")]


def test_a_gap_between_places_does_no_harm() -> None:
    entry = entered(QUESTIONS["rank"], {"p2": ["5"], "p4": ["2"]})

    assert entry.pattern == "4>2"


def test_with_many_options_the_kept_numbers_are_as_they_were_typed(hall: Hall, phone: Phone) -> None:
    hall.view = a_view(Question(QuestionKind.SCORE, FIFTY))

    answer = phone.send(HERE, [BALLOT, ("p1", "77"), ("p50", "7")])

    assert answer.html.count("<select") == 0
    assert 'value="77"' in answer.html
    assert 'value="7"' in answer.html


@pytest.mark.parametrize("typed", ["", "7K3M9", "7K3M9-QXA2U", "ZZZZZ-ZZZZZ", "<b>", "码" * 10, "x" * 5000])
def test_an_unknown_code_is_kept_and_one_is_told_what_to_do(hall: Hall, phone: Phone, typed: str) -> None:
    answer = phone.send("/v", code=typed)

    assert answer.status == 404
    assert "请对照纸票再输一次" in answer.text
    assert f'value="{typed[:40]}"'.replace("<b>", "&lt;b&gt;") in answer.html


def test_a_code_is_understood_as_people_type_it(hall: Hall, phone: Phone) -> None:
    answers = [phone.send("/v", code=typed) for typed in (CODE.lower(), f" {CODE[:5]} - {CODE[5:]} ")]
    answers.append(phone.send("/v/", code=CODE))
    answers.append(phone.get(f"/v/{CODE.lower()}"))

    assert [answer.status for answer in answers] == [200] * 4
    assert all("楼道加装感应灯" in answer.text for answer in answers)


# --- the course of a meeting ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("more", "said", "asks_again"),
    [
        ({"state": MeetingState.CONVENED}, "会议还没有开始", "5"),
        ({}, "请稍候", "5"),
        ({"stopped": "加装感应灯"}, "已截止：加装感应灯", "5"),
        ({"set_aside": True}, "这一项不用这张票", "5"),
        ({"void": True}, "这张票已作废", ""),
        ({"state": MeetingState.CLOSED}, "会议已经结束", ""),
        ({"state": MeetingState.CANCELLED}, "会议已经结束", ""),
    ],
)
def test_without_a_ballot_the_page_says_why_and_asks_again_by_itself(
    hall: Hall, phone: Phone, more: dict[str, Any], said: str, asks_again: str
) -> None:
    tell(hall, ballot=None, **more)

    answer = phone.get(HERE)

    assert answer.status == 200
    assert said in answer.text
    assert answer.headers.get("refresh", "") == asks_again
    assert "<form" not in answer.html


def test_while_somebody_fills_in_the_form_the_page_stays_as_it_is(hall: Hall, phone: Phone) -> None:
    assert "refresh" not in phone.get(HERE).headers
    tell(hall, ballot=a_view(pattern="for").ballot)

    assert "refresh" not in phone.get(f"{HERE}?change=1").headers
    assert phone.get(HERE).headers["refresh"] == "15"


@pytest.mark.parametrize(("pattern", "said"), [("against", "本票计为 反对 核对码 Q7RD2KXM"), ("", "本票计为 没有投票")])
def test_the_result_says_how_this_slip_was_counted(hall: Hall, phone: Phone, pattern: str, said: str) -> None:
    tell(hall, ballot=None, result=a_result(pattern))

    answer = phone.get(HERE)

    assert "7 票未超过实到 14 人的半数（需 8 票）：未通过" in answer.text
    assert said in answer.text


@pytest.mark.parametrize("rule", ["ballot_stopped", "ballot_closed"])
def test_a_vote_that_comes_too_late_is_told_plainly(
    hall: Hall, phone: Phone, monkeypatch: pytest.MonkeyPatch, rule: str
) -> None:
    def too_late(_code: str, **_vote: Any) -> None:
        tell(hall, ballot=None, result=a_result("for"))
        raise Refused(rule)

    monkeypatch.setattr(slip_page, "cast_by_slip", too_late)
    answer = phone.send(HERE, [BALLOT], choice="against")

    assert answer.status == 409
    assert "这次表决已经截止，刚才的选择没有收下" in answer.text
    assert "本票计为 赞成" in answer.text


def test_what_was_not_taken_is_said_until_another_ballot_runs(
    hall: Hall, phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    def too_late(_code: str, **_vote: Any) -> None:
        tell(hall, ballot=None, stopped="加装感应灯")
        raise Refused("ballot_stopped")

    running = a_view().ballot
    monkeypatch.setattr(slip_page, "cast_by_slip", too_late)
    sent = phone.send(HERE, [BALLOT], choice="against")
    again = sent.headers["refresh"].removeprefix("5; url=")  # five seconds are over before a hand is at the eyes
    waiting = phone.get(f"{HERE}{again}")
    tell(hall, stopped="", result=a_result("for"))
    announced = phone.get(f"{HERE}{again}")
    tell(hall, result=replace(a_result("for"), ballot_id=72))
    later = phone.get(f"{HERE}{again}")
    assert running is not None
    tell(hall, ballot=replace(running, ballot_id=73))
    next_one = phone.get(f"{HERE}{again}")

    assert again == "?late=71"
    assert [one.status for one in (waiting, announced, later, next_one)] == [200] * 4
    assert [one.headers.get("refresh", "") for one in (waiting, announced, later, next_one)] == ["5", "5", "5", ""]
    assert ["刚才的选择没有收下" in one.text for one in (waiting, announced, later, next_one)] == [
        True,
        True,
        False,
        False,
    ]


@pytest.mark.parametrize("late", ["", "x", "²", "7" * 40, "71&change=1", "71&late=72"])
def test_an_address_that_somebody_wrote_is_no_harm_to_a_running_ballot(hall: Hall, phone: Phone, late: str) -> None:
    answer = phone.get(f"{HERE}?late={late}")

    assert answer.status == 200
    assert "没有收下" not in answer.text
    assert "<form" in answer.html


def test_a_form_of_the_ballot_before_is_not_taken_for_the_one_that_runs_now(hall: Hall, phone: Phone) -> None:
    answer = phone.send(HERE, ballot="70", choice="for")

    assert answer.status == 409
    assert "刚才的选择没有收下" in answer.text
    assert "<form" in answer.html
    assert hall.cast == []


def test_a_slip_set_aside_in_this_moment_is_told_so(hall: Hall, phone: Phone, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(_code: str, **_vote: Any) -> None:
        tell(hall, ballot=None, set_aside=True)
        raise Refused("slip_set_aside")

    monkeypatch.setattr(slip_page, "cast_by_slip", refused)
    answer = phone.send(HERE, [BALLOT], choice="for")

    assert answer.status == 409
    assert "这项表决不用这张票，刚才的选择没有收下" in answer.text


def test_a_busy_database_keeps_the_form(hall: Hall, phone: Phone, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(_code: str, **_vote: Any) -> None:
        raise Busy()

    monkeypatch.setattr(slip_page, "cast_by_slip", busy)
    answer = phone.send(HERE, [BALLOT], choice="against")

    assert "这次没有保存" in answer.text
    assert 'value="against" checked' in answer.html


# --- what the page is made of ---------------------------------------------------------------------------


def states(hall: Hall, question: Question, pattern: str) -> dict[str, tuple[str, SlipView | None]]:
    """Every document that a visit can bring, as address and view."""
    alone = a_view(question)
    voted = a_view(question, pattern)
    return {
        "enter": ("/v", alone),
        "unknown": ("/v/ZZZZZZZZZZ", None),
        "waiting": (HERE, replace(alone, ballot=None)),
        "form": (HERE, alone),
        "receipt": (HERE, voted),
        "change": (f"{HERE}?change=1", voted),
        "result": (HERE, replace(alone, ballot=None, result=a_result("for"))),
        "void": (HERE, replace(alone, ballot=None, void=True)),
    }


SIZES = {**QUESTIONS, "fifty scores": Question(QuestionKind.SCORE, FIFTY), "fifty": Question(
    QuestionKind.CHOOSE, FIFTY, most=50, seats=5)}  # fmt: skip
LONG = PATTERNS | {"fifty scores": ",".join(["10"] * 50), "fifty": ",".join(map(str, range(1, 51)))}


@pytest.mark.parametrize("kind", SIZES)
def test_every_state_and_a_whole_visit_stay_under_fifteen_kilobytes(hall: Hall, phone: Phone, kind: str) -> None:
    sizes: dict[str, tuple[int, int]] = {}
    for name, (path, view) in states(hall, SIZES[kind], LONG[kind]).items():
        hall.view = view
        answer = phone.get(path)
        sizes[name] = (answer.wire, answer.raw)

    visit = Phone(slip_page.routes)
    hall.view = a_view(SIZES[kind])
    visit.get(HERE)
    typed = [(f"p{n}", "10") for n in range(1, 51)] if kind == "fifty scores" else FILLED.get(kind, [("choice", "1")])
    visit.send(HERE, [BALLOT, *typed])
    sent = visit.get(f"{HERE}?change=1")
    print(f"{kind}: " + ", ".join(f"{name} {wire} ({raw})" for name, (wire, raw) in sizes.items()))  # noqa: T201
    print(f"{kind}: a visit with a vote and the form again: {visit.visit} bytes on the wire")  # noqa: T201

    assert sent.status == 200
    assert visit.visit < MOST
    assert all(wire < 4_500 for wire, _raw in sizes.values())
    if not kind.startswith("fifty"):
        assert all(raw < MOST for _wire, raw in sizes.values())


def test_a_phone_that_cannot_unpack_still_votes_under_fifteen_kilobytes(hall: Hall) -> None:
    old = Phone(slip_page.routes, accept_encoding="identity")

    old.get(HERE)
    receipt = old.send(HERE, [BALLOT], choice="for")

    assert "已收到" in receipt.text
    assert old.visit < MOST


def every_page(hall: Hall, phone: Phone) -> Iterator[Answer]:
    for path, view in states(hall, QUESTIONS["score"], PATTERNS["score"]).values():
        hall.view = view
        yield phone.get(path)
    yield phone.post(HERE, ballot="1")


KEY_OF_THE_PHONE = r"yiqilai_v=[\w-]{22}; HttpOnly; Max-Age=86400; Path=/v; SameSite=lax"
"""The one cookie: random, for one evening, and sent to nothing but the slip's own pages."""


def test_no_page_has_a_script_an_image_a_font_or_a_foreign_host(hall: Hall, phone: Phone) -> None:
    for answer in every_page(hall, phone):
        assert not re.search(
            r"<script|<img|@font-face|<iframe|url\(|@import|https?:|onclick|<meta http-equiv", answer.html
        )
        assert len(answer.cookies) <= 1
        assert all(re.fullmatch(KEY_OF_THE_PHONE, cookie) for cookie in answer.cookies)
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert "form-action 'self'" in answer.headers["content-security-policy"]


def test_a_cookie_that_a_browser_brings_changes_nothing(hall: Hall, phone: Phone) -> None:
    bare = phone.get(HERE).html
    phone.jar["yiqilai_session"] = "somebody"

    assert phone.get(HERE).html == bare


def test_what_people_wrote_is_shown_and_never_run(hall: Hall, phone: Phone) -> None:
    nasty = '<script>alert(1)</script>"><img src=x onerror=alert(1)>'
    question = Question(QuestionKind.CHOOSE, (Option(1, nasty), Option(2, "{{ 7*7 }}")), most=2)
    view = a_view(question)
    assert view.ballot is not None
    hall.view = replace(view, meeting=nasty, ballot=replace(view.ballot, title=nasty, motion=nasty))

    form = phone.get(HERE)
    kept = phone.send(HERE, [BALLOT], witness=nasty)
    phone.send(HERE, [BALLOT], choice="1")
    receipt = phone.get(HERE)

    for answer in (form, kept, receipt):
        assert "<script" not in answer.html
        assert "<img" not in answer.html
        assert answer.text.count("<script>alert(1)</script>") >= 2
    assert "{{ 7*7 }}" in form.text


def test_options_stand_in_an_order_of_their_own_for_every_slip_and_keep_it(hall: Hall, phone: Phone) -> None:
    view = a_view(QUESTIONS["choose"])
    assert view.ballot is not None
    question = QUESTIONS["choose"]

    plain = order_of(hall, phone, view)
    mixed = replace(view, ballot=replace(view.ballot, shuffle=True))
    first, second = order_of(hall, phone, mixed), order_of(hall, phone, mixed)
    orders = {tuple(order_for(question, f"{n}.71", shuffled=True)) for n in range(200)}

    assert plain == [1, 2, 3, 4, 5]
    assert first == second == order_for(question, f"{CODE}.71", shuffled=True)
    assert len(orders) > 90
    assert {order[0] for order in orders} == {1, 2, 3, 4, 5}


def order_of(hall: Hall, phone: Phone, view: SlipView) -> list[int]:
    """Numbers of the options from top to bottom."""
    hall.view = view
    html = phone.get(HERE).html
    return sorted(range(1, 6), key=lambda n: html.index(TITLES[n - 1]))


def test_the_advice_on_an_owners_matter_is_labelled(hall: Hall, phone: Phone) -> None:
    view = a_view(pattern="for")
    assert view.ballot is not None
    hall.view = replace(view, ballot=replace(view.ballot, owners_matter=True))

    assert "仅供业主大会参考" in phone.get(HERE).text
    assert "仅供业主大会参考" in phone.get(f"{HERE}?change=1").text


# --- who asks -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("accepted", "lang"),
    [
        ("", "zh-CN"), ("zh-CN,zh;q=0.9,en;q=0.8", "zh-CN"), ("en-GB,en;q=0.9", "en"), ("en;q=0.5,zh;q=0.9", "zh-CN"),
        ("fr-FR,en;q=0.3", "en"), ("de", "zh-CN"), ("en;q=0,zh;q=0.1", "zh-CN"), ("en;q=x,;;,", "zh-CN"),
    ],
)  # fmt: skip
def test_the_page_speaks_the_language_that_the_browser_asks_for(hall: Hall, accepted: str, lang: str) -> None:
    answer = Phone(slip_page.routes, language=accepted).get(HERE)

    assert f'<html lang="{lang}">' in answer.html
    assert ("Choose one" in answer.text) == (lang == "en")


def test_an_english_visit_holds_no_chinese_but_what_people_wrote(hall: Hall) -> None:
    phone = Phone(slip_page.routes, language="en")
    for path, view in states(hall, QUESTIONS["score"], PATTERNS["score"]).values():
        hall.view = view
        own = phone.get(path).text
        for theirs in (MOTION_TEXT, *TITLES, "楼道加装感应灯", MEETING):
            own = own.replace(theirs, "")

        assert not re.search(r"[\u4e00-\u9fff]", own), own


@pytest.mark.parametrize(
    ("headers", "taken"),
    [
        ({}, True),
        ({"origin": "null"}, True),
        ({"origin": "http://yiqilai.example"}, True),
        ({"sec_fetch_site": "same-origin", "origin": "null"}, True),
        ({"origin": "http://elsewhere.example"}, False),
        ({"sec_fetch_site": "cross-site", "origin": "null"}, False),
        ({"sec_fetch_site": "same-site"}, False),
        ({"content_type": "text/plain"}, False),
    ],
)
def test_a_form_of_another_site_is_not_taken(hall: Hall, headers: dict[str, str], taken: bool) -> None:
    phone = Phone(slip_page.routes)
    phone.more = {name.replace("_", "-"): value for name, value in headers.items()}

    answer = phone.send(HERE, [BALLOT], choice="for")

    assert bool(hall.cast) == taken
    assert (answer.status == 400) == (not taken)


@pytest.mark.parametrize("body", [b"x" * 9000, b"&".join(b"a=1" for _ in range(200)), b"\xff\xfe=%zz&choice"])
def test_a_body_that_is_no_form_of_ours_does_no_harm(hall: Hall, phone: Phone, body: bytes) -> None:
    kind = {"content-type": "application/x-www-form-urlencoded"}

    assert phone.ask("POST", HERE, body, kind).status in (400, 409)
    assert hall.cast == []


def test_an_unexpected_error_is_told_with_a_number_and_logged_without_the_code(
    hall: Hall, phone: Phone, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    def broken(code: str) -> None:
        raise RuntimeError(code)

    monkeypatch.setattr(slip_page, "slip_view", broken)
    with caplog.at_level(logging.DEBUG):
        answer = phone.get(HERE)

    written = capsys.readouterr()
    logged = written.out + written.err + caplog.text
    number = re.search(r"编号 ([0-9a-f]{8})", answer.text)
    assert answer.status == 503
    assert number is not None
    assert number[1] in logged
    assert CODE not in logged
    assert CODE not in answer.text


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_other_methods_do_nothing(hall: Hall, phone: Phone, method: str) -> None:
    assert phone.ask(method, HERE).status == 405
    assert hall.cast == []


# --- with a real meeting on both engines ----------------------------------------------------------------


def by_slip(world: World, question: Question = MOTION, slips: int = 11) -> tuple[int, int, int, list[str]]:
    """Meeting, item, open ballot and slips of a meeting in which everybody votes by slip."""
    meeting, items = in_session(world, present=11, needs=2)
    if question is not MOTION:
        ask(items[0], question)
    codes = printed_slips(world, meeting, slips)
    ballot = do(world.secretary, open_ballot, item_id=items[0], method=VoteMethod.SLIP)
    return meeting, items[0], ballot, codes


@pytest.mark.parametrize("kind", ["motion", "score", "rank", "budget"])
def test_a_slip_votes_changes_its_vote_and_finds_it_counted(world: World, phone: Phone, kind: str) -> None:
    _meeting, _item, ballot, codes = by_slip(world, QUESTIONS[kind])
    here, number = f"/v/{codes[0]}", ("ballot", str(ballot))

    form = phone.send("/v", code=codes[0].lower())
    phone.send(here, [number, ("choice", "abstain")])
    receipt = phone.send(here, [number, *FILLED[kind]])
    check = re.search(r'class="k">([0-9A-Z]+)<', receipt.html)
    for code in codes[1:]:
        phone.send(f"/v/{code}", [number, *FILLED[kind]])
    do(world.secretary, stop_ballot, ballot_id=ballot)
    stopped = phone.get(here)
    do(world.secretary, close_ballot, ballot_id=ballot)
    result = phone.get(here)

    assert "已投 0 / 11 人" in form.text
    assert "已投 1 / 11 人" in receipt.text
    assert "已截止" in stopped.text
    assert check is not None
    assert f"核对码 {check[1]}" in result.text
    counted = result.text.split("本票计为 ")[1].split(" 核对码")[0]
    assert counted == receipt.text.split("您的选择 ")[1].split(" 核对码")[0].split(" 合计")[0]
    with reading(world.secretary) as session:
        assert (check[1], PATTERNS[kind]) in slip_list(session, ballot)


def test_a_form_sent_after_the_end_says_what_was_counted(world: World, phone: Phone) -> None:
    _meeting, _item, ballot, codes = by_slip(world)
    here = f"/v/{codes[0]}"
    phone.send(here, ballot=ballot, choice="for")
    do(world.secretary, stop_ballot, ballot_id=ballot)

    stopped = phone.send(here, ballot=ballot, choice="against")
    do(world.secretary, close_ballot, ballot_id=ballot)
    closed = phone.send(here, ballot=ballot, choice="against")
    silent = phone.send(f"/v/{codes[1]}", ballot=ballot, choice="against")

    assert [answer.status for answer in (stopped, closed, silent)] == [409] * 3
    for answer in (stopped, closed, silent):
        assert "这次表决已经截止，刚才的选择没有收下" in answer.text
    assert "截止前最后一次提交的选择有效" in stopped.text
    assert "本票计为 赞成" in closed.text
    assert "本票计为 没有投票" in silent.text


def test_void_slips_and_slips_set_aside_are_told_so(world: World, phone: Phone) -> None:
    meeting, items = in_session(world, present=11)
    codes = printed_slips(world, meeting, 13)
    do(world.secretary, void_slips, meeting_id=meeting, serials=[13], reason="余票")
    ballot = do(world.secretary, open_ballot, item_id=items[0], method=VoteMethod.SLIP, aside=[12])

    aside, void = phone.get(f"/v/{codes[11]}"), phone.get(f"/v/{codes[12]}")
    late = [phone.send(f"/v/{code}", ballot=ballot, choice="for") for code in codes[11:]]

    assert "这一项不用这张票" in aside.text
    assert "这张票已作废" in void.text
    assert [answer.status for answer in late] == [409, 409]
    with reading_as_system("test") as session:
        assert session.scalar(select(func.count()).select_from(SecretVote)) == 0


def test_reading_the_page_writes_nothing_and_a_vote_leaves_no_trace_of_its_holder(world: World, phone: Phone) -> None:
    _meeting, _item, ballot, codes = by_slip(world)
    before = written()

    phone.get(f"/v/{codes[0]}")
    phone.send("/v", code=codes[1])
    read = written()
    phone.send(f"/v/{codes[0]}", ballot=ballot, choice="for")

    assert read == before
    assert written() == before
    assert set(phone.jar) == {"yiqilai_v"}
    assert phone.jar["yiqilai_v"] not in everything_stored()


def everything_stored() -> str:
    with reading_as_system("test") as session:
        return "".join(str(row) for table in Model.metadata.sorted_tables for row in session.execute(select(table)))


def written() -> tuple[int, int]:
    """Entries of the audit log and stored request keys."""
    with reading_as_system("test") as session:
        entries = session.scalar(select(func.count()).select_from(AuditEntry)) or 0
        return entries, session.scalar(select(func.count()).select_from(RequestKey)) or 0
