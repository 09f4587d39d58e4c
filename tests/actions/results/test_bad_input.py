"""The form that keeps a reported figure, tried with everything that a person or a forged request can send."""

import pytest

from db.actions.results.circle import merge_buildings, save_building, save_minutes, set_walking
from db.actions.results.diary import (
    amend_entry,
    approve_entry,
    draft_entry,
    return_entry,
    submit_entry,
    take_down,
    take_entry,
    withdraw_entry,
)
from db.actions.results.progress_code import issue_progress_code, revoke_progress_code
from db.actions.results.reports import report_figure
from db.actions.results.venues import close_venue, save_venue
from db.terms import Datum, DiarySource, DiaryState, ResultFigure, Role, VenueKind
from tests.builders.results import a_building, a_diary_entry, a_held_event, a_venue, at_sea, entry_version, the_entry
from tests.builders.world import TODAY, World, do
from tests.support.bad_input import Form, Forms, complaints, complaints_about_a_repeat

FORMS = Forms()
S = DiaryState
WORDS = {"title": 100, "body": 2000}
SAID = {"title": "学插花", "on": TODAY, "body": "四十名居民学会插花。", "quote_ids": ()}


def _seen(entry_id: int) -> dict[str, object]:
    return {"entry_id": entry_id, "version": entry_version(entry_id)}


@FORMS.add
def drafted(world: World) -> Form:
    right = {"source": DiarySource.ACTIVITY, "record_id": a_held_event(world), **SAID}
    odd: tuple[dict[str, object], ...] = ({"quote_ids": (77,)}, {"quote_ids": ("x",)})
    return Form(draft_entry, world.worker, right, WORDS, choices=("source",), ids=("record_id",), also=odd)


@FORMS.add
def amended(world: World) -> Form:
    right = _seen(a_diary_entry(world)) | SAID
    return Form(amend_entry, world.worker, right, WORDS, ids=("entry_id",), also=({"quote_ids": (77,)},))


@FORMS.add
def submitted(world: World) -> Form:
    return Form(submit_entry, world.worker, _seen(a_diary_entry(world)), {}, ids=("entry_id",))


@FORMS.add
def approved(world: World) -> Form:
    right = _seen(a_diary_entry(world, state=S.SUBMITTED)) | {"checked": False}
    return Form(approve_entry, world.secretary, right, {}, ids=("entry_id",))


@FORMS.add
def returned(world: World) -> Form:
    right = _seen(a_diary_entry(world, state=S.SUBMITTED)) | {"reason": "写清楚多少人"}
    return Form(return_entry, world.secretary, right, {"reason": 200}, ids=("entry_id",))


@FORMS.add
def taken(world: World) -> Form:
    right = _seen(a_diary_entry(world, state=S.APPROVED)) | {"outlet": "公众号", "went_on": TODAY}
    return Form(take_entry, world.secretary, right, {"outlet": 100}, ids=("entry_id",))


@FORMS.add
def withdrawn(world: World) -> Form:
    right = _seen(a_diary_entry(world, state=S.TAKEN)) | {"reason": "同意已撤回"}
    return Form(withdraw_entry, world.secretary, right, {"reason": 200}, ids=("entry_id",))


@FORMS.add
def taken_down(world: World) -> Form:
    (outlet,) = the_entry(world.secretary, a_diary_entry(world, state=S.TAKEN)).outlets
    right = {"outlet_id": outlet.id, "version": outlet.version, "down_on": TODAY}
    return Form(take_down, world.secretary, right, {}, ids=("outlet_id",))


@FORMS.add
def reported(world: World) -> Form:
    right = {
        "what": ResultFigure.SESSIONS, "period": "2026-03", "community_id": None, "squad_id": None,
        "text": "各支队伍开展服务 42 场次。",
    }  # fmt: skip
    odd: tuple[dict[str, object], ...] = ({"period": "2026-13"}, {"period": "2099"}, {"period": None})
    return Form(report_figure, world.secretary, right, {"text": 500}, choices=("what",), ids=("squad_id",), also=odd)


NO_POINT: tuple[dict[str, object], ...] = (
    {"latitude": ""}, {"longitude": ""}, {"latitude": "北纬三十度"}, {"latitude": "124.5"}, {"longitude": "29.5"},
    {"datum": None}, {"datum": "no"}, {"latitude": 29.5},
)  # fmt: skip


@FORMS.add
def venue(world: World) -> Form:
    right = {
        "name": "柳林党群服务站", "kind": VenueKind.STATION, "address": "澄湖路1号", "hours": "周一至周五 8:30–17:30",
        "holidays": "节假日休息", "desk_phone": "10012345678", "datum": Datum.GCJ02, "opened_on": TODAY,
        "home_id": None, "unit_id": None, **at_sea(),
    }  # fmt: skip
    return Form(
        save_venue, world.secretary, right, {"address": 200, "holidays": 200},
        codes={"name": 60, "desk_phone": 40}, optional=frozenset({"address", "holidays", "desk_phone"}),
        choices=("kind",),
        also=(*NO_POINT, {"hours": "看情况"}, {"hours": "周一 25:00-26:00"}, {"name": "（）"}, {"unit_id": 10**9}),
    )  # fmt: skip


@FORMS.add
def venue_closed(world: World) -> Form:
    right = {"venue_id": a_venue(world), "version": 1, "on": TODAY, "reason": "搬走"}
    return Form(close_venue, world.secretary, right, {"reason": 200}, days=("on",), ids=("venue_id",))


@FORMS.add
def building(world: World) -> Form:
    right = {
        "place_id": world.place, "building": "3号楼", "datum": Datum.GCJ02, "households": 48, **at_sea(),
    }  # fmt: skip
    return Form(
        save_building, world.secretary, right, numbers={"households": (0, 5000)}, ids=("place_id",),
        foreign={"place_id": world.place_there},
        also=(*NO_POINT, {"building": "3幢2单元401室"}, {"building": "楼" * 21}),
    )  # fmt: skip


@FORMS.add
def walked(world: World) -> Form:
    right = {"place_id": world.place, "building": "3幢", "venue_id": a_venue(world), "minutes": 9}
    return Form(
        save_minutes, world.secretary, right, numbers={"minutes": (1, 240)}, ids=("place_id", "venue_id"),
        foreign={"place_id": world.place_there}, also=({"building": "3幢2单元401室"}, {"minutes": None}),
    )  # fmt: skip


@FORMS.add
def merged(world: World) -> Form:
    a_building(world, "3幢", households=40)
    right = {"place_id": world.place, "building": "3幢", "into_place_id": world.place, "into_building": "4幢"}
    return Form(
        merge_buildings, world.secretary, right, ids=("place_id", "into_place_id"),
        also=({"into_building": "3号楼"}, {"building": "9幢"}, {"building": "3幢2单元"}),
    )  # fmt: skip


@FORMS.add
def walking(world: World) -> Form:
    right = {"since": TODAY, "detour": 140, "pace": 4000}
    return Form(
        set_walking, world[Role.SUBDISTRICT_ADMIN], right, numbers={"detour": (100, 300), "pace": (1500, 7000)},
        days=("since",),
    )  # fmt: skip


@FORMS.add
def code_revoked(world: World) -> Form:
    number = do(world.secretary, issue_progress_code)
    return Form(revoke_progress_code, world.secretary, {"code_id": number, "version": 1}, {}, ids=("code_id",))


@pytest.mark.parametrize("name", list(FORMS))
def test_nothing_bad_is_stored_and_nothing_good_is_refused(small_world: World, name: str) -> None:
    assert complaints(FORMS[name](small_world)) == []


@pytest.mark.parametrize("name", list(FORMS))
def test_the_same_form_sent_twice_is_stored_once(small_world: World, name: str) -> None:
    assert complaints_about_a_repeat(FORMS[name](small_world)) == []
