"""An invented meeting with everything that a paper can show: for the trial of a template and for its specimen."""

from datetime import UTC, date, datetime, timedelta

from components.wording import _
from db.queries.council.notices import NoticeFacts, ObjectionFacts
from db.queries.council.topics import CorrectionRow, TaskRow
from db.queries.meetings.papers import MeetingRecord
from db.rules.meetings.sitting import Change, Item, Point, RecusedMember, Seat, Sitting, TellerCount
from db.rules.voting.ballot_account import BallotAccount
from db.rules.voting.decision import PRESETS, Preset, QuorumCheck, decide
from db.rules.voting.question import Option, Question
from db.rules.voting.tally import OptionCount, Round, Tally
from db.rules.voting.verdict import Verdict
from db.terms import (
    CorrectionField,
    CorrectionState,
    ItemState,
    MeetingChangeKind,
    MeetingState,
    MemberPresence,
    NoticeState,
    ObjectionState,
    Outcome,
    QuestionKind,
    TaskState,
    VoteMethod,
)

_AT = datetime(2026, 3, 5, 6, 30, tzinfo=UTC)


def sample_sitting() -> Sitting:
    """Sixteen seats, fourteen there, a motion that passed and a ranking."""
    rule = PRESETS[Preset.COUNCIL]
    places = [MemberPresence.PRESENT] * 14 + [MemberPresence.LEAVE, MemberPresence.ABSENT]
    seats = tuple(
        Seat(n, n, _("成员{n}", n=f"{n:02d}"), _("居民代表"), False, state, _AT if n <= 14 else None)
        for n, state in enumerate(places, 1)
    )
    decision = decide(rule, due=16, present=14, votes_for=8, votes_against=4, votes_abstain=2)
    light = Item(1, 1, 1, _("楼道灯更换"), _("更换 3 号楼楼道感应灯，经费从公益金列支"), _("成员{n}", n="03"), False,
                 ItemState.PASSED, outcome=Outcome.PASSED, result=decision)  # fmt: skip
    seat = Item(2, 1, 2, _("休闲座椅选点"), _("从三处中选一处先装"), _("成员{n}", n="05"), True, ItemState.PASSED,
                outcome=Outcome.PASSED, question=sample_question(), result=_verdict(decision.quorum))  # fmt: skip
    return Sitting(
        id=1,
        version=1,
        community_id=1,
        body_id=1,
        body_name=_("示例社区居民议事会"),
        term=3,
        number=2,
        title=_("三月议事会"),
        at=_AT,
        place=_("社区议事厅"),
        state=MeetingState.CLOSED,
        rule=rule,
        notice_sent_at=datetime(2026, 3, 1, 1, 0, tzinfo=UTC),
        short_notice_reason=_("汛期临近"),
        chair_name=_("主持人甲"),
        opened_at=_AT,
        observers=3,
        seats=seats,
        items=(light, seat),
        points=(
            Point(1, 1, _("先修东单元，那里老人多。"), _("成员{n}", n="03")),
            Point(2, 1, "", _("成员{n}", n="05"), True, _("先在 3 号楼试装三个月"), True, _("全小区更换")),
        ),
        recusals=(RecusedMember(2, 7, _("成员{n}", n="07"), _("本人经营座椅生意")),),
        changes=(
            Change(
                MeetingChangeKind.MOVED,
                None,
                _("社区议事厅"),
                _("社区议事厅"),
                _AT - timedelta(days=2),
                _AT,
                _("台风"),
                _AT - timedelta(days=5),
                _("主持人甲"),
            ),
            Change(
                MeetingChangeKind.JOINED,
                16,
                "",
                _("成员{n}", n="16"),
                None,
                None,
                "",
                _AT - timedelta(days=4),
                _("主持人甲"),
            ),
        ),
        counts=(TellerCount(1, 1, 1, VoteMethod.HANDS, _("计票甲"), _("监票乙"), 0),),
    )


def sample_question() -> Question:
    """Three places to rank, one to choose."""
    places = (_("南门"), _("长廊"), _("北门"))
    return Question(QuestionKind.RANK, tuple(Option(n, title) for n, title in enumerate(places, 1)))


def _verdict(quorum: QuorumCheck) -> Verdict:
    options = (OptionCount(1, 6, True, 1), OptionCount(2, 5, False, 2), OptionCount(3, 2, False, 3))
    rounds = (
        Round(((1, 6, 1), (2, 5, 1), (3, 2, 1)), excluded=(3,)),
        Round(((1, 8, 1), (2, 5, 1)), elected=(1,)),
    )
    tally = Tally(13, 0, options, (1,), rounds=rounds)
    rule = PRESETS[Preset.COUNCIL]
    return Verdict(Outcome.PASSED, quorum, tally, 0, 0, 0, True, rule.tie)


def sample_record() -> MeetingRecord:
    """Its accounts, which balance, a task, a correction, and hashes."""
    task = TaskRow(1, 1, 1, _("楼道灯更换"), _("三月议事会"), _("联系施工单位报价"), _("成员{n}", n="02"),
                   date(2026, 3, 20), TaskState.OPEN, "")  # fmt: skip
    correction = CorrectionRow(
        *(
            1,
            1,
            _("楼道灯更换"),
            CorrectionField.MOTION,
            _("更换 8 号楼楼道感应灯"),
            _("更换 3 号楼楼道感应灯"),
            _("录入笔误"),
        ),
        *(CorrectionState.CONFIRMED, 1, _("主持人甲"), _AT, _("监票乙"), _AT),
    )
    return MeetingRecord(
        accounts={
            1: [
                BallotAccount(VoteMethod.HANDS, 6, 6, 6, choices={"for": 3, "against": 2, "abstain": 1}),
                BallotAccount(VoteMethod.SLIP, 8, 8, 8, choices={"for": 5, "against": 2, "abstain": 1}),
            ],
            2: [BallotAccount(VoteMethod.PAPER, 13, 13, 13, choices={"1>2>3": 6, "2>1>3": 5, "3>1": 2})],
        },
        counters={2: (_("计票甲"), _("监票乙"))},
        hashes={1: "5f" * 32, 2: "a0" * 32},
        tasks=(task,),
        corrections=(correction,),
        log_entries=20_431,
        audit_head="c4" * 32,
    )


def sample_notice() -> NoticeFacts:
    """A notice of five working days about an owners' matter."""
    return NoticeFacts(
        id=1,
        version=1,
        item_id=1,
        need_id=None,
        item_state=ItemState.PASSED,
        owners_matter=True,
        community=_("示例社区"),
        title=_("关于“{title}”的公示", title=_("楼道灯更换")),
        body=_("更换 3 号楼楼道感应灯，经费从公益金列支"),
        posted_on=date(2026, 3, 6),
        working_days=5,
        ends_on=date(2026, 3, 13),
        approximate=False,
        where_posted=_("小区公告栏"),
        objection_contact=_("社区议事厅"),
        state=NoticeState.RUNNING,
        days_left=5,
        objections=(
            ObjectionFacts(
                *(1, 1, "", "", _("灯太亮，晚上睡不好。"), _AT + timedelta(days=1), ObjectionState.CHANGED),
                *(_("改为夜里自动调暗。"), _AT + timedelta(days=2), _("更换 3 号楼楼道感应灯，夜里自动调暗")),
            ),
        ),
        motion=_("更换 3 号楼楼道感应灯，经费从公益金列支"),
    )
