import type { Migration } from '../migrate.ts';

/** The company copy (same names as the company's tables), then what Toride itself keeps. */
export const firstTables: Migration = {
  id: 10,
  name: 'first-tables',
  sql: `
CREATE TABLE locations (location_id TEXT PRIMARY KEY, location_name TEXT NOT NULL, region TEXT) STRICT;
CREATE TABLE businesses (business_id TEXT PRIMARY KEY, business_name TEXT NOT NULL) STRICT;
CREATE TABLE processes (process_id TEXT PRIMARY KEY, business_id TEXT NOT NULL, process_name TEXT NOT NULL, sequence INTEGER) STRICT;
CREATE TABLE operators (operator_id TEXT PRIMARY KEY, operator_name TEXT NOT NULL, location_name TEXT NOT NULL,
  is_valid INTEGER NOT NULL, shift_start INTEGER, shift_end INTEGER) STRICT;
CREATE TABLE operator_process_capabilities (capability_id TEXT PRIMARY KEY, operator_id TEXT NOT NULL, process_name TEXT NOT NULL,
  skill_level INTEGER NOT NULL, experience_months INTEGER, average_speed REAL) STRICT;
CREATE INDEX capabilities_by_operator ON operator_process_capabilities (operator_id, process_name);
CREATE TABLE rag_context (context_id TEXT PRIMARY KEY, context_type TEXT, context_key TEXT, context_value TEXT NOT NULL,
  relevance_score REAL, use_count INTEGER) STRICT;
CREATE TABLE progress_snapshots (snapshot_id TEXT PRIMARY KEY, snapshot_time INTEGER NOT NULL, location_name TEXT NOT NULL,
  business_id TEXT NOT NULL, process_name TEXT NOT NULL, expected_completion_time INTEGER, total_waiting INTEGER NOT NULL,
  entry_count INTEGER, correction_waiting INTEGER) STRICT;
CREATE INDEX snapshots_by_cell ON progress_snapshots (location_name, business_id, process_name, snapshot_time);
CREATE INDEX snapshots_by_time ON progress_snapshots (snapshot_time);
CREATE TABLE daily_assignments (assignment_id TEXT PRIMARY KEY, assignment_date TEXT NOT NULL, operator_id TEXT NOT NULL,
  location_name TEXT NOT NULL, business_id TEXT NOT NULL, process_name TEXT NOT NULL, start_time INTEGER, end_time INTEGER) STRICT;
CREATE INDEX assignments_by_date ON daily_assignments (assignment_date, operator_id);
CREATE TABLE assignment_adjustments (adjustment_id TEXT PRIMARY KEY, original_assignment_id TEXT NOT NULL, adjustment_type TEXT,
  adjustment_date TEXT NOT NULL, ai_confidence_score REAL) STRICT;
CREATE INDEX adjustments_by_date ON assignment_adjustments (adjustment_date);
CREATE TABLE productivity_records (record_id TEXT PRIMARY KEY, operator_id TEXT NOT NULL, record_date TEXT NOT NULL,
  process_name TEXT NOT NULL, items_done INTEGER NOT NULL, hours_worked REAL NOT NULL, productivity_score REAL) STRICT;
CREATE INDEX productivity_by_date ON productivity_records (record_date, process_name);
CREATE TABLE attendance_records (attendance_id TEXT PRIMARY KEY, operator_id TEXT NOT NULL, attendance_date TEXT NOT NULL,
  attendance_status TEXT NOT NULL) STRICT;
CREATE INDEX attendance_by_date ON attendance_records (attendance_date);
CREATE TABLE workload_forecasts (forecast_id TEXT PRIMARY KEY, forecast_date TEXT NOT NULL, hour INTEGER NOT NULL, location_name TEXT NOT NULL,
  business_id TEXT NOT NULL, process_name TEXT NOT NULL, expected_items REAL NOT NULL) STRICT;
CREATE INDEX forecasts_by_date ON workload_forecasts (forecast_date, hour);
CREATE TABLE system_logs (log_id TEXT PRIMARY KEY, logged_at INTEGER NOT NULL, service TEXT, level TEXT, message TEXT NOT NULL,
  trace_id TEXT, host TEXT, attributes TEXT) STRICT;
CREATE INDEX logs_by_time ON system_logs (logged_at);

-- sync: where each table's reading stands, kept in the same transaction as its rows
CREATE TABLE sync_state (table_name TEXT PRIMARY KEY, cursor_value TEXT, cursor_key TEXT, overlap_from TEXT, rows_read INTEGER NOT NULL DEFAULT 0,
  rows_dead INTEGER NOT NULL DEFAULT 0, source_rows INTEGER, local_rows INTEGER, last_ok_at INTEGER, last_tried_at INTEGER, last_error TEXT,
  source TEXT, complete INTEGER NOT NULL DEFAULT 0, counted_at INTEGER) STRICT;
CREATE TABLE dead_letters (dead_letter_id TEXT PRIMARY KEY, source TEXT NOT NULL, row_key TEXT NOT NULL, reason TEXT NOT NULL, raw TEXT NOT NULL,
  first_at INTEGER NOT NULL, last_at INTEGER NOT NULL, times INTEGER NOT NULL DEFAULT 1, cursor_at INTEGER) STRICT;
CREATE INDEX dead_letters_by_source ON dead_letters (source, last_at);

-- placement and approvals
CREATE TABLE rule_versions (version INTEGER PRIMARY KEY, rules TEXT NOT NULL, changed_by TEXT NOT NULL, changed_at INTEGER NOT NULL, why TEXT) STRICT;
CREATE TABLE proposals (proposal_id TEXT PRIMARY KEY, created_at INTEGER NOT NULL, as_of INTEGER NOT NULL, status TEXT NOT NULL,
  supersedes TEXT REFERENCES proposals (proposal_id), alert_id TEXT, body TEXT NOT NULL, snapshot TEXT NOT NULL) STRICT;
CREATE INDEX proposals_by_time ON proposals (created_at);
CREATE TABLE decisions (decision_id TEXT PRIMARY KEY, proposal_id TEXT NOT NULL REFERENCES proposals (proposal_id), action TEXT NOT NULL,
  actor TEXT NOT NULL, reason_code TEXT, reason_text TEXT, decided_at INTEGER NOT NULL, undoes TEXT REFERENCES decisions (decision_id)) STRICT;
CREATE INDEX decisions_by_proposal ON decisions (proposal_id);
CREATE TABLE moves (proposal_id TEXT NOT NULL REFERENCES proposals (proposal_id), operator_id TEXT NOT NULL, move_date TEXT NOT NULL,
  from_location TEXT NOT NULL, from_business TEXT NOT NULL, from_process TEXT NOT NULL,
  to_location TEXT NOT NULL, to_business TEXT NOT NULL, to_process TEXT NOT NULL,
  starts_at INTEGER NOT NULL, ends_at INTEGER NOT NULL, active INTEGER NOT NULL, PRIMARY KEY (proposal_id, operator_id)) STRICT;
CREATE INDEX moves_by_date ON moves (move_date, active);
CREATE TABLE outbox (outbox_id TEXT PRIMARY KEY, decision_id TEXT NOT NULL UNIQUE REFERENCES decisions (decision_id), payload TEXT NOT NULL,
  state TEXT NOT NULL, attempts INTEGER NOT NULL DEFAULT 0, created_at INTEGER NOT NULL, next_at INTEGER NOT NULL, confirmed_at INTEGER, last_error TEXT) STRICT;
CREATE INDEX outbox_by_state ON outbox (state, next_at);
CREATE TABLE outcomes (proposal_id TEXT NOT NULL REFERENCES proposals (proposal_id), kind TEXT NOT NULL, check_at INTEGER NOT NULL,
  measured_at INTEGER NOT NULL, body TEXT NOT NULL, PRIMARY KEY (proposal_id, kind, check_at)) STRICT;
-- who did what, why, on which data; each row carries the hash of the one before it
CREATE TABLE audit (seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, actor TEXT NOT NULL, action TEXT NOT NULL, subject TEXT NOT NULL,
  body TEXT NOT NULL, previous_hash TEXT NOT NULL, hash TEXT NOT NULL) STRICT;

-- alerts and notifications
CREATE TABLE alerts (alert_id TEXT PRIMARY KEY, problem_key TEXT NOT NULL, kind TEXT NOT NULL, severity TEXT NOT NULL, state TEXT NOT NULL,
  opened_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, closed_at INTEGER, snoozed_until INTEGER, acknowledged_by TEXT, proposal_id TEXT,
  body TEXT NOT NULL) STRICT;
CREATE INDEX alerts_by_problem ON alerts (problem_key, opened_at);
CREATE INDEX alerts_by_state ON alerts (state, updated_at);
CREATE TABLE risk_history (cell_id TEXT NOT NULL, at INTEGER NOT NULL, p_miss REAL NOT NULL, PRIMARY KEY (cell_id, at)) STRICT, WITHOUT ROWID;
CREATE TABLE notifications (notification_id TEXT PRIMARY KEY, at INTEGER NOT NULL, kind TEXT NOT NULL, severity TEXT NOT NULL, subject TEXT,
  body TEXT NOT NULL, read_at INTEGER) STRICT;
CREATE INDEX notifications_by_time ON notifications (at);

-- chat and know-how; column folded: one spelling for searching
CREATE TABLE chat_sessions (session_id TEXT PRIMARY KEY, title TEXT NOT NULL, pinned INTEGER NOT NULL DEFAULT 0, created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL, removed_at INTEGER, folded TEXT NOT NULL) STRICT;
CREATE TABLE chat_messages (message_id TEXT PRIMARY KEY, session_id TEXT NOT NULL REFERENCES chat_sessions (session_id) ON DELETE CASCADE,
  seq INTEGER NOT NULL, role TEXT NOT NULL, text TEXT NOT NULL, at INTEGER NOT NULL, body TEXT NOT NULL, folded TEXT NOT NULL,
  UNIQUE (session_id, seq)) STRICT;
CREATE TABLE knowledge_documents (document_id TEXT PRIMARY KEY, title TEXT NOT NULL, text TEXT NOT NULL, tags TEXT NOT NULL, source TEXT NOT NULL,
  created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, state TEXT NOT NULL, problem TEXT, use_count INTEGER NOT NULL DEFAULT 0) STRICT;
CREATE TABLE knowledge_chunks (chunk_id TEXT PRIMARY KEY, document_id TEXT NOT NULL REFERENCES knowledge_documents (document_id) ON DELETE CASCADE,
  seq INTEGER NOT NULL, text TEXT NOT NULL) STRICT;
CREATE INDEX chunks_by_document ON knowledge_chunks (document_id, seq);
-- how often answers cited a company document; its own count comes with rag_context
CREATE TABLE knowledge_uses (document_id TEXT PRIMARY KEY, uses INTEGER NOT NULL) STRICT;
-- a cache: (embedder, content hash) -> little-endian float32 vector
CREATE TABLE embeddings (embedder TEXT NOT NULL, content_hash TEXT NOT NULL, vector BLOB NOT NULL, PRIMARY KEY (embedder, content_hash)) STRICT, WITHOUT ROWID;

CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL, changed_at INTEGER NOT NULL) STRICT;
`,
};
