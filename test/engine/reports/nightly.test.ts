import { describe, expect, it } from 'vitest';
import { localClient } from '../../../main/api/index.ts';
import { type Engine, startEngine } from '../../../main/engine.ts';
import { dateIn, instantOf, ManualClock } from '../../../main/kernel/clock.ts';
import { createSite } from '../../../main/simulator/index.ts';
import { COMPANY, columnNames, openStore, upsert } from '../../../main/store/index.ts';
import { tempDir } from '../../helpers/temp.ts';

const ZONE = 'Asia/Tokyo';
const DATE = '2026-01-13';
const NEXT = '2026-01-14';
const HOUR = 3_600_000;

/** A site that has lived through two days, the second one a shortage, and the engine on it. */
async function twoDays(now: number, schedule = false): Promise<{ engine: Engine; clock: ManualClock }> {
  const dataDir = tempDir();
  const store = await openStore(dataDir);
  const site = createSite({ seed: 3, scenario: 'shortage', zone: ZONE, startDate: DATE });
  for (const part of [site.master(), site.until(instantOf(DATE, 24 * 60, ZONE))])
    for (const { table, rows } of part)
      await store.write([upsert(table, columnNames(table), COMPANY[table].key, rows)]);
  await store.close();
  const clock = new ManualClock(now);
  const engine = await startEngine({ dataDir, schedule, wall: clock });
  return { engine, clock };
}
const clientOf = (engine: Engine): ReturnType<typeof localClient> =>
  localClient({ services: engine.services, host: 'cli' });

describe('the nightly report', () => {
  it('counts the deadlines of the day as they came, and is kept as it was made', async () => {
    const { engine } = await twoDays(instantOf(DATE, 25 * 60, ZONE));
    const client = clientOf(engine);
    const truth = createSite({ seed: 3, scenario: 'shortage', zone: ZONE, startDate: DATE }).truth();
    const report = await client.reports.make({ date: DATE });
    const late = truth.outcomes.filter((o) => o.late && dateIn(o.deadline, ZONE) === DATE);
    const table = report.sections.find((s) => s.key === 'deadlines')?.tables[0];
    const missed = table?.rows.filter((r) => Number(r['left']) > 0) ?? [];
    expect(late.length).toBeGreaterThan(0);
    // what is made of the table bears the day it is of
    expect(dateIn(table?.asOf ?? 0, ZONE)).toBe(DATE);
    // as it is seen in the snapshots: something of it waits after its deadline
    for (const outcome of late)
      expect(missed).toContainEqual(
        expect.objectContaining({
          location: outcome.location,
          process: outcome.process,
          deadline: outcome.deadline,
        }),
      );
    expect(report.headline.ja).toContain(`納期遅れ ${missed.length}件`);
    expect(report.headline.en).toContain('missed');
    expect((await client.reports.list()).map((r) => r.id)).toEqual([`nightly-${DATE}`]);
    expect(await client.reports.get({ id: report.id })).toEqual(report);
    const file = await client.reports.export({ id: report.id, format: 'markdown', lang: 'ja' });
    expect(file.text).toContain('## 納期');
    await client.reports.remove({ id: report.id });
    expect(await client.reports.list()).toEqual([]);
    await engine.close();
  });

  it('holds the saved views that are wanted in it, with the figures of its day, and says why one cannot be told', async () => {
    const { engine } = await twoDays(instantOf(NEXT, 60, ZONE));
    const client = clientOf(engine);
    const save = (name: string, query: Parameters<typeof client.views.save>[0]['query'], nightly = true) =>
      client.views.save({ name, query, nightly });
    await save('到着（拠点別）', { measures: ['arrivals'], by: ['location'] });
    await save('載せない', { measures: ['arrivals'] }, false);
    await save('なくなった数字', { measures: ['no-longer-there'] });
    const report = await client.reports.make({ date: DATE });
    const section = report.sections.find((s) => s.key === 'views');
    expect(section?.tables.map((table) => table.title.ja)).toEqual(['到着（拠点別）']);
    const asked = await client.measures.query({
      measures: ['arrivals'],
      by: ['location'],
      window: { days: { kind: 'dates', from: DATE, to: DATE } },
    });
    expect(section?.tables[0]?.rows).toEqual(asked.table.rows);
    expect(asked.totals['arrivals']).toBeGreaterThan(0);
    expect(section?.words).toHaveLength(1);
    expect(section?.words[0]?.ja).toContain('「なくなった数字」');
    await engine.close();
  });

  it('of a day that goes on says which deadlines are still to come, and a file for a spreadsheet holds them all', async () => {
    const dataDir = tempDir();
    const noon = instantOf(DATE, 12 * 60 + 10, ZONE);
    const store = await openStore(dataDir);
    const site = createSite({ seed: 3, scenario: 'normal', zone: ZONE, startDate: DATE });
    for (const part of [site.master(), site.until(noon)])
      for (const { table, rows } of part)
        await store.write([upsert(table, columnNames(table), COMPANY[table].key, rows)]);
    await store.close();
    const engine = await startEngine({ dataDir, schedule: false, wall: new ManualClock(noon) });
    const client = clientOf(engine);
    const report = await client.reports.make({ date: DATE });
    expect(report.headline.ja).toContain('ここまでの納期はすべて間に合いました。');
    expect(report.headline.en).toContain('Every deadline so far was met;');
    const deadlines = report.sections.find((s) => s.key === 'deadlines');
    expect(deadlines?.words.map((w) => w.ja).join('')).toMatch(/\d+件の納期は、これからです。$/);
    const all = deadlines?.tables[0]?.rows.length ?? 0;
    expect(all).toBeGreaterThan(20);
    const csv = await client.reports.export({ id: report.id, format: 'csv', lang: 'ja' });
    expect(csv.text.match(new RegExp(`${DATE} \\d\\d:\\d\\d:00`, 'g'))).toHaveLength(all);
    const page = await client.reports.export({ id: report.id, format: 'markdown', lang: 'ja' });
    expect(page.text).toContain(`ほか ${all - 20}件`);
    await engine.close();
  });
  it('is made at 02:00 by the clock and told of once; a missed night is caught up with at the start', async () => {
    const { engine, clock } = await twoDays(instantOf(NEXT, 60, ZONE), true);
    const client = clientOf(engine);
    clock.advance(30 * 60_000);
    expect(await client.reports.list()).toEqual([]);
    clock.advance(31 * 60_000);
    await expect.poll(() => client.reports.list()).toHaveLength(1);
    expect((await client.reports.list())[0]).toMatchObject({ date: DATE, trigger: 'clock' });
    const told = async () => (await client.notifications.list({})).items.filter((n) => n.kind === 'report');
    await expect.poll(told).toHaveLength(1);
    clock.advance(HOUR);
    expect(await told()).toHaveLength(1);
    await engine.close();

    const later = await twoDays(instantOf(NEXT, 9 * 60, ZONE), true);
    const second = clientOf(later.engine);
    await expect.poll(() => second.reports.list()).toHaveLength(1);
    expect((await second.reports.list())[0]).toMatchObject({ date: DATE, trigger: 'catch-up' });
    await later.engine.close();
  });

  it('is a report like any other when there was nothing at all', async () => {
    const engine = await startEngine({
      dataDir: tempDir(),
      schedule: false,
      wall: new ManualClock(instantOf(DATE, 600, ZONE)),
    });
    const report = await clientOf(engine).reports.make({ date: DATE });
    expect(report.headline.en).toContain('no logs recorded');
    expect(report.sections.map((s) => s.key)).toEqual([
      'open',
      'comparison',
      'deadlines',
      'decisions',
      'incidents',
      'logs',
    ]);
    await engine.close();
  });
});
