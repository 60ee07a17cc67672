import { afterEach, beforeEach, expect, test } from 'vitest';
import { CHAT_LIMIT } from '../../../main/chat/contract/chat.ts';
import { titleOf } from '../../../main/chat/sessions.ts';
import { sql } from '../../../main/store/index.ts';
import { answerTo, eventsOf, type Opened, openChat } from './open-chat.ts';

const DAY = 24 * 3_600_000;
let opened: Opened;
beforeEach(async () => {
  opened = await openChat();
});
afterEach(() => opened.close());

test('the first question opens a conversation and names it', async () => {
  const answer = await answerTo(opened.chat, '札幌のエントリ1は間に合いますか。\n急いでいます');
  expect(opened.chat.sessions()).toEqual([
    {
      id: answer.sessionId,
      title: '札幌のエントリ1は間に合いますか',
      pinned: false,
      createdAt: opened.clock.now(),
      updatedAt: opened.clock.now(),
      messages: 2,
      excerpt: null,
    },
  ]);
});
test('a conversation created empty takes its name from its first question, a named one keeps its own', async () => {
  const empty = await opened.chat.create();
  const named = await opened.chat.create({ title: '月末の確認' });
  await answerTo(opened.chat, 'What is late?', 'en', empty.id);
  await answerTo(opened.chat, 'What is late?', 'en', named.id);
  expect(opened.chat.sessions().map((session) => session.title)).toEqual(
    expect.arrayContaining(['What is late?', '月末の確認']),
  );
});
test.each([
  ['短い質問', '短い質問'],
  ['  Where   is the backlog?  ', 'Where is the backlog?'],
  ['あ'.repeat(60), `${'あ'.repeat(24)}…`],
  [`${'word '.repeat(30)}`, 'word word word word word word word word word…'],
  ['👩‍👩‍👧‍👦'.repeat(40), `${'👩‍👩‍👧‍👦'.repeat(24)}…`],
])('the title of %j', (question, title) => expect(titleOf(question)).toBe(title));

test('pinned ones come before newer ones', async () => {
  const a = await opened.chat.create({ title: 'a' });
  opened.clock.advance(1000);
  const b = await opened.chat.create({ title: 'b' });
  expect(opened.chat.sessions().map((session) => session.id)).toEqual([b.id, a.id]);
  expect(await opened.chat.pin(a.id, true)).toMatchObject({ pinned: true });
  expect(opened.chat.sessions().map((session) => session.id)).toEqual([a.id, b.id]);
  // a list of years is asked for in parts
  expect(opened.chat.sessions({ limit: 1 }).map((session) => session.id)).toEqual([a.id]);
  await opened.chat.pin(a.id, false);
  opened.clock.advance(1000);
  await answerTo(opened.chat, 'こんにちは', 'ja', a.id);
  expect(opened.chat.sessions().map((session) => session.id)).toEqual([a.id, b.id]);
});

test('search finds two-character words in titles and messages, in any spelling, and shows where', async () => {
  const long = `${'前置きです。'.repeat(20)}ログに認証エラーが出ています。${'続きです。'.repeat(20)}`;
  const log = await answerTo(opened.chat, `調査のお願い\n${long}`);
  const english = await answerTo(opened.chat, 'Is the SERVER slow?', 'en');
  const kana = await answerTo(opened.chat, 'サーバーが遅い');
  const found = (text: string) => opened.chat.sessions({ text }).map((session) => session.id);
  expect(found('認証')).toEqual([log.sessionId]);
  expect(opened.chat.sessions({ text: '認証' })[0]?.excerpt).toMatch(/^….{10,}認証エラー.{10,}…$/);
  expect(found('server')).toEqual([english.sessionId]);
  expect(found('ｻｰﾊﾞ')).toEqual([kana.sessionId]);
  expect(found('ＳＥＲＶＥＲ　slow')).toEqual([english.sessionId]);
  expect(found('認証 遅い')).toEqual([]);
  expect(found('調査')).toEqual([log.sessionId]);
  expect(found('  ')).toHaveLength(3);
  expect(found(`100% _'; DROP TABLE chat_sessions; --`)).toEqual([]);
});
test('a new name is searched, the old one no longer', async () => {
  const { sessionId } = await answerTo(opened.chat, 'こんにちは');
  const session = await opened.chat.create({ title: '引継ぎ' });
  await opened.chat.rename(session.id, '  夜勤メモ ');
  expect(opened.chat.sessions({ text: '夜勤' }).map((s) => s.title)).toEqual(['夜勤メモ']);
  expect(opened.chat.sessions({ text: '引継' })).toEqual([]);
  await expect(opened.chat.rename('nobody', 'x')).rejects.toMatchObject({ code: 'not-found' });
  expect(opened.chat.messages(sessionId)).toHaveLength(2);
});

test('a removed conversation can be brought back whole, and is gone for good after a day', async () => {
  const { sessionId } = await answerTo(opened.chat, 'こんにちは');
  const before = opened.chat.messages(sessionId);
  await opened.chat.remove(sessionId);
  expect(opened.chat.sessions()).toEqual([]);
  expect(opened.chat.sessions({ text: 'こん' })).toEqual([]);
  expect(() => opened.chat.messages(sessionId)).toThrow(expect.objectContaining({ code: 'not-found' }));
  await opened.chat.restore(sessionId);
  expect(opened.chat.messages(sessionId)).toEqual(before);

  await opened.chat.remove(sessionId);
  opened.clock.advance(DAY + 1);
  await opened.chat.remove((await opened.chat.create()).id);
  await expect(opened.chat.restore(sessionId)).rejects.toMatchObject({ code: 'not-found' });
  expect(opened.store.read.get(sql`SELECT count(*) AS n FROM chat_messages`)).toEqual({ n: 0 });
});

test('a conversation leaves as Markdown, JSON and CSV', async () => {
  const { sessionId } = await answerTo(opened.chat, '=1+1 と "引用", 改行\nあり');
  const file = (format: 'markdown' | 'json' | 'csv') => opened.chat.export(sessionId, format);
  const markdown = file('markdown');
  expect(markdown).toMatchObject({ name: '=1+1 と 引用 , 改行.md', mime: 'text/markdown' });
  expect(markdown.text).toContain('## 質問 2026-11-21 14:00:00\n\n=1+1 と "引用", 改行\nあり\n');
  const json = JSON.parse(file('json').text);
  expect(json).toMatchObject({ format: 'toride-chat', version: 1, session: { id: sessionId } });
  expect(json.messages).toEqual(opened.chat.messages(sessionId));
  const csv = file('csv').text;
  expect(csv.startsWith('\ufeffat,role,intent,proposal,text\r\n')).toBe(true);
  expect(csv).toContain(`2026-11-21 14:00:00,user,,,"'=1+1 と ""引用"", 改行\nあり"\r\n`);
});

test('a question may be anything a keyboard makes; what is no question is refused before anything is stored', async () => {
  for (const text of [
    '😀😀',
    'ｻｯﾎﾟﾛﾉｻﾞﾝｹﾝ',
    '１２３４５',
    '?',
    '\u0000札幌',
    '<script>alert(1)</script>',
    '𠮷野家',
    'أين',
  ]) {
    const { text: answer, body } = await answerTo(opened.chat, text);
    expect(answer.length).toBeGreaterThan(0);
    expect(body.error).toBeNull();
  }
  const count = opened.chat.sessions().length;
  const refused = async (text: string) => eventsOf(opened.chat.send({ text, lang: 'ja' }));
  for (const nothing of ['', '   \n\t', '\u200b\u200b', '　'])
    await expect(refused(nothing)).rejects.toMatchObject({ code: 'chat.empty' });
  await expect(refused('あ'.repeat(1_000_000))).rejects.toMatchObject({
    code: 'chat.too-long',
    params: { length: 1_000_000, limit: CHAT_LIMIT },
  });
  await expect(
    eventsOf(opened.chat.send({ text: 'x', lang: 'ja', sessionId: 'nobody' })),
  ).rejects.toMatchObject({
    code: 'not-found',
  });
  expect(opened.chat.sessions()).toHaveLength(count);
});

test('a long conversation stays whole and in order', async () => {
  const { sessionId } = await answerTo(opened.chat, '質問 0');
  for (let i = 1; i < 25; i++) await answerTo(opened.chat, `質問 ${i}`, 'ja', sessionId);
  const texts = opened.chat.messages(sessionId).filter((message) => message.role === 'user');
  expect(texts.map((message) => message.text)).toEqual(Array.from({ length: 25 }, (_, i) => `質問 ${i}`));
  expect(opened.chat.sessions()[0]).toMatchObject({ title: '質問 0', messages: 50 });
});
