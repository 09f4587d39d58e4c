CREATE TABLE birthday_rule (
	id INTEGER NOT NULL,
	day VARCHAR(32) NOT NULL,
	subdistrict_id INTEGER NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_birthday_rule PRIMARY KEY (id),
	CONSTRAINT uq_birthday_rule_subdistrict_id UNIQUE (subdistrict_id),
	CONSTRAINT ck_birthday_rule_politicalday CHECK (day IN ('joined', 'full')),
	CONSTRAINT fk_birthday_rule_subdistrict_id FOREIGN KEY(subdistrict_id) REFERENCES subdistrict (id)
);

CREATE INDEX ix_birthday_rule_subdistrict_id ON birthday_rule (subdistrict_id);

CREATE TABLE led_round (
	id INTEGER NOT NULL,
	year INTEGER NOT NULL,
	planned INTEGER NOT NULL,
	subdistrict_id INTEGER NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_led_round PRIMARY KEY (id),
	CONSTRAINT uq_led_round_subdistrict_id_year UNIQUE (subdistrict_id, year),
	CONSTRAINT ck_led_round_year CHECK (year BETWEEN 2000 AND 2100),
	CONSTRAINT ck_led_round_planned CHECK (planned BETWEEN 1 AND 500),
	CONSTRAINT fk_led_round_subdistrict_id FOREIGN KEY(subdistrict_id) REFERENCES subdistrict (id)
);

CREATE INDEX ix_led_round_subdistrict_id ON led_round (subdistrict_id);

CREATE TABLE wall_scan (
	id INTEGER NOT NULL,
	"on" DATE NOT NULL,
	scans INTEGER NOT NULL,
	community_id INTEGER NOT NULL,
	CONSTRAINT pk_wall_scan PRIMARY KEY (id),
	CONSTRAINT uq_wall_scan_community_id_on UNIQUE (community_id, "on"),
	CONSTRAINT ck_wall_scan_scans CHECK (scans >= 0),
	CONSTRAINT fk_wall_scan_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE TABLE defence (
	id INTEGER NOT NULL,
	year INTEGER NOT NULL,
	"on" DATE NOT NULL,
	place VARCHAR(200) NOT NULL,
	minutes INTEGER NOT NULL,
	background INTEGER NOT NULL,
	course INTEGER NOT NULL,
	results INTEGER NOT NULL,
	delivery INTEGER NOT NULL,
	made_by INTEGER NOT NULL,
	made_at DATETIME NOT NULL,
	closed_at DATETIME,
	closed_by INTEGER,
	closed_name VARCHAR(60) NOT NULL,
	subdistrict_id INTEGER NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_defence PRIMARY KEY (id),
	CONSTRAINT uq_defence_subdistrict_id_year UNIQUE (subdistrict_id, year),
	CONSTRAINT ck_defence_year CHECK (year BETWEEN 2000 AND 2100),
	CONSTRAINT ck_defence_minutes CHECK (minutes BETWEEN 1 AND 60),
	CONSTRAINT ck_defence_criteria CHECK (background + course + results + delivery = 100),
	CONSTRAINT fk_defence_made_by FOREIGN KEY(made_by) REFERENCES account (id),
	CONSTRAINT fk_defence_closed_by FOREIGN KEY(closed_by) REFERENCES account (id),
	CONSTRAINT fk_defence_subdistrict_id FOREIGN KEY(subdistrict_id) REFERENCES subdistrict (id)
);

CREATE INDEX ix_defence_closed_by ON defence (closed_by);

CREATE INDEX ix_defence_made_by ON defence (made_by);

CREATE INDEX ix_defence_subdistrict_id ON defence (subdistrict_id);

CREATE TABLE defence_entry (
	id INTEGER NOT NULL,
	defence_id INTEGER NOT NULL,
	project_id INTEGER NOT NULL,
	position INTEGER NOT NULL,
	number VARCHAR(24) NOT NULL,
	title VARCHAR(200) NOT NULL,
	community VARCHAR(60) NOT NULL,
	leader_id INTEGER NOT NULL,
	leader_name VARCHAR(60) NOT NULL,
	award VARCHAR(200) NOT NULL,
	subdistrict_id INTEGER NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_defence_entry PRIMARY KEY (id),
	CONSTRAINT uq_defence_entry_defence_id_project_id UNIQUE (defence_id, project_id),
	CONSTRAINT fk_defence_entry_defence_id FOREIGN KEY(defence_id) REFERENCES defence (id),
	CONSTRAINT fk_defence_entry_project_id FOREIGN KEY(project_id) REFERENCES project (id),
	CONSTRAINT fk_defence_entry_leader_id FOREIGN KEY(leader_id) REFERENCES account (id),
	CONSTRAINT fk_defence_entry_subdistrict_id FOREIGN KEY(subdistrict_id) REFERENCES subdistrict (id)
);

CREATE INDEX ix_defence_entry_leader_id ON defence_entry (leader_id);

CREATE INDEX ix_defence_entry_project_id ON defence_entry (project_id);

CREATE INDEX ix_defence_entry_subdistrict_id ON defence_entry (subdistrict_id);

CREATE TABLE defence_judge (
	id INTEGER NOT NULL,
	defence_id INTEGER NOT NULL,
	account_id INTEGER,
	account_name VARCHAR(60) NOT NULL,
	outside_name VARCHAR(60) NOT NULL,
	office VARCHAR(200) NOT NULL,
	left_on DATE,
	subdistrict_id INTEGER NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_defence_judge PRIMARY KEY (id),
	CONSTRAINT uq_defence_judge_defence_id_account_id UNIQUE (defence_id, account_id),
	CONSTRAINT fk_defence_judge_defence_id FOREIGN KEY(defence_id) REFERENCES defence (id),
	CONSTRAINT fk_defence_judge_account_id FOREIGN KEY(account_id) REFERENCES account (id),
	CONSTRAINT fk_defence_judge_subdistrict_id FOREIGN KEY(subdistrict_id) REFERENCES subdistrict (id)
);

CREATE INDEX ix_defence_judge_account_id ON defence_judge (account_id);

CREATE INDEX ix_defence_judge_defence_id ON defence_judge (defence_id);

CREATE INDEX ix_defence_judge_subdistrict_id ON defence_judge (subdistrict_id);

CREATE TABLE led_project (
	id INTEGER NOT NULL,
	project_id INTEGER NOT NULL,
	year INTEGER NOT NULL,
	direction VARCHAR(32) NOT NULL,
	community_id INTEGER NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_led_project PRIMARY KEY (id),
	CONSTRAINT uq_led_project_project_id UNIQUE (project_id),
	CONSTRAINT ck_led_project_year CHECK (year BETWEEN 2000 AND 2100),
	CONSTRAINT fk_led_project_project_id FOREIGN KEY(project_id) REFERENCES project (id),
	CONSTRAINT ck_led_project_projectdirection CHECK (direction IN ('core', 'leaders', 'channels')),
	CONSTRAINT fk_led_project_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_led_project_year ON led_project (year, direction);

CREATE TABLE project_duty (
	id INTEGER NOT NULL,
	project_id INTEGER NOT NULL,
	person_id INTEGER NOT NULL,
	person_name VARCHAR(60) NOT NULL,
	part VARCHAR(32) NOT NULL,
	what VARCHAR(200) NOT NULL,
	since DATE NOT NULL,
	until DATE,
	follows_id INTEGER,
	handed_on BOOLEAN NOT NULL,
	set_by INTEGER NOT NULL,
	set_name VARCHAR(60) NOT NULL,
	community_id INTEGER NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_project_duty PRIMARY KEY (id),
	CONSTRAINT ck_project_duty_days CHECK (until IS NULL OR until >= since),
	CONSTRAINT fk_project_duty_project_id FOREIGN KEY(project_id) REFERENCES project (id),
	CONSTRAINT fk_project_duty_person_id FOREIGN KEY(person_id) REFERENCES account (id),
	CONSTRAINT ck_project_duty_stagepart CHECK (part IN ('lead', 'assist')),
	CONSTRAINT fk_project_duty_follows_id FOREIGN KEY(follows_id) REFERENCES project_duty (id),
	CONSTRAINT fk_project_duty_set_by FOREIGN KEY(set_by) REFERENCES account (id),
	CONSTRAINT fk_project_duty_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_project_duty_follows_id ON project_duty (follows_id);

CREATE INDEX ix_project_duty_person_id ON project_duty (person_id);

CREATE INDEX ix_project_duty_project ON project_duty (project_id, until);

CREATE INDEX ix_project_duty_set_by ON project_duty (set_by);

CREATE TABLE defence_sheet (
	id INTEGER NOT NULL,
	entry_id INTEGER NOT NULL,
	judge_id INTEGER NOT NULL,
	background INTEGER NOT NULL,
	course INTEGER NOT NULL,
	results INTEGER NOT NULL,
	delivery INTEGER NOT NULL,
	of_background INTEGER NOT NULL,
	of_course INTEGER NOT NULL,
	of_results INTEGER NOT NULL,
	of_delivery INTEGER NOT NULL,
	remark VARCHAR(200) NOT NULL,
	given_by INTEGER NOT NULL,
	given_name VARCHAR(60) NOT NULL,
	given_at DATETIME NOT NULL,
	subdistrict_id INTEGER NOT NULL,
	CONSTRAINT pk_defence_sheet PRIMARY KEY (id),
	CONSTRAINT uq_defence_sheet_entry_id_judge_id UNIQUE (entry_id, judge_id),
	CONSTRAINT ck_defence_sheet_background CHECK (background BETWEEN 0 AND of_background),
	CONSTRAINT ck_defence_sheet_course CHECK (course BETWEEN 0 AND of_course),
	CONSTRAINT ck_defence_sheet_results CHECK (results BETWEEN 0 AND of_results),
	CONSTRAINT ck_defence_sheet_delivery CHECK (delivery BETWEEN 0 AND of_delivery),
	CONSTRAINT ck_defence_sheet_criteria CHECK (of_background + of_course + of_results + of_delivery = 100),
	CONSTRAINT fk_defence_sheet_entry_id FOREIGN KEY(entry_id) REFERENCES defence_entry (id),
	CONSTRAINT fk_defence_sheet_judge_id FOREIGN KEY(judge_id) REFERENCES defence_judge (id),
	CONSTRAINT fk_defence_sheet_given_by FOREIGN KEY(given_by) REFERENCES account (id),
	CONSTRAINT fk_defence_sheet_subdistrict_id FOREIGN KEY(subdistrict_id) REFERENCES subdistrict (id)
);

CREATE INDEX ix_defence_sheet_given_by ON defence_sheet (given_by);

CREATE INDEX ix_defence_sheet_judge_id ON defence_sheet (judge_id);

CREATE INDEX ix_defence_sheet_subdistrict_id ON defence_sheet (subdistrict_id);

CREATE TABLE indicator_class (
	id INTEGER NOT NULL,
	indicator_id INTEGER NOT NULL,
	sort VARCHAR(32) NOT NULL,
	community_id INTEGER NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_indicator_class PRIMARY KEY (id),
	CONSTRAINT uq_indicator_class_indicator_id UNIQUE (indicator_id),
	CONSTRAINT fk_indicator_class_indicator_id FOREIGN KEY(indicator_id) REFERENCES indicator (id),
	CONSTRAINT ck_indicator_class_goalclass CHECK (sort IN ('visits', 'households', 'sessions', 'facilities', 'satisfaction', 'other')),
	CONSTRAINT fk_indicator_class_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE TABLE reported_figure (
	id INTEGER NOT NULL,
	what VARCHAR(32) NOT NULL,
	period VARCHAR(8) NOT NULL,
	since DATE NOT NULL,
	until DATE NOT NULL,
	community_id INTEGER,
	squad_id INTEGER,
	numerator INTEGER NOT NULL,
	denominator INTEGER,
	restricted BOOLEAN NOT NULL,
	words VARCHAR(500) NOT NULL,
	at DATETIME NOT NULL,
	"by" INTEGER NOT NULL,
	subdistrict_id INTEGER NOT NULL,
	CONSTRAINT pk_reported_figure PRIMARY KEY (id),
	CONSTRAINT ck_reported_figure_parts CHECK (numerator >= 0 AND denominator >= 0),
	CONSTRAINT ck_reported_figure_resultfigure CHECK (what IN ('participation', 'solved', 'hours', 'satisfaction', 'sessions', 'beneficiaries', 'livelihood')),
	CONSTRAINT fk_reported_figure_community_id FOREIGN KEY(community_id) REFERENCES community (id),
	CONSTRAINT fk_reported_figure_squad_id FOREIGN KEY(squad_id) REFERENCES squad (id),
	CONSTRAINT fk_reported_figure_by FOREIGN KEY("by") REFERENCES account (id),
	CONSTRAINT fk_reported_figure_subdistrict_id FOREIGN KEY(subdistrict_id) REFERENCES subdistrict (id)
);

CREATE INDEX ix_reported_figure_by ON reported_figure ("by");

CREATE INDEX ix_reported_figure_community_id ON reported_figure (community_id);

CREATE INDEX ix_reported_figure_squad_id ON reported_figure (squad_id);

CREATE INDEX ix_reported_figure_subdistrict_id ON reported_figure (subdistrict_id);

CREATE INDEX ix_reported_figure_what ON reported_figure (subdistrict_id, what, id);

CREATE TABLE commitment (
	id INTEGER NOT NULL,
	number VARCHAR(24) NOT NULL,
	member_id INTEGER NOT NULL,
	year INTEGER NOT NULL,
	instant BOOLEAN NOT NULL,
	whom VARCHAR(200) NOT NULL,
	what VARCHAR(200) NOT NULL,
	rhythm VARCHAR(32),
	times INTEGER NOT NULL,
	starts_on DATE,
	until DATE,
	measure VARCHAR(60) NOT NULL,
	need_id INTEGER,
	series_id INTEGER,
	state VARCHAR(32) NOT NULL,
	state_since DATETIME NOT NULL,
	made_by INTEGER NOT NULL,
	made_at DATETIME NOT NULL,
	reviewed_by INTEGER,
	reviewed_name VARCHAR(60) NOT NULL,
	reviewed_at DATETIME,
	review_word VARCHAR(200) NOT NULL,
	published_on DATE,
	ended_reason VARCHAR(200) NOT NULL,
	verdict VARCHAR(32),
	judged_by INTEGER,
	judged_name VARCHAR(60) NOT NULL,
	judged_at DATETIME,
	judged_word VARCHAR(200) NOT NULL,
	cause VARCHAR(200) NOT NULL,
	community_id INTEGER NOT NULL,
	account_id INTEGER,
	version INTEGER NOT NULL,
	CONSTRAINT pk_commitment PRIMARY KEY (id),
	CONSTRAINT uq_commitment_community_id_number UNIQUE (community_id, number),
	CONSTRAINT ck_commitment_days CHECK (until IS NULL OR starts_on IS NULL OR until >= starts_on),
	CONSTRAINT ck_commitment_times CHECK (times BETWEEN 1 AND 31),
	CONSTRAINT ck_commitment_year CHECK (year BETWEEN 2000 AND 2100),
	CONSTRAINT fk_commitment_member_id FOREIGN KEY(member_id) REFERENCES member (id),
	CONSTRAINT ck_commitment_promiserhythm CHECK (rhythm IN ('once', 'weekly', 'fortnightly', 'monthly', 'quarterly', 'yearly')),
	CONSTRAINT fk_commitment_need_id FOREIGN KEY(need_id) REFERENCES need (id),
	CONSTRAINT fk_commitment_series_id FOREIGN KEY(series_id) REFERENCES order_series (id),
	CONSTRAINT ck_commitment_commitmentstate CHECK (state IN ('draft', 'submitted', 'approved', 'published', 'keeping', 'paused', 'to_judge', 'judged', 'ended')),
	CONSTRAINT fk_commitment_made_by FOREIGN KEY(made_by) REFERENCES account (id),
	CONSTRAINT fk_commitment_reviewed_by FOREIGN KEY(reviewed_by) REFERENCES account (id),
	CONSTRAINT ck_commitment_verdict CHECK (verdict IN ('good', 'rather_good', 'fair', 'poor')),
	CONSTRAINT fk_commitment_judged_by FOREIGN KEY(judged_by) REFERENCES account (id),
	CONSTRAINT fk_commitment_community_id FOREIGN KEY(community_id) REFERENCES community (id),
	CONSTRAINT fk_commitment_account_id FOREIGN KEY(account_id) REFERENCES account (id)
);

CREATE INDEX ix_commitment_account_id ON commitment (account_id);

CREATE INDEX ix_commitment_judged_by ON commitment (judged_by);

CREATE INDEX ix_commitment_listed ON commitment (community_id, state, id);

CREATE INDEX ix_commitment_made_by ON commitment (made_by);

CREATE INDEX ix_commitment_member ON commitment (member_id, year);

CREATE INDEX ix_commitment_need_id ON commitment (need_id);

CREATE INDEX ix_commitment_reviewed_by ON commitment (reviewed_by);

CREATE INDEX ix_commitment_series_id ON commitment (series_id);

CREATE TABLE quarter_sheet (
	id INTEGER NOT NULL,
	member_id INTEGER NOT NULL,
	branch_id INTEGER NOT NULL,
	first DATE NOT NULL,
	state VARCHAR(32) NOT NULL,
	figures JSON NOT NULL,
	quotes JSON NOT NULL,
	example VARCHAR(200) NOT NULL,
	confirmed_by INTEGER,
	confirmed_at DATETIME,
	reviewed_by INTEGER,
	reviewed_name VARCHAR(60) NOT NULL,
	reviewed_at DATETIME,
	review_word VARCHAR(200) NOT NULL,
	posted_on DATE,
	community_id INTEGER NOT NULL,
	account_id INTEGER,
	version INTEGER NOT NULL,
	CONSTRAINT pk_quarter_sheet PRIMARY KEY (id),
	CONSTRAINT uq_quarter_sheet_member_id_first UNIQUE (member_id, first),
	CONSTRAINT fk_quarter_sheet_member_id FOREIGN KEY(member_id) REFERENCES member (id),
	CONSTRAINT fk_quarter_sheet_branch_id FOREIGN KEY(branch_id) REFERENCES branch (id),
	CONSTRAINT ck_quarter_sheet_sheetstate CHECK (state IN ('draft', 'confirmed', 'reviewed', 'posted')),
	CONSTRAINT fk_quarter_sheet_confirmed_by FOREIGN KEY(confirmed_by) REFERENCES account (id),
	CONSTRAINT fk_quarter_sheet_reviewed_by FOREIGN KEY(reviewed_by) REFERENCES account (id),
	CONSTRAINT fk_quarter_sheet_community_id FOREIGN KEY(community_id) REFERENCES community (id),
	CONSTRAINT fk_quarter_sheet_account_id FOREIGN KEY(account_id) REFERENCES account (id)
);

CREATE INDEX ix_quarter_sheet_account_id ON quarter_sheet (account_id);

CREATE INDEX ix_quarter_sheet_branch_id ON quarter_sheet (branch_id);

CREATE INDEX ix_quarter_sheet_confirmed_by ON quarter_sheet (confirmed_by);

CREATE INDEX ix_quarter_sheet_first ON quarter_sheet (community_id, first);

CREATE INDEX ix_quarter_sheet_reviewed_by ON quarter_sheet (reviewed_by);

CREATE TABLE wall_code (
	id INTEGER NOT NULL,
	member_id INTEGER NOT NULL,
	code BLOB NOT NULL,
	code_index VARCHAR(32) NOT NULL,
	made_by INTEGER NOT NULL,
	made_at DATETIME NOT NULL,
	revoked_at DATETIME,
	community_id INTEGER NOT NULL,
	account_id INTEGER,
	version INTEGER NOT NULL,
	CONSTRAINT pk_wall_code PRIMARY KEY (id),
	CONSTRAINT fk_wall_code_member_id FOREIGN KEY(member_id) REFERENCES member (id),
	CONSTRAINT uq_wall_code_code_index UNIQUE (code_index),
	CONSTRAINT fk_wall_code_made_by FOREIGN KEY(made_by) REFERENCES account (id),
	CONSTRAINT fk_wall_code_community_id FOREIGN KEY(community_id) REFERENCES community (id),
	CONSTRAINT fk_wall_code_account_id FOREIGN KEY(account_id) REFERENCES account (id)
);

CREATE INDEX ix_wall_code_account_id ON wall_code (account_id);

CREATE INDEX ix_wall_code_made_by ON wall_code (made_by);

CREATE INDEX ix_wall_code_member_id ON wall_code (member_id);

CREATE UNIQUE INDEX uq_wall_code_valid ON wall_code (member_id) WHERE revoked_at IS NULL;

CREATE TABLE commitment_miss (
	id INTEGER NOT NULL,
	commitment_id INTEGER NOT NULL,
	first DATE NOT NULL,
	reason VARCHAR(200) NOT NULL,
	at DATETIME NOT NULL,
	"by" INTEGER NOT NULL,
	community_id INTEGER NOT NULL,
	account_id INTEGER,
	CONSTRAINT pk_commitment_miss PRIMARY KEY (id),
	CONSTRAINT uq_commitment_miss_commitment_id_first UNIQUE (commitment_id, first),
	CONSTRAINT fk_commitment_miss_commitment_id FOREIGN KEY(commitment_id) REFERENCES commitment (id),
	CONSTRAINT fk_commitment_miss_by FOREIGN KEY("by") REFERENCES account (id),
	CONSTRAINT fk_commitment_miss_community_id FOREIGN KEY(community_id) REFERENCES community (id),
	CONSTRAINT fk_commitment_miss_account_id FOREIGN KEY(account_id) REFERENCES account (id)
);

CREATE INDEX ix_commitment_miss_account_id ON commitment_miss (account_id);

CREATE INDEX ix_commitment_miss_by ON commitment_miss ("by");

CREATE TABLE commitment_pause (
	id INTEGER NOT NULL,
	commitment_id INTEGER NOT NULL,
	since DATE NOT NULL,
	until DATE NOT NULL,
	reason VARCHAR(200) NOT NULL,
	made_by INTEGER NOT NULL,
	made_at DATETIME NOT NULL,
	community_id INTEGER NOT NULL,
	account_id INTEGER,
	CONSTRAINT pk_commitment_pause PRIMARY KEY (id),
	CONSTRAINT ck_commitment_pause_days CHECK (until >= since),
	CONSTRAINT fk_commitment_pause_commitment_id FOREIGN KEY(commitment_id) REFERENCES commitment (id),
	CONSTRAINT fk_commitment_pause_made_by FOREIGN KEY(made_by) REFERENCES account (id),
	CONSTRAINT fk_commitment_pause_community_id FOREIGN KEY(community_id) REFERENCES community (id),
	CONSTRAINT fk_commitment_pause_account_id FOREIGN KEY(account_id) REFERENCES account (id)
);

CREATE INDEX ix_commitment_pause_account_id ON commitment_pause (account_id);

CREATE INDEX ix_commitment_pause_commitment ON commitment_pause (commitment_id, since);

CREATE INDEX ix_commitment_pause_made_by ON commitment_pause (made_by);

CREATE TABLE commitment_step (
	id INTEGER NOT NULL,
	commitment_id INTEGER NOT NULL,
	kind VARCHAR(32) NOT NULL,
	word VARCHAR(200) NOT NULL,
	at DATETIME NOT NULL,
	"by" INTEGER,
	community_id INTEGER NOT NULL,
	account_id INTEGER,
	CONSTRAINT pk_commitment_step PRIMARY KEY (id),
	CONSTRAINT fk_commitment_step_commitment_id FOREIGN KEY(commitment_id) REFERENCES commitment (id),
	CONSTRAINT ck_commitment_step_commitmenthappening CHECK (kind IN ('written', 'submitted', 'taken_back', 'returned', 'approved', 'published', 'begun', 'paused', 'resumed', 'changed', 'fell_due', 'judged', 'ended')),
	CONSTRAINT fk_commitment_step_by FOREIGN KEY("by") REFERENCES account (id),
	CONSTRAINT fk_commitment_step_community_id FOREIGN KEY(community_id) REFERENCES community (id),
	CONSTRAINT fk_commitment_step_account_id FOREIGN KEY(account_id) REFERENCES account (id)
);

CREATE INDEX ix_commitment_step_account_id ON commitment_step (account_id);

CREATE INDEX ix_commitment_step_by ON commitment_step ("by");

CREATE INDEX ix_commitment_step_commitment ON commitment_step (commitment_id, id);

CREATE TABLE commitment_verdict (
	id INTEGER NOT NULL,
	commitment_id INTEGER NOT NULL,
	side VARCHAR(32) NOT NULL,
	way VARCHAR(32) NOT NULL,
	verdict VARCHAR(32),
	number INTEGER NOT NULL,
	words VARCHAR(200) NOT NULL,
	quotable BOOLEAN NOT NULL,
	at DATETIME NOT NULL,
	"by" INTEGER NOT NULL,
	follow_until DATE,
	followed_at DATETIME,
	followed_by INTEGER,
	followed_word VARCHAR(200) NOT NULL,
	struck_at DATETIME,
	struck_by INTEGER,
	struck_reason VARCHAR(200) NOT NULL,
	community_id INTEGER NOT NULL,
	account_id INTEGER,
	version INTEGER NOT NULL,
	CONSTRAINT pk_commitment_verdict PRIMARY KEY (id),
	CONSTRAINT ck_commitment_verdict_number CHECK (number BETWEEN 1 AND 500),
	CONSTRAINT fk_commitment_verdict_commitment_id FOREIGN KEY(commitment_id) REFERENCES commitment (id),
	CONSTRAINT ck_commitment_verdict_judgeside CHECK (side IN ('residents', 'members', 'organisation')),
	CONSTRAINT ck_commitment_verdict_judgeway CHECK (way IN ('phone', 'paper', 'meeting', 'visit')),
	CONSTRAINT ck_commitment_verdict_verdict CHECK (verdict IN ('good', 'rather_good', 'fair', 'poor')),
	CONSTRAINT fk_commitment_verdict_by FOREIGN KEY("by") REFERENCES account (id),
	CONSTRAINT fk_commitment_verdict_followed_by FOREIGN KEY(followed_by) REFERENCES account (id),
	CONSTRAINT fk_commitment_verdict_struck_by FOREIGN KEY(struck_by) REFERENCES account (id),
	CONSTRAINT fk_commitment_verdict_community_id FOREIGN KEY(community_id) REFERENCES community (id),
	CONSTRAINT fk_commitment_verdict_account_id FOREIGN KEY(account_id) REFERENCES account (id)
);

CREATE INDEX ix_commitment_verdict_account_id ON commitment_verdict (account_id);

CREATE INDEX ix_commitment_verdict_by ON commitment_verdict ("by");

CREATE INDEX ix_commitment_verdict_commitment ON commitment_verdict (commitment_id, id);

CREATE INDEX ix_commitment_verdict_follow ON commitment_verdict (follow_until) WHERE follow_until IS NOT NULL;

CREATE INDEX ix_commitment_verdict_followed_by ON commitment_verdict (followed_by);

CREATE INDEX ix_commitment_verdict_struck_by ON commitment_verdict (struck_by);

CREATE TABLE commitment_version (
	id INTEGER NOT NULL,
	commitment_id INTEGER NOT NULL,
	number INTEGER NOT NULL,
	whom VARCHAR(200) NOT NULL,
	what VARCHAR(200) NOT NULL,
	rhythm VARCHAR(32) NOT NULL,
	times INTEGER NOT NULL,
	starts_on DATE NOT NULL,
	until DATE NOT NULL,
	measure VARCHAR(60) NOT NULL,
	until_day DATE NOT NULL,
	reason VARCHAR(200) NOT NULL,
	changed_at DATETIME NOT NULL,
	changed_by INTEGER NOT NULL,
	community_id INTEGER NOT NULL,
	account_id INTEGER,
	CONSTRAINT pk_commitment_version PRIMARY KEY (id),
	CONSTRAINT uq_commitment_version_commitment_id_number UNIQUE (commitment_id, number),
	CONSTRAINT fk_commitment_version_commitment_id FOREIGN KEY(commitment_id) REFERENCES commitment (id),
	CONSTRAINT ck_commitment_version_promiserhythm CHECK (rhythm IN ('once', 'weekly', 'fortnightly', 'monthly', 'quarterly', 'yearly')),
	CONSTRAINT fk_commitment_version_changed_by FOREIGN KEY(changed_by) REFERENCES account (id),
	CONSTRAINT fk_commitment_version_community_id FOREIGN KEY(community_id) REFERENCES community (id),
	CONSTRAINT fk_commitment_version_account_id FOREIGN KEY(account_id) REFERENCES account (id)
);

CREATE INDEX ix_commitment_version_account_id ON commitment_version (account_id);

CREATE INDEX ix_commitment_version_changed_by ON commitment_version (changed_by);

CREATE TABLE keeping (
	id INTEGER NOT NULL,
	commitment_id INTEGER NOT NULL,
	"on" DATE NOT NULL,
	witness VARCHAR(32) NOT NULL,
	witness_name VARCHAR(60) NOT NULL,
	order_id INTEGER,
	activity_id INTEGER,
	words VARCHAR(200) NOT NULL,
	people INTEGER NOT NULL,
	late BOOLEAN NOT NULL,
	entered_at DATETIME NOT NULL,
	entered_by INTEGER NOT NULL,
	confirmed_by INTEGER,
	confirmed_at DATETIME,
	struck_by INTEGER,
	struck_at DATETIME,
	struck_reason VARCHAR(200) NOT NULL,
	community_id INTEGER NOT NULL,
	account_id INTEGER,
	version INTEGER NOT NULL,
	CONSTRAINT pk_keeping PRIMARY KEY (id),
	CONSTRAINT ck_keeping_second_person CHECK (confirmed_by IS NULL OR confirmed_by <> entered_by),
	CONSTRAINT fk_keeping_commitment_id FOREIGN KEY(commitment_id) REFERENCES commitment (id),
	CONSTRAINT ck_keeping_witnesskind CHECK (witness IN ('resident', 'colleague', 'staff', 'order', 'activity', 'none')),
	CONSTRAINT fk_keeping_order_id FOREIGN KEY(order_id) REFERENCES service_order (id),
	CONSTRAINT fk_keeping_activity_id FOREIGN KEY(activity_id) REFERENCES activity (id),
	CONSTRAINT fk_keeping_entered_by FOREIGN KEY(entered_by) REFERENCES account (id),
	CONSTRAINT fk_keeping_confirmed_by FOREIGN KEY(confirmed_by) REFERENCES account (id),
	CONSTRAINT fk_keeping_struck_by FOREIGN KEY(struck_by) REFERENCES account (id),
	CONSTRAINT fk_keeping_community_id FOREIGN KEY(community_id) REFERENCES community (id),
	CONSTRAINT fk_keeping_account_id FOREIGN KEY(account_id) REFERENCES account (id)
);

CREATE INDEX ix_keeping_account_id ON keeping (account_id);

CREATE INDEX ix_keeping_activity_id ON keeping (activity_id);

CREATE INDEX ix_keeping_commitment ON keeping (commitment_id, "on");

CREATE INDEX ix_keeping_confirmed_by ON keeping (confirmed_by);

CREATE INDEX ix_keeping_day ON keeping (community_id, "on");

CREATE INDEX ix_keeping_entered_by ON keeping (entered_by);

CREATE INDEX ix_keeping_order_id ON keeping (order_id);

CREATE INDEX ix_keeping_struck_by ON keeping (struck_by);

CREATE UNIQUE INDEX uq_keeping_order ON keeping (commitment_id, order_id) WHERE struck_at IS NULL;

CREATE TABLE mediation_escalation (
	id INTEGER NOT NULL,
	mediation_id INTEGER NOT NULL,
	level VARCHAR(32) NOT NULL,
	name VARCHAR(200) NOT NULL,
	reason VARCHAR(1000) NOT NULL,
	raised_on DATE NOT NULL,
	raised_by INTEGER NOT NULL,
	raised_name VARCHAR(60) NOT NULL,
	due_on DATE NOT NULL,
	answer VARCHAR(1000) NOT NULL,
	answered_on DATE,
	answered_by INTEGER,
	answered_name VARCHAR(60) NOT NULL,
	settled BOOLEAN NOT NULL,
	community_id INTEGER NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_mediation_escalation PRIMARY KEY (id),
	CONSTRAINT ck_mediation_escalation_due CHECK (due_on >= raised_on),
	CONSTRAINT fk_mediation_escalation_mediation_id FOREIGN KEY(mediation_id) REFERENCES mediation (id),
	CONSTRAINT ck_mediation_escalation_escalationto CHECK (level IN ('subdistrict', 'department')),
	CONSTRAINT fk_mediation_escalation_raised_by FOREIGN KEY(raised_by) REFERENCES account (id),
	CONSTRAINT fk_mediation_escalation_answered_by FOREIGN KEY(answered_by) REFERENCES account (id),
	CONSTRAINT fk_mediation_escalation_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_mediation_escalation_answered_by ON mediation_escalation (answered_by);

CREATE INDEX ix_mediation_escalation_mediation_id ON mediation_escalation (mediation_id);

CREATE INDEX ix_mediation_escalation_open ON mediation_escalation (community_id, answered_on, due_on);

CREATE INDEX ix_mediation_escalation_raised_by ON mediation_escalation (raised_by);

