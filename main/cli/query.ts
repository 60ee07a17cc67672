// `toride query`: one question of numbers, as the screens and the chat ask them.
import { InvalidArgumentError } from 'commander';
import type { Bilingual, Table } from '../api/contract/common.ts';
import {
  columnsIn,
  formatDateTime,
  formatDays,
  formatMoment,
  formatNumber,
  formatPercent,
} from '../api/contract/format.ts';
import { dateIn, minuteOfDay } from '../kernel/clock.ts';
import { AppError } from '../kernel/errors.ts';
import {
  COMPARISONS,
  type Days,
  DIMENSION_NAMES,
  DIMENSIONS,
  type Dimension,
  Query,
  type Window,
} from '../measures/contract/measures.ts';
import { wordNote } from '../measures/contract/words.ts';
import { nearest } from '../measures/index.ts';
import { widthOf } from './help.ts';
import { type Command, momentOf, type Run } from './run.ts';
import words from './words.json' with { type: 'json' };

const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const minuteGiven = (text: string): number => {
  const [, h = '', m = ''] = /^(\d{1,2}):(\d\d)$/.exec(text) ?? [];
  if (h === '' || Number(h) > 47 || Number(m) > 59) throw new InvalidArgumentError('a time such as 14:30');
  return Number(h) * 60 + Number(m);
};
/** `yesterday`, `day-2`, `week-1`, `fri-1`, `last-3d`, `2026-11-12..2026-11-18` and the like */
function daysGiven(text: string): Days {
  const DAY = '\\d{4}-\\d\\d-\\d\\d';
  const [, from, to] = new RegExp(`^(${DAY})(?:\\.\\.(${DAY}))?$`).exec(text) ?? [];
  if (from) return { kind: 'dates', from, to: to ?? from };
  const [, name = '', offset = '0', unit = ''] = /^([a-z]+)(?:([+-]\d+)(d?))?$/.exec(text) ?? [];
  const n = Number(offset);
  if (text === 'now' || text === 'all') return { kind: text };
  if (text === 'hour') return { kind: 'last-minutes', minutes: 60 };
  const near = { today: 0, yesterday: -1, tomorrow: 1 }[text];
  if (near !== undefined) return { kind: 'day', offset: near };
  if (name === 'day') return { kind: 'day', offset: n };
  if (name === 'week' || name === 'month') return { kind: name, offset: n };
  if (name === 'last' && unit === 'd' && n < 0) return { kind: 'last-days', days: -n };
  if (name === 'next' && unit === 'd' && n < 0) return { kind: 'next-days', days: -n };
  if (WEEKDAYS.includes(name)) return { kind: 'weekday', weekday: WEEKDAYS.indexOf(name), week: n };
  throw new InvalidArgumentError('a span such as yesterday, week-1, last-7d or 2026-11-12..2026-11-18');
}
const many = (text: string, before: readonly string[] = []): string[] => [...before, text];
const listed = (texts: readonly string[]): string[] =>
  texts
    .flatMap((t) => t.split(/[,、]/))
    .map((t) => t.trim())
    .filter((t) => t !== '');
const whole = (text: string): number => {
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new InvalidArgumentError('a whole number');
  return Number(text);
};

const isCalled = (word: string, id: string, name: Bilingual): boolean =>
  [id, name.ja, name.en.toLowerCase()].includes(word.toLowerCase());
/** By id, by name in either language, or by what people call it. */
function measureGiven(run: Run, word: string): string {
  const { measures: known, questions } = run.engine.services;
  const measures = known.list();
  const found = measures.find((m) => isCalled(word, m.id, m.name));
  if (found) return found.id;
  const [plan] = questions.read(word, { lang: 'ja', previous: null, proposals: [], alert: null }).plans;
  if (plan?.act === 'measure') return plan.query.measures[0] as string;
  throw new AppError('measures.unknown', {
    name: word,
    nearest: nearest(
      word,
      measures.flatMap((m) => [m.id, m.name.ja]),
    ).join(', '),
  });
}
function dimensionGiven(word: string): Dimension {
  const found = DIMENSIONS.find((d) => isCalled(word, d, DIMENSION_NAMES[d]));
  if (found) return found;
  const known = DIMENSIONS.flatMap((d) => [d, DIMENSION_NAMES[d].ja]);
  throw new AppError('measures.unknown-dimension', { name: word, nearest: nearest(word, known).join(', ') });
}
/** `location=札幌,盛岡` */
function filterGiven(text: string, not: boolean) {
  const [, name = '', values = ''] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
  if (!name || !listed([values]).length)
    throw new AppError('input.invalid', { detail: `${text} (location=札幌,盛岡)` });
  return { dimension: dimensionGiven(name.trim()), values: listed([values]), not };
}
/** `backlog>500`, `p-late>=80%`, `arrivals>=+20%` (of the change against what is compared with) */
function thresholdGiven(run: Run, text: string) {
  const [, name = '', is = '', sign = '', number = '', percent = ''] =
    /^(.+?)\s*(<=|>=|<|>|=)\s*([+-]?)(\d+(?:\.\d+)?)\s*(%?)$/.exec(text) ?? [];
  const found = COMPARISONS.find((c) => c === is);
  if (!found) throw new AppError('input.invalid', { detail: `${text} (backlog>500)` });
  const value = Number(`${sign}${number}`) / (percent ? 100 : 1);
  return {
    measure: measureGiven(run, name.trim()),
    is: found,
    value,
    of: sign && percent ? ('change' as const) : ('value' as const),
  };
}
const compareGiven = (text: string): { kind: 'forecast' | 'plan' } | { kind: 'window'; days: Days } =>
  text === 'forecast' || text === 'plan' ? { kind: text } : { kind: 'window', days: daysGiven(text) };

type Options = {
  measure: string[];
  by: string[];
  where: string[];
  not: string[];
  over: string[];
  window: Days;
  at?: number;
  from?: number;
  until?: number;
  most?: number;
  least?: number;
  rank?: number;
  compare?: ReturnType<typeof compareGiven>;
};
function queryGiven(run: Run, o: Options): Query {
  const window: Window = {
    days: o.window,
    at: o.at ?? null,
    from: o.from ?? null,
    until: o.until ?? null,
  };
  return Query.parse({
    measures: listed(o.measure).map((word) => measureGiven(run, word)),
    where: [
      ...o.where.map((text) => filterGiven(text, false)),
      ...o.not.map((text) => filterGiven(text, true)),
    ],
    by: listed(o.by).map((word) => dimensionGiven(word)),
    order: o.most || o.rank ? { first: 'most' } : o.least ? { first: 'least' } : null,
    limit: o.most ?? o.least ?? null,
    rank: o.rank ?? null,
    thresholds: o.over.map((text) => thresholdGiven(run, text)),
    window,
    compare:
      o.compare === undefined
        ? null
        : o.compare.kind === 'window'
          ? { kind: 'window', window: { days: o.compare.days } }
          : o.compare,
  });
}

const wide = (text: string, width: number, kind: Table['columns'][number]['kind']): string => {
  const gap = ' '.repeat(Math.max(0, width - widthOf(text)));
  return kind === 'number' || kind === 'percent' ? gap + text : text + gap;
};
function printTable(run: Run, table: Table): void {
  const { lang } = run.global;
  const columns = columnsIn(table.columns, lang);
  const shown = (
    value: string | number | null | undefined,
    kind: Table['columns'][number]['kind'],
  ): string => {
    if (value === null || value === undefined) return '–';
    if (typeof value === 'string') return value;
    if (kind === 'percent') return formatPercent(value, lang);
    if (kind === 'instant') return formatDateTime(value, run.zone, lang, momentOf(run).now);
    return formatNumber(value, lang, 1);
  };
  const lines = table.rows.map((row) => columns.map((c) => shown(row[c.key], c.kind)));
  const widths = columns.map((c, i) =>
    Math.max(widthOf(c.label[lang]), ...lines.map((cells) => widthOf(cells[i] ?? ''))),
  );
  const line = (cells: readonly string[]): string =>
    cells
      .map((text, i) => wide(text, widths[i] ?? 0, columns[i]?.kind ?? 'text'))
      .join('  ')
      .trimEnd();
  run.show(line(columns.map((c) => c.label[lang])));
  for (const cells of lines) run.show(line(cells));
}

/** Whole days as days, an instant as one, else from when to when. */
function timeOf(run: Run, { from, until }: { from: number; until: number }): string {
  const { lang } = run.global;
  const { now } = momentOf(run);
  const isMidnight = (at: number): boolean => minuteOfDay(at, run.zone) === 0;
  if (from === until) return formatMoment(from, run.zone, lang, now);
  if (isMidnight(from) && isMidnight(until))
    return formatDays(dateIn(from, run.zone), dateIn(until - 1, run.zone), lang);
  return `${formatMoment(from, run.zone, lang, now)} – ${formatMoment(until, run.zone, lang, now)}`;
}

export function addQueryCommand(program: Command): void {
  program
    .command('query')
    .description('figures by measure; --measures lists what can be asked')
    .option('--measures', 'what can be asked, and by what')
    .option('--measure <names>', 'what to count, e.g. backlog', many, [])
    .option('--by <dimensions>', 'what to split by, e.g. location', many, [])
    .option('--where <dimension=values>', 'only these, e.g. location=札幌', many, [])
    .option('--not <dimension=values>', 'all but these', many, [])
    .option('--over <condition>', 'only groups that fit, e.g. "backlog>500"', many, [])
    .option('--window <span>', 'now, yesterday, week-1, fri-1, last-7d, a date, from..to', daysGiven, {
      kind: 'now',
    })
    .option('--at <time>', 'as it was at this time of day', minuteGiven)
    .option('--from <time>', 'from this time of day', minuteGiven)
    .option('--until <time>', 'until before this time of day', minuteGiven)
    .option('--most <n>', 'only the n largest', whole)
    .option('--least <n>', 'only the n smallest', whole)
    .option('--rank <n>', 'only the n-th largest', whole)
    .option('--compare <with>', 'forecast, plan, or another span', compareGiven)
    .withEngine(async (run, o: Options & { measures?: boolean }) => {
      const { lang } = run.global;
      if (o.measures || o.measure.length === 0) {
        const measures = await run.client.measures.list();
        const named = ({ ja, en }: Bilingual): string => (lang === 'ja' ? ja : en);
        for (const m of measures)
          run.show(`${m.id.padEnd(13)} ${named(m.name)}  [${m.dimensions.join(', ')}]`);
        return measures;
      }
      const answered = await run.client.measures.query(queryGiven(run, o));
      if (run.global.json) return answered;
      const { query, table, notes } = answered;
      run.show(table.title[lang]);
      if (table.rows.length === 0) run.say(words.said['nothing-fits']);
      else printTable(run, table);
      if (query.by.length && table.total > table.rows.length)
        run.say(words.said['rows-of-total'], { total: table.total, shown: table.rows.length });
      run.show(timeOf(run, answered));
      for (const note of notes) run.show(`※ ${wordNote(note, lang)}`);
      return answered;
    });
}
