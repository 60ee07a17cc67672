// A table of the company that can no longer be read: every screen says which numbers are old, and takes it back when it heals.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Lang } from '../../main/api/contract/common.ts';
import { Company } from '../helpers/browser/company.ts';
import type { Desk } from '../helpers/browser/desk.ts';
import { Stage } from '../helpers/browser/stage.ts';
import { MariaDb } from '../helpers/sync/mariadb.ts';

const SENTENCE: Record<Lang, string> = {
  ja: '出欠 (attendance_records) は 14:31 から更新できていません。人数はそのときの値です（間に合う確率にも影響します）。',
  en: 'Attendance (attendance_records) has not been updated since 14:31: headcounts are as of then (this affects the chances of being on time).',
};
const REASON: Record<Lang, string> = {
  ja: '表 attendance_records に列 attendance_status がありません。',
  en: 'Table attendance_records has no column attendance_status.',
};

let server: MariaDb;
beforeAll(async () => {
  server = await MariaDb.start();
});
afterAll(() => server.close());

describe.each<Lang>(['ja', 'en'])('in %s', (lang) => {
  let company: Company;
  let stage: Stage;
  let desk: Desk;
  beforeAll(async () => {
    company = await Company.open(server, { time: '14:28' });
    stage = await Stage.open({
      now: company.at('14:31'),
      settings: { syncEverySeconds: 3600 },
      company: {
        place: server.place,
        database: company.database,
        account: await server.reader(company.database),
      },
    });
    desk = await stage.desk({ lang });
  });
  afterAll(() => stage?.close());
  /** Syncs from the page of the sync status. */
  const sync = async (): Promise<void> => {
    await desk.go('settings/sync');
    await desk.button(desk.words.company.syncNow).click();
  };

  test('the situation names the table, since when, and what is old; the sync status says why', async () => {
    const { page, words } = desk;
    await desk.go('situation');
    await expect.poll(() => page.locator('[data-cell]').count()).toBeGreaterThan(10);
    await company.sql('ALTER TABLE attendance_records RENAME COLUMN attendance_status TO aside');
    await sync();
    await desk.go('situation');
    const banner = page.getByRole('status').filter({ hasText: SENTENCE[lang] });
    await banner.waitFor();
    await page
      .getByRole('button', { name: new RegExp(words.frame.freshness.failing.replace('{count}', '1')) })
      .waitFor();
    await desk.shot('failing-situation');
    await banner.getByRole('link', { name: words.frame.banner.why }).click();
    await page.getByText(REASON[lang]).waitFor();
    await desk.shot('failing-status');
  });

  test('it goes away with the next sync once the column is back', async () => {
    const { page } = desk;
    await company.sql('ALTER TABLE attendance_records RENAME COLUMN aside TO attendance_status');
    await sync();
    await page.getByText(SENTENCE[lang]).waitFor({ state: 'hidden' });
    expect(desk.problems).toEqual([]);
  });
});
