import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { SessionEvent } from '../../../main/anomalies/detect/learn-sequences.ts';
import { chance } from '../../unit/anomalies/stage.ts';
import { readCsv } from '../logs/grouping.ts';

/** The public labelled sessions, where they lie beside the project (their licence forbids shipping them). */
const DIR =
  process.env['TORIDE_HDFS100K'] ?? path.resolve(import.meta.dirname, '../../../../shared/data/hdfs100k');
export const hasSessions = existsSync(path.join(DIR, 'sessions.jsonl'));

export type LabelledSession = {
  readonly events: readonly SessionEvent[];
  /** the events in order, as text: what any judge of order has to go by */
  readonly course: string;
  readonly anomalous: boolean;
  readonly part: 'train' | 'test';
};
export function labelledSessions(): LabelledSession[] {
  const writers = new Map(
    readCsv(path.join(DIR, 'templates.csv')).map((row) => [
      row['EventId'] ?? '',
      // the name node's lines begin so; the data nodes write the others
      row['EventTemplate']?.startsWith('BLOCK*') ? 'name node' : 'data node',
    ]),
  );
  return readFileSync(path.join(DIR, 'sessions.jsonl'), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const row = JSON.parse(line) as {
        events: string[];
        label: number;
        split_deeploglizer: 'train' | 'test';
      };
      return {
        events: row.events.map((e) => ({ template: Number(e.slice(1)), origin: writers.get(e) ?? '' })),
        course: row.events.join(' '),
        anomalous: row.label === 1,
        part: row.split_deeploglizer,
      };
    });
}

export type Split = {
  readonly name: string;
  readonly train: LabelledSession[];
  readonly test: LabelledSession[];
};
export function splitsOf(all: readonly LabelledSession[]): Split[] {
  const kinds = [all.filter((s) => s.anomalous), all.filter((s) => !s.anomalous)];
  const halves = kinds.map((kind) => [kind.slice(0, kind.length >> 1), kind.slice(kind.length >> 1)]);
  return [
    // how the published baselines were measured: of either kind the first half, in order of time, to train on
    {
      name: 'halves of either kind',
      train: halves.flatMap((h) => h[0] ?? []),
      test: halves.flatMap((h) => h[1] ?? []),
    },
    { name: 'halves by time', train: all.slice(0, all.length >> 1), test: all.slice(all.length >> 1) },
    {
      name: 'published 80/20 split',
      train: all.filter((s) => s.part === 'train'),
      test: all.filter((s) => s.part === 'test'),
    },
  ];
}

/** Halves drawn by chance, one split a seed. */
export function drawnHalves(all: readonly LabelledSession[], seeds: readonly number[]): Split[] {
  return seeds.map((seed) => {
    const next = chance(seed);
    const drawn = all
      .map((session) => ({ session, place: next() }))
      .sort((a, b) => a.place - b.place)
      .map(({ session }) => session);
    const half = drawn.length >> 1;
    return { name: `half drawn by chance ${seed}`, train: drawn.slice(0, half), test: drawn.slice(half) };
  });
}

export type Score = {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  readonly found: number;
  readonly wrong: number;
};
export function score(test: readonly LabelledSession[], flagged: (s: LabelledSession) => boolean): Score {
  let found = 0;
  let wrong = 0;
  const anomalous = test.filter((s) => s.anomalous).length;
  for (const session of test)
    if (flagged(session)) {
      if (session.anomalous) found++;
      else wrong++;
    }
  const precision = found / (found + wrong || 1);
  const recall = found / anomalous;
  return { precision, recall, f1: (2 * precision * recall) / (precision + recall || 1), found, wrong };
}
/** The best F1 there is for anybody who goes by a session's events and their order alone, the labels of the test part known. */
export function ceiling(test: readonly LabelledSession[]): number {
  const courses = new Map<string, { bad: number; good: number }>();
  for (const s of test) {
    const c = courses.get(s.course) ?? { bad: 0, good: 0 };
    courses.set(s.course, s.anomalous ? { ...c, bad: c.bad + 1 } : { ...c, good: c.good + 1 });
  }
  const all = test.filter((s) => s.anomalous).length;
  let bad = 0;
  let good = 0;
  let best = 0;
  for (const c of [...courses.values()].sort((a, b) => b.bad / (b.bad + b.good) - a.bad / (a.bad + a.good))) {
    bad += c.bad;
    good += c.good;
    best = Math.max(best, (2 * bad) / (bad + good + all));
  }
  return best;
}
