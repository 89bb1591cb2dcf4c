-- What of an order is ignored, replaced or made otherwise: sentences for its caller, as JSON.
ALTER TABLE prediction ADD COLUMN warnings TEXT DEFAULT '{"sentences":[]}' NOT NULL;

-- Why it failed, by kind, and the field of the order that is at fault.
ALTER TABLE prediction ADD COLUMN failure_reason VARCHAR(16) DEFAULT 'none' NOT NULL;
ALTER TABLE prediction ADD COLUMN failure_field VARCHAR(100) DEFAULT '' NOT NULL;
UPDATE prediction SET failure_reason = 'engine' WHERE status = 'failed';
