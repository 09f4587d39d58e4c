"""What the rules of activities say when they say no, and what to do next."""

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
    "helper_gone": N_("这位志愿者已经不在名单里，请刷新后再看。"),
    "not_helper": N_("志愿者 {number} 不在这场活动的名单里，不能记时长。请先排上名单。"),
    "hours_written": N_("志愿者 {number} 在这场活动的时长已经记过。要改，请到志愿者页更正。"),
    "no_story_consent": N_("这份同意不是“公开事迹或引用原话”，或者已经撤回，不能引用。"),
    "quote_gone": N_("这段话已经拿掉，请刷新后再看。"),
}
