/** A source's bytes are given back as they came: of the file while it stands there, else from the stored lines, and it is said which. */
import { createHash } from 'node:crypto';
import { appendFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { OriginalTold } from '../../../main/logs/contract/original.ts';
import type { Logs } from '../../../main/logs/index.ts';
import { encodeText } from '../../../main/logs/read/encode-text.ts';
import { openLogs } from '../../helpers/logs/open-logs.ts';
import { tempDir } from '../../helpers/temp.ts';

async function given(logs: Logs, id: string): Promise<{ bytes: Buffer; told: OriginalTold }> {
  const pieces: Buffer[] = [];
  let told: OriginalTold | null = null;
  for await (const part of logs.original({ id })) {
    pieces.push(Buffer.from(part.data, 'base64'));
    told = part.told;
  }
  if (!told) throw new Error('an export without an end');
  return { bytes: Buffer.concat(pieces), told };
}
const lines = (end: string): string =>
  [
    '2026-11-21 14:03:05 ERROR web: 保存に失敗しました',
    '\tat a.B.c(B.java:1)',
    '',
    // later ones first: the order is that of the file, not of time
    '2026-11-21 14:03:09 INFO web: 開始',
    '2026-11-21 14:03:01 WARN web: 残り 3 件',
    '終わり',
  ].join(end);
const sjis = (text: string): Buffer => encodeText(text, 'shift_jis') as Buffer;

test.each([
  [
    'UTF-8 with a byte order mark, CRLF',
    Buffer.concat([Buffer.of(0xef, 0xbb, 0xbf), Buffer.from(lines('\r\n'))]),
  ],
  ['UTF-8, both line ends', Buffer.from(`${lines('\n')}\r\n${lines('\r\n')}\n`)],
  ['UTF-16 with its mark', Buffer.concat([Buffer.of(0xff, 0xfe), Buffer.from(lines('\r\n'), 'utf16le')])],
  ['Shift_JIS', sjis(`${lines('\r\n')}\r\n`.repeat(300))],
  [
    'a line that cannot be read in the middle',
    Buffer.concat([
      Buffer.from(`${lines('\n')}\n`),
      Buffer.of(0x41, 0xff, 0xfe, 0x42, 10),
      Buffer.from(`${lines('\n')}\n`),
    ]),
  ],
])('%s', async (_what, content) => {
  const dir = tempDir();
  const file = path.join(dir, 'web.log');
  writeFileSync(file, content);
  const { logs } = await openLogs(path.join(dir, 'data'), { batchRecords: 5 });
  const { id } = await logs.ingest({ file });
  const sha256 = createHash('sha256').update(content).digest('hex');
  const same = { name: 'web.log', bytes: content.length, sha256, isSame: true, missing: 0 };

  const there = await given(logs, id);
  expect(there.told).toEqual({ ...same, from: 'file' });
  expect(there.bytes.equals(content)).toBe(true);

  rmSync(file);
  const gone = await given(logs, id);
  expect(gone.told).toEqual({ ...same, from: 'store' });
  expect(gone.bytes.equals(content)).toBe(true);
});

test('what came after the last reading is not of it, and a file that became another is not taken for it', async () => {
  const dir = tempDir();
  const file = path.join(dir, 'web.log');
  const content = Buffer.from(`${lines('\n')}\n`);
  writeFileSync(file, content);
  const { logs } = await openLogs(path.join(dir, 'data'));
  const { id } = await logs.ingest({ file });
  appendFileSync(file, '2026-11-21 14:04:00 INFO web: later\n');
  expect((await given(logs, id)).bytes.equals(content)).toBe(true);
  writeFileSync(file, 'something else\n'.repeat(100));
  const { bytes, told } = await given(logs, id);
  expect(told).toMatchObject({ from: 'store', isSame: true });
  expect(bytes.equals(content)).toBe(true);
});

test('a line too long to be kept is said to be missing', async () => {
  const dir = tempDir();
  const file = path.join(dir, 'long.log');
  writeFileSync(file, `first\n${'x'.repeat(3_000_000)}\nlast\n`);
  const { logs } = await openLogs(path.join(dir, 'data'));
  const { id } = await logs.ingest({ file });
  rmSync(file);
  expect((await given(logs, id)).told).toMatchObject({ from: 'store', isSame: false, missing: 1 });
});
