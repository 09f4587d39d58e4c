"""All tables; importing this package makes the metadata complete."""

from db.models.acceptance import Acceptance, AcceptanceScore
from db.models.account import Account, AuthSession, Draft, RecoveryCode, SecondFactor, SignInFailure, SignInTicket
from db.models.activity import Activity, ServiceRecord
from db.models.activity_people import (
    ActivityHelper,
    ActivityHost,
    ActivityParticipant,
    ActivityPresence,
    ActivityQuote,
    ActivitySession,
)
from db.models.answer import Answer
from db.models.audit import AuditEntry, AuditHead, RequestKey
from db.models.commitment import Commitment, CommitmentPause, CommitmentStep, CommitmentVersion, Keeping, Miss
from db.models.community import Category, Community, HolidayOverride, NameReading, Place, Subdistrict
from db.models.complaint import Complaint, ComplaintStep, ComplaintTime
from db.models.correction import Correction
from db.models.council import Body, BodyMember, HousePreset, HouseRules
from db.models.counter import (
    BuildingDoors,
    HoursToAsk,
    NeedFlow,
    NeedStanding,
    PlaceDemand,
    RecordedHours,
    RunningNumber,
    ServiceDay,
)
from db.models.defence import Defence, DefenceEntry, DefenceJudge, DefenceSheet
from db.models.diary import DiaryEntry, DiaryOutlet, DiaryQuote, DiaryStep
from db.models.display import DisplayLink
from db.models.door import DoorConflict, DoorEntry, DoorPhone, DoorTicket
from db.models.export import Export
from db.models.hours import HoursChange, HoursCheck
from db.models.household import (
    Household,
    HouseholdMerge,
    Patch,
    Person,
    VisitRhythm,
    name_index,
)
from db.models.installation import Installation
from db.models.intake import Intake, Poster
from db.models.judging import BirthdayRule, CommitmentVerdict, QuarterSheet, VerdictCode
from db.models.led import IndicatorClass, LedProject, LedRound, ProjectDuty
from db.models.ledger import ColumnMapping, ImportBatch, ImportedRow, ReportForm
from db.models.market import MarketDay, MarketHelper, MarketStall, MarketTally
from db.models.mediation import Mediation, MediationAction, MediationCheck, MediationEscalation, MediationParty
from db.models.meeting import (
    AgendaItem,
    Attendance,
    Ballot,
    BallotVoter,
    DiscussionPoint,
    HandCount,
    Meeting,
    MeetingChange,
    NamedVote,
    Recusal,
    SpeakerTurn,
)
from db.models.member import Branch, Member, MemberEvent, MemberStay
from db.models.moved_period import MovedPeriod
from db.models.need import Merge, Need, ThreadEntry, TwinVerdict, WeekSignOff
from db.models.notice import Notice, NoticeVersion, Objection
from db.models.order import Order, OrderCase, OrderOffer, OrderSeries, Pairing, Service
from db.models.outing import EscortEvent, EscortPair, EscortTrip
from db.models.photo import Photo
from db.models.privacy import (
    Consent,
    DifferentPair,
    Erasure,
    InProgramme,
    PersonMerge,
    Programme,
    ProgrammeMember,
    ProgrammeStaff,
    SensitiveFact,
)
from db.models.progress_code import ProgressCode
from db.models.project import Indicator, Milestone, Project, ProjectSource, Reading, Risk, TargetChange
from db.models.resource import Resource, ResourceRequest
from db.models.result import ReportedFigure
from db.models.review import ReviewCorrection, ReviewedMember, ReviewTally, YearlyReview
from db.models.roster import CalendarFeed, RosterProposal
from db.models.rota import Rota, RotaPost, Slot, SlotTemplate, Turn, TurnSwap
from db.models.screen import ScreenChoice, ScreenState
from db.models.screening import Screening, ScreeningScore, ScreeningWeights
from db.models.slip import (
    AssistedEntry,
    BallotWay,
    PaperCount,
    Sealed,
    SecretVote,
    Slip,
    SlipAside,
    SlipChange,
    box_code,
    check_code,
    phone_mark,
    random_id,
    slip_hash,
)
from db.models.squad import Squad, SquadMember, SquadRequest, SquadStory, SquadTheme
from db.models.stage import Election, ElectionStep, ProjectRole
from db.models.task import Task
from db.models.template import DocumentTemplate
from db.models.topic import Topic
from db.models.types import (
    InCommunity,
    InSubdistrict,
    Model,
    OwnedByAccount,
    Restricted,
    Versioned,
    blind_index,
)
from db.models.unit import Unit, UnitEvent, UnitService
from db.models.venue import BuildingSpot, Venue, VenueWalk, WalkingRule
from db.models.village import VillageMatter, VillageRecord
from db.models.visit import Visit
from db.models.volunteer import (
    HoursClaim,
    Opening,
    Placement,
    Volunteer,
    VolunteerEvent,
    VolunteerMerge,
)
from db.models.volunteer_life import (
    VolunteerApplication,
    VolunteerAward,
    VolunteerCertificate,
    VolunteerTraining,
)
from db.models.wall import WallCode, WallScan

__all__ = [
    "Acceptance",
    "AcceptanceScore",
    "Account",
    "Activity",
    "ActivityHelper",
    "ActivityHost",
    "ActivityParticipant",
    "ActivityPresence",
    "ActivityQuote",
    "ActivitySession",
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
    "BirthdayRule",
    "Body",
    "BodyMember",
    "Branch",
    "BuildingDoors",
    "BuildingSpot",
    "CalendarFeed",
    "Category",
    "ColumnMapping",
    "Commitment",
    "CommitmentPause",
    "CommitmentStep",
    "CommitmentVerdict",
    "CommitmentVersion",
    "Community",
    "Complaint",
    "ComplaintStep",
    "ComplaintTime",
    "Consent",
    "Correction",
    "Defence",
    "DefenceEntry",
    "DefenceJudge",
    "DefenceSheet",
    "DiaryEntry",
    "DiaryOutlet",
    "DiaryQuote",
    "DiaryStep",
    "DifferentPair",
    "DiscussionPoint",
    "DisplayLink",
    "DocumentTemplate",
    "DoorConflict",
    "DoorEntry",
    "DoorPhone",
    "DoorTicket",
    "Draft",
    "Election",
    "ElectionStep",
    "Erasure",
    "EscortEvent",
    "EscortPair",
    "EscortTrip",
    "Export",
    "HandCount",
    "HolidayOverride",
    "HoursChange",
    "HoursCheck",
    "HoursClaim",
    "HoursToAsk",
    "HousePreset",
    "HouseRules",
    "Household",
    "HouseholdMerge",
    "ImportBatch",
    "ImportedRow",
    "InCommunity",
    "InProgramme",
    "InSubdistrict",
    "Indicator",
    "IndicatorClass",
    "Installation",
    "Intake",
    "Keeping",
    "LedProject",
    "LedRound",
    "MarketDay",
    "MarketHelper",
    "MarketStall",
    "MarketTally",
    "Mediation",
    "MediationAction",
    "MediationCheck",
    "MediationEscalation",
    "MediationParty",
    "Meeting",
    "MeetingChange",
    "Member",
    "MemberEvent",
    "MemberStay",
    "Merge",
    "Milestone",
    "Miss",
    "Model",
    "MovedPeriod",
    "NameReading",
    "NamedVote",
    "Need",
    "NeedFlow",
    "NeedStanding",
    "Notice",
    "NoticeVersion",
    "Objection",
    "Opening",
    "Order",
    "OrderCase",
    "OrderOffer",
    "OrderSeries",
    "OwnedByAccount",
    "Pairing",
    "PaperCount",
    "Patch",
    "Person",
    "PersonMerge",
    "Photo",
    "Place",
    "PlaceDemand",
    "Placement",
    "Poster",
    "Programme",
    "ProgrammeMember",
    "ProgrammeStaff",
    "ProgressCode",
    "Project",
    "ProjectDuty",
    "ProjectRole",
    "ProjectSource",
    "QuarterSheet",
    "Reading",
    "RecordedHours",
    "RecoveryCode",
    "Recusal",
    "ReportForm",
    "ReportedFigure",
    "RequestKey",
    "Resource",
    "ResourceRequest",
    "Restricted",
    "ReviewCorrection",
    "ReviewTally",
    "ReviewedMember",
    "Risk",
    "RosterProposal",
    "Rota",
    "RotaPost",
    "RunningNumber",
    "ScreenChoice",
    "ScreenState",
    "Screening",
    "ScreeningScore",
    "ScreeningWeights",
    "Sealed",
    "SecondFactor",
    "SecretVote",
    "SensitiveFact",
    "Service",
    "ServiceDay",
    "ServiceRecord",
    "SignInFailure",
    "SignInTicket",
    "Slip",
    "SlipAside",
    "SlipChange",
    "Slot",
    "SlotTemplate",
    "SpeakerTurn",
    "Squad",
    "SquadMember",
    "SquadRequest",
    "SquadStory",
    "SquadTheme",
    "Subdistrict",
    "TargetChange",
    "Task",
    "ThreadEntry",
    "Topic",
    "Turn",
    "TurnSwap",
    "TwinVerdict",
    "Unit",
    "UnitEvent",
    "UnitService",
    "Venue",
    "VenueWalk",
    "VerdictCode",
    "Versioned",
    "VillageMatter",
    "VillageRecord",
    "Visit",
    "VisitRhythm",
    "Volunteer",
    "VolunteerApplication",
    "VolunteerAward",
    "VolunteerCertificate",
    "VolunteerEvent",
    "VolunteerMerge",
    "VolunteerTraining",
    "WalkingRule",
    "WallCode",
    "WallScan",
    "WeekSignOff",
    "YearlyReview",
    "blind_index",
    "box_code",
    "check_code",
    "name_index",
    "phone_mark",
    "random_id",
    "slip_hash",
]
