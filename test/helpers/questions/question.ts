// The rows of test/golden/questions, as its README tells.
import { readFileSync } from 'node:fs';
import { z } from 'zod';

export const DIMENSIONS = ['site', 'business', 'process', 'person', 'service', 'level', 'word'] as const;
export type Dimension = (typeof DIMENSIONS)[number];
const Values = z.partialRecord(z.enum(DIMENSIONS), z.array(z.string()));
const Any = z.array(z.string());
export const Threshold = z.strictObject({
  op: z.enum(['>', '>=', '<', '<=', '=']),
  value: z.number(),
  unit: z.literal('percent').optional(),
});
const Time = z.string().regex(/^\d\d:\d\d$/);
export const Window = z.strictObject({
  span: z.string().optional(),
  at: Time.optional(),
  from: Time.optional(),
  until: Time.optional(),
});
/** One clause. Of `act`, of each of `measures` and `by`, and of `topic` one alternative has to be met. */
export const Plan = z.strictObject({
  act: Any,
  measures: z.array(Any).optional(),
  where: Values.optional(),
  not: Values.optional(),
  source: Values.optional(),
  notSource: Values.optional(),
  by: z.array(Any).optional(),
  order: z.enum(['desc', 'asc']).optional(),
  limit: z.number().optional(),
  rank: z.number().optional(),
  threshold: z.array(Threshold).optional(),
  window: Window.optional(),
  compare: z.string().optional(),
  trend: z.literal(true).optional(),
  caps: z
    .strictObject({
      people: z.number(),
      exactly: z.number(),
      overtime: z.number(),
      near: z.literal(true),
      keep: z.string(),
    })
    .partial()
    .optional(),
  change: z
    .strictObject({
      what: z.string(),
      amount: z.number().optional(),
      unit: z.literal('percent').optional(),
    })
    .optional(),
  topic: Any.optional(),
  doc: z.string().optional(),
  what: z.string().optional(),
  none: z.literal(true).optional(),
});
export type Plan = z.infer<typeof Plan>;
export type Values = z.infer<typeof Values>;
export const Outcome = z.strictObject({
  plans: z.array(Plan).optional(),
  asks: Any.optional(),
  unknown: z.string().optional(),
});
export type Outcome = z.infer<typeof Outcome>;
export const Question = z.strictObject({
  id: z.string(),
  lang: z.enum(['ja', 'en']),
  kind: z.string(),
  before: Any.default([]),
  q: z.string(),
  accept: z.array(Outcome).min(1),
});
export type Question = z.infer<typeof Question>;

/** `set`: a part of test/golden/questions, or any file of such rows. */
export const questions = (set: string): Question[] =>
  readFileSync(
    set.endsWith('.jsonl') ? set : new URL(`../../golden/questions/${set}.jsonl`, import.meta.url),
    'utf8',
  )
    .trim()
    .split('\n')
    .map((line) => Question.parse(JSON.parse(line)));

/** Letters and digits as one spelling: width, case, spaces and honorifics do not count. */
export const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\s|・|さん/g, '');

const DAY = 86_400_000;
const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
/** The days [from, to] a span means on `today` (all `YYYY-MM-DD`); weeks begin on Monday. */
export function daysOf(span: string | undefined, today: string): readonly [string, string] {
  const now = Date.parse(`${today}T00:00:00Z`);
  const day = (n: number): string => new Date(now + n * DAY).toISOString().slice(0, 10);
  const month = (n: number): readonly [string, string] => {
    const [y = 0, m = 0] = today.split('-').map(Number);
    const date = (months: number, d: number): string =>
      new Date(Date.UTC(y, m - 1 + months, d)).toISOString().slice(0, 10);
    return [date(n, 1), date(n + 1, 0)];
  };
  const sinceMonday = (new Date(now).getUTCDay() + 6) % 7;
  const [, name = '', sign = '0', unit = ''] = /^([a-z]+)([+-]\d+)?(d?)$/.exec(span ?? 'now') ?? [];
  const n = Number(sign);
  if (/^\d{4}/.test(span ?? '')) {
    const [from = '', to = from] = (span ?? '').split('..');
    return [from, to];
  }
  if (name === 'last' && unit === 'd') return [day(n + 1), day(0)];
  if (name === 'yesterday') return [day(-1), day(-1)];
  if (name === 'tomorrow') return [day(1), day(1)];
  if (name === 'morning' || name === 'day') return [day(n), day(n)];
  if (name === 'week') {
    const from = n * 7 - sinceMonday;
    return [day(from), n === 0 ? day(0) : day(from + 6)];
  }
  if (name === 'weekday') return [day(7 * n), day(7 * n)];
  if (name === 'month') return n === 0 ? [month(0)[0], day(0)] : month(n);
  if (name === 'all') return ['2000-01-01', day(0)];
  const weekday = WEEKDAYS.indexOf(name);
  if (weekday >= 0) {
    const at = ((weekday + 6) % 7) - sinceMonday + 7 * n;
    return [day(at), day(at)];
  }
  return [day(0), day(0)];
}
