"""承诺上墙: a promise is precise or it is not taken; reviewed, published, scanned, kept, and asked about when missed.

A2-02, A2-06, A2-07, A2-17, A2-28 and E5 of docs/domain.md.
"""

from datetime import date, timedelta
from io import BytesIO

import pytest
from docx import Document

from components.commitments.board_paper import board_document
from db.actions.commitments.commitments import (
    amend_commitment,
    approve_commitment,
    follow_the_days,
    publish_commitments,
    return_commitment,
    submit_commitment,
    write_commitment,
)
from db.actions.commitments.keeping import confirm_keeping, explain_miss, mark_kept
from db.actions.commitments.wall import give_codes
from db.engine import reading
from db.errors import BadInput, Refused
from db.queries.commitments.commitments import commitment, late, own_commitments
from db.queries.commitments.wall import board, scans_by_day
from db.terms import CommitmentState, PromiseRhythm, Role, WitnessKind
from pages.public import wall
from tests.builders.commitments import on_the_roll, version_of
from tests.builders.world import NOW, TODAY, World, do
from tests.support.phone import Phone

LATER = NOW + timedelta(days=62)
MAY = TODAY + timedelta(days=62)


def test_a_promise_goes_from_the_member_to_the_wall_and_back_to_those_who_ask(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    member = world[Role.VOLUNTEER]
    on_the_roll(world, account_id=member.id)

    # 承诺细化: what is vague stays a draft and is told what is missing.
    number = do(member, write_commitment, member_id=None, whom="", what="积极做好服务工作", measure="次",
                starts_on=TODAY, until=date(2026, 12, 31))  # fmt: skip
    with pytest.raises(BadInput) as refused:
        do(member, submit_commitment, commitment_id=number, version=1)
    assert refused.value.field == "whom"
    do(member, amend_commitment, commitment_id=number, version=1, whom="3 名老年党员", what="每月送学上门",
       rhythm=PromiseRhythm.MONTHLY, measure="次", starts_on=TODAY, until=date(2026, 12, 31))  # fmt: skip
    do(member, submit_commitment, commitment_id=number, version=version_of(number))

    # 审诺: the branch returns it once, then it hangs on the wall only after somebody else published it.
    do(world.secretary, return_commitment, commitment_id=number, version=version_of(number), reason="一次多久？")
    do(member, submit_commitment, commitment_id=number, version=version_of(number))
    do(world.secretary, approve_commitment, commitment_id=number, version=version_of(number), word="同意")
    with reading(world.secretary) as session:
        assert board(session, today=TODAY) == ()
    do(world.worker, publish_commitments, commitment_ids=[number])

    # 上墙: a code, a printed board, a plain page.
    assert do(world.worker, give_codes) == 1
    with reading(world.worker) as session:
        hung = board(session, today=TODAY, codes=True)
    printed = Document(BytesIO(board_document(hung, "柳林社区", "http://10.0.0.2:8501", on=TODAY, large=True)()))
    words = "\n".join(cell.text for table in printed.tables for row in table.rows for cell in row.cells)
    assert "每月送学上门（3 名老年党员）" in words
    assert "党同志" in words  # nobody consented to the whole name
    assert len(printed.inline_shapes) == 1
    width = printed.sections[0].page_width
    assert width is not None
    assert round(width.cm) == 42
    monkeypatch.setattr(wall, "utc_now", lambda: NOW)
    monkeypatch.setattr(wall, "SCANS", wall.Scans())  # scans of other tests may still wait in the process
    phone = Phone(wall.routes)
    for _n in range(5):
        assert "每月送学上门" in phone.get(f"/w/{hung[0].code}").text
    wall.SCANS.write()
    with reading(world.secretary) as session:
        assert scans_by_day(session, since=TODAY) == [(TODAY, 5)]

    # 践诺: March is kept with a witness, April goes by.
    do(member, mark_kept, commitment_id=number, on=TODAY, witness=WitnessKind.RESIDENT, witness_name="刘奶奶")
    with reading(member) as session:
        (own,) = own_commitments(session, member.id, today=MAY)
    assert own.standing is not None
    assert (own.standing.due, own.standing.kept) == (2, 1)

    # 跟踪问效: April is asked about; what was done then comes in late and counts with a second person's word.
    do(world.worker, follow_the_days, now=LATER)
    with reading(world.secretary) as session:
        (behind,) = late(session, account_id=world.secretary.id, today=MAY)
    assert [one.first for one in behind.missed] == [date(2026, 4, 1)]
    entry = do(member, mark_kept, commitment_id=number, on=date(2026, 4, 9), witness=WitnessKind.COLLEAGUE,
               witness_name="老周", now=LATER)  # fmt: skip
    with reading(world.secretary) as session:
        assert late(session, account_id=world.secretary.id, today=MAY)[0].waiting == 1
    do(world.secretary, confirm_keeping, keeping_id=entry, version=1, now=LATER)
    with reading(world.secretary) as session:
        assert late(session, account_id=world.secretary.id, today=MAY) == ()
    with pytest.raises(Refused, match="period_not_missed"):
        do(member, explain_miss, commitment_id=number, first=date(2026, 4, 1), reason="已补", now=LATER)

    # The promise runs out and waits to be judged.
    do(world.worker, follow_the_days, now=NOW + timedelta(days=303))
    with reading(world.secretary) as session:
        card = commitment(session, number, account_id=world.secretary.id, today=date(2027, 1, 2), own=False)
    assert card is not None
    assert card.row.state is CommitmentState.TO_JUDGE
