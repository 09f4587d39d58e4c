"""What is typed into the forms of units, resources and requests: unchecked, under the names of the fields."""

from dataclasses import dataclass
from datetime import date

from db.terms import DayPart, ResourceKind, UnitKind, Weekday


@dataclass(frozen=True, slots=True)
class UnitInput:
    """登记或修改单位."""

    name: str
    kind: UnitKind | None
    address: str = ""
    contact_name: str = ""
    """Empty: as it is, so that nobody has to see the old one to change something else."""
    contact_phone: str = ""
    agreed_on: date | None = None
    agreed_until: date | None = None
    home_id: int | None = None
    """The community that looks after it; the subdistrict's own for None."""


@dataclass(frozen=True, slots=True)
class ResourceInput:
    """登记或修改资源."""

    name: str
    kind: ResourceKind | None
    amount: int | None
    measure: str
    category_id: int | None = None
    skill: str = ""
    words: str = ""
    place: str = ""
    weekdays: tuple[Weekday, ...] = ()
    parts: tuple[DayPart, ...] = ()
    from_on: date | None = None
    until_on: date | None = None
    conditions: str = ""


@dataclass(frozen=True, slots=True)
class AskInput:
    """提出使用. At most one of need, project, activity and order; none: a purpose of its own."""

    amount: int | None
    on_day: date | None
    until_on: date | None
    part: DayPart | None
    purpose: str
    need_id: int | None = None
    project_id: int | None = None
    activity_id: int | None = None
    order_id: int | None = None
