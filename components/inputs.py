"""What a form says, as the value objects that actions take (`…Input` in `db/rules`), and its numbers as they are typed.

A widget with limits holds the button of its form back, out of sight on a long one, and a widget of whole numbers cuts
1.5 to 1 without a word. So no widget gets limits, all of them take decimals, and what cannot be is said at the field.
"""

from collections.abc import Mapping
from dataclasses import Field, fields
from typing import Any, ClassVar, Final, Protocol, TypedDict, TypeVar

from components.wording import _


class Fields(Protocol):
    """A dataclass, as the type checker knows it."""

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]


T = TypeVar("T", bound=Fields)


def picked(kind: type[T], given: Mapping[str, object]) -> T:
    """One object out of the fields of a form; a field that the form does not have keeps the default of the object."""
    return kind(**{field.name: given[field.name] for field in fields(kind) if field.name in given})


class Steps(TypedDict):
    """Arguments of `st.number_input`."""

    step: float
    format: str


STEPS: Final[Steps] = {"step": 1.0, "format": "%g"}


def as_typed(value: float | None) -> int | float | None:
    """A whole number where it is one, else what was typed, which no action takes for a whole one."""
    return int(value) if value is not None and float(value).is_integer() else value


def amiss_number(value: float, least: float, most: float, *, decimals: int) -> str:
    """What is wrong with a number, in words; "" for nothing."""
    if not decimals and not float(value).is_integer():
        return _("请填写整数，不带小数。")
    if not least <= value <= most:
        return _("请填写 {least} 到 {most} 之间的数。", least=as_typed(least), most=as_typed(most))
    return "" if round(value, decimals) == value else _("最多两位小数。")
