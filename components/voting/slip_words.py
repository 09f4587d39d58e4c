"""What the page of a voting slip says, state by state; the templates only place it."""

from typing import Any

from components.voting.outcome import outcome_name, outcome_sentence
from components.voting.question_words import option_words, yuan
from components.voting.slip_form import Entry, entry_of, form_words, order_for
from components.wording import _, spaced
from components.wording.terms import term
from db.queries.voting.slips import SlipBallot, SlipResult, SlipView
from db.rules.voting.decision import HouseRule
from db.rules.voting.question import ABSTAIN, Question, numbers_of, scores_of
from db.terms import Choice, MeetingState, Outcome, QuestionKind

Words = dict[str, Any]
"""The values of a page's template, by name."""


def enter_words(typed: str = "", problem: str = "") -> Words:
    """The field for the code."""
    return {
        "title": _("用纸票投票"),
        "label": _("票码"),
        "hint": _("印在纸票上，10 个字母和数字，不分大小写。"),
        "typed": typed[:40],
        "problem": problem,
        "go": _("打开"),
    }


def waiting_words(view: SlipView, *, said: str = "") -> Words:
    """Nothing is put to the vote now, or not with this slip; `said` is what happened just before."""
    if view.void:
        title, text = _("这张票已作废"), _("请把票交给工作人员。需要投票的，请换一张。")
    elif view.stopped:
        title = _("已截止：{title}", title=view.stopped)
        text = _("等主持人宣布结果。截止前最后一次提交的选择有效，没有提交过的不算投票。")
    elif view.set_aside:
        title = _("这一项不用这张票")
        text = _("这项表决中，您已回避，或改用别的方式投票。请留好票，下一项还会用到。")
    elif view.state in (MeetingState.DRAFT, MeetingState.CONVENED):
        title, text = _("会议还没有开始"), _("请留好票。主持人开始表决后，这里会自动出现选票。")
    elif view.state is MeetingState.OPEN:
        title, text = _("请稍候"), _("主持人开始表决后，这里会自动出现选票，不用一直点。")
    else:
        title, text = _("会议已经结束"), _("谢谢您来议事。这张票不再使用。")
    return {"meeting": view.meeting, "title": title, "text": text, "said": said, "again": _("刷新")}


def ballot_words(meeting: str, ballot: SlipBallot, code: str, entry: Entry | None, *, said: str = "") -> Words:
    """The open ballot with its form; without an entry the vote so far is filled in.

    `said` is what became of a vote for the ballot before.
    """
    question = ballot.question
    if entry is None:
        entry = entry_of(question, ballot.pattern)
    order = order_for(question, f"{code}.{ballot.ballot_id}", shuffled=ballot.shuffle)
    return _head(meeting, ballot) | {
        "said": said,
        "code": code,
        "ballot": ballot.ballot_id,
        "form": form_words(question, entry, order),
        "changing": _("您先前投的是：{choice}。提交后以这一次为准。", choice=_in_line(question, ballot.pattern))
        if ballot.pattern
        else _("这张票已经投过一次。提交后以这一次为准。")
        if ballot.cast
        else "",
        "submit": _("更改我的票") if ballot.cast else _("投票"),
        "help": _("协助填写（有见证人）"),
        "help_text": _("替本人填写时，请另一位在场的人见证，并写下见证人的姓名。姓名不与选择一起保存。"),
        "witness_label": _("见证人姓名"),
        "witness": entry.witness,
        "turnout": turnout_words(ballot),
    }


def _head(meeting: str, ballot: SlipBallot) -> Words:
    return {
        "meeting": meeting,
        "title": _("第 {n} 项：{title}", n=ballot.position, title=ballot.title),
        "motion": ballot.motion,
        "advisory": _("业主共同决定的事项：本会表决仅供业主大会参考。") if ballot.owners_matter else "",
    }


def turnout_words(ballot: SlipBallot) -> str:
    """How many have voted; never what."""
    return _("已投 {turnout} / {voting} 人。宣布前不显示结果。", turnout=ballot.turnout, voting=ballot.voting)


def receipt_words(meeting: str, ballot: SlipBallot) -> Words:
    """The vote is in: to the phone that cast it what it says, to every other one only that; the check code, and that
    it may be changed.
    """
    question = ballot.question
    own = bool(ballot.pattern)
    return _head(meeting, ballot) | {
        "received": _("已收到"),
        "mine_label": _("您的选择") if own else _("这张票的选择，只有投票的那部手机能看到。"),
        "mine": choice_lines(question, ballot.pattern) if own else [],
        "not_mine": ""
        if own
        else _("如果这一票不是您投的，或者您投票后有人改过，请马上告诉计票人，并在截止前重新投票。"),
        "money": _money(question, ballot.pattern) if own else "",
        "check_label": _("核对码"),
        "check": ballot.check_code,
        "check_hint": _("表决结束后，可凭核对码在公布的名单里找到自己的票。"),
        "last_counts": _("截止前可以更改，以最后一次为准。"),
        "change": _("更改我的票"),
        "turnout": turnout_words(ballot),
    }


def result_words(view: SlipView, result: SlipResult, *, said: str = "") -> Words:
    """What was decided and how this slip was counted; `said` explains why a vote came too late."""
    question = result.question
    return {
        "meeting": view.meeting,
        "title": _("第 {n} 项：{title}", n=result.position, title=result.title),
        "said": said,
        "outcome": outcome_name(result.result),
        "passed": result.outcome is Outcome.PASSED,
        "sentence": _sentence(view, result),
        "counted_label": _("本票计为"),
        "counted": choice_lines(question, result.pattern) if result.pattern else [_("没有投票")],
        "check_label": _("核对码"),
        "check": result.check_code if result.pattern else "",
        "check_hint": _("请在公布的名单里核对：同一个核对码后面应是同一个选择。"),
        "next": _("下一项表决开始后，这里会自动出现选票。") if view.state is MeetingState.OPEN else "",
    }


def _sentence(view: SlipView, last: SlipResult) -> str:
    rule = HouseRule.from_json(view.rule) if view.rule else None
    return spaced(outcome_sentence(last.result, last.question, rule))


def choice_lines(question: Question, pattern: str) -> list[str]:
    """What a ballot says, one line per option, in the voter's own words."""
    if pattern == ABSTAIN:
        return [term(Choice.ABSTAIN)]
    if question.kind is QuestionKind.MOTION:
        return [term(Choice(pattern))]
    if question.kind is QuestionKind.SCORE:
        scores = zip(question.numbers, scores_of(pattern, len(question.options)), strict=True)
        return [
            _("{option}：{score} 分", option=option_words(question, n), score=score)
            for n, score in scores
            if score is not None
        ]
    if question.kind is QuestionKind.RANK:
        numbers = numbers_of(pattern)
        return [
            _("第 {place} 位 {option}", place=place, option=question.option(n).title)
            for place, n in enumerate(numbers, 1)
        ]
    return [option_words(question, n) for n in numbers_of(pattern)]


def _in_line(question: Question, pattern: str) -> str:
    return _("；").join(choice_lines(question, pattern))


def _money(question: Question, pattern: str) -> str:
    """Of a budget: what the chosen options cost, and what remains."""
    if question.kind is not QuestionKind.BUDGET or pattern == ABSTAIN:
        return ""
    spent = sum(question.option(n).cost for n in numbers_of(pattern))
    values = {"spent": yuan(spent), "budget": yuan(question.budget), "left": yuan(abs(question.budget - spent))}
    if spent <= question.budget:
        return _("合计 {spent}，总额 {budget}，还剩 {left}。", **values)
    return _("合计 {spent}，比总额 {budget} 多 {left}：可以这样投，最后在总额内入选。", **values)
