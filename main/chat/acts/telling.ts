import type { Bilingual, Table } from '../../api/contract/common.ts';
import { dateIn } from '../../kernel/clock.ts';
import { fillBoth } from '../../kernel/words.ts';
import type { Answered, Dimension, MeasureInfo, Query } from '../../measures/contract/measures.ts';
import { enumerate } from '../draft.ts';
import { both, same } from '../facts.ts';
import { QueryWords, type ScopeWords } from '../query-words.ts';
import type { ActContext } from './act.ts';
import phrases from './phrases.json' with { type: 'json' };

/** How one measure is told where the general sentence does not fit; all optional. */
export type Phrases = {
  readonly value?: Bilingual;
  readonly zero?: Bilingual;
  readonly none?: Bilingual;
  /** what those that are open now are called; what the level of a person is called */
  readonly open?: Bilingual;
  readonly level?: Bilingual;
  /** of one person: whether it holds */
  readonly person?: { readonly yes: Bilingual; readonly no: Bilingual };
  /** from what value on it is bad news, said before the figure */
  readonly verdict?: { readonly from: number } & Readonly<
    Record<'bad' | 'badOne' | 'good' | 'goodOne', Bilingual>
  >;
};
const PHRASES: Readonly<Record<string, Phrases>> = phrases.measures;
type Way = Readonly<Record<'more' | 'less' | 'most' | 'least' | 'up' | 'down', Bilingual>>;
const WAYS: Readonly<Record<string, Way>> = phrases.more;
export type Sentence = keyof typeof phrases.sentences;
export type Slots = Readonly<Record<string, string | Bilingual>>;
export type Row = Table['rows'][number];

const CELL = ['location', 'business', 'process'] as const satisfies readonly Dimension[];
const SIZES = ['items', 'people', 'count', 'hours', 'person-hours'];
export const isSize = ({ unit }: MeasureInfo): boolean => SIZES.includes(unit);

const EMPTY = both('', '');
const upper = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
export const lower = ({ ja, en }: Bilingual): Bilingual => both(ja, en.charAt(0).toLowerCase() + en.slice(1));
/** Several of a list in one sentence. */
export const listed = (all: readonly Bilingual[]): Bilingual =>
  both(
    all.map((one) => one.ja).join('、'),
    enumerate(
      all.map((one) => one.en),
      'en',
    ),
  );

/** What is being told: one query answered, its table kept as the rows behind every figure. */
export class Telling {
  readonly query: Query;
  readonly answered: Answered;
  readonly words: QueryWords;
  readonly table: number;
  readonly scope: ScopeWords;
  readonly time: Bilingual;
  readonly infos: readonly MeasureInfo[];
  readonly context: ActContext;
  constructor(context: ActContext, answered: Answered) {
    this.context = context;
    this.answered = answered;
    this.query = answered.query;
    this.words = new QueryWords(context.book, context.means);
    this.table = context.book.table(answered.table);
    const list = context.means.measures.list();
    this.infos = this.query.measures.flatMap((id) => list.find((info) => info.id === id) ?? []);
    this.scope = this.words.scope(this.query.where);
    // of records that are made once a day the last week is told, where no time was asked for
    const isOfWeek = answered.notes.some(({ code }) => code === 'last-week');
    this.time = isOfWeek
      ? this.words.time({ ...this.query.window, days: { kind: 'last-days', days: 7 } }, null)
      : this.words.time(this.query.window, answered);
  }
  get rows(): readonly Row[] {
    return this.answered.table.rows;
  }
  /** the narrowing and the time: `札幌の昨日の` */
  get of(): Bilingual {
    return this.words.of(this.scope, this.time);
  }
  /** 全体の / of all, where the question names no place that the measure knows */
  ofAll(info: MeasureInfo): Bilingual {
    const isAll = this.query.where.length === 0 && info.dimensions.includes('location');
    return isAll ? both(`全体の${this.of.ja}`, this.of.en) : this.of;
  }

  /** A sentence of `phrases.json`; what it says of the question itself is given. */
  worded(sentence: Sentence | Bilingual, slots: Slots = {}): Bilingual {
    const pattern = typeof sentence === 'string' ? phrases.sentences[sentence] : sentence;
    return fillBoth(pattern, { of: this.of, ...slots });
  }
  say(sentence: Sentence | Bilingual, slots: Slots = {}): void {
    const { ja, en } = this.worded(sentence, slots);
    this.context.draft.say(ja, upper(en));
  }
  /** of a measure: its name, and how it is written within a sentence */
  named(info: MeasureInfo): { name: Bilingual; low: Bilingual } {
    const { answered, query } = this;
    const own = phrasesOf(info);
    const isOpen =
      query.window.days.kind === 'now' &&
      answered.from === answered.until &&
      !query.where.some((f) => f.dimension === 'state');
    const name =
      (isOpen ? own.open : undefined) ?? (this.unitOf(info) === 'level' ? own.level : undefined) ?? info.name;
    return { name, low: lower(name) };
  }
  /** what a value counts: of one person days, times or a level */
  unitOf(info: MeasureInfo): string {
    const unit = this.answered.units[info.id] ?? info.unit;
    if (info.unit === 'people') {
      if (unit === 'score') return 'level';
      if (unit === 'count') return 'times';
      if (this.query.by.includes('person')) return 'days';
    }
    return unit === 'items/hour' && info.adds === 'ratio' ? 'items/person-hour' : unit;
  }
  rowName(row: Row): string {
    const dimensions = this.query.by.flatMap((d) => (d === 'cell' ? CELL : [d]));
    return dimensions
      .map((dimension) => {
        const id = row[`${dimension}:id`] ?? row[dimension];
        const isText = dimension === 'template' || dimension === 'actor' || id === null || id === undefined;
        const told = isText ? same(String(row[dimension] ?? '—')) : this.words.nameOf(dimension, String(id));
        return this.context.book.words(told, both('対象', 'of'));
      })
      .join(' ');
  }
  valueIn(info: MeasureInfo, row: Row | undefined): number | null {
    const value = row?.[info.id];
    return typeof value === 'number' ? value : null;
  }
  /** `of`: a row's name, where it is not of the whole */
  value(info: MeasureInfo, value: number, of = ''): string {
    return this.words.value(info, value, this.label(info, of), this.table, this.unitOf(info));
  }
  /** the same of what it is compared with */
  other(info: MeasureInfo, value: number): string {
    const label = both(`${info.name.ja}（比較）`, `${info.name.en}, compared`);
    return this.words.value(info, value, label, this.table, this.unitOf(info));
  }
  /** of a row: `row` its name, `value` its figure */
  told(info: MeasureInfo, row: Row): { row: string; value: string } {
    const name = this.rowName(row);
    const value = this.valueIn(info, row);
    return { row: name, value: value === null ? '—' : this.value(info, value, name) };
  }
  private label(info: MeasureInfo, of: string): Bilingual {
    const { facts } = this.context.book;
    const shown = (text: string, lang: 'ja' | 'en'): string =>
      text.replace(/\{\{(f\d+)\}\}/g, (_, id: string) => facts.find((f) => f.id === id)?.text[lang] ?? '');
    return both(
      `${shown(this.of.ja, 'ja')}${shown(of, 'ja')}${of ? 'の' : ''}${info.name.ja}`,
      `${info.name.en}${shown(this.of.en, 'en')}${of ? `, ${shown(of, 'en')}` : ''}`,
    );
  }
  count(n: number, by: readonly Dimension[] = this.query.by): string {
    return this.words.groups(n, by, this.table);
  }
  /** the day that is still under way */
  get today(): string {
    return dateIn(this.answered.asOf, this.context.means.zone);
  }
  /** what it is compared with */
  get against(): Bilingual {
    const { compare } = this.query;
    if (compare?.kind === 'forecast') return both('予測', 'the forecast');
    if (compare?.kind === 'plan') return both('予定', 'the plan');
    const told = compare ? this.words.time(compare.window, null) : EMPTY;
    return !compare || told.ja ? told : both('現在', 'now');
  }
  /** how it is called to have more of it: 多い, 高い, 遅い */
  way(info: MeasureInfo): Way {
    const kind =
      info.unit === 'instant' ? 'time' : isSize(info) && this.unitOf(info) !== 'level' ? 'size' : 'height';
    return WAYS[kind] as Way;
  }
  /** `440件（12%）多い` / `440 items (12%) more`; null where both are level as written */
  apart(info: MeasureInfo, value: number, than: number, as: 'beside' | 'since' = 'beside'): Bilingual | null {
    const [up, down] = as === 'beside' ? (['more', 'less'] as const) : (['up', 'down'] as const);
    const way = this.way(info)[value > than ? up : down];
    const digits = info.unit === 'percent' ? info.digits + 2 : info.unit === 'instant' ? -4 : info.digits;
    const written = (n: number): number => Math.round(n * 10 ** digits) / 10 ** digits;
    if (written(value) === written(than)) return null;
    const label = both(`${info.name.ja}の差`, `Difference of ${info.name.en}`);
    const difference = Math.abs(written(value) - written(than));
    const [scale, unit] =
      info.unit === 'percent'
        ? [100, 'points']
        : info.unit === 'instant'
          ? [1 / 60_000, 'minutes']
          : [1, this.unitOf(info)];
    const gap = this.words.value(info, difference * scale, label, this.table, unit);
    if (scale !== 1 || than <= 0) return this.worded('apart', { gap, way });
    const part = both(`${label.ja}の割合`, `${label.en}, share`);
    const share = this.context.book.percent(Math.abs(value - than) / than, part, this.table);
    return this.worded('apart-share', { gap, share, way });
  }
  /** what was asked to be so, e.g. 500件以上; null: nothing */
  limitOf(info: MeasureInfo): string | null {
    const { words, query, infos } = this;
    const slots = query.thresholds.map((t) => {
      const of = infos.find((i) => i.id === t.measure) ?? info;
      return words.threshold(of, t.is, t.value, t.of === 'change' ? 'percent' : this.unitOf(of));
    });
    return slots.length === 0 ? null : slots.join('・');
  }
}
export const phrasesOf = ({ id }: MeasureInfo): Phrases => PHRASES[id] ?? {};
