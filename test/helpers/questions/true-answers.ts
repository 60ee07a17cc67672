// From the rows to what an answer has to say: those asked for, grouped, compared, ordered and cut as the plan says.
import { type Dimension, daysOf, type Plan, plain } from './question.ts';
import { type Stage, TODAY } from './stage.ts';
import { type Row, trueRows } from './true-rows.ts';

/** `names`: of the group, empty for the whole. `value`: with `other`, what it is compared with. */
export type Said = { readonly names: readonly string[]; readonly value: number; readonly other?: number };
export type Truth = {
  readonly rows: readonly Said[];
  /** rows the plan leaves out (below the limit or the threshold): an answer that lists them answers something else */
  readonly left: readonly Said[];
  /** a person's or a place's rows are listed, not one figure */
  readonly grouped: boolean;
};

const ALIKE = (a: string | undefined, b: string): boolean =>
  (a?.split(',') ?? []).some((part) => plain(part) === plain(b));
const holds = (row: Row, dimension: Dimension, value: string): boolean =>
  dimension === 'word'
    ? plain(row.word ?? '').includes(plain(value))
    : ALIKE(row[dimension === 'person' ? 'person' : dimension], value);
const within = (row: Row, plan: Plan): boolean =>
  Object.entries(plan.where ?? {}).every(([d, values]) =>
    (values ?? []).some((v) => holds(row, d as Dimension, v)),
  ) &&
  Object.entries(plan.not ?? {}).every(
    ([d, values]) => !(values ?? []).some((v) => holds(row, d as Dimension, v)),
  );
const WEEKDAYS = ['日', '月', '火', '水', '木', '金', '土'];
const nameBy = (row: Row, by: string): string[] => {
  if (by === 'cell') return [row.site ?? '', row.business ?? '', row.process ?? ''];
  if (by === 'weekday') return [WEEKDAYS[new Date(`${row.day}T00:00:00Z`).getUTCDay()] ?? ''];
  if (by === 'actor') return [row.person ?? ''];
  if (by === 'template') return [(row.word ?? '').replace(/[=\d].*$/, '').slice(0, 14)];
  return [String(row[by as keyof Row] ?? '')];
};
const WORST = ['p-late'];
function grouped(measure: string, rows: readonly Row[], by: readonly string[]): Said[] {
  const groups = Map.groupBy(rows, (row) => by.flatMap((b) => nameBy(row, b)).join('\u0000'));
  if (by.length === 0 && rows.length === 0) return [{ names: [], value: 0 }];
  return [...groups].map(([key, group]) => {
    const names = by.length ? key.split('\u0000') : [];
    const sum = (n: (row: Row) => number): number => group.reduce((s, row) => s + n(row), 0);
    const hours = sum((row) => row.d ?? 0);
    if (group[0]?.d !== undefined) return { names, value: hours > 0 ? sum((row) => row.n) / hours : 0 };
    if (measure === 'skills' && by.length)
      return { names, value: by.includes('person') ? Math.max(...group.map((r) => r.n)) : people(group) };
    if (WORST.includes(measure)) return { names, value: Math.max(...group.map((r) => r.n)) };
    return { names, value: group[0]?.one === undefined ? sum((row) => row.n) : people(group) };
  });
}
const people = (rows: readonly Row[]): number => new Set(rows.map((r) => r.one)).size;
const passes = (value: number, { op, value: than }: { op: string; value: number }): boolean =>
  op === '>'
    ? value > than
    : op === '>='
      ? value >= than
      : op === '<'
        ? value < than
        : op === '<='
          ? value <= than
          : value === than;

/** People who can do all that is asked, and nothing that is excluded. */
function ableRows(all: readonly Row[], plan: Plan): Row[] {
  const { process: _, ...where } = plan.where ?? {};
  const { process: __, ...not } = plan.not ?? {};
  const scoped = all.filter((row) => within(row, { ...plan, where, not }));
  const least = plan.threshold ?? [];
  const can = (person: string | undefined, process: string): boolean =>
    scoped.some((r) => r.person === person && r.process === process && least.every((t) => passes(r.n, t)));
  const wanted = plan.where?.process ?? [];
  return scoped.filter(
    (row) =>
      wanted.every((p) => can(row.person, p)) &&
      !(plan.not?.process ?? []).some((p) =>
        scoped.some((r) => r.person === row.person && r.process === p),
      ) &&
      (wanted.length === 0 || wanted.includes(row.process ?? '')),
  );
}

function cut(all: readonly Said[], plan: Plan): Pick<Truth, 'rows' | 'left'> {
  const least = plan.threshold ?? [];
  const kept = all.filter((row) => least.every((t) => passes(row.value, t)));
  const left = all.filter((row) => !kept.includes(row));
  if (!plan.order) return { rows: kept, left };
  const sign = plan.order === 'desc' ? -1 : 1;
  const ordered = kept.toSorted((a, b) => sign * (a.value - b.value));
  if (plan.rank) return { rows: ordered.slice(plan.rank - 1, plan.rank), left: [] };
  const last = ordered[(plan.limit ?? 1) - 1]?.value;
  // those level with the last one are as good as it
  const rows = ordered.filter((row, i) => i < (plan.limit ?? 1) || row.value === last);
  return { rows, left: [...left, ...ordered.filter((row) => !rows.includes(row))] };
}

const product = (alternatives: readonly (readonly string[])[]): string[][] =>
  alternatives.reduce<string[][]>((sets, next) => sets.flatMap((set) => next.map((n) => [...set, n])), [[]]);

/** The windows or measures that a plan compares with, each honest reading of it. */
function others(plan: Plan, measure: string): { measure: string; plan: Plan }[] {
  const { compare, ...rest } = plan;
  if (compare === 'forecast')
    return [
      // what was expected by now, or by the hour before or after
      { measure: 'forecast', plan: { ...rest, window: { until: '14:30' } } },
      { measure: 'forecast', plan: { ...rest, window: { until: '15:00' } } },
      { measure: 'forecast', plan: { ...rest, window: { until: '14:00' } } },
      { measure: 'forecast', plan: rest },
    ];
  if (compare === 'plan') return [{ measure: 'planned', plan: rest }];
  if (compare === undefined || compare === 'items') return [];
  const then = { ...rest, window: { ...plan.window, span: compare } };
  // a week that is not over is compared as far as it came
  if (plan.window?.span === 'week' && compare === 'week-1') {
    const span = `${daysOf('week-1', TODAY)[0]}..${daysOf('weekday-1', TODAY)[0]}`;
    return [
      { measure, plan: then },
      { measure, plan: { ...rest, window: { span, until: '14:30' } } },
    ];
  }
  return measure === 'backlog'
    ? [{ measure, plan: { ...rest, window: { span: compare, at: '14:30' } } }]
    : [
        { measure, plan: then },
        { measure, plan: { ...rest, window: { span: compare, until: '14:30' } } },
      ];
}

/** Every honest truth of one measure of a plan; null where there is nothing to judge its figures by. */
export function truths(stage: Stage, measure: string, plan: Plan): Truth[] | null {
  const readings = trueRows(stage, measure, plan);
  if (!readings) return null;
  const person = measure === 'skills' && plan.where?.person;
  const items = plan.compare === 'items' ? itemsOf(plan) : [];
  const by = [...(plan.by ?? []), ...items, ...(person ? [['process']] : [])];
  const found: Truth[] = [];
  for (const all of readings)
    for (const dimensions of product(by)) {
      const group = (rows: readonly Row[], m: string, p: Plan): Said[] =>
        person
          ? rows.filter((r) => within(r, p)).map((r) => ({ names: [r.process ?? ''], value: r.n }))
          : grouped(m, m === 'skills' ? ableRows(rows, p) : rows.filter((r) => within(r, p)), dimensions);
      const own = group(all, measure, plan);
      const percent = plan.threshold?.some((t) => t.unit);
      for (const other of others(plan, measure)) {
        for (const rows of trueRows(stage, other.measure, other.plan) ?? []) {
          const then = group(rows, other.measure, other.plan);
          const pairs = own.map((row) => ({
            ...row,
            other: then.find((t) => t.names.join() === row.names.join())?.value ?? 0,
          }));
          const kept = percent
            ? pairs.filter((p) => p.value >= p.other * (1 + (plan.threshold?.[0]?.value ?? 0) / 100))
            : pairs;
          found.push({ rows: kept, left: [], grouped: dimensions.length > 0 });
        }
      }
      if (plan.compare === undefined || plan.compare === 'items') {
        const limits = measure === 'skills' ? { ...plan, threshold: undefined } : plan;
        found.push({ ...cut(own, limits as Plan), grouped: dimensions.length > 0 });
      }
    }
  return found;
}
/** The dimension of which several are named to be compared. */
const itemsOf = (plan: Plan): string[][] =>
  Object.entries(plan.where ?? {}).flatMap(([d, values]) => ((values ?? []).length > 1 ? [[d]] : []));
