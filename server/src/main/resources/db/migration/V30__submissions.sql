-- Which prediction a caller's idempotency key made, written with the prediction: a submission that is sent again, even at the same
-- moment or after a crash, finds it.
CREATE TABLE submission (
    owner         VARCHAR(40)  NOT NULL,
    name          VARCHAR(255) NOT NULL,
    fingerprint   VARCHAR(64)  NOT NULL,
    prediction_id VARCHAR(40)  NOT NULL,
    created_at    TIMESTAMP WITH TIME ZONE NOT NULL,
    PRIMARY KEY (owner, name)
);

CREATE INDEX submission_to_remove ON submission (created_at);
