"""书记项目答辩 of a year: the list, the judges, their sheets, awards by hand, and its end."""

from datetime import date, datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from db.actions import fields
from db.actions.loading import actor_of, chosen_row, load
from db.actions.projects.projects import YEARS
from db.engine import action
from db.errors import BadInput, NotPermitted, Problem, Refused
from db.models import Account, Community, Defence, DefenceEntry, DefenceJudge, DefenceSheet, Project
from db.rules.permissions import GRANTS, Permission
from db.rules.projects import defence as rules
from db.rules.projects.input import DefenceSheetInput
from db.scope import UNSCOPED
from db.terms import ProjectKind, ProjectState

MOST_ENTRIES = 60
CRITERIA = ("background", "course", "results", "delivery")


@action(Permission.RUN_DEFENCE)
def plan_defence(
    session: Session, *, year: int | None, on: date | None, place: str, minutes: int | None, now: datetime
) -> int:
    """The defence of a year, one; said again before its end, day, place and minutes are changed. The id."""
    about = fields.whole("year", year, **YEARS)
    row = session.scalars(select(Defence).where(Defence.year == about).with_for_update()).one_or_none()
    values = {
        "on": fields.day("on", on),
        "place": fields.line("place", place, most=80),
        "minutes": fields.whole("minutes", minutes, least=1, most=60),
    }
    if row is None:
        actor = actor_of(session)
        row = Defence(subdistrict_id=actor.subdistrict_id, year=about, made_by=actor.id, made_at=now, **values)
        session.add(row)
    else:
        _open(row)
        for name, value in values.items():
            setattr(row, name, value)
    session.flush()
    return row.id


@action(Permission.RUN_DEFENCE)
def set_criteria(
    session: Session,
    *,
    defence_id: int,
    version: int,
    background: int | None,
    course: int | None,
    results: int | None,
    delivery: int | None,
) -> int:
    """The most points of each criterion, 100 together, for the sheets that are still to come. The id.

    Raises Refused("criteria_whole", have=).
    """
    row = _open(load(session, Defence, defence_id, version=version, lock=True))
    given = {"background": background, "course": course, "results": results, "delivery": delivery}
    criteria = rules.Four(**{name: fields.whole(name, most, least=1, most=97) for name, most in given.items()})
    if not rules.sound(criteria):
        raise Refused("criteria_whole", have=criteria.total)
    row.background, row.course, row.results, row.delivery = (getattr(criteria, name) for name in CRITERIA)
    return row.id


@action(Permission.RUN_DEFENCE)
def add_entry(session: Session, *, defence_id: int, project_id: int | None) -> int:
    """A secretary-led project appears, last on the list; the id. Refused: judge_leads, already_on_list."""
    row = _open(load(session, Defence, defence_id, lock=True))
    project = chosen_row(session, Project, "project_id", project_id)
    if project.kind is not ProjectKind.SECRETARY_LED or project.state is ProjectState.STOPPED:
        raise BadInput("project_id", Problem.UNKNOWN_CHOICE)
    entries = _entries(session, row)
    if project.id in {entry.project_id for entry in entries}:
        raise Refused("already_on_list")
    if len(entries) >= MOST_ENTRIES:
        raise Refused("list_full", most=MOST_ENTRIES)
    judges = select(DefenceJudge.account_id).where(DefenceJudge.defence_id == row.id, DefenceJudge.left_on.is_(None))
    if project.leader_id in session.scalars(judges).all():
        raise Refused("judge_leads")
    entry = DefenceEntry(
        subdistrict_id=row.subdistrict_id,
        defence_id=row.id,
        project_id=project.id,
        position=1 + max((one.position for one in entries), default=0),
        number=project.number,
        title=project.title,
        community=load(session, Community, project.community_id).name,
        leader_id=project.leader_id,
    )
    session.add(entry)
    session.flush()
    return entry.id


@action(Permission.RUN_DEFENCE)
def place_entry(session: Session, *, entry_id: int, position: int | None) -> int:
    """Move a project to a place of the order in which they appear; the others close up. The place."""
    entry = load(session, DefenceEntry, entry_id)
    row = _open(load(session, Defence, entry.defence_id, lock=True))
    others = [one for one in _entries(session, row) if one.id != entry.id]
    place = fields.whole("position", position, least=1, most=len(others) + 1)
    for number, one in enumerate([*others[: place - 1], entry, *others[place - 1 :]], 1):
        if one.position != number:
            one.position = number
    return place


@action(Permission.RUN_DEFENCE)
def remove_entry(session: Session, *, entry_id: int) -> None:
    """Take a project off the list while nobody has judged it. Refused: sheets_given."""
    entry = load(session, DefenceEntry, entry_id)
    _open(load(session, Defence, entry.defence_id, lock=True))
    if _sheets(session, entry):
        raise Refused("sheets_given")
    session.delete(entry)


@action(Permission.RUN_DEFENCE)
def add_judge(
    session: Session, *, defence_id: int, account_id: int | None = None, outside_name: str = "", office: str = ""
) -> int:
    """A judge with an account, or from outside by name; one who left comes back. The id.

    Refused: judge_leads, judge_there.
    """
    row = _open(load(session, Defence, defence_id, lock=True))
    where = fields.line("office", office, most=80, needed=False)
    there = session.scalars(select(DefenceJudge).where(DefenceJudge.defence_id == row.id)).all()
    if account_id is None:
        name = fields.line("outside_name", outside_name, most=60)
        same = next((one for one in there if one.outside_name == name and one.office == where), None)
        judge = DefenceJudge(subdistrict_id=row.subdistrict_id, defence_id=row.id, outside_name=name, office=where)
    else:
        account = chosen_row(session, Account, "account_id", account_id)
        if account.disabled_at is not None or account.role not in GRANTS[Permission.GIVE_DEFENCE_SHEET].roles:
            raise BadInput("account_id", Problem.UNKNOWN_CHOICE)
        same = next((one for one in there if one.account_id == account.id), None)
        if account.id in session.scalars(_leaders(row)).all():
            raise Refused("judge_leads")
        judge = DefenceJudge(subdistrict_id=row.subdistrict_id, defence_id=row.id, account_id=account.id, office=where)
    if same is not None:
        if same.left_on is None:
            raise Refused("judge_there")
        same.left_on, same.office = None, where or same.office
        return same.id
    session.add(judge)
    session.flush()
    return judge.id


@action(Permission.RUN_DEFENCE)
def judge_leaves(session: Session, *, judge_id: int, version: int, left_on: date | None) -> int:
    """A judge leaves before the end: what was given counts, nothing more is waited for. The id."""
    judge = load(session, DefenceJudge, judge_id, version=version, lock=True)
    _open(load(session, Defence, judge.defence_id, lock=True))
    if judge.left_on is not None:
        raise Refused("already_done")
    judge.left_on = fields.day("left_on", left_on)
    return judge.id


@action(Permission.GIVE_DEFENCE_SHEET)
def give_sheet(
    session: Session, *, entry_id: int, judge_id: int | None, given: DefenceSheetInput, now: datetime
) -> int:
    """A judge's sheet on one project, once: by that judge, or at the desk from paper. The id.

    Refused: sheet_given, judge_left, judge_leads, defence_closed.
    """
    entry = load(session, DefenceEntry, entry_id)
    row = _open(load(session, Defence, entry.defence_id, lock=True))
    judge, actor = chosen_row(session, DefenceJudge, "judge_id", judge_id), actor_of(session)
    if judge.defence_id != row.id:
        raise BadInput("judge_id", Problem.UNKNOWN_CHOICE)
    if judge.account_id != actor.id and not actor.may(Permission.RUN_DEFENCE):
        raise NotPermitted(permission=Permission.GIVE_DEFENCE_SHEET, role=actor.role)
    if judge.left_on is not None:
        raise Refused("judge_left")
    # Who leads now counts too: a project may have been given to a judge since.
    leader = session.scalar(select(Project.leader_id).where(Project.id == entry.project_id), execution_options=UNSCOPED)
    if judge.account_id is not None and judge.account_id in (leader, entry.leader_id):
        raise Refused("judge_leads")
    points = {name: fields.whole(name, getattr(given, name), least=0, most=getattr(row, name)) for name in CRITERIA}
    same = select(DefenceSheet.id).where(DefenceSheet.entry_id == entry.id, DefenceSheet.judge_id == judge.id)
    if session.scalar(same) is not None:
        raise Refused("sheet_given")
    sheet = DefenceSheet(
        subdistrict_id=row.subdistrict_id,
        entry_id=entry.id,
        judge_id=judge.id,
        remark=fields.line("remark", given.remark, most=200, needed=False),
        given_by=actor.id,
        given_at=now,
        **points,
        **{f"of_{name}": getattr(row, name) for name in CRITERIA},
    )
    session.add(sheet)
    session.flush()
    return sheet.id


@action(Permission.RUN_DEFENCE)
def set_award(session: Session, *, entry_id: int, version: int, award: str) -> int:
    """What the subdistrict gives a project, in words; empty takes it back. The id."""
    entry = load(session, DefenceEntry, entry_id, version=version, lock=True)
    entry.award = fields.line("award", award, most=60, needed=False)
    return entry.id


@action(Permission.RUN_DEFENCE)
def close_defence(session: Session, *, defence_id: int, version: int, now: datetime) -> int:
    """The results stand and everybody sees them. How many projects appeared. Refused: defence_unjudged (n=, least=)."""
    row = _open(load(session, Defence, defence_id, version=version, lock=True))
    entries = _entries(session, row)
    short = sum(_sheets(session, entry) < rules.LEAST_JUDGES for entry in entries)
    if short or not entries:
        raise Refused("defence_unjudged", n=short, least=rules.LEAST_JUDGES)
    row.closed_at, row.closed_by = now, actor_of(session).id
    return len(entries)


def _open(row: Defence) -> Defence:
    if row.closed_at is not None:
        raise Refused("defence_closed")
    return row


def _entries(session: Session, row: Defence) -> list[DefenceEntry]:
    query = select(DefenceEntry).where(DefenceEntry.defence_id == row.id)
    return list(session.scalars(query.order_by(DefenceEntry.position, DefenceEntry.id)))


def _sheets(session: Session, entry: DefenceEntry) -> int:
    query = select(func.count()).select_from(DefenceSheet).where(DefenceSheet.entry_id == entry.id)
    return session.scalar(query) or 0


def _leaders(row: Defence) -> Select[int]:
    """Who leads a project of the list now."""
    listed = select(DefenceEntry.project_id).where(DefenceEntry.defence_id == row.id)
    return select(Project.leader_id).where(Project.id.in_(listed))
