"""What one may be allowed to do, by name; `db.rules.permissions` says who is, and is where both are imported from."""

from enum import StrEnum


class Permission(StrEnum):
    SEE_TODAY = "see_today"
    SEE_SEARCH = "see_search"
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
    ANSWER_ESCALATION = "answer_escalation"
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
    PLAN_ROUND = "plan_round"
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
    SEE_DEFENCE = "see_defence"
    RUN_DEFENCE = "run_defence"
    GIVE_DEFENCE_SHEET = "give_defence_sheet"
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
    RUN_REVIEW = "run_review"  # sees what was said and graded, too
    ASSESS_SELF = "assess_self"  # one's own words, or what a member dictates to staff
    # Figures
    SEE_RESULTS = "see_results"
    REPORT_RESULT = "report_result"
    MANAGE_VENUES = "manage_venues"
    SET_WALKING = "set_walking"
    SEE_DIARY = "see_diary"
    WRITE_DIARY = "write_diary"
    PUBLISH_DIARY = "publish_diary"  # what somebody else wrote
    PUBLISH_PROGRESS = "publish_progress"
    # Administration
    MANAGE_ACCOUNTS = "manage_accounts"
    MANAGE_SETTINGS = "manage_settings"
    MANAGE_TEMPLATES = "manage_templates"
    MANAGE_PRESETS = "manage_presets"
    READ_AUDIT = "read_audit"
