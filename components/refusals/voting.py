"""What the rules of voting say when they say no, and what to do next."""

from components.wording import N_

SENTENCES: dict[str, str] = {
    "hands_only_for_motions": N_("多个选项不能举手表决：请改用票码、纸质票或线上记名表决。"),
    "phones_not_allowed": N_("本机构的议事规则没有写明可以用手机表决，不能用票码：请改用纸质票或举手。"),
    "owners_vote_by_name": N_("业主事项按人数和面积计票，只能记名表决或协助填写：请换一种方式。"),
    "too_few_for_secrecy": N_(
        "用“{way}”的只有 {count} 人，结果一公布就能看出是谁投的。请让他们和其他人用同一种方式，或至少凑满 3 人。"
    ),
    "slips_do_not_match": N_(
        "可用票码 {ready} 张，用票码表决的 {voters} 人，必须相等：多 {surplus} 张，少 {missing} 张。"
        "多的请登记作废或注明本次不用，少的请补打。"
    ),
    "votes_another_way": N_("这位成员这次用“{way}”表决，不能在这里投票。"),
    "witness_is_enterer": N_("见证人必须是录入人以外的另一个人。"),
    "books_do_not_balance": N_(
        "“{way}”的账目不平，不能宣布结果：发出、收回、有效、无效的票数对不上。请逐项核对；查不出原因的，请作废这次表决。"
    ),
    "paper_does_not_add_up": N_(
        "收回 {returned} 张，而有效 {valid} 张、空白 {blank} 张、无效 {spoilt} 张加起来对不上，请重新清点。"
    ),
    "second_account_needed": N_("两次录入要用两个账号：{name} 已经录入过一次，请另一位用自己的账号录入。"),
    "box_is_open": N_("已经有人清点纸质票，不能再恢复投票：请继续计票，或作废这次表决。"),
    "slip_unknown": N_("没有找到这张票：请对照纸票再输一次。仍不行，请工作人员换一张。"),
    "slip_void": N_("这张票已作废，刚才的选择没有收下。请工作人员换一张。"),
    "slip_set_aside": N_("这项表决不用这张票，刚才的选择没有收下。请留好票，下一项还会用到。"),
    "ballot_stopped": N_("这次表决已经截止，刚才的选择没有收下。"),
    "ballot_closed": N_("这次表决已经结束，不能再投票或更改。"),
    "no_words_owed": N_("这个议题现在不需要答复：没有被否决，或已经答复过。"),
    "quorum_missing": N_(
        "到会不足，不得表决：应到 {due} 人，实到 {present} 人，需 {needed} 人，还差 {missing} 人。"
        "请等人到齐后更新签到，或将议题顺延到下次会议。"
    ),
    "teller_is_proposer": N_("提议人不能计票或监票，请换一位。"),
    "teller_twice": N_("计票人和监票人必须是两个人：{name} 已经报过一次。"),
    "count_is_in": N_("这一位已经报过数，正在等另一位。"),
    "counts_missing": N_("两位计票监票人都报数并且一致后，才能宣布结果。现在已报 {entered} 位。"),
    "no_vote_here": N_("您不在这次表决的名单里：没有签到、已回避，或您的账号没有关联议事会席位。请告诉主持人。"),
    "member_votes_alone": N_("这位成员有自己的账号，请本人在手机上表决。"),
    "vote_cast_alone": N_("这位成员已经用自己的账号投了票：这一票不能由别人改，计票前也不能换账号。"),
    "votes_by_proxy": N_("您已委托别人出席本次会议，由受托人在现场表决。要自己投票，请主持人把您改为本人到会。"),
}
