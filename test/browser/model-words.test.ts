// An answer in a model's words as a person sees it come: filled as it comes, stopped, asked again, and refused where it says a number.
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Lang } from '../../main/api/contract/common.ts';
import type { Desk } from '../helpers/browser-desk.ts';
import { Stage } from '../helpers/browser-stage.ts';
import { like } from '../helpers/browser-words.ts';
import { OpenAiFixture, type Prompt } from '../helpers/openai-fixture.ts';
import { sentencesOf } from '../helpers/stand-in-models.ts';

let stage: Stage;
let fixture: OpenAiFixture;
beforeAll(async () => {
  [stage, fixture] = await Promise.all([Stage.open(), OpenAiFixture.start()]);
  const desk = await stage.desk();
  const { server, role } = desk.words.models;
  await desk.go('models/server');
  await desk.page.getByRole('switch', { name: server.enabled }).check();
  await desk.page.getByRole('textbox', { name: like(server.url) }).fill(fixture.url);
  await desk.page
    .getByLabel(server.modelOf.replace('{{role}}', role.names.wording), { exact: true })
    .fill('gemma3-4b');
  await desk.button(server.save).click();
  await desk.page.getByText(server.saved, { exact: true }).first().waitFor();
});
afterAll(async () => {
  await stage.close();
  await fixture.close();
});

describe.each<[Lang, string, string, string]>([
  ['ja', '札幌のエントリ1工程が遅延しています', '現在、', '残件は9,999件です。'],
  ['en', 'Entry 1 in Sapporo is late', 'As of now, ', 'There are 9,999 items waiting.'],
])('in %s', (lang, question, opening, lie) => {
  let desk: Desk;
  /** The backlog that the composed answer states: the demo's day is today, and each day has its own. */
  let backlog = '';
  beforeAll(async () => {
    desk = await stage.desk({ lang });
    await desk.go('chat');
  });
  const answers = () => desk.page.getByRole('article', { name: desk.words.chat.assistant });
  const opened = (line: string): string =>
    /^[・•]/.test(line) ? line : opening + line.replace(/^[A-HJ-Z]/, (letter) => letter.toLowerCase());
  const numbered = ({ user }: Prompt, say: (line: string, i: number) => string): string[] =>
    sentencesOf({ user }).map((line, i) => `${i + 1}: ${say(line, i)}\n`);
  const textOf = async (at: Locator): Promise<string> => (await at.textContent()) ?? '';
  /** How many sentences of an answer are the model's. */
  const openings = async (at: Locator): Promise<number> => (await textOf(at)).split(opening).length - 1;
  /** @returns the answer that comes */
  const again = async (): Promise<Locator> => {
    const next = answers().nth(await answers().count());
    await desk.page.getByRole('button', { name: desk.words.chat.regenerate }).last().click();
    return next;
  };

  test('the composed answer is there at once; a sentence takes its place whole, a refused one does not, and it can be stopped', async () => {
    const { chat } = desk.words;
    const begun = Promise.withResolvers<void>();
    const cut = Promise.withResolvers<void>();
    const rest = Promise.withResolvers<void>();
    fixture.writes = async function* (prompt) {
      const [first = '', second = '', third = '', ...others] = numbered(prompt, (line, i) =>
        i === 1 ? `${line}${lie}` : opened(line),
      );
      await begun.promise;
      // in the midst of a slot
      yield first.slice(0, first.indexOf('{{') + 3);
      await cut.promise;
      yield first.slice(first.indexOf('{{') + 3) + second + third;
      await rest.promise;
      yield* others;
    };
    await desk.page.getByRole('textbox', { name: chat.inputLabel }).fill(question);
    await desk.page.keyboard.press('Enter');
    const keep = desk.page.getByRole('button', { name: chat.keepWords });
    await keep.waitFor();
    const answer = answers().last();
    const stated = lang === 'ja' ? /残件は[\d,]+件/ : /[\d,]+ items waiting/;
    await expect.poll(() => textOf(answer)).toMatch(stated);
    [backlog = ''] = (await textOf(answer)).match(stated) ?? [];
    begun.resolve();
    cut.resolve();
    const [whole = ''] = opening.match(/^\S+/) ?? [];
    await answer.getByText(whole).first().waitFor();
    // three have been looked at, two of them are the model's
    await desk.page.getByText(like(chat.rewordingOf, { done: '3' })).waitFor();
    await expect.poll(() => openings(answer)).toBe(2);
    const now = await textOf(answer);
    expect(now).not.toContain('{{');
    expect(now).not.toContain('9,999');
    await keep.click();
    await keep.waitFor({ state: 'detached' });
    // stopped for good: what the model writes after that comes too late
    await answer.getByText(chat.wordedByModel).waitFor();
    rest.resolve();
    expect(await openings(answer)).toBe(2);
    await answer.getByText(like(chat.stepsDone)).click();
    await answer.getByText(lang === 'ja' ? /途中で止めました/ : /then stopped/).waitFor();
  });

  test('asked again it writes anew, with another seed, and the page is at the new answer', async () => {
    const seeds: number[] = [];
    fixture.writes = async function* (prompt) {
      seeds.push(prompt.seed);
      yield* numbered(prompt, opened);
    };
    const answer = await again();
    await answer.getByText(desk.words.chat.wordedByModel).waitFor();
    await expect.poll(() => openings(answer)).toBeGreaterThan(4);
    expect(await textOf(answer)).toContain(backlog);
    expect(new Set(seeds)).toEqual(new Set([2]));
    const you = desk.page.getByRole('article', { name: desk.words.chat.you }).last();
    await expect.poll(async () => (await you.boundingBox())?.y ?? 0).toBeLessThan(160);
    expect(await desk.page.getByRole('button', { name: desk.words.chat.latest }).count()).toBe(0);
  });

  test('where every sentence is refused the composed answer stays, and that is told', async () => {
    fixture.writes = async function* (prompt) {
      yield* numbered(prompt, (line) => `${line}${lie}`);
    };
    const answer = await again();
    await answer.getByText(like(desk.words.chat.wordsKept.refused)).waitFor();
    const text = await textOf(answer);
    expect(text).not.toContain('9,999');
    expect(text).not.toContain(opening);
    expect(text).toContain(backlog);
    expect(desk.problems).toEqual([]);
  });
});
