"""Who may do what: one table of permission × role × stage, read by every action and every page.

The scope of a role (which rows it can reach at all) is in `SCOPES` and is put on every statement by
`db.engine`; a permission never widens it. What is not in the table is not allowed.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from db.rules.permission_names import Permission
from db.terms import Language, NeedStage, ProjectState, Role

__all__ = ["GRANTS", "SCOPES", "Actor", "Grant", "Permission", "Scope"]

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

    def may(self, permission: Permission) -> bool:
        return self.role in GRANTS[permission].roles


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
    Permission.SEE_SEARCH: _to(ADMIN, SECRETARY, WORKER, MEMBER, LEADER, VOLUNTEER, AUDITOR),
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
    Permission.ANSWER_ESCALATION: _to(ADMIN, SECRETARY),
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
    Permission.PLAN_ROUND: _to(ADMIN),
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
    Permission.SEE_DEFENCE: _to(ADMIN, SECRETARY, WORKER, MEMBER, AUDITOR),
    Permission.RUN_DEFENCE: _to(ADMIN),
    Permission.GIVE_DEFENCE_SHEET: _to(ADMIN, SECRETARY, WORKER, MEMBER),
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
    Permission.RUN_REVIEW: _to(SECRETARY, WORKER),
    Permission.ASSESS_SELF: _to(SECRETARY, WORKER, MEMBER, LEADER, VOLUNTEER),
    Permission.SEE_RESULTS: _to(ADMIN, SECRETARY, WORKER, AUDITOR, VIEWER),
    Permission.REPORT_RESULT: _to(ADMIN, SECRETARY),
    Permission.MANAGE_VENUES: _to(ADMIN, SECRETARY, WORKER),
    Permission.SET_WALKING: _to(ADMIN),
    Permission.SEE_DIARY: _to(ADMIN, SECRETARY, WORKER, AUDITOR),
    Permission.WRITE_DIARY: _to(SECRETARY, WORKER),
    Permission.PUBLISH_DIARY: _to(ADMIN, SECRETARY, WORKER),
    Permission.PUBLISH_PROGRESS: _to(SECRETARY, WORKER),
    Permission.MANAGE_ACCOUNTS: _to(ADMIN),
    Permission.MANAGE_SETTINGS: _to(ADMIN),
    Permission.READ_AUDIT: _to(ADMIN, AUDITOR),
}
