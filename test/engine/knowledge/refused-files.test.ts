// Files that cannot be know-how: each is refused in words of its own, whatever it is called, and harms nothing.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { type ErrorCode, wordError } from '../../../main/kernel/errors.ts';
import { silentLog } from '../../../main/kernel/log.ts';
import { createFileReader } from '../../../main/knowledge/files/file-reader.ts';
import { docxOf, packageOf, paragraph, xlsxOf } from '../../helpers/knowledge/office-files.ts';
import { pdfOf, shiftJis } from '../../helpers/knowledge/pdf-file.ts';
import { zipOf } from '../../helpers/logs/zip.ts';
import { openKnowHow } from './open-know-how.ts';

const WORD = docxOf(paragraph('認証が止まったら再起動する。'));
const PDF = pdfOf([[{ codes: shiftJis('認証が止まったら再起動する。'), x: 50, y: 700 }]]);
/** A compound file as far as anybody looks: its mark and the names in it. */
const compound = (...names: string[]): Buffer =>
  Buffer.concat([
    Buffer.from('d0cf11e0a1b11ae1', 'hex'),
    Buffer.alloc(1016),
    ...names.map((name) => Buffer.from(name.padEnd(32, '\0'), 'utf16le')),
  ]);
/** A standard security handler (ISO 32000-1 7.6.3) whose keys fit no password. */
const LOCKED_PDF = pdfOf([[{ codes: shiftJis('秘密'), x: 50, y: 700 }]], {
  objects: [
    `<< /Filter /Standard /V 2 /R 3 /Length 128 /P -44 /O <${'61'.repeat(32)}> /U <${'62'.repeat(32)}> >>`,
  ],
  trailer: `/Encrypt 10 0 R /ID [<${'63'.repeat(16)}> <${'63'.repeat(16)}>] `,
});
/** A sheet of one cell with so many characters: a few kilobytes that become many megabytes. */
const bomb = (megabytes: number): Buffer =>
  xlsxOf([
    {
      name: '爆弾',
      rows: [[{ xml: `<c t="inlineStr"><is><t>${'あ'.repeat((megabytes * 1e6) / 3)}</t></is></c>` }]],
    },
  ]);
const MAIN = 'word/document.xml';
const XML_BOMB = packageOf(
  MAIN,
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml',
  [
    {
      name: MAIN,
      text: '<!DOCTYPE d [<!ENTITY a "笑笑笑笑笑笑笑笑"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]><w:document xmlns:w="w"><w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>',
    },
  ],
);

describe('a file that cannot be know-how is refused in words', () => {
  it.each<[what: string, name: string, bytes: Buffer, code: ErrorCode]>([
    [
      'a Word file with a password',
      '秘密.docx',
      compound('EncryptionInfo', 'EncryptedPackage'),
      'knowledge.file-locked',
    ],
    ['a PDF with a password', '秘密.pdf', LOCKED_PDF, 'knowledge.file-locked'],
    ['a scan', 'スキャン.pdf', pdfOf([[], []]), 'knowledge.no-text-layer'],
    ['a bomb', '爆弾.xlsx', bomb(90), 'knowledge.file-inflates'],
    ['entities that grow', '膨張.docx', XML_BOMB, 'knowledge.file-damaged'],
    ['a Word file cut off', '途中.docx', WORD.subarray(0, WORD.length - 200), 'knowledge.file-damaged'],
    ['a PDF cut off', '途中.pdf', PDF.subarray(0, PDF.length / 2), 'knowledge.file-damaged'],
    ['a Word file with a part that is no XML', '壊れ.docx', docxOf('<w:p><w:r>'), 'knowledge.file-damaged'],
    [
      'noise called a PDF',
      '雑音.pdf',
      Buffer.from([0, 1, 2, 3, 255, 254, 0, 7, 1, 9, 200, 1]),
      'knowledge.file-damaged',
    ],
    ['a file of Word 97', '昔.doc', compound('WordDocument'), 'knowledge.old-office'],
    ['a file of Excel 97 called a new one', '昔.xlsx', compound('Workbook'), 'knowledge.old-office'],
    ['a file of PowerPoint 97', '昔.ppt', compound('PowerPoint Document'), 'knowledge.old-office'],
    [
      'another zip called a Word file',
      '別.docx',
      zipOf([{ name: 'a.txt', text: 'a' }]),
      'knowledge.wrong-kind',
    ],
    ['a Word file without words', '空.docx', docxOf(''), 'knowledge.empty'],
    [
      'more words than a document may hold',
      '長.docx',
      docxOf(paragraph('長い文。'.repeat(90_000))),
      'knowledge.too-large',
    ],
  ])('%s', async (_, name, bytes, code) => {
    const { knowledge } = await openKnowHow();
    const refused = knowledge.addFile({ name, bytes, tags: [], modifiedAt: null });
    const error = await refused.then(
      () => null,
      (thrown: { code: ErrorCode; params: Record<string, string> }) => thrown,
    );
    expect(error?.code).toBe(code);
    if (!error) return;
    for (const lang of ['ja', 'en'] as const) {
      const { say, next } = wordError(error, lang);
      expect(`${say}${next}`).not.toMatch(/[{}]/);
    }
    expect(knowledge.list()).toEqual([]);
    // the next file is read as if nothing had been
    expect(
      await knowledge.addFile({ name: 'a.docx', bytes: WORD, tags: [], modifiedAt: null }),
    ).toMatchObject({
      state: 'indexed',
    });
  });

  it('in a folder each beside its name, and read again once it is mended', async () => {
    const { knowledge, dir } = await openKnowHow();
    const folder = path.join(dir, 'share');
    mkdirSync(folder);
    const put = (name: string, bytes: Buffer): void => writeFileSync(path.join(folder, name), bytes);
    put('手順.docx', WORD);
    put('手順.pdf', PDF);
    put('昔.doc', compound('WordDocument'));
    put('秘密.xlsx', compound('EncryptedPackage'));
    put('図.png', Buffer.from('x'));
    const { id } = await knowledge.watch(folder, []);
    const first = await knowledge.scan(id);
    expect(first).toMatchObject({ documents: 2, otherFiles: 1 });
    expect(first.refused.map(({ path: file, problem }) => [file, problem.code])).toEqual([
      ['昔.doc', 'knowledge.old-office'],
      ['秘密.xlsx', 'knowledge.file-locked'],
    ]);
    put('秘密.xlsx', xlsxOf([{ name: '表', rows: [['回線', '業者に電話する']] }]));
    expect((await knowledge.scan(id)).documents).toBe(3);
    expect(
      knowledge
        .list()
        .map((d) => d.title)
        .sort(),
    ).toEqual(['手順.docx', '手順.pdf', '秘密.xlsx']);
  });
});

describe('what a file is decides, not what it is called', () => {
  it.each([
    ['a PDF called a Word file', '実はPDF.docx', PDF],
    ['a Word file called text', '実はWord.txt', WORD],
    ['text called a Word file', '実は文字.docx', Buffer.from('認証が止まったら再起動する。')],
    [
      'a Word file with macros',
      'マクロ.docm',
      docxOf(paragraph('認証が止まったら再起動する。'), {
        type: 'application/vnd.ms-word.document.macroEnabled.main+xml',
        more: [{ name: 'word/vbaProject.bin', text: 'Sub AutoOpen()' }],
      }),
    ],
  ])('%s', async (_, name, bytes) => {
    const { knowledge } = await openKnowHow();
    const { id } = await knowledge.addFile({ name, bytes, tags: [], modifiedAt: null });
    expect(knowledge.get(id).text).toBe('認証が止まったら再起動する。');
  });
});

describe('reading a file', () => {
  const file = (bytes: Buffer) => ({ name: 'a', bytes: new Uint8Array(bytes), known: '' });

  it('can be stopped at once, and the next file is read', async () => {
    const { knowledge, tasks } = await openKnowHow();
    const pages = Array.from({ length: 300 }, (_, i) =>
      Array.from({ length: 40 }, (__, j) => ({
        codes: shiftJis(`第${i}章の手順${j}`),
        x: 50,
        y: 800 - j * 18,
      })),
    );
    const reading = knowledge.addFile({ name: '厚い.pdf', bytes: pdfOf(pages), tags: [], modifiedAt: null });
    const ended = expect(reading).rejects.toMatchObject({ name: 'Cancelled' });
    const task = () => tasks.list().find(({ kind }) => kind === 'knowledge-file');
    await expect.poll(() => task()?.total).toBe(300);
    expect(task()?.about).toBe('厚い.pdf');
    tasks.cancel(task()?.id ?? '');
    await ended;
    expect(task()?.state).toBe('cancelled');
    await knowledge.addFile({ name: 'a.docx', bytes: WORD, tags: [], modifiedAt: null });
    expect(knowledge.list()).toHaveLength(1);
  });

  it('is given up when a step takes too long or too much memory, and the thread is replaced', async () => {
    const signal = new AbortController().signal;
    const work = { signal, progress: () => {} };
    const hurried = createFileReader({ log: silentLog, limits: { stepMs: 0 } });
    await expect(hurried.read({ ...file(PDF), kind: 'pdf' }, work)).rejects.toMatchObject({
      code: 'knowledge.file-heavy',
      params: { name: 'a' },
    });
    await hurried.close();
    // a page of a few kilobytes that are 300 MB of spaces when unpacked twice
    const spaces = deflateSync(deflateSync(Buffer.alloc(300_000_000, ' ')));
    const swelling = pdfOf([], { streams: [spaces], filters: 2 });
    const small = createFileReader({ log: silentLog, limits: { outsideMb: 100 } });
    await expect(small.read({ ...file(swelling), kind: 'pdf' }, work)).rejects.toMatchObject({
      code: 'knowledge.file-heavy',
    });
    expect((await small.read({ ...file(WORD), kind: 'package' }, work)).text).toContain('再起動');
    await small.close();
  });
});
