"""四议两公开 and 协调会 on their pages: who may, what comes next, and the record as Word."""

import pytest

from db.actions.complaints.mediation import add_party, register_mediation
from db.actions.council.village import begin_matter
from db.models import Mediation, VillageMatter
from db.terms import MediationState, PartyKind, Role, VillageStep
from tests.builders.world import World, do, row
from tests.support.signed_in import open_app, words

VILLAGE, MEDIATION = "council/village.py", "complaints/mediation.py"


@pytest.mark.parametrize("path", [VILLAGE, MEDIATION])
@pytest.mark.parametrize("role", [Role.SUBDISTRICT_ADMIN, Role.AUDITOR])
def test_readers_find_no_form(small_world: World, monkeypatch: pytest.MonkeyPatch, path: str, role: Role) -> None:
    app = open_app(monkeypatch, small_world[role].id, path)

    assert not app.exception
    assert not app.text_input


def test_the_first_step_is_recorded_and_the_second_follows(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    matter = do(small_world.secretary, begin_matter, title="机耕路硬化", proposal="硬化 600 米")
    app = open_app(monkeypatch, small_world.secretary.id, VILLAGE, id=str(matter))
    name = f"record_step.{matter}.{VillageStep.PROPOSAL}"
    for field, text in (("place", "村部"), ("host", "李主任"), ("recorder", "陈会计")):
        app.text_input(key=f"{name}.{field}").input(text)
    for field, count in (("due", 7), ("present", 6)):
        app.number_input(key=f"{name}.{field}").set_value(count)
    app.text_area(key=f"{name}.said").input("党支部会同意提议")
    app.button(key=f"{name}.submit").click().run()

    assert row(small_world, VillageMatter, matter).step is VillageStep.CONSULTATION
    assert "“两委”会商议" in words(app)
    assert not app.exception


def test_a_matter_that_does_not_exist_is_told(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    for path in (VILLAGE, MEDIATION):
        app = open_app(monkeypatch, small_world.secretary.id, path, id="999")

        assert not app.exception
        assert "没有找到" in words(app)


def test_parties_are_invited_from_the_page(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    dispute = do(small_world.worker, register_mediation, title="油烟扰民", matter="楼上反映油烟大")
    for kind in (PartyKind.BUSINESS, PartyKind.OWNERS):
        do(small_world.worker, add_party, mediation_id=dispute, kind=kind, name=kind.value, representative="赵测试")
    app = open_app(monkeypatch, small_world.worker.id, MEDIATION, id=str(dispute))

    app.text_input(key=f"convene.{dispute}.place").input("议事厅")
    app.text_input(key=f"convene.{dispute}.host").input("王书记")
    app.button(key=f"convene.{dispute}.submit").click().run()

    assert row(small_world, Mediation, dispute).state is MediationState.CONVENED
    assert "开始协商" in words(app)
    assert "赵测试" not in words(app)
