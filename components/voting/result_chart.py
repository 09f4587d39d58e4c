"""The result of a question with options: bars in the order of the paper, and the rounds of a ranking as a table."""

import streamlit as st

from components.lists import Column, rows
from components.voting.question_words import option_words, parts_of_votes
from components.wording import _, side_by_side
from db.rules.voting.question import Question
from db.rules.voting.tally import OptionCount, Round, Tally
from db.rules.voting.verdict import Verdict
from db.terms import QuestionKind, RankRule

BAR = 30
"""Pixels of one option."""
AXIS = 70
"""Pixels of the axis below with its title, which the height of the whole picture takes in."""


def result_bars(question: Question, verdict: Verdict, *, key: str) -> None:
    """Every option with its count; those that won are darker, and say so in words."""
    tally = verdict.tally
    data = [
        {
            "option": option_words(question, one.number),
            "count": one.count,
            "won": one.won,
            "label": " ".join(part for part in (str(one.count), _standing(tally, one)) if part),
        }
        for one in tally.options
    ]
    most = max([1, *(one.count for one in tally.options)])
    spec: dict[str, object] = {
        "height": BAR * len(data) + AXIS,
        "encoding": {
            "y": {"field": "option", "type": "nominal", "sort": None, "title": None,
                  "axis": {"labelLimit": 320, "labelOverlap": False, "ticks": False, "domain": False}},
            "x": {"field": "count", "type": "quantitative", "scale": {"domain": [0, most * 1.25]},
                  "title": counted_words(question), "axis": {"tickMinStep": 1, "grid": False}},
        },
        "layer": [
            {"mark": {"type": "bar", "height": 18},
             "encoding": {"opacity": {"condition": {"test": "datum.won", "value": 1}, "value": 0.4}}},
            {"mark": {"type": "text", "align": "left", "dx": 6, "fontSize": 14},
             "encoding": {"text": {"field": "label"}}},
        ],
    }  # fmt: skip
    st.vega_lite_chart(data, spec, key=key, width="stretch")


def counted_words(question: Question) -> str:
    """What the bars measure."""
    return {
        QuestionKind.SCORE: _("总分"),
        QuestionKind.RANK: _("第一选择票数"),
    }.get(question.kind, _("得票"))


def _standing(tally: Tally, one: OptionCount) -> str:
    if one.won:
        return _("入选")
    if one.number in tally.tied:
        return _("同票")
    return "" if one.enough else _("未达门槛")


def rounds_table(question: Question, rounds: tuple[Round, ...], *, key: str) -> None:
    """A ranking, round by round: what every option holds, who was elected, who was excluded."""
    if not rounds:
        return
    columns = [Column("round", _("轮次"), "nowrap")]
    columns += [Column(str(number), question.option(number).title, "number") for number in question.numbers]
    columns += [Column("rest", _("用尽"), "number"), Column("what", _("结果"))]
    shown = [_round(place, one, question.rank_rule) for place, one in enumerate(rounds, 1)]
    rows(shown, columns, key=key, empty="", caption=_("各轮票数"))


def _round(place: int, one: Round, rule: RankRule) -> dict[str, object]:
    held = {str(number): parts_of_votes(upper, lower, rule) for number, upper, lower in one.held}
    what = [_("{n} 号当选", n=number) for number in one.elected]
    what += [_("{n} 号余票转移", n=one.handed_on)] if one.handed_on else []
    what += [_("{n} 号淘汰", n=number) for number in one.excluded]
    return {"round": place, "rest": parts_of_votes(*one.exhausted, rule), "what": side_by_side(what), **held}
