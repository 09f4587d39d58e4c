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

CREATE TABLE calendar_feed (
	id INTEGER NOT NULL,
	token_hash VARCHAR(64) NOT NULL,
	made_at DATETIME NOT NULL,
	revoked_at DATETIME,
	fetched_on DATE,
	community_id INTEGER NOT NULL,
	account_id INTEGER,
	version INTEGER NOT NULL,
	CONSTRAINT pk_calendar_feed PRIMARY KEY (id),
	CONSTRAINT uq_calendar_feed_token_hash UNIQUE (token_hash),
	CONSTRAINT fk_calendar_feed_community_id FOREIGN KEY(community_id) REFERENCES community (id),
	CONSTRAINT fk_calendar_feed_account_id FOREIGN KEY(account_id) REFERENCES account (id)
);

CREATE INDEX ix_calendar_feed_account_id ON calendar_feed (account_id);

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

CREATE TABLE roster_proposal (
	id INTEGER NOT NULL,
	rota_id INTEGER NOT NULL,
	first_on DATE NOT NULL,
	last_on DATE NOT NULL,
	limits JSON NOT NULL,
	together JSON NOT NULL,
	filling JSON NOT NULL,
	result JSON NOT NULL,
	left_out JSON NOT NULL,
	made_by INTEGER NOT NULL,
	made_at DATETIME NOT NULL,
	kept_at DATETIME,
	kept INTEGER NOT NULL,
	community_id INTEGER NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_roster_proposal PRIMARY KEY (id),
	CONSTRAINT uq_roster_proposal_rota_id UNIQUE (rota_id),
	CONSTRAINT fk_roster_proposal_rota_id FOREIGN KEY(rota_id) REFERENCES rota (id),
	CONSTRAINT fk_roster_proposal_made_by FOREIGN KEY(made_by) REFERENCES account (id),
	CONSTRAINT fk_roster_proposal_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_roster_proposal_made_by ON roster_proposal (made_by);

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

