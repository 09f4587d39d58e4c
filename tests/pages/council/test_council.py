"""The council's pages: what each role sees and can do there, within the budgets."""

import pytest

from db.terms import Role
from tests.builders.meetings import in_session
from tests.builders.world import World
from tests.support.signed_in import elements, keys, open_app, words
from tests.support.statements import Statements

BODIES, MEETINGS, VOTE, NOTICES = "council/bodies.py", "meetings/meetings.py", "voting/vote.py", "council/notices.py"
READERS = (Role.SUBDISTRICT_ADMIN, Role.SECRETARY, Role.AREA_WORKER, Role.COUNCIL_MEMBER, Role.AUDITOR)


@pytest.mark.parametrize("path", [BODIES, MEETINGS, NOTICES])
@pytest.mark.parametrize("role", READERS)
def test_whoever_may_see_the_council_opens_its_pages(
    small_world: World, monkeypatch: pytest.MonkeyPatch, path: str, role: Role
) -> None:
    app = open_app(monkeypatch, small_world[role].id, path)

    assert not app.exception
    assert "不对您的角色开放" not in words(app)


@pytest.mark.parametrize("role", [Role.COUNCIL_MEMBER, Role.AREA_WORKER, Role.AUDITOR])
def test_readers_find_no_form_that_changes_the_council(
    small_world: World, monkeypatch: pytest.MonkeyPatch, role: Role
) -> None:
    app = open_app(monkeypatch, small_world[role].id, BODIES)

    assert "add_member.name" not in keys(app)
    assert "柳林社区居民议事会" in words(app)


@pytest.mark.parametrize("path", [BODIES, MEETINGS, VOTE, NOTICES])
def test_the_other_pages_keep_their_budgets(small_world: World, monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    in_session(small_world)
    app = open_app(monkeypatch, small_world.secretary.id, path)

    with Statements() as counted:
        app.run()

    assert not app.exception
    assert elements(app.main) <= 60
    assert counted.n <= 15, counted.texts
