// How a question was read, shown and corrected: chips, words that were not understood, a card discussed; in both languages.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Lang } from '../../main/api/contract/common.ts';
import type { Desk } from '../helpers/browser/desk.ts';
import { Stage } from '../helpers/browser/stage.ts';
import { like } from '../helpers/browser/words.ts';

describe.each<Lang>(['ja', 'en'])('a question read, in %s', (lang) => {
  let stage: Stage;
  let desk: Desk;
  beforeAll(async () => {
    stage = await Stage.open();
    desk = await stage.desk({ lang, theme: lang === 'ja' ? 'light' : 'dark' });
  });
  afterAll(() => stage?.close());

  const words = () => desk.words.chat;
  const say = (ja: string, en: string): string => (lang === 'ja' ? ja : en);
  const input = () => desk.page.getByRole('textbox', { name: words().inputLabel });
  const answers = () => desk.page.getByRole('article', { name: words().assistant });
  const last = () => answers().last();
  const chips = () => last().getByRole('region', { name: words().understood });
  const chip = (text: string) => chips().getByRole('button', { name: new RegExp(`: ${text}$`) });
  /** Waits for the answer to what `act` asks. */
  const answerTo = async (act: () => Promise<void>): Promise<string> => {
    const before = await answers().count();
    await act();
    await expect.poll(() => answers().count()).toBe(before + 1);
    await last().and(desk.page.locator(':not([aria-busy])')).waitFor();
    return (await last().textContent()) ?? '';
  };
  const ask = (text: string): Promise<string> =>
    answerTo(async () => {
      await input().fill(text);
      await input().press('Enter');
    });

  test('its parts are chips; one exchanged re-answers for that one, and the question stays as it was asked', async () => {
    await desk.go('chat');
    const question = say('札幌の残件は？', 'What is the backlog of Sapporo?');
    expect(await ask(question)).toContain('札幌');
    await chip('札幌').click();
    const text = await answerTo(() => desk.page.getByRole('menuitem', { name: '盛岡', exact: true }).click());
    expect(text).toContain('盛岡');
    await chip('盛岡').waitFor();
    expect(await chip('札幌').count()).toBe(0);
    expect(await desk.page.locator('[data-question]').allTextContents()).toEqual(
      expect.arrayContaining([expect.stringContaining(question)]),
    );
  });

  test('one taken away re-answers without it', async () => {
    await chip('盛岡').click();
    await answerTo(() =>
      desk.page.getByRole('menuitem', { name: say('外す', 'Remove'), exact: true }).click(),
    );
    expect(await chip('盛岡').count()).toBe(0);
    expect(await last().textContent()).toMatch(/\d/);
  });

  test('a word that was not understood is marked in the question and said in the answer', async () => {
    const odd = say('ぽんぽこ', 'flibbertigibbet');
    const text = await ask(say(`札幌の${odd}な残件は？`, `What is the ${odd} backlog of Sapporo?`));
    expect(text).toContain(say('読み取れなかった', 'not understood'));
    const marked = await desk.page.locator('[data-question]').last().locator('mark').allTextContents();
    expect(marked.join('')).toContain(odd);
  });

  test('a name that is no name here offers those that are; picked, the question is asked with it', async () => {
    await ask(say('名古屋の残件は？', 'Backlog of Nagoya?'));
    const text = await answerTo(() =>
      last().getByRole('list', { name: words().leftTitle }).getByRole('button', { name: /横浜/ }).click(),
    );
    expect(text).toContain('横浜');
    await chip('横浜').waitFor();
    expect(await desk.page.locator('[data-question]').last().locator('mark').count()).toBe(0);
  });

  test('two things asked at once say what each of them is, and one can be taken away', async () => {
    await ask(
      say('横浜の残件は？ あと札幌への応援の案を出して', 'Backlog of Yokohama? And propose help for Sapporo'),
    );
    await chip('横浜').waitFor();
    await chip(say('応援の案', 'proposal')).click();
    await answerTo(() =>
      desk.page.getByRole('menuitem', { name: say('外す', 'Remove'), exact: true }).click(),
    );
    await chip('横浜').waitFor();
    expect(await chip('札幌').count()).toBe(0);
    expect(await last().locator('article[id^="SGT"]').count()).toBe(0);
  });

  test('a question that comes next is asked by its button', async () => {
    await ask(say('横浜の残件は？', 'What is the backlog of Yokohama?'));
    const next = last().getByRole('region', { name: words().next }).getByRole('button');
    const question = (await next.first().textContent()) ?? '';
    await answerTo(() => next.first().click());
    expect(await desk.page.locator('[data-question]').last().textContent()).toContain(question.trim());
  });

  test('a card is discussed and solved again within what was said; asking to approve only moves to the button', async () => {
    const card = () => last().locator('article[id^="SGT"]');
    await ask(say('札幌のエントリ1に応援の案を出して', 'Propose help for エントリ1 in 札幌'));
    await card().waitFor();
    const first = await card().getAttribute('id');
    await ask(say('2名以内で', 'At most two people'));
    await card().waitFor();
    expect(await card().getAttribute('id')).not.toBe(first);
    await ask(say('承認して', 'Approve it'));
    const approve = desk.page.getByRole('button', { name: like(desk.words.proposals.act.approve) }).last();
    await approve.waitFor();
    await expect.poll(() => approve.evaluate((button) => button === document.activeElement)).toBe(true);
    // nobody was moved
    await desk.go('history');
    expect(await desk.page.locator('main').getByText(/SGT-/).count()).toBe(0);
    expect(desk.problems).toEqual([]);
  });
});
