"""What a new project grows from: the need in the residents' words, what was passed, what was said about it."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from db.models import AgendaItem, DiscussionPoint, Need, Notice, Objection, Place
from db.rules.masking import redact
from db.terms import ItemState, NeedStage, ObjectionState

MOST_WORDS = 6
"""So many voices and so many points are taken over; the rest stays on the need's own page."""


@dataclass(frozen=True, slots=True)
class Origin:
    """A need that waits for its project, with what its set-up form starts from; words of people are redacted."""

    need_id: int
    number: str
    title: str
    said: tuple[str, ...]
    """The need's own words, then those of the needs merged into it."""
    place: str
    voices: int
    people: int
    community_id: int
    worker_id: int
    motion: str = ""
    """What the council passed, word by word, or as an objection changed it since; empty without a council."""
    discussed: tuple[str, ...] = ()
    """Points made on the item, without names."""


def origin_of(session: Session, need_id: int) -> Origin | None:
    """The origin of a project; None when the need does not wait for one, or is not in reach. Three statements."""
    row = session.execute(
        select(
            *(Need.id, Need.number, Need.title, Need.description, Need.voices, Need.people, Need.community_id),
            *(Need.worker_id, Place.name.label("place")),
        )
        .join(Place, Place.id == Need.place_id)
        .where(Need.id == need_id, Need.stage == NeedStage.TO_PROJECT)
    ).first()
    if row is None:
        return None
    merged = session.scalars(
        select(Need.description).where(Need.merged_into_id == need_id).order_by(Need.id).limit(MOST_WORDS)
    )
    said = dict.fromkeys(redact(words) for words in (row.description, *merged))
    motion, discussed = _decided(session, need_id)
    return Origin(
        need_id=row.id,
        number=row.number,
        title=row.title,
        said=tuple(said),
        place=row.place,
        voices=row.voices,
        people=row.people,
        community_id=row.community_id,
        worker_id=row.worker_id,
        motion=motion,
        discussed=discussed,
    )


def _decided(session: Session, need_id: int) -> tuple[str, tuple[str, ...]]:
    """The motion that passed last, as it reads now, and what was said about it."""
    item, later = aliased(AgendaItem), aliased(AgendaItem)
    changed = (
        select(Objection.plan_after)
        .join(Notice, Notice.id == Objection.notice_id)
        .where(Notice.item_id == item.id, Objection.state == ObjectionState.CHANGED, Objection.plan_after != "")
        .order_by(Objection.handled_at.desc(), Objection.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    last = (
        select(later.id)
        .where(later.need_id == need_id, later.state == ItemState.PASSED)
        .order_by(later.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    rows = session.execute(
        select(item.motion, changed.label("changed"), DiscussionPoint.words)
        .outerjoin(
            DiscussionPoint,
            (DiscussionPoint.item_id == item.id) & DiscussionPoint.amendment.is_(False) & (DiscussionPoint.words != ""),
        )
        .where(item.id == last)
        .order_by(DiscussionPoint.id)
        .limit(MOST_WORDS)
    ).all()
    if not rows:
        return "", ()
    return rows[0].changed or rows[0].motion, tuple(redact(row.words) for row in rows if row.words)
