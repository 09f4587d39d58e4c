"""书记项目答辩 as pages and papers show it: the list in its order, the judges, who gave what, and the outcome."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import Account, Community, Defence, DefenceEntry, DefenceJudge, DefenceSheet, LedProject, Project
from db.queries.projects.led import in_round
from db.rules.permissions import GRANTS, Permission
from db.rules.projects.defence import Four, Outcome, Sheet, combine, waited_for
from db.terms import ProjectState, Role

MOST = 100


@dataclass(frozen=True, slots=True)
class JudgeRow:
    """A judge by the name under which the sheets are signed."""

    id: int
    version: int
    account_id: int | None
    name: str
    office: str
    left_on: date | None


@dataclass(frozen=True, slots=True)
class SheetRow:
    """What a judge gave a project."""

    judge_id: int
    sheet: Sheet
    remark: str
    given_name: str


@dataclass(frozen=True, slots=True)
class EntryRow:
    """A project on the list with every sheet on it."""

    id: int
    version: int
    position: int
    number: str
    title: str
    community: str
    leader: str
    award: str
    sheets: tuple[SheetRow, ...]

    @property
    def outcome(self) -> Outcome:
        return combine([row.sheet for row in self.sheets])

    def given(self, judge_id: int) -> bool:
        """Whether this judge's sheet is in."""
        return any(row.judge_id == judge_id for row in self.sheets)


@dataclass(frozen=True, slots=True)
class DefenceFacts:
    """A defence with its list in order of appearance."""

    id: int
    version: int
    year: int
    on: date
    place: str
    minutes: int
    criteria: Four
    closed_at: datetime | None
    closed_name: str
    entries: tuple[EntryRow, ...]
    judges: tuple[JudgeRow, ...]

    def waiting(self, entry: EntryRow) -> int:
        """Sheets that are still to come on a project."""
        present = [judge.id for judge in self.judges if judge.left_on is None]
        return waited_for(present, [row.judge_id for row in entry.sheets])

    def own(self, account_id: int) -> JudgeRow | None:
        """The judge that this account is, unless it left."""
        own = (judge for judge in self.judges if judge.account_id == account_id and judge.left_on is None)
        return next(own, None)


@dataclass(frozen=True, slots=True)
class Choice:
    id: int
    name: str


def defence_years(session: Session, *, this_year: int) -> tuple[int, ...]:
    """Years that have a defence, and this year; the latest first."""
    return tuple(sorted({this_year, *session.scalars(select(Defence.year))}, reverse=True))


def defence_of(session: Session, year: int) -> DefenceFacts | None:
    """The defence of a year in four statements, None where there is none yet."""
    row = session.scalars(select(Defence).where(Defence.year == year)).one_or_none()
    if row is None:
        return None
    sheets: dict[int, list[SheetRow]] = {}
    query = (
        select(DefenceSheet)
        .join(DefenceEntry, DefenceEntry.id == DefenceSheet.entry_id)
        .where(DefenceEntry.defence_id == row.id)
        .order_by(DefenceSheet.id)
    )
    for one in session.scalars(query):
        points = Four(one.background, one.course, one.results, one.delivery)
        criteria = Four(one.of_background, one.of_course, one.of_results, one.of_delivery)
        told = SheetRow(one.judge_id, Sheet(points, criteria), one.remark, one.given_name)
        sheets.setdefault(one.entry_id, []).append(told)
    listed = select(DefenceEntry).where(DefenceEntry.defence_id == row.id)
    entries = session.scalars(listed.order_by(DefenceEntry.position, DefenceEntry.id).limit(MOST))
    judging = select(DefenceJudge).where(DefenceJudge.defence_id == row.id).order_by(DefenceJudge.id).limit(MOST)
    return DefenceFacts(
        *(row.id, row.version, row.year, row.on, row.place, row.minutes),
        Four(row.background, row.course, row.results, row.delivery),
        *(row.closed_at, row.closed_name),
        tuple(
            EntryRow(
                *(one.id, one.version, one.position, one.number, one.title, one.community, one.leader_name, one.award),
                tuple(sheets.get(one.id, ())),
            )
            for one in entries
        ),
        tuple(
            JudgeRow(
                *(one.id, one.version, one.account_id, one.account_name or one.outside_name, one.office, one.left_on)
            )
            for one in session.scalars(judging)
        ),
    )


def projects_to_defend(session: Session, year: int) -> tuple[Choice, ...]:
    """Secretary-led projects of a round that can be put on the list, by number."""
    query = (
        select(Project.id, Project.number, Project.title, Community.name)
        .join(Community, Community.id == Project.community_id)
        .outerjoin(LedProject, LedProject.project_id == Project.id)
        .where(in_round(year), Project.state != ProjectState.STOPPED)
        .order_by(Project.number)
        .limit(MOST)
    )
    return tuple(Choice(row.id, f"{row.name} {row.title}") for row in session.execute(query))


def possible_judges(session: Session) -> tuple[tuple[Choice, Role], ...]:
    """Accounts that can give a sheet, by role and name."""
    query = (
        select(Account.id, Account.name, Account.role)
        .where(Account.role.in_(GRANTS[Permission.GIVE_DEFENCE_SHEET].roles), Account.disabled_at.is_(None))
        .order_by(Account.role, Account.name, Account.id)
        .limit(2 * MOST)
    )
    return tuple((Choice(row.id, row.name), row.role) for row in session.execute(query))
