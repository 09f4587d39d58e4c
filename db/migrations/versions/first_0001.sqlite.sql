CREATE TABLE audit_entry (
	id INTEGER NOT NULL,
	at DATETIME NOT NULL,
	actor_id INTEGER,
	actor_name VARCHAR(60) NOT NULL,
	reason VARCHAR(200) NOT NULL,
	subdistrict_id INTEGER,
	community_id INTEGER,
	table_name VARCHAR(60) NOT NULL,
	row_id INTEGER,
	operation VARCHAR(8) NOT NULL,
	changes JSON NOT NULL,
	hash VARCHAR(64) NOT NULL,
	CONSTRAINT pk_audit_entry PRIMARY KEY (id)
);

CREATE INDEX ix_audit_entry_actor ON audit_entry (actor_id, id);

CREATE INDEX ix_audit_entry_at ON audit_entry (at);

CREATE INDEX ix_audit_entry_community ON audit_entry (community_id, id);

CREATE INDEX ix_audit_entry_subject ON audit_entry (table_name, row_id);

CREATE INDEX ix_audit_entry_table ON audit_entry (table_name, id);

CREATE TABLE audit_head (
	id INTEGER NOT NULL,
	entries INTEGER NOT NULL,
	hash VARCHAR(64) NOT NULL,
	CONSTRAINT pk_audit_head PRIMARY KEY (id),
	CONSTRAINT ck_audit_head_one_row CHECK (id = 1)
);

CREATE TABLE request_key (
	"key" VARCHAR(64) NOT NULL,
	actor_id INTEGER,
	action VARCHAR(60) NOT NULL,
	result JSON,
	at DATETIME NOT NULL,
	CONSTRAINT pk_request_key PRIMARY KEY ("key")
);

CREATE INDEX ix_request_key_at ON request_key (at);

CREATE TABLE sign_in_failure (
	id INTEGER NOT NULL,
	username_index VARCHAR(32) NOT NULL,
	address_index VARCHAR(32) NOT NULL,
	at DATETIME NOT NULL,
	CONSTRAINT pk_sign_in_failure PRIMARY KEY (id)
);

CREATE INDEX ix_sign_in_failure_address ON sign_in_failure (address_index, at);

CREATE INDEX ix_sign_in_failure_username ON sign_in_failure (username_index, at);

CREATE TABLE subdistrict (
	id INTEGER NOT NULL,
	name VARCHAR(200) NOT NULL,
	district VARCHAR(200) NOT NULL,
	CONSTRAINT pk_subdistrict PRIMARY KEY (id),
	CONSTRAINT uq_subdistrict_name UNIQUE (name)
);

CREATE TABLE category (
	id INTEGER NOT NULL,
	name VARCHAR(60) NOT NULL,
	name_en VARCHAR(60) NOT NULL,
	position INTEGER NOT NULL,
	active BOOLEAN NOT NULL,
	subdistrict_id INTEGER NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_category PRIMARY KEY (id),
	CONSTRAINT uq_category_subdistrict_id_name UNIQUE (subdistrict_id, name),
	CONSTRAINT fk_category_subdistrict_id FOREIGN KEY(subdistrict_id) REFERENCES subdistrict (id)
);

CREATE INDEX ix_category_subdistrict_id ON category (subdistrict_id);

CREATE TABLE community (
	id INTEGER NOT NULL,
	name VARCHAR(60) NOT NULL,
	code VARCHAR(12) NOT NULL,
	households INTEGER NOT NULL,
	residents INTEGER NOT NULL,
	desk_phone VARCHAR(60) NOT NULL,
	subdistrict_id INTEGER NOT NULL,
	CONSTRAINT pk_community PRIMARY KEY (id),
	CONSTRAINT uq_community_subdistrict_id_name UNIQUE (subdistrict_id, name),
	CONSTRAINT fk_community_subdistrict_id FOREIGN KEY(subdistrict_id) REFERENCES subdistrict (id)
);

CREATE INDEX ix_community_subdistrict_id ON community (subdistrict_id);

CREATE TABLE complaint_time (
	id INTEGER NOT NULL,
	haste VARCHAR(32) NOT NULL,
	contact_hours INTEGER NOT NULL,
	answer_days INTEGER NOT NULL,
	subdistrict_id INTEGER NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_complaint_time PRIMARY KEY (id),
	CONSTRAINT uq_complaint_time_subdistrict_id_haste UNIQUE (subdistrict_id, haste),
	CONSTRAINT ck_complaint_time_complainthaste CHECK (haste IN ('hotline', 'own', 'urgent', 'safety')),
	CONSTRAINT fk_complaint_time_subdistrict_id FOREIGN KEY(subdistrict_id) REFERENCES subdistrict (id)
);

CREATE INDEX ix_complaint_time_subdistrict_id ON complaint_time (subdistrict_id);

CREATE TABLE holiday_override (
	id INTEGER NOT NULL,
	day DATE NOT NULL,
	workday BOOLEAN NOT NULL,
	note VARCHAR(200) NOT NULL,
	subdistrict_id INTEGER NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_holiday_override PRIMARY KEY (id),
	CONSTRAINT uq_holiday_override_subdistrict_id_day UNIQUE (subdistrict_id, day),
	CONSTRAINT fk_holiday_override_subdistrict_id FOREIGN KEY(subdistrict_id) REFERENCES subdistrict (id)
);

CREATE INDEX ix_holiday_override_subdistrict_id ON holiday_override (subdistrict_id);

CREATE TABLE service (
	id INTEGER NOT NULL,
	name VARCHAR(60) NOT NULL,
	name_en VARCHAR(60) NOT NULL,
	"group" VARCHAR(32) NOT NULL,
	skill VARCHAR(60) NOT NULL,
	fee VARCHAR(32) NOT NULL,
	answer_hours INTEGER NOT NULL,
	finish_days INTEGER NOT NULL,
	minutes INTEGER NOT NULL,
	position INTEGER NOT NULL,
	active BOOLEAN NOT NULL,
	subdistrict_id INTEGER NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_service PRIMARY KEY (id),
	CONSTRAINT uq_service_subdistrict_id_name UNIQUE (subdistrict_id, name),
	CONSTRAINT ck_service_due CHECK (answer_hours >= 1 AND finish_days >= 1),
	CONSTRAINT ck_service_servicegroup CHECK ("group" IN ('home', 'errand', 'repair', 'carry', 'meal', 'health', 'company', 'learning')),
	CONSTRAINT ck_service_feekind CHECK (fee IN ('free', 'low', 'paid')),
	CONSTRAINT fk_service_subdistrict_id FOREIGN KEY(subdistrict_id) REFERENCES subdistrict (id)
);

CREATE INDEX ix_service_subdistrict_id ON service (subdistrict_id);

CREATE TABLE visit_rhythm (
	id INTEGER NOT NULL,
	kind VARCHAR(32) NOT NULL,
	days INTEGER NOT NULL,
	subdistrict_id INTEGER NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_visit_rhythm PRIMARY KEY (id),
	CONSTRAINT uq_visit_rhythm_subdistrict_id_kind UNIQUE (subdistrict_id, kind),
	CONSTRAINT ck_visit_rhythm_householdkind CHECK (kind IN ('ordinary', 'key', 'high_risk')),
	CONSTRAINT fk_visit_rhythm_subdistrict_id FOREIGN KEY(subdistrict_id) REFERENCES subdistrict (id)
);

CREATE INDEX ix_visit_rhythm_subdistrict_id ON visit_rhythm (subdistrict_id);

CREATE TABLE account (
	id INTEGER NOT NULL,
	username VARCHAR(60) NOT NULL,
	name VARCHAR(60) NOT NULL,
	role VARCHAR(32) NOT NULL,
	community_id INTEGER,
	password_hash VARCHAR(80) NOT NULL,
	must_change_password BOOLEAN NOT NULL,
	disabled_at DATETIME,
	sees_restricted BOOLEAN NOT NULL,
	language VARCHAR(32) NOT NULL,
	created_at DATETIME NOT NULL,
	subdistrict_id INTEGER NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_account PRIMARY KEY (id),
	CONSTRAINT uq_account_username UNIQUE (username),
	CONSTRAINT ck_account_community_needed CHECK (role IN ('subdistrict_admin', 'auditor', 'district_viewer') OR community_id IS NOT NULL),
	CONSTRAINT ck_account_role CHECK (role IN ('subdistrict_admin', 'secretary', 'area_worker', 'council_member', 'team_leader', 'volunteer', 'auditor', 'district_viewer', 'display')),
	CONSTRAINT fk_account_community_id FOREIGN KEY(community_id) REFERENCES community (id),
	CONSTRAINT ck_account_language CHECK (language IN ('zh_CN', 'en')),
	CONSTRAINT fk_account_subdistrict_id FOREIGN KEY(subdistrict_id) REFERENCES subdistrict (id)
);

CREATE INDEX ix_account_community_id ON account (community_id);

CREATE INDEX ix_account_subdistrict_id ON account (subdistrict_id);

CREATE TABLE body (
	id INTEGER NOT NULL,
	name VARCHAR(60) NOT NULL,
	kind VARCHAR(32) NOT NULL,
	term INTEGER NOT NULL,
	community_id INTEGER NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_body PRIMARY KEY (id),
	CONSTRAINT uq_body_community_id_name UNIQUE (community_id, name),
	CONSTRAINT ck_body_bodykind CHECK (kind IN ('council', 'residents_representatives', 'residents', 'villagers', 'villagers_representatives', 'owners_advisory')),
	CONSTRAINT fk_body_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE TABLE column_mapping (
	id INTEGER NOT NULL,
	kind VARCHAR(32) NOT NULL,
	headers_hash VARCHAR(64) NOT NULL,
	columns JSON NOT NULL,
	used_at DATETIME NOT NULL,
	community_id INTEGER NOT NULL,
	CONSTRAINT pk_column_mapping PRIMARY KEY (id),
	CONSTRAINT uq_column_mapping_community_id_kind_headers_hash UNIQUE (community_id, kind, headers_hash),
	CONSTRAINT ck_column_mapping_importkind CHECK (kind IN ('households', 'needs', 'volunteers', 'members', 'visits', 'hotline', 'sign_ups')),
	CONSTRAINT fk_column_mapping_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE TABLE need_flow (
	id INTEGER NOT NULL,
	day DATE NOT NULL,
	stage VARCHAR(32) NOT NULL,
	entered INTEGER NOT NULL,
	logged INTEGER NOT NULL,
	community_id INTEGER NOT NULL,
	CONSTRAINT pk_need_flow PRIMARY KEY (id),
	CONSTRAINT uq_need_flow_community_id_day_stage UNIQUE (community_id, day, stage),
	CONSTRAINT ck_need_flow_needstage CHECK (stage IN ('logged', 'handling', 'registered', 'screening', 'screened', 'reserve', 'for_council', 'on_agenda', 'notice', 'to_project', 'in_project', 'ordered', 'answering', 'closed', 'merged', 'void')),
	CONSTRAINT fk_need_flow_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_need_flow_day ON need_flow (day);

CREATE TABLE need_standing (
	id INTEGER NOT NULL,
	category_id INTEGER NOT NULL,
	stage VARCHAR(32) NOT NULL,
	needs INTEGER NOT NULL,
	community_id INTEGER NOT NULL,
	CONSTRAINT pk_need_standing PRIMARY KEY (id),
	CONSTRAINT uq_need_standing_community_id_category_id_stage UNIQUE (community_id, category_id, stage),
	CONSTRAINT ck_need_standing_needs CHECK (needs >= 0),
	CONSTRAINT fk_need_standing_category_id FOREIGN KEY(category_id) REFERENCES category (id),
	CONSTRAINT ck_need_standing_needstage CHECK (stage IN ('logged', 'handling', 'registered', 'screening', 'screened', 'reserve', 'for_council', 'on_agenda', 'notice', 'to_project', 'in_project', 'ordered', 'answering', 'closed', 'merged', 'void')),
	CONSTRAINT fk_need_standing_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_need_standing_category_id ON need_standing (category_id);

CREATE TABLE place (
	id INTEGER NOT NULL,
	name VARCHAR(60) NOT NULL,
	kind VARCHAR(32) NOT NULL,
	households INTEGER NOT NULL,
	community_id INTEGER NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_place PRIMARY KEY (id),
	CONSTRAINT uq_place_community_id_name UNIQUE (community_id, name),
	CONSTRAINT ck_place_placekind CHECK (kind IN ('estate', 'street', 'public')),
	CONSTRAINT fk_place_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE TABLE running_number (
	id INTEGER NOT NULL,
	series VARCHAR(24) NOT NULL,
	year INTEGER NOT NULL,
	last INTEGER NOT NULL,
	community_id INTEGER NOT NULL,
	CONSTRAINT pk_running_number PRIMARY KEY (id),
	CONSTRAINT uq_running_number_community_id_series_year UNIQUE (community_id, series, year),
	CONSTRAINT fk_running_number_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE TABLE service_day (
	id INTEGER NOT NULL,
	day DATE NOT NULL,
	minutes INTEGER NOT NULL,
	records INTEGER NOT NULL,
	community_id INTEGER NOT NULL,
	CONSTRAINT pk_service_day PRIMARY KEY (id),
	CONSTRAINT uq_service_day_community_id_day UNIQUE (community_id, day),
	CONSTRAINT fk_service_day_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE TABLE squad (
	id INTEGER NOT NULL,
	name VARCHAR(60) NOT NULL,
	theme VARCHAR(32) NOT NULL,
	founded_on DATE NOT NULL,
	community_id INTEGER NOT NULL,
	CONSTRAINT pk_squad PRIMARY KEY (id),
	CONSTRAINT uq_squad_community_id_name UNIQUE (community_id, name),
	CONSTRAINT ck_squad_teamtheme CHECK (theme IN ('culture', 'health', 'law', 'environment', 'water')),
	CONSTRAINT fk_squad_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE TABLE auth_session (
	id INTEGER NOT NULL,
	token_hash VARCHAR(64) NOT NULL,
	account_id INTEGER NOT NULL,
	created_at DATETIME NOT NULL,
	last_seen_at DATETIME NOT NULL,
	expires_at DATETIME NOT NULL,
	revoked_at DATETIME,
	device VARCHAR(200) NOT NULL,
	CONSTRAINT pk_auth_session PRIMARY KEY (id),
	CONSTRAINT uq_auth_session_token_hash UNIQUE (token_hash),
	CONSTRAINT fk_auth_session_account_id FOREIGN KEY(account_id) REFERENCES account (id)
);

CREATE INDEX ix_auth_session_account_id ON auth_session (account_id);

CREATE TABLE body_member (
	id INTEGER NOT NULL,
	body_id INTEGER NOT NULL,
	seat INTEGER NOT NULL,
	name VARCHAR(60) NOT NULL,
	capacity VARCHAR(60) NOT NULL,
	account_id INTEGER,
	since DATE NOT NULL,
	until DATE,
	card_hash VARCHAR(64),
	floor_area INTEGER,
	community_id INTEGER NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_body_member PRIMARY KEY (id),
	CONSTRAINT fk_body_member_body_id FOREIGN KEY(body_id) REFERENCES body (id),
	CONSTRAINT fk_body_member_account_id FOREIGN KEY(account_id) REFERENCES account (id),
	CONSTRAINT uq_body_member_card_hash UNIQUE (card_hash),
	CONSTRAINT fk_body_member_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_body_member_account_id ON body_member (account_id);

CREATE INDEX ix_body_member_body ON body_member (body_id, until);

CREATE UNIQUE INDEX uq_body_member_seat ON body_member (body_id, seat) WHERE until IS NULL;

CREATE TABLE display_link (
	id INTEGER NOT NULL,
	name VARCHAR(60) NOT NULL,
	token_hash VARCHAR(64) NOT NULL,
	made_by INTEGER NOT NULL,
	made_at DATETIME NOT NULL,
	revoked_at DATETIME,
	community_id INTEGER NOT NULL,
	CONSTRAINT pk_display_link PRIMARY KEY (id),
	CONSTRAINT uq_display_link_token_hash UNIQUE (token_hash),
	CONSTRAINT fk_display_link_made_by FOREIGN KEY(made_by) REFERENCES account (id),
	CONSTRAINT fk_display_link_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_display_link_made_by ON display_link (made_by);

CREATE TABLE document_template (
	id INTEGER NOT NULL,
	kind VARCHAR(40) NOT NULL,
	name VARCHAR(200) NOT NULL,
	file BLOB NOT NULL,
	sha256 VARCHAR(64) NOT NULL,
	uploaded_by INTEGER NOT NULL,
	uploaded_at DATETIME NOT NULL,
	retired_at DATETIME,
	subdistrict_id INTEGER NOT NULL,
	CONSTRAINT pk_document_template PRIMARY KEY (id),
	CONSTRAINT fk_document_template_uploaded_by FOREIGN KEY(uploaded_by) REFERENCES account (id),
	CONSTRAINT fk_document_template_subdistrict_id FOREIGN KEY(subdistrict_id) REFERENCES subdistrict (id)
);

CREATE INDEX ix_document_template_subdistrict_id ON document_template (subdistrict_id);

CREATE INDEX ix_document_template_uploaded_by ON document_template (uploaded_by);

CREATE UNIQUE INDEX uq_document_template_used ON document_template (subdistrict_id, kind) WHERE retired_at IS NULL;

CREATE TABLE door_phone (
	id INTEGER NOT NULL,
	name VARCHAR(60) NOT NULL,
	token_hash VARCHAR(64) NOT NULL,
	paired_at DATETIME NOT NULL,
	expires_at DATETIME NOT NULL,
	last_seen_at DATETIME NOT NULL,
	revoked_at DATETIME,
	community_id INTEGER NOT NULL,
	account_id INTEGER,
	CONSTRAINT pk_door_phone PRIMARY KEY (id),
	CONSTRAINT uq_door_phone_token_hash UNIQUE (token_hash),
	CONSTRAINT fk_door_phone_community_id FOREIGN KEY(community_id) REFERENCES community (id),
	CONSTRAINT fk_door_phone_account_id FOREIGN KEY(account_id) REFERENCES account (id)
);

CREATE INDEX ix_door_phone_account_id ON door_phone (account_id);

CREATE TABLE door_ticket (
	id INTEGER NOT NULL,
	ticket_hash VARCHAR(64) NOT NULL,
	account_id INTEGER NOT NULL,
	expires_at DATETIME NOT NULL,
	CONSTRAINT pk_door_ticket PRIMARY KEY (id),
	CONSTRAINT uq_door_ticket_ticket_hash UNIQUE (ticket_hash),
	CONSTRAINT fk_door_ticket_account_id FOREIGN KEY(account_id) REFERENCES account (id)
);

CREATE INDEX ix_door_ticket_account_id ON door_ticket (account_id);

CREATE TABLE draft (
	id INTEGER NOT NULL,
	account_id INTEGER NOT NULL,
	page VARCHAR(64) NOT NULL,
	typed BLOB NOT NULL,
	created_at DATETIME NOT NULL,
	expires_at DATETIME NOT NULL,
	CONSTRAINT pk_draft PRIMARY KEY (id),
	CONSTRAINT uq_draft_account_id_page UNIQUE (account_id, page),
	CONSTRAINT fk_draft_account_id FOREIGN KEY(account_id) REFERENCES account (id)
);

CREATE TABLE export (
	id INTEGER NOT NULL,
	account_id INTEGER NOT NULL,
	what VARCHAR(60) NOT NULL,
	rows INTEGER NOT NULL,
	masked BOOLEAN NOT NULL,
	filters JSON NOT NULL,
	at DATETIME NOT NULL,
	community_id INTEGER NOT NULL,
	CONSTRAINT pk_export PRIMARY KEY (id),
	CONSTRAINT fk_export_account_id FOREIGN KEY(account_id) REFERENCES account (id),
	CONSTRAINT fk_export_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_export_account_id ON export (account_id);

CREATE TABLE house_preset (
	id INTEGER NOT NULL,
	"key" VARCHAR(60) NOT NULL,
	name VARCHAR(200) NOT NULL,
	kind VARCHAR(32) NOT NULL,
	rule JSON NOT NULL,
	basis VARCHAR(200) NOT NULL,
	in_force_since DATE,
	valid_from DATE NOT NULL,
	set_by INTEGER NOT NULL,
	set_at DATETIME NOT NULL,
	subdistrict_id INTEGER NOT NULL,
	CONSTRAINT pk_house_preset PRIMARY KEY (id),
	CONSTRAINT ck_house_preset_bodykind CHECK (kind IN ('council', 'residents_representatives', 'residents', 'villagers', 'villagers_representatives', 'owners_advisory')),
	CONSTRAINT fk_house_preset_set_by FOREIGN KEY(set_by) REFERENCES account (id),
	CONSTRAINT fk_house_preset_subdistrict_id FOREIGN KEY(subdistrict_id) REFERENCES subdistrict (id)
);

CREATE INDEX ix_house_preset_key ON house_preset (subdistrict_id, "key", valid_from);

CREATE INDEX ix_house_preset_set_by ON house_preset (set_by);

CREATE INDEX ix_house_preset_subdistrict_id ON house_preset (subdistrict_id);

CREATE TABLE house_rules (
	id INTEGER NOT NULL,
	body_id INTEGER NOT NULL,
	valid_from DATE NOT NULL,
	preset VARCHAR(60) NOT NULL,
	rule JSON NOT NULL,
	basis VARCHAR(200) NOT NULL,
	set_by INTEGER NOT NULL,
	set_at DATETIME NOT NULL,
	community_id INTEGER NOT NULL,
	CONSTRAINT pk_house_rules PRIMARY KEY (id),
	CONSTRAINT fk_house_rules_body_id FOREIGN KEY(body_id) REFERENCES body (id),
	CONSTRAINT fk_house_rules_set_by FOREIGN KEY(set_by) REFERENCES account (id),
	CONSTRAINT fk_house_rules_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_house_rules_body_id ON house_rules (body_id);

CREATE INDEX ix_house_rules_set_by ON house_rules (set_by);

CREATE TABLE household (
	id INTEGER NOT NULL,
	place_id INTEGER NOT NULL,
	building VARCHAR(60) NOT NULL,
	stairwell VARCHAR(60) NOT NULL,
	room BLOB NOT NULL,
	door_index VARCHAR(32) NOT NULL,
	kind VARCHAR(32) NOT NULL,
	alias VARCHAR(60) NOT NULL,
	door_note VARCHAR(200) NOT NULL,
	met_on DATE,
	tries INTEGER NOT NULL,
	due_on DATE,
	community_id INTEGER NOT NULL,
	restricted BOOLEAN NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_household PRIMARY KEY (id),
	CONSTRAINT fk_household_place_id FOREIGN KEY(place_id) REFERENCES place (id),
	CONSTRAINT ck_household_householdkind CHECK (kind IN ('ordinary', 'key', 'high_risk')),
	CONSTRAINT fk_household_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_household_door ON household (place_id, building, stairwell);

CREATE UNIQUE INDEX ix_household_door_index ON household (door_index);

CREATE INDEX ix_household_due ON household (community_id, due_on);

CREATE TABLE import_batch (
	id INTEGER NOT NULL,
	kind VARCHAR(32) NOT NULL,
	file_name VARCHAR(200) NOT NULL,
	sha256 VARCHAR(64) NOT NULL,
	rows INTEGER NOT NULL,
	made_by INTEGER NOT NULL,
	made_at DATETIME NOT NULL,
	undone_at DATETIME,
	undone_by INTEGER,
	undone_reason VARCHAR(200) NOT NULL,
	community_id INTEGER NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_import_batch PRIMARY KEY (id),
	CONSTRAINT ck_import_batch_importkind CHECK (kind IN ('households', 'needs', 'volunteers', 'members', 'visits', 'hotline', 'sign_ups')),
	CONSTRAINT fk_import_batch_made_by FOREIGN KEY(made_by) REFERENCES account (id),
	CONSTRAINT fk_import_batch_undone_by FOREIGN KEY(undone_by) REFERENCES account (id),
	CONSTRAINT fk_import_batch_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_import_batch_at ON import_batch (community_id, made_at);

CREATE INDEX ix_import_batch_made_by ON import_batch (made_by);

CREATE INDEX ix_import_batch_undone_by ON import_batch (undone_by);

CREATE TABLE meeting (
	id INTEGER NOT NULL,
	body_id INTEGER NOT NULL,
	term INTEGER NOT NULL,
	number INTEGER NOT NULL,
	title VARCHAR(200) NOT NULL,
	at DATETIME NOT NULL,
	place VARCHAR(200) NOT NULL,
	state VARCHAR(32) NOT NULL,
	notice_sent_at DATETIME,
	rule JSON,
	short_notice_reason VARCHAR(200) NOT NULL,
	cancel_reason VARCHAR(200) NOT NULL,
	sign_in_key VARCHAR(32) NOT NULL,
	chair_id INTEGER,
	opened_at DATETIME,
	closed_at DATETIME,
	observers INTEGER NOT NULL,
	log_entries INTEGER NOT NULL,
	log_hash VARCHAR(64) NOT NULL,
	community_id INTEGER NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_meeting PRIMARY KEY (id),
	CONSTRAINT uq_meeting_body_id_term_number UNIQUE (body_id, term, number),
	CONSTRAINT fk_meeting_body_id FOREIGN KEY(body_id) REFERENCES body (id),
	CONSTRAINT ck_meeting_meetingstate CHECK (state IN ('draft', 'convened', 'open', 'closed', 'cancelled')),
	CONSTRAINT fk_meeting_chair_id FOREIGN KEY(chair_id) REFERENCES account (id),
	CONSTRAINT fk_meeting_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_meeting_at ON meeting (community_id, at);

CREATE INDEX ix_meeting_chair_id ON meeting (chair_id);

CREATE TABLE patch (
	id INTEGER NOT NULL,
	account_id INTEGER NOT NULL,
	place_id INTEGER NOT NULL,
	building VARCHAR(60) NOT NULL,
	community_id INTEGER NOT NULL,
	CONSTRAINT pk_patch PRIMARY KEY (id),
	CONSTRAINT uq_patch_account_id_place_id_building UNIQUE (account_id, place_id, building),
	CONSTRAINT fk_patch_account_id FOREIGN KEY(account_id) REFERENCES account (id),
	CONSTRAINT fk_patch_place_id FOREIGN KEY(place_id) REFERENCES place (id),
	CONSTRAINT fk_patch_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_patch_place_id ON patch (place_id);

CREATE TABLE place_demand (
	id INTEGER NOT NULL,
	place_id INTEGER NOT NULL,
	category_id INTEGER NOT NULL,
	needs INTEGER NOT NULL,
	people INTEGER NOT NULL,
	community_id INTEGER NOT NULL,
	CONSTRAINT pk_place_demand PRIMARY KEY (id),
	CONSTRAINT uq_place_demand_place_id_category_id UNIQUE (place_id, category_id),
	CONSTRAINT fk_place_demand_place_id FOREIGN KEY(place_id) REFERENCES place (id),
	CONSTRAINT fk_place_demand_category_id FOREIGN KEY(category_id) REFERENCES category (id),
	CONSTRAINT fk_place_demand_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_place_demand_category_id ON place_demand (category_id);

CREATE TABLE programme (
	id INTEGER NOT NULL,
	alias VARCHAR(60) NOT NULL,
	name BLOB NOT NULL,
	purpose BLOB NOT NULL,
	keep_until DATE NOT NULL,
	made_by INTEGER NOT NULL,
	made_at DATETIME NOT NULL,
	ended_at DATETIME,
	community_id INTEGER NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_programme PRIMARY KEY (id),
	CONSTRAINT uq_programme_community_id_alias UNIQUE (community_id, alias),
	CONSTRAINT fk_programme_made_by FOREIGN KEY(made_by) REFERENCES account (id),
	CONSTRAINT fk_programme_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_programme_made_by ON programme (made_by);

CREATE TABLE project (
	id INTEGER NOT NULL,
	number VARCHAR(24) NOT NULL,
	title VARCHAR(200) NOT NULL,
	kind VARCHAR(32) NOT NULL,
	state VARCHAR(32) NOT NULL,
	leader_id INTEGER NOT NULL,
	problem VARCHAR(1000) NOT NULL,
	measures VARCHAR(1000) NOT NULL,
	beneficiaries VARCHAR(200) NOT NULL,
	beneficiary_count INTEGER NOT NULL,
	budget_fen BIGINT NOT NULL,
	funding VARCHAR(200) NOT NULL,
	starts_on DATE NOT NULL,
	due_on DATE NOT NULL,
	set_up_at DATETIME NOT NULL,
	set_up_by INTEGER NOT NULL,
	accepted_at DATETIME,
	community_id INTEGER NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_project PRIMARY KEY (id),
	CONSTRAINT uq_project_community_id_number UNIQUE (community_id, number),
	CONSTRAINT ck_project_dates CHECK (due_on > starts_on),
	CONSTRAINT ck_project_budget CHECK (budget_fen >= 0),
	CONSTRAINT ck_project_projectkind CHECK (kind IN ('council', 'secretary_led', 'livelihood')),
	CONSTRAINT ck_project_projectstate CHECK (state IN ('set_up', 'running', 'handed_in', 'rework', 'accepted', 'stopped')),
	CONSTRAINT fk_project_leader_id FOREIGN KEY(leader_id) REFERENCES account (id),
	CONSTRAINT fk_project_set_up_by FOREIGN KEY(set_up_by) REFERENCES account (id),
	CONSTRAINT fk_project_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_project_leader_id ON project (leader_id);

CREATE INDEX ix_project_set_up_by ON project (set_up_by);

CREATE INDEX ix_project_state ON project (community_id, state, id);

CREATE TABLE report_form (
	id INTEGER NOT NULL,
	name VARCHAR(200) NOT NULL,
	ledger VARCHAR(32) NOT NULL,
	file_name VARCHAR(200) NOT NULL,
	file BLOB NOT NULL,
	sha256 VARCHAR(64) NOT NULL,
	layout JSON NOT NULL,
	uploaded_by INTEGER NOT NULL,
	uploaded_at DATETIME NOT NULL,
	retired_at DATETIME,
	subdistrict_id INTEGER NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_report_form PRIMARY KEY (id),
	CONSTRAINT ck_report_form_ledgerkind CHECK (ledger IN ('visits', 'needs', 'register', 'topics', 'orders', 'complaints')),
	CONSTRAINT fk_report_form_uploaded_by FOREIGN KEY(uploaded_by) REFERENCES account (id),
	CONSTRAINT fk_report_form_subdistrict_id FOREIGN KEY(subdistrict_id) REFERENCES subdistrict (id)
);

CREATE INDEX ix_report_form_subdistrict_id ON report_form (subdistrict_id);

CREATE INDEX ix_report_form_uploaded_by ON report_form (uploaded_by);

CREATE UNIQUE INDEX uq_report_form_used ON report_form (subdistrict_id, name) WHERE retired_at IS NULL;

CREATE TABLE screening_weights (
	id INTEGER NOT NULL,
	demand INTEGER NOT NULL,
	reach INTEGER NOT NULL,
	feasibility INTEGER NOT NULL,
	valid_from DATE NOT NULL,
	set_by INTEGER NOT NULL,
	set_at DATETIME NOT NULL,
	community_id INTEGER NOT NULL,
	CONSTRAINT pk_screening_weights PRIMARY KEY (id),
	CONSTRAINT ck_screening_weights_sum CHECK (demand + reach + feasibility = 100),
	CONSTRAINT fk_screening_weights_set_by FOREIGN KEY(set_by) REFERENCES account (id),
	CONSTRAINT fk_screening_weights_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_screening_weights_set_by ON screening_weights (set_by);

CREATE TABLE sign_in_ticket (
	id INTEGER NOT NULL,
	ticket_hash VARCHAR(64) NOT NULL,
	account_id INTEGER NOT NULL,
	expires_at DATETIME NOT NULL,
	CONSTRAINT pk_sign_in_ticket PRIMARY KEY (id),
	CONSTRAINT uq_sign_in_ticket_ticket_hash UNIQUE (ticket_hash),
	CONSTRAINT fk_sign_in_ticket_account_id FOREIGN KEY(account_id) REFERENCES account (id)
);

CREATE INDEX ix_sign_in_ticket_account_id ON sign_in_ticket (account_id);

CREATE TABLE volunteer (
	id INTEGER NOT NULL,
	number VARCHAR(60) NOT NULL,
	name BLOB NOT NULL,
	phone BLOB,
	kind VARCHAR(32) NOT NULL,
	skills JSON NOT NULL,
	free_times VARCHAR(200) NOT NULL,
	free_slots JSON NOT NULL,
	place_id INTEGER,
	building VARCHAR(60) NOT NULL,
	since DATE NOT NULL,
	minutes INTEGER NOT NULL,
	community_id INTEGER NOT NULL,
	account_id INTEGER,
	version INTEGER NOT NULL,
	CONSTRAINT pk_volunteer PRIMARY KEY (id),
	CONSTRAINT uq_volunteer_community_id_number UNIQUE (community_id, number),
	CONSTRAINT ck_volunteer_volunteerkind CHECK (kind IN ('party_member', 'resident')),
	CONSTRAINT fk_volunteer_place_id FOREIGN KEY(place_id) REFERENCES place (id),
	CONSTRAINT fk_volunteer_community_id FOREIGN KEY(community_id) REFERENCES community (id),
	CONSTRAINT fk_volunteer_account_id FOREIGN KEY(account_id) REFERENCES account (id)
);

CREATE INDEX ix_volunteer_account_id ON volunteer (account_id);

CREATE INDEX ix_volunteer_place_id ON volunteer (place_id);

CREATE TABLE week_sign_off (
	id INTEGER NOT NULL,
	week DATE NOT NULL,
	needs INTEGER NOT NULL,
	visits INTEGER NOT NULL,
	not_in INTEGER NOT NULL,
	signed_at DATETIME NOT NULL,
	signed_by INTEGER NOT NULL,
	digest VARCHAR(64) NOT NULL,
	remark VARCHAR(200) NOT NULL,
	community_id INTEGER NOT NULL,
	CONSTRAINT pk_week_sign_off PRIMARY KEY (id),
	CONSTRAINT uq_week_sign_off_community_id_week UNIQUE (community_id, week),
	CONSTRAINT fk_week_sign_off_signed_by FOREIGN KEY(signed_by) REFERENCES account (id),
	CONSTRAINT fk_week_sign_off_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_week_sign_off_signed_by ON week_sign_off (signed_by);

CREATE TABLE acceptance (
	id INTEGER NOT NULL,
	project_id INTEGER NOT NULL,
	round INTEGER NOT NULL,
	state VARCHAR(32) NOT NULL,
	evidence VARCHAR(2000) NOT NULL,
	handed_in_at DATETIME NOT NULL,
	handed_in_by INTEGER NOT NULL,
	total_hundredths INTEGER,
	grade VARCHAR(32),
	reason VARCHAR(500) NOT NULL,
	recheck_on DATE,
	decided_at DATETIME,
	decided_by INTEGER,
	community_id INTEGER NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_acceptance PRIMARY KEY (id),
	CONSTRAINT uq_acceptance_project_id_round UNIQUE (project_id, round),
	CONSTRAINT fk_acceptance_project_id FOREIGN KEY(project_id) REFERENCES project (id),
	CONSTRAINT ck_acceptance_acceptancestate CHECK (state IN ('judging', 'decided')),
	CONSTRAINT fk_acceptance_handed_in_by FOREIGN KEY(handed_in_by) REFERENCES account (id),
	CONSTRAINT ck_acceptance_grade CHECK (grade IN ('excellent', 'good', 'pass', 'fail')),
	CONSTRAINT fk_acceptance_decided_by FOREIGN KEY(decided_by) REFERENCES account (id),
	CONSTRAINT fk_acceptance_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_acceptance_decided_by ON acceptance (decided_by);

CREATE INDEX ix_acceptance_handed_in_by ON acceptance (handed_in_by);

CREATE TABLE activity (
	id INTEGER NOT NULL,
	project_id INTEGER NOT NULL,
	title VARCHAR(200) NOT NULL,
	"on" DATE NOT NULL,
	place VARCHAR(200) NOT NULL,
	needed INTEGER NOT NULL,
	state VARCHAR(32) NOT NULL,
	served INTEGER NOT NULL,
	report VARCHAR(500) NOT NULL,
	reported_at DATETIME,
	reported_by INTEGER,
	community_id INTEGER NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_activity PRIMARY KEY (id),
	CONSTRAINT ck_activity_needed CHECK (needed >= 1),
	CONSTRAINT fk_activity_project_id FOREIGN KEY(project_id) REFERENCES project (id),
	CONSTRAINT ck_activity_activitystate CHECK (state IN ('planned', 'done', 'cancelled')),
	CONSTRAINT fk_activity_reported_by FOREIGN KEY(reported_by) REFERENCES account (id),
	CONSTRAINT fk_activity_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_activity_day ON activity (community_id, "on");

CREATE INDEX ix_activity_project_id ON activity (project_id);

CREATE INDEX ix_activity_reported_by ON activity (reported_by);

CREATE TABLE attendance (
	id INTEGER NOT NULL,
	meeting_id INTEGER NOT NULL,
	member_id INTEGER NOT NULL,
	presence VARCHAR(32) NOT NULL,
	came_at DATETIME,
	left_at DATETIME,
	proxy VARCHAR(60) NOT NULL,
	community_id INTEGER NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_attendance PRIMARY KEY (id),
	CONSTRAINT uq_attendance_meeting_id_member_id UNIQUE (meeting_id, member_id),
	CONSTRAINT fk_attendance_meeting_id FOREIGN KEY(meeting_id) REFERENCES meeting (id),
	CONSTRAINT fk_attendance_member_id FOREIGN KEY(member_id) REFERENCES body_member (id),
	CONSTRAINT ck_attendance_memberpresence CHECK (presence IN ('due', 'present', 'leave', 'absent', 'left_early')),
	CONSTRAINT fk_attendance_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_attendance_member_id ON attendance (member_id);

CREATE TABLE door_conflict (
	id INTEGER NOT NULL,
	household_id INTEGER NOT NULL,
	field VARCHAR(60) NOT NULL,
	"before" VARCHAR(200) NOT NULL,
	mine VARCHAR(200) NOT NULL,
	theirs VARCHAR(200) NOT NULL,
	account_id INTEGER NOT NULL,
	at DATETIME NOT NULL,
	settled_at DATETIME,
	settled_by INTEGER,
	chosen VARCHAR(200) NOT NULL,
	community_id INTEGER NOT NULL,
	restricted BOOLEAN NOT NULL,
	CONSTRAINT pk_door_conflict PRIMARY KEY (id),
	CONSTRAINT fk_door_conflict_household_id FOREIGN KEY(household_id) REFERENCES household (id),
	CONSTRAINT fk_door_conflict_account_id FOREIGN KEY(account_id) REFERENCES account (id),
	CONSTRAINT fk_door_conflict_settled_by FOREIGN KEY(settled_by) REFERENCES account (id),
	CONSTRAINT fk_door_conflict_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_door_conflict_account_id ON door_conflict (account_id);

CREATE INDEX ix_door_conflict_household_id ON door_conflict (household_id);

CREATE INDEX ix_door_conflict_open ON door_conflict (community_id, settled_at);

CREATE INDEX ix_door_conflict_settled_by ON door_conflict (settled_by);

CREATE TABLE door_entry (
	id INTEGER NOT NULL,
	phone_id INTEGER NOT NULL,
	"key" VARCHAR(64) NOT NULL,
	kind VARCHAR(32) NOT NULL,
	state VARCHAR(32) NOT NULL,
	answer JSON NOT NULL,
	made_at DATETIME NOT NULL,
	received_at DATETIME NOT NULL,
	community_id INTEGER NOT NULL,
	CONSTRAINT pk_door_entry PRIMARY KEY (id),
	CONSTRAINT uq_door_entry_phone_id_key UNIQUE (phone_id, "key"),
	CONSTRAINT fk_door_entry_phone_id FOREIGN KEY(phone_id) REFERENCES door_phone (id),
	CONSTRAINT ck_door_entry_doorentrykind CHECK (kind IN ('visit', 'need', 'facts')),
	CONSTRAINT ck_door_entry_doorentrystate CHECK (state IN ('stored', 'refused', 'conflict')),
	CONSTRAINT fk_door_entry_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_door_entry_phone_at ON door_entry (phone_id, received_at);

CREATE TABLE imported_row (
	id INTEGER NOT NULL,
	batch_id INTEGER NOT NULL,
	noun VARCHAR(60) NOT NULL,
	first_id INTEGER NOT NULL,
	last_id INTEGER NOT NULL,
	community_id INTEGER NOT NULL,
	CONSTRAINT pk_imported_row PRIMARY KEY (id),
	CONSTRAINT fk_imported_row_batch_id FOREIGN KEY(batch_id) REFERENCES import_batch (id),
	CONSTRAINT fk_imported_row_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_imported_row_batch ON imported_row (batch_id, noun);

CREATE TABLE indicator (
	id INTEGER NOT NULL,
	project_id INTEGER NOT NULL,
	name VARCHAR(60) NOT NULL,
	unit VARCHAR(12) NOT NULL,
	kind VARCHAR(32) NOT NULL,
	baseline NUMERIC(12, 2) NOT NULL,
	target NUMERIC(12, 2) NOT NULL,
	actual NUMERIC(12, 2) NOT NULL,
	community_id INTEGER NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_indicator PRIMARY KEY (id),
	CONSTRAINT ck_indicator_moves CHECK (baseline <> target),
	CONSTRAINT fk_indicator_project_id FOREIGN KEY(project_id) REFERENCES project (id),
	CONSTRAINT ck_indicator_indicatorkind CHECK (kind IN ('quantity', 'quality', 'time', 'reach')),
	CONSTRAINT fk_indicator_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_indicator_project_id ON indicator (project_id);

CREATE TABLE milestone (
	id INTEGER NOT NULL,
	project_id INTEGER NOT NULL,
	title VARCHAR(200) NOT NULL,
	due_on DATE NOT NULL,
	done_on DATE,
	community_id INTEGER NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_milestone PRIMARY KEY (id),
	CONSTRAINT fk_milestone_project_id FOREIGN KEY(project_id) REFERENCES project (id),
	CONSTRAINT fk_milestone_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_milestone_project_id ON milestone (project_id);

CREATE TABLE opening (
	id INTEGER NOT NULL,
	project_id INTEGER NOT NULL,
	title VARCHAR(60) NOT NULL,
	skill VARCHAR(60) NOT NULL,
	task VARCHAR(200) NOT NULL,
	places INTEGER NOT NULL,
	filled INTEGER NOT NULL,
	closed BOOLEAN NOT NULL,
	community_id INTEGER NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_opening PRIMARY KEY (id),
	CONSTRAINT ck_opening_places CHECK (places >= 1),
	CONSTRAINT ck_opening_filled CHECK (filled >= 0 AND filled <= places),
	CONSTRAINT fk_opening_project_id FOREIGN KEY(project_id) REFERENCES project (id),
	CONSTRAINT fk_opening_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_opening_project_id ON opening (project_id);

CREATE TABLE order_series (
	id INTEGER NOT NULL,
	service_id INTEGER NOT NULL,
	household_id INTEGER NOT NULL,
	volunteer_id INTEGER,
	rhythm VARCHAR(32) NOT NULL,
	starts_on DATE NOT NULL,
	until DATE,
	wanted_time VARCHAR(60) NOT NULL,
	note VARCHAR(200) NOT NULL,
	next_on DATE,
	made_by INTEGER NOT NULL,
	made_at DATETIME NOT NULL,
	stopped_at DATETIME,
	community_id INTEGER NOT NULL,
	restricted BOOLEAN NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_order_series PRIMARY KEY (id),
	CONSTRAINT fk_order_series_service_id FOREIGN KEY(service_id) REFERENCES service (id),
	CONSTRAINT fk_order_series_household_id FOREIGN KEY(household_id) REFERENCES household (id),
	CONSTRAINT fk_order_series_volunteer_id FOREIGN KEY(volunteer_id) REFERENCES volunteer (id),
	CONSTRAINT ck_order_series_rhythm CHECK (rhythm IN ('weekly', 'fortnightly', 'monthly')),
	CONSTRAINT fk_order_series_made_by FOREIGN KEY(made_by) REFERENCES account (id),
	CONSTRAINT fk_order_series_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_order_series_household_id ON order_series (household_id);

CREATE INDEX ix_order_series_made_by ON order_series (made_by);

CREATE INDEX ix_order_series_next ON order_series (community_id, next_on);

CREATE INDEX ix_order_series_service_id ON order_series (service_id);

CREATE INDEX ix_order_series_volunteer_id ON order_series (volunteer_id);

CREATE TABLE pairing (
	id INTEGER NOT NULL,
	household_id INTEGER NOT NULL,
	volunteer_id INTEGER NOT NULL,
	helps_with VARCHAR(200) NOT NULL,
	rhythm VARCHAR(200) NOT NULL,
	since DATE NOT NULL,
	ended_on DATE,
	made_by INTEGER NOT NULL,
	community_id INTEGER NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_pairing PRIMARY KEY (id),
	CONSTRAINT fk_pairing_household_id FOREIGN KEY(household_id) REFERENCES household (id),
	CONSTRAINT fk_pairing_volunteer_id FOREIGN KEY(volunteer_id) REFERENCES volunteer (id),
	CONSTRAINT fk_pairing_made_by FOREIGN KEY(made_by) REFERENCES account (id),
	CONSTRAINT fk_pairing_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_pairing_made_by ON pairing (made_by);

CREATE INDEX ix_pairing_volunteer_id ON pairing (volunteer_id);

CREATE UNIQUE INDEX uq_pairing_live ON pairing (household_id, volunteer_id) WHERE ended_on IS NULL;

CREATE TABLE person (
	id INTEGER NOT NULL,
	household_id INTEGER NOT NULL,
	name BLOB NOT NULL,
	phone BLOB,
	phone_index VARCHAR(32),
	name_index VARCHAR(32),
	relation VARCHAR(60) NOT NULL,
	keep_until DATE,
	merged_into_id INTEGER,
	erased_at DATETIME,
	community_id INTEGER NOT NULL,
	restricted BOOLEAN NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_person PRIMARY KEY (id),
	CONSTRAINT fk_person_household_id FOREIGN KEY(household_id) REFERENCES household (id),
	CONSTRAINT fk_person_merged_into_id FOREIGN KEY(merged_into_id) REFERENCES person (id),
	CONSTRAINT fk_person_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_person_household_id ON person (household_id);

CREATE INDEX ix_person_merged_into_id ON person (merged_into_id);

CREATE INDEX ix_person_name_index ON person (name_index);

CREATE INDEX ix_person_phone_index ON person (phone_index);

CREATE TABLE poster (
	id INTEGER NOT NULL,
	kind VARCHAR(32) NOT NULL,
	name VARCHAR(60) NOT NULL,
	code BLOB NOT NULL,
	code_index VARCHAR(32) NOT NULL,
	volunteer_id INTEGER,
	place_id INTEGER,
	made_by INTEGER NOT NULL,
	made_at DATETIME NOT NULL,
	revoked_at DATETIME,
	community_id INTEGER NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_poster PRIMARY KEY (id),
	CONSTRAINT ck_poster_posterkind CHECK (kind IN ('order', 'report')),
	CONSTRAINT uq_poster_code_index UNIQUE (code_index),
	CONSTRAINT fk_poster_volunteer_id FOREIGN KEY(volunteer_id) REFERENCES volunteer (id),
	CONSTRAINT fk_poster_place_id FOREIGN KEY(place_id) REFERENCES place (id),
	CONSTRAINT fk_poster_made_by FOREIGN KEY(made_by) REFERENCES account (id),
	CONSTRAINT fk_poster_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_poster_made_by ON poster (made_by);

CREATE INDEX ix_poster_place_id ON poster (place_id);

CREATE INDEX ix_poster_volunteer_id ON poster (volunteer_id);

CREATE TABLE programme_staff (
	id INTEGER NOT NULL,
	programme_id INTEGER NOT NULL,
	account_id INTEGER NOT NULL,
	named_at DATETIME NOT NULL,
	until DATETIME,
	community_id INTEGER NOT NULL,
	CONSTRAINT pk_programme_staff PRIMARY KEY (id),
	CONSTRAINT uq_programme_staff_programme_id_account_id UNIQUE (programme_id, account_id),
	CONSTRAINT fk_programme_staff_programme_id FOREIGN KEY(programme_id) REFERENCES programme (id),
	CONSTRAINT fk_programme_staff_account_id FOREIGN KEY(account_id) REFERENCES account (id),
	CONSTRAINT fk_programme_staff_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_programme_staff_account_id ON programme_staff (account_id);

CREATE TABLE risk (
	id INTEGER NOT NULL,
	project_id INTEGER NOT NULL,
	what VARCHAR(200) NOT NULL,
	measure VARCHAR(200) NOT NULL,
	level VARCHAR(32) NOT NULL,
	closed_on DATE,
	community_id INTEGER NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_risk PRIMARY KEY (id),
	CONSTRAINT fk_risk_project_id FOREIGN KEY(project_id) REFERENCES project (id),
	CONSTRAINT ck_risk_risklevel CHECK (level IN ('low', 'medium', 'high')),
	CONSTRAINT fk_risk_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_risk_project_id ON risk (project_id);

CREATE TABLE slip (
	id INTEGER NOT NULL,
	meeting_id INTEGER NOT NULL,
	serial INTEGER NOT NULL,
	code_hash VARCHAR(64) NOT NULL,
	state VARCHAR(32) NOT NULL,
	void_reason VARCHAR(200) NOT NULL,
	community_id INTEGER NOT NULL,
	CONSTRAINT pk_slip PRIMARY KEY (id),
	CONSTRAINT uq_slip_meeting_id_serial UNIQUE (meeting_id, serial),
	CONSTRAINT fk_slip_meeting_id FOREIGN KEY(meeting_id) REFERENCES meeting (id),
	CONSTRAINT uq_slip_code_hash UNIQUE (code_hash),
	CONSTRAINT ck_slip_slipstate CHECK (state IN ('ready', 'void')),
	CONSTRAINT fk_slip_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE TABLE squad_member (
	id INTEGER NOT NULL,
	squad_id INTEGER NOT NULL,
	volunteer_id INTEGER NOT NULL,
	community_id INTEGER NOT NULL,
	CONSTRAINT pk_squad_member PRIMARY KEY (id),
	CONSTRAINT uq_squad_member_squad_id_volunteer_id UNIQUE (squad_id, volunteer_id),
	CONSTRAINT fk_squad_member_squad_id FOREIGN KEY(squad_id) REFERENCES squad (id),
	CONSTRAINT fk_squad_member_volunteer_id FOREIGN KEY(volunteer_id) REFERENCES volunteer (id),
	CONSTRAINT fk_squad_member_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_squad_member_volunteer_id ON squad_member (volunteer_id);

CREATE TABLE topic (
	id INTEGER NOT NULL,
	number VARCHAR(60) NOT NULL,
	title VARCHAR(200) NOT NULL,
	source VARCHAR(32) NOT NULL,
	member_id INTEGER,
	proposer VARCHAR(60) NOT NULL,
	signed_at DATETIME,
	signed_on_paper BOOLEAN NOT NULL,
	category_id INTEGER,
	background VARCHAR(1000) NOT NULL,
	scope VARCHAR(200) NOT NULL,
	proposal VARCHAR(1000) NOT NULL,
	budget_yuan INTEGER,
	stakeholders VARCHAR(200) NOT NULL,
	state VARCHAR(32) NOT NULL,
	ground VARCHAR(32),
	review_reason VARCHAR(500) NOT NULL,
	merged_into_id INTEGER,
	referred_to VARCHAR(200) NOT NULL,
	made_by INTEGER NOT NULL,
	made_at DATETIME NOT NULL,
	reviewed_by INTEGER,
	reviewed_at DATETIME,
	community_id INTEGER NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_topic PRIMARY KEY (id),
	CONSTRAINT uq_topic_community_id_number UNIQUE (community_id, number),
	CONSTRAINT ck_topic_topicsource CHECK (source IN ('need', 'member', 'subdistrict')),
	CONSTRAINT fk_topic_member_id FOREIGN KEY(member_id) REFERENCES body_member (id),
	CONSTRAINT fk_topic_category_id FOREIGN KEY(category_id) REFERENCES category (id),
	CONSTRAINT ck_topic_topicstate CHECK (state IN ('submitted', 'accepted', 'merged', 'referred', 'declined', 'on_agenda')),
	CONSTRAINT ck_topic_topicground CHECK (ground IN ('illegal', 'statutory_duty', 'litigation', 'privacy', 'decided', 'other')),
	CONSTRAINT fk_topic_merged_into_id FOREIGN KEY(merged_into_id) REFERENCES topic (id),
	CONSTRAINT fk_topic_made_by FOREIGN KEY(made_by) REFERENCES account (id),
	CONSTRAINT fk_topic_reviewed_by FOREIGN KEY(reviewed_by) REFERENCES account (id),
	CONSTRAINT fk_topic_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_topic_category_id ON topic (category_id);

CREATE INDEX ix_topic_made_by ON topic (made_by);

CREATE INDEX ix_topic_member_id ON topic (member_id);

CREATE INDEX ix_topic_merged_into_id ON topic (merged_into_id);

CREATE INDEX ix_topic_reviewed_by ON topic (reviewed_by);

CREATE INDEX ix_topic_state ON topic (community_id, state);

CREATE TABLE visit (
	id INTEGER NOT NULL,
	at DATETIME NOT NULL,
	worker_id INTEGER NOT NULL,
	household_id INTEGER,
	place_id INTEGER,
	building VARCHAR(60) NOT NULL,
	where_text VARCHAR(200) NOT NULL,
	outcome VARCHAR(32) NOT NULL,
	note VARCHAR(500) NOT NULL,
	community_id INTEGER NOT NULL,
	restricted BOOLEAN NOT NULL,
	CONSTRAINT pk_visit PRIMARY KEY (id),
	CONSTRAINT fk_visit_worker_id FOREIGN KEY(worker_id) REFERENCES account (id),
	CONSTRAINT fk_visit_household_id FOREIGN KEY(household_id) REFERENCES household (id),
	CONSTRAINT fk_visit_place_id FOREIGN KEY(place_id) REFERENCES place (id),
	CONSTRAINT ck_visit_visitoutcome CHECK (outcome IN ('met', 'not_in', 'phone')),
	CONSTRAINT fk_visit_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_visit_community_at ON visit (community_id, at);

CREATE INDEX ix_visit_household_at ON visit (household_id, at);

CREATE INDEX ix_visit_place_id ON visit (place_id);

CREATE INDEX ix_visit_worker_at ON visit (worker_id, at);

CREATE TABLE acceptance_score (
	id INTEGER NOT NULL,
	acceptance_id INTEGER NOT NULL,
	judge_id INTEGER NOT NULL,
	goals INTEGER NOT NULL,
	benefit INTEGER NOT NULL,
	procedure INTEGER NOT NULL,
	members INTEGER NOT NULL,
	lasting INTEGER NOT NULL,
	files INTEGER NOT NULL,
	bonus INTEGER NOT NULL,
	reason VARCHAR(500) NOT NULL,
	scored_at DATETIME NOT NULL,
	community_id INTEGER NOT NULL,
	CONSTRAINT pk_acceptance_score PRIMARY KEY (id),
	CONSTRAINT uq_acceptance_score_acceptance_id_judge_id UNIQUE (acceptance_id, judge_id),
	CONSTRAINT ck_acceptance_score_goals CHECK (goals BETWEEN 0 AND 30),
	CONSTRAINT ck_acceptance_score_benefit CHECK (benefit BETWEEN 0 AND 25),
	CONSTRAINT ck_acceptance_score_procedure CHECK (procedure BETWEEN 0 AND 15),
	CONSTRAINT ck_acceptance_score_members CHECK (members BETWEEN 0 AND 10),
	CONSTRAINT ck_acceptance_score_lasting CHECK (lasting BETWEEN 0 AND 10),
	CONSTRAINT ck_acceptance_score_files CHECK (files BETWEEN 0 AND 10),
	CONSTRAINT ck_acceptance_score_bonus CHECK (bonus BETWEEN 0 AND 5),
	CONSTRAINT fk_acceptance_score_acceptance_id FOREIGN KEY(acceptance_id) REFERENCES acceptance (id),
	CONSTRAINT fk_acceptance_score_judge_id FOREIGN KEY(judge_id) REFERENCES account (id),
	CONSTRAINT fk_acceptance_score_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_acceptance_score_judge_id ON acceptance_score (judge_id);

CREATE TABLE consent (
	id INTEGER NOT NULL,
	person_id INTEGER,
	volunteer_id INTEGER,
	scope VARCHAR(32) NOT NULL,
	given_on DATE NOT NULL,
	way VARCHAR(32) NOT NULL,
	witness VARCHAR(60) NOT NULL,
	told VARCHAR(200) NOT NULL,
	withdrawn_on DATE,
	withdrawn_reason VARCHAR(200) NOT NULL,
	recorded_by INTEGER NOT NULL,
	recorded_at DATETIME NOT NULL,
	community_id INTEGER NOT NULL,
	restricted BOOLEAN NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_consent PRIMARY KEY (id),
	CONSTRAINT ck_consent_one_subject CHECK ((person_id IS NULL) <> (volunteer_id IS NULL)),
	CONSTRAINT fk_consent_person_id FOREIGN KEY(person_id) REFERENCES person (id),
	CONSTRAINT fk_consent_volunteer_id FOREIGN KEY(volunteer_id) REFERENCES volunteer (id),
	CONSTRAINT ck_consent_consentscope CHECK (scope IN ('contact_card', 'sensitive', 'health', 'story', 'photo', 'programme')),
	CONSTRAINT ck_consent_consentway CHECK (way IN ('paper', 'spoken', 'guardian')),
	CONSTRAINT fk_consent_recorded_by FOREIGN KEY(recorded_by) REFERENCES account (id),
	CONSTRAINT fk_consent_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_consent_person ON consent (person_id, scope);

CREATE INDEX ix_consent_recorded_by ON consent (recorded_by);

CREATE INDEX ix_consent_volunteer ON consent (volunteer_id, scope);

CREATE TABLE erasure (
	id INTEGER NOT NULL,
	person_id INTEGER NOT NULL,
	reason VARCHAR(200) NOT NULL,
	wiped JSON NOT NULL,
	done_by INTEGER NOT NULL,
	done_at DATETIME NOT NULL,
	community_id INTEGER NOT NULL,
	CONSTRAINT pk_erasure PRIMARY KEY (id),
	CONSTRAINT fk_erasure_person_id FOREIGN KEY(person_id) REFERENCES person (id),
	CONSTRAINT fk_erasure_done_by FOREIGN KEY(done_by) REFERENCES account (id),
	CONSTRAINT fk_erasure_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_erasure_done_by ON erasure (done_by);

CREATE INDEX ix_erasure_person_id ON erasure (person_id);

CREATE TABLE need (
	id INTEGER NOT NULL,
	number VARCHAR(24) NOT NULL,
	title VARCHAR(60) NOT NULL,
	description VARCHAR(1000) NOT NULL,
	category_id INTEGER NOT NULL,
	place_id INTEGER NOT NULL,
	building VARCHAR(60) NOT NULL,
	urgency VARCHAR(32) NOT NULL,
	source VARCHAR(32) NOT NULL,
	reach VARCHAR(32) NOT NULL,
	people INTEGER NOT NULL,
	special_group BOOLEAN NOT NULL,
	household_id INTEGER,
	asker_name BLOB,
	asker_phone BLOB,
	visit_id INTEGER,
	worker_id INTEGER NOT NULL,
	logged_at DATETIME NOT NULL,
	week DATE NOT NULL,
	stage VARCHAR(32) NOT NULL,
	stage_since DATETIME NOT NULL,
	changed_after_sign_off BOOLEAN NOT NULL,
	merged_into_id INTEGER,
	voices INTEGER NOT NULL,
	due_on DATE,
	pinyin VARCHAR(2000) NOT NULL,
	initials VARCHAR(400) NOT NULL,
	community_id INTEGER NOT NULL,
	restricted BOOLEAN NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_need PRIMARY KEY (id),
	CONSTRAINT uq_need_community_id_number UNIQUE (community_id, number),
	CONSTRAINT ck_need_people CHECK (people >= 1 AND people <= 100000),
	CONSTRAINT ck_need_merged CHECK ((stage = 'merged') = (merged_into_id IS NOT NULL)),
	CONSTRAINT fk_need_category_id FOREIGN KEY(category_id) REFERENCES category (id),
	CONSTRAINT fk_need_place_id FOREIGN KEY(place_id) REFERENCES place (id),
	CONSTRAINT ck_need_urgency CHECK (urgency IN ('normal', 'urgent', 'safety')),
	CONSTRAINT ck_need_needsource CHECK (source IN ('visit', 'walk_in', 'call', 'hotline', 'chat', 'council', 'grid', 'rider', 'other')),
	CONSTRAINT ck_need_reach CHECK (reach IN ('community', 'estate', 'building', 'stairwell', 'household')),
	CONSTRAINT fk_need_household_id FOREIGN KEY(household_id) REFERENCES household (id),
	CONSTRAINT fk_need_visit_id FOREIGN KEY(visit_id) REFERENCES visit (id),
	CONSTRAINT fk_need_worker_id FOREIGN KEY(worker_id) REFERENCES account (id),
	CONSTRAINT ck_need_needstage CHECK (stage IN ('logged', 'handling', 'registered', 'screening', 'screened', 'reserve', 'for_council', 'on_agenda', 'notice', 'to_project', 'in_project', 'ordered', 'answering', 'closed', 'merged', 'void')),
	CONSTRAINT fk_need_merged_into_id FOREIGN KEY(merged_into_id) REFERENCES need (id),
	CONSTRAINT fk_need_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_need_category ON need (community_id, category_id, id);

CREATE INDEX ix_need_household_id ON need (household_id);

CREATE INDEX ix_need_merged_into_id ON need (merged_into_id) WHERE merged_into_id IS NOT NULL;

CREATE INDEX ix_need_newest ON need (community_id, id);

CREATE INDEX ix_need_place ON need (place_id, id);

CREATE INDEX ix_need_stage ON need (community_id, stage, id);

CREATE INDEX ix_need_urgency ON need (community_id, urgency, id);

CREATE INDEX ix_need_visit_id ON need (visit_id) WHERE visit_id IS NOT NULL;

CREATE INDEX ix_need_waiting ON need (community_id, stage, stage_since, restricted);

CREATE INDEX ix_need_week ON need (community_id, week, id);

CREATE INDEX ix_need_worker ON need (worker_id, id);

CREATE TABLE person_merge (
	id INTEGER NOT NULL,
	kept_id INTEGER NOT NULL,
	other_id INTEGER NOT NULL,
	moved JSON NOT NULL,
	merged_by INTEGER NOT NULL,
	merged_at DATETIME NOT NULL,
	undone_by INTEGER,
	undone_at DATETIME,
	community_id INTEGER NOT NULL,
	restricted BOOLEAN NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_person_merge PRIMARY KEY (id),
	CONSTRAINT fk_person_merge_kept_id FOREIGN KEY(kept_id) REFERENCES person (id),
	CONSTRAINT fk_person_merge_other_id FOREIGN KEY(other_id) REFERENCES person (id),
	CONSTRAINT fk_person_merge_merged_by FOREIGN KEY(merged_by) REFERENCES account (id),
	CONSTRAINT fk_person_merge_undone_by FOREIGN KEY(undone_by) REFERENCES account (id),
	CONSTRAINT fk_person_merge_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_person_merge_kept_id ON person_merge (kept_id);

CREATE INDEX ix_person_merge_merged_by ON person_merge (merged_by);

CREATE INDEX ix_person_merge_other_id ON person_merge (other_id);

CREATE INDEX ix_person_merge_undone_by ON person_merge (undone_by);

CREATE TABLE placement (
	id INTEGER NOT NULL,
	opening_id INTEGER NOT NULL,
	volunteer_id INTEGER NOT NULL,
	method VARCHAR(32) NOT NULL,
	recommended_by VARCHAR(60) NOT NULL,
	state VARCHAR(32) NOT NULL,
	asked_at DATETIME NOT NULL,
	answered_at DATETIME,
	word VARCHAR(200) NOT NULL,
	left_at DATETIME,
	left_reason VARCHAR(200) NOT NULL,
	replaced_by_id INTEGER,
	community_id INTEGER NOT NULL,
	account_id INTEGER,
	version INTEGER NOT NULL,
	CONSTRAINT pk_placement PRIMARY KEY (id),
	CONSTRAINT fk_placement_opening_id FOREIGN KEY(opening_id) REFERENCES opening (id),
	CONSTRAINT fk_placement_volunteer_id FOREIGN KEY(volunteer_id) REFERENCES volunteer (id),
	CONSTRAINT ck_placement_joinmethod CHECK (method IN ('claim', 'sign_up', 'recommendation')),
	CONSTRAINT ck_placement_placementstate CHECK (state IN ('waiting', 'accepted', 'declined', 'left', 'replaced')),
	CONSTRAINT fk_placement_replaced_by_id FOREIGN KEY(replaced_by_id) REFERENCES placement (id),
	CONSTRAINT fk_placement_community_id FOREIGN KEY(community_id) REFERENCES community (id),
	CONSTRAINT fk_placement_account_id FOREIGN KEY(account_id) REFERENCES account (id)
);

CREATE INDEX ix_placement_account_id ON placement (account_id);

CREATE INDEX ix_placement_opening ON placement (opening_id, state);

CREATE INDEX ix_placement_replaced_by_id ON placement (replaced_by_id);

CREATE INDEX ix_placement_volunteer_id ON placement (volunteer_id);

CREATE UNIQUE INDEX uq_placement_active ON placement (opening_id, volunteer_id) WHERE state IN ('waiting', 'accepted');

CREATE TABLE reading (
	id INTEGER NOT NULL,
	indicator_id INTEGER NOT NULL,
	activity_id INTEGER,
	"on" DATE NOT NULL,
	value NUMERIC(12, 2) NOT NULL,
	note VARCHAR(200) NOT NULL,
	read_by INTEGER NOT NULL,
	community_id INTEGER NOT NULL,
	CONSTRAINT pk_reading PRIMARY KEY (id),
	CONSTRAINT fk_reading_indicator_id FOREIGN KEY(indicator_id) REFERENCES indicator (id),
	CONSTRAINT fk_reading_activity_id FOREIGN KEY(activity_id) REFERENCES activity (id),
	CONSTRAINT fk_reading_read_by FOREIGN KEY(read_by) REFERENCES account (id),
	CONSTRAINT fk_reading_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_reading_activity_id ON reading (activity_id);

CREATE INDEX ix_reading_indicator ON reading (indicator_id, "on");

CREATE INDEX ix_reading_read_by ON reading (read_by);

CREATE TABLE service_record (
	id INTEGER NOT NULL,
	activity_id INTEGER NOT NULL,
	volunteer_id INTEGER NOT NULL,
	"on" DATE NOT NULL,
	minutes INTEGER NOT NULL,
	note VARCHAR(200) NOT NULL,
	first_minutes INTEGER,
	correction VARCHAR(200) NOT NULL,
	recorded_at DATETIME NOT NULL,
	recorded_by INTEGER NOT NULL,
	community_id INTEGER NOT NULL,
	account_id INTEGER,
	CONSTRAINT pk_service_record PRIMARY KEY (id),
	CONSTRAINT uq_service_record_activity_id_volunteer_id UNIQUE (activity_id, volunteer_id),
	CONSTRAINT ck_service_record_minutes CHECK (minutes BETWEEN 0 AND 720 AND minutes % 30 = 0),
	CONSTRAINT fk_service_record_activity_id FOREIGN KEY(activity_id) REFERENCES activity (id),
	CONSTRAINT fk_service_record_volunteer_id FOREIGN KEY(volunteer_id) REFERENCES volunteer (id),
	CONSTRAINT fk_service_record_recorded_by FOREIGN KEY(recorded_by) REFERENCES account (id),
	CONSTRAINT fk_service_record_community_id FOREIGN KEY(community_id) REFERENCES community (id),
	CONSTRAINT fk_service_record_account_id FOREIGN KEY(account_id) REFERENCES account (id)
);

CREATE INDEX ix_service_record_account_id ON service_record (account_id);

CREATE INDEX ix_service_record_on ON service_record ("on");

CREATE INDEX ix_service_record_recorded_by ON service_record (recorded_by);

CREATE INDEX ix_service_record_volunteer_id ON service_record (volunteer_id);

CREATE TABLE target_change (
	id INTEGER NOT NULL,
	indicator_id INTEGER NOT NULL,
	"before" NUMERIC(12, 2) NOT NULL,
	"after" NUMERIC(12, 2) NOT NULL,
	reason VARCHAR(500) NOT NULL,
	changed_at DATETIME NOT NULL,
	changed_by INTEGER NOT NULL,
	community_id INTEGER NOT NULL,
	CONSTRAINT pk_target_change PRIMARY KEY (id),
	CONSTRAINT fk_target_change_indicator_id FOREIGN KEY(indicator_id) REFERENCES indicator (id),
	CONSTRAINT fk_target_change_changed_by FOREIGN KEY(changed_by) REFERENCES account (id),
	CONSTRAINT fk_target_change_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_target_change_changed_by ON target_change (changed_by);

CREATE INDEX ix_target_change_indicator_id ON target_change (indicator_id);

CREATE TABLE agenda_item (
	id INTEGER NOT NULL,
	meeting_id INTEGER NOT NULL,
	position INTEGER NOT NULL,
	title VARCHAR(200) NOT NULL,
	motion VARCHAR(1000) NOT NULL,
	need_id INTEGER,
	topic_id INTEGER,
	short_title VARCHAR(60) NOT NULL,
	question JSON,
	proposer VARCHAR(60) NOT NULL,
	owners_matter BOOLEAN NOT NULL,
	state VARCHAR(32) NOT NULL,
	outcome VARCHAR(32),
	decision JSON,
	decided_at DATETIME,
	community_id INTEGER NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_agenda_item PRIMARY KEY (id),
	CONSTRAINT uq_agenda_item_meeting_id_position UNIQUE (meeting_id, position),
	CONSTRAINT fk_agenda_item_meeting_id FOREIGN KEY(meeting_id) REFERENCES meeting (id),
	CONSTRAINT fk_agenda_item_need_id FOREIGN KEY(need_id) REFERENCES need (id),
	CONSTRAINT fk_agenda_item_topic_id FOREIGN KEY(topic_id) REFERENCES topic (id),
	CONSTRAINT ck_agenda_item_itemstate CHECK (state IN ('pending', 'discussing', 'voting', 'passed', 'not_passed', 'tied', 'postponed')),
	CONSTRAINT ck_agenda_item_outcome CHECK (outcome IN ('passed', 'not_passed', 'tie', 'no_quorum')),
	CONSTRAINT fk_agenda_item_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_agenda_item_need ON agenda_item (need_id);

CREATE INDEX ix_agenda_item_topic_id ON agenda_item (topic_id);

CREATE TABLE answer (
	id INTEGER NOT NULL,
	need_id INTEGER NOT NULL,
	lead_need_id INTEGER NOT NULL,
	kind VARCHAR(32) NOT NULL,
	words VARCHAR(500) NOT NULL,
	state VARCHAR(32) NOT NULL,
	due_on DATE NOT NULL,
	channel VARCHAR(32),
	satisfaction VARCHAR(32),
	comment VARCHAR(500) NOT NULL,
	tries INTEGER NOT NULL,
	given_at DATETIME,
	given_by INTEGER,
	community_id INTEGER NOT NULL,
	restricted BOOLEAN NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_answer PRIMARY KEY (id),
	CONSTRAINT uq_answer_need_id UNIQUE (need_id),
	CONSTRAINT fk_answer_need_id FOREIGN KEY(need_id) REFERENCES need (id),
	CONSTRAINT fk_answer_lead_need_id FOREIGN KEY(lead_need_id) REFERENCES need (id),
	CONSTRAINT ck_answer_answerkind CHECK (kind IN ('done', 'not_passed', 'referred', 'declined', 'served', 'handled')),
	CONSTRAINT ck_answer_answerstate CHECK (state IN ('due', 'given')),
	CONSTRAINT ck_answer_answerchannel CHECK (channel IN ('door', 'phone', 'chat', 'posted')),
	CONSTRAINT ck_answer_satisfaction CHECK (satisfaction IN ('very_satisfied', 'satisfied', 'fair', 'dissatisfied', 'no_reply')),
	CONSTRAINT fk_answer_given_by FOREIGN KEY(given_by) REFERENCES account (id),
	CONSTRAINT fk_answer_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_answer_given ON answer (community_id, given_at, satisfaction, restricted);

CREATE INDEX ix_answer_given_by ON answer (given_by);

CREATE INDEX ix_answer_lead_need_id ON answer (lead_need_id);

CREATE INDEX ix_answer_state ON answer (community_id, state, due_on);

CREATE TABLE mediation (
	id INTEGER NOT NULL,
	number VARCHAR(60) NOT NULL,
	title VARCHAR(200) NOT NULL,
	matter VARCHAR(1000) NOT NULL,
	need_id INTEGER,
	place_id INTEGER,
	state VARCHAR(32) NOT NULL,
	at DATETIME,
	place VARCHAR(200) NOT NULL,
	host VARCHAR(60) NOT NULL,
	recorder VARCHAR(60) NOT NULL,
	issues VARCHAR(1000) NOT NULL,
	basis VARCHAR(1000) NOT NULL,
	agreed VARCHAR(1000) NOT NULL,
	not_agreed VARCHAR(1000) NOT NULL,
	meetings INTEGER NOT NULL,
	made_by INTEGER NOT NULL,
	made_at DATETIME NOT NULL,
	ended_at DATETIME,
	community_id INTEGER NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_mediation PRIMARY KEY (id),
	CONSTRAINT uq_mediation_community_id_number UNIQUE (community_id, number),
	CONSTRAINT fk_mediation_need_id FOREIGN KEY(need_id) REFERENCES need (id),
	CONSTRAINT fk_mediation_place_id FOREIGN KEY(place_id) REFERENCES place (id),
	CONSTRAINT ck_mediation_mediationstate CHECK (state IN ('registered', 'convened', 'open', 'agreed', 'not_agreed', 'relapsed', 'settled', 'escalated')),
	CONSTRAINT fk_mediation_made_by FOREIGN KEY(made_by) REFERENCES account (id),
	CONSTRAINT fk_mediation_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_mediation_made_by ON mediation (made_by);

CREATE INDEX ix_mediation_need_id ON mediation (need_id);

CREATE INDEX ix_mediation_place_id ON mediation (place_id);

CREATE INDEX ix_mediation_state ON mediation (community_id, state);

CREATE TABLE merge (
	id INTEGER NOT NULL,
	lead_id INTEGER NOT NULL,
	member_id INTEGER NOT NULL,
	reasons JSON NOT NULL,
	score INTEGER NOT NULL,
	stage_before VARCHAR(32) NOT NULL,
	merged_at DATETIME NOT NULL,
	merged_by INTEGER NOT NULL,
	undone_at DATETIME,
	undone_by INTEGER,
	community_id INTEGER NOT NULL,
	CONSTRAINT pk_merge PRIMARY KEY (id),
	CONSTRAINT fk_merge_lead_id FOREIGN KEY(lead_id) REFERENCES need (id),
	CONSTRAINT fk_merge_member_id FOREIGN KEY(member_id) REFERENCES need (id),
	CONSTRAINT ck_merge_needstage CHECK (stage_before IN ('logged', 'handling', 'registered', 'screening', 'screened', 'reserve', 'for_council', 'on_agenda', 'notice', 'to_project', 'in_project', 'ordered', 'answering', 'closed', 'merged', 'void')),
	CONSTRAINT fk_merge_merged_by FOREIGN KEY(merged_by) REFERENCES account (id),
	CONSTRAINT fk_merge_undone_by FOREIGN KEY(undone_by) REFERENCES account (id),
	CONSTRAINT fk_merge_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_merge_lead ON merge (lead_id, undone_at);

CREATE INDEX ix_merge_member_id ON merge (member_id);

CREATE INDEX ix_merge_merged_by ON merge (merged_by);

CREATE INDEX ix_merge_undone_by ON merge (undone_by);

CREATE TABLE programme_member (
	id INTEGER NOT NULL,
	person_id INTEGER NOT NULL,
	alias VARCHAR(60) NOT NULL,
	wish BLOB NOT NULL,
	consent_id INTEGER NOT NULL,
	joined_on DATE NOT NULL,
	left_on DATE,
	community_id INTEGER NOT NULL,
	programme_id INTEGER NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_programme_member PRIMARY KEY (id),
	CONSTRAINT uq_programme_member_programme_id_person_id UNIQUE (programme_id, person_id),
	CONSTRAINT uq_programme_member_programme_id_alias UNIQUE (programme_id, alias),
	CONSTRAINT fk_programme_member_person_id FOREIGN KEY(person_id) REFERENCES person (id),
	CONSTRAINT fk_programme_member_consent_id FOREIGN KEY(consent_id) REFERENCES consent (id),
	CONSTRAINT fk_programme_member_community_id FOREIGN KEY(community_id) REFERENCES community (id),
	CONSTRAINT fk_programme_member_programme_id FOREIGN KEY(programme_id) REFERENCES programme (id)
);

CREATE INDEX ix_programme_member_consent_id ON programme_member (consent_id);

CREATE INDEX ix_programme_member_person_id ON programme_member (person_id);

CREATE TABLE screening (
	id INTEGER NOT NULL,
	need_id INTEGER NOT NULL,
	round INTEGER NOT NULL,
	state VARCHAR(32) NOT NULL,
	weight_demand INTEGER NOT NULL,
	weight_reach INTEGER NOT NULL,
	weight_feasibility INTEGER NOT NULL,
	evidence JSON NOT NULL,
	opened_at DATETIME NOT NULL,
	total_hundredths INTEGER,
	route VARCHAR(32),
	route_reason VARCHAR(500) NOT NULL,
	referred_to VARCHAR(60) NOT NULL,
	routed_at DATETIME,
	routed_by INTEGER,
	community_id INTEGER NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_screening PRIMARY KEY (id),
	CONSTRAINT uq_screening_need_id_round UNIQUE (need_id, round),
	CONSTRAINT fk_screening_need_id FOREIGN KEY(need_id) REFERENCES need (id),
	CONSTRAINT ck_screening_screeningstate CHECK (state IN ('open', 'third_needed', 'scored', 'routed')),
	CONSTRAINT ck_screening_route CHECK (route IN ('council', 'reserve', 'order', 'refer', 'answer')),
	CONSTRAINT fk_screening_routed_by FOREIGN KEY(routed_by) REFERENCES account (id),
	CONSTRAINT fk_screening_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_screening_routed_by ON screening (routed_by);

CREATE TABLE sensitive_fact (
	id INTEGER NOT NULL,
	person_id INTEGER NOT NULL,
	kind BLOB NOT NULL,
	kind_index VARCHAR(32) NOT NULL,
	words BLOB NOT NULL,
	purpose BLOB NOT NULL,
	consent_id INTEGER,
	legal_ground BLOB NOT NULL,
	keep_until DATE NOT NULL,
	recorded_by INTEGER NOT NULL,
	recorded_at DATETIME NOT NULL,
	erased_at DATETIME,
	community_id INTEGER NOT NULL,
	restricted BOOLEAN NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_sensitive_fact PRIMARY KEY (id),
	CONSTRAINT fk_sensitive_fact_person_id FOREIGN KEY(person_id) REFERENCES person (id),
	CONSTRAINT fk_sensitive_fact_consent_id FOREIGN KEY(consent_id) REFERENCES consent (id),
	CONSTRAINT fk_sensitive_fact_recorded_by FOREIGN KEY(recorded_by) REFERENCES account (id),
	CONSTRAINT fk_sensitive_fact_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_sensitive_fact_consent_id ON sensitive_fact (consent_id);

CREATE INDEX ix_sensitive_fact_kind_index ON sensitive_fact (kind_index);

CREATE INDEX ix_sensitive_fact_person ON sensitive_fact (person_id, erased_at);

CREATE INDEX ix_sensitive_fact_recorded_by ON sensitive_fact (recorded_by);

CREATE TABLE service_order (
	id INTEGER NOT NULL,
	number VARCHAR(24) NOT NULL,
	service_id INTEGER NOT NULL,
	household_id INTEGER,
	place_id INTEGER NOT NULL,
	building VARCHAR(60) NOT NULL,
	need_id INTEGER,
	series_id INTEGER,
	asker_name BLOB,
	asker_phone BLOB,
	emergency_contact BLOB,
	channel VARCHAR(32) NOT NULL,
	wanted_on DATE,
	wanted_time VARCHAR(60) NOT NULL,
	note VARCHAR(500) NOT NULL,
	caution VARCHAR(200) NOT NULL,
	state VARCHAR(32) NOT NULL,
	state_since DATETIME NOT NULL,
	answer_due_at DATETIME,
	finish_due_on DATE,
	made_by INTEGER NOT NULL,
	made_at DATETIME NOT NULL,
	started_at DATETIME,
	ended_at DATETIME,
	minutes INTEGER,
	done_words VARCHAR(500) NOT NULL,
	fee_fen INTEGER NOT NULL,
	code_hash VARCHAR(64),
	code_tries INTEGER NOT NULL,
	helper_confirmed_at DATETIME,
	resident_confirmed_at DATETIME,
	resident_confirmed_by VARCHAR(32),
	rating VARCHAR(32),
	rating_words VARCHAR(500) NOT NULL,
	rated_at DATETIME,
	contested BOOLEAN NOT NULL,
	cancel_reason VARCHAR(200) NOT NULL,
	community_id INTEGER NOT NULL,
	restricted BOOLEAN NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_service_order PRIMARY KEY (id),
	CONSTRAINT uq_service_order_community_id_number UNIQUE (community_id, number),
	CONSTRAINT fk_service_order_service_id FOREIGN KEY(service_id) REFERENCES service (id),
	CONSTRAINT fk_service_order_household_id FOREIGN KEY(household_id) REFERENCES household (id),
	CONSTRAINT fk_service_order_place_id FOREIGN KEY(place_id) REFERENCES place (id),
	CONSTRAINT fk_service_order_need_id FOREIGN KEY(need_id) REFERENCES need (id),
	CONSTRAINT fk_service_order_series_id FOREIGN KEY(series_id) REFERENCES order_series (id),
	CONSTRAINT ck_service_order_orderchannel CHECK (channel IN ('phone', 'door', 'desk', 'poster', 'need', 'series')),
	CONSTRAINT ck_service_order_orderstate CHECK (state IN ('waiting', 'taken', 'offered', 'accepted', 'in_service', 'done', 'confirmed', 'revisited', 'closed', 'cancelled')),
	CONSTRAINT fk_service_order_made_by FOREIGN KEY(made_by) REFERENCES account (id),
	CONSTRAINT ck_service_order_confirmedby CHECK (resident_confirmed_by IN ('code', 'call', 'paper')),
	CONSTRAINT ck_service_order_satisfaction CHECK (rating IN ('very_satisfied', 'satisfied', 'fair', 'dissatisfied', 'no_reply')),
	CONSTRAINT fk_service_order_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_service_order_household_id ON service_order (household_id);

CREATE INDEX ix_service_order_made ON service_order (community_id, made_at);

CREATE INDEX ix_service_order_made_by ON service_order (made_by);

CREATE INDEX ix_service_order_need_id ON service_order (need_id);

CREATE INDEX ix_service_order_place_id ON service_order (place_id);

CREATE INDEX ix_service_order_service_id ON service_order (service_id);

CREATE INDEX ix_service_order_state ON service_order (community_id, state, finish_due_on);

CREATE UNIQUE INDEX uq_service_order_turn ON service_order (series_id, wanted_on);

CREATE TABLE thread_entry (
	id INTEGER NOT NULL,
	need_id INTEGER,
	project_id INTEGER,
	at DATETIME NOT NULL,
	actor_id INTEGER,
	kind VARCHAR(40) NOT NULL,
	"values" JSON NOT NULL,
	note VARCHAR(500) NOT NULL,
	community_id INTEGER NOT NULL,
	CONSTRAINT pk_thread_entry PRIMARY KEY (id),
	CONSTRAINT ck_thread_entry_subject CHECK (need_id IS NOT NULL OR project_id IS NOT NULL),
	CONSTRAINT fk_thread_entry_need_id FOREIGN KEY(need_id) REFERENCES need (id),
	CONSTRAINT fk_thread_entry_project_id FOREIGN KEY(project_id) REFERENCES project (id),
	CONSTRAINT fk_thread_entry_actor_id FOREIGN KEY(actor_id) REFERENCES account (id),
	CONSTRAINT fk_thread_entry_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_thread_entry_actor_id ON thread_entry (actor_id);

CREATE INDEX ix_thread_entry_need ON thread_entry (need_id, id);

CREATE INDEX ix_thread_entry_project ON thread_entry (project_id, id) WHERE project_id IS NOT NULL;

CREATE TABLE twin_verdict (
	id INTEGER NOT NULL,
	first_id INTEGER NOT NULL,
	second_id INTEGER NOT NULL,
	decided_by INTEGER NOT NULL,
	decided_at DATETIME NOT NULL,
	community_id INTEGER NOT NULL,
	CONSTRAINT pk_twin_verdict PRIMARY KEY (id),
	CONSTRAINT uq_twin_verdict_first_id_second_id UNIQUE (first_id, second_id),
	CONSTRAINT ck_twin_verdict_order CHECK (first_id < second_id),
	CONSTRAINT fk_twin_verdict_first_id FOREIGN KEY(first_id) REFERENCES need (id),
	CONSTRAINT fk_twin_verdict_second_id FOREIGN KEY(second_id) REFERENCES need (id),
	CONSTRAINT fk_twin_verdict_decided_by FOREIGN KEY(decided_by) REFERENCES account (id),
	CONSTRAINT fk_twin_verdict_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_twin_verdict_decided_by ON twin_verdict (decided_by);

CREATE INDEX ix_twin_verdict_second_id ON twin_verdict (second_id);

CREATE TABLE village_matter (
	id INTEGER NOT NULL,
	number VARCHAR(60) NOT NULL,
	title VARCHAR(200) NOT NULL,
	proposal VARCHAR(1000) NOT NULL,
	need_id INTEGER,
	step VARCHAR(32) NOT NULL,
	state VARCHAR(32) NOT NULL,
	households BOOLEAN NOT NULL,
	stop_reason VARCHAR(200) NOT NULL,
	made_by INTEGER NOT NULL,
	made_at DATETIME NOT NULL,
	ended_at DATETIME,
	community_id INTEGER NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_village_matter PRIMARY KEY (id),
	CONSTRAINT uq_village_matter_community_id_number UNIQUE (community_id, number),
	CONSTRAINT fk_village_matter_need_id FOREIGN KEY(need_id) REFERENCES need (id),
	CONSTRAINT ck_village_matter_villagestep CHECK (step IN ('proposal', 'consultation', 'opinions', 'review', 'resolution', 'resolution_posted', 'implementation', 'result_posted')),
	CONSTRAINT ck_village_matter_villagestate CHECK (state IN ('running', 'finished', 'stopped')),
	CONSTRAINT fk_village_matter_made_by FOREIGN KEY(made_by) REFERENCES account (id),
	CONSTRAINT fk_village_matter_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_village_matter_made_by ON village_matter (made_by);

CREATE INDEX ix_village_matter_need_id ON village_matter (need_id);

CREATE INDEX ix_village_matter_state ON village_matter (community_id, state);

CREATE TABLE ballot (
	id INTEGER NOT NULL,
	meeting_id INTEGER NOT NULL,
	item_id INTEGER NOT NULL,
	round INTEGER NOT NULL,
	method VARCHAR(32) NOT NULL,
	question JSON,
	title VARCHAR(200) NOT NULL,
	motion VARCHAR(1000) NOT NULL,
	state VARCHAR(32) NOT NULL,
	due INTEGER NOT NULL,
	present INTEGER NOT NULL,
	recused_due INTEGER NOT NULL,
	recused_present INTEGER NOT NULL,
	area_due INTEGER NOT NULL,
	recounts INTEGER NOT NULL,
	opened_at DATETIME NOT NULL,
	stopped_at DATETIME,
	closed_at DATETIME,
	tally JSON,
	file_hash VARCHAR(64) NOT NULL,
	votes_for INTEGER,
	votes_against INTEGER,
	votes_abstain INTEGER,
	void_reason VARCHAR(200) NOT NULL,
	community_id INTEGER NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_ballot PRIMARY KEY (id),
	CONSTRAINT uq_ballot_item_id_round UNIQUE (item_id, round),
	CONSTRAINT fk_ballot_meeting_id FOREIGN KEY(meeting_id) REFERENCES meeting (id),
	CONSTRAINT fk_ballot_item_id FOREIGN KEY(item_id) REFERENCES agenda_item (id),
	CONSTRAINT ck_ballot_votemethod CHECK (method IN ('hands', 'named', 'slip', 'paper', 'assisted')),
	CONSTRAINT ck_ballot_ballotstate CHECK (state IN ('open', 'stopped', 'closed', 'cancelled')),
	CONSTRAINT fk_ballot_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_ballot_meeting ON ballot (meeting_id, state);

CREATE UNIQUE INDEX uq_ballot_open ON ballot (meeting_id) WHERE state IN ('open', 'stopped');

CREATE TABLE complaint (
	id INTEGER NOT NULL,
	number VARCHAR(24) NOT NULL,
	title VARCHAR(60) NOT NULL,
	description VARCHAR(1000) NOT NULL,
	source VARCHAR(32) NOT NULL,
	source_number VARCHAR(60) NOT NULL,
	category_id INTEGER NOT NULL,
	place_id INTEGER NOT NULL,
	building VARCHAR(60) NOT NULL,
	household_id INTEGER,
	asker_name BLOB,
	asker_phone BLOB,
	received_on DATE NOT NULL,
	logged_at DATETIME NOT NULL,
	logged_by INTEGER NOT NULL,
	state VARCHAR(32) NOT NULL,
	state_since DATETIME NOT NULL,
	responsible VARCHAR(32),
	responsible_name VARCHAR(200) NOT NULL,
	contact_due_at DATETIME,
	contacted_at DATETIME,
	due_on DATE,
	reply VARCHAR(500) NOT NULL,
	replied_at DATETIME,
	solved BOOLEAN,
	satisfaction VARCHAR(32),
	closed_at DATETIME,
	repeat_of_id INTEGER,
	relapses INTEGER NOT NULL,
	mediation_id INTEGER,
	project_id INTEGER,
	need_id INTEGER,
	community_id INTEGER NOT NULL,
	restricted BOOLEAN NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_complaint PRIMARY KEY (id),
	CONSTRAINT uq_complaint_community_id_number UNIQUE (community_id, number),
	CONSTRAINT ck_complaint_needsource CHECK (source IN ('visit', 'walk_in', 'call', 'hotline', 'chat', 'council', 'grid', 'rider', 'other')),
	CONSTRAINT fk_complaint_category_id FOREIGN KEY(category_id) REFERENCES category (id),
	CONSTRAINT fk_complaint_place_id FOREIGN KEY(place_id) REFERENCES place (id),
	CONSTRAINT fk_complaint_household_id FOREIGN KEY(household_id) REFERENCES household (id),
	CONSTRAINT fk_complaint_logged_by FOREIGN KEY(logged_by) REFERENCES account (id),
	CONSTRAINT ck_complaint_complaintstate CHECK (state IN ('registered', 'handed_over', 'replied', 'closed', 'reopened', 'void')),
	CONSTRAINT ck_complaint_responsiblebody CHECK (responsible IN ('community', 'owners_committee', 'property_company', 'department')),
	CONSTRAINT ck_complaint_satisfaction CHECK (satisfaction IN ('very_satisfied', 'satisfied', 'fair', 'dissatisfied', 'no_reply')),
	CONSTRAINT fk_complaint_repeat_of_id FOREIGN KEY(repeat_of_id) REFERENCES complaint (id),
	CONSTRAINT fk_complaint_mediation_id FOREIGN KEY(mediation_id) REFERENCES mediation (id),
	CONSTRAINT fk_complaint_project_id FOREIGN KEY(project_id) REFERENCES project (id),
	CONSTRAINT fk_complaint_need_id FOREIGN KEY(need_id) REFERENCES need (id),
	CONSTRAINT fk_complaint_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_complaint_household_id ON complaint (household_id);

CREATE INDEX ix_complaint_logged_by ON complaint (logged_by);

CREATE INDEX ix_complaint_mediation_id ON complaint (mediation_id);

CREATE INDEX ix_complaint_need_id ON complaint (need_id);

CREATE INDEX ix_complaint_place_id ON complaint (place_id);

CREATE INDEX ix_complaint_project_id ON complaint (project_id);

CREATE INDEX ix_complaint_received ON complaint (community_id, received_on);

CREATE INDEX ix_complaint_repeat_of_id ON complaint (repeat_of_id);

CREATE INDEX ix_complaint_state ON complaint (community_id, state, due_on);

CREATE TABLE correction (
	id INTEGER NOT NULL,
	meeting_id INTEGER NOT NULL,
	item_id INTEGER NOT NULL,
	field VARCHAR(32) NOT NULL,
	target_id INTEGER,
	"before" VARCHAR(1000) NOT NULL,
	"after" VARCHAR(1000) NOT NULL,
	reason VARCHAR(200) NOT NULL,
	state VARCHAR(32) NOT NULL,
	asked_by INTEGER NOT NULL,
	asked_at DATETIME NOT NULL,
	settled_by INTEGER,
	settled_at DATETIME,
	community_id INTEGER NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_correction PRIMARY KEY (id),
	CONSTRAINT fk_correction_meeting_id FOREIGN KEY(meeting_id) REFERENCES meeting (id),
	CONSTRAINT fk_correction_item_id FOREIGN KEY(item_id) REFERENCES agenda_item (id),
	CONSTRAINT ck_correction_correctionfield CHECK (field IN ('title', 'motion', 'point', 'teller')),
	CONSTRAINT ck_correction_correctionstate CHECK (state IN ('asked', 'confirmed', 'refused')),
	CONSTRAINT fk_correction_asked_by FOREIGN KEY(asked_by) REFERENCES account (id),
	CONSTRAINT fk_correction_settled_by FOREIGN KEY(settled_by) REFERENCES account (id),
	CONSTRAINT fk_correction_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_correction_asked_by ON correction (asked_by);

CREATE INDEX ix_correction_item_id ON correction (item_id);

CREATE INDEX ix_correction_meeting ON correction (meeting_id, id);

CREATE INDEX ix_correction_settled_by ON correction (settled_by);

CREATE TABLE discussion_point (
	id INTEGER NOT NULL,
	item_id INTEGER NOT NULL,
	member_id INTEGER,
	words VARCHAR(500) NOT NULL,
	amendment BOOLEAN NOT NULL,
	new_motion VARCHAR(1000) NOT NULL,
	carried BOOLEAN,
	motion_before VARCHAR(1000) NOT NULL,
	at DATETIME NOT NULL,
	community_id INTEGER NOT NULL,
	CONSTRAINT pk_discussion_point PRIMARY KEY (id),
	CONSTRAINT fk_discussion_point_item_id FOREIGN KEY(item_id) REFERENCES agenda_item (id),
	CONSTRAINT fk_discussion_point_member_id FOREIGN KEY(member_id) REFERENCES body_member (id),
	CONSTRAINT fk_discussion_point_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_discussion_point_item ON discussion_point (item_id, id);

CREATE INDEX ix_discussion_point_member_id ON discussion_point (member_id);

CREATE TABLE mediation_party (
	id INTEGER NOT NULL,
	mediation_id INTEGER NOT NULL,
	kind VARCHAR(32) NOT NULL,
	name VARCHAR(200) NOT NULL,
	representative BLOB NOT NULL,
	contact BLOB NOT NULL,
	claim VARCHAR(500) NOT NULL,
	present BOOLEAN NOT NULL,
	community_id INTEGER NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_mediation_party PRIMARY KEY (id),
	CONSTRAINT fk_mediation_party_mediation_id FOREIGN KEY(mediation_id) REFERENCES mediation (id),
	CONSTRAINT ck_mediation_party_partykind CHECK (kind IN ('department', 'business', 'owners', 'resident', 'property_company', 'owners_committee', 'other')),
	CONSTRAINT fk_mediation_party_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_mediation_party_mediation_id ON mediation_party (mediation_id);

CREATE TABLE notice (
	id INTEGER NOT NULL,
	item_id INTEGER NOT NULL,
	title VARCHAR(200) NOT NULL,
	body VARCHAR(2000) NOT NULL,
	posted_on DATE NOT NULL,
	working_days INTEGER NOT NULL,
	ends_on DATE NOT NULL,
	approximate BOOLEAN NOT NULL,
	where_posted VARCHAR(200) NOT NULL,
	objection_contact VARCHAR(200) NOT NULL,
	state VARCHAR(32) NOT NULL,
	finished_at DATETIME,
	community_id INTEGER NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_notice PRIMARY KEY (id),
	CONSTRAINT ck_notice_working_days CHECK (working_days BETWEEN 1 AND 30),
	CONSTRAINT fk_notice_item_id FOREIGN KEY(item_id) REFERENCES agenda_item (id),
	CONSTRAINT ck_notice_noticestate CHECK (state IN ('running', 'finished', 'withdrawn')),
	CONSTRAINT fk_notice_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_notice_item_id ON notice (item_id);

CREATE INDEX ix_notice_state ON notice (community_id, state, ends_on);

CREATE UNIQUE INDEX uq_notice_running ON notice (item_id) WHERE state = 'running';

CREATE TABLE order_case (
	id INTEGER NOT NULL,
	order_id INTEGER NOT NULL,
	kind VARCHAR(32) NOT NULL,
	words VARCHAR(500) NOT NULL,
	due_on DATE NOT NULL,
	opened_by INTEGER NOT NULL,
	opened_at DATETIME NOT NULL,
	result VARCHAR(500) NOT NULL,
	rating_after VARCHAR(32),
	closed_by INTEGER,
	closed_at DATETIME,
	community_id INTEGER NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_order_case PRIMARY KEY (id),
	CONSTRAINT fk_order_case_order_id FOREIGN KEY(order_id) REFERENCES service_order (id),
	CONSTRAINT ck_order_case_ordercasekind CHECK (kind IN ('follow_up', 'review')),
	CONSTRAINT fk_order_case_opened_by FOREIGN KEY(opened_by) REFERENCES account (id),
	CONSTRAINT ck_order_case_satisfaction CHECK (rating_after IN ('very_satisfied', 'satisfied', 'fair', 'dissatisfied', 'no_reply')),
	CONSTRAINT fk_order_case_closed_by FOREIGN KEY(closed_by) REFERENCES account (id),
	CONSTRAINT fk_order_case_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_order_case_closed_by ON order_case (closed_by);

CREATE INDEX ix_order_case_open ON order_case (community_id, closed_at);

CREATE INDEX ix_order_case_opened_by ON order_case (opened_by);

CREATE INDEX ix_order_case_order_id ON order_case (order_id);

CREATE TABLE order_offer (
	id INTEGER NOT NULL,
	order_id INTEGER NOT NULL,
	volunteer_id INTEGER NOT NULL,
	state VARCHAR(32) NOT NULL,
	reasons JSON NOT NULL,
	offered_by INTEGER NOT NULL,
	offered_at DATETIME NOT NULL,
	answered_at DATETIME,
	reason VARCHAR(200) NOT NULL,
	swap_to_id INTEGER,
	community_id INTEGER NOT NULL,
	account_id INTEGER,
	version INTEGER NOT NULL,
	CONSTRAINT pk_order_offer PRIMARY KEY (id),
	CONSTRAINT fk_order_offer_order_id FOREIGN KEY(order_id) REFERENCES service_order (id),
	CONSTRAINT fk_order_offer_volunteer_id FOREIGN KEY(volunteer_id) REFERENCES volunteer (id),
	CONSTRAINT ck_order_offer_assignmentstate CHECK (state IN ('offered', 'accepted', 'declined', 'withdrawn', 'swapped')),
	CONSTRAINT fk_order_offer_offered_by FOREIGN KEY(offered_by) REFERENCES account (id),
	CONSTRAINT fk_order_offer_swap_to_id FOREIGN KEY(swap_to_id) REFERENCES volunteer (id),
	CONSTRAINT fk_order_offer_community_id FOREIGN KEY(community_id) REFERENCES community (id),
	CONSTRAINT fk_order_offer_account_id FOREIGN KEY(account_id) REFERENCES account (id)
);

CREATE INDEX ix_order_offer_account_id ON order_offer (account_id);

CREATE INDEX ix_order_offer_offered_by ON order_offer (offered_by);

CREATE INDEX ix_order_offer_order ON order_offer (order_id, state);

CREATE INDEX ix_order_offer_swap_to_id ON order_offer (swap_to_id);

CREATE INDEX ix_order_offer_volunteer ON order_offer (volunteer_id, state);

CREATE UNIQUE INDEX uq_order_offer_live ON order_offer (order_id) WHERE state IN ('offered', 'accepted');

CREATE TABLE project_source (
	id INTEGER NOT NULL,
	project_id INTEGER NOT NULL,
	item_id INTEGER,
	need_id INTEGER,
	community_id INTEGER NOT NULL,
	CONSTRAINT pk_project_source PRIMARY KEY (id),
	CONSTRAINT uq_project_source_project_id_need_id UNIQUE (project_id, need_id),
	CONSTRAINT uq_project_source_item_id UNIQUE (item_id),
	CONSTRAINT fk_project_source_project_id FOREIGN KEY(project_id) REFERENCES project (id),
	CONSTRAINT fk_project_source_item_id FOREIGN KEY(item_id) REFERENCES agenda_item (id),
	CONSTRAINT fk_project_source_need_id FOREIGN KEY(need_id) REFERENCES need (id),
	CONSTRAINT fk_project_source_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_project_source_need_id ON project_source (need_id);

CREATE TABLE recusal (
	id INTEGER NOT NULL,
	item_id INTEGER NOT NULL,
	member_id INTEGER NOT NULL,
	reason VARCHAR(200) NOT NULL,
	declared_at DATETIME NOT NULL,
	community_id INTEGER NOT NULL,
	CONSTRAINT pk_recusal PRIMARY KEY (id),
	CONSTRAINT uq_recusal_item_id_member_id UNIQUE (item_id, member_id),
	CONSTRAINT fk_recusal_item_id FOREIGN KEY(item_id) REFERENCES agenda_item (id),
	CONSTRAINT fk_recusal_member_id FOREIGN KEY(member_id) REFERENCES body_member (id),
	CONSTRAINT fk_recusal_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_recusal_member_id ON recusal (member_id);

CREATE TABLE screen_state (
	id INTEGER NOT NULL,
	mode VARCHAR(32) NOT NULL,
	meeting_id INTEGER,
	item_id INTEGER,
	revealed BOOLEAN NOT NULL,
	turn INTEGER NOT NULL,
	changed_at DATETIME NOT NULL,
	community_id INTEGER NOT NULL,
	CONSTRAINT pk_screen_state PRIMARY KEY (id),
	CONSTRAINT uq_screen_state_community_id UNIQUE (community_id),
	CONSTRAINT ck_screen_state_screenmode CHECK (mode IN ('rotation', 'meeting')),
	CONSTRAINT fk_screen_state_meeting_id FOREIGN KEY(meeting_id) REFERENCES meeting (id),
	CONSTRAINT fk_screen_state_item_id FOREIGN KEY(item_id) REFERENCES agenda_item (id),
	CONSTRAINT fk_screen_state_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_screen_state_item_id ON screen_state (item_id);

CREATE INDEX ix_screen_state_meeting_id ON screen_state (meeting_id);

CREATE TABLE screening_score (
	id INTEGER NOT NULL,
	screening_id INTEGER NOT NULL,
	scorer_id INTEGER NOT NULL,
	demand INTEGER NOT NULL,
	reach INTEGER NOT NULL,
	feasibility INTEGER NOT NULL,
	reason VARCHAR(500) NOT NULL,
	scored_at DATETIME NOT NULL,
	community_id INTEGER NOT NULL,
	CONSTRAINT pk_screening_score PRIMARY KEY (id),
	CONSTRAINT uq_screening_score_screening_id_scorer_id UNIQUE (screening_id, scorer_id),
	CONSTRAINT ck_screening_score_demand CHECK (demand BETWEEN 0 AND 40),
	CONSTRAINT ck_screening_score_reach CHECK (reach BETWEEN 0 AND 30),
	CONSTRAINT ck_screening_score_feasibility CHECK (feasibility BETWEEN 0 AND 30),
	CONSTRAINT fk_screening_score_screening_id FOREIGN KEY(screening_id) REFERENCES screening (id),
	CONSTRAINT fk_screening_score_scorer_id FOREIGN KEY(scorer_id) REFERENCES account (id),
	CONSTRAINT fk_screening_score_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_screening_score_scorer_id ON screening_score (scorer_id);

CREATE TABLE speaker_turn (
	id INTEGER NOT NULL,
	item_id INTEGER NOT NULL,
	member_id INTEGER NOT NULL,
	side VARCHAR(32) NOT NULL,
	state VARCHAR(32) NOT NULL,
	asked_at DATETIME NOT NULL,
	began_at DATETIME,
	ended_at DATETIME,
	extra_seconds INTEGER NOT NULL,
	community_id INTEGER NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_speaker_turn PRIMARY KEY (id),
	CONSTRAINT fk_speaker_turn_item_id FOREIGN KEY(item_id) REFERENCES agenda_item (id),
	CONSTRAINT fk_speaker_turn_member_id FOREIGN KEY(member_id) REFERENCES body_member (id),
	CONSTRAINT ck_speaker_turn_speakerside CHECK (side IN ('for', 'against', 'neutral')),
	CONSTRAINT ck_speaker_turn_speakerstate CHECK (state IN ('waiting', 'speaking', 'done', 'withdrawn')),
	CONSTRAINT fk_speaker_turn_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_speaker_turn_item ON speaker_turn (item_id, id);

CREATE INDEX ix_speaker_turn_member_id ON speaker_turn (member_id);

CREATE TABLE task (
	id INTEGER NOT NULL,
	item_id INTEGER NOT NULL,
	title VARCHAR(200) NOT NULL,
	owner VARCHAR(60) NOT NULL,
	owner_account_id INTEGER,
	due_on DATE NOT NULL,
	state VARCHAR(32) NOT NULL,
	result VARCHAR(500) NOT NULL,
	made_by INTEGER NOT NULL,
	made_at DATETIME NOT NULL,
	ended_by INTEGER,
	ended_at DATETIME,
	community_id INTEGER NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_task PRIMARY KEY (id),
	CONSTRAINT fk_task_item_id FOREIGN KEY(item_id) REFERENCES agenda_item (id),
	CONSTRAINT fk_task_owner_account_id FOREIGN KEY(owner_account_id) REFERENCES account (id),
	CONSTRAINT ck_task_taskstate CHECK (state IN ('open', 'done', 'cancelled')),
	CONSTRAINT fk_task_made_by FOREIGN KEY(made_by) REFERENCES account (id),
	CONSTRAINT fk_task_ended_by FOREIGN KEY(ended_by) REFERENCES account (id),
	CONSTRAINT fk_task_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_task_ended_by ON task (ended_by);

CREATE INDEX ix_task_item_id ON task (item_id);

CREATE INDEX ix_task_made_by ON task (made_by);

CREATE INDEX ix_task_owner_account_id ON task (owner_account_id);

CREATE INDEX ix_task_state ON task (community_id, state, due_on);

CREATE TABLE village_record (
	id INTEGER NOT NULL,
	matter_id INTEGER NOT NULL,
	step VARCHAR(32) NOT NULL,
	round INTEGER NOT NULL,
	"on" DATE NOT NULL,
	until DATE,
	place VARCHAR(200) NOT NULL,
	host VARCHAR(60) NOT NULL,
	recorder VARCHAR(60) NOT NULL,
	due INTEGER,
	present INTEGER,
	votes_for INTEGER,
	votes_against INTEGER,
	votes_abstain INTEGER,
	rule JSON,
	passed BOOLEAN NOT NULL,
	words VARCHAR(2000) NOT NULL,
	proposal VARCHAR(1000) NOT NULL,
	recorded_by INTEGER NOT NULL,
	recorded_at DATETIME NOT NULL,
	community_id INTEGER NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_village_record PRIMARY KEY (id),
	CONSTRAINT uq_village_record_matter_id_step_round UNIQUE (matter_id, step, round),
	CONSTRAINT ck_village_record_present CHECK (present IS NULL OR present <= due),
	CONSTRAINT fk_village_record_matter_id FOREIGN KEY(matter_id) REFERENCES village_matter (id),
	CONSTRAINT ck_village_record_villagestep CHECK (step IN ('proposal', 'consultation', 'opinions', 'review', 'resolution', 'resolution_posted', 'implementation', 'result_posted')),
	CONSTRAINT fk_village_record_recorded_by FOREIGN KEY(recorded_by) REFERENCES account (id),
	CONSTRAINT fk_village_record_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_village_record_recorded_by ON village_record (recorded_by);

CREATE TABLE assisted_entry (
	id INTEGER NOT NULL,
	ballot_id INTEGER NOT NULL,
	witness VARCHAR(60) NOT NULL,
	community_id INTEGER NOT NULL,
	CONSTRAINT pk_assisted_entry PRIMARY KEY (id),
	CONSTRAINT fk_assisted_entry_ballot_id FOREIGN KEY(ballot_id) REFERENCES ballot (id),
	CONSTRAINT fk_assisted_entry_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_assisted_entry_ballot_id ON assisted_entry (ballot_id);

CREATE TABLE ballot_voter (
	id INTEGER NOT NULL,
	ballot_id INTEGER NOT NULL,
	member_id INTEGER NOT NULL,
	way VARCHAR(32) NOT NULL,
	area INTEGER NOT NULL,
	community_id INTEGER NOT NULL,
	CONSTRAINT pk_ballot_voter PRIMARY KEY (id),
	CONSTRAINT uq_ballot_voter_ballot_id_member_id UNIQUE (ballot_id, member_id),
	CONSTRAINT fk_ballot_voter_ballot_id FOREIGN KEY(ballot_id) REFERENCES ballot (id),
	CONSTRAINT fk_ballot_voter_member_id FOREIGN KEY(member_id) REFERENCES body_member (id),
	CONSTRAINT ck_ballot_voter_votemethod CHECK (way IN ('hands', 'named', 'slip', 'paper', 'assisted')),
	CONSTRAINT fk_ballot_voter_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_ballot_voter_member_id ON ballot_voter (member_id);

CREATE TABLE ballot_way (
	id INTEGER NOT NULL,
	ballot_id INTEGER NOT NULL,
	way VARCHAR(32) NOT NULL,
	issued INTEGER NOT NULL,
	returned INTEGER,
	valid INTEGER,
	blank INTEGER,
	spoilt INTEGER,
	community_id INTEGER NOT NULL,
	CONSTRAINT pk_ballot_way PRIMARY KEY (id),
	CONSTRAINT uq_ballot_way_ballot_id_way UNIQUE (ballot_id, way),
	CONSTRAINT ck_ballot_way_issued CHECK (issued >= 0),
	CONSTRAINT ck_ballot_way_balance CHECK (returned IS NULL OR returned = valid + blank + spoilt),
	CONSTRAINT ck_ballot_way_returned CHECK (returned IS NULL OR returned <= issued),
	CONSTRAINT fk_ballot_way_ballot_id FOREIGN KEY(ballot_id) REFERENCES ballot (id),
	CONSTRAINT ck_ballot_way_votemethod CHECK (way IN ('hands', 'named', 'slip', 'paper', 'assisted')),
	CONSTRAINT fk_ballot_way_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE TABLE complaint_step (
	id INTEGER NOT NULL,
	complaint_id INTEGER NOT NULL,
	at DATETIME NOT NULL,
	actor_id INTEGER,
	kind VARCHAR(32) NOT NULL,
	"values" JSON NOT NULL,
	note VARCHAR(500) NOT NULL,
	community_id INTEGER NOT NULL,
	CONSTRAINT pk_complaint_step PRIMARY KEY (id),
	CONSTRAINT fk_complaint_step_complaint_id FOREIGN KEY(complaint_id) REFERENCES complaint (id),
	CONSTRAINT fk_complaint_step_actor_id FOREIGN KEY(actor_id) REFERENCES account (id),
	CONSTRAINT ck_complaint_step_complaintstepkind CHECK (kind IN ('registered', 'linked', 'unlinked', 'handed_over', 'contacted', 'extended', 'replied', 'revisited', 'closed', 'reopened', 'mediation', 'escalated', 'project', 'need', 'unmasked', 'voided')),
	CONSTRAINT fk_complaint_step_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_complaint_step_actor_id ON complaint_step (actor_id);

CREATE INDEX ix_complaint_step_complaint ON complaint_step (complaint_id, id);

CREATE TABLE hand_count (
	id INTEGER NOT NULL,
	ballot_id INTEGER NOT NULL,
	teller INTEGER NOT NULL,
	teller_name VARCHAR(60) NOT NULL,
	votes_for INTEGER NOT NULL,
	votes_against INTEGER NOT NULL,
	votes_abstain INTEGER NOT NULL,
	entered_by INTEGER NOT NULL,
	counted_at DATETIME NOT NULL,
	community_id INTEGER NOT NULL,
	CONSTRAINT pk_hand_count PRIMARY KEY (id),
	CONSTRAINT uq_hand_count_ballot_id_teller UNIQUE (ballot_id, teller),
	CONSTRAINT ck_hand_count_counts CHECK (votes_for >= 0 AND votes_against >= 0 AND votes_abstain >= 0),
	CONSTRAINT ck_hand_count_teller CHECK (teller IN (1, 2)),
	CONSTRAINT fk_hand_count_ballot_id FOREIGN KEY(ballot_id) REFERENCES ballot (id),
	CONSTRAINT fk_hand_count_entered_by FOREIGN KEY(entered_by) REFERENCES account (id),
	CONSTRAINT fk_hand_count_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_hand_count_entered_by ON hand_count (entered_by);

CREATE TABLE intake (
	id INTEGER NOT NULL,
	poster_id INTEGER NOT NULL,
	kind VARCHAR(32) NOT NULL,
	request_key VARCHAR(64) NOT NULL,
	receipt VARCHAR(16) NOT NULL,
	what BLOB NOT NULL,
	where_text BLOB,
	service_id INTEGER,
	wanted_on DATE,
	wanted_time VARCHAR(60) NOT NULL,
	place_id INTEGER,
	asker_name BLOB,
	asker_phone BLOB,
	urgent BOOLEAN NOT NULL,
	received_at DATETIME NOT NULL,
	state VARCHAR(32) NOT NULL,
	result VARCHAR(32),
	need_id INTEGER,
	order_id INTEGER,
	complaint_id INTEGER,
	decided_by INTEGER,
	decided_at DATETIME,
	reason VARCHAR(200) NOT NULL,
	wiped_at DATETIME,
	community_id INTEGER NOT NULL,
	restricted BOOLEAN NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_intake PRIMARY KEY (id),
	CONSTRAINT fk_intake_poster_id FOREIGN KEY(poster_id) REFERENCES poster (id),
	CONSTRAINT ck_intake_posterkind CHECK (kind IN ('order', 'report')),
	CONSTRAINT uq_intake_request_key UNIQUE (request_key),
	CONSTRAINT uq_intake_receipt UNIQUE (receipt),
	CONSTRAINT fk_intake_service_id FOREIGN KEY(service_id) REFERENCES service (id),
	CONSTRAINT fk_intake_place_id FOREIGN KEY(place_id) REFERENCES place (id),
	CONSTRAINT ck_intake_intakestate CHECK (state IN ('waiting', 'taken', 'refused')),
	CONSTRAINT ck_intake_intakeresult CHECK (result IN ('need', 'order', 'complaint')),
	CONSTRAINT fk_intake_need_id FOREIGN KEY(need_id) REFERENCES need (id),
	CONSTRAINT fk_intake_order_id FOREIGN KEY(order_id) REFERENCES service_order (id),
	CONSTRAINT fk_intake_complaint_id FOREIGN KEY(complaint_id) REFERENCES complaint (id),
	CONSTRAINT fk_intake_decided_by FOREIGN KEY(decided_by) REFERENCES account (id),
	CONSTRAINT fk_intake_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_intake_complaint_id ON intake (complaint_id);

CREATE INDEX ix_intake_decided_by ON intake (decided_by);

CREATE INDEX ix_intake_need_id ON intake (need_id);

CREATE INDEX ix_intake_order_id ON intake (order_id);

CREATE INDEX ix_intake_place_id ON intake (place_id);

CREATE INDEX ix_intake_poster_id ON intake (poster_id);

CREATE INDEX ix_intake_service_id ON intake (service_id);

CREATE INDEX ix_intake_state ON intake (community_id, state, received_at);

CREATE TABLE mediation_action (
	id INTEGER NOT NULL,
	mediation_id INTEGER NOT NULL,
	title VARCHAR(200) NOT NULL,
	party_id INTEGER,
	owner VARCHAR(200) NOT NULL,
	due_on DATE NOT NULL,
	checker VARCHAR(60) NOT NULL,
	state VARCHAR(32) NOT NULL,
	community_id INTEGER NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_mediation_action PRIMARY KEY (id),
	CONSTRAINT fk_mediation_action_mediation_id FOREIGN KEY(mediation_id) REFERENCES mediation (id),
	CONSTRAINT fk_mediation_action_party_id FOREIGN KEY(party_id) REFERENCES mediation_party (id),
	CONSTRAINT ck_mediation_action_taskstate CHECK (state IN ('open', 'done', 'cancelled')),
	CONSTRAINT fk_mediation_action_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_mediation_action_mediation_id ON mediation_action (mediation_id);

CREATE INDEX ix_mediation_action_party_id ON mediation_action (party_id);

CREATE TABLE named_vote (
	id INTEGER NOT NULL,
	ballot_id INTEGER NOT NULL,
	member_id INTEGER NOT NULL,
	choice VARCHAR(400) NOT NULL,
	cast_at DATETIME NOT NULL,
	entered_by INTEGER NOT NULL,
	witness VARCHAR(60) NOT NULL,
	community_id INTEGER NOT NULL,
	CONSTRAINT pk_named_vote PRIMARY KEY (id),
	CONSTRAINT uq_named_vote_ballot_id_member_id UNIQUE (ballot_id, member_id),
	CONSTRAINT fk_named_vote_ballot_id FOREIGN KEY(ballot_id) REFERENCES ballot (id),
	CONSTRAINT fk_named_vote_member_id FOREIGN KEY(member_id) REFERENCES body_member (id),
	CONSTRAINT fk_named_vote_entered_by FOREIGN KEY(entered_by) REFERENCES account (id),
	CONSTRAINT fk_named_vote_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_named_vote_entered_by ON named_vote (entered_by);

CREATE INDEX ix_named_vote_member_id ON named_vote (member_id);

CREATE TABLE objection (
	id INTEGER NOT NULL,
	notice_id INTEGER NOT NULL,
	objector BLOB NOT NULL,
	contact BLOB NOT NULL,
	matter VARCHAR(500) NOT NULL,
	received_at DATETIME NOT NULL,
	received_by INTEGER NOT NULL,
	state VARCHAR(32) NOT NULL,
	answer VARCHAR(500) NOT NULL,
	plan_before VARCHAR(1000) NOT NULL,
	plan_after VARCHAR(1000) NOT NULL,
	handled_at DATETIME,
	handled_by INTEGER,
	community_id INTEGER NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_objection PRIMARY KEY (id),
	CONSTRAINT fk_objection_notice_id FOREIGN KEY(notice_id) REFERENCES notice (id),
	CONSTRAINT fk_objection_received_by FOREIGN KEY(received_by) REFERENCES account (id),
	CONSTRAINT ck_objection_objectionstate CHECK (state IN ('open', 'upheld', 'changed', 'revote')),
	CONSTRAINT fk_objection_handled_by FOREIGN KEY(handled_by) REFERENCES account (id),
	CONSTRAINT fk_objection_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_objection_handled_by ON objection (handled_by);

CREATE INDEX ix_objection_notice ON objection (notice_id, state);

CREATE INDEX ix_objection_received_by ON objection (received_by);

CREATE TABLE paper_count (
	id INTEGER NOT NULL,
	ballot_id INTEGER NOT NULL,
	entry INTEGER NOT NULL,
	name VARCHAR(60) NOT NULL,
	returned INTEGER NOT NULL,
	blank INTEGER NOT NULL,
	spoilt INTEGER NOT NULL,
	sheet BLOB NOT NULL,
	entered_by INTEGER NOT NULL,
	community_id INTEGER NOT NULL,
	CONSTRAINT pk_paper_count PRIMARY KEY (id),
	CONSTRAINT uq_paper_count_ballot_id_entry UNIQUE (ballot_id, entry),
	CONSTRAINT ck_paper_count_counts CHECK (returned >= 0 AND blank >= 0 AND spoilt >= 0),
	CONSTRAINT ck_paper_count_entry CHECK (entry IN (1, 2)),
	CONSTRAINT fk_paper_count_ballot_id FOREIGN KEY(ballot_id) REFERENCES ballot (id),
	CONSTRAINT fk_paper_count_entered_by FOREIGN KEY(entered_by) REFERENCES account (id),
	CONSTRAINT fk_paper_count_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_paper_count_entered_by ON paper_count (entered_by);

CREATE TABLE secret_vote (
	id INTEGER NOT NULL,
	ballot_id INTEGER NOT NULL,
	code VARCHAR(12) NOT NULL,
	sealed BLOB,
	choice VARCHAR(400),
	community_id INTEGER NOT NULL,
	CONSTRAINT pk_secret_vote PRIMARY KEY (id),
	CONSTRAINT uq_secret_vote_ballot_id_code UNIQUE (ballot_id, code),
	CONSTRAINT fk_secret_vote_ballot_id FOREIGN KEY(ballot_id) REFERENCES ballot (id),
	CONSTRAINT fk_secret_vote_community_id FOREIGN KEY(community_id) REFERENCES community (id)
)
 WITHOUT ROWID;

CREATE TABLE slip_aside (
	id INTEGER NOT NULL,
	ballot_id INTEGER NOT NULL,
	slip_id INTEGER NOT NULL,
	community_id INTEGER NOT NULL,
	CONSTRAINT pk_slip_aside PRIMARY KEY (id),
	CONSTRAINT uq_slip_aside_ballot_id_slip_id UNIQUE (ballot_id, slip_id),
	CONSTRAINT fk_slip_aside_ballot_id FOREIGN KEY(ballot_id) REFERENCES ballot (id),
	CONSTRAINT fk_slip_aside_slip_id FOREIGN KEY(slip_id) REFERENCES slip (id),
	CONSTRAINT fk_slip_aside_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_slip_aside_slip_id ON slip_aside (slip_id);

CREATE TABLE mediation_check (
	id INTEGER NOT NULL,
	action_id INTEGER NOT NULL,
	"on" DATE NOT NULL,
	passed BOOLEAN NOT NULL,
	words VARCHAR(500) NOT NULL,
	checked_by INTEGER NOT NULL,
	recorded_at DATETIME NOT NULL,
	community_id INTEGER NOT NULL,
	CONSTRAINT pk_mediation_check PRIMARY KEY (id),
	CONSTRAINT fk_mediation_check_action_id FOREIGN KEY(action_id) REFERENCES mediation_action (id),
	CONSTRAINT fk_mediation_check_checked_by FOREIGN KEY(checked_by) REFERENCES account (id),
	CONSTRAINT fk_mediation_check_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_mediation_check_action_id ON mediation_check (action_id);

CREATE INDEX ix_mediation_check_checked_by ON mediation_check (checked_by);

CREATE TABLE photo (
	id INTEGER NOT NULL,
	need_id INTEGER,
	order_id INTEGER,
	complaint_id INTEGER,
	intake_id INTEGER,
	sha256 VARCHAR(64) NOT NULL,
	size INTEGER NOT NULL,
	width INTEGER NOT NULL,
	height INTEGER NOT NULL,
	added_by INTEGER,
	added_at DATETIME NOT NULL,
	removed_at DATETIME,
	community_id INTEGER NOT NULL,
	restricted BOOLEAN NOT NULL,
	CONSTRAINT pk_photo PRIMARY KEY (id),
	CONSTRAINT ck_photo_subject CHECK (coalesce(need_id, order_id, complaint_id, intake_id) IS NOT NULL),
	CONSTRAINT ck_photo_size CHECK (size > 0 AND width > 0 AND height > 0),
	CONSTRAINT fk_photo_need_id FOREIGN KEY(need_id) REFERENCES need (id),
	CONSTRAINT fk_photo_order_id FOREIGN KEY(order_id) REFERENCES service_order (id),
	CONSTRAINT fk_photo_complaint_id FOREIGN KEY(complaint_id) REFERENCES complaint (id),
	CONSTRAINT fk_photo_intake_id FOREIGN KEY(intake_id) REFERENCES intake (id),
	CONSTRAINT fk_photo_added_by FOREIGN KEY(added_by) REFERENCES account (id),
	CONSTRAINT fk_photo_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_photo_added_by ON photo (added_by);

CREATE INDEX ix_photo_complaint_id ON photo (complaint_id);

CREATE INDEX ix_photo_intake_id ON photo (intake_id);

CREATE INDEX ix_photo_need_id ON photo (need_id);

CREATE INDEX ix_photo_order_id ON photo (order_id);

CREATE INDEX ix_photo_sha256 ON photo (sha256);

