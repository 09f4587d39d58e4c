"""The fields of a list of 阵地, and the words of other people's lists."""

from typing import Any

from db.rules.imports.cells import BadCell, Book, Fault, Parser, any_day, named, text
from db.rules.imports.field import ImportField
from db.rules.phone import read_phone
from db.rules.results.opening_hours import read_hours, stored
from db.rules.results.venues import LATITUDE, LONGITUDE, millionths, venue_key
from db.terms import Datum, VenueKind

VENUES = {
    "党群服务中心": VenueKind.CENTRE,
    "党群服务站": VenueKind.STATION,
    "党群活动室": VenueKind.ROOM,
    "驿站": VenueKind.POST,
    "共建单位场地": VenueKind.PARTNER,
    "其他阵地": VenueKind.OTHER,
    "服务中心": VenueKind.CENTRE,
    "中心": VenueKind.CENTRE,
    "服务站": VenueKind.STATION,
    "站点": VenueKind.STATION,
    "活动室": VenueKind.ROOM,
    "党员活动室": VenueKind.ROOM,
    "红色驿站": VenueKind.POST,
    "党群驿站": VenueKind.POST,
    "共建场地": VenueKind.PARTNER,
    "其他": VenueKind.OTHER,
}
DATUMS = {
    "国测局坐标": Datum.GCJ02,
    "卫星定位坐标": Datum.WGS84,
    "GCJ-02": Datum.GCJ02,
    "火星坐标": Datum.GCJ02,
    "地图坐标": Datum.GCJ02,
    "WGS-84": Datum.WGS84,
    "GPS": Datum.WGS84,
}


def opening_hours(value: str, _book: Book) -> dict[str, Any]:
    """Hours of a week as they hang on a door."""
    found = read_hours(value)
    if found is None:
        raise BadCell(Fault.WRONG)
    return stored(found)


def coordinate(limits: tuple[int, int]) -> Parser:
    """Degrees as a plain number, kept in millionths."""

    def parse(value: str, _book: Book) -> int:
        found = millionths(value, limits)
        if found is None:
            raise BadCell(Fault.WRONG)
        return found

    return parse


def venue_name(value: str, book: Book) -> str:
    """A name with at least one letter: nothing else could be told apart."""
    kept: str = text(60)(value, book)
    if not venue_key(kept):
        raise BadCell(Fault.WRONG)
    return kept


def desk_phone(value: str, book: Book) -> str:
    """The telephone of a desk as it hangs on the door, with what is said beside it."""
    kept: str = text(40)(value, book)
    if read_phone(kept) is None:
        raise BadCell(Fault.WRONG)
    return kept


def venue_fields() -> tuple[ImportField, ...]:
    """In the order of the template."""
    return (
        ImportField(
            "venue_name",
            "阵地名称",
            venue_name,
            needed=True,
            also="阵地 名称 场所名称 站点名称 点位名称",
            example="柳林东苑党群服务站",
        ),
        ImportField(
            "venue_kind",
            "阵地类别",
            named(VENUES),
            needed=True,
            also="类别 类型 阵地类型 性质",
            options=tuple(VENUES)[:6],
            example="党群服务站",
        ),
        ImportField("venue_address", "阵地地址", text(200), also="地址 详细地址 位置 所在地", example="澄湖路5号"),
        ImportField(
            "hours",
            "开放时间",
            opening_hours,
            also="开放时段 服务时间 工作时间",
            start=None,
            example="周一至周五 8:30–17:30",
        ),
        ImportField("holidays", "节假日说明", text(200), also="节假日 节假日安排"),
        ImportField("desk_phone", "服务台电话", desk_phone, also="电话 联系电话 服务电话", example="0571-55550123"),
        ImportField("latitude", "纬度", coordinate(LATITUDE), also="北纬", start=None, example="29.501234"),
        ImportField("longitude", "经度", coordinate(LONGITUDE), also="东经", start=None, example="124.501234"),
        ImportField(
            "datum",
            "坐标系",
            named(DATUMS),
            also="坐标来源 坐标类型",
            start=None,
            options=tuple(DATUMS)[:2],
            example="国测局坐标",
        ),
        ImportField("opened_on", "开放日期", any_day, also="启用日期", start=None, example="2024-07-01"),
    )
