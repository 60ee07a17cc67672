// Every catalogue of words of the engine and the page: whole in both languages, the same parameters in both, and nothing that nobody says.
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { fill, type Words, wordsOf } from '../../../main/kernel/words.ts';

const root = path.resolve(import.meta.dirname, '../../..');
type Tree = { readonly [key: string]: Tree | Words | string | number };
const isWords = (value: Tree[string] | undefined): value is Words =>
  typeof value === 'object' && typeof value['ja'] === 'string' && typeof value['en'] === 'string';
function* wordsIn(tree: Tree, at: readonly string[] = []): Generator<[at: string, words: Words]> {
  for (const [key, value] of Object.entries(tree))
    if (isWords(value)) yield [[...at, key].join('.'), value];
    else if (typeof value === 'object') yield* wordsIn(value, [...at, key]);
}
const read = (file: string): Tree => JSON.parse(readFileSync(path.join(root, file), 'utf8')) as Tree;
const PAGE = globSync('renderer/locales/*.json', { cwd: root }).sort();
// other files of this name hold words that are read, not said
const ENGINE = globSync(
  ['kernel/errors/*.json', '**/words.json', '**/contract/*words.json', 'api/contract/*.json'].map(
    (at) => `main/${at}`,
  ),
  {
    cwd: root,
  },
)
  .filter((file) => !wordsIn(read(file)).next().done)
  .sort();
const parameters = (text: string): string[] =>
  [...new Set([...text.matchAll(/\{(\w+)/g)].map(([, name]) => name ?? ''))].sort();
/** what a person on such a site reads in Japanese in either language */
const NAMES = /エントリ|札幌|横浜|品川|日本語/g;
const isPlural = (text: string): boolean => /\{\w+\|/.test(text);

describe.each([...ENGINE, ...PAGE])('%s', (file) => {
  const all = [...wordsIn(read(file))];
  it('has every sentence in both languages, with the same parameters', () => {
    expect(all.filter(([, { ja, en }]) => !ja.trim() || !en.trim()).map(([at]) => at)).toEqual([]);
    const differing = all.filter(
      ([, { ja, en }]) => !isPlural(en) && parameters(ja).join() !== parameters(en).join(),
    );
    expect(differing.map(([at]) => at)).toEqual([]);
  });
  it('has no Japanese in the English but names of the work', () => {
    const isJapanese = (text: string): boolean => /[ぁ-んァ-ヶ一-龠]/.test(text.replaceAll(NAMES, ''));
    expect(all.filter(([, { en }]) => isJapanese(en)).map(([at]) => at)).toEqual([]);
  });
});

const sources = globSync('{main,renderer}/**/*.{ts,tsx}', { cwd: root }).map((file) =>
  readFileSync(path.join(root, file), 'utf8'),
);
const source = sources.join('\n');
it.each(ENGINE)('%s keeps nothing that nobody says', (file) => {
  const groups = Object.entries(read(file));
  const keys = groups.flatMap(([key, of]) =>
    file.startsWith('main/kernel/') || isWords(of) ? [key] : Object.keys(of),
  );
  const isSaid = (key: string): boolean =>
    source.includes(`'${key}'`) ||
    source.includes(`\`${key.split('.')[0]}.\${`) ||
    source.includes(`}-${key.split('-').at(-1)}\``) ||
    new RegExp(`[.{,\\s]${key}\\b`).test(source);
  expect(keys.filter((key) => !isSaid(key))).toEqual([]);
});

/** The keys a source names, as patterns: `'a.b'`, or a template whose slots may be anything. */
const keysNamed = (text: string): RegExp[] =>
  [...text.matchAll(/['`]([\w:.-]*(?:\$\{[^{}]*\}[\w:.-]*)*)['`]/g)].map(
    ([, key]) => new RegExp(`^${(key ?? '').replaceAll('.', '\\.').replaceAll(/\$\{[^{}]*\}/g, '[^.]+')}$`),
  );
it.each(PAGE)('%s keeps nothing that no page says', (file) => {
  const room = path.basename(file, '.json').replaceAll(/-(\w)/g, (_, c: string) => c.toUpperCase());
  const own = sources.filter((text) =>
    new RegExp(`(useWords\\(|Translate<)'${room}'|CATALOGUE(\\.${room}\\b|\\[)`).test(text),
  );
  const groups = [...own.join('\n').matchAll(new RegExp(`CATALOGUE\\.${room}\\.(\\w+)`, 'g'))];
  const named = [...keysNamed(own.join('\n')), ...groups.map(([, group]) => new RegExp(`^${group}\\.`))];
  const elsewhere = keysNamed((source.match(new RegExp(`['\`]${room}:[^'\`]*['\`]`, 'g')) ?? []).join('\n'));
  const unsaid = [...wordsIn(read(file))].filter(
    ([key]) => !named.some((of) => of.test(key)) && !elsewhere.some((of) => of.test(`${room}:${key}`)),
  );
  expect(unsaid.map(([key]) => key)).toEqual([]);
});

it('fills parameters, of both languages and of one, and says one or many', () => {
  const words = { ja: '{name}は{n}件', en: '{n} {n|item|items} of {name}' };
  expect(fill(words, { n: 1, name: { ja: '札幌', en: 'Sapporo' } }, 'en')).toBe('1 item of Sapporo');
  expect(fill(words, { n: 2, 'name.ja': '札幌', name: 'Sapporo' }, 'ja')).toBe('札幌は2件');
  const nested = { ja: '{n}件', en: '{n|The one item|All {n} items} of {n}' };
  const thousands = (n: number): string => n.toLocaleString('en');
  expect(fill(nested, { n: 1 }, 'en')).toBe('The one item of 1');
  expect(fill(nested, { n: 1200 }, 'en', thousands)).toBe('All 1,200 items of 1,200');
  expect(wordsOf({ words })('words', { n: 0 })).toEqual({ ja: '{name}は0件', en: '0 items of {name}' });
});
