"""What the rules of projects, teams and acceptance say when they say no, and what to do next."""

from components.wording import N_

SENTENCES: dict[str, str] = {
    "needs_of_two_communities": N_("选中的需求属于不同社区：一个项目只能来自同一个社区，请分开立项。"),
    "secretary_leads": N_("书记领办项目由社区书记领办：请把负责人选为社区书记，或把类别改为民生实事。"),
    "leader_cannot_run": N_("这位不能做负责人：请选择本社区在用的书记、社工或志愿队长账号。"),
    "goal_missing": N_("还没有量化目标：请先在“目标”里写下至少一个。"),
    "goal_does_not_move": N_("目标值和起点一样，量不出变化：请改一个数。"),
    "goals_unread": N_("这些目标还没有记过进度：{names}。请先记一次进度再提交。"),
    "already_done": N_("这一项已经办过了，不必再办。"),
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
    "day_too_long": N_("志愿者 {number} 这一天合计 {minutes} 分钟，超过 12 小时。请核对签到。"),
    "own_project": N_("自己负责的项目不能自己评、自己定。请由其他评委评分，由街道管理员定等次。"),
    "already_judged": N_("您已经评过分了，评分不能再改。"),
    "too_few_judges": N_("至少要 {least} 位评委评分才能定等次，现在 {have} 位。请提醒其他评委。"),
    "last_category": N_("至少要保留一个启用的类别。请先启用或新增一个，再停用这个。"),
}
