"""What the rules of orders say when they say no, and what to do instead; imported by these pages."""

from components.wording import N_

SENTENCES: dict[str, str] = {
    "need_not_for_order": N_("这条需求现在处于“{stage}”，不在“转个人服务”里，不能下订单。"),
    "need_has_order": N_("这条需求已经有订单 {number}，不必再下一单。"),
    "order_has_helper": N_("刚刚有同事派了单，请刷新后查看。"),
    "offer_answered": N_("这次派单已经有了结果（{state}），请刷新后查看。"),
    "swap_too_late": N_("已经上门了，不能再换班；请联系社区改派。"),
    "helper_gone": N_("{number} 的账号已停用或换岗，请另选一位。"),
    "no_such_colleague": N_("没有编号是“{number}”的同事可以接替（也不能是自己）。请核对编号，或不填编号、退回社区。"),
    "swap_over": N_("对方已经撤回换班，请刷新后查看。"),
    "no_code": N_("这一单没有发过确认码，请由社区电话回访或纸质签字确认。"),
    "code_locked": N_("确认码已输错 5 次，不能再用；请由社区电话回访或纸质签字确认。"),
    "code_too_late": N_("居民已经确认或订单已取消，不需要确认码了。"),
    "not_contestable": N_("评价为“基本满意”或“不满意”时才能申请复核。"),
    "contested_already": N_("这一单已经申请过复核，每单一次。"),
    "case_closed": N_("同事刚刚已经办结，请刷新后查看。"),
    "case_open": N_("还有 {count} 件跟进或复核没有办结，办结后才能关闭。"),
    "series_over": N_("这项定期服务已经结束。"),
    "turn_gone": N_("下一次服务的日期已经变了，请刷新后再操作。"),
    "household_restricted": N_("这一户由专人联系，卡片和回音单只有专人可以打印。"),
    "already_paired": N_("这位志愿者已经是这一户的联系人。"),
    "pairing_ended": N_("这份结对已经结束。"),
    "too_many_pairings": N_("一户最多 {most} 位联系人：请先结束一位。"),
    "desk_phone_mobile": N_("服务台电话会印在卡上，请填办公电话，不要填个人手机。"),
    "slip_over": N_("带门牌的单子只在写明原因后两分钟内、志愿者已接单未完成时可以下载。请回到订单再打印一次。"),
    "card_too_full": N_("这一户的联系人太多或名字太长，一张小卡印不下所有电话。请改印大字卡，或先结束一位的结对。"),
    "card_empty": N_("这一户还没有联系人，也没有登记服务电话：请先添加联系人或填写服务电话。"),
}
