// PDF, Word, Excel and PowerPoint files as know-how: what their words are, and where a citation says they stand.
import { describe, expect, it } from 'vitest';
import { docxOf, item, paragraph, pptxOf, run, xlsxOf } from '../../helpers/knowledge/office-files.ts';
import { pdfOf, shiftJis } from '../../helpers/knowledge/pdf-file.ts';
import { openKnowHow } from './open-know-how.ts';

async function desk() {
  const site = await openKnowHow();
  const { knowledge } = site;
  const take = async (name: string, bytes: Buffer) => {
    const made = await knowledge.addFile({ name, bytes, tags: [], modifiedAt: null });
    const { text, chunks } = knowledge.get(made.id);
    return { made, text, chunks };
  };
  /** what a citation of the best passage says, and the very words it opens */
  const cited = async (question: string) => {
    const { hits } = await knowledge.search(question, 1);
    const [hit] = hits;
    if (!hit) return null;
    const { text, chunks } = knowledge.get(hit.documentId);
    const passage = chunks.find((chunk) => chunk.id === hit.chunkId);
    expect(passage?.place).toEqual(hit.place);
    return { title: hit.title, place: hit.place, words: text.slice(passage?.from, passage?.to) };
  };
  return { ...site, take, cited };
}

describe('a Word file', () => {
  it('is its words under their headings, found and cited by the heading', async () => {
    const { take, cited } = await desk();
    const { made, text } = await take(
      '夜間対応.docx',
      docxOf(
        [
          paragraph('目次の行', '11'),
          paragraph('夜間の対応', '1'),
          paragraph('ＡＢＣ－１２３の画面を開く。'),
          paragraph('回線が切れたとき', 'own'),
          paragraph('ルーターを抜き差しし、業者に電話する。'),
        ].join(''),
        { author: '佐藤' },
      ),
    );
    expect(made).toMatchObject({ title: '夜間対応.docx', source: 'file', author: '佐藤', state: 'indexed' });
    expect(text).toBe(
      '# 夜間の対応\n\nＡＢＣ－１２３の画面を開く。\n\n## 回線が切れたとき\n\nルーターを抜き差しし、業者に電話する。',
    );
    expect(await cited('業者に電話')).toEqual({
      title: '夜間対応.docx',
      place: { kind: 'heading', heading: '回線が切れたとき' },
      words: '## 回線が切れたとき\n\nルーターを抜き差しし、業者に電話する。',
    });
  });

  it('has the numbers of its steps as Word shows them', async () => {
    const { take } = await desk();
    const { text } = await take(
      'a.docx',
      docxOf(
        [
          item('止める', 1),
          item('電源を切る', 1, 1),
          item('蓋を開ける', 1, 1),
          item('戻す', 1),
          item('蓋を閉める', 1, 1),
          item('記録する', 2),
        ].join(''),
      ),
    );
    expect(text.split('\n')).toEqual([
      '手順1. 止める',
      '① 電源を切る',
      '② 蓋を開ける',
      '手順2. 戻す',
      '① 蓋を閉める',
      '- 記録する',
    ]);
  });

  it('has each word once: no readings, nothing deleted or hidden, no second form', async () => {
    const { take } = await desk();
    const ruby = `<w:r><w:ruby><w:rt>${run('ほせい')}</w:rt><w:rubyBase>${run('補正')}</w:rubyBase></w:ruby></w:r>`;
    const { text } = await take(
      'a.docx',
      docxOf(
        [
          paragraph(
            `${ruby}${run('の')}<w:ins>${run('新しい')}</w:ins><w:del>${run('古い')}</w:del>${run('手順')}`,
          ),
          paragraph(`${run('見える')}${run('見えない', '<w:vanish/>')}${run('語', '<w:vanish w:val="0"/>')}`),
          paragraph(
            `<mc:AlternateContent><mc:Choice><w:r><w:txbxContent>${paragraph('枠の中')}</w:txbxContent></w:r></mc:Choice><mc:Fallback>${paragraph('枠の中')}</mc:Fallback></mc:AlternateContent>${run('枠の外')}`,
          ),
        ].join(''),
      ),
    );
    expect(text).toBe('補正の新しい手順\n\n見える語\n\n枠の中\n\n枠の外');
  });

  it('tells a table row by row', async () => {
    const { take } = await desk();
    const cell = (text: string): string => `<w:tc>${paragraph(text)}</w:tc>`;
    const row = (...cells: string[]): string => `<w:tr>${cells.map(cell).join('')}</w:tr>`;
    const { text } = await take(
      'a.docx',
      docxOf(`<w:tbl>${row('エラー', '対処')}${row('E102', '用紙を入れ直す')}</w:tbl>${paragraph('以上')}`),
    );
    expect(text).toBe('エラー、対処\nE102、用紙を入れ直す\n\n以上');
  });
});

describe('an Excel file', () => {
  const BOOK = xlsxOf([
    {
      name: 'エラー対処',
      rows: [
        ['エラー対処一覧'],
        null,
        ['エラー', '対処', '担当'],
        ['E102', '用紙を入れ直す', '佐藤'],
        ['E103', '<r><t>日付を</t></r><r><t>確かめる</t></r><rPh sb="0" eb="2"><t>ヒヅケ</t></rPh>', null],
      ],
    },
    {
      name: '連絡先',
      rows: [
        ['情シス', '内線２０４'],
        ['業者', '内線一〇〇'],
      ],
    },
    { name: '作業用', rows: [['見せない値']], hidden: true },
  ]);

  it('names its columns in every row, and a citation names sheet and row', async () => {
    const { take, cited } = await desk();
    const { made, text } = await take('対処表.xlsx', BOOK);
    expect(made.title).toBe('対処表.xlsx');
    expect(text).toBe(
      '# エラー対処\n\nエラー対処一覧\n\nエラー: E102\n対処: 用紙を入れ直す\n担当: 佐藤\n\nエラー: E103\n対処: 日付を確かめる\n\n# 連絡先\n\n情シス: 内線２０４\n業者: 内線一〇〇',
    );
    expect(await cited('業者の内線')).toMatchObject({
      place: { kind: 'sheet', sheet: '連絡先', first: 1, last: 2 },
      words: '# 連絡先\n\n情シス: 内線２０４\n業者: 内線一〇〇',
    });
    expect((await cited('E103'))?.place).toEqual({ kind: 'sheet', sheet: 'エラー対処', first: 1, last: 5 });
  });

  it('says a long sheet by the rows of each passage', async () => {
    const { take, cited } = await desk();
    const rows = Array.from({ length: 60 }, (_, i) => [
      `E${200 + i}`,
      `第${i}工程の機械を止め、蓋を開けて詰まった用紙を取り除き、班長に報告する`,
      '製造',
    ]);
    await take('長い表.xlsx', xlsxOf([{ name: '一覧', rows: [['エラー', '対処', '担当'], ...rows] }]));
    const found = await cited('E242');
    expect(found?.words).toContain('エラー: E242');
    const { place } = found ?? {};
    const span = place?.kind === 'sheet' ? [place.first, place.last] : [];
    expect(span[0]).toBeLessThanOrEqual(44);
    expect(span[1]).toBeGreaterThanOrEqual(44);
    expect((span[1] ?? 0) - (span[0] ?? 0)).toBeLessThan(10);
  });

  it('shows days, times, shares and numbers as the sheet does, and says merged cells of each row', async () => {
    const { take } = await desk();
    const { text } = await take(
      'a.xlsx',
      xlsxOf([
        {
          name: '計画',
          rows: [
            ['班', '日', '時刻', '割合', '数'],
            ['A', [46349, 1], [46349.5625, 2], [0.15, 3], 0.30000000000000004],
            [null, [46350, 1], { xml: '<c t="e"><v>#N/A</v></c>' }, { xml: '<c t="b"><v>1</v></c>' }, 1200],
          ],
          merged: ['A2:A3'],
        },
      ]),
    );
    expect(text).toBe(
      '# 計画\n\n班: A\n日: 2026/11/23\n時刻: 2026/11/23 13:30\n割合: 15%\n数: 0.3\n\n班: A\n日: 2026/11/24\n割合: TRUE\n数: 1200',
    );
  });
});

describe('a PowerPoint file', () => {
  it('is its slides in order, each cited by its number', async () => {
    const { take, cited } = await desk();
    const { text } = await take(
      '朝礼.pptx',
      pptxOf([
        { title: '夜間の対応', lines: ['認証が止まったら再起動する。'], notes: '写真を見せながら話す。' },
        { title: '隠した頁', lines: ['見せない。'], hidden: true },
        {
          lines: ['回線が切れたら業者に電話する。'],
          table: [
            ['業者', '内線'],
            ['北電工', '二〇四'],
          ],
        },
      ]),
    );
    expect(text).toBe(
      '# 夜間の対応\n\n認証が止まったら再起動する。\n\n写真を見せながら話す。\n\n回線が切れたら業者に電話する。\n\n業者、内線\n北電工、二〇四',
    );
    expect(await cited('回線が切れた')).toMatchObject({
      title: '朝礼.pptx',
      place: { kind: 'slide', first: 3, last: 3 },
      words: '回線が切れたら業者に電話する。\n\n業者、内線\n北電工、二〇四',
    });
    expect((await cited('写真'))?.place).toEqual({ kind: 'slide', first: 1, last: 1 });
  });
});

describe('a PDF', () => {
  const line = (text: string, y: number, x = 50, size = 12) => ({ codes: shiftJis(text), x, y, size });

  it('is read by the characters of Japanese fonts that are not in the file, and cited by its page', async () => {
    const { take, cited } = await desk();
    const { made, text } = await take(
      '手順書.pdf',
      pdfOf([
        [line('夜間に認証が止まったら補正端末を再起動する。', 780)],
        [line('プリンタの紙詰まりは後ろの扉を開ける。', 780)],
        [line('回線が切れたら業者の内線２０４に電話する。', 780)],
      ]),
    );
    expect(made).toMatchObject({ title: '手順書.pdf', state: 'indexed' });
    expect(text).toContain('内線２０４');
    expect(await cited('回線が切れた')).toEqual({
      title: '手順書.pdf',
      place: { kind: 'page', first: 3, last: 3 },
      words: '回線が切れたら業者の内線２０４に電話する。',
    });
    const over = 'とても長い手順の文が続き、最後の言葉は次のページにまで';
    await take('続き.pdf', pdfOf([[line(over, 60)], [line('及んでいる。', 780)]]));
    expect((await cited('とても長い手順'))?.place).toEqual({ kind: 'page', first: 1, last: 2 });
  });

  it('joins what only the width of the page has broken, and closes up what is set wide', async () => {
    const { take } = await desk();
    const wide = [...'夜間対応手順'].map((c, i) => line(c, 800, 50 + i * 30));
    const { text } = await take(
      'a.pdf',
      pdfOf([
        [
          ...wide,
          line('認証サービスが止まったときは、まず補正端末を再起動し、それでも直らな', 760),
          line('い場合は情報システム部に連絡する。', 742),
          line('1. 止める', 700),
          line('2. 戻す', 682),
        ],
      ]),
    );
    expect(text).toBe(
      '夜間対応手順\n\n認証サービスが止まったときは、まず補正端末を再起動し、それでも直らない場合は情報システム部に連絡する。\n\n1. 止める\n2. 戻す',
    );
  });

  it('reads vertical text from top to bottom, its columns from the right', async () => {
    const { take } = await desk();
    const { text } = await take(
      '縦.pdf',
      pdfOf(
        [
          [
            line('回線が切れたときはルーターを抜き差しし、業者に電', 800, 500),
            line('話する。番号は壁に貼ってある。', 800, 480),
          ],
        ],
        { encoding: '90ms-RKSJ-V' },
      ),
    );
    expect(text).toBe('回線が切れたときはルーターを抜き差しし、業者に電話する。番号は壁に貼ってある。');
  });

  it('leaves out what stands on every page', async () => {
    const { take } = await desk();
    const { text } = await take(
      'a.pdf',
      pdfOf(
        ['止める。', '戻す。', '記録する。'].map((step, i) => [
          line('社外秘 夜間対応手順書', 820),
          line(step, 700),
          line(`- ${i + 1} -`, 30, 290),
        ]),
      ),
    );
    expect(text).toBe('止める。\n\n戻す。\n\n記録する。');
  });
});

describe('a document of a file', () => {
  it('keeps the places of what a person leaves as it is when the text is edited', async () => {
    const { take, knowledge } = await desk();
    const { made, text } = await take(
      '表.xlsx',
      xlsxOf([
        { name: '甲', rows: [['認証', '再起動']] },
        { name: '乙', rows: [['回線', '業者に電話']] },
      ]),
    );
    await knowledge.update(made.id, {
      title: made.title,
      text: text.replace('再起動', '再起動して待つ'),
      tags: [],
    });
    expect(knowledge.get(made.id).chunks.map(({ text: words, place }) => [words, place])).toEqual([
      [
        '# 甲\n\n認証: 再起動して待つ'.replace('\n\n', '\n'),
        { kind: 'sheet', sheet: '甲', first: 1, last: 1 },
      ],
      ['# 乙\n\n回線: 業者に電話'.replace('\n\n', '\n'), { kind: 'sheet', sheet: '乙', first: 1, last: 1 }],
    ]);
  });

  it('is the same after a restart, its places too', async () => {
    const { take, store, clock, tasks } = await desk();
    const { made, chunks } = await take('手順.docx', docxOf(paragraph('見出し', '1') + paragraph('本文。')));
    const { createKnowledge } = await import('../../../main/knowledge/index.ts');
    const { silentLog } = await import('../../../main/kernel/log.ts');
    const again = createKnowledge({ store, clock, tasks, log: silentLog });
    expect(again.get(made.id).chunks).toEqual(chunks);
    await again.close();
  });
});
