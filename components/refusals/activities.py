"""What the rules of activities, market days and outings say when they say no, and what to do next."""

from components.wording import N_

SENTENCES: dict[str, str] = {
    "activity_places_taken": N_("已经占了 {filled} 个名额，名额不能再少。请先取消多出来的报名。"),
    "activity_has_people": N_("已经有人报名，不能再改“敏感人群”。请先取消报名，或另办一场活动。"),
    "activity_begun": N_("已经登记过到会，不能再改期。没办完的场次请另加。"),
    "activity_of_project": N_("这是项目里的活动，请在项目页汇报内容和时长。"),
    "too_many_sessions": N_("一场活动最多 {most} 个场次。"),
    "last_session": N_("活动至少要有一个场次。不办了，请“取消活动”。"),
    "session_taken": N_("这个场次已经登记到会，不能删除。"),
    "signed_up_already": N_("这个人已经报过名了。要改，请先取消原来的报名。"),
    "sign_up_over": N_("这个报名已经取消，请刷新后再看。"),
    "sign_up_came": N_("已经登记到会，不能再取消报名。"),
    "sign_up_unknown": N_("没有这个报名码。请再扫一次，或问社区工作人员。"),
    "sign_up_closed": N_("报名已经截止。请打电话或到社区窗口问一问。"),
    "no_guardian_consent": N_("这里没有记下监护人的同意。"),
    "helper_there": N_("志愿者 {number} 已经在名单里。"),
    "helpers_full": N_("一场活动最多 {most} 位志愿者。"),
    "helper_released": N_("这位志愿者已经不在名单里，请刷新后再看。"),
    "not_helper": N_("志愿者 {number} 不在这场活动的名单里，不能记时长。请先排上名单。"),
    "hours_written": N_("志愿者 {number} 在这场活动的时长已经记过。要改，请到志愿者页更正。"),
    "quote_gone": N_("这段话已经拿掉，请刷新后再看。"),
    "no_market": N_("这场活动不是便民集市，没有摊位。请在活动里把类型改为“便民集市”。"),
    "market_cancelled": N_("这场集市已取消，不能再改。"),
    "market_closed": N_("这场集市已经关账：人员和摊位不再改，人次请用“更正”。"),
    "market_ahead": N_("集市还没到日子，到那天再关账或更正。"),
    "stall_called_off": N_("这个摊位已撤，请刷新后再看。"),
    "market_has_tally": N_(
        "{number} 号摊已经有人次，整场不能取消。办了一半的，请关账、写活动记录；确实没办，请先把人次更正为 0。"
    ),
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
    "outing_not_today": N_("陪访在 {day}，到那天再点“出发”。"),
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
