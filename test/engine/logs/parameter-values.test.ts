// What a person is told of the values in a template's parameters is what its stored lines say.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { ParameterStats } from '../../../main/logs/contract/logs.ts';
import { openLogs } from '../../helpers/logs/open-logs.ts';
import { tempDir } from '../../helpers/temp.ts';
import { drawFrom } from '../../unit/logs/styles.ts';

/** A followed file with these lines, and what is told of the template of most of them. */
async function told(lines: readonly string[], o: { readonly batchRecords?: number } = {}) {
  const dir = tempDir();
  const file = path.join(dir, 'app.log');
  mkdirSync(path.join(dir, 'data'));
  writeFileSync(file, lines.map((line) => `${line}\n`).join(''));
  const open = await openLogs(path.join(dir, 'data'), o);
  await open.logs.addSource({ kind: 'file', path: file });
  await open.logs.settle();
  const id = open.logs.templates.list().templates[0]?.id ?? 0;
  return { ...open, file, id, parameters: (): Promise<ParameterStats[]> => open.logs.parameters(id) };
}
const counts = (parameter: ParameterStats | undefined): (readonly [string, number])[] =>
  (parameter?.top ?? []).map(({ value, count }) => [value, count] as const);

test('every value is counted to the last line, in blocks and in the tail, while the file is followed', async () => {
  const sites = ['大阪', '横浜', '札幌', '大阪'];
  const lines = Array.from({ length: 3000 }, (_, i) => `拠点「${sites[i % 4]}」の処理が終わりました`);
  const { parameters } = await told(lines, { batchRecords: 1024 });
  expect(await parameters()).toMatchObject([{ newest: null, seen: 3000, distinct: 3, numbers: null }]);
  expect(counts((await parameters())[0])).toEqual([
    ['大阪', 1500],
    ['札幌', 750],
    ['横浜', 750],
  ]);
});

test('what was said before the place was a parameter counts too, and numbers are told with their unit', async () => {
  const { parameters } = await told([
    'the user alice has paid 300 JPY',
    'the user alice has paid 500 JPY',
    'the user bob has paid 1,000 JPY',
    'the user bob has paid 400 JPY',
    'the user bob has paid 200 JPY',
  ]);
  const [name, sum] = await parameters();
  expect(counts(name)).toEqual([
    ['bob', 3],
    ['alice', 2],
  ]);
  expect(sum).toMatchObject({
    seen: 5,
    distinct: 5,
    numbers: { min: 200, p50: 400, max: 1000, unit: 'JPY' },
  });
});

test('a part split off and merged back is among the values again', async () => {
  const doors = ['gate', 'east', 'west', 'roof', 'back', 'side', 'main', 'roof'];
  const { logs, parameters, id } = await told(doors.map((name) => `door ${name} of hall 3 is now shut`));
  const made = await logs.templates.split(id, 0, ['roof'], 'mori');
  expect(counts((await parameters())[0]).map(([value]) => value)).not.toContain('roof');
  await logs.templates.merge(id, [made[1]?.id ?? 0], 'mori');
  expect(counts((await parameters())[0])[0]).toEqual(['roof', 2]);
});

test('of very many lines the newest are told, and that it is they; among values that came once none is called frequent', async () => {
  const draw = drawFrom(8);
  const lines = Array.from({ length: 12_000 }, (_, i) => {
    const at = new Date(Date.UTC(2026, 10, 1) + i * 1000).toISOString();
    return `${at} INFO served page ${i} in ${i % 10 === 0 ? 777 : draw.int(1, 20_000)} ms`;
  });
  const { parameters } = await told(lines, { batchRecords: 4096 });
  const [page, took] = await parameters();
  expect(page).toMatchObject({ newest: 10_000, seen: 10_000, distinct: 10_000, top: [] });
  expect(page?.numbers).toMatchObject({ min: 2000, max: 11_999 });
  expect(took?.top[0]).toMatchObject({ value: '777 ms', count: 1000, share: 0.1 });
  expect(took?.numbers?.unit).toBe('ms');
  expect(Math.abs((took?.numbers?.p95 ?? 0) / 18_900 - 1)).toBeLessThan(0.02);
  const bars = page?.numbers?.histogram.map(({ count }) => count) ?? [];
  expect([bars.length, Math.min(...bars), Math.max(...bars)]).toEqual([20, 500, 500]);
});

test('a template without parameters, and one that never was, have no values', async () => {
  const { logs, parameters } = await told(['nothing varies here', 'nothing varies here']);
  expect([await parameters(), await logs.parameters(4711)]).toEqual([[], []]);
});
