CREATE TABLE squad_theme (
	id BIGSERIAL NOT NULL,
	name VARCHAR(60) NOT NULL,
	name_en VARCHAR(60) NOT NULL,
	position INTEGER NOT NULL,
	active BOOLEAN NOT NULL,
	subdistrict_id BIGINT NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_squad_theme PRIMARY KEY (id),
	CONSTRAINT uq_squad_theme_subdistrict_id_name UNIQUE (subdistrict_id, name),
	CONSTRAINT fk_squad_theme_subdistrict_id FOREIGN KEY(subdistrict_id) REFERENCES subdistrict (id)
);

CREATE INDEX ix_squad_theme_subdistrict_id ON squad_theme (subdistrict_id);

CREATE TABLE column_mapping (
	id BIGSERIAL NOT NULL,
	kind VARCHAR(32) NOT NULL,
	headers_hash VARCHAR(64) NOT NULL,
	columns JSON NOT NULL,
	used_at TIMESTAMP WITH TIME ZONE NOT NULL,
	community_id BIGINT NOT NULL,
	CONSTRAINT pk_column_mapping PRIMARY KEY (id),
	CONSTRAINT uq_column_mapping_community_id_kind_headers_hash UNIQUE (community_id, kind, headers_hash),
	CONSTRAINT ck_column_mapping_importkind CHECK (kind IN ('households', 'needs', 'volunteers', 'members', 'visits', 'hotline', 'sign_ups', 'party_members', 'units', 'venues')),
	CONSTRAINT fk_column_mapping_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE TABLE unit (
	id BIGSERIAL NOT NULL,
	name VARCHAR(60) NOT NULL,
	kind VARCHAR(32) NOT NULL,
	home_id BIGINT,
	address VARCHAR(200) NOT NULL,
	contact_name BYTEA,
	contact_phone BYTEA,
	agreed_on DATE,
	agreed_until DATE,
	ended_on DATE,
	ended_reason VARCHAR(200) NOT NULL,
	subdistrict_id BIGINT NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_unit PRIMARY KEY (id),
	CONSTRAINT uq_unit_subdistrict_id_name UNIQUE (subdistrict_id, name),
	CONSTRAINT ck_unit_agreed CHECK (agreed_until IS NULL OR agreed_on IS NOT NULL AND agreed_until >= agreed_on),
	CONSTRAINT ck_unit_unitkind CHECK (kind IN ('office', 'institution', 'enterprise', 'school', 'hospital', 'property', 'shop', 'social', 'mass')),
	CONSTRAINT fk_unit_home_id FOREIGN KEY(home_id) REFERENCES community (id),
	CONSTRAINT fk_unit_subdistrict_id FOREIGN KEY(subdistrict_id) REFERENCES subdistrict (id)
);

CREATE INDEX ix_unit_home_id ON unit (home_id);

CREATE INDEX ix_unit_subdistrict_id ON unit (subdistrict_id);

CREATE TABLE branch (
	id BIGSERIAL NOT NULL,
	name VARCHAR(60) NOT NULL,
	kind VARCHAR(32) NOT NULL,
	secretary_id BIGINT,
	since DATE NOT NULL,
	closed_on DATE,
	community_id BIGINT NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_branch PRIMARY KEY (id),
	CONSTRAINT uq_branch_community_id_name UNIQUE (community_id, name),
	CONSTRAINT ck_branch_branchkind CHECK (kind IN ('community', 'grid', 'retired', 'unit', 'floating')),
	CONSTRAINT fk_branch_secretary_id FOREIGN KEY(secretary_id) REFERENCES account (id),
	CONSTRAINT fk_branch_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_branch_secretary_id ON branch (secretary_id);

CREATE TABLE calendar_feed (
	id BIGSERIAL NOT NULL,
	token_hash VARCHAR(64) NOT NULL,
	made_at TIMESTAMP WITH TIME ZONE NOT NULL,
	revoked_at TIMESTAMP WITH TIME ZONE,
	fetched_on DATE,
	community_id BIGINT NOT NULL,
	account_id BIGINT,
	version INTEGER NOT NULL,
	CONSTRAINT pk_calendar_feed PRIMARY KEY (id),
	CONSTRAINT uq_calendar_feed_token_hash UNIQUE (token_hash),
	CONSTRAINT fk_calendar_feed_community_id FOREIGN KEY(community_id) REFERENCES community (id),
	CONSTRAINT fk_calendar_feed_account_id FOREIGN KEY(account_id) REFERENCES account (id)
);

CREATE INDEX ix_calendar_feed_account_id ON calendar_feed (account_id);

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
	CONSTRAINT ck_import_batch_importkind CHECK (kind IN ('households', 'needs', 'volunteers', 'members', 'visits', 'hotline', 'sign_ups', 'party_members', 'units', 'venues')),
	CONSTRAINT fk_import_batch_made_by FOREIGN KEY(made_by) REFERENCES account (id),
	CONSTRAINT fk_import_batch_undone_by FOREIGN KEY(undone_by) REFERENCES account (id),
	CONSTRAINT fk_import_batch_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_import_batch_at ON import_batch (community_id, made_at);

CREATE INDEX ix_import_batch_made_by ON import_batch (made_by);

CREATE INDEX ix_import_batch_undone_by ON import_batch (undone_by);

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
	CONSTRAINT ck_report_form_ledgerkind CHECK (ledger IN ('visits', 'needs', 'register', 'topics', 'orders', 'complaints', 'volunteers', 'service', 'figures')),
	CONSTRAINT fk_report_form_uploaded_by FOREIGN KEY(uploaded_by) REFERENCES account (id),
	CONSTRAINT fk_report_form_subdistrict_id FOREIGN KEY(subdistrict_id) REFERENCES subdistrict (id)
);

CREATE INDEX ix_report_form_subdistrict_id ON report_form (subdistrict_id);

CREATE INDEX ix_report_form_uploaded_by ON report_form (uploaded_by);

CREATE UNIQUE INDEX uq_report_form_used ON report_form (subdistrict_id, name) WHERE retired_at IS NULL;

CREATE TABLE resource (
	id BIGSERIAL NOT NULL,
	unit_id BIGINT NOT NULL,
	kind VARCHAR(32) NOT NULL,
	name VARCHAR(60) NOT NULL,
	amount INTEGER NOT NULL,
	measure VARCHAR(12) NOT NULL,
	category_id BIGINT,
	skill VARCHAR(60) NOT NULL,
	words VARCHAR(200) NOT NULL,
	place VARCHAR(200) NOT NULL,
	weekdays JSON NOT NULL,
	parts JSON NOT NULL,
	from_on DATE,
	until_on DATE,
	conditions VARCHAR(200) NOT NULL,
	closed_on DATE,
	subdistrict_id BIGINT NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_resource PRIMARY KEY (id),
	CONSTRAINT ck_resource_amount CHECK (amount >= 1),
	CONSTRAINT ck_resource_days CHECK (from_on IS NULL OR until_on IS NULL OR until_on >= from_on),
	CONSTRAINT fk_resource_unit_id FOREIGN KEY(unit_id) REFERENCES unit (id),
	CONSTRAINT ck_resource_resourcekind CHECK (kind IN ('venue', 'skill', 'equipment', 'goods')),
	CONSTRAINT fk_resource_category_id FOREIGN KEY(category_id) REFERENCES category (id),
	CONSTRAINT fk_resource_subdistrict_id FOREIGN KEY(subdistrict_id) REFERENCES subdistrict (id)
);

CREATE INDEX ix_resource_category_id ON resource (category_id);

CREATE INDEX ix_resource_subdistrict_id ON resource (subdistrict_id);

CREATE INDEX ix_resource_unit_id ON resource (unit_id);

CREATE TABLE unit_service (
	id BIGSERIAL NOT NULL,
	service_id BIGINT NOT NULL,
	unit_id BIGINT NOT NULL,
	subdistrict_id BIGINT NOT NULL,
	CONSTRAINT pk_unit_service PRIMARY KEY (id),
	CONSTRAINT uq_unit_service_service_id_unit_id UNIQUE (service_id, unit_id),
	CONSTRAINT fk_unit_service_service_id FOREIGN KEY(service_id) REFERENCES service (id),
	CONSTRAINT fk_unit_service_unit_id FOREIGN KEY(unit_id) REFERENCES unit (id),
	CONSTRAINT fk_unit_service_subdistrict_id FOREIGN KEY(subdistrict_id) REFERENCES subdistrict (id)
);

CREATE INDEX ix_unit_service_subdistrict_id ON unit_service (subdistrict_id);

CREATE INDEX ix_unit_service_unit_id ON unit_service (unit_id);

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
	ended_on DATE,
	ended_reason VARCHAR(200) NOT NULL,
	merged_into_id BIGINT,
	birth_year INTEGER,
	interests JSON NOT NULL,
	platform_number BYTEA,
	contact_name BYTEA,
	contact_phone BYTEA,
	fit BOOLEAN,
	guardian BYTEA,
	guardian_phone BYTEA,
	guardian_agreed_on DATE,
	promised_on DATE,
	paused_from DATE,
	paused_until DATE,
	paused_reason VARCHAR(200) NOT NULL,
	community_id BIGINT NOT NULL,
	account_id BIGINT,
	version INTEGER NOT NULL,
	CONSTRAINT pk_volunteer PRIMARY KEY (id),
	CONSTRAINT uq_volunteer_community_id_number UNIQUE (community_id, number),
	CONSTRAINT ck_volunteer_birth_year CHECK (birth_year BETWEEN 1900 AND 2100),
	CONSTRAINT ck_volunteer_pause CHECK ((paused_from IS NULL) = (paused_until IS NULL)),
	CONSTRAINT ck_volunteer_pause_days CHECK (paused_until >= paused_from),
	CONSTRAINT ck_volunteer_volunteerkind CHECK (kind IN ('party_member', 'resident')),
	CONSTRAINT fk_volunteer_place_id FOREIGN KEY(place_id) REFERENCES place (id),
	CONSTRAINT fk_volunteer_merged_into_id FOREIGN KEY(merged_into_id) REFERENCES volunteer (id),
	CONSTRAINT fk_volunteer_community_id FOREIGN KEY(community_id) REFERENCES community (id),
	CONSTRAINT fk_volunteer_account_id FOREIGN KEY(account_id) REFERENCES account (id)
);

CREATE INDEX ix_volunteer_account_id ON volunteer (account_id);

CREATE INDEX ix_volunteer_merged_into_id ON volunteer (merged_into_id);

CREATE INDEX ix_volunteer_place_id ON volunteer (place_id);

CREATE TABLE activity (
	id BIGSERIAL NOT NULL,
	kind VARCHAR(32) NOT NULL,
	project_id BIGINT,
	title VARCHAR(200) NOT NULL,
	"on" DATE NOT NULL,
	place VARCHAR(200) NOT NULL,
	needed INTEGER NOT NULL,
	began_at TIMESTAMP WITH TIME ZONE,
	state VARCHAR(32) NOT NULL,
	served INTEGER NOT NULL,
	report VARCHAR(500) NOT NULL,
	reported_at TIMESTAMP WITH TIME ZONE,
	reported_by BIGINT,
	place_id BIGINT,
	lead_id BIGINT,
	target VARCHAR(200) NOT NULL,
	weather_plan VARCHAR(200) NOT NULL,
	safety_person VARCHAR(60) NOT NULL,
	cost_fen INTEGER NOT NULL,
	places INTEGER,
	filled INTEGER NOT NULL,
	minors BOOLEAN NOT NULL,
	sensitive BOOLEAN NOT NULL,
	code BYTEA,
	code_index VARCHAR(32),
	noticed_at TIMESTAMP WITH TIME ZONE,
	moved_from DATE,
	moved_reason VARCHAR(200) NOT NULL,
	asked INTEGER NOT NULL,
	satisfied INTEGER NOT NULL,
	media VARCHAR(200) NOT NULL,
	community_id BIGINT NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_activity PRIMARY KEY (id),
	CONSTRAINT ck_activity_needed CHECK (needed >= 1),
	CONSTRAINT ck_activity_places CHECK (places IS NULL OR places BETWEEN 1 AND 5000),
	CONSTRAINT ck_activity_filled CHECK (filled >= 0 AND (places IS NULL OR filled <= places)),
	CONSTRAINT ck_activity_satisfaction CHECK (satisfied BETWEEN 0 AND asked),
	CONSTRAINT ck_activity_activitykind CHECK (kind IN ('service', 'salon', 'craft', 'training', 'planting', 'outing', 'market', 'talk', 'wall_day', 'visit', 'sports')),
	CONSTRAINT fk_activity_project_id FOREIGN KEY(project_id) REFERENCES project (id),
	CONSTRAINT ck_activity_activitystate CHECK (state IN ('planned', 'done', 'cancelled')),
	CONSTRAINT fk_activity_reported_by FOREIGN KEY(reported_by) REFERENCES account (id),
	CONSTRAINT fk_activity_place_id FOREIGN KEY(place_id) REFERENCES place (id),
	CONSTRAINT fk_activity_lead_id FOREIGN KEY(lead_id) REFERENCES account (id),
	CONSTRAINT uq_activity_code_index UNIQUE (code_index),
	CONSTRAINT fk_activity_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_activity_day ON activity (community_id, "on");

CREATE INDEX ix_activity_lead_id ON activity (lead_id);

CREATE INDEX ix_activity_place_id ON activity (place_id);

CREATE INDEX ix_activity_project_id ON activity (project_id);

CREATE INDEX ix_activity_reported_by ON activity (reported_by);

CREATE TABLE election (
	id BIGSERIAL NOT NULL,
	project_id BIGINT NOT NULL,
	estate VARCHAR(60) NOT NULL,
	owners INTEGER NOT NULL,
	area NUMERIC(12, 2) NOT NULL,
	starts_on DATE NOT NULL,
	took_part INTEGER,
	area_part NUMERIC(12, 2),
	agreed INTEGER,
	area_agreed NUMERIC(12, 2),
	voted_on DATE,
	votes INTEGER NOT NULL,
	community_id BIGINT NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_election PRIMARY KEY (id),
	CONSTRAINT uq_election_project_id UNIQUE (project_id),
	CONSTRAINT ck_election_base CHECK (owners >= 1 AND area > 0),
	CONSTRAINT ck_election_took_part CHECK (took_part <= owners AND area_part <= area),
	CONSTRAINT ck_election_agreed CHECK (agreed <= took_part AND area_agreed <= area_part),
	CONSTRAINT fk_election_project_id FOREIGN KEY(project_id) REFERENCES project (id),
	CONSTRAINT fk_election_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE TABLE hours_check (
	id BIGSERIAL NOT NULL,
	key VARCHAR(200) NOT NULL,
	kind VARCHAR(32) NOT NULL,
	month DATE NOT NULL,
	volunteer_id BIGINT,
	facts VARCHAR(300) NOT NULL,
	answer VARCHAR(32) NOT NULL,
	word VARCHAR(200) NOT NULL,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	by BIGINT NOT NULL,
	community_id BIGINT NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_hours_check PRIMARY KEY (id),
	CONSTRAINT uq_hours_check_community_id_key UNIQUE (community_id, key),
	CONSTRAINT ck_hours_check_hoursfinding CHECK (kind IN ('overlap', 'long_day', 'before_joined', 'after_end', 'backdated', 'one_confirmer', 'objection')),
	CONSTRAINT fk_hours_check_volunteer_id FOREIGN KEY(volunteer_id) REFERENCES volunteer (id),
	CONSTRAINT ck_hours_check_hoursanswer CHECK (answer IN ('asked', 'confirmed', 'corrected')),
	CONSTRAINT fk_hours_check_by FOREIGN KEY(by) REFERENCES account (id),
	CONSTRAINT fk_hours_check_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_hours_check_by ON hours_check (by);

CREATE INDEX ix_hours_check_month ON hours_check (community_id, month);

CREATE INDEX ix_hours_check_volunteer_id ON hours_check (volunteer_id);

CREATE TABLE squad (
	id BIGSERIAL NOT NULL,
	name VARCHAR(60) NOT NULL,
	slogan VARCHAR(200) NOT NULL,
	charter VARCHAR(2000) NOT NULL,
	theme_id BIGINT NOT NULL,
	leader_id BIGINT,
	deputy_id BIGINT,
	founded_on DATE NOT NULL,
	dissolved_on DATE,
	dissolved_reason VARCHAR(200) NOT NULL,
	community_id BIGINT NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_squad PRIMARY KEY (id),
	CONSTRAINT uq_squad_community_id_name UNIQUE (community_id, name),
	CONSTRAINT fk_squad_theme_id FOREIGN KEY(theme_id) REFERENCES squad_theme (id),
	CONSTRAINT fk_squad_leader_id FOREIGN KEY(leader_id) REFERENCES volunteer (id),
	CONSTRAINT fk_squad_deputy_id FOREIGN KEY(deputy_id) REFERENCES volunteer (id),
	CONSTRAINT fk_squad_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_squad_deputy_id ON squad (deputy_id);

CREATE INDEX ix_squad_leader_id ON squad (leader_id);

CREATE INDEX ix_squad_theme_id ON squad (theme_id);

CREATE TABLE volunteer_application (
	id BIGSERIAL NOT NULL,
	request_key VARCHAR(64) NOT NULL,
	receipt VARCHAR(16) NOT NULL,
	name BYTEA,
	phone BYTEA,
	birth_year INTEGER,
	skills JSON NOT NULL,
	interests JSON NOT NULL,
	free_slots JSON NOT NULL,
	guardian BYTEA,
	guardian_phone BYTEA,
	guardian_agrees BOOLEAN NOT NULL,
	received_at TIMESTAMP WITH TIME ZONE NOT NULL,
	state VARCHAR(32) NOT NULL,
	volunteer_id BIGINT,
	decided_by BIGINT,
	decided_at TIMESTAMP WITH TIME ZONE,
	reason VARCHAR(200) NOT NULL,
	wiped_at TIMESTAMP WITH TIME ZONE,
	community_id BIGINT NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_volunteer_application PRIMARY KEY (id),
	CONSTRAINT ck_volunteer_application_birth_year CHECK (birth_year BETWEEN 1900 AND 2100),
	CONSTRAINT uq_volunteer_application_request_key UNIQUE (request_key),
	CONSTRAINT uq_volunteer_application_receipt UNIQUE (receipt),
	CONSTRAINT ck_volunteer_application_applicationstate CHECK (state IN ('waiting', 'confirmed', 'known', 'declined')),
	CONSTRAINT fk_volunteer_application_volunteer_id FOREIGN KEY(volunteer_id) REFERENCES volunteer (id),
	CONSTRAINT fk_volunteer_application_decided_by FOREIGN KEY(decided_by) REFERENCES account (id),
	CONSTRAINT fk_volunteer_application_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_volunteer_application_decided_by ON volunteer_application (decided_by);

CREATE INDEX ix_volunteer_application_state ON volunteer_application (community_id, state, received_at);

CREATE INDEX ix_volunteer_application_volunteer_id ON volunteer_application (volunteer_id);

CREATE TABLE volunteer_award (
	id BIGSERIAL NOT NULL,
	volunteer_id BIGINT NOT NULL,
	"on" DATE NOT NULL,
	title VARCHAR(200) NOT NULL,
	given_by VARCHAR(200) NOT NULL,
	noted_by BIGINT NOT NULL,
	noted_at TIMESTAMP WITH TIME ZONE NOT NULL,
	corrects_id BIGINT,
	struck_at TIMESTAMP WITH TIME ZONE,
	struck_by BIGINT,
	struck_reason VARCHAR(200) NOT NULL,
	community_id BIGINT NOT NULL,
	account_id BIGINT,
	version INTEGER NOT NULL,
	CONSTRAINT pk_volunteer_award PRIMARY KEY (id),
	CONSTRAINT fk_volunteer_award_volunteer_id FOREIGN KEY(volunteer_id) REFERENCES volunteer (id),
	CONSTRAINT fk_volunteer_award_noted_by FOREIGN KEY(noted_by) REFERENCES account (id),
	CONSTRAINT fk_volunteer_award_corrects_id FOREIGN KEY(corrects_id) REFERENCES volunteer_award (id),
	CONSTRAINT fk_volunteer_award_struck_by FOREIGN KEY(struck_by) REFERENCES account (id),
	CONSTRAINT fk_volunteer_award_community_id FOREIGN KEY(community_id) REFERENCES community (id),
	CONSTRAINT fk_volunteer_award_account_id FOREIGN KEY(account_id) REFERENCES account (id)
);

CREATE INDEX ix_volunteer_award_account_id ON volunteer_award (account_id);

CREATE INDEX ix_volunteer_award_corrects_id ON volunteer_award (corrects_id);

CREATE INDEX ix_volunteer_award_noted_by ON volunteer_award (noted_by);

CREATE INDEX ix_volunteer_award_struck_by ON volunteer_award (struck_by);

CREATE INDEX ix_volunteer_award_volunteer ON volunteer_award (volunteer_id, "on");

CREATE TABLE volunteer_certificate (
	id BIGSERIAL NOT NULL,
	volunteer_id BIGINT NOT NULL,
	state VARCHAR(32) NOT NULL,
	purpose VARCHAR(200) NOT NULL,
	since DATE NOT NULL,
	until DATE NOT NULL,
	asked_on DATE NOT NULL,
	noted_by BIGINT NOT NULL,
	accepted_at TIMESTAMP WITH TIME ZONE,
	accepted_by BIGINT,
	number VARCHAR(60),
	issued_at TIMESTAMP WITH TIME ZONE,
	issued_by BIGINT,
	issued_name VARCHAR(60) NOT NULL,
	name BYTEA,
	minutes INTEGER,
	service JSON NOT NULL,
	posted_on DATE,
	working_days INTEGER,
	ends_on DATE,
	approximate BOOLEAN NOT NULL,
	handed_on DATE,
	handed_by BIGINT,
	void_at TIMESTAMP WITH TIME ZONE,
	void_by BIGINT,
	void_reason VARCHAR(200) NOT NULL,
	community_id BIGINT NOT NULL,
	account_id BIGINT,
	version INTEGER NOT NULL,
	CONSTRAINT pk_volunteer_certificate PRIMARY KEY (id),
	CONSTRAINT uq_volunteer_certificate_community_id_number UNIQUE (community_id, number),
	CONSTRAINT ck_volunteer_certificate_days CHECK (until >= since),
	CONSTRAINT ck_volunteer_certificate_numbered CHECK (state IN ('asked', 'accepted', 'void') OR number IS NOT NULL),
	CONSTRAINT ck_volunteer_certificate_minutes CHECK (minutes >= 0),
	CONSTRAINT fk_volunteer_certificate_volunteer_id FOREIGN KEY(volunteer_id) REFERENCES volunteer (id),
	CONSTRAINT ck_volunteer_certificate_certificatestate CHECK (state IN ('asked', 'accepted', 'issued', 'posted', 'handed_out', 'void')),
	CONSTRAINT fk_volunteer_certificate_noted_by FOREIGN KEY(noted_by) REFERENCES account (id),
	CONSTRAINT fk_volunteer_certificate_accepted_by FOREIGN KEY(accepted_by) REFERENCES account (id),
	CONSTRAINT fk_volunteer_certificate_issued_by FOREIGN KEY(issued_by) REFERENCES account (id),
	CONSTRAINT fk_volunteer_certificate_handed_by FOREIGN KEY(handed_by) REFERENCES account (id),
	CONSTRAINT fk_volunteer_certificate_void_by FOREIGN KEY(void_by) REFERENCES account (id),
	CONSTRAINT fk_volunteer_certificate_community_id FOREIGN KEY(community_id) REFERENCES community (id),
	CONSTRAINT fk_volunteer_certificate_account_id FOREIGN KEY(account_id) REFERENCES account (id)
);

CREATE INDEX ix_volunteer_certificate_accepted_by ON volunteer_certificate (accepted_by);

CREATE INDEX ix_volunteer_certificate_account_id ON volunteer_certificate (account_id);

CREATE INDEX ix_volunteer_certificate_handed_by ON volunteer_certificate (handed_by);

CREATE INDEX ix_volunteer_certificate_issued_by ON volunteer_certificate (issued_by);

CREATE INDEX ix_volunteer_certificate_noted_by ON volunteer_certificate (noted_by);

CREATE INDEX ix_volunteer_certificate_state ON volunteer_certificate (community_id, state, id);

CREATE INDEX ix_volunteer_certificate_void_by ON volunteer_certificate (void_by);

CREATE INDEX ix_volunteer_certificate_volunteer ON volunteer_certificate (volunteer_id, id);

CREATE TABLE volunteer_event (
	id BIGSERIAL NOT NULL,
	volunteer_id BIGINT NOT NULL,
	kind VARCHAR(32) NOT NULL,
	before BYTEA,
	after BYTEA,
	reason VARCHAR(200) NOT NULL,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	by BIGINT NOT NULL,
	community_id BIGINT NOT NULL,
	account_id BIGINT,
	CONSTRAINT pk_volunteer_event PRIMARY KEY (id),
	CONSTRAINT fk_volunteer_event_volunteer_id FOREIGN KEY(volunteer_id) REFERENCES volunteer (id),
	CONSTRAINT ck_volunteer_event_volunteerchange CHECK (kind IN ('renamed', 'phone_changed', 'ended', 'came_back', 'linked', 'unlinked', 'left_squad', 'merged', 'unmerged', 'hours_checked', 'hours_corrected', 'paused', 'resumed', 'guardian_agreed', 'guardian_withdrew', 'unmasked')),
	CONSTRAINT fk_volunteer_event_by FOREIGN KEY(by) REFERENCES account (id),
	CONSTRAINT fk_volunteer_event_community_id FOREIGN KEY(community_id) REFERENCES community (id),
	CONSTRAINT fk_volunteer_event_account_id FOREIGN KEY(account_id) REFERENCES account (id)
);

CREATE INDEX ix_volunteer_event_account_id ON volunteer_event (account_id);

CREATE INDEX ix_volunteer_event_by ON volunteer_event (by);

CREATE INDEX ix_volunteer_event_volunteer ON volunteer_event (volunteer_id, id);

CREATE TABLE volunteer_training (
	id BIGSERIAL NOT NULL,
	volunteer_id BIGINT NOT NULL,
	"on" DATE NOT NULL,
	title VARCHAR(200) NOT NULL,
	given_by VARCHAR(200) NOT NULL,
	minutes INTEGER NOT NULL,
	noted_by BIGINT NOT NULL,
	noted_at TIMESTAMP WITH TIME ZONE NOT NULL,
	corrects_id BIGINT,
	struck_at TIMESTAMP WITH TIME ZONE,
	struck_by BIGINT,
	struck_reason VARCHAR(200) NOT NULL,
	community_id BIGINT NOT NULL,
	account_id BIGINT,
	version INTEGER NOT NULL,
	CONSTRAINT pk_volunteer_training PRIMARY KEY (id),
	CONSTRAINT ck_volunteer_training_minutes CHECK (minutes BETWEEN 30 AND 6000 AND minutes % 30 = 0),
	CONSTRAINT fk_volunteer_training_volunteer_id FOREIGN KEY(volunteer_id) REFERENCES volunteer (id),
	CONSTRAINT fk_volunteer_training_noted_by FOREIGN KEY(noted_by) REFERENCES account (id),
	CONSTRAINT fk_volunteer_training_corrects_id FOREIGN KEY(corrects_id) REFERENCES volunteer_training (id),
	CONSTRAINT fk_volunteer_training_struck_by FOREIGN KEY(struck_by) REFERENCES account (id),
	CONSTRAINT fk_volunteer_training_community_id FOREIGN KEY(community_id) REFERENCES community (id),
	CONSTRAINT fk_volunteer_training_account_id FOREIGN KEY(account_id) REFERENCES account (id)
);

CREATE INDEX ix_volunteer_training_account_id ON volunteer_training (account_id);

CREATE INDEX ix_volunteer_training_corrects_id ON volunteer_training (corrects_id);

CREATE INDEX ix_volunteer_training_noted_by ON volunteer_training (noted_by);

CREATE INDEX ix_volunteer_training_struck_by ON volunteer_training (struck_by);

CREATE INDEX ix_volunteer_training_volunteer ON volunteer_training (volunteer_id, "on");

CREATE TABLE activity_helper (
	id BIGSERIAL NOT NULL,
	activity_id BIGINT NOT NULL,
	volunteer_id BIGINT NOT NULL,
	task VARCHAR(200) NOT NULL,
	named_at TIMESTAMP WITH TIME ZONE NOT NULL,
	named_by BIGINT NOT NULL,
	left_at TIMESTAMP WITH TIME ZONE,
	to_tell BOOLEAN NOT NULL,
	community_id BIGINT NOT NULL,
	account_id BIGINT,
	CONSTRAINT pk_activity_helper PRIMARY KEY (id),
	CONSTRAINT uq_activity_helper_activity_id_volunteer_id UNIQUE (activity_id, volunteer_id),
	CONSTRAINT fk_activity_helper_activity_id FOREIGN KEY(activity_id) REFERENCES activity (id),
	CONSTRAINT fk_activity_helper_volunteer_id FOREIGN KEY(volunteer_id) REFERENCES volunteer (id),
	CONSTRAINT fk_activity_helper_named_by FOREIGN KEY(named_by) REFERENCES account (id),
	CONSTRAINT fk_activity_helper_community_id FOREIGN KEY(community_id) REFERENCES community (id),
	CONSTRAINT fk_activity_helper_account_id FOREIGN KEY(account_id) REFERENCES account (id)
);

CREATE INDEX ix_activity_helper_account_id ON activity_helper (account_id);

CREATE INDEX ix_activity_helper_named_by ON activity_helper (named_by);

CREATE INDEX ix_activity_helper_volunteer_id ON activity_helper (volunteer_id);

CREATE TABLE activity_host (
	id BIGSERIAL NOT NULL,
	activity_id BIGINT NOT NULL,
	unit_id BIGINT NOT NULL,
	part VARCHAR(32) NOT NULL,
	community_id BIGINT NOT NULL,
	CONSTRAINT pk_activity_host PRIMARY KEY (id),
	CONSTRAINT uq_activity_host_activity_id_unit_id UNIQUE (activity_id, unit_id),
	CONSTRAINT fk_activity_host_activity_id FOREIGN KEY(activity_id) REFERENCES activity (id),
	CONSTRAINT fk_activity_host_unit_id FOREIGN KEY(unit_id) REFERENCES unit (id),
	CONSTRAINT ck_activity_host_hostpart CHECK (part IN ('lead', 'co')),
	CONSTRAINT fk_activity_host_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_activity_host_unit_id ON activity_host (unit_id);

CREATE TABLE activity_participant (
	id BIGSERIAL NOT NULL,
	activity_id BIGINT NOT NULL,
	name BYTEA,
	name_index VARCHAR(32),
	phone BYTEA,
	phone_index VARCHAR(32),
	person_id BIGINT,
	volunteer_id BIGINT,
	children INTEGER NOT NULL,
	under_14 BOOLEAN NOT NULL,
	guardian BYTEA,
	guardian_on DATE,
	state VARCHAR(32) NOT NULL,
	way VARCHAR(32) NOT NULL,
	receipt VARCHAR(16) NOT NULL,
	request_key VARCHAR(64),
	signed_at TIMESTAMP WITH TIME ZONE NOT NULL,
	signed_by BIGINT,
	moved_up_at TIMESTAMP WITH TIME ZONE,
	ended_at TIMESTAMP WITH TIME ZONE,
	to_tell BOOLEAN NOT NULL,
	community_id BIGINT NOT NULL,
	restricted BOOLEAN NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_activity_participant PRIMARY KEY (id),
	CONSTRAINT ck_activity_participant_children CHECK (children BETWEEN 0 AND 10),
	CONSTRAINT fk_activity_participant_activity_id FOREIGN KEY(activity_id) REFERENCES activity (id),
	CONSTRAINT fk_activity_participant_person_id FOREIGN KEY(person_id) REFERENCES person (id),
	CONSTRAINT fk_activity_participant_volunteer_id FOREIGN KEY(volunteer_id) REFERENCES volunteer (id),
	CONSTRAINT ck_activity_participant_seatstate CHECK (state IN ('in', 'waiting', 'cancelled')),
	CONSTRAINT ck_activity_participant_signupway CHECK (way IN ('staff', 'page', 'list')),
	CONSTRAINT uq_activity_participant_receipt UNIQUE (receipt),
	CONSTRAINT uq_activity_participant_request_key UNIQUE (request_key),
	CONSTRAINT fk_activity_participant_signed_by FOREIGN KEY(signed_by) REFERENCES account (id),
	CONSTRAINT fk_activity_participant_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_activity_participant_person_id ON activity_participant (person_id);

CREATE INDEX ix_activity_participant_signed_by ON activity_participant (signed_by);

CREATE INDEX ix_activity_participant_state ON activity_participant (activity_id, state, id);

CREATE INDEX ix_activity_participant_volunteer_id ON activity_participant (volunteer_id);

CREATE TABLE activity_session (
	id BIGSERIAL NOT NULL,
	activity_id BIGINT NOT NULL,
	"on" DATE NOT NULL,
	starts_at TIMESTAMP WITH TIME ZONE NOT NULL,
	ends_at TIMESTAMP WITH TIME ZONE NOT NULL,
	title VARCHAR(60) NOT NULL,
	speaker VARCHAR(60) NOT NULL,
	modules JSON NOT NULL,
	heads INTEGER NOT NULL,
	children INTEGER NOT NULL,
	taken_at TIMESTAMP WITH TIME ZONE,
	community_id BIGINT NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_activity_session PRIMARY KEY (id),
	CONSTRAINT uq_activity_session_activity_id_starts_at UNIQUE (activity_id, starts_at),
	CONSTRAINT ck_activity_session_times CHECK (ends_at > starts_at),
	CONSTRAINT ck_activity_session_heads CHECK (heads >= 0 AND children BETWEEN 0 AND heads),
	CONSTRAINT fk_activity_session_activity_id FOREIGN KEY(activity_id) REFERENCES activity (id),
	CONSTRAINT fk_activity_session_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_activity_session_day ON activity_session (community_id, "on", id);

CREATE TABLE election_step (
	id BIGSERIAL NOT NULL,
	election_id BIGINT NOT NULL,
	kind VARCHAR(32) NOT NULL,
	period_days INTEGER NOT NULL,
	began_on DATE,
	ended_on DATE,
	note VARCHAR(200) NOT NULL,
	done_by BIGINT,
	done_name VARCHAR(60) NOT NULL,
	community_id BIGINT NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_election_step PRIMARY KEY (id),
	CONSTRAINT uq_election_step_election_id_kind UNIQUE (election_id, kind),
	CONSTRAINT ck_election_step_period CHECK (period_days >= 0),
	CONSTRAINT ck_election_step_days CHECK (ended_on IS NULL OR ended_on >= began_on),
	CONSTRAINT fk_election_step_election_id FOREIGN KEY(election_id) REFERENCES election (id),
	CONSTRAINT ck_election_step_electionstepkind CHECK (kind IN ('group', 'group_notice', 'candidates', 'candidate_notice', 'meeting_notice', 'vote', 'result_notice', 'filing', 'handover')),
	CONSTRAINT fk_election_step_done_by FOREIGN KEY(done_by) REFERENCES account (id),
	CONSTRAINT fk_election_step_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_election_step_done_by ON election_step (done_by);

CREATE TABLE escort_pair (
	id BIGSERIAL NOT NULL,
	activity_id BIGINT NOT NULL,
	person_id BIGINT,
	elder_name BYTEA,
	alias VARCHAR(60) NOT NULL,
	volunteer_id BIGINT,
	contact_name BYTEA,
	contact_phone BYTEA,
	checked_leaving JSON NOT NULL,
	checked_return JSON NOT NULL,
	missing VARCHAR(200) NOT NULL,
	left_at TIMESTAMP WITH TIME ZONE,
	returned_at TIMESTAMP WITH TIME ZONE,
	stays_at TIMESTAMP WITH TIME ZONE,
	community_id BIGINT NOT NULL,
	account_id BIGINT,
	version INTEGER NOT NULL,
	CONSTRAINT pk_escort_pair PRIMARY KEY (id),
	CONSTRAINT ck_escort_pair_left_first CHECK (returned_at IS NULL OR left_at IS NOT NULL),
	CONSTRAINT ck_escort_pair_in_order CHECK (returned_at IS NULL OR returned_at >= left_at),
	CONSTRAINT ck_escort_pair_goes_or_stays CHECK (stays_at IS NULL OR left_at IS NULL),
	CONSTRAINT fk_escort_pair_activity_id FOREIGN KEY(activity_id) REFERENCES activity (id),
	CONSTRAINT fk_escort_pair_person_id FOREIGN KEY(person_id) REFERENCES person (id),
	CONSTRAINT fk_escort_pair_volunteer_id FOREIGN KEY(volunteer_id) REFERENCES volunteer (id),
	CONSTRAINT fk_escort_pair_community_id FOREIGN KEY(community_id) REFERENCES community (id),
	CONSTRAINT fk_escort_pair_account_id FOREIGN KEY(account_id) REFERENCES account (id)
);

CREATE INDEX ix_escort_pair_account_id ON escort_pair (account_id);

CREATE INDEX ix_escort_pair_activity ON escort_pair (activity_id, id);

CREATE INDEX ix_escort_pair_person_id ON escort_pair (person_id);

CREATE INDEX ix_escort_pair_volunteer_id ON escort_pair (volunteer_id);

CREATE UNIQUE INDEX uq_escort_pair_person ON escort_pair (activity_id, person_id) WHERE person_id IS NOT NULL AND stays_at IS NULL;

CREATE TABLE escort_trip (
	id BIGSERIAL NOT NULL,
	activity_id BIGINT NOT NULL,
	meeting_point VARCHAR(200) NOT NULL,
	most INTEGER NOT NULL,
	closed_at TIMESTAMP WITH TIME ZONE,
	closed_by BIGINT,
	closed_name VARCHAR(60) NOT NULL,
	note VARCHAR(200) NOT NULL,
	community_id BIGINT NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_escort_trip PRIMARY KEY (id),
	CONSTRAINT uq_escort_trip_activity_id UNIQUE (activity_id),
	CONSTRAINT ck_escort_trip_most CHECK (most BETWEEN 1 AND 2),
	CONSTRAINT fk_escort_trip_activity_id FOREIGN KEY(activity_id) REFERENCES activity (id),
	CONSTRAINT fk_escort_trip_closed_by FOREIGN KEY(closed_by) REFERENCES account (id),
	CONSTRAINT fk_escort_trip_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_escort_trip_closed_by ON escort_trip (closed_by);

CREATE TABLE market_day (
	id BIGSERIAL NOT NULL,
	activity_id BIGINT NOT NULL,
	opens INTEGER NOT NULL,
	closes INTEGER NOT NULL,
	closed_at TIMESTAMP WITH TIME ZONE,
	closed_by BIGINT,
	closed_name VARCHAR(60) NOT NULL,
	served INTEGER NOT NULL,
	community_id BIGINT NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_market_day PRIMARY KEY (id),
	CONSTRAINT uq_market_day_activity_id UNIQUE (activity_id),
	CONSTRAINT ck_market_day_hours CHECK (opens >= 0 AND closes > opens AND closes <= 1440),
	CONSTRAINT ck_market_day_served CHECK (served >= 0),
	CONSTRAINT fk_market_day_activity_id FOREIGN KEY(activity_id) REFERENCES activity (id),
	CONSTRAINT fk_market_day_closed_by FOREIGN KEY(closed_by) REFERENCES account (id),
	CONSTRAINT fk_market_day_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_market_day_closed_by ON market_day (closed_by);

CREATE TABLE market_stall (
	id BIGSERIAL NOT NULL,
	activity_id BIGINT NOT NULL,
	number INTEGER NOT NULL,
	item VARCHAR(60) NOT NULL,
	item_key VARCHAR(60) NOT NULL,
	description VARCHAR(200) NOT NULL,
	material VARCHAR(200) NOT NULL,
	helpers INTEGER NOT NULL,
	planned INTEGER NOT NULL,
	draw VARCHAR(32) NOT NULL,
	link_hash VARCHAR(32),
	link_made_at TIMESTAMP WITH TIME ZONE,
	called_off_at TIMESTAMP WITH TIME ZONE,
	called_off_reason VARCHAR(200) NOT NULL,
	community_id BIGINT NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_market_stall PRIMARY KEY (id),
	CONSTRAINT ck_market_stall_number CHECK (number BETWEEN 1 AND 99),
	CONSTRAINT ck_market_stall_helpers CHECK (helpers BETWEEN 1 AND 20),
	CONSTRAINT ck_market_stall_planned CHECK (planned >= 0),
	CONSTRAINT fk_market_stall_activity_id FOREIGN KEY(activity_id) REFERENCES activity (id),
	CONSTRAINT uq_market_stall_link_hash UNIQUE (link_hash),
	CONSTRAINT fk_market_stall_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_market_stall_activity_id ON market_stall (activity_id);

CREATE INDEX ix_market_stall_item ON market_stall (community_id, item_key);

CREATE UNIQUE INDEX uq_market_stall_number ON market_stall (activity_id, number) WHERE called_off_at IS NULL;

CREATE TABLE member (
	id BIGSERIAL NOT NULL,
	number VARCHAR(60) NOT NULL,
	name BYTEA NOT NULL,
	phone BYTEA,
	name_index VARCHAR(32),
	sound_index VARCHAR(200) NOT NULL,
	phone_index VARCHAR(32),
	branch_id BIGINT NOT NULL,
	kind VARCHAR(32) NOT NULL,
	joined_on DATE NOT NULL,
	full_on DATE,
	birth_year BYTEA,
	unit_id BIGINT,
	skills JSON NOT NULL,
	free_slots JSON NOT NULL,
	person_id BIGINT,
	volunteer_id BIGINT,
	keep_until DATE,
	ended_on DATE,
	ended_as VARCHAR(32),
	offered_branch_id BIGINT,
	merged_into_id BIGINT,
	erased_at TIMESTAMP WITH TIME ZONE,
	community_id BIGINT NOT NULL,
	account_id BIGINT,
	version INTEGER NOT NULL,
	CONSTRAINT pk_member PRIMARY KEY (id),
	CONSTRAINT uq_member_community_id_number UNIQUE (community_id, number),
	CONSTRAINT ck_member_full_after_joined CHECK (full_on IS NULL OR full_on >= joined_on),
	CONSTRAINT fk_member_branch_id FOREIGN KEY(branch_id) REFERENCES branch (id),
	CONSTRAINT ck_member_memberkind CHECK (kind IN ('employed', 'retired', 'local', 'new_resident', 'floating', 'partner_unit')),
	CONSTRAINT fk_member_unit_id FOREIGN KEY(unit_id) REFERENCES unit (id),
	CONSTRAINT fk_member_person_id FOREIGN KEY(person_id) REFERENCES person (id),
	CONSTRAINT fk_member_volunteer_id FOREIGN KEY(volunteer_id) REFERENCES volunteer (id),
	CONSTRAINT ck_member_memberleave CHECK (ended_as IN ('transferred', 'died', 'withdrew', 'not_admitted', 'removed')),
	CONSTRAINT fk_member_offered_branch_id FOREIGN KEY(offered_branch_id) REFERENCES branch (id),
	CONSTRAINT fk_member_merged_into_id FOREIGN KEY(merged_into_id) REFERENCES member (id),
	CONSTRAINT fk_member_community_id FOREIGN KEY(community_id) REFERENCES community (id),
	CONSTRAINT fk_member_account_id FOREIGN KEY(account_id) REFERENCES account (id)
);

CREATE INDEX ix_member_account_id ON member (account_id);

CREATE INDEX ix_member_branch_id ON member (branch_id);

CREATE INDEX ix_member_listed ON member (community_id, id);

CREATE INDEX ix_member_merged_into_id ON member (merged_into_id) WHERE merged_into_id IS NOT NULL;

CREATE INDEX ix_member_name_index ON member (name_index);

CREATE INDEX ix_member_offered ON member (offered_branch_id) WHERE offered_branch_id IS NOT NULL;

CREATE INDEX ix_member_person_id ON member (person_id);

CREATE INDEX ix_member_phone_index ON member (phone_index);

CREATE INDEX ix_member_unit_id ON member (unit_id);

CREATE INDEX ix_member_volunteer_id ON member (volunteer_id);

CREATE TABLE opening (
	id BIGSERIAL NOT NULL,
	project_id BIGINT,
	squad_id BIGINT,
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
	CONSTRAINT ck_opening_one_owner CHECK ((project_id IS NULL) <> (squad_id IS NULL)),
	CONSTRAINT fk_opening_project_id FOREIGN KEY(project_id) REFERENCES project (id),
	CONSTRAINT fk_opening_squad_id FOREIGN KEY(squad_id) REFERENCES squad (id),
	CONSTRAINT fk_opening_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_opening_project_id ON opening (project_id);

CREATE INDEX ix_opening_squad_id ON opening (squad_id);

CREATE TABLE project_role (
	id BIGSERIAL NOT NULL,
	project_id BIGINT NOT NULL,
	milestone_id BIGINT,
	body VARCHAR(32) NOT NULL,
	part VARCHAR(32) NOT NULL,
	name VARCHAR(200) NOT NULL,
	unit_id BIGINT,
	since DATE NOT NULL,
	until DATE,
	set_by BIGINT NOT NULL,
	set_name VARCHAR(60) NOT NULL,
	community_id BIGINT NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_project_role PRIMARY KEY (id),
	CONSTRAINT ck_project_role_days CHECK (until IS NULL OR until >= since),
	CONSTRAINT ck_project_role_unit CHECK ((unit_id IS NULL) OR body IN ('unit', 'property_company')),
	CONSTRAINT fk_project_role_project_id FOREIGN KEY(project_id) REFERENCES project (id),
	CONSTRAINT fk_project_role_milestone_id FOREIGN KEY(milestone_id) REFERENCES milestone (id),
	CONSTRAINT ck_project_role_stagebody CHECK (body IN ('community', 'owners_assembly', 'owners_committee', 'property_company', 'unit', 'department')),
	CONSTRAINT ck_project_role_stagepart CHECK (part IN ('lead', 'assist')),
	CONSTRAINT fk_project_role_unit_id FOREIGN KEY(unit_id) REFERENCES unit (id),
	CONSTRAINT fk_project_role_set_by FOREIGN KEY(set_by) REFERENCES account (id),
	CONSTRAINT fk_project_role_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_project_role_milestone_id ON project_role (milestone_id);

CREATE INDEX ix_project_role_project ON project_role (project_id, until);

CREATE INDEX ix_project_role_set_by ON project_role (set_by);

CREATE INDEX ix_project_role_unit_id ON project_role (unit_id);

CREATE TABLE rota (
	id BIGSERIAL NOT NULL,
	title VARCHAR(60) NOT NULL,
	place VARCHAR(200) NOT NULL,
	place_id BIGINT,
	call VARCHAR(500) NOT NULL,
	state VARCHAR(32) NOT NULL,
	starts_on DATE NOT NULL,
	ends_on DATE NOT NULL,
	give_back_hours INTEGER NOT NULL,
	squad_id BIGINT,
	project_id BIGINT,
	made_by BIGINT NOT NULL,
	made_at TIMESTAMP WITH TIME ZONE NOT NULL,
	community_id BIGINT NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_rota PRIMARY KEY (id),
	CONSTRAINT ck_rota_dates CHECK (ends_on >= starts_on),
	CONSTRAINT ck_rota_give_back CHECK (give_back_hours BETWEEN 0 AND 720),
	CONSTRAINT fk_rota_place_id FOREIGN KEY(place_id) REFERENCES place (id),
	CONSTRAINT ck_rota_rotastate CHECK (state IN ('draft', 'open', 'closed')),
	CONSTRAINT fk_rota_squad_id FOREIGN KEY(squad_id) REFERENCES squad (id),
	CONSTRAINT fk_rota_project_id FOREIGN KEY(project_id) REFERENCES project (id),
	CONSTRAINT fk_rota_made_by FOREIGN KEY(made_by) REFERENCES account (id),
	CONSTRAINT fk_rota_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_rota_made_by ON rota (made_by);

CREATE INDEX ix_rota_place_id ON rota (place_id);

CREATE INDEX ix_rota_project_id ON rota (project_id);

CREATE INDEX ix_rota_squad_id ON rota (squad_id);

CREATE INDEX ix_rota_state ON rota (community_id, state, id);

CREATE TABLE squad_member (
	id BIGSERIAL NOT NULL,
	squad_id BIGINT NOT NULL,
	volunteer_id BIGINT NOT NULL,
	joined_on DATE NOT NULL,
	left_on DATE,
	left_reason VARCHAR(200) NOT NULL,
	community_id BIGINT NOT NULL,
	CONSTRAINT pk_squad_member PRIMARY KEY (id),
	CONSTRAINT fk_squad_member_squad_id FOREIGN KEY(squad_id) REFERENCES squad (id),
	CONSTRAINT fk_squad_member_volunteer_id FOREIGN KEY(volunteer_id) REFERENCES volunteer (id),
	CONSTRAINT fk_squad_member_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_squad_member_squad ON squad_member (squad_id, left_on);

CREATE INDEX ix_squad_member_volunteer_id ON squad_member (volunteer_id);

CREATE UNIQUE INDEX uq_squad_member_in ON squad_member (squad_id, volunteer_id) WHERE left_on IS NULL;

CREATE TABLE squad_request (
	id BIGSERIAL NOT NULL,
	squad_id BIGINT NOT NULL,
	volunteer_id BIGINT NOT NULL,
	word VARCHAR(200) NOT NULL,
	asked_at TIMESTAMP WITH TIME ZONE NOT NULL,
	accepted BOOLEAN,
	answer VARCHAR(200) NOT NULL,
	answered_at TIMESTAMP WITH TIME ZONE,
	answered_by BIGINT,
	community_id BIGINT NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_squad_request PRIMARY KEY (id),
	CONSTRAINT fk_squad_request_squad_id FOREIGN KEY(squad_id) REFERENCES squad (id),
	CONSTRAINT fk_squad_request_volunteer_id FOREIGN KEY(volunteer_id) REFERENCES volunteer (id),
	CONSTRAINT fk_squad_request_answered_by FOREIGN KEY(answered_by) REFERENCES account (id),
	CONSTRAINT fk_squad_request_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_squad_request_answered_by ON squad_request (answered_by);

CREATE INDEX ix_squad_request_volunteer_id ON squad_request (volunteer_id);

CREATE UNIQUE INDEX uq_squad_request_open ON squad_request (squad_id, volunteer_id) WHERE answered_at IS NULL;

CREATE TABLE squad_story (
	id BIGSERIAL NOT NULL,
	squad_id BIGINT NOT NULL,
	volunteer_id BIGINT NOT NULL,
	activity_id BIGINT,
	words VARCHAR(300) NOT NULL,
	added_by BIGINT NOT NULL,
	added_at TIMESTAMP WITH TIME ZONE NOT NULL,
	taken_down_at TIMESTAMP WITH TIME ZONE,
	community_id BIGINT NOT NULL,
	CONSTRAINT pk_squad_story PRIMARY KEY (id),
	CONSTRAINT fk_squad_story_squad_id FOREIGN KEY(squad_id) REFERENCES squad (id),
	CONSTRAINT fk_squad_story_volunteer_id FOREIGN KEY(volunteer_id) REFERENCES volunteer (id),
	CONSTRAINT fk_squad_story_activity_id FOREIGN KEY(activity_id) REFERENCES activity (id),
	CONSTRAINT fk_squad_story_added_by FOREIGN KEY(added_by) REFERENCES account (id),
	CONSTRAINT fk_squad_story_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_squad_story_activity_id ON squad_story (activity_id);

CREATE INDEX ix_squad_story_added_by ON squad_story (added_by);

CREATE INDEX ix_squad_story_squad_id ON squad_story (squad_id);

CREATE INDEX ix_squad_story_volunteer_id ON squad_story (volunteer_id);

CREATE TABLE activity_presence (
	id BIGSERIAL NOT NULL,
	session_id BIGINT NOT NULL,
	participant_id BIGINT NOT NULL,
	community_id BIGINT NOT NULL,
	CONSTRAINT pk_activity_presence PRIMARY KEY (id),
	CONSTRAINT uq_activity_presence_session_id_participant_id UNIQUE (session_id, participant_id),
	CONSTRAINT fk_activity_presence_session_id FOREIGN KEY(session_id) REFERENCES activity_session (id),
	CONSTRAINT fk_activity_presence_participant_id FOREIGN KEY(participant_id) REFERENCES activity_participant (id),
	CONSTRAINT fk_activity_presence_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_activity_presence_participant_id ON activity_presence (participant_id);

CREATE TABLE consent (
	id BIGSERIAL NOT NULL,
	person_id BIGINT,
	volunteer_id BIGINT,
	member_id BIGINT,
	scope VARCHAR(32) NOT NULL,
	given_on DATE NOT NULL,
	way VARCHAR(32) NOT NULL,
	witness VARCHAR(60) NOT NULL,
	told VARCHAR(200) NOT NULL,
	withdrawn_on DATE,
	withdrawn_reason VARCHAR(200) NOT NULL,
	recorded_by BIGINT NOT NULL,
	recorded_name VARCHAR(60) NOT NULL,
	recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
	community_id BIGINT NOT NULL,
	restricted BOOLEAN NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_consent PRIMARY KEY (id),
	CONSTRAINT ck_consent_one_subject CHECK ((CASE WHEN person_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN volunteer_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN member_id IS NULL THEN 0 ELSE 1 END) = 1),
	CONSTRAINT fk_consent_person_id FOREIGN KEY(person_id) REFERENCES person (id),
	CONSTRAINT fk_consent_volunteer_id FOREIGN KEY(volunteer_id) REFERENCES volunteer (id),
	CONSTRAINT fk_consent_member_id FOREIGN KEY(member_id) REFERENCES member (id),
	CONSTRAINT ck_consent_consentscope CHECK (scope IN ('contact_card', 'sensitive', 'health', 'story', 'photo', 'programme', 'wall')),
	CONSTRAINT ck_consent_consentway CHECK (way IN ('paper', 'spoken', 'guardian')),
	CONSTRAINT fk_consent_recorded_by FOREIGN KEY(recorded_by) REFERENCES account (id),
	CONSTRAINT fk_consent_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_consent_member ON consent (member_id, scope) WHERE member_id IS NOT NULL;

CREATE INDEX ix_consent_person ON consent (person_id, scope);

CREATE INDEX ix_consent_recorded_by ON consent (recorded_by);

CREATE INDEX ix_consent_volunteer ON consent (volunteer_id, scope);

CREATE TABLE escort_event (
	id BIGSERIAL NOT NULL,
	pair_id BIGINT NOT NULL,
	kind VARCHAR(32) NOT NULL,
	volunteer_id BIGINT,
	reason VARCHAR(200) NOT NULL,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	by BIGINT NOT NULL,
	community_id BIGINT NOT NULL,
	account_id BIGINT,
	CONSTRAINT pk_escort_event PRIMARY KEY (id),
	CONSTRAINT fk_escort_event_pair_id FOREIGN KEY(pair_id) REFERENCES escort_pair (id),
	CONSTRAINT ck_escort_event_escortchange CHECK (kind IN ('paired', 'replaced', 'dropped', 'left', 'returned', 'stayed', 'contact_seen')),
	CONSTRAINT fk_escort_event_volunteer_id FOREIGN KEY(volunteer_id) REFERENCES volunteer (id),
	CONSTRAINT fk_escort_event_by FOREIGN KEY(by) REFERENCES account (id),
	CONSTRAINT fk_escort_event_community_id FOREIGN KEY(community_id) REFERENCES community (id),
	CONSTRAINT fk_escort_event_account_id FOREIGN KEY(account_id) REFERENCES account (id)
);

CREATE INDEX ix_escort_event_account_id ON escort_event (account_id);

CREATE INDEX ix_escort_event_by ON escort_event (by);

CREATE INDEX ix_escort_event_pair ON escort_event (pair_id, id);

CREATE INDEX ix_escort_event_volunteer_id ON escort_event (volunteer_id);

CREATE TABLE market_helper (
	id BIGSERIAL NOT NULL,
	stall_id BIGINT NOT NULL,
	volunteer_id BIGINT NOT NULL,
	starts INTEGER NOT NULL,
	ends INTEGER NOT NULL,
	placed_by BIGINT NOT NULL,
	placed_at TIMESTAMP WITH TIME ZONE NOT NULL,
	left_at TIMESTAMP WITH TIME ZONE,
	stayed_until INTEGER,
	left_reason VARCHAR(200) NOT NULL,
	community_id BIGINT NOT NULL,
	account_id BIGINT,
	CONSTRAINT pk_market_helper PRIMARY KEY (id),
	CONSTRAINT ck_market_helper_times CHECK (starts >= 0 AND ends > starts AND ends <= 1440),
	CONSTRAINT fk_market_helper_stall_id FOREIGN KEY(stall_id) REFERENCES market_stall (id),
	CONSTRAINT fk_market_helper_volunteer_id FOREIGN KEY(volunteer_id) REFERENCES volunteer (id),
	CONSTRAINT fk_market_helper_placed_by FOREIGN KEY(placed_by) REFERENCES account (id),
	CONSTRAINT fk_market_helper_community_id FOREIGN KEY(community_id) REFERENCES community (id),
	CONSTRAINT fk_market_helper_account_id FOREIGN KEY(account_id) REFERENCES account (id)
);

CREATE INDEX ix_market_helper_account_id ON market_helper (account_id);

CREATE INDEX ix_market_helper_placed_by ON market_helper (placed_by);

CREATE INDEX ix_market_helper_stall ON market_helper (stall_id, left_at);

CREATE INDEX ix_market_helper_volunteer_id ON market_helper (volunteer_id);

CREATE TABLE market_tally (
	id BIGSERIAL NOT NULL,
	stall_id BIGINT NOT NULL,
	key VARCHAR(64) NOT NULL,
	kind VARCHAR(32) NOT NULL,
	amount INTEGER NOT NULL,
	queue VARCHAR(32),
	words VARCHAR(200) NOT NULL,
	counted BOOLEAN NOT NULL,
	made_at TIMESTAMP WITH TIME ZONE NOT NULL,
	received_at TIMESTAMP WITH TIME ZONE NOT NULL,
	by BIGINT,
	community_id BIGINT NOT NULL,
	CONSTRAINT pk_market_tally PRIMARY KEY (id),
	CONSTRAINT uq_market_tally_stall_id_key UNIQUE (stall_id, key),
	CONSTRAINT ck_market_tally_corrected_by CHECK ((by IS NULL) = (kind <> 'correction')),
	CONSTRAINT fk_market_tally_stall_id FOREIGN KEY(stall_id) REFERENCES market_stall (id),
	CONSTRAINT ck_market_tally_tallykind CHECK (kind IN ('count', 'queue', 'note', 'correction')),
	CONSTRAINT ck_market_tally_queuelength CHECK (queue IN ('nobody', 'few', 'long')),
	CONSTRAINT fk_market_tally_by FOREIGN KEY(by) REFERENCES account (id),
	CONSTRAINT fk_market_tally_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_market_tally_by ON market_tally (by);

CREATE INDEX ix_market_tally_stall ON market_tally (stall_id, id);

CREATE TABLE member_event (
	id BIGSERIAL NOT NULL,
	member_id BIGINT NOT NULL,
	kind VARCHAR(32) NOT NULL,
	"on" DATE NOT NULL,
	before BYTEA,
	after BYTEA,
	reason VARCHAR(200) NOT NULL,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	by BIGINT NOT NULL,
	community_id BIGINT NOT NULL,
	CONSTRAINT pk_member_event PRIMARY KEY (id),
	CONSTRAINT fk_member_event_member_id FOREIGN KEY(member_id) REFERENCES member (id),
	CONSTRAINT ck_member_event_memberchange CHECK (kind IN ('joined', 'moved', 'offered', 'taken_back', 'left', 'came_back', 'full', 'kind_changed', 'unit_changed', 'renamed', 'phone_changed', 'linked', 'unlinked', 'merged', 'unmerged', 'erased')),
	CONSTRAINT fk_member_event_by FOREIGN KEY(by) REFERENCES account (id),
	CONSTRAINT fk_member_event_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_member_event_by ON member_event (by);

CREATE INDEX ix_member_event_member ON member_event (member_id, id);

CREATE TABLE member_stay (
	id BIGSERIAL NOT NULL,
	member_id BIGINT NOT NULL,
	branch_id BIGINT NOT NULL,
	since DATE NOT NULL,
	until DATE,
	community_id BIGINT NOT NULL,
	CONSTRAINT pk_member_stay PRIMARY KEY (id),
	CONSTRAINT ck_member_stay_in_order CHECK (until IS NULL OR until >= since),
	CONSTRAINT fk_member_stay_member_id FOREIGN KEY(member_id) REFERENCES member (id),
	CONSTRAINT fk_member_stay_branch_id FOREIGN KEY(branch_id) REFERENCES branch (id),
	CONSTRAINT fk_member_stay_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_member_stay_branch ON member_stay (branch_id, since);

CREATE INDEX ix_member_stay_member ON member_stay (member_id, since);

CREATE INDEX ix_member_stay_since ON member_stay (community_id, since);

CREATE UNIQUE INDEX uq_member_stay_open ON member_stay (member_id) WHERE until IS NULL;

CREATE TABLE roster_proposal (
	id BIGSERIAL NOT NULL,
	rota_id BIGINT NOT NULL,
	first_on DATE NOT NULL,
	last_on DATE NOT NULL,
	limits JSON NOT NULL,
	together JSON NOT NULL,
	filling JSON NOT NULL,
	result JSON NOT NULL,
	left_out JSON NOT NULL,
	made_by BIGINT NOT NULL,
	made_at TIMESTAMP WITH TIME ZONE NOT NULL,
	kept_at TIMESTAMP WITH TIME ZONE,
	kept INTEGER NOT NULL,
	community_id BIGINT NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_roster_proposal PRIMARY KEY (id),
	CONSTRAINT uq_roster_proposal_rota_id UNIQUE (rota_id),
	CONSTRAINT fk_roster_proposal_rota_id FOREIGN KEY(rota_id) REFERENCES rota (id),
	CONSTRAINT fk_roster_proposal_made_by FOREIGN KEY(made_by) REFERENCES account (id),
	CONSTRAINT fk_roster_proposal_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_roster_proposal_made_by ON roster_proposal (made_by);

CREATE TABLE rota_post (
	id BIGSERIAL NOT NULL,
	rota_id BIGINT NOT NULL,
	name VARCHAR(60) NOT NULL,
	task VARCHAR(200) NOT NULL,
	skill VARCHAR(60) NOT NULL,
	position INTEGER NOT NULL,
	community_id BIGINT NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_rota_post PRIMARY KEY (id),
	CONSTRAINT uq_rota_post_rota_id_name UNIQUE (rota_id, name),
	CONSTRAINT fk_rota_post_rota_id FOREIGN KEY(rota_id) REFERENCES rota (id),
	CONSTRAINT fk_rota_post_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE TABLE activity_quote (
	id BIGSERIAL NOT NULL,
	activity_id BIGINT NOT NULL,
	words VARCHAR(200) NOT NULL,
	called VARCHAR(60) NOT NULL,
	consent_id BIGINT NOT NULL,
	added_by BIGINT NOT NULL,
	added_at TIMESTAMP WITH TIME ZONE NOT NULL,
	community_id BIGINT NOT NULL,
	CONSTRAINT pk_activity_quote PRIMARY KEY (id),
	CONSTRAINT fk_activity_quote_activity_id FOREIGN KEY(activity_id) REFERENCES activity (id),
	CONSTRAINT fk_activity_quote_consent_id FOREIGN KEY(consent_id) REFERENCES consent (id),
	CONSTRAINT fk_activity_quote_added_by FOREIGN KEY(added_by) REFERENCES account (id),
	CONSTRAINT fk_activity_quote_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_activity_quote_activity_id ON activity_quote (activity_id);

CREATE INDEX ix_activity_quote_added_by ON activity_quote (added_by);

CREATE INDEX ix_activity_quote_consent_id ON activity_quote (consent_id);

CREATE TABLE resource_request (
	id BIGSERIAL NOT NULL,
	resource_id BIGINT NOT NULL,
	home_id BIGINT NOT NULL,
	state VARCHAR(32) NOT NULL,
	amount INTEGER NOT NULL,
	on_day DATE NOT NULL,
	until_on DATE NOT NULL,
	part VARCHAR(32),
	purpose VARCHAR(200) NOT NULL,
	need_id BIGINT,
	project_id BIGINT,
	activity_id BIGINT,
	order_id BIGINT,
	asked_by BIGINT NOT NULL,
	asked_name VARCHAR(60) NOT NULL,
	asked_at TIMESTAMP WITH TIME ZONE NOT NULL,
	used_amount INTEGER,
	used_words VARCHAR(200) NOT NULL,
	subdistrict_id BIGINT NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_resource_request PRIMARY KEY (id),
	CONSTRAINT ck_resource_request_days CHECK (until_on >= on_day),
	CONSTRAINT ck_resource_request_amount CHECK (amount >= 1),
	CONSTRAINT fk_resource_request_resource_id FOREIGN KEY(resource_id) REFERENCES resource (id),
	CONSTRAINT fk_resource_request_home_id FOREIGN KEY(home_id) REFERENCES community (id),
	CONSTRAINT ck_resource_request_requeststate CHECK (state IN ('asked', 'promised', 'used', 'thanked', 'declined', 'withdrawn', 'cancelled')),
	CONSTRAINT ck_resource_request_daypart CHECK (part IN ('am', 'pm', 'eve')),
	CONSTRAINT fk_resource_request_need_id FOREIGN KEY(need_id) REFERENCES need (id),
	CONSTRAINT fk_resource_request_project_id FOREIGN KEY(project_id) REFERENCES project (id),
	CONSTRAINT fk_resource_request_activity_id FOREIGN KEY(activity_id) REFERENCES activity (id),
	CONSTRAINT fk_resource_request_order_id FOREIGN KEY(order_id) REFERENCES service_order (id),
	CONSTRAINT fk_resource_request_asked_by FOREIGN KEY(asked_by) REFERENCES account (id),
	CONSTRAINT fk_resource_request_subdistrict_id FOREIGN KEY(subdistrict_id) REFERENCES subdistrict (id)
);

CREATE INDEX ix_resource_request_activity_id ON resource_request (activity_id);

CREATE INDEX ix_resource_request_asked_by ON resource_request (asked_by);

CREATE INDEX ix_resource_request_home ON resource_request (home_id, state);

CREATE INDEX ix_resource_request_need_id ON resource_request (need_id);

CREATE INDEX ix_resource_request_order_id ON resource_request (order_id);

CREATE INDEX ix_resource_request_project_id ON resource_request (project_id);

CREATE INDEX ix_resource_request_resource ON resource_request (resource_id, state, until_on);

CREATE INDEX ix_resource_request_subdistrict_id ON resource_request (subdistrict_id);

CREATE TABLE slot_template (
	id BIGSERIAL NOT NULL,
	rota_id BIGINT NOT NULL,
	post_id BIGINT NOT NULL,
	rule VARCHAR(200) NOT NULL,
	starts_on DATE NOT NULL,
	until DATE NOT NULL,
	days_off VARCHAR(32) NOT NULL,
	shifts JSON NOT NULL,
	places INTEGER NOT NULL,
	made_by BIGINT NOT NULL,
	made_at TIMESTAMP WITH TIME ZONE NOT NULL,
	community_id BIGINT NOT NULL,
	CONSTRAINT pk_slot_template PRIMARY KEY (id),
	CONSTRAINT ck_slot_template_dates CHECK (until >= starts_on),
	CONSTRAINT ck_slot_template_places CHECK (places BETWEEN 1 AND 100),
	CONSTRAINT fk_slot_template_rota_id FOREIGN KEY(rota_id) REFERENCES rota (id),
	CONSTRAINT fk_slot_template_post_id FOREIGN KEY(post_id) REFERENCES rota_post (id),
	CONSTRAINT ck_slot_template_daysoff CHECK (days_off IN ('also', 'no_festivals', 'workdays', 'off_only')),
	CONSTRAINT fk_slot_template_made_by FOREIGN KEY(made_by) REFERENCES account (id),
	CONSTRAINT fk_slot_template_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_slot_template_made_by ON slot_template (made_by);

CREATE INDEX ix_slot_template_post_id ON slot_template (post_id);

CREATE INDEX ix_slot_template_rota_id ON slot_template (rota_id);

CREATE TABLE moved_period (
	id BIGSERIAL NOT NULL,
	notice_id BIGINT,
	order_id BIGINT,
	case_id BIGINT,
	complaint_id BIGINT,
	certificate_id BIGINT,
	contact BOOLEAN NOT NULL,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	day DATE NOT NULL,
	workday BOOLEAN NOT NULL,
	before TIMESTAMP WITH TIME ZONE NOT NULL,
	after TIMESTAMP WITH TIME ZONE,
	kept VARCHAR(32),
	community_id BIGINT NOT NULL,
	CONSTRAINT pk_moved_period PRIMARY KEY (id),
	CONSTRAINT ck_moved_period_subject CHECK (CASE WHEN notice_id IS NULL THEN 0 ELSE 1 END + CASE WHEN order_id IS NULL THEN 0 ELSE 1 END + CASE WHEN case_id IS NULL THEN 0 ELSE 1 END + CASE WHEN complaint_id IS NULL THEN 0 ELSE 1 END + CASE WHEN certificate_id IS NULL THEN 0 ELSE 1 END = 1),
	CONSTRAINT ck_moved_period_kept CHECK ((after IS NULL) = (kept IS NOT NULL)),
	CONSTRAINT fk_moved_period_notice_id FOREIGN KEY(notice_id) REFERENCES notice (id),
	CONSTRAINT fk_moved_period_order_id FOREIGN KEY(order_id) REFERENCES service_order (id),
	CONSTRAINT fk_moved_period_case_id FOREIGN KEY(case_id) REFERENCES order_case (id),
	CONSTRAINT fk_moved_period_complaint_id FOREIGN KEY(complaint_id) REFERENCES complaint (id),
	CONSTRAINT fk_moved_period_certificate_id FOREIGN KEY(certificate_id) REFERENCES volunteer_certificate (id),
	CONSTRAINT ck_moved_period_periodkept CHECK (kept IN ('over', 'promised', 'by_hand')),
	CONSTRAINT fk_moved_period_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_moved_period_case ON moved_period (case_id) WHERE case_id IS NOT NULL;

CREATE INDEX ix_moved_period_certificate ON moved_period (certificate_id) WHERE certificate_id IS NOT NULL;

CREATE INDEX ix_moved_period_complaint ON moved_period (complaint_id) WHERE complaint_id IS NOT NULL;

CREATE INDEX ix_moved_period_notice ON moved_period (notice_id) WHERE notice_id IS NOT NULL;

CREATE INDEX ix_moved_period_order ON moved_period (order_id) WHERE order_id IS NOT NULL;

CREATE TABLE slot (
	id BIGSERIAL NOT NULL,
	rota_id BIGINT NOT NULL,
	post_id BIGINT NOT NULL,
	template_id BIGINT,
	"on" DATE NOT NULL,
	starts_at TIMESTAMP WITH TIME ZONE NOT NULL,
	ends_at TIMESTAMP WITH TIME ZONE NOT NULL,
	places INTEGER NOT NULL,
	filled INTEGER NOT NULL,
	called_off_at TIMESTAMP WITH TIME ZONE,
	called_off_reason VARCHAR(200) NOT NULL,
	community_id BIGINT NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_slot PRIMARY KEY (id),
	CONSTRAINT uq_slot_post_id_starts_at UNIQUE (post_id, starts_at),
	CONSTRAINT ck_slot_places CHECK (places BETWEEN 1 AND 100),
	CONSTRAINT ck_slot_filled CHECK (filled >= 0 AND filled <= places),
	CONSTRAINT ck_slot_times CHECK (ends_at > starts_at),
	CONSTRAINT fk_slot_rota_id FOREIGN KEY(rota_id) REFERENCES rota (id),
	CONSTRAINT fk_slot_post_id FOREIGN KEY(post_id) REFERENCES rota_post (id),
	CONSTRAINT fk_slot_template_id FOREIGN KEY(template_id) REFERENCES slot_template (id),
	CONSTRAINT fk_slot_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_slot_day ON slot (community_id, "on", id);

CREATE INDEX ix_slot_rota ON slot (rota_id, "on");

CREATE INDEX ix_slot_template_id ON slot (template_id);

CREATE TABLE unit_event (
	id BIGSERIAL NOT NULL,
	unit_id BIGINT NOT NULL,
	request_id BIGINT,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	actor_id BIGINT,
	actor_name VARCHAR(60) NOT NULL,
	kind VARCHAR(32) NOT NULL,
	values JSON NOT NULL,
	said_by BYTEA,
	note VARCHAR(500) NOT NULL,
	subdistrict_id BIGINT NOT NULL,
	CONSTRAINT pk_unit_event PRIMARY KEY (id),
	CONSTRAINT fk_unit_event_unit_id FOREIGN KEY(unit_id) REFERENCES unit (id),
	CONSTRAINT fk_unit_event_request_id FOREIGN KEY(request_id) REFERENCES resource_request (id),
	CONSTRAINT fk_unit_event_actor_id FOREIGN KEY(actor_id) REFERENCES account (id),
	CONSTRAINT ck_unit_event_unithappening CHECK (kind IN ('registered', 'renamed', 'changed', 'agreed', 'ended', 'came_back', 'unmasked', 'offered', 'resource_changed', 'resource_closed', 'resource_opened', 'asked', 'promised', 'used', 'thanked', 'declined', 'withdrawn', 'cancelled')),
	CONSTRAINT fk_unit_event_subdistrict_id FOREIGN KEY(subdistrict_id) REFERENCES subdistrict (id)
);

CREATE INDEX ix_unit_event_actor_id ON unit_event (actor_id);

CREATE INDEX ix_unit_event_request ON unit_event (request_id, id);

CREATE INDEX ix_unit_event_subdistrict_id ON unit_event (subdistrict_id);

CREATE INDEX ix_unit_event_unit ON unit_event (unit_id, id);

CREATE TABLE hours_claim (
	id BIGSERIAL NOT NULL,
	volunteer_id BIGINT NOT NULL,
	activity_id BIGINT,
	order_id BIGINT,
	slot_id BIGINT,
	"on" DATE NOT NULL,
	minutes INTEGER NOT NULL,
	doubt VARCHAR(32) NOT NULL,
	named VARCHAR(200) NOT NULL,
	reason VARCHAR(200) NOT NULL,
	claimed_by BIGINT NOT NULL,
	claimed_at TIMESTAMP WITH TIME ZONE NOT NULL,
	settled_by BIGINT,
	settled_at TIMESTAMP WITH TIME ZONE,
	counted BOOLEAN,
	word VARCHAR(200) NOT NULL,
	community_id BIGINT NOT NULL,
	account_id BIGINT,
	version INTEGER NOT NULL,
	CONSTRAINT pk_hours_claim PRIMARY KEY (id),
	CONSTRAINT ck_hours_claim_one_source CHECK ((CASE WHEN activity_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN order_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN slot_id IS NULL THEN 0 ELSE 1 END) = 1),
	CONSTRAINT ck_hours_claim_minutes CHECK (minutes BETWEEN 30 AND 720 AND minutes % 30 = 0),
	CONSTRAINT ck_hours_claim_second_person CHECK (settled_by IS NULL OR settled_by <> claimed_by),
	CONSTRAINT fk_hours_claim_volunteer_id FOREIGN KEY(volunteer_id) REFERENCES volunteer (id),
	CONSTRAINT fk_hours_claim_activity_id FOREIGN KEY(activity_id) REFERENCES activity (id),
	CONSTRAINT fk_hours_claim_order_id FOREIGN KEY(order_id) REFERENCES service_order (id),
	CONSTRAINT fk_hours_claim_slot_id FOREIGN KEY(slot_id) REFERENCES slot (id),
	CONSTRAINT ck_hours_claim_hoursdoubt CHECK (doubt IN ('before_joined', 'after_end', 'long_ago', 'since_start', 'overlap', 'large_sheet')),
	CONSTRAINT fk_hours_claim_claimed_by FOREIGN KEY(claimed_by) REFERENCES account (id),
	CONSTRAINT fk_hours_claim_settled_by FOREIGN KEY(settled_by) REFERENCES account (id),
	CONSTRAINT fk_hours_claim_community_id FOREIGN KEY(community_id) REFERENCES community (id),
	CONSTRAINT fk_hours_claim_account_id FOREIGN KEY(account_id) REFERENCES account (id)
);

CREATE INDEX ix_hours_claim_account_id ON hours_claim (account_id);

CREATE INDEX ix_hours_claim_activity_id ON hours_claim (activity_id);

CREATE INDEX ix_hours_claim_claimed_by ON hours_claim (claimed_by);

CREATE INDEX ix_hours_claim_open ON hours_claim (community_id, settled_at);

CREATE INDEX ix_hours_claim_order_id ON hours_claim (order_id);

CREATE INDEX ix_hours_claim_settled_by ON hours_claim (settled_by);

CREATE INDEX ix_hours_claim_slot_id ON hours_claim (slot_id);

CREATE INDEX ix_hours_claim_volunteer ON hours_claim (volunteer_id, "on");

CREATE TABLE service_record (
	id BIGSERIAL NOT NULL,
	activity_id BIGINT,
	slot_id BIGINT,
	volunteer_id BIGINT NOT NULL,
	"on" DATE NOT NULL,
	minutes INTEGER NOT NULL,
	note VARCHAR(200) NOT NULL,
	first_minutes INTEGER,
	correction VARCHAR(200) NOT NULL,
	recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
	recorded_by BIGINT NOT NULL,
	agreed BOOLEAN,
	objection VARCHAR(200) NOT NULL,
	agreed_at TIMESTAMP WITH TIME ZONE,
	community_id BIGINT NOT NULL,
	account_id BIGINT,
	CONSTRAINT pk_service_record PRIMARY KEY (id),
	CONSTRAINT uq_service_record_activity_id_volunteer_id UNIQUE (activity_id, volunteer_id),
	CONSTRAINT uq_service_record_slot_id_volunteer_id UNIQUE (slot_id, volunteer_id),
	CONSTRAINT ck_service_record_one_source CHECK ((activity_id IS NULL) <> (slot_id IS NULL)),
	CONSTRAINT ck_service_record_minutes CHECK (minutes BETWEEN 0 AND 720 AND minutes % 30 = 0),
	CONSTRAINT fk_service_record_activity_id FOREIGN KEY(activity_id) REFERENCES activity (id),
	CONSTRAINT fk_service_record_slot_id FOREIGN KEY(slot_id) REFERENCES slot (id),
	CONSTRAINT fk_service_record_volunteer_id FOREIGN KEY(volunteer_id) REFERENCES volunteer (id),
	CONSTRAINT fk_service_record_recorded_by FOREIGN KEY(recorded_by) REFERENCES account (id),
	CONSTRAINT fk_service_record_community_id FOREIGN KEY(community_id) REFERENCES community (id),
	CONSTRAINT fk_service_record_account_id FOREIGN KEY(account_id) REFERENCES account (id)
);

CREATE INDEX ix_service_record_account_id ON service_record (account_id);

CREATE INDEX ix_service_record_on ON service_record ("on");

CREATE INDEX ix_service_record_recorded_by ON service_record (recorded_by);

CREATE INDEX ix_service_record_volunteer_id ON service_record (volunteer_id);

CREATE TABLE turn (
	id BIGSERIAL NOT NULL,
	slot_id BIGINT NOT NULL,
	volunteer_id BIGINT NOT NULL,
	state VARCHAR(32) NOT NULL,
	taken_at TIMESTAMP WITH TIME ZONE NOT NULL,
	taken_by BIGINT NOT NULL,
	ended_at TIMESTAMP WITH TIME ZONE,
	reason VARCHAR(200) NOT NULL,
	follows_id BIGINT,
	news VARCHAR(32),
	told_at TIMESTAMP WITH TIME ZONE,
	told_by BIGINT,
	community_id BIGINT NOT NULL,
	account_id BIGINT,
	version INTEGER NOT NULL,
	CONSTRAINT pk_turn PRIMARY KEY (id),
	CONSTRAINT fk_turn_slot_id FOREIGN KEY(slot_id) REFERENCES slot (id),
	CONSTRAINT fk_turn_volunteer_id FOREIGN KEY(volunteer_id) REFERENCES volunteer (id),
	CONSTRAINT ck_turn_turnstate CHECK (state IN ('taken', 'given_back', 'replaced', 'swapped', 'served', 'missed', 'called_off')),
	CONSTRAINT fk_turn_taken_by FOREIGN KEY(taken_by) REFERENCES account (id),
	CONSTRAINT fk_turn_follows_id FOREIGN KEY(follows_id) REFERENCES turn (id),
	CONSTRAINT ck_turn_turnnews CHECK (news IN ('put_in', 'moved', 'taken_out', 'called_off')),
	CONSTRAINT fk_turn_told_by FOREIGN KEY(told_by) REFERENCES account (id),
	CONSTRAINT fk_turn_community_id FOREIGN KEY(community_id) REFERENCES community (id),
	CONSTRAINT fk_turn_account_id FOREIGN KEY(account_id) REFERENCES account (id)
);

CREATE INDEX ix_turn_account_id ON turn (account_id);

CREATE INDEX ix_turn_follows_id ON turn (follows_id);

CREATE INDEX ix_turn_slot ON turn (slot_id, state);

CREATE INDEX ix_turn_taken_by ON turn (taken_by);

CREATE INDEX ix_turn_told_by ON turn (told_by);

CREATE INDEX ix_turn_volunteer ON turn (volunteer_id, state);

CREATE UNIQUE INDEX uq_turn_held ON turn (slot_id, volunteer_id) WHERE state IN ('taken', 'served', 'missed');

CREATE TABLE hours_change (
	id BIGSERIAL NOT NULL,
	volunteer_id BIGINT NOT NULL,
	record_id BIGINT,
	order_id BIGINT,
	before INTEGER NOT NULL,
	after INTEGER NOT NULL,
	reason VARCHAR(200) NOT NULL,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	by BIGINT,
	community_id BIGINT NOT NULL,
	account_id BIGINT,
	CONSTRAINT pk_hours_change PRIMARY KEY (id),
	CONSTRAINT ck_hours_change_one_source CHECK ((record_id IS NULL) <> (order_id IS NULL)),
	CONSTRAINT fk_hours_change_volunteer_id FOREIGN KEY(volunteer_id) REFERENCES volunteer (id),
	CONSTRAINT fk_hours_change_record_id FOREIGN KEY(record_id) REFERENCES service_record (id),
	CONSTRAINT fk_hours_change_order_id FOREIGN KEY(order_id) REFERENCES service_order (id),
	CONSTRAINT fk_hours_change_by FOREIGN KEY(by) REFERENCES account (id),
	CONSTRAINT fk_hours_change_community_id FOREIGN KEY(community_id) REFERENCES community (id),
	CONSTRAINT fk_hours_change_account_id FOREIGN KEY(account_id) REFERENCES account (id)
);

CREATE INDEX ix_hours_change_account_id ON hours_change (account_id);

CREATE INDEX ix_hours_change_by ON hours_change (by);

CREATE INDEX ix_hours_change_order_id ON hours_change (order_id);

CREATE INDEX ix_hours_change_record_id ON hours_change (record_id);

CREATE INDEX ix_hours_change_volunteer ON hours_change (volunteer_id, id);

CREATE TABLE turn_swap (
	id BIGSERIAL NOT NULL,
	turn_id BIGINT NOT NULL,
	wanted_id BIGINT,
	state VARCHAR(32) NOT NULL,
	asked_at TIMESTAMP WITH TIME ZONE NOT NULL,
	answered_at TIMESTAMP WITH TIME ZONE,
	community_id BIGINT NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_turn_swap PRIMARY KEY (id),
	CONSTRAINT fk_turn_swap_turn_id FOREIGN KEY(turn_id) REFERENCES turn (id),
	CONSTRAINT fk_turn_swap_wanted_id FOREIGN KEY(wanted_id) REFERENCES turn (id),
	CONSTRAINT ck_turn_swap_swapstate CHECK (state IN ('asked', 'agreed', 'declined', 'withdrawn')),
	CONSTRAINT fk_turn_swap_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_turn_swap_state ON turn_swap (community_id, state);

CREATE INDEX ix_turn_swap_turn_id ON turn_swap (turn_id);

CREATE INDEX ix_turn_swap_wanted_id ON turn_swap (wanted_id);

