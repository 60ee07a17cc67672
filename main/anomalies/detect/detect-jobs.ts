import { HABIT, MISSING } from '../config.ts';
import type { Finding } from '../types.ts';
import { wordJob } from '../word-anomaly.ts';
import { absence, type DetectionWindow } from './detection-window.ts';
import type { Appointment } from './habits.ts';
import { severityOf } from './severity-of.ts';

/**
 * Every few minutes: what comes once or a few times a day at about the same time (a nightly batch that starts, one that finishes)
 * and did not come today. It lasts until the line comes: then the job was late.
 */
export function detectJobs(look: DetectionWindow): Finding[] {
  if ((look.minute + 1) % MISSING.everyMinutes !== 0) return [];
  return look.habits.appointments(look.dayStart, look.since).flatMap((job) => missed(look, job) ?? []);
}

function missed(look: DetectionWindow, job: Appointment): Finding | null {
  const range = job.latest - job.earliest;
  // the fewer days are known, the further beyond them the next may lie
  const late = job.latest + HABIT.lateMinutes + Math.ceil(range * Math.max(0.5, HABIT.spreadDays / job.days));
  if (look.minute < late) return null;
  const fact = look.fact(job.template);
  if (fact.mark !== 'none' || severityOf(fact) !== 'info') return null;
  const since = job.earliest - HABIT.marginMinutes - range;
  if (look.minutes.lines({ of: 'templates', key: job.template }, since, look.minute + 1) > 0) return null;
  // where nothing at all is read, the source is silent, and that is told
  if (look.recent.total.activeCount(look.minute - 10, look.minute + 1) === 0) return null;
  const finding = absence(look, {
    severity: look.habits.isStrange(look.dayStart, look.since) ? 'low' : 'medium',
    from: job.latest,
    templateId: job.template,
    service: job.service || null,
    level: fact.level,
    expected: 1,
    baselineDays: job.days,
    learning: job.days < HABIT.surer,
  });
  const words = wordJob(finding, fact, {
    earliest: job.earliest - look.dayStart,
    latest: job.latest - look.dayStart,
  });
  return { ...finding, words };
}
