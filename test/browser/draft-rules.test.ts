// The reason of a rejection becomes a draft rule, is tried on the past, and counts once a person says so.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Lang } from '../../main/api/contract/common.ts';
import type { Desk } from '../helpers/browser/desk.ts';
import { Stage } from '../helpers/browser/stage.ts';
import { like } from '../helpers/browser/words.ts';

const ASK: Record<Lang, (name: string) => string> = {
  ja: (name) => `${name}さんは動かさないで`,
  en: (name) => `Do not move ${name}`,
};
const LEAVING = { ja: '札幌から人を出さない', en: 'do not move anybody out of 札幌' };
const TRIED: Record<Lang, RegExp> = {
  ja: /この規則なら過去\d+件のうち[1-9]\d*件が変わった/,
  en: /With this rule [1-9]\d* of the (?:1 past proposal|last \d+ proposals) would have been different/,
};

describe.each<Lang>(['ja', 'en'])('in %s', (lang) => {
  let stage: Stage;
  let desk: Desk;
  beforeAll(async () => {
    stage = await Stage.open();
    desk = await stage.desk({ lang });
  });
  afterAll(() => stage?.close());

  test('a proposal is rejected with a note, which turns up as a draft that names where it came from', async () => {
    const { page, words } = desk;
    await desk.go('proposals?location=札幌&process=エントリ1');
    const card = page.locator('article').first();
    await card.waitFor();
    // how often this site's proposals held is said, and that nothing could be checked yet
    await card.getByText(/札幌.*(?:まだありません|could be checked yet)/).waitFor();
    await card
      .getByText(/直近30日で\d+回目|in 30 days/)
      .first()
      .waitFor();
    const name = (await card.locator('li b').first().textContent())!.replace(/さん$/, '');
    await card.getByRole('button', { name: like(words.proposals.act.reject) }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('radio').first().check();
    await dialog.locator('textarea').fill(ASK[lang](name));
    await dialog.getByRole('button', { name: words.proposals.reject.submit, exact: true }).click();
    await dialog.waitFor({ state: 'hidden' });

    await desk.go('rules/drafts');
    const draft = page.locator('article').first();
    await draft.waitFor();
    expect((await draft.textContent())!.replace(/\s/g, '')).toContain(ASK[lang](name).replace(/\s/g, ''));
    await draft.getByRole('link', { name: like(words.rules.drafts.fromRejection) }).waitFor();
    const confirm = draft.getByRole('button', { name: words.rules.drafts.confirm, exact: true });
    expect(await confirm.isDisabled()).toBe(true);
  });

  test('what was read wrong is put right in the form, and has to be tried as it stands', async () => {
    const { page, words } = desk;
    const draft = page.locator('article').first();
    const said = await draft.getAttribute('aria-label');
    const after = draft.getByLabel(words.rules.drafts.after);
    await after.fill('１５：００');
    await after.press('Enter');
    await page.locator(`article[aria-label*="15:00"]`).waitFor();
    // without anything named there is nothing to try
    const test = draft.getByRole('button', { name: words.rules.drafts.test, exact: true });
    await after.fill('');
    await after.press('Enter');
    await page.locator(`article[aria-label="${said}"]`).waitFor();
    expect(await test.isEnabled()).toBe(true);
    await draft.getByLabel(like(words.rules.drafts.clear, { name: words.rules.drafts.who })).click();
    await draft.getByText(words.rules.drafts.namesNothing).waitFor();
    expect(await test.isDisabled()).toBe(true);
    await desk.go('rules');
    await desk.go('rules/drafts');
    await page.locator(`article[aria-label="${said}"]`).waitFor();
  });

  test('it is tried on past proposals, confirmed, and is a rule in the next version', async () => {
    const { page, words } = desk;
    const draft = page.locator('article').first();
    await draft.getByRole('button', { name: words.rules.drafts.test, exact: true }).click();
    await draft.getByText(TRIED[lang]).waitFor();
    await draft.getByRole('button', { name: words.rules.drafts.confirm, exact: true }).click();
    await page.getByText(like(words.rules.saved, { n: 1 })).waitFor();
    await draft.waitFor({ state: 'hidden' });
    await desk.go('rules');
    const group = page.getByRole('group', { name: words.rules.constraints, exact: true });
    expect(await group.textContent()).toMatch(/動かさない|do not move/);
    await desk.go('history/audit');
    await page.getByText(lang === 'ja' ? 'ルールの下書きを採用' : 'draft rule confirmed').waitFor();
    await desk.go('history/ledger');
    expect(desk.problems).toEqual([]);
  });

  test('a rule is filled in by hand: nobody leaves a site, but people move within it', async () => {
    const { page, words } = desk;
    await desk.go('rules');
    const group = page.getByRole('group', { name: words.rules.constraints, exact: true });
    await group.getByRole('button', { name: words.rules.addRow, exact: true }).click();
    const accept = group.getByRole('button', { name: words.rules.takeOver, exact: true });
    expect(await accept.isDisabled()).toBe(true);
    const from = group.getByRole('group', { name: words.rules.drafts.from, exact: true });
    await from.getByRole('combobox', { name: words.rules.drafts.location }).click();
    await page.getByRole('option', { name: '札幌', exact: true }).click();
    await group.getByLabel(words.rules.drafts.leaving).check();
    await accept.click();
    await group.getByText(LEAVING[lang]).waitFor();
    await accept.waitFor({ state: 'detached' });
    expect(desk.problems).toEqual([]);
  });

  test('a sentence that asks for nothing known says so', async () => {
    const { page, words } = desk;
    await desk.go('rules/drafts');
    await page.getByLabel(words.rules.drafts.typed).fill('すべて承認して');
    await desk.button(words.rules.drafts.read).click();
    await page.getByText(words.rules.drafts.unread).waitFor();
    await page.getByText(words.rules.drafts.emptyTitle).waitFor();
  });

  test('one key puts what the next shift has to know on a sheet, from any screen', async () => {
    const { page, words } = desk;
    await desk.go('situation');
    await page.keyboard.press('Shift+H');
    const sheet = page.getByRole('dialog');
    await sheet.getByRole('heading', { level: 3 }).waitFor();
    expect(await sheet.getByRole('heading', { level: 4 }).count()).toBe(6);
    await sheet.locator('textarea').fill('引き継ぎメモ');
    await sheet.getByRole('button', { name: words.frame.handover.copy, exact: true }).click();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(
      /^(引き継ぎ|Handover)[\s\S]*引き継ぎメモ$/,
    );
    expect(desk.problems).toEqual([]);
  });
});
