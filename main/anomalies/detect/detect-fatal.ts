import { DAY, HABIT, HOUR, LOOKBACK_MINUTES, MINUTE } from '../config.ts';
import type { Finding } from '../types.ts';
import { wordNewTemplate, wordSpike } from '../word-anomaly.ts';
import { type DetectionWindow, endOf } from './detection-window.ts';
import { hourOf } from './series.ts';

/**
 * A fatal line is grave by itself: the first of a day, unless most days like this have it at this hour. How often it comes after
 * that is for the other detectors.
 */
export function detectFatal(look: DetectionWindow): Finding[] {
  const found: Finding[] = [];
  for (const [id, series] of look.recent.templates) {
    if (series.last() !== look.minute) continue;
    const fact = look.fact(id);
    if (fact.level !== 'fatal' || fact.mark !== 'none') continue;
    if (series.sum(look.minute - LOOKBACK_MINUTES, look.minute) > 0 || cameToday(look, id)) continue;
    const usual = look.habits.hourOnLikeDays({ of: 'templates', key: id }, look.minute, look.since);
    if (usual.filter((lines) => lines > 0).length >= HABIT.least) continue;
    const start = look.minute * MINUTE;
    const isNew = fact.firstAt !== null && fact.firstAt >= start;
    const finding = {
      kind: isNew ? 'new-template' : 'spike',
      severity: 'high',
      from: start,
      at: endOf(look),
      templateId: id,
      service: series.service || null,
      level: fact.level,
      source: series.source,
      observed: series.sum(look.minute, look.minute + 1),
      expected: 0,
      sd: null,
      score: null,
      windowMs: MINUTE,
      baselineDays: (start - look.since) / DAY,
      learning: false,
    } as const;
    found.push({ ...finding, words: isNew ? wordNewTemplate(finding, fact) : wordSpike(finding, fact) });
  }
  return found;
}

/** in the last day's whole hours */
function cameToday(look: DetectionWindow, id: number): boolean {
  const hour = hourOf(look.minute * MINUTE);
  for (let back = 1; back <= 24 && (hour - back + 1) * HOUR > look.since; back++)
    if ((look.hours.hour(hour - back).templates.get(id) ?? 0) > 0) return true;
  return false;
}
