-- Finds the owners that wait for a model one after the other, and of each what is next, without a look at what waits behind it.
CREATE INDEX prediction_turns ON prediction (status, served_by, owner, priority DESC, created_at, id);

-- Finds predictions that differ in their seeds only.
CREATE INDEX prediction_alike ON prediction (status, batch_key, priority DESC, created_at);
