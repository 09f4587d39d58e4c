"""The plain page of a display link: small, without names, the same for all screens, and gone when it is revoked."""

import json
import re
from typing import Any

import pytest
from sqlalchemy import update

from components.screen.shared import Shared
from components.screen.stage_files import SCRIPT, STYLE
from db.actions.screen.displays import MOST_LINKS, display_hash, make_display, new_display_code, revoke_display
from db.audit import UNAUDITED
from db.engine import as_system, reading_as_system
from db.errors import BadInput, NotFound, Refused
from db.models import AgendaItem, AuditEntry, BodyMember, DisplayLink, HandCount, RequestKey
from db.queries.screen.displays import display_links
from db.rules.screen.display_code import BITS, LENGTH, display_code, understood_display
from db.terms import ItemState, Role, VoteMethod
from pages.public import display
from tests.builders.world import NOW, World, do
from tests.support.phone import Answer, Phone
from tests.support.screen_scenes import FILE_HASH, Scenes

CANARIES = ("议事员", "测试", "陆见微", "祁计票", "柏见证")
SCRIPTS = 40_000
UNCHANGED = 300


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every question reaches the database: what screens share for a moment is measured elsewhere."""
    monkeypatch.setattr(display, "PULSES", Shared(0))
    monkeypatch.setattr(display, "SLIDES", Shared(0))


@pytest.fixture
def phone() -> Phone:
    return Phone(display.routes)


def a_link(world: World, name: str = "一楼议事厅", **more: Any) -> str:
    """A link of `here` made by its secretary; its code."""
    code = new_display_code()
    do(world.secretary, make_display, name=name, code=code, **more)
    return code


def shown(answer: Answer) -> Any:
    return json.loads(answer.html)


# --- the link ---------------------------------------------------------------------------------------------


def test_a_code_is_typed_with_a_remote_in_any_case_and_with_the_usual_slips() -> None:
    code = display_code(0b11111_00001_00000)

    assert (len(code), LENGTH) == (10, 10)
    assert understood_display("OOOO-OOO-Zlo") == understood_display("0000000z10")
    assert [understood_display(wrong) for wrong in ("", "0000", "u" * 10, "零" * 10, "0" * 11)] == [None] * 5
    with pytest.raises(ValueError, match="50 bits"):
        display_code(1 << BITS)


def test_a_link_is_kept_as_a_hash_and_its_code_is_stored_nowhere(world: World) -> None:
    code = a_link(world)

    with reading_as_system("test") as session:
        link = session.query(DisplayLink).one()
        kept = [link.token_hash, *(entry.changes for entry in session.query(AuditEntry))]
        kept += [key.result for key in session.query(RequestKey)]
    assert link.community_id == world.here
    assert link.token_hash == display_hash(code)
    assert code not in str(kept)


def test_a_secretary_makes_links_of_the_own_community_only(world: World) -> None:
    a_link(world, community_id=world.there)

    with reading_as_system("test") as session:
        assert [link.community_id for link in session.query(DisplayLink)] == [world.here]


def test_the_administrator_names_the_community_and_sees_all_links(world: World) -> None:
    admin = world[Role.SUBDISTRICT_ADMIN]
    with pytest.raises(BadInput):
        do(admin, make_display, name="大厅", code=new_display_code())
    do(admin, make_display, name="大厅", code=new_display_code(), community_id=world.there)
    a_link(world)

    with reading_as_system("test") as session:
        assert [link.name for link in display_links(session)] == ["一楼议事厅", "大厅"]


@pytest.mark.parametrize("wrong", [{"name": " "}, {"name": "字" * 61}, {"code": "short"}, {"code": None}])
def test_a_link_without_a_name_or_with_a_bad_code_is_refused(small_world: World, wrong: dict[str, Any]) -> None:
    right = {"name": "一楼", "code": new_display_code()}

    with pytest.raises(BadInput):
        do(small_world.secretary, make_display, **right | wrong)


def test_a_community_has_no_more_links_than_rooms(small_world: World) -> None:
    for _ in range(MOST_LINKS):
        a_link(small_world)

    with pytest.raises(Refused) as full:
        a_link(small_world)
    assert full.value.rule == "displays_full"


def test_nobody_revokes_a_link_twice_or_that_of_another_community(world: World) -> None:
    a_link(world)
    with reading_as_system("test") as session:
        link = session.query(DisplayLink).one().id
    with pytest.raises(NotFound):
        do(world.other_secretary, revoke_display, link_id=link)

    do(world.secretary, revoke_display, link_id=link)

    with pytest.raises(Refused) as twice:
        do(world.secretary, revoke_display, link_id=link)
    assert twice.value.rule == "display_revoked"


# --- the page ---------------------------------------------------------------------------------------------


def test_a_revoked_link_and_one_that_never_was_answer_alike(small_world: World, phone: Phone) -> None:
    code = a_link(small_world)
    with reading_as_system("test") as session:
        link = session.query(DisplayLink).one().id
    held = [phone.get(f"/d/{code}").status, phone.get(f"/d/{code}/now").status]

    do(small_world.secretary, revoke_display, link_id=link)
    gone, never = phone.get(f"/d/{code}"), phone.get("/d/0000000000")

    assert held == [200, 200]
    assert (gone.status, gone.html) == (never.status, never.html)
    assert gone.status == 410
    assert gone.text == "链接已停用"
    assert phone.get(f"/d/{code}/now").html == phone.get("/d/0000000000/now").html == '{"ended":true}'
    assert phone.get("/d/x/now").status == 410


def test_the_page_with_its_script_and_style_is_small_and_from_one_host(small_world: World, phone: Phone) -> None:
    code = a_link(small_world)

    page = phone.get(f"/d/{code}?theme=dark")
    files = [phone.get(path) for path in re.findall(r'(?:src|href)="(/own/stage[^"]+)"', page.html)]

    assert 'data-theme="dark"' in page.html
    assert 'data-theme="' not in phone.get(f'/d/{code}?theme="><script>').html
    assert len(files) == 2
    assert [file.headers["cache-control"] for file in files] == [display.FOR_EVER["Cache-Control"]] * 2
    assert page.raw + len(SCRIPT.encode()) + len(STYLE.encode()) < SCRIPTS
    assert sum(file.wire for file in (page, *files)) < SCRIPTS / 2
    assert "script-src 'self';" in page.headers["content-security-policy"]
    assert page.headers["cache-control"] == "no-store"


def test_a_poll_that_finds_nothing_new_is_almost_nothing(small_world: World, phone: Phone) -> None:
    code, stage = a_link(small_world), Scenes(small_world)
    stage.ballot_mixed()
    first = shown(phone.get(f"/d/{code}/now?turn="))

    again = phone.get(f"/d/{code}/now?turn={first['turn']}")

    assert (again.status, again.packed) == (204, b"")
    assert len(again.packed) + len(again.headers["content-security-policy"]) < UNCHANGED


def test_the_qr_is_sent_once_and_named_afterwards(small_world: World, phone: Phone) -> None:
    code, stage = a_link(small_world), Scenes(small_world)
    stage.ballot_mixed()
    first = shown(phone.get(f"/d/{code}/now"))

    later = shown(phone.get(f"/d/{code}/now?turn=old&qr={first['qr']['id']}"))

    assert first["qr"]["path"].startswith("M4 4h7v1h-7z")
    assert first["slides"][0]["qr"]["letters"] == "yiqilai.example/v"
    assert "qr" not in later
    assert later["slides"] == first["slides"]


def test_all_screens_of_a_community_are_told_the_same(small_world: World, phone: Phone) -> None:
    one, other, stage = a_link(small_world), a_link(small_world), Scenes(small_world)
    stage.speaker()

    first, second = shown(phone.get(f"/d/{one}/now")), shown(phone.get(f"/d/{other}/now"))

    assert (first["turn"], first["slides"]) == (second["turn"], second["slides"])
    assert second["at"] >= first["at"]


def test_a_vote_a_stop_and_a_reveal_each_make_a_new_turn(small_world: World, phone: Phone) -> None:
    code, stage = a_link(small_world), Scenes(small_world)
    turns = []
    for scene in (stage.ballot_twelve, stage.ballot_stopped, stage.result_not_revealed, stage.result_choose):
        scene()
        turns.append(shown(phone.get(f"/d/{code}/now"))["turn"])

    assert len(set(turns)) == 4


def test_turnout_is_told_while_a_ballot_runs_and_nothing_of_what_was_chosen(small_world: World, phone: Phone) -> None:
    code, stage = a_link(small_world), Scenes(small_world)
    for scene in (stage.ballot_mixed, stage.ballot_twelve, stage.ballot_stopped, stage.result_not_revealed):
        scene()
        said = phone.get(f"/d/{code}/now").html

        assert '"votes"' not in said
        assert '"verdict"' not in said
        assert FILE_HASH[:16] not in said


def test_the_result_carries_the_first_digits_of_the_files_hash(small_world: World, phone: Phone) -> None:
    code, stage = a_link(small_world), Scenes(small_world)
    stage.result_choose()

    (slide,) = shown(phone.get(f"/d/{code}/now"))["slides"]

    assert FILE_HASH[:16] in slide["note"]
    assert [vote["name"] for vote in slide["votes"] if vote.get("mark") == "yes"] == [
        "2. 3号楼东侧健身角",
        "3. 中心花园长廊",
    ]
    assert "入选" in slide["sentence"]


def test_the_address_in_the_qr_is_the_configured_one(
    small_world: World, phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, stage = a_link(small_world), Scenes(small_world)
    stage.agenda()
    monkeypatch.setattr(display, "own_address", lambda _url: "https://yiqilai.intranet")

    (slide,) = shown(phone.get(f"/d/{code}/now"))["slides"]

    assert slide["qr"] == {"id": "https://yiqilai.intranet/s/kXw93bTq0Lm2", "label": "扫码签到", "letters": ""}


def test_no_name_is_in_any_answer_of_any_scene(small_world: World, phone: Phone) -> None:
    code, stage = a_link(small_world, name="陆见微的屏幕"), Scenes(small_world)
    with as_system("test") as session:
        session.execute(update(AgendaItem).values(proposer="陆见微"), execution_options=UNAUDITED)
        session.execute(update(BodyMember).values(capacity="柏见证"), execution_options=UNAUDITED)
    for name, scene in stage.all().items():
        scene()
        said = phone.get(f"/d/{code}/now").html + phone.get(f"/d/{code}").html

        assert [canary for canary in CANARIES if canary in said] == [], name


def test_the_names_of_tellers_do_not_reach_the_screen(small_world: World, phone: Phone) -> None:
    code, stage = a_link(small_world), Scenes(small_world)
    item = stage.fresh_item(state=ItemState.VOTING)
    ballot = stage.ballot(item, {VoteMethod.HANDS: 14})
    with as_system("test") as session:
        session.add(
            HandCount(
                community_id=small_world.here, ballot_id=ballot, teller=1, teller_name="祁计票", votes_for=8,
                votes_against=4, votes_abstain=2, entered_by=small_world.worker.id, counted_at=NOW,
            )
        )  # fmt: skip
    stage.steer(item)

    (slide,) = shown(phone.get(f"/d/{code}/now"))["slides"]

    assert slide["counting"] == "计票人、监票人已录入 1 / 2"
    assert "祁计票" not in str(slide)


def test_an_older_script_learns_that_there_is_a_newer_one(
    small_world: World, phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = a_link(small_world)
    before = shown(phone.get(f"/d/{code}/now"))

    monkeypatch.setattr(display, "script_version", lambda: "another")
    after = phone.get(f"/d/{code}/now?turn={before['turn']}")

    assert shown(after)["script"] == "another"
