-- Who meets in the arena. A name stays with its settings, as votes name it; a retired one meets nobody any more.
CREATE TABLE arena_contender (
    name           VARCHAR(100) PRIMARY KEY,
    model          VARCHAR(200) NOT NULL,
    served_by      VARCHAR(200) NOT NULL,
    steps          INTEGER      NOT NULL,
    guidance       DOUBLE PRECISION NOT NULL,
    expansion      BOOLEAN      NOT NULL,
    weights_kept   VARCHAR(20)  NOT NULL,
    weights        VARCHAR(64)  NOT NULL,
    created_at     TIMESTAMP WITH TIME ZONE NOT NULL,
    retired        BOOLEAN      NOT NULL
);

-- Prompts beside those that come with Atelier.
CREATE TABLE arena_prompt (
    id         VARCHAR(40)  PRIMARY KEY,
    asked      TEXT         NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL
);

-- Two pictures of one prompt: making, then ready. One that shows another again, to see how consistent its voter is, is for that voter.
CREATE TABLE arena_battle (
    id               VARCHAR(40)  PRIMARY KEY,
    state            VARCHAR(16)  NOT NULL,
    prompt_id        VARCHAR(40)  NOT NULL,
    task             VARCHAR(40)  NOT NULL,
    category         VARCHAR(40)  NOT NULL,
    left_name        VARCHAR(100) NOT NULL,
    right_name       VARCHAR(100) NOT NULL,
    asked            TEXT         NOT NULL,
    shown            TEXT         NOT NULL,
    style            VARCHAR(200) NOT NULL,
    left_prediction  VARCHAR(40)  NOT NULL,
    right_prediction VARCHAR(40)  NOT NULL,
    repeats          VARCHAR(40)  NOT NULL,
    voter            VARCHAR(40)  NOT NULL,
    votes            INTEGER      NOT NULL,
    created_at       TIMESTAMP WITH TIME ZONE NOT NULL
);

CREATE INDEX arena_battle_next ON arena_battle (state, repeats, votes, created_at);
CREATE INDEX arena_battle_of_prompt ON arena_battle (prompt_id);
CREATE INDEX arena_battle_of_voter ON arena_battle (voter, created_at);
CREATE INDEX arena_battle_again ON arena_battle (repeats);

-- One a voter and battle.
CREATE TABLE arena_vote (
    battle     VARCHAR(40) NOT NULL REFERENCES arena_battle (id),
    voter      VARCHAR(40) NOT NULL,
    choice     VARCHAR(16) NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    PRIMARY KEY (battle, voter)
);

CREATE INDEX arena_vote_of_voter ON arena_vote (voter);
