import { hashOfToken, type Shaped } from '../shape-tokens.ts';

/** The tokens with `value` in place of hole number `place`. */
export function splitParts(tokens: readonly Shaped[], place: number, value: string): Shaped[] {
  let n = -1;
  return tokens.map((token) => {
    if (token.kind === 'hole') n++;
    if (token.kind !== 'hole' || n !== place) return token;
    const hash = hashOfToken('quoted', value);
    return { kind: 'quoted', text: value, type: 'text', gap: token.gap, hash, start: 0, end: 0 };
  });
}
