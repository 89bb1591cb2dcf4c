-- What nobody holds: of each owner what is next, without a look at what waits behind it.
CREATE INDEX prediction_free ON prediction (status, lease_owner, owner, priority DESC, created_at, id);
DROP INDEX prediction_waiting;

-- What somebody holds, and what nobody holds any more.
CREATE INDEX prediction_leases ON prediction (status, lease_until);

-- What has waited too long.
CREATE INDEX prediction_deadlines ON prediction (status, deadline);
