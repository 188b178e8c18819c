-- What several processes on one store agree on.

-- The right of one process to do something alone: see engine/ports/leases.h.
CREATE TABLE IF NOT EXISTS leases (
  name VARBINARY(255) NOT NULL,
  holder VARBINARY(255) NOT NULL,
  fence BIGINT NOT NULL,
  expires_at DATETIME(6) NOT NULL,
  PRIMARY KEY (name)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
