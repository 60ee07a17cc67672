import type { NumberKind } from '../api/contract/common.ts';

/**
 * The canonical company tables (DESIGN, "The company database"): one declaration that sync, mapping, simulator and
 * the local copy share. Local tables have the same names and columns; ids are text, instants epoch ms, dates `YYYY-MM-DD`,
 * times of day minutes from midnight.
 */
export type ColumnType = 'id' | 'text' | 'int' | 'real' | 'instant' | 'date' | 'time' | 'bool' | 'json';
export type Column = { readonly type: ColumnType; readonly optional?: true };
export type CompanyTable = {
  /** `full`: small master, compared whole so that deletions are seen. `keyset`: read onwards from (cursor, key). */
  readonly mode: 'full' | 'keyset';
  readonly key: string;
  readonly cursor?: string;
  /** without it Toride cannot answer its question; the others may be missing in the company's database */
  readonly required: boolean;
  /** what people read that is old when this table is */
  readonly numbers: readonly NumberKind[];
  readonly columns: Readonly<Record<string, Column>>;
};

const id = { type: 'id' } as const;
const text = { type: 'text' } as const;
const int = { type: 'int' } as const;
const real = { type: 'real' } as const;
const instant = { type: 'instant' } as const;
const date = { type: 'date' } as const;
const time = { type: 'time' } as const;
const opt = <T extends ColumnType>(c: {
  readonly type: T;
}): { readonly type: T; readonly optional: true } => ({ ...c, optional: true });

export const COMPANY = {
  locations: {
    mode: 'full',
    key: 'location_id',
    required: true,
    numbers: ['names'],
    columns: { location_id: id, location_name: text, region: opt(text) },
  },
  businesses: {
    mode: 'full',
    key: 'business_id',
    required: true,
    numbers: ['names'],
    columns: { business_id: id, business_name: text },
  },
  processes: {
    mode: 'full',
    key: 'process_id',
    required: true,
    numbers: ['names'],
    columns: { process_id: id, business_id: id, process_name: text, sequence: opt(int) },
  },
  operators: {
    mode: 'full',
    key: 'operator_id',
    required: true,
    numbers: ['people', 'on-time'],
    columns: {
      operator_id: id,
      operator_name: text,
      location_name: text,
      is_valid: { type: 'bool' },
      shift_start: opt(time),
      shift_end: opt(time),
    },
  },
  operator_process_capabilities: {
    mode: 'full',
    key: 'capability_id',
    required: true,
    numbers: ['skills', 'on-time'],
    columns: {
      capability_id: id,
      operator_id: id,
      process_name: text,
      skill_level: int,
      experience_months: opt(int),
      average_speed: opt(real),
    },
  },
  rag_context: {
    mode: 'full',
    key: 'context_id',
    required: false,
    numbers: ['know-how'],
    columns: {
      context_id: id,
      context_type: opt(text),
      context_key: opt(text),
      context_value: text,
      relevance_score: opt(real),
      use_count: opt(int),
    },
  },
  progress_snapshots: {
    mode: 'keyset',
    key: 'snapshot_id',
    cursor: 'snapshot_time',
    required: true,
    numbers: ['backlog', 'deadlines', 'throughput', 'on-time'],
    columns: {
      snapshot_id: id,
      snapshot_time: instant,
      location_name: text,
      business_id: id,
      process_name: text,
      expected_completion_time: opt(instant),
      total_waiting: int,
      entry_count: opt(int),
      correction_waiting: opt(int),
    },
  },
  daily_assignments: {
    mode: 'keyset',
    key: 'assignment_id',
    cursor: 'assignment_date',
    required: true,
    numbers: ['people', 'on-time'],
    columns: {
      assignment_id: id,
      assignment_date: date,
      operator_id: id,
      location_name: text,
      business_id: id,
      process_name: text,
      start_time: opt(time),
      end_time: opt(time),
    },
  },
  assignment_adjustments: {
    mode: 'keyset',
    key: 'adjustment_id',
    cursor: 'adjustment_date',
    required: false,
    numbers: ['people', 'on-time'],
    columns: {
      adjustment_id: id,
      original_assignment_id: id,
      adjustment_type: opt(text),
      adjustment_date: date,
      ai_confidence_score: opt(real),
    },
  },
  productivity_records: {
    mode: 'keyset',
    key: 'record_id',
    cursor: 'record_date',
    required: false,
    numbers: ['productivity'],
    columns: {
      record_id: id,
      operator_id: id,
      record_date: date,
      process_name: text,
      items_done: int,
      hours_worked: real,
      productivity_score: opt(real),
    },
  },
  attendance_records: {
    mode: 'keyset',
    key: 'attendance_id',
    cursor: 'attendance_date',
    required: false,
    numbers: ['people', 'on-time'],
    columns: { attendance_id: id, operator_id: id, attendance_date: date, attendance_status: text },
  },
  workload_forecasts: {
    mode: 'keyset',
    key: 'forecast_id',
    cursor: 'forecast_date',
    required: false,
    numbers: ['forecast', 'on-time'],
    columns: {
      forecast_id: id,
      forecast_date: date,
      hour: int,
      location_name: text,
      business_id: id,
      process_name: text,
      expected_items: real,
    },
  },
  system_logs: {
    mode: 'keyset',
    key: 'log_id',
    cursor: 'logged_at',
    required: false,
    numbers: ['logs'],
    columns: {
      log_id: id,
      logged_at: instant,
      service: opt(text),
      level: opt(text),
      message: text,
      trace_id: opt(text),
      host: opt(text),
      attributes: opt({ type: 'json' }),
    },
  },
} as const satisfies Record<string, CompanyTable>;

export type CompanyTableName = keyof typeof COMPANY;
export const COMPANY_TABLES = Object.keys(COMPANY) as CompanyTableName[];

/** The one table Toride writes in the company's database. */
export const APPROVAL_TABLE = 'approval_history';
export const APPROVAL_COLUMNS = {
  approval_history_id: id,
  suggestion_id: text,
  changes: { type: 'json' },
  impact: { type: 'json' },
  action_type: text,
  action_user: text,
  feedback_reason: opt(text),
  execution_status: text,
  created_at: instant,
} as const satisfies Record<string, Column>;

type Value<T extends ColumnType> = T extends 'int' | 'real' | 'instant' | 'time'
  ? number
  : T extends 'bool'
    ? boolean
    : string;
type RowOf<C extends Readonly<Record<string, Column>>> = {
  readonly [K in keyof C]: C[K] extends { readonly optional: true }
    ? Value<C[K]['type']> | null
    : Value<C[K]['type']>;
};
/** One canonical row, e.g. `CompanyRow<'operators'>`. json columns hold JSON text. */
export type CompanyRow<T extends CompanyTableName> = RowOf<(typeof COMPANY)[T]['columns']>;
/** Rows of one table, as the simulator makes them and `fillCompany` takes them. */
export type CompanyBatch = {
  [T in CompanyTableName]: { readonly table: T; readonly rows: readonly CompanyRow<T>[] };
}[CompanyTableName];
export type ApprovalRow = RowOf<typeof APPROVAL_COLUMNS>;

/** What one laptop reads of the others' decisions. */
export const DECISION_COLUMNS = [
  'suggestion_id',
  'action_type',
  'action_user',
  'changes',
  'impact',
  'execution_status',
] as const satisfies readonly (keyof ApprovalRow)[];
/** A decision as the company's table has it, other programs' rows too. */
export type CompanyDecision = Readonly<Record<(typeof DECISION_COLUMNS)[number], string>>;

/** One version of an item that laptops share, as the company's table has it. */
export type SharedVersion = {
  readonly versionId: string;
  readonly kind: string;
  readonly itemId: string;
  /** the version that it was made from; null: it is the first */
  readonly replaces: string | null;
  /** JSON; null: removed */
  readonly body: string | null;
  readonly author: string;
  /** epoch ms */
  readonly writtenAt: number;
};

export const columnNames = <T extends CompanyTableName>(table: T): string[] =>
  Object.keys(COMPANY[table].columns);
