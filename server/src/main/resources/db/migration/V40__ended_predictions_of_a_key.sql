-- A client that comes back to the stream of its key asks for what has ended since.
CREATE INDEX prediction_ended ON prediction (owner, completed_at);
