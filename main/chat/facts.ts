import type { Bilingual, Cell, Fact, Table } from '../api/contract/common.ts';
import {
  formatCell,
  formatDate,
  formatDateTime,
  formatMinutes,
  formatNumber,
  formatPercent,
  formatTime,
} from '../api/contract/format.ts';
import { dateIn } from '../kernel/clock.ts';

export const both = (ja: string, en: string): Bilingual => ({ ja, en });
export const same = (text: string): Bilingual => ({ ja: text, en: text });
const bilingual = (write: (lang: 'ja' | 'en') => string): Bilingual => ({ ja: write('ja'), en: write('en') });

/** How a counted thing is written in each language: 3拠点 / 3 sites. */
export type Counter = { readonly ja: string; readonly one: string; readonly many: string };
export const COUNTERS = {
  items: { ja: '件', one: 'item', many: 'items' },
  people: { ja: '名', one: 'person', many: 'people' },
  cells: { ja: '工程', one: 'queue', many: 'queues' },
  deadlines: { ja: '件', one: 'deadline', many: 'deadlines' },
  alerts: { ja: '件', one: 'alert', many: 'alerts' },
  errors: { ja: '件', one: 'error', many: 'errors' },
  incidents: { ja: '件', one: 'incident', many: 'incidents' },
  tries: { ja: '回', one: 'time', many: 'times' },
  lines: { ja: '行', one: 'line', many: 'lines' },
  records: { ja: '件', one: 'record', many: 'records' },
  proposals: { ja: '件', one: 'proposal', many: 'proposals' },
  outcomes: { ja: '件', one: 'outcome', many: 'outcomes' },
  months: { ja: 'か月', one: 'month', many: 'months' },
} as const satisfies Record<string, Counter>;
export type CounterName = keyof typeof COUNTERS;

const counted = (value: number, counter: Counter, digits = 0): Bilingual => {
  const ja = formatNumber(value, 'ja', digits);
  const en = formatNumber(value, 'en', digits);
  return both(`${ja}${counter.ja}`, `${en} ${en === '1' ? counter.one : counter.many}`);
};

/**
 * The facts of one answer. Everything an answer says in numbers, times or names goes through here and gets an id, so that it
 * can be checked and its rows opened. The same value with the same meaning keeps its id.
 */
export class FactBook {
  readonly facts: Fact[] = [];
  readonly tables: Table[] = [];
  private readonly known = new Map<string, string>();
  private readonly asOf: number;
  private readonly zone: string;
  /** `asOf`: instants of that day are written without their date */
  constructor(asOf: number, zone: string) {
    this.asOf = asOf;
    this.zone = zone;
  }

  /** Keeps the rows; returns the table's index for facts that come from it. */
  table(table: Table): number {
    const at = this.tables.indexOf(table);
    if (at >= 0) return at;
    this.tables.push(table);
    return this.tables.length - 1;
  }
  get(id: string): Fact | undefined {
    return this.facts.find((fact) => fact.id === id);
  }
  /** Returns the slot, e.g. `{{f3}}`. */
  add(fact: Omit<Fact, 'id'>): string {
    const key = JSON.stringify([fact.value, fact.unit, fact.label.ja, fact.text, fact.table]);
    const old = this.known.get(key);
    if (old) return old;
    const id = `f${this.facts.length + 1}`;
    this.facts.push({ id, ...fact });
    const slot = `{{${id}}}`;
    this.known.set(key, slot);
    return slot;
  }

  count(value: number, counter: CounterName, label: Bilingual, table: number | null): string {
    const unit = counter === 'items' ? 'items' : counter === 'people' ? 'people' : 'count';
    return this.add({ value, unit, label, text: counted(value, COUNTERS[counter]), table });
  }
  /** whole items; expected values are rounded */
  items(value: number, label: Bilingual, table: number | null): string {
    return this.count(Math.round(value), 'items', label, table);
  }
  people(value: number, label: Bilingual, table: number | null): string {
    return this.count(value, 'people', label, table);
  }
  rate(value: number, label: Bilingual, table: number | null): string {
    const written = formatNumber(value, 'en');
    const text = both(
      `毎時${formatNumber(value, 'ja')}件`,
      `${written} ${written === '1' ? 'item' : 'items'}/hour`,
    );
    return this.add({ value, unit: 'items/hour', label, text, table });
  }
  /** share 0–1 */
  percent(value: number, label: Bilingual, table: number | null): string {
    return this.add({
      value,
      unit: 'percent',
      label,
      text: bilingual((lang) => formatPercent(value, lang)),
      table,
    });
  }
  minutes(value: number, label: Bilingual, table: number | null): string {
    return this.add({
      value,
      unit: 'minutes',
      label,
      text: bilingual((lang) => formatMinutes(value, lang)),
      table,
    });
  }
  personHours(value: number, label: Bilingual, table: number | null): string {
    const ja = formatNumber(value, 'ja', 1);
    const en = formatNumber(value, 'en', 1);
    const text = both(`${ja}人時`, `${en} person-${en === '1' ? 'hour' : 'hours'}`);
    return this.add({ value, unit: 'person-hours', label, text, table });
  }
  /** any other measure, e.g. a mean skill level */
  score(value: number, digits: number, label: Bilingual, table: number | null): string {
    const text = bilingual((lang) => formatNumber(value, lang, digits));
    return this.add({ value, unit: 'score', label, text, table });
  }
  /** without its date on the day of the numbers, and on the day of `near` where that was said just before */
  instant(at: number, label: Bilingual, table: number | null, near = this.asOf): string {
    const day = dateIn(at, this.zone);
    const today = day === dateIn(this.asOf, this.zone) || day === dateIn(near, this.zone);
    const text = bilingual((lang) =>
      today ? formatTime(at, this.zone, lang) : formatDateTime(at, this.zone, lang),
    );
    return this.add({ value: at, unit: 'instant', label, text, table });
  }
  date(at: number, label: Bilingual, table: number | null): string {
    const text = bilingual((lang) => formatDate(at, this.zone, lang));
    return this.add({ value: dateIn(at, this.zone), unit: 'date', label, text, table });
  }
  /** a name: a cell, a person, a site, the title of a document */
  name(name: string, label: Bilingual): string {
    const line = name.replace(/\s+/g, ' ').trim() || '—';
    return this.add({ value: line, unit: 'text', label, text: same(line), table: null });
  }
  cell(cell: Cell): string {
    return this.name(formatCell(cell), both('対象', 'queue'));
  }
  /** a word of ours that is data too, e.g. a day or a quoted setting */
  words(text: Bilingual, label: Bilingual, table: number | null = null): string {
    return this.add({ value: text.ja, unit: 'text', label, text, table });
  }
}

const SLOT = /\{\{(f\d+)\}\}/g;
export type Mark = { readonly fact: string; readonly start: number; readonly end: number };
export type Filled = { readonly text: string; readonly marks: readonly Mark[] };

/** The ids a sentence uses, in order. */
export const slotsOf = (sentence: string): string[] =>
  [...sentence.matchAll(SLOT)].map((match) => match[1] ?? '');

/** Puts the facts' text into the slots; null when a slot names no fact. Marks are [start, end) in the result. */
export function fillSlots(sentence: string, facts: readonly Fact[], lang: 'ja' | 'en'): Filled | null {
  const marks: Mark[] = [];
  let text = '';
  let from = 0;
  for (const match of sentence.matchAll(SLOT)) {
    const fact = facts.find((f) => f.id === match[1]);
    if (!fact) return null;
    text += sentence.slice(from, match.index);
    marks.push({ fact: fact.id, start: text.length, end: text.length + fact.text[lang].length });
    text += fact.text[lang];
    from = match.index + match[0].length;
  }
  return { text: text + sentence.slice(from), marks };
}
