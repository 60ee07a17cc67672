// The manager's loop through the shell: the tray and a notification tell, a click opens the alert, and the approval reaches the company's MySQL.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Company } from '../helpers/browser/company.ts';
import { clockFrom } from '../helpers/moved-clock.ts';
import { MariaDb } from '../helpers/sync/mariadb.ts';
import { root, Shell } from './driver.ts';

const QUESTION = { ja: '札幌のエントリ1工程が遅延しています', en: 'エントリ1 at 札幌 is running late' };

let server: MariaDb;
beforeAll(async () => {
  server = await MariaDb.start();
});
afterAll(() => server.close());

describe.each(['ja', 'en'] as const)('in %s', (lang) => {
  let company: Company;
  let shell: Shell;
  let dataDir: string;
  beforeAll(async () => {
    company = await Company.open(server, { time: '14:30' });
    dataDir = mkdtempSync(path.join(os.tmpdir(), 'toride-shell-story-'));
    const url = server.url(company.database, company.account);
    const { status, stderr } = spawnSync(
      process.execPath,
      [
        path.join(root, 'out/main/cli.js'),
        '--data',
        dataDir,
        '--url',
        url,
        'connect',
        '--write-back',
        '--remember',
        'file',
      ],
      { encoding: 'utf8' },
    );
    expect([status, stderr]).toEqual([0, '']);
    // for the shell it is the afternoon of the company's day
    shell = new Shell({ dataDir, env: { STANDIN_LOCALE: lang, ...clockFrom(company.at('14:31')) } });
  });
  afterAll(async () => {
    await shell?.close();
    rmSync(dataDir, { recursive: true, force: true });
  });

  it('the operating system is told, and the tray counts', async () => {
    const told = await shell.saw('notification', { title: /札幌 SS エントリ1/ });
    expect(String(told['body'])).toMatch(lang === 'ja' ? /[ぁ-ん]/ : /[a-z]{3}/);
    await shell.saw('tray.tooltip', { text: lang === 'ja' ? /アラート [1-9] 件/ : /[1-9] alerts?$/ });
  });
  it('a click on it opens that alert', async () => {
    expect(await shell.do('notificationClick', { title: '札幌' })).toBe(true);
    await expect.poll(() => shell.evaluate('location.hash')).toMatch(/^#\/alerts\/./);
    await shell.text('main', '札幌 SS エントリ1');
  });
  it('asked, simulated and approved, the row is in approval_history', async () => {
    await shell.evaluate("void (location.hash = '#/chat')");
    await shell.page('fill', 'textarea', QUESTION[lang]);
    await shell.page('press', 'textarea', 'Enter');
    await shell.text('article[aria-label^="SGT"]', '札幌');
    const id = await shell.evaluate<string>(
      `document.querySelector('article[aria-label^="SGT"]').getAttribute('aria-label')`,
    );
    await shell.evaluate('document.activeElement.blur()');
    await shell.page('press', 'body', 's');
    await shell.text('article[aria-label^="SGT"] figure >> nth=0');
    await shell.page('press', 'body', 'a');
    await shell.page('fill', 'input[autocomplete="name"]', '佐藤');
    await shell.page('press', 'input[autocomplete="name"]', 'Enter');
    await expect.poll(async () => (await company.sql('SELECT 1 FROM approval_history')).length).toBe(1);
    const [row] = await company.sql<Record<string, string>>('SELECT * FROM approval_history');
    expect(row).toMatchObject({ suggestion_id: id, action_type: 'approved', execution_status: 'pending' });
    expect(JSON.parse(row?.['changes'] ?? '[]')).toContainEqual(
      expect.objectContaining({
        to: { location_name: '札幌', business_id: '523201', process_name: 'エントリ1' },
      }),
    );
  });
  it('with nothing wrong in the page', () => {
    expect(shell.seen.filter((s) => s.what === 'pageerror')).toEqual([]);
  });
});
