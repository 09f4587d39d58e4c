"""What the rules of partner units and their resources say when they say no."""

from components.wording import N_

SENTENCES: dict[str, str] = {
    "unit_elsewhere": N_("这家单位由别的社区联系，请由那个社区或街道修改。"),
    "unit_has_ended": N_("这家单位已终止共建，请先恢复共建，再登记资源。"),
    "unit_has_promises": N_("还有 {count} 件资源使用没有了结（{names}）。请先逐件办理，或勾选“一并收回”后再终止。"),
    "resource_has_promises": N_(
        "这项资源还有 {count} 件使用没有了结（{names}）。请先逐件办理，或勾选“一并收回”后再停用。"
    ),
    "resource_promises_outside": N_("改了以后，已应允的 {count} 件就安排不下了。请先和借用的社区商量，改期或取消。"),
    "resource_taken": N_("这个时间已经应允给别人了，剩余 {left}。请换个时间或换一项资源。"),
    "resource_closed": N_("这项资源已停用。"),
    "resource_unit_ended": N_("那一天单位已终止共建。"),
    "resource_too_early": N_("还没到这项资源可以借用的日子。"),
    "resource_too_late": N_("已过这项资源可以借用的日子。"),
    "resource_weekday": N_("这项资源那几天不开放，请看可用时间。"),
    "resource_part": N_("这项资源那个时段不开放，请看可用时间。"),
    "resource_too_much": N_("超过了这项资源的总量。"),
    "request_elsewhere": N_("这是别的社区提出的申请，请由提出的社区办理。"),
    "request_over": N_("这件申请已经走到下一步，请刷新后再看。"),
    "request_for_one": N_("一件申请只能用于一件事：需求、项目、活动、订单中选一个。"),
    "request_twice": N_("同一天同一用途已经申请过，正等单位答复。"),
    "request_not_yet": N_("还没到使用的日子（{day}），用过以后再登记。"),
}
