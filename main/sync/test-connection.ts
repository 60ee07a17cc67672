import { AppError, Cancelled, toAppError } from '../kernel/errors.ts';
import { APPROVAL_TABLE, COMPANY_TABLES } from '../store/index.ts';
import { readGrants, refuseWritable } from './check-account.ts';
import type { Connection, Mapping, TestResult } from './contract/company.ts';
import { mayInsert } from './grants.ts';
import { openSession, type Session } from './session.ts';
import { readShared } from './shared-table.ts';
import { approvalProblem, type Planned, planTables } from './tables/plan.ts';
import { probe, readSchema, type TheirTable } from './tables/read-schema.ts';

type Step = TestResult['steps'][number]['step'];
const CONNECT_STEP: Readonly<Record<string, Step>> = {
  'sync.dns': 'address',
  'sync.refused': 'connect',
  'sync.timeout': 'connect',
  'sync.tls': 'tls',
  'sync.password': 'login',
};
const BEFORE: readonly Step[] = ['address', 'connect', 'tls', 'login'];

/** Tries a connection step by step in the order of TestResult and stops at the first failure. Never throws. */
export async function testConnection(
  connection: Connection,
  password: string | undefined,
  o: { mapping: (schema: readonly TheirTable[]) => Mapping; wall: () => number; connectTimeoutMs?: number },
): Promise<TestResult> {
  const begun = o.wall();
  const steps: TestResult['steps'] = [];
  const pass = (step: Step, note: string | null = null): void =>
    void steps.push({ step, ok: true, error: null, note });
  let current: Step = 'address';
  let session: Session | null = null;
  let server: string | null = null;
  try {
    session = await openSession(connection, password, { kind: 'read' });
    server = session.server;
    pass('address', connection.host);
    pass('connect', `${connection.host}:${connection.port}`);
    pass('tls', session.tls ?? 'off');
    pass('login', connection.user);
    current = 'database';
    await session.use(connection.database);
    const database = await currentDatabase(session);
    pass('database', database);
    current = 'rights';
    const schema = await readSchema(session, database);
    const mapping = o.mapping(schema);
    await refuseUnreadable(session, mapping, schema, database);
    pass('rights', String(schema.length));
    current = 'read-only';
    const approvals = mapping.tables[APPROVAL_TABLE]?.table ?? null;
    const grants = await readGrants(session);
    refuseWritable(grants, { connection, database, approvals });
    pass('read-only');
    const planned = planTables(mapping, schema, connection);
    current = 'tables';
    refuseProblem(planned, 'sync.missing-table');
    pass('tables', `${planned.plans.length} / ${COMPANY_TABLES.length}`);
    current = 'columns';
    refuseProblem(planned, 'sync.missing-column');
    for (const plan of planned.plans)
      await probe(
        session,
        plan.table,
        plan.columns.map((c) => c.source),
      );
    pass('columns');
    current = 'write-back';
    if (connection.writeBack) {
      const problem = approvalProblem(mapping, schema);
      if (problem) throw problem;
      if (approvals !== null && !mayInsert(grants, database, approvals))
        throw new AppError('sync.rights', { table: `${database}.${approvals} (INSERT)` });
      pass('write-back', approvals);
    } else pass('write-back', 'off');
    if (connection.sharedTable) {
      current = 'sharing';
      await readShared(session, connection, 0, 1);
      if (!mayInsert(grants, database, connection.sharedTable))
        throw new AppError('sync.rights', { table: `${database}.${connection.sharedTable} (INSERT)` });
      pass('sharing', connection.sharedTable);
    }
  } catch (thrown) {
    const error =
      thrown instanceof Cancelled ? new AppError('sync.lost', { detail: 'cancelled' }) : toAppError(thrown);
    const failed = session ? current : (CONNECT_STEP[error.code] ?? 'connect');
    if (!session) for (const step of BEFORE.slice(0, BEFORE.indexOf(failed))) pass(step);
    steps.push({ step: failed, ok: false, error: { code: error.code, params: error.params }, note: null });
  } finally {
    await session?.close();
  }
  return { ok: steps.every((s) => s.ok), steps, server, ms: o.wall() - begun };
}

/** The database's name as the server spells it. */
export async function currentDatabase(session: Session): Promise<string> {
  const [row] = await session.rows<{ name: string }>('SELECT DATABASE() AS name');
  return row?.name ?? '';
}

function refuseProblem(planned: Planned, code: AppError['code']): void {
  for (const problem of planned.problems.values()) if (problem.code === code) throw problem;
}

/** A table that is mapped but not visible is either missing or not ours to read: only asking tells. */
async function refuseUnreadable(
  session: Session,
  mapping: Mapping,
  schema: readonly TheirTable[],
  database: string,
): Promise<void> {
  if (schema.length === 0) throw new AppError('sync.rights', { table: `${database}.*` });
  for (const name of COMPANY_TABLES) {
    const table = mapping.tables[name]?.table ?? null;
    if (table === null) continue;
    try {
      await probe(session, table, []);
    } catch (error) {
      if (error instanceof AppError && error.code === 'sync.missing-table') continue;
      throw error;
    }
  }
}
