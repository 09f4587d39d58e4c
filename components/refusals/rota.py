"""What the rules of rotas and slots say when they say no, and what to do instead."""

from components.wording import N_

SENTENCES: dict[str, str] = {
    "rota_closed": N_("这份排班已经结束，不能再改；需要的话先重新开放招募。"),
    "rota_not_open": N_("这份排班现在不在招募，不能认领。"),
    "rota_no_slots": N_("还没有班次：先排好班次，再开放招募。"),
    "rota_has_slots": N_("已排的班次在 {first} 到 {last} 之间，起止日期要包含它们。"),
    "rota_has_turns": N_("后面还有 {count} 人次的班没有上：等班次过去，或先取消这些班次，再结束。"),
    "too_many_slots": N_("这样会一次排出 {count} 个班次，一次最多 {most} 个：请缩短日期或分几次排。"),
    "no_slot_days": N_("按这样的安排，这段日期里一天也没有：请检查星期、几号和节假日的选择。"),
    "no_slots_that_day": N_("这一天没有可以取消的班次。"),
    "slot_past": N_("这一班已经开始或过去了。"),
    "slot_called_off": N_("这一班已经取消了。"),
    "slot_taken_place": N_("同一点位在这个时间已经有一班。"),
    "slot_places_taken": N_("已经有 {filled} 人认领，人数不能更少；请先请人退出。"),
    "slot_full": N_("最后一个名额刚刚被认领了，请看看别的班次。"),
    "slot_not_over": N_("这一班还没有结束，结束后再登记到岗。"),
    "slot_marked": N_("这一班已经登记过到岗，或没有人要登记。"),
    "turn_there": N_("{number} 已经在这一班里。"),
    "turn_overlaps": N_("{number} 这个时间已有别的安排：{named}。"),
    "turn_day_full": N_("{number} 这一天加起来超过 12 小时，还有：{named}。请换一天。"),
    "turn_skill": N_("{number} 没有登记这个点位要求的特长。"),
    "turn_close": N_("{number} 和“{named}”之间不到一小时。确实来得及的，请勾选“已问过本人”再提交。"),
    "turn_second": N_("{number} 当天已有一班：{named}。本人愿意的，请勾选“已问过本人”再提交。"),
    "turn_not_free": N_("这不是 {number} 登记的空闲时间。本人愿意的，请勾选“已问过本人”再提交。"),
    "slot_turn_over": N_("这个班现在是“{state}”，请刷新后查看。"),
    "give_back_late": N_("开班前 {hours} 小时内不能自己退，请打电话告诉社区，好请人顶上。"),
    "swap_asked": N_("这一班已经在等人换，请等答复，或先撤回。"),
    "swap_same": N_("不能和自己换，也不能换到同一班。"),
    "slot_swap_over": N_("对方的班已经变了，换不成了，请刷新后查看。"),
}
