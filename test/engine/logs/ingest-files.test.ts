import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  copyFileSync,
  mkdirSync,
  renameSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { openLogs, storedRecords, textOf } from '../../helpers/logs/open-logs.ts';
import { tarOf } from '../../helpers/logs/tar.ts';
import { xzOf } from '../../helpers/logs/xz.ts';
import { zipOf } from '../../helpers/logs/zip.ts';
import { tempDir } from '../../helpers/temp.ts';

const line = (i: number, what = 'job'): string =>
  `2026-11-21 14:${String(Math.floor(i / 60) % 60).padStart(2, '0')}:${String(i % 60).padStart(2, '0')},000 INFO [main] com.example.Main: ${what} ${i} started\n`;
/** `lines(0, 2)` and `lines(2, 4)`. */
const BZ2_BEGIN =
  'QlpoOTFBWSZTWaOQgyMAABpfgAAQQAd1EAEjgAo+N9xAIABwY0xGEaYAAAKqp6PUEaPSaYgaMmmbJatYMU0QlNJ3e0LpcK+aXC9S' +
  'kiixNSmoQhU0U4JZrXZkyUrGa9u3aq2LVC5oVNlj4hqbNnRC1u3TfxdyRThQkKOQgyM=';
const BZ2_END =
  'QlpoOTFBWSZTWT71fSgAABlfgAAQQAd9EAEjgAo+N9xAIABgKqhkNQZqMmQNGTQxkxNMJpiYCaYM1rJJg7JrrlM0nd7cC9KiSmCp' +
  'YmnRGaCpCmKtowRZrGLJkgtZpt27VYxaouTQrbLXxFqbNlyKTduvfxdyRThQkD71fSg=';
const lines = (from: number, to: number, what?: string): string =>
  Array.from({ length: to - from }, (_, i) => line(from + i, what)).join('');

const opened = async (tuning: { readonly batchRecords?: number } = {}) => {
  const dir = tempDir();
  const { logs, store, close } = await openLogs(path.join(dir, 'data'), tuning);
  const file = path.join(dir, 'app.log');
  return {
    dir,
    file,
    logs,
    store,
    close,
    text: (id: string): string => textOf(storedRecords(store, path.join(dir, 'data'), id)),
    again: () => openLogs(path.join(dir, 'data')),
  };
};

test('a file is read whole, joined, rolled up, and the sum agrees', async () => {
  const { file, logs, store, text } = await opened();
  const content = `${lines(0, 100)}\n${line(100)}java.io.IOException: disk full\r\n\tat com.example.Main.run(Main.java:14)\nhello`;
  writeFileSync(file, content);
  const source = await logs.ingest({ file });
  expect(source).toMatchObject({
    kind: 'import',
    state: 'done',
    usedFormats: [{ format: 'general', files: 1 }],
    usedEncodings: ['utf-8'],
    lines: 105,
    templated: 105,
    unparsed: 0,
    bytes: Buffer.byteLength(content),
    firstAt: Date.parse('2026-11-21T14:00:00+09:00'),
    lastAt: Date.parse('2026-11-21T14:01:40+09:00'),
  });
  expect(text(source.id)).toBe(content);
  const records = storedRecords(store, path.join(path.dirname(file), 'data'), source.id);
  expect(records.map((r) => r.lines).filter((n) => n > 1)).toEqual([3]);
  expect(logs.accounting()).toMatchObject({
    lines: 105,
    storedTemplated: 105,
    storedUnparsed: 0,
    addsUp: true,
  });
});

test('read again, a file goes on after its last line', async () => {
  const { file, logs, text } = await opened();
  writeFileSync(file, lines(0, 10));
  const { id } = await logs.ingest({ file });
  appendFileSync(file, lines(10, 30));
  expect(await logs.ingest({ file })).toMatchObject({ id, lines: 30 });
  expect(await logs.ingest({ file })).toMatchObject({ id, lines: 30 });
  expect(text(id)).toBe(lines(0, 30));
});

test('a followed file: growth, renaming, emptying after a copy, emptying without one, going and coming back', async () => {
  const { dir, file, logs, text } = await opened();
  writeFileSync(file, lines(0, 10));
  const { id } = await logs.addSource({ kind: 'file', path: file });
  await logs.settle();
  appendFileSync(file, lines(10, 20));
  await logs.settle();
  // renamed, with lines nobody has seen yet
  appendFileSync(file, lines(20, 25));
  renameSync(file, path.join(dir, 'app.log.1'));
  writeFileSync(file, lines(25, 30));
  await logs.settle();
  expect(text(id)).toBe(lines(0, 30));
  // copied and emptied, again with lines nobody has seen
  appendFileSync(file, lines(30, 40));
  copyFileSync(file, path.join(dir, 'app.log.2'));
  truncateSync(file, 0);
  appendFileSync(file, lines(40, 42, 'task'));
  await logs.settle();
  expect(text(id)).toBe(lines(0, 40) + lines(40, 42, 'task'));
  // emptied: shorter than what was read
  writeFileSync(file, lines(50, 51));
  await logs.settle();
  // gone and back
  rmSync(file);
  await logs.settle();
  writeFileSync(file, lines(60, 62));
  await logs.settle();
  expect(text(id)).toBe(lines(0, 40) + lines(40, 42, 'task') + lines(50, 51) + lines(60, 62));
  expect(logs.accounting().addsUp).toBe(true);
});

test('the same text under another number (saved by an editor, or on a share that makes numbers up) is read once', async () => {
  const { dir, file, logs, text } = await opened();
  writeFileSync(file, lines(0, 10));
  const { id } = await logs.addSource({ kind: 'file', path: file });
  await logs.settle();
  for (const from of [10, 20]) {
    const saved = path.join(dir, 'saved.tmp');
    copyFileSync(file, saved);
    renameSync(saved, file);
    await logs.settle();
    appendFileSync(file, lines(from, from + 10));
    await logs.settle();
  }
  expect(text(id)).toBe(lines(0, 30));
});

test('rotated several times while nobody looked: the rest of the old file, the files between, the new one', async () => {
  const { dir, file, logs, close, again } = await opened();
  writeFileSync(file, lines(0, 10));
  const { id } = await logs.addSource({ kind: 'file', path: file });
  await logs.settle();
  await close();
  const wait = () => new Promise((resolve) => setTimeout(resolve, 20));
  appendFileSync(file, lines(10, 15));
  renameSync(file, path.join(dir, 'app.log.1'));
  await wait();
  writeFileSync(file, lines(15, 20));
  renameSync(path.join(dir, 'app.log.1'), path.join(dir, 'app.log.2'));
  renameSync(file, path.join(dir, 'app.log.1'));
  await wait();
  writeFileSync(file, lines(20, 25));
  const next = await again();
  await next.logs.settle();
  expect(textOf(storedRecords(next.store, path.join(dir, 'data'), id))).toBe(lines(0, 25));
});

test('times without a year are of now in what is written now, though the system tells an old change (Windows, while the writer has it open)', async () => {
  const dir = tempDir();
  const { logs, store } = await openLogs(path.join(dir, 'data'), { zone: () => 'UTC' });
  const file = path.join(dir, 'messages');
  const day = 86_400_000;
  const now = Math.floor(Date.now() / 1000) * 1000;
  const written = (at: number): string => {
    const [, date, month, , time] = new Date(at).toUTCString().split(' ');
    return Array.from({ length: 10 }, (_, i) => `${month} ${date} ${time} host app[1]: job ${i} done\n`).join(
      '',
    );
  };
  writeFileSync(file, written(now - 31 * day));
  utimesSync(file, (now - 30 * day) / 1000, (now - 30 * day) / 1000);
  const { id } = await logs.addSource({ kind: 'file', path: file });
  await logs.settle();
  appendFileSync(file, written(now));
  utimesSync(file, (now - 30 * day) / 1000, (now - 30 * day) / 1000);
  await logs.settle();
  const records = storedRecords(store, path.join(dir, 'data'), id);
  expect([records[0]?.at, records.at(-1)?.at]).toEqual([now - 31 * day, now]);
});

test('part of a line waits for its rest', async () => {
  const { file, logs, text } = await opened();
  writeFileSync(file, `${line(0)}2026-11-21 14:00:01,000 INFO [ma`);
  const { id } = await logs.addSource({ kind: 'file', path: file });
  await logs.settle();
  expect(text(id)).toBe(line(0));
  appendFileSync(file, 'in] com.example.Main: job 1 started\n');
  await logs.settle();
  expect(text(id)).toBe(lines(0, 2));
});

test('a folder and those below it: files of the pattern, new ones, rotated, moved and packed ones, none twice', async () => {
  const { dir, logs, text } = await opened();
  const folder = path.join(dir, 'logs');
  mkdirSync(path.join(folder, 'sub', 'deeper'), { recursive: true });
  const at = (name: string): string => path.join(folder, name);
  writeFileSync(at('a.log'), lines(0, 10, 'a'));
  writeFileSync(at('b.log'), lines(0, 5, 'b'));
  writeFileSync(at('note.md'), 'no log');
  writeFileSync(at('sub/c.log'), lines(0, 5, 'c'));
  const { id } = await logs.addSource({ kind: 'folder', path: folder, rules: { pattern: '*.log*' } });
  await logs.settle();
  appendFileSync(at('a.log'), lines(10, 12, 'a'));
  renameSync(at('a.log'), at('a.log.1'));
  writeFileSync(at('a.log'), lines(12, 15, 'a'));
  writeFileSync(at('d.log'), lines(0, 3, 'd'));
  await logs.settle();
  // packed after it was read, with the next one moved up
  writeFileSync(at('a.log.2.gz'), gzipSync(lines(0, 12, 'a')));
  rmSync(at('a.log.1'));
  appendFileSync(at('a.log'), lines(15, 16, 'a'));
  renameSync(at('a.log'), at('a.log.1'));
  writeFileSync(at('a.log'), lines(16, 18, 'a'));
  // put aside into a folder further down, and written anew
  renameSync(at('sub/c.log'), at('sub/deeper/c.log.1'));
  writeFileSync(at('sub/c.log'), lines(5, 7, 'c'));
  await logs.settle();
  const sorted = text(id).split('\n').sort();
  expect(sorted).toEqual(
    (lines(0, 18, 'a') + lines(0, 5, 'b') + lines(0, 7, 'c') + lines(0, 3, 'd')).split('\n').sort(),
  );
  expect(logs.accounting().addsUp).toBe(true);
});

test('what is packed in a folder further down is read once, also by the next process', async () => {
  const { dir, logs, close, again } = await opened();
  const folder = path.join(dir, 'logs');
  const far = path.join(folder, 'sub', 'packed.zip');
  mkdirSync(far, { recursive: true });
  // a folder may be called as archives are
  writeFileSync(path.join(far, 'a.log'), lines(0, 5, 'a'));
  writeFileSync(path.join(folder, 'sub', 'old.zip'), zipOf([{ name: 'in/b.log', text: lines(0, 4, 'b') }]));
  const { id } = await logs.addSource({ kind: 'folder', path: folder });
  await logs.settle();
  await close();
  const next = await again();
  appendFileSync(path.join(far, 'a.log'), lines(5, 6, 'a'));
  await next.logs.settle();
  expect(next.logs.accounting()).toMatchObject({ lines: 10, addsUp: true });
  const read = textOf(storedRecords(next.store, path.join(dir, 'data'), id));
  expect(read.split('\n').sort()).toEqual((lines(0, 6, 'a') + lines(0, 4, 'b')).split('\n').sort());
});

test('an archive with two files of one name is read whole', async () => {
  const { dir, logs, text } = await opened();
  const file = path.join(dir, 'added-to.zip');
  const names = ['app.log', 'app.log', 'web.log'];
  writeFileSync(file, zipOf(names.map((name, i) => ({ name, text: lines(10 * i, 10 * i + 10) }))));
  const read = await logs.ingest({ file });
  expect(read).toMatchObject({ lines: 30, state: 'done' });
  expect(text(read.id)).toBe(lines(0, 30));
});

test.each(['tar', 'tar.gz', 'tar.zst'])(
  'each file in a %s is read like a file of its own, once',
  async (packing) => {
    const { dir, logs, text } = await opened();
    const file = path.join(dir, `support.${packing}`);
    const packed = tarOf([
      { name: 'var/log/app.log', text: lines(0, 10) },
      { name: 'var/log/empty.log', text: '' },
      { name: `var/${'deep/'.repeat(30)}web.log`, text: lines(10, 3000) },
    ]);
    const bytes =
      packing === 'tar' ? packed : packing === 'tar.gz' ? gzipSync(packed) : zstdCompressSync(packed);
    writeFileSync(file, bytes);
    const read = await logs.ingest({ file });
    expect(read).toMatchObject({ lines: 3000, state: 'done' });
    expect(text(read.id)).toBe(lines(0, 3000));
    expect(await logs.ingest({ file })).toMatchObject({ lines: 3000 });
    // cut: what stands before the cut is read, and it is said what is wrong
    const cut = path.join(dir, `cut.${packing}`);
    writeFileSync(cut, bytes.subarray(0, Math.floor(bytes.length * 0.6)));
    await expect(logs.ingest({ file: cut })).rejects.toMatchObject({ code: 'logs.unreadable' });
    expect(logs.accounting().addsUp).toBe(true);
  },
);

test('large files of a tar are read in turns with small ones, every line once', async () => {
  const { dir, logs, text } = await opened({ batchRecords: 50 });
  const file = path.join(dir, 'many.tar.gz');
  const parts = [400, 3, 1, 700, 0, 2, 900, 1];
  let from = 0;
  const files = parts.map((n, i) => {
    const part = { name: `var/log/part-${i}.log`, text: lines(from, from + n) };
    from += n;
    return part;
  });
  writeFileSync(file, gzipSync(tarOf(files)));
  const read = await logs.ingest({ file });
  expect(read).toMatchObject({ lines: from, state: 'done' });
  expect(text(read.id).split('\n').sort()).toEqual(lines(0, from).split('\n').sort());
});

test('a bz2 is read through, several in one too; a broken one says so', async () => {
  const { dir, logs, text } = await opened();
  // two lines each, packed by bzip2
  const parts = [BZ2_BEGIN, BZ2_END].map((part) => Buffer.from(part, 'base64'));
  const file = path.join(dir, 'a.log.bz2');
  writeFileSync(file, Buffer.concat(parts));
  const read = await logs.ingest({ file });
  expect(read).toMatchObject({ lines: 4, state: 'done' });
  expect(text(read.id)).toBe(lines(0, 4));
  const broken = Buffer.concat(parts);
  broken[60] = (broken[60] ?? 0) ^ 1;
  writeFileSync(path.join(dir, 'b.log.bz2'), broken);
  await expect(logs.ingest({ file: path.join(dir, 'b.log.bz2') })).rejects.toMatchObject({
    code: 'logs.unreadable',
  });
});

test('an xz is read through, several in one too; of a cut one what stands before the cut', async () => {
  const { dir, logs, text } = await opened();
  const file = path.join(dir, 'a.log.xz');
  writeFileSync(file, Buffer.concat([xzOf(lines(0, 2000)), xzOf(lines(2000, 2004))]));
  const read = await logs.ingest({ file });
  expect(read).toMatchObject({ lines: 2004, state: 'done' });
  expect(text(read.id)).toBe(lines(0, 2004));
  const cut = path.join(dir, 'b.log.xz');
  writeFileSync(cut, xzOf(lines(3000, 6000)).subarray(0, 150_000));
  await expect(logs.ingest({ file: cut })).rejects.toMatchObject({
    code: 'logs.unreadable',
    params: { detail: 'cut off' },
  });
  const part = text(logs.sources().find((s) => s.path === cut)?.id ?? '');
  expect(part.split('\n').length).toBeGreaterThan(1000);
  expect(lines(3000, 6000).startsWith(part)).toBe(true);
  expect(logs.accounting().addsUp).toBe(true);
});

test('large xz files are read in turns, alone and in a tar, every line once', async () => {
  const { dir, logs, text } = await opened({ batchRecords: 50 });
  const folder = path.join(dir, 'days');
  mkdirSync(folder);
  const days = Array.from({ length: 3 }, (_, i) => ({
    name: `day-${i}.log`,
    text: lines(9000 * i, 9000 * (i + 1)),
  }));
  for (const { name, text: day } of days) writeFileSync(path.join(folder, `${name}.xz`), xzOf(day));
  writeFileSync(path.join(folder, 'all.tar.xz'), xzOf(tarOf(days).toString('latin1')));
  const read = await logs.ingest({ file: folder });
  expect(read).toMatchObject({ lines: 2 * 27_000, state: 'done' });
  const all = lines(0, 27_000).split('\n').slice(0, -1);
  expect(text(read.id).split('\n').slice(0, -1).sort()).toEqual([...all, ...all].sort());
});

test('what nothing here unpacks is refused by its name', async () => {
  const { dir, logs } = await opened();
  for (const [packing, begin] of [
    ['7z', Buffer.from('7z\u00bc\u00af', 'latin1')],
    ['RAR', Buffer.from('Rar!\u001a\u0007')],
  ] as const) {
    const file = path.join(dir, `a.log.${packing}`);
    writeFileSync(file, begin);
    await expect(logs.ingest({ file })).rejects.toMatchObject({ code: 'logs.packing', params: { packing } });
  }
});

test('of a small gz that was cut off, the lines before the cut are read; whole at last, the rest follows', async () => {
  const { dir, logs, text } = await opened();
  const file = path.join(dir, 'small.log.gz');
  const packed = gzipSync(lines(0, 300));
  writeFileSync(file, packed.subarray(0, packed.length - 40));
  await expect(logs.ingest({ file })).rejects.toMatchObject({ code: 'logs.unreadable' });
  const [part] = logs.sources().filter((s) => s.path === file);
  expect(part?.lines).toBeGreaterThan(100);
  expect(lines(0, 300).startsWith(text(part?.id ?? ''))).toBe(true);
  writeFileSync(file, packed);
  expect(await logs.ingest({ file })).toMatchObject({ lines: 300 });
  expect(text(part?.id ?? '')).toBe(lines(0, 300));
});

test.skipIf(process.platform === 'win32')(
  'a pipe or a device in place of a file holds nothing up',
  async () => {
    const { dir, logs, text } = await opened();
    const pipe = path.join(dir, 'pipe.log');
    execFileSync('mkfifo', [pipe]);
    const isNoFile = { code: 'logs.not-a-file', params: { file: pipe } };
    await expect(logs.ingest({ file: pipe })).rejects.toMatchObject(isNoFile);
    await expect(logs.addSource({ kind: 'file', path: pipe })).rejects.toMatchObject(isNoFile);
    await expect(logs.preview({ path: pipe })).rejects.toMatchObject(isNoFile);
    await expect(logs.addSource({ kind: 'import', path: '/dev/zero' })).rejects.toMatchObject({
      code: 'logs.not-a-file',
    });
    // a followed file that became one
    const file = path.join(dir, 'app.log');
    writeFileSync(file, lines(0, 5));
    const { id } = await logs.addSource({ kind: 'file', path: file });
    await logs.settle();
    rmSync(file);
    execFileSync('mkfifo', [file]);
    await logs.retrySource(id);
    await logs.settle();
    const other = path.join(dir, 'other.log');
    writeFileSync(other, lines(5, 9));
    expect(await logs.ingest({ file: other })).toMatchObject({ lines: 4 });
    expect(text(id)).toBe(lines(0, 5));
  },
);

test('gz and zip are read through; a cut one gives what it has and says what is wrong', async () => {
  const { dir, logs, text } = await opened();
  const gz = path.join(dir, 'a.log.gz');
  writeFileSync(gz, gzipSync(lines(0, 2000)));
  const whole = await logs.ingest({ file: gz });
  expect(whole).toMatchObject({ lines: 2000, state: 'done' });
  expect(text(whole.id)).toBe(lines(0, 2000));
  const packed = gzipSync(Buffer.from(Array.from({ length: 40_000 }, (_, i) => line(i * 7919)).join('')));
  const cut = path.join(dir, 'b.log.gz');
  writeFileSync(cut, packed.subarray(0, packed.length / 2));
  await expect(logs.ingest({ file: cut })).rejects.toMatchObject({ code: 'logs.unreadable' });
  const part = logs.sources().find((s) => s.path === cut);
  expect(part).toMatchObject({ state: 'waiting', error: { code: 'logs.unreadable' } });
  const some = part?.lines ?? 0;
  expect(some).toBeGreaterThan(1000);
  // whole at last: the rest follows, nothing twice
  writeFileSync(cut, packed);
  expect(await logs.ingest({ file: cut })).toMatchObject({ lines: 40_000 });
  expect(logs.accounting().addsUp).toBe(true);
});
