"""The trade's word for every enumeration value, and how a state looks: word, icon and colour together.

Each area has its words in a file here, as it has its enumerations in `db/terms`.
"""

from enum import StrEnum

from components.wording import _
from components.wording.terms import (
    accounts,
    complaints,
    council,
    doors,
    imports,
    intake,
    meetings,
    needs,
    offline,
    orders,
    people,
    projects,
    reports,
    screen,
    volunteers,
    voting,
)

# Two enumerations may share a stored value ("council"), and such members are equal: so one table per enumeration.
LABELS: dict[type[StrEnum], dict[StrEnum, str]] = {
    **accounts.LABELS,
    **complaints.LABELS,
    **council.LABELS,
    **doors.LABELS,
    **imports.LABELS,
    **intake.LABELS,
    **meetings.LABELS,
    **needs.LABELS,
    **offline.LABELS,
    **orders.LABELS,
    **people.LABELS,
    **projects.LABELS,
    **reports.LABELS,
    **screen.LABELS,
    **volunteers.LABELS,
    **voting.LABELS,
}
LOOKS: dict[type[StrEnum], dict[StrEnum, tuple[str, str]]] = {
    **complaints.LOOKS,
    **council.LOOKS,
    **doors.LOOKS,
    **intake.LOOKS,
    **meetings.LOOKS,
    **needs.LOOKS,
    **offline.LOOKS,
    **orders.LOOKS,
    **projects.LOOKS,
    **volunteers.LOOKS,
    **voting.LOOKS,
}
"""Material icon and colour name of a state."""


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
    return f":{colour}-badge[:material/{icon}: {term(value)}]"
