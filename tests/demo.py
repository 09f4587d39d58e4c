"""The invented subdistrict for tests: built once a worker, copied for each test."""

from dataclasses import dataclass, field

from sqlalchemy import func, select

from db.engine import as_system, reading_as_system
from db.models import (
    Account,
    Activity,
    AgendaItem,
    Community,
    ComplaintStep,
    Consent,
    Meeting,
    Need,
    Order,
    Project,
    ThreadEntry,
)
from db.terms import Language, MeetingState, Role
from db.terms_service import OrderState


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
        demo.object_of["need"] = session.execute(
            select(ThreadEntry.need_id)
            .where(ThreadEntry.community_id == demo.rich, ThreadEntry.need_id.is_not(None))
            .group_by(ThreadEntry.need_id)
            .order_by(func.count().desc())
            .limit(1)
        ).scalar_one()
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
        order = session.scalars(
            select(Order.id).where(Order.community_id == demo.rich, Order.state == OrderState.TAKEN).order_by(Order.id)
        ).first()
        demo.object_of["order"] = order or 1
        demo.object_of |= {"project": project or 1, "meeting": meeting or 1}
        consenting = select(Consent.person_id).where(Consent.community_id == demo.rich, Consent.restricted.is_(False))
        demo.object_of["person"] = session.scalars(consenting.where(Consent.person_id.is_not(None))).first() or 1
        demo.object_of["complaint"] = session.execute(
            select(ComplaintStep.complaint_id)
            .where(ComplaintStep.community_id == demo.rich)
            .group_by(ComplaintStep.complaint_id)
            .order_by(func.count().desc(), ComplaintStep.complaint_id)
            .limit(1)
        ).scalar_one()
        assert session.scalar(select(func.count()).select_from(Community)) == 12
    return demo
