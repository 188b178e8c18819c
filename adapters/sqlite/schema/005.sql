-- By which password a session was opened: it ends where the person gets another one. Those that are
-- open when this is added end now.
ALTER TABLE sessions ADD COLUMN password TEXT NOT NULL DEFAULT '';
-- A person looks at his sessions.
CREATE INDEX sessions_by_person ON sessions (person, expires_at);
