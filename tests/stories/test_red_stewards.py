"""A2-25: three members of the property company promise, and the unit's page lists them with what they promise."""

from datetime import date

import pytest

from db.actions.commitments.commitments import end_commitment
from db.actions.members.roll import leave_roll
from db.terms import CommitmentState, MemberKind, MemberLeave, PromiseRhythm, UnitKind
from tests.builders.commitments import a_promise, version_of
from tests.builders.members import a_branch, a_party_member, at_version
from tests.builders.units import a_unit
from tests.builders.world import TODAY, World, do
from tests.support.signed_in import open_app, words

UNIT = "units/unit.py"
PROMISES = {"管一心": "入户维修水电", "管二心": "夜间巡楼", "管三心": "清理楼道杂物"}


def test_the_units_members_stand_on_its_page_with_what_they_promise(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = small_world
    unit = a_unit(world, "柳林物业服务中心", kind=UnitKind.PROPERTY)
    branch = a_branch(world)
    stewards = {
        name: a_party_member(world, branch, name, unit_id=unit, kind=MemberKind.PARTNER_UNIT) for name in PROMISES
    }
    promised = {
        name: a_promise(world, stewards[name], what=what, whom="本小区住户", rhythm=PromiseRhythm.WEEKLY)
        for name, what in PROMISES.items()
    }
    a_promise(world, stewards["管一心"], what="还没有审核的事", state=CommitmentState.SUBMITTED)

    seen = words(open_app(monkeypatch, world.worker.id, UNIT, id=str(unit)))
    for what in PROMISES.values():
        assert f"{what}（每周 1 次）" in seen
    assert "还没有审核的事" not in seen
    assert not any(name in seen for name in PROMISES)

    # One promise ends, one steward leaves the company's roll: the page follows.
    ended = promised["管二心"]
    do(world.secretary, end_commitment, commitment_id=ended, version=version_of(ended), reason="调到别的项目")
    do(world.worker, leave_roll, **at_version(stewards["管三心"]), cause=MemberLeave.TRANSFERRED,
       on=max(TODAY, date(2026, 1, 2)))  # fmt: skip

    seen = words(open_app(monkeypatch, world.worker.id, UNIT, id=str(unit)))
    assert "入户维修水电（每周 1 次）" in seen
    assert "夜间巡楼" not in seen
    assert "清理楼道杂物" not in seen
