-- Versions of definitions as administrators uploaded them: a row is written once and never changed.
-- `source` is a BLOB, kept byte for byte, and stands last so that lists need not read past it.
CREATE TABLE definition_versions (
  id TEXT NOT NULL,
  version INTEGER NOT NULL,
  in_force_from INTEGER,
  in_force_until INTEGER,
  source BLOB NOT NULL,
  PRIMARY KEY (id, version)
) STRICT;

-- What administrators did about them: rows are only ever added. `step`: 1 is the proposal, 2 the
-- decision on it, so that a version has at most one of each.
CREATE TABLE definition_events (
  definition TEXT NOT NULL,
  version INTEGER NOT NULL,
  step INTEGER NOT NULL CHECK (step IN (1, 2)),
  act INTEGER NOT NULL,
  actor TEXT NOT NULL,
  at INTEGER NOT NULL,
  digest TEXT NOT NULL,
  opinion TEXT NOT NULL,
  PRIMARY KEY (definition, version, step),
  FOREIGN KEY (definition, version) REFERENCES definition_versions (id, version)
) STRICT;
