"""What not every community has: asked together with who is here, in one statement, and of the own community only."""

from db.actions.council.village import begin_matter
from db.actions.voting.voting import open_ballot
from db.engine import utc_now
from db.queries.accounts.accounts import signed_in_by
from db.queries.accounts.in_use import Use
from db.rules.permissions import Actor
from db.terms import Role, VoteMethod
from tests.builders.intake import a_poster
from tests.builders.meetings import in_session
from tests.builders.offline import a_phone
from tests.builders.people import a_person
from tests.builders.world import World, do
from tests.support.signed_in import new_sign_in
from tests.support.statements import Statements


def used_by(actor: Actor) -> set[Use]:
    token = new_sign_in(actor.id)
    with Statements() as counted:
        found = signed_in_by(token, now=utc_now(), with_uses=True)

    assert counted.n == 1
    assert found is not None
    assert found.used is not None
    return set(found.used)


def test_a_new_community_uses_nothing_of_it(world: World) -> None:
    assert [used_by(actor) for actor in world.actors.values()] == [set()] * len(world.actors)


def test_each_thing_is_in_use_from_the_first_on_and_in_its_own_community_only(world: World) -> None:
    do(world.secretary, begin_matter, title="修渠", proposal="修一里渠")
    a_phone(world.worker, now=utc_now())
    a_poster(world)
    a_person(world, "甄试验", phone="13900005678")
    a_person(world, "甄实验", phone="13900005678", room="102")

    of_all = {Use.VILLAGE, Use.PHONES, Use.POSTERS}
    assert used_by(world.secretary) == of_all | {Use.DOUBLES}
    assert used_by(world.worker) == of_all
    assert used_by(world[Role.SUBDISTRICT_ADMIN]) == {Use.VILLAGE}
    assert used_by(world.other_secretary) == set()


def test_a_vote_waits_for_those_alone_who_may_cast_it(world: World) -> None:
    _meeting, items = in_session(world)
    do(world.secretary, open_ballot, item_id=items[0], method=VoteMethod.NAMED)

    assert used_by(world[Role.COUNCIL_MEMBER]) == {Use.MY_VOTE}
    assert used_by(world.worker) == set()
