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
}
