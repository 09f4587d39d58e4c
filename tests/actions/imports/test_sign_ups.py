"""接龙名单 on both engines: people are entered once, put forward once, and go back together."""

import pytest
from sqlalchemy import func, select

from db.actions.imports.imports import undo_import
from db.actions.imports.sign_ups import import_sign_ups
from db.actions.volunteers.placements import accept_placement
from db.engine import carry_out, reading_as_system
from db.errors import NotPermitted, Refused
from db.models import Placement, ThreadEntry, Volunteer
from db.terms import Role
from tests.builders.imports import digest
from tests.builders.projects import a_project
from tests.builders.volunteers import an_opening
from tests.builders.world import NOW, World

PEOPLE = [{"name": "张三", "phone": "13800000000"}, {"name": "李四"}, {"name": "张三", "phone": "13800000000"}]


def count(model: type) -> int:
    with reading_as_system("test") as session:
        return session.execute(select(func.count()).select_from(model)).scalar_one()


def signed(world: World, opening: int | None, *, text: str = "一", role: Role = Role.SECRETARY) -> dict[str, object]:
    values = {"title": "清理楼道", "sha256": digest(text), "rows": PEOPLE, "opening_id": opening, "now": NOW}
    return carry_out(world[role], "", import_sign_ups, **values)


def undone(world: World, batch: object) -> int:
    return carry_out(world.secretary, "", undo_import, batch_id=batch, version=1, reason="报错了", now=NOW)


def test_a_person_is_entered_and_put_forward_once(world: World) -> None:
    opening = an_opening(world, a_project(world))

    result = signed(world, opening)

    assert result["made"] == {"volunteer": 2, "placement": 2, "thread_entry": 2}
    with pytest.raises(Refused) as refused:
        signed(world, opening, text="二")
    assert refused.value.rule == "import_nothing_new"


def test_the_list_goes_back_together(world: World) -> None:
    opening = an_opening(world, a_project(world))
    before = (count(Volunteer), count(Placement), count(ThreadEntry))

    undone(world, signed(world, opening)["batch"])

    assert (count(Volunteer), count(Placement), count(ThreadEntry)) == before


def test_whom_the_leader_has_taken_keeps_the_list(world: World) -> None:
    opening = an_opening(world, a_project(world))
    batch = signed(world, opening)["batch"]
    with reading_as_system("test") as session:
        placement = session.scalars(select(Placement.id)).first()
    carry_out(world[Role.TEAM_LEADER], "", accept_placement, placement_id=placement, version=1, word="欢迎", now=NOW)

    with pytest.raises(Refused) as refused:
        undone(world, batch)

    assert refused.value.rule == "import_changed"


def test_a_list_without_a_post_is_a_list_of_volunteers(world: World) -> None:
    assert signed(world, None)["made"] == {"volunteer": 2}
    with pytest.raises(NotPermitted):
        signed(world, None, role=Role.VOLUNTEER)
