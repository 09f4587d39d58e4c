CREATE TABLE installation (
	id INTEGER NOT NULL,
	key_fingerprint VARCHAR(16) NOT NULL,
	CONSTRAINT pk_installation PRIMARY KEY (id),
	CONSTRAINT ck_installation_one_row CHECK (id = 1)
);

