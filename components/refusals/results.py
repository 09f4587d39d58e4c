"""Sentences of what is refused about reported figures, the service diary and the public page of progress."""

from components.wording import N_

SENTENCES: dict[str, str] = {
    "figure_without_base": N_("这个数现在没有基数，不能报出。请换一个时期，或先补记数据。"),
    "venue_elsewhere": N_("这处阵地由别的社区管理，请由那个社区或街道修改。"),
    "venue_closed": N_("这处阵地到 {day} 已经关闭，以前的覆盖情况不能改动。重新开放请另行登记。"),
    "building_not_placed": N_("这幢楼还没有登记位置或户数，没有可以合并的内容。"),
    "spot_itself": N_("一幢楼不能和自己合并。"),
    "diary_not_over": N_("这条记录还没有办完、已经冲销或属于敏感事项，不能写进服务日志。"),
    "diary_there": N_("这条记录已经写过日志（第 {number} 篇）。请打开那一篇修改，或先把它撤下。"),
    "diary_own": N_("自己写过的日志由另一个人审核。请另一位工作人员来做。"),
    "diary_trouble": N_("{what}，这篇日志不能审核通过或取用。请退回修改，已经刊登的请撤下。"),
    "diary_personal": N_("文字里可能有个人信息：{found}。请退回修改；确认不是个人信息的，勾选“已逐处核对”再通过。"),
    "diary_down": N_("这一处已经登记撤下了。"),
    "progress_code_there": N_("社区已经有一个公开进度码。要换一个，先停用现在的。"),
    "progress_code_revoked": N_("这个公开进度码已经停用了。"),
}
