"""Sentences of what is refused about commitments."""

from components.wording import N_

SENTENCES: dict[str, str] = {
    "no_member": N_("您的账号还没有关联党员名册。请联系社区，在“党员名册”里关联后再来写承诺。"),
    "promises_enough": N_("这一年已经有 {most} 项承诺。临时任务请选“即时承诺”，或先终止一项。"),
    "own_promise": N_("自己的承诺由别人审核和公示。请另一位工作人员来做。"),
    "pauses_overlap": N_("这几天已经登记过暂停。请换日期。"),
    "promise_not_kept_now": N_("{number} 现在不在践诺期，不能记录。"),
    "day_outside_promise": N_("这一天不在承诺的期限内（{first} 至 {last}）。请换日期。"),
    "order_not_of_member": N_("订单 {number} 不是本人完成并经居民确认的，不能算作践诺。"),
    "order_counted": N_("订单 {number} 已经算过一次践诺。"),
    "activity_not_held": N_("活动“{title}”还没有完成记录，不能算作践诺。"),
    "keeping_own": N_("补记要由另一位工作人员确认。"),
    "keeping_settled": N_("这一条已经处理过了。"),
    "period_not_missed": N_("这一期没有漏下，不用说明。"),
    "code_revoked": N_("这个码已经停用了。"),
    "keeping_not_counted": N_("这一次还没有计入或已经冲销，不能请人评。"),
    "word_given": N_("这一次已经评过了，不能再评一次。"),
    "word_over": N_("这个码现在不能评：可能过期、停用，或者承诺已经评定。"),
    "own_promise_judged": N_("自己的承诺由别人来评。请另一位工作人员来做。"),
    "promise_not_to_judge": N_("{number} 还没有到期待评，或者已经评过。"),
    "verdict_settled": N_("这一条评议已经处理过了。"),
    "words_unquoted": N_("这句话已经不再引用了。"),
    "sheet_elsewhere": N_("这张亮绩单已经到了别的环节。请刷新再看。"),
    "own_sheet": N_("自己的或自己确认的亮绩单由别人审核。请另一位工作人员来做。"),
    "no_sheet_to_post": N_("这个季度没有审核通过的亮绩单可以张贴。"),
    "miss_explained": N_("这一期已经说明过了。"),
}
