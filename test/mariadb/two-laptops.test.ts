// Two laptops on one company database: nobody is sent to two places, also when the network was cut while both decided.
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { type Approvals, createApprovals } from '../../main/approvals/index.ts';
import { systemClock } from '../../main/kernel/clock.ts';
import { wordError } from '../../main/kernel/errors.ts';
import { silentLog } from '../../main/kernel/log.ts';
import { fillCompany } from '../../main/sync/index.ts';
import { sampleProposal, storeProposal } from '../helpers/placement/proposals.ts';
import { MariaDb } from '../helpers/sync/mariadb.ts';
import { openSite, sameNames } from '../helpers/sync/sync-site.ts';

let own: MariaDb;
let db: string;
let url: string;
beforeAll(async () => {
  own = await MariaDb.start();
});
afterAll(() => own.close());
beforeEach(async () => {
  db = await own.database();
  await fillCompany({ url: own.url(db, await own.owner(db)), batches: [] });
  url = own.url(db, await own.writer(db), '?writeBack=1');
});

type Laptop = { readonly approvals: Approvals; readonly told: string[] };
/** A laptop with one open proposal, `id`: it moves 田中 from `at` for two hours. */
async function laptop(id: string, at = Date.now()): Promise<Laptop> {
  const site = await openSite(url, { mapping: sameNames() });
  onTestFinished(() => site.close());
  await storeProposal(site.store, sampleProposal(id, at));
  const told: string[] = [];
  const approvals = createApprovals({
    store: site.store,
    clock: systemClock,
    zone: () => 'Asia/Tokyo',
    undoMinutes: () => 10,
    writer: site.sync.approvalWriter,
    newest: site.sync.newestDecisions,
    isStale: () => false,
    notify: async ({ title }) => void told.push(title.ja),
    log: silentLog,
  });
  return { approvals, told };
}
const A = 'SGT20261121-aaaaaaaa';
const B = 'SGT20261121-bbbbbbbb';
const HOUR = 3_600_000;
const written = (): Promise<{ suggestion_id: string; action_type: string; execution_status: string }[]> =>
  own.sql(
    'SELECT suggestion_id, action_type, execution_status FROM approval_history ORDER BY created_at',
    db,
  );

test('the second approval of the same person at the same time is refused in words, and nothing of it is kept', async () => {
  const a = await laptop(A);
  const b = await laptop(B, Date.now() + HOUR);
  await a.approvals.approve({ id: A, actor: '佐藤' });
  await a.approvals.drain();
  const refused = await b.approvals.approve({ id: B, actor: '鈴木' }).catch((error: unknown) => error);
  expect(refused).toMatchObject({ code: 'approval.taken', params: { by: '佐藤', proposal: A } });
  expect(wordError(refused as Parameters<typeof wordError>[0], 'ja').say).toMatch(
    /^田中 花子さんは、別のパソコンで 佐藤 さんが承認した SGT20261121-aaaaaaaa で、\d\d-\d\d \d\d:\d\d〜.*「札幌 エントリ1」へ動く/,
  );
  expect(b.approvals.of(B)).toEqual([]);
  expect(await written()).toHaveLength(1);
});

test('it may be approved at another time, after the first was undone, or when the first was never carried out', async () => {
  const a = await laptop(A);
  const later = await laptop(B, Date.now() + 2 * HOUR);
  const decided = await a.approvals.approve({ id: A, actor: '佐藤' });
  await a.approvals.drain();
  await later.approvals.approve({ id: B, actor: '鈴木' });
  await later.approvals.drain();
  expect(await written()).toHaveLength(2);
  const c = await laptop('SGT20261121-cccccccc');
  await a.approvals.undo({ decisionId: decided.id, actor: '佐藤' });
  await a.approvals.drain();
  await own.sql(`UPDATE approval_history SET execution_status = 'failed' WHERE suggestion_id = '${B}'`, db);
  await c.approvals.approve({ id: 'SGT20261121-cccccccc', actor: '高橋' });
  await c.approvals.drain();
  expect(c.approvals.list(1)[0]?.writeBack.state).toBe('confirmed');
});

test('both at the same moment: one is written, the other waits for a person', async () => {
  const [a, b] = [await laptop(A), await laptop(B)];
  await Promise.allSettled([
    a.approvals.approve({ id: A, actor: '佐藤' }),
    b.approvals.approve({ id: B, actor: '鈴木' }),
  ]);
  await Promise.all([a.approvals.drain(), b.approvals.drain()]);
  expect(await written()).toHaveLength(1);
});

describe('decided on both while the network was cut', () => {
  let a: Laptop;
  let b: Laptop;
  beforeEach(async () => {
    [a, b] = [await laptop(A), await laptop(B)];
    await own.stop();
    for (const [one, id, actor] of [
      [a, A, '佐藤'],
      [b, B, '鈴木'],
    ] as const) {
      await one.approvals.approve({ id, actor });
      await one.approvals.drain();
      expect(one.approvals.of(id)[0]?.writeBack.state).toBe('waiting');
    }
    await own.resume();
    await a.approvals.retry();
    await b.approvals.retry();
  });
  const decisionOfB = () => b.approvals.of(B).at(-1);

  test('the first that comes back is written; the other laptop is told by whom, and nothing is written twice', async () => {
    expect(a.approvals.of(A)[0]?.writeBack.state).toBe('confirmed');
    expect(decisionOfB()?.writeBack).toMatchObject({ state: 'failed', error: { code: 'approval.taken' } });
    expect(b.told).toEqual([expect.stringContaining('佐藤 さんが承認した')]);
    await b.approvals.retry();
    expect(await written()).toHaveLength(1);
  });
  test('undone by a person, whenever: the company sees both, and that the second was never carried out', async () => {
    await b.approvals.undo({ decisionId: decisionOfB()?.id ?? '', actor: '鈴木' });
    await b.approvals.drain();
    expect(b.approvals.outbox()).toEqual({ waiting: 0, failed: 0, confirmed: 2 });
    expect(await written()).toEqual([
      { suggestion_id: A, action_type: 'approved', execution_status: 'pending' },
      { suggestion_id: B, action_type: 'approved', execution_status: 'failed' },
      { suggestion_id: B, action_type: 'rejected', execution_status: 'completed' },
    ]);
  });
  test('or held to by a person: it is written, and the record says against which decision', async () => {
    const kept = await b.approvals.keep({ decisionId: decisionOfB()?.id ?? '', actor: '鈴木' });
    expect(kept.writeBack.state).toBe('confirmed');
    expect(b.approvals.audit(1).entries[0]).toMatchObject({
      actor: '鈴木',
      action: 'proposal.kept',
      subject: B,
      body: { despite: A },
    });
    const [row] = await own.sql<{ impact: string }>(
      `SELECT impact FROM approval_history WHERE suggestion_id = '${B}'`,
      db,
    );
    expect(JSON.parse(row?.impact ?? '{}')).toMatchObject({ despite: [A] });
    await expect(b.approvals.keep({ decisionId: kept.id, actor: '鈴木' })).rejects.toMatchObject({
      code: 'proposal.decided',
    });
  });
});

test('an account that may write and not look goes on as before', async () => {
  const account = await own.account([`INSERT ON \`${db}\`.approval_history`]);
  url = own.url(db, account, '?writeBack=1');
  const [a, b] = [await laptop(A), await laptop(B)];
  for (const [one, id] of [
    [a, A],
    [b, B],
  ] as const) {
    await one.approvals.approve({ id, actor: '佐藤' });
    await one.approvals.drain();
  }
  expect(await written()).toHaveLength(2);
});
