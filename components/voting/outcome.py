"""The outcome of a vote in one sentence, in the reader's language, in the words of `db.rules.voting.outcome_words`."""

from components.wording import _
from components.wording.terms import look, sign, term
from db.rules.voting import account_words as accounts_in_words
from db.rules.voting import outcome_words
from db.rules.voting.ballot_account import BallotAccount
from db.rules.voting.decision import Decision, HouseRule, QuorumCheck, Threshold
from db.rules.voting.question import Question
from db.rules.voting.result import Result
from db.rules.voting.verdict import Verdict
from db.terms import MajorityBase, Outcome


def share(threshold: Threshold) -> str:
    """半数, 三分之二, 四分之三, or the fraction itself."""
    return outcome_words.share_words(threshold, _)


def threshold_words(threshold: Threshold) -> str:
    """过半数 does not include the half, 以上 includes the share (民法典 1259)."""
    return outcome_words.threshold_words(threshold, _)


def base_words(base: MajorityBase, count: int) -> str:
    """The base with its size: 实到14人, 有效票12票."""
    return outcome_words.base_words(base, count, _)


def quorum_words(check: QuorumCheck) -> str:
    """应到 16 · 实到 14 · 需 11，到会有效 / 到会不足，还差 1 人."""
    return outcome_words.quorum_words(check, _)


def area_words(area: int) -> str:
    """A floor area given in 0.01 m²: 89.12平方米."""
    return outcome_words.area_words(area, _)


def decision_sentence(decision: Decision, rule: HouseRule) -> str:
    """One sentence: who was due and there, the votes, the base, the share it needed, the outcome.

    应到16人，实到14人，达到法定人数11人；赞成7票、反对5票、弃权2票；7票未超过实到14人的半数（需8票）：未通过。
    """
    return outcome_words.motion_sentence(decision, rule, _)


def outcome_sentence(result: Result | None, question: Question, rule: HouseRule | None) -> str:
    """The sentence of a result; empty while there is none. Titles of options are in it: plain text, never Markdown."""
    return outcome_words.result_sentence(result, question, rule, _) if result is not None and rule is not None else ""


def options_outcome(verdict: Verdict, question: Question) -> str:
    """Who won with how many votes, or why nobody did: the end of the sentence of a vote on options, without a stop."""
    return outcome_words.options_outcome(verdict, question, _)


def outcome_name(result: Result) -> str:
    """The outcome in a word; a tie for some of several places is none for those who were chosen."""
    return _("部分入选，余下同票") if _in_part(result) else term(result.outcome)


def outcome_badge(result: Result) -> str:
    """The same as a badge."""
    icon, colour = look(result.outcome)
    return sign(outcome_name(result), colour, icon)


def _in_part(result: Result) -> bool:
    return isinstance(result, Verdict) and result.outcome is Outcome.TIE and bool(result.tally.winners)


def changed_words(changed: int, elsewhere: int) -> str:
    """How many votes by slip were replaced; empty when none was. For tellers, who know how many people asked for it."""
    if not changed:
        return ""
    return _("改票 {changed} 次，其中 {elsewhere} 次不是在原来投票的手机上改的", changed=changed, elsewhere=elsewhere)


def account_words(account: BallotAccount, question: Question) -> list[str]:
    """The three equations of one way of voting."""
    return accounts_in_words.account_words(account, question, _)


def fault_words(fault: str) -> str:
    """An equation that does not hold, said plainly."""
    return accounts_in_words.fault_words(fault, _)
