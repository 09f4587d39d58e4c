"""Words of the yearly review that screens and papers share."""

from collections.abc import Sequence

from components.commitments.sheets import figure_words
from components.wording import _, in_a_row
from components.wording.dates import dated, short_day
from components.wording.terms import term
from db.queries.commitments.review import ReviewCard, ReviewedRow, Tally
from db.rules.commitments.review import Evidence
from db.terms import ReviewGrade, ReviewStanding


def review_title(branch: str, year: int) -> str:
    """第一党支部 2026 年民主评议党员."""
    return _("{branch} {year} 年民主评议党员", branch=branch, year=year)


def grade_counts(grades: Sequence[ReviewGrade]) -> str:
    """优秀 2 人，合格 5 人."""
    counted = [(one, sum(1 for given in grades if given is one)) for one in ReviewGrade]
    return _("，").join(_("{grade} {n} 人", grade=term(one), n=n) for one, n in counted if n) or _("还没有评定")


def tally_words(tally: Tally) -> str:
    """发 20、收 19、有效 19：优秀 6，合格 13."""
    counts = _("，").join(f"{term(grade)} {number}" for grade, number in tally.counts if number)
    return _("发票 {out} 张，收回 {back} 张，有效 {valid} 张：{counts}", out=tally.handed_out, back=tally.returned,
             valid=tally.valid, counts=counts or "—")  # fmt: skip


def evidence_lines(facts: Evidence) -> list[str]:
    """What the record says of the year, line by line; no sum is made of it."""
    told = [figure_words(facts.figures), _("确认季度亮绩单 {n} 张", n=facts.sheets)]
    if facts.verdicts:
        said = _("，").join(f"{term(one)} {number}" for one, number in facts.verdicts.items())
        told.append(_("承诺评定：{said}", said=said))
    return told


def standing_words(one: ReviewedRow) -> str:
    """Why somebody is not graded, or came later; "" for who is simply due."""
    parts = []
    if one.standing is not ReviewStanding.DUE:
        parts.append(term(one.standing))
    if one.standing_word:
        parts.append(one.standing_word)
    if one.added_on is not None:
        parts.append(_("{day} 补入名单", day=short_day(one.added_on)))
    if one.gone_on is not None:
        parts.append(_("{day} 记入", day=short_day(one.gone_on)))
    return in_a_row(parts)


def closing_words(card: ReviewCard) -> str:
    """Who proposed and who confirmed, or where it stands."""
    parts = [_("名单冻结于 {day}", day=dated(card.opened_on))]
    if card.proposed_by:
        parts.append(_("{name} 提请结束", name=card.proposed_by))
    if card.closed_by and card.closed_at is not None:
        parts.append(_("{name} 确认结束", name=card.closed_by))
    return " · ".join(parts)
