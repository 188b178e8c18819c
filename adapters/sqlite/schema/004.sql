-- When something of a case is next due: what follows from its head, in a row that can be found by its
-- time. `claimed_by` sees to it until `claimed_until`, by the clock of this database; a row that
-- nobody has claimed has the beginning of 1970 there.
CREATE TABLE timers (
  case_id TEXT PRIMARY KEY REFERENCES cases (id),
  due_at INTEGER NOT NULL,
  claimed_by TEXT NOT NULL,
  claimed_until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX timers_by_due ON timers (due_at);

-- Of the cases that are there: the timers that their statecharts run, up to the year 9999.
INSERT INTO timers (case_id, due_at, claimed_by, claimed_until)
SELECT c.id, min(timer.value ->> 'due_ms') * 1000, '', 0
FROM cases c, json_each(c.state, '$.chart.timers') timer
WHERE c.closed = 0 AND timer.value ->> 'due_ms' <= 253402300799999
GROUP BY c.id;
