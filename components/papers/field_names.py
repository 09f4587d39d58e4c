"""Names that stand in a Word template in Chinese: a part of its language, the same for every reader."""

NAMES: dict[str, str] = {
    "attendance": "到会人数",
    "due": "应到",
    "items.number": "序号",
    "items.title": "名称",
    "items.motion": "动议",
    "items.method": "表决方法",
    "items.options": "选项",
    "items.options.title": "名称",
    "items.options.result": "是否入选",
    "items.advisory": "业主事项提示",
    "advisory": "业主事项提示",
    "items.quorum": "法定人数",
    "items.recused": "回避",
    "items.earlier": "此前各轮",
    "items.sentence": "结论",
    "items.outcome": "表决结论",
    "items.ways": "账目",
    "items.ways.choices": "各选项票数",
    "items.proof": "账目算式",
    "items.ranked": "有名次",
    "items.recount": "计票说明",
    "items.points": "发言",
    "people": "到会名单",
    "agenda.number": "序号",
    "agenda.title": "名称",
    "agenda.state": "状态",
    "items.state": "状态",
    "signatures": "签字行",
    "audit_head": "日志末条",
    "moved": "改期说明",
    "short_notice": "通知时间不足",
    "changes": "会前变动",
    "rows.number": "第几行",
    "rows.left": "左",
    "rows.right": "右",
    "ballot:rows.left.options": "选项",
    "foot": "说明",
    "public:foot": "公示说明",
    "start": "公示开始",
    "end": "公示截止",
}
"""A field in Chinese, as it is written in a template, where it is not the first words of what it holds."""

ROWS, LINE = ("每项", "小项", "细项"), "每行"
"""What the Chinese examples call one entry of a list, by its depth, and one line of text."""
PROJECT, ACTIVITY = "sheet|项目名称", "sheet|活动名称"
"""A form says what it is about as a whole table, or by the field of its first answer."""


def column_place(place: int) -> str:
    """A column by its place, from one: 第一列."""
    return f"第{'一二三四五六七八九十'[place - 1] if place <= 10 else place}列"
