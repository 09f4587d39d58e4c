"""字段字典: every field that a ledger can give, under one key wherever it appears; which of them are personal."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from db.rules.workdays import week_of
from db.rules.zone import CHINA
from db.terms import LedgerKind

LONGEST = timedelta(days=731)
"""A period of two years at most: a form is about a week, a month, a year."""


@dataclass(frozen=True, slots=True)
class LedgerField:
    """A field: its key, our heading, what else forms call it, whether it is about a person, width in characters."""

    key: str
    heading: str
    also: tuple[str, ...] = ()
    personal: bool = False
    width: int = 12


def _by_key(*fields: LedgerField) -> dict[str, LedgerField]:
    return {field.key: field for field in fields}


FIELDS = _by_key(
    LedgerField("serial", "序号", ("序", "行号", "No."), width=6),
    LedgerField("number", "编号", ("单号", "工单号", "订单号", "议题编号", "需求编号", "台账编号"), width=15),
    LedgerField("day", "日期", ("走访日期", "登记日期", "受理日期", "点单日期", "提出日期", "时间"), width=12),
    LedgerField("week", "登记周", ("周次", "所属周"), width=13),
    LedgerField("worker", "登记人", ("走访人", "走访人员", "记录人", "经办人", "包片社工", "填写人", "社工"), width=12),
    LedgerField("place", "地点", ("小区", "片区", "网格", "小区名称", "所在小区", "区域"), width=14),
    LedgerField("building", "楼栋", ("楼幢", "幢号", "楼号", "栋"), width=9),
    LedgerField(
        "door", "门牌", ("住址", "地址", "门牌号", "楼栋单元室", "家庭住址", "走访地址", "户址", "服务地址"),
        personal=True, width=24,
    ),
    LedgerField("household_kind", "户类型", ("家庭类型", "住户类别", "户别"), width=10),
    LedgerField(
        "asker", "提出人", ("姓名", "受访人", "居民姓名", "反映人", "诉求人", "服务对象", "联系人", "户主"),
        personal=True, width=14,
    ),
    LedgerField("phone", "联系电话", ("电话", "手机", "手机号", "联系方式", "手机号码"), personal=True, width=15),
    LedgerField("outcome", "见面情况", ("是否见到本人", "走访结果", "见到情况", "走访方式", "是否见面"), width=10),
    LedgerField("note", "走访记录", ("走访情况", "走访内容", "民情记录", "情况记录", "家庭变化", "备注"), width=36),
    LedgerField("needs", "带出需求", ("反映问题数", "转需求数", "需求数"), width=10),
    LedgerField("title", "标题", ("事项", "议题名称", "诉求标题", "需求名称", "问题名称", "议题"), width=24),
    LedgerField(
        "words", "内容", ("居民原话", "诉求内容", "需求内容", "反映问题", "问题描述", "背景与诉求", "服务要求"),
        width=40,
    ),
    LedgerField("category", "类别", ("需求类别", "问题类别", "诉求类别", "分类", "类型"), width=12),
    LedgerField("source", "来源", ("诉求来源", "问题来源", "渠道", "点单渠道", "来源渠道"), width=13),
    LedgerField("urgency", "紧急程度", ("轻重缓急", "紧急", "风险等级"), width=10),
    LedgerField("people", "影响人数", ("涉及人数", "受益人数", "人数"), width=10),
    LedgerField("voices", "户数", ("需求户数", "涉及户数", "反映户数"), width=8),
    LedgerField("state", "办理情况", ("状态", "阶段", "办理状态", "进展", "审核结果", "处理情况"), width=12),
    LedgerField("lacks", "待补全", ("缺项",), width=18),
    LedgerField("due", "办理期限", ("时限", "期限", "应办结日期", "完成期限"), width=13),
    LedgerField("finished", "办结日期", ("完成日期", "办结时间", "完成时间", "审核日期"), width=13),
    LedgerField("responsible", "责任单位", ("责任主体", "承办单位", "责任人", "交办单位"), width=20),
    LedgerField("reply", "答复内容", ("答复", "办理结果", "处理结果", "服务结果", "审核意见"), width=36),
    LedgerField("satisfaction", "满意度", ("评价", "居民评价", "是否满意"), width=11),
    LedgerField("proposer", "提议人", ("提案人", "提出代表"), width=14),
    LedgerField("proposal", "建议方案", ("方案", "建议", "措施"), width=36),
    LedgerField("scope", "涉及范围", ("范围", "影响范围"), width=18),
    LedgerField("budget", "预算（元）", ("预算", "经费", "所需经费", "预算金额"), width=12),
    LedgerField("service", "服务项目", ("项目", "服务内容", "点单项目"), width=16),
    LedgerField("wanted", "预约日期", ("预约时间", "上门日期", "服务日期"), width=13),
    LedgerField("helper", "服务人", ("志愿者", "接单人", "服务人员"), width=16),
    LedgerField("volunteer", "志愿者姓名", ("姓名", "志愿者"), personal=True, width=14),
    LedgerField("left", "退出日期", ("注销日期", "离队日期"), width=13),
    LedgerField(
        "platform", "注册平台编号", ("志愿者注册号", "系统编号", "全国志愿服务信息系统编号", "志汇编号"),
        personal=True, width=18,
    ),
    LedgerField("skills", "特长", ("服务技能", "专长", "技能特长"), width=20),
    LedgerField("interests", "意向领域", ("服务领域", "服务意向", "服务类别"), width=20),
    LedgerField("free_times", "可服务时间", ("服务时间段", "空闲时间"), width=16),
    LedgerField("hours", "服务小时", ("服务时长（小时）", "服务时间（小时）", "累计时长", "小时数"), width=10),
    LedgerField("minutes", "服务分钟", ("服务时长", "时长"), width=10),
    LedgerField("figure", "指标", ("指标名称", "成效指标", "统计指标", "考核指标"), width=18),
    LedgerField("numerator", "分子", ("分子数", "实际数", "完成数", "本期数"), width=10),
    LedgerField("denominator", "分母", ("分母数", "总数", "基数", "应完成数"), width=10),
    LedgerField("sample", "样本数", ("样本量", "n", "有效样本数", "统计个数"), width=9),
    LedgerField("unit", "计量单位", ("单位", "计数单位"), width=14),
    LedgerField("span", "统计时期", ("统计周期", "统计时段", "统计期间", "时期"), width=26),
)  # fmt: skip

LEDGERS: dict[LedgerKind, tuple[str, ...]] = {
    LedgerKind.VISITS: (
        *("serial", "day", "worker", "place", "building", "door", "household_kind", "outcome", "note", "needs"),
    ),
    LedgerKind.NEEDS: (
        *("serial", "number", "day", "title", "words", "category", "place", "building", "door", "asker", "phone"),
        *("source", "urgency", "people", "voices", "state", "worker", "week"),
    ),
    LedgerKind.REGISTER: (
        *("serial", "number", "day", "title", "words", "category", "place", "building", "door", "asker"),
        *("people", "urgency", "state", "lacks", "worker", "week"),
    ),
    LedgerKind.TOPICS: (
        *("serial", "number", "day", "title", "source", "proposer", "category", "words", "proposal", "scope"),
        *("budget", "state", "finished", "reply"),
    ),
    LedgerKind.ORDERS: (
        *("serial", "number", "day", "service", "source", "place", "building", "door", "asker", "phone", "wanted"),
        *("words", "state", "helper", "finished", "minutes", "satisfaction"),
    ),
    LedgerKind.COMPLAINTS: (
        *("serial", "number", "day", "source", "title", "words", "category", "place", "building", "door", "asker"),
        *("phone", "responsible", "due", "state", "reply", "finished", "satisfaction"),
    ),
    LedgerKind.VOLUNTEERS: (
        *("serial", "number", "volunteer", "phone", "platform", "category", "day", "skills", "interests", "free_times"),
        *("place", "building", "hours", "left"),
    ),
    LedgerKind.SERVICE: (*("serial", "day", "number", "volunteer", "platform", "title", "place", "hours", "worker"),),
    LedgerKind.FIGURES: (*("serial", "figure", "numerator", "denominator", "sample", "unit", "span"),),
}
"""The fields of each ledger in the order of its standard layout."""

PRINTED: dict[LedgerKind, tuple[str, ...]] = {
    LedgerKind.VISITS: ("serial", "day", "worker", "place", "door", "household_kind", "outcome", "note", "needs"),
    LedgerKind.NEEDS: ("serial", "number", "day", "title", "words", "category", "place", "voices", "state"),
    LedgerKind.REGISTER: ("serial", "number", "day", "title", "words", "category", "place", "state", "lacks"),
    LedgerKind.TOPICS: (
        *("serial", "number", "title", "proposer", "category", "proposal", "budget", "state", "reply"),
    ),
    LedgerKind.ORDERS: (*("serial", "number", "day", "service", "door", "asker", "state", "helper", "satisfaction"),),
    LedgerKind.COMPLAINTS: (*("serial", "number", "day", "title", "category", "responsible", "due", "state", "reply"),),
    LedgerKind.VOLUNTEERS: (
        *("serial", "number", "volunteer", "phone", "category", "day", "skills", "free_times", "hours"),
    ),
    LedgerKind.SERVICE: LEDGERS[LedgerKind.SERVICE],
    LedgerKind.FIGURES: LEDGERS[LedgerKind.FIGURES],
}
"""The fields that stand on paper when nobody chose others: about nine can be read on A4 across."""
NUMBERS = frozenset(
    (*("serial", "people", "voices", "needs", "minutes", "budget", "hours", "numerator", "denominator", "sample"),)
)
DAYS = frozenset(("day", "week", "due", "finished", "wanted", "left"))
"""Fields that hold whole numbers or hours, and those that hold days."""


class Fact(StrEnum):
    """What is said once on a form, in a cell of its own or as `{{…}}` in a text."""

    PERIOD = "period"  # 统计时段
    FROM = "from"  # 开始日期
    UNTIL = "until"  # 结束日期
    COMMUNITY = "community"  # 填报社区
    SUBDISTRICT = "subdistrict"  # 街道
    TOTAL = "total"  # 合计条数
    DATE = "date"  # 填报日期
    FILLED_BY = "filled_by"  # 填表人


@dataclass(frozen=True, slots=True)
class Period:
    """From the first day to the last, both included."""

    start: date
    end: date

    @property
    def bounds(self) -> tuple[datetime, datetime]:
        """The first moment, and the first one after it."""
        begins = datetime.combine(self.start, time(), CHINA)
        return begins, datetime.combine(self.end + timedelta(days=1), time(), CHINA)

    @property
    def mondays(self) -> tuple[date, date]:
        """The first and the last week that it touches."""
        return week_of(self.start), week_of(self.end)


class Span(StrEnum):
    """Periods that forms ask for."""

    WEEK = "week"  # 本周
    LAST_WEEK = "last_week"  # 上周
    MONTH = "month"  # 本月
    LAST_MONTH = "last_month"  # 上月
    QUARTER = "quarter"  # 本季度
    FREE = "free"  # 自选


def period_of(span: Span, today: date) -> Period:
    """The days of a span around today; FREE begins with this month."""
    first = today.replace(day=1)
    monday = week_of(today)
    if span is Span.WEEK:
        return Period(monday, monday + timedelta(days=6))
    if span is Span.LAST_WEEK:
        return Period(monday - timedelta(days=7), monday - timedelta(days=1))
    if span is Span.LAST_MONTH:
        return Period((first - timedelta(days=1)).replace(day=1), first - timedelta(days=1))
    if span is Span.QUARTER:
        begins = date(today.year, 3 * ((today.month - 1) // 3) + 1, 1)
        return Period(begins, _month_end(_month_end(_month_end(begins) + timedelta(days=1)) + timedelta(days=1)))
    return Period(first, _month_end(first))


def _month_end(day: date) -> date:
    following = (day.replace(day=28) + timedelta(days=4)).replace(day=1)
    return following - timedelta(days=1)
