// One shortage, one outage, one wave of work and one tomorrow: the same quantity on situation, drawer, alert, card, chat, notification,
// handover sheet and command line, before a decision, after it, and after it is taken back. One engine, one page, one clock that stands.
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Browser, Locator } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Alert } from '../../main/alerts/contract/alerts.ts';
import { UNDER_WAY } from '../../main/alerts/contract/words.ts';
import type { Situation, SituationRow } from '../../main/analytics/contract/situation.ts';
import { cellIdOf } from '../../main/api/contract/common.ts';
import { formatDate, formatDay, formatPercent, formatTime } from '../../main/api/contract/format.ts';
import { composeHandover } from '../../main/api/handover.ts';
import { serveSocket } from '../../main/api/index.ts';
import { type Engine, startEngine } from '../../main/engine.ts';
import { instantOf, ManualClock } from '../../main/kernel/clock.ts';
import { type LoopbackServer, openLoopback } from '../../main/loopback/index.ts';
import type { Proposal } from '../../main/placement/contract/placement.ts';
import { launchChromium } from '../helpers/browser/chromium.ts';
import { Desk } from '../helpers/browser/desk.ts';
import { root } from '../helpers/browser/host.ts';
import { toride } from '../helpers/command-line.ts';

const ZONE = 'Asia/Tokyo';
const MINUTE = 60_000;
const NAME = '札幌 SS エントリ1';
const TARGET = cellIdOf('札幌', '523201', 'エントリ1');
const QUESTION = '札幌のSSのエントリ1は間に合いますか';
const CHANCE = /1%未満|99%超|\d+%/;
const percent = (p: number | null | undefined): string => formatPercent(p ?? -1, 'ja');
const time = (at: number | null | undefined): string => formatTime(at ?? 0, ZONE, 'ja');

const clock = new ManualClock(instantOf('2026-11-20', 600, ZONE));
const dataDir = mkdtempSync(path.join(os.tmpdir(), 'toride-walk-'));
let engine: Engine;
let server: LoopbackServer;
let browser: Browser;
let desk: Desk;
beforeAll(async () => {
  engine = await startEngine({
    dataDir,
    wall: { now: () => clock.now(), every: (ms, work) => clock.every(ms, work) },
    schedule: false,
  });
  await engine.services.settings.set({ userName: '佐藤' });
  await engine.services.demo.start({ seed: 1, scenario: 'shortage', speed: 0 });
  server = await openLoopback({
    rendererDir: path.join(root, 'out/renderer'),
    port: 0,
    accept: (socket) => serveSocket(socket, engine.services),
    broken: () => {},
  });
  browser = await launchChromium();
  desk = await Desk.open(browser, server.url);
});
afterAll(async () => {
  await desk?.close();
  await browser?.close();
  await server?.close();
  await engine?.close();
  rmSync(dataDir, { recursive: true, force: true });
});

/** What the engine says each second where it runs by the clock. */
const tellTime = (): void => {
  const { events, clock: now } = engine.services;
  events.emit({ kind: 'tick', at: now.now() });
};
/** Lets the demo's time pass, and looks as the app does, until what can be solved is solved. */
async function later(minutes: number): Promise<void> {
  const { demo, alerts } = engine.services;
  await demo.start({ speed: 1 });
  clock.advance(minutes * MINUTE);
  await demo.tick();
  tellTime();
  await demo.start({ speed: 0 });
  await expect
    .poll(
      async () => {
        await alerts.check();
        return alerts.list().alerts.some(({ answer }) => answer?.kind === 'solving');
      },
      { timeout: 120_000 },
    )
    .toBe(false);
}
const row = (): SituationRow => {
  const found = engine.services.analytics.situation().rows.find(({ cellId }) => cellId === TARGET);
  if (!found) throw new Error('no row');
  return found;
};
const alert = (): Alert => {
  const found = engine.services.alerts
    .list()
    .alerts.find((a) => a.closedAt === null && a.kind === 'delay' && a.cell?.cellId === TARGET);
  if (!found) throw new Error('no alert');
  return found;
};
/** What the command line prints with --json. */
const cli = <T>(...args: string[]): T => toride(['--data', dataDir, ...args, '--json']).json<T>();
/** Lines of the sheet for the next shift. */
const sheet = (key: string): string[] =>
  composeHandover(engine.services)
    .sections.filter((section) => section.key === key)
    .flatMap((section) => section.lines.map((line) => line.ja));

const textOf = async (shown: Locator): Promise<string> => (await shown.textContent()) ?? '';
const tile = (within: Locator, label: string): Locator =>
  within
    .locator('button, div')
    .filter({ has: desk.page.getByText(label, { exact: true }) })
    .last();
const chanceOn = async (shown: Locator): Promise<string> => CHANCE.exec(await textOf(shown))?.[0] ?? 'none';
const clockOn = async (shown: Locator): Promise<string | undefined> =>
  /\d+:\d+/.exec(await textOf(shown))?.[0];

/** The queue's tile, and its drawer with when what is due is done. */
async function situationScreen() {
  const { page, words } = desk;
  await desk.go('situation');
  const shown = page.locator(`[data-cell="${TARGET}"]`);
  const { standstillSince } = row();
  // of a queue that stands still the tile says since when
  const stands =
    standstillSince !== null &&
    (await textOf(shown)).includes(words.situation.stands.replace('{time}', time(standstillSince)));
  const onTile = stands ? 'stands' : await chanceOn(shown);
  await shown.click();
  const drawer = page.getByRole('dialog');
  const onTime = await chanceOn(tile(drawer, words.situation.column.pOnTime));
  const finish = await clockOn(tile(drawer, words.situation.drawer.finishOfDue));
  await page.keyboard.press('Escape');
  await drawer.waitFor({ state: 'hidden' });
  return { onTile, onTime, finish };
}
/** The alert's tiles, and the first and last chance in its card's row of the queue; no card: nothing could be moved. */
async function alertScreen() {
  const { page, words } = desk;
  await desk.go('alerts');
  const list = page.getByRole('navigation', { name: words.alerts.list });
  await list.getByRole('link').filter({ hasText: NAME }).first().click();
  await desk.settled();
  const main = page.locator('main');
  const late = await chanceOn(tile(main, words.alerts.pMiss));
  const finish = await clockOn(tile(main, words.alerts.finishOfDue));
  if (alert().answer?.kind !== 'moves') return { late, finish, card: null };
  const card = page.getByRole('article', { name: /^SGT\d{8}-[0-9a-f]{8}$/ });
  const change = await textOf(
    card.getByRole('row').filter({ hasText: NAME }).first().getByRole('cell').last(),
  );
  const chances = change.match(new RegExp(CHANCE, 'g')) ?? [];
  return { late, finish, card: { before: chances.at(0), after: chances.at(-1) } };
}
async function ask(question: string): Promise<string> {
  const { page, words } = desk;
  await desk.go('chat');
  const answers = page.getByRole('article', { name: words.chat.assistant });
  const before = await answers.count();
  const input = page.getByRole('textbox', { name: words.chat.inputLabel });
  await input.fill(question);
  await input.press('Enter');
  await expect.poll(() => answers.count()).toBe(before + 1);
  await answers.last().and(page.locator(':not([aria-busy])')).waitFor();
  return textOf(answers.last());
}
/** What the newest notification about the queue says. */
async function notice(): Promise<string> {
  const { page, words } = desk;
  await page.getByRole('button', { name: words.frame.notifications.open }).click();
  const panel = page.getByRole('dialog');
  const text = await textOf(panel.getByRole('article').filter({ hasText: NAME }).first());
  await page.keyboard.press('Escape');
  await panel.waitFor({ state: 'hidden' });
  return text;
}

/** Every door tells the queue's chance, shortage, deadline, finish and plan as the situation does. */
async function expectOneTruth(): Promise<void> {
  const said = row();
  const known = alert();
  const late = 1 - (said.pOnTime ?? -1);
  expect(known.evidence).toMatchObject({
    pMiss: expect.closeTo(late, 9),
    backlog: said.backlog,
    due: said.due,
    shortItems: said.shortItems,
    deadline: said.deadline,
    finishAt: said.dueFinishAt,
    people: said.people,
    throughput: said.throughput,
  });
  expect(known.plan).toEqual(said.plan);
  const onTime = percent(said.pOnTime);
  const finish = said.dueFinishAt === null ? undefined : time(said.dueFinishAt);
  await expect.poll(situationScreen).toEqual({
    onTile: said.standstillSince === null ? onTime : 'stands',
    onTime,
    finish,
  });
  const screen = await alertScreen();
  expect(screen).toMatchObject({ late: percent(late), finish });
  // a plan that is under way is in the chance already
  if (screen.card) expect(screen.card[said.plan ? 'after' : 'before']).toBe(onTime);

  const asked = await ask(QUESTION);
  const answered = cli<{ message: { text: string } }>('ask', QUESTION).message.text;
  for (const text of [asked, answered]) {
    expect(text).toContain(`遅れる確率${percent(late)}`);
    expect(text).toContain(time(said.deadline));
    if (finish) expect(text).toContain(finish);
    expect(text.includes(UNDER_WAY.ja.slice(0, 4))).toBe(said.plan !== null);
    expect(text.includes(said.plan?.proposalId ?? 'SGT')).toBe(said.plan !== null);
  }
  const printed = cli<Situation>('situation').rows.find(({ cellId }) => cellId === TARGET);
  expect(printed).toEqual(said);

  const line = sheet('alerts').find((one) => one.includes(NAME)) ?? '';
  expect(line).toContain(percent(late));
  for (const { cell, deadline, pMiss } of known.deadlines.slice(1))
    expect(line.includes(`${cell.process} ${time(deadline)}`)).toBe(pMiss >= 0.5);
  const missed = `${NAME}：${time(said.deadline)}の納期、間に合う確率 ${onTime}`;
  expect(sheet('missed').some((one) => one.startsWith(missed))).toBe(late >= 0.5);
}
/** What rang, and the card that came with it, say what the alert says on every door. */
async function expectToldAlike(): Promise<void> {
  // the command looks itself, and may find a better plan than the look before: the page hears of it with the next look
  const { alerts: rung } = cli<{ alerts: Alert[] }>('alerts');
  await engine.services.alerts.check();
  const known = alert();
  expect(rung.find(({ id }) => id === known.id)).toMatchObject({
    evidence: known.evidence,
    answer: known.answer,
    proposalId: known.proposalId,
  });
  expect(await notice()).toContain(`間に合わない確率 ${percent(known.evidence?.pMiss)}`);
  if (known.answer?.kind !== 'moves') return;
  const { effects } = engine.services.placement.get(known.proposalId ?? '');
  const effect = effects.find((e) => e.cell.cellId === TARGET && e.deadline === row().deadline);
  expect(known.answer).toMatchObject({ before: effect?.before.pOnTime, after: effect?.after.pOnTime });
  expect(await alertScreen()).toMatchObject({
    card: { before: percent(effect?.before.pOnTime), after: percent(effect?.after.pOnTime) },
  });
  const shown = cli<{ proposal: Proposal }[]>('proposals').find(
    ({ proposal }) => proposal.id === known.proposalId,
  );
  expect(shown?.proposal.effects).toEqual(effects);
}

test.each([
  ['an outage', 'outage', [74, 4]],
  ['a wave of work', 'volume', [0, 4]],
  ['a shortage', 'shortage', [0]],
] as const)('%s reads the same at every door', async (_, scenario, looks) => {
  await engine.services.demo.start({ seed: 1, scenario, speed: 0 });
  for (const minutes of looks) await later(minutes);
  await expectOneTruth();
  await expectToldAlike();
});

test('approved, every door says what the card promised; taken back, what it was', async () => {
  await engine.services.demo.start({ seed: 1, scenario: 'shortage', speed: 0 });
  await later(0);
  const { approvals, alerts } = engine.services;
  const before = row();
  const { open } = alerts.list();
  const { card } = await alertScreen();
  tellTime();
  // pressed while another card takes its place, the key is not meant for it
  await expect
    .poll(
      async () => {
        await desk.page.keyboard.press('a');
        return approvals.list(1)[0]?.action;
      },
      { interval: 500 },
    )
    .toBe('approved');
  // the clock stands: what an open page says from here on it was told at once
  await desk.page.getByText(desk.words.alerts.answer.approved).waitFor();
  const counted = (count: number): Locator =>
    desk.page.getByRole('status', { name: desk.words.frame.openAlerts.replace('{count}', String(count)) });
  await counted(alerts.list().open).waitFor();
  expect(percent(row().pOnTime)).toBe(card?.after);
  expect(row().plan).toMatchObject({ proposalId: alert().proposalId });
  expect(alerts.list().open).toBeLessThan(open);
  await expectOneTruth();
  expect(await ask(QUESTION)).toContain(time(row().plan?.nextCheckAt));
  expect(sheet('alerts').find((line) => line.includes(NAME))).toContain(alert().proposalId);

  await desk.go('situation');
  const treated = desk.page.locator(`[data-cell="${TARGET}"]`).filter({ hasText: UNDER_WAY.ja });
  await treated.waitFor();
  const [decision] = approvals.list(1);
  await approvals.undo({ decisionId: decision?.id ?? '', actor: '佐藤' });
  expect(row()).toEqual(before);
  expect(alerts.list().open).toBe(open);
  await treated.waitFor({ state: 'detached' });
  await counted(open).waitFor();
  await expectOneTruth();
});

test('tomorrow: its date and its lowest chance are the same in chat, on the card and on the command line', async () => {
  await engine.services.demo.start({ seed: 1, scenario: 'shortage', speed: 0 });
  const text = await ask('明日の配置を最適化してください');
  const [plan] = engine.services.placement.list(1);
  const lowest = plan?.day?.lowest?.after;
  expect(plan).toMatchObject({ scope: { horizon: 'next-day' }, day: { date: '2026-11-21' } });
  const noon = instantOf('2026-11-21', 720, ZONE);
  expect(text).toContain(formatDate(noon, ZONE, 'ja'));
  expect(text).toContain(`${percent(lowest?.pOnTime)}です`);
  expect(text).toContain(time(lowest?.deadline));
  await desk.go(`proposals/${plan?.id}`);
  const card = await textOf(desk.page.getByRole('article', { name: plan?.id ?? '?' }));
  expect(card).toContain(`${formatDay('2026-11-21', 'ja')}の計画`);
  expect(card).toContain(percent(lowest?.pOnTime));
  expect(card).toContain(time(lowest?.deadline));
  const printed = cli<{ proposal: Proposal }[]>('proposals').find(({ proposal }) => proposal.id === plan?.id);
  expect(printed?.proposal.day).toEqual(plan?.day);
  expect(desk.problems).toEqual([]);
});
