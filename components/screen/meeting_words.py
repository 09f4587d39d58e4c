"""What the screen says of a meeting, in words that are read from ten metres; seats, never names."""

from typing import Any

from components.public_address import letters
from components.qr import qr
from components.voting.outcome import decision_sentence, outcome_name, quorum_words
from components.voting.question_words import option_words, question_words, yuan
from components.wording import _, side_by_side, spaced
from components.wording.dates import near
from components.wording.terms import look, term
from db.queries.screen.meeting import ItemOnScreen, MeetingOnScreen, ResultOnScreen
from db.rules.meetings.sitting import BallotStanding
from db.rules.voting.decision import Decision, HouseRule
from db.rules.voting.outcome_words import options_sentence
from db.rules.voting.question import Question
from db.rules.voting.verdict import Verdict
from db.terms import BallotState, Choice, ItemState, MeetingState, Outcome, QuestionKind, SpeakerSide, VoteMethod

Slide = dict[str, Any]
"""JSON for `stage.js`."""

HASH_SHOWN = 16
"""Hex digits that the room compares with the minutes; 64 bits cannot be met by chance."""
COUNTED = (VoteMethod.HANDS, VoteMethod.PAPER)
_SIDES = {SpeakerSide.FOR: "green", SpeakerSide.AGAINST: "red", SpeakerSide.NEUTRAL: "blue"}
_CHOICES = {Choice.FOR: "green", Choice.AGAINST: "red", Choice.ABSTAIN: "gray"}
_MARKS = {Outcome.PASSED: "yes", Outcome.NOT_PASSED: "no", Outcome.TIE: "tie", Outcome.NO_QUORUM: "no"}


def meeting_slide(meeting: MeetingOnScreen, address: str) -> Slide:
    """The one slide that a meeting is at."""
    light = None
    if meeting.quorum is not None:
        met = meeting.quorum.met
        light = {
            "colour": "green" if met else "red",
            "mark": "yes" if met else "no",
            "words": quorum_words(meeting.quorum),
        }
    item = meeting.item
    if item is None:
        return _agenda(meeting, light, address)
    slide: Slide = {
        "kind": "item",
        "what": meeting.title,
        "title": _("议题 {n}：{title}", n=item.position, title=item.title),
        "motion": item.motion,
        "light": light,
        "advice": _("业主共同决定的事项，表决结果仅供参考") if item.owners_matter else "",
    }
    if item.ballot is not None:
        return slide | _voting(item.ballot, address)
    if item.result is not None and meeting.rule is not None:
        return slide | _result(item.result, item.question, meeting.rule)
    if item.decided:
        return slide | {"hint": _("表决已结束，等待主持人宣布结果")}
    floor = _floor(item)
    if floor is not None:
        return slide | {"floor": floor}
    return slide | {"hint": term(item.state) if item.state is not ItemState.PENDING else _("即将讨论")}


def _agenda(meeting: MeetingOnScreen, light: Slide | None, address: str) -> Slide:
    slide: Slide = {
        "kind": "agenda",
        "what": term(meeting.state),
        "title": meeting.title,
        "light": light,
        "rows": [
            {"number": position, "name": title, "state": term(state), "colour": look(state)[1]}
            for position, title, state in meeting.agenda
        ],
        "empty": _("议程还没有列出"),
        "note": f"{near(meeting.at)} · {meeting.place}",
    }
    if meeting.sign_in_key and address and meeting.state in (MeetingState.CONVENED, MeetingState.OPEN):
        slide["qr"] = qr(f"{address}/s/{meeting.sign_in_key}") | {"label": _("扫码签到"), "letters": ""}
    return slide


def _floor(item: ItemOnScreen) -> Slide | None:
    """Who speaks and until when (in milliseconds since 1970), and who waits."""
    if item.speaker is None and not item.waiting:
        return None
    waiting = side_by_side(_("{seat}号席", seat=seat) for seat in item.waiting)
    floor: Slide = {"waiting": _("排队发言：{seats}", seats=waiting) if waiting else ""}
    if item.speaker is not None:
        ends = item.speaker.ends_at
        floor |= {
            "seat": _("{seat}号席", seat=item.speaker.seat),
            "side": term(item.speaker.side),
            "colour": _SIDES[item.speaker.side],
            "ends": round(ends.timestamp() * 1000) if ends is not None else None,
            "over": _("时间到"),
        }
    return floor


# --- voting ---------------------------------------------------------------------------------------------


def _voting(ballot: BallotStanding, address: str) -> Slide:
    """Method and turnout only: no result shows before it is closed and revealed."""
    ways = [way.way for way in ballot.ways] or [ballot.method]
    motion = ballot.question.kind is QuestionKind.MOTION
    slide: Slide = {
        "kind": "ballot",
        "method": side_by_side(term(way) for way in ways),
        "turnout": _("已投 {cast} / {of}", cast=ballot.turnout, of=_issued(ballot)),
        "hint": _("结果在表决结束后宣布"),
        "counting": _counting(ballot, ways),
    }
    if not motion:
        slide |= {
            "motion": "",
            "hint": "",
            "question": question_words(ballot.question),
            "options": [option_words(ballot.question, number) for number in ballot.question.numbers],
        }
    if all(way in COUNTED for way in ways):
        # Nobody is known to have voted before two people have counted, so "0 of 14" would only worry.
        slide["turnout"] = _("请举手") if ways == [VoteMethod.HANDS] else _("请投票")
    if ballot.state is BallotState.STOPPED:
        return slide | {"stopped": _("表决已截止，等待宣布"), "hint": ""}
    if VoteMethod.SLIP in ways and address:
        vote = f"{address}/v"
        slide["qr"] = qr(vote) | {"label": _("扫码投票"), "letters": letters(vote)}
    return slide


def _issued(ballot: BallotStanding) -> int:
    return sum(way.issued for way in ballot.ways) if ballot.ways else ballot.voting


def _counting(ballot: BallotStanding, ways: list[VoteMethod]) -> str:
    """How far the two people are who count hands or paper; never what they counted."""
    entries = {way.way: len(way.entries) for way in ballot.ways} or {ballot.method: len(ballot.tellers_in)}
    counted = [way for way in ways if way in COUNTED]
    if not counted:
        return ""
    if len(ways) == 1:
        return _("计票人、监票人已录入 {cast} / {of}", cast=entries[counted[0]], of=2)
    each = side_by_side(_("{way} {cast} / {of}", way=term(way), cast=entries[way], of=2) for way in counted)
    return _("计票人、监票人已录入：{each}", each=each)


# --- the result -----------------------------------------------------------------------------------------


def _result(shown: ResultOnScreen, question: Question, rule: HouseRule) -> Slide:
    result = shown.result
    slide: Slide = {"kind": "result", "motion": "", "light": None}
    slide |= _of_motion(result, rule) if isinstance(result, Decision) else _of_options(result, question, rule)
    notes = [slide.pop("unit", "")]
    if digits := shown.file_hash[:HASH_SHOWN]:
        notes.append(_("计票文件校验码（SHA-256 前 16 位）：{digits}", digits=digits))
    return slide | {"note": " · ".join(note for note in notes if note)}


def _of_motion(decision: Decision, rule: HouseRule) -> Slide:
    votes = {
        Choice.FOR: decision.votes_for,
        Choice.AGAINST: decision.votes_against,
        Choice.ABSTAIN: decision.votes_abstain,
    }
    return {
        "verdict": _verdict(term(decision.outcome), decision.outcome),
        "votes": [{"name": term(choice), "value": n, "colour": _CHOICES[choice]} for choice, n in votes.items()],
        "sentence": spaced(decision_sentence(decision, rule)),
    }


def _verdict(word: str, outcome: Outcome) -> Slide:
    return {"word": word, "colour": look(outcome)[1], "mark": _MARKS[outcome]}


def _of_options(verdict: Verdict, question: Question, rule: HouseRule) -> Slide:
    tally = verdict.tally
    decided = verdict.outcome is not Outcome.NO_QUORUM
    votes = []
    for one in sorted(tally.options, key=lambda one: (one.rank, one.number)):
        row: Slide = {"name": option_words(question, one.number), "value": one.count, "colour": "gray"}
        if decided and one.number in tally.winners:
            row |= {"colour": "green", "mark": "yes", "word": _won(question, tally.winners, one.number)}
        elif decided and one.number in tally.tied:
            row |= {"colour": "orange", "mark": "tie", "word": _("同票")}
        elif not one.enough:
            row |= {"word": _("未达到比例")}
        votes.append(row)
    return {
        "verdict": _verdict(outcome_name(verdict), verdict.outcome),
        "votes": votes,
        "unit": _unit(question),
        "sentence": spaced(options_sentence(verdict, question, rule, _)),
    }


def _won(question: Question, winners: tuple[int, ...], number: int) -> str:
    """入选; of a ranking its final place."""
    if question.kind is QuestionKind.RANK and len(winners) > 1:
        return _("第 {n} 名", n=winners.index(number) + 1)
    return _("入选")


def _unit(question: Question) -> str:
    """What the numbers at the bars are."""
    if question.kind is QuestionKind.SCORE:
        return _("数字是总分")
    if question.kind is QuestionKind.RANK:
        return _("数字是首选票；名次按逐轮计票得出")
    if question.kind is QuestionKind.BUDGET:
        return _("数字是支持票；总额 {budget}", budget=yuan(question.budget))
    return _("数字是得票")
