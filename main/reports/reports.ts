import type { Notify } from '../alerts/contract/alerts.ts';
import type { Alerts } from '../alerts/index.ts';
import type { Anomalies } from '../anomalies/index.ts';
import { addDays, dateIn, instantOf, minuteOfDay } from '../kernel/clock.ts';
import { AppError } from '../kernel/errors.ts';
import { Emitter } from '../kernel/events.ts';
import type { Logs } from '../logs/index.ts';
import type { Base, Statement } from '../store/index.ts';
import { composeNightly } from './compose-nightly.ts';
import { CATCH_UP_DAYS, PATIENCE_MINUTES, REPORT_MINUTE } from './config.ts';
import type { Report, ReportSummary } from './contract/reports.ts';
import { exportReport } from './export-report.ts';
import { type Answer, figuresOf } from './figures.ts';
import { openItems } from './open-items.ts';
import {
  deleteNightly,
  hasData,
  isNightDone,
  removeReport,
  reportById,
  reportList,
  saveReport,
} from './queries.ts';
import { validate } from './validate.ts';
import { type NightlyViews, viewSection } from './view-section.ts';

const MINUTE = 60_000;
/** What is open now belongs to the report of the day that ended, not to one of long ago. */
const DAY = 24 * 60 * MINUTE;
/** Later than this after 02:00 a report counts as caught up with, not as made by the clock. */
const ON_TIME_MINUTES = 10;

/** When the report of a day is due: 02:00 of the next one, epoch ms. */
const dueAt = (date: string, zone: string): number => instantOf(date, 24 * 60 + REPORT_MINUTE, zone);

export interface Reports {
  list(): ReportSummary[];
  get(id: string): Report;
  /** Makes (or makes again) the nightly report of a day, `YYYY-MM-DD`; today when absent. */
  make(date?: string): Promise<Report>;
  validate(): Promise<Report>;
  export(o: { id: string; format: 'markdown' | 'csv' | 'json'; lang: 'ja' | 'en' }): {
    name: string;
    mime: string;
    text: string;
  };
  remove(id: string): Promise<void>;
  /** Statements that take away the nights of a company copy that is cleared. */
  forget(): Statement[];
  /** At 02:00 of the site's zone, and at once for a night that was missed, until the returned function is called. */
  start(): () => void;
  readonly changed: Emitter<void>;
}

/** The nightly report and the validation report: figures by code, words by the composer; kept as they were made. */
export function createReports(
  o: Pick<Base, 'store' | 'clock' | 'zone' | 'tasks' | 'log'> & {
    readonly logs: Pick<Logs, 'templates' | 'settle'>;
    readonly anomalies: Pick<Anomalies, 'list' | 'incidents' | 'incident' | 'look'>;
    readonly alerts: Pick<Alerts, 'list'>;
    /** answers questions of the measures */
    readonly answer: Answer;
    /** whether the company's rows up to an instant (epoch ms) are here, or none are awaited */
    readonly isHere?: (until: number) => boolean;
    /** saved views that people want in the report, their queries as of a date */
    readonly views?: NightlyViews;
    /** tells somebody that a night's report is there */
    readonly notify?: Notify;
  },
): Reports {
  const { store, clock } = o;
  const log = o.log.area('reports');
  const changed = new Emitter<void>();

  const make = (date: string, trigger: Report['trigger']): Promise<Report> =>
    o.tasks.run('report', async ({ progress }) => {
      const zone = o.zone();
      progress(0, 2, date);
      await o.logs.settle();
      await o.anomalies.look();
      progress(1, 2, date);
      const { logs, anomalies, answer } = o;
      const from = { read: store.read, logs, anomalies, answer, zone, now: clock.now() };
      const before = addDays(date, -1);
      const known = hasData(store.read, instantOf(before, 0, zone), instantOf(before, 24 * 60, zone));
      const day = await figuresOf(date, from);
      const composed = composeNightly(day, known ? await figuresOf(before, from) : null, {
        open: clock.now() < day.to + DAY ? await openItems(o) : null,
        zone,
        madeAt: clock.now(),
        trigger,
      });
      const views = o.views ? await viewSection(o.views, o.answer, day) : null;
      const report = views ? { ...composed, sections: [...composed.sections, views] } : composed;
      await store.write([saveReport(report)]);
      changed.emit();
      progress(2, 2, date);
      return report;
    });

  /** Nights whose report is due and missing, oldest first. */
  const due = (): string[] => {
    const zone = o.zone();
    const now = clock.now();
    const today = dateIn(now, zone);
    const found: string[] = [];
    let date = minuteOfDay(now, zone) >= REPORT_MINUTE ? addDays(today, -1) : addDays(today, -2);
    for (let back = 0; back < CATCH_UP_DAYS; back++, date = addDays(date, -1)) {
      if (isNightDone(store.read, `nightly-${date}`, dueAt(date, zone))) break;
      if (hasData(store.read, instantOf(date, 0, zone), instantOf(date, 24 * 60, zone))) found.unshift(date);
    }
    return found;
  };
  /** After a sleep or a start the rows of the days between come first, unless the company cannot be reached for long. */
  let waited = 0;
  const mayBegin = (dates: readonly string[]): boolean => {
    const last = dates.at(-1);
    if (last === undefined || (o.isHere?.(instantOf(last, 24 * 60, o.zone())) ?? true)) waited = 0;
    else if (++waited <= PATIENCE_MINUTES) return false;
    return last !== undefined;
  };
  let working = false;
  const catchUp = async (): Promise<void> => {
    if (working) return;
    working = true;
    try {
      let latest: Report | null = null;
      const dates = due();
      if (!mayBegin(dates)) return;
      for (const date of dates) {
        const late = clock.now() - dueAt(date, o.zone());
        latest = await make(date, late < ON_TIME_MINUTES * MINUTE ? 'clock' : 'catch-up');
      }
      if (latest)
        await o.notify?.({
          kind: 'report',
          severity: 'info',
          subject: latest.id,
          title: { ja: '夜間レポートができました', en: 'The nightly report is ready' },
          text: latest.headline,
        });
    } finally {
      working = false;
    }
  };

  return {
    list: () => reportList(store.read),
    get(id) {
      const report = reportById(store.read, id);
      if (!report) throw new AppError('not-found', { what: id });
      return report;
    },
    make: (date) => make(date ?? dateIn(clock.now(), o.zone()), 'demand'),
    validate: () =>
      o.tasks.run('validate', async ({ signal, progress }) => {
        const report = await validate({ at: clock.now(), zone: o.zone(), signal, progress });
        await store.write([saveReport(report)]);
        changed.emit();
        return report;
      }),
    export({ id, format, lang }) {
      const report = reportById(store.read, id);
      if (!report) throw new AppError('not-found', { what: id });
      return exportReport(report, format, lang, o.zone());
    },
    async remove(id) {
      await store.write([removeReport(id, clock.now())]);
      changed.emit();
    },
    forget: () => [deleteNightly()],
    start() {
      const tick = (): void =>
        void catchUp().catch((error: unknown) => log.error('the nightly report', error));
      tick();
      return clock.every(MINUTE, tick);
    },
    changed,
  };
}
