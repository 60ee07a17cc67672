// After an approval everybody reads the same: what was done, and when it is looked at next.
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Proposal } from '../../../main/placement/contract/placement.ts';
import { run, sql } from '../../../main/store/index.ts';
import { clock as at, master, shortStaffed } from '../analytics/site-fixture.ts';
import { openPlanningSite, type PlanningSite } from './planning-site.ts';

const MINUTE = 60_000;
let site: PlanningSite;
beforeEach(async () => {
  site = await openPlanningSite({ now: at(14, 1) });
  await site.store.write([...shortStaffed({}), ...master()]);
});
afterEach(() => site.close());
const plans = () => Object.fromEntries(site.analytics.situation().rows.map((row) => [row.process, row.plan]));

test('an approved plan is named at the cells it helps, with its next check, until it is taken back', async () => {
  const proposal = await site.propose();
  expect(plans()).toEqual({ エントリ1: null, エントリ2: null });
  const { id: decisionId } = await site.approvals.approve({ id: proposal.id, actor: '佐藤' });
  expect(plans()['エントリ1']).toEqual({
    proposalId: proposal.id,
    decidedAt: site.time.now(),
    nextCheckAt: site.time.now() + 30 * MINUTE,
  });
  site.time.advance(40 * MINUTE);
  expect(plans()['エントリ1']?.nextCheckAt).toBe(at(14, 1) + 60 * MINUTE);
  await site.approvals.undo({ decisionId, actor: '佐藤' });
  expect(plans()).toEqual({ エントリ1: null, エントリ2: null });
});

test('is over after the last deadline it was for', async () => {
  const proposal = await site.propose();
  await site.approvals.approve({ id: proposal.id, actor: '佐藤' });
  site.time.advance(at(17, 31) - site.time.now());
  expect(plans()).toEqual({ エントリ1: null, エントリ2: null });
});

test('proposals that an alert made and replaced are forgotten after a while; others stay', async () => {
  const made: Proposal[] = [];
  for (const alertId of ['alert-1', 'alert-1', 'alert-1', null]) {
    const before = made.at(-1);
    made.push(
      await site.propose({
        ...(alertId && { alertId }),
        ...(alertId && before && { supersedes: before.id }),
      }),
    );
    site.time.advance(MINUTE);
  }
  const [first, second, newest, typed] = made.map(({ id }) => id);
  await site.store.write([
    run(sql`INSERT INTO alerts (alert_id, problem_key, kind, severity, state, opened_at, updated_at, proposal_id, body)
      VALUES ('a', 'p', 'delay', 'watch', 'open', 0, 0, ${second ?? ''}, '{}')`),
  ]);
  await site.placement.forget(site.time.now());
  expect(
    site.placement
      .list(10)
      .map(({ id }) => id)
      .sort(),
  ).toEqual([second, newest, typed].sort());
  expect(site.placement.find(first ?? '')).toBeNull();
});
