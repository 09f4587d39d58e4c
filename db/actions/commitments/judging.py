"""评诺: take down what residents and members say, follow up a bad word, let the organisation choose the result."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.actions import fields
from db.actions.commitments.commitments import open_words, turn
from db.actions.loading import actor_of, load
from db.counters import day_of
from db.engine import action
from db.errors import BadInput, Problem, Refused
from db.models import Commitment, CommitmentVerdict, Member, QuarterSheet
from db.rules.commitments.judging import (
    FROM_PEOPLE,
    LOW,
    NUMBER_MOST,
    TAKEN_DOWN,
    SettleInput,
    VerdictInput,
    by_side,
    follow_until,
    silent,
)
from db.rules.commitments.life import CommitmentEvent
from db.rules.masking import redact
from db.rules.permissions import Permission
from db.scope import UNSCOPED
from db.terms import CommitmentHappening, CommitmentState, JudgeSide, JudgeWay, Verdict


@action(Permission.REVIEW_COMMITMENT)
def record_verdict(session: Session, *, commitment_id: int, given: VerdictInput, now: datetime) -> int:
    """So many residents or members gave this word on a promise that is to be judged; the id of the entry.

    A bad word opens a follow-up. Raises Refused("own_promise_judged"), ("promise_not_to_judge", number=); BadInput at
    the fields of `VerdictInput`.
    """
    promise = _to_judge(session, commitment_id, None)
    side = fields.chosen("side", given.side, list(FROM_PEOPLE))
    way = fields.chosen("way", given.way, list(TAKEN_DOWN))
    verdict = None if given.verdict is None else fields.chosen("verdict", given.verdict, list(Verdict))
    words = open_words("words", given.words)
    if words and verdict is None:
        raise BadInput("verdict", Problem.EMPTY)
    number = fields.whole("number", given.number, least=1, most=NUMBER_MOST)
    said = Said(side, way, verdict, number, words, quotable=given.quotable is True)
    return written_down(session, promise, said, by=actor_of(session).id, now=now).id


@dataclass(frozen=True, slots=True)
class Said:
    """What one side said of a promise, checked; without a verdict they were asked and did not answer."""

    side: JudgeSide
    way: JudgeWay
    verdict: Verdict | None
    number: int = 1
    words: str = ""
    quotable: bool = False


def written_down(
    session: Session, promise: Commitment, said: Said, *, by: int | None, now: datetime
) -> CommitmentVerdict:
    """The entry of a word, however it came; a bad one of people is followed up, only words are quoted."""
    entry = CommitmentVerdict(
        community_id=promise.community_id,
        account_id=promise.account_id,
        commitment_id=promise.id,
        side=said.side,
        way=said.way,
        verdict=said.verdict,
        number=said.number,
        words=said.words,
        quotable=said.quotable and bool(said.words),
        at=now,
        by=by,
        follow_until=follow_until(said.verdict, day_of(now)) if said.side in FROM_PEOPLE else None,
    )
    session.add(entry)
    session.flush()
    return entry


def _to_judge(session: Session, commitment_id: int, version: int | None) -> Commitment:
    promise = load(session, Commitment, commitment_id, version=version, lock=True)
    _not_the_own(session, promise.account_id)
    if promise.state is not CommitmentState.TO_JUDGE:
        raise Refused("promise_not_to_judge", number=promise.number)
    return promise


def _not_the_own(session: Session, account_id: int | None) -> None:
    """Nobody judges the own promise, nor answers a word on it."""
    if account_id == actor_of(session).id:
        raise Refused("own_promise_judged")


@action(Permission.REVIEW_COMMITMENT)
def strike_verdict(session: Session, *, verdict_id: int, version: int, reason: str, now: datetime) -> None:
    """A word that was taken down wrongly counts no more; only while the promise is to be judged."""
    entry = load(session, CommitmentVerdict, verdict_id, version=version, lock=True)
    _to_judge(session, entry.commitment_id, None)
    if entry.struck_at is not None or entry.side is JudgeSide.ORGANISATION:
        raise Refused("verdict_settled")
    entry.struck_reason = fields.line("reason", reason, most=200)
    entry.struck_by, entry.struck_at = actor_of(session).id, now
    _unquote(session, entry)


@action(Permission.REVIEW_COMMITMENT)
def withdraw_quote(session: Session, *, verdict_id: int, version: int, now: datetime) -> int:
    """Whoever said it wants no quoting any more: no sheet prints the words from now on; on how many they stood.

    The word itself still counts. What hangs on a board already has to be taken down by hand. Raises
    Refused("words_unquoted").
    """
    entry = load(session, CommitmentVerdict, verdict_id, version=version, lock=True)
    if not entry.quotable:
        raise Refused("words_unquoted")
    entry.quotable = False
    return _unquote(session, entry)


def _unquote(session: Session, entry: CommitmentVerdict) -> int:
    """Take the words out of the sheets that were confirmed with them; drafts read the record anyway.

    Past the scope: a member's sheet follows the member to the entry that theirs was merged into.
    """
    if not entry.words:
        return 0
    promised = select(Commitment.member_id).where(Commitment.id == entry.commitment_id).scalar_subquery()
    lead = select(func.coalesce(Member.merged_into_id, Member.id)).where(Member.id == promised).scalar_subquery()
    theirs = select(Member.id).where((Member.id == lead) | (Member.merged_into_id == lead))
    query = select(QuarterSheet).where(QuarterSheet.member_id.in_(theirs)).with_for_update()
    printed, taken = redact(entry.words), 0
    for sheet in session.scalars(query, execution_options=UNSCOPED):
        if printed in sheet.quotes:
            left = list(sheet.quotes)
            left.remove(printed)  # once: another resident may have said the same
            sheet.quotes, taken = left, taken + 1
    return taken


@action(Permission.REVIEW_COMMITMENT)
def close_follow_up(session: Session, *, verdict_id: int, version: int, word: str, now: datetime) -> None:
    """Somebody spoke about a bad word and says what came of it, before or after the result is there."""
    entry = load(session, CommitmentVerdict, verdict_id, version=version, lock=True)
    _not_the_own(session, entry.account_id)
    if entry.follow_until is None or entry.followed_at is not None or entry.struck_at is not None:
        raise Refused("verdict_settled")
    entry.followed_word = fields.line("word", word, most=200)
    entry.followed_by, entry.followed_at = actor_of(session).id, now


@action(Permission.REVIEW_COMMITMENT)
def settle_promise(session: Session, *, commitment_id: int, version: int, given: SettleInput, now: datetime) -> None:
    """The organisation chooses the result, having read the two other sides; a low one needs its reason.

    When a side gave no word, `without` says why. Raises Refused as `record_verdict`; BadInput at the fields of
    `SettleInput`.
    """
    promise = _to_judge(session, commitment_id, version)
    verdict = fields.chosen("verdict", given.verdict, list(Verdict))
    query = select(CommitmentVerdict.side, CommitmentVerdict.verdict, CommitmentVerdict.number).where(
        CommitmentVerdict.commitment_id == promise.id, CommitmentVerdict.struck_at.is_(None)
    )
    mute = silent(by_side((side, said, number) for side, said, number in session.execute(query)))
    without = fields.line("without", given.without, most=100, needed=bool(mute))
    cause = fields.line("cause", given.cause, most=200, needed=False)
    word = fields.line("word", given.word, most=200, needed=verdict in LOW and not cause)
    promise.verdict, promise.judged_word, promise.cause = verdict, word, cause
    promise.judged_by, promise.judged_at = actor_of(session).id, now
    said = Said(JudgeSide.ORGANISATION, JudgeWay.MEETING, verdict)
    written_down(session, promise, said, by=actor_of(session).id, now=now)
    turn(session, promise, CommitmentEvent.JUDGE, CommitmentHappening.JUDGED, now=now, word=without)
