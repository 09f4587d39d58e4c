CREATE TABLE building_doors (
	id BIGSERIAL NOT NULL,
	place_id BIGINT NOT NULL,
	building VARCHAR(60) NOT NULL,
	kind VARCHAR(32) NOT NULL,
	households INTEGER NOT NULL,
	community_id BIGINT NOT NULL,
	restricted BOOLEAN NOT NULL,
	CONSTRAINT pk_building_doors PRIMARY KEY (id),
	CONSTRAINT uq_building_doors_door UNIQUE (community_id, place_id, building, kind, restricted),
	CONSTRAINT ck_building_doors_households CHECK (households >= 0),
	CONSTRAINT fk_building_doors_place_id FOREIGN KEY(place_id) REFERENCES place (id),
	CONSTRAINT ck_building_doors_householdkind CHECK (kind IN ('ordinary', 'key', 'high_risk')),
	CONSTRAINT fk_building_doors_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_building_doors_place_id ON building_doors (place_id);

