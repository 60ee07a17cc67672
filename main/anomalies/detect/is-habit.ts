import { MINUTE, RATE, SPIKE } from '../config.ts';
import type { DetectionWindow } from './detection-window.ts';
import { hourOf } from './series.ts';

/**
 * Nearly as many lines of a template in an hour are usual: at this hour on several days before, or, with `anyHour`, at any hour on most
 * days of a week.
 */
export function isHabit(
  look: DetectionWindow,
  id: number,
  o: { readonly lines: number; readonly anyHour: boolean },
): boolean {
  const hour = hourOf(look.minute * MINUTE);
  const had = (h: number): boolean => (look.hours.hour(h).templates.get(id) ?? 0) * RATE.near >= o.lines;
  let sameHour = 0;
  for (let back = 1; back <= 14; back++) {
    const h = hour - back * 24;
    if (had(h) || (look.minute % 60 < SPIKE.windows[0] && had(h - 1))) sameHour++;
    if (sameHour >= SPIKE.habitDays) return true;
  }
  if (!o.anyHour) return false;
  let days = 0;
  for (let back = 0; back < 7; back++)
    if (Array.from({ length: 24 }, (_, i) => hour - 1 - back * 24 - i).some(had)) days++;
  return days >= SPIKE.habitAnyHourDays;
}
