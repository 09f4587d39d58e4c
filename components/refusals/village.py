"""What the rules of 四议两公开 and of mediation say when they say no."""

from components.refusals.shown import explain
from components.wording import N_

explain(
    no_community_of_its_own=N_("您的账号不属于某个社区,请由社区的账号登记。"),
    parties_missing=N_("至少要有 {least} 方,现在 {count} 方:请先登记各方,或勾选到场的各方。"),
    talk_not_recorded=N_("请先写下争议焦点并保存记录,再结束协商。"),
    nothing_agreed=N_("还没有整改事项:请先写明事项、责任人和期限,再按达成共识结束。"),
    nothing_to_undo=N_("没有可以撤销的登记。"),
)
