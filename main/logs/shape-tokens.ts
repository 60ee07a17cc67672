/**
 * From the scanned tokens of one line to the parts a template is made of. Runs once per new signature, so it may look around:
 * quantities with their units, quoted names, empty brackets, lists of any length.
 */
import { FIRST_HOLE, HOLE_TYPES, hashText, KIND, type Scanner } from './scan-tokens.ts';
import type { HoleType } from './types.ts';

export type Shaped = {
  readonly kind: 'word' | 'weak' | 'quoted' | 'mark' | 'hole';
  readonly text: string;
  readonly type: HoleType;
  readonly gap: boolean;
  /** identity within a template; all holes are equal, `eth0` equals `eth1` */
  readonly hash: number;
};
export const HOLE_HASH = hashText('<*>');

const SIZES = new Set('b byte bytes kb mb gb tb kib mib gib kbytes mbytes'.split(' '));
const TIMES = new Set(
  'ns nanoseconds us usec microsecond microseconds ms msec msecs millis millisecond milliseconds s sec secs second seconds m min mins minute minutes h hr hrs hour hours d day days'.split(
    ' ',
  ),
);
const CURRENCIES = new Set('JPY USD EUR GBP CNY KRW'.split(' '));
/** Shorter ones (`5 m`, `3 d`) are as often something else. */
const unitOf = (t: Shaped | undefined): 'size' | 'time' | 'money' | null => {
  if (t?.kind !== 'word') return null;
  if (CURRENCIES.has(t.text)) return 'money';
  const unit = t.text.toLowerCase();
  if (SIZES.has(unit)) return 'size';
  return TIMES.has(unit) && (unit.length > 1 || unit === 's') ? 'time' : null;
};
export const hole = (type: HoleType, gap: boolean, text = ''): Shaped => ({
  kind: 'hole',
  text,
  type,
  gap,
  hash: HOLE_HASH,
});
const is = (t: Shaped | undefined, mark: string): boolean => t?.kind === 'mark' && t.text === mark;

export function shapeTokens(scanner: Scanner): Shaped[] {
  return collapseRepeats(collapseLists(fillStars(fillBrackets(joinQuantities(joinQuotes(read(scanner)))))));
}

function read(scanner: Scanner): Shaped[] {
  const tokens: Shaped[] = [];
  for (let i = 0; i < scanner.count; i++) {
    const start = scanner.start[i] ?? 0;
    const kind = scanner.kind[i] ?? 0;
    const text = scanner.text.slice(start, scanner.end[i]);
    const gap = i > 0 && start > (scanner.end[i - 1] ?? 0);
    if (kind >= FIRST_HOLE) tokens.push(hole(HOLE_TYPES[kind - FIRST_HOLE] ?? 'text', gap, text));
    else if (kind === KIND.weak)
      tokens.push({
        kind: 'weak',
        text,
        type: 'text',
        gap,
        hash: hashText(text.replace(/[0-9０-９]+/g, '#')),
      });
    else
      tokens.push({
        kind: kind === KIND.word ? 'word' : 'mark',
        text,
        type: 'text',
        gap,
        hash: kind === KIND.word ? hashText(text) : ~hashText(text),
      });
  }
  return tokens;
}

/** A short quoted phrase is one name: it varies as a whole, whatever the number of its words. */
function joinQuotes(tokens: Shaped[]): Shaped[] {
  const joined: Shaped[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const open = tokens[i];
    if (!open) break;
    const close = is(open, '"') || is(open, "'") ? closing(tokens, i) : -1;
    const inner = close > 0 ? tokens.slice(i + 1, close) : [];
    joined.push(open);
    if (!inner.length || isRequest(inner)) continue;
    if (inner.every((t) => t.kind !== 'word' && t.kind !== 'weak')) joined.push(hole('text', false));
    else {
      const text = inner.map((t, n) => (n > 0 && t.gap ? ` ${t.text}` : t.text)).join('');
      const exact = inner.every((t) => t.kind !== 'hole');
      joined.push(
        exact
          ? { kind: 'quoted', text, type: 'text', gap: false, hash: hashText(text) }
          : hole('text', false),
      );
    }
    i = close - 1;
  }
  return joined;
}
function closing(tokens: readonly Shaped[], open: number): number {
  for (let i = open + 1; i < tokens.length && i <= open + 12; i++)
    if (tokens[i]?.kind === 'mark' && tokens[i]?.text === tokens[open]?.text) return i;
  return -1;
}
/** `"GET /x HTTP/1.1"`: the verb says what happened. */
const isRequest = ([verb, target]: readonly Shaped[]): boolean =>
  verb?.kind === 'word' && /^[A-Z]{3,}$/.test(verb.text) && target?.kind === 'hole';

/** `10547 bytes (10.2 KB)`, `<1 sec`, `1.5 seconds`, `980 JPY` are one quantity each. */
function joinQuantities(tokens: Shaped[]): Shaped[] {
  const joined: Shaped[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i];
    if (!token) break;
    const unit = token.kind === 'hole' ? unitOf(tokens[i + 1]) : null;
    if (unit && token.type === 'number') {
      const less = joined.at(-1);
      const isLess = is(less, '<') && !token.gap;
      if (isLess) joined.pop();
      joined.push(hole(unit === 'time' ? 'duration' : 'number', (isLess ? less?.gap : token.gap) ?? false));
      i++;
      if (
        unit === 'size' &&
        is(tokens[i + 1], '(') &&
        tokens[i + 2]?.type === 'number' &&
        (is(tokens[i + 3], ')') || (unitOf(tokens[i + 3]) === 'size' && is(tokens[i + 4], ')')))
      )
        i += is(tokens[i + 3], ')') ? 3 : 4;
    } else joined.push(token);
  }
  return joined;
}

/** A bracket that stands by itself and is empty is a value left out: `from 10.0.0.1 ()`. */
function fillBrackets(tokens: Shaped[]): Shaped[] {
  return tokens.flatMap((t, i) => {
    const before = tokens[i - 1];
    return is(t, ')') && is(before, '(') && before?.gap && !t.gap ? [hole('text', false), t] : [t];
  });
}

/** `3475 **** 3550`: a number too long for its column. */
function fillStars(tokens: Shaped[]): Shaped[] {
  const isStars = (t: Shaped | undefined): boolean => t?.kind === 'mark' && /^\*{2,}$/.test(t.text);
  const nextOther = (i: number, step: 1 | -1): Shaped | undefined => {
    let at = i;
    while (isStars(tokens[at])) at += step;
    return tokens[at];
  };
  return tokens.map((t, i) =>
    isStars(t) && (nextOther(i, 1)?.kind === 'hole' || nextOther(i, -1)?.kind === 'hole')
      ? hole('text', t.gap)
      : t,
  );
}

/** Values one after another, with or without commas, are a list of any length: one hole. */
function collapseLists(tokens: Shaped[]): Shaped[] {
  const joined: Shaped[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i];
    if (!token) break;
    const last = joined.at(-1);
    if (token.kind === 'hole' && last?.kind === 'hole') {
      joined[joined.length - 1] = hole(last.type === token.type ? last.type : 'text', last.gap);
    } else if (token.kind === 'hole' && is(last, ',') && joined.at(-2)?.kind === 'hole') {
      joined.pop();
      const first = joined.pop();
      joined.push(hole(first?.type === token.type ? token.type : 'text', first?.gap ?? false));
    } else joined.push(token);
  }
  return joined;
}

/** `node-1 0x1 <ok> node-2 0x1 <ok> …`: a group said three times or more is a list of groups. */
function collapseRepeats(tokens: Shaped[]): Shaped[] {
  const same = (a: number, b: number): boolean => tokens[a]?.hash === tokens[b]?.hash;
  for (let start = 0; start < tokens.length; start++)
    for (let period = 2; period <= 12 && start + 3 * period <= tokens.length; period++) {
      let length = 0;
      while (start + period + length < tokens.length && same(start + length, start + period + length))
        length++;
      const repeats = Math.floor(length / period) + 1;
      if (repeats < 3 || !tokens.slice(start, start + period).some((t) => t.kind === 'hole')) continue;
      const rest = tokens.slice(start + repeats * period);
      const head = tokens.slice(0, start + period);
      return [...head, hole('text', true), ...(rest[0]?.kind === 'hole' ? rest.slice(1) : rest)];
    }
  return tokens;
}

/** The same tokens with every `word:number` (a host and its port, perhaps) as one hole; null when there is none, or little else. */
export function otherReading(tokens: readonly Shaped[]): Shaped[] | null {
  const read: Shaped[] = [];
  let words = 0;
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i];
    const [colon, port] = [tokens[i + 1], tokens[i + 2]];
    if (!token) break;
    if (
      token.kind === 'word' &&
      is(colon, ':') &&
      !colon?.gap &&
      port?.kind === 'hole' &&
      port.type === 'number' &&
      !port.gap
    ) {
      read.push(hole('id', token.gap));
      i += 2;
    } else {
      if (token.kind === 'word') words++;
      read.push(token);
    }
  }
  return read.length < tokens.length && words >= 3 ? collapseLists(read) : null;
}
