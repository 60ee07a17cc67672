import type { Level } from '../logs/types.ts';
import { JUDGE, RISE } from './config.ts';

const MINUTE = 60_000;

/** Lines of one template, service and level in one minute; epoch ms. */
export type LogMinute = {
  readonly at: number;
  readonly service: string;
  readonly level: Level | null;
  readonly template: number;
  readonly lines: number;
};
/** Errors that became more, or that nobody has seen before. */
export type LogRise = {
  readonly templateId: number;
  readonly service: string;
  readonly level: Level | null;
  /** first minute of it */
  readonly from: number;
  readonly lines: number;
  /** times the usual; null: there was nothing like it in the hours before */
  readonly factor: number | null;
  /** it was never seen before at all */
  readonly isNew: boolean;
  readonly strength: number;
};
export type Silence = { readonly service: string; readonly since: number };

const byName = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const isBad = (level: Level | null): boolean => level === 'warn' || level === 'error' || level === 'fatal';
const isError = (level: Level | null): boolean => level === 'error' || level === 'fatal';

/**
 * Warnings and errors that rose around an instant: between `JUDGE.leadMinutes` before and `JUDGE.lagMinutes` after it (or up to `until`),
 * against the hours before. Counts are taken as Poisson; the strength is the log-likelihood ratio of the rise. The strongest first, errors
 * before warnings.
 */
export function findRises(
  minutes: readonly LogMinute[],
  o: { around: number; until: number; isNew: (template: number, since: number) => boolean },
): LogRise[] {
  const start = o.around - JUDGE.leadMinutes * MINUTE;
  const end = Math.min(o.until, o.around + JUDGE.lagMinutes * MINUTE);
  const oldest = start - RISE.baselineHours * 60 * MINUTE;
  const first = minutes.reduce((least, m) => Math.min(least, m.at), start);
  const baseline = Math.max(MINUTE, start - Math.max(oldest, first)) / MINUTE;
  const span = Math.max(1, (end - start) / MINUTE);
  const groups = Map.groupBy(
    minutes.filter((m) => isBad(m.level) && m.at >= oldest && m.at < end),
    (m) => m.template,
  );
  const found: LogRise[] = [];
  for (const [templateId, rows] of groups) {
    const inside = rows
      .filter((m) => m.at >= start)
      .sort((a, b) => a.at - b.at || byName(a.service, b.service));
    const seen = inside.reduce((sum, m) => sum + m.lines, 0);
    const before = rows.reduce((sum, m) => sum + (m.at < start ? m.lines : 0), 0);
    const head = inside[0];
    if (!head || seen === 0) continue;
    const fresh = before === 0 && o.isNew(templateId, start - RISE.newMinutes * MINUTE);
    // half a line more: what was not seen in some hours may still be usual
    const usual = ((before + 0.5) / baseline) * span;
    const strength = seen * Math.log(seen / usual) - (seen - usual);
    if (fresh ? seen < RISE.minNewLines : seen < RISE.minLines || seen < RISE.minFactor * usual) continue;
    if (strength < (fresh ? RISE.newLimit : RISE.limit)) continue;
    const from = beginOf(inside, seen);
    // the rate since it began, against the usual one
    const lasts = Math.max(1, (end - from) / MINUTE);
    const since = inside.reduce((sum, m) => sum + (m.at >= from ? m.lines : 0), 0);
    found.push({
      templateId,
      service: head.service,
      level: rows.find((m) => isError(m.level))?.level ?? head.level,
      from,
      lines: since,
      factor: before === 0 ? null : since / lasts / (before / baseline),
      isNew: fresh,
      strength,
    });
  }
  // of equals the one that began first, then any one order: what is read must not hang on how the rows came
  return found.sort(
    (a, b) =>
      Number(isError(b.level)) - Number(isError(a.level)) ||
      b.strength - a.strength ||
      a.from - b.from ||
      a.templateId - b.templateId,
  );
}

/** The first minute from which on the lines come as densely as in the rise: single lines before it are the usual ones. */
function beginOf(rows: readonly LogMinute[], seen: number): number {
  const ahead = (at: number): number =>
    rows.reduce((sum, m) => sum + (m.at >= at && m.at < at + 5 * MINUTE ? m.lines : 0), 0);
  const most = rows.reduce((max, m) => Math.max(max, ahead(m.at)), 0);
  const enough = Math.min(seen, Math.max(2, most * 0.3));
  return rows.find((m) => ahead(m.at) >= enough && m.lines * 3 >= enough / 3)?.at ?? rows[0]?.at ?? 0;
}

/** Services that wrote steadily and then nothing at all, though others go on. */
export function findSilent(minutes: readonly LogMinute[], until: number): Silence[] {
  const newest = minutes.reduce((most, m) => Math.max(most, m.at), 0);
  const oldest = minutes.reduce((least, m) => Math.min(least, m.at), until);
  const services = Map.groupBy(minutes, (m) => m.service);
  // logs that stopped altogether say nothing about one service
  if (newest < until - 2 * MINUTE) return [];
  return [...services].flatMap(([service, rows]): Silence[] => {
    const last = rows.reduce((most, m) => Math.max(most, m.at), 0);
    const lines = rows.reduce((sum, m) => sum + m.lines, 0);
    const rate = lines / Math.max(1, (last - oldest) / MINUTE + 1);
    const quiet = (until - last) / MINUTE - 1;
    return rate >= RISE.silentRate && quiet >= RISE.silentMinutes ? [{ service, since: last + MINUTE }] : [];
  });
}
