"""Words of the import: headings of the fields, what each kind of file is for, what came of it."""

from collections.abc import Mapping
from typing import Any

from components.refusals.imports import nouns_words
from components.wording import N_, _
from db.rules.imports.fields import ImportField
from db.terms import ImportKind

HEADINGS = (
    N_("小区"),
    N_("楼栋"),
    N_("单元"),
    N_("室号"),
    N_("地址"),
    N_("户类型"),
    N_("上门提示"),
    N_("姓名"),
    N_("联系电话"),
    N_("与户主关系"),
    N_("居民原话"),
    N_("需求类别"),
    N_("影响面"),
    N_("影响人数"),
    N_("紧急程度"),
    N_("来源"),
    N_("登记日期"),
    N_("提出人"),
    N_("涉及特殊群体"),
    N_("标题"),
    N_("类型"),
    N_("特长"),
    N_("可服务时间"),
    N_("身份"),
    N_("席位"),
    N_("任职日期"),
    N_("党支部"),
    N_("党员类型"),
    N_("入党日期"),
    N_("转正日期"),
    N_("正式或预备"),
    N_("出生年份"),
    N_("共建单位"),
    N_("转入日期"),
    N_("走访日期"),
    N_("结果"),
    N_("其他地点"),
    N_("走访人"),
    N_("走访记录"),
    N_("工单编号"),
    N_("派单时间"),
    N_("办结时限"),
    N_("单位名称"),
    N_("单位性质"),
    N_("联系人"),
    N_("单位地址"),
    N_("协议签订日期"),
    N_("协议到期日期"),
    N_("阵地名称"),
    N_("阵地类别"),
    N_("阵地地址"),
    N_("开放时间"),
    N_("节假日说明"),
    N_("服务台电话"),
    N_("纬度"),
    N_("经度"),
    N_("坐标系"),
    N_("开放日期"),
)
"""Every `ImportField.heading`, so that each has its English; a test holds the two together."""

ABOUT = {
    ImportKind.HOUSEHOLDS: N_("一行一户，或一行一人（同一户的几行合成一户）。已在册的户保持原样，不覆盖。"),
    ImportKind.NEEDS: N_("一行一件需求，自动编号，记入登记日期所在的那一周。"),
    ImportKind.VOLUNTEERS: N_("一行一人。姓名和电话都相同的视为已在册，保持原样。"),
    ImportKind.MEMBERS: N_("一行一席。同名的在任成员保持原样；没有席位号的依次补空席。"),
    ImportKind.PARTY_MEMBERS: N_(
        "一行一人，姓名和电话都相同的视为已在册，保持原样。党支部要先在“党员名册”里建好。"
        "没有转正日期的，按入党满一年转正，写明“预备党员”的除外；出生日期只留年份。"
    ),
    ImportKind.VISITS: N_("一行一次走访，可以补录往年的。导入后每户的上次见面和下次应访日期会重新计算。"),
    ImportKind.HOTLINE: N_("12345 平台导出的转办单。工单编号已在册的不会重复登记，办结时限照原单。"),
    ImportKind.UNITS: N_("一行一家单位，归导入的社区联系。名称相同的（括号、空格不计）保持原样。"),
    ImportKind.VENUES: N_("一行一处阵地，归导入的社区管理。名称相同、还在用的（括号、空格不计）保持原样。"),
}


def heading(field: ImportField) -> str:
    """The name of a field in the reader's language."""
    return _(field.heading)


def brought_words(result: Mapping[str, Any]) -> str:
    """What came in, in one sentence."""
    said = _("第 {batch} 批已导入：{made}。", batch=result["batch"], made=nouns_words(result["made"]))
    if result["known"]:
        said += _("已在册、保持原样 {known} 行。", known=result["known"])
    if result["other"]:
        said += _("其中 {other} 行的内容与登记的不同，请核对编号。", other=result["other"])
    return said
