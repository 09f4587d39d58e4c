"""The outcome of a vote in one sentence, for console, screen, paper, and `python -m db recount` alike.

Every function takes the translator as `_`: `components.wording._` on a screen, `plain` where there is only Chinese.
The titles of options come from people: what is returned is plain text, never Markdown or HTML.
"""

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

from db.rules.voting.decision import AreaDecision, Decision, HouseRule, QuorumCheck, Threshold
from db.rules.voting.question import Question
from db.rules.voting.result import Result
from db.rules.voting.rule_words import counted_by
from db.rules.voting.tally import OptionCount, Round, Tally
from db.rules.voting.verdict import Verdict
from db.terms import MajorityBase, Outcome, QuestionKind, TieRule, VoteMethod

Translator = Callable[..., str]


def plain(text: str, /, **values: Any) -> str:
    """The Chinese text itself: the translator of a caller without a catalogue."""
    return text.format(**values) if values else text


# --- words of a rule ----------------------------------------------------------------------------------


def share_words(threshold: Threshold, _: Translator) -> str:
    """半数, 三分之二, 四分之三, or the fraction itself."""
    names = {(1, 2): _("半数"), (2, 3): _("三分之二"), (3, 4): _("四分之三")}
    number = f"{threshold.numerator}/{threshold.denominator}"
    return names.get((threshold.numerator, threshold.denominator), number)


def threshold_words(threshold: Threshold, _: Translator) -> str:
    """过半数 does not include the half, 以上 includes the share (民法典 1259)."""
    if threshold.strict:
        return _("超过{share}", share=share_words(threshold, _))
    return _("{share}以上", share=share_words(threshold, _))


def base_words(base: MajorityBase, count: int, _: Translator) -> str:
    """The base with its size: 实到14人, 有效票12票."""
    names = {
        MajorityBase.PRESENT: _("实到"),
        MajorityBase.MEMBERS: _("全体成员"),
        MajorityBase.VALID: _("有效票"),
        MajorityBase.PARTICIPATING: _("参与表决"),
    }
    if base in (MajorityBase.VALID, MajorityBase.PARTICIPATING):
        return _("{base}{count}票", base=names[base], count=count)
    return _("{base}{count}人", base=names[base], count=count)


def tie_words(tie: TieRule, _: Translator) -> str:
    """What the house rule says happens next."""
    return {
        TieRule.NOT_PASSED: _("视为未通过"),
        TieRule.BACK_TO_DISCUSSION: _("退回再议"),
        TieRule.VOTE_AGAIN: _("再表决一次"),
    }[tie]


def way_words(way: VoteMethod, _: Translator) -> str:
    """The way of voting by its name."""
    return {
        VoteMethod.HANDS: _("举手表决"),
        VoteMethod.NAMED: _("线上记名表决"),
        VoteMethod.SLIP: _("票码表决（无记名）"),
        VoteMethod.PAPER: _("纸质票（无记名）"),
        VoteMethod.ASSISTED: _("协助填写（有见证人）"),
    }[way]


def quorum_words(check: QuorumCheck, _: Translator) -> str:
    """应到 16 · 实到 14 · 需 11，到会有效 / 到会不足，还差 1 人."""
    numbers = _("应到 {due} · 实到 {present} · 需 {needed}", due=check.due, present=check.present, needed=check.needed)
    if check.met:
        return _("{numbers}，到会有效", numbers=numbers)
    return _("{numbers}，到会不足，还差 {missing} 人", numbers=numbers, missing=check.missing)


def area_words(area: int, _: Translator) -> str:
    """A floor area given in 0.01 m²: 89.12平方米."""
    return _("{area}平方米", area=f"{area // 100}.{area % 100:02d}".removesuffix(".00"))


# --- a motion -----------------------------------------------------------------------------------------


def result_sentence(result: Result, question: Question, rule: HouseRule, _: Translator) -> str:
    """The outcome of a vote in one sentence, whatever was asked."""
    if isinstance(result, Decision):
        return motion_sentence(result, rule, _)
    return options_sentence(result, question, rule, _)


def motion_sentence(decision: Decision, rule: HouseRule, _: Translator) -> str:
    """One sentence: who was due and there, the votes, the base, the share it needed, the outcome.

    应到16人，实到14人，达到法定人数11人；赞成7票、反对5票、弃权2票；7票未超过实到14人的半数（需8票）：未通过。
    """
    parts = [_attended(decision.quorum, decision.base, _)]
    if decision.area is not None:
        parts.append(_area_attended(decision.area, _))
    parts.append(_votes(decision, _))
    if decision.area is not None:
        parts.append(_area_votes(decision.area, _))
    parts += _not_counted(decision.blank, decision.spoilt, _)
    if decision.not_cast and decision.outcome is not Outcome.NO_QUORUM:
        parts.append(_("{count}人未投票", count=decision.not_cast))
    parts.append(_motion_outcome(decision, rule, _))
    notes = [_("专有部分面积没有登记齐全，只按人数计算。")] if rule.by_area and decision.area is None else []
    if decision.advisory:
        notes.append(_advisory(_))
    return _sentence(parts, notes, _)


def _sentence(parts: Sequence[str], notes: Sequence[str], _: Translator) -> str:
    return _("{parts}。", parts=_("；").join(parts)) + "".join(notes)


def _advisory(_: Translator) -> str:
    return _("业主共同决定的事项，本结果仅供业主大会参考。")


def _attended(check: QuorumCheck, base: MajorityBase, _: Translator) -> str:
    values = {"due": check.due, "present": check.present, "needed": check.needed, "missing": check.missing}
    if base is MajorityBase.PARTICIPATING:
        if check.met:
            return _("应到{due}人，参与表决{present}人，达到法定人数{needed}人", **values)
        return _("应到{due}人，参与表决{present}人，未达到法定人数{needed}人（差{missing}人）", **values)
    if check.met:
        return _("应到{due}人，实到{present}人，达到法定人数{needed}人", **values)
    return _("应到{due}人，实到{present}人，未达到法定人数{needed}人（差{missing}人）", **values)


def _votes(decision: Decision, _: Translator) -> str:
    return _(
        "赞成{votes_for}票、反对{votes_against}票、弃权{votes_abstain}票",
        votes_for=decision.votes_for,
        votes_against=decision.votes_against,
        votes_abstain=decision.votes_abstain,
    )


def _not_counted(blank: int, spoilt: int, _: Translator) -> list[str]:
    parts = [_("空白票{count}张", count=blank)] if blank else []
    return [*parts, _("废票{count}张", count=spoilt)] if spoilt else parts


def _area_attended(area: AreaDecision, _: Translator) -> str:
    values = {
        "due": area_words(area.votes.due, _),
        "part": area_words(area.votes.taking_part, _),
        "needed": area_words(area.quorum_needed, _),
    }
    if area.quorum_met:
        return _("专有部分面积{due}，参与表决{part}，达到规定的{needed}", **values)
    return _("专有部分面积{due}，参与表决{part}，未达到规定的{needed}", **values)


def _area_votes(area: AreaDecision, _: Translator) -> str:
    return _(
        "按面积赞成{votes_for}、反对{votes_against}、弃权{votes_abstain}",
        votes_for=area_words(area.votes.votes_for, _),
        votes_against=area_words(area.votes.votes_against, _),
        votes_abstain=area_words(area.votes.votes_abstain, _),
    )


def _motion_outcome(decision: Decision, rule: HouseRule, _: Translator) -> str:
    if decision.outcome is Outcome.NO_QUORUM:
        return _no_quorum(decision.base, _)
    if decision.outcome is Outcome.TIE:
        tie = tie_words(decision.tie_rule, _)
        return _("赞成与反对同为{count}票：同票，未通过，按议事规则{tie}", tie=tie, count=decision.votes_for)
    if decision.area is not None and rule.area_majority is not None:
        return _both(decision, decision.area, rule, rule.area_majority, _)
    values = _by_heads(decision, rule, _)
    if decision.passed:
        if rule.majority.strict:
            return _("{count}票超过{base}的{share}（需{needed}票）：通过", **values)
        return _("{count}票达到{base}的{share}（需{needed}票）：通过", **values)
    if rule.majority.met(decision.votes_for, decision.base_count):
        return _("赞成{count}票少于反对票：未通过", **values)
    if rule.majority.strict:
        return _("{count}票未超过{base}的{share}（需{needed}票）：未通过", **values)
    return _("{count}票未达到{base}的{share}（需{needed}票）：未通过", **values)


def _by_heads(decision: Decision, rule: HouseRule, _: Translator) -> dict[str, Any]:
    return {
        "count": decision.votes_for,
        "base": base_words(decision.base, decision.base_count, _),
        "share": share_words(rule.majority, _),
        "needed": decision.needed,
    }


def _no_quorum(base: MajorityBase, _: Translator) -> str:
    if base is MajorityBase.PARTICIPATING:
        return _("参与表决不足，表决不成立")
    return _("到会不足，不得表决，议题顺延")


def _both(decision: Decision, area: AreaDecision, rule: HouseRule, area_majority: Threshold, _: Translator) -> str:
    """Heads and floor area, each with what it needed; only both together carry (民法典 278)."""
    by_heads = decision.votes_for > decision.votes_against and rule.majority.met(
        decision.votes_for, decision.base_count
    )
    heads = _(
        "按人数{count}票{verb}{base}的{share}（需{needed}票）",
        verb=_verb(rule.majority, by_heads, _),
        **_by_heads(decision, rule, _),
    )
    floor = _(
        "按面积{area}{verb}参与表决面积的{share}（需{needed}）",
        verb=_verb(area_majority, area.carried, _),
        area=area_words(area.votes.votes_for, _),
        share=share_words(area_majority, _),
        needed=area_words(area.needed, _),
    )
    if decision.passed:
        return _("{heads}；{floor}：通过", heads=heads, floor=floor)
    return _("{heads}；{floor}：未通过", heads=heads, floor=floor)


def _verb(threshold: Threshold, well: bool, _: Translator) -> str:
    if threshold.strict:
        return _("超过") if well else _("未超过")
    return _("达到") if well else _("未达到")


# --- a question with options --------------------------------------------------------------------------


def options_sentence(verdict: Verdict, question: Question, rule: HouseRule, _: Translator) -> str:
    """One sentence: who was due and there, what came in, who won with how many votes, the outcome.

    应到16人，实到14人，达到法定人数11人；收回14票，有效13票（其中弃权1票）；废票1张；
    “健身角”9票、“长廊”8票入选（名额2个）：通过。
    """
    returned = verdict.tally.valid + verdict.blank + verdict.spoilt
    parts = [_attended(verdict.quorum, rule.majority_base, _)]
    parts.append(
        _(
            "收回{returned}票，有效{valid}票（其中弃权{abstained}票）",
            returned=returned,
            valid=verdict.tally.valid,
            abstained=verdict.tally.abstained,
        )
        if verdict.tally.abstained
        else _("收回{returned}票，有效{valid}票", returned=returned, valid=verdict.tally.valid)
    )
    parts += _not_counted(verdict.blank, verdict.spoilt, _)
    if verdict.not_cast and verdict.outcome is not Outcome.NO_QUORUM:
        parts.append(_("{count}人未投票", count=verdict.not_cast))
    if verdict.outcome is Outcome.NO_QUORUM:
        parts += [*_before(question, _), _no_quorum(rule.majority_base, _)]
    else:
        parts += _chosen(verdict, question, _)
    return _sentence(parts, [_advisory(_)] if verdict.advisory else [], _)


def counted_parts(tally: Tally, question: Question, _: Translator) -> list[str]:
    """What a count alone says, where nothing is known of the meeting: the rule, who won, and who is tied."""
    parts = _won(tally, question, _)
    if tally.tied:
        names = _("、").join(_tied(tally, question, number, _) for number in tally.tied)
        parts.append(_("{names}：同票", names=names))
    return parts


def options_outcome(verdict: Verdict, question: Question, _: Translator) -> str:
    """The end of that sentence alone, without its stop: who won with how many votes, or why nobody did."""
    if verdict.outcome is Outcome.NO_QUORUM:
        return _("；").join([*_before(question, _), _("到会不足，不得表决，议题顺延")])
    return _("；").join(_chosen(verdict, question, _))


def _chosen(verdict: Verdict, question: Question, _: Translator) -> list[str]:
    if not verdict.passed:
        return [*_won(verdict.tally, question, _), _not_chosen(verdict, question, _)]
    # What the tie rule lets fail are the contested places only: who is in regardless of the tie is in.
    *before, last = _won(verdict.tally, question, _)
    contested = [_contested(verdict, question, _)] if verdict.tally.tied else []
    return [*before, _("{words}：通过", words=last), *contested]


def _won(tally: Tally, question: Question, _: Translator) -> list[str]:
    """The rule, the threshold, who won, what was spent or is open: one part each, where there is something to say."""
    parts = [*_before(question, _), *counted_by(question, tally.raised, _)]
    if question.threshold is not None:
        needed = max(1, question.threshold.least(tally.valid))
        share = share_words(question.threshold, _)
        parts.append(
            _("入选须超过有效票的{share}（需{needed}票）", share=share, needed=needed)
            if question.threshold.strict
            else _("入选须达到有效票的{share}（需{needed}票）", share=share, needed=needed)
        )
    if tally.winners:
        names = _("、").join(_winner(tally, question, number, _) for number in tally.winners)
        if question.kind is QuestionKind.BUDGET:
            parts.append(_("{names}入选", names=names))
        else:
            parts.append(_("{names}入选（名额{seats}个）", names=names, seats=question.seats))
    if question.kind is QuestionKind.BUDGET:
        left = question.budget - tally.spent
        parts.append(
            _("预算{budget}元，用去{spent}元，余{left}元", budget=question.budget, spent=tally.spent, left=left)
        )
    elif (tally.winners or question.elected) and not tally.tied and len(tally.winners) < question.seats:
        parts.append(_("还有{count}个名额没有选出", count=question.seats - len(tally.winners)))
    return parts


def _before(question: Question, _: Translator) -> list[str]:
    """Who was chosen by an earlier ballot on the same item."""
    if not question.elected:
        return []
    return [_("{names}此前已入选", names=_("、").join(_("“{title}”", title=title) for title in question.elected))]


def _winner(tally: Tally, question: Question, number: int, _: Translator) -> str:
    title = question.option(number).title
    if question.kind is QuestionKind.RANK:
        for place, one in enumerate(tally.rounds, 1):
            held = _held(one)
            if number in one.elected and number in held:
                return _("“{title}”第{round}轮{votes}票", title=title, round=place, votes=_number(held[number], _))
    if question.kind is QuestionKind.BUDGET:
        cost = question.option(number).cost
        if number in tally.filled:
            return _("“{title}”{count}票（{cost}元，补足）", title=title, count=_counted(tally, number), cost=cost)
        return _("“{title}”{count}票（{cost}元）", title=title, count=_counted(tally, number), cost=cost)
    return _with_count(tally, question, number, _)


def _held(one: Round) -> dict[int, Fraction]:
    return {option: Fraction(upper, lower) for option, upper, lower in one.held}


def _tied(tally: Tally, question: Question, number: int, _: Translator) -> str:
    """An option in a tie: of a ranking with what it held when the tie came, not with its first preferences."""
    held = _held(tally.rounds[-1]) if question.kind is QuestionKind.RANK and tally.rounds else {}
    if number in held:
        return _("“{title}”{count}票", title=question.option(number).title, count=_number(held[number], _))
    return _with_count(tally, question, number, _)


def _with_count(tally: Tally, question: Question, number: int, _: Translator) -> str:
    title, count = question.option(number).title, _counted(tally, number)
    if question.kind is QuestionKind.SCORE:
        return _("“{title}”{count}分", title=title, count=count)
    return _("“{title}”{count}票", title=title, count=count)


def _counted(tally: Tally, number: int) -> int:
    found: dict[int, OptionCount] = {option.number: option for option in tally.options}
    return found[number].count if number in found else 0


def _number(value: Fraction, _: Translator) -> str:
    """Whole votes as they are; parts of a vote, which a transfer makes, to two places."""
    if value.denominator == 1:
        return str(value.numerator)
    hundredths = int(value * 100 + Fraction(1, 2))
    return _("约{number}", number=f"{hundredths // 100}.{hundredths % 100:02d}")


def _not_chosen(verdict: Verdict, question: Question, _: Translator) -> str:
    tally = verdict.tally
    if verdict.outcome is Outcome.TIE:
        return _contested(verdict, question, _)
    if tally.valid == tally.abstained:
        return _("没有人选择任何一项：未通过")
    if question.threshold is not None:
        return _("没有一项达到：未通过")
    return _("没有一项入选：未通过")


def _contested(verdict: Verdict, question: Question, _: Translator) -> str:
    """Who is tied, for what, and what the house rule says happens to that."""
    names = _("、").join(_tied(verdict.tally, question, number, _) for number in verdict.tally.tied)
    tie = tie_words(verdict.tie_rule, _)
    if question.kind is QuestionKind.BUDGET:
        return _("{names}争余下的预算：同票，按议事规则{tie}", names=names, tie=tie)
    left = max(1, question.seats - len(verdict.tally.winners))
    values = {"names": names, "left": left, "tie": tie}
    if verdict.passed:
        return _("{names}争最后{left}个名额：同票，按议事规则{tie}，名额空缺", **values)
    return _("{names}争最后{left}个名额：同票，按议事规则{tie}", **values)
