import type { Table } from '../api/contract/common.ts';
import { addDays, dateIn } from '../kernel/clock.ts';
import { fillBoth } from '../kernel/words.ts';
import type { Reader } from '../store/index.ts';
import { peopleOf } from './cell-detail.ts';
import { type Page, productivityOf, snapshotRows } from './queries.ts';
import type { Analytics } from './types.ts';
import type { SiteView } from './view-site.ts';
import words from './words.json' with { type: 'json' };

const PRODUCTIVITY_DAYS = 14;
/** Rows that a table shows at most; it counts all. */
const LIMIT = 200;
/** What a table of rows may show, by name: each is called the same in all of them. */
const KINDS = {
  operator: 'text',
  home: 'text',
  correction: 'number',
  deadline: 'instant',
  items: 'number',
  skill: 'number',
  months: 'number',
  speed: 'number',
  until: 'instant',
  date: 'date',
  at: 'instant',
  done: 'number',
  hours: 'number',
  rate: 'number',
  score: 'number',
} as const satisfies Record<keyof typeof words.columns, Table['columns'][number]['kind']>;

/** The rows behind a number of a cell. @param o.span the cell's day, epoch ms */
export function rowsOfCell(
  read: Reader,
  o: {
    readonly view: SiteView;
    readonly index: number;
    readonly row: SiteView['rows'][number];
    readonly asOf: number;
    readonly zone: string;
    readonly span: { readonly from: number; readonly to: number };
  },
  what: Parameters<Analytics['rows']>[1],
): Table {
  const { row, asOf } = o;
  const { location, businessName, businessId, process } = row;
  /** Its columns in order, and nothing else in its rows. */
  const table = (columns: readonly (keyof typeof KINDS)[], page: Page): Table => ({
    title: fillBoth(words.rows[what], { scope: `${location} ${businessName} ${process}` }),
    query: `rows.${what}`,
    slots: { location, businessId, process },
    columns: columns.map((key) => ({ key, kind: KINDS[key], label: words.columns[key] })),
    rows: page.rows.map((of) => Object.fromEntries(columns.map((key) => [key, of[key] ?? null]))),
    total: page.total,
    asOf,
  });
  if (what === 'snapshots')
    return table(['at', 'deadline', 'items', 'done', 'correction'], snapshotRows(read, row, o.span, LIMIT));
  const people = peopleOf(o.view, o.index);
  if (what === 'people')
    return table(['operator', 'home', 'skill', 'months', 'speed', 'until'], {
      rows: people.map((person) => ({
        operator: person.name,
        home: person.home,
        skill: person.skill,
        months: person.experienceMonths,
        speed: person.speed,
        until: person.until,
      })),
      total: people.length,
    });
  const to = dateIn(asOf, o.zone);
  const ids = people.map((person) => person.operatorId);
  return table(
    ['date', 'operator', 'items', 'hours', 'rate', 'score'],
    productivityOf(read, ids, process, { from: addDays(to, -PRODUCTIVITY_DAYS), to }, LIMIT),
  );
}
