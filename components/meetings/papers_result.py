"""表决结果报告单: every vote with its accounts, its rule and its sentence. It does not print on false accounts."""

from collections.abc import Iterable, Sequence

from components.council.rule_words import majority_rule, quorum_rule
from components.meetings.papers_annex import annex_fields, annex_part
from components.meetings.papers_notice import advisory_words, meeting_fields, meeting_form
from components.papers.replaceable import replaceable
from components.papers.word import (
    Column,
    Paper,
    Sheet,
    blank,
    built_in,
    heading,
    headline,
    line,
    lines,
    mark,
    paper,
    table,
    when,
)
from components.voting.outcome import changed_words, outcome_name, outcome_sentence, quorum_words
from components.voting.question_words import choice_words, option_words, parts_of_votes, question_words
from components.wording import _, side_by_side
from components.wording.dates import moment
from components.wording.terms import term
from db.errors import Refused
from db.queries.meetings.papers import NOTHING_MORE, MeetingRecord
from db.rules.meetings.sitting import Item, Sitting, TellerCount
from db.rules.voting.account_words import account_words
from db.rules.voting.ballot_account import BallotAccount
from db.rules.voting.question import ABSTAIN, Question, numbers_of, scores_of
from db.rules.voting.tally import OptionCount, Round
from db.rules.voting.verdict import Verdict
from db.terms import Choice, CorrectionState, Outcome, QuestionKind, RankRule, VoteMethod

ON_PAPER = frozenset({VoteMethod.PAPER, VoteMethod.SLIP})
"""Ways with ballots that are given out and come back: their account has more to say than who raised a hand."""


@replaceable("results")
def result_sheet(sitting: Sitting, record: MeetingRecord = NOTHING_MORE) -> Paper:
    """表决结果报告单. Raises Refused("books_…") at once when an account does not balance (docs/domain.md 5.4)."""
    voted = [item for item in sitting.items if was_voted(item)]
    fields = [vote_fields(sitting, item, record) for item in voted]
    values = meeting_fields(sitting) | {
        "items": fields,
        "corrections": correction_lines(record),
        **annex_fields(fields, record),
    }
    return paper(result_template(), values)


def was_voted(item: Item) -> bool:
    """Whether a ballot decided the item."""
    return item.result is not None


# --- accounts --------------------------------------------------------------------------------------------


def must_balance(item: Item, accounts: Sequence[BallotAccount]) -> None:
    """Raises Refused with the equation that does not hold: in one way of voting, or against the announced result."""
    for way in accounts:
        for fault in way.faults():
            raise Refused(
                f"books_{fault}",
                item=item.title,
                way=way.way,
                issued=way.issued,
                returned=way.returned,
                valid=way.valid,
                invalid=way.invalid,
                choices=sum(way.choices.values()),
            )
    if accounts and _announced(item) != _added(item, accounts):
        raise Refused("books_result", item=item.title)


def _announced(item: Item) -> tuple[int, ...]:
    result = item.result
    if result is None:
        return ()
    if isinstance(result, Verdict):
        return (result.tally.valid, result.tally.abstained, result.blank, result.spoilt)
    return (result.votes_for, result.votes_against, result.votes_abstain, result.blank, result.spoilt)


def _added(item: Item, accounts: Sequence[BallotAccount]) -> tuple[int, ...]:
    def said(pattern: str) -> int:
        return sum(way.choices.get(pattern, 0) for way in accounts)

    rest = (sum(way.blank for way in accounts), sum(way.spoilt for way in accounts))
    if isinstance(item.result, Verdict):
        return (sum(way.valid for way in accounts), said(ABSTAIN), *rest)
    return (*(said(choice.value) for choice in (Choice.FOR, Choice.AGAINST, Choice.ABSTAIN)), *rest)


def _way_rows(question: Question, accounts: Sequence[BallotAccount]) -> list[dict[str, object]]:
    counts = [
        {
            "issued": way.issued,
            "returned": way.returned,
            "not_cast": way.not_cast,
            "valid": way.valid,
            "blank": way.blank,
            "spoilt": way.spoilt,
        }
        for way in accounts
    ]
    rows: list[dict[str, object]] = [
        {"way": term(way.way), **counted, "choices": _choices(question, way)}
        for way, counted in zip(accounts, counts, strict=True)
    ]
    if len(rows) > 1:
        total = {name: sum(counted[name] for counted in counts) for name in counts[0]}
        rows.append({"way": _("合计"), **total, "choices": ""})
    return rows


def _choices(question: Question, way: BallotAccount) -> str:
    """What the valid ballots of one way say, option by option; a sum where numbers can be added."""
    abstained = way.choices.get(ABSTAIN, 0)
    if question.kind is QuestionKind.MOTION:
        return side_by_side(
            f"{choice_words(question, choice.value)} {way.choices.get(choice.value, 0)}"
            for choice in (Choice.FOR, Choice.AGAINST, Choice.ABSTAIN)
        )
    counted = dict.fromkeys(question.numbers, 0)
    for pattern, times in way.choices.items():
        for number, weight in _weights(question, pattern):
            counted[number] += weight * times
    said = [_("{n}号 {count}", n=number, count=count) for number, count in counted.items()]
    return side_by_side([*said, f"{term(Choice.ABSTAIN)} {abstained}"])


def _weights(question: Question, pattern: str) -> Iterable[tuple[int, int]]:
    """What one ballot gives to which option: a vote, points, or its first preference."""
    if pattern == ABSTAIN:
        return []
    if question.kind is QuestionKind.SCORE:
        scores = scores_of(pattern, len(question.options))
        return [(number, score or 0) for number, score in zip(question.numbers, scores, strict=True)]
    numbers = numbers_of(pattern)
    return [(number, 1) for number in (numbers[:1] if question.kind is QuestionKind.RANK else numbers)]


# --- one vote -----------------------------------------------------------------------------------------


def vote_fields(sitting: Sitting, item: Item, record: MeetingRecord) -> dict[str, object]:
    """Everything that a paper may say of one vote. Raises Refused when its accounts do not balance."""
    accounts = record.accounts.get(item.id, ())
    must_balance(item, accounts)
    out = [recused for recused in sitting.recusals if recused.item_id == item.id]
    names = side_by_side(_("{name}（{reason}）", name=r.name, reason=r.reason) for r in out)
    file_hash = record.hashes.get(item.id, "")
    return {
        "number": item.position,
        "title": item.title,
        "motion": item.motion,
        "advisory": advisory_words(item),
        "method": question_words(item.answered),
        "way": side_by_side(dict.fromkeys(term(way.way) for way in accounts)) or _way_of(sitting, item),
        "quorum": quorum_words(item.result.quorum) if item.result else "",
        "recused": _("回避 {count} 人：{names}", count=len(out), names=names) if out else "",
        "rule": _rule(sitting, item),
        "earlier": [
            _("第{round}轮表决：{sentence}", round=one.round,
              sentence=outcome_sentence(one.verdict, one.question, sitting.rule))
            for one in record.earlier.get(item.id, ())
        ],
        "by_way": len(accounts) > 1 or any(way.way in ON_PAPER for way in accounts),
        "split": len(accounts) > 1,
        "sentence": outcome_sentence(item.result, item.answered, sitting.rule),
        "outcome": outcome_name(item.result) if item.result else "",
        "ways": _way_rows(item.answered, accounts),
        "proof": [
            _("{way}：{equations}", way=term(way.way), equations=_("；").join(account_words(way, item.answered, _)))
            for way in accounts
        ],
        "ranked": isinstance(item.result, Verdict),
        "counted": _counted(item.answered.kind),
        "options": _option_rows(item),
        "rounds": _rounds(item),
        "tellers": _tellers(sitting, item, record),
        "file_hash": file_hash,
        "recount": _("选票文件 SHA-256：\n{hash}\n拿到文件的人可用 python -m db recount 文件名 重新计票核对。",
                     hash=file_hash) if file_hash else "",
    }  # fmt: skip


def _way_of(sitting: Sitting, item: Item) -> str:
    last = [count for count in sitting.counts if count.item_id == item.id]
    return term(last[-1].method) if last else ""


def _rule(sitting: Sitting, item: Item) -> str:
    if sitting.rule is None:
        return ""
    own = question_words(item.answered) if isinstance(item.result, Verdict) else majority_rule(sitting.rule)
    return _("{quorum}；{own}；同票{tie}", quorum=quorum_rule(sitting.rule), own=own, tie=term(sitting.rule.tie))


def _counted(kind: QuestionKind) -> str:
    return {QuestionKind.SCORE: _("总分"), QuestionKind.RANK: _("首选票")}.get(kind, _("得票"))


def _option_rows(item: Item) -> list[dict[str, object]]:
    result = item.result
    if result is None:
        return []
    if isinstance(result, Verdict):
        return [
            {
                "title": option_words(item.answered, one.number),
                "count": one.count,
                "rank": one.rank,
                "result": _won(result, one),
            }
            for one in result.tally.options
        ]
    votes = ((Choice.FOR, result.votes_for), (Choice.AGAINST, result.votes_against),
             (Choice.ABSTAIN, result.votes_abstain))  # fmt: skip
    return [{"title": term(choice), "count": count, "rank": "", "result": ""} for choice, count in votes]


def _won(verdict: Verdict, one: OptionCount) -> str:
    if verdict.outcome is Outcome.NO_QUORUM:
        return ""
    if one.number in verdict.tally.tied:
        return _("同票，名额空缺") if verdict.passed else _("并列待定")
    if not one.enough:
        return _("未达比例")
    return _("入选") if one.won else _("未入选")


def _rounds(item: Item) -> list[str]:
    """A ranking round by round, in exact numbers."""
    if not isinstance(item.result, Verdict):
        return []
    rule = item.answered.rank_rule
    return [_round(place, one, rule) for place, one in enumerate(item.result.tally.rounds, 1)]


def _round(place: int, one: Round, rule: RankRule) -> str:
    held = side_by_side(
        _("{n}号 {count}", n=number, count=parts_of_votes(upper, lower, rule)) for number, upper, lower in one.held
    )
    parts = [_("第{place}轮 {held}", place=place, held=held)]
    if one.exhausted[0]:
        parts.append(_("用尽 {count}", count=parts_of_votes(*one.exhausted, rule)))
    if one.elected:
        parts.append(_("当选 {numbers}", numbers=side_by_side(map(str, one.elected))))
    if one.handed_on:
        parts.append(_("转移余票 {number}", number=one.handed_on))
    if one.excluded:
        parts.append(_("淘汰 {numbers}", numbers=side_by_side(map(str, one.excluded))))
    return _("；").join(parts)


def _tellers(sitting: Sitting, item: Item, record: MeetingRecord) -> list[str]:
    counts = [one for one in sitting.counts if one.item_id == item.id and one.method is VoteMethod.HANDS]
    said = [_counted_by(count, only=len(counts) == 1) for count in counts]
    if item.id in record.counters:
        teller, scrutineer = record.counters[item.id]
        said.append(_("纸质票 计票人：{teller}；监票人：{scrutineer}", teller=teller, scrutineer=scrutineer))
    if changed := changed_words(*record.changes.get(item.id, (0, 0))):
        said.append(changed)
    return said


def _counted_by(count: TellerCount, *, only: bool) -> str:
    """Who counted; the round and the recounts where there were several."""
    names = {"teller": count.teller, "scrutineer": count.scrutineer}
    if only and not count.recounts:
        return _("计票人：{teller}；监票人：{scrutineer}", **names)
    return _(
        "第{round}轮 计票人：{teller}；监票人：{scrutineer}；重新清点 {recounts} 次",
        round=count.round,
        recounts=count.recounts,
        **names,
    )


def correction_lines(record: MeetingRecord) -> list[str]:
    """更正 that a second person confirmed: both texts, the reason, who and when."""
    return [
        _(
            "“{item}”{field}：原为“{before}”，更正为“{after}”。原因：{reason}。{asked}提出，{settled}核对（{at}）。",
            item=row.item,
            field=term(row.field),
            before=row.before,
            after=row.after,
            reason=row.reason,
            asked=row.asked_by,
            settled=row.settled_by,
            at=moment(row.settled_at),
        )
        for row in record.corrections
        if row.settled_at is not None and row.state is CorrectionState.CONFIRMED
    ]


# --- the template -------------------------------------------------------------------------------------


def vote_part(document: Sheet) -> None:
    """One vote inside a loop over `items` (as `item`), each number once: what one way alone says, the sentence says."""
    lines(document, "item.earlier", size=12, spacing=20)
    mark(document, "if item.by_way")
    columns = [
        Column(_("投票方式"), "{{ row.way }}", 3.9),
        Column(_("发出"), "{{ row.issued }}", 1.3),
        Column(_("收回"), "{{ row.returned }}", 1.3),
        Column(_("未投"), "{{ row.not_cast }}", 1.3),
        Column(_("有效"), "{{ row.valid }}", 1.3),
        Column(_("空白"), "{{ row.blank }}", 1.3),
        Column(_("废票"), "{{ row.spoilt }}", 1.3),
    ]
    mark(document, "if item.split")
    table(document, "item.ways", [*columns, Column(_("有效票中"), "{{ row.choices }}", 4.8)], size=11)
    mark(document, "else")
    table(document, "item.ways", columns, size=11)
    mark(document, "endif")
    mark(document, "endif")
    mark(document, "if item.ranked")
    options = [
        Column(_("选项"), "{{ row.title }}", 8.4, centred=False),
        Column("{{ item.counted }}", "{{ row.count }}", 2.4),
        Column(_("名次"), "{{ row.rank }}", 2),
        Column(_("结果"), "{{ row.result }}", 3),
    ]
    table(document, "item.options", options)
    mark(document, "endif")
    lines(document, "item.rounds", size=12, spacing=20)
    when(document, "item.sentence", _("结论：{{ item.sentence }}"), bold=True)
    lines(document, "item.tellers", size=12, spacing=20)


@built_in
def result_template() -> Sheet:
    """表决结果报告单."""
    document = blank(size=12, line=20, margin=2.2, top=2.2)
    headline(document, _("表决结果报告单"))
    meeting_form(document, (_("出席"), "{{ attendance }}"), (_("议事规则"), "{{ rule }}"))
    when(document, "short_notice", _("通知时间短于议事规则，原因：{{ short_notice }}"))
    mark(document, "for item in items")
    heading(document, _("议题{{ item.number }}：{{ item.title }}"))
    line(document, _("表决事项：{{ item.motion }}"))
    when(document, "item.advisory", "{{ item.advisory }}", font="KaiTi", bold=True)
    way = line(document, _("表决方式：{{ item.way }}{% if item.ranked %}    方法：{{ item.method }}{% endif %}"))
    way.paragraph_format.keep_with_next = True
    when(document, "item.recused", "{{ item.recused }}")
    vote_part(document)
    mark(document, "else")
    line(document, _("本次会议还没有表决。"), before=8)
    mark(document, "endfor")
    mark(document, "if corrections")
    heading(document, _("更正"))
    lines(document, "corrections")
    mark(document, "endif")
    signed = line(document, _("计票人签字：____________    监票人签字：____________"), before=14)
    signed.paragraph_format.keep_with_next = True
    line(document, _("主持人签字：____________    ____年__月__日"), before=8)
    annex_part(document)
    return document
