/**
 * From the scanned tokens of one line to the parts a template is made of. Runs once per new signature, so it may look around:
 * quantities with their units, quoted names, empty brackets, lists of any length.
 */
import { joinAddressed, joinBracketed, joinLabelled, joinPrinted } from './join-values.ts';
import { joinWideFields, joinWideNames } from './join-wide-names.ts';
import { FIRST_PARAMETER, KIND, PARAMETER_TYPES, type Scanner } from './scan-tokens.ts';
import {
  endOf,
  hashOfToken,
  INTRODUCING,
  is,
  nameOf,
  parameter,
  type Shaped,
  startOf,
} from './shaped-token.ts';

export { hashOfToken, PARAMETER_HASH, parameter, type Shaped } from './shaped-token.ts';

const SIZES = new Set('b byte bytes kb mb gb tb kib mib gib kbytes mbytes'.split(' '));
const TIMES = new Set(
  'ns nanoseconds us usec microsecond microseconds ms msec msecs millis millisecond milliseconds s sec secs second seconds m min mins minute minutes h hr hrs hour hours d day days'.split(
    ' ',
  ),
);
/** What goods are counted in: the same line says `3個` and `2箱`, and `5kg`. */
const GOODS = new Set('個 本 枚 箱 台 袋 缶 束 冊'.split(' '));
const CURRENCIES = new Set('JPY USD EUR GBP CNY KRW'.split(' '));
/** Shorter ones (`5 m`, `3 d`) are as often something else. */
const unitOf = (t: Shaped | undefined): 'size' | 'time' | 'money' | null => {
  if (t?.kind !== 'word') return null;
  if (CURRENCIES.has(t.text)) return 'money';
  const unit = t.text.toLowerCase();
  if (SIZES.has(unit)) return 'size';
  return TIMES.has(unit) && (unit.length > 1 || unit === 's') ? 'time' : null;
};
export function shapeTokens(scanner: Scanner): Shaped[] {
  const named = joinWideFields(joinWideNames(read(scanner)));
  const quoted = joinQuantities(joinPrinted(joinBracketed(joinQuotes(named))));
  const valued = joinLabelled(joinAddressed(quoted));
  return collapseRepeats(collapseLists(fillStars(fillBrackets(valued))));
}

function read(scanner: Scanner): Shaped[] {
  const tokens: Shaped[] = [];
  for (let i = 0; i < scanner.count; i++) {
    const start = scanner.start[i] ?? 0;
    const end = scanner.end[i] ?? 0;
    const kind = scanner.kind[i] ?? 0;
    const text = scanner.text.slice(start, end);
    const gap = i > 0 && start > (scanner.end[i - 1] ?? 0);
    if (kind >= FIRST_PARAMETER)
      tokens.push(parameter(PARAMETER_TYPES[kind - FIRST_PARAMETER] ?? 'text', gap, start, end, text));
    else {
      const named = kind === KIND.weak ? 'weak' : kind === KIND.word ? 'word' : 'mark';
      tokens.push({ kind: named, text, type: 'text', gap, hash: hashOfToken(named, text), start, end });
    }
  }
  return tokens;
}

/**
 * A short quoted phrase is one name: it varies as a whole, whatever the number of its words. A sentence in quotes that the line begins
 * with is no name but what is said: `"Probe failed" pod="a/b"`.
 */
function joinQuotes(tokens: Shaped[]): Shaped[] {
  const joined: Shaped[] = [];
  let closed = -1; // a quote that closes one opens no other
  for (let i = 0; i < tokens.length; i++) {
    const open = tokens[i];
    if (!open) break;
    const close = i !== closed && (is(open, '"') || is(open, "'")) ? closing(tokens, i) : -1;
    if (close > 0) closed = close;
    const last = isEscaped(tokens, close) ? close - 1 : close;
    const inner = close > 0 ? tokens.slice(i + 1, last) : [];
    joined.push(open);
    if (!inner.length || isRequest(inner) || (i === 0 && isSaid(tokens, inner, close))) continue;
    const [start, end] = [startOf(inner), endOf(inner)];
    if (inner.every((t) => t.kind === 'mark')) joined.push(parameter('text', false, start, end));
    else joined.push({ ...nameOf(inner), gap: false });
    i = last - 1;
  }
  return joined;
}
/** The quote that closes the one at `open`: an escaped one an escaped one, `"a \"b\" c"`. */
function closing(tokens: readonly Shaped[], open: number): number {
  const escaped = isEscaped(tokens, open);
  for (let i = open + 1; i < tokens.length && i <= open + 12; i++)
    if (
      tokens[i]?.kind === 'mark' &&
      tokens[i]?.text === tokens[open]?.text &&
      isEscaped(tokens, i) === escaped
    )
      return i;
  return -1;
}
const isEscaped = (tokens: readonly Shaped[], i: number): boolean =>
  is(tokens[i - 1], '\\') && tokens[i]?.gap === false;
/** With nothing behind it but `key=`: what is said, and its values. */
const isSaid = (tokens: readonly Shaped[], inner: readonly Shaped[], close: number): boolean =>
  inner.some((t) => t.kind === 'word' && /\p{L}{2}/u.test(t.text)) &&
  tokens[close + 1]?.kind === 'word' &&
  is(tokens[close + 2], '=');
/** `"GET /x HTTP/1.1"`: the verb says what happened. */
const isRequest = ([verb, target]: readonly Shaped[]): boolean =>
  verb?.kind === 'word' &&
  /^[A-Z]{3,}$/.test(verb.text) &&
  target?.kind === 'parameter' &&
  target.type === 'path';

/** `10547 bytes (10.2 KB)`, `<1 sec`, `1.5 seconds`, `980 JPY` are one quantity each. */
function joinQuantities(tokens: Shaped[]): Shaped[] {
  const joined: Shaped[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i];
    if (!token) break;
    const unit = token.kind === 'parameter' ? unitOf(tokens[i + 1]) : null;
    const counter = tokens[i + 1];
    if (token.type === 'number' && counter?.kind === 'word' && !counter.gap && GOODS.has(counter.text)) {
      joined.push(parameter('number', token.gap, token.start, counter.end));
      i++;
    } else if (unit && token.type === 'number') {
      const less = joined.at(-1);
      const isLess = is(less, '<') && !token.gap;
      if (isLess) joined.pop();
      const first = (isLess ? less : token) ?? token;
      i++;
      const from = i;
      if (
        unit === 'size' &&
        is(tokens[i + 1], '(') &&
        tokens[i + 2]?.type === 'number' &&
        (is(tokens[i + 3], ')') || (unitOf(tokens[i + 3]) === 'size' && is(tokens[i + 4], ')')))
      )
        i += is(tokens[i + 3], ')') ? 3 : 4;
      const end = endOf(tokens.slice(from, i + 1));
      joined.push(parameter(unit === 'time' ? 'duration' : 'number', first.gap, first.start, end));
    } else joined.push(token);
  }
  return joined;
}

/** A bracket that stands by itself and is empty is a value left out: `from 10.0.0.1 ()`. */
function fillBrackets(tokens: Shaped[]): Shaped[] {
  return tokens.flatMap((t, i) => {
    const before = tokens[i - 1];
    return is(t, ')') && is(before, '(') && before?.gap && !t.gap
      ? [parameter('text', false, t.start, t.start), t]
      : [t];
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
    isStars(t) && (nextOther(i, 1)?.kind === 'parameter' || nextOther(i, -1)?.kind === 'parameter')
      ? parameter('text', t.gap, t.start, t.end)
      : t,
  );
}

/** Values one after another, or of one type with commas between them, are a list of any length: one parameter. How long it took is no part of one. */
function collapseLists(tokens: Shaped[]): Shaped[] {
  const joined: Shaped[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i];
    if (!token) break;
    const last = joined.at(-1);
    if (token.kind === 'parameter' && last?.kind === 'parameter' && !isTimed(last, token)) {
      joined[joined.length - 1] = parameter(
        last.type === token.type ? last.type : 'text',
        last.gap,
        last.start,
        token.end,
      );
    } else if (
      token.kind === 'parameter' &&
      is(last, ',') &&
      joined.at(-2)?.type === token.type &&
      joined.at(-2)?.kind === 'parameter'
    ) {
      joined.pop();
      const first = joined.pop();
      const type = first?.type === token.type ? token.type : 'text';
      joined.push(parameter(type, first?.gap ?? false, first?.start, token.end));
    } else joined.push(token);
  }
  return joined;
}

/** `slip=3317505241 143ms`: a value of another kind, and a duration. */
const isTimed = (a: Shaped, b: Shaped): boolean =>
  b.gap && a.type !== 'text' && b.type !== 'text' && (a.type === 'duration') !== (b.type === 'duration');

/** `node-1 0x1 <ok> node-2 0x1 <ok> …`: a group said three times or more is a list of groups. */
function collapseRepeats(tokens: Shaped[]): Shaped[] {
  const same = (a: number, b: number): boolean => tokens[a]?.hash === tokens[b]?.hash;
  for (let start = 0; start < tokens.length; start++)
    for (let period = 2; period <= 12 && start + 3 * period <= tokens.length; period++) {
      let length = 0;
      while (start + period + length < tokens.length && same(start + length, start + period + length))
        length++;
      const repeats = Math.floor(length / period) + 1;
      if (repeats < 3 || !tokens.slice(start, start + period).some((t) => t.kind === 'parameter')) continue;
      const [from, to] = [start + period, start + repeats * period];
      const rest = tokens.slice(to);
      const next = rest[0]?.kind === 'parameter' ? rest.shift() : undefined;
      const end = next?.end ?? endOf(tokens.slice(from, to));
      return [...tokens.slice(0, from), parameter('text', true, tokens[from]?.start, end), ...rest];
    }
  return tokens;
}

/** `word:80`, perhaps a host and its port; in a template the word may be a parameter by now. */
const isPort = (tokens: readonly Shaped[], i: number): boolean => {
  const [colon, port] = [tokens[i + 1], tokens[i + 2]];
  return is(colon, ':') && !colon?.gap && port?.kind === 'parameter' && port.type === 'number' && !port.gap;
};
const isNamed = (tokens: readonly Shaped[], i: number): boolean => {
  const before = is(tokens[i - 1], ':') ? tokens[i - 2] : tokens[i - 1];
  return before?.kind === 'word' && INTRODUCING.has(before.text.toLowerCase());
};
/** Whether a line of this template may have another reading. */
export const hasOtherReading = (tokens: readonly Shaped[]): boolean =>
  tokens.some((t, i) => (t.kind === 'word' || t.kind === 'parameter') && isPort(tokens, i));

/**
 * The same tokens with every `word:number` (a host and its port, perhaps) as one parameter, or only those that a word introduces where
 * there are such (`memory:8 on host alpha:80`); null when there is none, or little else. In a template the word may be a parameter.
 */
export function otherReading(tokens: readonly Shaped[], isTemplate = false): Shaped[] | null {
  const isHost = (t: Shaped): boolean => t.kind === 'word' || (isTemplate && t.kind === 'parameter');
  const read: Shaped[] = [];
  const named = tokens.some((t, i) => isHost(t) && isPort(tokens, i) && isNamed(tokens, i));
  let words = 0;
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i];
    if (!token) break;
    if (isHost(token) && isPort(tokens, i) && (!named || isNamed(tokens, i))) {
      read.push(parameter('id', token.gap, token.start, tokens[i + 2]?.end));
      i += 2;
    } else {
      if (token.kind === 'word') words++;
      read.push(token);
    }
  }
  return read.length < tokens.length && words >= 3 ? collapseLists(read) : null;
}
