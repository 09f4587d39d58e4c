"""All tables; importing this package makes the metadata complete."""

from db.models.acceptance import Acceptance, AcceptanceScore, Answer
from db.models.account import Account, AuthSession, Draft, SignInFailure, SignInTicket
from db.models.activity import Activity, ServiceRecord
from db.models.audit import AuditEntry, AuditHead, RequestKey
from db.models.community import Category, Community, HolidayOverride, Place, Subdistrict
from db.models.council import Body, BodyMember, HousePreset, HouseRules
from db.models.display import DisplayLink, DocumentTemplate
from db.models.household import Household, Person
from db.models.mediation import Mediation, MediationAction, MediationCheck, MediationParty
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
from db.models.slip import AssistedEntry, BallotWay, PaperCount, SecretVote, Slip, SlipAside
from db.models.topic import Correction, SpeakerTurn, Task, Topic
from db.models.types import (
    InCommunity,
    InSubdistrict,
    Model,
    OwnedByAccount,
    Restricted,
    Versioned,
    blind_index,
)
from db.models.village import VillageMatter, VillageRecord
from db.models.visit import Visit
from db.models.volunteer import Opening, Placement, Squad, SquadMember, Volunteer

__all__ = [
    "Acceptance",
    "AcceptanceScore",
    "Account",
    "Activity",
    "AgendaItem",
    "Answer",
    "AssistedEntry",
    "Attendance",
    "AuditEntry",
    "AuditHead",
    "AuthSession",
    "Ballot",
    "BallotVoter",
    "BallotWay",
    "Body",
    "BodyMember",
    "Category",
    "Community",
    "Correction",
    "DiscussionPoint",
    "DisplayLink",
    "DocumentTemplate",
    "Draft",
    "Export",
    "HandCount",
    "HolidayOverride",
    "HousePreset",
    "HouseRules",
    "Household",
    "InCommunity",
    "InSubdistrict",
    "Indicator",
    "Mediation",
    "MediationAction",
    "MediationCheck",
    "MediationParty",
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
    "PaperCount",
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
    "SecretVote",
    "ServiceDay",
    "ServiceRecord",
    "SignInFailure",
    "SignInTicket",
    "Slip",
    "SlipAside",
    "SpeakerTurn",
    "Squad",
    "SquadMember",
    "Subdistrict",
    "TargetChange",
    "Task",
    "ThreadEntry",
    "Topic",
    "TwinVerdict",
    "Versioned",
    "VillageMatter",
    "VillageRecord",
    "Visit",
    "Volunteer",
    "WeekSignOff",
    "blind_index",
]  # fmt: skip
