import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { afterEach, beforeAll, describe, expect, inject, test } from 'vitest';
import type { Connection } from '../../main/sync/contract/company.ts';
import { fillCompany, parseCompanyUrl } from '../../main/sync/index.ts';
import { openSession } from '../../main/sync/session.ts';
import { type Account, MariaDbClient } from '../helpers/sync/mariadb.ts';
import { openSite, sameNames, smallCompany, type TestSite } from '../helpers/sync/sync-site.ts';

const server = new MariaDbClient(inject('mariadb'));
const open: TestSite[] = [];
const site = async (...args: Parameters<typeof openSite>): Promise<TestSite> => {
  const made = await openSite(...args);
  open.push(made);
  return made;
};
afterEach(async () => {
  for (const s of open.splice(0)) await s.close();
});
let db = '';
let reader: Account;
beforeAll(async () => {
  db = await server.database();
  await fillCompany({ url: server.url(db, await server.owner(db)), batches: smallCompany(60) });
  reader = await server.reader(db);
});

/** What a test of the connection says: the steps passed, and the step and error it stopped at. */
async function check(
  account: Account,
  change: Partial<Connection> = {},
): Promise<{ passed: string[]; failed: string | null; code: string | null; params: object | null }> {
  const s = await site(null);
  const { connection, password } = parseCompanyUrl(server.url(db, account));
  const { steps } = await s.sync.test({ ...connection, ...change }, password);
  const failed = steps.find((step) => !step.ok);
  return {
    passed: steps.filter((step) => step.ok).map((step) => step.step),
    failed: failed?.step ?? null,
    code: failed?.error?.code ?? null,
    params: failed?.error?.params ?? null,
  };
}
const TO_LOGIN = ['address', 'connect', 'tls', 'login'];
const ALL = [...TO_LOGIN, 'database', 'rights', 'read-only', 'tables', 'columns', 'write-back'];

describe('the test of a connection', () => {
  test('passes every step, in order, with a read-only account', async () => {
    expect(await check(reader)).toEqual({ passed: ALL, failed: null, code: null, params: null });
  });

  test('says that the name is unknown', async () => {
    expect(await check(reader, { host: 'no-such-host.invalid' })).toMatchObject({
      passed: [],
      failed: 'address',
      code: 'sync.dns',
      params: { host: 'no-such-host.invalid' },
    });
  });

  test('says that nothing listens there', async () => {
    expect(await check(reader, { port: 1 })).toMatchObject({
      passed: ['address'],
      failed: 'connect',
      code: 'sync.refused',
      params: { host: '127.0.0.1', port: 1 },
    });
  });

  test('says that something listens but does not answer', async () => {
    const silent = net.createServer().listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address() as net.AddressInfo;
    expect(await check(reader, { port })).toMatchObject({
      passed: ['address'],
      failed: 'connect',
      code: 'sync.timeout',
      params: { port },
    });
    silent.close();
  });

  test('says that the password is wrong', async () => {
    expect(await check({ ...reader, password: 'wrong' })).toMatchObject({
      passed: ['address', 'connect', 'tls'],
      failed: 'login',
      code: 'sync.password',
      params: { user: reader.user },
    });
  });

  test('says that the database is missing, or not to be seen', async () => {
    const everywhere = await server.account(['SELECT ON *.*']);
    expect(await check(everywhere, { database: 'nowhere' })).toMatchObject({
      passed: TO_LOGIN,
      failed: 'database',
      code: 'sync.no-database',
    });
    expect(await check(await server.account([]))).toMatchObject({
      passed: TO_LOGIN,
      failed: 'database',
      code: 'sync.rights',
      params: { table: `${db}.*` },
    });
  });

  test('says which table may not be read', async () => {
    const account = await server.account(
      ['locations', 'businesses', 'processes', 'operators'].map((t) => `SELECT ON \`${db}\`.${t}`),
    );
    const s = await site(null, { mapping: sameNames() });
    const { connection, password } = parseCompanyUrl(server.url(db, account));
    const { steps } = await s.sync.test(connection, password);
    expect(steps.at(-1)).toMatchObject({
      step: 'rights',
      error: { code: 'sync.rights', params: { table: 'operator_process_capabilities' } },
    });
  });

  test('says which column may not be read', async () => {
    const rest = (
      await server.sql<{ t: string }>(
        `SELECT TABLE_NAME AS t FROM information_schema.TABLES WHERE TABLE_SCHEMA = '${db}'`,
      )
    )
      .map((row) => row.t)
      .filter((t) => t !== 'operators');
    const account = await server.account([
      ...rest.map((t) => `SELECT ON \`${db}\`.\`${t}\``),
      `SELECT (operator_id, location_name, is_valid) ON \`${db}\`.operators`,
    ]);
    const s = await site(null, { mapping: sameNames() });
    const { connection, password } = parseCompanyUrl(server.url(db, account));
    expect((await s.sync.test(connection, password)).steps.at(-1)).toMatchObject({
      step: 'columns',
      error: { code: 'sync.missing-column', params: { table: 'operators', column: 'operator_name' } },
    });
  });

  test('says which table or column is missing', async () => {
    const other = await server.database();
    await fillCompany({ url: server.url(other, await server.owner(other)), batches: [] });
    const account = await server.reader(other);
    const mapping = sameNames();
    mapping.tables['operators']!.columns['is_valid'] = 'zaiseki';
    const s = await site(null, { mapping });
    const { connection, password } = parseCompanyUrl(server.url(other, account));
    expect((await s.sync.test(connection, password)).steps.at(-1)).toMatchObject({
      step: 'columns',
      error: { code: 'sync.missing-column', params: { table: 'operators', column: 'zaiseki' } },
    });
    await server.sql('DROP TABLE daily_assignments', other);
    expect((await s.sync.test(connection, password)).steps.at(-1)).toMatchObject({
      step: 'tables',
      error: { code: 'sync.missing-table', params: { table: 'daily_assignments' } },
    });
  });
});

describe('TLS', () => {
  const ca = inject('mariadb').ca;
  const tlsOf = async (change: Partial<Connection>, account = reader): Promise<string | null> => {
    const s = await site(null);
    const { connection, password } = parseCompanyUrl(server.url(db, account));
    const { steps } = await s.sync.test({ ...connection, ...change }, password);
    const step = steps.find((t) => t.step === 'tls');
    return step?.error?.code ?? step?.note ?? null;
  };
  test('off, on, and verified against the given CA by name and by address', async () => {
    expect(await tlsOf({ tls: 'off' })).toBe('off');
    expect(await tlsOf({ tls: 'on' })).toMatch(/^TLSv1\.[23]$/);
    expect(await tlsOf({ tls: 'verify', ca })).toMatch(/^TLSv1\.[23]$/);
    expect(await tlsOf({ tls: 'verify', ca, host: 'localhost' })).toMatch(/^TLSv1\.[23]$/);
  });
  test('refuses a certificate that nobody known signed, one for another name, and a CA that is none', async () => {
    expect(await tlsOf({ tls: 'verify', ca: null })).toBe('sync.tls');
    expect(await tlsOf({ tls: 'verify', ca, host: '127.1' })).toBe('sync.tls');
    expect(await tlsOf({ tls: 'verify', ca: 'not a certificate' })).toBe('sync.tls');
  });
  test('an account that requires it', async () => {
    const account = await server.account([`SELECT ON \`${db}\`.*`], { tls: true });
    expect(await check(account, { tls: 'on' })).toMatchObject({ failed: null });
    expect(await check(account, { tls: 'off' })).toMatchObject({ failed: 'login', code: 'sync.password' });
  });
});

describe('an account that could write', () => {
  const on = (what: string): string => `${what} ON \`${db}\`.*`;
  test.each([
    ['everything', () => ['ALL PRIVILEGES ON *.*'], /\*\.\* \(ALL PRIVILEGES\)/],
    ['everything in the database', () => [on('ALL PRIVILEGES')], /ALL PRIVILEGES/],
    ['rows of every table', () => [on('SELECT, INSERT, UPDATE')], /\.\* \(INSERT\)/],
    [
      'one column of one table',
      () => [on('SELECT'), `UPDATE (is_valid) ON \`${db}\`.operators`],
      /operators \(UPDATE\)/,
    ],
    ['another database', () => [on('SELECT'), 'DELETE ON `other`.*'], /other\.\* \(DELETE\)/],
    ['names with wildcards', () => [on('SELECT'), 'INSERT ON `co%`.*'], /co%\.\* \(INSERT\)/],
    [
      'a name with quotes and words in it',
      () => [on('SELECT'), 'INSERT ON `a`` ON b, c TO d`.*'],
      /a` ON b, c TO d\.\* \(INSERT\)/,
    ],
    ['the definitions', () => [on('SELECT, ALTER')], /ALTER/],
    ['files', () => [on('SELECT'), 'FILE ON *.*'], /FILE/],
    ['through procedures', () => [on('SELECT, EXECUTE')], /EXECUTE/],
    ['rights of others', () => [`${on('SELECT')}`, 'CREATE USER ON *.*'], /CREATE USER/],
  ])('is refused: %s', async (_name, grants, thing) => {
    const result = await check(await server.account(grants()));
    expect(result).toMatchObject({ failed: 'read-only', code: 'sync.writable-account' });
    expect(JSON.stringify(result.params)).toMatch(thing);
  });

  test('is refused when a role gives the right, switched on or not, at first or second hand', async () => {
    const account = await server.account([on('SELECT')]);
    await server.sql([
      `CREATE ROLE \`inner ${account.user}\``,
      `CREATE ROLE \`outer ${account.user}\``,
      `GRANT DELETE ON \`${db}\`.operators TO \`inner ${account.user}\``,
      `GRANT \`inner ${account.user}\` TO \`outer ${account.user}\``,
      `GRANT \`outer ${account.user}\` TO '${account.user}'@'%'`,
    ]);
    const refused = {
      failed: 'read-only',
      code: 'sync.writable-account',
      params: { table: `${db}.operators (DELETE)` },
    };
    expect(await check(account)).toMatchObject(refused);
    await server.sql(`SET DEFAULT ROLE \`outer ${account.user}\` FOR '${account.user}'@'%'`);
    expect(await check(account)).toMatchObject(refused);
  });

  test('a role that only reads is fine', async () => {
    const account = await server.account([]);
    await server.sql([
      `CREATE ROLE \`r_${account.user}\``,
      `GRANT SELECT ON \`${db}\`.* TO \`r_${account.user}\``,
      `GRANT \`r_${account.user}\` TO '${account.user}'@'%'`,
      `SET DEFAULT ROLE \`r_${account.user}\` FOR '${account.user}'@'%'`,
    ]);
    expect(await check(account)).toMatchObject({ failed: null });
  });

  test('harmless rights are fine', async () => {
    const account = await server.account([
      on('SELECT, SHOW VIEW, CREATE TEMPORARY TABLES, LOCK TABLES'),
      'PROCESS, SHOW DATABASES ON *.*',
    ]);
    expect(await check(account)).toMatchObject({ failed: null });
  });

  test('INSERT on the approval table counts only when decisions are written back', async () => {
    const writer = await server.writer(db);
    expect(await check(writer)).toMatchObject({ failed: 'read-only', code: 'sync.writable-account' });
    expect(await check(writer, { writeBack: true })).toMatchObject({ passed: ALL, failed: null });
    expect(await check(reader, { writeBack: true })).toMatchObject({
      failed: 'write-back',
      code: 'sync.rights',
    });
    const more = await server.account([on('SELECT'), `INSERT, DELETE ON \`${db}\`.approval_history`]);
    expect(await check(more, { writeBack: true })).toMatchObject({ failed: 'read-only' });
  });

  test('is refused by the sync as well, and nothing is read', async () => {
    const s = await site(server.url(db, await server.owner(db)));
    await expect(s.sync.run()).rejects.toMatchObject({ code: 'sync.writable-account' });
    expect(s.sync.status()).toMatchObject({ online: false, error: { code: 'sync.writable-account' } });
    expect(s.sync.status().tables.every((t) => t.localRows === 0)).toBe(true);
  });
});

describe('a session', () => {
  const session = async (stallMs: number): ReturnType<typeof openSession> => {
    const { connection, password } = parseCompanyUrl(server.url(db, reader));
    const opened = await openSession(connection, password, { kind: 'read', stallMs });
    await opened.use(db);
    return opened;
  };
  test('cannot write, even with an account that could', async () => {
    const { connection, password } = parseCompanyUrl(server.url(db, await server.owner(db)));
    const opened = await openSession(connection, password, { kind: 'read' });
    await opened.use(db);
    await expect(opened.run('DELETE FROM operators')).rejects.toMatchObject({ code: 'sync.write-refused' });
    await opened.close();
  });
  test('gives up a statement that brings nothing, and closing it afterwards is quiet', async () => {
    const one = await session(500);
    await expect(one.rows('SELECT SLEEP(20)')).rejects.toMatchObject({ code: 'sync.timeout' });
    await one.close();
    const two = await session(500);
    await expect(two.pages('SELECT SLEEP(20)', [], 10, 'x').next()).rejects.toMatchObject({
      code: 'sync.timeout',
    });
    await two.close();
  });
});

describe('files', () => {
  test('a damaged connection or mapping is named with what is wrong, and nothing falls over', async () => {
    const s = await site(server.url(db, reader));
    const file = path.join(s.dir, 'company.json');
    const mappingFile = path.join(s.dir, 'mapping.json');
    writeFileSync(mappingFile, '{"version":1,"tables":{"operators":{"table":5}}}');
    await expect(s.sync.run()).rejects.toMatchObject({ code: 'mapping.invalid' });
    expect(s.sync.status().error).toMatchObject({
      code: 'mapping.invalid',
      params: { detail: expect.stringContaining(mappingFile) },
    });
    writeFileSync(file, '{"host":');
    await expect(s.sync.run()).rejects.toMatchObject({ code: 'config.invalid' });
    expect(s.sync.view().connection).toBeNull();
    expect(s.sync.status()).toMatchObject({
      configured: true,
      error: { code: 'config.invalid', params: { file } },
    });
    writeFileSync(file, '{"host":"x"}');
    expect(s.sync.status().error?.params['detail']).toContain('port');
  });

  test('the password is in no file of the data folder', async () => {
    const s = await site(server.url(db, reader));
    await s.sync.run();
    expect(JSON.stringify(s.sync.view())).not.toContain(reader.password);
    const { execFileSync } = await import('node:child_process');
    expect(
      execFileSync('sh', ['-c', `grep -rlF '${reader.password}' . || true`], {
        cwd: s.dir,
        encoding: 'utf8',
      }),
    ).toBe('');
    expect(s.sync.view()).toMatchObject({ password: 'memory', keyStore: false });
    expect(await s.sync.forget()).toMatchObject({ connection: null, password: 'none' });
    expect(s.sync.configured()).toBe(false);
  });
});
