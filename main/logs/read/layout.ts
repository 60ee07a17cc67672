/**
 * The layout of a source's heads, learned from a sample of lines: the lines are cut into tokens, which stand in columns as far as most
 * lines agree; the head ends behind the last column that can be of nothing else; what stands in a column says what it is.
 */
import type { Level, ParsedLine } from '../types.ts';
import { bareLevelOf, levelOf, levelOfFacility, levelOfPriority, levelOfStatus } from './levels.ts';
import { namesColumn } from './names.ts';

/** Share of lines that must agree. */
const MIN_FIT = 0.9;
const LEARNED_FROM = 200;
const LEAST_LINES = 3;
/** Tokens of a head at most; and words in a row that are of it only because of what follows. */
const MOST_TOKENS = 24;
const MOST_PLAIN = 2;

/** Where the instant of a line stands. */
type Place = { readonly start: number; readonly end: number };
type Role = 'level' | 'priority' | 'status' | 'service' | 'pid' | 'host' | 'none';
export type Slot = {
  /** `w` a word, a pair of brackets, `name=` of a pair, or a sign as it stands */
  readonly kind: string;
  readonly hasGap: boolean;
  readonly role: Role;
  /** where a column has several parts: the place of the level, and of the name */
  readonly part?: number;
  readonly named?: number;
};
/** The columns before the instant and behind it. Plain data. */
export type Layout = { readonly before: readonly Slot[]; readonly behind: readonly Slot[] };

const GAP = '[ \\t　]';
const WORD = `(?:[^\\s\\[\\](){}<>|,;:：（）［］＜＞"'【】「」]|:(?=[^\\s:\\[\\]])|::(?=\\S))+`;
/** A word with the process behind it: `sshd[812]`. */
const NAMED = `(?=\\p{L})${WORD}\\[[^\\[\\]\\s]{0,40}\\]|${WORD}`;
const PAIR = '[\\w.-]+=(?:"[^"]*"|[^\\s",;|\\[\\](){}<>]*)';
/** A pair of brackets and what is within, which may hold a pair again. */
const BRACKETS: Readonly<Record<string, string>> = {
  '[]': '\\[((?:[^\\[\\]]|\\[[^\\[\\]]*\\]){0,160})\\]',
  '()': '\\(((?:[^()]|\\([^()]*\\)){0,160})\\)',
  '<>': '<([^<>]{0,160})>',
  '{}': '\\{([^{}"]{0,160})\\}',
  '【】': '【([^【】]{0,60})】',
  '［］': '［([^［］]{0,60})］',
  '＜＞': '＜([^＜＞]{0,60})＞',
};
const KINDS = Object.keys(BRACKETS);
const TOKEN = new RegExp(
  `(${GAP}*)(?:${Object.values(BRACKETS).join('|')}|(${PAIR})|(${NAMED})|(\\S))`,
  'uy',
);
/** A word that only parts others. */
const SIGN = /^[-–—=>*#.!?~·•/]+$/;

type Token = { readonly kind: string; readonly hasGap: boolean; readonly text: string };
function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (tokens.length < MOST_TOKENS) {
    const found = TOKEN.exec(text);
    if (!found) break;
    const [, gap = '', ...values] = found;
    const [pair, word, sign] = values.slice(KINDS.length);
    const bracket = values.findIndex((value) => value !== undefined);
    const value = values[bracket] ?? '';
    const kind =
      KINDS[bracket] ??
      sign ??
      (pair !== undefined
        ? pair.slice(0, pair.indexOf('=') + 1)
        : SIGN.test(word ?? '')
          ? (word ?? '')
          : 'w');
    tokens.push({ kind, hasGap: gap !== '', text: pair === undefined ? value.trim() : saidIn(pair) });
  }
  return tokens;
}
const saidIn = (pair: string): string => pair.slice(pair.indexOf('=') + 1).replace(/^"(.*)"$/, '$1');

const signatureOf = (token: Token | undefined): string =>
  token ? `${token.hasGap ? ' ' : ''}${token.kind}` : '';
function usual(values: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? '';
}
const share = (values: readonly string[], is: (value: string) => boolean): number =>
  values.length ? values.filter(is).length / values.length : 0;

type Column = Omit<Token, 'text'> & { readonly values: readonly string[] };
/** Columns as far as most lines agree on them. */
function columnsOf(rows: readonly (readonly Token[])[]): Column[] {
  const columns: Column[] = [];
  let fitting = rows;
  for (let i = 0; i < MOST_TOKENS; i++) {
    const signature = usual(fitting.map((row) => signatureOf(row[i])));
    fitting = fitting.filter((row) => signatureOf(row[i]) === signature);
    if (signature === '' || fitting.length < rows.length * MIN_FIT) break;
    columns.push({
      kind: signature.trim(),
      hasGap: signature.startsWith(' '),
      values: fitting.map((row) => row[i]?.text ?? ''),
    });
  }
  return columns;
}

const NUMBER = /^#?\d+(?:[.:/-]\d+)*$/;
const IDENTITY = /^(?=.*\d)(?:0x)?[\dA-Fa-f][\dA-Fa-f.:-]{3,}$/;
const THREAD = /^(?:main|.*(?:thread|exec|worker|pool|executor|scheduler|timer|nio|qtp).*|.+-\d+)$/i;
/** A name of several words, in a bracket. */
const TITLE = /^\p{Lu}[\p{L}\p{N}._-]*(?: [\p{L}\p{N}._-]+){1,2}$/u;
const NAME = /^(?=.*\p{L})[\p{L}\p{N}_.$@/\\:#*&+-]{2,80}$/u;
/** The code of a message is a part of it. */
const CODE = /^(?:[A-Z][A-Z_]{1,20}[-_]?\d{2,6}(?:-?[A-Z])?|%.*|[A-Z]{1,3}-?\d{3,6}|\d[\d:.]*)$/;
export const isName = (text: string): boolean =>
  NAME.test(text) && !IDENTITY.test(text) && !NUMBER.test(text);
/** `StorageService.java:820`, `QuorumPeer@136`, `name/812.14`, `mpr!svc!`: without its place, process and the signs around it. */
const nameIn = (text: string): string =>
  text
    .replace(/\[[^[\]]*\]$/, '')
    .replace(/^.*:(?=[\w$]+@\d+$)/, '')
    .replace(/@\d+$|(?<=[a-z]):\d+$|(?<=[\p{L}\d])\/\d+(?:\.\d+)?$/u, '')
    .replace(/^[!*#:]+|[!*#:]+$/g, '');
const cleaned = (text: string): string => text.replace(/^[\s*!#]+|[\s!:*.]+$/g, '');
/** An `A` alone is an alert to some programs and an audit to others; a `C` is critical beside other letters only. */
const ONE_LETTER = new Map<string, Level | undefined>([
  ['A', undefined],
  ['C', 'fatal'],
]);
const levelOfPart = (text: string): Level | undefined =>
  ONE_LETTER.has(text) ? ONE_LETTER.get(text) : (levelOf(cleaned(text)) ?? levelOfFacility(cleaned(text)));
const partsOf = (text: string): string[] => text.trim().split(/[\s/:!|,]+|\.(?=[A-Z]{4,}$)/);

const isLevels = (values: readonly string[]): boolean =>
  (share(values, (v) => levelOfPart(v) !== undefined) >= 0.8 || isMostlyLevels(values)) &&
  (values.some((v) => bareLevelOf(cleaned(v)) !== undefined) || new Set(values).size > 1);
/** Few short words, several of which are levels. */
function isMostlyLevels(values: readonly string[]): boolean {
  const kinds = [...new Set(values.map(cleaned))];
  const known = kinds.filter((word) => word.length > 2 && levelOf(word) !== undefined);
  return (
    known.length > 1 &&
    kinds.length <= 8 &&
    kinds.length < values.length &&
    kinds.every((word) => /^\p{L}{2,12}$/u.test(word)) &&
    share(values, (v) => known.includes(cleaned(v))) >= 0.4
  );
}
const isPriorities = ({ kind, values }: Column): boolean =>
  kind === '<>' && values.every((v) => /^[0-7]$/.test(v)) && new Set(values).size > 1;
const isStatuses = ({ values }: Column): boolean =>
  values.every((v) => /^[1-5]\d\d$/.test(v)) && values.includes('200') && new Set(values).size > 1;

const isBracket = ({ kind }: { readonly kind: string }): boolean => KINDS.includes(kind);
const isPair = ({ kind }: Column): boolean => kind.length > 1 && /^\w.*=$/.test(kind);
const holdsValue = ({ kind }: { readonly kind: string }): boolean =>
  kind === 'w' || KINDS.includes(kind) || /^\w.*=$/.test(kind);
const isSign = (column: Column | undefined): boolean =>
  column !== undefined &&
  column.kind !== 'w' &&
  !isPair(column) &&
  !isBracket(column) &&
  !/^[.,"'「[(<{【]$/.test(column.kind);
/** Whether signs that part follow the column. */
function isParted(columns: readonly Column[], i: number): boolean {
  let at = i + 1;
  while (isSign(columns[at])) at++;
  return at > i + 1 && (columns[at] === undefined || columns[at]?.hasGap === true);
}
/** `<0.7.0>@riak_core `: a word behind a bracket. */
const isGlued = (columns: readonly Column[], i: number): boolean => {
  const [before, { hasGap } = { hasGap: true }, next] = [columns[i - 1], columns[i], columns[i + 1]];
  return (
    before !== undefined &&
    isBracket(before) &&
    !hasGap &&
    next?.hasGap !== false &&
    share(columns[i]?.values ?? [], (v) => /^[@\w]/.test(v)) === 1
  );
};
/** `[812][Y0] `: one of several brackets. */
const isAmongBrackets = (columns: readonly Column[], i: number): boolean =>
  [columns[i - 1], columns[i + 1]].some((column) => column !== undefined && isBracket(column));
/** `12[IKE]`: a bracket glued to a number. */
const isNumbered = (columns: readonly Column[], i: number): boolean =>
  columns[i]?.hasGap === false && share(columns[i - 1]?.values ?? [], (v) => NUMBER.test(v)) >= MIN_FIT;
/** Columns of the head behind the instant: up to the last that can be of nothing else. */
function headLength(columns: readonly Column[], hasLevel: boolean): number {
  let length = 0;
  let plain = 0;
  let isLevelled = hasLevel;
  for (const [i, column] of columns.entries()) {
    const { kind, values } = column;
    const isOwn = !isLevelled && isLevels(values);
    if (kind === '"' || kind === "'" || kind === '「') break;
    if (isOwn || isPriorities(column)) isLevelled = true;
    else if (isBracket(column)) {
      const isShort = share(values, (v) => v.split(/\s+/).length <= 4) >= MIN_FIT;
      if (
        !isShort ||
        (plain > 0 && !isParted(columns, i) && !isNumbered(columns, i) && !isAmongBrackets(columns, i))
      )
        break;
    } else if (kind === 'w' || isPair(column)) {
      if (share(values, (v) => CODE.test(v)) > 0.5 && /^[:：]$/.test(columns[i + 1]?.kind ?? '')) break;
      if (!isParted(columns, i) && !isGlued(columns, i)) {
        if (++plain > MOST_PLAIN && kind === 'w') break;
        continue;
      }
    } else if (plain > 0) continue;
    [length, plain] = [i + 1, 0];
  }
  return length;
}

/** The layout of these lines; null: they have none in common. @param place of the instant in a line; null: it has none */
export function learnLayout(lines: readonly string[], place: (line: string) => Place | null): Layout | null {
  const sample = lines.slice(0, LEARNED_FROM);
  const rows = sample.flatMap((line) => {
    const found = place(line);
    return found
      ? [{ front: tokensOf(line.slice(0, found.start)), back: tokensOf(line.slice(found.end)) }]
      : [];
  });
  if (rows.length < LEAST_LINES || rows.length < sample.length / 2) return null;
  const front = columnsOf(rows.map((row) => row.front));
  if (rows.filter((row) => row.front.length === front.length).length < rows.length * MIN_FIT) return null;
  const back = columnsOf(rows.map((row) => row.back));
  const length = headLength(
    back,
    front.some(({ values }) => isLevels(values)),
  );
  const slots = assign([...front, ...back.slice(0, length)], back[length]);
  if (slots.every(({ role }) => role === 'none')) return null;
  return { before: slots.slice(0, front.length), behind: slots.slice(front.length) };
}

/** A column of several parts, one of which is a level. */
function levelWithin({ values }: Column): { readonly part: number; readonly named?: number } | null {
  const rows = values.map(partsOf);
  const count = Number(usual(rows.map((parts) => String(parts.length))));
  const same = rows.filter((parts) => parts.length === count);
  if (count < 2 || same.length < rows.length * MIN_FIT) return null;
  const places = Array.from({ length: count }, (_, i) => same.map((parts) => parts[i] ?? ''));
  const part = places.findIndex(isLevels);
  if (part < 0) return null;
  const names = places.flatMap((own, i) => (i !== part && share(own, isName) >= MIN_FIT ? [i] : []));
  const named = names.find((i) => i > part) ?? names.at(-1);
  return { part, ...(named === undefined ? {} : { named }) };
}
/** What each column is. */
function assign(columns: readonly Column[], next: Column | undefined): Slot[] {
  // what stands before `%ASA-6-302013:` is a device
  const isSource = share(next?.values ?? [], (v) => v.startsWith('%')) > 0.5;
  const roles = columns.map((): Role => 'none');
  const free = (is: (column: Column, i: number) => boolean): number[] =>
    columns.flatMap((column, i) => (roles[i] === 'none' && holdsValue(column) && is(column, i) ? [i] : []));
  const give = (role: Role, i: number | undefined): void => {
    if (i !== undefined) roles[i] = role;
  };
  for (const [i, { kind }] of columns.entries())
    for (const role of ['level', 'service', 'host', 'pid'] as const)
      if (
        kind.length > 2 &&
        kind.endsWith('=') &&
        !roles.includes(role) &&
        namesColumn(kind.slice(0, -1), role)
      )
        roles[i] = role;
  // of several, the one of the longest words: `i INFO`
  const known = (i: number): number =>
    share(columns[i]?.values ?? [], (v) => bareLevelOf(cleaned(v)) !== undefined);
  const levels = free(({ values }) => isLevels(values)).sort((a, b) => known(b) - known(a) || a - b);
  if (!roles.includes('level')) give('level', levels[0]);
  let within: { readonly i: number; readonly part: number; readonly named?: number } | null = null;
  if (!roles.includes('level')) {
    for (const i of free(() => true)) {
      const found = levelWithin(columns[i] ?? { kind: '', hasGap: false, values: [] });
      if (!found) continue;
      within = { i, ...found };
      roles[i] = 'level';
      break;
    }
  }
  if (!roles.includes('level')) give('priority', free(isPriorities)[0]);
  if (!roles.includes('level')) give('status', free(isStatuses)[0]);
  if (!roles.includes('pid'))
    give('pid', free(({ values }) => share(values, (v) => NUMBER.test(v)) >= MIN_FIT)[0]);
  if (!roles.includes('service') && within?.named === undefined) {
    const names = free(
      ({ kind, values }, i) =>
        !levels.includes(i) &&
        share(values, (v) => isName(nameIn(v)) || (isBracket({ kind }) && TITLE.test(v))) >= 0.8,
    );
    const weigh = (i: number): number => {
      const { values = [] } = columns[i] ?? {};
      const most = (is: RegExp): number => Number(share(values, (v) => is.test(v)) > 0.5);
      return (
        4 * Number(isParted(columns, i)) +
        4 * most(/^(?!.*\.\w{1,5}:\d+$).*[A-Za-z]\.\p{L}/u) -
        3 * most(/\.\w{1,5}:\d+$/) +
        2 * Number(new Set(values).size > 1) -
        6 * most(THREAD) -
        4 * most(CODE) -
        8 * Number(isSource && columns.slice(i + 1).every((column) => !holdsValue(column))) +
        i / 100
      );
    };
    const [best] = names.sort((a, b) => weigh(b) - weigh(a));
    if (best !== undefined && weigh(best) > -6) give('service', best);
  }
  return columns.map(({ kind, hasGap }, i) => {
    const { i: place, ...parts } = within ?? { i: -1 };
    return { kind, hasGap, role: roles[i] ?? 'none', ...(place === i ? parts : {}) };
  });
}

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
function patternOf({ kind, hasGap }: Slot): string {
  const gap = hasGap ? `${GAP}+` : '';
  if (kind === 'w') return `${gap}(${NAMED})`;
  if (/^\w.*=$/.test(kind)) return `${gap}(${escaped(kind)}(?:"[^"]*"|[^\\s",;|\\[\\](){}<>]*))`;
  return gap + (BRACKETS[kind] ?? escaped(kind));
}

/** Reads the lines of one layout. */
export class LayoutReader {
  private readonly front: RegExp;
  private readonly back: RegExp;
  private readonly slots: readonly Slot[];
  constructor({ before, behind }: Layout) {
    this.front = new RegExp(`^${before.map(patternOf).join('')}${GAP}*$`, 'u');
    this.back = new RegExp(`${behind.map(patternOf).join('')}${GAP}*`, 'uy');
    this.slots = [...before, ...behind].filter(holdsValue);
  }
  /** Null: the line has another layout. */
  read(line: string, { start, end }: Place): ParsedLine | null {
    const front = this.front.exec(line.slice(0, start));
    this.back.lastIndex = end;
    const back = front && this.back.exec(line);
    const content = line.slice(this.back.lastIndex);
    if (!back || content === '') return null;
    const values = [...front.slice(1), ...back.slice(1)];
    const out: { -readonly [K in keyof ParsedLine]: ParsedLine[K] } = {
      content,
      time: line.slice(start, end),
    };
    let level: Level | undefined;
    this.slots.forEach(({ role, kind, part, named }, i) => {
      const given = (values[i] ?? '').trim();
      const text = kind.length > 2 && kind.endsWith('=') ? saidIn(given) : given;
      const parts = part === undefined ? [text] : partsOf(text);
      if (role === 'level') level = levelOfPart(parts[part ?? 0] ?? '');
      else if (role === 'priority') level = levelOfPriority(text);
      else if (role === 'status') level = levelOfStatus(Number(text));
      else if (role === 'service' && (isName(nameIn(text)) || (isBracket({ kind }) && TITLE.test(text)))) {
        out.service = nameIn(text);
        const process = /\[(\d+)\]$/.exec(text)?.[1];
        if (process !== undefined) out.pid = process;
      } else if ((role === 'pid' || role === 'host') && text !== '') out[role] = text;
      if (named !== undefined && parts[named]) out.service = parts[named];
    });
    if (level) out.level = level;
    return out;
  }
}
