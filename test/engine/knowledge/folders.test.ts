import { mkdirSync, renameSync, rmSync, symlinkSync, unlinkSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { silentLog } from '../../../main/kernel/log.ts';
import { createKnowledge } from '../../../main/knowledge/index.ts';
import { openKnowHow } from './open-know-how.ts';

async function share(files: Readonly<Record<string, string>> = {}) {
  const site = await openKnowHow();
  const folder = path.join(site.dir, 'share');
  mkdirSync(folder);
  let seconds = 0;
  /** each write is of another second, long ago: a file's time tells that it changed */
  const put = (name: string, text: string): void => {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
    utimesSync(file, ++seconds, seconds);
  };
  for (const [name, text] of Object.entries(files)) put(name, text);
  const watched = async (tags: readonly string[] = []) => {
    const { id } = await site.knowledge.watch(folder, tags);
    const scan = () => site.knowledge.scan(id);
    return { id, scan, first: await scan() };
  };
  const list = (): string[] =>
    site.knowledge
      .list()
      .map((d) => d.title)
      .sort();
  return { ...site, folder, put, watched, list };
}
const FILES = { '認証.md': '# 認証障害\n再起動する。', 'net/回線.txt': '業者に電話する。' };

describe('a watched folder', () => {
  it('registers its files, those below too, with its tags', async () => {
    const { watched, knowledge, titles, put, folder } = await share(FILES);
    put('図.png', 'x');
    put('~$認証.docx', 'x');
    put('.git/config.txt', 'x');
    symlinkSync('/etc', path.join(folder, 'elsewhere'));
    const { first } = await watched(['共有']);
    expect(first).toMatchObject({
      state: 'watching',
      documents: 2,
      otherFiles: 1,
      refused: [],
      problem: null,
    });
    const found = new Map(knowledge.list().map((document) => [document.title, document]));
    for (const title of ['認証障害', '回線'])
      expect(found.get(title)).toMatchObject({ tags: ['共有'], source: 'folder', state: 'indexed' });
    expect(found.get('回線')?.path).toBe(path.join(folder, 'net', '回線.txt'));
    expect(await titles('業者')).toEqual(['回線']);
  });

  it('follows what is changed, added, moved and deleted; a moved file keeps who cited it', async () => {
    const { watched, knowledge, put, folder, list, titles } = await share(FILES);
    const { scan } = await watched();
    const before = knowledge.list().find((d) => d.title === '回線');
    await knowledge.used([`${before?.id}#0`]);
    put('認証.md', '# 認証障害\n情シスへ連絡する。');
    put('休憩.txt', '交代で取る。');
    mkdirSync(path.join(folder, 'old'));
    renameSync(path.join(folder, 'net', '回線.txt'), path.join(folder, 'old', '回線2.txt'));
    await scan();
    expect(list()).toEqual(['休憩', '回線2', '認証障害']);
    expect(await titles('情シス')).toEqual(['認証障害']);
    expect(knowledge.list().find((d) => d.title === '回線2')).toMatchObject({ id: before?.id, useCount: 1 });
    unlinkSync(path.join(folder, '休憩.txt'));
    await scan();
    expect(list()).toContain('休憩');
    await scan();
    expect(list()).toEqual(['回線2', '認証障害']);
    put('休憩.txt', '交代で取る。');
    await scan();
    expect(list()).toContain('休憩');
  });

  it('that vanishes deletes nothing, and goes on when it is back', async () => {
    const { watched, folder, list, put } = await share(FILES);
    const { scan } = await watched();
    renameSync(folder, `${folder}-away`);
    for (let i = 0; i < 4; i++)
      expect(await scan()).toMatchObject({
        state: 'unreachable',
        problem: { code: 'knowledge.folder-unreachable', params: { path: folder, detail: 'ENOENT' } },
      });
    // where a share was mounted an empty folder is left
    mkdirSync(folder);
    for (let i = 0; i < 4; i++)
      expect(await scan()).toMatchObject({ state: 'emptied', problem: { params: { n: 2 } }, documents: 2 });
    expect(list()).toEqual(['回線', '認証障害']);
    rmSync(folder, { recursive: true });
    renameSync(`${folder}-away`, folder);
    put('休憩.txt', '交代で取る。');
    expect(await scan()).toMatchObject({ state: 'watching', problem: null, documents: 3 });
  });

  it('tells which files it could not take, and takes them when they are mended', async () => {
    const { watched, put, list } = await share({
      'empty.txt': ' ',
      'binary.txt': '\0\0\0x',
      'ok.txt': '本文。',
    });
    const { scan, first } = await watched();
    expect(first.refused.map((r) => [r.path, r.problem.code])).toEqual([
      ['binary.txt', 'knowledge.not-text'],
      ['empty.txt', 'knowledge.empty'],
    ]);
    put('empty.txt', '今は本文がある。');
    expect((await scan()).refused).toHaveLength(1);
    expect(list()).toEqual(['empty', 'ok']);
  });

  it('leaves removed what a person removed, until it is brought back', async () => {
    const { watched, knowledge, put, list } = await share(FILES);
    const { scan } = await watched();
    const made = knowledge.list().find((d) => d.title === '回線');
    await expect(knowledge.update(made?.id ?? '', { title: 'x', text: 'y', tags: [] })).rejects.toMatchObject(
      {
        code: 'knowledge.of-folder',
      },
    );
    await knowledge.remove(made?.id ?? '');
    put('net/回線.txt', '業者に電話する。番号は壁に。');
    await scan();
    expect(list()).toEqual(['認証障害']);
    await knowledge.restore(made?.id ?? '');
    put('net/回線.txt', '業者にメールする。');
    await scan();
    expect(knowledge.get(made?.id ?? '').text).toBe('業者にメールする。');
  });

  it('is no longer followed when a person says so, its documents kept or removed', async () => {
    const { watched, knowledge, put, list, folder } = await share(FILES);
    const { id, scan } = await watched();
    await knowledge.unwatch(id, 'keep');
    put('認証.md', '# 別の題\n本文。');
    await expect(scan()).rejects.toMatchObject({ code: 'not-found' });
    expect([knowledge.folders(), list()]).toEqual([[], ['回線', '認証障害']]);
    expect(knowledge.list()[0]?.source).toBe('file');
    const again = await knowledge.watch(folder, []);
    await knowledge.scan(again.id);
    await knowledge.unwatch(again.id, 'remove');
    expect(list()).toEqual(['回線', '認証障害']);
  });

  it('is refused when it is none, or watched already from above or below', async () => {
    const { watched, knowledge, folder } = await share(FILES);
    await watched();
    for (const wrong of ['relative/folder', path.join(folder, 'nowhere'), path.join(folder, '認証.md')])
      await expect(knowledge.watch(wrong, [])).rejects.toMatchObject({ code: 'knowledge.folder-path' });
    for (const near of [folder, path.join(folder, 'net'), path.dirname(folder)])
      await expect(knowledge.watch(near, [])).rejects.toMatchObject({ code: 'knowledge.folder-known' });
  });

  it('is looked at by the clock, and remembered over a restart', async () => {
    const { watched, knowledge, clock, put, list, store, tasks, cache } = await share(FILES);
    await watched();
    await knowledge.close();
    const again = createKnowledge({ store, clock, tasks, cache, log: silentLog });
    const stop = again.start();
    put('休憩.txt', '交代で取る。');
    clock.advance(60_000);
    await expect.poll(list).toContain('休憩');
    stop();
    await again.close();
  });
});
