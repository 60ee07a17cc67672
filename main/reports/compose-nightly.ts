// The day in words and tables. Sentences are made of the figures alone; the day before stands beside each of them.
import { ANOMALY_KINDS } from '../anomalies/contract/anomalies.ts';
import type { Bilingual } from '../api/contract/common.ts';
import {
  formatCell,
  formatDate,
  formatDateTime,
  formatMinutes,
  formatTemplate,
  formatTime,
} from '../api/contract/format.ts';
import type { VerdictSide } from '../timeline/contract/timeline.ts';
import { wordPrecedes, wordSides } from '../timeline/contract/words.ts';
import { KEPT } from './config.ts';
import type { Report, ReportSection } from './contract/reports.ts';
import type { DayFigures } from './figures.ts';
import { type OpenItems, openWords, titleOf } from './open-items.ts';
import { inBoth, say, sectionOf, tableOf, WORDS } from './report-parts.ts';

const { charts: CHARTS } = WORDS;
const sidesOf = (sides: readonly VerdictSide[]): Bilingual =>
  sides.length > 0 ? inBoth((lang) => wordSides(sides, lang)) : say('nobody-knows');
type Incident = DayFigures['incidents'][number];
const STATES: Readonly<Record<string, Bilingual>> = WORDS.states;
const stateOf = (state: string): Bilingual => STATES[state] ?? { ja: state, en: state };

/** A table of the day; a file of it is named after the day's last instant. */
const dayTable = (day: DayFigures, o: Omit<Parameters<typeof tableOf>[0], 'slots' | 'asOf'>) =>
  tableOf({ ...o, slots: { date: day.date }, asOf: day.to - 1 });

const headlineOf = (day: DayFigures, zone: string): Bilingual =>
  say('headline', {
    day: inBoth((lang) => formatDate(day.from, zone, lang)),
    deadlines: deadlineHeadline(day),
    incidents: incidentHeadline(day),
  });
function deadlineHeadline(day: DayFigures): Bilingual {
  if (!day.progress) return say('head-unknown');
  if (day.lots.length === 0) return say('head-no-deadline');
  if (day.missed > 0) return say('head-missed', { n: day.missed });
  return say(day.toCome > 0 ? 'head-so-far' : 'head-met');
}
function incidentHeadline({ incidents, lines }: DayFigures): Bilingual {
  if (incidents.length > 0) return say('head-incidents', { n: incidents.length });
  // where nothing was logged nothing can be said of incidents
  return say(lines === 0 ? 'head-no-logs' : 'head-no-incident');
}

/** Measures of both days, in the order a manager asks for them; of those that are bad more is worse. */
const MEASURES: readonly {
  readonly key: keyof typeof WORDS.measures;
  readonly of: (day: DayFigures) => number;
  readonly isBad?: true;
}[] = [
  { key: 'met', of: (d) => d.met },
  { key: 'missed', of: (d) => d.missed, isBad: true },
  { key: 'late', of: (d) => d.lateItems, isBad: true },
  { key: 'danger', of: (d) => d.alerts.danger, isBad: true },
  { key: 'watch', of: (d) => d.alerts.watch, isBad: true },
  { key: 'approved', of: (d) => d.decisions.approved },
  { key: 'people', of: (d) => d.decisions.people },
  { key: 'incidents', of: (d) => d.incidents.length, isBad: true },
  { key: 'anomalies', of: (d) => d.anomalies.length, isBad: true },
  { key: 'new', of: (d) => d.newTemplates.length },
  { key: 'lines', of: (d) => d.lines },
  { key: 'errors', of: (d) => d.errors, isBad: true },
];
/** Which way it went since the day before, and whether that is good. */
function trendOf(change: number, isBad = false): keyof typeof WORDS.trends {
  if (change === 0) return 'same';
  if (isBad) return change > 0 ? 'worse' : 'better';
  return change > 0 ? 'more' : 'fewer';
}
function comparison(day: DayFigures, before: DayFigures | null): ReportSection {
  // half a day against a whole one goes nowhere
  const isOver = day.now >= day.to;
  const compared = MEASURES.map(({ key, of, isBad }) => {
    const change = before ? of(day) - of(before) : null;
    const trend = isOver && change !== null ? trendOf(change, isBad) : null;
    return { measure: WORDS.measures[key], now: of(day), before: before ? of(before) : null, change, trend };
  });
  const worse = compared.filter(({ trend }) => trend === 'worse').map(({ measure }) => measure);
  const names = {
    ja: worse.map(({ ja }) => ja).join('、'),
    en: worse.map(({ en }) => en.toLowerCase()).join(', '),
  };
  const sentence = !before
    ? say('not-compared')
    : !isOver
      ? say('compared-so-far')
      : worse.length > 0
        ? say('worse-ones', { names })
        : say('none-worse');
  const arrows = { same: '→', up: '↑', down: '↓' } as const;
  const table = dayTable(day, {
    query: 'comparison',
    title: before ? WORDS.tables.comparison : WORDS.tables.alone,
    columns: {
      measure: 'words',
      now: 'number',
      ...(before && { before: 'number', change: 'number' }),
      ...(before && isOver && { trend: 'words' }),
    },
    rows: compared.map(({ trend, ...row }) => {
      const arrow = arrows[trend === 'same' ? 'same' : (row.change ?? 0) > 0 ? 'up' : 'down'];
      const { ja, en } = WORDS.trends[trend ?? 'same'];
      return { ...row, ...(trend && { trend: { ja: `${arrow} ${ja}`, en: `${arrow} ${en}` } }) };
    }),
  });
  return sectionOf('comparison', [sentence], [table]);
}

function deadlines(day: DayFigures, zone: string): ReportSection {
  const late = day.lots.filter((lot) => (lot.left ?? 0) > 0);
  const unknown = day.lots.filter((lot) => lot.left === null).length - day.toCome;
  const { met, missed, toCome } = day;
  const first = !day.progress
    ? say('deadlines-unknown')
    : day.lots.length === 0
      ? say('no-deadline')
      : say('deadlines-met', { n: met + missed, met, missed });
  const sentences = late.slice(0, 3).map(({ location, business, process, deadline, left, verdict }) => {
    const params = {
      cell: formatCell({ location, businessName: business, process }),
      at: inBoth((lang) => formatTime(deadline, zone, lang)),
      left: left ?? 0,
    };
    const told = verdict && verdict.sides.length > 0 ? verdict : null;
    return told
      ? say('left-over-since', { ...params, first: inBoth((lang) => wordPrecedes(told, lang) ?? '') })
      : say('left-over', params);
  });
  const rows = [...late, ...day.lots.filter((lot) => (lot.left ?? 0) === 0)].slice(0, KEPT);
  const table = dayTable(day, {
    query: 'deadlines',
    columns: {
      location: 'text',
      business: 'text',
      process: 'text',
      deadline: 'instant',
      items: 'number',
      left: 'number',
      ...(day.lots.some((lot) => lot.verdict !== null) && { side: 'words' }),
    },
    rows: rows.map(({ businessId: _, verdict, ...lot }) => ({
      ...lot,
      side: verdict ? sidesOf(verdict.sides) : { ja: '', en: '' },
    })),
    total: day.lots.length,
  });
  return sectionOf(
    'deadlines',
    [
      first,
      ...sentences,
      ...(toCome > 0 ? [say('to-come', { n: toCome })] : []),
      ...(unknown > 0 ? [say('no-data', { n: unknown })] : []),
    ],
    [table],
  );
}

function decisions(day: DayFigures): ReportSection {
  const { watch, danger, verdicts } = day.alerts;
  const parts = verdicts.map(({ sides, n }) => say('judged-part', { sides: sidesOf(sides), n }));
  const joined = {
    ja: parts.map(({ ja }) => ja).join('、'),
    en: parts.map(({ en }) => en).join(', '),
  };
  return sectionOf('decisions', [
    say('alerts', { danger, watch, all: danger + watch }),
    ...(parts.length > 0 ? [say('judged', { parts: joined })] : []),
    say('decided', day.decisions),
  ]);
}

function incidents(day: DayFigures, zone: string): ReportSection {
  // what still lasts asks for something: it comes first
  const lasting = (i: Incident): boolean => i.to === null || i.to >= day.to;
  const listed = day.incidents.toSorted((a, b) => Number(lasting(b)) - Number(lasting(a)));
  const lineOf = (i: Incident): Bilingual => {
    // of one that began on an earlier day the date is told too
    const at = i.from < day.from ? formatDateTime : formatTime;
    const length = (Math.min(day.to, day.now) - i.from) / 60_000;
    return say(lasting(i) ? 'lasts' : 'lasted', {
      from: inBoth((lang) => at(i.from, zone, lang)),
      to: inBoth((lang) => formatTime(i.to ?? day.to, zone, lang)),
      length: inBoth((lang) => formatMinutes(length, lang)),
      title: i.title,
    });
  };
  const sentences = listed.length
    ? listed.slice(0, 5).map(lineOf)
    : [say(day.lines === 0 ? 'incidents-unknown' : 'no-incident')];
  const byKind = ANOMALY_KINDS.map((kind) => ({
    kind: WORDS.kinds[kind],
    n: day.anomalies.filter((a) => a.kind === kind).length,
  }));
  return sectionOf('incidents', sentences, [
    dayTable(day, {
      query: 'incidents',
      columns: { from: 'instant', to: 'instant', title: 'words', services: 'text', state: 'words' },
      rows: listed.slice(0, KEPT).map(({ from, to, title, services, state }) => ({
        ...{ from, to, title, services: services.join(', '), state: stateOf(state) },
      })),
      total: day.incidents.length,
    }),
    dayTable(day, {
      query: 'anomalies',
      columns: { kind: 'words', n: 'number' },
      rows: byKind.filter(({ n }) => n > 0),
    }),
  ]);
}

function logs(day: DayFigures): ReportSection {
  const { lines, errors, newTemplates } = day;
  const sentence = lines === 0 ? say('no-lines') : say('lines', { lines, errors, news: newTemplates.length });
  const tables = [
    dayTable(day, {
      query: 'services',
      columns: { service: 'text', lines: 'number', errors: 'number' },
      rows: day.services.slice(0, KEPT).map((s) => ({ ...s, service: s.service || '—' })),
      total: day.services.length,
    }),
    dayTable(day, {
      query: 'new-templates',
      columns: { id: 'number', level: 'text', text: 'text', lines: 'number', firstAt: 'instant' },
      rows: newTemplates.slice(0, KEPT).map((t) => ({
        ...{ id: t.id, level: t.level, text: t.name ?? formatTemplate(t.text), lines: t.lines },
        firstAt: t.firstAt,
      })),
      total: newTemplates.length,
    }),
  ];
  const series = [
    { name: CHARTS.others, points: day.hours.map((h): [number, number] => [h.at, h.lines - h.errors]) },
    { name: CHARTS.errors, points: day.hours.map((h): [number, number] => [h.at, h.errors]) },
  ];
  const chart = { key: 'hours', title: CHARTS.hours, kind: 'bars', x: 'instant' } as const;
  return sectionOf(
    'logs',
    [sentence],
    tables,
    lines === 0 ? [] : [{ ...chart, unit: CHARTS['line-unit'], series }],
  );
}

/** What waits for somebody now, with what helps; the missed deadlines themselves follow in their own part. */
function openPart(day: DayFigures, open: OpenItems): ReportSection {
  return sectionOf('open', openWords(open, day.missed), [
    dayTable(day, {
      query: 'open-incidents',
      columns: { from: 'instant', title: 'words', services: 'text', state: 'words', remedy: 'text' },
      rows: open.incidents.map(({ incident: { from, title, services, state }, help: [best] }) => ({
        ...{ from, title, services: services.join(', '), state: stateOf(state) },
        remedy: best ? `${best.title} (${best.worked}/${best.tried})` : null,
      })),
    }),
    dayTable(day, {
      query: 'open-alerts',
      columns: { openedAt: 'instant', severity: 'words', title: 'words' },
      rows: open.alerts.map((alert) => ({
        openedAt: alert.openedAt,
        severity: WORDS.severities[alert.severity],
        title: titleOf(alert),
      })),
    }),
  ]);
}

/** `id` is the same for every making of a day, so that a report made again takes the place of the earlier one. */
export function composeNightly(
  day: DayFigures,
  before: DayFigures | null,
  o: {
    readonly zone: string;
    readonly madeAt: number;
    readonly trigger: Report['trigger'];
    /** null: of a day long gone, whose open items are told elsewhere */
    readonly open: OpenItems | null;
  },
): Report {
  return {
    id: `nightly-${day.date}`,
    kind: 'nightly',
    date: day.date,
    madeAt: o.madeAt,
    trigger: o.trigger,
    headline: headlineOf(day, o.zone),
    sections: [
      ...(o.open ? [openPart(day, o.open)] : []),
      comparison(day, before),
      deadlines(day, o.zone),
      decisions(day),
      incidents(day, o.zone),
      logs(day),
    ],
  };
}
