import { expect, test } from 'vitest';
import { detectSequences } from '../../../main/anomalies/detect/detect-sequences.ts';
import { Sessions } from '../../../main/anomalies/detect/follow-sessions.ts';
import { SequenceModel } from '../../../main/anomalies/detect/learn-sequences.ts';
import type { LogLine } from '../../../main/logs/contract/logs.ts';
import { hasSessions, labelledSessions, score, splitsOf } from '../../helpers/anomalies/session-sets.ts';
import { chance } from './stage.ts';

const events = (...templates: number[]) => templates.map((template) => ({ template, origin: 'app' }));
function learned(): SequenceModel {
  const model = new SequenceModel();
  const next = chance(1);
  for (let i = 0; i < 1500; i++) {
    // opened, two steps in either order, any number of pings, closed; one in a hundred breaks off
    const steps = next() < 0.5 ? [2, 3] : [3, 2];
    const pings = Array.from({ length: Math.floor(next() * 4) }, () => 9);
    model.learn(i % 100 === 0 ? events(1, ...steps) : events(1, ...steps, ...pings, 4));
  }
  return model;
}

test('what nearly all sessions do is the course; leaving it is told by what is wrong', () => {
  const model = learned();
  expect(model.judge(events(1, 3, 2, 9, 9, 4))).toEqual([]);
  expect(model.judge(events(1, 2, 3))).toMatchObject([{ kind: 'count', template: 4, observed: 0, usual: 1 }]);
  expect(model.judge(events(1, 2, 3, 3, 4))).toMatchObject([
    { kind: 'count', template: 3, observed: 2, usual: 1 },
  ]);
  expect(model.judge(events(1, 2, 3, 7, 4))).toMatchObject([{ kind: 'rare', template: 7, share: 0 }]);
  expect(model.judge(events(4, 1, 2, 3))).toMatchObject([
    { kind: 'order', template: 4, after: 2 },
    { kind: 'order', template: 4, after: 3 },
  ]);
});
test('neighbours that changed places are out of order, unless lines of the log come in either order anyway', () => {
  const strict = new SequenceModel();
  for (let i = 0; i < 1500; i++) strict.learn(events(1, 2, 3, 4));
  expect(strict.judge(events(1, 2, 4, 3))).toMatchObject([{ kind: 'order', template: 4, after: 3 }]);
  const loose = learned();
  expect(loose.judge(events(2, 1, 3, 4))).toEqual([]);
  expect(loose.judge(events(2, 3, 1, 4))).toMatchObject([{ kind: 'order', template: 2, after: 1 }]);
});
test('a model kept and taken up again judges the same', () => {
  const model = learned();
  const again = new SequenceModel(JSON.parse(JSON.stringify(model.save())));
  for (const session of [events(1, 2, 3), events(4, 1, 2, 3), events(1, 2, 3, 4)])
    expect(again.judge(session)).toEqual(model.judge(session));
});
test('sessions without a course are not judged', () => {
  const model = new SequenceModel();
  const next = chance(2);
  for (let i = 0; i < 500; i++)
    model.learn(events(...Array.from({ length: 5 }, () => Math.floor(next() * 6))));
  expect(model.judge(events(99))).toEqual([]);
});

const line = (at: number, templateId: number, block: string): LogLine => ({
  id: at,
  at,
  atGuessed: false,
  sourceId: 'file',
  service: 'app',
  level: null,
  host: null,
  templateId,
  text: `x ${block}`,
  lines: 1,
  parameters: [[2, 2 + block.length]],
  attributes: '',
  note: null,
  bookmarked: false,
});
const PARTS = [
  { kind: 'word', text: 'x', gap: false },
  { kind: 'parameter', type: 'id', gap: true },
] as const;
test('lines that share an id are found to be sessions, judged when they are over, also after a restart in between', () => {
  const run = (restart: boolean): number => {
    let sessions = new Sessions();
    let deviating = 0;
    for (let i = 0; i < 400; i++) {
      const at = i * 60_000;
      for (const template of i >= 300 && i % 10 === 0 ? [1, 2] : [1, 2, 3])
        sessions.add(line(at + template, template, `blk_${1000 + i}`), PARTS);
      if (i % 15 === 14) {
        if (restart) sessions = new Sessions(JSON.parse(JSON.stringify(sessions.save())));
        deviating += sessions.close(at).reduce((sum, c) => sum + c.deviating.length, 0);
      }
    }
    return deviating;
  };
  expect([run(false), run(true)]).toEqual([8, 8]);
});

test('rounds are followed by the message they begin with, though other ids have no course, and for as long as they last', () => {
  const next = chance(5);
  const sessions = new Sessions();
  const steps = [0, 8, 22];
  const lines: LogLine[] = [];
  for (let i = 0; i < 6000; i++) {
    const at = i * 60_000;
    // a user's id comes back in whatever he does
    lines.push(line(at, 7 + Math.floor(next() * 3), `user-${100 + Math.floor(next() * 40)}`));
    const isCut = i >= 5400 && i % 5 === 0;
    for (const [k, minutes] of steps.entries())
      if (!(k === 2 && isCut)) lines.push(line(at + minutes * 60_000 + k, k + 1, `tube-${1000 + i}`));
  }
  lines.sort((a, b) => a.at - b.at);
  let read = 0;
  const told = new Set<string>();
  const fact = (id: number) => ({ id, text: `step ${id}`, level: 'info', mark: 'none', firstAt: 0 }) as const;
  for (let at = 900_000; at <= 6000 * 60_000; at += 900_000) {
    for (let one = lines[read]; one && one.at < at; one = lines[++read]) sessions.add(one, PARTS);
    sessions.close(at, {
      isNews: (closed) => {
        const found = detectSequences(closed, { at, fact });
        if (found) told.add(`${at < 5400 * 60_000 ? 'before' : 'after'} ${found.templateId}`);
        return found !== null;
      },
    });
  }
  expect([...told]).toEqual(['after 3']);
});

test('what is found names a few of the sessions, who writes the lines it is about, and how long sessions have been known', () => {
  const MINUTE = 60_000;
  const sessions = new Sessions();
  const writers = ['', 'gate', 'press', 'gate'];
  const run = (i: number, templates: readonly number[]): void => {
    for (const template of templates)
      sessions.add(
        { ...line(i * MINUTE + template, template, `lot-${1000 + i}`), service: writers[template] ?? null },
        PARTS,
      );
  };
  let end = 0;
  for (let i = 0; i < 1440; i++) {
    run(i, [1, 2, 3]);
    end = (i + 1) * MINUTE;
    if (i % 15 === 14) expect(sessions.close(end).flatMap((c) => c.deviating)).toEqual([]);
  }
  for (let i = 1440; i < 1446; i++) run(i, [1, 3]);
  const at = end + 30 * MINUTE;
  const [closed] = sessions.close(at);
  const fact = (id: number) =>
    ({ id, text: `step ${id} of <*>`, level: 'info', mark: 'none', firstAt: 0 }) as const;
  const found = closed && detectSequences(closed, { at, fact });
  expect(found).toMatchObject({
    templateId: 2,
    service: 'press',
    observed: 6,
    examples: ['lot-2440', 'lot-2441', 'lot-2442', 'lot-2443', 'lot-2444'],
  });
  expect(found?.baselineDays).toBeCloseTo(1, 1);
  expect(found?.words).toEqual({
    ja: '同じ番号を持つ行を一つの処理として追うと、15分の間に終わった16件のうち6件の流れがいつもと違います(ふだんは1件未満)。多いのは次の違いです: ふだん1回出る「step 2 of …」が、1回も出ないまま終わっています。',
    en: 'Lines with the same id are one run: of 16 that ended in 15 minutes, 6 went another way than usual (usually fewer than one). Mostly: they ended without “step 2 of …”, which usually comes once.',
  });
});

test.runIf(hasSessions)('public labelled sessions: F1 of at least 0.74, without a label', () => {
  const [halves, byTime] = splitsOf(labelledSessions());
  for (const split of [halves, byTime]) {
    const model = new SequenceModel();
    for (const session of split?.train ?? []) model.learn(session.events);
    const { f1, precision } = score(split?.test ?? [], (s) => model.judge(s.events).length > 0);
    expect(f1).toBeGreaterThanOrEqual(0.74);
    expect(precision).toBeGreaterThanOrEqual(0.95);
  }
});
