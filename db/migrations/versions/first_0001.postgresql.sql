CREATE TABLE audit_entry (
	id BIGSERIAL NOT NULL,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	actor_id BIGINT,
	actor_name VARCHAR(60) NOT NULL,
	reason VARCHAR(200) NOT NULL,
	subdistrict_id BIGINT,
	community_id BIGINT,
	table_name VARCHAR(60) NOT NULL,
	row_id BIGINT,
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
	id BIGSERIAL NOT NULL,
	entries INTEGER NOT NULL,
	hash VARCHAR(64) NOT NULL,
	CONSTRAINT pk_audit_head PRIMARY KEY (id),
	CONSTRAINT ck_audit_head_one_row CHECK (id = 1)
);

CREATE TABLE request_key (
	key VARCHAR(64) NOT NULL,
	actor_id BIGINT,
	action VARCHAR(60) NOT NULL,
	result JSON,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_request_key PRIMARY KEY (key)
);

CREATE INDEX ix_request_key_at ON request_key (at);

CREATE TABLE sign_in_failure (
	id BIGSERIAL NOT NULL,
	username_index VARCHAR(32) NOT NULL,
	address_index VARCHAR(32) NOT NULL,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_sign_in_failure PRIMARY KEY (id)
);

CREATE INDEX ix_sign_in_failure_address ON sign_in_failure (address_index, at);

CREATE INDEX ix_sign_in_failure_username ON sign_in_failure (username_index, at);

CREATE TABLE subdistrict (
	id BIGSERIAL NOT NULL,
	name VARCHAR(200) NOT NULL,
	district VARCHAR(200) NOT NULL,
	CONSTRAINT pk_subdistrict PRIMARY KEY (id),
	CONSTRAINT uq_subdistrict_name UNIQUE (name)
);

CREATE TABLE category (
	id BIGSERIAL NOT NULL,
	name VARCHAR(60) NOT NULL,
	name_en VARCHAR(60) NOT NULL,
	position INTEGER NOT NULL,
	active BOOLEAN NOT NULL,
	subdistrict_id BIGINT NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_category PRIMARY KEY (id),
	CONSTRAINT uq_category_subdistrict_id_name UNIQUE (subdistrict_id, name),
	CONSTRAINT fk_category_subdistrict_id FOREIGN KEY(subdistrict_id) REFERENCES subdistrict (id)
);

CREATE INDEX ix_category_subdistrict_id ON category (subdistrict_id);

CREATE TABLE community (
	id BIGSERIAL NOT NULL,
	name VARCHAR(60) NOT NULL,
	code VARCHAR(12) NOT NULL,
	households INTEGER NOT NULL,
	residents INTEGER NOT NULL,
	desk_phone VARCHAR(60) NOT NULL,
	subdistrict_id BIGINT NOT NULL,
	CONSTRAINT pk_community PRIMARY KEY (id),
	CONSTRAINT uq_community_subdistrict_id_name UNIQUE (subdistrict_id, name),
	CONSTRAINT fk_community_subdistrict_id FOREIGN KEY(subdistrict_id) REFERENCES subdistrict (id)
);

CREATE INDEX ix_community_subdistrict_id ON community (subdistrict_id);

CREATE TABLE complaint_time (
	id BIGSERIAL NOT NULL,
	haste VARCHAR(32) NOT NULL,
	contact_hours INTEGER NOT NULL,
	answer_days INTEGER NOT NULL,
	subdistrict_id BIGINT NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_complaint_time PRIMARY KEY (id),
	CONSTRAINT uq_complaint_time_subdistrict_id_haste UNIQUE (subdistrict_id, haste),
	CONSTRAINT ck_complaint_time_complainthaste CHECK (haste IN ('hotline', 'own', 'urgent', 'safety')),
	CONSTRAINT fk_complaint_time_subdistrict_id FOREIGN KEY(subdistrict_id) REFERENCES subdistrict (id)
);

CREATE INDEX ix_complaint_time_subdistrict_id ON complaint_time (subdistrict_id);

CREATE TABLE holiday_override (
	id BIGSERIAL NOT NULL,
	day DATE NOT NULL,
	workday BOOLEAN NOT NULL,
	note VARCHAR(200) NOT NULL,
	subdistrict_id BIGINT NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_holiday_override PRIMARY KEY (id),
	CONSTRAINT uq_holiday_override_subdistrict_id_day UNIQUE (subdistrict_id, day),
	CONSTRAINT fk_holiday_override_subdistrict_id FOREIGN KEY(subdistrict_id) REFERENCES subdistrict (id)
);

CREATE INDEX ix_holiday_override_subdistrict_id ON holiday_override (subdistrict_id);

CREATE TABLE service (
	id BIGSERIAL NOT NULL,
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
	subdistrict_id BIGINT NOT NULL,
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
	id BIGSERIAL NOT NULL,
	kind VARCHAR(32) NOT NULL,
	days INTEGER NOT NULL,
	subdistrict_id BIGINT NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_visit_rhythm PRIMARY KEY (id),
	CONSTRAINT uq_visit_rhythm_subdistrict_id_kind UNIQUE (subdistrict_id, kind),
	CONSTRAINT ck_visit_rhythm_householdkind CHECK (kind IN ('ordinary', 'key', 'high_risk')),
	CONSTRAINT fk_visit_rhythm_subdistrict_id FOREIGN KEY(subdistrict_id) REFERENCES subdistrict (id)
);

CREATE INDEX ix_visit_rhythm_subdistrict_id ON visit_rhythm (subdistrict_id);

CREATE TABLE account (
	id BIGSERIAL NOT NULL,
	username VARCHAR(60) NOT NULL,
	name VARCHAR(60) NOT NULL,
	role VARCHAR(32) NOT NULL,
	community_id BIGINT,
	password_hash VARCHAR(80) NOT NULL,
	must_change_password BOOLEAN NOT NULL,
	disabled_at TIMESTAMP WITH TIME ZONE,
	sees_restricted BOOLEAN NOT NULL,
	language VARCHAR(32) NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE NOT NULL,
	subdistrict_id BIGINT NOT NULL,
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
	id BIGSERIAL NOT NULL,
	name VARCHAR(60) NOT NULL,
	kind VARCHAR(32) NOT NULL,
	term INTEGER NOT NULL,
	community_id BIGINT NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_body PRIMARY KEY (id),
	CONSTRAINT uq_body_community_id_name UNIQUE (community_id, name),
	CONSTRAINT ck_body_bodykind CHECK (kind IN ('council', 'residents_representatives', 'residents', 'villagers', 'villagers_representatives', 'owners_advisory')),
	CONSTRAINT fk_body_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE TABLE column_mapping (
	id BIGSERIAL NOT NULL,
	kind VARCHAR(32) NOT NULL,
	headers_hash VARCHAR(64) NOT NULL,
	columns JSON NOT NULL,
	used_at TIMESTAMP WITH TIME ZONE NOT NULL,
	community_id BIGINT NOT NULL,
	CONSTRAINT pk_column_mapping PRIMARY KEY (id),
	CONSTRAINT uq_column_mapping_community_id_kind_headers_hash UNIQUE (community_id, kind, headers_hash),
	CONSTRAINT ck_column_mapping_importkind CHECK (kind IN ('households', 'needs', 'volunteers', 'members', 'visits', 'hotline', 'sign_ups')),
	CONSTRAINT fk_column_mapping_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE TABLE need_flow (
	id BIGSERIAL NOT NULL,
	day DATE NOT NULL,
	stage VARCHAR(32) NOT NULL,
	entered INTEGER NOT NULL,
	logged INTEGER NOT NULL,
	community_id BIGINT NOT NULL,
	CONSTRAINT pk_need_flow PRIMARY KEY (id),
	CONSTRAINT uq_need_flow_community_id_day_stage UNIQUE (community_id, day, stage),
	CONSTRAINT ck_need_flow_needstage CHECK (stage IN ('logged', 'handling', 'registered', 'screening', 'screened', 'reserve', 'for_council', 'on_agenda', 'notice', 'to_project', 'in_project', 'ordered', 'answering', 'closed', 'merged', 'void')),
	CONSTRAINT fk_need_flow_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_need_flow_day ON need_flow (day);

CREATE TABLE need_standing (
	id BIGSERIAL NOT NULL,
	category_id BIGINT NOT NULL,
	stage VARCHAR(32) NOT NULL,
	needs INTEGER NOT NULL,
	community_id BIGINT NOT NULL,
	CONSTRAINT pk_need_standing PRIMARY KEY (id),
	CONSTRAINT uq_need_standing_community_id_category_id_stage UNIQUE (community_id, category_id, stage),
	CONSTRAINT ck_need_standing_needs CHECK (needs >= 0),
	CONSTRAINT fk_need_standing_category_id FOREIGN KEY(category_id) REFERENCES category (id),
	CONSTRAINT ck_need_standing_needstage CHECK (stage IN ('logged', 'handling', 'registered', 'screening', 'screened', 'reserve', 'for_council', 'on_agenda', 'notice', 'to_project', 'in_project', 'ordered', 'answering', 'closed', 'merged', 'void')),
	CONSTRAINT fk_need_standing_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_need_standing_category_id ON need_standing (category_id);

CREATE TABLE place (
	id BIGSERIAL NOT NULL,
	name VARCHAR(60) NOT NULL,
	kind VARCHAR(32) NOT NULL,
	households INTEGER NOT NULL,
	community_id BIGINT NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_place PRIMARY KEY (id),
	CONSTRAINT uq_place_community_id_name UNIQUE (community_id, name),
	CONSTRAINT ck_place_placekind CHECK (kind IN ('estate', 'street', 'public')),
	CONSTRAINT fk_place_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE TABLE running_number (
	id BIGSERIAL NOT NULL,
	series VARCHAR(24) NOT NULL,
	year INTEGER NOT NULL,
	last INTEGER NOT NULL,
	community_id BIGINT NOT NULL,
	CONSTRAINT pk_running_number PRIMARY KEY (id),
	CONSTRAINT uq_running_number_community_id_series_year UNIQUE (community_id, series, year),
	CONSTRAINT fk_running_number_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE TABLE service_day (
	id BIGSERIAL NOT NULL,
	day DATE NOT NULL,
	minutes INTEGER NOT NULL,
	records INTEGER NOT NULL,
	community_id BIGINT NOT NULL,
	CONSTRAINT pk_service_day PRIMARY KEY (id),
	CONSTRAINT uq_service_day_community_id_day UNIQUE (community_id, day),
	CONSTRAINT fk_service_day_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE TABLE squad (
	id BIGSERIAL NOT NULL,
	name VARCHAR(60) NOT NULL,
	theme VARCHAR(32) NOT NULL,
	founded_on DATE NOT NULL,
	community_id BIGINT NOT NULL,
	CONSTRAINT pk_squad PRIMARY KEY (id),
	CONSTRAINT uq_squad_community_id_name UNIQUE (community_id, name),
	CONSTRAINT ck_squad_teamtheme CHECK (theme IN ('culture', 'health', 'law', 'environment', 'water')),
	CONSTRAINT fk_squad_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE TABLE auth_session (
	id BIGSERIAL NOT NULL,
	token_hash VARCHAR(64) NOT NULL,
	account_id BIGINT NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE NOT NULL,
	last_seen_at TIMESTAMP WITH TIME ZONE NOT NULL,
	expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
	revoked_at TIMESTAMP WITH TIME ZONE,
	device VARCHAR(200) NOT NULL,
	CONSTRAINT pk_auth_session PRIMARY KEY (id),
	CONSTRAINT uq_auth_session_token_hash UNIQUE (token_hash),
	CONSTRAINT fk_auth_session_account_id FOREIGN KEY(account_id) REFERENCES account (id)
);

CREATE INDEX ix_auth_session_account_id ON auth_session (account_id);

CREATE TABLE body_member (
	id BIGSERIAL NOT NULL,
	body_id BIGINT NOT NULL,
	seat INTEGER NOT NULL,
	name VARCHAR(60) NOT NULL,
	capacity VARCHAR(60) NOT NULL,
	account_id BIGINT,
	since DATE NOT NULL,
	until DATE,
	card_hash VARCHAR(64),
	floor_area INTEGER,
	community_id BIGINT NOT NULL,
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
	id BIGSERIAL NOT NULL,
	name VARCHAR(60) NOT NULL,
	token_hash VARCHAR(64) NOT NULL,
	made_by BIGINT NOT NULL,
	made_at TIMESTAMP WITH TIME ZONE NOT NULL,
	revoked_at TIMESTAMP WITH TIME ZONE,
	community_id BIGINT NOT NULL,
	CONSTRAINT pk_display_link PRIMARY KEY (id),
	CONSTRAINT uq_display_link_token_hash UNIQUE (token_hash),
	CONSTRAINT fk_display_link_made_by FOREIGN KEY(made_by) REFERENCES account (id),
	CONSTRAINT fk_display_link_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_display_link_made_by ON display_link (made_by);

CREATE TABLE document_template (
	id BIGSERIAL NOT NULL,
	kind VARCHAR(40) NOT NULL,
	name VARCHAR(200) NOT NULL,
	file BYTEA NOT NULL,
	sha256 VARCHAR(64) NOT NULL,
	uploaded_by BIGINT NOT NULL,
	uploaded_at TIMESTAMP WITH TIME ZONE NOT NULL,
	retired_at TIMESTAMP WITH TIME ZONE,
	subdistrict_id BIGINT NOT NULL,
	CONSTRAINT pk_document_template PRIMARY KEY (id),
	CONSTRAINT fk_document_template_uploaded_by FOREIGN KEY(uploaded_by) REFERENCES account (id),
	CONSTRAINT fk_document_template_subdistrict_id FOREIGN KEY(subdistrict_id) REFERENCES subdistrict (id)
);

CREATE INDEX ix_document_template_subdistrict_id ON document_template (subdistrict_id);

CREATE INDEX ix_document_template_uploaded_by ON document_template (uploaded_by);

CREATE UNIQUE INDEX uq_document_template_used ON document_template (subdistrict_id, kind) WHERE retired_at IS NULL;

CREATE TABLE door_phone (
	id BIGSERIAL NOT NULL,
	name VARCHAR(60) NOT NULL,
	token_hash VARCHAR(64) NOT NULL,
	paired_at TIMESTAMP WITH TIME ZONE NOT NULL,
	expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
	last_seen_at TIMESTAMP WITH TIME ZONE NOT NULL,
	revoked_at TIMESTAMP WITH TIME ZONE,
	community_id BIGINT NOT NULL,
	account_id BIGINT,
	CONSTRAINT pk_door_phone PRIMARY KEY (id),
	CONSTRAINT uq_door_phone_token_hash UNIQUE (token_hash),
	CONSTRAINT fk_door_phone_community_id FOREIGN KEY(community_id) REFERENCES community (id),
	CONSTRAINT fk_door_phone_account_id FOREIGN KEY(account_id) REFERENCES account (id)
);

CREATE INDEX ix_door_phone_account_id ON door_phone (account_id);

CREATE TABLE door_ticket (
	id BIGSERIAL NOT NULL,
	ticket_hash VARCHAR(64) NOT NULL,
	account_id BIGINT NOT NULL,
	expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_door_ticket PRIMARY KEY (id),
	CONSTRAINT uq_door_ticket_ticket_hash UNIQUE (ticket_hash),
	CONSTRAINT fk_door_ticket_account_id FOREIGN KEY(account_id) REFERENCES account (id)
);

CREATE INDEX ix_door_ticket_account_id ON door_ticket (account_id);

CREATE TABLE draft (
	id BIGSERIAL NOT NULL,
	account_id BIGINT NOT NULL,
	page VARCHAR(64) NOT NULL,
	typed BYTEA NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE NOT NULL,
	expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_draft PRIMARY KEY (id),
	CONSTRAINT uq_draft_account_id_page UNIQUE (account_id, page),
	CONSTRAINT fk_draft_account_id FOREIGN KEY(account_id) REFERENCES account (id)
);

CREATE TABLE export (
	id BIGSERIAL NOT NULL,
	account_id BIGINT NOT NULL,
	what VARCHAR(60) NOT NULL,
	rows INTEGER NOT NULL,
	masked BOOLEAN NOT NULL,
	filters JSON NOT NULL,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	community_id BIGINT NOT NULL,
	CONSTRAINT pk_export PRIMARY KEY (id),
	CONSTRAINT fk_export_account_id FOREIGN KEY(account_id) REFERENCES account (id),
	CONSTRAINT fk_export_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_export_account_id ON export (account_id);

CREATE TABLE house_preset (
	id BIGSERIAL NOT NULL,
	key VARCHAR(60) NOT NULL,
	name VARCHAR(200) NOT NULL,
	kind VARCHAR(32) NOT NULL,
	rule JSON NOT NULL,
	basis VARCHAR(200) NOT NULL,
	in_force_since DATE,
	valid_from DATE NOT NULL,
	set_by BIGINT NOT NULL,
	set_at TIMESTAMP WITH TIME ZONE NOT NULL,
	subdistrict_id BIGINT NOT NULL,
	CONSTRAINT pk_house_preset PRIMARY KEY (id),
	CONSTRAINT ck_house_preset_bodykind CHECK (kind IN ('council', 'residents_representatives', 'residents', 'villagers', 'villagers_representatives', 'owners_advisory')),
	CONSTRAINT fk_house_preset_set_by FOREIGN KEY(set_by) REFERENCES account (id),
	CONSTRAINT fk_house_preset_subdistrict_id FOREIGN KEY(subdistrict_id) REFERENCES subdistrict (id)
);

CREATE INDEX ix_house_preset_key ON house_preset (subdistrict_id, key, valid_from);

CREATE INDEX ix_house_preset_set_by ON house_preset (set_by);

CREATE INDEX ix_house_preset_subdistrict_id ON house_preset (subdistrict_id);

CREATE TABLE house_rules (
	id BIGSERIAL NOT NULL,
	body_id BIGINT NOT NULL,
	valid_from DATE NOT NULL,
	preset VARCHAR(60) NOT NULL,
	rule JSON NOT NULL,
	basis VARCHAR(200) NOT NULL,
	set_by BIGINT NOT NULL,
	set_at TIMESTAMP WITH TIME ZONE NOT NULL,
	community_id BIGINT NOT NULL,
	CONSTRAINT pk_house_rules PRIMARY KEY (id),
	CONSTRAINT fk_house_rules_body_id FOREIGN KEY(body_id) REFERENCES body (id),
	CONSTRAINT fk_house_rules_set_by FOREIGN KEY(set_by) REFERENCES account (id),
	CONSTRAINT fk_house_rules_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_house_rules_body_id ON house_rules (body_id);

CREATE INDEX ix_house_rules_set_by ON house_rules (set_by);

CREATE TABLE household (
	id BIGSERIAL NOT NULL,
	place_id BIGINT NOT NULL,
	building VARCHAR(60) NOT NULL,
	stairwell VARCHAR(60) NOT NULL,
	room BYTEA NOT NULL,
	door_index VARCHAR(32) NOT NULL,
	kind VARCHAR(32) NOT NULL,
	alias VARCHAR(60) NOT NULL,
	door_note VARCHAR(200) NOT NULL,
	met_on DATE,
	tries INTEGER NOT NULL,
	due_on DATE,
	community_id BIGINT NOT NULL,
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
	id BIGSERIAL NOT NULL,
	kind VARCHAR(32) NOT NULL,
	file_name VARCHAR(200) NOT NULL,
	sha256 VARCHAR(64) NOT NULL,
	rows INTEGER NOT NULL,
	made_by BIGINT NOT NULL,
	made_at TIMESTAMP WITH TIME ZONE NOT NULL,
	undone_at TIMESTAMP WITH TIME ZONE,
	undone_by BIGINT,
	undone_reason VARCHAR(200) NOT NULL,
	community_id BIGINT NOT NULL,
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
	id BIGSERIAL NOT NULL,
	body_id BIGINT NOT NULL,
	term INTEGER NOT NULL,
	number INTEGER NOT NULL,
	title VARCHAR(200) NOT NULL,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	place VARCHAR(200) NOT NULL,
	state VARCHAR(32) NOT NULL,
	notice_sent_at TIMESTAMP WITH TIME ZONE,
	rule JSON,
	short_notice_reason VARCHAR(200) NOT NULL,
	cancel_reason VARCHAR(200) NOT NULL,
	sign_in_key VARCHAR(32) NOT NULL,
	chair_id BIGINT,
	opened_at TIMESTAMP WITH TIME ZONE,
	closed_at TIMESTAMP WITH TIME ZONE,
	observers INTEGER NOT NULL,
	log_entries INTEGER NOT NULL,
	log_hash VARCHAR(64) NOT NULL,
	community_id BIGINT NOT NULL,
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
	id BIGSERIAL NOT NULL,
	account_id BIGINT NOT NULL,
	place_id BIGINT NOT NULL,
	building VARCHAR(60) NOT NULL,
	community_id BIGINT NOT NULL,
	CONSTRAINT pk_patch PRIMARY KEY (id),
	CONSTRAINT uq_patch_account_id_place_id_building UNIQUE (account_id, place_id, building),
	CONSTRAINT fk_patch_account_id FOREIGN KEY(account_id) REFERENCES account (id),
	CONSTRAINT fk_patch_place_id FOREIGN KEY(place_id) REFERENCES place (id),
	CONSTRAINT fk_patch_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_patch_place_id ON patch (place_id);

CREATE TABLE place_demand (
	id BIGSERIAL NOT NULL,
	place_id BIGINT NOT NULL,
	category_id BIGINT NOT NULL,
	needs INTEGER NOT NULL,
	people INTEGER NOT NULL,
	community_id BIGINT NOT NULL,
	CONSTRAINT pk_place_demand PRIMARY KEY (id),
	CONSTRAINT uq_place_demand_place_id_category_id UNIQUE (place_id, category_id),
	CONSTRAINT fk_place_demand_place_id FOREIGN KEY(place_id) REFERENCES place (id),
	CONSTRAINT fk_place_demand_category_id FOREIGN KEY(category_id) REFERENCES category (id),
	CONSTRAINT fk_place_demand_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_place_demand_category_id ON place_demand (category_id);

CREATE TABLE programme (
	id BIGSERIAL NOT NULL,
	alias VARCHAR(60) NOT NULL,
	name BYTEA NOT NULL,
	purpose BYTEA NOT NULL,
	keep_until DATE NOT NULL,
	made_by BIGINT NOT NULL,
	made_at TIMESTAMP WITH TIME ZONE NOT NULL,
	ended_at TIMESTAMP WITH TIME ZONE,
	community_id BIGINT NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_programme PRIMARY KEY (id),
	CONSTRAINT uq_programme_community_id_alias UNIQUE (community_id, alias),
	CONSTRAINT fk_programme_made_by FOREIGN KEY(made_by) REFERENCES account (id),
	CONSTRAINT fk_programme_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_programme_made_by ON programme (made_by);

CREATE TABLE project (
	id BIGSERIAL NOT NULL,
	number VARCHAR(24) NOT NULL,
	title VARCHAR(200) NOT NULL,
	kind VARCHAR(32) NOT NULL,
	state VARCHAR(32) NOT NULL,
	leader_id BIGINT NOT NULL,
	problem VARCHAR(1000) NOT NULL,
	measures VARCHAR(1000) NOT NULL,
	beneficiaries VARCHAR(200) NOT NULL,
	beneficiary_count INTEGER NOT NULL,
	budget_fen BIGINT NOT NULL,
	funding VARCHAR(200) NOT NULL,
	starts_on DATE NOT NULL,
	due_on DATE NOT NULL,
	set_up_at TIMESTAMP WITH TIME ZONE NOT NULL,
	set_up_by BIGINT NOT NULL,
	accepted_at TIMESTAMP WITH TIME ZONE,
	community_id BIGINT NOT NULL,
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
	id BIGSERIAL NOT NULL,
	name VARCHAR(200) NOT NULL,
	ledger VARCHAR(32) NOT NULL,
	file_name VARCHAR(200) NOT NULL,
	file BYTEA NOT NULL,
	sha256 VARCHAR(64) NOT NULL,
	layout JSON NOT NULL,
	uploaded_by BIGINT NOT NULL,
	uploaded_at TIMESTAMP WITH TIME ZONE NOT NULL,
	retired_at TIMESTAMP WITH TIME ZONE,
	subdistrict_id BIGINT NOT NULL,
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
	id BIGSERIAL NOT NULL,
	demand INTEGER NOT NULL,
	reach INTEGER NOT NULL,
	feasibility INTEGER NOT NULL,
	valid_from DATE NOT NULL,
	set_by BIGINT NOT NULL,
	set_at TIMESTAMP WITH TIME ZONE NOT NULL,
	community_id BIGINT NOT NULL,
	CONSTRAINT pk_screening_weights PRIMARY KEY (id),
	CONSTRAINT ck_screening_weights_sum CHECK (demand + reach + feasibility = 100),
	CONSTRAINT fk_screening_weights_set_by FOREIGN KEY(set_by) REFERENCES account (id),
	CONSTRAINT fk_screening_weights_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_screening_weights_set_by ON screening_weights (set_by);

CREATE TABLE sign_in_ticket (
	id BIGSERIAL NOT NULL,
	ticket_hash VARCHAR(64) NOT NULL,
	account_id BIGINT NOT NULL,
	expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_sign_in_ticket PRIMARY KEY (id),
	CONSTRAINT uq_sign_in_ticket_ticket_hash UNIQUE (ticket_hash),
	CONSTRAINT fk_sign_in_ticket_account_id FOREIGN KEY(account_id) REFERENCES account (id)
);

CREATE INDEX ix_sign_in_ticket_account_id ON sign_in_ticket (account_id);

CREATE TABLE volunteer (
	id BIGSERIAL NOT NULL,
	number VARCHAR(60) NOT NULL,
	name BYTEA NOT NULL,
	phone BYTEA,
	kind VARCHAR(32) NOT NULL,
	skills JSON NOT NULL,
	free_times VARCHAR(200) NOT NULL,
	free_slots JSON NOT NULL,
	place_id BIGINT,
	building VARCHAR(60) NOT NULL,
	since DATE NOT NULL,
	minutes INTEGER NOT NULL,
	community_id BIGINT NOT NULL,
	account_id BIGINT,
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
	id BIGSERIAL NOT NULL,
	week DATE NOT NULL,
	needs INTEGER NOT NULL,
	visits INTEGER NOT NULL,
	not_in INTEGER NOT NULL,
	signed_at TIMESTAMP WITH TIME ZONE NOT NULL,
	signed_by BIGINT NOT NULL,
	digest VARCHAR(64) NOT NULL,
	remark VARCHAR(200) NOT NULL,
	community_id BIGINT NOT NULL,
	CONSTRAINT pk_week_sign_off PRIMARY KEY (id),
	CONSTRAINT uq_week_sign_off_community_id_week UNIQUE (community_id, week),
	CONSTRAINT fk_week_sign_off_signed_by FOREIGN KEY(signed_by) REFERENCES account (id),
	CONSTRAINT fk_week_sign_off_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_week_sign_off_signed_by ON week_sign_off (signed_by);

CREATE TABLE acceptance (
	id BIGSERIAL NOT NULL,
	project_id BIGINT NOT NULL,
	round INTEGER NOT NULL,
	state VARCHAR(32) NOT NULL,
	evidence VARCHAR(2000) NOT NULL,
	handed_in_at TIMESTAMP WITH TIME ZONE NOT NULL,
	handed_in_by BIGINT NOT NULL,
	total_hundredths INTEGER,
	grade VARCHAR(32),
	reason VARCHAR(500) NOT NULL,
	recheck_on DATE,
	decided_at TIMESTAMP WITH TIME ZONE,
	decided_by BIGINT,
	community_id BIGINT NOT NULL,
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
	id BIGSERIAL NOT NULL,
	project_id BIGINT NOT NULL,
	title VARCHAR(200) NOT NULL,
	"on" DATE NOT NULL,
	place VARCHAR(200) NOT NULL,
	needed INTEGER NOT NULL,
	state VARCHAR(32) NOT NULL,
	served INTEGER NOT NULL,
	report VARCHAR(500) NOT NULL,
	reported_at TIMESTAMP WITH TIME ZONE,
	reported_by BIGINT,
	community_id BIGINT NOT NULL,
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
	id BIGSERIAL NOT NULL,
	meeting_id BIGINT NOT NULL,
	member_id BIGINT NOT NULL,
	presence VARCHAR(32) NOT NULL,
	came_at TIMESTAMP WITH TIME ZONE,
	left_at TIMESTAMP WITH TIME ZONE,
	proxy VARCHAR(60) NOT NULL,
	community_id BIGINT NOT NULL,
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
	id BIGSERIAL NOT NULL,
	household_id BIGINT NOT NULL,
	field VARCHAR(60) NOT NULL,
	before VARCHAR(200) NOT NULL,
	mine VARCHAR(200) NOT NULL,
	theirs VARCHAR(200) NOT NULL,
	account_id BIGINT NOT NULL,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	settled_at TIMESTAMP WITH TIME ZONE,
	settled_by BIGINT,
	chosen VARCHAR(200) NOT NULL,
	community_id BIGINT NOT NULL,
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
	id BIGSERIAL NOT NULL,
	phone_id BIGINT NOT NULL,
	key VARCHAR(64) NOT NULL,
	kind VARCHAR(32) NOT NULL,
	state VARCHAR(32) NOT NULL,
	answer JSON NOT NULL,
	made_at TIMESTAMP WITH TIME ZONE NOT NULL,
	received_at TIMESTAMP WITH TIME ZONE NOT NULL,
	community_id BIGINT NOT NULL,
	CONSTRAINT pk_door_entry PRIMARY KEY (id),
	CONSTRAINT uq_door_entry_phone_id_key UNIQUE (phone_id, key),
	CONSTRAINT fk_door_entry_phone_id FOREIGN KEY(phone_id) REFERENCES door_phone (id),
	CONSTRAINT ck_door_entry_doorentrykind CHECK (kind IN ('visit', 'need', 'facts')),
	CONSTRAINT ck_door_entry_doorentrystate CHECK (state IN ('stored', 'refused', 'conflict')),
	CONSTRAINT fk_door_entry_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_door_entry_phone_at ON door_entry (phone_id, received_at);

CREATE TABLE imported_row (
	id BIGSERIAL NOT NULL,
	batch_id BIGINT NOT NULL,
	noun VARCHAR(60) NOT NULL,
	first_id INTEGER NOT NULL,
	last_id INTEGER NOT NULL,
	community_id BIGINT NOT NULL,
	CONSTRAINT pk_imported_row PRIMARY KEY (id),
	CONSTRAINT fk_imported_row_batch_id FOREIGN KEY(batch_id) REFERENCES import_batch (id),
	CONSTRAINT fk_imported_row_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_imported_row_batch ON imported_row (batch_id, noun);

CREATE TABLE indicator (
	id BIGSERIAL NOT NULL,
	project_id BIGINT NOT NULL,
	name VARCHAR(60) NOT NULL,
	unit VARCHAR(12) NOT NULL,
	kind VARCHAR(32) NOT NULL,
	baseline NUMERIC(12, 2) NOT NULL,
	target NUMERIC(12, 2) NOT NULL,
	actual NUMERIC(12, 2) NOT NULL,
	community_id BIGINT NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_indicator PRIMARY KEY (id),
	CONSTRAINT ck_indicator_moves CHECK (baseline <> target),
	CONSTRAINT fk_indicator_project_id FOREIGN KEY(project_id) REFERENCES project (id),
	CONSTRAINT ck_indicator_indicatorkind CHECK (kind IN ('quantity', 'quality', 'time', 'reach')),
	CONSTRAINT fk_indicator_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_indicator_project_id ON indicator (project_id);

CREATE TABLE milestone (
	id BIGSERIAL NOT NULL,
	project_id BIGINT NOT NULL,
	title VARCHAR(200) NOT NULL,
	due_on DATE NOT NULL,
	done_on DATE,
	community_id BIGINT NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_milestone PRIMARY KEY (id),
	CONSTRAINT fk_milestone_project_id FOREIGN KEY(project_id) REFERENCES project (id),
	CONSTRAINT fk_milestone_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_milestone_project_id ON milestone (project_id);

CREATE TABLE opening (
	id BIGSERIAL NOT NULL,
	project_id BIGINT NOT NULL,
	title VARCHAR(60) NOT NULL,
	skill VARCHAR(60) NOT NULL,
	task VARCHAR(200) NOT NULL,
	places INTEGER NOT NULL,
	filled INTEGER NOT NULL,
	closed BOOLEAN NOT NULL,
	community_id BIGINT NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_opening PRIMARY KEY (id),
	CONSTRAINT ck_opening_places CHECK (places >= 1),
	CONSTRAINT ck_opening_filled CHECK (filled >= 0 AND filled <= places),
	CONSTRAINT fk_opening_project_id FOREIGN KEY(project_id) REFERENCES project (id),
	CONSTRAINT fk_opening_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_opening_project_id ON opening (project_id);

CREATE TABLE order_series (
	id BIGSERIAL NOT NULL,
	service_id BIGINT NOT NULL,
	household_id BIGINT NOT NULL,
	volunteer_id BIGINT,
	rhythm VARCHAR(32) NOT NULL,
	starts_on DATE NOT NULL,
	until DATE,
	wanted_time VARCHAR(60) NOT NULL,
	note VARCHAR(200) NOT NULL,
	next_on DATE,
	made_by BIGINT NOT NULL,
	made_at TIMESTAMP WITH TIME ZONE NOT NULL,
	stopped_at TIMESTAMP WITH TIME ZONE,
	community_id BIGINT NOT NULL,
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
	id BIGSERIAL NOT NULL,
	household_id BIGINT NOT NULL,
	volunteer_id BIGINT NOT NULL,
	helps_with VARCHAR(200) NOT NULL,
	rhythm VARCHAR(200) NOT NULL,
	since DATE NOT NULL,
	ended_on DATE,
	made_by BIGINT NOT NULL,
	community_id BIGINT NOT NULL,
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
	id BIGSERIAL NOT NULL,
	household_id BIGINT NOT NULL,
	name BYTEA NOT NULL,
	phone BYTEA,
	phone_index VARCHAR(32),
	name_index VARCHAR(32),
	relation VARCHAR(60) NOT NULL,
	keep_until DATE,
	merged_into_id BIGINT,
	erased_at TIMESTAMP WITH TIME ZONE,
	community_id BIGINT NOT NULL,
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
	id BIGSERIAL NOT NULL,
	kind VARCHAR(32) NOT NULL,
	name VARCHAR(60) NOT NULL,
	code BYTEA NOT NULL,
	code_index VARCHAR(32) NOT NULL,
	volunteer_id BIGINT,
	place_id BIGINT,
	made_by BIGINT NOT NULL,
	made_at TIMESTAMP WITH TIME ZONE NOT NULL,
	revoked_at TIMESTAMP WITH TIME ZONE,
	community_id BIGINT NOT NULL,
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
	id BIGSERIAL NOT NULL,
	programme_id BIGINT NOT NULL,
	account_id BIGINT NOT NULL,
	named_at TIMESTAMP WITH TIME ZONE NOT NULL,
	until TIMESTAMP WITH TIME ZONE,
	community_id BIGINT NOT NULL,
	CONSTRAINT pk_programme_staff PRIMARY KEY (id),
	CONSTRAINT uq_programme_staff_programme_id_account_id UNIQUE (programme_id, account_id),
	CONSTRAINT fk_programme_staff_programme_id FOREIGN KEY(programme_id) REFERENCES programme (id),
	CONSTRAINT fk_programme_staff_account_id FOREIGN KEY(account_id) REFERENCES account (id),
	CONSTRAINT fk_programme_staff_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_programme_staff_account_id ON programme_staff (account_id);

CREATE TABLE risk (
	id BIGSERIAL NOT NULL,
	project_id BIGINT NOT NULL,
	what VARCHAR(200) NOT NULL,
	measure VARCHAR(200) NOT NULL,
	level VARCHAR(32) NOT NULL,
	closed_on DATE,
	community_id BIGINT NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_risk PRIMARY KEY (id),
	CONSTRAINT fk_risk_project_id FOREIGN KEY(project_id) REFERENCES project (id),
	CONSTRAINT ck_risk_risklevel CHECK (level IN ('low', 'medium', 'high')),
	CONSTRAINT fk_risk_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_risk_project_id ON risk (project_id);

CREATE TABLE slip (
	id BIGSERIAL NOT NULL,
	meeting_id BIGINT NOT NULL,
	serial INTEGER NOT NULL,
	code_hash VARCHAR(64) NOT NULL,
	state VARCHAR(32) NOT NULL,
	void_reason VARCHAR(200) NOT NULL,
	community_id BIGINT NOT NULL,
	CONSTRAINT pk_slip PRIMARY KEY (id),
	CONSTRAINT uq_slip_meeting_id_serial UNIQUE (meeting_id, serial),
	CONSTRAINT fk_slip_meeting_id FOREIGN KEY(meeting_id) REFERENCES meeting (id),
	CONSTRAINT uq_slip_code_hash UNIQUE (code_hash),
	CONSTRAINT ck_slip_slipstate CHECK (state IN ('ready', 'void')),
	CONSTRAINT fk_slip_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE TABLE squad_member (
	id BIGSERIAL NOT NULL,
	squad_id BIGINT NOT NULL,
	volunteer_id BIGINT NOT NULL,
	community_id BIGINT NOT NULL,
	CONSTRAINT pk_squad_member PRIMARY KEY (id),
	CONSTRAINT uq_squad_member_squad_id_volunteer_id UNIQUE (squad_id, volunteer_id),
	CONSTRAINT fk_squad_member_squad_id FOREIGN KEY(squad_id) REFERENCES squad (id),
	CONSTRAINT fk_squad_member_volunteer_id FOREIGN KEY(volunteer_id) REFERENCES volunteer (id),
	CONSTRAINT fk_squad_member_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_squad_member_volunteer_id ON squad_member (volunteer_id);

CREATE TABLE topic (
	id BIGSERIAL NOT NULL,
	number VARCHAR(60) NOT NULL,
	title VARCHAR(200) NOT NULL,
	source VARCHAR(32) NOT NULL,
	member_id BIGINT,
	proposer VARCHAR(60) NOT NULL,
	signed_at TIMESTAMP WITH TIME ZONE,
	signed_on_paper BOOLEAN NOT NULL,
	category_id BIGINT,
	background VARCHAR(1000) NOT NULL,
	scope VARCHAR(200) NOT NULL,
	proposal VARCHAR(1000) NOT NULL,
	budget_yuan INTEGER,
	stakeholders VARCHAR(200) NOT NULL,
	state VARCHAR(32) NOT NULL,
	ground VARCHAR(32),
	review_reason VARCHAR(500) NOT NULL,
	merged_into_id BIGINT,
	referred_to VARCHAR(200) NOT NULL,
	made_by BIGINT NOT NULL,
	made_at TIMESTAMP WITH TIME ZONE NOT NULL,
	reviewed_by BIGINT,
	reviewed_at TIMESTAMP WITH TIME ZONE,
	community_id BIGINT NOT NULL,
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
	id BIGSERIAL NOT NULL,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	worker_id BIGINT NOT NULL,
	household_id BIGINT,
	place_id BIGINT,
	building VARCHAR(60) NOT NULL,
	where_text VARCHAR(200) NOT NULL,
	outcome VARCHAR(32) NOT NULL,
	note VARCHAR(500) NOT NULL,
	community_id BIGINT NOT NULL,
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
	id BIGSERIAL NOT NULL,
	acceptance_id BIGINT NOT NULL,
	judge_id BIGINT NOT NULL,
	goals INTEGER NOT NULL,
	benefit INTEGER NOT NULL,
	procedure INTEGER NOT NULL,
	members INTEGER NOT NULL,
	lasting INTEGER NOT NULL,
	files INTEGER NOT NULL,
	bonus INTEGER NOT NULL,
	reason VARCHAR(500) NOT NULL,
	scored_at TIMESTAMP WITH TIME ZONE NOT NULL,
	community_id BIGINT NOT NULL,
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
	id BIGSERIAL NOT NULL,
	person_id BIGINT,
	volunteer_id BIGINT,
	scope VARCHAR(32) NOT NULL,
	given_on DATE NOT NULL,
	way VARCHAR(32) NOT NULL,
	witness VARCHAR(60) NOT NULL,
	told VARCHAR(200) NOT NULL,
	withdrawn_on DATE,
	withdrawn_reason VARCHAR(200) NOT NULL,
	recorded_by BIGINT NOT NULL,
	recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
	community_id BIGINT NOT NULL,
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
	id BIGSERIAL NOT NULL,
	person_id BIGINT NOT NULL,
	reason VARCHAR(200) NOT NULL,
	wiped JSON NOT NULL,
	done_by BIGINT NOT NULL,
	done_at TIMESTAMP WITH TIME ZONE NOT NULL,
	community_id BIGINT NOT NULL,
	CONSTRAINT pk_erasure PRIMARY KEY (id),
	CONSTRAINT fk_erasure_person_id FOREIGN KEY(person_id) REFERENCES person (id),
	CONSTRAINT fk_erasure_done_by FOREIGN KEY(done_by) REFERENCES account (id),
	CONSTRAINT fk_erasure_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_erasure_done_by ON erasure (done_by);

CREATE INDEX ix_erasure_person_id ON erasure (person_id);

CREATE TABLE need (
	id BIGSERIAL NOT NULL,
	number VARCHAR(24) NOT NULL,
	title VARCHAR(60) NOT NULL,
	description VARCHAR(1000) NOT NULL,
	category_id BIGINT NOT NULL,
	place_id BIGINT NOT NULL,
	building VARCHAR(60) NOT NULL,
	urgency VARCHAR(32) NOT NULL,
	source VARCHAR(32) NOT NULL,
	reach VARCHAR(32) NOT NULL,
	people INTEGER NOT NULL,
	special_group BOOLEAN NOT NULL,
	household_id BIGINT,
	asker_name BYTEA,
	asker_phone BYTEA,
	visit_id BIGINT,
	worker_id BIGINT NOT NULL,
	logged_at TIMESTAMP WITH TIME ZONE NOT NULL,
	week DATE NOT NULL,
	stage VARCHAR(32) NOT NULL,
	stage_since TIMESTAMP WITH TIME ZONE NOT NULL,
	changed_after_sign_off BOOLEAN NOT NULL,
	merged_into_id BIGINT,
	voices INTEGER NOT NULL,
	due_on DATE,
	pinyin VARCHAR(2000) NOT NULL,
	initials VARCHAR(400) NOT NULL,
	community_id BIGINT NOT NULL,
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
	id BIGSERIAL NOT NULL,
	kept_id BIGINT NOT NULL,
	other_id BIGINT NOT NULL,
	moved JSON NOT NULL,
	merged_by BIGINT NOT NULL,
	merged_at TIMESTAMP WITH TIME ZONE NOT NULL,
	undone_by BIGINT,
	undone_at TIMESTAMP WITH TIME ZONE,
	community_id BIGINT NOT NULL,
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
	id BIGSERIAL NOT NULL,
	opening_id BIGINT NOT NULL,
	volunteer_id BIGINT NOT NULL,
	method VARCHAR(32) NOT NULL,
	recommended_by VARCHAR(60) NOT NULL,
	state VARCHAR(32) NOT NULL,
	asked_at TIMESTAMP WITH TIME ZONE NOT NULL,
	answered_at TIMESTAMP WITH TIME ZONE,
	word VARCHAR(200) NOT NULL,
	left_at TIMESTAMP WITH TIME ZONE,
	left_reason VARCHAR(200) NOT NULL,
	replaced_by_id BIGINT,
	community_id BIGINT NOT NULL,
	account_id BIGINT,
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
	id BIGSERIAL NOT NULL,
	indicator_id BIGINT NOT NULL,
	activity_id BIGINT,
	"on" DATE NOT NULL,
	value NUMERIC(12, 2) NOT NULL,
	note VARCHAR(200) NOT NULL,
	read_by BIGINT NOT NULL,
	community_id BIGINT NOT NULL,
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
	id BIGSERIAL NOT NULL,
	activity_id BIGINT NOT NULL,
	volunteer_id BIGINT NOT NULL,
	"on" DATE NOT NULL,
	minutes INTEGER NOT NULL,
	note VARCHAR(200) NOT NULL,
	first_minutes INTEGER,
	correction VARCHAR(200) NOT NULL,
	recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
	recorded_by BIGINT NOT NULL,
	community_id BIGINT NOT NULL,
	account_id BIGINT,
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
	id BIGSERIAL NOT NULL,
	indicator_id BIGINT NOT NULL,
	before NUMERIC(12, 2) NOT NULL,
	after NUMERIC(12, 2) NOT NULL,
	reason VARCHAR(500) NOT NULL,
	changed_at TIMESTAMP WITH TIME ZONE NOT NULL,
	changed_by BIGINT NOT NULL,
	community_id BIGINT NOT NULL,
	CONSTRAINT pk_target_change PRIMARY KEY (id),
	CONSTRAINT fk_target_change_indicator_id FOREIGN KEY(indicator_id) REFERENCES indicator (id),
	CONSTRAINT fk_target_change_changed_by FOREIGN KEY(changed_by) REFERENCES account (id),
	CONSTRAINT fk_target_change_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_target_change_changed_by ON target_change (changed_by);

CREATE INDEX ix_target_change_indicator_id ON target_change (indicator_id);

CREATE TABLE agenda_item (
	id BIGSERIAL NOT NULL,
	meeting_id BIGINT NOT NULL,
	position INTEGER NOT NULL,
	title VARCHAR(200) NOT NULL,
	motion VARCHAR(1000) NOT NULL,
	need_id BIGINT,
	topic_id BIGINT,
	short_title VARCHAR(60) NOT NULL,
	question JSON,
	proposer VARCHAR(60) NOT NULL,
	owners_matter BOOLEAN NOT NULL,
	state VARCHAR(32) NOT NULL,
	outcome VARCHAR(32),
	decision JSON,
	decided_at TIMESTAMP WITH TIME ZONE,
	community_id BIGINT NOT NULL,
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
	id BIGSERIAL NOT NULL,
	need_id BIGINT NOT NULL,
	lead_need_id BIGINT NOT NULL,
	kind VARCHAR(32) NOT NULL,
	words VARCHAR(500) NOT NULL,
	state VARCHAR(32) NOT NULL,
	due_on DATE NOT NULL,
	channel VARCHAR(32),
	satisfaction VARCHAR(32),
	comment VARCHAR(500) NOT NULL,
	tries INTEGER NOT NULL,
	given_at TIMESTAMP WITH TIME ZONE,
	given_by BIGINT,
	community_id BIGINT NOT NULL,
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
	id BIGSERIAL NOT NULL,
	number VARCHAR(60) NOT NULL,
	title VARCHAR(200) NOT NULL,
	matter VARCHAR(1000) NOT NULL,
	need_id BIGINT,
	place_id BIGINT,
	state VARCHAR(32) NOT NULL,
	at TIMESTAMP WITH TIME ZONE,
	place VARCHAR(200) NOT NULL,
	host VARCHAR(60) NOT NULL,
	recorder VARCHAR(60) NOT NULL,
	issues VARCHAR(1000) NOT NULL,
	basis VARCHAR(1000) NOT NULL,
	agreed VARCHAR(1000) NOT NULL,
	not_agreed VARCHAR(1000) NOT NULL,
	meetings INTEGER NOT NULL,
	made_by BIGINT NOT NULL,
	made_at TIMESTAMP WITH TIME ZONE NOT NULL,
	ended_at TIMESTAMP WITH TIME ZONE,
	community_id BIGINT NOT NULL,
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
	id BIGSERIAL NOT NULL,
	lead_id BIGINT NOT NULL,
	member_id BIGINT NOT NULL,
	reasons JSON NOT NULL,
	score INTEGER NOT NULL,
	stage_before VARCHAR(32) NOT NULL,
	merged_at TIMESTAMP WITH TIME ZONE NOT NULL,
	merged_by BIGINT NOT NULL,
	undone_at TIMESTAMP WITH TIME ZONE,
	undone_by BIGINT,
	community_id BIGINT NOT NULL,
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
	id BIGSERIAL NOT NULL,
	person_id BIGINT NOT NULL,
	alias VARCHAR(60) NOT NULL,
	wish BYTEA NOT NULL,
	consent_id BIGINT NOT NULL,
	joined_on DATE NOT NULL,
	left_on DATE,
	community_id BIGINT NOT NULL,
	programme_id BIGINT NOT NULL,
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
	id BIGSERIAL NOT NULL,
	need_id BIGINT NOT NULL,
	round INTEGER NOT NULL,
	state VARCHAR(32) NOT NULL,
	weight_demand INTEGER NOT NULL,
	weight_reach INTEGER NOT NULL,
	weight_feasibility INTEGER NOT NULL,
	evidence JSON NOT NULL,
	opened_at TIMESTAMP WITH TIME ZONE NOT NULL,
	total_hundredths INTEGER,
	route VARCHAR(32),
	route_reason VARCHAR(500) NOT NULL,
	referred_to VARCHAR(60) NOT NULL,
	routed_at TIMESTAMP WITH TIME ZONE,
	routed_by BIGINT,
	community_id BIGINT NOT NULL,
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
	id BIGSERIAL NOT NULL,
	person_id BIGINT NOT NULL,
	kind BYTEA NOT NULL,
	kind_index VARCHAR(32) NOT NULL,
	words BYTEA NOT NULL,
	purpose BYTEA NOT NULL,
	consent_id BIGINT,
	legal_ground BYTEA NOT NULL,
	keep_until DATE NOT NULL,
	recorded_by BIGINT NOT NULL,
	recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
	erased_at TIMESTAMP WITH TIME ZONE,
	community_id BIGINT NOT NULL,
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
	id BIGSERIAL NOT NULL,
	number VARCHAR(24) NOT NULL,
	service_id BIGINT NOT NULL,
	household_id BIGINT,
	place_id BIGINT NOT NULL,
	building VARCHAR(60) NOT NULL,
	need_id BIGINT,
	series_id BIGINT,
	asker_name BYTEA,
	asker_phone BYTEA,
	emergency_contact BYTEA,
	channel VARCHAR(32) NOT NULL,
	wanted_on DATE,
	wanted_time VARCHAR(60) NOT NULL,
	note VARCHAR(500) NOT NULL,
	caution VARCHAR(200) NOT NULL,
	state VARCHAR(32) NOT NULL,
	state_since TIMESTAMP WITH TIME ZONE NOT NULL,
	answer_due_at TIMESTAMP WITH TIME ZONE,
	finish_due_on DATE,
	made_by BIGINT NOT NULL,
	made_at TIMESTAMP WITH TIME ZONE NOT NULL,
	started_at TIMESTAMP WITH TIME ZONE,
	ended_at TIMESTAMP WITH TIME ZONE,
	minutes INTEGER,
	done_words VARCHAR(500) NOT NULL,
	fee_fen INTEGER NOT NULL,
	code_hash VARCHAR(64),
	code_tries INTEGER NOT NULL,
	helper_confirmed_at TIMESTAMP WITH TIME ZONE,
	resident_confirmed_at TIMESTAMP WITH TIME ZONE,
	resident_confirmed_by VARCHAR(32),
	rating VARCHAR(32),
	rating_words VARCHAR(500) NOT NULL,
	rated_at TIMESTAMP WITH TIME ZONE,
	contested BOOLEAN NOT NULL,
	cancel_reason VARCHAR(200) NOT NULL,
	community_id BIGINT NOT NULL,
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
	id BIGSERIAL NOT NULL,
	need_id BIGINT,
	project_id BIGINT,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	actor_id BIGINT,
	kind VARCHAR(40) NOT NULL,
	values JSON NOT NULL,
	note VARCHAR(500) NOT NULL,
	community_id BIGINT NOT NULL,
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
	id BIGSERIAL NOT NULL,
	first_id BIGINT NOT NULL,
	second_id BIGINT NOT NULL,
	decided_by BIGINT NOT NULL,
	decided_at TIMESTAMP WITH TIME ZONE NOT NULL,
	community_id BIGINT NOT NULL,
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
	id BIGSERIAL NOT NULL,
	number VARCHAR(60) NOT NULL,
	title VARCHAR(200) NOT NULL,
	proposal VARCHAR(1000) NOT NULL,
	need_id BIGINT,
	step VARCHAR(32) NOT NULL,
	state VARCHAR(32) NOT NULL,
	households BOOLEAN NOT NULL,
	stop_reason VARCHAR(200) NOT NULL,
	made_by BIGINT NOT NULL,
	made_at TIMESTAMP WITH TIME ZONE NOT NULL,
	ended_at TIMESTAMP WITH TIME ZONE,
	community_id BIGINT NOT NULL,
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
	id BIGSERIAL NOT NULL,
	meeting_id BIGINT NOT NULL,
	item_id BIGINT NOT NULL,
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
	opened_at TIMESTAMP WITH TIME ZONE NOT NULL,
	stopped_at TIMESTAMP WITH TIME ZONE,
	closed_at TIMESTAMP WITH TIME ZONE,
	tally JSON,
	file_hash VARCHAR(64) NOT NULL,
	votes_for INTEGER,
	votes_against INTEGER,
	votes_abstain INTEGER,
	void_reason VARCHAR(200) NOT NULL,
	community_id BIGINT NOT NULL,
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
	id BIGSERIAL NOT NULL,
	number VARCHAR(24) NOT NULL,
	title VARCHAR(60) NOT NULL,
	description VARCHAR(1000) NOT NULL,
	source VARCHAR(32) NOT NULL,
	source_number VARCHAR(60) NOT NULL,
	category_id BIGINT NOT NULL,
	place_id BIGINT NOT NULL,
	building VARCHAR(60) NOT NULL,
	household_id BIGINT,
	asker_name BYTEA,
	asker_phone BYTEA,
	received_on DATE NOT NULL,
	logged_at TIMESTAMP WITH TIME ZONE NOT NULL,
	logged_by BIGINT NOT NULL,
	state VARCHAR(32) NOT NULL,
	state_since TIMESTAMP WITH TIME ZONE NOT NULL,
	responsible VARCHAR(32),
	responsible_name VARCHAR(200) NOT NULL,
	contact_due_at TIMESTAMP WITH TIME ZONE,
	contacted_at TIMESTAMP WITH TIME ZONE,
	due_on DATE,
	reply VARCHAR(500) NOT NULL,
	replied_at TIMESTAMP WITH TIME ZONE,
	solved BOOLEAN,
	satisfaction VARCHAR(32),
	closed_at TIMESTAMP WITH TIME ZONE,
	repeat_of_id BIGINT,
	relapses INTEGER NOT NULL,
	mediation_id BIGINT,
	project_id BIGINT,
	need_id BIGINT,
	community_id BIGINT NOT NULL,
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
	id BIGSERIAL NOT NULL,
	meeting_id BIGINT NOT NULL,
	item_id BIGINT NOT NULL,
	field VARCHAR(32) NOT NULL,
	target_id INTEGER,
	before VARCHAR(1000) NOT NULL,
	after VARCHAR(1000) NOT NULL,
	reason VARCHAR(200) NOT NULL,
	state VARCHAR(32) NOT NULL,
	asked_by BIGINT NOT NULL,
	asked_at TIMESTAMP WITH TIME ZONE NOT NULL,
	settled_by BIGINT,
	settled_at TIMESTAMP WITH TIME ZONE,
	community_id BIGINT NOT NULL,
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
	id BIGSERIAL NOT NULL,
	item_id BIGINT NOT NULL,
	member_id BIGINT,
	words VARCHAR(500) NOT NULL,
	amendment BOOLEAN NOT NULL,
	new_motion VARCHAR(1000) NOT NULL,
	carried BOOLEAN,
	motion_before VARCHAR(1000) NOT NULL,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	community_id BIGINT NOT NULL,
	CONSTRAINT pk_discussion_point PRIMARY KEY (id),
	CONSTRAINT fk_discussion_point_item_id FOREIGN KEY(item_id) REFERENCES agenda_item (id),
	CONSTRAINT fk_discussion_point_member_id FOREIGN KEY(member_id) REFERENCES body_member (id),
	CONSTRAINT fk_discussion_point_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_discussion_point_item ON discussion_point (item_id, id);

CREATE INDEX ix_discussion_point_member_id ON discussion_point (member_id);

CREATE TABLE mediation_party (
	id BIGSERIAL NOT NULL,
	mediation_id BIGINT NOT NULL,
	kind VARCHAR(32) NOT NULL,
	name VARCHAR(200) NOT NULL,
	representative BYTEA NOT NULL,
	contact BYTEA NOT NULL,
	claim VARCHAR(500) NOT NULL,
	present BOOLEAN NOT NULL,
	community_id BIGINT NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_mediation_party PRIMARY KEY (id),
	CONSTRAINT fk_mediation_party_mediation_id FOREIGN KEY(mediation_id) REFERENCES mediation (id),
	CONSTRAINT ck_mediation_party_partykind CHECK (kind IN ('department', 'business', 'owners', 'resident', 'property_company', 'owners_committee', 'other')),
	CONSTRAINT fk_mediation_party_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_mediation_party_mediation_id ON mediation_party (mediation_id);

CREATE TABLE notice (
	id BIGSERIAL NOT NULL,
	item_id BIGINT NOT NULL,
	title VARCHAR(200) NOT NULL,
	body VARCHAR(2000) NOT NULL,
	posted_on DATE NOT NULL,
	working_days INTEGER NOT NULL,
	ends_on DATE NOT NULL,
	approximate BOOLEAN NOT NULL,
	where_posted VARCHAR(200) NOT NULL,
	objection_contact VARCHAR(200) NOT NULL,
	state VARCHAR(32) NOT NULL,
	finished_at TIMESTAMP WITH TIME ZONE,
	community_id BIGINT NOT NULL,
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
	id BIGSERIAL NOT NULL,
	order_id BIGINT NOT NULL,
	kind VARCHAR(32) NOT NULL,
	words VARCHAR(500) NOT NULL,
	due_on DATE NOT NULL,
	opened_by BIGINT NOT NULL,
	opened_at TIMESTAMP WITH TIME ZONE NOT NULL,
	result VARCHAR(500) NOT NULL,
	rating_after VARCHAR(32),
	closed_by BIGINT,
	closed_at TIMESTAMP WITH TIME ZONE,
	community_id BIGINT NOT NULL,
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
	id BIGSERIAL NOT NULL,
	order_id BIGINT NOT NULL,
	volunteer_id BIGINT NOT NULL,
	state VARCHAR(32) NOT NULL,
	reasons JSON NOT NULL,
	offered_by BIGINT NOT NULL,
	offered_at TIMESTAMP WITH TIME ZONE NOT NULL,
	answered_at TIMESTAMP WITH TIME ZONE,
	reason VARCHAR(200) NOT NULL,
	swap_to_id BIGINT,
	community_id BIGINT NOT NULL,
	account_id BIGINT,
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
	id BIGSERIAL NOT NULL,
	project_id BIGINT NOT NULL,
	item_id BIGINT,
	need_id BIGINT,
	community_id BIGINT NOT NULL,
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
	id BIGSERIAL NOT NULL,
	item_id BIGINT NOT NULL,
	member_id BIGINT NOT NULL,
	reason VARCHAR(200) NOT NULL,
	declared_at TIMESTAMP WITH TIME ZONE NOT NULL,
	community_id BIGINT NOT NULL,
	CONSTRAINT pk_recusal PRIMARY KEY (id),
	CONSTRAINT uq_recusal_item_id_member_id UNIQUE (item_id, member_id),
	CONSTRAINT fk_recusal_item_id FOREIGN KEY(item_id) REFERENCES agenda_item (id),
	CONSTRAINT fk_recusal_member_id FOREIGN KEY(member_id) REFERENCES body_member (id),
	CONSTRAINT fk_recusal_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_recusal_member_id ON recusal (member_id);

CREATE TABLE screen_state (
	id BIGSERIAL NOT NULL,
	mode VARCHAR(32) NOT NULL,
	meeting_id BIGINT,
	item_id BIGINT,
	revealed BOOLEAN NOT NULL,
	turn INTEGER NOT NULL,
	changed_at TIMESTAMP WITH TIME ZONE NOT NULL,
	community_id BIGINT NOT NULL,
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
	id BIGSERIAL NOT NULL,
	screening_id BIGINT NOT NULL,
	scorer_id BIGINT NOT NULL,
	demand INTEGER NOT NULL,
	reach INTEGER NOT NULL,
	feasibility INTEGER NOT NULL,
	reason VARCHAR(500) NOT NULL,
	scored_at TIMESTAMP WITH TIME ZONE NOT NULL,
	community_id BIGINT NOT NULL,
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
	id BIGSERIAL NOT NULL,
	item_id BIGINT NOT NULL,
	member_id BIGINT NOT NULL,
	side VARCHAR(32) NOT NULL,
	state VARCHAR(32) NOT NULL,
	asked_at TIMESTAMP WITH TIME ZONE NOT NULL,
	began_at TIMESTAMP WITH TIME ZONE,
	ended_at TIMESTAMP WITH TIME ZONE,
	extra_seconds INTEGER NOT NULL,
	community_id BIGINT NOT NULL,
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
	id BIGSERIAL NOT NULL,
	item_id BIGINT NOT NULL,
	title VARCHAR(200) NOT NULL,
	owner VARCHAR(60) NOT NULL,
	owner_account_id BIGINT,
	due_on DATE NOT NULL,
	state VARCHAR(32) NOT NULL,
	result VARCHAR(500) NOT NULL,
	made_by BIGINT NOT NULL,
	made_at TIMESTAMP WITH TIME ZONE NOT NULL,
	ended_by BIGINT,
	ended_at TIMESTAMP WITH TIME ZONE,
	community_id BIGINT NOT NULL,
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
	id BIGSERIAL NOT NULL,
	matter_id BIGINT NOT NULL,
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
	recorded_by BIGINT NOT NULL,
	recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
	community_id BIGINT NOT NULL,
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
	id BIGSERIAL NOT NULL,
	ballot_id BIGINT NOT NULL,
	witness VARCHAR(60) NOT NULL,
	community_id BIGINT NOT NULL,
	CONSTRAINT pk_assisted_entry PRIMARY KEY (id),
	CONSTRAINT fk_assisted_entry_ballot_id FOREIGN KEY(ballot_id) REFERENCES ballot (id),
	CONSTRAINT fk_assisted_entry_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_assisted_entry_ballot_id ON assisted_entry (ballot_id);

CREATE TABLE ballot_voter (
	id BIGSERIAL NOT NULL,
	ballot_id BIGINT NOT NULL,
	member_id BIGINT NOT NULL,
	way VARCHAR(32) NOT NULL,
	area INTEGER NOT NULL,
	community_id BIGINT NOT NULL,
	CONSTRAINT pk_ballot_voter PRIMARY KEY (id),
	CONSTRAINT uq_ballot_voter_ballot_id_member_id UNIQUE (ballot_id, member_id),
	CONSTRAINT fk_ballot_voter_ballot_id FOREIGN KEY(ballot_id) REFERENCES ballot (id),
	CONSTRAINT fk_ballot_voter_member_id FOREIGN KEY(member_id) REFERENCES body_member (id),
	CONSTRAINT ck_ballot_voter_votemethod CHECK (way IN ('hands', 'named', 'slip', 'paper', 'assisted')),
	CONSTRAINT fk_ballot_voter_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_ballot_voter_member_id ON ballot_voter (member_id);

CREATE TABLE ballot_way (
	id BIGSERIAL NOT NULL,
	ballot_id BIGINT NOT NULL,
	way VARCHAR(32) NOT NULL,
	issued INTEGER NOT NULL,
	returned INTEGER,
	valid INTEGER,
	blank INTEGER,
	spoilt INTEGER,
	community_id BIGINT NOT NULL,
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
	id BIGSERIAL NOT NULL,
	complaint_id BIGINT NOT NULL,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	actor_id BIGINT,
	kind VARCHAR(32) NOT NULL,
	values JSON NOT NULL,
	note VARCHAR(500) NOT NULL,
	community_id BIGINT NOT NULL,
	CONSTRAINT pk_complaint_step PRIMARY KEY (id),
	CONSTRAINT fk_complaint_step_complaint_id FOREIGN KEY(complaint_id) REFERENCES complaint (id),
	CONSTRAINT fk_complaint_step_actor_id FOREIGN KEY(actor_id) REFERENCES account (id),
	CONSTRAINT ck_complaint_step_complaintstepkind CHECK (kind IN ('registered', 'linked', 'unlinked', 'handed_over', 'contacted', 'extended', 'replied', 'revisited', 'closed', 'reopened', 'mediation', 'escalated', 'project', 'need', 'unmasked', 'voided')),
	CONSTRAINT fk_complaint_step_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_complaint_step_actor_id ON complaint_step (actor_id);

CREATE INDEX ix_complaint_step_complaint ON complaint_step (complaint_id, id);

CREATE TABLE hand_count (
	id BIGSERIAL NOT NULL,
	ballot_id BIGINT NOT NULL,
	teller INTEGER NOT NULL,
	teller_name VARCHAR(60) NOT NULL,
	votes_for INTEGER NOT NULL,
	votes_against INTEGER NOT NULL,
	votes_abstain INTEGER NOT NULL,
	entered_by BIGINT NOT NULL,
	counted_at TIMESTAMP WITH TIME ZONE NOT NULL,
	community_id BIGINT NOT NULL,
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
	id BIGSERIAL NOT NULL,
	poster_id BIGINT NOT NULL,
	kind VARCHAR(32) NOT NULL,
	request_key VARCHAR(64) NOT NULL,
	receipt VARCHAR(16) NOT NULL,
	what BYTEA NOT NULL,
	where_text BYTEA,
	service_id BIGINT,
	wanted_on DATE,
	wanted_time VARCHAR(60) NOT NULL,
	place_id BIGINT,
	asker_name BYTEA,
	asker_phone BYTEA,
	urgent BOOLEAN NOT NULL,
	received_at TIMESTAMP WITH TIME ZONE NOT NULL,
	state VARCHAR(32) NOT NULL,
	result VARCHAR(32),
	need_id BIGINT,
	order_id BIGINT,
	complaint_id BIGINT,
	decided_by BIGINT,
	decided_at TIMESTAMP WITH TIME ZONE,
	reason VARCHAR(200) NOT NULL,
	wiped_at TIMESTAMP WITH TIME ZONE,
	community_id BIGINT NOT NULL,
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
	id BIGSERIAL NOT NULL,
	mediation_id BIGINT NOT NULL,
	title VARCHAR(200) NOT NULL,
	party_id BIGINT,
	owner VARCHAR(200) NOT NULL,
	due_on DATE NOT NULL,
	checker VARCHAR(60) NOT NULL,
	state VARCHAR(32) NOT NULL,
	community_id BIGINT NOT NULL,
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
	id BIGSERIAL NOT NULL,
	ballot_id BIGINT NOT NULL,
	member_id BIGINT NOT NULL,
	choice VARCHAR(400) NOT NULL,
	cast_at TIMESTAMP WITH TIME ZONE NOT NULL,
	entered_by BIGINT NOT NULL,
	witness VARCHAR(60) NOT NULL,
	community_id BIGINT NOT NULL,
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
	id BIGSERIAL NOT NULL,
	notice_id BIGINT NOT NULL,
	objector BYTEA NOT NULL,
	contact BYTEA NOT NULL,
	matter VARCHAR(500) NOT NULL,
	received_at TIMESTAMP WITH TIME ZONE NOT NULL,
	received_by BIGINT NOT NULL,
	state VARCHAR(32) NOT NULL,
	answer VARCHAR(500) NOT NULL,
	plan_before VARCHAR(1000) NOT NULL,
	plan_after VARCHAR(1000) NOT NULL,
	handled_at TIMESTAMP WITH TIME ZONE,
	handled_by BIGINT,
	community_id BIGINT NOT NULL,
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
	id BIGSERIAL NOT NULL,
	ballot_id BIGINT NOT NULL,
	entry INTEGER NOT NULL,
	name VARCHAR(60) NOT NULL,
	returned INTEGER NOT NULL,
	blank INTEGER NOT NULL,
	spoilt INTEGER NOT NULL,
	sheet BYTEA NOT NULL,
	entered_by BIGINT NOT NULL,
	community_id BIGINT NOT NULL,
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
	id BIGINT NOT NULL,
	ballot_id BIGINT NOT NULL,
	code VARCHAR(12) NOT NULL,
	sealed BYTEA,
	choice VARCHAR(400),
	community_id BIGINT NOT NULL,
	CONSTRAINT pk_secret_vote PRIMARY KEY (id),
	CONSTRAINT uq_secret_vote_ballot_id_code UNIQUE (ballot_id, code),
	CONSTRAINT fk_secret_vote_ballot_id FOREIGN KEY(ballot_id) REFERENCES ballot (id),
	CONSTRAINT fk_secret_vote_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE TABLE slip_aside (
	id BIGSERIAL NOT NULL,
	ballot_id BIGINT NOT NULL,
	slip_id BIGINT NOT NULL,
	community_id BIGINT NOT NULL,
	CONSTRAINT pk_slip_aside PRIMARY KEY (id),
	CONSTRAINT uq_slip_aside_ballot_id_slip_id UNIQUE (ballot_id, slip_id),
	CONSTRAINT fk_slip_aside_ballot_id FOREIGN KEY(ballot_id) REFERENCES ballot (id),
	CONSTRAINT fk_slip_aside_slip_id FOREIGN KEY(slip_id) REFERENCES slip (id),
	CONSTRAINT fk_slip_aside_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_slip_aside_slip_id ON slip_aside (slip_id);

CREATE TABLE mediation_check (
	id BIGSERIAL NOT NULL,
	action_id BIGINT NOT NULL,
	"on" DATE NOT NULL,
	passed BOOLEAN NOT NULL,
	words VARCHAR(500) NOT NULL,
	checked_by BIGINT NOT NULL,
	recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
	community_id BIGINT NOT NULL,
	CONSTRAINT pk_mediation_check PRIMARY KEY (id),
	CONSTRAINT fk_mediation_check_action_id FOREIGN KEY(action_id) REFERENCES mediation_action (id),
	CONSTRAINT fk_mediation_check_checked_by FOREIGN KEY(checked_by) REFERENCES account (id),
	CONSTRAINT fk_mediation_check_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_mediation_check_action_id ON mediation_check (action_id);

CREATE INDEX ix_mediation_check_checked_by ON mediation_check (checked_by);

CREATE TABLE photo (
	id BIGSERIAL NOT NULL,
	need_id BIGINT,
	order_id BIGINT,
	complaint_id BIGINT,
	intake_id BIGINT,
	sha256 VARCHAR(64) NOT NULL,
	size INTEGER NOT NULL,
	width INTEGER NOT NULL,
	height INTEGER NOT NULL,
	added_by BIGINT,
	added_at TIMESTAMP WITH TIME ZONE NOT NULL,
	removed_at TIMESTAMP WITH TIME ZONE,
	community_id BIGINT NOT NULL,
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

