import type { DayForecast, ForecastBlock } from '../analytics/contract/situation.ts';
import { holidayOn } from '../kernel/holidays.ts';
import { dayKinds } from './calendar.ts';
import { type ArrivalDay, BLOCK_MINUTES, BLOCKS, forecastSite, type SiteRecord, wape } from './site-day.ts';

const BLOCK_MS = BLOCK_MINUTES * 60_000;
const PER_HOUR = 60 / BLOCK_MINUTES;
/** Blocks with less are not shown at the ends of the day; items. */
const NEXT_TO_NOTHING = 0.05;

export type HourlyItems = readonly { readonly hour: number; readonly items: number }[];

/**
 * The company's hours on blocks: an hour's items are spread like ours, evenly where we expect none. Hours past midnight (25時) count on:
 * there are more blocks then.
 */
function onBlocks(hours: HourlyItems, ours: readonly number[]): number[] {
  const last = Math.max(0, ...hours.map(({ hour }) => hour + 1));
  const blocks = new Array<number>(Math.max(BLOCKS, last * PER_HOUR)).fill(0);
  for (const { hour, items } of hours) {
    const places = Array.from({ length: PER_HOUR }, (_, k) => hour * PER_HOUR + k);
    const expected = places.reduce((sum, b) => sum + (ours[b] ?? 0), 0);
    for (const b of places)
      blocks[b] = (blocks[b] ?? 0) + items * (expected > 0 ? (ours[b] ?? 0) / expected : 1 / PER_HOUR);
  }
  return blocks;
}
const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

/**
 * Our forecast of a date from the days before it, beside the company's and what came in. Both are judged on the same blocks of the
 * last days that have both. `over`: blocks of the date that end after this instant have no actual yet (null: none has).
 */
export function compareDay(o: {
  readonly cell: DayForecast['cell'];
  readonly date: string;
  /** local midnight of the date, epoch ms */
  readonly from: number;
  readonly history: readonly ArrivalDay[];
  /** of the days before the date */
  readonly past: SiteRecord;
  readonly actual: ArrivalDay | null;
  readonly over: number | null;
  readonly company: (date: string) => HourlyItems | null;
}): DayForecast {
  const ours = forecastSite(o.history, o.date, o.past);
  const hours = o.company(o.date);
  const theirs =
    hours &&
    onBlocks(
      hours,
      ours.blocks.map((block) => block.mean),
    );
  const blocks = Array.from({ length: theirs?.length ?? BLOCKS }, (_, b): ForecastBlock => {
    const at = o.from + b * BLOCK_MS;
    const isOver = o.over !== null && at + BLOCK_MS <= o.over;
    return {
      at,
      ours: ours.blocks[b] ?? null,
      company: theirs?.[b] ?? null,
      // what comes past midnight is counted with the next date
      actual: isOver ? (o.actual?.blocks[b] ?? null) : null,
    };
  });
  const isBusy = (block: ForecastBlock): boolean =>
    Math.max(block.ours?.mean ?? 0, block.company ?? 0, block.actual ?? 0) > NEXT_TO_NOTHING;
  const first = blocks.findIndex(isBusy);
  const shown = first < 0 ? [] : blocks.slice(first, blocks.findLastIndex(isBusy) + 1);
  const came = shown.flatMap((block) => (block.actual === null ? [] : [block.actual]));

  const both = o.past.past.flatMap((day) => {
    const known = o.company(day.date);
    return known ? [{ ...day, company: onBlocks(known, day.expected) }] : [];
  });
  const judged = both.length > 0 ? both : o.past.past;
  const record = {
    days: judged.length,
    ours: wape(
      judged.flatMap((day) => day.actual.map((actual, b) => ({ actual, expected: day.expected[b] ?? 0 }))),
    ),
    company: wape(
      both.flatMap((day) => day.actual.map((actual, b) => ({ actual, expected: day.company[b] ?? 0 }))),
    ),
    coverage: o.past.coverage,
  };
  const isOurs =
    ours.state !== 'none' &&
    // the company knows when it is open
    !(ours.state === 'closed' && theirs !== null && sum(theirs) > 0) &&
    (theirs === null ||
      (record.ours !== null && record.company !== null && record.ours <= record.company) ||
      (record.company === null && ours.state !== 'learning'));
  return {
    cell: o.cell,
    date: o.date,
    kinds: [...dayKinds(o.date)],
    holiday: holidayOn(o.date),
    state: ours.state,
    days: ours.days,
    weeks: ours.weeks,
    blockMinutes: BLOCK_MINUTES,
    blocks: shown,
    total: {
      ours: ours.total,
      company: theirs && sum(theirs),
      actual: came.length > 0 ? sum(came) : null,
    },
    record,
    best: isOurs ? 'ours' : theirs ? 'company' : null,
  };
}

/** Items expected per block by the forecast that was nearer of late (`best`); empty where there is none. */
export const bestForecast = ({
  best,
  blocks,
}: DayForecast): { readonly at: number; readonly items: number }[] =>
  best === null
    ? []
    : blocks.flatMap(({ at, ours, company }) => {
        const items = best === 'ours' ? ours?.mean : company;
        return items ? [{ at, items }] : [];
      });
