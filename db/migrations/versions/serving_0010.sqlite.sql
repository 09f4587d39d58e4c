CREATE TABLE unit (
	id INTEGER NOT NULL,
	name VARCHAR(60) NOT NULL,
	kind VARCHAR(32) NOT NULL,
	home_id INTEGER,
	address VARCHAR(200) NOT NULL,
	contact_name BLOB,
	contact_phone BLOB,
	agreed_on DATE,
	agreed_until DATE,
	ended_on DATE,
	ended_reason VARCHAR(200) NOT NULL,
	subdistrict_id INTEGER NOT NULL,
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
	CONSTRAINT ck_report_form_ledgerkind CHECK (ledger IN ('visits', 'needs', 'register', 'topics', 'orders', 'complaints', 'volunteers', 'service')),
	CONSTRAINT fk_report_form_uploaded_by FOREIGN KEY(uploaded_by) REFERENCES account (id),
	CONSTRAINT fk_report_form_subdistrict_id FOREIGN KEY(subdistrict_id) REFERENCES subdistrict (id)
);

CREATE INDEX ix_report_form_subdistrict_id ON report_form (subdistrict_id);

CREATE INDEX ix_report_form_uploaded_by ON report_form (uploaded_by);

CREATE UNIQUE INDEX uq_report_form_used ON report_form (subdistrict_id, name) WHERE retired_at IS NULL;

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
	ended_on DATE,
	ended_reason VARCHAR(200) NOT NULL,
	merged_into_id INTEGER,
	birth_year INTEGER,
	interests JSON NOT NULL,
	platform_number BLOB,
	contact_name BLOB,
	contact_phone BLOB,
	fit BOOLEAN,
	guardian BLOB,
	guardian_phone BLOB,
	guardian_agreed_on DATE,
	promised_on DATE,
	paused_from DATE,
	paused_until DATE,
	paused_reason VARCHAR(200) NOT NULL,
	community_id INTEGER NOT NULL,
	account_id INTEGER,
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
	id INTEGER NOT NULL,
	kind VARCHAR(32) NOT NULL,
	project_id INTEGER,
	title VARCHAR(200) NOT NULL,
	"on" DATE NOT NULL,
	place VARCHAR(200) NOT NULL,
	needed INTEGER NOT NULL,
	began_at DATETIME,
	state VARCHAR(32) NOT NULL,
	served INTEGER NOT NULL,
	report VARCHAR(500) NOT NULL,
	reported_at DATETIME,
	reported_by INTEGER,
	community_id INTEGER NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_activity PRIMARY KEY (id),
	CONSTRAINT ck_activity_needed CHECK (needed >= 1),
	CONSTRAINT ck_activity_activitykind CHECK (kind IN ('service', 'salon', 'craft', 'training', 'planting', 'outing', 'market', 'talk', 'wall_day', 'visit', 'sports')),
	CONSTRAINT fk_activity_project_id FOREIGN KEY(project_id) REFERENCES project (id),
	CONSTRAINT ck_activity_activitystate CHECK (state IN ('planned', 'done', 'cancelled')),
	CONSTRAINT fk_activity_reported_by FOREIGN KEY(reported_by) REFERENCES account (id),
	CONSTRAINT fk_activity_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_activity_day ON activity (community_id, "on");

CREATE INDEX ix_activity_project_id ON activity (project_id);

CREATE INDEX ix_activity_reported_by ON activity (reported_by);

CREATE TABLE rota (
	id INTEGER NOT NULL,
	title VARCHAR(60) NOT NULL,
	place VARCHAR(200) NOT NULL,
	call VARCHAR(500) NOT NULL,
	state VARCHAR(32) NOT NULL,
	starts_on DATE NOT NULL,
	ends_on DATE NOT NULL,
	give_back_hours INTEGER NOT NULL,
	squad_id INTEGER,
	project_id INTEGER,
	made_by INTEGER NOT NULL,
	made_at DATETIME NOT NULL,
	community_id INTEGER NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_rota PRIMARY KEY (id),
	CONSTRAINT ck_rota_dates CHECK (ends_on >= starts_on),
	CONSTRAINT ck_rota_give_back CHECK (give_back_hours BETWEEN 0 AND 720),
	CONSTRAINT ck_rota_rotastate CHECK (state IN ('draft', 'open', 'closed')),
	CONSTRAINT fk_rota_squad_id FOREIGN KEY(squad_id) REFERENCES squad (id),
	CONSTRAINT fk_rota_project_id FOREIGN KEY(project_id) REFERENCES project (id),
	CONSTRAINT fk_rota_made_by FOREIGN KEY(made_by) REFERENCES account (id),
	CONSTRAINT fk_rota_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_rota_made_by ON rota (made_by);

CREATE INDEX ix_rota_project_id ON rota (project_id);

CREATE INDEX ix_rota_squad_id ON rota (squad_id);

CREATE INDEX ix_rota_state ON rota (community_id, state, id);

CREATE TABLE volunteer_application (
	id INTEGER NOT NULL,
	request_key VARCHAR(64) NOT NULL,
	receipt VARCHAR(16) NOT NULL,
	name BLOB,
	phone BLOB,
	birth_year INTEGER,
	skills JSON NOT NULL,
	interests JSON NOT NULL,
	free_slots JSON NOT NULL,
	guardian BLOB,
	guardian_phone BLOB,
	guardian_agrees BOOLEAN NOT NULL,
	received_at DATETIME NOT NULL,
	state VARCHAR(32) NOT NULL,
	volunteer_id INTEGER,
	decided_by INTEGER,
	decided_at DATETIME,
	reason VARCHAR(200) NOT NULL,
	wiped_at DATETIME,
	community_id INTEGER NOT NULL,
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
	id INTEGER NOT NULL,
	volunteer_id INTEGER NOT NULL,
	"on" DATE NOT NULL,
	title VARCHAR(200) NOT NULL,
	given_by VARCHAR(200) NOT NULL,
	noted_by INTEGER NOT NULL,
	noted_at DATETIME NOT NULL,
	corrects_id INTEGER,
	struck_at DATETIME,
	struck_by INTEGER,
	struck_reason VARCHAR(200) NOT NULL,
	community_id INTEGER NOT NULL,
	account_id INTEGER,
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
	id INTEGER NOT NULL,
	volunteer_id INTEGER NOT NULL,
	state VARCHAR(32) NOT NULL,
	purpose VARCHAR(200) NOT NULL,
	since DATE NOT NULL,
	until DATE NOT NULL,
	asked_on DATE NOT NULL,
	noted_by INTEGER NOT NULL,
	accepted_at DATETIME,
	accepted_by INTEGER,
	number VARCHAR(60),
	issued_at DATETIME,
	issued_by INTEGER,
	issued_name VARCHAR(60) NOT NULL,
	name BLOB,
	minutes INTEGER,
	service JSON NOT NULL,
	posted_on DATE,
	working_days INTEGER,
	ends_on DATE,
	approximate BOOLEAN NOT NULL,
	handed_on DATE,
	handed_by INTEGER,
	void_at DATETIME,
	void_by INTEGER,
	void_reason VARCHAR(200) NOT NULL,
	community_id INTEGER NOT NULL,
	account_id INTEGER,
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
	id INTEGER NOT NULL,
	volunteer_id INTEGER NOT NULL,
	kind VARCHAR(32) NOT NULL,
	"before" BLOB,
	"after" BLOB,
	reason VARCHAR(200) NOT NULL,
	at DATETIME NOT NULL,
	"by" INTEGER NOT NULL,
	community_id INTEGER NOT NULL,
	account_id INTEGER,
	CONSTRAINT pk_volunteer_event PRIMARY KEY (id),
	CONSTRAINT fk_volunteer_event_volunteer_id FOREIGN KEY(volunteer_id) REFERENCES volunteer (id),
	CONSTRAINT ck_volunteer_event_volunteerchange CHECK (kind IN ('renamed', 'phone_changed', 'ended', 'came_back', 'linked', 'unlinked', 'left_squad', 'merged', 'unmerged', 'hours_checked', 'hours_corrected', 'paused', 'resumed', 'guardian_agreed', 'guardian_withdrew', 'unmasked')),
	CONSTRAINT fk_volunteer_event_by FOREIGN KEY("by") REFERENCES account (id),
	CONSTRAINT fk_volunteer_event_community_id FOREIGN KEY(community_id) REFERENCES community (id),
	CONSTRAINT fk_volunteer_event_account_id FOREIGN KEY(account_id) REFERENCES account (id)
);

CREATE INDEX ix_volunteer_event_account_id ON volunteer_event (account_id);

CREATE INDEX ix_volunteer_event_by ON volunteer_event ("by");

CREATE INDEX ix_volunteer_event_volunteer ON volunteer_event (volunteer_id, id);

CREATE TABLE volunteer_training (
	id INTEGER NOT NULL,
	volunteer_id INTEGER NOT NULL,
	"on" DATE NOT NULL,
	title VARCHAR(200) NOT NULL,
	given_by VARCHAR(200) NOT NULL,
	minutes INTEGER NOT NULL,
	noted_by INTEGER NOT NULL,
	noted_at DATETIME NOT NULL,
	corrects_id INTEGER,
	struck_at DATETIME,
	struck_by INTEGER,
	struck_reason VARCHAR(200) NOT NULL,
	community_id INTEGER NOT NULL,
	account_id INTEGER,
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

CREATE TABLE rota_post (
	id INTEGER NOT NULL,
	rota_id INTEGER NOT NULL,
	name VARCHAR(60) NOT NULL,
	task VARCHAR(200) NOT NULL,
	skill VARCHAR(60) NOT NULL,
	position INTEGER NOT NULL,
	community_id INTEGER NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_rota_post PRIMARY KEY (id),
	CONSTRAINT uq_rota_post_rota_id_name UNIQUE (rota_id, name),
	CONSTRAINT fk_rota_post_rota_id FOREIGN KEY(rota_id) REFERENCES rota (id),
	CONSTRAINT fk_rota_post_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE TABLE slot (
	id INTEGER NOT NULL,
	rota_id INTEGER NOT NULL,
	post_id INTEGER NOT NULL,
	"on" DATE NOT NULL,
	starts_at DATETIME NOT NULL,
	ends_at DATETIME NOT NULL,
	places INTEGER NOT NULL,
	filled INTEGER NOT NULL,
	called_off_at DATETIME,
	called_off_reason VARCHAR(200) NOT NULL,
	community_id INTEGER NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_slot PRIMARY KEY (id),
	CONSTRAINT uq_slot_post_id_starts_at UNIQUE (post_id, starts_at),
	CONSTRAINT ck_slot_places CHECK (places BETWEEN 1 AND 100),
	CONSTRAINT ck_slot_filled CHECK (filled >= 0 AND filled <= places),
	CONSTRAINT ck_slot_times CHECK (ends_at > starts_at),
	CONSTRAINT fk_slot_rota_id FOREIGN KEY(rota_id) REFERENCES rota (id),
	CONSTRAINT fk_slot_post_id FOREIGN KEY(post_id) REFERENCES rota_post (id),
	CONSTRAINT fk_slot_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_slot_day ON slot (community_id, "on", id);

CREATE INDEX ix_slot_rota ON slot (rota_id, "on");

CREATE TABLE hours_claim (
	id INTEGER NOT NULL,
	volunteer_id INTEGER NOT NULL,
	activity_id INTEGER,
	order_id INTEGER,
	slot_id INTEGER,
	"on" DATE NOT NULL,
	minutes INTEGER NOT NULL,
	doubt VARCHAR(32) NOT NULL,
	named VARCHAR(200) NOT NULL,
	reason VARCHAR(200) NOT NULL,
	claimed_by INTEGER NOT NULL,
	claimed_at DATETIME NOT NULL,
	settled_by INTEGER,
	settled_at DATETIME,
	counted BOOLEAN,
	word VARCHAR(200) NOT NULL,
	community_id INTEGER NOT NULL,
	account_id INTEGER,
	version INTEGER NOT NULL,
	CONSTRAINT pk_hours_claim PRIMARY KEY (id),
	CONSTRAINT ck_hours_claim_one_source CHECK ((CASE WHEN activity_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN order_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN slot_id IS NULL THEN 0 ELSE 1 END) = 1),
	CONSTRAINT ck_hours_claim_minutes CHECK (minutes BETWEEN 30 AND 720 AND minutes % 30 = 0),
	CONSTRAINT ck_hours_claim_second_person CHECK (settled_by IS NULL OR settled_by <> claimed_by),
	CONSTRAINT fk_hours_claim_volunteer_id FOREIGN KEY(volunteer_id) REFERENCES volunteer (id),
	CONSTRAINT fk_hours_claim_activity_id FOREIGN KEY(activity_id) REFERENCES activity (id),
	CONSTRAINT fk_hours_claim_order_id FOREIGN KEY(order_id) REFERENCES service_order (id),
	CONSTRAINT fk_hours_claim_slot_id FOREIGN KEY(slot_id) REFERENCES slot (id),
	CONSTRAINT ck_hours_claim_hoursdoubt CHECK (doubt IN ('before_joined', 'after_end', 'long_ago', 'since_start', 'overlap')),
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
	id INTEGER NOT NULL,
	activity_id INTEGER,
	slot_id INTEGER,
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
	id INTEGER NOT NULL,
	slot_id INTEGER NOT NULL,
	volunteer_id INTEGER NOT NULL,
	state VARCHAR(32) NOT NULL,
	taken_at DATETIME NOT NULL,
	taken_by INTEGER NOT NULL,
	ended_at DATETIME,
	reason VARCHAR(200) NOT NULL,
	follows_id INTEGER,
	community_id INTEGER NOT NULL,
	account_id INTEGER,
	version INTEGER NOT NULL,
	CONSTRAINT pk_turn PRIMARY KEY (id),
	CONSTRAINT fk_turn_slot_id FOREIGN KEY(slot_id) REFERENCES slot (id),
	CONSTRAINT fk_turn_volunteer_id FOREIGN KEY(volunteer_id) REFERENCES volunteer (id),
	CONSTRAINT ck_turn_turnstate CHECK (state IN ('taken', 'given_back', 'replaced', 'swapped', 'served', 'missed', 'called_off')),
	CONSTRAINT fk_turn_taken_by FOREIGN KEY(taken_by) REFERENCES account (id),
	CONSTRAINT fk_turn_follows_id FOREIGN KEY(follows_id) REFERENCES turn (id),
	CONSTRAINT fk_turn_community_id FOREIGN KEY(community_id) REFERENCES community (id),
	CONSTRAINT fk_turn_account_id FOREIGN KEY(account_id) REFERENCES account (id)
);

CREATE INDEX ix_turn_account_id ON turn (account_id);

CREATE INDEX ix_turn_follows_id ON turn (follows_id);

CREATE INDEX ix_turn_slot ON turn (slot_id, state);

CREATE INDEX ix_turn_taken_by ON turn (taken_by);

CREATE INDEX ix_turn_volunteer ON turn (volunteer_id, state);

CREATE UNIQUE INDEX uq_turn_held ON turn (slot_id, volunteer_id) WHERE state IN ('taken', 'served', 'missed');

CREATE TABLE moved_period (
	id INTEGER NOT NULL,
	notice_id INTEGER,
	order_id INTEGER,
	case_id INTEGER,
	complaint_id INTEGER,
	certificate_id INTEGER,
	contact BOOLEAN NOT NULL,
	at DATETIME NOT NULL,
	day DATE NOT NULL,
	workday BOOLEAN NOT NULL,
	"before" DATETIME NOT NULL,
	"after" DATETIME,
	kept VARCHAR(32),
	community_id INTEGER NOT NULL,
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

