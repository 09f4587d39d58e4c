"""What the rules of projects and acceptance say when they say no, and what to do next."""

from components.wording import N_

SENTENCES: dict[str, str] = {
    "needs_of_two_communities": N_("选中的需求属于不同社区：一个项目只能来自同一个社区，请分开立项。"),
    "secretary_leads": N_("书记领办项目由社区书记领办：请把负责人选为社区书记，或把类别改为民生实事。"),
    "leader_cannot_run": N_("这位不能做负责人：请选择本社区在用的书记、社工或志愿队长账号。"),
    "goal_missing": N_("还没有量化目标：请先在“目标”里写下至少一个。"),
    "goal_does_not_move": N_("目标值和起点一样，量不出变化：请改一个数。"),
    "goals_unread": N_("这些目标还没有记过进度：{names}。请先记一次进度再提交。"),
    "already_done": N_("这一项已经办过了，不必再办。"),
    "own_project": N_("自己负责的项目不能自己评、自己定。请由其他评委评分，由街道管理员定等次。"),
    "already_judged": N_("您已经评过分了，评分不能再改。"),
    "too_few_judges": N_("至少要 {least} 位评委评分才能定等次，现在 {have} 位。请提醒其他评委。"),
    "unit_not_there": N_("{name} 那一天已不是共建单位。"),
    "election_step_before": N_("前面的步骤还没有完成，请按顺序登记。"),
    "election_notice_short": N_("公示（通知）天数没满，最早 {until} 才能结束。"),
    "election_owners_vote": N_("业主表决由业主共同决定，请按票数和面积登记表决结果。"),
    "criteria_whole": N_("四项满分合计要正好 100，现在是 {have}。"),
    "already_on_list": N_("这个项目已经在出场名单里。"),
    "list_full": N_("出场名单最多 {most} 个项目。"),
    "judge_leads": N_("评委不能评自己领办的项目：请换一位评委，或不列这个项目。"),
    "judge_there": N_("这位已经是评委了。"),
    "judge_left": N_("这位评委已经离席，不能再交评分。"),
    "sheet_given": N_("这位评委已经给这个项目评过分，不能再改。"),
    "sheets_given": N_("已经有评委给这个项目评过分，不能撤出。"),
    "defence_closed": N_("这次答辩已经结束，不能再改。"),
    "defence_unjudged": N_("还有 {n} 个项目的评委不足 {least} 位（没有出场项目也不能结束）。"),
    "direction_of_others": N_("只有书记领办项目才有方向。"),
    "duty_stands": N_("这位已经负责这一项了。"),
    "election_no_period": N_("这一步没有期限，或者已经完成。"),
}
