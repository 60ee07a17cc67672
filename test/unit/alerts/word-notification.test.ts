import { expect, test } from 'vitest';
import type { AlertRecord } from '../../../main/alerts/types.ts';
import { wordAlert, wordNotification } from '../../../main/alerts/word-notification.ts';
import { ALERTS, NOW, VERDICT, ZONE } from '../../helpers/chat/hand-made-site.ts';

const [delay] = ALERTS.filter(({ kind }) => kind === 'delay');
const never = (verdict: AlertRecord['verdict']): AlertRecord => {
  if (!delay?.evidence) throw new Error('a delay is needed');
  const evidence = { ...delay.evidence, finishAt: null, shortItems: 1 };
  return {
    ...delay,
    problem: 'p',
    verdict,
    evidence,
    calm: 0,
    seenAt: NOW,
    notice: 'opened',
    details: null,
    until: null,
  };
};
const text = (verdict: AlertRecord['verdict']): { ja: string; en: string } =>
  wordNotification(never(verdict), 'opened', { now: NOW, zone: ZONE }).text;

test('what will not finish is laid to the people there only where no trouble in the system precedes it', () => {
  expect(text(null).ja).toContain('今の人員では終わりません');
  expect(text({ ...VERDICT, sides: ['people'] }).en).toContain('will not finish with the people there now');
  for (const sides of [['system'], ['people', 'system']] as const) {
    expect(text({ ...VERDICT, sides: [...sides] }).ja).toContain('今の速さでは終わりません');
    expect(text({ ...VERDICT, sides: [...sides] }).en).toContain('will not finish at this speed');
    expect(text({ ...VERDICT, sides: [...sides] }).ja).not.toContain('今の人員');
  }
});
test('the steps that become late with it are named with their deadlines', () => {
  const alert = never(null);
  if (!alert.cell) throw new Error('a delay has a cell');
  const named = (process: string, minutes: number): AlertRecord['deadlines'][number] => ({
    cell: { ...alert.cell!, cellId: process, process },
    deadline: NOW + minutes * 60_000,
    pMiss: 0.9,
    due: 100,
    shortItems: 20,
  });
  const deadlines = [
    { ...named('エントリ1', 60), cell: alert.cell },
    named('エントリ2', 90),
    named('補正', 120),
  ];
  const { text } = wordNotification({ ...alert, deadlines }, 'opened', { now: NOW, zone: ZONE });
  expect(text.ja).toMatch(/、このあとの エントリ2 [\d:]+、補正 [\d:]+ も遅れる見込み/);
  expect(text.en).toMatch(/, probably late after it: エントリ2 [\d:]+, 補正 [\d:]+/);
});
test('one item is one item', () => {
  expect(text(null).en).toContain('about 1 item short');
});
test('an alert that is over says so, and asks for nothing any more', () => {
  const answer = { kind: 'no-move', asOf: NOW, why: 'system' } as const;
  const said = (state: AlertRecord['state'], closedAt: number | null) =>
    wordAlert({ ...never(null), answer, state, closedAt }, { now: NOW, zone: ZONE });
  expect(said('open', null)?.text.ja).toContain('システムの復旧見込みを確認してください');
  const resolved = said('resolved', NOW);
  expect(resolved?.title.ja).toMatch(/が納期 [\d:]+ に間に合わないおそれはなくなりました$/);
  expect(resolved?.title.en).toMatch(/ is no longer likely to miss its deadline of [\d:]+$/);
  expect(resolved?.text.ja).not.toContain('確認してください');
  expect(said('expired', NOW)?.title.ja).toMatch(/の納期 [\d:]+ を過ぎました$/);
});
