"""How invented projects were judged: handed in, scored by the rubric, accepted or sent back."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from db.counters import day_of
from db.demo import days
from db.demo.projects.works import Work
from db.models import Acceptance, AcceptanceScore
from db.rules.projects import acceptance as rules
from db.terms import AcceptanceState, AnswerKind, Grade, Happening, ProjectState

Points = tuple[int, int, int, int, int, int, int]
"""One judge by the rubric of docs/domain.md 10.7."""


def hand_in(
    work: Work, moment: datetime, evidence: str, judges: list[int], scores: Sequence[Points], why: str, told: str
) -> None:
    """One round of acceptance; with fewer than three scores it is still being judged."""
    number = 1 + sum(model is Acceptance for model, _ in work.rows)
    work.row["state"] = ProjectState.HANDED_IN
    work.say(Happening.HANDED_IN, moment, work.leader, round=number)
    attempt = work.keep(
        Acceptance,
        project_id=work.id,
        round=number,
        evidence=evidence,
        handed_in_at=moment,
        handed_in_by=work.leader,
        leader_name=work.demo.account_names[work.leader],
        state=AcceptanceState.JUDGING,
    )
    for count, (judge, points) in enumerate(zip(judges, scores, strict=False), 1):
        moment = _after(work, moment, 0.2, 2)
        names = ("goals", "benefit", "procedure", "members", "lasting", "files", "bonus")
        work.keep(
            AcceptanceScore,
            acceptance_id=attempt["id"],
            judge_id=judge,
            reason="看了现场、翻了台账，按评分表逐项打分",
            scored_at=moment,
            **dict(zip(names, points, strict=True)),
        )
        work.say(Happening.JUDGED, moment, judge, count=count)
    if len(scores) >= rules.LEAST_JUDGES:
        _decide(work, attempt, _after(work, moment, 0.5, 2), scores, why, told)


def _after(work: Work, moment: datetime, least: float, most: float) -> datetime:
    """Some days later; where holidays would carry it beyond the end of the story, half way to there."""
    later, end = days.after(work.rng, moment, least, most), work.demo.now
    return later if later < end else (moment + (end - moment) / 2).replace(microsecond=0)


def _decide(
    work: Work, attempt: dict[str, Any], moment: datetime, scores: Sequence[Points], why: str, told: str
) -> None:
    result = rules.combine_judges([rules.JudgeScore(*points) for points in scores])
    hundredths = int((200 * result.total + 1) // 2)
    by, total = work.demo.admins[0], f"{hundredths / 100:.2f}"
    attempt |= {
        "state": AcceptanceState.DECIDED,
        "grade": result.grade,
        "reason": why,
        "total_hundredths": hundredths,
        "decided_at": moment,
        "decided_by": by,
    }
    if result.grade is Grade.FAIL:
        attempt["recheck_on"] = rules.recheck_on(day_of(moment))
        work.row["state"] = ProjectState.REWORK
        back = attempt["recheck_on"].isoformat()
        work.say(Happening.SENT_BACK, moment, by, why, recheck_on=back, total=total)
        return
    work.row |= {"state": ProjectState.ACCEPTED, "accepted_at": moment}
    work.say(Happening.ACCEPTED, moment, by, why, grade=str(result.grade), total=total)
    for life in work.sources:
        life.owe(AnswerKind.DONE, told, moment, by)
