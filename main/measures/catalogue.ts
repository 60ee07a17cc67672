// Adding a measure: one row here, or, of two that are here, one row of `SHARES`.
import type { Dimension, MeasureInfo } from './contract/measures.ts';
import { durationPieces } from './durations.ts';
import { flowPieces } from './flow.ts';
import { forecastPieces } from './forecast.ts';
import {
  alertPieces,
  decisionPieces,
  incidentPieces,
  movePieces,
  outcomePieces,
  proposalPieces,
} from './kept.ts';
import { linePieces, newestPieces } from './lines.ts';
import { deadlinePieces, latePieces, livePieces, shortPieces } from './live.ts';
import {
  DAYS,
  foldOf,
  type Measure,
  names,
  type Piece,
  PLACE,
  type Scope,
  TIMES,
  wanted,
} from './measure.ts';
import {
  assignedPieces,
  attendancePieces,
  freePieces,
  isOfAnInstant,
  overtimePieces,
  recordPieces,
  skillPieces,
  teamPieces,
} from './people.ts';
import { waitingPieces } from './waiting.ts';

/** A measure as a row: what is not said is as most have it. */
type Row = Partial<Omit<Measure, 'info'>> &
  Pick<Measure, 'pieces'> &
  Partial<Pick<MeasureInfo, 'digits' | 'worse' | 'adds'>> & {
    readonly name: readonly [ja: string, en: string];
    readonly unit: MeasureInfo['unit'];
    readonly by: readonly Dimension[];
    /** what can be asked: of now alone; of the days to come too; default: of now and what was */
    readonly when?: 'now' | 'ahead';
    /** what it can be compared with besides another time */
    readonly beside?: 'forecast' | 'plan';
  };
function measure(id: string, { name, unit, by, when, beside, digits, worse, adds, ...row }: Row): Measure {
  const comparesWith = when === 'now' ? [] : (['window', ...(beside ? [beside] : [])] as const);
  return {
    info: {
      id,
      name: { ja: name[0], en: name[1] },
      unit,
      digits: digits ?? 0,
      dimensions: [...by],
      adds: adds ?? 'additive',
      past: when !== 'now',
      future: when === 'ahead',
      comparesWith: [...comparesWith],
      worse: worse ?? null,
    },
    fold: 'sum',
    timedBy: 'data',
    zero: true,
    ...row,
  };
}

/** Of somebody how often, of a place how many. */
const timesOrPeople = (scope: Scope): MeasureInfo['unit'] => (scope.by.has('person') ? 'count' : 'people');
/** Of a person their level, of a place how many there are. */
const isOfPeople = (scope: Scope): boolean => names(scope, 'person');
/** People at work now are told as the situation does. */
const isFromSituation = (scope: Scope): boolean =>
  scope.span.kind === 'now' &&
  !isOfAnInstant(scope) &&
  !names(scope, 'person', 'half-hour', 'hour', 'day', 'weekday');
const quantile = (fold: 'p50' | 'p95', ja: string, en: string): Measure =>
  measure(`duration-${fold}`, {
    name: [ja, en],
    unit: 'ms',
    by: ['service', 'template', ...TIMES],
    adds: 'none',
    worse: 'high',
    fold,
    timedBy: 'clock',
    zero: false,
    pieces: durationPieces,
  });

/** Days on which people were so, as the company noted it. */
const attendance = (
  id: string,
  name: readonly [ja: string, en: string],
  ...statuses: Parameters<typeof attendancePieces>[1]
): Measure =>
  measure(id, {
    name,
    unit: 'people',
    by: [...PLACE, 'person', ...DAYS],
    worse: 'high',
    fold: 'count',
    byDay: true,
    source: 'attendance',
    unitIn: timesOrPeople,
    pieces: (scope) => attendancePieces(scope, statuses),
  });
const absent = attendance('absent', ['欠勤者', 'Absent'], 'absent');
const late = attendance('late-people', ['遅刻者', 'Late for work'], 'late');
const came = attendance('came', ['出勤した人', 'Came to work'], 'present', 'late');
/** A part of a measure, e.g. the decisions that approved. */
const only = (
  of: Measure,
  id: string,
  name: readonly [ja: string, en: string],
  isPart: (piece: Piece) => boolean,
): Measure => ({
  ...of,
  info: { ...of.info, id, name: { ja: name[0], en: name[1] } },
  pieces: async (scope) => (await of.pieces(scope)).filter(isPart),
});
const backlog = measure('backlog', {
  name: ['残件', 'Backlog'],
  unit: 'items',
  by: [...PLACE, 'deadline', ...TIMES],
  adds: 'semi-additive',
  worse: 'high',
  fold: 'last',
  laterToday: true,
  source: 'snapshots',
  pieces: waitingPieces,
});
const finished = measure('finished', {
  name: ['処理件数', 'Finished'],
  unit: 'items',
  by: [...PLACE, 'person', ...TIMES],
  beside: 'forecast',
  worse: 'low',
  byLine: true,
  source: (scope) => (isOfPeople(scope) ? 'records' : 'snapshots'),
  pieces: (scope) =>
    isOfPeople(scope)
      ? recordPieces(scope).map(({ items, ...piece }) => ({ ...piece, n: items }))
      : flowPieces(scope, 'finished'),
});
const planned = measure('planned', {
  name: ['予定人数', 'People planned'],
  unit: 'people',
  by: [...PLACE, 'person', ...TIMES],
  when: 'ahead',
  adds: 'none',
  worse: 'low',
  fold: 'count',
  source: 'assignments',
  pieces: (scope) => (isOfAnInstant(scope) ? teamPieces(scope, { all: true }) : assignedPieces(scope)),
});
const present = measure('present', {
  name: ['出勤人数', 'People at work'],
  unit: 'people',
  by: [...PLACE, 'person', ...TIMES],
  beside: 'plan',
  adds: 'none',
  worse: 'low',
  fold: (scope) => (isFromSituation(scope) ? 'sum' : 'count'),
  laterToday: true,
  source: (scope) => (scope.span.kind === 'now' || isOfAnInstant(scope) ? 'assignments' : 'attendance'),
  pieces: (scope) => {
    if (isFromSituation(scope)) return livePieces(scope, (row) => row.people);
    return isOfAnInstant(scope) || scope.span.kind === 'now'
      ? teamPieces(scope, { all: false })
      : attendancePieces(scope, ['present', 'late']);
  },
});
const hours = measure('hours', {
  name: ['労働時間', 'Hours worked'],
  unit: 'person-hours',
  by: ['location', 'process', 'person', ...DAYS],
  digits: 1,
  zero: false,
  byDay: true,
  source: 'records',
  pieces: (scope) => recordPieces(scope).map(({ hours, ...piece }) => ({ ...piece, n: hours })),
});
const overtime = measure('overtime', {
  name: ['残業時間', 'Overtime'],
  unit: 'person-hours',
  by: ['location', 'person', ...DAYS],
  digits: 1,
  worse: 'high',
  byDay: true,
  source: 'records',
  pieces: overtimePieces,
});
const decisions = measure('decisions', {
  name: ['判断', 'Decisions'],
  unit: 'count',
  by: ['state', 'actor', ...TIMES],
  fold: 'count',
  timedBy: 'clock',
  pieces: decisionPieces,
});
const lines = measure('log-lines', {
  name: ['ログ行数', 'Log lines'],
  unit: 'count',
  by: ['service', 'level', 'template', 'word', ...TIMES],
  timedBy: 'clock',
  pieces: (scope) => linePieces(scope),
});
const errors = measure('errors', {
  name: ['エラー', 'Errors'],
  unit: 'count',
  by: ['service', 'level', 'template', 'word', ...TIMES],
  worse: 'high',
  timedBy: 'clock',
  pieces: (scope) => linePieces(scope, wanted(scope, 'level') ? null : ['ERROR', 'FATAL']),
});
const approved = only(decisions, 'approved', ['承認', 'Approved'], (piece) => piece.state === 'approved');
const rejected = only(decisions, 'rejected', ['却下', 'Rejected'], (piece) => piece.state === 'rejected');
/** In the order in which people see them. */
const COUNTED: readonly Measure[] = [
  backlog,
  measure('arrivals', {
    name: ['到着件数', 'Arrivals'],
    unit: 'items',
    by: [...PLACE, ...TIMES],
    beside: 'forecast',
    worse: 'high',
    byLine: true,
    source: 'snapshots',
    pieces: (scope) => flowPieces(scope, 'arrivals'),
  }),
  finished,
  measure('forecast', {
    name: ['予測件数', 'Forecast arrivals'],
    unit: 'items',
    by: [...PLACE, 'hour', ...DAYS],
    when: 'ahead',
    worse: 'high',
    zero: false,
    byLine: true,
    source: 'forecasts',
    pieces: forecastPieces,
  }),
  measure('throughput', {
    name: ['処理速度', 'Throughput'],
    unit: 'items/hour',
    by: PLACE,
    when: 'now',
    worse: 'low',
    zero: false,
    pieces: (scope) => livePieces(scope, (row) => row.throughput),
  }),
  measure('productivity', {
    name: ['生産性', 'Productivity'],
    unit: 'items/hour',
    by: ['location', 'process', 'person', ...DAYS],
    digits: 1,
    adds: 'ratio',
    worse: 'low',
    fold: 'ratio',
    zero: false,
    byDay: true,
    source: 'records',
    pieces: (scope) =>
      recordPieces(scope).map(({ items, hours, ...piece }) => ({ ...piece, n: items, d: hours })),
  }),
  planned,
  present,
  absent,
  late,
  measure('free', {
    name: ['手の空いている人', 'People free'],
    unit: 'people',
    by: [...PLACE, 'person'],
    when: 'now',
    worse: 'low',
    pieces: freePieces,
  }),
  hours,
  overtime,
  measure('skills', {
    name: ['できる人', 'People who can do it'],
    unit: 'people',
    by: ['location', 'process', 'person', 'skill'],
    when: 'now',
    adds: 'none',
    worse: 'low',
    fold: (scope) => (isOfPeople(scope) ? 'max' : 'count'),
    byDay: true,
    unitIn: (scope) => (isOfPeople(scope) ? 'score' : 'people'),
    pieces: skillPieces,
  }),
  measure('p-late', {
    name: ['遅れる確率', 'Chance of being late'],
    unit: 'percent',
    by: [...PLACE, 'deadline'],
    when: 'now',
    adds: 'none',
    worse: 'high',
    fold: 'max',
    zero: false,
    laterToday: true,
    pieces: latePieces,
  }),
  measure('shortage', {
    name: ['不足人数', 'People short'],
    unit: 'people',
    by: PLACE,
    when: 'now',
    worse: 'high',
    laterToday: true,
    pieces: shortPieces,
  }),
  measure('finish', {
    name: ['完了見込み', 'Expected finish'],
    unit: 'instant',
    by: PLACE,
    when: 'now',
    adds: 'none',
    worse: 'high',
    fold: 'max',
    zero: false,
    laterToday: true,
    pieces: (scope) => livePieces(scope, (row) => row.allFinishAt, { keepUnknown: true }),
  }),
  measure('deadline', {
    name: ['納期', 'Deadline'],
    unit: 'instant',
    by: PLACE,
    when: 'now',
    adds: 'none',
    fold: 'min',
    zero: false,
    laterToday: true,
    pieces: deadlinePieces,
  }),
  measure('alerts', {
    name: ['アラート', 'Alerts'],
    unit: 'count',
    by: [...PLACE, 'state', ...TIMES],
    worse: 'high',
    fold: 'count',
    timedBy: 'clock',
    openNow: true,
    pieces: alertPieces,
  }),
  measure('proposals', {
    name: ['提案', 'Proposals'],
    unit: 'count',
    by: ['location', 'process', 'state', ...DAYS],
    fold: 'count',
    timedBy: 'clock',
    byDay: true,
    openNow: true,
    pieces: proposalPieces,
  }),
  decisions,
  measure('hit-rate', {
    name: ['的中率', 'Hit rate'],
    unit: 'percent',
    by: ['location'],
    adds: 'ratio',
    worse: 'low',
    fold: 'ratio',
    timedBy: 'clock',
    zero: false,
    byDay: true,
    lookBack: 90,
    pieces: outcomePieces,
  }),
  measure('moves', {
    name: ['配置変更', 'People moved'],
    unit: 'people',
    by: [...PLACE, 'person', ...DAYS],
    fold: 'count',
    timedBy: 'clock',
    unitIn: (scope) => (isOfPeople(scope) ? 'count' : 'people'),
    pieces: movePieces,
  }),
  measure('incidents', {
    name: ['障害', 'Incidents'],
    unit: 'count',
    by: ['state', 'service', ...TIMES],
    worse: 'high',
    fold: 'count',
    timedBy: 'clock',
    openNow: true,
    pieces: incidentPieces,
  }),
  lines,
  errors,
  measure('last-line', {
    name: ['最後のログ', 'Last log line'],
    unit: 'instant',
    by: ['service'],
    when: 'now',
    adds: 'none',
    fold: 'max',
    timedBy: 'clock',
    zero: false,
    pieces: newestPieces,
  }),
  quantile('p50', '所要時間の中央値', 'Median duration'),
  quantile('p95', '所要時間の95%点', '95th percentile of durations'),
];

/** A share: what one measure comes to, of what others come to together; by the dimensions that all of them have. */
function share(
  id: string,
  name: readonly [ja: string, en: string],
  worse: 'high' | 'low' | null,
  {
    part,
    of,
    scopeOf = (scope) => scope,
    ...more
  }: { part: Measure; of: readonly Measure[]; scopeOf?: (scope: Scope) => Scope; lookBack?: number },
): Measure {
  const sides = [part, ...of];
  const shared = part.info.dimensions.filter((d) => of.every((side) => side.info.dimensions.includes(d)));
  return measure(id, {
    name,
    unit: 'percent',
    // of one level or state alone a share says nothing
    by: shared.filter((d) => d !== 'level' && d !== 'state'),
    digits: 1,
    worse,
    adds: 'ratio',
    zero: false,
    timedBy: part.timedBy,
    ...(part.source && { source: part.source }),
    ...(part.byLine && { byLine: part.byLine }),
    ...(part.byDay && { byDay: part.byDay }),
    sides,
    fold: (scope) => ({ sides: sides.map((side) => foldOf(side, scopeOf(scope))) }),
    pieces: async (scope) =>
      (await Promise.all(sides.map((side) => side.pieces(scopeOf(scope))))).flatMap((pieces, side) =>
        pieces.map((piece) => ({ ...piece, side })),
      ),
    ...more,
  });
}
/** Who is there of those who are down for it, now or at each time. */
const atNow = (scope: Scope): Scope => ({
  ...scope,
  span: scope.span.kind === 'now' && !isOfAnInstant(scope) ? { ...scope.span, at: scope.now } : scope.span,
  perDay: true,
});
const SHARES: readonly Measure[] = [
  share('progress', ['進捗率', 'Progress'], 'low', { part: finished, of: [finished, backlog] }),
  share('staffing-rate', ['充足率', 'Staffing rate'], 'low', {
    part: present,
    of: [planned],
    scopeOf: atNow,
  }),
  share('attendance-rate', ['出勤率', 'Attendance rate'], 'low', { part: came, of: [came, absent] }),
  share('absence-rate', ['欠勤率', 'Absence rate'], 'high', { part: absent, of: [came, absent] }),
  share('lateness-rate', ['遅刻率', 'Rate of coming late'], 'high', { part: late, of: [came] }),
  share('overtime-rate', ['残業率', 'Overtime rate'], 'high', { part: overtime, of: [hours] }),
  share('approval-rate', ['承認率', 'Approval rate'], null, {
    part: approved,
    of: [decisions],
    lookBack: 90,
  }),
  share('rejection-rate', ['却下率', 'Rejection rate'], null, {
    part: rejected,
    of: [decisions],
    lookBack: 90,
  }),
  share('error-rate', ['エラー率', 'Error rate'], 'high', { part: errors, of: [lines] }),
];

export const CATALOGUE: readonly Measure[] = [...COUNTED, ...SHARES];
export const MEASURES: readonly MeasureInfo[] = CATALOGUE.map((m) => m.info);
