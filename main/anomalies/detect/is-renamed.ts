import { MINUTE } from '../config.ts';
import type { DetectionWindow } from './detection-window.ts';
import { hourOf } from './series.ts';

/** Of the lines of a service, by those templates it had. */
const MOST = 0.5;

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
/** The last whole hour before a minute. */
export const hourBefore = (minute: number): number => hourOf(minute * MINUTE) - 1;
