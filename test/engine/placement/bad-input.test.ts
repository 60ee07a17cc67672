// Rules that contradict each other and data that cannot be: every door answers at once, and says what stands in the way.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import type { Situation } from '../../../main/analytics/contract/situation.ts';
import { localClient } from '../../../main/api/index.ts';
import { startEngine } from '../../../main/engine.ts';
import type { Proposal, Rules } from '../../../main/placement/contract/placement.ts';
import type { Change } from '../../../main/placement/contract/what-if.ts';
import { wordBlocks } from '../../../main/placement/contract/words.ts';
import { DEFAULT_RULES } from '../../../main/placement/index.ts';
import { openStore, type Statement } from '../../../main/store/index.ts';
import { toride } from '../../helpers/command-line.ts';
import { clockFrom } from '../../helpers/moved-clock.ts';
import {
  clock as at,
  cellOf,
  DATE,
  LATE,
  master,
  names,
  noOrder,
  people,
  rowsOf,
  SPARE,
  shortStaffed,
  snapshots,
} from '../analytics/site-fixture.ts';

const TOMORROW = '2026-11-21';
const EVERYBODY = [...names('L', 6), ...names('S', 12)];
const rosterOn = (date: string): Statement =>
  rowsOf(
    'daily_assignments',
    EVERYBODY.map((id) => ({
      assignment_id: `${date}/${id}`,
      assignment_date: date,
      operator_id: id,
      ...(id.startsWith('L') ? LATE : SPARE),
      start_time: 540,
      end_time: 1080,
    })),
  );
const forecastOn = (date: string, items: readonly (readonly [hour: number, items: number])[]): Statement =>
  rowsOf(
    'workload_forecasts',
    items.map(([hour, expected_items]) => ({ forecast_date: date, hour, ...LATE, expected_items })),
  );
/** One process is late today and another could help; tomorrow the same people, and work that does not overload them. */
const site = (o: Parameters<typeof shortStaffed>[0] = {}): Statement[] => [
  ...shortStaffed(o),
  rosterOn(TOMORROW),
  forecastOn(TOMORROW, [[9, 300]]),
];
const waiting = (): Statement[] => [
  ...master(),
  noOrder(),
  snapshots([{ at: at(14), lots: [[at(17), 1240]] }], LATE),
  snapshots([{ at: at(14), lots: [[at(17, 30), 400]] }], SPARE),
];

const dirs: string[] = [];
afterEach(() => {
  for (const dir of dirs.splice(0)) rmSync(dir, { recursive: true, force: true });
});
type Told = { readonly code: string } | { readonly proposal: Proposal; readonly blocks: string | null };
type Answers = {
  readonly situation: Situation['rows'];
  readonly today: Told;
  readonly tomorrow: Told;
  readonly whyNot: string[];
  /** with everybody half gone from 15:00, twice the work and half the speed; `missed`: deadlines as it is, and so */
  readonly whatIf: { readonly code: string } | { readonly missed: readonly [asItIs: number, so: number] };
  /** delay alerts */
  readonly alerts: number;
  /** what the command line proposes then */
  readonly cli: () => { readonly status: number | null; readonly text: string };
};
const WORSE: Change[] = [
  { kind: 'absence', where: {}, who: { kind: 'share', share: 0.5 }, from: 15 * 60 },
  { kind: 'volume', where: {}, factor: 2 },
  { kind: 'speed', where: {}, factor: 0.5 },
];
const codeOf = (thrown: unknown): string => (thrown as { data: { code: string } }).data.code;

/** What every door says at 14:00. */
async function ask(rows: readonly Statement[], rules: Partial<Rules> = {}): Promise<Answers> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'toride-bad-'));
  dirs.push(dataDir);
  const store = await openStore(dataDir, { now: 0 });
  await store.write([...rows]);
  await store.close();
  const engine = await startEngine({
    dataDir,
    schedule: false,
    wall: { now: () => at(14), every: () => () => {} },
  });
  const client = localClient({ services: engine.services, host: 'cli' });
  await client.settings.set({ userName: '佐藤' });
  if (Object.keys(rules).length > 0)
    await client.placement.setRules({ rules: { ...DEFAULT_RULES, ...rules }, why: 'test' });
  const propose = async (horizon: 'today' | 'next-day'): Promise<Told> => {
    try {
      for await (const event of await client.placement.propose({ horizon }))
        if (event.kind === 'proposal')
          return { proposal: event.proposal, blocks: wordBlocks(event.proposal.blocks ?? [], 'ja') };
      throw new Error('no answer');
    } catch (thrown) {
      return { code: codeOf(thrown) };
    }
  };
  const situation = (await client.situation.list({})).rows;
  const today = await propose('today');
  const tomorrow = await propose('next-day');
  const whyNot =
    'proposal' in today
      ? await client.placement.whyNot({ id: today.proposal.id, operatorId: 'S1' }).then(
          (answer) => answer.reasons.map((reason) => reason.code),
          (thrown) => [codeOf(thrown)],
        )
      : [];
  const whatIf = await client.whatIf.compare({ scenarios: [{ changes: WORSE }] }).then(
    (told) => {
      expect(JSON.stringify(told)).not.toMatch(/NaN|Infinity/);
      return { missed: [told.base.missed, told.scenarios[0]?.missed ?? -1] as const };
    },
    (thrown) => ({ code: codeOf(thrown) }),
  );
  const settings = await client.settings.get();
  await client.settings.set({ alerts: { ...settings.alerts, snapshots: 1 } });
  await client.alerts.check();
  const { alerts } = await client.alerts.list({});
  await engine.close();
  const cli = (): ReturnType<Answers['cli']> => {
    const { status, stdout, stderr } = toride(['--data', dataDir, 'propose'], { env: clockFrom(at(14)) });
    return { status, text: stdout + stderr };
  };
  return {
    situation,
    today,
    tomorrow,
    whyNot,
    whatIf,
    alerts: alerts.filter(({ kind }) => kind === 'delay').length,
    cli,
  };
}
const risks = ({ situation }: Answers): Record<string, string> =>
  Object.fromEntries(situation.map((row) => [`${row.location} ${row.process}`, row.risk]));
const badge = (told: Told): string => ('code' in told ? told.code : told.proposal.badge.kind);
const relaxed = (told: Told): string[] =>
  'code' in told ? [] : told.proposal.relaxations.map((relaxation) => relaxation.rule);
const HELPED = { '札幌 エントリ1': 'danger', '札幌 エントリ2': 'ok' };

describe('rules that leave nobody to move name themselves', () => {
  test.each<{
    what: string;
    rules: Partial<Rules>;
    blocks: string;
    whyNot: string;
    relaxes: string[];
  }>([
    {
      what: 'more people wanted in every process than there are',
      rules: { minStaff: 100 },
      blocks: '動かせない理由: 元の工程の最低人数（10名）、その工程ができる登録がない（2名）',
      whyNot: 'source-min-staff',
      relaxes: [],
    },
    {
      what: 'no moves at all',
      rules: { maxMoves: 0 },
      blocks: '動かせない理由: 一度に動かす人数の上限（10名）、その工程ができる登録がない（2名）',
      whyNot: 'max-moves',
      relaxes: ['maxMoves'],
    },
    {
      what: 'nobody may be moved',
      rules: { constraints: EVERYBODY.map((id) => ({ id, operatorId: id, hard: true, weight: 0 })) },
      blocks: '動かせない理由: ルールで動かさない人になっている（10名）、その工程ができる登録がない（2名）',
      whyNot: 'locked',
      relaxes: [],
    },
    {
      what: 'experience that nobody has is a must',
      rules: {
        constraints: [{ id: 'trained', toProcess: 'エントリ1', monthsBelow: 600, hard: true, weight: 0 }],
      },
      blocks: '動かせない理由: 経験月数が足りない（10名）、その工程ができる登録がない（2名）',
      whyNot: 'low-experience',
      relaxes: ['experience'],
    },
  ])('$what', async ({ rules, blocks, whyNot, relaxes }) => {
    const answers = await ask(site(), rules);
    expect(risks(answers)).toEqual(HELPED);
    expect(badge(answers.today)).toBe('no-move-helps');
    expect(answers.today).toMatchObject({
      blocks,
      proposal: { moves: [], notPossible: [{ deadline: at(17) }] },
    });
    expect(relaxed(answers.today)).toEqual(relaxes);
    expect(badge(answers.tomorrow)).toBe('nothing-needed');
    expect(answers.whyNot).toEqual([whyNot]);
    expect(answers.whatIf).toEqual({ missed: [1, 2] });
    expect(answers.alerts).toBe(1);
    const cli = answers.cli();
    expect(cli).toMatchObject({ status: 0, text: expect.stringContaining(`  ${blocks}\n`) });
    expect(cli.text).toMatch(/ {2}✗ 札幌 SS エントリ1 17:00: 2\d\d件不足/);
  });

  test('a shift that is all break', async () => {
    const answers = await ask(site(), { breaks: [{ from: 540, to: 1080 }] });
    expect(risks(answers)).toEqual({ '札幌 エントリ1': 'danger', '札幌 エントリ2': 'danger' });
    expect(answers.today).toMatchObject({
      blocks: '動かせない理由: 休憩のルールで勤務時間がすべて休憩になる（18名）',
    });
    expect(answers.alerts).toBe(2);
  });

  test('breaks that end before they begin, or last all day, are refused before they count', async () => {
    for (const breaks of [[{ from: 900, to: 885 }], [{ from: 0, to: 2880 }]])
      await expect(ask(site(), { breaks })).rejects.toMatchObject({ data: { code: 'rules.breaks' } });
  });
});

describe('people who are not there, or twice', () => {
  test('nobody was ever assigned: the risk is unknown, and the plan of tomorrow and a what-if say that there is no roster', async () => {
    const answers = await ask(waiting());
    expect(risks(answers)).toEqual({ '札幌 エントリ1': 'unknown', '札幌 エントリ2': 'unknown' });
    expect(answers.today).toMatchObject({ blocks: '動かせない理由: 勤務している人がいない' });
    expect([answers.tomorrow, answers.whatIf]).toEqual([
      { code: 'placement.no-roster' },
      { code: 'placement.no-roster' },
    ]);
    expect(answers.whyNot).toEqual(['not-found']);
  });

  test('everybody who was assigned is away: what is due will be late', async () => {
    const answers = await ask([
      ...site(),
      rowsOf(
        'attendance_records',
        EVERYBODY.map((operator_id) => ({ operator_id, attendance_date: DATE, attendance_status: '欠勤' })),
      ),
    ]);
    expect(risks(answers)).toEqual({ '札幌 エントリ1': 'danger', '札幌 エントリ2': 'danger' });
    expect(answers.situation.map((row) => row.people)).toEqual([0, 0]);
    expect(answers.today).toMatchObject({ blocks: '動かせない理由: 勤務している人がいない' });
    expect(answers.whyNot).toEqual(['absent']);
    expect(answers.whatIf).toEqual({ missed: [2, 2] });
    expect(answers.alerts).toBe(2);
  });

  test('somebody assigned to two sites at once is counted once, where the later assignment is', async () => {
    const answers = await ask([
      ...site(),
      snapshots([{ at: at(14), lots: [[at(17), 100]] }], cellOf('盛岡')),
      rowsOf(
        'daily_assignments',
        ['L1', 'S1', 'S2'].map((id) => ({
          assignment_id: `second/${id}`,
          assignment_date: DATE,
          operator_id: id,
          ...cellOf('盛岡'),
          start_time: 600,
          end_time: 1080,
        })),
      ),
    ]);
    const counted = Object.fromEntries(
      answers.situation.map((row) => [`${row.location} ${row.process}`, row.people]),
    );
    expect(counted).toEqual({ '札幌 エントリ1': 5, '札幌 エントリ2': 10, '盛岡 エントリ1': 3 });
    expect(badge(answers.today)).toBe('optimal');
  });

  test('without any times of work they are there all day', async () => {
    const answers = await ask([
      ...waiting(),
      ...people(names('L', 6), { from: null, to: null }),
      ...people(names('S', 12), { cell: SPARE, from: null, to: null }),
    ]);
    expect(answers.situation.map((row) => row.people).sort()).toEqual([12, 6]);
    expect(risks(answers)).toEqual(HELPED);
    expect(answers.today).toMatchObject({ blocks: '動かせない理由: その工程ができる登録がない（12名）' });
    expect(answers.tomorrow).toEqual({ code: 'placement.no-roster' });
  });

  test('a speed of zero is no speed, and is named as such', async () => {
    const answers = await ask([
      ...waiting(),
      ...people(names('L', 6), { speed: 0 }),
      ...people(names('S', 12), { cell: SPARE, speed: 60 }),
      rowsOf(
        'operator_process_capabilities',
        names('S', 12).map((id) => ({
          capability_id: `${id}/エントリ1`,
          operator_id: id,
          process_name: 'エントリ1',
          skill_level: 3,
          experience_months: 30,
          average_speed: 0,
        })),
      ),
    ]);
    expect(risks(answers)).toEqual(HELPED);
    expect(answers.today).toMatchObject({ blocks: '動かせない理由: 処理速度が0か未登録（12名）' });
    expect(answers.whyNot).toEqual(['no-speed']);
  });
});

describe('work that cannot be', () => {
  test('a deadline that has passed is late, and what waits for it is still helped', async () => {
    const answers = await ask([
      ...site({ items: 10 }),
      snapshots([{ at: at(14), lots: [[at(9), 700]] }], LATE),
    ]);
    const [late] = answers.situation.filter((row) => row.process === 'エントリ1');
    expect(late).toMatchObject({ risk: 'danger', deadline: at(9), pOnTime: 0 });
    expect(answers.today).toMatchObject({ proposal: { notPossible: [{ deadline: at(9) }] } });
    expect(answers.whatIf).toMatchObject({ missed: [1, expect.any(Number)] });
    expect('proposal' in answers.today && answers.today.proposal.moves.length).toBeGreaterThan(0);
  });

  test('work without a deadline misses none', async () => {
    const answers = await ask([
      ...site({ items: 0 }),
      snapshots([{ at: at(14), lots: [[null, 900]] }], LATE),
    ]);
    const [row] = answers.situation.filter(({ process }) => process === 'エントリ1');
    expect(row).toMatchObject({ backlog: 900, deadline: null, risk: 'ok' });
    expect([badge(answers.today), badge(answers.tomorrow), answers.alerts]).toEqual([
      'nothing-needed',
      'nothing-needed',
      0,
    ]);
  });

  test('a snapshot that was sent three times counts once', async () => {
    const again = rowsOf(
      'progress_snapshots',
      [1, 2].map((i) => ({
        snapshot_id: `again-${i}`,
        snapshot_time: at(14),
        ...LATE,
        expected_completion_time: at(17),
        total_waiting: 1240,
      })),
    );
    const [once, thrice] = [await ask(site()), await ask([...site(), again])];
    expect(thrice.situation).toEqual(once.situation);
    expect('proposal' in thrice.today && thrice.today.proposal.impact).toEqual(
      'proposal' in once.today && once.today.proposal.impact,
    );
  });

  test('a process without any history is shown, and its risk is unknown', async () => {
    const answers = await ask([
      ...master(),
      snapshots([{ at: at(14), lots: [[at(17), 500]] }], cellOf('盛岡', '999', '新工程')),
    ]);
    expect(answers.situation).toMatchObject([
      {
        location: '盛岡',
        businessName: '999',
        process: '新工程',
        backlog: 500,
        risk: 'unknown',
        throughput: null,
      },
    ]);
    expect(answers.today).toMatchObject({ blocks: '動かせない理由: 勤務している人がいない' });
  });

  test('a forecast with holes, less than nothing, or more than ever leaves today alone and tomorrow finite', async () => {
    const nonsense = [
      [9, -500],
      [11, 1e12],
      [16, 3],
    ] as const;
    const answers = await ask([
      ...shortStaffed({}),
      rosterOn(TOMORROW),
      forecastOn(DATE, nonsense),
      forecastOn(TOMORROW, nonsense),
    ]);
    expect(badge(answers.today)).toBe('optimal');
    // the amount itself shows which forecast is wrong
    const [first] = 'proposal' in answers.tomorrow ? answers.tomorrow.proposal.notPossible : [];
    expect(first?.cell.process).toBe('エントリ1');
    expect(first?.shortItems).toBeGreaterThan(1e11);
    expect(JSON.stringify([answers, answers.cli()])).not.toMatch(/NaN|Infinity|null,"high"/);
  });

  test('no data at all is an error that says what to do', async () => {
    const answers = await ask([]);
    expect(answers.situation).toEqual([]);
    expect([answers.today, answers.tomorrow, answers.whatIf]).toEqual([
      { code: 'placement.no-data' },
      { code: 'placement.no-data' },
      { code: 'placement.no-data' },
    ]);
    expect(answers.cli().text).toContain('取り込みを実行するか、デモを開始してください。');
  });
});

test('5,000 people in 50 processes are answered, within the solver’s own limits', async () => {
  const processes = names('工程', 50);
  const ids = names('P', 5000);
  const where = (i: number) => cellOf(i % 2 ? '札幌' : '盛岡', '523201', processes[i % 50]);
  const answers = await ask([
    ...master(),
    // the late ones come last: lending to them brings no work back
    rowsOf(
      'processes',
      processes.map((process_name, i) => ({ process_name, business_id: '523201', sequence: 50 - i })),
    ),
    rowsOf(
      'operators',
      ids.map((id, i) => ({
        operator_id: id,
        operator_name: id,
        location_name: i % 2 ? '札幌' : '盛岡',
        is_valid: true,
      })),
    ),
    rowsOf(
      'operator_process_capabilities',
      ids.flatMap((id, i) =>
        [0, 1, 2].map((k) => ({
          capability_id: `${id}/${k}`,
          operator_id: id,
          process_name: processes[(i + k * 7) % 50]!,
          skill_level: 3,
          experience_months: 30,
          average_speed: 50 + (i % 20),
        })),
      ),
    ),
    rowsOf(
      'daily_assignments',
      [DATE, TOMORROW].flatMap((assignment_date) =>
        ids.map((id, i) => ({
          assignment_id: `${assignment_date}/${id}`,
          operator_id: id,
          assignment_date,
          ...where(i),
          start_time: 540,
          end_time: 1080,
        })),
      ),
    ),
    ...processes.map((_, i) =>
      snapshots([{ at: at(14), lots: [[at(17), i < 5 ? 20_000 : 4_000]] }], where(i)),
    ),
  ]);
  expect(answers.situation).toHaveLength(50);
  expect(answers.situation.reduce((sum, row) => sum + row.people, 0)).toBe(5000);
  expect(badge(answers.tomorrow)).toBe('no-move-helps');
  expect(answers.whatIf).toMatchObject({ missed: [expect.any(Number), 50] });
  if ('code' in answers.today) throw new Error(answers.today.code);
  const { badge: proved, moves, impact } = answers.today.proposal;
  expect(['optimal', 'gap', 'time-limit']).toContain(proved.kind);
  expect(moves.length).toBeLessThanOrEqual(DEFAULT_RULES.maxMoves);
  expect(impact.shortHoursAfter).toBeLessThanOrEqual(impact.shortHoursBefore);
});
