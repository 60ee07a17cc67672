// What a person meets without doing anything special: every screen, both languages, reload, a lost engine, a page without its key.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Lang } from '../../main/api/contract/common.ts';
import { type Desk, ROUTES } from '../helpers/browser/desk.ts';
import { Stage } from '../helpers/browser/stage.ts';
import { like, WORDS } from '../helpers/browser/words.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.open();
});
afterAll(() => stage.close());

/** Texts, labels and placeholders of the page that are a key of a dictionary or a slot nobody filled. */
const rawKeys = (desk: Desk): Promise<string[]> =>
  desk.page.evaluate((sections) => {
    const raw = new RegExp(`\\{[a-z]\\w*[|}]|\\b(?:${sections.join('|')})[.:][a-z][A-Za-z]+`);
    const texts = [...document.querySelectorAll('body, body *')].flatMap((element) => [
      ...[...element.childNodes].flatMap((node) =>
        node.nodeType === Node.TEXT_NODE ? [node.nodeValue ?? ''] : [],
      ),
      ...['aria-label', 'placeholder', 'title', 'alt'].map((name) => element.getAttribute(name) ?? ''),
    ]);
    return [...new Set(texts.filter((text) => raw.test(text)))];
  }, Object.keys(WORDS.ja));

/**
 * Japanese sentences left on an English page. Names of sites, processes and people are data, and have no hiragana; what a sentence
 * quotes is a log line's.
 */
const hiragana = async (desk: Desk): Promise<string[]> => {
  const texts = await desk.page.evaluate(() =>
    [...document.querySelectorAll('body *')]
      .filter((element) => element.childElementCount === 0)
      .map((element) => element.textContent),
  );
  return texts.filter((text) => /[ぁ-ん]/.test(text.replace(/“[^”]*”/g, ''))).slice(0, 5);
};
const switchTo = async (desk: Desk, lang: Lang): Promise<void> => {
  const now = lang === 'ja' ? 'en' : 'ja';
  await desk.page.getByRole('button', { name: `${WORDS[now].frame.lang.label}: ` }).click();
  await desk.page.locator(`html[lang="${lang}"]`).waitFor();
};

describe('every screen', () => {
  /** words that are theirs: know-how and log lines (a report lists new templates) were written in Japanese */
  const THEIRS = ['knowledge', 'logs/explore', 'logs/templates', 'logs/clusters', 'reports'];

  test('speaks both languages with no key left untranslated, and nothing goes wrong in the console', async () => {
    const desk = await stage.desk({ lang: 'ja' });
    const found: string[] = [];
    for (const lang of ['ja', 'en'] as const) {
      await desk.go('situation');
      if (lang === 'en') await switchTo(desk, lang);
      for (const route of ROUTES) {
        await desk.go(route);
        for (const text of await rawKeys(desk)) found.push(`${route} ${lang}: ${text}`);
        if (lang === 'en' && !THEIRS.some((theirs) => route.startsWith(theirs)))
          for (const text of await hiragana(desk)) found.push(`${route} in English: ${text}`);
      }
    }
    expect(found).toEqual([]);
    expect(desk.problems).toEqual([]);
    await desk.go('situation');
    await switchTo(desk, 'ja');
    await desk.close();
  });

  test('changes its language at once, on every page that is open', async () => {
    const one = await stage.desk({ lang: 'ja' });
    const other = await stage.desk({ lang: 'ja' });
    await one.go('rules');
    await other.go('settings/alerts');
    await switchTo(one, 'en');
    await other.page.getByRole('heading', { name: WORDS.en.settings.thresholds }).waitFor();
    await switchTo(other, 'ja');
    await one.page.getByRole('heading', { name: WORDS.ja.frame.screens.rules }).first().waitFor();
    await one.close();
    await other.close();
  });

  test('is dark in the dark', async () => {
    const desk = await stage.desk({ theme: 'dark' });
    const bright: string[] = [];
    for (const route of ROUTES) {
      await desk.go(route);
      bright.push(
        ...(await desk.page.evaluate((name) => {
          const lightness = (color: string): number => {
            const [r = 0, g = 0, b = 0, a = 1] = (color.match(/[\d.]+/g) ?? []).map(Number);
            return a < 0.5 ? 0 : (0.2126 * r + 0.7152 * g + 0.0722 * b) / 255;
          };
          const large = [...document.querySelectorAll('body, body *')].filter((element) => {
            const box = element.getBoundingClientRect();
            return box.width * box.height > 20_000;
          });
          return large
            .filter((element) => lightness(getComputedStyle(element).backgroundColor) > 0.6)
            .map((element) => `${name}: ${element.tagName} ${element.className}`);
        }, route)),
      );
    }
    expect(bright).toEqual([]);
    expect(desk.problems).toEqual([]);
    await desk.close();
  });

  test('an address that leads nowhere says so and shows the way home', async () => {
    const desk = await stage.desk();
    await desk.page.goto(`${stage.host.origin}/#/no-such-screen`);
    await desk.page.getByText(desk.words.frame.notFound).waitFor();
    await desk.button(desk.words.frame.toHome).click();
    await desk.page.waitForURL(/#\/situation$/);
    await desk.close();
  });
});

test('the demo lives: at sixty times the speed its numbers move on by themselves', async () => {
  const desk = await stage.desk();
  await desk.go('settings/demo');
  await desk.page.getByText(like(desk.words.settings.speedX, { n: 60 })).click();
  await desk.go('situation');
  const asOf = () => desk.page.locator('main').getByText(like(desk.words.situation.asOf)).textContent();
  const before = await asOf();
  await expect.poll(asOf).not.toBe(before);
  await desk.go('settings/demo');
  const { speedPaused } = desk.words.settings;
  await desk.page.getByText(speedPaused, { exact: true }).click();
  // else it goes on beside what comes next
  await desk.page.getByRole('radio', { name: speedPaused, checked: true }).waitFor({ state: 'attached' });
  await desk.close();
});

describe('the line to the engine', () => {
  const alarm = (desk: Desk) => desk.page.getByRole('status');

  test('a reload keeps the session and the place', async () => {
    const desk = await stage.desk();
    await desk.go('rules');
    await desk.page.reload();
    await desk.settled();
    expect(new URL(desk.page.url()).hash).toBe('#/rules');
    expect(await alarm(desk).filter({ hasText: desk.words.frame.banner.refused }).count()).toBe(0);
    // the key is in no address that could be copied or kept in the history
    expect(desk.page.url()).not.toContain('t=');
    await desk.close();
  });

  test('a page without its key says what to do', async () => {
    const desk = await stage.desk({ url: `${stage.host.origin}/` });
    await alarm(desk).filter({ hasText: desk.words.frame.banner.refused }).waitFor();
    await desk.page.getByText(desk.words.frame.banner.refusedHint).waitFor();
    await desk.close();
  });

  test('a dropped connection is said, comes back by itself, and what was being typed is still there', async () => {
    const desk = await stage.desk();
    await desk.context.addInitScript(() => {
      const sockets: WebSocket[] = [];
      Reflect.set(window, 'sockets', sockets);
      window.WebSocket = class extends WebSocket {
        constructor(url: string | URL, protocols?: string | string[]) {
          super(url, protocols);
          sockets.push(this);
        }
      };
    });
    await desk.page.reload();
    await desk.go('chat');
    const input = desk.page.getByRole('textbox', { name: desk.words.chat.inputLabel });
    await input.fill('書きかけの質問');
    const banner = alarm(desk).filter({ hasText: desk.words.frame.banner.lost });
    // the line may be back before anybody outside looks
    await desk.page.evaluate(
      (lost) =>
        new Promise<void>((resolve) => {
          new MutationObserver((_, observer) => {
            const said = [...document.querySelectorAll('[role="status"]')].some((s) =>
              s.textContent.includes(lost),
            );
            if (!said) return;
            observer.disconnect();
            resolve();
          }).observe(document.body, { childList: true, subtree: true, characterData: true });
          for (const socket of Reflect.get(window, 'sockets') as WebSocket[]) socket.close();
        }),
      desk.words.frame.banner.lost,
    );
    await banner.waitFor({ state: 'detached' });
    expect(await input.inputValue()).toBe('書きかけの質問');
    await desk.go('tasks');
    expect(desk.problems).toEqual([]);
    await desk.close();
  });

  test('an engine killed and started again has a new key: the page says that the new link must be opened, and it works in the same tab', async () => {
    const desk = await stage.desk();
    await desk.go('rules');
    await stage.restart();
    const banner = alarm(desk).filter({ hasText: desk.words.frame.banner.lost });
    await banner.waitFor();
    await desk.page.getByText(desk.words.frame.banner.lostHint).waitFor();
    // the other screens still open
    await desk.page.getByRole('link', { name: desk.words.frame.screens.knowledge }).click();
    await desk.page.locator('main h1').waitFor();
    await desk.page.goto(stage.host.url);
    await banner.waitFor({ state: 'detached' });
    await desk.go('situation');
    await desk.page.locator('[data-cell]').first().waitFor();
    await desk.close();
  });
});
