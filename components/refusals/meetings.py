"""What the rules of speaking and of the record say when they say no, and what to do next."""

from components.wording import N_

SENTENCES: dict[str, str] = {
    "not_present": N_("这位成员现在不在场，不能发言：如已到会，请先在“签到”里更新。"),
    "already_waiting": N_("这位成员已经在排队了。"),
    "speeches_used": N_("这位成员在本议题已发言 {most} 次，按议事规则不再发言。"),
    "recused_explains_only": N_("这位成员已回避本议题，只能作询问或说明，不参加正反辩论。"),
    "no_seat_here": N_("您的账号没有关联本次会议的席位。要发言请举手，由主持人加入排队。"),
    "turn_over": N_("这次发言已经结束或已放弃。要再发言，请重新加入排队。"),
    "turn_begun": N_("这位成员已经开始发言，不能再放弃；可以结束发言，或退回排队。"),
    "not_speaking": N_("这位成员现在没有在发言：可能刚刚有人结束了这次发言。"),
    "already_said": N_("这个议题已有发言、要点或表决，不能退回待议。"),
    "result_announced": N_("这个议题的结果已经宣布，记录不能直接改：请走“更正”，由第二人核对。"),
    "no_amendment": N_("这是一条发言要点，不是修正动议。"),
    "amendment_followed": N_("动议后来又改过，不能撤回这条修正：请再提一条修正动议。"),
    "count_says_otherwise": N_("报的票数和结论不一致：赞成 {votes_for}，反对 {votes_against}。赞成多于反对才算采纳。"),
    "no_room_for_count": N_("修正的理由太长，记不下票数（合计最多 {most} 个字）：请先更正理由，改短一些。"),
    "sign_in_closed": N_("现在不能签到：会议还没有开始，或已经结束。请看大屏上的二维码。"),
    "card_unknown": N_("没有找到这张卡，或这次会议不应到会：请对照卡片再输一次。仍不行，请工作人员登记签到。"),
    "card_missing": N_("这位成员现在没有卡。"),
    "books_negative": N_("“{item}”{way}的账目里有小于零的数，不能打印。请先核对计票数。"),
    "books_issued": N_(
        "“{item}”{way}收回 {returned} 张，多于发出的 {issued} 张，账目不平，不能打印。请先核对发出和收回数。"
    ),
    "books_returned": N_(
        "“{item}”{way}收回 {returned} 张，不等于有效 {valid} 张加空白和废票 {invalid} 张，"
        "账目不平，不能打印。请重新清点。"
    ),
    "books_valid": N_("“{item}”{way}有效 {valid} 张，各种填法合计却是 {choices} 张，账目不平，不能打印。请重新清点。"),
    "books_result": N_("“{item}”各投票方式合计与宣布的结果不一致，不能打印。请先核对，属于笔误的走“更正”。"),
    "agenda_empty": N_("还没有议题：请先列入至少一个议题，再发会议通知。"),
    "no_house_rules": N_("这个机构还没有生效的议事规则：请先到“议事会与规则”设定，再发会议通知。"),
    "nobody_in_office": N_("开会那天没有在任的成员：请先到“议事会与规则”登记成员。"),
    "need_is_restricted": N_("受限个案不上议事会，请改为个人服务。"),
    "opens_other_day": N_("会议通知的日期是{at}，不是今天。请看清日期，再决定要不要现在开会。"),
    "opens_without_quorum": N_("刚刚有人离席或改了签到：实到 {present} 人，到会要 {needed} 人。请看清再开会。"),
    "voted_already": N_("这次会议已经表决过，不能再撤回开会。没有表决的议题可以顺延，再宣布闭会。"),
    "item_done": N_("这个议题本次会议已有结论。"),
    "words_owed": N_("“{title}”没有通过，还没有给提出人一个说法：请先选择“回音提出人”或“入储备库”，再闭会。"),
    "amendment_same": N_("新的表述和现在的动议一样，请修改后再提。"),
    "amendment_settled": N_("这条修正动议已经处理过了。"),
    "proxies_not_allowed": N_("本次会议的议事规则不允许委托：请本人到会，或记为请假。"),
    "proxy_is_member": N_("受托人自己是本次会议的成员，不能再替别人表决：请换一位受托人。"),
}
