CREATE TABLE meeting (
	id INTEGER NOT NULL,
	body_id INTEGER NOT NULL,
	term INTEGER NOT NULL,
	number INTEGER NOT NULL,
	title VARCHAR(200) NOT NULL,
	at DATETIME NOT NULL,
	place VARCHAR(200) NOT NULL,
	state VARCHAR(32) NOT NULL,
	notice_sent_at DATETIME,
	rule JSON,
	short_notice_reason VARCHAR(200) NOT NULL,
	cancel_reason VARCHAR(200) NOT NULL,
	sign_in_key VARCHAR(32) NOT NULL,
	chair_id INTEGER,
	chair_name VARCHAR(60) NOT NULL,
	opened_at DATETIME,
	closed_at DATETIME,
	observers INTEGER NOT NULL,
	log_entries INTEGER NOT NULL,
	log_hash VARCHAR(64) NOT NULL,
	community_id INTEGER NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_meeting PRIMARY KEY (id),
	CONSTRAINT fk_meeting_body_id FOREIGN KEY(body_id) REFERENCES body (id),
	CONSTRAINT ck_meeting_meetingstate CHECK (state IN ('draft', 'convened', 'open', 'closed', 'cancelled')),
	CONSTRAINT fk_meeting_chair_id FOREIGN KEY(chair_id) REFERENCES account (id),
	CONSTRAINT fk_meeting_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_meeting_at ON meeting (community_id, at);

CREATE INDEX ix_meeting_chair_id ON meeting (chair_id);

CREATE UNIQUE INDEX uq_meeting_number ON meeting (body_id, term, number) WHERE state != 'cancelled';

CREATE TABLE meeting_change (
	id INTEGER NOT NULL,
	meeting_id INTEGER NOT NULL,
	kind VARCHAR(32) NOT NULL,
	member_id INTEGER,
	seat INTEGER,
	"before" VARCHAR(200) NOT NULL,
	"after" VARCHAR(200) NOT NULL,
	at_before DATETIME,
	at_after DATETIME,
	reason VARCHAR(200) NOT NULL,
	noted_at DATETIME NOT NULL,
	noted_by INTEGER NOT NULL,
	noted_name VARCHAR(60) NOT NULL,
	community_id INTEGER NOT NULL,
	CONSTRAINT pk_meeting_change PRIMARY KEY (id),
	CONSTRAINT fk_meeting_change_meeting_id FOREIGN KEY(meeting_id) REFERENCES meeting (id),
	CONSTRAINT ck_meeting_change_meetingchangekind CHECK (kind IN ('moved', 'joined', 'left', 'renamed')),
	CONSTRAINT fk_meeting_change_member_id FOREIGN KEY(member_id) REFERENCES body_member (id),
	CONSTRAINT fk_meeting_change_noted_by FOREIGN KEY(noted_by) REFERENCES account (id),
	CONSTRAINT fk_meeting_change_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_meeting_change_meeting ON meeting_change (meeting_id, id);

CREATE INDEX ix_meeting_change_member_id ON meeting_change (member_id);

CREATE INDEX ix_meeting_change_noted_by ON meeting_change (noted_by);

CREATE TABLE notice_version (
	id INTEGER NOT NULL,
	notice_id INTEGER NOT NULL,
	number INTEGER NOT NULL,
	title VARCHAR(200) NOT NULL,
	body VARCHAR(2000) NOT NULL,
	where_posted VARCHAR(200) NOT NULL,
	objection_contact VARCHAR(200) NOT NULL,
	posted_on DATE NOT NULL,
	ends_on DATE NOT NULL,
	reason VARCHAR(200) NOT NULL,
	replaced_at DATETIME NOT NULL,
	replaced_by INTEGER NOT NULL,
	replaced_name VARCHAR(60) NOT NULL,
	community_id INTEGER NOT NULL,
	CONSTRAINT pk_notice_version PRIMARY KEY (id),
	CONSTRAINT uq_notice_version_notice_id_number UNIQUE (notice_id, number),
	CONSTRAINT fk_notice_version_notice_id FOREIGN KEY(notice_id) REFERENCES notice (id),
	CONSTRAINT fk_notice_version_replaced_by FOREIGN KEY(replaced_by) REFERENCES account (id),
	CONSTRAINT fk_notice_version_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_notice_version_replaced_by ON notice_version (replaced_by);

