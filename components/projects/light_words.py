"""Why a project's light is what it is, in words, and what refusals of the settings mean."""

from components.wording import N_, _
from components.wording.dates import percent_of
from components.wording.terms import term
from db.rules.projects.progress import LightReason, LightResult
from db.terms import Light

_SHAPES = {Light.GREEN: "●", Light.AMBER: "■", Light.RED: "◆"}
"""Each light has its own shape, so that it can be told apart without its colour."""
_REASONS = {
    LightReason.FINISHED: N_("已提交，等待验收"),
    LightReason.PAST_DUE: N_("已超期 {days} 天"),
    LightReason.FAR_BEHIND: N_("明显落后：完成 {done}，计划应完成 {planned}"),
    LightReason.MILESTONES_OVERDUE: N_("{milestones} 个节点超期"),
    LightReason.MILESTONE_OVERDUE: N_("有 1 个节点超期"),
    LightReason.HIGH_RISK: N_("{risks} 项高风险未化解"),
    LightReason.BEHIND: N_("略有落后：完成 {done}，计划应完成 {planned}"),
    LightReason.NOT_MEASURED: N_("还没有填报可度量的指标"),
    LightReason.ON_PLAN: N_("按计划推进"),
}


def light_reason(result: LightResult) -> str:
    """The one leading reason, with its numbers."""
    values = result.values
    return _(
        _REASONS[result.reason],
        days=values.days_overdue,
        done=percent_of(values.progress),
        planned=percent_of(values.planned),
        milestones=values.overdue_milestones,
        risks=values.high_risks_open,
    )


def light_word(light: Light) -> str:
    """Shape and word of a light."""
    return f"{_SHAPES[light]} {term(light)}"
