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
	to_tell BOOLEAN NOT NULL,
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
	to_tell BOOLEAN NOT NULL,
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

