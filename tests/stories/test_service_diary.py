"""服务日志 (A2-19) and 满意口碑 (A1-20): what was done becomes a text without names, which two people answer for."""

from io import BytesIO

import pytest
from docx import Document

from components.results.diary_papers import diary_paper
from components.results.diary_words import draft_words, outlets_line, paste_text
from db.actions.people.consents import withdraw_consent
from db.actions.results.diary import approve_entry, draft_entry, submit_entry, take_down, take_entry, withdraw_entry
from db.engine import reading
from db.errors import Refused
from db.queries.results.diary import to_take_down
from db.queries.results.diary_sources import sources, told_of
from db.terms import DiarySource, DiaryTrouble
from tests.builders.results import a_diary_entry, a_held_event, a_quote, entry_version, the_entry
from tests.builders.world import TODAY, World, do


def test_a_salon_becomes_a_text_for_the_official_account(world: World) -> None:
    a_held_event(world, report="甄报名教大家插花，四十人都学会了。", guest="甄报名")

    # The worker chooses the record; the words are there already, without a name.
    with reading(world.worker) as session:
        (row,) = sources(session, DiarySource.ACTIVITY, today=TODAY)
        told = told_of(session, DiarySource.ACTIVITY, row.id)
    assert told is not None
    number = do(world.worker, draft_entry, source=DiarySource.ACTIVITY, record_id=row.id, given=draft_words(told))
    do(world.worker, submit_entry, entry_id=number, version=1)

    # Somebody else reads it and lets it go; the text is pasted and printed.
    with pytest.raises(Refused, match="diary_own"):
        do(world.worker, approve_entry, entry_id=number, version=entry_version(number), checked=False)
    do(world.secretary, approve_entry, entry_id=number, version=entry_version(number), checked=False)
    found = the_entry(world.secretary, number)
    text = paste_text(found)
    printed = "\n".join(one.text for one in Document(BytesIO(diary_paper(found)())).paragraphs)
    assert "服务 40 人次" in text
    assert "甄报名" not in text + printed
    assert found.row.title in printed

    # Where it went is written down.
    do(world.secretary, take_entry, entry_id=number, version=found.version, outlet="街道公众号", went_on=TODAY)
    assert "街道公众号" in outlets_line(the_entry(world.secretary, number))


def test_what_a_resident_said_is_told_for_as_long_as_the_consent_holds(world: World) -> None:
    event = a_held_event(world)
    quote, consent = a_quote(world, event)
    number = a_diary_entry(world, event, quotes=(quote,))
    do(world.worker, submit_entry, entry_id=number, version=entry_version(number))
    do(world.secretary, approve_entry, entry_id=number, version=entry_version(number), checked=False)
    said = paste_text(the_entry(world.secretary, number))
    assert "“手不抖了”——一位学员" in said
    assert "王秀兰" not in said
    do(world.secretary, take_entry, entry_id=number, version=entry_version(number), outlet="宣传栏", went_on=TODAY)

    do(world.worker, withdraw_consent, consent_id=consent, reason="不想登了")

    with reading(world.secretary) as session:
        (first,) = to_take_down(session)
    assert first.trouble is DiaryTrouble.CONSENT_GONE
    do(world.secretary, withdraw_entry, entry_id=number, version=entry_version(number), reason="同意已撤回")
    (outlet,) = the_entry(world.secretary, number).standing
    do(world.worker, take_down, outlet_id=outlet.id, version=outlet.version, down_on=TODAY)
    with reading(world.secretary) as session:
        assert to_take_down(session) == ()
