// The forecast of a series on M4 hourly (Makridakis, Spiliotis & Assimakopoulos, IJF 36, 2020), by rolling origin inside the training part:
// the last 48 values are forecast from those before, and the 48 before them likewise. OWA as M4 defines it: half of sMAPE ÷ Naive2's
// sMAPE plus half of MASE ÷ Naive2's MASE, each averaged over all series first; MASE and MSIS scaled by the seasonal naive's mean error
// in the history (season 24).
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { DayForecast } from '../../main/analytics/contract/situation.ts';
import { CELL_SEPARATOR } from '../../main/api/contract/common.ts';
import { createForecasts, forecastSeries, readSeries } from '../../main/forecast/index.ts';
import { instantOf, ManualClock } from '../../main/kernel/clock.ts';
import { createSite } from '../../main/simulator/index.ts';
import { storeBatch } from '../../main/simulator/queries.ts';
import { openStore } from '../../main/store/index.ts';

const DATA = path.resolve(import.meta.dirname, '../../../shared/data/m4/Hourly-train.csv');
const SEASON = 24;
const HORIZON = 48;
const WEEK = 168;

const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

/** M4's test: is the autocorrelation at one season significant at 90 %? */
function isSeasonal(y: readonly number[]): boolean {
  const average = mean(y);
  const d = y.map((v) => v - average);
  const power = d.reduce((sum, v) => sum + v * v, 0);
  const acf = Array.from(
    { length: SEASON },
    (_, k) => d.slice(k + 1).reduce((sum, v, i) => sum + v * (d[i] ?? 0), 0) / power,
  );
  const spread = 1 + 2 * acf.slice(0, -1).reduce((sum, r) => sum + r * r, 0);
  return Math.abs(acf.at(-1) ?? 0) > 1.645 * Math.sqrt(spread / y.length);
}
/** Multiplicative figure of classical decomposition, by phase. */
function seasonalFigure(y: readonly number[]): number[] {
  const half = SEASON / 2;
  const ratios = Array.from({ length: SEASON }, (): number[] => []);
  for (let i = half; i < y.length - half; i++) {
    const inner = y.slice(i - half + 1, i + half).reduce((a, b) => a + b, 0);
    const trend = (inner + ((y[i - half] ?? 0) + (y[i + half] ?? 0)) / 2) / SEASON;
    ratios[i % SEASON]?.push((y[i] ?? 0) / trend);
  }
  const figure = ratios.map(mean);
  const level = mean(figure);
  return figure.map((v) => v / level);
}
/** The last value, seasonally adjusted where the series is seasonal. */
function naive2(y: readonly number[]): number[] {
  const figure = isSeasonal(y) ? seasonalFigure(y) : Array.from({ length: SEASON }, () => 1);
  const n = y.length;
  const last = (y[n - 1] ?? 0) / (figure[(n - 1) % SEASON] ?? 1);
  return Array.from({ length: HORIZON }, (_, i) => last * (figure[(n + i) % SEASON] ?? 1));
}
const seasonalNaive = (y: readonly number[]): number[] =>
  Array.from({ length: HORIZON }, (_, i) => y[y.length - SEASON + (i % SEASON)] ?? 0);

const sMape = (f: readonly number[], actual: readonly number[]): number =>
  mean(
    actual.map((a, i) => {
      const v = f[i] ?? 0;
      return v === a ? 0 : (200 * Math.abs(v - a)) / (Math.abs(v) + Math.abs(a));
    }),
  );
const absolute = (f: readonly number[], actual: readonly number[]): number =>
  mean(actual.map((a, i) => Math.abs((f[i] ?? 0) - a)));

const ZONE = 'Asia/Tokyo';
const TEN_MINUTES = 600_000;
/** Three simulated weeks of 24 cells, ordinary or with shortages, outages and waves of work: ours against the company's forecast. */
async function simulatedSite(
  scenario: 'normal' | 'random',
  seed: number,
  print: (line: string) => void,
): Promise<void> {
  const dir = mkdtempSync(path.join(tmpdir(), 'toride-bench-'));
  const store = await openStore(dir, { now: 0 });
  try {
    const now = instantOf('2026-11-16', 14 * 60, ZONE);
    const site = createSite({ seed, scenario, zone: ZONE, startDate: '2026-10-26' });
    for (const batch of site.until(now)) {
      if (batch.table === 'workload_forecasts') await store.write([storeBatch(batch)]);
      if (batch.table !== 'progress_snapshots') continue;
      const rows = batch.rows.filter((row) => row.snapshot_time % TEN_MINUTES === 0);
      await store.write([storeBatch({ ...batch, rows })]);
    }
    const forecasts = createForecasts({ store, clock: new ManualClock(now), zone: () => ZONE });
    const timed = async <T>(work: () => Promise<T>): Promise<[T, number]> => {
      const began = performance.now();
      return [await work(), performance.now() - began];
    };
    const [expected, first] = await timed(() => forecasts.expected('2026-11-17'));
    const [, again] = await timed(() => forecasts.expected('2026-11-18'));
    const days: DayForecast[] = [];
    for (const cellId of new Set(expected.map((row) => row.cellId))) {
      const [location = '', businessId = '', process = ''] = cellId.split(CELL_SEPARATOR);
      days.push(await forecasts.day({ location, businessId, process, date: '2026-11-17' }));
    }
    const entry = days.filter((day) => day.cell.process === 'エントリ1');
    const later = days.filter((day) => day.cell.process !== 'エントリ1');
    const share = (of: typeof days, who: 'ours' | 'company' | 'coverage'): string =>
      `${(100 * mean(of.map((day) => day.record[who] ?? 0))).toFixed(1)} %`;
    print(
      `simulated site, ${scenario} days, seed ${seed}, 14 days forecast from those before: error per half hour (WAPE) of the first step ${share(entry, 'ours')} against the company's ${share(entry, 'company')}, of later steps ${share(later, 'ours')} against ${share(later, 'company')}; 95 % interval holds ${share(days, 'coverage')}; nearer: ours in ${days.filter((day) => day.best === 'ours').length} of ${days.length} cells; ${(first / days.length).toFixed(0)} ms a cell at first, then ${(again / days.length).toFixed(1)} ms`,
    );
  } finally {
    await store.close();
    rmSync(dir, { recursive: true, force: true });
  }
}

/** About a minute. */
export async function run(print: (line: string) => void): Promise<void> {
  for (const seed of [11, 12]) {
    await simulatedSite('normal', seed, print);
    await simulatedSite('random', seed, print);
  }
  if (!existsSync(DATA)) {
    print('forecast: M4 is not here, nothing measured');
    return;
  }
  const series = readSeries(readFileSync(DATA, 'utf8'), { wide: true }).map(({ values }) =>
    values.map((v) => v ?? 0),
  );
  const scores = new Map<string, { smape: number[]; mase: number[] }>();
  const note = (method: string, smape: number, mase: number): void => {
    const score = scores.get(method) ?? { smape: [], mase: [] };
    scores.set(method, score);
    score.smape.push(smape);
    score.mase.push(mase);
  };
  for (const back of [1, 2]) {
    scores.clear();
    const interval = { inside: 0, below: 0, above: 0, msis: [] as number[] };
    const began = performance.now();
    let ours = 0;
    for (const all of series) {
      const cut = all.length - back * HORIZON;
      const y = all.slice(0, cut);
      const actual = all.slice(cut, cut + HORIZON);
      const scale = mean(y.slice(SEASON).map((v, i) => Math.abs(v - (y[i] ?? 0))));
      const started = performance.now();
      const f = forecastSeries(y, { horizon: HORIZON, seasons: [SEASON, WEEK] });
      ours += performance.now() - started;
      for (const [method, path] of [
        ['Naive2', naive2(y)],
        ['seasonal naive', seasonalNaive(y)],
        ['ours', f.forecast],
      ] as const)
        note(method, sMape(path, actual), absolute(path, actual) / scale);
      const penalties = actual.map((a, i) => {
        const [low, high] = [f.lower[i] ?? 0, f.upper[i] ?? 0];
        if (a < low) interval.below++;
        else if (a > high) interval.above++;
        else interval.inside++;
        return high - low + 40 * (Math.max(0, low - a) + Math.max(0, a - high));
      });
      interval.msis.push(mean(penalties) / scale);
    }
    const base = scores.get('Naive2');
    for (const [method, { smape, mase }] of scores) {
      const owa = base ? (mean(smape) / mean(base.smape) + mean(mase) / mean(base.mase)) / 2 : 0;
      print(
        `M4 hourly, ${series.length} series, ${HORIZON} ahead, origin ${back * HORIZON} before the end of the training part: ${method.padEnd(14)} OWA ${owa.toFixed(3)} (sMAPE ${mean(smape).toFixed(2)}, MASE ${mean(mase).toFixed(3)})`,
      );
    }
    const n = series.length * HORIZON;
    const share = (k: number): string => `${((100 * k) / n).toFixed(1)} %`;
    print(
      `  95 % interval: holds ${share(interval.inside)} (${share(interval.below)} below, ${share(interval.above)} above), MSIS ${mean(interval.msis).toFixed(2)}; ${(ours / series.length).toFixed(1)} ms a series (all: ${((performance.now() - began) / 1000).toFixed(0)} s)`,
    );
  }
}
