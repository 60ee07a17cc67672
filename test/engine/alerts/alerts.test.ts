import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { AlertSettings, NewNotification } from '../../../main/alerts/contract/alerts.ts';
import { type Alerts, createAlerts } from '../../../main/alerts/index.ts';
import { type Analytics, createAnalytics } from '../../../main/analytics/index.ts';
import { cellIdOf, type Freshness } from '../../../main/api/contract/common.ts';
import { type Clock, ManualClock } from '../../../main/kernel/clock.ts';
import { silentLog } from '../../../main/kernel/log.ts';
import { run, sql } from '../../../main/store/index.ts';
import type { Verdict } from '../../../main/timeline/contract/timeline.ts';
import { sampleProposal } from '../../helpers/placement/proposals.ts';
import {
  clock as at,
  type Fixture,
  master,
  openFixture,
  people,
  snapshots,
  ZONE,
} from '../analytics/site-fixture.ts';

const MINUTE = 60_000;
let fixture: Fixture;
let clock: ManualClock;
let told: NewNotification[];
let settings: AlertSettings;
let freshness: Partial<Freshness>;
let alerts: Alerts;
let done: number;
let judged: (cellId: string, at: number) => Verdict | null;
/** the machine was off for so long: time passed, no tick came */
let slept: number;
const time: Clock = { now: () => clock.now() + slept, every: (ms, work) => clock.every(ms, work) };

const analytics = (): Analytics =>
  createAnalytics({
    store: fixture.store,
    clock: time,
    zone: () => ZONE,
    freshness: () => ({
      source: 'mysql',
      dataAt: clock.now(),
      syncedAt: clock.now(),
      online: true,
      stale: false,
      failing: [],
      ...freshness,
    }),
  });
const open = (): Alerts =>
  createAlerts({
    store: fixture.store,
    clock: time,
    zone: () => ZONE,
    analytics: analytics(),
    settings: () => settings,
    verdict: (cellId, when) => judged(cellId, when),
    work: () => null,
    instance: () => null,
    plans: null,
    notify: (n) => void told.push(n),
    log: silentLog,
  });

beforeEach(async () => {
  fixture = await openFixture();
  clock = new ManualClock(at(14));
  told = [];
  done = 0;
  slept = 0;
  judged = () => null;
  freshness = {};
  settings = {
    watchAt: 0.5,
    dangerAt: 0.8,
    snapshots: 2,
    everyMinutes: 2,
    notify: 'all',
    quietFrom: null,
    quietTo: null,
    mutes: [],
  };
  // four people of 60 items/h: about 4 items a minute
  await fixture.store.write([...master(), ...people(['a', 'b', 'c', 'd'])]);
  alerts = open();
});
afterEach(() => fixture.close());

/** Two minutes later: a snapshot with so many items due at 16:00, and a check. */
const next = async (items: number): Promise<void> => {
  clock.advance(2 * MINUTE);
  done += 8;
  await fixture.store.write([snapshots([{ at: clock.now(), lots: [[at(16), items]], done }])]);
  await alerts.check();
};
const HOPELESS = 900;
const EASY = 50;
/** a little more than the team does by 16:00 (break off): about even odds and somewhat worse */
const WORRYING = 445;
const states = () => alerts.list().alerts.map((alert) => [alert.severity, alert.state]);
const titles = () => told.map((n) => n.title.ja);

describe('a delay', () => {
  test('is told once it has held over two snapshots, in a sentence with place, deadline and reason', async () => {
    await next(HOPELESS);
    expect(states()).toEqual([]);
    await next(HOPELESS);
    await next(HOPELESS);
    expect(states()).toEqual([['danger', 'open']]);
    expect(told).toHaveLength(1);
    expect(told[0]).toMatchObject({
      kind: 'alert',
      severity: 'danger',
      subject: alerts.list().alerts[0]?.id,
      title: {
        ja: '【危険】札幌 SS エントリ1 が納期 16:00 に間に合わない見込みです',
        en: 'Danger: 札幌 SS エントリ1 is likely to miss its deadline of 16:00',
      },
    });
    expect(told[0]?.text.ja).toMatch(
      /^間に合わない確率 99%超、残件 900件、処理速度 240件\/時 \(必要 [\d,]+件\/時\)、4名、納期時点で約\d+件不足、/,
    );
    expect(alerts.list().alerts[0]).toMatchObject({
      kind: 'delay',
      cell: { location: '札幌', process: 'エントリ1' },
      evidence: { backlog: 900, people: 4, deadline: at(16) },
    });
  });

  test('tells of what is due by its deadline, with the very numbers of the situation', async () => {
    for (let i = 0; i < 3; i++) {
      clock.advance(2 * MINUTE);
      done += 8;
      const lots = [
        [at(16), 520],
        [at(18), 100],
      ] as const;
      await fixture.store.write([snapshots([{ at: clock.now(), lots: [...lots], done }])]);
      await alerts.check();
    }
    const [row] = analytics().situation().rows;
    const { evidence } = alerts.list().alerts.find((alert) => alert.evidence?.deadline === at(16)) ?? {};
    expect(row).toMatchObject({ backlog: 620, deadline: at(16), due: 520 });
    expect(evidence).toMatchObject({
      backlog: row?.backlog,
      due: row?.due,
      finishAt: row?.dueFinishAt,
      shortItems: row?.shortItems,
    });
    expect(evidence?.finishAt).toBeLessThan(row?.allFinishAt ?? Number.POSITIVE_INFINITY);
    expect(told.at(-1)?.text.ja).toMatch(/残件 620件（納期までに 520件）.*納期分の完了見込み \d/);
    expect(told.at(-1)?.text.en).toMatch(/620 items waiting \(520 to be done by then\).*due work done by \d/);
  });

  test('that a single snapshot shows is no alert', async () => {
    await next(HOPELESS);
    await next(EASY);
    await next(HOPELESS);
    expect(states()).toEqual([]);
  });

  test('looked at twice on the same snapshot is still one snapshot', async () => {
    await next(HOPELESS);
    clock.advance(MINUTE);
    await alerts.check();
    expect(states()).toEqual([]);
  });

  test('grows from watch to danger in the same alert, and both are told', async () => {
    await next(WORRYING);
    await next(WORRYING);
    expect(states()).toEqual([['watch', 'open']]);
    await next(HOPELESS);
    await next(HOPELESS);
    expect(states()).toEqual([['danger', 'open']]);
    expect(titles()).toEqual([
      expect.stringMatching(/^【警戒】/),
      expect.stringMatching(/^【危険になりました】/),
    ]);
    const history = alerts.list().alerts[0]?.evidence?.history.map((point) => point.at);
    expect(history).toEqual([at(14, 2), at(14, 4), at(14, 6), at(14, 8)]);
  });

  test('that is over closes by itself after two calm snapshots; a new one is a new alert', async () => {
    await next(HOPELESS);
    await next(HOPELESS);
    await next(EASY);
    expect(states()).toEqual([['danger', 'open']]);
    await next(EASY);
    expect(states()).toEqual([['danger', 'resolved']]);
    await next(HOPELESS);
    await next(HOPELESS);
    expect(states()).toEqual([
      ['danger', 'open'],
      ['danger', 'resolved'],
    ]);
    expect(told).toHaveLength(2);
  });

  test('whose deadline has passed expires', async () => {
    await next(HOPELESS);
    await next(HOPELESS);
    clock.advance(at(16) - clock.now());
    await alerts.check();
    expect(alerts.list()).toMatchObject({ alerts: [{ state: 'expired', closedAt: at(16) }], open: 0 });
  });

  test('survives a restart between the two snapshots, and is not told twice after one', async () => {
    await next(HOPELESS);
    alerts = open();
    await next(HOPELESS);
    expect(told).toHaveLength(1);
    alerts = open();
    await next(HOPELESS);
    expect(states()).toEqual([['danger', 'open']]);
    expect(told).toHaveLength(1);
  });
});

describe('a person', () => {
  const first = () => alerts.list().alerts[0]?.id ?? '';
  beforeEach(async () => {
    await next(WORRYING);
    await next(WORRYING);
  });

  test('acknowledges: it is known, counts no longer as open, and says nothing more', async () => {
    await alerts.acknowledge(first(), '佐藤');
    await next(WORRYING);
    expect(alerts.list()).toMatchObject({
      alerts: [{ state: 'acknowledged', acknowledgedBy: '佐藤' }],
      open: 0,
    });
    expect(told).toHaveLength(1);
  });
  test('snoozes: quiet until then, told again if it is still there', async () => {
    await alerts.snooze(first(), 5);
    await next(WORRYING - 16);
    await next(WORRYING - 24);
    expect([states(), told.length]).toEqual([[['watch', 'snoozed']], 1]);
    await next(WORRYING - 32);
    expect(states()).toEqual([['watch', 'open']]);
    expect(titles()[1]).toMatch(/^【警戒・再通知】/);
  });
  test('reopens what was acknowledged, attaches a proposal; closed alerts stay closed', async () => {
    await alerts.acknowledge(first(), '佐藤');
    expect(await alerts.reopen(first())).toMatchObject({ state: 'open', acknowledgedBy: null });
    const proposal = sampleProposal('SGT20261120-00000001', clock.now());
    await alerts.proposed({ ...proposal, alertId: first() });
    expect(alerts.get(first())).toMatchObject({
      proposalId: 'SGT20261120-00000001',
      answer: { kind: 'moves', people: 1, before: 0.1, after: 0.9 },
    });
    await next(EASY);
    await next(EASY);
    expect(await alerts.acknowledge(first(), '佐藤')).toMatchObject({
      state: 'resolved',
      acknowledgedBy: null,
    });
    await expect(alerts.acknowledge('nothing', '佐藤')).rejects.toMatchObject({ code: 'not-found' });
  });
  test('who acknowledges during a check is not overruled by it', async () => {
    const checking = next(WORRYING);
    await alerts.acknowledge(first(), '佐藤');
    await checking;
    expect(states()).toEqual([['watch', 'acknowledged']]);
  });
});

describe('notifications', () => {
  test('can be for danger only, or off; the alerts are there all the same', async () => {
    settings = { ...settings, notify: 'danger' };
    await next(WORRYING);
    await next(WORRYING);
    expect([told.length, states()]).toEqual([0, [['watch', 'open']]]);
    await next(HOPELESS);
    await next(HOPELESS);
    expect(told).toHaveLength(1);
  });
  test('are held back in quiet hours, also over midnight, and come after them if still needed', async () => {
    settings = { ...settings, quietFrom: 22 * 60, quietTo: 14 * 60 + 6 };
    await next(HOPELESS);
    await next(HOPELESS);
    expect([told.length, states()]).toEqual([0, [['danger', 'open']]]);
    await next(HOPELESS);
    expect(told).toHaveLength(1);
  });
});

describe('the loop', () => {
  const settle = () => new Promise((resolve) => setTimeout(resolve, 30));
  test('checks by the clock, and stops', async () => {
    await fixture.store.write([snapshots([{ at: at(14), lots: [[at(16), HOPELESS]], done: 1 }])]);
    const stop = alerts.start();
    clock.advance(1000);
    await expect.poll(() => alerts.lastCheckAt()).toBe(at(14) + 1000);
    stop();
    clock.advance(10 * MINUTE);
    await settle();
    expect(alerts.lastCheckAt()).toBe(at(14) + 1000);
  });
  test('that could not check for three intervals says so, and that it is over', async () => {
    const stop = alerts.start();
    clock.advance(1000);
    await expect.poll(() => alerts.lastCheckAt()).toBe(at(14) + 1000);
    slept = 30 * MINUTE;
    clock.advance(1000);
    await expect.poll(() => told.length).toBe(1);
    await alerts.check();
    expect(told[0]).toMatchObject({ title: { ja: '遅延アラートが動いていません' } });
    expect(told[0]?.text.ja).toContain('30 分間');
    expect(alerts.list().alerts).toMatchObject([
      { kind: 'alerting-broken', state: 'resolved', error: { code: 'alerts.check-missed' } },
    ]);
    stop();
  });
  test('that fails says so once, with the cause, and clears it when it works again', async () => {
    await fixture.store.write([run(sql`ALTER TABLE rule_versions RENAME TO gone`)]);
    await expect(alerts.check()).rejects.toMatchObject({ code: 'internal' });
    await expect(alerts.check()).rejects.toMatchObject({ code: 'internal' });
    expect(alerts.list()).toMatchObject({
      alerts: [{ kind: 'alerting-broken', severity: 'danger', error: { code: 'alerts.check-failed' } }],
      open: 1,
    });
    expect(told).toHaveLength(1);
    expect(told[0]?.text.en).toContain('no such table: rule_versions');
    await fixture.store.write([run(sql`ALTER TABLE gone RENAME TO rule_versions`)]);
    await alerts.check();
    expect(states()).toEqual([['danger', 'resolved']]);
  });
  test('says when data stop coming although a source is set up', async () => {
    freshness = { stale: true, dataAt: at(13, 45) };
    await alerts.check();
    await alerts.check();
    expect(alerts.list().alerts).toMatchObject([
      { kind: 'sync-failing', state: 'open', error: { code: 'alerts.stale-data', params: { minutes: 15 } } },
    ]);
    expect(told.map((n) => n.text.ja.split('。')[0])).toEqual(['進捗データが 15 分間届いていません']);
    freshness = {};
    await alerts.check();
    expect(states()).toEqual([['watch', 'resolved']]);
    freshness = { stale: true, dataAt: at(13), source: 'none' };
    await alerts.check();
    expect(alerts.list().open).toBe(0);
  });
  test('names every table that is behind for long in one alert, and what is old because of it', async () => {
    const failing = (table: string, stale: boolean): Freshness['failing'][number] => ({
      table,
      source: `t_${table}`,
      readAt: at(13, 40),
      stale,
      error: { code: 'sync.missing-table', params: { table: `t_${table}` } },
      numbers: ['people'],
    });
    freshness = { failing: [failing('attendance_records', false)] };
    await alerts.check();
    expect(alerts.list().alerts).toEqual([]);
    freshness = { failing: [failing('operators', true), failing('attendance_records', true)] };
    await alerts.check();
    await alerts.check();
    expect(told.map((n) => [n.title.en, n.text.en])).toEqual([
      [
        'Some tables cannot be read',
        'Some tables could not be read. People (t_operators) has not been updated since 13:40: headcounts are as of then. Attendance (t_attendance_records) has not been updated since 13:40: headcounts are as of then. Settings → Sync status has the reason for each. The other tables are kept up to date.',
      ],
    ]);
    freshness = {};
    await alerts.check();
    expect(states()).toEqual([['watch', 'resolved']]);
  });
});

describe('the verdict', () => {
  const verdict = (sides: Verdict['sides'], asOf: number): Verdict => ({
    sides,
    volume: sides.includes('volume') ? { arrived: 540, expected: 412, basis: 'forecast' } : null,
    confidence: 0.8,
    cell: {
      cellId: cellIdOf('札幌', '523201', 'エントリ1'),
      location: '札幌',
      businessId: '523201',
      businessName: 'SS',
      process: 'エントリ1',
    },
    asOf,
    from: asOf - 60 * MINUTE,
    words: { ja: 'システムの異常が先に起きています。', en: 'Trouble in the system precedes it.' },
    evidence: [],
    incidents: [],
  });

  test('is kept with the alert, asked for again on every new snapshot, and named to people', async () => {
    judged = (_, when) => verdict(['system'], when);
    await next(HOPELESS);
    await next(HOPELESS);
    expect(alerts.list().alerts[0]?.verdict).toEqual(verdict(['system'], clock.now()));
    expect(told[0]?.text.ja).toMatch(/、システムの異常が先に起きています$/);
    expect(told[0]?.text.en).toMatch(/, trouble in the system precedes it$/);
    judged = (_, when) => verdict(['people', 'system'], when);
    await next(HOPELESS);
    expect(alerts.list().alerts[0]?.verdict).toEqual(verdict(['people', 'system'], clock.now()));
    // after a restart it is still there, as of the last look
    expect(open().list().alerts[0]?.verdict?.sides).toEqual(['people', 'system']);
    expect(told).toHaveLength(1);
  });
  test('leads from an incident to the delays it precedes, also once they are over', async () => {
    judged = (_, when) => ({ ...verdict(['system'], when), incidents: ['I1'] });
    await next(HOPELESS);
    await next(HOPELESS);
    const [alert] = alerts.list().alerts;
    expect(alerts.after('I1').map(({ id }) => id)).toEqual([alert?.id]);
    expect(alerts.after('I2')).toEqual([]);
    await next(10);
    await next(10);
    expect(alerts.after('I1').map(({ state }) => state)).toEqual(['resolved']);
  });
  test('that is unknown is kept, and nobody is troubled with it', async () => {
    judged = (_, when) => verdict([], when);
    await next(HOPELESS);
    await next(HOPELESS);
    expect(alerts.list().alerts[0]?.verdict?.sides).toEqual([]);
    expect(told[0]?.text.ja).not.toContain('先に起きて');
  });
  test('that fails takes nothing from the alert, nor what was known before', async () => {
    judged = () => {
      throw new Error('no logs');
    };
    await next(HOPELESS);
    await next(HOPELESS);
    expect(alerts.list().alerts[0]).toMatchObject({ state: 'open', severity: 'danger', verdict: null });
    judged = (_, when) => verdict(['people'], when);
    await next(HOPELESS);
    judged = () => {
      throw new Error('no logs');
    };
    await next(HOPELESS);
    expect(alerts.list().alerts[0]?.verdict?.sides).toEqual(['people']);
    expect(alerts.list().alerts).toHaveLength(1);
  });
});
