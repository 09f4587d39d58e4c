CREATE TABLE auth_session (
	id BIGSERIAL NOT NULL,
	token_hash VARCHAR(64) NOT NULL,
	account_id BIGINT NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE NOT NULL,
	last_seen_at TIMESTAMP WITH TIME ZONE NOT NULL,
	expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
	revoked_at TIMESTAMP WITH TIME ZONE,
	device VARCHAR(200) NOT NULL,
	mark_hash VARCHAR(64) NOT NULL,
	inside BOOLEAN,
	CONSTRAINT pk_auth_session PRIMARY KEY (id),
	CONSTRAINT uq_auth_session_token_hash UNIQUE (token_hash),
	CONSTRAINT fk_auth_session_account_id FOREIGN KEY(account_id) REFERENCES account (id)
);

CREATE INDEX ix_auth_session_account_id ON auth_session (account_id);

CREATE TABLE recovery_code (
	id BIGSERIAL NOT NULL,
	account_id BIGINT NOT NULL,
	code_index VARCHAR(32) NOT NULL,
	made_at TIMESTAMP WITH TIME ZONE NOT NULL,
	used_at TIMESTAMP WITH TIME ZONE,
	CONSTRAINT pk_recovery_code PRIMARY KEY (id),
	CONSTRAINT uq_recovery_code_account_id_code_index UNIQUE (account_id, code_index),
	CONSTRAINT fk_recovery_code_account_id FOREIGN KEY(account_id) REFERENCES account (id)
);

CREATE TABLE second_factor (
	id BIGSERIAL NOT NULL,
	account_id BIGINT NOT NULL,
	secret BYTEA NOT NULL,
	last_step BIGINT NOT NULL,
	since TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_second_factor PRIMARY KEY (id),
	CONSTRAINT uq_second_factor_account_id UNIQUE (account_id),
	CONSTRAINT fk_second_factor_account_id FOREIGN KEY(account_id) REFERENCES account (id)
);

CREATE TABLE sign_in_ticket (
	id BIGSERIAL NOT NULL,
	ticket_hash VARCHAR(64) NOT NULL,
	account_id BIGINT NOT NULL,
	expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
	needs_code BOOLEAN NOT NULL,
	CONSTRAINT pk_sign_in_ticket PRIMARY KEY (id),
	CONSTRAINT uq_sign_in_ticket_ticket_hash UNIQUE (ticket_hash),
	CONSTRAINT fk_sign_in_ticket_account_id FOREIGN KEY(account_id) REFERENCES account (id)
);

CREATE INDEX ix_sign_in_ticket_account_id ON sign_in_ticket (account_id);

