import pytest

from db.actions.activities.quotes import add_quote, drop_quote
from db.actions.people.consents import withdraw_consent
from db.actions.people.erasure import erase_person
from db.engine import reading
from db.errors import Refused
from db.models import ActivityQuote
from db.queries.activities.page import quotes_of, story_consents
from db.terms import ConsentScope
from tests.builders.activities import an_event
from tests.builders.people import a_consent, a_person, the
from tests.builders.world import World, do


def shown(world: World, event: int) -> list[str]:
    with reading(world.secretary) as session:
        return [one.words for one in quotes_of(session, event)]


def test_a_quote_needs_a_consent_to_be_quoted_and_is_gone_with_it(world: World) -> None:
    event, person = an_event(world), a_person(world, "王秀兰")
    story, other = a_consent(world.worker, person, scope=ConsentScope.STORY), a_consent(world.worker, person)
    right = {"activity_id": event, "words": "手不抖了", "called": "一位学员"}

    with pytest.raises(Refused, match="no_story_consent"):
        do(world.worker, add_quote, consent_id=other, **right)
    do(world.worker, add_quote, consent_id=story, **right)
    assert shown(world, event) == ["手不抖了"]
    with reading(world.worker) as session:
        assert [one.name for one in story_consents(session)] == ["王**"]
    do(world.worker, withdraw_consent, consent_id=story, reason="改主意")

    assert shown(world, event) == []
    with pytest.raises(Refused, match="no_story_consent"):
        do(world.worker, add_quote, consent_id=story, **right)


def test_a_quote_is_taken_out_and_its_words_are_gone(world: World) -> None:
    event = an_event(world)
    story = a_consent(world.worker, a_person(world), scope=ConsentScope.STORY)
    quote = do(world.worker, add_quote, activity_id=event, words="好", called="", consent_id=story)

    do(world.worker, drop_quote, quote_id=quote)

    assert shown(world, event) == []
    assert the(ActivityQuote, quote).words == ""


def test_with_an_erasure_the_words_are_gone(world: World) -> None:
    event, person = an_event(world), a_person(world)
    story = a_consent(world.worker, person, scope=ConsentScope.STORY)
    quote = do(world.worker, add_quote, activity_id=event, words="好", called="甄", consent_id=story)

    do(world.secretary, erase_person, person_id=person, reason="搬离")

    row = the(ActivityQuote, quote)
    assert (row.words, row.called, shown(world, event)) == ("", "", [])
