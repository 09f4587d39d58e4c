"""The forms of what the subdistrict sets, tried with everything that a person, a paste or a forged request can send."""

from datetime import date

import pytest

from db.actions.admin.presets import set_preset
from db.actions.admin.readings import add_reading
from db.actions.admin.settings import add_category, add_place, change_place, rename_category, set_day
from db.rules.voting.decision import Preset
from db.rules.voting.house_rule import QuorumOf
from db.terms import (
    BodyKind,
    MajorityBase,
    PlaceKind,
    ReadingKind,
    Role,
    TieRule,
)
from tests.builders.world import TODAY, World
from tests.support.bad_input import Form, Forms, complaints, complaints_about_a_repeat

FORMS = Forms()


@FORMS.add
def subdistrict_preset(world: World) -> Form:
    right = {"key": Preset.COUNCIL.value, "name": "街道版", "kind": BodyKind.COUNCIL, "quorum_of": QuorumOf.MEMBERS,
             "quorum_share": "2/3", "quorum_strict": False, "majority_share": "1/2", "majority_strict": True,
             "majority_base": MajorityBase.PRESENT, "tie": TieRule.NOT_PASSED, "call_days": 3, "notice_days": 5,
             "speech_seconds": 120, "speeches": 2, "phones_allowed": True, "shuffle_options": False,
             "basis": "街道文件", "in_force_since": TODAY, "verified": True, "valid_from": TODAY}  # fmt: skip
    return Form(
        set_preset, world[Role.SUBDISTRICT_ADMIN], right, {"name": 60, "basis": 200},
        numbers={"call_days": (0, 60), "notice_days": (1, 30), "speech_seconds": (10, 3600), "speeches": (1, 20)},
        days=("valid_from",), choices=("quorum_of", "majority_base", "tie"),
        also=({"quorum_share": "3/2"}, {"majority_share": "1/3"}, {"majority_strict": 1}, {"verified": None},
              {"key": "no_such"}, {"key": 5}, {"in_force_since": date.max}),
    )  # fmt: skip


@FORMS.add
def category(world: World) -> Form:
    right = {"name": "宠物管理", "name_en": "Pets"}
    return Form(add_category, world[Role.SUBDISTRICT_ADMIN], right, {"name": 20, "name_en": 40})


@FORMS.add
def category_renamed(world: World) -> Form:
    right = {"category_id": world.categories[0], "version": 1, "name": "助老", "name_en": "Elderly"}
    return Form(rename_category, world[Role.SUBDISTRICT_ADMIN], right, {"name": 20, "name_en": 40},
                ids=("category_id",))  # fmt: skip


@FORMS.add
def place(world: World) -> Form:
    right = {"community_id": world.here, "name": "新村", "kind": PlaceKind.ESTATE, "households": 300}
    return Form(add_place, world[Role.SUBDISTRICT_ADMIN], right, {"name": 60}, numbers={"households": (0, 100_000)},
                choices=("kind",), ids=("community_id",))  # fmt: skip


@FORMS.add
def place_changed(world: World) -> Form:
    right = {"place_id": world.place, "version": 1, "name": "新名", "kind": PlaceKind.ESTATE, "households": 300}
    return Form(change_place, world[Role.SUBDISTRICT_ADMIN], right, {"name": 60}, numbers={"households": (0, 100_000)},
                choices=("kind",), ids=("place_id",))  # fmt: skip


@FORMS.add
def name_reading(world: World) -> Form:
    right = {"kind": ReadingKind.PLACE, "written": "十里堡", "sounds": "shi li bao"}
    return Form(
        add_reading, world[Role.SUBDISTRICT_ADMIN], right, codes={"written": 10, "sounds": 80}, choices=("kind",),
        also=({"written": "abc"}, {"written": "堡"}, {"sounds": "shilibao"}, {"sounds": "1 2 3"}),
    )  # fmt: skip


@FORMS.add
def holiday(world: World) -> Form:
    right = {"on": TODAY, "workday": False, "note": "台风停工"}
    return Form(set_day, world[Role.SUBDISTRICT_ADMIN], right, {"note": 60}, optional=frozenset({"note"}), days=("on",),
                choices=("workday",))  # fmt: skip


@pytest.mark.parametrize("name", FORMS)
def test_a_form_stores_what_was_meant_or_says_why_not(name: str, world: World) -> None:
    assert complaints(FORMS[name](world)) == []


@pytest.mark.parametrize("name", FORMS)
def test_a_form_sent_twice_is_stored_once(name: str, world: World) -> None:
    assert complaints_about_a_repeat(FORMS[name](world)) == []
