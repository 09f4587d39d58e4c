"""Rows of queries filled with invented values, for the specimen of a paper and the trial of its template.

A paper is made by the same builder as ever, so a specimen never shows a field that the paper has not.
"""

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from components.wording import N_, _

T = TypeVar("T")
DAY, AT = date(2026, 3, 5), datetime(2026, 3, 5, 6, 30, tzinfo=UTC)
LATER = date(2026, 11, 30)
_TEXTS = {
    "title": N_("楼道灯更换"),
    "community": N_("示例社区"),
    "home": N_("示例社区"),
    "place": N_("社区议事厅"),
    "branch": N_("示例支部"),
    "purpose": N_("楼道灯更换"),
    "label": N_("3 号楼 2 单元"),
    "door": N_("3 号楼 2 单元"),
}
_PEOPLE = ("name", "leader", "member", "printed", "host", "recorder", "asker", "escort", "elder", "owner", "checker",
           "lead", "issued_by", "made_by", "safety_person", "speaker", "called")  # fmt: skip
_THINGS = ("Goal", "Post", "UnitCard", "ServiceChoice", "Host", "PosterPaper", "VenueRow", "OfCommunity")
"""Rows whose name is nobody's."""
_PHONES = ("desk_phone", "phone", "contact_phone")
_OFF = ("called_off", "left", "resting", "restricted", "sensitive", "contested")
"""What would take the row off the paper."""
_NUMBERS: dict[str, int] = {"year": 2026, "minutes": 120, "opens": 540, "closes": 690, "starts": 540, "ends": 690,
                            "budget_fen": 1_200_000, "cost_fen": 30_000, "detour": 130, "pace": 4500}  # fmt: skip
_PLAIN: dict[Any, Callable[[str], object]] = {
    bool: lambda name: name not in _OFF,
    int: lambda name: _NUMBERS.get(name, 3),
    float: lambda _name: 1.5,
    Fraction: lambda _name: Fraction(1, 2),
    Decimal: lambda _name: Decimal(3),
    datetime: lambda _name: AT,
    date: lambda name: LATER if name in ("until", "due_on", "ends_on") else DAY,
    str: lambda name: _text(name),
}


def invented(row: type[T], **given: object) -> T:
    """A row with a value in every field; `given` takes the place of what would be invented."""
    hints = get_type_hints(row)
    named = {one.name for one in dataclasses.fields(row) if one.init}  # type: ignore[arg-type]
    thing = {"name": _("示例名称")} if row.__name__ in _THINGS else {}
    known = {**thing, **given}
    return row(**{name: known[name] if name in known else _value(hints[name], name) for name in named})


def _text(name: str) -> str:
    if name in _PHONES:
        return "0000-0000000"
    if name in _PEOPLE or name.endswith("_name"):
        return _("成员{n}", n="01")
    if name in _OFF:
        return ""
    if name == "number":
        return "2026-001"
    if name == "code":
        return "7K3M9QXA"
    return _(_TEXTS.get(name, N_("示例文字")))


def _value(kind: Any, name: str) -> object:
    if kind in _PLAIN:
        return _PLAIN[kind](name)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return next(iter(kind))
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        return invented(kind)
    return _several(get_origin(kind), get_args(kind), name)


def _several(holder: Any, inner: Sequence[Any], name: str) -> object:
    if holder in (Union, UnionType):
        return _value(next(one for one in inner if one is not NoneType), name)
    if holder is tuple and inner[-1:] != (...,):
        return tuple(_value(one, name) for one in inner)
    if holder in (tuple, list, Sequence, frozenset):
        made = (_value(inner[0], name),)
        return frozenset(made) if holder is frozenset else made
    if holder in (dict, Mapping):
        return {_value(inner[0], name): _value(inner[1], name)}
    raise TypeError(f"{name}: nothing can be invented for it")
