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

CREATE TABLE walking_rule (
	id INTEGER NOT NULL,
	since DATE NOT NULL,
	detour INTEGER NOT NULL,
	pace INTEGER NOT NULL,
	subdistrict_id INTEGER NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_walking_rule PRIMARY KEY (id),
	CONSTRAINT uq_walking_rule_subdistrict_id_since UNIQUE (subdistrict_id, since),
	CONSTRAINT fk_walking_rule_subdistrict_id FOREIGN KEY(subdistrict_id) REFERENCES subdistrict (id)
);

CREATE INDEX ix_walking_rule_subdistrict_id ON walking_rule (subdistrict_id);

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

CREATE TABLE building_spot (
	id INTEGER NOT NULL,
	place_id INTEGER NOT NULL,
	building VARCHAR(60) NOT NULL,
	latitude INTEGER,
	longitude INTEGER,
	datum VARCHAR(32) NOT NULL,
	households INTEGER,
	community_id INTEGER NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_building_spot PRIMARY KEY (id),
	CONSTRAINT uq_building_spot_place_id_building UNIQUE (place_id, building),
	CONSTRAINT ck_building_spot_point CHECK ((latitude IS NULL) = (longitude IS NULL)),
	CONSTRAINT fk_building_spot_place_id FOREIGN KEY(place_id) REFERENCES place (id),
	CONSTRAINT ck_building_spot_datum CHECK (datum IN ('gcj02', 'wgs84')),
	CONSTRAINT fk_building_spot_community_id FOREIGN KEY(community_id) REFERENCES community (id)
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

CREATE TABLE progress_code (
	id INTEGER NOT NULL,
	code BLOB NOT NULL,
	code_index VARCHAR(32) NOT NULL,
	made_by INTEGER NOT NULL,
	made_at DATETIME NOT NULL,
	revoked_at DATETIME,
	community_id INTEGER NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_progress_code PRIMARY KEY (id),
	CONSTRAINT uq_progress_code_code_index UNIQUE (code_index),
	CONSTRAINT fk_progress_code_made_by FOREIGN KEY(made_by) REFERENCES account (id),
	CONSTRAINT fk_progress_code_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_progress_code_made_by ON progress_code (made_by);

CREATE UNIQUE INDEX uq_progress_code_valid ON progress_code (community_id) WHERE revoked_at IS NULL;

CREATE TABLE screen_choice (
	id INTEGER NOT NULL,
	parts VARCHAR(200) NOT NULL,
	chosen_by INTEGER NOT NULL,
	chosen_at DATETIME NOT NULL,
	community_id INTEGER NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_screen_choice PRIMARY KEY (id),
	CONSTRAINT uq_screen_choice_community_id UNIQUE (community_id),
	CONSTRAINT fk_screen_choice_chosen_by FOREIGN KEY(chosen_by) REFERENCES account (id),
	CONSTRAINT fk_screen_choice_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_screen_choice_chosen_by ON screen_choice (chosen_by);

CREATE TABLE venue (
	id INTEGER NOT NULL,
	name VARCHAR(60) NOT NULL,
	kind VARCHAR(32) NOT NULL,
	home_id INTEGER,
	unit_id INTEGER,
	address VARCHAR(200) NOT NULL,
	hours JSON NOT NULL,
	holidays VARCHAR(200) NOT NULL,
	desk_phone VARCHAR(60) NOT NULL,
	latitude INTEGER,
	longitude INTEGER,
	datum VARCHAR(32) NOT NULL,
	opened_on DATE,
	closed_on DATE,
	closed_reason VARCHAR(200) NOT NULL,
	subdistrict_id INTEGER NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_venue PRIMARY KEY (id),
	CONSTRAINT ck_venue_days CHECK (closed_on IS NULL OR opened_on IS NULL OR closed_on >= opened_on),
	CONSTRAINT ck_venue_point CHECK ((latitude IS NULL) = (longitude IS NULL)),
	CONSTRAINT ck_venue_venuekind CHECK (kind IN ('centre', 'station', 'room', 'post', 'partner', 'other')),
	CONSTRAINT fk_venue_home_id FOREIGN KEY(home_id) REFERENCES community (id),
	CONSTRAINT fk_venue_unit_id FOREIGN KEY(unit_id) REFERENCES unit (id),
	CONSTRAINT ck_venue_datum CHECK (datum IN ('gcj02', 'wgs84')),
	CONSTRAINT fk_venue_subdistrict_id FOREIGN KEY(subdistrict_id) REFERENCES subdistrict (id)
);

CREATE INDEX ix_venue_home_id ON venue (home_id);

CREATE INDEX ix_venue_subdistrict_id ON venue (subdistrict_id);

CREATE INDEX ix_venue_unit_id ON venue (unit_id);

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

CREATE TABLE venue_walk (
	id INTEGER NOT NULL,
	spot_id INTEGER NOT NULL,
	venue_id INTEGER NOT NULL,
	minutes INTEGER NOT NULL,
	community_id INTEGER NOT NULL,
	CONSTRAINT pk_venue_walk PRIMARY KEY (id),
	CONSTRAINT uq_venue_walk_spot_id_venue_id UNIQUE (spot_id, venue_id),
	CONSTRAINT ck_venue_walk_minutes CHECK (minutes BETWEEN 1 AND 240),
	CONSTRAINT fk_venue_walk_spot_id FOREIGN KEY(spot_id) REFERENCES building_spot (id),
	CONSTRAINT fk_venue_walk_venue_id FOREIGN KEY(venue_id) REFERENCES venue (id),
	CONSTRAINT fk_venue_walk_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_venue_walk_venue_id ON venue_walk (venue_id);

CREATE TABLE yearly_review (
	id INTEGER NOT NULL,
	branch_id INTEGER NOT NULL,
	branch_name VARCHAR(60) NOT NULL,
	year INTEGER NOT NULL,
	state VARCHAR(32) NOT NULL,
	opened_on DATE NOT NULL,
	opened_by INTEGER NOT NULL,
	opened_at DATETIME NOT NULL,
	many_reason VARCHAR(200) NOT NULL,
	proposed_by INTEGER,
	proposed_name VARCHAR(60) NOT NULL,
	proposed_at DATETIME,
	returned_word VARCHAR(200) NOT NULL,
	closed_by INTEGER,
	closed_name VARCHAR(60) NOT NULL,
	closed_at DATETIME,
	community_id INTEGER NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_yearly_review PRIMARY KEY (id),
	CONSTRAINT uq_yearly_review_branch_id_year UNIQUE (branch_id, year),
	CONSTRAINT ck_yearly_review_year CHECK (year BETWEEN 2000 AND 2100),
	CONSTRAINT ck_yearly_review_second_person CHECK (closed_by IS NULL OR closed_by <> proposed_by),
	CONSTRAINT fk_yearly_review_branch_id FOREIGN KEY(branch_id) REFERENCES branch (id),
	CONSTRAINT ck_yearly_review_reviewstate CHECK (state IN ('open', 'proposed', 'closed')),
	CONSTRAINT fk_yearly_review_opened_by FOREIGN KEY(opened_by) REFERENCES account (id),
	CONSTRAINT fk_yearly_review_proposed_by FOREIGN KEY(proposed_by) REFERENCES account (id),
	CONSTRAINT fk_yearly_review_closed_by FOREIGN KEY(closed_by) REFERENCES account (id),
	CONSTRAINT fk_yearly_review_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_yearly_review_closed_by ON yearly_review (closed_by);

CREATE INDEX ix_yearly_review_listed ON yearly_review (community_id, year, id);

CREATE INDEX ix_yearly_review_opened_by ON yearly_review (opened_by);

CREATE INDEX ix_yearly_review_proposed_by ON yearly_review (proposed_by);

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

CREATE TABLE reviewed_member (
	id INTEGER NOT NULL,
	review_id INTEGER NOT NULL,
	member_id INTEGER NOT NULL,
	standing VARCHAR(32) NOT NULL,
	standing_word VARCHAR(200) NOT NULL,
	added_on DATE,
	gone_on DATE,
	name BLOB,
	self_words VARCHAR(1000) NOT NULL,
	self_by INTEGER,
	self_at DATETIME,
	peer_words VARCHAR(1000) NOT NULL,
	grade VARCHAR(32),
	grade_reason VARCHAR(200) NOT NULL,
	graded_by INTEGER,
	graded_name VARCHAR(60) NOT NULL,
	graded_at DATETIME,
	evidence JSON NOT NULL,
	told_on DATE,
	community_id INTEGER NOT NULL,
	account_id INTEGER,
	version INTEGER NOT NULL,
	CONSTRAINT pk_reviewed_member PRIMARY KEY (id),
	CONSTRAINT uq_reviewed_member_review_id_member_id UNIQUE (review_id, member_id),
	CONSTRAINT ck_reviewed_member_graded_when_due CHECK (grade IS NULL OR standing = 'due'),
	CONSTRAINT fk_reviewed_member_review_id FOREIGN KEY(review_id) REFERENCES yearly_review (id),
	CONSTRAINT fk_reviewed_member_member_id FOREIGN KEY(member_id) REFERENCES member (id),
	CONSTRAINT ck_reviewed_member_reviewstanding CHECK (standing IN ('due', 'probationary', 'excused', 'left', 'moved', 'merged')),
	CONSTRAINT fk_reviewed_member_self_by FOREIGN KEY(self_by) REFERENCES account (id),
	CONSTRAINT ck_reviewed_member_reviewgrade CHECK (grade IN ('excellent', 'qualified', 'basic', 'unqualified')),
	CONSTRAINT fk_reviewed_member_graded_by FOREIGN KEY(graded_by) REFERENCES account (id),
	CONSTRAINT fk_reviewed_member_community_id FOREIGN KEY(community_id) REFERENCES community (id),
	CONSTRAINT fk_reviewed_member_account_id FOREIGN KEY(account_id) REFERENCES account (id)
);

CREATE INDEX ix_reviewed_member_account_id ON reviewed_member (account_id);

CREATE INDEX ix_reviewed_member_graded_by ON reviewed_member (graded_by);

CREATE INDEX ix_reviewed_member_member ON reviewed_member (member_id);

CREATE INDEX ix_reviewed_member_self_by ON reviewed_member (self_by);

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
	"by" INTEGER,
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
	CONSTRAINT ck_commitment_verdict_judgeway CHECK (way IN ('phone', 'paper', 'meeting', 'visit', 'page')),
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
	witness_name BLOB,
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

CREATE TABLE review_correction (
	id INTEGER NOT NULL,
	reviewed_id INTEGER NOT NULL,
	grade VARCHAR(32) NOT NULL,
	reason VARCHAR(200) NOT NULL,
	asked_by INTEGER NOT NULL,
	asked_name VARCHAR(60) NOT NULL,
	asked_at DATETIME NOT NULL,
	accepted BOOLEAN NOT NULL,
	settled_by INTEGER,
	settled_name VARCHAR(60) NOT NULL,
	settled_at DATETIME,
	community_id INTEGER NOT NULL,
	account_id INTEGER,
	version INTEGER NOT NULL,
	CONSTRAINT pk_review_correction PRIMARY KEY (id),
	CONSTRAINT ck_review_correction_second_person CHECK (NOT accepted OR (settled_by IS NOT NULL AND settled_by <> asked_by)),
	CONSTRAINT fk_review_correction_reviewed_id FOREIGN KEY(reviewed_id) REFERENCES reviewed_member (id),
	CONSTRAINT ck_review_correction_reviewgrade CHECK (grade IN ('excellent', 'qualified', 'basic', 'unqualified')),
	CONSTRAINT fk_review_correction_asked_by FOREIGN KEY(asked_by) REFERENCES account (id),
	CONSTRAINT fk_review_correction_settled_by FOREIGN KEY(settled_by) REFERENCES account (id),
	CONSTRAINT fk_review_correction_community_id FOREIGN KEY(community_id) REFERENCES community (id),
	CONSTRAINT fk_review_correction_account_id FOREIGN KEY(account_id) REFERENCES account (id)
);

CREATE INDEX ix_review_correction_account_id ON review_correction (account_id);

CREATE INDEX ix_review_correction_asked_by ON review_correction (asked_by);

CREATE INDEX ix_review_correction_reviewed ON review_correction (reviewed_id, id);

CREATE INDEX ix_review_correction_settled_by ON review_correction (settled_by);

CREATE UNIQUE INDEX uq_review_correction_open ON review_correction (reviewed_id) WHERE settled_at IS NULL;

CREATE TABLE review_tally (
	id INTEGER NOT NULL,
	reviewed_id INTEGER NOT NULL,
	handed_out INTEGER NOT NULL,
	returned INTEGER NOT NULL,
	valid INTEGER NOT NULL,
	excellent INTEGER NOT NULL,
	qualified INTEGER NOT NULL,
	basic INTEGER NOT NULL,
	unqualified INTEGER NOT NULL,
	counted_by INTEGER NOT NULL,
	counted_name VARCHAR(60) NOT NULL,
	counted_at DATETIME NOT NULL,
	checked_by INTEGER,
	checked_name VARCHAR(60) NOT NULL,
	checked_at DATETIME,
	community_id INTEGER NOT NULL,
	account_id INTEGER,
	version INTEGER NOT NULL,
	CONSTRAINT pk_review_tally PRIMARY KEY (id),
	CONSTRAINT uq_review_tally_reviewed_id UNIQUE (reviewed_id),
	CONSTRAINT ck_review_tally_second_person CHECK (checked_by IS NULL OR checked_by <> counted_by),
	CONSTRAINT ck_review_tally_counts CHECK (excellent >= 0 AND qualified >= 0 AND basic >= 0 AND unqualified >= 0 AND handed_out >= 1),
	CONSTRAINT ck_review_tally_fit CHECK (excellent + qualified + basic + unqualified = valid AND valid <= returned AND returned <= handed_out),
	CONSTRAINT fk_review_tally_reviewed_id FOREIGN KEY(reviewed_id) REFERENCES reviewed_member (id),
	CONSTRAINT fk_review_tally_counted_by FOREIGN KEY(counted_by) REFERENCES account (id),
	CONSTRAINT fk_review_tally_checked_by FOREIGN KEY(checked_by) REFERENCES account (id),
	CONSTRAINT fk_review_tally_community_id FOREIGN KEY(community_id) REFERENCES community (id),
	CONSTRAINT fk_review_tally_account_id FOREIGN KEY(account_id) REFERENCES account (id)
);

CREATE INDEX ix_review_tally_account_id ON review_tally (account_id);

CREATE INDEX ix_review_tally_checked_by ON review_tally (checked_by);

CREATE INDEX ix_review_tally_counted_by ON review_tally (counted_by);

CREATE TABLE diary_entry (
	id INTEGER NOT NULL,
	source VARCHAR(32) NOT NULL,
	activity_id INTEGER,
	order_id INTEGER,
	keeping_id INTEGER,
	project_id INTEGER,
	title VARCHAR(200) NOT NULL,
	"on" DATE NOT NULL,
	body VARCHAR(2000) NOT NULL,
	state VARCHAR(32) NOT NULL,
	written_by INTEGER NOT NULL,
	written_name VARCHAR(60) NOT NULL,
	written_at DATETIME NOT NULL,
	reviewed_by INTEGER,
	reviewed_name VARCHAR(60) NOT NULL,
	reviewed_at DATETIME,
	reason VARCHAR(200) NOT NULL,
	community_id INTEGER NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_diary_entry PRIMARY KEY (id),
	CONSTRAINT ck_diary_entry_one_source CHECK ((CASE WHEN activity_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN order_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN keeping_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN project_id IS NULL THEN 0 ELSE 1 END) = 1),
	CONSTRAINT ck_diary_entry_second_person CHECK (reviewed_by IS NULL OR reviewed_by <> written_by),
	CONSTRAINT ck_diary_entry_diarysource CHECK (source IN ('activity', 'order', 'keeping', 'project')),
	CONSTRAINT fk_diary_entry_activity_id FOREIGN KEY(activity_id) REFERENCES activity (id),
	CONSTRAINT fk_diary_entry_order_id FOREIGN KEY(order_id) REFERENCES service_order (id),
	CONSTRAINT fk_diary_entry_keeping_id FOREIGN KEY(keeping_id) REFERENCES keeping (id),
	CONSTRAINT fk_diary_entry_project_id FOREIGN KEY(project_id) REFERENCES project (id),
	CONSTRAINT ck_diary_entry_diarystate CHECK (state IN ('draft', 'submitted', 'approved', 'taken', 'withdrawn')),
	CONSTRAINT fk_diary_entry_written_by FOREIGN KEY(written_by) REFERENCES account (id),
	CONSTRAINT fk_diary_entry_reviewed_by FOREIGN KEY(reviewed_by) REFERENCES account (id),
	CONSTRAINT fk_diary_entry_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_diary_entry_activity_id ON diary_entry (activity_id);

CREATE INDEX ix_diary_entry_keeping_id ON diary_entry (keeping_id);

CREATE INDEX ix_diary_entry_listed ON diary_entry (community_id, state, id);

CREATE INDEX ix_diary_entry_order_id ON diary_entry (order_id);

CREATE INDEX ix_diary_entry_project_id ON diary_entry (project_id);

CREATE INDEX ix_diary_entry_reviewed_by ON diary_entry (reviewed_by);

CREATE INDEX ix_diary_entry_written_by ON diary_entry (written_by);

CREATE TABLE verdict_code (
	id INTEGER NOT NULL,
	commitment_id INTEGER NOT NULL,
	keeping_id INTEGER NOT NULL,
	code_hash VARCHAR(32) NOT NULL,
	made_by INTEGER NOT NULL,
	made_at DATETIME NOT NULL,
	until DATE NOT NULL,
	used_on DATE,
	revoked_at DATETIME,
	community_id INTEGER NOT NULL,
	account_id INTEGER,
	version INTEGER NOT NULL,
	CONSTRAINT pk_verdict_code PRIMARY KEY (id),
	CONSTRAINT ck_verdict_code_one_end CHECK (used_on IS NULL OR revoked_at IS NULL),
	CONSTRAINT fk_verdict_code_commitment_id FOREIGN KEY(commitment_id) REFERENCES commitment (id),
	CONSTRAINT fk_verdict_code_keeping_id FOREIGN KEY(keeping_id) REFERENCES keeping (id),
	CONSTRAINT uq_verdict_code_code_hash UNIQUE (code_hash),
	CONSTRAINT fk_verdict_code_made_by FOREIGN KEY(made_by) REFERENCES account (id),
	CONSTRAINT fk_verdict_code_community_id FOREIGN KEY(community_id) REFERENCES community (id),
	CONSTRAINT fk_verdict_code_account_id FOREIGN KEY(account_id) REFERENCES account (id)
);

CREATE INDEX ix_verdict_code_account_id ON verdict_code (account_id);

CREATE INDEX ix_verdict_code_commitment_id ON verdict_code (commitment_id);

CREATE INDEX ix_verdict_code_keeping_id ON verdict_code (keeping_id);

CREATE INDEX ix_verdict_code_made_by ON verdict_code (made_by);

CREATE UNIQUE INDEX uq_verdict_code_standing ON verdict_code (keeping_id) WHERE revoked_at IS NULL;

CREATE TABLE diary_outlet (
	id INTEGER NOT NULL,
	entry_id INTEGER NOT NULL,
	outlet VARCHAR(200) NOT NULL,
	went_on DATE NOT NULL,
	taken_by INTEGER NOT NULL,
	taken_at DATETIME NOT NULL,
	down_on DATE,
	down_by INTEGER,
	community_id INTEGER NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_diary_outlet PRIMARY KEY (id),
	CONSTRAINT ck_diary_outlet_days CHECK (down_on IS NULL OR down_on >= went_on),
	CONSTRAINT fk_diary_outlet_entry_id FOREIGN KEY(entry_id) REFERENCES diary_entry (id),
	CONSTRAINT fk_diary_outlet_taken_by FOREIGN KEY(taken_by) REFERENCES account (id),
	CONSTRAINT fk_diary_outlet_down_by FOREIGN KEY(down_by) REFERENCES account (id),
	CONSTRAINT fk_diary_outlet_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_diary_outlet_down_by ON diary_outlet (down_by);

CREATE INDEX ix_diary_outlet_entry ON diary_outlet (entry_id, id);

CREATE INDEX ix_diary_outlet_taken_by ON diary_outlet (taken_by);

CREATE TABLE diary_quote (
	id INTEGER NOT NULL,
	entry_id INTEGER NOT NULL,
	quote_id INTEGER NOT NULL,
	community_id INTEGER NOT NULL,
	CONSTRAINT pk_diary_quote PRIMARY KEY (id),
	CONSTRAINT uq_diary_quote_entry_id_quote_id UNIQUE (entry_id, quote_id),
	CONSTRAINT fk_diary_quote_entry_id FOREIGN KEY(entry_id) REFERENCES diary_entry (id),
	CONSTRAINT fk_diary_quote_quote_id FOREIGN KEY(quote_id) REFERENCES activity_quote (id),
	CONSTRAINT fk_diary_quote_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_diary_quote_quote_id ON diary_quote (quote_id);

CREATE TABLE diary_step (
	id INTEGER NOT NULL,
	entry_id INTEGER NOT NULL,
	kind VARCHAR(32) NOT NULL,
	word VARCHAR(200) NOT NULL,
	at DATETIME NOT NULL,
	"by" INTEGER NOT NULL,
	by_name VARCHAR(60) NOT NULL,
	community_id INTEGER NOT NULL,
	CONSTRAINT pk_diary_step PRIMARY KEY (id),
	CONSTRAINT fk_diary_step_entry_id FOREIGN KEY(entry_id) REFERENCES diary_entry (id),
	CONSTRAINT ck_diary_step_diaryhappening CHECK (kind IN ('drafted', 'amended', 'submitted', 'returned', 'approved', 'taken', 'taken_down', 'withdrawn')),
	CONSTRAINT fk_diary_step_by FOREIGN KEY("by") REFERENCES account (id),
	CONSTRAINT fk_diary_step_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_diary_step_by ON diary_step ("by");

CREATE INDEX ix_diary_step_entry ON diary_step (entry_id, id);

