CREATE TABLE name_reading (
	id INTEGER NOT NULL,
	written VARCHAR(10) NOT NULL,
	sounds VARCHAR(80) NOT NULL,
	kind VARCHAR(32) NOT NULL,
	subdistrict_id INTEGER NOT NULL,
	CONSTRAINT pk_name_reading PRIMARY KEY (id),
	CONSTRAINT uq_name_reading_subdistrict_id_written_sounds_kind UNIQUE (subdistrict_id, written, sounds, kind),
	CONSTRAINT ck_name_reading_readingkind CHECK (kind IN ('place', 'surname')),
	CONSTRAINT fk_name_reading_subdistrict_id FOREIGN KEY(subdistrict_id) REFERENCES subdistrict (id)
);

CREATE INDEX ix_name_reading_subdistrict_id ON name_reading (subdistrict_id);

