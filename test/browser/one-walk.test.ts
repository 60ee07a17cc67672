// One shortage read at every door of the page: situation, drawer, alert, card, chat and notification say the same, before a decision and after it.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cellIdOf } from '../../main/api/contract/common.ts';
import type { Desk } from '../helpers/browser-desk.ts';
import { Stage } from '../helpers/browser-stage.ts';

const CELLS = {
  札幌: { name: '札幌 SS エントリ1', id: cellIdOf('札幌', '523201', 'エントリ1') },
  横浜: { name: '横浜 健保 エントリ1', id: cellIdOf('横浜', '531102', 'エントリ1') },
} as const;
type Place = keyof typeof CELLS;
const CHANCE = /1%未満|99%超|\d+%/;
/** The chance of the opposite, as it is written. */
const opposite = (chance: string): string =>
  ({ '1%未満': '99%超', '99%超': '1%未満' })[chance] ?? `${100 - Number.parseInt(chance, 10)}%`;

describe('a shortage read on every screen', () => {
  let stage: Stage;
  let desk: Desk;
  beforeAll(async () => {
    stage = await Stage.open();
    desk = await stage.desk();
    const { page, words } = desk;
    await desk.go('settings/demo');
    // no new snapshot comes while the numbers are read
    await page.getByText(words.settings.speedPaused, { exact: true }).click();
    const paused = page.getByRole('radio', { name: words.settings.speedPaused, checked: true });
    await paused.waitFor({ state: 'attached' });
    await desk.button(words.settings.restart).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: words.settings.restart }).click();
    await dialog.waitFor({ state: 'hidden' });
    await desk.settled();
    await desk.go('alerts');
    await desk.button(words.alerts.check).first().click();
    await desk.settled();
  });
  afterAll(() => stage?.close());

  const chanceIn = async (text: Promise<string | null>): Promise<string> =>
    CHANCE.exec((await text) ?? '')?.[0] ?? 'none';
  const tile = (within: ReturnType<Desk['page']['locator']>, label: string) =>
    within
      .locator('button, div')
      .filter({ has: desk.page.getByText(label, { exact: true }) })
      .last();

  /** What the situation says of a queue: its tile, and its drawer with what is short and when it is done. */
  async function situationOf(place: Place) {
    const { page, words } = desk;
    await desk.go('situation');
    const shown = page.locator(`[data-cell="${CELLS[place].id}"]`);
    const onTile = await chanceIn(shown.textContent());
    await shown.click();
    const drawer = page.getByRole('dialog');
    const onTime = await chanceIn(tile(drawer, words.situation.column.pOnTime).textContent());
    const finish = /\d+:\d+/.exec(
      (await tile(drawer, words.situation.drawer.finishOfDue).textContent()) ?? '',
    )?.[0];
    await page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'hidden' });
    return { onTile, onTime, finish };
  }
  /** What its alert says: the tile, when it is done, and the card that came with it. */
  async function alertOf(place: Place) {
    const { page, words } = desk;
    await desk.go('alerts');
    const list = page.getByRole('navigation', { name: words.alerts.list });
    await list.getByRole('link').filter({ hasText: CELLS[place].name }).first().click();
    const main = page.locator('main');
    const late = await chanceIn(tile(main, words.alerts.pMiss).textContent());
    const finish = /\d+:\d+/.exec((await tile(main, words.alerts.finishOfDue).textContent()) ?? '')?.[0];
    const card = page.getByRole('article', { name: /^SGT\d{8}-[0-9a-f]{8}$/ });
    const row = card.getByRole('row').filter({ hasText: CELLS[place].name }).first();
    // while the clock is stopped no look follows by itself that would solve what this one had no time for
    await expect
      .poll(
        async () => {
          if ((await row.count()) > 0) return 'solved';
          await desk.button(words.alerts.check).first().click();
          return 'not yet';
        },
        { interval: 2_000 },
      )
      .toBe('solved');
    const change =
      ((await row.getByRole('cell').last().textContent()) ?? '').match(new RegExp(CHANCE, 'g')) ?? [];
    return { late, finish, before: change.at(0), after: change.at(-1) };
  }
  async function askedOf(place: Place): Promise<string> {
    const { page, words } = desk;
    await desk.go('chat');
    const answers = page.getByRole('article', { name: words.chat.assistant });
    const before = await answers.count();
    const input = page.getByRole('textbox', { name: words.chat.inputLabel });
    await input.fill(`${place}のエントリ1は間に合いますか`);
    await input.press('Enter');
    await expect.poll(() => answers.count()).toBe(before + 1);
    await answers.last().and(page.locator(':not([aria-busy])')).waitFor();
    return (await answers.last().textContent()) ?? '';
  }

  test.each<Place>(['札幌', '横浜'])('%s: the same chance and finish at every door', async (place) => {
    const { page, words } = desk;
    const { onTile, onTime, finish } = await situationOf(place);
    expect(onTime).toMatch(CHANCE);
    expect(onTile).toBe(onTime);
    const alert = await alertOf(place);
    expect(alert).toMatchObject({ late: opposite(onTime), finish, before: onTime });
    const asked = await askedOf(place);
    expect(asked).toContain(`遅れる確率${opposite(onTime)}`);
    expect(asked).toContain(finish);
    await page.getByRole('button', { name: words.frame.notifications.open }).click();
    const notice = page.getByRole('dialog').getByRole('article').filter({ hasText: CELLS[place].name });
    expect(await notice.first().textContent()).toContain(`間に合わない確率 ${opposite(onTime)}`);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
  });

  test('approved, every door says at once what the card promised', async () => {
    const { page, words } = desk;
    const { after } = await alertOf('札幌');
    await page.keyboard.press('a');
    await page.getByText(words.alerts.answer.approved).waitFor();
    await expect.poll(() => situationOf('札幌')).toMatchObject({ onTile: after, onTime: after });
    const { finish } = await situationOf('札幌');
    expect(await alertOf('札幌')).toMatchObject({ late: opposite(after ?? ''), finish });
    const asked = await askedOf('札幌');
    expect(asked).toContain(`遅れる確率${opposite(after ?? '')}`);
    expect(asked).toContain('対策済み');
    expect(desk.problems).toEqual([]);
  });
});
