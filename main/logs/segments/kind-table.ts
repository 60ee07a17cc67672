import type { ByteReader, ByteWriter } from './bytes.ts';
import { readNumbers, writeNumbers } from './number-column.ts';
import { levelAt, type PackedRecords } from './packed-records.ts';
import type { Head } from './plan-heads.ts';
import { MAX_VARIABLES } from './split-text.ts';
import { readTexts, textAt, writeTexts } from './text-column.ts';

/** One (layout, template, level, service): most of what a filter asks, once for all lines that share it. */
type Kind = {
  readonly layout: number;
  readonly template: number;
  /** as in LEVEL_ORDER */
  readonly level: number;
  /** 0: none */
  readonly service: number;
  /** -1: its lines have no variables */
  readonly group: number;
};
/** Lines with the same variables, as far as one can see: of one template, as many. */
export type Group = {
  readonly variables: number;
  readonly rows: number[];
  readonly layouts: Set<number>;
  /** its variables are those of the heads of lines, not what stands behind */
  readonly isHead: boolean;
};

const FIELDS = ['layout', 'template', 'level', 'service', 'group'] as const;

/** Sorts the rows of a segment into kinds and groups. */
export class KindTable {
  readonly kinds: Kind[] = [];
  readonly groups: Group[] = [];
  /** of each head, which group its rows are */
  readonly headGroups: number[] = [];
  readonly services = new Map<string | null, number>([[null, 0]]);
  private readonly byKey = new Map<string, number>();
  private readonly groupByKey = new Map<number, number>();
  /** per layout the kind last seen with it: nearly always the next one's too */
  private readonly latest: number[] = [];
  private readonly records: PackedRecords;
  /** by place in `words`, 0: not met yet */
  private readonly numberOf: Int32Array;

  constructor(records: PackedRecords) {
    this.records = records;
    this.numberOf = new Int32Array(records.words.length);
  }

  /** The kind of the next row, whose layout has so many variables behind its head. */
  add(row: number, layout: number, variables: number, head: Head): number {
    const { records } = this;
    const service = this.serviceOf(records.services[row] as number);
    const level = levelAt(records, row);
    const template = records.templates[row] as number;
    let kind = this.latest[layout] ?? -1;
    const known = this.kinds[kind];
    if (!known || known.template !== template || known.level !== level || known.service !== service) {
      kind = this.kindOf({ layout, template, level, service }, variables);
      this.latest[layout] = kind;
    }
    const { group } = this.kinds[kind] as Kind;
    if (group >= 0) (this.groups[group] as Group).rows.push(row);
    if (head.group >= 0) this.addToHead(row, layout, head);
    return kind;
  }
  private addToHead(row: number, layout: number, head: Head): void {
    let group = this.headGroups[head.group];
    if (group === undefined) {
      group = this.newGroup(head.variables, true);
      this.headGroups[head.group] = group;
    }
    const { rows, layouts } = this.groups[group] as Group;
    rows.push(row);
    layouts.add(layout);
  }
  private newGroup(variables: number, isHead: boolean): number {
    return this.groups.push({ variables, rows: [], layouts: new Set(), isHead }) - 1;
  }
  private serviceOf(place: number): number {
    if (place < 0) return 0;
    let service = this.numberOf[place] as number;
    if (service === 0) {
      service = this.services.size;
      this.numberOf[place] = service;
      this.services.set(this.records.words[place] ?? null, service);
    }
    return service;
  }
  private kindOf(of: Omit<Kind, 'group'>, variables: number): number {
    const key = `${of.layout} ${of.template} ${of.level} ${of.service}`;
    const known = this.byKey.get(key);
    if (known !== undefined) return known;
    const kind = this.kinds.length;
    const group = variables === 0 ? -1 : this.groupOf(of.template, variables);
    this.groups[group]?.layouts.add(of.layout);
    this.kinds.push({ ...of, group });
    this.byKey.set(key, kind);
    return kind;
  }
  private groupOf(template: number, variables: number): number {
    const key = template * (MAX_VARIABLES + 1) + variables;
    let group = this.groupByKey.get(key);
    if (group === undefined) {
      group = this.newGroup(variables, false);
      this.groupByKey.set(key, group);
    }
    return group;
  }
  templates(): Set<number> {
    return new Set(this.kinds.map((k) => k.template));
  }
  /** bit i: LEVEL_ORDER[i] is there */
  levels(): number {
    return this.kinds.reduce((mask, k) => mask | (1 << k.level), 0);
  }
  /** '' for none */
  serviceNames(): Set<string> {
    const names = [...this.services.keys()];
    return new Set(this.kinds.map((k) => names[k.service] ?? ''));
  }
  /** Per group `chunkOf`: the part its columns are in, and `startOf`: where in it they begin. */
  write(out: ByteWriter, { chunkOf, startOf }: { chunkOf: Float64Array; startOf: Float64Array }): void {
    const names = [...this.services.keys()].filter((name) => name !== null);
    out.varint(names.length);
    writeTexts(out, names);
    out.varint(this.groups.length);
    writeNumbers(
      out,
      Float64Array.from(this.groups, (g) => g.variables),
    );
    writeNumbers(
      out,
      Float64Array.from(this.groups, (g) => g.rows.length),
    );
    writeNumbers(out, chunkOf);
    writeNumbers(out, startOf);
    out.varint(this.kinds.length);
    let before: readonly Float64Array[] = [];
    for (const field of FIELDS) {
      const values = Float64Array.from(this.kinds, (k) => k[field]);
      writeNumbers(out, values, before);
      before = [values, ...before];
    }
  }
}

/** Groups by how much is in them, the most first: the order of their columns. */
export const orderOf = (sizes: readonly number[]): number[] =>
  [...sizes.keys()].sort((a, b) => (sizes[b] as number) - (sizes[a] as number) || a - b);

/** The kinds and groups of a block, a column each. */
export type Kinds = {
  /** null: none */
  readonly services: readonly (string | null)[];
  readonly groupVariables: Float64Array;
  readonly groupRows: Float64Array;
  readonly groupChunk: Float64Array;
  readonly groupStart: Float64Array;
} & { readonly [F in (typeof FIELDS)[number] as `${F}Of`]: Float64Array };

export function readKinds(input: ByteReader): Kinds {
  const named = input.varint();
  const names = readTexts(input, named);
  const groups = input.varint();
  const groupVariables = readNumbers(input, groups);
  const groupRows = readNumbers(input, groups);
  const groupChunk = readNumbers(input, groups);
  const groupStart = readNumbers(input, groups);
  const kinds = input.varint();
  let before: readonly Float64Array[] = [];
  const field = (): Float64Array => {
    const values = readNumbers(input, kinds, before);
    before = [values, ...before];
    return values;
  };
  return {
    services: [null, ...Array.from({ length: named }, (_, i) => textAt(names, i))],
    groupVariables,
    groupRows,
    groupChunk,
    groupStart,
    layoutOf: field(),
    templateOf: field(),
    levelOf: field(),
    serviceOf: field(),
    groupOf: field(),
  };
}
