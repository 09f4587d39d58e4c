"""议题: proposed in writing and signed, reviewed by the party organisation, called up for a meeting."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.actions.fields import chosen, line, row_id, whole, words
from db.actions.loading import actor_of, load
from db.actions.meetings.meetings import add_item
from db.actions.numbering import next_number
from db.counters import day_of
from db.engine import action
from db.errors import BadInput, NotFound, Problem, Refused, WrongStage
from db.models import AgendaItem, BodyMember, Category, Community, Meeting, Topic
from db.queries.council.council import in_office
from db.rules.council.topic_input import TopicInput
from db.rules.lifecycle import may_become
from db.rules.meetings.item_input import MotionInput
from db.rules.permissions import Permission
from db.terms import Role, TopicGround, TopicSource, TopicState

SERIES = "YT"
"""议题: LL-YT2026-0003."""
VERDICTS = (TopicState.ACCEPTED, TopicState.MERGED, TopicState.REFERRED, TopicState.DECLINED)


@action(Permission.PROPOSE_TOPIC)
def propose_topic(
    session: Session,
    *,
    given: TopicInput,
    now: datetime,
) -> int:
    """Hand in a topic in writing. The id.

    A member with an account signs by ticking; staff write down what a member signed on paper (`member_id`); the
    subdistrict hands a topic down to a community (`community_id`). Unsigned ones are told at "signed".
    """
    actor = actor_of(session)
    heading, why = line("title", given.title, most=60), words("background", given.background, most=1000)
    what = words("proposal", given.proposal, most=1000)
    money = None if given.budget_yuan is None else whole("budget_yuan", given.budget_yuan, least=0, most=10**8)
    home = actor.community_id or row_id("community_id", given.community_id)
    if session.scalar(select(Community.id).where(Community.id == home)) is None:
        raise NotFound(what="community", id=home)
    if given.category_id is not None and session.get(Category, row_id("category_id", given.category_id)) is None:
        raise BadInput("category_id", Problem.UNKNOWN_CHOICE)
    handed_down = actor.role is Role.SUBDISTRICT_ADMIN
    member = None if handed_down else _member(session, home, given.member_id, day_of(now))
    if not given.signed:
        raise BadInput("signed", Problem.EMPTY)
    topic = Topic(
        community_id=home,
        number=next_number(session, home, SERIES, day_of(now).year),
        title=heading,
        source=TopicSource.SUBDISTRICT if member is None else TopicSource.MEMBER,
        member_id=member.id if member else None,
        proposer=member.name if member else actor.name,
        signed_at=now,
        signed_on_paper=member is not None and member.account_id != actor.id,
        category_id=given.category_id,
        background=why,
        scope=line("scope", given.scope, most=200, needed=False),
        proposal=what,
        budget_yuan=money,
        stakeholders=line("stakeholders", given.stakeholders, most=200, needed=False),
        made_by=actor.id,
        made_at=now,
    )
    session.add(topic)
    session.flush()
    return topic.id


def _member(session: Session, community_id: int, member_id: int | None, today: date) -> BodyMember:
    """Who signs: the member chosen by staff, or the actor's own seat."""
    actor = actor_of(session)
    query = select(BodyMember).where(BodyMember.community_id == community_id, in_office(today))
    if member_id is None or actor.may(Permission.SIGN_OWN_TOPIC):
        member = session.scalar(query.where(BodyMember.account_id == actor.id).limit(1))
        if member is None and actor.may(Permission.SIGN_OWN_TOPIC):
            raise Refused("no_seat_to_sign")
    else:
        member = session.scalar(query.where(BodyMember.id == row_id("member_id", member_id)))
    if member is None:
        raise BadInput("member_id", Problem.EMPTY if member_id is None else Problem.UNKNOWN_CHOICE)
    return member


@action(Permission.REVIEW_TOPIC)
def review_topic(
    session: Session,
    *,
    topic_id: int,
    version: int,
    verdict: TopicState | None,
    reason: str,
    ground: TopicGround | None = None,
    merged_into_id: int | None = None,
    referred_to: str = "",
    now: datetime,
) -> str:
    """议题审核: accept, merge into another, refer, or not accept with a ground of the negative list; a reason always.

    Returns the state. Raises BadInput at the field that the verdict needs.
    """
    topic = load(session, Topic, topic_id, version=version, lock=True)
    way = chosen("verdict", verdict, VERDICTS)
    if not may_become(topic.state, way):
        raise WrongStage(what="topic", stage=topic.state, permission=Permission.REVIEW_TOPIC)
    topic.review_reason = words("reason", reason, most=500, needed=way is not TopicState.ACCEPTED)
    if way is TopicState.DECLINED:
        topic.ground = chosen("ground", ground, tuple(TopicGround))
    if way is TopicState.REFERRED:
        topic.referred_to = line("referred_to", referred_to, most=100)
    if way is TopicState.MERGED:
        topic.merged_into_id = _lead(session, topic, merged_into_id)
    topic.state, topic.reviewed_by, topic.reviewed_at = way, actor_of(session).id, now
    return way.value


def _lead(session: Session, topic: Topic, lead_id: int | None) -> int:
    found = session.scalar(
        select(Topic).where(
            Topic.id == row_id("merged_into_id", lead_id),
            Topic.community_id == topic.community_id,
            Topic.state.in_((TopicState.SUBMITTED, TopicState.ACCEPTED, TopicState.ON_AGENDA)),
        )
    )
    if found is None or found.id == topic.id:
        raise BadInput("merged_into_id", Problem.UNKNOWN_CHOICE)
    return found.id


@action(Permission.REVIEW_TOPIC)
def reopen_review(session: Session, *, topic_id: int, version: int, now: datetime) -> int:
    """Take a review back while the topic is on no agenda; the log keeps both."""
    topic = load(session, Topic, topic_id, version=version, lock=True)
    if not may_become(topic.state, TopicState.SUBMITTED):
        raise WrongStage(what="topic", stage=topic.state, permission=Permission.REVIEW_TOPIC)
    topic.state, topic.ground, topic.merged_into_id = TopicState.SUBMITTED, None, None
    topic.review_reason = topic.referred_to = ""
    topic.reviewed_by, topic.reviewed_at = actor_of(session).id, now
    return topic.id


@action(Permission.PREPARE_MEETING)
def call_up_topic(
    session: Session,
    *,
    topic_id: int,
    meeting_id: int | None,
    motion: str,
    owners_matter: bool = False,
) -> int:
    """Put an accepted topic on a draft agenda with the words that will be voted on. The item's id."""
    topic = load(session, Topic, topic_id, lock=True)
    if not may_become(topic.state, TopicState.ON_AGENDA):
        raise WrongStage(what="topic", stage=topic.state, permission=Permission.PREPARE_MEETING)
    meeting = session.get(Meeting, row_id("meeting_id", meeting_id))
    if meeting is None or meeting.community_id != topic.community_id:
        raise BadInput("meeting_id", Problem.UNKNOWN_CHOICE)
    item_id: int = add_item(
        session,
        meeting_id=meeting.id,
        title=topic.title,
        proposer=topic.proposer,
        given=MotionInput(motion, owners_matter),
    )
    load(session, AgendaItem, item_id).topic_id = topic.id
    topic.state = TopicState.ON_AGENDA
    return item_id
