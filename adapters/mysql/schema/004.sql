-- A person looks at his sessions, and a change of his password ends them.
CREATE INDEX sessions_by_person ON sessions (person, expires_at);
