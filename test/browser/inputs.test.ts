// Whatever people type: conversions of an input method, full-width digits, half-width kana, emoji, a megabyte.
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Desk } from '../helpers/browser/desk.ts';
import { Stage } from '../helpers/browser/stage.ts';
import { like } from '../helpers/browser/words.ts';

let stage: Stage;
let desk: Desk;
beforeAll(async () => {
  stage = await Stage.open();
  desk = await stage.desk();
});
afterAll(() => stage.close());

const chatInput = () => desk.page.getByRole('textbox', { name: desk.words.chat.inputLabel });
const questions = () => desk.page.getByRole('article', { name: desk.words.chat.you });
const answers = () => desk.page.getByRole('article', { name: desk.words.chat.assistant });
const answered = () => answers().last().getByText(like(desk.words.chat.stepsDone)).waitFor();

/** A key pressed while the input method is converting `text`, then the conversion confirmed: what a Japanese typist does all day. */
async function convert(field: Locator, text: string, key: 'Enter' | 'Escape' = 'Enter'): Promise<void> {
  await field.focus();
  const line = await desk.context.newCDPSession(desk.page);
  await line.send('Input.imeSetComposition', {
    text,
    selectionStart: text.length,
    selectionEnd: text.length,
  });
  for (const type of ['rawKeyDown', 'keyUp'] as const)
    await line.send('Input.dispatchKeyEvent', { type, key, code: key, windowsVirtualKeyCode: 229 });
  await line.send('Input.insertText', { text });
  await line.detach();
  await expect.poll(() => field.inputValue()).toContain(text);
  await desk.page.waitForTimeout(60); // nobody presses the next key sooner, and the guard takes it for the conversion's
}

describe('the Enter that confirms a conversion', () => {
  test('sends nothing in the chat; the next one sends', async () => {
    await desk.go('chat');
    await convert(chatInput(), '札幌の残件は');
    expect(await chatInput().inputValue()).toBe('札幌の残件は');
    expect(await questions().count()).toBe(0);
    await chatInput().press('Enter');
    await answered();
    expect(await questions().count()).toBe(1);
  });

  test('opens nothing in the search of conversations', async () => {
    const before = desk.page.url();
    const search = desk.page.getByRole('textbox', { name: desk.words.chat.search });
    await convert(search, '札幌');
    expect(await search.inputValue()).toBe('札幌');
    expect(desk.page.url()).toBe(before);
    await search.fill('');
  });

  test('does not save the new name of a conversation; the next one does', async () => {
    const { page, words } = desk;
    await page
      .getByRole('button', { name: like(words.chat.menu) })
      .first()
      .click();
    await page.getByRole('menuitem', { name: words.chat.rename }).click();
    const name = page.getByRole('textbox', { name: words.chat.renameTitle });
    await name.fill('');
    await convert(name, '夕方の札幌');
    expect(await name.inputValue()).toBe('夕方の札幌');
    await name.press('Enter');
    await name.waitFor({ state: 'detached' });
    await page.getByRole('link', { name: like('夕方の札幌') }).waitFor();
  });

  test('runs nothing in the palette, and Esc only takes the conversion back', async () => {
    const { page, words } = desk;
    const before = page.url();
    await page.keyboard.press('Control+k');
    const search = page.getByPlaceholder(words.frame.palette.placeholder);
    await search.waitFor();
    await convert(search, 'ルール');
    expect(page.url()).toBe(before);
    await convert(search, 'の', 'Escape');
    expect(await search.inputValue()).toBe('ルールの');
    await page.keyboard.press('Escape');
    await search.waitFor({ state: 'detached' });
  });

  test('opens nothing in the search of know-how', async () => {
    await desk.go('knowledge');
    const search = desk.page.getByRole('textbox', { name: desk.words.knowledge.searchLabel });
    await convert(search, '残件が急に増えたとき');
    expect(await search.inputValue()).toBe('残件が急に増えたとき');
    await desk.page.getByRole('article').first().waitFor();
    expect(new URL(desk.page.url()).hash).toBe('#/knowledge');
  });
});

describe('numbers', () => {
  test('may be typed full-width, and are kept', async () => {
    await desk.go('settings/alerts');
    const danger = desk.field(desk.words.settings.dangerAt);
    await danger.fill('８５');
    await danger.press('Enter');
    await expect.poll(() => danger.inputValue()).toBe('85');
    await desk.page.reload();
    await desk.settled();
    await expect.poll(() => danger.inputValue()).toBe('85');
  });

  test('that make no sense are refused in words, and Esc takes them back', async () => {
    const every = desk.field(desk.words.settings.everyMinutes);
    const before = await every.inputValue();
    await every.fill('たくさん');
    await every.press('Enter');
    await desk.page.getByText(like(desk.words.common.wholeBetween)).waitFor();
    await every.press('Escape');
    await expect.poll(() => every.inputValue()).toBe(before);
  });
});

describe('the chat', () => {
  test('takes half-width kana and emoji as they are, and understands', async () => {
    await desk.go('chat');
    await chatInput().fill('ｻｯﾎﾟﾛのｴﾝﾄﾘ1工程が遅れています😱🙏');
    await chatInput().press('Enter');
    await answered();
    expect(await questions().last().textContent()).toContain('ｻｯﾎﾟﾛのｴﾝﾄﾘ1工程が遅れています😱🙏');
    for (const read of ['札幌', 'エントリ1'])
      await answers()
        .last()
        .getByRole('region', { name: desk.words.chat.understood })
        .getByRole('button', { name: read })
        .first()
        .waitFor();
  });

  test('refuses a megabyte with a clear message, and loses none of it', async () => {
    await desk.go('chat');
    const text = '札幌のエントリ1は間に合いますか。'.repeat(62_000);
    expect(text.length).toBeGreaterThan(1_000_000);
    const paste = async (pasted: string): Promise<void> => {
      await desk.page.evaluate((copied) => navigator.clipboard.writeText(copied), pasted);
      await chatInput().press('Control+v');
    };
    const refusal = (words: string) =>
      desk.page
        .getByRole('alert')
        .filter({ hasText: like(words) })
        .waitFor();
    await chatInput().fill('書きかけ');
    await paste(text);
    await refusal(desk.words.chat.notTakenIn);
    expect(await chatInput().inputValue()).toBe('書きかけ');
    expect(await desk.page.evaluate(() => navigator.clipboard.readText())).toBe(text);
    // a little too long is taken in, counted, kept, and not sent
    await chatInput().fill('');
    await paste(text.slice(0, 8_500));
    await refusal(desk.words.chat.tooLong);
    await chatInput().press('Enter');
    expect(await desk.button(desk.words.chat.send).isDisabled()).toBe(true);
    expect(await questions().count()).toBe(0);
    expect(await chatInput().inputValue()).toHaveLength(8_500);
    await chatInput().fill('');
  });

  test('sends with Ctrl+Enter when that is what the person chose', async () => {
    await desk.go('settings/general');
    await desk.page.getByText(desk.words.settings.sendCtrl).click();
    await desk.go('chat');
    await desk.page.getByText(desk.words.chat.sendHintCtrl).waitFor();
    await chatInput().fill('横浜の');
    await chatInput().press('Enter');
    await chatInput().pressSequentially('残件は');
    expect(await questions().count()).toBe(0);
    expect(await chatInput().inputValue()).toBe('横浜の\n残件は');
    await chatInput().press('Control+Enter');
    await answered();
    expect(await questions().last().textContent()).toContain('横浜の');
  });
});

test('nothing went wrong meanwhile', () => {
  expect(desk.problems).toEqual([]);
});
