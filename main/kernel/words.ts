/**
 * Words are data: a JSON file of them beside the code that says them, each key with its sentence in both languages. `{name}` takes a
 * parameter; `{n|item|items}` says the first for one and the second for any other number, and either may hold `{parameters}`. Pure:
 * screen, notification, report and command line say the same.
 */
export type Lang = 'ja' | 'en';
export type Words = { readonly ja: string; readonly en: string };
/** A value may differ by language: as `Words`, or as two parameters `name.ja` and `name.en`. */
export type Params = Readonly<Record<string, string | number | Words>>;

const SLOT = /\{(\w+)(?:\|((?:[^{}|]|\{\w+\})*)\|((?:[^{}|]|\{\w+\})*))?\}/g;
/** A sentence in one language; a parameter that is not given stays as it is written. `written`: how a number is written. */
export function fill(
  words: Words,
  params: Params,
  lang: Lang,
  written: (n: number) => string = String,
): string {
  const filled = (text: string): string =>
    text.replace(SLOT, (whole, name: string, one: string | undefined, other: string | undefined) => {
      const value = params[`${name}.${lang}`] ?? params[name];
      if (value === undefined) return whole;
      if (one !== undefined) return filled((value === 1 ? one : other) ?? '');
      if (typeof value === 'number') return written(value);
      return typeof value === 'object' ? value[lang] : value;
    });
  return filled(words[lang]);
}

/** The same in both languages. */
export const fillBoth = (words: Words, params: Params = {}, written?: Written): Words => ({
  ja: fill(words, params, 'ja', written && ((n) => written(n, 'ja'))),
  en: fill(words, params, 'en', written && ((n) => written(n, 'en'))),
});
/** How a number is written in a language. */
export type Written = (n: number, lang: Lang) => string;
/** The words of one file: a key of it, filled, in both languages. */
export const wordsOf =
  <Key extends string>(catalogue: Readonly<Record<Key, Words>>, written?: Written) =>
  (key: Key, params: Params = {}): Words =>
    fillBoth(catalogue[key], params, written);
