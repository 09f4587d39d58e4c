"""What stands on 《党员公开承诺书》: what was handed in this year, by those who still belong to the branch."""

from datetime import date

from db.actions.commitments.commitments import write_commitment
from db.engine import as_system, reading
from db.models import Member
from db.queries.commitments.pledges import pledges
from db.terms import Role
from tests.builders.commitments import LESSON, a_promise, on_the_roll
from tests.builders.world import NOW, TODAY, World, do


def test_a_pledge_holds_what_was_handed_in_and_the_branch_s_word(world: World) -> None:
    member = on_the_roll(world, account_id=world[Role.VOLUNTEER].id)
    a_promise(world, member)
    do(world[Role.VOLUNTEER], write_commitment, member_id=member, **LESSON | {"what": "陪老人就诊取药"})

    with reading(world.worker) as session:
        [found] = pledges(session, year=TODAY.year)
        assert pledges(session, year=TODAY.year - 1) == ()

    assert [item.what for item in found.items] == [LESSON["what"]]  # the draft binds nobody
    assert found.items[0].until == date(2026, 12, 31)
    assert found.name.endswith("同志")  # no consent to the whole name on the wall
    assert [(word, at) for word, _by, at in found.words] == [("", NOW)]
    assert found.words[0][1]


def test_a_member_prints_the_own_pledge_with_the_whole_name_and_nobody_else_s(world: World) -> None:
    own = on_the_roll(world, account_id=world[Role.VOLUNTEER].id)
    other = on_the_roll(world, "LL-M0002")
    a_promise(world, own)
    a_promise(world, other)

    with reading(world[Role.VOLUNTEER]) as session:
        found = pledges(session, year=TODAY.year, account_id=world[Role.VOLUNTEER].id)

    assert [one.member_id for one in found] == [own]
    assert not found[0].name.endswith("同志")


def test_who_has_left_signs_nothing(world: World) -> None:
    member = on_the_roll(world)
    a_promise(world, member)
    with as_system("test") as session:
        session.get_one(Member, member).ended_on = TODAY

    with reading(world.worker) as session:
        assert pledges(session, year=TODAY.year) == ()
