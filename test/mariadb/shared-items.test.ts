// Many laptops, one company: what people write on one is there on the others, exactly once, and nobody's words are overwritten unseen.
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { localClient } from '../../main/api/index.ts';
import { startEngine } from '../../main/engine.ts';
import { openStore, run, sql } from '../../main/store/index.ts';
import { fillCompany, parseCompanyUrl } from '../../main/sync/index.ts';
import { MariaDb } from '../helpers/sync/mariadb.ts';
import { tempDir } from '../helpers/temp.ts';

/** the setup as the manual gives it to the database's administrator */
const SETUP = /```\n(CREATE TABLE [\s\S]*?;)\n/.exec(
  readFileSync(new URL('../../resources/manual/en/2-connect.md', import.meta.url), 'utf8'),
)?.[1];
let own: MariaDb;
let db: string;
let url: string;
let folders: string[];
beforeAll(async () => {
  own = await MariaDb.start();
});
afterAll(() => own.close());
beforeEach(async () => {
  folders = [];
  db = await own.database();
  await fillCompany({ url: own.url(db, await own.owner(db)), batches: [] });
  await own.sql(String(SETUP).replaceAll('aimee_db', db));
  const account = await own.account([`SELECT ON \`${db}\`.*`, `INSERT ON \`${db}\`.toride_shared`]);
  url = own.url(db, account, '?shared=toride_shared');
});

async function laptop(userName: string, at = url) {
  const dataDir = tempDir();
  const engine = await startEngine({ dataDir, schedule: false });
  onTestFinished(() => engine.close());
  folders.push(dataDir);
  const client = localClient({ services: engine.services, host: 'cli' });
  const { connection, password } = parseCompanyUrl(at);
  await client.company.save({ connection, password, remember: 'memory' });
  await client.settings.set({ userName });
  return client;
}
type Laptop = Awaited<ReturnType<typeof laptop>>;
const remedies = async (on: Laptop) =>
  (await on.incidents.remedies()).map(({ title, steps }) => [title, steps]);
const knowHow = async (on: Laptop) => (await on.knowledge.list({})).map(({ title }) => title);
const rows = (): Promise<{ kind: string; author: string; body: string | null }[]> =>
  own.sql('SELECT kind, author, body FROM toride_shared ORDER BY seq', db);
const RESTART = { title: '受付の再起動', steps: '1. 止める 2. 起動する' };

test('a remedy, know-how and the rules of one laptop are on the other, changed and removed there too', async () => {
  const [a, b] = [await laptop('佐藤'), await laptop('鈴木')];
  const remedy = await a.incidents.saveRemedy(RESTART);
  const document = await a.knowledge.add({ title: '夜間の連絡先', text: '内線 1234', tags: ['夜間'] });
  const { rules } = await a.placement.rules();
  await a.placement.setRules({ rules: { ...rules, maxMovesPer30Days: 7 }, why: null });
  await a.sharing.round();
  await b.sharing.round();
  expect(await remedies(b)).toEqual([[RESTART.title, RESTART.steps]]);
  expect(await knowHow(b)).toEqual(['夜間の連絡先']);
  expect(await b.placement.rules()).toMatchObject({ changedBy: '佐藤', rules: { maxMovesPer30Days: 7 } });
  expect((await b.sharing.view()).agreed).toEqual({ remedy: 1, 'know-how': 1, rules: 1 });

  await b.incidents.saveRemedy({ ...RESTART, id: remedy.id, steps: '1. 再起動する' });
  await b.knowledge.remove({ id: document.id });
  await b.sharing.round();
  await a.sharing.round();
  expect(await remedies(a)).toEqual([[RESTART.title, '1. 再起動する']]);
  expect(await knowHow(a)).toEqual([]);
  // nothing goes back and forth
  const written = await rows();
  for (const one of [a, b, a, b]) await one.sharing.round();
  expect(await rows()).toEqual(written);
  expect(written.map(({ kind, author }) => [kind, author])).toEqual([
    ['remedy', '佐藤'],
    ['know-how', '佐藤'],
    ['rules', '佐藤'],
    ['remedy', '鈴木'],
    ['know-how', '鈴木'],
  ]);
});

describe('changed on both while the network was cut', () => {
  let a: Laptop;
  let b: Laptop;
  beforeEach(async () => {
    [a, b] = [await laptop('佐藤'), await laptop('鈴木')];
    const { id } = await a.incidents.saveRemedy(RESTART);
    await a.sharing.round();
    await b.sharing.round();
    await own.stop();
    await a.incidents.saveRemedy({ ...RESTART, id, steps: '佐藤の手順' });
    await b.incidents.saveRemedy({ ...RESTART, id, steps: '鈴木の手順' });
    await expect(a.sharing.round()).rejects.toMatchObject({ data: { code: 'sync.refused' } });
    await own.resume();
    await a.sharing.round();
    await b.sharing.round();
  });
  const conflict = async () => (await b.sharing.view()).conflicts;
  const settle = async (keep: 'mine' | 'theirs') => {
    const { kind, id } = (await conflict())[0] ?? { kind: 'remedy' as const, id: '' };
    return b.sharing.settle({ kind, id, keep });
  };

  test('the first is written; the other laptop keeps its own, is told, and shows both', async () => {
    expect(await remedies(b)).toEqual([[RESTART.title, '鈴木の手順']]);
    expect(await conflict()).toMatchObject([
      {
        title: RESTART.title,
        by: '佐藤',
        mine: expect.stringContaining('鈴木の手順'),
        theirs: expect.stringContaining('佐藤の手順'),
      },
    ]);
    const { items } = await b.notifications.list({});
    expect(items[0]?.title.ja).toContain('佐藤 さんも変えています');
    expect(await rows()).toHaveLength(2);
    await a.sharing.round();
    expect((await a.sharing.view()).conflicts).toEqual([]);
  });
  test('a person keeps this one: it is written after the other, which takes it over', async () => {
    expect(await settle('mine')).toMatchObject({ conflicts: [], waiting: 0, failed: 0 });
    await a.sharing.round();
    expect(await remedies(a)).toEqual([[RESTART.title, '鈴木の手順']]);
    expect((await b.approvals.audit({})).entries[0]).toMatchObject({
      action: 'shared.settled',
      actor: '鈴木',
      subject: RESTART.title,
      body: { keep: 'mine', by: '佐藤' },
    });
  });
  test('or takes the other one: nothing more is written', async () => {
    expect(await settle('theirs')).toMatchObject({ conflicts: [], waiting: 0, failed: 0 });
    expect(await remedies(b)).toEqual([[RESTART.title, '佐藤の手順']]);
    await b.sharing.round();
    expect(await rows()).toHaveLength(2);
  });
});

test('a connection that was lost just after the write: the version is there once', async () => {
  const a = await laptop('佐藤');
  await a.incidents.saveRemedy(RESTART);
  await a.sharing.round();
  const store = await openStore(folders[0] ?? '');
  await store.write([
    run(sql`UPDATE outbox SET state = 'waiting', next_at = 0, confirmed_at = NULL`),
    run(sql`DELETE FROM shared_items`),
  ]);
  await store.close();
  await a.sharing.round();
  await a.sharing.round();
  expect(await rows()).toHaveLength(1);
  expect(await a.sharing.view()).toMatchObject({ agreed: { remedy: 1 }, waiting: 0, conflicts: [] });
});

test('without a table that the connection names, nothing is written and all works as before', async () => {
  const a = await laptop('佐藤', own.url(db, await own.reader(db)));
  await a.incidents.saveRemedy(RESTART);
  expect(await a.sharing.round()).toMatchObject({ table: null, waiting: 0, conflicts: [] });
  expect(await rows()).toEqual([]);
});

test('a table whose rights are missing is told at the test of the connection', async () => {
  const a = await laptop('佐藤');
  const { connection, password } = parseCompanyUrl(
    own.url(db, await own.reader(db), '?shared=toride_shared'),
  );
  const { steps } = await a.company.test({ connection, password });
  expect(steps.at(-1)).toMatchObject({ step: 'sharing', ok: false, error: { code: 'sync.rights' } });
});
