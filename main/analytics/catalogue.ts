import type { Bilingual, Table } from '../api/contract/common.ts';
import type { SituationRow } from '../api/contract/situation.ts';
import { dateIn, instantOf } from '../kernel/clock.ts';
import { AppError } from '../kernel/errors.ts';
import { attendanceOf } from '../placement/index.ts';
import type { Reader } from '../store/index.ts';
import { peopleOf } from './cell-detail.ts';
import {
  assignmentsOf,
  attendance,
  attendanceStatuses,
  type Dates,
  forecast,
  type Page,
  productivity,
  skills,
} from './queries.ts';
import { both, COLUMNS } from './table-columns.ts';
import { trendRows } from './trend.ts';
import type { CatalogueName, CatalogueSlots } from './types.ts';
import type { SiteView } from './view-site.ts';

export const LIMIT = 200;
const SENIOR_SKILL = 4;
const DAYS: Partial<Record<CatalogueName, number>> = { productivity: 7, skills: 60 };

/** What a catalogue query works on. `view` is null without any snapshot. */
export type CatalogueContext = {
  readonly read: Reader;
  readonly view: SiteView | null;
  readonly zone: string;
  /** instant the numbers hold for, epoch ms */
  readonly asOf: number;
  readonly businessName: (id: string) => string;
};
type ColumnName = keyof typeof COLUMNS;
type Answer = { readonly columns: readonly ColumnName[]; readonly page: Page };
type Row = Page['rows'][number];
type Query = (context: CatalogueContext, slots: CatalogueSlots, dates: Dates) => Answer;

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const checkedDate = (text: string): string => {
  const at = Date.parse(`${text}T00:00:00Z`);
  if (!DATE.test(text) || Number.isNaN(at) || dateIn(at, 'UTC') !== text)
    throw new AppError('input.invalid', { detail: text });
  return text;
};
/** `from`–`to` of the slots; without them the last `days` days up to the day of the numbers. */
function datesOf(slots: CatalogueSlots, today: string, days: number): Dates {
  const back = (date: string): string => dateIn(instantOf(date, -(days - 1) * 24 * 60, 'UTC'), 'UTC');
  const from = slots.from === undefined ? undefined : checkedDate(slots.from);
  const to = slots.to === undefined ? (from && from > today ? from : today) : checkedDate(slots.to);
  if (from !== undefined && from > to) throw new AppError('input.invalid', { detail: `${from} > ${to}` });
  return { from: from ?? back(to), to };
}

export const matching = <
  C extends { readonly location: string; readonly businessId: string; readonly process: string },
>(
  cells: readonly C[],
  slots: Pick<CatalogueSlots, 'location' | 'businessId' | 'process'>,
): C[] =>
  cells.filter(
    (cell) =>
      (slots.location === undefined || cell.location === slots.location) &&
      (slots.businessId === undefined || cell.businessId === slots.businessId) &&
      (slots.process === undefined || cell.process === slots.process),
  );
const where = (row: SituationRow): Row => ({
  location: row.location,
  business: row.businessName,
  process: row.process,
});
const paged = (rows: readonly Row[]): Page => ({ rows: rows.slice(0, LIMIT), total: rows.length });
const cellRows = ({ view }: CatalogueContext, slots: CatalogueSlots): SituationRow[] =>
  matching(view?.rows ?? [], slots);
/** businessId of a row as the name people know, under `business` */
const named = (context: CatalogueContext, page: Page): Page => ({
  ...page,
  rows: page.rows.map(({ businessId, ...row }) => ({
    ...row,
    business: context.businessName(String(businessId)),
  })),
});

const backlog: Query = (context, slots) => ({
  columns: ['location', 'business', 'process', 'backlog', 'correction', 'deadline', 'people', 'throughput'],
  page: paged(
    cellRows(context, slots)
      .sort((a, b) => b.backlog - a.backlog)
      .map((row) => ({
        ...where(row),
        backlog: row.backlog,
        correction: row.correctionWaiting,
        deadline: row.lots[0]?.deadline ?? null,
        people: row.people,
        throughput: row.throughput,
      })),
  ),
});

const deadlines: Query = (context, slots) => {
  const cells = context.view?.cells ?? [];
  const rows = cellRows(context, slots).flatMap((row) => {
    const risks = cells.find((view) => view.cell.cellId === row.cellId)?.deadlines ?? [];
    let due = 0;
    return row.lots.map((lot): Row & { deadline: number } => {
      due += lot.items;
      const risk = risks.find((r) => r.deadline === lot.deadline);
      const passed = lot.deadline <= context.asOf;
      return {
        ...where(row),
        deadline: lot.deadline,
        items: lot.items,
        due,
        pOnTime: risk ? 1 - risk.pMiss : passed ? 0 : null,
        shortItems: risk?.shortItems ?? (passed ? due : null),
        finishAt: risk?.finishAt ?? null,
      };
    });
  });
  return {
    columns: [
      'location',
      'business',
      'process',
      'deadline',
      'items',
      'due',
      'pOnTime',
      'shortItems',
      'finishAt',
    ],
    page: paged(rows.sort((a, b) => a.deadline - b.deadline)),
  };
};

const throughput: Query = (context, slots) => ({
  columns: ['location', 'business', 'process', 'throughput', 'required', 'people', 'perPerson', 'backlog'],
  page: paged(
    cellRows(context, slots)
      .sort((a, b) => (b.throughput ?? -1) - (a.throughput ?? -1))
      .map((row) => ({
        ...where(row),
        throughput: row.throughput,
        required: row.required,
        people: row.people,
        perPerson: row.throughput !== null && row.people > 0 ? row.throughput / row.people : null,
        backlog: row.backlog,
      })),
  ),
});

const staffing: Query = (context, slots, dates) => {
  if (slots.operatorId !== undefined) {
    const page = named(context, assignmentsOf(context.read, slots, dates, LIMIT));
    const instant = (date: unknown, minutes: unknown): number | null =>
      typeof minutes === 'number' ? instantOf(String(date), minutes, context.zone) : null;
    return {
      columns: ['date', 'operator', 'location', 'business', 'process', 'from', 'to'],
      page: {
        ...page,
        rows: page.rows.map(({ fromMinute, toMinute, ...row }) => ({
          ...row,
          from: instant(row['date'], fromMinute),
          to: instant(row['date'], toMinute),
        })),
      },
    };
  }
  const view = context.view;
  const rows = cellRows(context, slots).map((row): Row => {
    const people = view ? peopleOf(view, view.rows.indexOf(row)) : [];
    return {
      ...where(row),
      people: row.people,
      movedIn: row.movedIn,
      seniors: people.filter((person) => person.skill >= SENIOR_SKILL).length,
      meanSkill: people.length ? people.reduce((sum, person) => sum + person.skill, 0) / people.length : null,
      nextLeaves: people.length ? Math.min(...people.map((person) => person.until)) : null,
    };
  });
  return {
    columns: ['location', 'business', 'process', 'people', 'movedIn', 'seniors', 'meanSkill', 'nextLeaves'],
    page: paged(rows),
  };
};

const risk: Query = (context, slots) => ({
  columns: [
    'location',
    'business',
    'process',
    'pMiss',
    'deadline',
    'shortItems',
    'required',
    'throughput',
    'finishAt',
  ],
  page: paged(
    cellRows(context, slots)
      .sort((a, b) => (a.pOnTime ?? 2) - (b.pOnTime ?? 2) || b.shortItems - a.shortItems)
      .map((row) => ({
        ...where(row),
        pMiss: row.pOnTime === null ? null : 1 - row.pOnTime,
        deadline: row.deadline,
        shortItems: row.shortItems,
        required: row.required,
        throughput: row.throughput,
        finishAt: row.dueFinishAt,
      })),
  ),
});

const trend: Query = (context, slots, dates) => {
  const cells = cellRows(context, slots);
  return {
    columns: ['at', 'backlog', 'finished'],
    page: paged(
      trendRows(context.read, { cells, dates, zone: context.zone, now: context.asOf }).map((row) => ({
        ...row,
      })),
    ),
  };
};

const awayStatuses = (read: Reader, dates: Dates): string[] =>
  attendanceStatuses(read, dates).filter((status) => attendanceOf(status) === 'absent');

type Definition = { readonly title: Bilingual; readonly query: Query };
const CATALOGUE: Record<CatalogueName, Definition> = {
  backlog: { title: both('残件', 'Backlog'), query: backlog },
  deadlines: { title: both('納期ごとの見込み', 'Outlook by deadline'), query: deadlines },
  throughput: { title: both('処理速度', 'Throughput'), query: throughput },
  staffing: { title: both('人員配置', 'Staffing'), query: staffing },
  productivity: {
    title: both('生産性の実績', 'Productivity'),
    query: ({ read }, slots, dates) => ({
      columns: ['operator', 'home', 'process', 'items', 'hours', 'rate', 'score', 'days'],
      page: productivity(read, slots, dates, LIMIT),
    }),
  },
  attendance: {
    title: both('勤怠', 'Attendance'),
    query: ({ read }, slots, dates) => ({
      columns: ['date', 'operator', 'home', 'status'],
      page: attendance(read, slots, dates, awayStatuses(read, dates), LIMIT),
    }),
  },
  skills: {
    title: both('スキルと経験', 'Skills and experience'),
    query: ({ read }, slots, dates) => ({
      columns: ['operator', 'home', 'process', 'skill', 'months', 'speed'],
      page: skills(read, slots, dates, LIMIT),
    }),
  },
  forecast: {
    title: both('受信予測', 'Expected arrivals'),
    query: (context, slots, dates) => {
      const page = named(context, forecast(context.read, slots, dates, LIMIT));
      return {
        columns: ['at', 'location', 'business', 'process', 'items'],
        page: {
          ...page,
          rows: page.rows.map(({ date, hour, ...row }) => ({
            ...row,
            at: instantOf(String(date), Number(hour) * 60, context.zone),
          })),
        },
      };
    },
  },
  risk: { title: both('遅延リスク', 'Delay risk'), query: risk },
  trend: { title: both('残件と完了の推移', 'Backlog and finished items over time'), query: trend },
};

/** A table with its columns in order and nothing else in its rows. */
export function tableOf(o: {
  title: Bilingual;
  query: string;
  slots: Table['slots'];
  columns: readonly ColumnName[];
  page: Page;
  asOf: number;
}): Table {
  return {
    title: o.title,
    query: o.query,
    slots: o.slots,
    columns: o.columns.map((name) => COLUMNS[name]),
    rows: o.page.rows.map((row) => Object.fromEntries(o.columns.map((name) => [name, row[name] ?? null]))),
    total: o.page.total,
    asOf: o.asOf,
  };
}

/** Answers a query of the catalogue: filtered by its slots, at most `LIMIT` rows, `total` counting all. */
export function answerQuery(context: CatalogueContext, name: CatalogueName, slots: CatalogueSlots): Table {
  const { title, query } = CATALOGUE[name];
  const dates = datesOf(slots, dateIn(context.asOf, context.zone), DAYS[name] ?? 1);
  const { columns, page } = query(context, slots, dates);
  const scope = [
    slots.location,
    slots.businessId === undefined ? undefined : context.businessName(slots.businessId),
    slots.process,
  ]
    .filter((part) => part !== undefined)
    .join(' ');
  const scoped = (text: string, separator: string): string => (scope ? `${scope}${separator}${text}` : text);
  return tableOf({
    title: both(scoped(title.ja, ' の'), scoped(title.en, ': ')),
    query: name,
    slots: Object.fromEntries(Object.entries(slots).map(([key, value]) => [key, value ?? null])),
    columns,
    page,
    asOf: context.asOf,
  });
}
