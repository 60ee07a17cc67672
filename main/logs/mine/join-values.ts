/**
 * Values of several tokens: names that have spaces or several scripts, names with their address. Which tokens are one value
 * is seen from what stands around them, so a value takes one place whatever the number of its words.
 */
import { EVENT_WORDS } from './config.ts';
import { is, nameOf, parameter, type Shaped } from './shaped-token.ts';

/**
 * A name with its address or its numbers right behind it in square brackets is one value: `mail.example.net[10.0.0.1]`, and
 * `node[12-17,20]` as much as `node12`.
 */
export function joinAddressed(tokens: Shaped[]): Shaped[] {
  const joined: Shaped[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const name = tokens[i];
    if (!name) break;
    const isName =
      name.kind === 'word' || name.kind === 'weak' || (name.kind === 'parameter' && name.type === 'id');
    const close = isName && is(tokens[i + 1], '[') && !tokens[i + 1]?.gap ? addressEnd(tokens, i + 2) : -1;
    const end = tokens[close]?.end;
    if (end === undefined) joined.push(name);
    else {
      joined.push(parameter('id', name.gap, name.start, end));
      i = close;
    }
  }
  return joined;
}
/** Where `10.0.0.1]` or `12-17,20]` ends, from its first token on; -1: something else. */
function addressEnd(tokens: readonly Shaped[], from: number): number {
  let isSpan = false;
  for (let i = from; i < tokens.length && i < from + 24; i++) {
    const token = tokens[i];
    if (!token || token.gap) return -1;
    if (is(token, ']')) return isSpan ? i : -1;
    if (token.kind === 'parameter' && token.type === 'ip' && i === from) isSpan = true;
    else if (token.kind === 'parameter' && token.type === 'number') {
      if (/\d[-,]\d/.test(token.text)) isSpan = true;
    } else if (is(token, ',')) isSpan = true;
    else return -1;
  }
  return -1;
}

/** `threw exception [Broken pipe] with root cause`: several words in a square bracket inside a sentence are one value. */
export function joinBracketed(tokens: Shaped[]): Shaped[] {
  const joined: Shaped[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const open = tokens[i];
    if (!open) break;
    joined.push(open);
    const isInside =
      is(open, '[') && open.gap && (tokens[i - 1]?.kind === 'word' || tokens[i - 1]?.kind === 'parameter');
    if (!isInside) continue;
    let close = i + 1;
    while (isValueWord(tokens[close]) && close <= i + MAX_BRACKETED) close++;
    const length = close - i - 1;
    if (length < 2 || !is(tokens[close], ']') || tokens[close + 1]?.kind !== 'word') continue;
    joined.push(nameOf(tokens.slice(i + 1, close)));
    i = close - 1;
  }
  return joined;
}
const MAX_BRACKETED = 8;

/** `raised: KeyError('id')`, `failed: TimeoutError()`: what a program prints of an object behind a colon, to the end of the line. */
export function joinPrinted(tokens: Shaped[]): Shaped[] {
  const at = tokens.findIndex(
    (t, i) =>
      i > 3 && t.kind === 'word' && is(tokens[i - 1], ':') && is(tokens[i + 1], '(') && !tokens[i + 1]?.gap,
  );
  if (at < 0 || !is(tokens.at(-1), ')') || !/^[A-Z][a-z]+[A-Z]/.test(tokens[at]?.text ?? '')) return tokens;
  return [...tokens.slice(0, at), nameOf(tokens.slice(at))];
}

/**
 * Words after a label inside a list are one value, whatever their number: `…, start: Install Pending, target: Installed`,
 * `（3件、担当：佐藤 花子）`. The first label of a line says what speaks; it owns nothing. Where several are listed they are settings,
 * values by nature as after `key=`.
 */
export function joinLabelled(tokens: Shaped[]): Shaped[] {
  const colons = tokens.flatMap((t, i) => ((is(t, ':') || is(t, '：')) && isListed(tokens, i) ? [i] : []));
  if (!colons.length) return tokens;
  const joined: Shaped[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i];
    if (!token) break;
    joined.push(token);
    if (!colons.includes(i)) continue;
    const isSetting = colons.length >= MIN_SETTINGS && !isEvent(tokens[i - 1]);
    const quoted = tokens[i + 2];
    if (isSetting && quoted?.kind === 'quoted' && is(tokens[i + 1], '"')) {
      joined.push(...tokens.slice(i + 1, i + 2), parameter('text', false, quoted.start, quoted.end));
      i += 2;
      continue;
    }
    const from = i + 1;
    let to = from;
    while (to < tokens.length && to - from <= 6 && isValueWord(tokens[to])) to++;
    const closer = tokens[to];
    const isClosed = closer
      ? closer.kind === 'mark' &&
        (CLOSES_VALUE.has(closer.text) || (closer.gap && OPENS_LABEL.has(closer.text)))
      : !isSaidAfter(tokens[i - 1]);
    const length = to - from;
    if (length < (isSetting ? 1 : 2) || length > (closer ? 6 : 4) || !isClosed) continue;
    const value = nameOf(tokens.slice(from, to));
    joined.push(isSetting ? parameter(value.type, value.gap, value.start, value.end) : value);
    i = to - 1;
  }
  return joined;
}
const MIN_SETTINGS = 2;
const EVENTS = new Set(EVENT_WORDS);
const isEvent = (label: Shaped | undefined): boolean =>
  label === undefined || EVENTS.has(label.text.toLowerCase()) || SAYING.has(label.text.toLowerCase());
/** `…, error: no such file`: what stands at the end after these is said, not chosen. */
const isSaidAfter = (label: Shaped | undefined): boolean =>
  label === undefined || SAYING.has(label.text.toLowerCase());
const SAYING = new Set('error reason message msg result cause detail details 理由 原因 詳細'.split(' '));
const CLOSES_VALUE = new Set([',', ';', ')', ']', '、', '）']);
const OPENS_LABEL = new Set([',', ';', '(', '[', '、', '（']);
const isValueWord = (t: Shaped | undefined): boolean =>
  t !== undefined && t.kind !== 'mark' && t.kind !== 'quoted';
/** Whether the label before the colon at `at` (up to three words) follows a comma or opens a bracket. */
function isListed(tokens: readonly Shaped[], at: number): boolean {
  let words = 0;
  for (let i = at - 1; i > 0 && words <= 3; i--, words++) {
    const t = tokens[i];
    if (t?.kind === 'mark') return words > 0 && OPENS_LABEL.has(t.text);
    if (t?.kind !== 'word') return false;
  }
  return false;
}
