import { expect, it, onTestFinished } from 'vitest';
import type { Alert } from '../../../main/alerts/contract/alerts.ts';
import { type Engine, startEngine } from '../../../main/engine.ts';
import { instantOf, ManualClock } from '../../../main/kernel/clock.ts';
import { tempDir } from '../../helpers/temp.ts';

const MINUTE = 60_000;
const at = (minute: number): number => instantOf('2026-11-20', minute, 'Asia/Tokyo');
const TARGET = '札幌\u001f523201\u001fエントリ1';

type Day = {
  readonly services: Engine['services'];
  /** lets the demo's time pass, and looks as the app does */
  later(minutes: number): Promise<void>;
  target(): Alert;
};
async function demoDay(scenario: string): Promise<Day> {
  const clock = new ManualClock(at(600));
  const engine = await startEngine({
    dataDir: tempDir(),
    wall: { now: () => clock.now(), every: (ms, work) => clock.every(ms, work) },
    schedule: false,
  });
  onTestFinished(() => engine.close());
  const { services } = engine;
  await services.demo.start({ seed: 1, scenario });
  return {
    services,
    async later(minutes) {
      clock.advance(minutes * MINUTE);
      await services.demo.tick();
      await services.alerts.check();
    },
    target() {
      const found = services.alerts
        .list()
        .alerts.find((a) => a.cell?.cellId === TARGET && a.closedAt === null);
      if (!found) throw new Error('no alert of the target');
      return found;
    },
  };
}

it('a delay is told with what solves it, and approving what it shows is one call', async () => {
  const { services, later, target } = await demoDay('shortage');
  await later(0);
  const { answer, proposalId, id } = target();
  expect(answer).toMatchObject({ kind: 'moves' });
  if (answer?.kind !== 'moves') return;
  expect(answer.people).toBeGreaterThan(0);
  expect(answer.after ?? 0).toBeGreaterThan((answer.before ?? 1) + 0.2);
  const told = services.notifications.list().items.find((n) => n.subject === id);
  expect(told?.text.ja).toMatch(/。\d+名の応援で、間に合う確率 [\d.]+%(未満|以下)?→[\d.]+%/);
  expect(told?.text.en).toMatch(/\. Moving \d+ people raises the chance of making it from .*% to .*%/);
  const proposal = services.placement.get(proposalId ?? '');
  expect(proposal).toMatchObject({ status: 'open', stale: false, alertId: id });
  await services.approvals.approve({ id: proposal.id, actor: '佐藤' });
  expect(services.placement.get(proposal.id).status).toBe('approved');
  // whoever decided is not asked again while it gets better
  await later(12);
  const after = services.alerts.get(id);
  expect(after?.proposalId).toBe(proposal.id);
});

it('a plan that no longer fits is made anew; the old one cannot be approved any more and is not piled up', async () => {
  const { services, later, target } = await demoDay('shortage');
  await later(0);
  const first = target().proposalId ?? '';
  await later(12);
  const second = target().proposalId ?? '';
  expect(second).not.toBe(first);
  expect(services.placement.get(first).status).toBe('superseded');
  await expect(services.approvals.approve({ id: first, actor: '佐藤' })).rejects.toMatchObject({
    code: 'proposal.decided',
  });
  expect(services.placement.get(second)).toMatchObject({ status: 'open', stale: false });
  const open = services.placement.list(100).filter((p) => p.status === 'open');
  expect(new Set(open.map((p) => p.alertId)).size).toBe(open.length);
});

it('while the system is down the alert says that no move helps and what to do, and nothing is solved', async () => {
  const { services, later, target } = await demoDay('outage');
  await later(74);
  await services.logs.settle();
  await services.anomalies.look();
  await later(4);
  const alert = target();
  expect(alert.verdict?.sides).toEqual(['system']);
  expect(alert).toMatchObject({ answer: { kind: 'no-move', why: 'system' }, proposalId: null });
  expect(alert.said?.text.ja).toContain(
    '人を動かしても早まりません。まずシステムの復旧見込みを確認してください。',
  );
  expect(services.placement.list(100).filter((p) => p.alertId === alert.id)).toEqual([]);
});

it('several delays of one line that open together share one plan', async () => {
  const { services, later } = await demoDay('both');
  await later(0);
  const { alerts } = services.alerts.list({ states: ['open'] });
  const lines = Map.groupBy(
    alerts.filter((a) => a.answer?.kind === 'moves'),
    (a) => `${a.cell?.location} ${a.cell?.businessId}`,
  );
  expect(lines.size).toBeGreaterThan(0);
  for (const line of lines.values()) expect(new Set(line.map((a) => a.proposalId)).size).toBe(1);
});
