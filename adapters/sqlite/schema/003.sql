-- What several processes on one store agree on.

-- The right of one process to do something alone: see engine/ports/leases.h.
CREATE TABLE leases (
  name TEXT PRIMARY KEY,
  holder TEXT NOT NULL,
  fence INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Answers are kept for a while only.
CREATE INDEX answers_by_age ON answers (at);

-- When a task was last written, for those who follow what changes. What was there before is not told
-- of any more.
ALTER TABLE tasks ADD COLUMN changed_at INTEGER NOT NULL DEFAULT 0;
CREATE INDEX tasks_by_change ON tasks (changed_at, id);

-- How often in a row somebody failed to sign in. The account stands there as its SHA-256, whether it
-- is known or not.
CREATE TABLE failed_sign_ins (
  account TEXT PRIMARY KEY,
  failures INTEGER NOT NULL,
  last_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX failed_sign_ins_by_age ON failed_sign_ins (last_at);
