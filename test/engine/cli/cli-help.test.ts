// The help of the command line, in the language of whoever reads it.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { HELP_JA } from '../../../main/cli/help.ts';
import { MODEL_ROLES } from '../../../main/llm/contract/models.ts';
import { toride } from '../../helpers/command-line.ts';

const folder = path.resolve(import.meta.dirname, '../../../main/cli');
const help = (lang: string, ...words: string[]): string =>
  toride([...words, '--help'], { env: { LC_ALL: lang } }).stdout;
const columnsOf = (line: string): number =>
  [...line].reduce((n, c) => n + (/[^\0-\u2000]/.test(c) ? 2 : 1), 0);

describe('in Japanese', () => {
  it('everything is told, and fits into a terminal of 80 columns', () => {
    const all = help('ja_JP.UTF-8');
    expect(all).toMatch(/^使い方: toride \[options\] \[command\]\n/);
    expect(all).toContain('\nオプション:\n');
    expect(all).toContain('\nコマンド:\n');
    expect(all).toMatch(/^ {2}approve \[options\] <id> +提案を承認し、書き戻す$/m);
    expect(all).toContain('(選べる値: "ja", "en", 省略時: "ja")');
    for (const line of all.split('\n')) expect([line, columnsOf(line) <= 80]).toEqual([line, true]);
    // no line begins with a mark that ends one
    expect(all).not.toMatch(/^\s*[、。）]/m);
  });
  it('of a command of a command too, and --lang goes before the system', () => {
    expect(help('en_US.UTF-8', '--lang', 'ja', 'models', 'import')).toContain(
      'モデルを取り込む。途中で切れたコピーは続きから始める',
    );
  });
  it('has the words of every description there is, and no others', () => {
    const texts = new Set<string>(['Usage:', 'Arguments:', 'Options:', 'Commands:']);
    texts.add('output the version number').add('display help for command');
    const described = [
      /description\(\s*(?:'([^']+)'|`([^`]+)`)/g,
      /(?:option|Option|argument|Argument)\(\s*'[^']+',\s*'([^']+)'/g,
    ];
    for (const file of readdirSync(folder)) {
      const source = readFileSync(path.join(folder, file), 'utf8');
      for (const pattern of described)
        for (const [, plain, template] of source.matchAll(pattern))
          texts.add((plain ?? template ?? '').replace(/\$\{MODEL_ROLES[^}]*\}/, MODEL_ROLES.join(', ')));
    }
    expect([...texts].sort()).toEqual(Object.keys(HELP_JA).sort());
  });
});
it('in English stays English', () => {
  const all = help('en_US.UTF-8');
  expect(all).toMatch(/^Usage: toride/);
  expect(all).toMatch(/^ {2}approve \[options\] <id> +approve a proposal and write it back$/m);
});
