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

-- INSERT OR REPLACE removes rows without asking the triggers above: an insert may only add, and only at the end.
CREATE TRIGGER IF NOT EXISTS events_are_only_added BEFORE INSERT ON events
WHEN NEW.position IS NOT (SELECT coalesce(max(position), -1) + 1 FROM events)
    OR EXISTS (SELECT 1 FROM events WHERE id = NEW.id)
    OR EXISTS (SELECT 1 FROM events WHERE stream = NEW.stream AND revision = NEW.revision)
BEGIN SELECT RAISE(ABORT, 'events are only added at the end'); END;
CREATE TRIGGER IF NOT EXISTS leaves_are_only_added BEFORE INSERT ON leaves
WHEN NEW.position IS NOT (SELECT coalesce(max(position), -1) + 1 FROM leaves)
BEGIN SELECT RAISE(ABORT, 'leaves are only added at the end'); END;
