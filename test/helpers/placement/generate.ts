// Seeded placement instances of any size, with the shape of real sites: large entry teams, few seniors, some late queues.
import { cellIdOf } from '../../../main/api/contract/common.ts';
import { workMinutes } from '../../../main/placement/arithmetic.ts';
import type { Rules } from '../../../main/placement/contract/placement.ts';
import { plainLines } from '../../../main/placement/flow/plain-lines.ts';
import { PLANNED_PACE } from '../../../main/placement/flow/read-pace.ts';
import { DEFAULT_RULES } from '../../../main/placement/index.ts';
import type { Instance, PlacementCell, PlacementOperator } from '../../../main/placement/types.ts';

export const NOW = Date.UTC(2026, 10, 20, 4, 0);
const SITES = ['札幌', '盛岡', '品川', '横浜', '大阪', '佐世保'];
const NEAR: readonly (readonly [number, number])[] = [
  [0, 1],
  [2, 3],
];
export const PROCESSES = ['エントリ1', 'エントリ2', '補正', '目検', 'SV補正'];
const SPEED = [90, 90, 45, 160, 30];
const MIN_SKILL = [2, 2, 2, 3, 4];
const WEIGHT = [0.3, 0.24, 0.18, 0.2, 0.08];
const TRAINED = [0.6, 0.55, 0.4, 0.4, 0.12];
export const DISTANCE = SITES.map((_, a) =>
  SITES.map((_, b): 0 | 1 | 2 =>
    a === b ? 0 : NEAR.some(([x, y]) => (x === a && y === b) || (x === b && y === a)) ? 1 : 2,
  ),
);
/** The rules the reference figures were measured with: no safety share, no buffer. */
export const REFERENCE_RULES: Rules = { ...DEFAULT_RULES, safety: 0, sourceBuffer: 0 };

/** mulberry32 */
export function random(seed: number): () => number {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export type Shape = {
  operators: number;
  cells: number;
  seed: number;
  lateShare?: number;
  tight?: boolean;
  rules?: Partial<Rules>;
};
export function generate(o: Shape): Instance {
  const r = random(o.seed * 7919 + o.operators * 31 + o.cells);
  const real = (a: number, b: number): number => a + (b - a) * r();
  const int = (a: number, b: number): number => Math.floor(real(a, b + 1));
  const gauss = (): number => Math.sqrt(-2 * Math.log(r() + 1e-12)) * Math.cos(2 * Math.PI * r());
  const businesses = Math.max(1, Math.round(o.cells / 5));
  const drafts = Array.from({ length: o.cells }, (_, p) => {
    const process = p % 5;
    const business = Math.floor(p / 5);
    const site = (business + (process >= 2 ? int(0, 5) : 0)) % 6;
    return { process, business, site, minSkill: MIN_SKILL[process]!, priority: int(1, 3) };
  });
  const cumulative: number[] = [];
  let sum = 0;
  for (const cell of drafts) {
    sum += WEIGHT[cell.process]! * real(0.7, 1.3);
    cumulative.push(sum);
  }
  const people = Array.from({ length: o.operators }, (_, i): PlacementOperator & { stays: boolean } => {
    let c = i < o.cells * 3 ? i % o.cells : 0;
    if (i >= o.cells * 3) {
      const u = r() * sum;
      while (cumulative[c]! < u) c++;
    }
    const cell = drafts[c]!;
    const site = r() < 0.7 ? cell.site : int(0, 5);
    const level = (mean: number, least: number): number =>
      Math.max(least, Math.min(5, Math.round(mean + gauss())));
    const skill = PROCESSES.map((_, t) =>
      t === cell.process ? level(3.2, cell.minSkill) : r() < TRAINED[t]! ? level(2.6, 1) : 0,
    );
    const experience = skill.map((k) => (k === 0 ? 0 : Math.max(1, Math.round(k * 9 + gauss() * 8))));
    const speed = skill.map((k, t) =>
      k === 0 ? 0 : Math.round(SPEED[t]! * (0.58 + 0.14 * k) * Math.exp(0.1 * gauss()) * 10) / 10,
    );
    const knows = Array.from({ length: businesses }, (_, b) => b === cell.business || r() < 0.35);
    const u = r();
    const until = u < 0.15 ? 120 : u < 0.3 ? 210 : u < 0.85 ? 300 : 420;
    const pause = 90 + 15 * int(0, 5);
    return {
      id: `E${String(i + 1).padStart(4, '0')}`,
      name: `担当 ${i + 1}`,
      site,
      cell: c,
      skill,
      experience,
      speed,
      knows,
      from: -240,
      until,
      breaks: [[pause, pause + 15]],
      movesToday: r() < 0.15 ? 1 : r() < 0.04 ? 2 : 0,
      stays: r() < 0.05,
      movedBy: null,
    };
  });
  const operators = people.map(({ stays: _, ...person }): PlacementOperator => person);
  const kept = people.flatMap(({ id, stays }) =>
    stays ? [{ id: `stays ${id}`, operatorId: id, hard: true, weight: 0 }] : [],
  );
  const order = drafts
    .map((_, i) => [r(), i] as const)
    .sort((a, b) => a[0] - b[0])
    .map((x) => x[1]);
  const late = new Set(order.slice(0, Math.max(1, Math.round((o.lateShare ?? 0.25) * o.cells))));
  const cells = drafts.map((draft, c): PlacementCell => {
    const team = operators.filter((person) => person.cell === c);
    const first = 15 * int(6, 12);
    const two = r() < 0.4;
    const second = first + 15 * int(3, 6);
    const done = (d: number): number =>
      team.reduce(
        (s, q) => s + (q.speed[draft.process]! / 60) * workMinutes(q.breaks, 0, Math.min(d, q.until)),
        0,
      );
    const factor = late.has(c)
      ? o.tight
        ? real(1.35, 1.9)
        : real(1.08, 1.4)
      : o.tight
        ? real(0.78, 0.98)
        : real(0.6, 0.93);
    const lots = [{ deadline: first, items: Math.round(done(first) * factor) }];
    if (two) {
      const more = (done(second) - done(first)) * factor * real(0.9, 1.1);
      lots.push({ deadline: second, items: Math.max(1, Math.round(more)) });
    }
    const location = SITES[draft.site]!;
    const businessId = String(523201 + draft.business);
    const process = PROCESSES[draft.process]!;
    return {
      cell: {
        cellId: cellIdOf(location, businessId, process),
        location,
        businessId,
        businessName: `業務${draft.business + 1}`,
        process,
      },
      site: draft.site,
      business: draft.business,
      process: draft.process,
      lots,
      minSkill: draft.minSkill,
      minStaff: Math.max(1, Math.min(3, Math.floor(team.length * 0.4))),
      minStaffAtCheckpoint: 3,
      seniors: team.some((q) => q.skill[draft.process]! >= 4) ? 1 : 0,
      priority: draft.priority,
      pace: PLANNED_PACE,
      observed: [],
      backlog: lots.reduce((s, lot) => s + lot.items, 0),
    };
  });
  return {
    now: NOW,
    sites: SITES,
    distance: DISTANCE,
    processes: PROCESSES,
    businesses: Array.from({ length: businesses }, (_, b) => String(523201 + b)),
    cells,
    operators,
    lines: plainLines(cells),
    movesFrom: 0,
    rules: {
      ...REFERENCE_RULES,
      maxMoves: Math.max(4, Math.round(o.operators * 0.12)),
      constraints: [...REFERENCE_RULES.constraints, ...kept],
      ...o.rules,
    },
  };
}
