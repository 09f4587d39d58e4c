"""What the rules of voting say when they say no, and what to do next."""

from components.refusals.shown import explain
from components.wording import N_

explain(
    hands_only_for_motions=N_("多个选项不能举手表决:请改用票码、纸质票或线上记名表决。"),
    phones_not_allowed=N_("本机构的议事规则没有写明可以用手机表决,不能用票码:请改用纸质票或举手。"),
    owners_vote_by_name=N_("业主事项按人数和面积计票,只能记名表决或协助填写:请换一种方式。"),
    too_few_for_secrecy=N_(
        "用“{way}”的只有 {count} 人,结果一公布就能看出是谁投的。请让他们和其他人用同一种方式,或至少凑满 3 人。"
    ),
    slips_do_not_match=N_(
        "可用票码 {ready} 张,用票码表决的 {voters} 人,必须相等:多 {surplus} 张,少 {missing} 张。"
        "多的请登记作废或注明本次不用,少的请补打。"
    ),
    votes_another_way=N_("这位成员这次用“{way}”表决,不能在这里投票。"),
    witness_is_enterer=N_("见证人必须是录入人以外的另一个人。"),
    books_do_not_balance=N_(
        "“{way}”的账目不平,不能宣布结果:发出、收回、有效、无效的票数对不上。请逐项核对;查不出原因的,请作废这次表决。"
    ),
    paper_does_not_add_up=N_(
        "收回 {returned} 张,而有效 {valid} 张、空白 {blank} 张、无效 {spoilt} 张加起来对不上,请重新清点。"
    ),
    second_account_needed=N_("两次录入要用两个账号:{name} 已经录入过一次,请另一位用自己的账号录入。"),
    box_is_open=N_("已经有人清点纸质票,不能再恢复投票:请继续计票,或作废这次表决。"),
)
