"""表决方式 of an agenda item: choose how it is asked, type the options one per line; errors stand at the field."""

import re
from dataclasses import dataclass
from typing import TypedDict

import streamlit as st

from components.forms import Filling
from components.voting.outcome import threshold_words
from components.voting.question_words import (
    BY_VOTES,
    Giving,
    giving_help,
    giving_words,
    method_hint,
    rank_rule_help,
    rank_rule_words,
)
from components.wording import _
from components.wording.terms import term
from db.rules.voting.house_rule import HALF_OR_MORE, MORE_THAN_HALF, TWO_THIRDS_OR_MORE, Threshold, threshold_to_json
from db.rules.voting.question import MOST_OPTIONS, MOTION, Question
from db.terms import BudgetRule, Completion, QuestionKind, RankRule

GIVINGS: tuple[Giving, ...] = (BY_VOTES, *((BudgetRule.EQUAL_SHARES, completion) for completion in Completion))
"""How money can be given out: a completion belongs to equal shares alone, so that both are one choice."""
SHARES = (MORE_THAN_HALF, HALF_OR_MORE, TWO_THIRDS_OR_MORE)


@dataclass(frozen=True, slots=True)
class Asked:
    """What was typed into the fields of a question, not yet read."""

    kind: QuestionKind
    options: str = ""
    seats: int | None = 1
    most: int | None = 1
    threshold: Threshold | None = None
    budget: int | None = None
    giving: Giving | None = BY_VOTES
    rank_rule: RankRule | None = RankRule.EXACT


class QuestionJson(TypedDict):
    """A question with options as `Question.to_json` keeps it, unchecked."""

    kind: str
    options: list[list[str | int]]
    seats: int | None
    most: int | None
    threshold: dict[str, object] | None
    budget: int | None
    budget_rule: str | None
    completion: str | None
    rank_rule: str | None


def choose_kind(key: str, start: QuestionKind = QuestionKind.MOTION) -> QuestionKind:
    """How the item is put to the vote; outside the form, because the fields follow it at once."""
    kind = st.segmented_control(
        _("表决方式"), list(QuestionKind), default=start, format_func=term, required=True, key=key
    )
    chosen: QuestionKind = kind or start
    st.caption(method_hint(chosen))
    return chosen


def motion_label(kind: QuestionKind) -> str:
    """What the text of the item is called."""
    if kind is QuestionKind.MOTION:
        return _("动议（要表决的话，具体、可执行）")
    return _("题目（请大家决定什么）")


def question_fields(filling: Filling, kind: QuestionKind, start: Question = MOTION) -> Asked:
    """The fields that this way of voting needs, inside an open form."""
    if kind is QuestionKind.MOTION:
        return Asked(kind)
    budget = kind is QuestionKind.BUDGET
    label = _("方案，一行一个：名称 | 金额（元）") if budget else _("选项，一行一个")
    example = _("例：\n楼道感应灯 | 12000\n南门休闲座椅 | 8000") if budget else _("例：\n东门\n南门\n中心广场")
    options = filling.words("options", label, start=options_text(start), height=150, placeholder=example)
    if budget:
        money = filling.whole("budget", _("预算总额（元）"), least=1, start=start.budget or None)
        giving = filling.choice(
            "budget_rule", _("怎样分"), GIVINGS, start=(start.budget_rule, start.completion), show=giving_words,
            help=giving_help(),
        )  # fmt: skip
        st.caption(_("选定的规则随表决冻结，写进结果的那句话。"))
        return Asked(kind, options, budget=money, giving=giving)
    most: int | None = 1
    threshold = None
    rank_rule: RankRule | None = RankRule.EXACT
    with st.container(horizontal=True):
        if kind is QuestionKind.CHOOSE:
            most = filling.whole("most", _("每人最多选几项"), least=1, most=MOST_OPTIONS, start=start.most)
        seats = filling.whole("seats", _("选出几项"), least=1, most=MOST_OPTIONS, start=start.seats)
        if kind is QuestionKind.CHOOSE:
            shares: list[Threshold | None] = [None, *SHARES]
            threshold = filling.choice(
                "threshold", _("入选门槛（占有效票）"), shares, start=start.threshold,
                show=lambda share: threshold_words(share) if share else _("不设门槛"),
            )  # fmt: skip
    if kind is QuestionKind.RANK:
        rank_rule = filling.choice(
            "rank_rule", _("计票规则"), list(RankRule), start=start.rank_rule, show=rank_rule_words,
            help=rank_rule_help(),
        )  # fmt: skip
        st.caption(_("选定的规则随表决冻结，写进结果的那句话。"))
    return Asked(kind, options, seats, most, threshold, rank_rule=rank_rule)


def options_text(question: Question) -> str:
    """The options as they are typed: one per line, a budget's with its amount."""
    if question.kind is QuestionKind.BUDGET:
        return "\n".join(f"{option.title} | {option.cost}" for option in question.options)
    return "\n".join(option.title for option in question.options)


class Unreadable(ValueError):
    """A line of options that cannot be read; the text says which, in the reader's words."""


def read_question(filling: Filling, asked: Asked) -> QuestionJson | None:
    """The question, None for a plain motion; raises Unreadable after showing at its field what cannot be read."""
    if asked.kind is QuestionKind.MOTION:
        return None
    try:
        options = read_options(asked.options, with_cost=asked.kind is QuestionKind.BUDGET)
    except Unreadable as wrong:
        filling.problem("options", str(wrong))
        raise
    return {
        "kind": asked.kind.value,
        "options": options,
        "seats": asked.seats,
        "most": asked.most,
        "threshold": threshold_to_json(asked.threshold) if asked.threshold else None,
        "budget": asked.budget,
        "budget_rule": asked.giving[0].value if asked.giving else None,
        "completion": asked.giving[1].value if asked.giving else None,
        "rank_rule": asked.rank_rule.value if asked.rank_rule else None,
    }


def read_options(text: str, *, with_cost: bool) -> list[list[str | int]]:
    """Title and cost of every line; empty lines do not count. Raises Unreadable with the line's number."""
    found: list[list[str | int]] = []
    for place, written in enumerate(text.splitlines(), 1):
        line = written.strip()
        if not line:
            continue
        title, cost = _with_cost(line, place) if with_cost else (line, 0)
        if any(title == other for other, _cost in found):
            raise Unreadable(_("第 {n} 行：“{title}”已经写过一次。", n=place, title=title))
        found.append([title, cost])
    if not 2 <= len(found) <= MOST_OPTIONS:
        raise Unreadable(
            _("至少两项、最多 {most} 项，一行一项；现在 {count} 项。", most=MOST_OPTIONS, count=len(found))
        )
    return found


def _with_cost(line: str, place: int) -> tuple[str, int]:
    title, _bar, money = line.replace("｜", "|").rpartition("|")
    # A unit behind the number does no harm.
    digits = re.sub(r"[,，\s]|\D+$", "", money)
    if not title.strip() or not digits.isascii() or not digits.isdigit():
        raise Unreadable(_("第 {n} 行：请写成“方案名 | 金额”，金额为整数元。", n=place))
    if len(digits) > 9 or not int(digits):
        raise Unreadable(_("第 {n} 行：金额要在 1 到 999,999,999 元之间。", n=place))
    return title.strip(), int(digits)
