import { HABIT, MISSING } from '../config.ts';
import type { Finding } from '../types.ts';
import { wordJob } from '../word-anomaly.ts';
import { absence, type DetectionWindow } from './detection-window.ts';
import type { Appointment } from './habits.ts';
import { severityOf } from './severity-of.ts';

/** Half a day, minutes. */
const HALF_DAY = 720;

/**
 * Every few minutes: what comes once or a few times a day at about the same time (a nightly batch that starts, one that finishes)
 * and did not come today. It lasts until the line comes: then the job was late.
 */
export function detectJobs(look: DetectionWindow): Finding[] {
  if ((look.minute + 1) % MISSING.everyMinutes !== 0) return [];
  const { dayStart, since } = look;
  // of what comes around midnight a day from noon to noon knows when
  const noon = dayStart + (look.minute < dayStart + HALF_DAY ? -HALF_DAY : HALF_DAY);
  const nightly = look.habits
    .appointments(noon, since)
    .filter((job) => job.earliest < noon + HALF_DAY && lateAt(job) >= noon + HALF_DAY);
  const isNightly = new Set(nightly.map((job) => job.template));
  const daily = look.habits.appointments(dayStart, since).filter((job) => !isNightly.has(job.template));
  return [
    ...daily.flatMap((job) => missed(look, job, dayStart) ?? []),
    ...nightly.flatMap((job) => missed(look, job, noon) ?? []),
  ];
}

/** From when on it is late, epoch minutes: the fewer days are known, the further beyond them the next may lie. */
const lateAt = ({ earliest, latest, days }: Appointment): number =>
  latest + HABIT.lateMinutes + Math.ceil((latest - earliest) * Math.max(0.5, HABIT.spreadDays / days));

/** `start`: of the day it is awaited on, epoch minutes */
function missed(look: DetectionWindow, job: Appointment, start: number): Finding | null {
  const range = job.latest - job.earliest;
  if (look.minute < lateAt(job)) return null;
  const fact = look.fact(job.template);
  if (fact.mark !== 'none' || severityOf(fact) !== 'info') return null;
  const since = job.earliest - HABIT.marginMinutes - range;
  if (look.minutes.lines({ of: 'templates', key: job.template }, since, look.minute + 1) > 0) return null;
  // where nothing at all is read, the source is silent, and that is told
  if (look.recent.total.activeCount(look.minute - 10, look.minute + 1) === 0) return null;
  const finding = absence(look, {
    severity: look.habits.isStrange(start, look.since) ? 'low' : 'medium',
    from: job.latest,
    templateId: job.template,
    service: job.service || null,
    level: fact.level,
    expected: 1,
    baselineDays: job.days,
    learning: job.days < HABIT.surer,
  });
  const words = wordJob(finding, fact, {
    earliest: timeOfDay(job.earliest - look.dayStart),
    latest: timeOfDay(job.latest - look.dayStart),
  });
  return { ...finding, words };
}
const timeOfDay = (minute: number): number => (minute + 2 * HALF_DAY) % (2 * HALF_DAY);
