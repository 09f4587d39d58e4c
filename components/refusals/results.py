"""Sentences of what is refused about reported figures."""

from components.wording import N_

SENTENCES: dict[str, str] = {
    "figure_without_base": N_("这个数现在没有基数，不能报出。请换一个时期，或先补记数据。"),
    "venue_elsewhere": N_("这处阵地由别的社区管理，请由那个社区或街道修改。"),
    "venue_closed": N_("这处阵地到 {day} 已经关闭，以前的覆盖情况不能改动。重新开放请另行登记。"),
    "building_not_placed": N_("这幢楼还没有登记位置或户数，没有可以合并的内容。"),
    "spot_itself": N_("一幢楼不能和自己合并。"),
}
