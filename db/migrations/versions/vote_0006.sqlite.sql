CREATE TABLE moved_period (
	id INTEGER NOT NULL,
	notice_id INTEGER,
	order_id INTEGER,
	case_id INTEGER,
	complaint_id INTEGER,
	contact BOOLEAN NOT NULL,
	at DATETIME NOT NULL,
	day DATE NOT NULL,
	workday BOOLEAN NOT NULL,
	"before" DATETIME NOT NULL,
	"after" DATETIME,
	kept VARCHAR(32),
	community_id INTEGER NOT NULL,
	CONSTRAINT pk_moved_period PRIMARY KEY (id),
	CONSTRAINT ck_moved_period_subject CHECK (CASE WHEN notice_id IS NULL THEN 0 ELSE 1 END + CASE WHEN order_id IS NULL THEN 0 ELSE 1 END + CASE WHEN case_id IS NULL THEN 0 ELSE 1 END + CASE WHEN complaint_id IS NULL THEN 0 ELSE 1 END = 1),
	CONSTRAINT ck_moved_period_kept CHECK ((after IS NULL) = (kept IS NOT NULL)),
	CONSTRAINT fk_moved_period_notice_id FOREIGN KEY(notice_id) REFERENCES notice (id),
	CONSTRAINT fk_moved_period_order_id FOREIGN KEY(order_id) REFERENCES service_order (id),
	CONSTRAINT fk_moved_period_case_id FOREIGN KEY(case_id) REFERENCES order_case (id),
	CONSTRAINT fk_moved_period_complaint_id FOREIGN KEY(complaint_id) REFERENCES complaint (id),
	CONSTRAINT ck_moved_period_periodkept CHECK (kept IN ('over', 'promised', 'by_hand')),
	CONSTRAINT fk_moved_period_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_moved_period_case ON moved_period (case_id) WHERE case_id IS NOT NULL;

CREATE INDEX ix_moved_period_complaint ON moved_period (complaint_id) WHERE complaint_id IS NOT NULL;

CREATE INDEX ix_moved_period_notice ON moved_period (notice_id) WHERE notice_id IS NOT NULL;

CREATE INDEX ix_moved_period_order ON moved_period (order_id) WHERE order_id IS NOT NULL;

CREATE TABLE slip_change (
	id INTEGER NOT NULL,
	ballot_id INTEGER NOT NULL,
	elsewhere BOOLEAN NOT NULL,
	community_id INTEGER NOT NULL,
	CONSTRAINT pk_slip_change PRIMARY KEY (id),
	CONSTRAINT fk_slip_change_ballot_id FOREIGN KEY(ballot_id) REFERENCES ballot (id),
	CONSTRAINT fk_slip_change_community_id FOREIGN KEY(community_id) REFERENCES community (id)
)
 WITHOUT ROWID;

CREATE INDEX ix_slip_change_ballot_id ON slip_change (ballot_id);

