"""民主评议党员: open a branch's yearly review, take words and counts down, grade by hand, close it by two people."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.actions import fields
from db.actions.commitments.commitments import STAFF
from db.actions.loading import actor_of, chosen_row, load
from db.counters import day_of
from db.engine import action
from db.errors import BadInput, NotPermitted, Problem, Refused
from db.models import Branch, Member, ReviewedMember, ReviewTally, YearlyReview
from db.queries.commitments.review import evidence_of, moves_of, step_of
from db.rules.commitments import review as rule
from db.rules.commitments.review import OnList, ReviewEvent, RollMove, TallyInput
from db.rules.permissions import Permission
from db.scope import UNSCOPED
from db.terms import ReviewGrade, ReviewStanding, ReviewState, ReviewStep

E = ReviewEvent


# --- opening, and what the roll does afterwards -----------------------------------------------------------------


@action(Permission.RUN_REVIEW)
def open_review(session: Session, *, branch_id: int | None, year: int | None, now: datetime) -> int:
    """Open the review of a branch and a year; its id. The list is frozen with who stands in the branch today.

    Raises Refused("branch_closed", name=), ("review_there", branch=, year=), ("review_of_nobody", name=).
    """
    today = day_of(now)
    about = fields.chosen("year", year, list(rule.review_years(today)))
    branch = chosen_row(session, Branch, "branch_id", branch_id, lock=True)
    if branch.closed_on is not None:
        raise Refused("branch_closed", name=branch.name)
    twin = select(YearlyReview.id).where(YearlyReview.branch_id == branch.id, YearlyReview.year == about)
    if session.scalar(twin) is not None:
        raise Refused("review_there", branch=branch.name, year=about)
    moves = moves_of(session, branch.id, today, (), today=today)
    if not moves:
        raise Refused("review_of_nobody", name=branch.name)
    review = YearlyReview(
        community_id=branch.community_id,
        branch_id=branch.id,
        branch_name=branch.name,
        year=about,
        state=ReviewState.OPEN,
        opened_on=today,
        opened_by=actor_of(session).id,
        opened_at=now,
    )
    session.add(review)
    session.flush()
    _write_moves(session, review, moves, None)
    return review.id


def _moves(session: Session, review: YearlyReview, today: date) -> tuple[RollMove, ...]:
    listed = select(ReviewedMember.member_id, ReviewedMember.standing).where(ReviewedMember.review_id == review.id)
    lines = [OnList(*row) for row in session.execute(listed)]
    return moves_of(session, review.branch_id, review.opened_on, lines, today=today)


def _write_moves(
    session: Session, review: YearlyReview, moves: tuple[RollMove, ...], found_on: date | None
) -> None:  # fmt: skip
    """New lines, and other standings for those there; a grade goes with the standing that it was given in."""
    accounts = select(Member.id, Member.account_id).where(Member.id.in_([one.member_id for one in moves]))
    account = {row.id: row.account_id for row in session.execute(accounts, execution_options=UNSCOPED)}
    query = select(ReviewedMember).where(ReviewedMember.review_id == review.id).with_for_update()
    there = {one.member_id: one for one in session.scalars(query)} if found_on else {}
    for move in moves:
        if move.new:
            session.add(
                ReviewedMember(
                    community_id=review.community_id,
                    account_id=account[move.member_id],
                    review_id=review.id,
                    member_id=move.member_id,
                    standing=move.standing,
                    added_on=found_on,
                    evidence={},
                )
            )
            continue
        line = there[move.member_id]
        _ungrade(line)
        line.standing, line.standing_word = move.standing, ""
        line.gone_on = None if move.standing in rule.TAKES_PART else found_on


def _ungrade(line: ReviewedMember) -> None:
    line.grade, line.grade_reason, line.graded_by, line.graded_name, line.graded_at = None, "", None, "", None


@action(Permission.RUN_REVIEW)
def follow_roll(session: Session, *, review_id: int, now: datetime) -> int:
    """Write into the list who came, went or came back since it was frozen; how many. A member who went is not graded.

    Raises Refused("review_elsewhere") unless the review is open.
    """
    review = load(session, YearlyReview, review_id, lock=True)
    _may(E.WORK, review)
    moves = _moves(session, review, day_of(now))
    _write_moves(session, review, moves, day_of(now))
    return len(moves)


def _may(event: ReviewEvent, review: YearlyReview) -> ReviewState:
    """The state after an event; Refused("review_elsewhere") when it cannot happen."""
    following = rule.after(event, review.state)
    if following is None:
        raise Refused("review_elsewhere")
    return following


def line_of(
    session: Session, reviewed_id: int, version: int | None, event: ReviewEvent
) -> tuple[ReviewedMember, YearlyReview]:
    """A line of a review in which this can happen. The review is locked first, as whoever closes it does."""
    found = load(session, ReviewedMember, reviewed_id)
    review = load(session, YearlyReview, found.review_id, lock=True)
    line = load(session, ReviewedMember, reviewed_id, version=version, lock=True)
    _may(event, review)
    return line, review


def _tally_of(session: Session, reviewed_id: int) -> ReviewTally | None:
    query = select(ReviewTally).where(ReviewTally.reviewed_id == reviewed_id).with_for_update()
    return session.scalars(query).first()


# --- words and counts -------------------------------------------------------------------------------------------


@action(Permission.ASSESS_SELF)
def write_self(session: Session, *, reviewed_id: int, version: int, words: str, now: datetime) -> None:
    """个人自评 in the member's own words, or as staff writes down what the member said."""
    line, _review = line_of(session, reviewed_id, version, E.WORK)
    actor = actor_of(session)
    if line.account_id != actor.id and actor.role not in STAFF:
        raise NotPermitted(permission=Permission.ASSESS_SELF, role=actor.role)
    _takes_part(line)
    line.self_words = fields.words("words", words, most=rule.WORDS_MOST)
    line.self_by, line.self_at = actor.id, now


def _takes_part(line: ReviewedMember) -> None:
    if line.standing not in rule.TAKES_PART:
        raise Refused("review_not_graded")


@action(Permission.RUN_REVIEW)
def write_peers(session: Session, *, reviewed_id: int, version: int, words: str) -> None:
    """党员互评: what was said in the meeting, without who said it; empty words take it back."""
    line, _review = line_of(session, reviewed_id, version, E.WORK)
    _takes_part(line)
    line.peer_words = fields.words("words", words, most=rule.WORDS_MOST, needed=False)


@action(Permission.RUN_REVIEW)
def enter_tally(session: Session, *, reviewed_id: int, given: TallyInput, now: datetime) -> int:
    """民主测评: the counts of the paper ballots on one member; its id. New counts are checked anew by somebody else.

    Raises BadInput where a number does not fit: sum = valid ≤ returned ≤ handed out ≤ those on the list.
    """
    line, review = line_of(session, reviewed_id, None, E.WORK)
    if line.standing is not ReviewStanding.DUE:
        raise Refused("review_not_graded")
    numbers = {
        name: fields.whole(name, getattr(given, name), least=1 if name == "handed_out" else 0, most=rule.BALLOTS_MOST)
        for name in TallyInput.__dataclass_fields__
    }
    standings = select(ReviewedMember.standing).where(ReviewedMember.review_id == review.id)
    able = rule.may_vote(session.scalars(standings))
    counts = [numbers[grade.value] for grade in ReviewGrade]
    handed_out, returned, valid = numbers["handed_out"], numbers["returned"], numbers["valid"]
    if wrong := rule.misfit(may_vote=able, handed_out=handed_out, returned=returned, valid=valid, counts=counts):
        most = {"handed_out": able, "returned": handed_out}.get(wrong, min(returned, sum(counts)))
        least = sum(counts) if wrong == "valid" else 0
        raise BadInput(wrong, Problem.OUT_OF_RANGE, least=min(least, most), most=most)
    tally = _tally_of(session, line.id)
    if tally is None:
        tally = ReviewTally(community_id=line.community_id, account_id=line.account_id, reviewed_id=line.id)
        session.add(tally)
    else:
        # A grade was given with the counts of before in sight.
        _ungrade(line)
    for name, number in numbers.items():
        setattr(tally, name, number)
    tally.counted_by, tally.counted_at = actor_of(session).id, now
    tally.checked_by, tally.checked_name, tally.checked_at = None, "", None
    session.flush()
    return tally.id


@action(Permission.RUN_REVIEW)
def check_tally(session: Session, *, tally_id: int, version: int, now: datetime) -> None:
    """Somebody else counted the same. Raises Refused("review_second_person"), ("review_elsewhere")."""
    tally = load(session, ReviewTally, tally_id)
    line_of(session, tally.reviewed_id, None, E.WORK)
    tally = load(session, ReviewTally, tally_id, version=version, lock=True)
    if tally.checked_at is not None:
        raise Refused("review_elsewhere")
    if tally.counted_by == actor_of(session).id:
        raise Refused("review_second_person")
    tally.checked_by, tally.checked_at = actor_of(session).id, now


# --- the grade --------------------------------------------------------------------------------------------------


@action(Permission.RUN_REVIEW)
def grade_member(
    session: Session, *, reviewed_id: int, version: int, grade: ReviewGrade | None, reason: str, now: datetime
) -> None:
    """组织评定: the branch sets the grade by hand; 基本合格 and 不合格 need their reason.

    Raises Refused("own_review"), ("review_not_graded"), ("review_step_missing") before words and checked counts.
    """
    line, _review = line_of(session, reviewed_id, version, E.WORK)
    not_the_own(session, line)
    if line.standing is not ReviewStanding.DUE:
        raise Refused("review_not_graded")
    if step_of(line, _tally_of(session, line.id)) not in (ReviewStep.GRADE, ReviewStep.DONE):
        raise Refused("review_step_missing")
    chosen = fields.chosen("grade", grade, list(ReviewGrade))
    line.grade_reason = fields.line("reason", reason, most=200, needed=chosen in rule.LOW)
    line.grade, line.graded_by, line.graded_at = chosen, actor_of(session).id, now


def not_the_own(session: Session, line: ReviewedMember) -> None:
    """Nobody grades the own line."""
    if line.account_id == actor_of(session).id:
        raise Refused("own_review")


@action(Permission.RUN_REVIEW)
def excuse_member(session: Session, *, reviewed_id: int, version: int, reason: str) -> None:
    """This member is not graded this year: long ill, came after the ballot. An empty reason takes it back."""
    line, _review = line_of(session, reviewed_id, version, E.WORK)
    not_the_own(session, line)
    if line.standing not in (ReviewStanding.DUE, ReviewStanding.EXCUSED):
        raise Refused("review_not_graded")
    excused = line.standing is ReviewStanding.EXCUSED
    why = fields.line("reason", reason, most=200, needed=not excused)
    _ungrade(line)
    line.standing = ReviewStanding.EXCUSED if why else ReviewStanding.DUE
    line.standing_word = why


# --- closing by two people --------------------------------------------------------------------------------------


@action(Permission.RUN_REVIEW)
def propose_closing(session: Session, *, review_id: int, version: int, many_reason: str, now: datetime) -> None:
    """Everybody due is graded. More 优秀 than a third is asked about and needs its reason; it blocks nothing.

    Raises Refused("review_elsewhere"), ("review_roll_moved", count=), ("review_incomplete", count=); BadInput.
    """
    review = load(session, YearlyReview, review_id, version=version, lock=True)
    following = _may(E.PROPOSE, review)
    lines = _complete(session, review, day_of(now))
    many = rule.too_many_excellent([one.grade for one in lines if one.grade is not None])
    review.many_reason = fields.line("many_reason", many_reason, most=200, needed=many) if many else ""
    review.state, review.returned_word = following, ""
    review.proposed_by, review.proposed_at = actor_of(session).id, now


def _complete(session: Session, review: YearlyReview, today: date) -> list[ReviewedMember]:
    """The lines of a review that lacks nothing."""
    if moves := _moves(session, review, today):
        raise Refused("review_roll_moved", count=len(moves))
    query = (
        select(ReviewedMember, ReviewTally)
        .outerjoin(ReviewTally, ReviewTally.reviewed_id == ReviewedMember.id)
        .where(ReviewedMember.review_id == review.id)
        .order_by(ReviewedMember.id)
    )
    found = session.execute(query, execution_options={"populate_existing": True}).all()
    waiting = sum(1 for line, tally in found if rule.holds_up(line.standing, step_of(line, tally)))
    if waiting:
        raise Refused("review_incomplete", count=waiting)
    return [line for line, _tally in found]


@action(Permission.RUN_REVIEW)
def return_review(session: Session, *, review_id: int, version: int, reason: str) -> None:
    """Not yet: the review is open again, with what is to be looked at."""
    review = load(session, YearlyReview, review_id, version=version, lock=True)
    review.state = _may(E.RETURN, review)
    review.returned_word = fields.line("reason", reason, most=200)
    review.proposed_by, review.proposed_name, review.proposed_at = None, "", None


@action(Permission.RUN_REVIEW)
def confirm_closing(session: Session, *, review_id: int, version: int, now: datetime) -> int:
    """Another person closes it: names and facts are kept as they stand, grades are fixed. How many were graded.

    Raises Refused as `propose_closing`, and ("review_second_person").
    """
    review = load(session, YearlyReview, review_id, version=version, lock=True)
    following = _may(E.CONFIRM, review)
    if review.proposed_by == actor_of(session).id:
        raise Refused("review_second_person")
    lines = _complete(session, review, day_of(now))
    ids = [one.member_id for one in lines]
    named = select(Member.id, Member.name).where(Member.id.in_(ids))
    names = {row.id: row.name for row in session.execute(named, execution_options=UNSCOPED)}
    facts = evidence_of(session, ids, review.year, today=day_of(now))
    for line in lines:
        line.name, line.evidence = names[line.member_id], facts[line.member_id].plain()
    review.state = following
    review.closed_by, review.closed_at = actor_of(session).id, now
    return sum(1 for one in lines if one.grade is not None)
