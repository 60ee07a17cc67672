// Groups as a table that people can read: names for ids, columns in both languages, the value to filter by beside what is shown.
import type { Bilingual, Table } from '../api/contract/common.ts';
import { formatTemplate } from '../api/contract/format.ts';
import { instantOf } from '../kernel/clock.ts';
import { DIMENSION_NAMES, type Dimension, type MeasureInfo, type Query } from './contract/measures.ts';
import words from './words.json' with { type: 'json' };

type Cell = string | number | null;
type Column = Table['columns'][number];
const column = (key: string, label: Bilingual, kind: Column['kind']): Column => ({ key, label, kind });

const WEEKDAYS = {
  ja: ['日', '月', '火', '水', '木', '金', '土'],
  en: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'],
};
const STATES: Readonly<Record<string, Bilingual>> = words.states;
const time = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

/** Names of ids, and how an instant of today is reckoned. */
export type Naming = {
  readonly business: (id: string) => string;
  readonly person: (id: string) => string;
  readonly template: (id: number) => string;
  readonly today: string;
  readonly zone: string;
};
const PLACE = ['location', 'business', 'process'] as const;

export function columnsOf(dimension: Dimension): Column[] {
  const label = DIMENSION_NAMES[dimension];
  switch (dimension) {
    case 'cell':
      return PLACE.flatMap(columnsOf);
    case 'weekday':
    case 'state':
      return [column(`${dimension}Ja`, label, 'text'), column(`${dimension}En`, label, 'text')];
    case 'day':
      return [column('day', label, 'date')];
    case 'deadline':
      return [column('deadline', label, 'instant')];
    default:
      return [column(dimension, label, 'text')];
  }
}
/** What a value of a dimension is in a row. */
export function cellsOf(dimension: Dimension, value: string, naming: Naming): Record<string, Cell> {
  const id = { [`${dimension}:id`]: value };
  switch (dimension) {
    case 'cell': {
      const [location = '', business = '', process = ''] = value.split('\u001f');
      return { ...id, location, ...cellsOf('business', business, naming), process };
    }
    case 'business':
      return { ...id, business: naming.business(value) };
    case 'person':
      return { ...id, person: naming.person(value) };
    case 'template':
      return { ...id, template: formatTemplate(naming.template(Number(value))) };
    case 'hour':
    case 'half-hour':
      return { ...id, [dimension]: time(Number(value)) };
    case 'deadline':
      return { ...id, deadline: instantOf(naming.today, Number(value), naming.zone) };
    case 'weekday':
      return {
        ...id,
        weekdayJa: WEEKDAYS.ja[Number(value)] ?? '',
        weekdayEn: WEEKDAYS.en[Number(value)] ?? '',
      };
    case 'state':
      return { ...id, stateJa: STATES[value]?.ja ?? value, stateEn: STATES[value]?.en ?? value };
    default:
      return { [dimension]: value };
  }
}

type Info = Pick<MeasureInfo, 'id' | 'name' | 'unit' | 'digits'>;
const kindOf = ({ unit }: Info): Column['kind'] =>
  unit === 'percent' ? 'percent' : unit === 'instant' ? 'instant' : 'number';
/** A measure's columns, and of a comparison the other value and the change. */
export const measureColumns = (info: Info, other: Bilingual | null): Column[] => [
  column(info.id, info.name, kindOf(info)),
  ...(other
    ? [
        column(
          `${info.id}:compared`,
          { ja: `${info.name.ja}（${other.ja}）`, en: `${info.name.en} (${other.en})` },
          kindOf(info),
        ),
        column(`${info.id}:change`, { ja: '増減', en: 'Change' }, 'percent'),
      ]
    : []),
];
/** One digit more than is shown: enough for a reader, and no long fractions in files. */
export const rounded = (value: number | null, { unit, digits }: Info): number | null =>
  value === null ? null : Number(value.toFixed(unit === 'percent' ? 4 : digits + 1));

export function titleOf(infos: readonly Info[], query: Query): Bilingual {
  const by = query.by.map((d) => DIMENSION_NAMES[d]);
  const ja = infos.map((info) => info.name.ja).join('・');
  const en = infos.map((info) => info.name.en).join(', ');
  return {
    ja: by.length ? `${ja}（${by.map((d) => d.ja).join('・')}別）` : ja,
    en: by.length ? `${en} by ${by.map((d) => d.en.toLowerCase()).join(' and ')}` : en,
  };
}
