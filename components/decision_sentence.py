"""The outcome of a vote in one sentence, with its quorum, its votes and its base; for console, screen and paper."""

from components.wording import _
from components.wording.terms import term
from db.rules.decision import Decision, HouseRule, QuorumCheck, Threshold
from db.terms import MajorityBase, Outcome


def share(threshold: Threshold) -> str:
    """半数, 三分之二, 四分之三, or the fraction itself."""
    names = {(1, 2): _("半数"), (2, 3): _("三分之二"), (3, 4): _("四分之三")}
    plain = f"{threshold.numerator}/{threshold.denominator}"
    return names.get((threshold.numerator, threshold.denominator), plain)


def threshold_words(threshold: Threshold) -> str:
    """过半数 does not include the half, 以上 includes the share (民法典 1259)."""
    if threshold.strict:
        return _("超过{share}", share=share(threshold))
    return _("{share}以上", share=share(threshold))


def base_words(base: MajorityBase, count: int) -> str:
    """The base with its size: 实到14人, 有效票12票."""
    if base in (MajorityBase.VALID, MajorityBase.PARTICIPATING):
        return _("{base}{count}票", base=term(base), count=count)
    return _("{base}{count}人", base=term(base), count=count)


def quorum_words(check: QuorumCheck) -> str:
    """应到16 实到14 需11,到会有效 / 到会不足,还差1人."""
    numbers = _("应到{due} 实到{present} 需{needed}", due=check.due, present=check.present, needed=check.needed)
    if check.met:
        return _("{numbers},到会有效", numbers=numbers)
    return _("{numbers},到会不足,还差{missing}人", numbers=numbers, missing=check.missing)


def decision_sentence(decision: Decision, rule: HouseRule) -> str:
    """One sentence: who was due and there, the votes, the base, the share it needed, the outcome.

    应到16人,实到14人,达到法定人数11人;赞成7票、反对5票、弃权2票;7票未超过实到14人的半数(需8票):未通过。
    """
    parts = [_attended(decision), _votes(decision)]
    if decision.not_cast and decision.outcome is not Outcome.NO_QUORUM:
        parts.append(_("{count}人未投票", count=decision.not_cast))
    parts.append(_verdict(decision, rule))
    text = _("{parts}。", parts=_(";").join(parts))
    if decision.advisory:
        text += _("业主共同决定的事项,本结果仅供业主大会参考。")
    return text


def _attended(decision: Decision) -> str:
    check = decision.quorum
    values = {"due": check.due, "present": check.present, "needed": check.needed, "missing": check.missing}
    if decision.base is MajorityBase.PARTICIPATING:
        if check.met:
            return _("应到{due}人,参与表决{present}人,达到法定人数{needed}人", **values)
        return _("应到{due}人,参与表决{present}人,未达到法定人数{needed}人(差{missing}人)", **values)
    if check.met:
        return _("应到{due}人,实到{present}人,达到法定人数{needed}人", **values)
    return _("应到{due}人,实到{present}人,未达到法定人数{needed}人(差{missing}人)", **values)


def _votes(decision: Decision) -> str:
    return _(
        "赞成{votes_for}票、反对{votes_against}票、弃权{votes_abstain}票",
        votes_for=decision.votes_for,
        votes_against=decision.votes_against,
        votes_abstain=decision.votes_abstain,
    )


def _verdict(decision: Decision, rule: HouseRule) -> str:
    values = {
        "count": decision.votes_for,
        "base": base_words(decision.base, decision.base_count),
        "share": share(rule.majority),
        "needed": decision.needed,
    }
    if decision.outcome is Outcome.NO_QUORUM:
        return _("到会不足,不得表决,议题顺延")
    if decision.outcome is Outcome.TIE:
        return _("赞成与反对同为{count}票:同票,未通过,按议事规则{tie}", tie=term(decision.tie_rule), **values)
    if decision.passed:
        if rule.majority.strict:
            return _("{count}票超过{base}的{share}(需{needed}票):通过", **values)
        return _("{count}票达到{base}的{share}(需{needed}票):通过", **values)
    if rule.majority.met(decision.votes_for, decision.base_count):
        return _("赞成{count}票少于反对票:未通过", **values)
    if rule.majority.strict:
        return _("{count}票未超过{base}的{share}(需{needed}票):未通过", **values)
    return _("{count}票未达到{base}的{share}(需{needed}票):未通过", **values)
