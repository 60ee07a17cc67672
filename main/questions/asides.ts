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
/** A word for all places but those told beside the question. */
export const OTHERS = new RegExp(written.others, 'i');

/**
 * Parts of a sentence are told, not asked, by their form alone (…ので、…のですが; "my boss wants it, so …"), where another part asks.
 * null: everything belongs to the question.
 */
export function withoutAsides(tokens: readonly Token[], text: string, isJapanese: boolean): Parts | null {
  const { tells, asks, breaks } = MARKS[isJapanese ? 'ja' : 'en'];
  const parts: Token[][] = [];
  tokens.forEach((t, i) => {
    const before = tokens[i - 1];
    const cut =
      !before ||
      t.after !== null ||
      /[、,。]$/.test(before.text) ||
      breaks.test(`${text.slice(tokens[0]?.from ?? 0, t.from)}¦${text.slice(t.from)}`);
    if (cut) parts.push([]);
    parts.at(-1)?.push(t);
  });
  const sides = parts.map((own, i) => {
    const said = text.slice(own[0]?.from ?? 0, parts[i + 1]?.[0]?.from ?? text.length).trim();
    const isAsked =
      asks.test(said) ||
      own.some((t) => [...t.roles].some((r) => /^(?:ask|howmany):/.test(r) || r === 'why'));
    return { own, isAsked, isTold: !isAsked && tells.test(said) };
  });
  if (!sides.some((side) => side.isTold) || !sides.some((side) => side.isAsked)) return null;
  return {
    core: sides.flatMap((side) => (side.isTold ? [] : side.own)),
    aside: sides.flatMap((side) => (side.isTold ? side.own : [])),
  };
}
