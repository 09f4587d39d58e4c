"""What the rules of volunteers, openings, teams and hours say when they say no, and what to do next."""

from components.wording import N_

SENTENCES: dict[str, str] = {
    "volunteers_both_in_slot": N_("两份登记都在同一个班次里：请先让其中一份退回，再合并。"),
    "places_taken": N_("已经有 {filled} 人在岗，人数不能再少。请先办离队。"),
    "opening_full": N_("这个岗位刚刚满员了。可以报名等候，有人离队时队长会看到您。"),
    "opening_closed": N_("这个岗位已停止招募，请看看别的岗位。"),
    "already_in_opening": N_("这位志愿者已经在这个岗位，或正在等候答复。"),
    "no_volunteer_record": N_("您的账号还没有对应的志愿者登记：请联系社区社工登记并关联账号。"),
    "account_cannot_join": N_("只能关联本社区在用的志愿者或志愿队长账号。"),
    "account_linked": N_("这个账号已经属于另一位志愿者。"),
    "volunteer_linked": N_("这位志愿者已经有账号了。"),
    "already_in_squad": N_("这位志愿者已经在这支队伍里。"),
    "activity_ahead": N_("活动还没到日子，到那天再汇报。"),
    "not_in_team": N_("志愿者 {number} 不在本项目团队里，不能记时长。请先请他加入团队。"),
    "day_too_long": N_("{number} 在 {day} 合计 {minutes} 分钟，超过 12 小时（还有 {named}）。请先更正其中一项的时长。"),
    "claim_settled": N_("这条时长已经有人核对过，请刷新后再看。"),
    "claim_own": N_("自己申报的、自己名下的时长，须由另一位工作人员核对。"),
    "claim_open": N_("这一单的时长还在待核，请先核对，再更正。"),
    "hours_second_person": N_("自己记的、自己名下的时长，只能由另一位工作人员改多；改少不受限制。"),
    "order_not_served": N_("这一单还没有做完，没有可更正的时长。"),
    "volunteer_known": N_(
        "名册里已有相近的人：{numbers}。确实不是同一个人，请勾选“不是同一个人”再登记；是同一个人，请打开原来那条。"
    ),
    "volunteer_ended": N_("志愿者 {number} 已于 {day} 退出。要继续服务，请先在名册里办“回来”。"),
    "volunteer_serves": N_("这位志愿者正在服务，不用办“回来”。"),
    "volunteer_merged": N_("志愿者 {number} 的登记合并过，请刷新后在保留的那条上办理。"),
    "volunteers_same": N_("这是同一条登记，不必合并。"),
    "volunteers_two_accounts": N_("两条登记各有账号：请先取消其中一条的账号关联，再合并。"),
    "volunteers_two_members": N_("两条登记各对应一位党员：请先在党员名册里合并，或取消其中一条的关联。"),
    "volunteers_both_in": N_("两条登记都在岗位“{title}”上：请先把其中一条办离队，再合并。"),
    "volunteers_both_paired": N_("两条登记与同一户结对：请先结束其中一条，再合并。"),
    "volunteers_both_credited": N_(
        "两条登记在活动“{title}”里都记了时长：请先把其中一条更正为 0、换个方向合并，或核对完待核时长。"
    ),
    "volunteers_at_once": N_("两条登记在 {day} 同一时间各有安排：{one}，{other}。请先让其中一份退出一处，再合并。"),
    "volunteers_day_full": N_("合并后 {day} 合计 {minutes} 分钟，超过 12 小时：请先更正其中一条的时长，再合并。"),
    "volunteer_merge_undone": N_("这次合并已经撤销，请刷新后再看。"),
    "not_linked": N_("这位志愿者没有关联账号。"),
    "squad_dissolved": N_("这支队伍已于 {day} 解散。"),
    "not_your_squad": N_("只有这支队伍的队长、副队长或社区工作人员能办。"),
    "already_asked": N_("您已经申请过，正在等队长答复。"),
    "request_answered": N_("这份申请已经答复或撤回，请刷新后再看。"),
    "squad_post_is_claimed": N_("队伍的岗位直接认领，不用报名或推荐；满员时请等空位。"),
    "no_story_consent": N_("还没有本人“公开事迹或引用原话”的有效同意，请先登记同意。"),
    "not_in_squad": N_("这位志愿者不在这支队伍里。"),
    "volunteer_paused": N_(
        "志愿者 {number} 暂停服务到 {day}，这一天不能派单、不能排班。请另请一位，或先为其提前恢复。"
    ),
    "volunteer_not_paused": N_("志愿者 {number} 现在没有暂停，不用恢复。"),
    "guardian_missing": N_(
        "志愿者 {number} 可能未满 18 岁，还没有监护人同意，不能派单、不能排班。请先在其登记里记下监护人同意。"
    ),
    "no_minor": N_("志愿者 {number} 已成年或没有登记出生年份，不用监护人同意。"),
    "record_struck": N_("这条记录已经作废，请刷新后再看。"),
    "application_decided": N_("这份登记申请已经有人办理（{state}），请刷新后再看。"),
    "join_unknown": N_("没有这个社区的登记页，请再扫一次海报上的二维码。"),
    "join_too_many": N_("这一小时登记的人太多了，请过一会儿再试，或到社区窗口登记。"),
    "certificate_state": N_("这份说明现在是“{state}”，这一步办不了。请刷新后再看。"),
    "certificate_notice": N_("公示到 {ends_on} 才满，之后才能发出。"),
    "certificate_hours": N_("开具后时长有更正：说明上 {was} 分钟，现在 {now} 分钟。请作废这份，再开具一份。"),
    "no_service": N_("这段日期没有已确认的服务时长，不能开具。"),
    "ended_before_service": N_("{day} 还有服务记录，退出日不能早于那一天。"),
}
