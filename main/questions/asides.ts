import written from './grammar/asides.json' with { type: 'json' };
import type { Token } from './tokens.ts';

/** A question without what is told beside it: why it is asked, for whom, what was seen. */
export type Parts = { readonly core: readonly Token[]; readonly aside: readonly Token[] };

type Marks = { readonly tells: RegExp; readonly asks: RegExp; readonly breaks: RegExp };
const marksOf = (told: { tells: string; asks: string; breaks: string }): Marks => ({
  tells: new RegExp(told.tells, 'i'),
  asks: new RegExp(told.asks, 'i'),
  breaks: new RegExp(told.breaks, 'i'),
});
const MARKS = { ja: marksOf(written.ja), en: marksOf(written.en) };

/**
 * Parts of a sentence are told, not asked, by their form alone (…ので、…のですが; "my boss wants it, so …"), where another part asks.
 * null: everything belongs to the question.
 */
export function withoutAsides(tokens: readonly Token[], text: string, isJapanese: boolean): Parts | null {
  const { tells, asks, breaks } = MARKS[isJapanese ? 'ja' : 'en'];
  const parts: { tokens: Token[]; text: string }[] = [];
  tokens.forEach((t, i) => {
    const before = tokens[i - 1];
    const cut =
      !before ||
      t.after !== null ||
      /[、,。]$/.test(before.text) ||
      breaks.test(
        `${text.slice(tokens[0]?.from ?? 0, before.to)}${text.slice(before.to, t.from)}¦${text.slice(t.from)}`,
      );
    if (cut) parts.push({ tokens: [], text: '' });
    parts.at(-1)?.tokens.push(t);
  });
  for (const part of parts) {
    const next = tokens[tokens.indexOf(part.tokens.at(-1) as Token) + 1];
    part.text = text.slice(part.tokens[0]?.from ?? 0, next?.from ?? text.length).trim();
  }
  const isAsked = (part: (typeof parts)[number]): boolean =>
    asks.test(part.text) ||
    part.tokens.some((t) => [...t.roles].some((r) => /^(?:ask|howmany):/.test(r) || r === 'why'));
  const isTold = (part: (typeof parts)[number]): boolean => tells.test(part.text) && !isAsked(part);
  const aside = parts.filter(isTold);
  const core = parts.filter((part) => !aside.includes(part));
  if (aside.length === 0 || !core.some(isAsked)) return null;
  return { core: core.flatMap((p) => p.tokens), aside: aside.flatMap((p) => p.tokens) };
}
