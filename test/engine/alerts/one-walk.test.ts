// One shortage, one outage, one wave of work: the same quantity at every door (screens: test/browser/one-walk.test.ts), before a decision, after it, and after it is taken back.
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Alert } from '../../../main/api/contract/alerts.ts';
import { formatDate, formatPercent, formatTime } from '../../../main/api/contract/format.ts';
import type { Proposal } from '../../../main/api/contract/placement.ts';
import type { Situation, SituationRow } from '../../../main/api/contract/situation.ts';
import { UNDER_WAY } from '../../../main/api/contract/words/alerts.ts';
import { composeHandover } from '../../../main/api/handover.ts';
import { type Engine, startEngine } from '../../../main/engine.ts';
import { instantOf, ManualClock } from '../../../main/kernel/clock.ts';
import { toride } from '../../helpers/command-line.ts';
import { tempDir } from '../../helpers/temp.ts';

const ZONE = 'Asia/Tokyo';
const MINUTE = 60_000;
const at = (minute: number): number => instantOf('2026-11-20', minute, ZONE);
const TARGET = '札幌\u001f523201\u001fエントリ1';

type Walk = {
  readonly services: Engine['services'];
  readonly dataDir: string;
  /** lets the demo's time pass, and looks as the app does */
  later(minutes: number): Promise<void>;
};
async function walk(scenario: string): Promise<Walk> {
  const clock = new ManualClock(at(600));
  const dataDir = tempDir();
  const engine = await startEngine({
    dataDir,
    wall: { now: () => clock.now(), every: (ms, work) => clock.every(ms, work) },
    schedule: false,
  });
  onTestFinished(() => engine.close());
  const { services } = engine;
  await services.demo.start({ seed: 1, scenario, speed: 0 });
  return {
    services,
    dataDir,
    async later(minutes) {
      await services.demo.start({ speed: 1 });
      clock.advance(minutes * MINUTE);
      await services.demo.tick();
      await services.demo.start({ speed: 0 });
      await services.alerts.check();
    },
  };
}

const rowOf = ({ services }: Walk): SituationRow => {
  const row = services.analytics.situation().rows.find(({ cellId }) => cellId === TARGET);
  if (!row) throw new Error('no row');
  return row;
};
const alertOf = ({ services }: Walk): Alert => {
  const alert = services.alerts
    .list()
    .alerts.find((a) => a.closedAt === null && a.kind === 'delay' && a.cell?.cellId === TARGET);
  if (!alert) throw new Error('no alert');
  return alert;
};
/** What chat answers, with the values of its facts. */
async function ask({ services }: Walk, text: string): Promise<{ text: string; values: number[] }> {
  for await (const event of services.chat.send({ text, lang: 'ja' }))
    if (event.kind === 'answered')
      return {
        text: event.message.text,
        values: event.message.body.facts.flatMap((fact) =>
          typeof fact.value === 'number' ? [fact.value] : [],
        ),
      };
  throw new Error('no answer');
}
const RISK = '札幌のSSのエントリ1は間に合いますか';
/** What the command line prints of it with --json. */
const cli = <T>({ dataDir }: Walk, ...args: string[]): T =>
  toride(['--data', dataDir, ...args, '--json']).json<T>();
const printed = (day: Walk): SituationRow | undefined =>
  cli<Situation>(day, 'situation').rows.find(({ cellId }) => cellId === TARGET);

/** Lines of the sheet for the next shift. */
const linesOf = ({ services }: Walk, key: string): string[] =>
  composeHandover(services)
    .sections.filter((section) => section.key === key)
    .flatMap((section) => section.lines.map((line) => line.ja));

/** Every door tells the target's chance, shortage, deadline and plan as the situation does. */
async function expectOneTruth(day: Walk): Promise<void> {
  const row = rowOf(day);
  const alert = alertOf(day);
  const pMiss = 1 - (row.pOnTime ?? -1);
  expect(alert.evidence).toMatchObject({
    pMiss: expect.closeTo(pMiss, 9),
    backlog: row.backlog,
    due: row.due,
    shortItems: row.shortItems,
    deadline: row.deadline,
    finishAt: row.dueFinishAt,
    people: row.people,
    throughput: row.throughput,
  });
  expect(alert.plan).toEqual(row.plan);
  const asked = await ask(day, RISK);
  expect(asked.text).toContain(formatPercent(pMiss, 'ja'));
  expect(asked.text).toContain(formatTime(row.deadline ?? 0, ZONE, 'ja'));
  expect(asked.text.includes(row.plan?.proposalId ?? 'SGT')).toBe(row.plan !== null);
  expect(printed(day)).toEqual(row);
  const sheet = linesOf(day, 'alerts').find((line) => line.includes('札幌 SS エントリ1')) ?? '';
  expect(sheet).toContain(formatPercent(pMiss, 'ja'));
  for (const { cell, deadline, pMiss: chance } of alert.deadlines.slice(1))
    expect(sheet.includes(`${cell.process} ${formatTime(deadline, ZONE, 'ja')}`)).toBe(chance >= 0.5);
  const missed = `札幌 SS エントリ1：${formatTime(row.deadline ?? 0, ZONE, 'ja')}の納期、間に合う確率 ${formatPercent(1 - pMiss, 'ja')}`;
  expect(linesOf(day, 'missed').some((line) => line.startsWith(missed))).toBe(pMiss >= 0.5);
}

describe('a shortage', () => {
  test('reads the same on situation, alert, notification, card, chat and command line, at every step', async () => {
    const day = await walk('shortage');
    await day.later(0);
    await expectOneTruth(day);

    const alert = alertOf(day);
    const row = rowOf(day);
    const told = day.services.notifications.list().items.find((n) => n.subject === alert.id);
    expect(told?.text.ja).toContain(`間に合わない確率 ${formatPercent(alert.evidence?.pMiss ?? 0, 'ja')}`);
    expect(told?.text.ja).toContain(alert.said?.text.ja.split('。')[0] ?? '?');

    const card = day.services.placement.get(alert.proposalId ?? '');
    const effect = card.effects.find((e) => e.cell.cellId === TARGET && e.deadline === row.deadline);
    expect(effect?.before.pOnTime).toBeCloseTo(row.pOnTime ?? -1, 9);
    expect(alert.answer).toMatchObject({ before: effect?.before.pOnTime, after: effect?.after.pOnTime });

    const shown = cli<{ proposal: Proposal }[]>(day, 'proposals').find(
      ({ proposal }) => proposal.id === card.id,
    );
    expect(shown?.proposal.effects).toEqual(card.effects);
    const rung = cli<{ alerts: Alert[] }>(day, 'alerts').alerts.find(({ id }) => id === alert.id);
    expect(rung).toMatchObject({ evidence: alert.evidence, answer: alert.answer, proposalId: card.id });
    const answered = cli<{ message: { text: string } }>(day, 'ask', RISK);
    expect(answered.message.text).toContain(formatPercent(1 - (row.pOnTime ?? -1), 'ja'));

    // approved: everybody knows at once, with the numbers of the card
    const open = day.services.alerts.list().open;
    const { id: decisionId } = await day.services.approvals.approve({ id: card.id, actor: '佐藤' });
    expect(rowOf(day).plan).toMatchObject({ proposalId: card.id });
    expect(alertOf(day).plan).toEqual(rowOf(day).plan);
    expect(alertOf(day).evidence).toMatchObject({
      pMiss: expect.closeTo(1 - (rowOf(day).pOnTime ?? -1), 9),
      shortItems: rowOf(day).shortItems,
      finishAt: rowOf(day).dueFinishAt,
    });
    expect(rowOf(day).pOnTime).toBeCloseTo(effect?.after.pOnTime ?? -1, 9);
    expect(day.services.alerts.list().open).toBeLessThan(open);
    const asked = await ask(day, RISK);
    expect(asked.text).toContain('対策済み');
    expect(asked.text).toContain(card.id);
    expect(asked.text).toContain(formatTime(rowOf(day).plan?.nextCheckAt ?? 0, ZONE, 'ja'));
    expect(printed(day)).toEqual(rowOf(day));
    expect(UNDER_WAY.ja).toBe('対策済み・確認中');
    expect(linesOf(day, 'alerts').find((line) => line.includes('札幌 SS エントリ1'))).toContain(card.id);

    // taken back: it is as it was
    await day.services.approvals.undo({ decisionId, actor: '佐藤' });
    expect(rowOf(day)).toEqual(row);
    expect(alertOf(day).plan).toBeNull();
    expect(day.services.alerts.list().open).toBe(open);
    await expectOneTruth(day);
  });
});

test.each([
  ['an outage', 'outage', 74],
  ['a wave of work', 'volume', 0],
])('%s reads the same on situation, alert, chat and command line', async (_, scenario, minutes) => {
  const day = await walk(scenario);
  await day.later(minutes);
  await day.later(4);
  await expectOneTruth(day);
});

test('a plan for tomorrow says its date and chances alike on the card and in chat', async () => {
  const day = await walk('shortage');
  const { text } = await ask(day, '明日の配置を最適化してください');
  const [plan] = day.services.placement.list(1);
  const lowest = plan?.day?.lowest?.after;
  expect(plan?.scope.horizon).toBe('next-day');
  expect(plan?.day?.date).toBe('2026-11-21');
  expect(text).toContain(formatDate(at(24 * 60 + 720), ZONE, 'ja'));
  expect(text).toContain(`${formatPercent(lowest?.pOnTime ?? -1, 'ja')}です`);
  expect(text).toContain(formatTime(lowest?.deadline ?? 0, ZONE, 'ja'));
});
