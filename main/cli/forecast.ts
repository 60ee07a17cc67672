// `toride forecast FILE.csv`: a forecast of any series. Reads the file alone; no data folder is opened.
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { InvalidArgumentError } from 'commander';
import { fillHoles, forecastSeries, readSeries } from '../forecast/index.ts';
import { textOf } from '../kernel/encoding.ts';
import { AppError } from '../kernel/errors.ts';
import type { Command } from './run.ts';
import words from './words.json' with { type: 'json' };

const MOST = { horizon: 10_000, season: 10_000, bytes: 200_000_000 } as const;

const wholeUpTo =
  (most: number, wanted: string) =>
  (text: string): number => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < 1 || value > most) throw new InvalidArgumentError(wanted);
    return value;
  };
const seasonsGiven = (text: string): number[] =>
  text.split(',').map((part) => wholeUpTo(MOST.season, 'lengths such as 24,168')(part.trim()));

function fileText(file: string): string {
  try {
    if (!statSync(file).isFile() || statSync(file).size > MOST.bytes)
      throw new AppError('forecast.no-file', { file });
    return textOf(readFileSync(file));
  } catch (thrown) {
    throw new AppError('forecast.no-file', { file }, { cause: thrown });
  }
}

export function addForecastCommand(program: Command): void {
  program
    .command('forecast <file>')
    .description('forecast a series in a CSV file, with a 95% interval')
    .option('--horizon <n>', 'values ahead', wholeUpTo(MOST.horizon, 'a whole number from 1 to 10000'), 24)
    .option('--season <lengths>', 'lengths of its seasons in values, with commas between', seasonsGiven, [])
    .option('--wide', 'one series a row, its name first')
    .withoutEngine(
      ({ show, say }, file: string, o: { horizon: number; season: number[]; wide?: boolean }) => {
        const series = readSeries(fileText(file), { wide: o.wide ?? false }).map((raw) => {
          const { values, filled } = fillHoles({ ...raw, id: raw.id || path.basename(file) }, o.season);
          const { forecast, lower, upper } = forecastSeries(values, {
            horizon: o.horizon,
            seasons: o.season,
          });
          return { id: raw.id, filled, forecast, lower, upper };
        });
        if (series.length === 0) fillHoles({ id: path.basename(file), values: [] }, []);
        for (const { id, filled, forecast, lower, upper } of series) {
          if (series.length > 1) show(id);
          if (filled > 0) say(words.said['gaps-filled'], { filled });
          const shown = (v: number | undefined): string => Number((v ?? 0).toPrecision(6)).toString();
          forecast.forEach((v, i) => {
            show(`${String(i + 1).padStart(5)}  ${shown(v)}  [${shown(lower[i])}, ${shown(upper[i])}]`);
          });
        }
        const plain = series.map(({ filled: _, ...one }) => one);
        const { id: _, ...alone } = plain[0] ?? { id: '' };
        return plain.length === 1 ? alone : { series: plain };
      },
    );
}
