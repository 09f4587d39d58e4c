"""What the house says no to between door and answer, in words that say what to do next; imported by these pages."""

from components.wording import N_

SENTENCES: dict[str, str] = {
    "danger_too_late": N_("这条需求已进入议事程序，不能再改为“涉安全”。如确有危险，请另登记一条涉安全需求，即接即办。"),
    "void_has_voices": N_("还有 {members} 条需求归并在这一条里，请先撤销归并，再作废。"),
    "week_signed": N_("这一周已经签过字了。"),
    "week_too_early": N_("这一周要到 {opens}（周五）起才能签字，免得漏掉后面的需求。"),
    "merge_itself": N_("请选择两条不同的需求。"),
    "lead_takes_no_voices": N_("{number} 处于“{stage}”，不能再并入新的声音。请以另一条为主，或单独办理。"),
    "undo_not_merged": N_("这条需求现在没有归并，无需撤销。请刷新页面。"),
    "undo_answered": N_("{number} 的回音已经发出，归并不能再撤销。"),
    "weights_sum": N_("三项权重相加要等于 100，现在是 {total}。"),
    "weights_round_open": N_("还有 {needs} 条需求正在评分或待分流。等它们分流后再调整权重，以免同一批需求标准不一。"),
    "scored_already": N_("您已经给这条需求评过分了，每人一次。需要第三人时，请另一位同事评分。"),
    "not_scored": N_("评分还没有完成，暂不能分流。"),
    "answer_given": N_("同事刚刚已经回过音了，请刷新名单。"),
}
