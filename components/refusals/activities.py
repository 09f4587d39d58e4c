"""What the rules of market days and outings say when they say no, and what to do next."""

from components.wording import N_

SENTENCES: dict[str, str] = {
    "no_market": N_("这场活动不是便民集市，没有摊位。请在活动里把类型改为“便民集市”。"),
    "market_cancelled": N_("这场集市已取消，不能再改。"),
    "market_closed": N_("这场集市已经关账：人员和摊位不再改，人次请用“更正”。"),
    "market_ahead": N_("集市还没到日子，到那天再关账或更正。"),
    "stall_called_off": N_("这个摊位已撤，请刷新后再看。"),
    "stall_has_tally": N_("{number} 号摊已经有人次，不能撤。确实没办，请先把人次更正为 0。"),
    "stalls_full": N_("一场集市最多 {most} 个摊位。"),
    "nothing_to_copy": N_("上一次的摊位这里都有了，没有可以沿用的。"),
    "tally_revoked": N_("这个摊位没有在用的计数地址。"),
    "tally_ahead": N_("{day} 集市那天才开始计数。"),
    "helper_elsewhere": N_(
        "志愿者 {number} 在 {stall} 号摊已有 {starts}–{ends} 的时间，不能同时在两处。请改时间或换人。"
    ),
    "helper_left": N_("这位已经离摊，请刷新后再看。"),
    "volunteers_both_at_stalls": N_("两条登记在集市“{title}”的同一时间都有摊位：请先让其中一条离摊，再合并。"),
    "volunteers_both_escort": N_("两条登记在“{title}”里各陪一位老人：请先换其中一位陪访人，再合并。"),
    "no_outing": N_("这场活动不是出游陪访，没有结伴。请在活动里把类型改为“出游陪访”。"),
    "outing_cancelled": N_("这次陪访已取消，不能再改。"),
    "outing_closed": N_("这次陪访已经收队，不能再改。"),
    "outing_full": N_("一次陪访最多 {most} 对。人多请分两次。"),
    "outing_not_today": N_("陪访在 {day}，到那天再点出发。"),
    "elder_twice": N_("这位老人已经在名单里。确实是同名的另一位，请勾选“同名的另一位”。"),
    "elder_restricted": N_("这位老人的档案受保护，不能直接引用。请用化名登记，不写姓名。"),
    "escort_busy": N_("志愿者 {number} 那天已经陪着 {most} 位老人，请换一位，或等他陪的老人返回。"),
    "escort_same": N_("现在就是这位志愿者在陪，不用换。"),
    "no_escort": N_("还没有陪访人，请先安排一位。"),
    "pair_done": N_("这位老人已经返回，或说好不去了。请刷新后再看。"),
    "pair_out": N_("这位老人已经出发。"),
    "pair_waiting": N_("这位老人还没有出发。"),
    "checks_missing": N_(
        "还有 {n} 项没有核对，先看“{first}”。有缺的请写明怎么办；身体不舒服的不出发，没到家门口的不算返回。"
    ),
    "contact_not_now": N_("紧急联系人只在陪访当天查看（{day}）。"),
    "pairs_open": N_("还有 {n} 位没有交代清楚：{names}。都返回，或登记“不去了”，才能收队。"),
    "no_pairs": N_("还没有结伴，没有可以收队的。"),
}
