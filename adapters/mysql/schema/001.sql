-- Instants are DATETIME(6) in UTC. Ids of cases, tasks and requests are UUIDs of version 7 as 16
-- octets: their order is the order of time. Names and keys are octets, so that no collation takes
-- two of them for one. No foreign keys: their locks on the parent rows turn writers who have nothing
-- to do with each other into deadlocks; what they would hold is held by Commit and its check.
-- No statement but one that is harmless when repeated: definitions of tables are not part of a
-- transaction here, so that a migration may be cut off and begin again.

CREATE TABLE IF NOT EXISTS cases (
  id BINARY(16) NOT NULL,
  version BIGINT NOT NULL,
  number VARBINARY(255) NOT NULL,
  definition VARBINARY(255) NOT NULL,
  definition_version BIGINT NOT NULL,
  title MEDIUMTEXT NOT NULL,
  searched MEDIUMBLOB NOT NULL,
  closed TINYINT NOT NULL,
  stages MEDIUMTEXT NOT NULL,
  organ VARBINARY(255) NOT NULL,
  filed_by VARBINARY(255) NOT NULL,
  filed_at DATETIME(6) NOT NULL,
  updated_at DATETIME(6) NOT NULL,
  state LONGTEXT NOT NULL,
  PRIMARY KEY (id),
  KEY cases_by_organ (organ, id),
  KEY cases_by_filer (filed_by, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- The numbers that cases have. Their own table, so that `cases` has one unique key only and a row of
-- it can be put there without a look at whether it is new.
CREATE TABLE IF NOT EXISTS case_numbers (
  number VARBINARY(255) NOT NULL,
  case_id BINARY(16) NOT NULL,
  PRIMARY KEY (number)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- The primary key is what keeps two writers from having the same version of a case.
CREATE TABLE IF NOT EXISTS events (
  case_id BINARY(16) NOT NULL,
  version BIGINT NOT NULL,
  type VARBINARY(255) NOT NULL,
  recorded_at DATETIME(6) NOT NULL,
  occurred_at DATETIME(6) NOT NULL,
  actor VARBINARY(255) NOT NULL,
  body LONGTEXT NOT NULL,
  PRIMARY KEY (case_id, version)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE IF NOT EXISTS case_stages (
  case_id BINARY(16) NOT NULL,
  stage VARBINARY(255) NOT NULL,
  PRIMARY KEY (case_id, stage),
  KEY case_stages_by_stage (stage, case_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE IF NOT EXISTS members (
  case_id BINARY(16) NOT NULL,
  person VARBINARY(255) NOT NULL,
  duty VARBINARY(255) NOT NULL,
  PRIMARY KEY (case_id, person, duty),
  KEY members_by_person (person, case_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- `open` stands in front of what lists open tasks, in place of an index over some of the rows, which
-- this database has not.
CREATE TABLE IF NOT EXISTS tasks (
  id BINARY(16) NOT NULL,
  case_id BINARY(16) NOT NULL,
  kind TINYINT NOT NULL,
  request VARBINARY(36) NOT NULL,
  step BIGINT NOT NULL,
  role VARBINARY(255) NOT NULL,
  organ VARBINARY(255) NOT NULL,
  person VARBINARY(255) NOT NULL,
  requested_by VARBINARY(255) NOT NULL,
  event VARBINARY(255) NOT NULL,
  title_zh MEDIUMTEXT NOT NULL,
  title_en MEDIUMTEXT NOT NULL,
  opened_at DATETIME(6) NOT NULL,
  open TINYINT NOT NULL,
  closed_at DATETIME(6),
  closed_by VARBINARY(255) NOT NULL,
  decision VARBINARY(255) NOT NULL,
  PRIMARY KEY (id),
  KEY tasks_by_role (open, role, organ, id),
  KEY tasks_by_person (open, person, id),
  KEY tasks_done (open, closed_by, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE IF NOT EXISTS answers (
  person VARBINARY(255) NOT NULL,
  name VARBINARY(255) NOT NULL,
  fingerprint VARBINARY(255) NOT NULL,
  answer LONGTEXT NOT NULL,
  at DATETIME(6) NOT NULL,
  PRIMARY KEY (person, name)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE IF NOT EXISTS number_series (
  series VARBINARY(255) NOT NULL,
  last BIGINT NOT NULL,
  PRIMARY KEY (series)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE IF NOT EXISTS organisations (
  id VARBINARY(255) NOT NULL,
  parent VARBINARY(255) NOT NULL,
  kind VARBINARY(255) NOT NULL,
  name_zh MEDIUMTEXT NOT NULL,
  name_en MEDIUMTEXT NOT NULL,
  PRIMARY KEY (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE IF NOT EXISTS people (
  id VARBINARY(255) NOT NULL,
  name_zh MEDIUMTEXT NOT NULL,
  name_en MEDIUMTEXT NOT NULL,
  active TINYINT NOT NULL,
  password_hash VARBINARY(512),
  PRIMARY KEY (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE IF NOT EXISTS posts (
  person VARBINARY(255) NOT NULL,
  place BIGINT NOT NULL,
  organisation VARBINARY(255) NOT NULL,
  role VARBINARY(255) NOT NULL,
  begins_at DATETIME(6) NOT NULL,
  ends_at DATETIME(6),
  PRIMARY KEY (person, place)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE IF NOT EXISTS sessions (
  token_digest VARBINARY(255) NOT NULL,
  person VARBINARY(255) NOT NULL,
  expires_at DATETIME(6) NOT NULL,
  PRIMARY KEY (token_digest),
  KEY sessions_by_end (expires_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- Versions of definitions as administrators uploaded them: a row is written once and never changed.
CREATE TABLE IF NOT EXISTS definition_versions (
  id VARBINARY(255) NOT NULL,
  version BIGINT NOT NULL,
  in_force_from DATETIME(6),
  in_force_until DATETIME(6),
  source LONGBLOB NOT NULL,
  PRIMARY KEY (id, version)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- What administrators did about them: rows are only ever added. `step`: 1 is the proposal, 2 the
-- decision on it, so that a version has at most one of each.
CREATE TABLE IF NOT EXISTS definition_events (
  definition VARBINARY(255) NOT NULL,
  version BIGINT NOT NULL,
  step TINYINT NOT NULL,
  act TINYINT NOT NULL,
  actor VARBINARY(255) NOT NULL,
  at DATETIME(6) NOT NULL,
  digest VARBINARY(255) NOT NULL,
  opinion MEDIUMTEXT NOT NULL,
  PRIMARY KEY (definition, version, step)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
