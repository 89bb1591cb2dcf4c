-- A row is written before its file and made ready after it, so that no file is ever without a row.
CREATE TABLE media (
    id           VARCHAR(64) PRIMARY KEY,
    kind         VARCHAR(16) NOT NULL,
    content_type VARCHAR(64) NOT NULL,
    owner        VARCHAR(40) NOT NULL,
    bytes        BIGINT      NOT NULL,
    ready        BOOLEAN     NOT NULL,
    created_at   TIMESTAMP WITH TIME ZONE NOT NULL,
    expires_at   TIMESTAMP WITH TIME ZONE NOT NULL
);

CREATE INDEX media_to_remove ON media (expires_at);
CREATE INDEX media_of_owner ON media (owner, expires_at);

-- Made on the first start and shared by all nodes: the key of media names, the signing key of webhooks.
CREATE TABLE secret (
    name       VARCHAR(40)   PRIMARY KEY,
    secret     VARCHAR(2000) NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL
);
