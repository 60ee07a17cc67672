import type { Bilingual, Fact } from '../api/contract/common.ts';
import { formatCell, formatDay, formatNumber, formatPercent } from '../api/contract/format.ts';
import { dateIn } from '../kernel/clock.ts';
import { fillBoth } from '../kernel/words.ts';
import type { Answered, Dimension, Filter, MeasureInfo, Window } from '../measures/contract/measures.ts';
import type { ActMeans } from './acts/act.ts';
import phrases from './acts/phrases.json' with { type: 'json' };
import { enumerate } from './draft.ts';
import { both, type FactBook, same } from './facts.ts';

const DAY = 86_400_000;
type Forms = { readonly ja: string; readonly one: string; readonly many: string; readonly fact?: string };
const UNITS: Readonly<Record<string, Forms>> = phrases.units;
const GROUPS: Readonly<Record<string, Forms & { readonly count: string }>> = phrases.groups;
const VALUES: Readonly<Record<string, Bilingual>> = phrases.values;
const DAYS: Readonly<Record<string, Readonly<Record<string, Bilingual>>>> = phrases.days;

const mapped = (write: (lang: 'ja' | 'en') => string): Bilingual => both(write('ja'), write('en'));
const counted = (forms: Forms, value: number, digits: number): Bilingual => {
  const en = formatNumber(value, 'en', digits);
  return both(
    forms.ja.replace('{n}', formatNumber(value, 'ja', digits)),
    (en === '1' ? forms.one : forms.many).replace('{n}', en),
  );
};
/** A share of what was counted, which is no chance: `2.1%` */
const shareText = (share: number, digits: number): Bilingual =>
  mapped((lang) => `${formatNumber(share * 100, lang, digits)}%`);
const clock = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

/** The narrowing of a question as people say it. `of` goes before what is told in Japanese, after it in English. */
export type ScopeWords = { readonly bare: Bilingual; readonly of: Bilingual; readonly empty: boolean };

/** Scopes, times, groups and values of a query in words; whatever is a name, a number or a time as a slot of the book. */
export class QueryWords {
  private readonly book: FactBook;
  private readonly means: Pick<ActMeans, 'master' | 'now' | 'zone'>;
  constructor(book: FactBook, means: Pick<ActMeans, 'master' | 'now' | 'zone'>) {
    this.book = book;
    this.means = means;
  }

  /** A value of a filter as people read it. */
  nameOf(dimension: Dimension, value: string): Bilingual {
    const { businesses, operators } = this.means.master();
    switch (dimension) {
      case 'business':
        return same(businesses.find((b) => b.id === value)?.name ?? value);
      case 'person':
      case 'actor':
        return same(operators.find((o) => o.id === value)?.name ?? value);
      case 'cell': {
        const [location = '', business = '', process = ''] = value.split('\u001f');
        return same(formatCell({ location, businessName: this.nameOf('business', business).ja, process }));
      }
      case 'hour':
        return both(`${Number(value) / 60}時台`, `${clock(Number(value))}–${clock(Number(value) + 60)}`);
      case 'half-hour':
        return same(`${clock(Number(value))}–${clock(Number(value) + 30)}`);
      case 'deadline':
        return both(`${clock(Number(value))}納期`, `due at ${clock(Number(value))}`);
      case 'weekday':
        return VALUES[`weekday-${value}`] ?? same(value);
      case 'day':
        return mapped((lang) => formatDay(value, lang));
      default:
        return VALUES[value] ?? same(value);
    }
  }
  private names({ dimension, values }: Filter): Bilingual {
    const slots = values.map((value) => {
      const name = this.nameOf(dimension, value);
      return this.book.words(name, LABEL(dimension));
    });
    return both(
      slots.length === 2 && slots[0] !== slots[1] ? slots.join('と') : slots.join('、'),
      enumerate(slots, 'en'),
    );
  }

  scope(where: readonly Filter[]): ScopeWords {
    const ja: string[] = [];
    const en: string[] = [];
    let plain = '';
    let outOf = '';
    for (const dimension of ORDER)
      for (const filter of where.filter((f) => f.dimension === dimension)) {
        const name = this.names(filter);
        if (filter.dimension === 'word') {
          ja.push(`「${name.ja}」を含む`);
          en.push(`${filter.not ? 'without' : 'with'} “${name.en}”`);
        } else if (filter.not) {
          ja.push(`${name.ja}以外の`);
          outOf = `${outOf}${outOf ? ' and' : ' except'} ${name.en}`;
        } else {
          ja.push(`${name.ja}の`);
          if (PLAIN.has(dimension)) plain = `${plain}${plain ? ' ' : ''}${name.en}`;
          else en.push(`${BEFORE[dimension] ?? 'of'} ${name.en}`);
        }
      }
    const empty = ja.length === 0;
    const jaOf = ja.join('');
    const [first = '', ...rest] = en;
    const loose = [...(plain ? [`for ${plain}`] : []), ...en].join(' ');
    const bareEn = plain ? [plain, ...en].join(' ') : [first.replace(/^\S+ /, ''), ...rest].join(' ');
    return {
      empty,
      of: both(jaOf, `${loose ? ` ${loose}` : ''}${outOf}`),
      bare: both(jaOf.replace(/の$/, '') || '全体', `${bareEn || 'everything'}${outOf}`),
    };
  }

  /** The time of a question; empty where it is just now. `info`: of the measure told. */
  time(window: Window, answered: Pick<Answered, 'from' | 'until'> | null): Bilingual {
    const told = this.timeText(window, answered);
    if (!told.ja) return both('', '');
    const slot = this.book.words(told, both('期間', 'Time'));
    return both(slot, slot);
  }
  /** Which deadline a time of the day means: `18:00の納期` / ` for the 18:00 deadline`; without one any. */
  due({ at, until }: Window): Bilingual {
    const told =
      at !== null
        ? both(`${clock(at)}の納期`, `for the ${clock(at)} deadline`)
        : until !== null
          ? both(`${clock(until)}までの納期`, `for the deadlines up to ${clock(until)}`)
          : null;
    if (!told) return both('納期', '');
    const slot = this.book.words(told, both('納期', 'Deadline'));
    return both(slot, ` ${slot}`);
  }
  private timeText(
    { days, from, until, at }: Window,
    answered: Pick<Answered, 'from' | 'until'> | null,
  ): Bilingual {
    const day = this.daysText(days, answered);
    const hours =
      at !== null
        ? both(`${clock(at)}時点`, `at ${clock(at)}`)
        : from !== null && until !== null
          ? both(`${clock(from)}〜${clock(until)}`, `from ${clock(from)} to ${clock(until)}`)
          : from !== null
            ? both(`${clock(from)}以降`, `since ${clock(from)}`)
            : until !== null
              ? both(`${clock(until)}まで`, `until ${clock(until)}`)
              : both('', '');
    const hasHours = hours.ja !== '';
    // of today the hours say enough
    const plainToday = hasHours && (days.kind === 'now' || (days.kind === 'day' && days.offset === 0));
    if (plainToday) return hours;
    return both([day.ja, hours.ja].filter(Boolean).join(''), [day.en, hours.en].filter(Boolean).join(' '));
  }
  private daysText(days: Window['days'], answered: Pick<Answered, 'from' | 'until'> | null): Bilingual {
    const { now, zone } = this.means;
    const today = dateIn(now, zone);
    const range = (from: string, until: string): Bilingual =>
      from === until
        ? mapped((lang) => (lang === 'ja' ? '' : 'on ') + formatDay(from, lang))
        : both(
            `${formatDay(from, 'ja')}〜${formatDay(until, 'ja')}`,
            `from ${formatDay(from, 'en')} to ${formatDay(until, 'en')}`,
          );
    switch (days.kind) {
      case 'now': {
        if (!answered || answered.from === answered.until) return both('', '');
        const [first, last] = [answered.from, answered.until - 1].map((at) => dateIn(at, zone));
        if (first === today && last === today) return both('今日', 'today');
        const length = Math.round((answered.until - answered.from) / DAY);
        if (last === today && length > 1) return this.daysText({ kind: 'last-days', days: length }, null);
        return range(first ?? today, last ?? today);
      }
      case 'day':
      case 'week':
      case 'month': {
        const known = DAYS[days.kind]?.[String(days.offset)];
        if (known) return known;
        if (answered) return range(dateIn(answered.from, zone), dateIn(answered.until - 1, zone));
        return range(dateIn(now + days.offset * DAY, zone), dateIn(now + days.offset * DAY, zone));
      }
      case 'last-days':
        return both(`過去${days.days}日間`, days.days === 1 ? 'today' : `over the last ${days.days} days`);
      case 'next-days':
        return both(`今後${days.days}日間`, days.days === 1 ? 'tomorrow' : `over the next ${days.days} days`);
      case 'last-minutes':
        return days.minutes % 60 === 0
          ? both(
              `直近${days.minutes / 60}時間`,
              days.minutes === 60 ? 'in the last hour' : `in the last ${days.minutes / 60} hours`,
            )
          : both(`直近${days.minutes}分`, `in the last ${days.minutes} minutes`);
      case 'weekday': {
        const week = DAYS['week']?.[String(days.week)] ?? both('', '');
        const weekday = VALUES[`weekday-${days.weekday}`] ?? both('', '');
        if (days.week === 0 || !week.ja) return both(weekday.ja, `on ${weekday.en}`);
        return both(`${week.ja}の${weekday.ja}`, `on ${weekday.en} ${week.en}`);
      }
      case 'all':
        return both('全期間', 'in all the data');
      case 'between':
        return range(dateIn(days.from, zone), dateIn(days.to - 1, zone));
      case 'dates':
        return range(days.from, days.to);
    }
  }

  /** `札幌の昨日の` / ` in 札幌 yesterday` */
  of(scope: ScopeWords, time: Bilingual): Bilingual {
    return both(
      `${scope.of.ja}${time.ja ? `${time.ja}の` : ''}`,
      `${scope.of.en}${time.en ? ` ${time.en}` : ''}`,
    );
  }

  /** `3拠点` / `3 sites` */
  groups(n: number, by: readonly Dimension[], table: number | null): string {
    const forms = GROUPS[groupOf(by)] ?? UNITS['count'];
    const label = both('あてはまる数', 'How many fit');
    if (!forms) return String(n);
    const ja = 'count' in forms ? forms.count : forms.ja;
    return this.book.add({
      value: n,
      unit: 'count',
      label,
      text: counted({ ja: String(ja), one: `{n} ${forms.one}`, many: `{n} ${forms.many}` }, n, 0),
      table,
    });
  }
  /** what a row is about, e.g. 拠点 / site; several dimensions joined */
  groupName(by: readonly Dimension[]): Bilingual {
    const forms = (by.length > 1 && groupOf(by) !== 'cell' ? by : [groupOf(by)]).map((d) => GROUPS[d]);
    return both(forms.map((f) => f?.ja ?? '').join('・'), forms.map((f) => f?.one ?? '').join(' and '));
  }

  /** One value of a measure as a fact; null: there is none. `as` takes the place of its unit. */
  value(
    info: MeasureInfo,
    value: number,
    label: Bilingual,
    table: number | null,
    as: string = info.unit,
  ): string {
    const { book } = this;
    if (as === 'instant') return book.instant(value, label, table);
    if (as === 'percent' && info.adds === 'ratio')
      return book.add({ value, unit: 'percent', label, text: shareText(value, info.digits), table });
    if (as === 'percent') return book.percent(value, label, table);
    if (as === 'minutes') return book.minutes(value, label, table);
    const forms = UNITS[as] ?? UNITS['count'];
    if (!forms) return book.score(value, info.digits, label, table);
    const unit = (as in UNITS ? (forms.fact ?? as) : 'count') as Fact['unit'];
    return book.add({ value, unit, label, text: counted(forms, value, info.digits), table });
  }
  /** a threshold as one fact: beside a number its limit would say something else */
  threshold(info: MeasureInfo, is: string, value: number, as: string = info.unit): string {
    const said =
      as === 'percent'
        ? mapped((lang) => formatPercent(value, lang))
        : counted(UNITS[as] ?? (UNITS['count'] as Forms), value, info.digits);
    const limits: Readonly<Record<string, Bilingual>> = phrases.thresholds;
    return this.book.words(
      fillBoth(limits[is] ?? both('{v}', '{v}'), { v: said }),
      both(`${info.name.ja}の条件`, `Limit of ${info.name.en}`),
    );
  }
}

/** Site, business and process together are one queue. */
export const groupOf = (by: readonly Dimension[]): Dimension =>
  by.includes('cell') || (by.includes('process') && by.includes('location')) ? 'cell' : (by[0] ?? 'cell');

const LABEL = (dimension: Dimension): Bilingual => {
  const forms = GROUPS[dimension];
  return both(forms?.ja ?? '対象', forms?.one ?? 'scope');
};
/** In the order in which they are said. */
const ORDER: readonly Dimension[] = [
  'location',
  'business',
  'process',
  'cell',
  'person',
  'skill',
  'deadline',
  'service',
  'level',
  'template',
  'word',
  'state',
  'actor',
  'half-hour',
  'hour',
  'weekday',
  'day',
];
const PLAIN: ReadonlySet<Dimension> = new Set(['business', 'process', 'cell']);
const BEFORE: Readonly<Partial<Record<Dimension, string>>> = {
  location: 'in',
  person: 'of',
  service: 'of',
  level: 'at level',
  actor: 'by',
  skill: 'at skill level',
  weekday: 'on',
  day: 'on',
  hour: 'at',
  'half-hour': 'at',
  deadline: '',
  state: '',
};
