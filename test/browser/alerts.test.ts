// An alert arrives with what solves it, and one key approves it; in both languages.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Lang } from '../../main/api/contract/common.ts';
import type { Desk } from '../helpers/browser-desk.ts';
import { Stage } from '../helpers/browser-stage.ts';
import { like } from '../helpers/browser-words.ts';

describe.each<Lang>(['ja', 'en'])('the alert of the demo in %s', (lang) => {
  let stage: Stage;
  let desk: Desk;
  beforeAll(async () => {
    stage = await Stage.open();
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
    await expect.poll(() => card.getAttribute('data-status')).toBe('approved');
    await page.getByText(words.alerts.answer.approved).waitFor();
    // as the card does: it can be taken back at once
    await page.getByText(like(words.proposals.act.approved)).waitFor();
    await page.getByRole('button', { name: words.proposals.act.undo }).first().click();
    await expect.poll(() => card.getAttribute('data-status')).toBe('undone');
    expect(desk.problems).toEqual([]);
  });
});
