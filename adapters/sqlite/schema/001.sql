-- Instants are microseconds since 1970 in UTC. Ids are text; those of cases and tasks are UUIDs of
-- version 7, so their order is the order of time and a list by id needs no other sort.
-- Tables with long rows keep their rowid: new rows then go to the end of the file's tree, side by
-- side, where a tree in the order of random keys would touch a page for each.

CREATE TABLE cases (
  id TEXT PRIMARY KEY,
  version INTEGER NOT NULL,
  number TEXT NOT NULL,
  definition TEXT NOT NULL,
  definition_version INTEGER NOT NULL,
  title TEXT NOT NULL,
  closed INTEGER NOT NULL,
  stages TEXT NOT NULL,
  organ TEXT NOT NULL,
  filed_by TEXT NOT NULL,
  filed_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  state TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX cases_by_number ON cases (number) WHERE number <> '';
CREATE INDEX cases_by_organ ON cases (organ, id);
CREATE INDEX cases_by_filer ON cases (filed_by, id);

CREATE TABLE events (
  case_id TEXT NOT NULL REFERENCES cases (id),
  version INTEGER NOT NULL,
  type TEXT NOT NULL,
  recorded_at INTEGER NOT NULL,
  occurred_at INTEGER NOT NULL,
  actor TEXT NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (case_id, version)
) STRICT;

CREATE TABLE case_stages (
  stage TEXT NOT NULL,
  case_id TEXT NOT NULL REFERENCES cases (id),
  PRIMARY KEY (stage, case_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX case_stages_by_case ON case_stages (case_id);

CREATE TABLE members (
  person TEXT NOT NULL,
  case_id TEXT NOT NULL REFERENCES cases (id),
  duty TEXT NOT NULL,
  PRIMARY KEY (person, case_id, duty)
) STRICT, WITHOUT ROWID;
CREATE INDEX members_by_case ON members (case_id);

CREATE TABLE tasks (
  id TEXT PRIMARY KEY,
  case_id TEXT NOT NULL REFERENCES cases (id),
  kind INTEGER NOT NULL,
  request TEXT NOT NULL,
  step INTEGER NOT NULL,
  role TEXT NOT NULL,
  organ TEXT NOT NULL,
  person TEXT NOT NULL,
  requested_by TEXT NOT NULL,
  event TEXT NOT NULL,
  title_zh TEXT NOT NULL,
  title_en TEXT NOT NULL,
  opened_at INTEGER NOT NULL,
  closed_at INTEGER,
  closed_by TEXT NOT NULL,
  decision TEXT NOT NULL
) STRICT;
CREATE INDEX tasks_open_by_role ON tasks (role, organ, id) WHERE closed_at IS NULL;
CREATE INDEX tasks_open_by_person ON tasks (person, id) WHERE closed_at IS NULL;
CREATE INDEX tasks_done ON tasks (closed_by, id) WHERE closed_at IS NOT NULL;

CREATE TABLE answers (
  person TEXT NOT NULL,
  key TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  answer TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (person, key)
) STRICT;

CREATE TABLE number_series (
  series TEXT PRIMARY KEY,
  last INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE organisations (
  id TEXT PRIMARY KEY,
  parent TEXT NOT NULL,
  kind TEXT NOT NULL,
  name_zh TEXT NOT NULL,
  name_en TEXT NOT NULL
) STRICT;

CREATE TABLE people (
  id TEXT PRIMARY KEY,
  name_zh TEXT NOT NULL,
  name_en TEXT NOT NULL,
  active INTEGER NOT NULL,
  password_hash TEXT
) STRICT;

CREATE TABLE posts (
  person TEXT NOT NULL REFERENCES people (id),
  place INTEGER NOT NULL,
  organisation TEXT NOT NULL,
  role TEXT NOT NULL,
  begins_at INTEGER NOT NULL,
  ends_at INTEGER,
  PRIMARY KEY (person, place)
) STRICT, WITHOUT ROWID;

CREATE TABLE sessions (
  token_digest TEXT PRIMARY KEY,
  person TEXT NOT NULL REFERENCES people (id),
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX sessions_by_end ON sessions (expires_at);
