"""Words of `db.terms.reports`, and of the area's tables and permissions."""

from enum import StrEnum

from components.wording import N_
from db import terms as t

LABELS: dict[type[StrEnum], dict[StrEnum, str]] = {
    t.LedgerKind: {
        t.LedgerKind.VISITS: N_("走访台账"),
        t.LedgerKind.NEEDS: N_("需求台账"),
        t.LedgerKind.REGISTER: N_("一周一登"),
        t.LedgerKind.TOPICS: N_("议题表"),
        t.LedgerKind.ORDERS: N_("订单台账"),
        t.LedgerKind.COMPLAINTS: N_("投诉台账"),
        t.LedgerKind.VOLUNTEERS: N_("志愿者名册"),
        t.LedgerKind.SERVICE: N_("志愿服务记录"),
        t.LedgerKind.FIGURES: N_("成效数字"),
    },
    t.FigureUnit: {
        t.FigureUnit.MEMBERS: N_("名党员"),
        t.FigureUnit.MATTERS: N_("件"),
        t.FigureUnit.MINUTES: N_("分钟"),
        t.FigureUnit.RATINGS: N_("个评价"),
        t.FigureUnit.SESSIONS: N_("场"),
        t.FigureUnit.HOUSEHOLDS: N_("户（分母：心愿）"),
        t.FigureUnit.PROJECTS: N_("个项目"),
    },
    t.Lost: {
        t.Lost.TEXT_BOX: N_("文本框、线条或图形"),
        t.Lost.CELL_PICTURE: N_("嵌在单元格里的图片"),
        t.Lost.PICTURE_KIND: N_("WMF 或 EMF 格式的图片"),
        t.Lost.SPARKLINE: N_("迷你图"),
        t.Lost.DATA_BAR: N_("数据条、图标集一类的条件格式"),
        t.Lost.TICK_BOX: N_("单元格复选框"),
        t.Lost.PINYIN: N_("拼音标注"),
        t.Lost.EDIT_RANGE: N_("“允许编辑区域”"),
        t.Lost.DATA_TABLE: N_("模拟运算表"),
        t.Lost.BACKGROUND: N_("工作表背景图"),
        t.Lost.PAGE_PICTURE: N_("页眉页脚里的图片"),
        t.Lost.THREAD: N_("批注对话"),
        t.Lost.OTHER: N_("认不出的扩展内容"),
    },
}

TABLES: dict[str, str] = {
    "report_form": N_("表样"),
}

PERMISSIONS: dict[str, str] = {
    "see_forms": N_("看交表"),
    "manage_forms": N_("管理表样"),
}
