"""A story: seven mothers who raise their children alone help each other, and nobody learns who they are.

The subdistrict clears two colleagues, the secretary starts the circle and names one of them. Seven consent and join;
a wish is fulfilled under an alias; one takes her consent back; one moves away and is erased. What the others see stays
the same throughout: an alias, and a number while there are five or more.
"""

from db.actions.people.consents import withdraw_consent
from db.actions.people.erasure import erase_person
from db.actions.people.programmes import add_member, name_staff, start_programme, wish_to_need
from db.engine import as_system, reading
from db.models import AuditEntry, Model, Need, Person
from db.queries.people.people import find_people
from db.queries.people.programmes import inside, join_candidates, programmes
from db.rules.permissions import Actor
from db.terms import ConsentScope, Role
from tests.builders.people import a_consent, a_person, the
from tests.builders.world import TODAY, World, another_actor, do
from tests.canary.marks import whole_table

NAME = "单亲妈妈互助小组"


def seen_by(actor: Actor) -> tuple[str, str]:
    with reading(actor) as session:
        (row,) = programmes(session)
        assert row.mine or inside(session, row.id) is None
        return row.alias, row.members


def test_a_circle_that_only_two_colleagues_know(world: World) -> None:
    secretary = another_actor(world, Role.SECRETARY, "cleared", sees_restricted=True)
    colleague = another_actor(world, Role.AREA_WORKER, "colleague", sees_restricted=True)
    outsider = another_actor(world, Role.AREA_WORKER, "outsider", sees_restricted=True)
    programme = do(
        secretary, start_programme, alias="晨光", name=NAME, purpose="换着带孩子",
        keep_until=TODAY.replace(year=TODAY.year + 1),
    )  # fmt: skip
    do(secretary, name_staff, programme_id=programme, account_id=colleague.id)
    assert seen_by(outsider) == ("晨光", "<5")

    people = [
        a_person(world, f"甄妈妈{number}", phone=f"1390000{number:04d}", room=f"50{number}") for number in range(7)
    ]
    consents = [a_consent(colleague, person, scope=ConsentScope.PROGRAMME) for person in people]
    with reading(colleague) as session:
        assert len(join_candidates(session, programme)) == 7
    members = [
        do(colleague, add_member, programme_id=programme, person_id=person, consent_id=consent, wish=f"心愿{person}")
        for person, consent in zip(people, consents, strict=True)
    ]
    assert [member["alias"] for member in members] == [f"晨光{number:02d}" for number in range(1, 8)]
    assert seen_by(outsider) == seen_by(world.worker) == ("晨光", "7")
    with reading(world.worker) as session:
        assert find_people(session).rows == (), "the whole household is out of sight"
    with reading(outsider) as session:
        assert all("甄" not in str(row) and "晨光" in row.name for row in find_people(session).rows)

    wish = do(
        colleague, wish_to_need, member_id=members[0]["id"], version=1, description="周六需要看护两小时",
        category_id=world.categories[0],
    )  # fmt: skip
    with reading(world.worker) as session:
        assert session.get(Need, wish["id"]) is None

    do(colleague, withdraw_consent, consent_id=consents[1], reason="本人要求")
    assert seen_by(outsider) == ("晨光", "6")
    done = do(secretary, erase_person, person_id=people[2], reason="搬离")
    assert done["wiped"]["person"] == 1
    assert seen_by(outsider) == ("晨光", "5")
    with reading(colleague) as session:
        rows = inside(session, programme).members  # type: ignore[union-attr]
    assert [(row.alias, row.wish) for row in rows if row.left_on] == [("晨光02", ""), ("晨光03", "")]
    assert the(Person, people[2]).name == ""

    everywhere = "\n".join(whole_table(mapper.class_) for mapper in Model.registry.mappers)
    assert "甄妈妈2" not in everywhere
    log = whole_table(AuditEntry)
    assert NAME not in log
    assert "心愿" not in log
    with as_system("test") as session:
        assert session.query(AuditEntry).filter_by(table_name="programme_member").count() >= 9
