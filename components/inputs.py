"""What a form says, as the value objects that actions take (`…Input` in `db/rules`)."""

from collections.abc import Mapping
from dataclasses import fields
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

T = TypeVar("T", bound="DataclassInstance")


def picked(kind: type[T], given: Mapping[str, object]) -> T:
    """One object out of the fields of a form; a field that the form does not have keeps the default of the object."""
    return kind(**{field.name: given[field.name] for field in fields(kind) if field.name in given})
