"""How a screen sets numbers: a space between a digit and Chinese, but in dates, doors and what is quoted."""

import re

CHINESE = r"[\u4e00-\u9fff]"
KEPT = re.compile(
    r"“[^”]*”"  # what is quoted stands as it was written
    r"|[0-9]{4}年|[0-9]{1,2}月|[0-9]{1,2}日"
    r"|[0-9]+(?:幢|栋|楼|层|单元|室|号(?!当选|淘汰|余票))"
    r"|晨光[0-9]+"  # how the demonstration calls whom it may not name
)
TOUCHING = re.compile(rf"{CHINESE}[0-9]|[0-9]{CHINESE}")
DAY_MISREAD = re.compile(
    r"[于自] ?(?:今天|昨天|明天)|(?:今天|昨天|明天)前|\b(?:on|at|in) (?:today|yesterday|tomorrow)\b"
)


def crowded(text: str) -> list[str]:
    """Where a digit stands against Chinese, each with what stands around it."""
    seen = KEPT.sub("·", text)
    return [seen[max(0, hit.start() - 10) : hit.end() + 10] for hit in TOUCHING.finditer(seen)]


def misread_days(text: str) -> list[str]:
    """Where a day said in words stands as only a date can: 于今天, on today."""
    return [text[max(0, hit.start() - 10) : hit.end() + 10] for hit in DAY_MISREAD.finditer(text)]
