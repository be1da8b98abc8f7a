-- Who may do what only one may do at a time. The token grows with every change of hands.
CREATE TABLE leases (name TEXT PRIMARY KEY, holder TEXT NOT NULL, token BIGINT NOT NULL, until TIMESTAMPTZ NOT NULL);

-- How far somebody has come, and under which token it was written down.
CREATE TABLE checkpoints (name TEXT PRIMARY KEY, version BIGINT NOT NULL, token BIGINT NOT NULL, value TEXT NOT NULL);
