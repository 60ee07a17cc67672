import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { detectFormat, type Level, Miner, type Template } from '../../../main/logs/index.ts';
import { parametersOf } from '../../../main/logs/mine/align-parameters.ts';
import type { TemplateRow, TemplateRule } from '../../../main/logs/types.ts';
import { hasLoghub, japanese, LOGHUB_SYSTEMS, loghub } from '../../helpers/logs/grouping.ts';
import { linesOf, STYLES } from './styles.ts';

type Line = { readonly text: string; readonly level?: Level | undefined };
const LIMITS = { maxTemplates: 20_000, maxSignatures: 50_000 };
const FORGETFUL = { maxTemplates: 20_000, maxSignatures: 3 };

/** What a store would hold: the rows as last written. Restarting reads them back as they would come from disk. */
class Kept {
  private readonly rows = new Map<number, string>();
  commit(miner: Miner): number {
    const { rows } = miner.takeChanges();
    for (const row of rows) this.rows.set(row.id, JSON.stringify(row));
    return rows.length;
  }
  reopen(limits = LIMITS): Miner {
    const saved = [...this.rows.values()].map((json) => JSON.parse(json) as TemplateRow);
    return new Miner(
      limits,
      saved.sort((a, b) => a.id - b.id),
    );
  }
}

type Outcome = {
  readonly ids: readonly number[];
  readonly now: number[];
  readonly parts: Template['parts'][];
};
const outcome = (miner: Miner, ids: readonly number[]): Outcome => ({
  ids,
  now: ids.map((id) => miner.resolve(id)),
  parts: miner.templates().map((t) => t.parts),
});
function straight(lines: readonly Line[], limits = LIMITS): Outcome {
  const miner = new Miner(limits);
  return outcome(
    miner,
    lines.map(({ text, level }) => miner.add(text, level).template),
  );
}
/** The same lines, with templates locked and unlocked in between and a restart after each of `stops`; what the lines are under. */
function withLocks(lines: readonly Line[], locks: readonly Lock[], stops: ReadonlySet<number>): Outcome {
  const kept = new Kept();
  const rules = new Map<number, TemplateRule>();
  let miner = new Miner();
  const ids = lines.map(({ text, level }, i) => {
    const id = miner.add(text, level).template;
    for (const { at, template, locked } of locks)
      if (at === i && template <= id && miner.resolve(template) === template) {
        const rule = { id: template, locked, splits: [] };
        rules.set(template, rule);
        miner.setRules([rule]);
      }
    if (stops.has(i)) {
      kept.commit(miner);
      miner = kept.reopen();
      miner.setRules([...rules.values()]);
    }
    return id;
  });
  for (const [i, { text }] of lines.entries()) {
    const spans = parametersOf(miner.partsOf(ids[i] ?? 0), text, text);
    expect(
      spans.every(([, end]) => end > 0),
      `${text} under ${JSON.stringify(miner.partsOf(ids[i] ?? 0))}`,
    ).toBe(true);
  }
  return outcome(miner, ids);
}
type Lock = { readonly at: number; readonly template: number; readonly locked: boolean };

/** The same lines with a restart after each of `stops`. */
function withRestarts(lines: readonly Line[], stops: ReadonlySet<number>, limits = LIMITS): Outcome {
  const kept = new Kept();
  let miner = new Miner(limits);
  const ids = lines.map(({ text, level }, i) => {
    const id = miner.add(text, level).template;
    if (stops.has(i)) {
      kept.commit(miner);
      miner = kept.reopen(limits);
    }
    return id;
  });
  return outcome(miner, ids);
}

const word = fc.constantFrom(
  'gate',
  'open',
  'shut',
  'alice',
  'bob',
  'carol',
  'dave',
  'erin',
  'a.b.X',
  'a.b.Y',
  'a.b.Z',
  'eth0',
  'eth1',
  '12',
  '7',
  'host:80',
  'node:81',
  '10.0.0.1',
  'user',
  'for',
  '"x y"',
  '"z"',
  'k=v',
  'LOOKING',
  '拠点',
  '札幌',
  '「函館」',
  '/a/b',
  'Spring sale',
  'Night',
  'Blue line two',
  'Week 47 plan',
);
const anyLine: fc.Arbitrary<Line> = fc.record({
  text: fc
    .tuple(
      fc.constantFrom('the gate of', 'node sent to it', 'x'),
      fc.array(word, { minLength: 1, maxLength: 5 }),
    )
    .map(([head, rest]) => `${head} ${rest.join(' ')}`),
  level: fc.constantFrom<Level | undefined>('info', 'warn', 'error', undefined),
});

test('a miner made from what was kept goes on as if it had never stopped, and remembering less changes nothing', () => {
  fc.assert(
    fc.property(
      fc.array(anyLine, { minLength: 1, maxLength: 250 }),
      fc.array(fc.nat({ max: 249 }), { maxLength: 6 }),
      (lines, stops) => {
        const whole = straight(lines);
        expect(straight(lines, FORGETFUL)).toEqual(whole);
        expect(withRestarts(lines, new Set(stops))).toEqual(whole);
        expect(withRestarts(lines, new Set(stops), FORGETFUL)).toEqual(whole);
      },
    ),
    { numRuns: 200, seed: 3 },
  );
});

test('locks at any time, with restarts at any time; and every line has its values in its template', () => {
  const lock = fc.record({
    at: fc.nat({ max: 199 }),
    template: fc.integer({ min: 1, max: 12 }),
    locked: fc.boolean(),
  });
  fc.assert(
    fc.property(
      fc.array(anyLine, { minLength: 1, maxLength: 200 }),
      fc.array(lock, { maxLength: 5 }),
      fc.array(fc.nat({ max: 199 }), { maxLength: 4 }),
      (lines, locks, stops) => {
        expect(withLocks(lines, locks, new Set(stops))).toEqual(withLocks(lines, locks, new Set()));
      },
    ),
    { numRuns: 100, seed: 4 },
  );
});

test('the same for lines in the manner of known systems, stopped every now and then', () => {
  const lines: Line[] = Object.values(STYLES).flatMap((cases) =>
    linesOf(cases, 9).map(({ line }) => ({ text: line })),
  );
  const every = (n: number) => new Set(lines.keys().filter((i) => i % n === n - 1));
  const whole = straight(lines);
  expect(withRestarts(lines, every(331))).toEqual(whole);
  expect(withRestarts(lines, every(1009))).toEqual(whole);
});

describe.skipIf(!hasLoghub)('public lines', () => {
  test('restarts and small memory give the same templates', () => {
    const files = [...LOGHUB_SYSTEMS.map((system) => loghub(system).log), japanese().log];
    const lines: Line[] = files.flatMap((file) => {
      const raw = readFileSync(file, 'utf8').split(/\r?\n/);
      const { format } = detectFormat(raw.slice(0, 1000));
      return raw.map((line) => {
        const parsed = format.parse(line);
        return { text: parsed?.content ?? line, level: parsed?.level };
      });
    });
    const whole = straight(lines);
    expect(straight(lines, { maxTemplates: 20_000, maxSignatures: 50 })).toEqual(whole);
    expect(withRestarts(lines, new Set([500, 4_001, 9_999, 12_345, 17_000]))).toEqual(whole);
  });
});

test('only what changed is handed over', () => {
  const miner = new Miner();
  const rows = () => miner.takeChanges().rows.map((r) => r.id);
  miner.add('link eth0 is up now');
  miner.add('the gate was left open');
  expect(rows()).toEqual([1, 2]);
  miner.add('link eth0 is up now');
  expect(rows()).toEqual([]);
  miner.add('link eth1 is up now');
  expect(miner.takeChanges()).toMatchObject({
    rows: [{ id: 1, text: 'link eth<*> is up now', absorbedInto: null }],
    events: [{ templateId: 1, what: 'widened', others: [] }],
  });
  for (const name of ['alice', 'bob']) miner.add(`session opened for user ${name} again`);
  expect(miner.takeChanges()).toMatchObject({
    rows: [
      { id: 3, text: 'session opened for user <*> again' },
      { id: 4, absorbedInto: 3 },
    ],
    events: [
      { templateId: 3, what: 'created' },
      { templateId: 4, what: 'created' },
      { templateId: 3, what: 'absorbed', others: [4] },
    ],
  });
});

test('empty lines share one template of no parts, even when there is no room for another', () => {
  const miner = new Miner({ maxTemplates: 1, maxSignatures: 10 });
  miner.add('one and only');
  const blank = miner.add('').template;
  expect([miner.add('  \t ').template, miner.add('\u3000', 'error').template]).toEqual([blank, blank]);
  expect(miner.partsOf(blank)).toEqual([]);
  expect(miner.add('no room for this').template).not.toBe(blank);
});
