-- Secrets of the vault, each wrapped by the master key.
CREATE TABLE IF NOT EXISTS secrets (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, purpose TEXT NOT NULL, wrapped BLOB NOT NULL
) STRICT;

-- How others refer to a child: a keyed hash of the reference, under the secret named.
CREATE TABLE IF NOT EXISTS child_references (
    secret TEXT NOT NULL, hash TEXT NOT NULL, child TEXT NOT NULL, PRIMARY KEY (secret, hash)
) STRICT, WITHOUT ROWID;

-- Details are encrypted under a key of the child's own, which is wrapped by the master key.
CREATE TABLE IF NOT EXISTS children (child TEXT PRIMARY KEY, wrapped BLOB, details BLOB) STRICT;

-- The key of each text, wrapped by the master key, and which children the text is about.
CREATE TABLE IF NOT EXISTS text_keys (
    id TEXT PRIMARY KEY, wrapped BLOB NOT NULL, stream TEXT NOT NULL, event TEXT NOT NULL, field TEXT NOT NULL, about TEXT NOT NULL,
    superseded INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX IF NOT EXISTS text_keys_by_event ON text_keys (event);
CREATE INDEX IF NOT EXISTS text_keys_by_stream ON text_keys (stream, about);
CREATE TABLE IF NOT EXISTS key_children (key TEXT NOT NULL, child TEXT NOT NULL, PRIMARY KEY (key, child)) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS key_children_by_child ON key_children (child);
CREATE TABLE IF NOT EXISTS stream_children (stream TEXT NOT NULL, child TEXT NOT NULL, PRIMARY KEY (stream, child)) STRICT, WITHOUT ROWID;
-- A review is about the children of its case.
CREATE TABLE IF NOT EXISTS followed_streams (
    followed TEXT NOT NULL, stream TEXT NOT NULL, PRIMARY KEY (followed, stream)
) STRICT, WITHOUT ROWID;

-- A keyed digest of what each event said before it was sealed.
CREATE TABLE IF NOT EXISTS digests (
    event TEXT NOT NULL, sealed TEXT NOT NULL, digest TEXT NOT NULL, PRIMARY KEY (event, sealed)
) STRICT, WITHOUT ROWID;

-- Children erased: no key is made for them again.
CREATE TABLE IF NOT EXISTS tombstones (
    child TEXT PRIMARY KEY, erased_at TEXT NOT NULL, reason TEXT NOT NULL, keys_destroyed INTEGER NOT NULL
) STRICT;

-- One row while traces of something destroyed may still lie in this file.
CREATE TABLE IF NOT EXISTS scrub_due (id INTEGER PRIMARY KEY) STRICT;

CREATE TABLE IF NOT EXISTS notes (size INTEGER PRIMARY KEY, note TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS parked (position INTEGER PRIMARY KEY, event TEXT NOT NULL, reason TEXT NOT NULL) STRICT;

-- Which cases came from which source, so that one that is no longer in its file is noticed.
CREATE TABLE IF NOT EXISTS imported (source TEXT NOT NULL, case_id TEXT NOT NULL, PRIMARY KEY (source, case_id)) STRICT, WITHOUT ROWID;


-- Who may do what only one may do at a time; `until` in milliseconds since 1970. The token grows with every change of hands.
CREATE TABLE IF NOT EXISTS leases (name TEXT PRIMARY KEY, holder TEXT NOT NULL, token INTEGER NOT NULL, until INTEGER NOT NULL) STRICT;

-- How far somebody has come, and under which token it was written down.
CREATE TABLE IF NOT EXISTS checkpoints (name TEXT PRIMARY KEY, version INTEGER NOT NULL, token INTEGER NOT NULL, value TEXT NOT NULL) STRICT;

-- What somebody has begun to write and not yet recorded, under a key of its own, which is wrapped by the master key.
CREATE TABLE IF NOT EXISTS drafts (
    id TEXT PRIMARY KEY, account TEXT NOT NULL, stream TEXT NOT NULL, saved_at TEXT NOT NULL, until TEXT NOT NULL,
    wrapped BLOB NOT NULL, content BLOB NOT NULL
) STRICT;

-- Who may be let in: role and schools; what they are called under a key of its own, which is wrapped by the master key.
CREATE TABLE IF NOT EXISTS accounts (id TEXT PRIMARY KEY, role TEXT NOT NULL, schools TEXT NOT NULL, wrapped BLOB NOT NULL, name BLOB NOT NULL) STRICT;
