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
	merged_into_id INTEGER,
	community_id INTEGER NOT NULL,
	restricted BOOLEAN NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_household PRIMARY KEY (id),
	CONSTRAINT fk_household_place_id FOREIGN KEY(place_id) REFERENCES place (id),
	CONSTRAINT ck_household_householdkind CHECK (kind IN ('ordinary', 'key', 'high_risk')),
	CONSTRAINT fk_household_merged_into_id FOREIGN KEY(merged_into_id) REFERENCES household (id),
	CONSTRAINT fk_household_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_household_door ON household (place_id, building, stairwell);

CREATE UNIQUE INDEX ix_household_door_index ON household (door_index);

CREATE INDEX ix_household_due ON household (community_id, due_on);

CREATE INDEX ix_household_merged_into_id ON household (merged_into_id) WHERE merged_into_id IS NOT NULL;

CREATE TABLE household_merge (
	id INTEGER NOT NULL,
	kept_id INTEGER NOT NULL,
	other_id INTEGER NOT NULL,
	moved JSON NOT NULL,
	merged_by INTEGER,
	merged_at DATETIME NOT NULL,
	undone_by INTEGER,
	undone_at DATETIME,
	community_id INTEGER NOT NULL,
	restricted BOOLEAN NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_household_merge PRIMARY KEY (id),
	CONSTRAINT fk_household_merge_kept_id FOREIGN KEY(kept_id) REFERENCES household (id),
	CONSTRAINT fk_household_merge_other_id FOREIGN KEY(other_id) REFERENCES household (id),
	CONSTRAINT fk_household_merge_merged_by FOREIGN KEY(merged_by) REFERENCES account (id),
	CONSTRAINT fk_household_merge_undone_by FOREIGN KEY(undone_by) REFERENCES account (id),
	CONSTRAINT fk_household_merge_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_household_merge_kept_id ON household_merge (kept_id);

CREATE INDEX ix_household_merge_merged_by ON household_merge (merged_by);

CREATE INDEX ix_household_merge_other_id ON household_merge (other_id);

CREATE INDEX ix_household_merge_undone_by ON household_merge (undone_by);

