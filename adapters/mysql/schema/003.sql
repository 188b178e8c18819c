-- When something of a case is next due: what follows from its head, in a row that can be found by its
-- time. `claimed_by` sees to it until `claimed_until`, by the clock of the server; a row that nobody
-- has claimed has the beginning of 1970 there.
CREATE TABLE IF NOT EXISTS timers (
  case_id BINARY(16) NOT NULL,
  due_at DATETIME(6) NOT NULL,
  claimed_by VARBINARY(255) NOT NULL,
  claimed_until DATETIME(6) NOT NULL,
  PRIMARY KEY (case_id),
  KEY timers_by_due (due_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- Of the cases that are there: the timers that their statecharts run, up to the year 9999.
INSERT INTO timers (case_id, due_at, claimed_by, claimed_until)
SELECT c.id, TIMESTAMPADD(MICROSECOND, MIN(timer.due_ms) * 1000, TIMESTAMP'1970-01-01 00:00:00'), '',
  TIMESTAMP'1970-01-01 00:00:00'
FROM cases c, JSON_TABLE(c.state, '$.chart.timers[*]' COLUMNS (due_ms BIGINT PATH '$.due_ms')) timer
WHERE c.closed = 0 AND timer.due_ms <= 253402300799999
GROUP BY c.id
ON DUPLICATE KEY UPDATE due_at = VALUES(due_at);
