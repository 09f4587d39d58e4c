"""验收: the list, the evidence, the blind score sheet, and the result part by part."""

from collections.abc import Sequence
from fractions import Fraction

import streamlit as st

from components.acting import Request
from components.asking import says
from components.forms import form
from components.lists import Column, rows
from components.wording import N_, _, safe
from components.wording.dates import dated, hours, near, number, percent_of
from components.wording.measures import measured
from components.wording.terms import term
from db.actions.projects.acceptance import decide_acceptance, hand_in, judge_project
from db.queries.projects.acceptance import AcceptanceRow, Record, Round
from db.queries.projects.indicators import Goal
from db.queries.projects.page import ProjectHead
from db.rules.projects import acceptance as rubric
from db.rules.projects.acceptance import AcceptanceResult
from db.rules.projects.input import ScoreInput
from db.terms import Grade

PARTS = (
    ("goals", "goals", N_("目标完成"), rubric.GOALS_MOST),
    ("benefit", "benefit", N_("群众受益与满意度"), rubric.BENEFIT_MOST),
    ("procedure", "procedure", N_("推进规范（议事、公示、台账）"), rubric.PROCEDURE_MOST),
    ("members", "members_role", N_("党员作用"), rubric.MEMBERS_ROLE_MOST),
    ("lasting", "sustainability", N_("可持续与推广"), rubric.SUSTAINABILITY_MOST),
    ("files", "files", N_("资料归档"), rubric.FILES_MOST),
    ("bonus", "bonus", N_("加分"), rubric.BONUS_MOST),
)
"""Field of the form, name in the rules, words, most points (docs/domain.md 10.7)."""
SHORT = {
    "goals": N_("目标"),
    "benefit": N_("受益"),
    "procedure": N_("规范"),
    "members_role": N_("党员"),
    "sustainability": N_("持续"),
    "files": N_("归档"),
    "bonus": N_("加分"),
}
"""The parts in one word each, for the table of judges."""


def points(value: Fraction | int) -> str:
    """Points with at most one decimal."""
    return number(value)


def acceptance_list(attempts: Sequence[AcceptanceRow]) -> None:
    """Rounds that wait and rounds that are over; a click opens one."""
    rows(
        [
            {
                "id": attempt.project_id,
                "title": attempt.title,
                "number": attempt.number,
                "state": attempt.state,
                "round": _("第 {n} 次", n=attempt.round),
                "judges": _judged(attempt),
                "result": _result(attempt),
                "on": near(attempt.handed_in_at.date()),
            }
            for attempt in attempts
        ],
        [
            Column("title", _("项目")),
            Column("number", _("编号"), "nowrap"),
            Column("state", _("状态"), "nowrap"),
            Column("round", _("提交次数"), "nowrap"),
            Column("judges", _("评分")),
            Column("result", _("等次")),
            Column("on", _("提交日期"), "nowrap"),
        ],
        key="acceptance.list",
        page="acceptance",
        empty=_("现在没有待验收的项目。负责人在项目页点“提交验收”后，会出现在这里。"),
        caption=_("验收"),
    )


def _judged(attempt: AcceptanceRow) -> str:
    judged = _("{n} 位评委已评", n=attempt.judges)
    return judged + _("，您已评") if attempt.mine else judged


def _result(attempt: AcceptanceRow) -> str:
    if attempt.grade is None or attempt.total_hundredths is None:
        return ""
    result = _("{grade} {total} 分", grade=term(attempt.grade), total=points(Fraction(attempt.total_hundredths, 100)))
    return result + _("，最迟 {day} 复验", day=near(attempt.recheck_on)) if attempt.recheck_on else result


def evidence(attempt: Round, record: Record, goals: Sequence[Goal]) -> None:
    """What the leader wrote, beside what the record itself says."""
    st.header(_("佐证"))
    st.text(attempt.evidence)
    st.caption(_("{who} {when} 提交", who=safe(attempt.handed_in_by), when=near(attempt.handed_in_at)))
    rows(
        [
            {
                "id": goal.id,
                "name": goal.name,
                "aim": _aim(goal),
                "actual": measured(number(goal.actual), goal.unit),
                "done": percent_of(goal.progress),
            }
            for goal in goals
        ],
        [
            Column("name", _("目标")),
            Column("aim", _("目标值"), "number"),
            Column("actual", _("现在"), "number"),
            Column("done", _("完成"), "number"),
        ],
        key="acceptance.goals",
        empty=_("没有量化目标。"),
        caption=_("量化目标"),
    )
    st.caption(
        _(
            "台账记录：活动 {activities} 场，受益 {served} 人次，志愿者 {people} 人共 {time}。",
            activities=record.activities,
            served=record.served,
            people=record.people,
            time=hours(record.minutes),
        )
    )


def _aim(goal: Goal) -> str:
    now = measured(number(goal.target), goal.unit)
    return f"{number(goal.first_target)} → {now}" if goal.changes else now


def _evidence_so_far(goals: Sequence[Goal], record: Record) -> str:
    """What the records say already: every goal with its last reading, activities and hours."""
    lines = [
        _("{name}：目标 {target}{unit}，做到 {actual}{unit}。", name=goal.name, target=number(goal.target),
          actual=number(goal.actual), unit=goal.unit)
        for goal in goals
    ]  # fmt: skip
    if record.activities:
        done = {"n": record.activities, "served": record.served, "people": record.people}
        lines.append(
            _("办了 {n} 场活动，服务 {served} 人次；{people} 名志愿者服务 {long}。", **done, long=hours(record.minutes))
        )
    return "\n".join(lines)


def hand_in_form(head: ProjectHead, goals: Sequence[Goal], record: Record) -> Request | None:
    """The leader's evidence, begun with what the records say."""
    with form("hand_in") as filling:
        text = filling.words(
            "evidence",
            _("佐证"),
            start=_evidence_so_far(goals, record),
            height=180,
            help=_("至少 20 个字：做成了什么、材料放在哪里、谁可以证明。"),
        )
        says(_("提交后目标和佐证固定，交给评委打分；退回整改之前不能再改。"))
        pressed = filling.submit(_("提交验收"), icon=":material/send:")
    values = {"project_id": head.id, "version": head.version, "evidence": text}
    return Request(filling, hand_in, _("已提交验收，等评委评分"), values) if pressed else None


def judge_form(attempt: Round) -> Request | None:
    """The score sheet; nobody else's points are on this page until the decision."""
    st.header(_("评分"))
    st.caption(_("满分 100，加分最多 5 分。等次确定之前，谁也看不到别人的分。"))
    given: dict[str, int | None] = {}
    with form("judge_project") as filling:
        columns = st.columns(2)
        for place, (field, _name, label, most) in enumerate(PARTS):
            with columns[place % 2]:
                title = _("{part}（0—{most}）", part=_(label), most=most)
                start = 0 if field == "bonus" else None
                given[field] = filling.whole(field, title, least=0, most=most, start=start)
        reason = filling.words("reason", _("评分理由"), height=80)
        pressed = filling.submit(_("提交评分"))
    values = {"acceptance_id": attempt.id, "given": ScoreInput(reason=reason, **given)}
    return Request(filling, judge_project, _("评分已提交"), values) if pressed else None


def result_table(result: AcceptanceResult) -> None:
    """How the total came about, part by part; which totals were left out."""
    rows(
        [
            {"id": name, "part": _(label), "most": most, "got": points(getattr(result.parts, name))}
            for _field, name, label, most in PARTS
        ],
        [Column("part", _("项目")), Column("most", _("满分"), "number"), Column("got", _("平均得分"), "number")],
        key="acceptance.parts",
        empty="",
        caption=_("各项得分"),
    )
    counted = _("{judges} 位评委，计入 {counted} 位", judges=result.judges, counted=result.counted)
    if result.dropped_high is not None:
        counted += _("，去掉最高 {high} 分和最低 {low} 分", high=result.dropped_high, low=result.dropped_low)
    grade = term(result.grade) if result.grade else _("评委不足 3 位，还不能定等次")
    st.markdown(_("**总分 {total} · {grade}**", total=points(result.total), grade=grade))
    st.caption(counted + _("。总分是计入评委各自总分（封顶 100）的平均；90 优秀，75 良好，60 合格。"))


def score_table(attempt: Round) -> None:
    """Who gave what, open after the decision."""
    columns = [Column("judge", _("评委"), "nowrap"), Column("total", _("总分"), "number")]
    columns += [Column(name, _(label), "number") for name, label in SHORT.items()]
    rows(
        [
            {
                "id": place,
                "judge": score.judge,
                "total": score.points.total,
                "reason": score.reason,
                **{name: getattr(score.points, name) for name in SHORT},
            }
            for place, score in enumerate(attempt.scores)
        ],
        [*columns, Column("reason", _("理由"))],
        key="acceptance.scores",
        empty="",
        caption=_("各评委评分"),
    )


def decide_form(attempt: Round, *, answer_owed: bool) -> Request | None:
    """The decision follows from the scores; the person gives the reason and, when it passes, the answer."""
    failed = attempt.result is not None and attempt.result.grade is Grade.FAIL
    with form("decide_acceptance") as filling:
        reason = filling.words("reason", _("验收意见"), height=80)
        answer = ""
        if answer_owed and not failed:
            answer = filling.words("answer", _("给提出人的答复"), height=80, help=_("每一户提出人都会进入回音名单。"))
        says(
            _("项目回到实施，30 天内整改；这次的分数留在案里。")
            if failed
            else _("项目就此结束，不能再改；提出需求的每一户进入回音名单。")
        )
        pressed = filling.submit(_("退回整改，30 天后复验") if failed else _("通过验收"))
    values = {"acceptance_id": attempt.id, "version": attempt.version, "reason": reason, "answer": answer}
    said = _("已退回整改") if failed else _("已通过验收，请按回音名单答复提出人")
    return Request(filling, decide_acceptance, said, values) if pressed else None


def decided(attempt: Round) -> None:
    """The decision in words."""
    st.markdown(safe(attempt.reason))
    st.caption(_("{who} {when} 定等次", who=safe(attempt.decided_by), when=near(attempt.decided_at)))
    if attempt.recheck_on:
        st.warning(_("请在 {day}前整改完成并重新提交。", day=dated(attempt.recheck_on)), icon=":material/build:")
