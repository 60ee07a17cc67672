// An alert arrives with what solves it, and one key approves it; in both languages. The first decision asks who decides.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Lang } from '../../main/api/contract/common.ts';
import { wordError } from '../../main/kernel/errors.ts';
import { POLICY_WORDS } from '../../main/settings/contract/words.ts';
import { sealPin } from '../../main/settings/index.ts';
import type { Desk } from '../helpers/browser/desk.ts';
import { Stage } from '../helpers/browser/stage.ts';
import { like } from '../helpers/browser/words.ts';

describe.each<Lang>(['ja', 'en'])('the alert of the demo in %s', (lang) => {
  let stage: Stage;
  let desk: Desk;
  beforeAll(async () => {
    stage = await Stage.open({
      settings: { userName: '' },
      policy: { approverPin: sealPin('4711'), openAtLogin: true },
    });
    desk = await stage.desk({ lang });
  });
  afterAll(() => stage?.close());

  test('says what its plan does, and is approved with the one key it shows', async () => {
    const { page, words } = desk;
    await desk.go('alerts');
    await page
      .getByRole('navigation', { name: words.alerts.list })
      .getByRole('link')
      .filter({ hasText: '札幌 SS エントリ1' })
      .first()
      .click();
    const answer = page.getByRole('status').filter({ hasText: /→\d|from .*% to/ });
    await answer.waitFor();
    expect(await answer.getByRole('button', { name: words.alerts.answer.approve }).textContent()).toContain(
      'A',
    );
    const card = page.getByRole('article', { name: /^SGT\d{8}-[0-9a-f]{8}$/ });
    await card.waitFor();
    // while something is typed the letter is a letter
    await page.keyboard.press('Control+k');
    await page.keyboard.type('a');
    await page.keyboard.press('Escape');
    expect(await card.getAttribute('data-status')).toBe('open');
    await desk.settled();
    await page.keyboard.press('a');
    // an approval is never by an account: the PIN and the name come first, the name once
    await desk.field(POLICY_WORDS.pin[lang]).fill('1234');
    await page.keyboard.press('Enter');
    await page.getByText(wordError({ code: 'policy.pin-wrong', params: {} }, lang).say).waitFor();
    await desk.field(POLICY_WORDS.pin[lang]).fill('4711');
    await page.keyboard.press('Enter');
    const name = page.getByRole('textbox', { name: POLICY_WORDS.name[lang] });
    await name.fill('佐藤 花子');
    await desk.shot('ask-name');
    await page.keyboard.press('Enter');
    await expect.poll(() => card.getAttribute('data-status')).toBe('approved');
    await page.getByText(words.alerts.answer.approved).waitFor();
    // as the card does: it can be taken back at once
    await page.getByText(like(words.proposals.act.approved)).waitFor();
    await page.getByRole('button', { name: words.proposals.act.undo }).first().click();
    await expect.poll(() => card.getAttribute('data-status')).toBe('undone');
    expect(desk.problems).toEqual([]);
  });

  test('what the policy fixes has a lock, and the policy in force is shown', async () => {
    await desk.go('settings/general');
    const { openAtLogin } = desk.words.settings;
    await desk.page.getByText(POLICY_WORDS.fixed[lang]).waitFor();
    const atLogin = desk.page.getByLabel(openAtLogin);
    expect([await atLogin.isChecked(), await atLogin.isDisabled()]).toEqual([true, true]);
    await desk.shot('policy-general');
    await desk.go('settings/about');
    await desk.page.getByText('policy.json').waitFor();
  });
});
