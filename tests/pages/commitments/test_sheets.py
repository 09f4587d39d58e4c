"""季度亮绩 on the screen: whoever drafts is led to it, nobody else is; a second press has nothing left to draft."""

import pytest

from db.terms import Role
from tests.builders.world import World
from tests.support.signed_in import open_app, words

PAGE = "commitments/sheets.py"


def test_only_who_drafts_is_told_to_draft(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "按“起草亮绩单”" in words(open_app(monkeypatch, small_world[Role.SECRETARY].id, PAGE))

    said = words(open_app(monkeypatch, small_world[Role.SUBDISTRICT_ADMIN].id, PAGE))
    assert "这个季度还没有亮绩单" in said
    assert "按“起草亮绩单”" not in said


def test_a_press_that_finds_nothing_to_draft_says_so(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    app = open_app(monkeypatch, small_world[Role.SECRETARY].id, PAGE)

    app.button(key="sheets.draft").click().run()

    assert [toast.value for toast in app.toast] == ["没有要起草的：有承诺的党员都有亮绩单了"]
