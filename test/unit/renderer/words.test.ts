import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const locales = path.resolve(import.meta.dirname, '../../../renderer/locales');
type Words = { readonly [key: string]: string | Words };
const load = async (lang: string): Promise<Map<string, string>> => {
  const flat = new Map<string, string>();
  const walk = (words: Words, at: string): void => {
    for (const [key, value] of Object.entries(words))
      if (typeof value === 'string') flat.set(`${at}.${key}`, value);
      else walk(value, `${at}.${key}`);
  };
  for (const file of readdirSync(path.join(locales, lang)))
    walk((await import(path.join(locales, lang, file))) as Words, file);
  return flat;
};
const slots = (text: string): string[] => [...text.matchAll(/\{\{(\w+)/g)].map((m) => m[1] ?? '').sort();
const PLURAL = /_(zero|one|two|few|many)$/;

describe('words in two languages', async () => {
  const ja = await load('ja');
  const en = await load('en');
  it('fill the same slots in both', () => {
    const differing = [...ja].filter(
      ([key, text]) => !PLURAL.test(key) && slots(text).join() !== slots(en.get(key) ?? '').join(),
    );
    expect(differing.map(([key]) => key)).toEqual([]);
  });
  it('leave nothing empty, and no Japanese in the English but names of the work', () => {
    const kana = /[\u3041-\u30ff]/;
    expect([...ja, ...en].filter(([, text]) => text.trim() === '').map(([key]) => key)).toEqual([]);
    expect(
      [...en]
        .filter(([, text]) => kana.test(text.replaceAll('エントリ', '')))
        .map(([key, text]) => `${key}: ${text}`),
    ).toEqual([]);
  });
});
