import { z } from 'zod';
import { AppError } from '../../kernel/errors.ts';
import type { Reader, Statement } from '../../store/index.ts';
import { DEFAULT_RULES } from '../config.ts';
import { Rules, type RulesVersion } from '../contract/placement.ts';
import { insertRules, rulesRows } from '../queries.ts';

/** Version 0: the rules nobody has changed yet. */
const INITIAL: RulesVersion = {
  version: 0,
  rules: DEFAULT_RULES,
  changedBy: 'Toride',
  changedAt: 0,
  why: null,
};

/** Every version, newest first; ends with the defaults (version 0). A row that no longer fits the schema is left out. */
export function rulesHistory(read: Reader): RulesVersion[] {
  const saved = rulesRows(read).flatMap((row): RulesVersion[] => {
    const rules = Rules.safeParse(rulesNow(parse(row.rules)));
    return rules.success
      ? [
          {
            version: row.version,
            rules: rules.data,
            changedBy: row.changed_by,
            changedAt: row.changed_at,
            why: row.why,
          },
        ]
      : [];
  });
  return [...saved, INITIAL];
}
/** The rules in force and their version (0: the defaults). */
export const currentRules = (read: Reader): RulesVersion => rulesHistory(read)[0] ?? INITIAL;

/** What spoke against moves before all of it was `constraints`. */
const RulesBefore = z.looseObject({
  locked: z.array(z.string()),
  experience: z.array(z.object({ process: z.string(), months: z.number(), hard: z.boolean() })),
  constraints: z.array(z.unknown()).default([]),
  costs: z.looseObject({ junior: z.number() }),
});
/** Rules as they were kept once, in the form that is parsed today. */
export function rulesNow(kept: unknown): unknown {
  const before = RulesBefore.safeParse(kept);
  if (!before.success) return kept;
  const { locked, experience, constraints, costs, ...rules } = before.data;
  const staying = locked.map((operatorId, i) => ({
    id: `stays ${i + 1}`,
    operatorId,
    hard: true,
    weight: 0,
  }));
  const trained = experience
    .filter(({ months }) => months > 0)
    .map(({ process, months, hard }, i) => ({
      id: `experience ${i + 1}`,
      toProcess: process,
      monthsBelow: months,
      hard,
      weight: hard ? 0 : costs.junior,
    }));
  return { ...rules, costs, constraints: [...constraints, ...staying, ...trained] };
}

/** Appends a version; refused when the rules do not fit the schema. */
export function newRules(
  read: Reader,
  { rules, why, actor, now }: { rules: unknown; why: string | null; actor: string; now: number },
): { version: RulesVersion; statement: Statement } {
  const checked = Rules.safeParse(rulesNow(rules));
  if (!checked.success) {
    const detail = checked.error.issues
      .map(({ path, message }) => `${path.join('.')}: ${message}`)
      .join('; ');
    throw new AppError('input.invalid', { detail });
  }
  refuseBreaks(checked.data);
  const newest = rulesRows(read)[0]?.version ?? 0;
  const version = { version: newest + 1, rules: checked.data, changedBy: actor, changedAt: now, why };
  return { version, statement: insertRules(version) };
}

/** A break that ends before it begins, and breaks that leave no minute of the day, would be followed without a word. */
function refuseBreaks({ breaks }: Rules): void {
  const time = (minute: number): string =>
    `${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, '0')}`;
  const bad = breaks.filter(({ from, to }) => to <= from);
  const isWork = (minute: number): boolean => breaks.every(({ from, to }) => minute < from || minute >= to);
  const worksSometime = Array.from({ length: DAY_MINUTES }, (_, minute) => minute).some(isWork);
  const wrong = bad.length > 0 ? bad : worksSometime ? [] : breaks;
  if (wrong.length > 0)
    throw new AppError('rules.breaks', {
      detail: wrong.map(({ from, to }) => `${time(from)}–${time(to)}`).join(', '),
    });
}
const DAY_MINUTES = 24 * 60;

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};
