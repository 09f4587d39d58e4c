CREATE TABLE screening_score (
	id BIGSERIAL NOT NULL,
	screening_id BIGINT NOT NULL,
	scorer_id BIGINT NOT NULL,
	scorer_name VARCHAR(60) NOT NULL,
	demand INTEGER NOT NULL,
	reach INTEGER NOT NULL,
	feasibility INTEGER NOT NULL,
	reason VARCHAR(500) NOT NULL,
	scored_at TIMESTAMP WITH TIME ZONE NOT NULL,
	community_id BIGINT NOT NULL,
	CONSTRAINT pk_screening_score PRIMARY KEY (id),
	CONSTRAINT uq_screening_score_screening_id_scorer_id UNIQUE (screening_id, scorer_id),
	CONSTRAINT ck_screening_score_demand CHECK (demand BETWEEN 0 AND 100),
	CONSTRAINT ck_screening_score_reach CHECK (reach BETWEEN 0 AND 100),
	CONSTRAINT ck_screening_score_feasibility CHECK (feasibility BETWEEN 0 AND 100),
	CONSTRAINT fk_screening_score_screening_id FOREIGN KEY(screening_id) REFERENCES screening (id),
	CONSTRAINT fk_screening_score_scorer_id FOREIGN KEY(scorer_id) REFERENCES account (id),
	CONSTRAINT fk_screening_score_community_id FOREIGN KEY(community_id) REFERENCES community (id)
);

CREATE INDEX ix_screening_score_scorer_id ON screening_score (scorer_id);

