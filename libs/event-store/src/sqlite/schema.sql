-- The history. Positions are dense from 0. Nothing is ever changed or removed.
CREATE TABLE IF NOT EXISTS events (
    position INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    stream TEXT NOT NULL,
    revision INTEGER NOT NULL,
    envelope TEXT NOT NULL,
    UNIQUE (stream, revision)
) STRICT;

-- The leaves of the history's Merkle tree, beside the events, so that a change of either shows.
CREATE TABLE IF NOT EXISTS leaves (
    position INTEGER PRIMARY KEY,
    hash BLOB NOT NULL
) STRICT;

CREATE TRIGGER IF NOT EXISTS events_are_not_changed BEFORE UPDATE ON events BEGIN SELECT RAISE(ABORT, 'events are never changed'); END;
CREATE TRIGGER IF NOT EXISTS events_are_not_removed BEFORE DELETE ON events BEGIN SELECT RAISE(ABORT, 'events are never removed'); END;
CREATE TRIGGER IF NOT EXISTS leaves_are_not_changed BEFORE UPDATE ON leaves BEGIN SELECT RAISE(ABORT, 'leaves are never changed'); END;
CREATE TRIGGER IF NOT EXISTS leaves_are_not_removed BEFORE DELETE ON leaves BEGIN SELECT RAISE(ABORT, 'leaves are never removed'); END;
