"""Who may do what: one table of permission × role × stage, read by every action and every page.

The scope of a role (which rows it can reach at all) is in `SCOPES` and is put on every statement by
`db.engine`; a permission never widens it. What is not in the table is not allowed.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from db.terms import Language, NeedStage, ProjectState, Role

ADMIN, SECRETARY, WORKER = Role.SUBDISTRICT_ADMIN, Role.SECRETARY, Role.AREA_WORKER
MEMBER, LEADER, VOLUNTEER = Role.COUNCIL_MEMBER, Role.TEAM_LEADER, Role.VOLUNTEER
AUDITOR, VIEWER, DISPLAY = Role.AUDITOR, Role.DISTRICT_VIEWER, Role.DISPLAY


class Scope(StrEnum):
    """Which rows a role can reach."""

    EVERYTHING = "everything"
    SUBDISTRICT = "subdistrict"
    COMMUNITY = "community"
    OWN_ROWS = "own_rows"  # the community's public rows, and of personal ones only its own


SCOPES: dict[Role, Scope] = {
    ADMIN: Scope.SUBDISTRICT,
    AUDITOR: Scope.SUBDISTRICT,
    VIEWER: Scope.EVERYTHING,
    SECRETARY: Scope.COMMUNITY,
    WORKER: Scope.COMMUNITY,
    MEMBER: Scope.COMMUNITY,
    LEADER: Scope.COMMUNITY,
    VOLUNTEER: Scope.OWN_ROWS,
    DISPLAY: Scope.COMMUNITY,
}


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: an account as it was when the run began. `sign_in_id` lets every write check that it still holds."""

    id: int
    name: str
    role: Role
    subdistrict_id: int
    community_id: int | None = None
    sees_restricted: bool = False
    language: Language = Language.CHINESE
    sign_in_id: int | None = None
    must_change_password: bool = False

    @property
    def scope(self) -> Scope:
        return SCOPES[self.role]

    def may(self, permission: "Permission") -> bool:
        return self.role in GRANTS[permission].roles


class Permission(StrEnum):
    SEE_TODAY = "see_today"
    CHANGE_OWN_PASSWORD = "change_own_password"  # noqa: S105 - the name of a permission
    USE_SECOND_FACTOR = "use_second_factor"
    # The door and the ledger
    LOG_VISIT = "log_visit"
    LOG_NEED = "log_need"
    SEE_NEEDS = "see_needs"
    AMEND_NEED = "amend_need"
    VOID_NEED = "void_need"
    FINISH_HANDLING = "finish_handling"
    SEE_REGISTER = "see_register"
    SIGN_WEEK = "sign_week"
    MERGE_NEEDS = "merge_needs"
    UNDO_MERGE = "undo_merge"
    UNMASK = "unmask"
    EXPORT = "export"
    # Screening
    SEE_SCREENING = "see_screening"
    SET_WEIGHTS = "set_weights"
    OPEN_SCREENING = "open_screening"
    SCORE_NEED = "score_need"
    ROUTE_NEED = "route_need"
    FINISH_ORDER = "finish_order"
    # The council
    SEE_COUNCIL = "see_council"
    MANAGE_COUNCIL = "manage_council"
    PREPARE_MEETING = "prepare_meeting"
    RUN_MEETING = "run_meeting"
    TAKE_ATTENDANCE = "take_attendance"
    RECORD_DISCUSSION = "record_discussion"
    COUNT_HANDS = "count_hands"
    CAST_BALLOT = "cast_ballot"
    PRINT_SLIPS = "print_slips"
    ENTER_PAPER = "enter_paper"
    RUN_FLOOR = "run_floor"
    ASK_TO_SPEAK = "ask_to_speak"
    SEE_TOPICS = "see_topics"
    PROPOSE_TOPIC = "propose_topic"
    SIGN_OWN_TOPIC = "sign_own_topic"  # by the seat of the proposer
    SIGN_FOR_MEMBER = "sign_for_member"  # of a topic that a member handed in on paper
    REVIEW_TOPIC = "review_topic"
    ASSIGN_TASK = "assign_task"
    FINISH_TASK = "finish_task"
    CORRECT_RECORD = "correct_record"
    SEE_VILLAGE = "see_village"
    RUN_VILLAGE = "run_village"
    SEE_MEDIATION = "see_mediation"
    RUN_MEDIATION = "run_mediation"
    SEE_NOTICES = "see_notices"
    POST_NOTICE = "post_notice"
    RECEIVE_OBJECTION = "receive_objection"
    HANDLE_OBJECTION = "handle_objection"
    # Projects and teams
    SEE_PROJECTS = "see_projects"
    SET_UP_PROJECT = "set_up_project"
    RUN_PROJECT = "run_project"
    RUN_EVERY_PROJECT = "run_every_project"  # not only those that one leads
    CHANGE_TARGET = "change_target"
    STOP_PROJECT = "stop_project"
    SEE_OPENINGS = "see_openings"
    JOIN_TEAM = "join_team"
    RECOMMEND_VOLUNTEER = "recommend_volunteer"
    ANSWER_PLACEMENT = "answer_placement"
    LEAVE_TEAM = "leave_team"
    SEE_MY_SERVICE = "see_my_service"
    SHARE_CALENDAR = "share_calendar"
    PLAN_ROSTER = "plan_roster"
    SEE_VOLUNTEERS = "see_volunteers"
    MANAGE_VOLUNTEERS = "manage_volunteers"
    SEE_MEMBERS = "see_members"
    MANAGE_MEMBERS = "manage_members"
    SEE_SQUADS = "see_squads"
    JOIN_SQUAD = "join_squad"
    LEAD_SQUAD = "lead_squad"  # the own one, unless one manages them
    MANAGE_SQUADS = "manage_squads"
    SEE_HOURS = "see_hours"
    ANSWER_HOURS = "answer_hours"
    SEE_ACTIVITIES = "see_activities"
    RUN_ACTIVITY = "run_activity"
    RUN_EVERY_ACTIVITY = "run_every_activity"  # not only those that one answers for
    HAND_IN_PROJECT = "hand_in_project"
    SEE_ACCEPTANCE = "see_acceptance"
    JUDGE_PROJECT = "judge_project"
    DECIDE_ACCEPTANCE = "decide_acceptance"
    # The answer at the door
    SEE_ANSWERS = "see_answers"
    GIVE_ANSWER = "give_answer"
    # Progress and the screen
    SEE_PROGRESS = "see_progress"
    COMPARE_COMMUNITIES = "compare_communities"
    COMPARE_FROM_TODAY = "compare_from_today"  # the comparison is what the day begins with
    STEER_SCREEN = "steer_screen"
    SHOW_SCREEN = "show_screen"
    MANAGE_DISPLAYS = "manage_displays"
    # At the door, and what comes in without an account
    PAIR_PHONE = "pair_phone"
    SEE_EVERY_PHONE = "see_every_phone"  # and its conflicts, not only of one's own phone
    STOP_EVERY_PHONE = "stop_every_phone"
    PLAN_VISITS = "plan_visits"
    WALK_OWN_PATCH = "walk_own_patch"
    SETTLE_PATCHES = "settle_patches"
    SET_RHYTHMS = "set_rhythms"
    ADD_PHOTO = "add_photo"
    SEE_PHOTO = "see_photo"
    MANAGE_POSTERS = "manage_posters"
    DECIDE_INTAKE = "decide_intake"
    # Market days and outings
    SEE_MARKET = "see_market"
    RUN_MARKET = "run_market"
    CLOSE_MARKET = "close_market"
    SEE_OUTING = "see_outing"
    RUN_OUTING = "run_outing"
    ESCORT = "escort"  # the own elder, or everybody's for who runs the outing
    # Orders
    SEE_ORDERS = "see_orders"
    TAKE_ORDER = "take_order"
    DISPATCH_ORDER = "dispatch_order"
    SEE_MY_ORDERS = "see_my_orders"
    ANSWER_OFFER = "answer_offer"
    SERVE_ORDER = "serve_order"
    CONFIRM_ORDER = "confirm_order"
    SETTLE_ORDER_CASE = "settle_order_case"
    MANAGE_CATALOGUE = "manage_catalogue"
    PRINT_CARDS = "print_cards"
    # Rotas
    SEE_ROTAS = "see_rotas"
    RUN_ROTA = "run_rota"
    TAKE_SLOT = "take_slot"
    # Complaints
    SEE_COMPLAINTS = "see_complaints"
    LOG_COMPLAINT = "log_complaint"
    HANDLE_COMPLAINT = "handle_complaint"
    VOID_COMPLAINT = "void_complaint"
    SET_COMPLAINT_TIMES = "set_complaint_times"
    # Partner units and what they give
    SEE_UNITS = "see_units"
    MANAGE_UNITS = "manage_units"
    ASK_RESOURCE = "ask_resource"
    # Files in and out
    IMPORT = "import"
    UNDO_IMPORT = "undo_import"
    SEE_FORMS = "see_forms"
    MANAGE_FORMS = "manage_forms"
    # Whose data
    SEE_PEOPLE = "see_people"
    MANAGE_PEOPLE = "manage_people"
    RECORD_CONSENT = "record_consent"
    SEE_SENSITIVE = "see_sensitive"
    MERGE_PERSONS = "merge_persons"
    ERASE_PERSON = "erase_person"
    SEE_PROGRAMMES = "see_programmes"
    RUN_PROGRAMME = "run_programme"
    NAME_STAFF = "name_staff"
    # Commitments
    SEE_COMMITMENTS = "see_commitments"
    READ_COMMITMENT = "read_commitment"  # the own ones, or with SEE_COMMITMENTS all within reach
    MAKE_COMMITMENT = "make_commitment"  # of one's own, or what a member dictates to staff
    REVIEW_COMMITMENT = "review_commitment"  # never one's own
    KEEP_COMMITMENT = "keep_commitment"
    MANAGE_WALL = "manage_wall"
    # Administration
    MANAGE_ACCOUNTS = "manage_accounts"
    MANAGE_SETTINGS = "manage_settings"
    MANAGE_TEMPLATES = "manage_templates"
    MANAGE_PRESETS = "manage_presets"
    READ_AUDIT = "read_audit"


@dataclass(frozen=True, slots=True)
class Grant:
    """Roles that hold a permission, and the stages of the object at which it can be used (empty: any)."""

    roles: frozenset[Role]
    stages: frozenset[StrEnum] = field(default_factory=frozenset)


def _to(*roles: Role, at: tuple[StrEnum, ...] = ()) -> Grant:
    return Grant(frozenset(roles), frozenset(at))


_EVERYBODY_SEATED = tuple(role for role in Role if role is not DISPLAY)
_OPEN_STAGES = (
    NeedStage.LOGGED,
    NeedStage.HANDLING,
    NeedStage.REGISTERED,
    NeedStage.SCREENING,
    NeedStage.SCREENED,
    NeedStage.RESERVE,
    NeedStage.FOR_COUNCIL,
)
_LIVE_PROJECT = (ProjectState.SET_UP, ProjectState.RUNNING, ProjectState.REWORK)

GRANTS: dict[Permission, Grant] = {
    Permission.SEE_TODAY: _to(*_EVERYBODY_SEATED),
    Permission.CHANGE_OWN_PASSWORD: _to(*_EVERYBODY_SEATED),
    Permission.USE_SECOND_FACTOR: _to(ADMIN, SECRETARY),
    Permission.LOG_VISIT: _to(SECRETARY, WORKER),
    Permission.LOG_NEED: _to(SECRETARY, WORKER),
    Permission.SEE_NEEDS: _to(ADMIN, SECRETARY, WORKER, AUDITOR),
    Permission.AMEND_NEED: _to(SECRETARY, WORKER, at=_OPEN_STAGES),
    Permission.VOID_NEED: _to(SECRETARY, at=(NeedStage.LOGGED, NeedStage.REGISTERED, NeedStage.RESERVE)),
    Permission.FINISH_HANDLING: _to(SECRETARY, WORKER, at=(NeedStage.HANDLING,)),
    Permission.SEE_REGISTER: _to(ADMIN, SECRETARY, WORKER, AUDITOR),
    Permission.SIGN_WEEK: _to(SECRETARY),
    Permission.MERGE_NEEDS: _to(SECRETARY, WORKER),
    Permission.UNDO_MERGE: _to(SECRETARY),
    Permission.UNMASK: _to(SECRETARY, WORKER),
    Permission.EXPORT: _to(ADMIN, SECRETARY, WORKER, AUDITOR),
    Permission.SEE_SCREENING: _to(ADMIN, SECRETARY, WORKER, AUDITOR),
    Permission.SET_WEIGHTS: _to(ADMIN, SECRETARY),
    Permission.OPEN_SCREENING: _to(SECRETARY, at=(NeedStage.REGISTERED, NeedStage.RESERVE)),
    Permission.SCORE_NEED: _to(SECRETARY, WORKER, at=(NeedStage.SCREENING,)),
    Permission.ROUTE_NEED: _to(SECRETARY, at=(NeedStage.SCREENED,)),
    Permission.FINISH_ORDER: _to(SECRETARY, WORKER, at=(NeedStage.ORDERED,)),
    Permission.SEE_COUNCIL: _to(ADMIN, SECRETARY, WORKER, MEMBER, AUDITOR),
    Permission.MANAGE_COUNCIL: _to(ADMIN, SECRETARY),
    Permission.PREPARE_MEETING: _to(SECRETARY),
    Permission.RUN_MEETING: _to(SECRETARY),
    Permission.TAKE_ATTENDANCE: _to(SECRETARY, WORKER),
    Permission.RECORD_DISCUSSION: _to(SECRETARY, WORKER),
    Permission.COUNT_HANDS: _to(SECRETARY, WORKER, MEMBER),
    Permission.CAST_BALLOT: _to(SECRETARY, WORKER, MEMBER),
    Permission.PRINT_SLIPS: _to(SECRETARY, WORKER),
    Permission.ENTER_PAPER: _to(SECRETARY, WORKER, MEMBER),
    Permission.RUN_FLOOR: _to(SECRETARY, WORKER),
    Permission.ASK_TO_SPEAK: _to(SECRETARY, WORKER, MEMBER),
    Permission.SEE_TOPICS: _to(ADMIN, SECRETARY, WORKER, MEMBER, AUDITOR),
    Permission.PROPOSE_TOPIC: _to(ADMIN, SECRETARY, WORKER, MEMBER),
    Permission.SIGN_OWN_TOPIC: _to(MEMBER),
    Permission.SIGN_FOR_MEMBER: _to(SECRETARY, WORKER),
    Permission.REVIEW_TOPIC: _to(SECRETARY),
    Permission.ASSIGN_TASK: _to(SECRETARY),
    Permission.FINISH_TASK: _to(SECRETARY, WORKER),
    Permission.CORRECT_RECORD: _to(SECRETARY, WORKER),
    Permission.SEE_VILLAGE: _to(ADMIN, SECRETARY, WORKER, AUDITOR),
    Permission.RUN_VILLAGE: _to(SECRETARY, WORKER),
    Permission.SEE_MEDIATION: _to(ADMIN, SECRETARY, WORKER, AUDITOR),
    Permission.RUN_MEDIATION: _to(SECRETARY, WORKER),
    Permission.SEE_NOTICES: _to(ADMIN, SECRETARY, WORKER, MEMBER, AUDITOR),
    Permission.POST_NOTICE: _to(SECRETARY),
    Permission.RECEIVE_OBJECTION: _to(SECRETARY, WORKER),
    Permission.HANDLE_OBJECTION: _to(SECRETARY),
    Permission.SEE_PROJECTS: _to(ADMIN, SECRETARY, WORKER, MEMBER, LEADER, VOLUNTEER, AUDITOR),
    Permission.SET_UP_PROJECT: _to(ADMIN, SECRETARY),
    Permission.RUN_PROJECT: _to(SECRETARY, WORKER, LEADER, at=_LIVE_PROJECT),
    Permission.RUN_EVERY_PROJECT: _to(SECRETARY),
    Permission.CHANGE_TARGET: _to(SECRETARY, LEADER, at=_LIVE_PROJECT),
    Permission.STOP_PROJECT: _to(ADMIN, SECRETARY, at=_LIVE_PROJECT),
    Permission.SEE_OPENINGS: _to(SECRETARY, WORKER, MEMBER, LEADER, VOLUNTEER),
    Permission.JOIN_TEAM: _to(LEADER, VOLUNTEER),
    Permission.RECOMMEND_VOLUNTEER: _to(SECRETARY, WORKER, MEMBER, LEADER),
    Permission.ANSWER_PLACEMENT: _to(SECRETARY, WORKER, LEADER),
    Permission.LEAVE_TEAM: _to(SECRETARY, WORKER, LEADER, VOLUNTEER),
    Permission.SEE_MY_SERVICE: _to(LEADER, VOLUNTEER),
    Permission.SHARE_CALENDAR: _to(LEADER, VOLUNTEER),
    Permission.PLAN_ROSTER: _to(SECRETARY, WORKER),
    Permission.SEE_VOLUNTEERS: _to(ADMIN, SECRETARY, WORKER, LEADER, AUDITOR),
    Permission.MANAGE_VOLUNTEERS: _to(SECRETARY, WORKER),
    Permission.SEE_MEMBERS: _to(ADMIN, SECRETARY, WORKER, AUDITOR),
    Permission.MANAGE_MEMBERS: _to(SECRETARY, WORKER),
    Permission.SEE_SQUADS: _to(ADMIN, SECRETARY, WORKER, MEMBER, LEADER, VOLUNTEER, AUDITOR),
    Permission.JOIN_SQUAD: _to(LEADER, VOLUNTEER),
    Permission.LEAD_SQUAD: _to(SECRETARY, WORKER, LEADER, VOLUNTEER),
    Permission.MANAGE_SQUADS: _to(SECRETARY, WORKER),
    Permission.SEE_HOURS: _to(ADMIN, SECRETARY, WORKER, LEADER, VOLUNTEER, AUDITOR),
    Permission.ANSWER_HOURS: _to(LEADER, VOLUNTEER),
    Permission.SEE_ACTIVITIES: _to(ADMIN, SECRETARY, WORKER, LEADER, AUDITOR),
    Permission.RUN_ACTIVITY: _to(SECRETARY, WORKER, LEADER),
    Permission.RUN_EVERY_ACTIVITY: _to(SECRETARY, WORKER),
    Permission.HAND_IN_PROJECT: _to(SECRETARY, WORKER, LEADER, at=(ProjectState.RUNNING, ProjectState.REWORK)),
    Permission.SEE_ACCEPTANCE: _to(ADMIN, SECRETARY, WORKER, MEMBER, LEADER, AUDITOR),
    Permission.JUDGE_PROJECT: _to(ADMIN, SECRETARY, WORKER, MEMBER, at=(ProjectState.HANDED_IN,)),
    Permission.DECIDE_ACCEPTANCE: _to(ADMIN, SECRETARY, at=(ProjectState.HANDED_IN,)),
    Permission.SEE_ANSWERS: _to(ADMIN, SECRETARY, WORKER, AUDITOR),
    Permission.GIVE_ANSWER: _to(SECRETARY, WORKER),
    Permission.SEE_PROGRESS: _to(ADMIN, SECRETARY, WORKER, MEMBER, LEADER, AUDITOR, VIEWER),
    Permission.COMPARE_COMMUNITIES: _to(ADMIN, AUDITOR, VIEWER),
    Permission.COMPARE_FROM_TODAY: _to(VIEWER),
    Permission.STEER_SCREEN: _to(SECRETARY),
    Permission.SHOW_SCREEN: _to(ADMIN, SECRETARY, DISPLAY),
    Permission.MANAGE_DISPLAYS: _to(ADMIN, SECRETARY),
    Permission.MANAGE_TEMPLATES: _to(ADMIN),
    Permission.MANAGE_PRESETS: _to(ADMIN),
    Permission.PAIR_PHONE: _to(SECRETARY, WORKER),
    Permission.SEE_EVERY_PHONE: _to(SECRETARY),
    Permission.STOP_EVERY_PHONE: _to(SECRETARY),
    Permission.PLAN_VISITS: _to(SECRETARY, WORKER),
    Permission.WALK_OWN_PATCH: _to(WORKER),
    Permission.SETTLE_PATCHES: _to(SECRETARY),
    Permission.SET_RHYTHMS: _to(ADMIN),
    Permission.ADD_PHOTO: _to(SECRETARY, WORKER),
    Permission.SEE_PHOTO: _to(SECRETARY, WORKER),
    Permission.MANAGE_POSTERS: _to(SECRETARY, WORKER),
    Permission.DECIDE_INTAKE: _to(SECRETARY, WORKER),
    Permission.SEE_MARKET: _to(ADMIN, SECRETARY, WORKER, LEADER, AUDITOR),
    Permission.RUN_MARKET: _to(SECRETARY, WORKER, LEADER),
    Permission.CLOSE_MARKET: _to(SECRETARY, WORKER),
    Permission.SEE_OUTING: _to(SECRETARY, WORKER, LEADER, VOLUNTEER),
    Permission.RUN_OUTING: _to(SECRETARY, WORKER, LEADER),
    Permission.ESCORT: _to(SECRETARY, WORKER, LEADER, VOLUNTEER),
    Permission.SEE_ORDERS: _to(ADMIN, SECRETARY, WORKER, AUDITOR),
    Permission.TAKE_ORDER: _to(SECRETARY, WORKER),
    Permission.DISPATCH_ORDER: _to(SECRETARY, WORKER),
    Permission.SEE_MY_ORDERS: _to(LEADER, VOLUNTEER),
    Permission.ANSWER_OFFER: _to(SECRETARY, WORKER, LEADER, VOLUNTEER),
    Permission.SERVE_ORDER: _to(SECRETARY, WORKER, LEADER, VOLUNTEER),
    Permission.CONFIRM_ORDER: _to(SECRETARY, WORKER),
    Permission.SETTLE_ORDER_CASE: _to(SECRETARY),
    Permission.MANAGE_CATALOGUE: _to(ADMIN),
    Permission.PRINT_CARDS: _to(SECRETARY, WORKER),
    Permission.SEE_ROTAS: _to(ADMIN, SECRETARY, WORKER, LEADER, AUDITOR),
    Permission.RUN_ROTA: _to(SECRETARY, WORKER, LEADER),
    Permission.TAKE_SLOT: _to(LEADER, VOLUNTEER),
    Permission.SEE_COMPLAINTS: _to(ADMIN, SECRETARY, WORKER, AUDITOR),
    Permission.LOG_COMPLAINT: _to(SECRETARY, WORKER),
    Permission.HANDLE_COMPLAINT: _to(SECRETARY, WORKER),
    Permission.VOID_COMPLAINT: _to(SECRETARY),
    Permission.SET_COMPLAINT_TIMES: _to(ADMIN),
    Permission.SEE_UNITS: _to(ADMIN, SECRETARY, WORKER, AUDITOR),
    Permission.MANAGE_UNITS: _to(ADMIN, SECRETARY, WORKER),
    Permission.ASK_RESOURCE: _to(SECRETARY, WORKER),
    Permission.IMPORT: _to(SECRETARY, WORKER),
    Permission.UNDO_IMPORT: _to(SECRETARY),
    Permission.SEE_FORMS: _to(ADMIN, SECRETARY, WORKER, AUDITOR),
    Permission.MANAGE_FORMS: _to(ADMIN),
    Permission.SEE_PEOPLE: _to(SECRETARY, WORKER),
    Permission.MANAGE_PEOPLE: _to(SECRETARY, WORKER),
    Permission.RECORD_CONSENT: _to(SECRETARY, WORKER),
    Permission.SEE_SENSITIVE: _to(SECRETARY, WORKER),
    Permission.MERGE_PERSONS: _to(SECRETARY),
    Permission.ERASE_PERSON: _to(SECRETARY),
    Permission.SEE_PROGRAMMES: _to(ADMIN, SECRETARY, WORKER),
    Permission.RUN_PROGRAMME: _to(SECRETARY, WORKER),
    Permission.NAME_STAFF: _to(SECRETARY),
    Permission.SEE_COMMITMENTS: _to(ADMIN, SECRETARY, WORKER, AUDITOR),
    Permission.READ_COMMITMENT: _to(ADMIN, SECRETARY, WORKER, MEMBER, LEADER, VOLUNTEER, AUDITOR),
    Permission.MAKE_COMMITMENT: _to(SECRETARY, WORKER, MEMBER, LEADER, VOLUNTEER),
    Permission.REVIEW_COMMITMENT: _to(SECRETARY, WORKER),
    Permission.KEEP_COMMITMENT: _to(SECRETARY, WORKER, MEMBER, LEADER, VOLUNTEER),
    Permission.MANAGE_WALL: _to(SECRETARY, WORKER),
    Permission.MANAGE_ACCOUNTS: _to(ADMIN),
    Permission.MANAGE_SETTINGS: _to(ADMIN),
    Permission.READ_AUDIT: _to(ADMIN, AUDITOR),
}
