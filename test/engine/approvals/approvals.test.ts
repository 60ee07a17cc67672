import { rmSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type Approvals, type ApprovalWriter, createApprovals } from '../../../main/approvals/index.ts';
import { ManualClock } from '../../../main/kernel/clock.ts';
import { AppError } from '../../../main/kernel/errors.ts';
import { silentLog } from '../../../main/kernel/log.ts';
import { type ApprovalRow, openStore, run, type Store, sql } from '../../../main/store/index.ts';
import { sampleProposal, storeProposal } from '../../helpers/placement/proposals.ts';
import { tempDir } from '../../helpers/temp.ts';

const NOW = Date.UTC(2026, 10, 21, 5, 30);
const MINUTE = 60_000;
const ID = 'SGT20261121-00000001';

type Site = {
  store: Store;
  clock: ManualClock;
  approvals: Approvals;
  written: ApprovalRow[];
  set(o: { writer?: ApprovalWriter | null; stale?: boolean }): void;
};
async function site(writer: ApprovalWriter | null | undefined = undefined): Promise<Site> {
  const store = await openStore(tempDir());
  onTestFinished(() => store.close());
  const clock = new ManualClock(NOW);
  const written: ApprovalRow[] = [];
  const rows = new Map<string, ApprovalRow>();
  let current: ApprovalWriter | null =
    writer === undefined
      ? async (row) => {
          if (rows.has(row.approval_history_id)) return 'already-there';
          rows.set(row.approval_history_id, row);
          written.push(row);
          return 'written';
        }
      : writer;
  let stale = false;
  const approvals = createApprovals({
    store,
    clock,
    zone: () => 'Asia/Tokyo',
    undoMinutes: () => 10,
    writer: () => current,
    // the rows of other laptops, and of other programs, are there too
    newest: async () => [
      ...written,
      ...['not JSON', '{"delay":1}', JSON.stringify({ audit: { chain: 'another', seq: 9, hash: 'x' } })].map(
        (impact) => ({
          suggestion_id: 'another',
          action_type: 'approved',
          action_user: '別',
          changes: 'not JSON',
          impact,
          execution_status: '',
        }),
      ),
    ],
    isStale: () => stale,
    log: silentLog,
  });
  await storeProposal(store, sampleProposal(ID, NOW));
  return {
    store,
    clock,
    approvals,
    written,
    set: (o) => {
      if (o.writer !== undefined) current = o.writer;
      if (o.stale !== undefined) stale = o.stale;
    },
  };
}
const activeMoves = (store: Store): unknown[] =>
  store.read.all(sql`SELECT operator_id FROM moves WHERE active = 1`);

describe('approving', () => {
  it('moves the people, writes back, and says who did it', async () => {
    const { approvals, store, written } = await site();
    const decision = await approvals.approve({ id: ID, actor: '佐藤', note: '至急' });
    await approvals.drain();
    expect(decision).toMatchObject({
      action: 'approved',
      actor: '佐藤',
      reasonText: '至急',
      undoUntil: NOW + 10 * MINUTE,
    });
    expect(activeMoves(store)).toEqual([{ operator_id: 'OP-1' }]);
    expect(written).toHaveLength(1);
    expect(written[0]).toMatchObject({
      suggestion_id: ID,
      action_type: 'approved',
      action_user: '佐藤',
      execution_status: 'pending',
      created_at: NOW,
    });
    expect(JSON.parse(written[0]!.changes)).toEqual([
      expect.objectContaining({
        operator_name: '田中 花子',
        from: { location_name: '盛岡', business_id: '523201', process_name: 'エントリ2' },
        to: { location_name: '札幌', business_id: '523201', process_name: 'エントリ1' },
      }),
    ]);
    expect(approvals.of(ID)[0]?.writeBack.state).toBe('confirmed');
  });
  it('a proposal is decided once, also by two people at the same moment', async () => {
    const { approvals, written } = await site();
    const both = await Promise.allSettled([
      approvals.approve({ id: ID, actor: 'A' }),
      approvals.reject({ id: ID, actor: 'B', reason: 'other' }),
    ]);
    await approvals.drain();
    expect(both.filter((r) => r.status === 'fulfilled')).toHaveLength(1);
    await expect(approvals.approve({ id: ID, actor: 'C' })).rejects.toMatchObject({
      code: 'proposal.decided',
    });
    expect(written).toHaveLength(1);
  });
  it('is refused when the numbers have moved on', async () => {
    const { approvals, set, store } = await site();
    set({ stale: true });
    await expect(approvals.approve({ id: ID, actor: 'A' })).rejects.toMatchObject({ code: 'proposal.stale' });
    expect(activeMoves(store)).toEqual([]);
  });
  it('of a proposal that a person changed is a modification', async () => {
    const { approvals, store, written } = await site();
    const changed = { ...sampleProposal('SGT20261121-00000002', NOW), supersedes: ID };
    await storeProposal(store, changed);
    await approvals.approve({ id: changed.id, actor: 'A' });
    await approvals.drain();
    expect(written[0]?.action_type).toBe('modified');
  });
  it('of something unknown says so', async () => {
    const { approvals } = await site();
    await expect(approvals.approve({ id: 'SGT20261121-ffffffff', actor: 'A' })).rejects.toMatchObject({
      code: 'not-found',
    });
  });
});

describe('rejecting', () => {
  it('keeps the reason and moves nobody', async () => {
    const { approvals, store, written } = await site();
    await approvals.reject({ id: ID, actor: 'A', reason: 'person-unavailable', text: '田中さんは早退' });
    await approvals.drain();
    expect(activeMoves(store)).toEqual([]);
    expect(written[0]).toMatchObject({
      action_type: 'rejected',
      feedback_reason: 'person-unavailable: 田中さんは早退',
      execution_status: 'completed',
    });
  });
});

describe('undo', () => {
  it('is a compensating record: both stay, the people go back', async () => {
    const { approvals, store, written, clock } = await site();
    const approved = await approvals.approve({ id: ID, actor: 'A' });
    clock.advance(3 * MINUTE);
    const undone = await approvals.undo({ decisionId: approved.id, actor: 'B' });
    await approvals.drain();
    expect(undone).toMatchObject({ action: 'undone', undoes: approved.id, undoUntil: null });
    expect(activeMoves(store)).toEqual([]);
    expect(written.map((r) => r.action_type)).toEqual(['approved', 'rejected']);
    expect(JSON.parse(written[1]!.changes)[0].to.location_name).toBe('盛岡');
    expect(approvals.list(10)).toHaveLength(2);
  });
  it('is refused after the window, twice, and for what was rejected', async () => {
    const { approvals, clock, store } = await site();
    const approved = await approvals.approve({ id: ID, actor: 'A' });
    await approvals.undo({ decisionId: approved.id, actor: 'A' });
    await expect(approvals.undo({ decisionId: approved.id, actor: 'A' })).rejects.toMatchObject({
      code: 'proposal.decided',
    });
    const second = sampleProposal('SGT20261121-00000003', NOW);
    await storeProposal(store, second);
    const late = await approvals.approve({ id: second.id, actor: 'A' });
    clock.advance(10 * MINUTE);
    await expect(approvals.undo({ decisionId: late.id, actor: 'A' })).rejects.toMatchObject({
      code: 'proposal.undo-expired',
    });
  });
});

describe('the outbox', () => {
  it('waits while the database is gone, says why, and writes once it is back', async () => {
    const { approvals, clock, set, written } = await site(() =>
      Promise.reject(new AppError('sync.lost', { detail: 'gone' })),
    );
    await approvals.approve({ id: ID, actor: 'A' });
    await approvals.drain();
    expect(approvals.of(ID)[0]?.writeBack).toMatchObject({
      state: 'waiting',
      attempts: 1,
      error: { code: 'sync.lost' },
    });
    const stop = approvals.start();
    set({
      writer: async (row) => {
        written.push(row);
        return 'written';
      },
    });
    clock.advance(60_000);
    await approvals.drain();
    stop();
    expect(approvals.of(ID)[0]?.writeBack).toMatchObject({ state: 'confirmed', error: null });
    expect(written).toHaveLength(1);
  });
  it('does not hammer a database that refuses: a person must act, then “retry” does', async () => {
    const { approvals, clock, set, written } = await site(() =>
      Promise.reject(new AppError('sync.rights', { table: 'approval_history' })),
    );
    await approvals.approve({ id: ID, actor: 'A' });
    await approvals.drain();
    clock.advance(3_600_000);
    await approvals.drain();
    expect(approvals.of(ID)[0]?.writeBack).toMatchObject({
      state: 'failed',
      attempts: 1,
      error: { code: 'sync.rights' },
    });
    set({
      writer: async (row) => {
        written.push(row);
        return 'written';
      },
    });
    expect(await approvals.retry()).toEqual({ waiting: 0 });
    expect(written).toHaveLength(1);
  });
  it('a crash after the write and before the note of it does not double the row', async () => {
    const { approvals, store, written } = await site();
    await approvals.approve({ id: ID, actor: 'A' });
    await approvals.drain();
    await store.write([run(sql`UPDATE outbox SET state = 'waiting', confirmed_at = NULL`)]);
    await approvals.drain();
    expect(written).toHaveLength(1);
    expect(approvals.outbox()).toEqual({ waiting: 0, failed: 0, confirmed: 1 });
  });
  it('without write-back the decision stands and says that it is not written', async () => {
    const { approvals } = await site(null);
    await approvals.approve({ id: ID, actor: 'A' });
    expect(approvals.of(ID)[0]?.writeBack.state).toBe('not-configured');
  });
});

describe('the audit record', () => {
  const event = { actor: '鈴木', action: 'rules.changed', subject: '2', body: {} } as const;
  const record = ({ approvals, store }: Pick<Site, 'approvals' | 'store'>, subject = '2') =>
    approvals.judge(
      () => ({ ...event, subject }),
      () => store.write([]),
    );
  it('holds every decision, on which data, and notices tampering', async () => {
    const { approvals, store } = await site();
    const approved = await approvals.approve({ id: ID, actor: '佐藤' });
    await Promise.all([
      approvals.undo({ decisionId: approved.id, actor: '鈴木' }),
      record({ approvals, store }),
    ]);
    const { entries, intact } = approvals.audit(10);
    expect(intact).toBe(true);
    expect(entries.map((e) => e.seq)).toEqual([3, 2, 1]);
    expect(entries.at(-1)).toMatchObject({
      actor: '佐藤',
      action: 'proposal.approved',
      subject: ID,
      body: { asOf: NOW, rulesVersion: 1, source: 'mysql' },
    });
    await store.write([run(sql`UPDATE audit SET actor = '別人' WHERE seq = 1`)]);
    expect(approvals.audit(10).intact).toBe(false);
  });
  const cut = (store: Store) => store.write([run(sql`DELETE FROM audit WHERE seq >= 2`)]);
  it('notices that its newest entries are gone, also when others came after', async () => {
    const { approvals, store } = await site();
    for (let i = 0; i < 3; i++) await record({ approvals, store });
    expect(await approvals.verify()).toMatchObject({ intact: true, head: { seq: 3 } });
    await cut(store);
    for (let i = 0; i < 4; i++) await record({ approvals, store }, '3');
    expect(approvals.audit(10).intact).toBe(false);
    expect(await approvals.verify()).toMatchObject({
      intact: false,
      chain: true,
      anchors: [
        { place: 'file', state: 'lost', seq: 3 },
        { place: 'company', state: 'none' },
      ],
    });
  });
  it('is compared with what the company has and what a report says, though the file is gone too', async () => {
    const { approvals, store, written } = await site();
    await record({ approvals, store });
    await approvals.approve({ id: ID, actor: '佐藤' });
    await approvals.drain();
    const { head } = approvals.audit(1);
    expect(JSON.parse(written[0]!.impact)).toMatchObject({ audit: head });
    const printed = { seq: 2, hash: head!.hash.slice(0, 16) };
    expect(await approvals.verify(printed)).toMatchObject({
      intact: true,
      anchors: [
        { place: 'file', state: 'holds', seq: 2 },
        { place: 'printed', state: 'holds' },
        { place: 'company', state: 'holds', seq: 2 },
      ],
    });
    await cut(store);
    rmSync(path.join(path.dirname(store.file), 'audit-head.json'));
    await record({ approvals, store }, '3');
    expect(await approvals.verify(printed)).toMatchObject({
      intact: false,
      anchors: [
        { place: 'file', state: 'holds' },
        { place: 'printed', state: 'lost', seq: 2 },
        { place: 'company', state: 'lost', seq: 2 },
      ],
    });
  });
});
