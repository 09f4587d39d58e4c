"""The ledgers in words: headings, facts and values of `db.rules.reports.fields` in the reader's language."""

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum

from components.needs.words import lacks
from components.wording import N_, _, side_by_side
from components.wording.dates import day
from components.wording.terms import term
from db.rules.reports.fields import LEDGERS, Fact, Period, Span
from db.terms import LedgerKind

HEADINGS: dict[str, str] = {
    "serial": N_("序号"),
    "number": N_("编号"),
    "day": N_("日期"),
    "week": N_("登记周"),
    "worker": N_("登记人"),
    "place": N_("地点"),
    "building": N_("楼栋"),
    "door": N_("门牌"),
    "household_kind": N_("户类型"),
    "asker": N_("提出人"),
    "phone": N_("联系电话"),
    "outcome": N_("见面情况"),
    "note": N_("走访记录"),
    "needs": N_("带出需求"),
    "title": N_("标题"),
    "words": N_("内容"),
    "category": N_("类别"),
    "source": N_("来源"),
    "urgency": N_("紧急程度"),
    "people": N_("影响人数"),
    "voices": N_("户数"),
    "state": N_("办理情况"),
    "lacks": N_("待补全"),
    "due": N_("办理期限"),
    "finished": N_("办结日期"),
    "responsible": N_("责任单位"),
    "reply": N_("答复内容"),
    "satisfaction": N_("满意度"),
    "proposer": N_("提议人"),
    "proposal": N_("建议方案"),
    "scope": N_("涉及范围"),
    "budget": N_("预算（元）"),
    "service": N_("服务项目"),
    "wanted": N_("预约日期"),
    "helper": N_("服务人"),
    "minutes": N_("服务分钟"),
    "volunteer": N_("志愿者姓名"),
    "left": N_("退出日期"),
    "platform": N_("注册平台编号"),
    "skills": N_("特长"),
    "interests": N_("意向领域"),
    "free_times": N_("可服务时间"),
    "hours": N_("服务小时"),
    "figure": N_("指标"),
    "numerator": N_("分子"),
    "denominator": N_("分母"),
    "sample": N_("样本数"),
    "unit": N_("计量单位"),
    "span": N_("统计时期"),
}
FACTS: dict[Fact, str] = {
    Fact.PERIOD: N_("统计时段"),
    Fact.FROM: N_("开始日期"),
    Fact.UNTIL: N_("结束日期"),
    Fact.COMMUNITY: N_("填报社区"),
    Fact.SUBDISTRICT: N_("街道"),
    Fact.TOTAL: N_("合计条数"),
    Fact.DATE: N_("填报日期"),
    Fact.FILLED_BY: N_("填表人"),
}
SPANS: dict[Span, str] = {
    Span.WEEK: N_("本周"),
    Span.LAST_WEEK: N_("上周"),
    Span.MONTH: N_("本月"),
    Span.LAST_MONTH: N_("上月"),
    Span.QUARTER: N_("本季度"),
    Span.FREE: N_("自选日期"),
}


def heading(key: str) -> str:
    """What a column of this field is called."""
    return _(HEADINGS[key])


def period_words(period: Period) -> str:
    """2026年3月1日至2026年3月31日."""
    return _("{start}至{end}", start=day(period.start), end=day(period.end))


def worded(value: object) -> str | int:
    """A value of a ledger as it stands in a cell: whole numbers stay numbers, all else is text."""
    if value is None:
        return ""
    if isinstance(value, StrEnum):
        return term(value)
    if isinstance(value, bool):
        return _("是") if value else ""
    if isinstance(value, int):
        return value
    if isinstance(value, Period):
        return period_words(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        words = [term(one) for one in value if isinstance(one, StrEnum)]
        return side_by_side(words) if words else lacks(value)
    return str(value)


def worded_row(row: Mapping[str, object], keys: Iterable[str]) -> dict[str, str | int]:
    """The fields of a row in words."""
    return {key: worded(row.get(key)) for key in keys}


def facts(
    period: Period, *, community: str, subdistrict: str, total: int, on: date, filled_by: str
) -> dict[str, str | int]:
    """What is said once on a form, under the names that it may use."""
    return {
        Fact.PERIOD: period_words(period),
        Fact.FROM: period.start.isoformat(),
        Fact.UNTIL: period.end.isoformat(),
        Fact.COMMUNITY: community,
        Fact.SUBDISTRICT: subdistrict,
        Fact.TOTAL: total,
        Fact.DATE: on.isoformat(),
        Fact.FILLED_BY: filled_by,
    }


_SAMPLES: dict[str, str | int] = {
    "people": 3,
    "voices": 1,
    "needs": 1,
    "minutes": 60,
    "budget": 2000,
    "numerator": 12,
    "denominator": 20,
    "sample": 20,
}


def sample_rows(ledger: LedgerKind, count: int = 2) -> list[dict[str, str | int]]:
    """Rows to try a form out with: every field says its own name."""
    return [
        {key: n if key == "serial" else _SAMPLES.get(key, heading(key)) for key in LEDGERS[ledger]}
        for n in range(1, count + 1)
    ]
