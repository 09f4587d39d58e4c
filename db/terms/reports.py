"""Words of ledgers; `db.terms` names them all."""

from enum import StrEnum


class LedgerKind(StrEnum):
    """What a form of the subdistrict can be filled from."""

    VISITS = "visits"  # 走访台账
    NEEDS = "needs"  # 需求台账
    REGISTER = "register"  # 一周一登
    TOPICS = "topics"  # 议题表
    ORDERS = "orders"  # 订单台账
    COMPLAINTS = "complaints"  # 投诉台账
    VOLUNTEERS = "volunteers"  # 志愿者名册
    SERVICE = "service"  # 志愿服务记录
    FIGURES = "figures"  # 成效数字


class FigureUnit(StrEnum):
    """What the parts of a figure are counted in."""

    MEMBERS = "members"  # 名党员
    MATTERS = "matters"  # 件
    MINUTES = "minutes"  # 分钟
    RATINGS = "ratings"  # 个评价
    SESSIONS = "sessions"  # 场
    HOUSEHOLDS = "households"  # 户，心愿（个）
    PROJECTS = "projects"  # 个项目


class Lost(StrEnum):
    """What a form would lose when it is filled."""

    TEXT_BOX = "text_box"  # 文本框、线条、图形
    CELL_PICTURE = "cell_picture"  # 嵌入单元格的图片
    PICTURE_KIND = "picture_kind"  # WMF、EMF 图片
    SPARKLINE = "sparkline"  # 迷你图
    DATA_BAR = "data_bar"  # 数据条、图标集
    TICK_BOX = "tick_box"  # 单元格复选框
    PINYIN = "pinyin"  # 拼音标注
    EDIT_RANGE = "edit_range"  # 允许编辑区域
    DATA_TABLE = "data_table"  # 模拟运算表
    BACKGROUND = "background"  # 工作表背景
    PAGE_PICTURE = "page_picture"  # 页眉页脚图片
    THREAD = "thread"  # 批注对话
    OTHER = "other"
