"""The invented subdistrict for tests: built once a run, copied for each test and for each server."""

import fcntl
import os
import shutil
import sqlite3
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import func, select

from db.engine import as_system, reading_as_system
from db.models import (
    Account,
    Activity,
    ActivityParticipant,
    AgendaItem,
    Community,
    ComplaintStep,
    Consent,
    DiaryEntry,
    Election,
    Meeting,
    MemberEvent,
    Need,
    Order,
    Project,
    ResourceRequest,
    ThreadEntry,
    UnitEvent,
    Venue,
    YearlyReview,
)
from db.terms import ActivityKind, Language, MeetingState, OrderState, RequestState, Role
from tests.support.servers import ROOT
from tests.support.surroundings import surroundings

KEY = "11" * 32
"""Of every worker and every server of a run: what one encrypted another can read."""


FILLED = "done"
"""The mark of a folder that holds the invented subdistrict."""


def run_folder(folder: Path) -> Path:
    """What all workers of this run share, from a folder that pytest made for one of them (`mktemp`, `tmp_path`)."""
    return folder.parent.parent if "PYTEST_XDIST_WORKER" in os.environ else folder.parent


def demo_file(run: Path) -> Path:
    """The invented subdistrict as one file, built as `make demo` builds it by whoever asks first; the others wait."""
    folder = run / "subdistrict"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "yiqilai.db"
    with (run / "subdistrict.lock").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        if not (folder / FILLED).exists():
            env = surroundings() | {
                "YIQILAI_DATABASE_URL": f"sqlite:///{path}",
                "YIQILAI_DATA_DIR": str(folder),
                "YIQILAI_SECRET_KEY": KEY,
            }
            for command in ("migrate", "demo"):
                subprocess.run(
                    [sys.executable, "-m", "db", command], cwd=ROOT, env=env, check=True, capture_output=True
                )
            raw = sqlite3.connect(path)
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            raw.close()
            (folder / FILLED).touch()
    return path


def lay_demo(run: Path, folder: Path) -> None:
    """Put the invented subdistrict with its photos into a data folder."""
    shutil.copytree(demo_file(run).parent, folder, dirs_exist_ok=True)


@dataclass
class Demo:
    """One account per role in the richest community, and for pages of one object the id with most to show."""

    url: str
    accounts: dict[Role, int] = field(default_factory=dict)
    object_of: dict[str, int] = field(default_factory=dict)
    rich: int = 0
    other: int = 0

    def speaks_english(self, role: Role) -> None:
        with as_system("test") as session:
            session.get_one(Account, self.accounts[role]).language = Language.ENGLISH


def find_demo(url: str) -> Demo:
    """Look round in a filled database that `db.engine` points at."""
    demo = Demo(url)
    with reading_as_system("test") as session:
        by_needs = session.scalars(select(Need.community_id).group_by(Need.community_id).order_by(func.count().desc()))
        demo.rich, demo.other, *_rest = by_needs
        for account in session.scalars(select(Account).order_by(Account.id)):
            if account.community_id in (None, demo.rich):
                demo.accounts.setdefault(account.role, account.id)
        most_told: int | None = session.execute(
            select(ThreadEntry.need_id)
            .where(ThreadEntry.community_id == demo.rich, ThreadEntry.need_id.is_not(None))
            .group_by(ThreadEntry.need_id)
            .order_by(func.count().desc())
            .limit(1)
        ).scalar_one()
        assert most_told is not None
        demo.object_of["need"] = most_told
        project = session.scalars(
            select(Activity.project_id)
            .join(Project, Project.id == Activity.project_id)
            .where(Project.community_id == demo.rich)
            .group_by(Activity.project_id)
            .order_by(func.count().desc())
            .limit(1)
        ).first()
        meeting = session.scalars(
            select(AgendaItem.meeting_id)
            .join(Meeting, Meeting.id == AgendaItem.meeting_id)
            .where(Meeting.community_id == demo.rich, Meeting.state == MeetingState.CLOSED)
            .group_by(AgendaItem.meeting_id)
            .order_by(func.count().desc())
            .limit(1)
        ).first()
        demo.object_of["activity"] = session.execute(
            select(ActivityParticipant.activity_id)
            .where(ActivityParticipant.community_id == demo.rich)
            .group_by(ActivityParticipant.activity_id)
            .order_by(func.count().desc(), ActivityParticipant.activity_id)
            .limit(1)
        ).scalar_one()
        order = session.scalars(
            select(Order.id).where(Order.community_id == demo.rich, Order.state == OrderState.TAKEN).order_by(Order.id)
        ).first()
        demo.object_of["order"] = order or 1
        lent = select(ResourceRequest.resource_id).group_by(ResourceRequest.resource_id).order_by(func.count().desc())
        demo.object_of["resource"] = session.scalars(lent.limit(1)).first() or 1
        asked = select(ResourceRequest.id).where(
            ResourceRequest.home_id == demo.rich, ResourceRequest.state == RequestState.ASKED
        )
        demo.object_of["resource-request"] = session.scalars(asked.limit(1)).first() or 1
        told = select(UnitEvent.unit_id).group_by(UnitEvent.unit_id).order_by(func.count().desc())
        kept = select(Venue.id).where(Venue.home_id == demo.rich).order_by(Venue.id)
        demo.object_of["venue"] = session.scalars(kept.limit(1)).first() or 1
        demo.object_of["unit"] = session.scalars(told.limit(1)).first() or 1
        election = session.scalars(select(Election.project_id).where(Election.community_id == demo.rich)).first()
        demo.object_of["project-stage"] = election or project or 1
        demo.object_of |= {"project": project or 1, "meeting": meeting or 1}
        consenting = select(Consent.person_id).where(Consent.community_id == demo.rich, Consent.restricted.is_(False))
        demo.object_of["person"] = session.scalars(consenting.where(Consent.person_id.is_not(None))).first() or 1
        told = select(MemberEvent.member_id).where(MemberEvent.community_id == demo.rich)
        most = told.group_by(MemberEvent.member_id).order_by(func.count().desc(), MemberEvent.member_id).limit(1)
        demo.object_of["member"] = session.scalars(most).one()
        demo.object_of["complaint"] = session.execute(
            select(ComplaintStep.complaint_id)
            .where(ComplaintStep.community_id == demo.rich)
            .group_by(ComplaintStep.complaint_id)
            .order_by(func.count().desc(), ComplaintStep.complaint_id)
            .limit(1)
        ).scalar_one()
        for path, kind in (("market", ActivityKind.MARKET), ("outing", ActivityKind.OUTING)):
            own = select(Activity.id).where(Activity.community_id == demo.rich, Activity.kind == kind)
            demo.object_of[path] = session.scalars(own.order_by(Activity.on.desc())).first() or 1
        reviewed = select(YearlyReview.id).where(YearlyReview.community_id == demo.rich).order_by(YearlyReview.id)
        demo.object_of["review"] = session.scalars(reviewed).first() or 1
        written = select(DiaryEntry.id).where(DiaryEntry.community_id == demo.rich).order_by(DiaryEntry.id)
        demo.object_of["diary"] = session.scalars(written).first() or 1
        assert session.scalar(select(func.count()).select_from(Community)) == 12
    return demo
