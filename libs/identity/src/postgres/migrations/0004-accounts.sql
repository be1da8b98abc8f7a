-- Who may be let in: role and schools; what they are called under a key of its own, which is wrapped by the master key.
CREATE TABLE accounts (id TEXT COLLATE "C" PRIMARY KEY, role TEXT NOT NULL, schools TEXT NOT NULL, wrapped BYTEA NOT NULL, name BYTEA NOT NULL);
