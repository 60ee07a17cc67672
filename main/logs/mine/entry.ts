// A template as the miner holds it, and as it is kept: its tokens, and the steps by which it became what it is.

import type { Mined, ParameterType, Part, Template } from '../types.ts';
import type { PlaceKeys } from './place-keys.ts';
import { hashOfToken, PARAMETER_HASH, type Shaped } from './shape-tokens.ts';

/**
 * What happened to a template after it was made, in an order common to all (`seq`). Done again in that order, with nothing decided
 * anew, they give the miner's whole state back: keys, masks and the words seen at each place.
 */
export type Step =
  | { readonly seq: number; readonly kind: 'merge'; readonly members: number[]; readonly mask: number[] }
  | { readonly seq: number; readonly kind: 'reread'; readonly members: number[]; readonly tokens: string[] }
  | {
      readonly seq: number;
      readonly kind: 'phrase';
      readonly members: number[];
      readonly tokens: string[];
      readonly mask: number[];
      readonly at: number;
    }
  | { readonly seq: number; readonly kind: 'lock'; readonly locked: boolean };

/** `line`: from a line's own tokens; `catch-all`: what there was no room for; `given`: a person's, by splitting. */
export type Origin = 'line' | 'catch-all' | 'given';

export type Entry = {
  readonly id: number;
  /** lines of other severity share it only when they are word for word the same */
  readonly severity: number;
  readonly origin: Origin;
  /** its place in the order of steps, and its first tokens as they are kept */
  readonly seq: number;
  readonly born: string[];
  /** made beside a locked template of the same key */
  readonly outside: boolean;
  readonly steps: Step[];
  tokens: readonly Shaped[];
  keys: PlaceKeys;
  /** places made parameters by merging */
  parameters: readonly number[];
  /** the place that may hold several words */
  phrase: number | null;
  lines: number;
  /** set once this template has been merged into an older one */
  into: Entry | null;
  locked: boolean;
  splits: readonly Split[] | null;
  /** its tokens as parts, made when asked for */
  view: { readonly tokens: readonly Shaped[]; readonly parts: readonly Part[] } | null;
  readonly matched: Mined;
};
/** Lines with `value` in parameter `parameter` belong to template `to`. */
export type Split = { readonly parameter: number; readonly value: string; readonly to: number };

/** The template that stands for `entry` now. */
export function current(entry: Entry): Entry {
  let last = entry;
  while (last.into) last = last.into;
  if (entry.into && entry.into !== last) entry.into = last;
  return last;
}

/** `own` as it must be to cover `seen` as well. */
export function widen(own: Shaped, seen: Shaped | undefined): Shaped {
  if (!seen) return own;
  if (own.kind === 'parameter')
    return own.type === 'text' || (seen.kind === 'parameter' && seen.type === own.type)
      ? own
      : { ...own, type: 'text' };
  if (own.kind !== 'weak' || own.text === seen.text) return own;
  const text = own.text.replace(/[0-9０-９]+|<\*>/g, '<*>');
  return text === own.text ? own : { ...own, text };
}

export const partOf = (token: Shaped): Part =>
  token.kind === 'parameter'
    ? { kind: 'parameter', type: token.type, gap: token.gap }
    : { kind: token.kind === 'mark' ? 'mark' : 'word', text: token.text, gap: token.gap };
export const viewOf = (entry: Entry): Template => ({
  id: entry.id,
  lines: entry.lines,
  parts: entry.tokens.map(partOf),
});
/** Parts as text, with `<*>` for every parameter. */
export const textOfParts = (parts: readonly Part[]): string =>
  parts.map((p) => `${p.gap ? ' ' : ''}${p.kind === 'parameter' ? '<*>' : p.text}`).join('');
/** A template as text, with `<*>` for every parameter. */
export const templateText = (template: Template): string => textOfParts(template.parts);

const LETTERS = { word: 'w', weak: 'k', quoted: 'q', mark: 'm', parameter: 'h' } as const;
const KINDS: ReadonlyMap<string, Shaped['kind']> = new Map(
  (Object.keys(LETTERS) as Shaped['kind'][]).map((kind) => [LETTERS[kind], kind]),
);
/** A token as it is kept: a letter for its kind, in capitals after white space, then its text or its type. */
export const tokenToText = (t: Shaped): string => {
  const letter = LETTERS[t.kind];
  return (t.gap ? letter.toUpperCase() : letter) + (t.kind === 'parameter' ? t.type : t.text);
};
export function tokenFromText(kept: string): Shaped {
  const letter = kept.charAt(0);
  const kind = KINDS.get(letter.toLowerCase()) ?? 'word';
  const gap = letter !== letter.toLowerCase();
  const rest = kept.slice(1);
  return kind === 'parameter'
    ? { kind, text: '', type: rest as ParameterType, gap, hash: PARAMETER_HASH, start: 0, end: 0 }
    : { kind, text: rest, type: 'text', gap, hash: hashOfToken(kind, rest), start: 0, end: 0 };
}
/**
 * The token to be kept for long: its text is a string of its own, because a slice holds on to the whole text it was cut from, and a
 * parameter needs none.
 */
export const detached = (t: Shaped): Shaped => ({
  ...t,
  text: t.kind === 'parameter' ? '' : copied(t.text),
  start: 0,
  end: 0,
});
export const copied = (text: string): string => {
  const encoding = /^[\0-\xff]*$/.test(text) ? 'latin1' : 'utf16le'; // both give every string back, broken surrogates too
  return Buffer.from(text, encoding).toString(encoding);
};
