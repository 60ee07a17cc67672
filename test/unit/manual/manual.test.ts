// The manual that ships with the app: the same pages in both languages, links that lead somewhere, error codes that exist.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { isErrorCode } from '../../../main/kernel/errors.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const folder = path.join(root, 'resources/manual');
const pages = readdirSync(path.join(folder, 'ja'));
const read = (lang: string, page: string): string => readFileSync(path.join(folder, lang, page), 'utf8');
const registry = readFileSync(path.join(root, 'renderer/screens/registry.tsx'), 'utf8');
const names = /export type ScreenName =([^;]+);/.exec(registry)?.[1] ?? '';
const screens = [...names.matchAll(/'([\w-]+)'/g)].map(([, name]) => name);

it('has the same pages in both languages', () => {
  expect(readdirSync(path.join(folder, 'en'))).toEqual(pages);
});

describe.each(['ja', 'en'])('in %s', (lang) => {
  it.each(pages)('%s: one title, links that lead somewhere, codes that exist', (page) => {
    const text = read(lang, page);
    expect(text.match(/^# .+$/gm)).toHaveLength(1);
    for (const [, screen = '', id = ''] of text.matchAll(/\]\(#\/([^/)]*)\/?([^)]*)\)/g)) {
      if (screen === 'manual') expect(existsSync(path.join(folder, lang, `${id}.md`)), id).toBe(true);
      else expect(screens, screen).toContain(screen);
    }
  });
  it('explains only error codes that the app knows', () => {
    const rows = [
      ...read(lang, '9-troubleshooting.md').matchAll(/^\| ([a-z][a-z.-]*(?: \/ [a-z][a-z.-]*)*) \|/gm),
    ];
    const codes = rows.flatMap(([, cell = '']) => cell.split(' / '));
    expect(codes.length).toBeGreaterThan(20);
    expect(codes.filter((code) => !isErrorCode(code))).toEqual([]);
  });
});
