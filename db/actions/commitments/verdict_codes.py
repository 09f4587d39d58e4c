"""评诺码: hand one out for one visit, and take the word of whoever holds it, without an account."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.actions import fields
from db.actions.commitments.commitments import open_words
from db.actions.commitments.judging import Said, written_down
from db.actions.commitments.keeping import open_promise
from db.actions.commitments.standing_codes import revoke_codes
from db.actions.loading import actor_of, load
from db.counters import day_of
from db.engine import action, as_system
from db.errors import BadInput, Problem, Refused
from db.models import Commitment, Keeping, VerdictCode
from db.queries.commitments.verdict_page import code_hash
from db.rules.commitments.verdict_code import LENGTH, CodeStand, last_day, stand
from db.rules.permissions import Permission
from db.rules.printed_code import new_code, understood
from db.terms import JudgeSide, JudgeWay, Verdict
from db.trouble import again


@dataclass(frozen=True, slots=True)
class PageWord:
    """What the form held, as it was typed."""

    verdict: str = ""
    words: str = ""
    quotable: bool = False


def new_verdict_code() -> str:
    """A fresh code; drawn by the screen that shows it, so that it lies in no stored result."""
    return new_code(LENGTH)


@action(Permission.KEEP_COMMITMENT)
def hand_out_code(session: Session, *, keeping_id: int, code: str, now: datetime) -> int:
    """A code for whoever was served that time, in the place of one that was not used; its id.

    Raises Refused: promise_not_kept_now, keeping_not_counted, word_given; BadInput("code").
    """
    kept = load(session, Keeping, keeping_id, lock=True)
    promise = open_promise(session, kept.commitment_id)
    if kept.struck_at is not None or (kept.late and kept.confirmed_at is None):
        raise Refused("keeping_not_counted")
    meant = understood(code, LENGTH) if isinstance(code, str) else None
    if meant is None:
        raise BadInput("code", Problem.WRONG)
    used = select(VerdictCode.id).where(VerdictCode.keeping_id == kept.id, VerdictCode.used_on.is_not(None))
    if session.scalar(used.limit(1)) is not None:
        raise Refused("word_given")
    revoke_codes(session, kept.id, now)
    entry = VerdictCode(
        community_id=promise.community_id,
        account_id=promise.account_id,
        commitment_id=promise.id,
        keeping_id=kept.id,
        code_hash=code_hash(meant),
        made_by=actor_of(session).id,
        made_at=now,
        until=last_day(day_of(now)),
    )
    session.add(entry)
    session.flush()
    return entry.id


def give_word(code: str, given: PageWord, *, now: datetime) -> None:
    """Take the one word of a code as the residents' side; a bad one is followed up as one by telephone.

    Raises BadInput at the field; Refused("word_over") for a code that takes none, ("word_given") for a used one.
    """

    def work() -> None:
        with as_system("word on a promise on a plain page") as session:
            _give(session, code, given, now)

    again(work)


def _give(session: Session, typed: str, given: PageWord, now: datetime) -> None:
    meant = understood(typed, LENGTH)
    if meant is None:
        raise Refused("word_over")
    by_code = VerdictCode.code_hash == code_hash(meant)
    # The promise before its codes, as everybody holds them: the organisation may be choosing at this moment.
    holds = select(VerdictCode.commitment_id).where(by_code).scalar_subquery()
    promise = session.scalars(select(Commitment).where(Commitment.id == holds).with_for_update()).one_or_none()
    if promise is None:
        raise Refused("word_over")
    held = session.scalars(select(VerdictCode).where(by_code).with_for_update()).one()
    stands = stand(
        promise.state, today=day_of(now), until=held.until, used=held.used_on is not None,
        revoked=held.revoked_at is not None,
    )  # fmt: skip
    if stands is not CodeStand.OPEN:
        raise Refused("word_given" if stands is CodeStand.GIVEN else "word_over")
    verdict = fields.chosen("verdict", _verdict(given.verdict), list(Verdict))
    words = open_words("words", given.words)
    held.used_on = day_of(now)
    said = Said(JudgeSide.RESIDENTS, JudgeWay.PAGE, verdict, words=words, quotable=given.quotable)
    written_down(session, promise, said, by=None, now=now)


def _verdict(typed: str) -> Verdict | None:
    return Verdict(typed) if typed in set(Verdict) else None
