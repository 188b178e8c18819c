-- What several processes on one store agree on. A column or an index that is there already was made
-- by a try of this that was cut off: see run_all() in migrations.cc.

-- The right of one process to do something alone: see engine/ports/leases.h.
CREATE TABLE IF NOT EXISTS leases (
  name VARBINARY(255) NOT NULL,
  holder VARBINARY(255) NOT NULL,
  fence BIGINT NOT NULL,
  expires_at DATETIME(6) NOT NULL,
  PRIMARY KEY (name)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- Answers are kept for a while only.
CREATE INDEX answers_by_age ON answers (at);

-- When a task was last written, for those who follow what changes. What was there before is not told
-- of any more.
ALTER TABLE tasks ADD COLUMN changed_at DATETIME(6) NOT NULL DEFAULT '1970-01-01';
CREATE INDEX tasks_by_change ON tasks (changed_at, id);

-- How often in a row somebody failed to sign in. The account stands there as its SHA-256, whether it
-- is known or not.
CREATE TABLE IF NOT EXISTS failed_sign_ins (
  account VARBINARY(255) NOT NULL,
  failures BIGINT NOT NULL,
  last_at DATETIME(6) NOT NULL,
  PRIMARY KEY (account),
  KEY failed_sign_ins_by_age (last_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
