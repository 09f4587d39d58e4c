"""Why something of admin is refused, and what to do next."""

from components.wording import N_

SENTENCES: dict[str, str] = {
    "template_unknown": N_("模板里有不认识的字段：{fields}。请对照字段表改正。"),
    "template_missing": N_("模板里缺少必须出现的字段：{fields}。请对照字段表补上。"),
    "readings_full": N_("最多登记 {most} 个读音。请先删除用不到的，再新增。"),
    "last_category": N_("至少要保留一个启用的类别。请先启用或新增一个，再停用这个。"),
}
