-- Secrets of the vault, each wrapped by the master key.
CREATE TABLE secrets (
    number BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, id TEXT NOT NULL UNIQUE, purpose TEXT NOT NULL, wrapped BYTEA NOT NULL
);

-- How others refer to a child: a keyed hash of the reference, under the secret named.
CREATE TABLE child_references (secret TEXT NOT NULL, hash TEXT NOT NULL, child TEXT NOT NULL, PRIMARY KEY (secret, hash));
CREATE INDEX child_references_by_child ON child_references (child);

-- Details are encrypted under a key of the child's own, which is wrapped by the master key.
CREATE TABLE children (child TEXT PRIMARY KEY, wrapped BYTEA, details BYTEA);

-- The key of each text, wrapped by the master key, and which children the text is about.
CREATE TABLE text_keys (
    id TEXT PRIMARY KEY, wrapped BYTEA NOT NULL, stream TEXT COLLATE "C" NOT NULL, event TEXT COLLATE "C" NOT NULL,
    field TEXT COLLATE "C" NOT NULL, about TEXT NOT NULL, superseded SMALLINT NOT NULL DEFAULT 0
);
CREATE INDEX text_keys_by_event ON text_keys (event);
CREATE INDEX text_keys_by_stream ON text_keys (stream, about);
CREATE TABLE key_children (key TEXT NOT NULL, child TEXT NOT NULL, PRIMARY KEY (key, child));
CREATE INDEX key_children_by_child ON key_children (child);
CREATE TABLE stream_children (stream TEXT NOT NULL, child TEXT NOT NULL, PRIMARY KEY (stream, child));
-- A review is about the children of its case.
CREATE TABLE followed_streams (followed TEXT NOT NULL, stream TEXT NOT NULL, PRIMARY KEY (followed, stream));

-- A keyed digest of what each event said before it was sealed.
CREATE TABLE digests (event TEXT NOT NULL, sealed TEXT NOT NULL, digest TEXT NOT NULL, PRIMARY KEY (event, sealed));

-- Children erased: no key is made for them again.
CREATE TABLE tombstones (
    child TEXT COLLATE "C" PRIMARY KEY, erased_at TEXT COLLATE "C" NOT NULL, reason TEXT NOT NULL, keys_destroyed INTEGER NOT NULL
);

-- One row while traces of something destroyed may still lie in the tables' files.
CREATE TABLE scrub_due (id INTEGER PRIMARY KEY);

CREATE TABLE notes (size BIGINT PRIMARY KEY, note TEXT NOT NULL);
CREATE TABLE parked (position BIGINT PRIMARY KEY, event TEXT NOT NULL, reason TEXT NOT NULL);

-- Which cases came from which source, so that one that is no longer in its file is noticed.
CREATE TABLE imported (source TEXT NOT NULL, case_id TEXT COLLATE "C" NOT NULL, PRIMARY KEY (source, case_id));
