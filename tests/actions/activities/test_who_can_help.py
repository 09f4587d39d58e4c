"""Who is away or is a minor without the guardian's word is sent to no stall, no elder and no activity on that day."""

from datetime import timedelta
from typing import Any

import pytest

from db.actions.activities.outing import replace_escort
from db.engine import as_system, reading
from db.errors import Refused
from db.models import Volunteer
from db.queries.activities.market_turns import usual_helpers
from tests.builders.activities import a_market, a_pair, a_stall, a_stall_helper, an_event, an_outing, helped
from tests.builders.volunteers import a_volunteer
from tests.builders.world import TODAY, World, do

PAUSED = {"paused_from": TODAY - timedelta(days=1), "paused_until": TODAY + timedelta(days=30), "paused_reason": "外出"}
MINOR = {"birth_year": TODAY.year - 15}


@pytest.mark.parametrize(("why", "rule"), [(PAUSED, "volunteer_paused"), (MINOR, "guardian_missing")])
def test_who_cannot_be_asked_is_sent_nowhere(why: dict[str, Any], rule: str, world: World) -> None:
    away, outing, market = a_volunteer(world, **why), an_outing(world), a_market(world)
    pair = a_pair(world, outing, "甄一")

    with pytest.raises(Refused, match=rule):
        a_stall_helper(world, a_stall(world, market), away)
    with pytest.raises(Refused, match=rule):
        a_pair(world, outing, "甄二", escort=away)
    with pytest.raises(Refused, match=rule):
        do(world.worker, replace_escort, pair_id=pair, version=1, volunteer_id=away, reason="发烧")
    with pytest.raises(Refused, match=rule):
        helped(world, an_event(world), away)


def test_who_is_away_is_not_among_the_usual_helpers(world: World) -> None:
    usual, before = a_volunteer(world), a_market(world)
    a_stall_helper(world, a_stall(world, before), usual)
    market = a_market(world)
    with reading(world.worker) as session:
        assert [one.id for one in usual_helpers(session, market)] == [usual]

    with as_system("test") as session:
        entry = session.get_one(Volunteer, usual)
        entry.paused_from, entry.paused_until = TODAY, TODAY + timedelta(days=30)

    with reading(world.worker) as session:
        assert usual_helpers(session, market) == []
