"""晒承诺、亮作为 (A2-20): the community hangs up a code, everybody reads what was asked, decided and done."""

from io import BytesIO

import pytest
from docx import Document

from components.results.public import poster
from db.actions.commitments.keeping import mark_kept
from db.actions.results.progress_code import issue_progress_code, revoke_progress_code
from db.engine import reading
from db.queries.results.public import progress_codes
from db.rules.printed_code import printed
from db.terms import PromiseRhythm, WitnessKind
from pages.public import progress, wall
from tests.builders.commitments import a_promise
from tests.builders.needs import a_need
from tests.builders.world import NOW, TODAY, World, do
from tests.support.phone import Phone


def test_a_passer_by_reads_the_quarter_and_no_name(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "utc_now", lambda: NOW)
    monkeypatch.setattr(progress, "PAGES", wall.Kept())
    phone = Phone(progress.routes)
    for _n in range(7):
        a_need(world, category_id=world.categories[1], asker_name="甄有事", asker_phone="13900000001")
    promise = a_promise(world, rhythm=PromiseRhythm.WEEKLY)
    do(world.worker, mark_kept, commitment_id=promise, on=TODAY, witness=WitnessKind.RESIDENT, witness_name="刘奶奶")

    # The secretary makes the code and prints the poster.
    do(world.secretary, issue_progress_code)
    with reading(world.secretary) as session:
        (code,) = progress_codes(session)
    paper = Document(BytesIO(poster(code, "https://demo.example")()))
    assert f"demo.example/p/{printed(code.code)}" in "\n".join(one.text for one in paper.paragraphs)

    # Somebody scans it: numbers with what they count, nobody's name.
    said = phone.get(f"/p/{printed(code.code)}")
    assert said.status == 200
    assert "大家提了什么" in said.text
    assert "环境整治</dt><dd>7" in said.html
    assert "停下休息的不算" in said.text
    assert not any(one in said.text for one in ("甄有事", "刘奶奶", "党员01", "13900000001"))

    # A poster that hangs in the wrong place is made worthless at once.
    do(world.secretary, revoke_progress_code, code_id=code.id, version=code.version)
    assert phone.get(f"/p/{code.code}").status == 410
