"""What the rules of forms, ledgers, cards and pairings say when they say no."""

from components.wording import N_

SENTENCES: dict[str, str] = {
    "form_not_excel": N_("这不是 Excel 文档（.xlsx）。请在 WPS 或 Excel 里另存为 .xlsx 再上传。"),
    "form_too_big": N_("文件太大：最多 2 MB。请只留空白表样，不要带历史数据。"),
    "form_macros": N_("表样里有宏、控件或嵌入对象，不能使用。请另存为不带宏的 .xlsx。"),
    "form_external": N_("表样里有指向外部的链接、公式或数据连接，不能使用。请删除后再上传。"),
    "form_bomb": N_("这个文件的内部结构不正常，不能使用。"),
    "form_chart": N_("表样里有图表或透视表，填写时会丢失。请删除后再上传。"),
    "form_lost": N_(
        "表样里有{what}，填写时会丢失（位置：{where}）。"
        "请改成普通的单元格文字，或浮动的 PNG、JPG 图片，或者删掉，再上传。"
    ),
    "form_strict": N_("这是“严格 Open XML”格式。请在 WPS 或 Excel 里另存为普通的“Excel 工作簿（.xlsx）”再上传。"),
    "form_broken": N_("这份表样打不开或填不了。请在 WPS 或 Excel 里另存一份再上传。"),
    "form_kind": N_("请上传 .xlsx 或 .docx 文件。"),
    "form_columns": N_("至少要有一列对应台账的字段。"),
    "form_rows": N_("起止行不对：第一行数据要在表头下面，最后一行空白行不能在第一行之前。"),
    "form_field": N_("“{what}”不是这本台账的字段。"),
    "form_twice": N_("同一个字段只能对应一列。"),
    "form_cell": N_("单元格“{what}”不能这样用：要写成 B2 这样的地址，且不在数据行里。"),
    "form_single_rows": N_(
        "单元格 {where} 的公式（{formula}）逐行点名了要填的空白行，加行以后会漏算。"
        "请在 Excel 或 WPS 里改成整块区域，例如 {fix}，再上传。"
    ),
    "form_unknown": N_("表样里有不认识的字段：{fields}。请照字段表改正。"),
    "form_no_rows": N_("Word 表样里没有 rows 循环，填不进台账的行。"),
    "form_retired": N_("这份表样已停用，请刷新后选择在用的表样。"),
    "ledger_too_long": N_("这段时间有 {count} 条，超过一次 {most} 条的上限。请缩短时段或加上筛选。"),
    "period_wrong": N_("结束日期要在开始日期之后，时段最长两年。"),
    "fields_missing": N_("请至少选择一个字段。"),
}
