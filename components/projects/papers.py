"""Word documents of a project from its record: 立项表, 验收评分表 and 验收表. No resident's name is in them."""

from collections.abc import Callable, Sequence
from fractions import Fraction

from components.file_button import file_button
from components.papers.plain import Layout, plain_paper
from components.papers.replaceable import replaceable
from components.papers.word import WORD, Paper
from components.projects.acceptance import PARTS, points
from components.projects.duties import duty_words
from components.wording import _, labelled, side_by_side
from components.wording.dates import day, hours, number, yuan
from components.wording.terms import term
from db.queries.projects.acceptance import Record, Round
from db.queries.projects.duties import DutyRow
from db.queries.projects.indicators import Goal
from db.queries.projects.page import ProjectHead, RiskRow, SourceRow, StepRow
from db.rules.permissions import Actor, Permission
from db.terms import ProjectKind

AIMS = (7.6, 4.2, 4.0)
"""Widths of the table of goals, in centimetres."""


@replaceable("project")
def project_sheet(
    head: ProjectHead,
    goals: Sequence[Goal],
    milestones: Sequence[StepRow],
    risks: Sequence[RiskRow],
    sources: Sequence[SourceRow],
    duties: Sequence[DutyRow] = (),
) -> Paper:
    """立项表 (fields of docs/domain.md 10.6)."""
    secretary = head.kind is ProjectKind.SECRETARY_LED
    kind = term(head.kind) + (f" · {term(head.led.direction)} · {head.led.year}" if head.led else "")
    table = [
        [_("项目名称"), head.title],
        [_("编号"), head.number],
        [_("领办书记") if secretary else _("负责人"), head.leader],
        [_("单位"), head.community],
        [_("类别"), kind],
        [_("来源需求"), side_by_side(f"{need.number} {need.title}" for need in sources) or "—"],
        [_("问题导向"), head.problem],
        [_("举措"), head.measures],
        [_("受益人群"), _("{who}（约 {n} 人）", who=head.beneficiaries, n=head.beneficiary_count)],
        [_("完成时限"), _("{start}至{due}", start=day(head.starts_on), due=day(head.due_on))],
        [_("里程碑"), "\n".join(f"{day(step.due_on)} {step.title}" for step in milestones) or "—"],
        [_("资源与经费"), yuan(head.budget_fen) + (f" · {head.funding}" if head.funding else "")],
        [_("风险与应对"), "\n".join(labelled(risk.what, risk.measure) for risk in risks) or "—"],
        [_("责任分工"), duty_words(duties) or "—"],
    ]
    aims = [[goal.name, term(goal.kind), goal.unit, number(goal.baseline), _aims(goal)] for goal in goals]
    return plain_paper(
        _("书记领办项目立项表") if secretary else _("项目立项表"),
        [],
        [],
        [
            _("负责人签字：____________    ____年__月__日"),
            _("社区党组织意见：________    负责人：________（盖章）  ____年__月__日"),
            _("街道意见：____________    签发：____________（盖章）    ____年__月__日"),
        ],
        Layout({"sheet": (3.2, 12.6), "aims": (5.6, 2.2, 2.4, 2.2, 3.4)}),
        sheet=([_("事项"), _("内容")], table),
        **({"aims": ([_("量化目标"), _("类型"), _("单位"), _("起点"), _("目标值")], aims)} if aims else {}),
    )


def _aims(goal: Goal) -> str:
    return " → ".join(number(value) for value in [*(change.before for change in goal.changes), goal.target])


@replaceable("acceptance")
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
        text.append(_("请在 {day}前整改完成并重新提交。", day=day(attempt.recheck_on)))
    return plain_paper(
        _("项目验收表"),
        facts,
        text,
        [
            _("评委签字：____________  ____________  ____________"),
            _("验收人签字：____________    ____年__月__日"),
            _("社区党组织：________（盖章）  街道：________（盖章）  ____年__月__日"),
        ],
        Layout({"aims": AIMS, "scored": (8.4, 3.4, 4.0)}),
        aims=([_("量化目标"), _("目标值"), _("现在")], aims),
        scored=([_("项目"), _("满分"), _("平均得分")], scored),
    )


@replaceable("scoring")
def scoring_sheet(head: ProjectHead, attempt: Round, goals: Sequence[Goal]) -> Paper:
    """验收评分表 for a judge's hand: evidence, goals, the criteria with their most, blanks for points and reason."""
    facts = [
        _("项目：{number} {title}", number=head.number, title=head.title),
        _("单位：{community}    负责人：{leader}", community=head.community, leader=attempt.leader),
        _("第 {n} 次提交：{day}", n=attempt.number, day=day(attempt.handed_in_at.date())),
        _("佐证：{text}", text=attempt.evidence),
    ]
    aims = [[goal.name, f"{_aims(goal)} {goal.unit}", f"{number(goal.actual)} {goal.unit}"] for goal in goals]
    blanks = [[_(label), f"0—{most}", "", ""] for _field, _name, label, most in PARTS]
    return plain_paper(
        _("验收评分表"),
        facts,
        [
            _("总分封顶 100；90 优秀，75 良好，60 合格，不足 60 不合格。等次由 3 位以上评委的评分合出来。"),
            _("评分理由：________________________________________"),
        ],
        [_("评委签字：____________    单位：____________    ____年__月__日")],
        Layout({"aims": AIMS, "scored": (6.4, 2.4, 2.4, 4.6)}),
        aims=([_("量化目标"), _("目标值"), _("现在")], aims),
        scored=([_("项目"), _("满分"), _("得分"), _("备注")], [*blanks, [_("合计"), "100", "", ""]]),
    )


def word_button(user: Actor, label: str, name: str, sheet: Paper, record: Callable[[Actor], object]) -> None:
    """A button that makes the document when it is pressed; `record` writes down that it left the house."""

    def made(actor: Actor) -> bytes:
        content = sheet()
        record(actor)
        return content

    file_button(user, Permission.EXPORT, label, f"{name}.docx", WORD, made, key=f"paper.{name}",
                icon=":material/description:")  # fmt: skip
