-- What somebody has begun to write and not yet recorded, under a key of its own, which is wrapped by the master key.
CREATE TABLE drafts (
    id TEXT COLLATE "C" PRIMARY KEY, account TEXT NOT NULL, stream TEXT NOT NULL, saved_at TEXT COLLATE "C" NOT NULL,
    until TEXT COLLATE "C" NOT NULL, wrapped BYTEA NOT NULL, content BYTEA NOT NULL
);
