"""A2-05: the subdistrict keeps the six categories of the needs list; a need keeps the word that it was filed under."""

import pytest

from db.actions.admin.settings import add_category, move_category, rename_category, switch_category
from db.actions.needs.needs import log_need
from db.engine import reading
from db.errors import BadInput, NotPermitted
from db.queries.needs.needs import NeedFilters, frame, ledger
from db.terms import Reach, Role, Urgency
from tests.builders.world import CATEGORIES, World, do


def offered(world: World) -> list[str]:
    """What a worker can choose from when a need is written down."""
    with reading(world.worker) as session:
        found = frame(session, None)
    assert found is not None
    return [one.name for one in found.categories]


def logged(world: World, category: int, words: str) -> int:
    made = do(
        world.worker, log_need, description=words, category_id=category, reach=Reach.BUILDING, people=6,
        urgency=Urgency.NORMAL, place_id=world.place, building="1幢",
    )  # fmt: skip
    return int(made["id"])


def filed_under(world: World) -> dict[str, str]:
    with reading(world.worker) as session:
        return {row.title: row.category for row in ledger(session, world.here, NeedFilters()).rows}


def test_the_list_changes_while_old_needs_keep_their_word(world: World) -> None:
    admin = world[Role.SUBDISTRICT_ADMIN]
    first, last = world.categories[0], world.categories[-1]
    assert offered(world) == list(CATEGORIES)
    logged(world, first, "老人下楼难")
    logged(world, last, "门禁坏了")

    # Retired: offered to nobody and taken from no form, but the old need keeps its word and is found under it.
    do(admin, switch_category, category_id=first, active=False)
    assert CATEGORIES[0] not in offered(world)
    with pytest.raises(BadInput):
        logged(world, first, "再来一件")
    assert filed_under(world)["老人下楼难"] == CATEGORIES[0]
    with reading(world.worker) as session:
        assert len(ledger(session, world.here, NeedFilters(category_id=first)).rows) == 1

    # Added and put in its place: the new one is offered at once, in every community.
    made = do(admin, add_category, name="新就业群体关爱", name_en="Care for new workers")
    do(admin, move_category, category_id=made, up=True)
    assert offered(world)[-2:] == ["新就业群体关爱", CATEGORIES[-1]]
    logged(world, made, "骑手没有歇脚处")
    assert filed_under(world)["骑手没有歇脚处"] == "新就业群体关爱"

    # A slip of the pen is put right everywhere, as it is the same category; what means something else is a new one.
    do(admin, rename_category, category_id=last, version=2, name="设施维修和安全", name_en="Repairs")
    assert filed_under(world) == {
        "老人下楼难": CATEGORIES[0], "门禁坏了": "设施维修和安全", "骑手没有歇脚处": "新就业群体关爱",
    }  # fmt: skip

    # Taken up again, the old word is there as it was; a second of the same name is refused.
    do(admin, switch_category, category_id=first, active=True)
    assert CATEGORIES[0] in offered(world)
    with pytest.raises(BadInput):
        do(admin, add_category, name=CATEGORIES[0], name_en="Again")


@pytest.mark.parametrize("role", [Role.SECRETARY, Role.AREA_WORKER])
def test_the_subdistrict_alone_keeps_the_list(small_world: World, role: Role) -> None:
    with pytest.raises(NotPermitted):
        do(small_world[role], add_category, name="自立一类", name_en="Our own")
