import type { TeamStint } from '../analytics/types.ts';
import type { Bilingual, Cell } from '../api/contract/common.ts';
import { JUDGE } from './config.ts';
import { sidesOf, VerdictSide, type Volume } from './contract/timeline.ts';
import type { LogRise, Silence } from './find-rises.ts';
import type { SlowStretch } from './find-slow.ts';
import { type Replayed, replayLine } from './replay-line.ts';
import { type LineCell, plannedItems, type WorkLine } from './work-line.ts';

const MINUTE = 60_000;

export type NamedRise = LogRise & { readonly text: string; readonly incidentId: string | null };
export type KnownIncident = {
  readonly id: string;
  readonly from: number;
  readonly to: number | null;
  readonly title: Bilingual;
  readonly services: readonly string[];
};
/** A process outside the line that slowed down too. */
export type OtherSlow = { readonly cell: Cell; readonly stretch: SlowStretch };
/** Everything a verdict is made of, as plain data. */
export type Evidence = {
  readonly cell: Cell;
  /** epoch ms */
  readonly asOf: number;
  /** the deadline in question and how likely it is to be missed, as the risk has it; null: nothing is due, or nothing is known */
  readonly deadline: number | null;
  readonly pMiss: number | null;
  /** null: what was done, or who was there, is not known */
  readonly line: WorkLine | null;
  readonly others: readonly OtherSlow[];
  /** null: no log line at all around that time */
  readonly logs: {
    readonly rises: readonly NamedRise[];
    readonly silent: readonly Silence[];
    readonly incidents: readonly KnownIncident[];
  } | null;
};
/** A slow time of the line's processes that lead to the deadline, with what speaks for the system being behind it. */
export type Fall = {
  readonly cell: LineCell;
  readonly stretch: SlowStretch;
  /** items not done because of it */
  readonly lost: number;
  readonly side: 'system' | 'people';
  readonly rises: readonly NamedRise[];
  readonly incidents: readonly KnownIncident[];
  readonly silent: readonly Silence[];
  readonly together: readonly Cell[];
};
/** People the line was to have and does not, until the deadline. */
export type Gap = {
  readonly cell: LineCell;
  readonly items: number;
  /** of all its people of the day so far, and until the deadline */
  readonly share: number;
};
export type Judgement = {
  /** what it is late for; none: see `because` */
  readonly sides: readonly VerdictSide[];
  readonly confidence: number;
  /** why there is no side: nothing late, no numbers, or late without any of them */
  readonly because: 'sides' | 'in-time' | 'no-data' | 'neither';
  readonly falls: readonly Fall[];
  readonly gaps: readonly Gap[];
};

/**
 * People, system, volume, several of them, or none. The day of the line is lived through again on paper without the missing people, without
 * the slow times, without the work that nobody expected, and without several of them: what the deadline is met without is the side it is
 * late for (`sidesOf`). Pure: the same evidence gives the same verdict.
 */
export function judge(evidence: Evidence): Judgement {
  const { line, deadline, pMiss } = evidence;
  if (!line || deadline === null || pMiss === null)
    return { sides: [], confidence: 0, because: 'no-data', falls: [], gaps: [] };
  const falls = line.cells
    .flatMap((cell) =>
      cell.pace.slow.filter((s) => s.from < deadline).map((s) => fallOf(evidence, line, cell, s)),
    )
    .sort((a, b) => b.lost - a.lost);
  const gaps = line.cells
    .map((cell) => gapOf(line, cell))
    .filter((gap) => gap.items >= 1)
    .sort((a, b) => b.items - a.items);
  const none = (because: Judgement['because'], confidence: number): Judgement => ({
    sides: [],
    confidence,
    because,
    falls,
    gaps,
  });
  if (pMiss < JUDGE.lateFrom) return none('in-time', 0.1);

  const there: Record<VerdictSide, boolean> = {
    people: gaps.length > 0 || falls.some((f) => f.side === 'people'),
    system: falls.some((f) => f.side === 'system'),
    volume: isMore(line.excess?.volume ?? null),
  };
  const sided = withSides(line, falls);
  // a slow time that is not over lasts as long as the danger says it does
  const lasting = replayLine(sided, {}).pMiss < JUDGE.lateFrom;
  const replayed = (without: readonly VerdictSide[]): Replayed =>
    replayLine(sided, {
      people: without.includes('people'),
      system: without.includes('system'),
      volume: there.volume && without.includes('volume'),
      lasting,
    });
  const asIs = replayed([]);
  const isMet = (without: readonly VerdictSide[]): boolean => {
    const { pMiss, short } = replayed(without);
    return pMiss < JUDGE.lateFrom || short < JUDGE.rest * asIs.short;
  };
  const found = VerdictSide.options.filter((side) => there[side]);
  const saving = isMet(VerdictSide.options)
    ? (sidesOf((without) => isMet(without.filter((side) => there[side]))) ?? found)
    : [];
  const sides = saving.filter((side) => there[side] && !isTrifle(side, { saving, isMet, line, falls, gaps }));
  if (sides.length === 0) return none('neither', 0.3);
  // only what was really taken away says something
  const weighed = [VerdictSide.options, ...found.map((side) => [side])].map((w) => replayed(w).pMiss);
  const clear = Math.min(...weighed.map((p) => Math.abs(p - JUDGE.lateFrom) / JUDGE.lateFrom));
  return { sides, confidence: confidenceOf(sides, clear, falls, evidence), because: 'sides', falls, gaps };
}

/** More came in than an ordinary day's ups and downs explain. */
export const isMore = (volume: Volume | null): boolean =>
  volume !== null && volume.arrived >= JUDGE.volumeFrom * volume.expected;

type Weighing = Pick<Judgement, 'falls' | 'gaps'> & {
  readonly saving: readonly VerdictSide[];
  readonly isMet: (without: readonly VerdictSide[]) => boolean;
  readonly line: WorkLine;
};
/** Where each of several sides would do, one is not named beside what weighs much more; nor are one or two absences of a large team. */
function isTrifle(side: VerdictSide, { saving, isMet, line, falls, gaps }: Weighing): boolean {
  if (saving.length < 2 || !isMet([side])) return false;
  const fewGone = gaps.every((gap) => gap.share < JUDGE.smallGap) && !falls.some((f) => f.side === 'people');
  const weights: Record<VerdictSide, number> = {
    people: fewGone ? 0 : gaps.reduce((sum, gap) => sum + gap.items, 0),
    system: falls.reduce((sum, f) => sum + (f.side === 'system' ? f.lost : 0), 0),
    volume: line.excess?.due ?? 0,
  };
  // what a slow time that goes on will cost is not known yet
  const isOver = falls.every((f) => f.side === 'people' || f.stretch.until !== null);
  if (side === 'system' && !isOver) return false;
  return weights[side] < JUDGE.trifle * Math.max(...saving.map((other) => weights[other]));
}

/** How sure: what was measured, then how clearly the deadline is met without it, then what the logs add. */
function confidenceOf(
  sides: readonly VerdictSide[],
  clear: number,
  falls: readonly Fall[],
  { line, logs }: Evidence,
): number {
  const fall = falls.find((f) => f.side === 'system');
  const before = fall?.rises.some((r) => r.from <= fall.stretch.from) || (fall?.incidents.length ?? 0) > 0;
  const during = (fall?.rises.length ?? 0) > 0 || (fall?.silent.length ?? 0) > 0;
  const company = (fall?.together.length ?? 0) > 0;
  const sure: Record<VerdictSide, number> = {
    system: 0.5 + (before ? 0.3 : during ? 0.2 : 0) + (company ? 0.15 : 0),
    people: fall ? 0.7 : logs ? 0.95 : 0.85,
    volume: line?.excess?.volume.basis === 'forecast' ? 0.9 : 0.75,
  };
  const base = Math.min(0.97, ...sides.map((side) => sure[side]), sides.length > 1 ? 0.85 : 1);
  return Math.round(base * (0.6 + 0.4 * Math.min(1, clear)) * 100) / 100;
}

function fallOf(evidence: Evidence, line: WorkLine, cell: LineCell, stretch: SlowStretch): Fall {
  const { from, until } = stretch;
  const belongs = (at: number): boolean =>
    at >= from - JUDGE.leadMinutes * MINUTE &&
    at <= Math.min(until ?? evidence.asOf, from + JUDGE.lagMinutes * MINUTE);
  const near = (at: number): boolean => Math.abs(at - from) <= JUDGE.togetherMinutes * MINUTE;
  const rises = evidence.logs?.rises.filter((r) => belongs(r.from)) ?? [];
  const silent = evidence.logs?.silent.filter((s) => belongs(s.since)) ?? [];
  const incidents = evidence.logs?.incidents.filter((i) => belongs(i.from)) ?? [];
  const together = [
    ...line.cells.filter((c) => c !== cell && c.pace.slow.some((s) => near(s.from))).map((c) => c.day.cell),
    ...evidence.others.filter((o) => near(o.stretch.from)).map((o) => o.cell),
  ];
  const people = cell.day.team.filter((s) => s.missing === null && s.from <= from && s.until > from).length;
  const deep = stretch.ratio <= JUDGE.deepRatio && people >= JUDGE.deepPeople;
  const isSystem =
    rises.length > 0 || silent.length > 0 || incidents.length > 0 || together.length > 0 || deep;
  return {
    cell,
    stretch,
    lost: Math.max(0, stretch.usual - stretch.items),
    side: isSystem ? 'system' : 'people',
    rises,
    incidents,
    silent,
    together,
  };
}

/** The line with its slow times put to people's account where nothing speaks for the system: they are then not taken away with it. */
function withSides(line: WorkLine, falls: readonly Fall[]): WorkLine {
  return {
    ...line,
    cells: line.cells.map((cell) => {
      const own = falls.filter((f) => f.cell === cell && f.side === 'people').map((f) => f.stretch);
      return own.length === 0 ? cell : { ...cell, tired: own };
    }),
  };
}

function gapOf(line: WorkLine, cell: LineCell): Gap {
  const start = line.grid[0] ?? 0;
  const inTime = cell.day.team.filter((stint) => stint.from < line.deadline && stint.until > start);
  const missing = inTime.filter((stint) => stint.missing !== null);
  const heads = (stints: readonly TeamStint[]): number => new Set(stints.map((s) => s.operatorId)).size;
  return {
    cell,
    items: plannedItems(missing, start, line.deadline),
    share: heads(missing) / Math.max(1, heads(inTime)),
  };
}
