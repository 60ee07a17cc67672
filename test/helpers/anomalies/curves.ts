// How a scripted site's rates and values go through days and weeks, as data.
import { z } from 'zod';
import type { Day, Moment } from './site.ts';

const HOUR = 3_600_000;

/** An hour of the day; of two, each day has its own between them. */
const hourSchema = z.union([z.number(), z.tuple([z.number(), z.number()])]);
/** Which days: by kind, by weekday (0 Sunday), by number from the script's beginning. */
export const daysSchema = z.strictObject({
  off: z.boolean().optional(),
  weekdays: z.array(z.number()).optional(),
  monthEnd: z.boolean().optional(),
  not: z.array(z.number()).optional(),
});
const whenSchema = z.strictObject({
  days: daysSchema.optional(),
  hours: z.array(z.tuple([hourSchema, hourSchema])).optional(),
  /** days from the script's beginning, 16.5 for noon of day 16 */
  since: z.number().optional(),
  until: z.number().optional(),
});
type Days = z.infer<typeof daysSchema>;
type When = z.infer<typeof whenSchema>;

/** A number, a rhythm by its name, or what is made of others. */
export type Curve =
  | number
  | string
  | { readonly sum: readonly Curve[] }
  | { readonly product: readonly Curve[] }
  /** the first that holds, else nothing */
  | { readonly cases: readonly { readonly when?: When | undefined; readonly is: Curve }[] }
  /** so many hours, whatever the day: each part until an hour of it */
  | { readonly cycle: number; readonly parts: readonly (readonly [until: number, is: Curve])[] }
  /** rises from nothing within so many hours, then falls back */
  | { readonly saw: number; readonly by: number }
  | { readonly byHour: readonly number[] }
  /** a day's wave around nothing, highest at that hour */
  | { readonly wave: number; readonly highest: number }
  | { readonly perDay: number };

export const curveSchema: z.ZodType<Curve> = z.lazy(() =>
  z.union([
    z.number(),
    z.string(),
    z.strictObject({ sum: z.array(curveSchema) }),
    z.strictObject({ product: z.array(curveSchema) }),
    z.strictObject({
      cases: z.array(z.strictObject({ when: whenSchema.optional(), is: curveSchema })),
    }),
    z.strictObject({ cycle: z.number(), parts: z.array(z.tuple([z.number(), curveSchema])) }),
    z.strictObject({ saw: z.number(), by: z.number() }),
    z.strictObject({ byHour: z.array(z.number()).length(24) }),
    z.strictObject({ wave: z.number(), highest: z.number() }),
    z.strictObject({ perDay: z.number() }),
  ]),
);

type Rhythms = Readonly<Record<string, Curve>>;

const hourOf = (hour: z.infer<typeof hourSchema>, day: Day): number =>
  typeof hour === 'number' ? hour : hour[0] + (hour[1] - hour[0]) * ((day.index * 0.618) % 1);

export function isOn(days: Days | undefined, day: Day): boolean {
  if (!days) return true;
  if (days.off !== undefined && days.off !== day.off) return false;
  if (days.weekdays && !days.weekdays.includes(day.weekday)) return false;
  if (days.monthEnd !== undefined && days.monthEnd !== day.isMonthEnd) return false;
  return !days.not?.includes(day.index);
}

function holds(when: When | undefined, m: Moment): boolean {
  if (!when) return true;
  const at = m.day.index + m.hour / 24;
  if (when.since !== undefined && at < when.since) return false;
  if (when.until !== undefined && at >= when.until) return false;
  if (!isOn(when.days, m.day)) return false;
  return (
    when.hours?.some(([from, to]) => m.hour >= hourOf(from, m.day) && m.hour < hourOf(to, m.day)) ?? true
  );
}

export function valueAt(curve: Curve, m: Moment, rhythms: Rhythms): number {
  if (typeof curve === 'number') return curve;
  if (typeof curve === 'string') {
    const named = rhythms[curve];
    if (named === undefined) throw new Error(`no rhythm ${curve}`);
    return valueAt(named, m, rhythms);
  }
  const at = (inner: Curve): number => valueAt(inner, m, rhythms);
  if ('sum' in curve) return curve.sum.reduce((sum: number, inner) => sum + at(inner), 0);
  if ('product' in curve) return curve.product.reduce((product: number, inner) => product * at(inner), 1);
  if ('cases' in curve) return at(curve.cases.find(({ when }) => holds(when, m))?.is ?? 0);
  if ('perDay' in curve) return curve.perDay * (m.day.index + m.hour / 24);
  if ('byHour' in curve) return curve.byHour[Math.floor(m.hour)] ?? 0;
  // local hours, so that a cycle of some hours of a day keeps its time
  const hours = m.at / HOUR + 9;
  if ('cycle' in curve) return at(curve.parts.find(([until]) => hours % curve.cycle < until)?.[1] ?? 0);
  if ('saw' in curve) return (curve.by * (hours % curve.saw)) / curve.saw;
  return curve.wave * Math.cos(((m.hour - curve.highest) * Math.PI) / 12);
}
