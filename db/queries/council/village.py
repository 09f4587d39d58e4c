"""Matters of 四议两公开: in a list, and one with its records."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.errors import NotFound
from db.models import Community, VillageMatter, VillageRecord
from db.queries.council.council import presets
from db.queries.paging import ROWS, Page
from db.rules.council.council import presets_in_force
from db.rules.council.village import preset_of, rule_of
from db.rules.voting.house_rule import HouseRule
from db.terms import VillageState, VillageStep

MOST_RECORDS = 100


@dataclass(frozen=True, slots=True)
class StepRecord:
    """What happened at one step."""

    id: int
    step: VillageStep
    round: int
    on: date
    until: date | None
    place: str
    host: str
    recorder: str
    due: int | None
    present: int | None
    votes_for: int | None
    votes_against: int | None
    votes_abstain: int | None
    passed: bool
    words: str
    proposal: str
    rule: HouseRule | None = None


@dataclass(frozen=True, slots=True)
class VillageRow:
    """A matter in a list."""

    id: int
    number: str
    title: str
    step: VillageStep
    state: VillageState
    made_at: datetime


@dataclass(frozen=True, slots=True)
class VillageFacts:
    """A matter with everything that was recorded, oldest first."""

    id: int
    version: int
    number: str
    title: str
    proposal: str
    step: VillageStep
    state: VillageState
    households: bool
    stop_reason: str
    community: str
    records: tuple[StepRecord, ...]
    rule: HouseRule | None = None
    """Which decides the step that comes next, as it holds today."""

    @property
    def last(self) -> StepRecord | None:
        """The record that was made last."""
        return self.records[-1] if self.records else None


def village_matters(session: Session, *, before: int | None = None) -> Page[VillageRow]:
    """Matters, newest first."""
    query = (
        select(
            *(VillageMatter.id, VillageMatter.number, VillageMatter.title, VillageMatter.step),
            *(VillageMatter.state, VillageMatter.made_at),
        )
        .order_by(VillageMatter.id.desc())
        .limit(ROWS + 1)
    )
    if before is not None:
        query = query.where(VillageMatter.id < before)
    rows = [VillageRow(**row._mapping) for row in session.execute(query)]
    return Page(tuple(rows[:ROWS]), len(rows) > ROWS)


def step_rule(session: Session, step: VillageStep, *, households: bool, today: date) -> HouseRule | None:
    """The rule that decides a step on a day: the subdistrict's own version, else the one that ships."""
    if preset_of(step, households=households) is None:
        return None
    held = {key: preset.rule for key, preset in presets_in_force(presets(session), today).items()}
    return rule_of(step, households=households, changed=held)


def village_matter(session: Session, matter_id: int, *, today: date) -> VillageFacts:
    """One matter with its records, oldest first; raises NotFound."""
    row = session.execute(
        select(
            *(VillageMatter.id, VillageMatter.version, VillageMatter.number, VillageMatter.title),
            *(VillageMatter.proposal, VillageMatter.step, VillageMatter.state, VillageMatter.households),
            *(VillageMatter.stop_reason, Community.name.label("community")),
        )
        .join(Community, Community.id == VillageMatter.community_id)
        .where(VillageMatter.id == matter_id)
    ).first()
    if row is None:
        raise NotFound(what="village_matter", id=matter_id)
    found = session.execute(
        select(
            *(VillageRecord.id, VillageRecord.step, VillageRecord.round, VillageRecord.on, VillageRecord.until),
            *(VillageRecord.place, VillageRecord.host, VillageRecord.recorder, VillageRecord.due),
            *(VillageRecord.present, VillageRecord.votes_for, VillageRecord.votes_against),
            *(VillageRecord.votes_abstain, VillageRecord.passed, VillageRecord.words, VillageRecord.proposal),
            VillageRecord.rule,
        )
        .where(VillageRecord.matter_id == matter_id)
        .order_by(VillageRecord.id)
        .limit(MOST_RECORDS)
    )
    records = tuple(
        StepRecord(**{**r._mapping, "rule": HouseRule.from_json(r.rule) if r.rule else None}) for r in found
    )
    rule = step_rule(session, row.step, households=row.households, today=today)
    return VillageFacts(**row._mapping, records=records, rule=rule)
