-- Why a picture failed, by kind, as for the whole prediction.
ALTER TABLE prediction_output ADD COLUMN failure_reason VARCHAR(16) DEFAULT 'none' NOT NULL;
UPDATE prediction_output SET failure_reason = 'engine' WHERE error <> '';
