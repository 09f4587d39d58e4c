"""Word documents of a project from its record: 立项表 and 验收表. No resident's name is in them."""

from collections.abc import Callable, Sequence
from fractions import Fraction

from components.file_button import file_button
from components.papers.word import WORD, Paper, plain_paper
from components.projects.acceptance import PARTS, points
from components.wording import _, labelled
from components.wording.dates import day, hours, number, yuan
from components.wording.terms import term
from db.queries.projects.acceptance import Record, Round
from db.queries.projects.indicators import Goal
from db.queries.projects.page import ProjectHead, RiskRow, SourceRow, StepRow
from db.rules.permissions import Actor, Permission


def project_sheet(
    head: ProjectHead,
    goals: Sequence[Goal],
    milestones: Sequence[StepRow],
    risks: Sequence[RiskRow],
    sources: Sequence[SourceRow],
) -> Paper:
    """立项表 (fields of docs/domain.md 10.6)."""
    table = [
        [_("项目名称"), head.title],
        [_("编号"), head.number],
        [_("类别"), term(head.kind)],
        [_("社区"), head.community],
        [_("负责人"), head.leader],
        [_("来源需求"), "、".join(f"{need.number} {need.title}" for need in sources) or "—"],
        [_("问题"), head.problem],
        [_("措施"), head.measures],
        [_("受益人群"), _("{who}（约 {n} 人）", who=head.beneficiaries, n=head.beneficiary_count)],
        [_("预算与经费"), yuan(head.budget_fen) + (f" · {head.funding}" if head.funding else "")],
        [_("起止日期"), _("{start} 至 {due}", start=day(head.starts_on), due=day(head.due_on))],
        [_("里程碑"), "\n".join(f"{day(step.due_on)} {step.title}" for step in milestones) or "—"],
        [_("风险与应对"), "\n".join(labelled(risk.what, risk.measure) for risk in risks) or "—"],
    ]
    aims = [[goal.name, term(goal.kind), goal.unit, number(goal.baseline), _aims(goal)] for goal in goals]
    return plain_paper(
        _("项目立项表"),
        [],
        [],
        [_("负责人签字：____________    社区（盖章）：____________    日期：____________")],
        sheet=([_("事项"), _("内容")], table),
        aims=([_("量化目标"), _("类型"), _("单位"), _("起点"), _("目标值")], aims),
    )


def _aims(goal: Goal) -> str:
    return " → ".join(number(value) for value in [*(change.before for change in goal.changes), goal.target])


def acceptance_sheet(head: ProjectHead, attempt: Round, record: Record, goals: Sequence[Goal]) -> Paper:
    """验收表 of a decided round: evidence, record, points part by part, decision."""
    result, hundredths = attempt.result, attempt.total_hundredths
    if result is None or hundredths is None:
        raise ValueError("a round that is not decided has no sheet")
    facts = [
        _("项目：{number} {title}", number=head.number, title=head.title),
        _("负责人：{leader}", leader=attempt.leader),
        _("第 {n} 次提交：{day}", n=attempt.number, day=day(attempt.handed_in_at.date())),
        _(
            "台账记录：活动 {activities} 场，受益 {served} 人次，志愿者 {people} 人共 {time}。",
            activities=record.activities,
            served=record.served,
            people=record.people,
            time=hours(record.minutes),
        ),
    ]
    aims = [[goal.name, f"{_aims(goal)} {goal.unit}", f"{number(goal.actual)} {goal.unit}"] for goal in goals]
    scored = [[_(label), str(most), points(getattr(result.parts, name))] for _field, name, label, most in PARTS]
    total = points(Fraction(hundredths, 100))
    text = [
        _("佐证：{text}", text=attempt.evidence),
        _("总分 {total}，等次：{grade}。", total=total, grade=term(attempt.grade)),
        _("{judges} 位评委，计入 {counted} 位", judges=result.judges, counted=result.counted),
        _("验收意见：{text}", text=attempt.reason),
    ]
    if attempt.recheck_on:
        text.append(_("请在 {day} 前整改完成并重新提交。", day=day(attempt.recheck_on)))
    return plain_paper(
        _("项目验收表"),
        facts,
        text,
        [_("评委签字：____________  ____________  ____________"), _("验收人签字：____________    日期：____________")],
        aims=([_("量化目标"), _("目标值"), _("现在")], aims),
        scored=([_("项目"), _("满分"), _("平均得分")], scored),
    )


def word_button(user: Actor, label: str, name: str, sheet: Paper, record: Callable[[Actor], object]) -> None:
    """A button that makes the document when it is pressed; `record` writes down that it left the house."""

    def made(actor: Actor) -> bytes:
        content = sheet()
        record(actor)
        return content

    file_button(user, Permission.EXPORT, label, f"{name}.docx", WORD, made, key=f"paper.{name}",
                icon=":material/description:")  # fmt: skip
