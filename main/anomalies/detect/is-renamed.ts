import { MINUTE } from '../config.ts';
import type { DetectionWindow } from './detection-window.ts';
import { hourOf } from './series.ts';
import { severityOf } from './severity-of.ts';

/** Of the lines of a service, by those templates it had. */
const MOST = 0.5;
/** Old and new versions run beside each other for so long. */
const AROUND_MINUTES = 60;
const LEAST_LINES = 3;

/**
 * Whether most of what a service said in an hour of the past is said now by one that did not exist then: it has another name, or
 * writes to another log, and is not silent. `hour`: epoch hours.
 */
export function isRenamed(look: DetectionWindow, service: string, hour: number): boolean {
  const then = look.hours.hour(hour);
  let all = 0;
  let elsewhere = 0;
  for (const [template, writer] of then.serviceOf) {
    if (writer !== service) continue;
    const lines = then.templates.get(template) ?? 0;
    all += lines;
    const now = look.recent.templates.get(template);
    if (now && !then.services.has(now.service)) elsewhere += lines;
  }
  return all > 0 && elsewhere >= MOST * all;
}
/**
 * Whether another everyday message took a template's place: of the same service, new since about when it stopped, with about as many
 * lines. What a new version says in other words has not stopped. `stopped`: epoch minute of its first missed line; `rate`: lines a
 * minute it had.
 */
export function isReworded(
  look: Pick<DetectionWindow, 'minute' | 'recent' | 'fact'>,
  o: { readonly service: string; readonly stopped: number; readonly rate: number },
): boolean {
  const end = look.minute + 1;
  for (const [id, other] of look.recent.templates) {
    if (other.service !== o.service) continue;
    const fact = look.fact(id);
    if ((fact.firstAt ?? 0) < (o.stopped - AROUND_MINUTES) * MINUTE || severityOf(fact) !== 'info') continue;
    const from = Math.max(o.stopped, other.first());
    const lines = other.sum(from, end);
    if (lines >= LEAST_LINES && lines >= MOST * o.rate * (end - from)) return true;
  }
  return false;
}
/** The last whole hour before a minute. */
export const hourBefore = (minute: number): number => hourOf(minute * MINUTE) - 1;
