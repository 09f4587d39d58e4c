"""季度亮绩: draft the sheets of a quarter, let the member confirm, the branch review, post them; the birthday's day."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from db.actions import fields
from db.actions.commitments.commitments import STAFF, open_words
from db.actions.loading import actor_of, load
from db.counters import day_of
from db.engine import action
from db.errors import NotPermitted, Refused
from db.models import BirthdayRule, Commitment, Member, QuarterSheet
from db.queries.commitments.quarter import record_of
from db.rules.commitments.life import HAS_BEEN_KEPT
from db.rules.commitments.quarter import last_quarters
from db.rules.permissions import Permission
from db.terms import PoliticalDay, SheetState

MOST = 1_000


@action(Permission.REVIEW_COMMITMENT)
def draft_sheets(session: Session, *, first: date | None, now: datetime) -> int:
    """A sheet for everybody on the roll who had a promise in a quarter and has none yet; how many.

    `first` is the first day of the running quarter or of one of the four before it, else BadInput.
    """
    open_quarters = {one.first: one for one in last_quarters(day_of(now))}
    begins = fields.chosen("first", first, list(open_quarters))
    quarter = open_quarters[begins]
    promised = select(Commitment.member_id).where(
        Commitment.state.in_(HAS_BEEN_KEPT), Commitment.starts_on <= quarter.last, Commitment.until >= quarter.first
    )
    there = select(QuarterSheet.member_id).where(QuarterSheet.first == begins)
    query = (
        select(Member)
        .where(Member.merged_into_id.is_(None), Member.erased_at.is_(None))
        .where(or_(Member.ended_on.is_(None), Member.ended_on >= quarter.first))
        .where(Member.id.in_(promised), Member.id.not_in(there))
        .order_by(Member.id)
        .limit(MOST)
        .with_for_update()
    )
    found = session.scalars(query).all()
    for member in found:
        session.add(
            QuarterSheet(
                community_id=member.community_id,
                account_id=member.account_id,
                member_id=member.id,
                branch_id=member.branch_id,
                first=begins,
                figures={},
                quotes=[],
            )
        )
    return len(found)


@action(Permission.KEEP_COMMITMENT)
def confirm_sheet(session: Session, *, sheet_id: int, version: int, example: str, now: datetime) -> None:
    """The member says that it is so, or staff on the member's word; the figures stand as they are now.

    Raises Refused("sheet_elsewhere") unless it is a draft.
    """
    sheet = load(session, QuarterSheet, sheet_id, version=version, lock=True)
    actor = actor_of(session)
    if sheet.account_id != actor.id and actor.role not in STAFF:
        raise NotPermitted(permission=Permission.KEEP_COMMITMENT, role=actor.role)
    _must_be(sheet, SheetState.DRAFT)
    sheet.example = open_words("example", example)
    record = record_of(session, [sheet.member_id], sheet.first, today=day_of(now))[sheet.member_id]
    sheet.figures, sheet.quotes = record.figures.plain(), list(record.quotes)
    sheet.state, sheet.confirmed_by, sheet.confirmed_at = SheetState.CONFIRMED, actor.id, now


def _must_be(sheet: QuarterSheet, state: SheetState) -> None:
    if sheet.state is not state:
        raise Refused("sheet_elsewhere")


def _of_another(session: Session, sheet_id: int, version: int | None) -> QuarterSheet:
    """A sheet that the actor neither earned nor confirmed."""
    sheet = load(session, QuarterSheet, sheet_id, version=version, lock=True)
    if actor_of(session).id in (sheet.account_id, sheet.confirmed_by):
        raise Refused("own_sheet")
    return sheet


@action(Permission.REVIEW_COMMITMENT)
def review_sheets(session: Session, *, sheet_ids: Sequence[int], now: datetime) -> int:
    """The branch has read these sheets and lets them be posted; how many. Refused("own_sheet"), ("sheet_elsewhere")."""
    ids = sorted({fields.row_id("sheet_ids", one) for one in sheet_ids})
    fields.whole("sheet_ids", len(ids) or None, least=1, most=MOST)
    for one in ids:
        sheet = _of_another(session, one, None)
        _must_be(sheet, SheetState.CONFIRMED)
        sheet.state, sheet.reviewed_by, sheet.reviewed_at = SheetState.REVIEWED, actor_of(session).id, now
        sheet.review_word = ""
    return len(ids)


@action(Permission.REVIEW_COMMITMENT)
def return_sheet(session: Session, *, sheet_id: int, version: int, reason: str, now: datetime) -> None:
    """Something is not right: the sheet is a draft again, its figures follow the record until it is confirmed anew."""
    sheet = load(session, QuarterSheet, sheet_id, version=version, lock=True)
    if sheet.state not in (SheetState.CONFIRMED, SheetState.REVIEWED):
        raise Refused("sheet_elsewhere")
    sheet.review_word = fields.line("reason", reason, most=200)
    sheet.state, sheet.figures, sheet.quotes = SheetState.DRAFT, {}, []
    sheet.confirmed_by = sheet.confirmed_at = sheet.reviewed_by = sheet.reviewed_at = None
    sheet.reviewed_name = ""


@action(Permission.REVIEW_COMMITMENT)
def post_sheets(session: Session, *, first: date | None, now: datetime) -> int:
    """What was reviewed of a quarter hangs on the board from today; how many."""
    begins = fields.day("first", first)
    query = select(QuarterSheet).where(QuarterSheet.first == begins, QuarterSheet.state == SheetState.REVIEWED)
    found = session.scalars(query.order_by(QuarterSheet.id).limit(MOST).with_for_update()).all()
    if not found:
        raise Refused("no_sheet_to_post")
    for sheet in found:
        sheet.state, sheet.posted_on = SheetState.POSTED, day_of(now)
    return len(found)


@action(Permission.MANAGE_SETTINGS)
def choose_birthday(session: Session, *, day: PoliticalDay | None) -> None:
    """Which day is 政治生日 in this subdistrict: of joining, or of full membership."""
    wanted = fields.chosen("day", day, list(PoliticalDay))
    subdistrict = actor_of(session).subdistrict_id
    rule = session.scalars(
        select(BirthdayRule).where(BirthdayRule.subdistrict_id == subdistrict).with_for_update()
    ).first()
    if rule is None:
        session.add(BirthdayRule(subdistrict_id=subdistrict, day=wanted))
    else:
        rule.day = wanted
