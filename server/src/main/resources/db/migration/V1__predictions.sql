CREATE TABLE prediction (
    id               VARCHAR(40)  PRIMARY KEY,
    owner            VARCHAR(40)  NOT NULL,
    model            VARCHAR(200) NOT NULL,
    served_by        VARCHAR(200) NOT NULL,
    request          TEXT         NOT NULL,
    plan             TEXT         NOT NULL,
    delivery         TEXT         NOT NULL,
    batch_key        VARCHAR(64)  NOT NULL,
    images           INTEGER      NOT NULL,
    priority         INTEGER      NOT NULL,
    status           VARCHAR(16)  NOT NULL,
    progress         DOUBLE PRECISION NOT NULL,
    error            VARCHAR(2000) NOT NULL,
    attempts         INTEGER      NOT NULL,
    lease_owner      VARCHAR(80),
    lease_until      TIMESTAMP WITH TIME ZONE,
    created_at       TIMESTAMP WITH TIME ZONE NOT NULL,
    started_at       TIMESTAMP WITH TIME ZONE,
    completed_at     TIMESTAMP WITH TIME ZONE,
    deadline         TIMESTAMP WITH TIME ZONE NOT NULL,
    remove_after     TIMESTAMP WITH TIME ZONE
);

CREATE INDEX prediction_waiting ON prediction (status, owner, created_at);
CREATE INDEX prediction_of_owner ON prediction (owner, id);
CREATE INDEX prediction_to_remove ON prediction (remove_after);

CREATE TABLE prediction_output (
    prediction_id VARCHAR(40)   NOT NULL REFERENCES prediction (id) ON DELETE CASCADE,
    image_index   INTEGER       NOT NULL,
    media         VARCHAR(200)  NOT NULL,
    content_type  VARCHAR(40)   NOT NULL,
    width         INTEGER       NOT NULL,
    height        INTEGER       NOT NULL,
    recipe        TEXT          NOT NULL,
    error         VARCHAR(2000) NOT NULL,
    PRIMARY KEY (prediction_id, image_index)
);

-- When a key's prediction was last taken: the queue goes round between keys.
CREATE TABLE queue_turn (
    owner     VARCHAR(40) PRIMARY KEY,
    served_at TIMESTAMP WITH TIME ZONE NOT NULL
);

CREATE TABLE api_key (
    id             VARCHAR(40)  PRIMARY KEY,
    name           VARCHAR(100) NOT NULL,
    secret_hash    VARCHAR(64)  NOT NULL,
    scopes         VARCHAR(100) NOT NULL,
    requests       INTEGER      NOT NULL,
    per_seconds    INTEGER      NOT NULL,
    images_per_day INTEGER      NOT NULL,
    priority       INTEGER      NOT NULL,
    created_at     TIMESTAMP WITH TIME ZONE NOT NULL,
    revoked_at     TIMESTAMP WITH TIME ZONE
);

-- One row a prediction, written when it is accepted and completed when it ends; outlives the prediction.
CREATE TABLE usage_record (
    prediction_id    VARCHAR(40)  PRIMARY KEY,
    owner            VARCHAR(40)  NOT NULL,
    usage_day        DATE         NOT NULL,
    model            VARCHAR(200) NOT NULL,
    status           VARCHAR(16)  NOT NULL,
    images_requested INTEGER      NOT NULL,
    images_made      INTEGER      NOT NULL,
    pixels           BIGINT       NOT NULL,
    seconds          DOUBLE PRECISION NOT NULL
);

CREATE INDEX usage_of_owner ON usage_record (owner, usage_day);
