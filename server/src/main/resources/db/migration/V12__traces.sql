-- The W3C trace context of the submission, so that what a worker does, on whatever machine, belongs to the caller's trace.
ALTER TABLE prediction ADD COLUMN trace VARCHAR(64) DEFAULT '' NOT NULL;
