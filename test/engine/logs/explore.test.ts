import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LineFilter, LogLine } from '../../../main/logs/contract/logs.ts';
import { parseWords, WordMatcher } from '../../../main/logs/search/words.ts';
import { foldWords } from '../../../main/logs/store/fold-words.ts';
import { NOW, recordOf, type StagedLine, stageExplore } from './explore-stage.ts';

type Explore = Awaited<ReturnType<typeof stageExplore>>['explore'];

async function allPages(explore: Explore, filter: LineFilter, order: 'newest' | 'oldest', limit: number) {
  const lines: LogLine[] = [];
  let after: string | undefined;
  do {
    const page = await explore.lines({ filter, order, limit, after });
    expect(page.lines.length).toBeLessThanOrEqual(limit);
    lines.push(...page.lines);
    after = page.next ?? undefined;
  } while (after !== undefined);
  return lines;
}
const texts = async (explore: Explore, filter: LineFilter): Promise<string[]> =>
  (await explore.lines({ filter, order: 'oldest' })).lines.map((line) => line.text);
const said = (...lines: string[]): StagedLine[] =>
  lines.map((text, i) => ({ id: i + 1, at: NOW - 60_000 + i, text }));

const WORDS = [
  'timeout',
  'Retry',
  'user=alice',
  'エラー',
  'ＷＥＢ',
  '30ms',
  'job',
  'req-38101a0b-2096',
  '10.0.0.7',
  '523201',
  'x1',
];
const line = fc.record({
  at: fc.integer({ min: NOW - 86_400_000, max: NOW }).map((at) => at - (at % 7)),
  source: fc.constantFrom('a', 'b', 'c'),
  level: fc.constantFrom(null, 'info', 'error' as const),
  service: fc.constantFrom(null, 'web', 'db'),
  template: fc.integer({ min: 1, max: 6 }),
  text: fc
    .array(fc.oneof(fc.constantFrom(...WORDS), fc.nat({ max: 999_999 }).map(String)), {
      minLength: 1,
      maxLength: 6,
    })
    .map((w) => w.join(' ')),
});
const some = <T>(...items: T[]) => fc.option(fc.subarray(items), { nil: undefined });
const filterOf = fc.record(
  {
    from: fc.integer({ min: NOW - 90_000_000, max: NOW }),
    to: fc.integer({ min: NOW - 90_000_000, max: NOW + 1000 }),
    sources: some('a', 'b', 'c'),
    services: some('web', 'db', ''),
    levels: some('info' as const, 'error' as const, '' as const),
    templates: some(1, 2, 3, 9),
    notTemplates: some(1, 4),
    text: fc
      .array(
        fc.constantFrom(
          ...WORDS,
          '-retry',
          '"job timeout"',
          'web',
          '9',
          'えらー',
          'alice',
          '-523201',
          '38101a0b',
          '10.0.0.7',
          '*7',
        ),
        { maxLength: 2 },
      )
      .map((w) => w.join(' ')),
  },
  { requiredKeys: [] },
);
function matches(record: ReturnType<typeof recordOf>, source: string, f: LineFilter): boolean {
  if (f.from !== undefined && record.at < f.from) return false;
  if (f.to !== undefined && record.at >= f.to) return false;
  if (f.sources && !f.sources.includes(source)) return false;
  if (f.services && !f.services.includes(record.service ?? '')) return false;
  if (f.levels && !f.levels.includes(record.level ?? '')) return false;
  if (f.templates && !f.templates.includes(record.template)) return false;
  if (f.notTemplates?.includes(record.template)) return false;
  const folded = foldWords(record.text);
  return parseWords(f.text ?? '').every((word) => new WordMatcher(word).isIn(folded) !== word.not);
}

describe('lines', () => {
  it('are those of the filter, each once, in order of time and id, whatever the pages, blocks and tails', async () => {
    const stage = await stageExplore();
    let next = 1;
    await fc.assert(
      fc.asyncProperty(
        fc.array(line, { minLength: 1, maxLength: 40 }),
        fc.integer({ min: 1, max: 9 }),
        filterOf,
        fc.integer({ min: 1, max: 7 }),
        async (drawn, size, filter, limit) => {
          await stage.store.write([
            ...['log_blocks', 'log_tail'].map((table) => ({ text: `DELETE FROM ${table}`, rows: [[]] })),
          ]);
          const bySource = Map.groupBy(
            drawn.map((d) => ({ ...d, id: next++ })),
            (d) => d.source,
          );
          for (const [source, lines] of bySource)
            await stage.put(
              source,
              lines.map(({ source: _, ...rest }) => rest),
              size,
            );
          const expected = [...bySource]
            .flatMap(([source, lines]) =>
              lines.map(({ source: _, ...rest }) => ({ source, record: recordOf(rest) })),
            )
            .filter(({ source, record }) => matches(record, source, filter))
            .map(({ record }) => record)
            .sort((a, b) => a.at - b.at || a.id - b.id)
            .map((r) => r.id);
          const oldest = await allPages(stage.explore, filter, 'oldest', limit);
          const newest = await allPages(stage.explore, filter, 'newest', limit);
          expect(oldest.map((l) => l.id)).toEqual(expected);
          expect(newest.map((l) => l.id)).toEqual(expected.toReversed());
        },
      ),
      { numRuns: 120 },
    );
  });

  it('stay in place while newer ones arrive between two pages', async () => {
    const { explore, put } = await stageExplore();
    const old = Array.from({ length: 30 }, (_, i) => ({ id: i + 1, at: NOW - 1000 + i, text: `line ${i}` }));
    await put('a', old, 7);
    const first = await explore.lines({ filter: {}, limit: 10 });
    await put('a', [{ id: 31, at: NOW, text: 'line 30' }]);
    const second = await explore.lines({ filter: {}, limit: 10, after: first.next ?? '' });
    expect([...first.lines, ...second.lines].map((l) => l.id)).toEqual(
      Array.from({ length: 20 }, (_, i) => 30 - i),
    );
  });

  it('come with their parameters, their bookmark, and the template they belong to now', async () => {
    const { explore, put, merged, partsOf } = await stageExplore();
    await put('a', [
      { id: 1, at: NOW, template: 7, text: 'INFO job 12 done', attributes: '{"pid":"4"}', host: 'INFO' },
    ]);
    merged.set(7, 3);
    partsOf.set(3, [
      { kind: 'word', text: 'job', gap: false },
      { kind: 'parameter', type: 'number', gap: true },
      { kind: 'word', text: 'done', gap: true },
    ]);
    await explore.bookmark(1, true, '夜間の再実行');
    const [first] = (await explore.lines({ filter: { templates: [3] } })).lines;
    expect(first).toEqual({
      id: 1,
      at: NOW,
      atGuessed: false,
      sourceId: 'a',
      service: 'web',
      level: 'info',
      host: 'INFO',
      templateId: 3,
      text: 'INFO job 12 done',
      lines: 1,
      parameters: [[9, 11]],
      attributes: '{"pid":"4"}',
      note: '夜間の再実行',
      bookmarked: true,
    });
  });

  it('of noise are left out unless asked for', async () => {
    const { explore, put, store } = await stageExplore();
    await put('a', [
      { id: 1, at: NOW, text: 'quiet', template: 1 },
      { id: 2, at: NOW, text: 'noisy', template: 2 },
    ]);
    await store.write([
      {
        text: `INSERT INTO log_templates (template_id, parts, text, miner, mark, created_at, revision) VALUES (2, '[]', 'noisy', '{}', 'noise', 0, 1)`,
        rows: [[]],
      },
    ]);
    expect(await texts(explore, {})).toEqual(['quiet']);
    expect(await texts(explore, { noise: true })).toEqual(['quiet', 'noisy']);
    expect(await texts(explore, { templates: [2] })).toEqual(['noisy']);
    expect(explore.counts({ filter: {}, by: 'level' }).total).toBe(1);
  });

  it('of noise that became part of another template go by its mark, like the template itself', async () => {
    const { explore, put, store, merged } = await stageExplore();
    await put('a', [
      { id: 1, at: NOW, text: 'quiet', template: 1 },
      { id: 2, at: NOW, text: 'noisy', template: 2 },
    ]);
    await store.write([
      {
        text: `INSERT INTO log_templates (template_id, parts, text, miner, mark, created_at, revision) VALUES (?, '[]', '', '{}', ?, 0, 1)`,
        rows: [
          [1, 'none'],
          [2, 'noise'],
        ],
      },
    ]);
    merged.set(2, 1);
    expect(await texts(explore, {})).toEqual(['quiet', 'noisy']);
    expect(explore.counts({ filter: {}, by: 'level' }).total).toBe(2);
  });
});

describe('words', () => {
  const found = async (query: string, ...lines: string[]): Promise<string[]> => {
    const { explore, put } = await stageExplore();
    await put('a', said(...lines));
    return texts(explore, { text: query });
  };
  it('are found in any width, case and kana, all of them, in any order', async () => {
    expect(
      await found('ｻｰﾊﾞｰ エラー', 'エラー: サーバ 3 が停止', 'サーバー３でえらー', 'サーバーは正常'),
    ).toEqual(['エラー: サーバ 3 が停止', 'サーバー３でえらー']);
    expect(await found('time ERROR', 'runtime error 5', 'error', 'TIME')).toEqual(['runtime error 5']);
  });
  it('in quotes are one, spaces apart as they may be', async () => {
    expect(
      await found('"connection reset"', 'connection   reset by peer', 'reset of the connection'),
    ).toEqual(['connection   reset by peer']);
  });
  it('with a minus must not be there', async () => {
    expect(await found('job -"timed out" -９', 'job 1 done', 'job 2 timed out', 'job 9 done')).toEqual([
      'job 1 done',
    ]);
  });
  it('with digits are whole numbers and ids, open where a star is', async () => {
    expect(await found('50', 'took 50 ms', 'took 50ms', 'took 150 ms', 'port 50010', 'x=50')).toEqual([
      'took 50 ms',
      'took 50ms',
      'x=50',
    ]);
    expect(await found('blk_7128*', 'blk_7128370237687728475', 'blk_17128')).toEqual([
      'blk_7128370237687728475',
    ]);
    expect(await found('*8475', 'blk_7128370237687728475', 'blk_84751')).toEqual(['blk_7128370237687728475']);
    expect(await found('9f4ef63', 'token 9f4ef63 ok', 'token a9f4ef63 no')).toEqual(['token 9f4ef63 ok']);
    expect(await found('10.2.3.45', 'from 10.2.3.45:80', 'from 110.2.3.45', 'from 10.2.3.456')).toEqual([
      'from 10.2.3.45:80',
    ]);
  });
});

describe('a regular expression', () => {
  it('is asked of the line as it is', async () => {
    const { explore, put } = await stageExplore();
    await put('a', said('job 12 failed', 'Job 13 failed', 'job 14 done'));
    expect(await texts(explore, { regex: '^job \\d+ f' })).toEqual(['job 12 failed']);
  });
  it('that is not one is refused in words', async () => {
    const { explore } = await stageExplore();
    await expect(explore.lines({ filter: { regex: '(a' } })).rejects.toMatchObject({
      code: 'logs.bad-regex',
    });
    await expect(explore.export({ regex: '(a' }, 'text')).rejects.toMatchObject({ code: 'logs.bad-regex' });
  });
  it('that never ends is stopped, and the next search works', async () => {
    const { explore, put } = await stageExplore();
    await put('a', said(`${'a'.repeat(60)}!`));
    await expect(explore.lines({ filter: { regex: '^(a+)+$' } })).rejects.toMatchObject({
      code: 'logs.slow-search',
    });
    expect(await texts(explore, { regex: '!$' })).toHaveLength(1);
  });
  it('that never ends delays no search for words', async () => {
    const { explore, put } = await stageExplore();
    await put('a', said(`${'a'.repeat(60)}!`, 'the pump has stopped'));
    const ended: string[] = [];
    const endless = explore.lines({ filter: { regex: '(.*a){25}$' } }).then(
      () => ended.push('found'),
      () => ended.push('refused'),
    );
    expect(await texts(explore, { text: 'pump' })).toEqual(['the pump has stopped']);
    expect(ended).toEqual([]);
    await endless;
    expect(ended).toEqual(['refused']);
  });
});

describe('fields', () => {
  it('are values of attributes, of JSON lines, of pairs in the text, of the host, and of parameters', async () => {
    const { explore, put, partsOf } = await stageExplore();
    partsOf.set(5, [
      { kind: 'word', text: 'order', gap: false },
      { kind: 'parameter', type: 'number', gap: true },
    ]);
    await put('a', [
      { id: 1, at: NOW, text: 'order 17', template: 5, attributes: '{"trace_id":"t-1"}' },
      { id: 2, at: NOW, text: '{"msg":"x","user":{"name":"sato"}}', host: 'h1' },
      { id: 3, at: NOW, text: 'level=info user.name="sato" pid: 4' },
      { id: 4, at: NOW, text: 'sshd[99]: hello', template: 5 },
    ]);
    const ids = async (key: string, value: string, not = false): Promise<number[]> =>
      (await explore.lines({ filter: { fields: [{ key, value, not }] }, order: 'oldest' })).lines.map(
        (l) => l.id,
      );
    expect(await ids('trace_id', 't-1')).toEqual([1]);
    expect(await ids('user.name', 'sato')).toEqual([2, 3]);
    expect(await ids('host', 'h1')).toEqual([2]);
    expect(await ids('pid', '99')).toEqual([4]);
    expect(await ids('5.0', '17')).toEqual([1]);
    expect(await ids('pid', '4', true)).toEqual([1, 2, 4]);
  });
});

describe('context', () => {
  it('is what the source said before and after, in the order of the file, over blocks, the tail and days', async () => {
    const { explore, put } = await stageExplore();
    const midnight = Date.UTC(2026, 10, 20, 15);
    const own = Array.from({ length: 40 }, (_, i) => ({
      id: 1 + 2 * i,
      at: midnight - 20 + i,
      text: `own ${i}`,
    }));
    const other = Array.from({ length: 40 }, (_, i) => ({
      id: 2 + 2 * i,
      at: midnight - 20 + i,
      text: `other ${i}`,
    }));
    // a line out of time order stays where the file has it
    await put(
      'a',
      own.map((l, i) => (i === 19 ? { ...l, at: midnight + 5000 } : l)),
      6,
    );
    await put('b', other, 6);
    const lines = await explore.context({ id: 41, before: 3, after: 2 });
    expect(lines.map((l) => l.text)).toEqual(['own 17', 'own 18', 'own 19', 'own 20', 'own 21', 'own 22']);
    expect((await explore.context({ id: 1, before: 5, after: 0 })).map((l) => l.text)).toEqual(['own 0']);
    await expect(explore.context({ id: 9999 })).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('bookmarks and saved searches', () => {
  it('keep a note with a line, find marked lines, and are taken away again', async () => {
    const { explore, put } = await stageExplore();
    await put('a', said('one', 'two', 'three'));
    await explore.bookmark(2, true, 'a note');
    expect(await texts(explore, { bookmarked: true })).toEqual(['two']);
    expect(await explore.bookmark(2, true, 'another')).toMatchObject({ note: 'another' });
    expect(await explore.bookmark(2, false, null)).toMatchObject({ note: null, bookmarked: false });
    expect(await texts(explore, { bookmarked: true })).toEqual([]);
    await expect(explore.bookmark(77, true, null)).rejects.toMatchObject({ code: 'not-found' });
  });
  it('keep a filter under a name', async () => {
    const { explore } = await stageExplore();
    const saved = await explore.save('夜間', { levels: ['error'], text: 'タイムアウト' });
    expect(explore.saved()).toEqual([saved]);
    // one of the same name takes its place; what is asked by meaning is kept
    const next = await explore.save('夜間', { meaning: 'ディスクが遅い' });
    expect(explore.saved()).toEqual([next]);
    await explore.removeSaved(next.id);
    expect(explore.saved()).toEqual([]);
  });
});

describe('an export', () => {
  it('gives the text back as it was read, a table a spreadsheet will not run, or objects', async () => {
    const { explore, put } = await stageExplore();
    await put('a', [
      { id: 1, at: NOW, text: '=cmd|calc', ending: 'crlf' },
      { id: 2, at: NOW, text: 'a "b", c\n\tat x', lines: 2 },
      { id: 3, at: NOW, text: 'end', ending: 'none', service: null, level: null },
    ]);
    expect(await explore.export({}, 'text')).toMatchObject({
      mime: 'text/plain;charset=utf-8',
      text: '=cmd|calc\r\na "b", c\n\tat x\nend',
    });
    const csv = await explore.export({}, 'csv');
    expect(csv.name).toBe('logs-20261121150000.csv');
    expect(csv.text.split('\r\n').slice(0, 3)).toEqual([
      '\ufefftime,service,level,host,template,text,attributes,source,id',
      "2026-11-21 15:00:00,web,info,,1,'=cmd|calc,,a,1",
      '2026-11-21 15:00:00,web,info,,1,"a ""b"", c\n\tat x",,a,2',
    ]);
    expect(JSON.parse((await explore.export({ levels: [''] }, 'json')).text)).toMatchObject([
      { id: 3, service: null, text: 'end' },
    ]);
  });
});
