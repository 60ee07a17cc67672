// A person in front of the page: one browser context, and everything that must never happen noted down.
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { Lang } from '../../../main/api/contract/common.ts';
import { WAIT_MS } from '../../limits.ts';
import { WORDS, type Words } from './words.ts';

export type Theme = 'light' | 'dark';
export type DeskOptions = {
  readonly lang?: Lang;
  readonly theme?: Theme;
  readonly width?: number;
  readonly height?: number;
  /** lets a test add its own script to the page */
  readonly bypassCSP?: boolean;
};
const LOCALE = { ja: 'ja-JP', en: 'en-US' } as const;

export class Desk {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly lang: Lang;
  readonly words: Words;
  /** console errors, uncaught errors and refusals of the content security policy, as they came */
  readonly problems: string[] = [];
  private constructor(context: BrowserContext, page: Page, lang: Lang) {
    this.context = context;
    this.page = page;
    this.lang = lang;
    this.words = WORDS[lang];
  }
  static async open(browser: Browser, url: string, o: DeskOptions = {}): Promise<Desk> {
    const lang = o.lang ?? 'ja';
    const context = await browser.newContext({
      locale: LOCALE[lang],
      timezoneId: 'Asia/Tokyo',
      colorScheme: o.theme ?? 'light',
      reducedMotion: 'reduce',
      viewport: { width: o.width ?? 1360, height: o.height ?? 860 },
      bypassCSP: o.bypassCSP ?? false,
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    context.setDefaultTimeout(WAIT_MS);
    const page = await context.newPage();
    const desk = new Desk(context, page, lang);
    const note = (what: string): void => void desk.problems.push(what);
    page.on('pageerror', (error) => note(`error: ${error.stack ?? error.message}`));
    page.on('console', (message) => {
      if (message.type() === 'error') note(`console: ${message.text()}`);
    });
    await context.exposeBinding('noteViolation', (_source, what: string) => note(`policy: ${what}`));
    await context.addInitScript(() => {
      const tell = Reflect.get(window, 'noteViolation') as (what: string) => void;
      document.addEventListener('securitypolicyviolation', (event) =>
        tell(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`),
      );
    });
    await page.goto(url);
    await page.locator('nav').first().waitFor();
    return desk;
  }
  /** Opens an address of the app, e.g. `settings/company`, and waits until its screen has what it shows. */
  async go(route: string): Promise<void> {
    await this.page.evaluate((hash) => {
      window.location.hash = hash;
    }, `#/${route}`);
    await this.settled();
  }
  /** The screen has stopped loading: it has its heading, and nothing has been busy for a few frames. */
  async settled(): Promise<void> {
    const { page } = this;
    await page.locator('main h1, main h2').first().waitFor({ state: 'attached' });
    await page.evaluate(async () => {
      const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
      const isBusy = () => document.querySelector('main [aria-busy="true"], main [data-loading]') !== null;
      for (let calm = 0; calm < 6; calm = isBusy() ? 0 : calm + 1) await frame();
      await document.fonts.ready;
    });
  }
  /** A button of the screen itself, not of the frame around it. */
  button(name: string | RegExp) {
    return this.page.locator('main').getByRole('button', { name, exact: typeof name === 'string' });
  }
  /** What is typed into, by its label. */
  field(label: string) {
    return this.page.getByLabel(label).and(this.page.locator('input, textarea')).first();
  }
  /** A picture for a person's eyes, where `TORIDE_SHOTS` names a folder for them. */
  async shot(name: string): Promise<void> {
    const folder = process.env['TORIDE_SHOTS'];
    if (folder) await this.page.screenshot({ path: `${folder}/${name}-${this.lang}.png`, fullPage: true });
  }
  close(): Promise<void> {
    return this.context.close();
  }
}

/** Every screen a person can open without having done anything first. */
export const ROUTES: readonly string[] = [
  'situation',
  'chat',
  'proposals',
  'board',
  'what-if',
  'analytics',
  'analytics/pace',
  'analytics/staffing',
  'analytics/forecast',
  'alerts',
  'timeline',
  'incidents',
  'incidents/anomalies',
  'incidents/remedies',
  'incidents/expected',
  'logs/explore',
  'logs/templates',
  'logs/clusters',
  'logs/clusters?of=incidents',
  'logs/services',
  'logs/sources',
  'reports',
  'history',
  'history/outcomes',
  'history/ledger',
  'history/audit',
  'knowledge',
  'knowledge/new',
  'knowledge/folders',
  'knowledge/index',
  'models',
  'models/known',
  'models/benchmarks',
  'models/server',
  'models/machine',
  'rules',
  'rules/drafts',
  'tasks',
  'settings/general',
  'settings/alerts',
  'settings/company',
  'settings/mapping',
  'settings/sync',
  'settings/demo',
  'settings/health',
  'settings/airgap',
  'settings/log',
  'settings/about',
  'settings/licences',
];
