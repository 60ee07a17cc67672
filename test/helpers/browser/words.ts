// What the page says, in both languages: the specifications name things as the person on that screen reads them.
import type { Lang } from '../../../main/api/contract/common.ts';
import { CATALOGUE } from '../../../renderer/locales/index.ts';

type In<T> = T extends { readonly ja: string; readonly en: string }
  ? string
  : { readonly [K in keyof T]: In<T[K]> };
export type Words = In<typeof CATALOGUE>;
const inOne = (tree: object, lang: Lang): unknown =>
  Object.fromEntries(
    Object.entries(tree).map(([key, of]) => [key, typeof of.ja === 'string' ? of[lang] : inOne(of, lang)]),
  );
export const WORDS: Readonly<Record<Lang, Words>> = {
  ja: inOne(CATALOGUE, 'ja') as Words,
  en: inOne(CATALOGUE, 'en') as Words,
};
/** A pattern for a text with slots: what stands in them does not matter, or is what is given. */
export function like(text: string, slots: Readonly<Record<string, string | number>> = {}): RegExp {
  const literal = (part: string): string => part.replace(/[.*+?^$()|[\]\\{}]/g, '\\$&');
  const pattern = (part: string): string =>
    part
      .split(/(\{\w+(?:\|(?:[^{}]|\{\w+\})*)?\})/)
      .map((piece) => {
        const [, slot, plural] = /^\{(\w+)(?:\|(.*))?\}$/.exec(piece) ?? [];
        if (slot === undefined) return literal(piece);
        if (plural !== undefined) return `(?:${plural.split('|').map(pattern).join('|')})`;
        return slot in slots ? literal(String(slots[slot])) : '.+?';
      })
      .join('');
  return new RegExp(pattern(text));
}
