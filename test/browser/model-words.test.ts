// An answer that a model arranges, as a person sees it come: paragraph by paragraph, stopped, asked again, and as it was where the model says what it may not.
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Lang } from '../../main/api/contract/common.ts';
import type { Desk } from '../helpers/browser/desk.ts';
import { Stage } from '../helpers/browser/stage.ts';
import { like } from '../helpers/browser/words.ts';
import { type Asking, OpenAiFixture } from '../helpers/llm/openai-fixture.ts';

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
    .getByLabel(server.modelOf.replace('{role}', role.names.wording), { exact: true })
    .fill('gemma3-4b');
  await desk.button(server.save).click();
  await desk.page.getByText(server.saved, { exact: true }).first().waitFor();
});
afterAll(async () => {
  await stage.close();
  await fixture.close();
});

describe.each<[Lang, string, string, string]>([
  ['ja', '札幌のエントリ1工程が遅延しています', 'あわせて、', '残件は9,999件です。'],
  ['en', 'Entry 1 in Sapporo is late', 'In addition,', 'There are 9,999 items waiting.'],
])('in %s', (lang, question, connective, lie) => {
  let desk: Desk;
  /** The backlog that the composed answer states: the demo's day is today, and each day has its own. */
  let backlog = '';
  beforeAll(async () => {
    desk = await stage.desk({ lang });
    await desk.go('chat');
  });
  const answers = () => desk.page.getByRole('article', { name: desk.words.chat.assistant });
  /** before every second sentence: it never follows itself */
  const connecting = ({ name, options }: Asking): string =>
    (/[02468]$/.test(name) ? connective : options[0]) ?? '';
  const textOf = async (at: Locator): Promise<string> => (await at.textContent()) ?? '';
  const connected = async (at: Locator): Promise<number> => (await textOf(at)).split(connective).length - 1;
  /** @returns the answer that comes */
  const again = async (): Promise<Locator> => {
    const next = answers().nth(await answers().count());
    await desk.page.getByRole('button', { name: desk.words.chat.regenerate }).last().click();
    return next;
  };

  test('the composed answer is there at once; a paragraph is arranged whole, and it can be stopped', async () => {
    const { chat } = desk.words;
    const begun = Promise.withResolvers<void>();
    let first = '';
    fixture.picks = async (asking) => {
      first ||= asking.user;
      // the second paragraph never comes
      await (asking.user === first ? begun.promise : new Promise(() => {}));
      return connecting(asking);
    };
    await desk.page.getByRole('textbox', { name: chat.inputLabel }).fill(question);
    await desk.page.keyboard.press('Enter');
    const keep = desk.page.getByRole('button', { name: chat.keepWords });
    await keep.waitFor();
    const answer = answers().last();
    const stated = lang === 'ja' ? /残件は[\d,]+件/ : /[\d,]+ items waiting/;
    await expect.poll(() => textOf(answer)).toMatch(stated);
    [backlog = ''] = (await textOf(answer)).match(stated) ?? [];
    expect(await connected(answer)).toBe(0);
    begun.resolve();
    await expect.poll(() => connected(answer)).toBeGreaterThan(0);
    const sofar = await connected(answer);
    // names and quotations are not sent
    expect(first).toMatch(lang === 'ja' ? /〇〇/ : /XX/);
    expect(first).not.toContain('札幌');
    await keep.click();
    await keep.waitFor({ state: 'detached' });
    await answer.getByText(chat.arrangedByModel).waitFor();
    expect(await connected(answer)).toBe(sofar);
    await answer.getByText(like(chat.stepsDone)).click();
    await answer.getByText(lang === 'ja' ? /途中で止めました/ : /then stopped/).waitFor();
  });

  test('asked again it is arranged anew, and the page is at the new answer', async () => {
    fixture.picks = connecting;
    const answer = await again();
    await answer.getByText(desk.words.chat.arrangedByModel).waitFor();
    await expect.poll(() => connected(answer)).toBeGreaterThan(1);
    expect(await textOf(answer)).toContain(backlog);
    const you = desk.page.getByRole('article', { name: desk.words.chat.you }).last();
    await expect.poll(async () => (await you.boundingBox())?.y ?? 0).toBeLessThan(160);
    expect(await desk.page.getByRole('button', { name: desk.words.chat.latest }).count()).toBe(0);
  });

  test('where the model says what it may not the answer stays as it was, and that is told', async () => {
    fixture.picks = () => lie;
    const answer = await again();
    await answer.getByText(like(desk.words.chat.wordsKept.failed)).waitFor();
    const text = await textOf(answer);
    expect(text).not.toContain('9,999');
    expect(text).not.toContain(connective);
    expect(text).toContain(backlog);
    expect(desk.problems).toEqual([]);
  });
});
