import { describe, expect, test } from 'vitest';
import { KINDS, kindOf } from '../../../main/alerts/kinds/all-kinds.ts';
import { findGaps } from '../../../main/alerts/kinds/skill-gap/find-gaps.ts';
import type { AlertRecord, Look, Rosters, SlowNow, Work } from '../../../main/alerts/types.ts';
import { wordAlert } from '../../../main/alerts/word-notification.ts';
import type { CellDay, CellRiskView, TeamStint } from '../../../main/analytics/types.ts';
import { cellIdOf } from '../../../main/api/contract/common.ts';
import { DEFAULT_RULES } from '../../../main/placement/index.ts';
import type { Instance, PlacementCell, PlacementOperator } from '../../../main/placement/types.ts';
import { DEFAULT_SETTINGS } from '../../../main/settings/index.ts';

const MINUTE = 60_000;
const NOW = Date.UTC(2026, 10, 20, 5, 0);
const DEADLINE = NOW + 120 * MINUTE;
const ZONE = 'Asia/Tokyo';
const cell = {
  cellId: cellIdOf('札幌', '523201', 'エントリ1'),
  location: '札幌',
  businessId: '523201',
  businessName: 'SS',
  process: 'エントリ1',
};
const view = (pMiss: number): CellRiskView => ({
  cell,
  line: 0,
  step: 0,
  dataAt: NOW,
  backlog: 400,
  throughput: 200,
  people: 5,
  pMiss,
  deadlines: [
    { deadline: DEADLINE, lot: 0, able: 300, pMiss, due: 400, shortItems: 30, required: 230, finishAt: null },
  ],
});
const slow = (strength: number): SlowNow => ({
  cellId: cell.cellId,
  from: NOW - 30 * MINUTE,
  ratio: 0.5,
  items: 60,
  usual: 120,
  strength,
});
const stint = (missing: TeamStint['missing'], more: Partial<TeamStint> = {}): TeamStint => ({
  operatorId: 'OP-1',
  name: '田中 花子',
  from: NOW - 60 * MINUTE,
  until: NOW + 240 * MINUTE,
  breaks: [],
  speed: 60,
  movedBy: null,
  missing,
  ...more,
});
const day = (team: readonly TeamStint[]): CellDay => ({
  cell,
  sequence: 1,
  snapshots: [],
  finished: [],
  lots: [],
  usual: 1,
  expected: null,
  team,
  deadline: DEADLINE,
  pMiss: 0.3,
});
const work = (o: { slow?: readonly SlowNow[]; team?: readonly TeamStint[] }): Work => ({
  day: { at: NOW, cells: [day(o.team ?? [])] },
  slow: o.slow ?? [],
});
const look = (o: Partial<Look> & { pMiss?: number }): Look => ({
  report: { at: NOW, zone: ZONE, cells: [view(o.pMiss ?? 0.3)] },
  live: [],
  earlier: () => [],
  work: null,
  rosters: null,
  wasClosed: () => false,
  settings: DEFAULT_SETTINGS.alerts,
  now: NOW,
  newId: () => 'new',
  ...o,
});
const judge = (kind: AlertRecord['kind'], o: Parameters<typeof look>[0]) => {
  const judged = kindOf(kind)?.judge(look(o));
  if (!judged) throw new Error(`no kind ${kind}`);
  return judged;
};
const said = (alert: AlertRecord | undefined) => alert && wordAlert(alert, { now: NOW, zone: ZONE });

describe('slower than usual', () => {
  test('is told with since when, how much, and what is usual', () => {
    const { opened } = judge('productivity-drop', { work: work({ slow: [slow(25)] }) });
    expect(said(opened[0])).toMatchObject({
      title: { ja: '札幌 SS エントリ1 の処理速度が落ちています' },
      text: {
        ja: expect.stringContaining('13:30 から、5名の処理が普段の50%です（普段なら約120件のところ 60件）'),
        en: expect.stringContaining('since 13:30 the 5 people there work at 50% of the usual speed'),
      },
    });
  });
  test('is not told while it may still be chance', () => {
    expect(judge('productivity-drop', { work: work({ slow: [slow(14)] }) }).opened).toEqual([]);
  });
  test('is silent about a cell that has a delay alert, and closes when one opens', () => {
    const [open] = judge('productivity-drop', { work: work({ slow: [slow(25)] }) }).opened;
    if (!open) throw new Error('nothing opened');
    const delay: AlertRecord = { ...open, id: 'd', kind: 'delay', problem: 'd' };
    const both = { work: work({ slow: [slow(25)] }), live: [delay] };
    expect(judge('productivity-drop', both).opened).toEqual([]);
    const { changed } = judge('productivity-drop', { ...both, live: [delay, open] });
    expect(changed).toMatchObject([{ id: 'new', state: 'resolved', closedAt: NOW }]);
  });
  test('closes after two looks without it, and is not raised again within the hour', () => {
    const [open] = judge('productivity-drop', { work: work({ slow: [slow(25)] }) }).opened;
    if (!open) throw new Error('nothing opened');
    const later = (alert: AlertRecord): AlertRecord => ({ ...alert, seenAt: NOW - 2 * MINUTE });
    const [once] = judge('productivity-drop', { work: work({}), live: [later(open)] }).changed;
    expect(once).toMatchObject({ state: 'open', calm: 1 });
    if (!once) return;
    expect(judge('productivity-drop', { work: work({}), live: [later(once)] }).changed).toMatchObject([
      { state: 'resolved' },
    ]);
    expect(
      judge('productivity-drop', { work: work({ slow: [slow(25)] }), wasClosed: () => true }).opened,
    ).toEqual([]);
  });
});

describe('absence', () => {
  test('is told when the deadline hangs on those who are absent, with what they would have done', () => {
    const { opened } = judge('attendance', { pMiss: 0.4, work: work({ team: [stint('absent')] }) });
    expect(said(opened[0])).toMatchObject({
      text: {
        ja: expect.stringMatching(
          /^欠勤 1名分で納期までに約120件が減り、納期分 400件に間に合わない確率は 40%です/,
        ),
      },
      points: [{ ja: '田中 花子さん（欠勤）', en: '田中 花子 (absent)' }],
    });
  });
  test('counts those marked late until they come, by when, and beside the absent', () => {
    const late = stint(null, {
      operatorId: 'OP-2',
      name: '鈴木 一郎',
      speed: 90,
      from: NOW - 20 * MINUTE,
      lateUntil: NOW + 40 * MINUTE,
    });
    const [alone] = judge('attendance', { pMiss: 0.4, work: work({ team: [late] }) }).opened;
    expect(said(alone)).toMatchObject({
      title: { ja: '札幌 SS エントリ1 は遅刻で納期 16:00 が危うくなっています' },
      text: {
        ja: '遅刻 1名分で納期までに約60件が減り、納期分 400件に間に合わない確率は 40%です。出勤したか確かめてください',
        en: '1 late person takes away about 60 items until then; the 400 items due are 40% likely to be late. Check whether they have come',
      },
      points: [
        {
          ja: '鈴木 一郎さん（遅刻、14:40 までに来る見込み）',
          en: '鈴木 一郎 (late, expected by 14:40)',
        },
      ],
    });
    const [both] = judge('attendance', { pMiss: 0.4, work: work({ team: [late, stint('absent')] }) }).opened;
    expect(said(both)?.text.ja).toContain('欠勤 1名と遅刻 1名分で納期までに約180件が減り');
    expect(said(both)?.title.en).toContain('absence and lateness endanger the deadline');
  });
  test('says nothing of somebody late who must have come by now', () => {
    const come = stint(null, { lateUntil: NOW - MINUTE });
    expect(judge('attendance', { pMiss: 0.4, work: work({ team: [come] }) }).opened).toEqual([]);
  });
  test('is nothing while the deadline is safe, nor once the delay itself is told', () => {
    const team = [stint('absent')];
    expect(judge('attendance', { pMiss: 0.1, work: work({ team }) }).opened).toEqual([]);
    expect(judge('attendance', { pMiss: 0.6, work: work({ team }) }).opened).toEqual([]);
  });
});

describe('overtime', () => {
  const rosters = (until: number, minutes: number): Rosters => ({
    today: null,
    nextDay: null,
    date: '2026-11-20',
    shifts: [
      {
        name: '田中 花子',
        location: '札幌',
        businessId: '523201',
        process: 'エントリ1',
        shiftEnd: 1080,
        until,
        minutes,
      },
    ],
  });
  test('names who is down for work past their shift, until when', () => {
    const { opened } = judge('overtime', { rosters: rosters(1200, 540) });
    expect(said(opened[0])?.points).toEqual([
      {
        ja: '田中 花子さん: 20:00 まで（勤務は 18:00 まで）、計 9時間',
        en: '田中 花子: until 20:00 (shift ends 18:00), 9 h in all',
      },
    ]);
  });
  test('is also a day of more than ten hours; handing over is not', () => {
    expect(judge('overtime', { rosters: rosters(1080, 660) }).opened).toHaveLength(1);
    expect(judge('overtime', { rosters: rosters(1090, 540) }).opened).toEqual([]);
  });
});

describe('a skill that is missing', () => {
  const person = (id: string, at: Partial<PlacementOperator>): PlacementOperator => ({
    id,
    name: id,
    site: 0,
    cell: 0,
    skill: [3, 3],
    experience: [24, 24],
    speed: [60, 60],
    knows: [true],
    from: -60,
    until: 60,
    breaks: [],
    movesToday: 0,
    movedBy: null,
    ...at,
  });
  const instance = (operators: readonly PlacementOperator[], items = 300): Instance => ({
    now: NOW,
    sites: ['札幌', '盛岡', '大阪'],
    distance: [
      [0, 1, 2],
      [1, 0, 2],
      [2, 2, 0],
    ],
    processes: ['エントリ1', '目検'],
    businesses: ['523201'],
    cells: [
      {
        cell,
        site: 0,
        business: 0,
        process: 0,
        lots: [{ deadline: 120, items }],
        minSkill: 2,
        minStaff: 2,
        minStaffAtCheckpoint: 3,
        seniors: 0,
        priority: 1,
        observed: [],
        pace: { mean: 1 } as PlacementCell['pace'],
        backlog: items,
      },
      {
        cell: { ...cell, cellId: cellIdOf('盛岡', '523201', '目検'), location: '盛岡', process: '目検' },
        site: 1,
        business: 0,
        process: 1,
        lots: [],
        minSkill: 3,
        minStaff: 0,
        minStaffAtCheckpoint: 0,
        seniors: 0,
        priority: 1,
        observed: [],
        pace: { mean: 1 } as PlacementCell['pace'],
        backlog: 0,
      },
    ],
    operators,
    lines: [],
    movesFrom: 0,
    rules: DEFAULT_RULES,
  });
  test('is found when everybody who has it leaves too early for the work, with who could at near sites', () => {
    const near = person('near', { site: 1, cell: 1, until: 240 });
    const far = person('far', { site: 2, cell: 1, until: 240 });
    const [gap] = findGaps(instance([person('a', {}), near, far]));
    expect(gap).toMatchObject({
      severity: 'danger',
      details: {
        missing: 'nobody',
        level: 2,
        there: 0,
        needed: 2,
        could: [
          { name: 'near', process: '目検' },
          { name: 'a', process: null },
        ].reverse(),
      },
    });
  });
  test('is nothing while those who have it can do the work before they leave', () => {
    expect(findGaps(instance([person('a', {}), person('b', {})], 80))).toEqual([]);
  });
});

test('an alert whose kept details are of another version is there, without words', () => {
  for (const kind of KINDS.filter(({ details }) => details !== null)) {
    const [open] = judge('productivity-drop', { work: work({ slow: [slow(25)] }) }).opened;
    if (!open) throw new Error('nothing opened');
    expect(wordAlert({ ...open, kind: kind.kind, details: { other: 1 } }, { now: NOW, zone: ZONE })).toBe(
      null,
    );
  }
});
