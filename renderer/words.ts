/** The page's words (`locales/*.json`) in the language of the page. A wrong key does not compile. */
import { useCallback } from 'react';
import { create } from 'zustand';
import { formatNumber } from '../main/api/contract/format.ts';
import { fill, type Lang, type Params, type Words } from '../main/kernel/words.ts';
import { CATALOGUE } from './locales/index.ts';

type Catalogue = typeof CATALOGUE;
type Room = keyof Catalogue;
type Paths<T> = {
  [K in keyof T & string]: T[K] extends Words ? K : `${K}.${Paths<T[K]>}`;
}[keyof T & string];
type OtherRooms = { [R in Room]: `${R}:${Paths<Catalogue[R]>}` }[Room];
/** The words of a key of the room, or of `room:key`, filled. Its numbers are written with their digits grouped. */
export type Translate<R extends Room> = (key: Paths<Catalogue[R]> | OtherRooms, params?: Params) => string;

type Tree = { readonly [key: string]: Tree | Words };
const isWords = (at: Tree | Words): at is Words => typeof at['ja'] === 'string';
function* wordsIn(tree: Tree, path: string): Generator<[key: string, words: Words]> {
  for (const [key, at] of Object.entries(tree))
    if (isWords(at)) yield [path + key, at];
    else yield* wordsIn(at, `${path}${key}.`);
}
const WORDS = new Map(Object.entries(CATALOGUE).flatMap(([room, tree]) => [...wordsIn(tree, `${room}:`)]));

const KEY = 'toride.lang';
export const systemLang = (): Lang => (navigator.language.toLowerCase().startsWith('ja') ? 'ja' : 'en');
const remembered = (): Lang => {
  const kept = localStorage.getItem(KEY);
  return kept === 'ja' || kept === 'en' ? kept : systemLang();
};
const useChosen = create<{ readonly lang: Lang }>(() => ({ lang: 'ja' }));

export const currentLang = (): Lang => useChosen.getState().lang;
export const useLang = (): Lang => useChosen((chosen) => chosen.lang);
const show = (lang: Lang): void => {
  document.documentElement.lang = lang;
  useChosen.setState({ lang });
};
/** Begins in the language of the last time, or else the system's. */
export const startLang = (): void => show(remembered());
/** Switches every screen at once, without a reload; remembered so that the next start begins in it. */
export function switchLang(lang: Lang): void {
  localStorage.setItem(KEY, lang);
  show(lang);
}

/** The words of a screen: `const t = useWords('alerts')`. The same function until the language changes. */
export function useWords<R extends Room>(room: R): Translate<R> {
  const lang = useLang();
  return useCallback(
    (key: string, params: Params = {}) => {
      const name = key.includes(':') ? key : `${room}:${key}`;
      const words = WORDS.get(name);
      return words ? fill(words, params, lang, (n) => formatNumber(n, lang, 3)) : name;
    },
    [room, lang],
  );
}
