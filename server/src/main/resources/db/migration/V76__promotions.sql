-- Which model an alias was given, on what grounds. The latest that was not undone counts.
CREATE TABLE arena_promotion (
    id         VARCHAR(40)  PRIMARY KEY,
    alias      VARCHAR(200) NOT NULL,
    from_model VARCHAR(200) NOT NULL,
    to_model   VARCHAR(200) NOT NULL,
    grounds    TEXT         NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    undone_at  TIMESTAMP WITH TIME ZONE
);
