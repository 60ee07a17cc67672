// `toride forecast FILE.csv`, as an analyst's script uses it.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { toride } from '../../helpers/command-line.ts';

const dir = mkdtempSync(path.join(os.tmpdir(), 'toride-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));
const file = (name: string, text: string): string => {
  const at = path.join(dir, name);
  writeFileSync(at, text);
  return at;
};
const forecast = (...args: string[]) => toride(['forecast', ...args]);
const hourly = Array.from(
  { length: 400 },
  (_, t) => 100 + 40 * Math.sin((t * Math.PI) / 12) + ((t * 37) % 11),
);

it('forecasts a file of one series and prints mean and interval as JSON', () => {
  const name = file('hourly.csv', `件数\n${hourly.slice(0, 352).join('\n')}\n`);
  const { status, stdout } = forecast(name, '--horizon', '48', '--season', '24,168', '--json');
  expect(status).toBe(0);
  const f = JSON.parse(stdout) as { forecast: number[]; lower: number[]; upper: number[] };
  expect(Object.keys(f)).toEqual(['forecast', 'lower', 'upper']);
  expect([f.forecast.length, f.lower.length, f.upper.length]).toEqual([48, 48, 48]);
  const miss = hourly.slice(352).reduce((sum, v, i) => sum + Math.abs(v - (f.forecast[i] ?? 0)), 0) / 48;
  expect(miss).toBeLessThan(4);
});
it('forecasts each row of a wide file under its name', () => {
  const rows = ['A', 'B'].map((id, k) => [id, ...hourly.slice(k, 100 + k)].join(','));
  const { stdout } = forecast(file('wide.csv', rows.join('\n')), '--wide', '--horizon', '2', '--json');
  const { series } = JSON.parse(stdout) as { series: { id: string; forecast: number[] }[] };
  expect(series.map((s) => [s.id, s.forecast.length])).toEqual([
    ['A', 2],
    ['B', 2],
  ]);
});
it('fills gaps and says so', () => {
  const { stdout } = forecast(file('gap.csv', 't,v\n1,10\n2,\n3,12\n4,13\n5,14\n'), '--horizon', '1');
  expect(stdout).toContain('空欄 1 個を補いました。');
});
it('says what is wrong with a file that is no series, and what to do', () => {
  const cases: [string, string, number][] = [
    [path.join(dir, 'nowhere.csv'), 'forecast.no-file', 66],
    [dir, 'forecast.no-file', 66],
    [file('empty.csv', ''), 'forecast.too-short', 65],
    [file('one.csv', '5'), 'forecast.too-short', 65],
    [file('text.csv', '1\nabc\n3\n4\n5'), 'forecast.not-a-number', 65],
    [file('holes.csv', '1\nNaN\nNaN\nNaN\nNaN\nNaN\n2\n3\n4\n'), 'forecast.holes', 65],
  ];
  for (const [name, code, exit] of cases) {
    const { status, stderr } = forecast(name);
    expect([stderr.includes(`(${code})`), status], name).toEqual([true, exit]);
    expect(stderr).toMatch(/[ぁ-ん]/);
  }
  const { status, stderr } = forecast(file('ok.csv', '1\n2\n3\n4'), '--horizon', '0');
  expect([status, stderr.includes('1 から 10000 までの整数')]).toEqual([64, true]);
});
