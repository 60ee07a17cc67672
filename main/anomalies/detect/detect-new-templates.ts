import { DAY, HOUR, MINUTE, NEW_TEMPLATE } from '../config.ts';
import type { Finding, Severity } from '../types.ts';
import { wordNewTemplate } from '../word-anomaly.ts';
import { atMost, type DetectionWindow, endOf } from './detection-window.ts';
import { hourOf } from './series.ts';
import { type LogSeverity, severityOf } from './severity-of.ts';

/**
 * Templates of less than a day, by what they say and how often: one line of a new error is low, three in ten minutes medium, eight
 * high; warnings need more; everyday lines come to notice only in numbers and when they are like nothing seen before.
 */
export function detectNewTemplates(look: DetectionWindow): Finding[] {
  const { windowMinutes, learnMinutes, learnLines, youngMs } = NEW_TEMPLATE;
  const start = look.minute * MINUTE;
  const ageMs = start - look.since;
  if (ageMs < learnMinutes * MINUTE) return [];
  const found: Finding[] = [];
  for (const [id, series] of look.recent.templates) {
    if (series.last() !== look.minute) continue;
    const fact = look.fact(id);
    if (fact.mark !== 'none' || fact.firstAt === null || fact.firstAt <= start - youngMs) continue;
    // what came with the log's first hour is how the log is
    if (fact.firstAt < look.since + learnMinutes * MINUTE) continue;
    const kind = severityOf(fact);
    const lines = series.sum(look.minute - windowMinutes + 1, look.minute + 1);
    const severity = graded(kind, lines);
    if (severity === null || linesBefore(look) < learnLines) continue;
    const few = kind !== 'info' && severity === 'low';
    // said once, when it is first seen
    if (few && (fact.firstAt < start - windowMinutes * MINUTE || stillLearning(look, id, kind))) continue;
    const distance = look.novelty(id);
    if (kind === 'info' && (distance === null || distance < NEW_TEMPLATE.infoDistance || ageMs < 7 * DAY))
      continue;
    const variant = distance !== null && distance < NEW_TEMPLATE.variantDistance;
    if (variant && severity === 'low') continue;
    const finding = {
      kind: 'new-template',
      severity: variant ? atMost(severity, 'medium') : severity,
      from: Math.max(fact.firstAt, start - (windowMinutes - 1) * MINUTE),
      at: endOf(look),
      templateId: id,
      service: series.service || null,
      level: fact.level,
      source: series.source,
      observed: lines,
      expected: 0,
      sd: null,
      score: distance,
      windowMs: windowMinutes * MINUTE,
      baselineDays: ageMs / DAY,
      learning: ageMs < 7 * DAY,
    } as const;
    found.push({ ...finding, words: wordNewTemplate(finding, fact) });
  }
  return found;
}

function graded(kind: LogSeverity, lines: number): Severity | null {
  const [low, medium, high] = NEW_TEMPLATE[kind];
  return lines >= high ? 'high' : lines >= medium ? 'medium' : lines >= low ? 'low' : null;
}
/** Enough lines before the window that "new" means something; counted no further than needed. */
function linesBefore(look: DetectionWindow): number {
  const now = look.minute - NEW_TEMPLATE.windowMinutes;
  let lines = look.recent.total.sum(now - 120, now);
  for (let h = hourOf(now * MINUTE) - 3; lines < NEW_TEMPLATE.learnLines; h--) {
    if ((h + 1) * HOUR <= look.since || h < hourOf(now * MINUTE) - 7 * 24) break;
    lines += look.hours.hour(h).total;
  }
  return lines;
}
/** While new templates as severe still come in numbers, one more line of one is no news (after Good & Turing). */
function stillLearning(look: DetectionWindow, id: number, kind: LogSeverity): boolean {
  const now = look.minute * MINUTE;
  if (now - look.since < NEW_TEMPLATE.singleAfterMinutes * MINUTE) return true;
  const known = new Set<number>();
  const newcomers = new Set<number>();
  const note = (template: number): void => {
    if (template === id || known.has(template)) return;
    const fact = look.fact(template);
    if (severityOf(fact) !== kind) return;
    known.add(template);
    if (fact.firstAt !== null && fact.firstAt > now - 3 * HOUR) newcomers.add(template);
  };
  for (const template of look.recent.templates.keys()) note(template);
  for (let h = hourOf(now) - 1; h > hourOf(now) - 25; h--)
    for (const template of look.hours.hour(h).templates.keys()) note(template);
  return newcomers.size > NEW_TEMPLATE.singleNewShare * Math.max(3, known.size);
}
