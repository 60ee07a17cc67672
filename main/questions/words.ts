import type { Token } from './tokens.ts';

/** Words that only join others: they change nothing alone and need no field. */
const JOINTS = new Set([
  'empty',
  'greet',
  'thanks',
  'and',
  'to',
  'from',
  'also',
  'or',
  'split',
  'but',
  'each',
  'event',
  'apiece',
]);
export const isNeutral = (t: Token): boolean =>
  !t.unknown && !t.name && !t.number && !t.time && !t.day && [...t.roles].some((r) => JOINTS.has(r));

/** 大阪に回せる人: who could be sent to a place of ours */
export const couldGo = (w: Words): boolean =>
  w.ja &&
  w.tokens.some((t) => t.name?.place === 'location' && /^[にへ]$/.test(w.at(w.index(t) + 1)?.text ?? '')) &&
  w.tokens.some((t) => t.roles.has('m:free') && /^(?:回せ|出せ|送れ|動かせ|応援に出せ)/.test(t.text)) &&
  (w.has('ask:person', 'dim:person') || w.tokens.some((t) => t.roles.has('m:free') && /人$/.test(t.text)));

/** One clause under one reading: which of its words fill which field. Each reading tries its own. */
export class Words {
  readonly used = new Map<Token, string>();
  readonly tokens: readonly Token[];
  readonly ja: boolean;
  readonly text: string;
  constructor(tokens: readonly Token[], ja: boolean, text: string) {
    this.tokens = tokens;
    this.ja = ja;
    this.text = text;
  }
  /** the same clause, to be read in another way */
  copy(): Words {
    const copy = new Words(this.tokens, this.ja, this.text);
    for (const [t, field] of this.used) copy.used.set(t, field);
    return copy;
  }
  has(...roles: readonly string[]): boolean {
    return roles.some((r) => this.tokens.some((t) => t.roles.has(r)));
  }
  all(...roles: readonly string[]): Token[] {
    return this.tokens.filter((t) => roles.some((r) => t.roles.has(r)));
  }
  /** those whose role begins so, each with the rest of the role */
  like(prefix: string): { token: Token; value: string }[] {
    return this.tokens.flatMap((token) =>
      [...token.roles]
        .filter((r) => r.startsWith(prefix))
        .map((r) => ({ token, value: r.slice(prefix.length) })),
    );
  }
  flagged(flag: string, ...roles: readonly string[]): Token[] {
    return this.tokens.filter(
      (t) => t.flags.has(flag) && (roles.length === 0 || roles.some((r) => t.roles.has(r))),
    );
  }
  take(field: string, ...tokens: readonly (Token | undefined)[]): void {
    for (const t of tokens) if (t && !this.used.has(t)) this.used.set(t, field);
  }
  takeAll(field: string, ...roles: readonly string[]): void {
    this.take(field, ...this.all(...roles));
  }
  isUsed(t: Token): boolean {
    return this.used.has(t);
  }
  index(t: Token): number {
    return this.tokens.indexOf(t);
  }
  at(i: number): Token | undefined {
    return this.tokens[i];
  }
  /** the nearest that fits, on one side or both, looking over at most `reach` words */
  near(
    t: Token,
    fits: (x: Token) => boolean,
    reach: number,
    side: 'before' | 'after' | 'both' = 'both',
  ): Token | undefined {
    const i = this.index(t);
    for (let d = 1; d <= reach; d++) {
      const [left, right] = [this.tokens[i - d], this.tokens[i + d]];
      if (side !== 'after' && left && fits(left)) return left;
      if (side !== 'before' && right && fits(right)) return right;
    }
    return undefined;
  }
  /** content that fills nothing */
  left(): Token[] {
    return this.tokens.filter((t) => !this.used.has(t) && !isNeutral(t));
  }
}
