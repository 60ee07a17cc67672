// What if: scenarios beside the situation as it is, kept, taken back, and turned into a proposal; in both languages.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Lang } from '../../main/api/contract/common.ts';
import type { Desk } from '../helpers/browser/desk.ts';
import { Stage } from '../helpers/browser/stage.ts';
import { like } from '../helpers/browser/words.ts';

describe.each<Lang>(['ja', 'en'])('what if, in %s', (lang) => {
  let stage: Stage;
  let desk: Desk;
  beforeAll(async () => {
    stage = await Stage.open();
    desk = await stage.desk({ lang, theme: lang === 'ja' ? 'light' : 'dark' });
  });
  afterAll(() => stage?.close());

  const words = () => desk.words.whatIf;
  const dialog = () => desk.page.getByRole('dialog');
  const choose = async (label: string | RegExp, option: string): Promise<void> => {
    await dialog().getByRole('combobox', { name: label }).click();
    await desk.page.getByRole('option', { name: option, exact: true }).click();
  };
  const apply = () => dialog().getByRole('button', { name: words().dialog.apply, exact: true }).click();
  const card = (name: string) => desk.page.locator(`section[aria-label="${name}"]`);
  const named = (n: number): string => words().newName.replace('{n}', String(n));
  const table = () => desk.page.getByRole('table', { name: words().table.title });
  const heads = () => table().locator('thead th').allTextContents();
  const verdicts = (scenario: number, verdict: 'better' | 'worse') =>
    table().locator(`tbody td:nth-child(${scenario + 2})[data-verdict="${verdict}"]`);

  test('half of 横浜 away: says whom that takes, and which deadlines get worse than as it is', async () => {
    await desk.go('what-if');
    await desk.page.getByText(words().empty.title).waitFor();
    await desk.button(words().add).first().click();
    await choose(new RegExp(`\\(${words().dialog.location}\\)`), '横浜');
    await dialog().getByText(words().dialog.whoKind.share, { exact: true }).click();
    await apply();
    const first = card(named(1));
    await first.getByText(lang === 'ja' ? '横浜で半分が不在' : '横浜: half of the people absent').waitFor();
    await first.getByText(lang === 'ja' ? /対象 \d+人/ : /\d+ people: /).waitFor();
    await expect.poll(() => verdicts(1, 'worse').count()).toBeGreaterThan(0);
    expect(await heads()).toEqual([words().table.cell, words().asIs, named(1)]);
  });

  test('a second one, begun from a process in danger, stands beside it with curves on one scale', async () => {
    const { page } = desk;
    await desk.go('situation');
    await page.locator('[data-cell][data-risk="danger"]').first().click();
    await page.getByRole('button', { name: desk.words.situation.whatIf, exact: true }).click();
    await page.waitForURL(/#\/what-if/);
    await choose(words().dialog.kind, words().dialog.kinds.extra);
    await dialog().getByRole('textbox', { name: words().dialog.count, exact: true }).fill('12');
    await apply();
    await expect.poll(() => verdicts(2, 'better').count()).toBeGreaterThan(0);
    expect(await heads()).toEqual([words().table.cell, words().asIs, named(1), named(2)]);
    expect(await verdicts(1, 'worse').count()).toBeGreaterThan(0);
    const curves = page.locator('figure');
    expect((await curves.count()) % 2).toBe(0);
    const told = await curves.nth(1).locator('[role="img"]').getAttribute('aria-label');
    expect(told).toContain(named(2));
    expect(told).toMatch(/%/);
  });

  test('a scenario is renamed, duplicated, left out of the comparison, deleted and brought back', async () => {
    const { page } = desk;
    const name = lang === 'ja' ? '台風' : 'Typhoon';
    const field = card(named(1)).getByLabel(words().card.name);
    await field.fill(name);
    await field.press('Enter');
    await card(name).waitFor();
    const act = async (of: string, what: string): Promise<void> => {
      await page.getByRole('button', { name: like(words().card.menu, { name: of }) }).click();
      await page.getByRole('menuitem', { name: what, exact: true }).click();
    };
    await act(name, words().card.duplicate);
    const copy = words().copyName.replace('{name}', name);
    await card(copy).waitFor();
    await expect.poll(heads).toEqual([words().table.cell, words().asIs, name, named(2), copy]);
    await act(named(2), words().card.hide);
    await expect.poll(heads).toEqual([words().table.cell, words().asIs, name, copy]);
    await act(copy, words().card.remove);
    await card(copy).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: desk.words.common.undo, exact: true }).click();
    await card(copy).waitFor();
    // kept for the next time, in whatever window
    await page.reload();
    await card(name).waitFor();
  });

  test('people moved by number become a proposal that sends exactly those, to be decided like any other', async () => {
    const { page } = desk;
    await desk.go('situation');
    await page.locator('[data-cell][data-risk="danger"]').first().click();
    await page.getByRole('button', { name: desk.words.situation.whatIf, exact: true }).click();
    await choose(words().dialog.kind, words().dialog.kinds.move);
    await choose(words().dialog.process, words().dialog.all);
    await dialog().getByRole('textbox', { name: words().dialog.count, exact: true }).fill('2');
    await apply();
    const last = page.locator('section[aria-label]').filter({ has: page.getByText(words().propose.moves) });
    await last.getByRole('button', { name: words().propose.moves, exact: true }).click();
    await page.waitForURL(/#\/proposals\/SGT/);
    const proposal = page.locator('article').first();
    await proposal.waitFor();
    await expect
      .poll(() => proposal.getByText(desk.words.proposals.moves.pinned).count())
      .toBeGreaterThanOrEqual(2);
    await proposal.getByRole('button', { name: like(desk.words.proposals.act.approve) }).waitFor();
  });

  test('a plan for half of 横浜 away says what it supposes and cannot be approved; solved as it is, it can', async () => {
    const { page } = desk;
    const { assumed, act } = desk.words.proposals;
    await desk.go('what-if');
    const first = card(lang === 'ja' ? '台風' : 'Typhoon');
    await first.getByRole('button', { name: words().propose.assumed, exact: true }).click();
    await page.waitForURL(/#\/proposals\/SGT/);
    const plan = page.locator('article').first();
    await plan.getByText(assumed.title).waitFor();
    await plan.getByText(lang === 'ja' ? '横浜で半分が不在' : '横浜: half of the people absent').waitFor();
    const approve = plan.getByRole('button', { name: like(act.approve) });
    expect(await approve.count()).toBe(0);
    await plan.getByRole('button', { name: assumed.action, exact: true }).click();
    await approve.waitFor();
    expect(await plan.getByText(assumed.title).count()).toBe(0);
    expect(desk.problems).toEqual([]);
  });
});
