"""All tables; importing this package makes the metadata complete."""

from db.models.acceptance import Acceptance, AcceptanceScore, Answer
from db.models.account import Account, AuthSession, Draft, SignInFailure, SignInTicket
from db.models.activity import Activity, ServiceRecord
from db.models.audit import AuditEntry, AuditHead, RequestKey
from db.models.community import Category, Community, HolidayOverride, Place, Subdistrict
from db.models.council import Body, BodyMember, HouseRules
from db.models.household import Household, Person
from db.models.meeting import (
    AgendaItem,
    Attendance,
    Ballot,
    BallotVoter,
    DiscussionPoint,
    HandCount,
    Meeting,
    NamedVote,
    Recusal,
)
from db.models.need import Merge, Need, ThreadEntry, TwinVerdict, WeekSignOff
from db.models.notice import Notice, Objection
from db.models.project import Indicator, Milestone, Project, ProjectSource, Reading, Risk, TargetChange
from db.models.screen import (
    Export,
    NeedFlow,
    NeedStanding,
    PlaceDemand,
    RunningNumber,
    ScreenState,
    ServiceDay,
)
from db.models.screening import Screening, ScreeningScore, ScreeningWeights
from db.models.types import (
    InCommunity,
    InSubdistrict,
    Model,
    OwnedByAccount,
    Restricted,
    Versioned,
    blind_index,
)
from db.models.visit import Visit
from db.models.volunteer import Opening, Placement, Squad, SquadMember, Volunteer

__all__ = [
    "Acceptance",
    "AcceptanceScore",
    "Account",
    "Activity",
    "AgendaItem",
    "Answer",
    "Attendance",
    "AuditEntry",
    "AuditHead",
    "AuthSession",
    "Ballot",
    "BallotVoter",
    "Body",
    "BodyMember",
    "Category",
    "Community",
    "DiscussionPoint",
    "Draft",
    "Export",
    "HandCount",
    "HolidayOverride",
    "HouseRules",
    "Household",
    "InCommunity",
    "InSubdistrict",
    "Indicator",
    "Meeting",
    "Merge",
    "Milestone",
    "Model",
    "NamedVote",
    "Need",
    "NeedFlow",
    "NeedStanding",
    "Notice",
    "Objection",
    "Opening",
    "OwnedByAccount",
    "Person",
    "Place",
    "PlaceDemand",
    "Placement",
    "Project",
    "ProjectSource",
    "Reading",
    "Recusal",
    "RequestKey",
    "Restricted",
    "Risk",
    "RunningNumber",
    "ScreenState",
    "Screening",
    "ScreeningScore",
    "ScreeningWeights",
    "ServiceDay",
    "ServiceRecord",
    "SignInFailure",
    "SignInTicket",
    "Squad",
    "SquadMember",
    "Subdistrict",
    "TargetChange",
    "ThreadEntry",
    "TwinVerdict",
    "Versioned",
    "Visit",
    "Volunteer",
    "WeekSignOff",
    "blind_index",
]  # fmt: skip
