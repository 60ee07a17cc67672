// A token of a template, and the small things everything that shapes tokens needs.

import type { ParameterType } from '../types.ts';
import { NAMING_PREPOSITIONS, NAMING_WORDS } from './config.ts';
import { hashText } from './scan-tokens.ts';

export type Shaped = {
  readonly kind: 'word' | 'weak' | 'quoted' | 'mark' | 'parameter';
  readonly text: string;
  readonly type: ParameterType;
  readonly gap: boolean;
  /** identity within a template; all parameters are equal, `eth0` equals `eth1` */
  readonly hash: number;
  /** [start, end) in the line it was read from; 0, 0 in a template */
  readonly start: number;
  readonly end: number;
};
export const PARAMETER_HASH = hashText('<*>');
/** A token's identity; in a kept template `eth0` may have become `eth<*>`. */
export function hashOfToken(kind: Exclude<Shaped['kind'], 'parameter'>, text: string): number {
  if (kind === 'weak') return hashText(text.replace(/[0-9０-９]+|<\*>/g, '#'));
  return kind === 'mark' ? ~hashText(text) : hashText(text);
}

/** Words before a name, or before a host and its port. */
export const INTRODUCING = new Set([...NAMING_WORDS, ...NAMING_PREPOSITIONS, 'to', 'at', 'on', 'with']);

export const parameter = (type: ParameterType, gap: boolean, start = 0, end = 0, text = ''): Shaped => ({
  kind: 'parameter',
  text,
  type,
  gap,
  hash: PARAMETER_HASH,
  start,
  end,
});
export const startOf = (tokens: readonly Shaped[]): number => tokens[0]?.start ?? 0;
export const endOf = (tokens: readonly Shaped[]): number => tokens.at(-1)?.end ?? 0;
export const is = (t: Shaped | undefined, mark: string): boolean => t?.kind === 'mark' && t.text === mark;

/** Several tokens as one name; with a number or the like among them, as one parameter. */
export function nameOf(tokens: readonly Shaped[]): Shaped {
  const [start, end, gap] = [startOf(tokens), endOf(tokens), tokens[0]?.gap ?? true];
  if (tokens.some((t) => t.kind === 'parameter')) return parameter('text', gap, start, end);
  const text = tokens.map((t, n) => (n > 0 && t.gap ? ` ${t.text}` : t.text)).join('');
  return { kind: 'quoted', text, type: 'text', gap, hash: hashOfToken('quoted', text), start, end };
}
