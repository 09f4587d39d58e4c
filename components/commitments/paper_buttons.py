"""Papers of promises that name members: who printed how many is written down when the file is fetched."""

from collections.abc import Callable
from functools import partial

from components.acting import note
from components.file_button import file_button
from components.papers.word import WORD
from db.actions.exports import record_export
from db.rules.permissions import Actor, Permission

Made = Callable[[Actor], tuple[Callable[[], bytes], int]]


def word_button(
    user: Actor, label: str, name: str, make: Made, *, key: str, permission: Permission = Permission.MANAGE_WALL
) -> None:  # fmt: skip
    """A Word file named `name`; `make` reads as the actor and says how many members are on it."""
    file_button(
        user, permission, label, f"{name}.docx", WORD, partial(_written, make, name), key=key,
        icon=":material/print:",
    )  # fmt: skip


def _written(make: Made, name: str, actor: Actor) -> bytes:
    document, number = make(actor)
    if actor.community_id is not None:
        note(actor, record_export, what=name, rows={actor.community_id: number}, filters={})
    return document()
