"""What a form says, as the value objects that actions take (`…Input` in `db/rules`)."""

from collections.abc import Mapping
from dataclasses import Field, fields
from typing import Any, ClassVar, Protocol, TypeVar


class Fields(Protocol):
    """A dataclass, as the type checker knows it."""

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]


T = TypeVar("T", bound=Fields)


def picked(kind: type[T], given: Mapping[str, object]) -> T:
    """One object out of the fields of a form; a field that the form does not have keeps the default of the object."""
    return kind(**{field.name: given[field.name] for field in fields(kind) if field.name in given})
