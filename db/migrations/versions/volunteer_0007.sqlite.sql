CREATE TABLE different_pair (
	id INTEGER NOT NULL,
	kind VARCHAR(32) NOT NULL,
	first_id INTEGER NOT NULL,
	second_id INTEGER NOT NULL,
	decided_by INTEGER NOT NULL,
	decided_at DATETIME NOT NULL,
	community_id INTEGER NOT NULL,
	CONSTRAINT pk_different_pair PRIMARY KEY (id),
	CONSTRAINT uq_different_pair_kind_first_id_second_id UNIQUE (kind, first_id, second_id),
	CONSTRAINT ck_different_pair_in_order CHECK (first_id < second_id),
	CONSTRAINT ck_different_pair_doublekind CHECK (kind IN ('person', 'volunteer', 'household')),
	CONSTRAINT fk_different_pair_decided_by FOREIGN KEY(decided_by) REFERENCES account (id),
	CONSTRAINT fk_different_pair_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_different_pair_decided_by ON different_pair (decided_by);

CREATE INDEX ix_different_pair_second ON different_pair (kind, second_id);

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
	community_id INTEGER NOT NULL,
	account_id INTEGER,
	version INTEGER NOT NULL,
	CONSTRAINT pk_volunteer PRIMARY KEY (id),
	CONSTRAINT uq_volunteer_community_id_number UNIQUE (community_id, number),
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
	project_id INTEGER NOT NULL,
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
	CONSTRAINT fk_activity_project_id FOREIGN KEY(project_id) REFERENCES project (id),
	CONSTRAINT ck_activity_activitystate CHECK (state IN ('planned', 'done', 'cancelled')),
	CONSTRAINT fk_activity_reported_by FOREIGN KEY(reported_by) REFERENCES account (id),
	CONSTRAINT fk_activity_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_activity_day ON activity (community_id, "on");

CREATE INDEX ix_activity_project_id ON activity (project_id);

CREATE INDEX ix_activity_reported_by ON activity (reported_by);

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
	CONSTRAINT ck_volunteer_event_volunteerchange CHECK (kind IN ('renamed', 'phone_changed', 'ended', 'came_back', 'linked', 'unlinked', 'left_squad', 'merged', 'unmerged', 'hours_checked', 'hours_corrected')),
	CONSTRAINT fk_volunteer_event_by FOREIGN KEY("by") REFERENCES account (id),
	CONSTRAINT fk_volunteer_event_community_id FOREIGN KEY(community_id) REFERENCES community (id),
	CONSTRAINT fk_volunteer_event_account_id FOREIGN KEY(account_id) REFERENCES account (id)
);

CREATE INDEX ix_volunteer_event_account_id ON volunteer_event (account_id);

CREATE INDEX ix_volunteer_event_by ON volunteer_event ("by");

CREATE INDEX ix_volunteer_event_volunteer ON volunteer_event (volunteer_id, id);

CREATE TABLE volunteer_merge (
	id INTEGER NOT NULL,
	kept_id INTEGER NOT NULL,
	other_id INTEGER NOT NULL,
	moved JSON NOT NULL,
	merged_by INTEGER NOT NULL,
	merged_at DATETIME NOT NULL,
	undone_by INTEGER,
	undone_at DATETIME,
	community_id INTEGER NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_volunteer_merge PRIMARY KEY (id),
	CONSTRAINT fk_volunteer_merge_kept_id FOREIGN KEY(kept_id) REFERENCES volunteer (id),
	CONSTRAINT fk_volunteer_merge_other_id FOREIGN KEY(other_id) REFERENCES volunteer (id),
	CONSTRAINT fk_volunteer_merge_merged_by FOREIGN KEY(merged_by) REFERENCES account (id),
	CONSTRAINT fk_volunteer_merge_undone_by FOREIGN KEY(undone_by) REFERENCES account (id),
	CONSTRAINT fk_volunteer_merge_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_volunteer_merge_kept_id ON volunteer_merge (kept_id);

CREATE INDEX ix_volunteer_merge_merged_by ON volunteer_merge (merged_by);

CREATE INDEX ix_volunteer_merge_other_id ON volunteer_merge (other_id);

CREATE INDEX ix_volunteer_merge_undone_by ON volunteer_merge (undone_by);

CREATE TABLE hours_claim (
	id INTEGER NOT NULL,
	volunteer_id INTEGER NOT NULL,
	activity_id INTEGER,
	order_id INTEGER,
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
	CONSTRAINT ck_hours_claim_one_source CHECK ((activity_id IS NULL) <> (order_id IS NULL)),
	CONSTRAINT ck_hours_claim_minutes CHECK (minutes BETWEEN 30 AND 720 AND minutes % 30 = 0),
	CONSTRAINT ck_hours_claim_second_person CHECK (settled_by IS NULL OR settled_by <> claimed_by),
	CONSTRAINT fk_hours_claim_volunteer_id FOREIGN KEY(volunteer_id) REFERENCES volunteer (id),
	CONSTRAINT fk_hours_claim_activity_id FOREIGN KEY(activity_id) REFERENCES activity (id),
	CONSTRAINT fk_hours_claim_order_id FOREIGN KEY(order_id) REFERENCES service_order (id),
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

CREATE INDEX ix_hours_claim_volunteer ON hours_claim (volunteer_id, "on");

