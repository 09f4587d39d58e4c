"""What the rules of volunteers, openings, teams and hours say when they say no, and what to do next."""

from components.wording import N_

SENTENCES: dict[str, str] = {
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
}
