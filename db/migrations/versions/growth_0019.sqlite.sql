CREATE TABLE recorded_hours (
	id INTEGER NOT NULL,
	month DATE NOT NULL,
	recorded_by INTEGER NOT NULL,
	records INTEGER NOT NULL,
	at_activities INTEGER NOT NULL,
	community_id INTEGER NOT NULL,
	CONSTRAINT pk_recorded_hours PRIMARY KEY (id),
	CONSTRAINT uq_recorded_hours_community_id_month_recorded_by UNIQUE (community_id, month, recorded_by),
	CONSTRAINT ck_recorded_hours_records CHECK (records >= 0),
	CONSTRAINT ck_recorded_hours_at_activities CHECK (at_activities >= 0),
	CONSTRAINT fk_recorded_hours_recorded_by FOREIGN KEY(recorded_by) REFERENCES account (id),
	CONSTRAINT fk_recorded_hours_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_recorded_hours_recorded_by ON recorded_hours (recorded_by);

CREATE TABLE hours_to_ask (
	id INTEGER NOT NULL,
	month DATE NOT NULL,
	volunteer_id INTEGER NOT NULL,
	community_id INTEGER NOT NULL,
	CONSTRAINT pk_hours_to_ask PRIMARY KEY (id),
	CONSTRAINT uq_hours_to_ask_community_id_month_volunteer_id UNIQUE (community_id, month, volunteer_id),
	CONSTRAINT fk_hours_to_ask_volunteer_id FOREIGN KEY(volunteer_id) REFERENCES volunteer (id),
	CONSTRAINT fk_hours_to_ask_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_hours_to_ask_volunteer_id ON hours_to_ask (volunteer_id);

