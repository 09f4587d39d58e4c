"""文书模板: the subdistrict puts its own Word template in the place of ours, and takes it back."""

import hashlib
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.actions.fields import chosen, line
from db.actions.loading import actor_of, load
from db.engine import action
from db.errors import BadInput, Problem, Refused
from db.models import DocumentTemplate, Subdistrict
from db.rules.papers.word_file import TEMPLATE_KINDS, BadWordFile, check_word_file
from db.rules.permissions import Permission


@action(Permission.MANAGE_TEMPLATES)
def set_template(session: Session, *, kind: str, name: str, file: bytes, now: datetime) -> int:
    """Use this Word file for a kind of document in all communities of the subdistrict, from now on.

    What was used before is kept as retired. The log holds name and SHA-256, never the file. Raises
    Refused("template_…") for no plain Word file (`db.rules.papers.word_file`); the page has tried it out before.
    """
    kind = chosen("kind", kind, TEMPLATE_KINDS)
    if not isinstance(file, bytes) or not file:
        raise BadInput("file", Problem.EMPTY)
    try:
        check_word_file(file)
    except BadWordFile as wrong:
        raise Refused(f"template_{wrong.reason}", **wrong.values) from None
    actor = actor_of(session)
    # One after the other: two administrators at once must not leave two templates in use.
    load(session, Subdistrict, actor.subdistrict_id, lock=True)
    for earlier in session.scalars(
        select(DocumentTemplate).where(DocumentTemplate.kind == kind, DocumentTemplate.retired_at.is_(None))
    ):
        earlier.retired_at = now
    session.flush()
    template = DocumentTemplate(
        subdistrict_id=actor.subdistrict_id,
        kind=kind,
        name=line("name", name, most=100),
        file=file,
        sha256=hashlib.sha256(file).hexdigest(),
        uploaded_by=actor.id,
        uploaded_at=now,
    )
    session.add(template)
    session.flush()
    return template.id


@action(Permission.MANAGE_TEMPLATES)
def retire_template(session: Session, *, template_id: int, now: datetime) -> int:
    """Go back to our own template; one that is retired already stays so."""
    template = load(session, DocumentTemplate, template_id, lock=True)
    if template.retired_at is None:
        template.retired_at = now
    return template.id
