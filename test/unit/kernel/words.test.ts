// Every catalogue of words in main/: whole in both languages, the same parameters in both, and nothing that nobody says.
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { fill, type Words, wordsOf } from '../../../main/kernel/words.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const main = path.join(root, 'main');
type Tree = { readonly [key: string]: Tree | Words | string | number };
const isWords = (value: unknown): value is Words =>
  typeof value === 'object' && value !== null && 'ja' in value && 'en' in value;
function* wordsIn(tree: Tree, at: readonly string[] = []): Generator<[at: string, words: Words]> {
  for (const [key, value] of Object.entries(tree))
    if (isWords(value)) yield [[...at, key].join(' › '), value];
    else if (typeof value === 'object') yield* wordsIn(value, [...at, key]);
}
const read = (file: string): Tree => JSON.parse(readFileSync(path.join(main, file), 'utf8')) as Tree;
// other files of this name hold words that are read, not said
const catalogues = globSync(['kernel/errors/*.json', '**/words.json', '**/words/*.json'], { cwd: main })
  .filter((file) => !wordsIn(read(file)).next().done)
  .sort();
const parameters = (text: string): string[] =>
  [...new Set([...text.matchAll(/\{(\w+)/g)].map(([, name]) => name ?? ''))].sort();
const isPlural = (text: string): boolean => /\{\w+\|/.test(text);

describe.each(catalogues)('%s', (file) => {
  const all = [...wordsIn(read(file))];
  it('has every sentence in both languages, with the same parameters', () => {
    expect(all.filter(([, { ja, en }]) => !ja.trim() || !en.trim()).map(([at]) => at)).toEqual([]);
    const differing = all.filter(
      ([, { ja, en }]) => !isPlural(en) && parameters(ja).join() !== parameters(en).join(),
    );
    expect(differing.map(([at]) => at)).toEqual([]);
  });
  it('has no Japanese in the English', () => {
    expect(all.filter(([, { en }]) => /[ぁ-んァ-ヶ一-龠]/.test(en)).map(([at]) => at)).toEqual([]);
  });
});

const source = globSync('{main,renderer}/**/*.{ts,tsx}', { cwd: root })
  .map((file) => readFileSync(path.join(root, file), 'utf8'))
  .join('\n');
it.each(catalogues)('%s keeps nothing that nobody says', (file) => {
  const groups = Object.entries(read(file));
  const keys = groups.flatMap(([key, of]) =>
    file.startsWith('kernel/') || isWords(of) ? [key] : Object.keys(of),
  );
  const isSaid = (key: string): boolean =>
    source.includes(`'${key}'`) ||
    source.includes(`\`${key.split('.')[0]}.\${`) ||
    new RegExp(`[.{,\\s]${key}\\b`).test(source);
  expect(keys.filter((key) => !isSaid(key))).toEqual([]);
});

it('fills parameters, of both languages and of one, and says one or many', () => {
  const words = { ja: '{name}は{n}件', en: '{n} {n|item|items} of {name}' };
  expect(fill(words, { n: 1, name: { ja: '札幌', en: 'Sapporo' } }, 'en')).toBe('1 item of Sapporo');
  expect(fill(words, { n: 2, 'name.ja': '札幌', name: 'Sapporo' }, 'ja')).toBe('札幌は2件');
  expect(wordsOf({ words })('words', { n: 0 })).toEqual({ ja: '{name}は0件', en: '0 items of {name}' });
});
