"""A database in which people have worked: personal data, merged needs, votes in three ways, a sign-in, a key."""

from db.actions.voting.slips import cast_by_slip
from db.actions.voting.voting import cast_for_member, close_ballot, open_ballot
from db.engine import as_system, carry_out, writing
from db.models import AuthSession, Merge, Need
from db.terms import NeedStage, VoteMethod
from tests.builders.doors import a_household
from tests.builders.meetings import in_session
from tests.builders.needs import a_need
from tests.builders.projects import a_project
from tests.builders.volunteers import an_opening
from tests.builders.voting import count_paper, printed_slips
from tests.builders.world import NOW, World, do
from tests.support.an_action import name_place


def live_in(world: World) -> None:
    """Personal data, merged needs that refer to later ones, JSON of every kind, a request key."""
    lead = a_need(world, asker_name="欧阳青岚", asker_phone="13800008888")
    member = a_need(world, household_id=a_household(world))
    later = a_need(world, description="𠮷喆 =1+1 'x'\n二行")
    with as_system("test") as session:
        for need in (lead, member):
            row = session.get_one(Need, need)
            row.stage, row.merged_into_id = NeedStage.MERGED, later
        session.get_one(Need, later).voices = 3
        session.add(
            Merge(
                community_id=world.here, lead_id=later, member_id=lead, reasons=["同一楼栋", "x"], score=88,
                stage_before=NeedStage.LOGGED, merged_at=NOW, merged_by=world.secretary.id,
            )
        )  # fmt: skip
        session.add(
            AuthSession(token_hash="t", account_id=world.secretary.id, created_at=NOW, last_seen_at=NOW, expires_at=NOW)
        )
    carry_out(world.secretary, "k1", name_place, name="东里")
    with writing(world.secretary, "k2"):
        pass  # a result that is JSON's null
    an_opening(world, a_project(world, budget_fen=123))
    _a_vote_in_three_ways(world)


def _a_vote_in_three_ways(world: World) -> None:
    """Slips, paper and a vote by name, announced; and slips that still lie sealed."""
    meeting, items = in_session(world, present=14, needs=2)
    codes = printed_slips(world, meeting, 8)
    ways = {"paper": world.members[8:13], "assisted": world.members[13:14]}
    ballot = do(world.secretary, open_ballot, item_id=items[0], method=VoteMethod.SLIP, apart=ways)
    for code in codes:
        cast_by_slip(code, ballot_id=ballot, pattern="for")
    count_paper(world, ballot, {"against": 3}, blank=1)
    do(world.secretary, cast_for_member, ballot_id=ballot, member_id=world.members[13], choice="abstain", witness="王")
    do(world.secretary, close_ballot, ballot_id=ballot)
    later = do(world.secretary, open_ballot, item_id=items[1], method=VoteMethod.HANDS,
               apart={"slip": world.members[:8]})  # fmt: skip
    cast_by_slip(codes[0], ballot_id=later, pattern="against")
