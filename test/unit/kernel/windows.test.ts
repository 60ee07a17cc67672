// What is different on Windows, as far as it shows without one.
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { GivenPath } from '../../../main/api/contract/common.ts';
import { defaultDataDir } from '../../../main/kernel/config.ts';
import { liesIn } from '../../../main/knowledge/watch-folders.ts';
import { openerOf } from '../../../main/loopback/open-file.ts';

describe('on Windows', () => {
  it('data lies in the folder that stays on this computer, never in the roaming one', () => {
    const env = { APPDATA: 'C:\\Users\\山田\\Roaming', LOCALAPPDATA: 'C:\\Users\\山田\\Local' };
    expect(defaultDataDir(env, 'win32')).toBe(path.join('C:\\Users\\山田\\Local', 'Toride'));
    expect(defaultDataDir({ ...env, TORIDE_DATA: 'D:\\toride' }, 'win32')).toBe('D:\\toride');
  });
  it('a path pasted from "Copy as path" is the path in its quotes; others stay as they are', () => {
    expect(GivenPath.parse('"C:\\ログ 集\\app.log" ')).toBe('C:\\ログ 集\\app.log');
    for (const same of ['/var/log/app.log', '\\\\server\\共有\\ログ', '/odd/"name"', '"'])
      expect(GivenPath.parse(same)).toBe(same);
  });
  it.each([
    ['D:\\ノウハウ\\手順', 'D:\\ノウハウ', true],
    ['d:\\ノウハウ\\Manual', 'D:\\ノウハウ\\manual', true],
    ['D:\\手順', 'D:\\', true],
    ['\\\\server\\share\\手順', '\\\\SERVER\\share\\', true],
    ['D:\\手順2', 'D:\\手順', false],
    ['D:\\..手順', 'D:\\', true],
    ['D:\\', 'D:\\手順', false],
    ['E:\\手順', 'D:\\', false],
  ])('%s lies in %s: %s', (folder, other, lies) => {
    expect(liesIn(folder, other, path.win32)).toBe(lies);
  });
  it('a page is opened whatever stands in its path', () => {
    const { command, args, verbatim } = openerOf('win32', 'C:\\R&D (札幌)\\open.html');
    expect([command, args.join(' '), verbatim]).toEqual([
      'cmd.exe',
      '/d /s /c "start "" "C:\\R&D (札幌)\\open.html""',
      true,
    ]);
    expect(openerOf('darwin', '/a b').args).toEqual(['/a b']);
  });
});
