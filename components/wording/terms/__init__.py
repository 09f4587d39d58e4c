"""The trade's word for every enumeration value, table and permission, and how a state looks: word, icon and colour.

Each area has its words in a file here, as it has its enumerations in `db/terms`; the files are found and joined.
"""

import pkgutil
from enum import StrEnum
from importlib import import_module
from types import ModuleType

from components.wording import _

AREAS: list[ModuleType] = [import_module(found.name) for found in pkgutil.iter_modules(__path__, f"{__name__}.")]
"""In the order of their names."""

# Two enumerations may share a stored value ("council"), and such members are equal: so one table per enumeration.
LABELS: dict[type[StrEnum], dict[StrEnum, str]] = {
    kind: words for area in AREAS for kind, words in getattr(area, "LABELS", {}).items()
}
LOOKS: dict[type[StrEnum], dict[StrEnum, tuple[str, str]]] = {
    kind: looks for area in AREAS for kind, looks in getattr(area, "LOOKS", {}).items()
}
"""Material icon and colour name of a state."""
TABLES: dict[str, str] = {table: word for area in AREAS for table, word in getattr(area, "TABLES", {}).items()}
"""What the tables of the audit log are called."""
PERMISSIONS: dict[str, str] = {
    permission: words for area in AREAS for permission, words in getattr(area, "PERMISSIONS", {}).items()
}
"""What a permission lets one do."""


def term(value: object) -> str:
    """The word for an enumeration value in the reader's language; anything else as it is."""
    if not isinstance(value, StrEnum):
        return str(value)
    labels = LABELS.get(type(value))
    return _(labels[value]) if labels else str(value)


def look(value: StrEnum) -> tuple[str, str]:
    """Material icon and colour name of a state; never drawn without its word."""
    return LOOKS.get(type(value), {}).get(value, ("circle", "gray"))


def badge(value: StrEnum) -> str:
    """A state as a Streamlit Markdown badge: icon, word, colour."""
    icon, colour = look(value)
    return sign(term(value), colour, icon)


def sign(word: str, colour: str, icon: str = "") -> str:
    """The one form of a badge, for words of our own that no enumeration holds; Markdown."""
    return f":{colour}-badge[:material/{icon}: {word}]" if icon else f":{colour}-badge[{word}]"
