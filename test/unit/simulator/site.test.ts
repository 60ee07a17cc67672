import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instantOf } from '../../../main/kernel/clock.ts';
import {
  bulkSnapshots,
  createSite,
  SCENARIOS,
  type ScenarioName,
  type Site,
  type SiteOptions,
} from '../../../main/simulator/index.ts';
import {
  COMPANY,
  type CompanyBatch,
  type CompanyRow,
  type CompanyTableName,
} from '../../../main/store/index.ts';

const ZONE = 'Asia/Tokyo';
const DATE = '2026-11-20';
const at = (minute: number, date = DATE): number => instantOf(date, minute, ZONE);
const site = (o: Partial<SiteOptions> = {}): Site =>
  createSite({ seed: 1, scenario: 'shortage', zone: ZONE, startDate: DATE, ...o });

type Rows = { [T in CompanyTableName]: CompanyRow<T>[] };
const gather = (...parts: Iterable<CompanyBatch>[]): Rows => {
  const rows = Object.fromEntries(Object.keys(COMPANY).map((t) => [t, []])) as unknown as Rows;
  for (const part of parts) for (const batch of part) (rows[batch.table] as unknown[]).push(...batch.rows);
  return rows;
};
const cellOf = (r: { location_name: string; business_id: string; process_name: string }): string =>
  `${r.location_name} ${r.business_id} ${r.process_name}`;
const TARGET = '札幌 523201 エントリ1';

describe('determinism', () => {
  const whole = JSON.stringify(gather(site().until(at(1300))));

  it('gives the same bytes again, and others for another seed', () => {
    expect(JSON.stringify(gather(site().until(at(1300))))).toBe(whole);
    expect(JSON.stringify(gather(site({ seed: 2 }).until(at(1300))))).not.toBe(whole);
  });

  it('gives the same bytes however the day is sliced', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 400 * 60, max: 1300 * 60 }), { maxLength: 40 }), (seconds) => {
        const sliced = site();
        const cuts = seconds.sort((a, b) => a - b).map((s) => at(0) + s * 1000);
        expect(JSON.stringify(gather(...[...cuts, at(1300)].map((cut) => [...sliced.until(cut)])))).toBe(
          whole,
        );
      }),
      { numRuns: 8 },
    );
  });

  it('is the same over several days as day by day', () => {
    const end = at(600, '2026-11-23');
    const stepwise = site({ logs: { perMinute: 1 } });
    const days = [DATE, '2026-11-21', '2026-11-22', '2026-11-23'].map((d) => [...stepwise.until(at(600, d))]);
    expect(gather(...days)).toEqual(gather(site({ logs: { perMinute: 1 } }).until(end)));
  });
});

describe('the rows', () => {
  const company = site();
  const rows = gather(
    company.master(),
    company.history(28),
    company.until(at(1500)),
    company.until(at(700, '2026-11-21')),
  );

  it('have unique ids in every table, also across days', () => {
    for (const [table, list] of Object.entries(rows)) {
      const key = COMPANY[table as CompanyTableName].key;
      const ids = (list as Record<string, unknown>[]).map((r) => r[key]);
      expect([table, new Set(ids).size]).toEqual([table, ids.length]);
      expect(ids.length).toBeGreaterThan(0);
    }
  });

  it('refer only to people, sites and businesses that there are', () => {
    const operators = new Set(rows.operators.map((o) => o.operator_id));
    const sites = new Set(rows.locations.map((l) => l.location_name));
    const work = new Set(rows.processes.map((p) => `${p.business_id} ${p.process_name}`));
    const assignments = new Set(rows.daily_assignments.map((a) => a.assignment_id));
    const strangers = [
      ...[
        ...rows.operator_process_capabilities,
        ...rows.daily_assignments,
        ...rows.attendance_records,
        ...rows.productivity_records,
      ].filter((r) => !operators.has(r.operator_id)),
      ...rows.assignment_adjustments.filter((r) => !assignments.has(r.original_assignment_id)),
      ...[...rows.daily_assignments, ...rows.progress_snapshots, ...rows.workload_forecasts].filter(
        (r) => !sites.has(r.location_name) || !work.has(`${r.business_id} ${r.process_name}`),
      ),
      ...rows.operators.filter((r) => !sites.has(r.location_name)),
    ];
    expect(strangers).toEqual([]);
  });

  it('read like a Japanese office: names, processes, know-how, some on nights until 25時', () => {
    const names = rows.operators.map((o) => o.operator_name);
    expect(new Set(names).size).toBe(names.length);
    expect(names.filter((n) => !/^[\p{sc=Han}々]{1,4} [\p{sc=Han}\p{sc=Hiragana}]{1,3}$/u.test(n))).toEqual(
      [],
    );
    expect(rows.locations.map((l) => l.location_name)).toEqual([
      '札幌',
      '盛岡',
      '品川',
      '横浜',
      '大阪',
      '佐世保',
    ]);
    expect(new Set(rows.processes.map((p) => p.process_name))).toEqual(
      new Set(['エントリ1', 'エントリ2', '補正', 'SV補正', '目検']),
    );
    expect(rows.businesses).toContainEqual({ business_id: '523201', business_name: 'SS' });
    expect(rows.operators.filter((o) => o.shift_end === 1500).length).toBeGreaterThan(2);
    expect(rows.rag_context.length).toBeGreaterThanOrEqual(20);
    expect(rows.rag_context.filter((r) => !/[ぁ-ん]/.test(r.context_value))).toEqual([]);
  });

  it('show faster people at higher levels', () => {
    const speed = (level: number): number => {
      const list = rows.operator_process_capabilities.filter(
        (c) => c.process_name === 'エントリ1' && c.skill_level === level,
      );
      return list.reduce((s, c) => s + (c.average_speed ?? 0), 0) / list.length;
    };
    expect(speed(5)).toBeGreaterThan(speed(3));
    expect(speed(3)).toBeGreaterThan(speed(2));
  });

  it('hold a snapshot of all 24 cells every two minutes of the working day', () => {
    const day = rows.progress_snapshots.filter((s) => s.snapshot_time <= at(1260));
    const times = [...new Set(day.map((s) => s.snapshot_time))];
    expect(times).toEqual(Array.from({ length: 391 }, (_, i) => at(480 + 2 * i)));
    for (const time of times)
      expect(new Set(day.filter((s) => s.snapshot_time === time).map(cellOf)).size).toBe(24);
    expect(day.filter((s) => s.total_waiting < 0 || s.expected_completion_time === null)).toEqual([]);
  });

  it('never count backwards within a day, and start afresh the next', () => {
    const last = new Map<string, number>();
    for (const s of rows.progress_snapshots) {
      const key = `${s.snapshot_id.slice(0, 10)} ${cellOf(s)}`;
      expect(s.entry_count ?? 0).toBeGreaterThanOrEqual(last.get(key) ?? 0);
      last.set(key, s.entry_count ?? 0);
    }
    expect(last.get(`PS20261121 ${TARGET}`) ?? 0).toBeLessThan(last.get(`PS20261120 ${TARGET}`) ?? 0);
  });

  it('carry 23 attributes on every log line, in both languages', () => {
    const lines = rows.system_logs;
    expect(new Set(lines.map((l) => Object.keys(JSON.parse(l.attributes ?? '{}')).length))).toEqual(
      new Set([23]),
    );
    expect(new Set(lines.map((l) => l.service)).size).toBeGreaterThanOrEqual(6);
    expect(lines.some((l) => /[ぁ-んァ-ン]/.test(l.message))).toBe(true);
    expect(lines.some((l) => /^[ -~]+$/.test(l.message))).toBe(true);
    expect(lines.map((l) => l.logged_at)).toEqual(lines.map((l) => l.logged_at).sort((a, b) => a - b));
  });
});

describe('what happens', () => {
  it('shows 札幌 SS エントリ1 clearly short of its 16:00 deadline at 14:30', () => {
    for (const seed of [1, 2, 3]) {
      const company = site({ seed });
      const rows = gather(company.master(), company.until(at(870)));
      const due = rows.progress_snapshots
        .filter((s) => s.snapshot_time === at(870) && cellOf(s) === TARGET)
        .filter((s) => (s.expected_completion_time ?? 0) <= at(960))
        .reduce((sum, s) => sum + s.total_waiting, 0);
      const away = new Set(
        rows.attendance_records.filter((a) => a.attendance_status === 'absent').map((a) => a.operator_id),
      );
      const speed = new Map(
        rows.operator_process_capabilities
          .filter((c) => c.process_name === 'エントリ1')
          .map((c) => [c.operator_id, c.average_speed ?? 0]),
      );
      // 75 working minutes are left: the afternoon break is from 15:00 to 15:15
      const capacity = rows.daily_assignments
        .filter((a) => a.assignment_date === DATE && cellOf(a) === TARGET && !away.has(a.operator_id))
        .filter((a) => (a.start_time ?? 0) <= 870 && (a.end_time ?? 0) >= 960)
        .reduce((sum, a) => sum + ((speed.get(a.operator_id) ?? 0) * 75) / 60, 0);
      expect(due / capacity).toBeGreaterThan(1.3);
      expect(due / capacity).toBeLessThan(1.6);
    }
  });

  it('ends as the truth says', () => {
    for (const scenario of SCENARIOS) {
      const company = site({ scenario, seed: 3 });
      const rows = gather(company.until(at(1260)));
      const waiting = new Map(
        rows.progress_snapshots.map((s) => [
          `${s.snapshot_time} ${cellOf(s)} ${s.expected_completion_time}`,
          s,
        ]),
      );
      for (const o of company.truth().outcomes) {
        const row = waiting.get(`${o.deadline} ${o.location} ${o.businessId} ${o.process} ${o.deadline}`);
        const unfinished = row?.total_waiting ?? 0;
        // what still comes from the process before is late as well
        expect(o.lateItems).toBeGreaterThanOrEqual(unfinished);
        if (unfinished > 0) expect(o.late).toBe(true);
        expect(o.late).toBe(o.why !== null);
      }
    }
  });

  it('counts work that never gets past an earlier step as late at every later one it would have to pass', () => {
    for (const seed of [1, 2, 3]) {
      const of = (process: string, deadline: number): { items: number; lateItems: number } => {
        const found = site({ seed })
          .truth()
          .outcomes.find(
            (o) => o.location === '札幌' && o.process === process && o.deadline === at(deadline),
          );
        if (!found) throw new Error(`nothing is due at ${process}`);
        return found;
      };
      const first = of('エントリ1', 1080);
      const second = of('エントリ2', 1110);
      const correction = of('補正', 1140);
      const check = of('目検', 1170);
      expect([second.items, check.items]).toEqual([first.items, first.items]);
      // three in ten pass there
      expect(Math.abs(correction.items - 0.3 * first.items)).toBeLessThan(1);
      for (const later of [second, correction, check]) expect(later.lateItems).toBeGreaterThanOrEqual(5);
    }
  });

  it('blames the people for a shortage, the system for an outage and the work for more than was forecast', () => {
    for (const seed of [1, 2, 3, 4]) {
      const why = (scenario: ScenarioName): unknown =>
        site({ seed, scenario })
          .truth()
          .outcomes.find((o) => o.location === '札幌' && o.process === 'エントリ1' && o.deadline === at(960));
      expect(why('shortage')).toMatchObject({ late: true, why: ['people'] });
      expect(why('long-outage')).toMatchObject({ late: true, why: ['system'] });
      expect(why('volume')).toMatchObject({ late: true, why: ['volume'] });
      expect(why('outage')).toMatchObject({ late: true, why: ['system'] });
    }
  });

  it('blames what most of the late items are late for, and who is off on any day only where nothing else explains it', () => {
    const why = (seed: number): unknown =>
      site({ seed, scenario: 'outage' })
        .truth()
        .outcomes.find((o) => o.location === '札幌' && o.process === 'エントリ2' && o.deadline === at(990));
    // without the outage 10 of its 403 late items would be late too, by a minute
    expect(why(2)).toMatchObject({ lateItems: 403, why: ['system'] });
    // with more work than usual, one person of eight off is half of it
    expect(why(5005)).toMatchObject({ lateItems: 691, why: ['people', 'system'] });
  });

  it('is never late on a normal day', () => {
    for (let seed = 1; seed <= 15; seed++)
      expect(
        site({ seed, scenario: 'normal' })
          .truth()
          .outcomes.filter((o) => o.late),
      ).toEqual([]);
  });

  it('writes 14 database timeouts in the 90 seconds before the outage slows the work', () => {
    const company = site({ scenario: 'outage' });
    const outage = company.truth().incidents.find((i) => i.kind === 'system');
    const from = outage?.from ?? 0;
    const lines = gather(company.until(at(1000))).system_logs;
    const first = lines.filter((l) => l.message.includes('pool timeout') && l.logged_at < from);
    expect(first.length).toBe(14);
    expect(first.every((l) => l.logged_at >= from - 90_000 && outage?.logIds.includes(l.log_id))).toBe(true);
    expect(
      gather(site({ scenario: 'normal' }).until(at(1000))).system_logs.filter((l) =>
        l.message.includes('pool timeout'),
      ),
    ).toEqual([]);
  });

  it('brings more work than forecast on a volume day, while everybody is there and no system is slow', () => {
    for (const seed of [1, 2, 3]) {
      const company = site({ seed, scenario: 'volume' });
      const truth = company.truth();
      expect(new Set(truth.incidents.map((i) => i.kind))).toEqual(new Set(['volume']));
      const rows = gather(company.until(at(870)));
      expect(rows.attendance_records.filter((a) => a.attendance_status !== 'present')).toEqual([]);
      const came = rows.progress_snapshots
        .filter((s) => s.snapshot_time === at(870) && cellOf(s) === TARGET)
        .reduce((sum, s) => ({ done: s.entry_count ?? 0, waiting: sum.waiting + s.total_waiting }), {
          done: 0,
          waiting: 0,
        });
      const expected = rows.workload_forecasts
        .filter((f) => f.forecast_date === DATE && cellOf(f) === TARGET && f.hour < 14)
        .reduce((sum, f) => sum + f.expected_items, 0);
      expect((came.done + came.waiting) / expected).toBeGreaterThan(1.2);
    }
    // on the other days 札幌 is busy, and known to be beforehand
    for (const scenario of ['shortage', 'outage', 'long-outage', 'both'] as const)
      expect(
        site({ scenario })
          .truth()
          .incidents.filter((i) => i.kind === 'volume' && i.cells.some((c) => c.location === '札幌')),
      ).toEqual([]);
  });

  it('slows the work for hours in a long outage, of which the log shows hardly more than an error now and then', () => {
    for (const seed of [1, 2, 3]) {
      const company = site({ seed, scenario: 'long-outage' });
      const outages = company.truth().incidents;
      expect(outages.length).toBeGreaterThan(0);
      for (const outage of outages) {
        const minutes = (outage.to - outage.from) / 60_000;
        expect(minutes).toBeGreaterThanOrEqual(150);
        expect(outage.logIds.length / minutes).toBeLessThan(0.25);
        expect(outage.logIds.length).toBeGreaterThan(15);
      }
    }
  });

  it('can be another company than it believes itself to be', () => {
    const usual = gather(site().master());
    const other = site({ behaviour: { believedSpeeds: 0.2, importMinutes: 30, toCorrection: 0.45 } });
    const rows = gather(other.master(), other.until(at(1260)));
    const off = rows.operator_process_capabilities.map((c, i) =>
      Math.log((c.average_speed ?? 0) / (usual.operator_process_capabilities[i]?.average_speed ?? 0)),
    );
    const sd = Math.sqrt(off.reduce((sum, x) => sum + x * x, 0) / off.length);
    expect(sd).toBeGreaterThan(0.15);
    expect(sd).toBeLessThan(0.25);
    const done = (process: string): number =>
      rows.progress_snapshots
        .filter((s) => cellOf(s) === `盛岡 523201 ${process}`)
        .reduce((most, s) => Math.max(most, s.entry_count ?? 0), 0);
    expect(done('補正') / done('エントリ2')).toBeGreaterThan(0.4);
    const came = [611, 621, 631, 641].map((minute) =>
      gather(site({ behaviour: { importMinutes: 30 } }).until(at(minute)))
        .progress_snapshots.filter((s) => cellOf(s) === TARGET && s.snapshot_time === at(minute - 1))
        .reduce((sum, s, i) => sum + s.total_waiting + (i === 0 ? (s.entry_count ?? 0) : 0), 0),
    );
    expect([came[1], came[2]]).toEqual([came[0], came[0]]);
    expect(came[3]).toBeGreaterThan(came[0] ?? 0);
  });

  it('gives the right ids for errors known and unknown', () => {
    const company = site({ scenario: 'normal' });
    const truth = company.truth();
    const errors = gather(company.until(at(1260))).system_logs.filter((l) => l.level === 'ERROR');
    expect(errors.map((l) => l.log_id).sort()).toEqual(
      [...truth.knownErrorIds, ...truth.unknownErrorIds].sort(),
    );
    expect(truth.unknownErrorIds.length).toBe(2);
  });

  it('goes better when people move, and is untouched before', () => {
    const plain = site();
    const helped = site();
    const spare = gather(helped.master())
      .operator_process_capabilities.filter((c) => c.process_name === 'エントリ1' && c.skill_level >= 3)
      .map((c) => c.operator_id);
    const elsewhere = gather([...site().until(at(870))])
      .daily_assignments.filter((a) => a.assignment_date === DATE && cellOf(a) === '盛岡 523201 エントリ1')
      .map((a) => a.operator_id)
      .filter((id) => spare.includes(id))
      .slice(0, 4);
    helped.apply(
      elsewhere.map((operatorId) => ({
        operatorId,
        location: '札幌',
        businessId: '523201',
        process: 'エントリ1',
        startsAt: at(870),
        endsAt: at(960),
      })),
    );
    const done = (s: Site, minute: number): number =>
      gather([...s.until(at(minute))])
        .progress_snapshots.filter((r) => cellOf(r) === TARGET)
        .at(-1)?.entry_count ?? 0;
    expect(elsewhere.length).toBe(4);
    expect(done(helped, 870)).toBe(done(plain, 870));
    expect(done(helped, 960)).toBeGreaterThan(done(plain, 960) + 150);
  });
});

it('makes as many bulk rows as asked for, the same each time, none twice', () => {
  const rows = gather(bulkSnapshots(12_345)).progress_snapshots;
  expect(rows.length).toBe(12_345);
  expect(new Set(rows.map((r) => r.snapshot_id)).size).toBe(12_345);
  expect(gather(bulkSnapshots(12_345)).progress_snapshots).toEqual(rows);
});
